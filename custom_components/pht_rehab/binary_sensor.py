"""Binary sensors: what is due now, and what the programme waits for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import RehabConfigEntry, RehabCoordinator
from .entity import RehabEntity

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class RehabBinarySensorDescription(BinarySensorEntityDescription):
    """A binary sensor and where its state comes from."""

    is_on_fn: Callable[[RehabCoordinator], bool]


BINARY_SENSORS: Final[tuple[RehabBinarySensorDescription, ...]] = (
    RehabBinarySensorDescription(
        key="session_due",
        is_on_fn=lambda coordinator: coordinator.session_due,
    ),
    RehabBinarySensorDescription(
        key="morning_check_due",
        is_on_fn=lambda coordinator: coordinator.morning_check_due,
    ),
    RehabBinarySensorDescription(
        key="ready_to_progress",
        is_on_fn=lambda coordinator: coordinator.data.standing.ready,
    ),
    RehabBinarySensorDescription(
        key="flare_up",
        device_class=BinarySensorDeviceClass.PROBLEM,
        is_on_fn=lambda coordinator: coordinator.data.standing.flare_up,
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
    def shown(self) -> bool:
        return self.is_on

    @property
    @override
    def is_on(self) -> bool:
        return self.entity_description.is_on_fn(self.coordinator)
