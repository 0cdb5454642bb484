"""Binary sensors: what is due now, and what the programme waits for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .coordinator import RehabConfigEntry, RehabCoordinator
from .domain.course import DEADLINE
from .entity import RehabEntity

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class RehabBinarySensorDescription(BinarySensorEntityDescription):
    """A binary sensor and how it is worked out at a local time of day."""

    is_on_fn: Callable[[RehabCoordinator, time], bool]


def _since(coordinator: RehabCoordinator, setting: str, now: time) -> bool:
    return now >= time.fromisoformat(str(coordinator.course.settings[setting]))


BINARY_SENSORS: Final[tuple[RehabBinarySensorDescription, ...]] = (
    RehabBinarySensorDescription(
        key="session_due",
        is_on_fn=lambda coordinator, now: (
            coordinator.data.session_open and _since(coordinator, "session_time", now)
        ),
    ),
    RehabBinarySensorDescription(
        key="morning_check_due",
        is_on_fn=lambda coordinator, now: (
            coordinator.data.morning_check_open
            and _since(coordinator, "morning_time", now)
            and now < DEADLINE
        ),
    ),
    RehabBinarySensorDescription(
        key="ready_to_progress",
        is_on_fn=lambda coordinator, _now: coordinator.data.standing.ready,
    ),
    RehabBinarySensorDescription(
        key="flare_up",
        device_class=BinarySensorDeviceClass.PROBLEM,
        is_on_fn=lambda coordinator, _now: coordinator.data.standing.flare_up,
    ),
)


async def async_setup_entry(
    _hass: HomeAssistant,
    entry: RehabConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors."""
    async_add_entities(
        RehabBinarySensor(entry.runtime_data, description) for description in BINARY_SENSORS
    )


class RehabBinarySensor(RehabEntity, BinarySensorEntity):
    """One yes or no about the programme at this moment."""

    entity_description: RehabBinarySensorDescription

    @property
    @override
    def is_on(self) -> bool:
        return self.entity_description.is_on_fn(self.coordinator, dt_util.now().time())
