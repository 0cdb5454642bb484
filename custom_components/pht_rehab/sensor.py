"""Sensors: where the programme stands and what comes next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, EntityCategory, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.json import json_bytes
from homeassistant.helpers.typing import StateType

from .coordinator import RehabConfigEntry, RehabCoordinator
from .domain.model import Response, Stage
from .domain.strands import RUNS
from .entity import RehabEntity, SeatEntity
from .sitting import SeatWatch

PARALLEL_UPDATES = 0

BYTES_MAX: Final = 4000
LENGTHS: Final = (200, 60, 30, 15)
"""How long a text in the attributes may be; the first with which all of them fit is taken."""


@dataclass(frozen=True, kw_only=True)
class RehabSensorDescription(SensorEntityDescription):
    """A sensor and where its value comes from."""

    value_fn: Callable[[RehabCoordinator], StateType | date]


SENSORS: Final[tuple[RehabSensorDescription, ...]] = (
    RehabSensorDescription(
        key="stage",
        device_class=SensorDeviceClass.ENUM,
        options=list(Stage),
        value_fn=lambda coordinator: coordinator.data.stage,
    ),
    RehabSensorDescription(
        key="days_to_next_progression",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.DAYS,
        value_fn=lambda coordinator: coordinator.data.days_to_next_progression,
    ),
    RehabSensorDescription(
        key="next_progression",
        device_class=SensorDeviceClass.DATE,
        entity_registry_enabled_default=False,
        value_fn=lambda coordinator: coordinator.data.next_progression,
    ),
    RehabSensorDescription(
        key="days_to_next_stage",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.DAYS,
        value_fn=lambda coordinator: coordinator.data.days_to_next_stage,
    ),
    RehabSensorDescription(
        key="dose_step",
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda coordinator: coordinator.data.dose_step,
    ),
    RehabSensorDescription(
        key="next_session",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda coordinator: coordinator.next_session,
    ),
    RehabSensorDescription(
        key="response",
        device_class=SensorDeviceClass.ENUM,
        options=list(Response),
        value_fn=lambda coordinator: coordinator.data.response,
    ),
    RehabSensorDescription(
        key="session_pain",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda coordinator: coordinator.data.session_pain,
    ),
    RehabSensorDescription(
        key="morning_pain",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda coordinator: coordinator.data.morning_pain,
    ),
    RehabSensorDescription(
        key="morning_baseline",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda coordinator: coordinator.data.morning_baseline,
    ),
    RehabSensorDescription(
        key="adherence",
        entity_category=EntityCategory.DIAGNOSTIC,
        native_unit_of_measurement=PERCENTAGE,
        value_fn=lambda coordinator: coordinator.data.adherence,
    ),
    RehabSensorDescription(
        key="run_step",
        device_class=SensorDeviceClass.ENUM,
        options=[step.id.lower() for step in RUNS],
        value_fn=lambda coordinator: (
            running.step.lower() if (running := coordinator.data.running) is not None else None
        ),
    ),
    RehabSensorDescription(
        key="weekly_load",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda coordinator: coordinator.data.weekly_load,
    ),
    RehabSensorDescription(
        key="weekly_check",
        value_fn=lambda coordinator: coordinator.data.weekly_check,
    ),
    RehabSensorDescription(
        key="sitting_limit",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        value_fn=lambda coordinator: coordinator.data.sitting_limit,
    ),
)
EXERCISES_TODAY: Final = RehabSensorDescription(
    key="exercises_today", value_fn=lambda coordinator: len(coordinator.data.items)
)


@dataclass(frozen=True, kw_only=True)
class SeatSensorDescription(SensorEntityDescription):
    """A sensor of the seats and where its minutes come from."""

    minutes_fn: Callable[[SeatWatch], int]


SITTING_TIME: Final = SeatSensorDescription(
    key="sitting_time",
    device_class=SensorDeviceClass.DURATION,
    native_unit_of_measurement=UnitOfTime.MINUTES,
    minutes_fn=lambda seats: seats.minutes,
)
SITTING_TODAY: Final = SeatSensorDescription(
    key="sitting_today",
    device_class=SensorDeviceClass.DURATION,
    native_unit_of_measurement=UnitOfTime.MINUTES,
    entity_registry_enabled_default=False,
    minutes_fn=lambda seats: seats.minutes_today,
)


async def async_setup_entry(
    _hass: HomeAssistant,
    entry: RehabConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors."""
    coordinator = entry.runtime_data
    async_add_entities(RehabSensor(coordinator, description) for description in SENSORS)
    async_add_entities([ExercisesTodaySensor(coordinator, EXERCISES_TODAY)])
    if (seats := coordinator.seats) is not None:
        told = (SITTING_TIME, SITTING_TODAY)
        async_add_entities(SeatSensor(coordinator, description, seats) for description in told)


class RehabSensor(RehabEntity, SensorEntity):
    """One value of the overview."""

    entity_description: RehabSensorDescription

    @property
    @override
    def shown(self) -> object:
        return (self.native_value, self.extra_state_attributes)

    @property
    @override
    def native_value(self) -> StateType | date:
        return self.entity_description.value_fn(self.coordinator)


class ExercisesTodaySensor(RehabSensor):
    """How many exercises today prescribes, and which."""

    _unrecorded_attributes = frozenset({"exercises", "summary"})

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        return shortest_needed(lambda length: _today(self.coordinator, length), LENGTHS)


class SeatSensor(SeatEntity, SensorEntity):
    """How long somebody has been sitting."""

    entity_description: SeatSensorDescription

    @property
    @override
    def shown(self) -> int:
        return self.native_value

    @property
    @override
    def native_value(self) -> int:
        return self.entity_description.minutes_fn(self.seats)


def _today(coordinator: RehabCoordinator, length: int) -> dict[str, Any]:
    texts = coordinator.texts
    return {
        "exercises": [
            {
                "id": item.prescribed.id,
                "name": texts.exercise(item.prescribed.id)[:length],
                "strand": item.prescribed.strand.value,
                "dose": texts.dose(item.prescribed)[:length],
                "side": item.prescribed.sides.value,
                "done": item.done,
            }
            for item in coordinator.data.items
        ],
        "summary": texts.summary(coordinator.data)[: 3 * length],
    }


def shortest_needed(
    shown: Callable[[int], dict[str, Any]], lengths: Sequence[int]
) -> dict[str, Any]:
    """Return what is shown with the longest texts that still fit the recorder's limit."""
    for length in lengths[:-1]:
        if len(json_bytes(attributes := shown(length))) < BYTES_MAX:
            return attributes
    return shown(lengths[-1])
