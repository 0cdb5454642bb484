"""Real automations around programmes: how to set one up, and what to point it at."""

from datetime import datetime
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_capture_events,
    async_fire_time_changed,
)

from custom_components.pht_rehab.const import DOMAIN

STARTED = "automation_started"


def device(hass: HomeAssistant, programme: MockConfigEntry) -> str:
    """Return the id of a programme's device."""
    found = dr.async_get(hass).async_get_device_by_identifier(
        (DOMAIN, programme.entry_id), programme.entry_id
    )
    assert found is not None
    return found.id


async def at(hass: HomeAssistant, freezer: FrozenDateTimeFactory, time: str) -> None:
    """Let it become a local time."""
    freezer.move_to(datetime.fromisoformat(time).replace(tzinfo=dt_util.get_default_time_zone()))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def automate(hass: HomeAssistant, *automations: dict[str, Any]) -> list[Event]:
    """Set automations up; return the list of those that started, by the entity behind it."""
    told: list[Event] = async_capture_events(hass, STARTED)
    action = {"event": STARTED, "event_data_template": {"entity": "{{ trigger.entity_id }}"}}
    configuration = [{"actions": [action], "mode": "queued", **given} for given in automations]
    assert await async_setup_component(hass, "automation", {"automation": configuration})
    await hass.async_block_till_done()
    states = {state.state for state in hass.states.async_all("automation")}
    assert states == {"on"}, "an automation that is not valid is unavailable"
    return told
