"""Entities of others that a programme's options name: seats, and what counts kilometres."""

from typing import TYPE_CHECKING

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

if TYPE_CHECKING:
    from .coordinator import RehabConfigEntry

type Registered = Event[er.EventEntityRegistryUpdatedData]


@callback
def follow(hass: HomeAssistant, entry: RehabConfigEntry, option: str, event: Registered) -> None:
    """Follow an entity of an option if it is called otherwise from now on; the programme reloads.

    The option names one entity, or a list of them.
    """
    if event.data["action"] != "update" or "old_entity_id" not in event.data:
        return
    old, new = event.data["old_entity_id"], event.data["entity_id"]
    known = entry.options[option]
    named = new if isinstance(known, str) else [new if one == old else one for one in known]
    hass.config_entries.async_update_entry(entry, options={**entry.options, option: named})
    hass.config_entries.async_schedule_reload(entry.entry_id)
