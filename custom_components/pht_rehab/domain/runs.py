"""Reports of runs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final, TypedDict

from .both import shares_of
from .checks import (
    Days,
    Decision,
    Moment,
    amount,
    day_of,
    days_of,
    logged_date,
    one,
    open_days,
    recorded,
    score,
    void,
)
from .course import Course
from .facts import Fact, RunNoticed, RunReported
from .model import DAY, RehabError
from .planner import moved_run
from .reports import MINUTES_MAX
from .side import TWIN
from .sided import together
from .strand_steps import StrandDose
from .strands import RUNS
from .unlogged import LEAST_KM

DISTANCE_MAX: Final = 1000


def log_run(
    course: Course,
    at: Moment,
    *,
    minutes: float,
    pain_during: float | None = None,
    pain_after: float | None = None,
    distance: float | None = None,
    hills: bool = False,
    fast: bool = False,
    painkiller: bool = False,
    on: date | None = None,
    session_id: str | None = None,
    side: str | None = None,
) -> Decision:
    """Record a run: ``minutes`` of running, ``distance`` in kilometres, scores of ``side`` or both.

    The same ``session_id`` for the same side again records nothing and names the first.
    """
    known = recorded(course, RunReported, session_id, side)
    if known is not None:
        return Decision((), known)
    about = logged_date(course, at, on)
    days, _asked = open_days(course, at, about, side)
    ran = amount(minutes, "minutes", MINUTES_MAX)
    if not ran:
        raise RehabError("nothing_given", field="minutes")
    told = RunReported(
        log_id=at.new_id(),
        on=about,
        logged_at=at.now,
        minutes=ran,
        pain_during=score(pain_during, "pain_during"),
        pain_after=score(pain_after, "pain_after"),
        distance=amount(distance, "distance", DISTANCE_MAX),
        hills=hills,
        fast=fast,
        painkiller=painkiller,
        **_measure(_planned(days) or _moved(days, about)),
        session_id=session_id or None,
    )
    return one(told) if course.other is None else _of_both(course, at, told, days, side)


class Measure(TypedDict):
    """What a run is measured by: what the plan of its day showed."""

    prescribed_step: str | None
    prescribed_minutes: float | None
    easy: bool


def _measure(dose: StrandDose | None) -> Measure:
    return {
        "prescribed_step": RUNS[dose.step].id if dose is not None else None,
        "prescribed_minutes": dose.minutes if dose is not None else None,
        "easy": dose is not None and dose.easy,
    }


def _planned(days: Days) -> StrandDose | None:
    """Return the run of the day, as both sides allow it."""
    return next(iter(shares_of(days).values())).plan.run


def _moved(days: Days, on: date) -> StrandDose | None:
    """Return the planned run moved to a day without one, None if it is too close for a side."""
    doses = [moved_run(day.state, day.plan, on) for day in days.values()]
    known = [dose for dose in doses if dose is not None]
    return min(known, key=lambda dose: dose.step) if len(known) == len(doses) else None


def _of_both(
    course: Course, at: Moment, told: RunReported, days: Days, side: str | None
) -> Decision:
    """Record a run with both legs: the scores are of ``side``, the other's stay unknown."""
    asked = [name for name in days if side in (None, name)]
    others = [name for name, day in days.items() if name not in asked and day.page.run is None]
    unscored = replace(told, pain_during=None, pain_after=None, session_id=None)
    found = together(
        [
            *(replace(told, side=name) for name in asked),
            *(replace(unscored, side=name) for name in others),
        ]
    )
    return replace(found, facts=(*found.facts, *_stand_ins(course, at, told.on, side)))


def _stand_ins(course: Course, at: Moment, on: date, side: str | None) -> Iterator[Fact]:
    """Yield what takes back the runs that stood in for ``side`` until its scores were told."""
    for fact in course.diary.counted(on):
        if not isinstance(fact, RunReported) or side is None or fact.side != side:
            continue
        if fact.pain_during is None and TWIN in fact.log_id:
            yield void(at, on, fact.log_id)


def notice_run(course: Course, at: Moment, *, kilometres: float, on: date, since: date) -> Decision:
    """Record that ``kilometres`` were counted ``on`` a date that is over, if nobody logged a run.

    They may be from as early as ``since``. What was noticed of a date once, taken back or not, is
    not noticed again; nor is what is no run, or falls into a pause or a lock.
    """
    log_id = f"run-{on:%Y%m%d}"
    if log_id in course.facts:
        return Decision(log_id=log_id)
    about = logged_date(course, at, on)
    told = amount(kilometres, "kilometres", DISTANCE_MAX)
    days = (about - number * DAY for number in range((about - since).days + 1))
    if not told or told <= LEAST_KM or any(course.diary.page(day).run is not None for day in days):
        return Decision()
    if day_of(course, at, about).state.stopped:
        return Decision()
    fact = RunNoticed(log_id=log_id, on=about, logged_at=at.now, kilometres=round(told, 1))
    return one(fact)


def tick_run(course: Course, at: Moment) -> Decision:
    """Record today's run as it is planned, with pain not reported; done already adds nothing."""
    days = days_of(course, at, logged_date(course, at, None))
    day = days[course.set_up.side]
    dose = _planned(days)
    if day.page.run is not None or dose is None:
        return Decision()
    return log_run(course, at, minutes=dose.minutes or day.state.rules.running.normal_minutes)


def untick_run(course: Course, at: Moment) -> Decision:
    """Take today's runs back."""
    about = logged_date(course, at, None)
    told = [fact for fact in course.diary.counted(about) if isinstance(fact, RunReported)]
    facts = tuple(void(at, about, fact.log_id) for fact in told)
    return Decision(facts, facts[0].log_id if facts else None)
