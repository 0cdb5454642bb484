"""Diagnostics help to find a fault and give nobody away."""

import json
from datetime import date

from homeassistant.core import HomeAssistant
from homeassistant.helpers.json import json_dumps
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.coordinator import RehabCoordinator
from custom_components.pht_rehab.diagnostics import async_get_config_entry_diagnostics
from custom_components.pht_rehab.domain import decide


async def test_structure_without_a_word_about_the_person(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    coordinator: RehabCoordinator = programme.runtime_data
    await coordinator.async_record(
        lambda course, at: decide.log_session(course, at, pain_during=8.5, session_id="canary")
    )
    await coordinator.async_record(
        lambda course, at: decide.pause(course, at, until=date(2026, 3, 9), reason="canary")
    )
    await coordinator.async_record(
        lambda course, at: decide.report_symptoms(course, at, symptoms=("swollen_calf",))
    )
    told = json.loads(json_dumps(await async_get_config_entry_diagnostics(hass, programme)))
    assert told["facts"] == {"set_up": 1, "session": 1, "pause": 1, "symptoms": 1}
    assert told["journal"]["lines"] == coordinator.journal.lines
    assert told["journal"]["schema"] == [1, 1]
    assert told["standing"]["stage"] == "isotonic"
    assert told["standing"]["locked"] is True
    assert told["outcome"] == "locked"
    assert told["rules_version"] == 1
    assert told["protocol"]["source"] == "standard"
    assert len(told["protocol"]["digest"]) == 8
    text = json_dumps(told)
    for word in ("canary", "Anna", "anna", "8.5", "swollen", "calf"):
        assert word not in text
