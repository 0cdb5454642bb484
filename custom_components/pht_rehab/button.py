"""Buttons: done, not today, and on to the next stage."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import RehabConfigEntry
from .domain import decide
from .domain.course import Course
from .domain.decide import Decision, Moment
from .entity import RehabEntity

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class RehabButtonDescription(ButtonEntityDescription):
    """A button and what pressing it records."""

    decide_fn: Callable[[Course, Moment], Decision]


BUTTONS: Final[tuple[RehabButtonDescription, ...]] = (
    RehabButtonDescription(key="complete_session", decide_fn=decide.complete_session),
    RehabButtonDescription(key="skip_session", decide_fn=decide.skip_session),
    RehabButtonDescription(key="confirm_progression", decide_fn=decide.progress),
)


async def async_setup_entry(
    _hass: HomeAssistant,
    entry: RehabConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the buttons."""
    async_add_entities(RehabButton(entry.runtime_data, description) for description in BUTTONS)


class RehabButton(RehabEntity, ButtonEntity):
    """Records one thing, with nothing more to say about it."""

    entity_description: RehabButtonDescription

    @override
    async def async_press(self) -> None:
        await self.coordinator.async_record(self.entity_description.decide_fn)
