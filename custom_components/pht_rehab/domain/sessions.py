"""Reports of sessions: whole ones, scores, and single exercises ticked and unticked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypedDict

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
from .course import Course, Today
from .exercises import EXERCISES, Strand
from .facts import Fact, SessionReported
from .model import RehabError
from .overview import prescribed_on
from .planner import plan_day
from .prescription import prescribe
from .protocol import LADDER, STEP_INDEX
from .schedule import moved_day
from .strands import ENERGY, ENERGY_INDEX


def _known_exercises(exercises: Sequence[str] | None) -> tuple[str, ...] | None:
    if exercises is None:
        return None
    for exercise in exercises:
        if exercise not in EXERCISES or EXERCISES[exercise].is_test:
            raise RehabError("unknown_exercise", field="exercises", value=str(exercise)[:50])
    return tuple(dict.fromkeys(exercises))


class Measure(TypedDict):
    """What a session is measured by: steps, lightness and exercises of its day's plan."""

    prescribed_step: str
    light: bool
    prescribed: tuple[str, ...]
    energy_step: str | None


def _prescribed(day: Today, *, loading: bool = False, hopping: bool = False) -> Measure:
    """Return what a session of this day is measured by; ``hopping``: hops were done in it.

    On a day that asks for nothing, or if it was ``loading`` on a day of companions, it is the
    planned session moved here (c10-27). A lock of this day came after it.
    """
    if day.state.lock is not None:
        state = replace(day.state, lock=None)
        day = replace(day, state=state, plan=plan_day(state, state.day, settled=True))
    state, plan = day.state, day.plan
    told = day.page.session
    items = tuple(item.id for item in prescribed_on(day))
    step = plan.dose.step if plan.dose is not None else state.step
    if told is not None:
        step = min(step, told.step)
    if plan.dose is None and (loading or not (items or hopping)):
        moved = moved_day(state, plan, state.day)
        others = (item.id for item in prescribe(state.rules, moved, state.equipment, state.goal))
        items = tuple(dict.fromkeys((*others, *items)))
        step = moved.dose.step if moved.dose is not None else step
    hops = plan.energy.step if plan.energy is not None else None
    if hopping and hops is None:  # not planned: they count for their verdict (c7)
        hops = state.energy.step or 0
        drills = (drill.exercise for drill in ENERGY[hops].drills)
        items = tuple(dict.fromkeys((*drills, *items)))
    return {
        "prescribed_step": LADDER[step].id,
        "light": plan.light,
        "prescribed": items,
        "energy_step": ENERGY[hops].id if hops is not None else None,
    }


def _measured(day: Today, known: tuple[str, ...] | None, dose_step: str | None) -> Measure:
    """Return the measure of a session told with these exercises, or at this step."""
    strands = {EXERCISES[exercise].strand for exercise in known or ()}
    return _prescribed(
        day,
        loading=dose_step in STEP_INDEX or Strand.HAMSTRING in strands,
        hopping=dose_step in ENERGY_INDEX or Strand.ENERGY_STORAGE in strands,
    )


def _recorded(course: Course, session_id: str | None) -> str | None:
    """Return the entry that counts of a session reported before under this id, or None."""
    voided = course.voided
    return next(
        (
            fact.log_id
            for fact in course.facts.values()
            if isinstance(fact, SessionReported)
            and session_id
            and fact.session_id == session_id
            and fact.log_id not in voided
        ),
        None,
    )


def log_session(
    course: Course,
    at: Moment,
    *,
    pain_during: float | None = None,
    pain_after: float | None = None,
    effort: float | None = None,
    completed: float = 100,
    exercises: Sequence[str] | None = None,
    painkiller: bool = False,
    cut_short: bool = False,
    whole: bool = False,
    on: date | None = None,
    dose_step: str | None = None,
    session_id: str | None = None,
) -> Decision:
    """Record a session, or with ``exercises`` a part that leaves the rest due unless ``whole``.

    The same ``session_id`` again records nothing and names the first.
    """
    if (known_id := _recorded(course, text(session_id, "session_id"))) is not None:
        return Decision((), known_id)
    about = logged_date(course, at, on)
    day = day_of(course, at, about)
    refuse_closed(day)
    if dose_step is not None and dose_step not in {*STEP_INDEX, *ENERGY_INDEX}:
        raise RehabError("unknown_dose_step", field="dose_step", value=dose_step[:50])
    known = _known_exercises(exercises)
    measure = _measured(day, known, dose_step)
    if dose_step in ENERGY_INDEX:
        measure, dose_step = {**measure, "energy_step": dose_step}, None
    share = amount(completed, "completed", 100)
    return one(
        SessionReported(
            log_id=at.new_id(),
            on=about,
            logged_at=at.now,
            **measure,
            exercises=known,
            pain_during=score(pain_during, "pain_during"),
            pain_after=score(pain_after, "pain_after"),
            effort=score(effort, "effort"),
            completed=100 if share is None else share,
            painkiller=painkiller,
            cut_short=cut_short,
            whole=whole,
            dose_step=dose_step,
            session_id=session_id or None,  # an empty one, from a template, is none
        )
    )


def score_session(course: Course, at: Moment, pain: float) -> Decision:
    """Set the pain of today's session without completing it; the same value adds nothing."""
    about = logged_date(course, at, None)
    day = day_of(course, at, about)
    told = day.page.session
    value = score(pain, "pain_during")
    if told is not None and told.pain_during == value:
        return Decision()
    refuse_closed(day)
    return one(
        SessionReported(
            log_id=at.new_id(),
            on=about,
            logged_at=at.now,
            **_prescribed(day),
            exercises=(),
            pain_during=value,
            score_only=True,
        )
    )


def complete_session(
    course: Course, at: Moment, *, pain: float | None = None, effort: float | None = None
) -> Decision:
    """Record the whole of today's session; said again it adds nothing but a corrected score."""
    told = course.diary.page(logged_date(course, at, None)).session
    if told is None or not told.whole or effort not in (None, told.effort):
        return log_session(course, at, pain_during=pain, effort=effort)
    return Decision() if pain is None else score_session(course, at, pain)


def tick(course: Course, at: Moment, exercise: str) -> Decision:
    """Record one exercise of today as done, with pain not reported; done already adds nothing."""
    told = course.diary.page(logged_date(course, at, None)).session
    if told is not None and told.covered.get(exercise):
        return Decision()
    return log_session(course, at, exercises=(exercise,))


def untick(course: Course, at: Moment, exercise: str) -> Decision:
    """Take one exercise of today back; what else was reported with it stays."""
    about = logged_date(course, at, None)
    facts: list[Fact] = []
    for fact in course.reported_sessions(about):
        covers = fact.prescribed if fact.exercises is None else fact.exercises
        if exercise not in covers:
            continue
        facts.append(void(at, about, fact.log_id))
        left = tuple(item for item in covers if item != exercise)
        if left or fact.pain_during is not None:
            facts.append(
                replace(fact, log_id=at.new_id(), logged_at=at.now, exercises=left, session_id=None)
            )
    return Decision(tuple(facts), facts[0].log_id if facts else None)
