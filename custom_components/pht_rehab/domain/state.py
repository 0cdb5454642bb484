"""Where a programme stands at the end of a day: what the rules remember, and no more.

A ``State`` is worked on in place by the replay and copied where two futures part. Every list
is cut to the longest window a rule looks at.
"""

import copy
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter
from typing import Final, NamedTuple

from .exercises import Strand
from .facts import RunNoticed
from .model import Budget, Goal, Reason, Response, Stage
from .protocol import DoseStep, StagePlan
from .questions import WeeklyScore
from .records import RedWait, SessionRecord, StrandState
from .rules import Rules

MEMORY_DAYS: Final = 90  # longer than any window of the rules


@dataclass(frozen=True, slots=True)
class Score:
    """One load-test score of a morning."""

    on: date
    pain: float
    in_baseline: bool
    in_drift: bool
    masked: bool = False  # taken with a painkiller: bad news counts, good news does not (c6)
    week: float | None = None  # B of the week up to this morning, None with too few scores


class LastTest(NamedTuple):
    """The newest result of one test; ``masked``: under a painkiller, so only bad news (c6)."""

    on: date
    value: float | None
    other_side: float | None
    pain: float | None
    masked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flare:
    """A flare-up in progress (c5)."""

    started: date
    test: str
    baseline: float
    step: int
    again: bool  # the second within 28 days
    moved: bool = False  # past day 7: the stage has been set back
    reduced: bool = False  # past day 14


@dataclass(frozen=True, slots=True)
class Creep:
    """The drift guard at work (c4)."""

    started: date
    acted: date


@dataclass(frozen=True, slots=True)
class GapReturn:
    """The step to come back to after a break, once this many GREENs are in (c7)."""

    step: int
    greens: int


@dataclass(frozen=True, slots=True)
class Pause:
    """No programme; ``clinical`` ones restart lower (c8)."""

    since: date
    until: date | None
    clinical: bool


@dataclass(frozen=True, slots=True)
class Lock:
    """Locked by a screening answer, or for a long absence."""

    since: date
    symptoms: tuple[str, ...]  # empty: a new screening is due

    def began_with_symptoms(self, on: date) -> bool:
        """Return whether a symptom locked the programme on this very date."""
        return self.since == on and bool(self.symptoms)


@dataclass(slots=True, kw_only=True)
class Companion:
    """The level and the last days of the trunk or the gluteal strand (b5)."""

    level: int = 1
    greens: int = 0
    grown: int = 0  # the calm sessions its amounts have grown by: not while all strands are held
    days: list[date] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class State:
    """The whole memory of the rules, at the end of ``day``."""

    day: date
    rules: Rules
    goal: Goal
    training_days: frozenset[int]
    equipment: frozenset[str]
    stage: Stage
    stage_since: date
    step: int
    entry: date
    slow: bool = False
    clinician_guided: bool = False
    prescriber_block: bool = False
    no_impact: bool = False  # (g1) K9: neither running nor hopping until a clinician has cleared it
    running_minutes: float | None = None  # a usual week's, told at set-up (d1)
    two_sided: bool = False  # the other side is followed too: no line compares the two (c10-42)
    placed_on: date | None  # by the tests: the next morning confirms it

    away_days: int = 0  # of this stage: paused, locked, on a prescriber's hold, flare
    sets_off: int = 0
    cut_set: bool = False
    step_since: date | None = None  # the first session done at this step
    step_put: date | None = None  # the day it was put in force
    raised_on: date | None = None
    reduced_on: date | None = None
    streak: int = 0
    ambers: int = 0
    loop_on: date | None = None  # the last time too many AMBERs among the latest took a step down
    easy: int = 0
    underload: bool = False
    hard: int = 0
    sessions_in_stage: int = 0
    last_session: date | None = None
    last_loading: date | None = None
    gap_from: date | None = None
    gap_handled: date | None = None  # the absence a stage down has answered already
    loading_days: list[date] = field(default_factory=list)
    planned_days: list[tuple[date, float, bool]] = field(default_factory=list)
    records: list[SessionRecord] = field(default_factory=list)
    pending: SessionRecord | None = None
    fails: list[tuple[date, int]] = field(default_factory=list)

    today_scores: dict[str, float] = field(default_factory=dict)
    scores: dict[str, list[Score]] = field(default_factory=dict)
    windows: dict[tuple[str, date], list[Score]] = field(default_factory=dict)  # worked out once
    window_from: dict[str, date] = field(default_factory=dict)
    first_score: dict[str, float] = field(default_factory=dict)
    last_baseline: dict[str, tuple[date, float]] = field(default_factory=dict)
    medians: dict[str, list[tuple[date, float]]] = field(default_factory=dict)
    check_test: str = ""
    rest_pain: tuple[date, float] | None = None
    usual_rest: list[float] = field(default_factory=list)
    sitting: list[tuple[date, float]] = field(default_factory=list)
    sitting_medians: list[tuple[date, float]] = field(default_factory=list)
    sitting_budget: Budget = field(default_factory=Budget)
    night_waking: tuple[date, bool] | None = None
    tests: dict[str, LastTest] = field(default_factory=dict)

    weekly: list[WeeklyScore] = field(default_factory=list)  # all there are: one a week
    visa_h: list[tuple[date, float]] = field(default_factory=list)

    flare: Flare | None = None
    flare_starts: list[date] = field(default_factory=list)
    creep: Creep | None = None
    red_wait: RedWait | None = None
    rest_on: date | None = None
    gap_return: GapReturn | None = None
    hold_until: date | None = None
    strict_until: date | None = None
    pause: Pause | None = None
    lock: Lock | None = None
    ill: bool = False
    well_on: date | None = None
    passed: dict[Stage, tuple[date, int]] = field(default_factory=dict)
    no_green_since: date | None = None
    no_green_down: date | None = None
    relapse_until: date | None = None
    relapse_step: int = 0  # of P3: what strength is done at while the days of a relapse last
    relapse_sets_off: int = 0
    daily_checks_until: date | None = None
    screened: date | None = None
    reviews: dict[str, date] = field(default_factory=dict)
    trunk: Companion = field(default_factory=Companion)
    gluteal: Companion = field(default_factory=Companion)
    companion_raised: date | None = None
    energy: StrandState = field(default_factory=lambda: StrandState(strand=Strand.ENERGY_STORAGE))
    running: StrandState = field(default_factory=lambda: StrandState(strand=Strand.RUNNING))
    unlogged: list[RunNoticed] = field(default_factory=list)  # runs that ask to be logged
    strength_top: int | None = None  # of energy storage: the step it began with (c10-1)
    last_change: Reason | None = None
    missed: bool = False  # a session was planned the day before and not done

    @property
    def plan(self) -> StagePlan:
        """What the stage prescribes and asks."""
        return self.rules.stages[self.stage]

    @property
    def dose(self) -> DoseStep:
        """The dose step in force."""
        return self.rules.ladder[self.step]

    @property
    def stopped(self) -> bool:
        """Whether the programme asks nothing at all."""
        return self.pause is not None or self.lock is not None

    @property
    def begins(self) -> bool:
        """Whether the first session of a stage gone up to is still to come."""
        return not self.sessions_in_stage and self.raised_on == self.stage_since

    def sessions(self) -> list[SessionRecord]:
        """Return the remembered loading sessions: no light holds, no companions alone."""
        return [item for item in self.records if item.hamstring and not item.light]

    def strands(self) -> tuple[list[SessionRecord], ...]:
        """Return what is remembered of every strand, the hamstring's first."""
        return self.records, self.energy.records, self.running.records

    def was_red(self, on: date) -> bool:
        """Return whether the last session of any strand was on that date, and RED."""
        last = [records[-1] for records in self.strands() if records]
        return any(record.on == on and record.response is Response.RED for record in last)

    def days_in_stage(self, today: date) -> int:
        """Return whole days in this stage, without pause, lock and flare (c10-40)."""
        return (today - self.stage_since).days - self.away_days

    def copy(self) -> State:
        """Return an independent copy; records and other values are shared where frozen."""
        twin = copy.copy(self)
        for name in _LISTS:
            setattr(twin, name, list(getattr(self, name)))
        for name in _DICTS:
            setattr(twin, name, dict(getattr(self, name)))
        twin.scores = {test: list(scores) for test, scores in self.scores.items()}
        twin.medians = {test: list(values) for test, values in self.medians.items()}
        twin.trunk, twin.gluteal = copy.copy(self.trunk), copy.copy(self.gluteal)
        twin.trunk.days, twin.gluteal.days = list(self.trunk.days), list(self.gluteal.days)
        twin.energy, twin.running = self.energy.copy(), self.running.copy()
        if self.pending is not None:
            twin.pending = copy.copy(self.pending)
            twin.records = [
                twin.pending if record is self.pending else record for record in self.records
            ]
        return twin


_LISTS: Final = (
    "loading_days",
    "planned_days",
    "records",
    "fails",
    "usual_rest",
    "sitting",
    "sitting_medians",
    "flare_starts",
    "weekly",
    "visa_h",
    "unlogged",
)
_on: Final = attrgetter("on")
_DICTS: Final = (
    "windows",
    "window_from",
    "first_score",
    "last_baseline",
    "tests",
    "passed",
    "reviews",
)


def latest(scores: Sequence[Score], today: date, days: int) -> Sequence[Score]:
    """Return the scores in the window of ``days`` that includes today, the newest first."""
    begin = bisect_left(scores, today - timedelta(days=days - 1), key=_on)
    end = bisect_right(scores, today, key=_on)
    return scores[begin:end][::-1]


def within(on: date, today: date, days: int) -> bool:
    """Return whether ``on`` lies in the window of ``days`` that includes today (c10-18)."""
    return 0 <= (today - on).days < days
