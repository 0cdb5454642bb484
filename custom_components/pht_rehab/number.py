"""Numbers: today's pain scores, to be set from a dashboard or by voice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.number import NumberEntity, NumberEntityDescription, NumberMode
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import RehabConfigEntry
from .domain import decide
from .domain.course import Course
from .domain.decide import Decision, Moment
from .domain.overview import Overview
from .entity import RehabEntity

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class RehabNumberDescription(NumberEntityDescription):
    """A pain score of today, 0-10, and how it is recorded; unknown is not 0."""

    native_min_value: float = 0
    native_max_value: float = 10
    native_step: float = 0.5
    mode: NumberMode = NumberMode.BOX
    value_fn: Callable[[Overview], float | None]
    decide_fn: Callable[[Course, Moment, float], Decision]


NUMBERS: Final[tuple[RehabNumberDescription, ...]] = (
    RehabNumberDescription(
        key="log_session_pain",
        value_fn=lambda overview: overview.session_pain_today,
        decide_fn=decide.score_session,
    ),
    RehabNumberDescription(
        key="log_morning_pain",
        value_fn=lambda overview: overview.morning_pain_today,
        decide_fn=decide.score_morning,
    ),
)


async def async_setup_entry(
    _hass: HomeAssistant,
    entry: RehabConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the numbers."""
    async_add_entities(RehabNumber(entry.runtime_data, description) for description in NUMBERS)


class RehabNumber(RehabEntity, NumberEntity):
    """One pain score of today."""

    entity_description: RehabNumberDescription

    @property
    @override
    def shown(self) -> float | None:
        return self.native_value

    @property
    @override
    def native_value(self) -> float | None:
        return self.entity_description.value_fn(self.coordinator.data)

    @override
    async def async_set_native_value(self, value: float) -> None:
        score = self.entity_description.decide_fn
        await self.coordinator.async_record(lambda course, at: score(course, at, value))
