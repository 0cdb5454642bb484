"""The buttons: done, not today, on to the next stage."""

from dataclasses import replace

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab import button
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.facts import SessionReported, SessionSkipped
from tests.entities import registered, state


async def press(hass: HomeAssistant, programme: MockConfigEntry, key: str) -> None:
    """Press a button."""
    entity_id = registered(hass, programme, "button", key).entity_id
    await hass.services.async_call("button", "press", {"entity_id": entity_id}, blocking=True)
    await hass.async_block_till_done()


async def test_a_session_is_completed_once(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    await press(hass, programme, "complete_session")
    await press(hass, programme, "complete_session")
    facts = programme.runtime_data.course.facts.values()
    (told,) = [fact for fact in facts if isinstance(fact, SessionReported)]
    assert (told.exercises, told.pain_during, told.completed) == (None, None, 100)
    assert all(item.done for item in programme.runtime_data.data.items)
    assert not programme.runtime_data.data.session_open


async def test_a_session_can_be_skipped(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    await press(hass, programme, "skip_session")
    facts = programme.runtime_data.course.facts.values()
    assert [fact for fact in facts if isinstance(fact, SessionSkipped)]
    assert not programme.runtime_data.data.session_open


async def test_the_next_stage_waits_for_its_criteria(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await press(hass, programme, "confirm_progression")
    assert refused.value.translation_key == "criteria_unmet"
    assert state(hass, programme, "sensor", "stage").state == "isotonic"


async def test_the_next_stage_is_confirmed(
    hass: HomeAssistant, programme: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    (known,) = [told for told in button.BUTTONS if told.key == "confirm_progression"]
    assert known.decide_fn is decide.progress
    entity_id = registered(hass, programme, "button", "confirm_progression").entity_id
    entity = hass.data["entity_components"]["button"].get_entity(entity_id)
    monkeypatch.setattr(
        entity,
        "entity_description",
        replace(
            known,
            decide_fn=lambda course, at: decide.progress(course, at, anyway=True, reason="test"),
        ),
    )
    await press(hass, programme, "confirm_progression")
    assert state(hass, programme, "sensor", "stage").state == "hip_flexion"


async def test_nothing_is_completed_during_a_pause(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    await programme.runtime_data.async_record(decide.pause)
    with pytest.raises(ServiceValidationError) as refused:
        await press(hass, programme, "complete_session")
    assert refused.value.translation_key == "paused"
