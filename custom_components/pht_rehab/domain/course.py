"""A course: the facts of one programme and what replaying them gives, day by day.

The replay of closed days is kept, with a copy every four weeks, so that a new fact costs the
days after it and not the years before.
"""

from collections.abc import Iterable, Set as AbstractSet
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from .controls import begin
from .diary import Diary, Page, order
from .facts import Fact, OptionsChanged, SessionReported, SetUp
from .model import RehabError
from .morning import is_due
from .replay import apply_session, close_day, open_day
from .schedule import DayPlan, plan_day
from .state import SessionRecord, State

CHECKPOINT_DAYS: Final = 28
SETTINGS: Final = ("goal", "training_days", "equipment", "session_time", "morning_time")
DEADLINE: Final = time(12)
"""(c9) ``verdict_deadline``: a morning score still missing at noon counts as missing."""


@dataclass(frozen=True, slots=True)
class DayResult:
    """What one closed day was."""

    plan: DayPlan
    missed: bool


@dataclass(frozen=True, slots=True)
class Today:
    """The day in progress: its plan, and the state after everything reported so far."""

    plan: DayPlan
    state: State
    page: Page
    settled: bool


class Course:
    """The facts of one programme; ``add`` is the only way to change it."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        """Raise ``RehabError`` if there is no set-up among the facts."""
        self.facts: dict[str, Fact] = {fact.log_id: fact for fact in facts}
        self.days: dict[date, DayResult] = {}
        self._sessions: dict[date, SessionRecord] = {}
        self._checkpoints: list[State] = []
        self._closed: State | None = None
        self.diary = Diary(self.facts.values())
        self.set_up = self._set_up()
        """The answers of the set-up forms."""
        self.start = self.set_up.on

    def _set_up(self) -> SetUp:
        for page in self.diary.pages.values():
            if page.set_up is not None:
                return page.set_up
        raise RehabError("no_set_up")

    @property
    def voided(self) -> AbstractSet[str]:
        """The ids of the entries that do not count any more."""
        return self.diary.voided

    @property
    def settings(self) -> dict[str, object]:
        """The settings in force: the set-up's, as changed since."""
        known: dict[str, object] = {}
        told = [fact for fact in self.facts.values() if isinstance(fact, SetUp | OptionsChanged)]
        for fact in sorted(told, key=order):
            values = {name: getattr(fact, name) for name in SETTINGS}
            known |= {name: value for name, value in values.items() if value is not None}
        return known

    def reported_sessions(self, on: date) -> list[SessionReported]:
        """Return the session reports about one date that count, oldest first."""
        return [fact for fact in self.diary.counted(on) if isinstance(fact, SessionReported)]

    def add(self, fact: Fact) -> None:
        """Take in one more fact; what it puts in doubt is replayed when next asked for."""
        self.facts[fact.log_id] = fact
        doubtful = self.diary.add(fact)
        if doubtful is not None:
            self._forget(doubtful)

    def judgement(self, on: date, today: Today) -> SessionRecord | None:
        """Return how the session of one date was judged, as known ``today``; None without one."""
        for record in reversed(today.state.records):
            if record.on == on:
                return record
        return self._sessions.get(on)

    def _forget(self, doubtful: date) -> None:
        # A session is judged on the morning after it.
        on = doubtful - timedelta(days=1)
        while self._closed is not None and on <= self._closed.day:
            self._sessions.pop(on, None)
            on += timedelta(days=1)
        self._checkpoints = [state for state in self._checkpoints if state.day < doubtful]
        if self._closed is not None and self._closed.day >= doubtful:
            self._closed = self._checkpoints[-1].copy() if self._checkpoints else None

    def _close_until(self, last: date) -> State | None:
        """Return the state at the end of ``last``; None if the course starts after it."""
        state = self._closed
        if state is not None and state.day > last:  # the clock was set back
            self._forget(last + timedelta(days=1))
            state = self._closed
        if state is None:
            if self.start > last:
                return None
            state = begin(self.set_up)
            day = self.start
        else:
            day = state.day + timedelta(days=1)
        while day <= last:
            page = self.diary.page(day)
            plan = _live_day(state, page, day, settled=True)
            missed = close_day(state, plan, page, day)
            self.days[day] = DayResult(plan, missed)
            for record in state.records[-2:]:
                self._sessions[record.on] = record
            if (day - self.start).days % CHECKPOINT_DAYS == 0:
                self._checkpoints.append(state.copy())
            day += timedelta(days=1)
        self._closed = state
        return state

    def today(self, today: date, now: time) -> Today:
        """Return the day in progress at local ``now``.

        A date before the set-up's (the clock was set back) is answered as the set-up's date.
        """
        today = max(today, self.start)
        state = self.closed_state(today)
        page = self.diary.page(today)
        settled = now >= DEADLINE
        plan = _live_day(state, page, today, settled=settled)
        return Today(plan, state, page, settled=settled)

    def closed_state(self, today: date) -> State:
        """Return a copy of the state before anything of ``today``."""
        closed = self._close_until(today - timedelta(days=1))
        return begin(self.set_up) if closed is None else closed.copy()

    def plan_on(self, on: date, today: date) -> DayPlan:
        """Return the plan of a past date, as the facts known now make it."""
        self._close_until(today - timedelta(days=1))
        return self.days[on].plan


def _live_day(state: State, page: Page, today: date, *, settled: bool) -> DayPlan:
    """Take in one day and return the plan its session was measured by."""
    open_day(state, page, today, settled=settled)
    morning_known = settled or state.check_test in state.today_scores or not is_due(state, today)
    plan = plan_day(state, today, settled=morning_known)
    if page.session is not None:
        if plan.dose is not None and page.session.step < plan.dose.step:
            plan = plan_day(state, today, settled=False)  # begun before it could rise (c10)
        apply_session(state, plan, page.session, today)
    return plan
