"""Pain scores as numbers: 0 is a score, unknown is none."""

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.domain.facts import MorningChecked, SessionReported
from tests.entities import registered, state

TUESDAY = "2026-03-03T08:00:00+01:00"


async def score(hass: HomeAssistant, programme: MockConfigEntry, key: str, value: object) -> None:
    """Set a number."""
    entity_id = registered(hass, programme, "number", key).entity_id
    await hass.services.async_call(
        "number", "set_value", {"entity_id": entity_id, "value": value}, blocking=True
    )
    await hass.async_block_till_done()


def told[F](programme: MockConfigEntry, kind: type[F]) -> list[F]:
    """Return the facts of one kind."""
    return [fact for fact in programme.runtime_data.course.facts.values() if isinstance(fact, kind)]


async def test_a_session_is_scored_without_completing_it(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    assert state(hass, programme, "number", "log_session_pain").state == STATE_UNKNOWN
    await score(hass, programme, "log_session_pain", 0)
    await score(hass, programme, "log_session_pain", 0)
    assert state(hass, programme, "number", "log_session_pain").state == "0.0"
    (fact,) = told(programme, SessionReported)
    assert (fact.exercises, fact.pain_during) == ((), 0)
    assert programme.runtime_data.data.session_open
    freezer.tick()
    await score(hass, programme, "log_session_pain", 2.5)
    assert state(hass, programme, "number", "log_session_pain").state == "2.5"
    assert state(hass, programme, "sensor", "session_pain").state == "2.5"


async def test_a_new_morning_has_no_score_yet(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await score(hass, programme, "log_session_pain", 1)
    freezer.move_to(TUESDAY)
    await programme.runtime_data.async_look_again()
    await hass.async_block_till_done()
    for key in ("log_session_pain", "log_morning_pain"):
        assert state(hass, programme, "number", key).state == STATE_UNKNOWN
    await score(hass, programme, "log_morning_pain", 0.5)
    await score(hass, programme, "log_morning_pain", 0.5)
    assert state(hass, programme, "number", "log_morning_pain").state == "0.5"
    (fact,) = told(programme, MorningChecked)
    assert fact.pain == 0.5


@pytest.mark.parametrize("key", ["log_session_pain", "log_morning_pain"])
@pytest.mark.parametrize("value", [0.3, -1, 10.5, float("nan"), float("inf")])
async def test_what_is_no_score_changes_nothing(
    hass: HomeAssistant, programme: MockConfigEntry, key: str, value: float
) -> None:
    before = state(hass, programme, "number", key).state
    with pytest.raises(ServiceValidationError):
        await score(hass, programme, key, value)
    assert state(hass, programme, "number", key).state == before
    assert len(programme.runtime_data.course.facts) == 1


async def test_a_number_is_a_box_of_half_points(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    attributes = state(hass, programme, "number", "log_morning_pain").attributes
    wanted = {"min": 0, "max": 10, "step": 0.5, "mode": "box"}
    assert {key: attributes[key] for key in wanted} == wanted
