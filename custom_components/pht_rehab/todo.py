"""The to-do list of today's exercises; ticking one logs it."""

from functools import partial
from typing import Final, override

from homeassistant.components.todo import (
    TodoItem,
    TodoItemStatus,
    TodoListEntity,
    TodoListEntityFeature,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN
from .coordinator import RehabConfigEntry
from .domain import decide
from .domain.overview import TodayItem
from .domain.strand_steps import StrandDose
from .entity import RehabEntity
from .run_view import cadence_cue, how_to

PARALLEL_UPDATES = 0

TODAY: Final = EntityDescription(key="today")
RUN: Final = "run"
"""The run among the items; no exercise is called so."""


async def async_setup_entry(
    _hass: HomeAssistant,
    entry: RehabConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the to-do list."""
    async_add_entities([TodayList(entry.runtime_data, TODAY)])


class TodayList(RehabEntity, TodoListEntity):
    """What today prescribes. The plan makes the items; people can only tick them."""

    # Without the description the item's dialog could not be saved: it always sends it along.
    _attr_supported_features = (
        TodoListEntityFeature.UPDATE_TODO_ITEM | TodoListEntityFeature.SET_DESCRIPTION_ON_ITEM
    )

    @property
    @override
    def shown(self) -> list[TodoItem]:
        return self.todo_items

    @property
    @override
    def todo_items(self) -> list[TodoItem]:
        items = [self._todo(item) for item in self.coordinator.data.items]
        running = self.coordinator.data.running
        if running is not None and running.today is not None:
            items.append(self._run(running.today, done=running.done))
        return items

    def _todo(self, item: TodayItem) -> TodoItem:
        texts, prescribed = self.coordinator.texts, item.prescribed
        lines = (
            texts.details(prescribed),
            texts.how_to(prescribed.id),
            texts.equipment(prescribed),
        )
        return TodoItem(
            uid=f"{self.coordinator.data.today}:{prescribed.key}",
            summary=texts.exercise(prescribed.id),
            status=TodoItemStatus.COMPLETED if item.done else TodoItemStatus.NEEDS_ACTION,
            description="\n".join(lines),
        )

    def _run(self, dose: StrandDose, *, done: bool) -> TodoItem:
        texts = self.coordinator.texts
        cue = cadence_cue(self.coordinator, texts, dose)
        lines = (texts.run(dose), how_to(self.coordinator, texts, dose.step), cue)
        return TodoItem(
            uid=f"{self.coordinator.data.today}:{RUN}",
            summary=texts.say("run"),
            status=TodoItemStatus.COMPLETED if done else TodoItemStatus.NEEDS_ACTION,
            description="\n".join(line for line in lines if line),
        )

    @override
    async def async_update_todo_item(self, item: TodoItem) -> None:
        known = {todo.uid: todo for todo in self.todo_items}.get(item.uid)
        if known is None:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="todo_item_gone"
            )
        if (item.summary, item.description) != (known.summary, known.description):
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="todo_text_fixed"
            )
        if item.status == known.status:
            return
        _on, exercise, *side = str(known.uid).split(":")
        done = item.status == TodoItemStatus.COMPLETED
        if exercise == RUN:
            await self.coordinator.async_record(decide.tick_run if done else decide.untick_run)
            return
        await self.coordinator.async_record(
            partial(
                decide.tick if done else decide.untick,
                exercise=exercise,
                side=side[0] if side else None,
            )
        )
