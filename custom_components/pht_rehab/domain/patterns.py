"""What was logged on the days before worse mornings: counts side by side, never a cause.

A morning is worse where its score lies above its baseline by at least the rise that makes a
session AMBER (c1). Everything counted is the person's own log of the last twelve weeks; a pattern
is shown with its counts or not at all.

Chance makes patterns too, so the limits below are set by simulation (design). Programmes of 84 days
without any connection (eight sources, each logged on 3 to 43 % of the days, singly or days on end;
mornings independent or each like the one before; up to 30 % of them missing) show a pattern at one
look in fewer than 1 of 50: measured 0.4 to 1.0 % of 4,000, and again by the tests. Looked at on
every day of a year, fewer than 1 of 5 ever do: measured 10 to 16 % of 300.
"""

from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final

from .course import Course, Today
from .facts import EventLogged, Fact, RunReported
from .model import DAY
from .records import SessionRecord
from .rules import Rules
from .state import Score, State
from .trend import TREND_DAYS
from .verdict import limits, rest_of_day

LAGS: Final = (1, 2, 3)
"""How many days later a morning is looked at."""
LEAST_DAYS: Final = 8
"""(design) so many days with it, each with a known morning after."""
LEAST_OTHERS: Final = 20
"""(design) so many other days to compare them with."""
LEAST_SHARE: Final = Fraction(2, 3)
"""(design) of the days with it this share was followed by a worse morning."""
LEAST_TIMES: Final = 3
"""(design) and that share is so many times that of the other days."""

EVENT_SOURCES: Final[Mapping[str, str]] = {
    "long_sitting": "long_sitting",
    "travel": "long_sitting",
    "poor_sleep": "poor_sleep",
    "stretching": "stretching",
}
"""Logged events, and what they are told as."""
SOURCES: Final = (
    "long_sitting",
    "poor_sleep",
    "stretching",
    "hills",
    "fast_run",
    "step_up",
    "hard_session",
)
"""What is looked at, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """After ``worse`` of ``days`` days with ``source`` the morning ``lag`` days later was worse.

    After the other days it was ``other_worse`` of ``other_days``.
    """

    source: str
    lag: int
    worse: int
    days: int
    other_worse: int
    other_days: int


def patterns(course: Course, today: Today) -> tuple[Pattern, ...]:
    """Return what preceded worse mornings in the last twelve weeks, at most one of a source."""
    day = today.state.day
    first = max(course.start, day - timedelta(days=TREND_DAYS - 1))
    dates = [first + number * DAY for number in range((day - first).days)]  # today has no after
    logged: dict[str, set[date]] = {source: set() for source in SOURCES}
    for on in dates:
        for source in _reported(course.diary.counted(on)):
            logged[source].add(on)
    for source, on in _trained(today.state):
        logged[source].add(on)
    return tuple(find(dates, _worse_mornings(course, today), logged))


def find(
    dates: Iterable[date], worse: Mapping[date, bool], logged: Mapping[str, AbstractSet[date]]
) -> Iterator[Pattern]:
    """Yield the patterns of ``dates``: which mornings were ``worse``, as far as that is known."""
    dates = tuple(dates)
    for source, days in logged.items():
        clear = [
            found
            for found in (_count(dates, worse, source, days, lag) for lag in LAGS)
            if _is_clear(found)
        ]
        if clear:
            yield max(clear, key=_difference)


def _count(
    dates: Iterable[date],
    worse: Mapping[date, bool],
    source: str,
    days: AbstractSet[date],
    lag: int,
) -> Pattern:
    after: list[bool] = []
    others: list[bool] = []
    for on in dates:
        morning = worse.get(on + lag * DAY)
        if morning is not None:
            (after if on in days else others).append(morning)
    return Pattern(source, lag, sum(after), len(after), sum(others), len(others))


def _is_clear(found: Pattern) -> bool:
    if found.days < LEAST_DAYS or found.other_days < LEAST_OTHERS:
        return False
    enough = found.worse >= LEAST_SHARE * found.days
    # Crosswise: among the other days there may be no worse morning at all.
    return enough and (
        found.worse * found.other_days >= LEAST_TIMES * found.other_worse * found.days
    )


def _difference(found: Pattern) -> float:
    return found.worse / found.days - found.other_worse / found.other_days


def _reported(facts: Iterable[Fact]) -> Iterator[str]:
    """Yield what the facts of a date say that may lie behind a worse morning."""
    for fact in facts:
        match fact:
            case EventLogged() if fact.event in EVENT_SOURCES:
                yield EVENT_SOURCES[fact.event]
            case RunReported():
                if fact.hills:
                    yield "hills"
                if fact.fast:
                    yield "fast_run"
            case _:
                pass


def _trained(state: State) -> Iterator[tuple[str, date]]:
    """Yield the sessions at a higher step than the one before, and those that hurt."""
    for before, after in pairwise(state.sessions()):
        if after.step > before.step:
            yield "step_up", after.on
    for record in state.records:
        if _hurt(record, state.rules):
            yield "hard_session", record.on


def _hurt(record: SessionRecord, rules: Rules) -> bool:
    """Return whether a session was AMBER or worse by what was felt on its own day (c1).

    Its verdict would not do: a worse morning makes a session AMBER, so that every such session
    would be followed by one.
    """
    calm = limits(rules, record.band).green_max
    pains = (record.pain_during, rest_of_day(record, rules))
    return any(pain is not None and pain > calm for pain in pains)


def _worse_mornings(course: Course, today: Today) -> dict[date, bool]:
    """Return by date whether the morning was worse than usual; unknown ones are left out.

    Unknown is a morning without a score or a baseline, and a good one under a painkiller (c6).
    Mornings inside a flare-up are left out: they are worse for the flare-up's sake.
    """
    rules = today.state.rules
    found: dict[date, bool] = {}
    for scores in today.state.scores.values():
        for score, base in _with_baseline(scores):
            if course.turn(score.on - DAY, today).flare_up:
                continue
            worse = score.pain - base >= rules.normal.delta_amber
            if worse or not score.masked:
                found[score.on] = worse or found.get(score.on, False)
    return found


def _with_baseline(scores: Iterable[Score]) -> Iterator[tuple[Score, float]]:
    """Yield each score with the last B known before it, as the rules compare them (c10-21)."""
    base: float | None = None
    for score in scores:
        if base is not None:
            yield score, base
        if score.week is not None:
            base = score.week
