"""The switch: off is a pause, and a pause is nobody's fault."""

from datetime import date

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.pht_rehab.domain.facts import Paused, Resumed
from tests.entities import registered, state


async def turn(hass: HomeAssistant, programme: MockConfigEntry, to: str) -> None:
    """Turn the switch on or off."""
    entity_id = registered(hass, programme, "switch", "active").entity_id
    await hass.services.async_call("switch", f"turn_{to}", {"entity_id": entity_id}, blocking=True)
    await hass.async_block_till_done()


def told(programme: MockConfigEntry) -> list[type]:
    """Return the pauses and resumptions that were recorded."""
    facts = programme.runtime_data.course.facts.values()
    return [type(fact) for fact in facts if isinstance(fact, Paused | Resumed)]


async def test_off_is_paused(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    assert state(hass, programme, "switch", "active").state == "on"
    await turn(hass, programme, "off")
    assert state(hass, programme, "switch", "active").state == "off"
    assert state(hass, programme, "sensor", "exercises_today").state == "0"
    assert state(hass, programme, "event", "activity").attributes["event_type"] == "paused"
    await turn(hass, programme, "on")
    assert state(hass, programme, "switch", "active").state == "on"
    assert state(hass, programme, "event", "activity").attributes["event_type"] == "resumed"
    assert told(programme) == [Paused, Resumed]


async def test_turned_to_what_it_is_nothing_is_recorded(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    await turn(hass, programme, "on")
    assert told(programme) == []
    await turn(hass, programme, "off")
    await turn(hass, programme, "off")
    assert told(programme) == [Paused]


async def test_a_pause_is_not_missed(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    """Nothing missed, nothing piled up: the day after it is the day that was left."""
    before = programme.runtime_data.data
    await turn(hass, programme, "off")
    freezer.move_to("2026-03-09T08:00:00+01:00")
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert programme.runtime_data.course.missed(None) == []
    assert programme.runtime_data.data.adherence is None
    await turn(hass, programme, "on")
    after = programme.runtime_data.data
    assert after.today == date(2026, 3, 9)
    assert [item.prescribed for item in after.items] == [item.prescribed for item in before.items]
    assert after.dose_step == before.dose_step


async def test_a_setting_is_no_target_of_an_area(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    found = registered(hass, programme, "switch", "active")
    assert found.entity_category is EntityCategory.CONFIG
