"""Binary sensors: what is due now, and what the programme waits for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.const import STATE_ON
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.restore_state import RestoreEntity
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from .coordinator import RehabConfigEntry, RehabCoordinator
from .entity import RehabEntity, SeatEntity

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class RehabBinarySensorDescription(BinarySensorEntityDescription):
    """A binary sensor and where its state comes from; None where it says nothing."""

    is_on_fn: Callable[[RehabCoordinator], bool | None]


DUE: Final = frozenset({"session_due", "morning_check_due"})
BINARY_SENSORS: Final = (
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
    RehabBinarySensorDescription(
        key="running_allowed",
        is_on_fn=lambda coordinator: (
            None if (running := coordinator.data.running) is None else running.not_today is None
        ),
    ),
)

SITTING_BREAK_DUE: Final = BinarySensorEntityDescription(key="sitting_break_due")


async def async_setup_entry(
    _hass: HomeAssistant,
    entry: RehabConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors."""
    async_add_entities(
        (DueSensor if description.key in DUE else RehabBinarySensor)(
            entry.runtime_data, description
        )
        for description in BINARY_SENSORS
    )
    if (seats := entry.runtime_data.seats) is not None:
        async_add_entities([SittingBreakSensor(entry.runtime_data, SITTING_BREAK_DUE, seats)])


class RehabBinarySensor(RehabEntity, BinarySensorEntity):
    """One yes or no about the programme at this moment."""

    entity_description: RehabBinarySensorDescription

    @property
    @override
    def shown(self) -> bool | None:
        return self.is_on

    @property
    @override
    def is_on(self) -> bool | None:
        return self.entity_description.is_on_fn(self.coordinator)


class DueSensor(RehabBinarySensor, RestoreEntity):
    """What came due while Home Assistant was off turns on once there is somebody to see it."""

    _unseen = False

    @property
    @override
    def is_on(self) -> bool:
        return bool(super().is_on) and not self._unseen

    @override
    async def async_added_to_hass(self) -> None:
        last = await self.async_get_last_state()
        today = self.coordinator.data.today
        seen = last is None or (
            last.state == STATE_ON and dt_util.as_local(last.last_changed).date() == today
        )
        self._unseen = self.is_on and not seen
        await super().async_added_to_hass()
        if self._unseen:
            self.async_on_remove(async_at_started(self.hass, self._see))

    @callback
    def _see(self, _hass: HomeAssistant) -> None:
        turn_on = self.hass.loop.call_soon(self._turn_on)  # when it has been written as off
        self.async_on_remove(turn_on.cancel)

    @callback
    def _turn_on(self) -> None:
        self._unseen = False
        self._handle_coordinator_update()


class SittingBreakSensor(SeatEntity, BinarySensorEntity):
    """Whether the bout in progress has reached the limit; until it is over."""

    @property
    @override
    def shown(self) -> bool:
        return self.is_on

    @property
    @override
    def is_on(self) -> bool:
        return self.seats.break_due
