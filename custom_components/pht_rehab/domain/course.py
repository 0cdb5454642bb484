"""A course: the facts of one programme and what replaying them gives, day by day.

The state of the last closed day is kept, and copies of earlier ones, so that a new fact costs
the days after it and not the years before.
"""

from bisect import bisect_right
from collections.abc import Iterable, Set as AbstractSet
from dataclasses import dataclass
from datetime import date, time
from itertools import takewhile
from operator import itemgetter
from typing import Final

from .adopted import rules_of
from .controls import begin
from .diary import Diary, order
from .exercises import Strand
from .facts import (
    Fact,
    OptionsChanged,
    ProtocolAdopted,
    RulesAdopted,
    SessionReported,
    SetUp,
    SideAdded,
)
from .model import BADNESS, DAY, RehabError, Side
from .morning import is_due
from .page import Page
from .replay import open_day
from .rules import RULES, Rules
from .schedule import DayPlan
from .second import begin_second, facts_of, is_shared
from .state import State
from .turns import Judged, Turn, judged_on, turn_of
from .whole_day import close, train

CHECKPOINT_DAYS: Final = 7
CHECKPOINTS: Final = 4
SETTINGS: Final = ("goal", "training_days", "equipment", "session_time", "morning_time")
_since: Final = itemgetter(0)
DEADLINE: Final = time(12)
"""(c9) ``verdict_deadline``: a morning score still missing at noon counts as missing."""


@dataclass(frozen=True, slots=True)
class Today:
    """The day in progress: its plan, and the state after everything reported so far."""

    plan: DayPlan
    state: State
    page: Page
    settled: bool


class Course:
    """The facts of one programme; ``add`` is the only way to change it.

    It follows the side of the set-up. Where the other is followed too, ``other`` is its course:
    the same rules over what concerns that side, so that each keeps its own scores and steps.
    """

    def __init__(self, facts: Iterable[Fact], first: Course | None = None) -> None:
        """Raise ``RehabError`` if there is no set-up among the facts.

        ``first`` is the course of the side that was there before.
        """
        self._first = first
        self._begun: State | None = None
        self._judged: dict[tuple[date, Strand], Judged] = {}
        self._missed: list[date] = []
        self._turns: list[tuple[date, Turn]] = []
        self._checkpoints: list[State] = []
        self._closed: State | None = None
        self.diary = Diary(facts)
        self.set_up = self._set_up()
        """The answers of the set-up forms."""
        self.start = self.set_up.on
        self.other = None if first is not None else self._second()

    def _second(self) -> Course | None:
        added = next((fact for fact in self.facts.values() if isinstance(fact, SideAdded)), None)
        if added is None:
            return None
        return Course(facts_of(added, self.set_up, self.facts.values()), self)

    @property
    def side(self) -> str:
        """Which side is followed: left, right, or both."""
        return self.set_up.side if self.other is None else Side.BOTH.value

    @property
    def sides(self) -> tuple[Course, ...]:
        """The course of each side that is followed, the set-up's first."""
        return (self,) if self.other is None else (self, self.other)

    def asked(self, side: str | None) -> tuple[Course, ...]:
        """Return the courses that a report about ``side``, or about both, concerns."""
        found = tuple(one for one in self.sides if side in (None, one.set_up.side))
        if not found:
            raise RehabError("not_this_side", field="side", side=str(side)[:50])
        return found

    def of(self, side: str) -> Course:
        """Return the course of one side."""
        return self.asked(side)[0]

    def _set_up(self) -> SetUp:
        for fact in self.diary.choices:
            if isinstance(fact, SetUp):
                return fact
        raise RehabError("no_set_up")

    @property
    def facts(self) -> dict[str, Fact]:
        """Every fact by its id, in the order of arrival, void ones too."""
        return self.diary.facts

    @property
    def voided(self) -> AbstractSet[str]:
        """The ids of the entries that do not count any more."""
        return self.diary.voided

    @property
    def settings(self) -> dict[str, object]:
        """The settings in force: the set-up's, as changed since."""
        known: dict[str, object] = {}
        told = [fact for fact in self.diary.choices if isinstance(fact, SetUp | OptionsChanged)]
        for fact in sorted(told, key=order):
            values = {name: getattr(fact, name) for name in SETTINGS}
            known |= {name: value for name, value in values.items() if value is not None}
        return known

    @property
    def rules_version(self) -> int:
        """The newest edition of the rules that was adopted."""
        told = [fact for fact in self.diary.choices if not isinstance(fact, OptionsChanged)]
        return max(fact.rules_version for fact in told)

    @property
    def protocol(self) -> ProtocolAdopted | None:
        """The protocol adopted last, None where it is the built-in one."""
        adopted = RulesAdopted | ProtocolAdopted
        told = [fact for fact in self.diary.choices if isinstance(fact, adopted)]
        last = max(told, key=order, default=None)
        return last if isinstance(last, ProtocolAdopted) else None

    @property
    def rules(self) -> Rules:
        """The figures in force: of the protocol adopted last, else of the newest edition."""
        known = self.protocol
        if known is None:
            return RULES[self.rules_version]
        return rules_of(known.content, known.rules_version)

    def reported_sessions(self, on: date) -> list[SessionReported]:
        """Return the session reports about one date that count, oldest first."""
        return [fact for fact in self.diary.counted(on) if isinstance(fact, SessionReported)]

    def add(self, fact: Fact) -> None:
        """Take in one more fact; what it puts in doubt is replayed when next asked for."""
        doubtful = self.diary.add(fact)
        if doubtful is not None:
            self._forget(doubtful)
        if self._first is not None:
            return
        if isinstance(fact, SideAdded) or (self.other is not None and fact.on < self.other.start):
            self.other = self._second()
        elif self.other is not None and is_shared(fact, self.other.set_up.side):
            self.other.add(fact)

    def judgement(self, on: date, today: Today, *, run: bool = False) -> Judged | None:
        """Return how the session, or the run, of one date was judged, as known ``today``.

        None without one; where hops and strength shared the day, the worse verdict.
        """
        strands = (Strand.RUNNING,) if run else (Strand.HAMSTRING, Strand.ENERGY_STORAGE)
        told = dict(judged_on(today.state, on))
        found = [told.get(strand) or self._judged.get((on, strand)) for strand in strands]
        known = [judged for judged in found if judged is not None]
        return max(known, key=lambda judged: BADNESS.index(judged.response), default=None)

    def turn(self, on: date, today: Today) -> Turn:
        """Return where one date of the programme ended, or stands if it is today's."""
        if on >= today.state.day or not self._turns:
            return turn_of(today.state)
        index = bisect_right(self._turns, on, key=_since)
        return self._turns[max(0, index - 1)][1]

    @property
    def last_missed(self) -> date | None:
        """The newest closed date whose session was missed."""
        return self._missed[-1] if self._missed else None

    def missed(self, after: date | None) -> list[date]:
        """Return the closed dates whose session was missed, after one or all, oldest first."""
        newer = takewhile(lambda on: after is None or on > after, reversed(self._missed))
        return [*newer][::-1]

    def _forget(self, doubtful: date) -> None:
        closed = self._closed
        if closed is None or closed.day < doubtful:
            return
        on = doubtful - DAY  # a session is judged on the morning after it
        while on < closed.day:
            for strand in (Strand.HAMSTRING, Strand.ENERGY_STORAGE, Strand.RUNNING):
                self._judged.pop((on, strand), None)
            on += DAY
        while self._checkpoints and self._checkpoints[-1].day >= doubtful:
            self._checkpoints.pop()
        self._closed = self._checkpoints[-1].copy() if self._checkpoints else None
        reached = self._closed.day if self._closed is not None else date.min
        while self._missed and self._missed[-1] > reached:
            self._missed.pop()
        while self._turns and self._turns[-1][0] > reached:
            self._turns.pop()

    def _close_until(self, last: date) -> State | None:
        """Return the state at the end of ``last``; None if the course starts after it."""
        self._forget(last + DAY)  # the clock may have been set back
        state = self._closed
        if state is None:
            if self.start > last:
                return None
            state = self._begin()
            day = self.start
        else:
            day = state.day + DAY
        while day <= last:
            close(state, self.diary.page(day), day)
            for strand, judged in judged_on(state, day - DAY):
                self._judged[day - DAY, strand] = judged
            if state.missed:
                self._missed.append(day)
            turn = turn_of(state)
            if not self._turns or self._turns[-1][1] != turn:
                self._turns.append((day, turn))
            if self._is_kept(day, last):
                kept = [known for known in self._checkpoints if self._is_kept(known.day, last)]
                self._checkpoints = [*kept, state.copy()]
            day += DAY
        self._closed = state
        return state

    def _is_kept(self, day: date, last: date) -> bool:
        """Return whether a copy of this day's state is kept at ``last``.

        The further back, the fewer: what is put in doubt there is followed by a long replay
        anyway. ``number & -number`` is the largest power of two that divides it.
        """
        number, left = divmod((day - self.start).days, CHECKPOINT_DAYS)
        age = (last - day).days // CHECKPOINT_DAYS
        return not left and age <= CHECKPOINTS * (number & -number)

    def today(self, today: date, now: time) -> Today:
        """Return the day in progress at local ``now``.

        A date before the set-up's (the clock was set back) is answered as the set-up's date.
        """
        today = max(today, self.start)
        state = self.closed_state(today)
        page = self.diary.page(today)
        settled = now >= DEADLINE
        open_day(state, page, today, settled=settled)
        known = settled or state.check_test in state.today_scores or not is_due(state, today)
        plan = train(state, page, today, settled=known)
        return Today(plan, state, page, settled=settled)

    def closed_state(self, today: date) -> State:
        """Return a copy of the state before anything of ``today``."""
        closed = self._close_until(today - DAY)
        return self._begin() if closed is None else closed.copy()

    def _begin(self) -> State:
        if self._first is None:
            return begin(self.set_up)
        if self._begun is None:
            self._begun = begin_second(self.set_up, self._first.closed_state(self.start))
        return self._begun.copy()
