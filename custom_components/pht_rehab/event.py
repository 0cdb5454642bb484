"""The event entity: what happened in the programme, one event at a time."""

from typing import Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .activity import Activity
from .coordinator import RehabConfigEntry
from .entity import RehabEntity

PARALLEL_UPDATES = 0

ACTIVITY: Final = EventEntityDescription(
    key="activity",
    event_types=[
        "session_logged",
        "session_skipped",
        "session_missed",
        "run_logged",
        "morning_check_logged",
        "dose_increased",
        "dose_reduced",
        "stage_advanced",
        "stage_reduced",
        "ready_to_progress",
        "flare_up_started",
        "flare_up_ended",
        "review_due",
        "screening_due",
        "paused",
        "resumed",
        "locked",
        "unlocked",
        "entry_voided",
    ],
)


async def async_setup_entry(
    _hass: HomeAssistant,
    entry: RehabConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the event entity."""
    async_add_entities([ActivityEvent(entry.runtime_data, ACTIVITY)])


class ActivityEvent(RehabEntity, EventEntity):
    """Follows the stream of activities; the overview would repeat one and lose another."""

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.announcer.subscribe(self._happened))

    @callback
    def _happened(self, activity: Activity) -> None:
        self._trigger_event(activity.type, activity.attributes)
        self.async_write_ha_state()
