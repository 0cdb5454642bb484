"""Reports of runs."""

from datetime import date
from typing import Final

from .checks import (
    Decision,
    Moment,
    amount,
    day_of,
    logged_date,
    one,
    refuse_closed,
    score,
    text,
    void,
)
from .course import Course
from .facts import RunNoticed, RunReported
from .model import DAY, RehabError
from .planner import moved_run
from .reports import MINUTES_MAX
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
) -> Decision:
    """Record a run: ``minutes`` of running, ``distance`` in kilometres.

    The same ``session_id`` again records nothing and names the first.
    """
    known = _recorded(course, text(session_id, "session_id"))
    if known is not None:
        return Decision((), known)
    about = logged_date(course, at, on)
    day = day_of(course, at, about)
    refuse_closed(day)
    if not minutes:
        raise RehabError("nothing_given", field="minutes")
    dose = day.plan.run or moved_run(day.state, day.plan, about)
    return one(
        RunReported(
            log_id=at.new_id(),
            on=about,
            logged_at=at.now,
            minutes=amount(minutes, "minutes", MINUTES_MAX) or 0,
            pain_during=score(pain_during, "pain_during"),
            pain_after=score(pain_after, "pain_after"),
            distance=amount(distance, "distance", DISTANCE_MAX),
            hills=hills,
            fast=fast,
            painkiller=painkiller,
            prescribed_step=RUNS[dose.step].id if dose is not None else None,
            prescribed_minutes=dose.minutes if dose is not None else None,
            easy=dose is not None and dose.easy,
            session_id=session_id or None,
        )
    )


def notice_run(course: Course, at: Moment, *, kilometres: float, on: date, since: date) -> Decision:
    """Record that ``kilometres`` were counted ``on`` a date that is over, if nobody logged a run.

    They may be from as early as ``since``. What was noticed of a date once, taken back or not, is
    not noticed again; nor is what is no run, or falls into a pause or a lock.
    """
    log_id = f"run-{on:%Y%m%d}"
    if log_id in course.facts:
        return Decision(log_id=log_id)
    about = logged_date(course, at, on)
    told = amount(kilometres, "kilometres", DISTANCE_MAX) or 0
    days = (about - number * DAY for number in range((about - since).days + 1))
    if told <= LEAST_KM or any(course.diary.page(day).run is not None for day in days):
        return Decision()
    if day_of(course, at, about).state.stopped:
        return Decision()
    fact = RunNoticed(log_id=log_id, on=about, logged_at=at.now, kilometres=round(told, 1))
    return one(fact)


def tick_run(course: Course, at: Moment) -> Decision:
    """Record today's run as it is planned, with pain not reported; done already adds nothing."""
    day = day_of(course, at, logged_date(course, at, None))
    dose = day.plan.run
    if day.page.run is not None or dose is None:
        return Decision()
    return log_run(course, at, minutes=dose.minutes or day.state.rules.running.normal_minutes)


def untick_run(course: Course, at: Moment) -> Decision:
    """Take today's runs back."""
    about = logged_date(course, at, None)
    told = [fact for fact in course.diary.counted(about) if isinstance(fact, RunReported)]
    facts = tuple(void(at, about, fact.log_id) for fact in told)
    return Decision(facts, facts[0].log_id if facts else None)


def _recorded(course: Course, session_id: str | None) -> str | None:
    """Return the run that counts under this id, or None."""
    if not session_id:
        return None
    return next(
        (
            fact.log_id
            for fact in course.facts.values()
            if isinstance(fact, RunReported)
            and fact.session_id == session_id
            and fact.log_id not in course.voided
        ),
        None,
    )
