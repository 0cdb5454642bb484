"""What a clinician wants to see of some weeks, taken from the log and the rules' memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby, pairwise
from typing import Final

from .course import Course
from .criteria import check, gate
from .diary import Diary
from .exit_line import Result
from .facts import EventLogged, TestLogged
from .model import RehabError, Response, Stage
from .patterns import Pattern, patterns
from .progression import adherence
from .protocol import STEP_INDEX
from .questions import WeeklyScore
from .run_report import RunWeek, run_weeks, step_course
from .side import concerns
from .trend import TREND_DAYS, TrendDay, trend
from .weekly import totals

TRIGGER_DAYS: Final = 3
"""(c5) how long before a flare-up something is named as what may have led to it."""
EVENING: Final = time(23)


@dataclass(frozen=True, slots=True)
class Span:
    """Days on end, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class StageSpan(Span):
    """The days in one stage, and the dose steps at their ends."""

    stage: Stage
    steps: tuple[str, str]


@dataclass(frozen=True, slots=True)
class FlareSpan(Span):
    """A flare-up, and what came shortly before it: events, a session too much, a step up."""

    events: tuple[str, ...]
    too_much: tuple[date, ...]
    step_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Some weeks of a programme. ``adherence`` is a share of 1 over the last 14 days, or None.

    ``weekly`` holds checks with total and change, ``visa_h`` totals of another scale. The steps
    of energy storage and running come with the first day each was in force; ``gate`` is what the
    way back to running asks, empty where it is not being gone.
    """

    days: tuple[TrendDay, ...]
    stages: tuple[StageSpan, ...]
    flare_ups: tuple[FlareSpan, ...]
    tests: tuple[TestLogged, ...]
    patterns: tuple[Pattern, ...]
    weekly: tuple[tuple[WeeklyScore, int, int | None], ...]
    visa_h: tuple[tuple[date, float], ...]
    energy_steps: tuple[tuple[date, str], ...]
    run_steps: tuple[tuple[date, str], ...]
    runs: tuple[RunWeek, ...]
    gate: tuple[Result, ...]
    criteria: tuple[Result, ...]
    adherence: float | None
    calm_max: float


def report(
    told: Course,
    first: date | None,
    last: date,
    most: int = TREND_DAYS,
    *,
    side: str | None = None,
) -> Report:
    """Report the dates from ``first`` (else as far as the memory goes) to ``last``, of one side.

    Works on a course of its own: another's state of today is not to be lost. ``RehabError`` if
    the dates make no span that is remembered.
    """
    whole = Course(told.facts.values())
    course = whole.of(side or whole.set_up.side)
    if last < course.start:
        raise RehabError("before_start", field="end_date", start=course.start.isoformat())
    first = max(course.start, first or last - timedelta(days=most - 1))
    if first > last:
        raise RehabError("end_before_start", field="end_date")
    if (last - first).days >= most:
        raise RehabError("days_out_of_range", field="start_date", most=str(most))
    today = course.today(last, EVENING)
    days = tuple(trend(course, today, (last - first).days + 1))
    share, planned = adherence(today.state, last)
    facts = [fact for on in course.diary.dates(first, last) for fact in course.diary.counted(on)]
    return Report(
        days=days,
        stages=tuple(_stages(days)),
        flare_ups=tuple(_flare_ups(days, course.diary)),
        tests=tuple(
            one
            for one in facts
            if isinstance(one, TestLogged) and concerns(one, course.set_up.side)
        ),
        patterns=patterns(course, today),
        weekly=tuple(each for each in totals(today.state) if first <= each[0].on),
        visa_h=tuple(each for each in today.state.visa_h if first <= each[0]),
        energy_steps=tuple(step_course((day.on, day.energy_step) for day in days)),
        run_steps=tuple(step_course((day.on, day.run_step) for day in days)),
        runs=tuple(run_weeks(days)),
        gate=gate(today.state, last) if today.state.running.at_gate else (),
        criteria=check(today.state, last),
        adherence=share if planned else None,
        calm_max=today.state.rules.coped_max,
    )


def _stages(days: Iterable[TrendDay]) -> Iterator[StageSpan]:
    for stage, group in groupby(days, key=lambda day: day.stage):
        spent = list(group)
        yield StageSpan(spent[0].on, spent[-1].on, stage, (spent[0].step, spent[-1].step))


def led_up(diary: Diary, begin: date) -> tuple[str, ...]:
    """Return the events up to the first day of a flare-up: what may have led to it (c5)."""
    since = begin - timedelta(days=TRIGGER_DAYS)
    facts = [fact for on in diary.dates(since, begin) for fact in diary.counted(on)]
    return tuple(dict.fromkeys(fact.event for fact in facts if isinstance(fact, EventLogged)))


def _flare_ups(days: tuple[TrendDay, ...], diary: Diary) -> Iterator[FlareSpan]:
    for flare_up, group in groupby(days, key=lambda day: day.flare_up):
        spent = list(group)
        if not flare_up:
            continue
        begin = spent[0].on
        since = begin - timedelta(days=TRIGGER_DAYS)
        before = [day for day in days if since <= day.on < begin]
        yield FlareSpan(
            begin,
            spent[-1].on,
            led_up(diary, begin),
            tuple(day.on for day in before if day.response is Response.RED),
            any(STEP_INDEX[after.step] > STEP_INDEX[one.step] for one, after in pairwise(before)),
        )
