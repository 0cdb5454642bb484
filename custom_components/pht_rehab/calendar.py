"""The calendar: what was done and how it went, and what is planned if all goes well.

Worked out for the range that is asked for, never stored.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final, override

from homeassistant.components.calendar import (
    CalendarEntity,
    CalendarEntityDescription,
    CalendarEvent,
    CalendarEventStatus,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .answers import days_ahead, sessions_done
from .coordinator import RehabConfigEntry, RehabCoordinator
from .domain.agenda import DayAhead
from .domain.model import DAY, DayKind
from .domain.prescription import Prescribed, minutes
from .domain.protocol import LADDER
from .domain.strands import ENERGY
from .entity import RehabEntity

PARALLEL_UPDATES = 0

PLAN: Final = CalendarEntityDescription(key="plan")
ROUND: Final = 5  # minutes; how long a session takes is an estimate


async def async_setup_entry(
    _hass: HomeAssistant,
    entry: RehabConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the calendar."""
    async_add_entities([PlanCalendar(entry.runtime_data, PLAN)])


class PlanCalendar(RehabEntity, CalendarEntity):
    """Its state follows the next session alone, or a day of rest would turn it on."""

    _next: CalendarEvent | None = None

    @property
    @override
    def shown(self) -> CalendarEvent | None:
        self._next = _next_session(self.coordinator)
        return self._next

    @property
    @override
    def event(self) -> CalendarEvent | None:
        return self._next

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        super()._handle_coordinator_update()
        self.async_update_event_listeners()

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        first = dt_util.as_local(start_date).date()
        last = dt_util.as_local(end_date - timedelta.resolution).date()
        return await self.coordinator.async_read(lambda of: [*_events(of, first, last)])


def _next_session(coordinator: RehabCoordinator) -> CalendarEvent | None:
    on = coordinator.data.next_session
    if on is None:
        return None
    for day in days_ahead(coordinator, on):
        if day.plan.on == on:
            return _session(coordinator, day)
    return None


def _events(coordinator: RehabCoordinator, first: date, last: date) -> Iterator[CalendarEvent]:
    today = coordinator.data.today
    if first <= today:
        yield from _done(coordinator, first, min(last, today))
    if last < today:
        return
    for day in days_ahead(coordinator, last):
        if day.plan.on >= first:
            yield from _ahead(coordinator, day)


def _done(coordinator: RehabCoordinator, first: date, last: date) -> Iterator[CalendarEvent]:
    """Yield the sessions that were done, each with its response."""
    texts = coordinator.texts
    for done in sessions_done(coordinator, first, last):
        response = texts.response(done.response)
        key = "calendar_done" if done.minutes is None else "calendar_ran"
        minutes = f"{done.minutes:g}" if done.minutes is not None else ""
        summary = texts.say(key, step=done.dose_step, response=response, minutes=minutes)
        yield _day_long(done.on, summary, f"{done.on}-{key.removeprefix('calendar_')}")


def _ahead(coordinator: RehabCoordinator, day: DayAhead) -> Iterator[CalendarEvent]:
    """Yield what a day asks; nothing of a session that is done or left out already."""
    view, texts, on = coordinator.data, coordinator.texts, day.plan.on
    if day.items and (on > view.today or view.session_open):
        yield _session(coordinator, day)
    elif day.plan.kind is DayKind.REST and day.plan.run is None:
        yield _day_long(on, texts.say("calendar_rest"), f"{on}-rest")
    ran = view.running is not None and view.running.done
    if day.plan.run is not None and (on > view.today or not ran):
        summary = texts.say("calendar_run", run=texts.run(day.plan.run))
        yield _day_long(on, summary, f"{on}-run")
    for test in day.plan.tests:
        yield _day_long(on, texts.say("calendar_test", test=texts.test(test)), f"{on}-{test}")
    if day.next_stage is not None:
        summary = texts.say("calendar_stage", stage=texts.stage(day.next_stage))
        yield _day_long(on, summary, f"{on}-stage", CalendarEventStatus.TENTATIVE)


def _session(coordinator: RehabCoordinator, day: DayAhead) -> CalendarEvent:
    """Return a planned session: from its time on, for about as long as it takes."""
    texts, plan = coordinator.texts, day.plan
    start = coordinator.session_time(plan.on)
    steps = [ENERGY[plan.energy.step].id] if plan.energy is not None else []
    if plan.dose is not None and not plan.light:
        steps.append(LADDER[plan.dose.step].id)
    if steps:
        summary = texts.say("calendar_session", step=" + ".join(steps))
    else:
        summary = texts.say("calendar_companions")
    return CalendarEvent(
        start=start,
        end=start + timedelta(minutes=-(-minutes(day.items) // ROUND) * ROUND),
        summary=summary,
        description=_lines(coordinator, day.items),
        uid=f"{plan.on}-session",
    )


def _lines(coordinator: RehabCoordinator, items: Iterable[Prescribed]) -> str:
    texts = coordinator.texts
    return "\n".join(
        texts.say("summary_item", name=texts.exercise(item.id), dose=texts.dose(item))
        for item in items
    )


def _day_long(
    on: date, summary: str, uid: str, status: CalendarEventStatus | None = None
) -> CalendarEvent:
    return CalendarEvent(start=on, end=on + DAY, summary=summary, uid=uid, status=status)
