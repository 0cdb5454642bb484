"""The stream of activities on the event entity: each once, none lost."""

from functools import partial

import pytest
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.domain import decide
from tests.entities import registered, state


@pytest.fixture
def happened(hass: HomeAssistant, programme: MockConfigEntry) -> list[str]:
    """Return the activities told from now on."""
    told: list[str] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        if new := event.data["new_state"]:
            told.append(new.attributes.get("event_type", new.state))

    entity_id = registered(hass, programme, "event", "activity").entity_id
    async_track_state_change_event(hass, entity_id, note)
    return told


async def test_each_activity_is_told_once(
    hass: HomeAssistant, programme: MockConfigEntry, happened: list[str]
) -> None:
    assert state(hass, programme, "event", "activity").state == STATE_UNKNOWN
    coordinator = programme.runtime_data
    await coordinator.async_record(partial(decide.log_session, pain_during=1))
    await coordinator.async_record(decide.pause)
    await hass.async_block_till_done()
    assert happened == ["session_logged", "paused"]
    await coordinator.async_refresh()
    await coordinator.async_look_again()
    await hass.async_block_till_done()
    assert happened == ["session_logged", "paused"]


async def test_an_activity_says_nothing_of_health(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    await programme.runtime_data.async_record(
        partial(decide.log_session, pain_during=7, painkiller=True)
    )
    await hass.async_block_till_done()
    attributes = state(hass, programme, "event", "activity").attributes
    own = attributes.keys() - {"event_types", "event_type", "friendly_name", "icon"}
    assert own <= {"date", "stage", "dose_step", "log_id"}


async def test_the_last_activity_outlives_a_reload(
    hass: HomeAssistant, programme: MockConfigEntry, happened: list[str]
) -> None:
    await programme.runtime_data.async_record(decide.skip_session)
    await hass.async_block_till_done()
    before = state(hass, programme, "event", "activity")
    await hass.config_entries.async_reload(programme.entry_id)
    await hass.async_block_till_done()
    after = state(hass, programme, "event", "activity")
    assert (after.state, after.attributes) == (before.state, before.attributes)
    assert [told for told in happened if told != "unavailable"] == ["session_skipped"] * 2
