"""Reports of sessions: whole ones, scores, and single exercises ticked and unticked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypedDict

from .both import shares_of
from .checks import (
    Days,
    Decision,
    Moment,
    amount,
    logged_date,
    named,
    open_days,
    recorded,
    score,
)
from .course import Course, Today
from .exercises import EXERCISES, Strand
from .facts import Fact, SessionReported
from .model import RehabError
from .pair import Share
from .planner import plan_day
from .protocol import LADDER, STEP_INDEX
from .schedule import moved_day
from .side import concerns
from .sided import renew, together
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
    shared: bool


def _measures(
    days: Days, *, loading: bool = False, hopping: bool = False, at: int = 0
) -> dict[str, Measure]:
    """Return what each side's session of this day is measured by; ``hopping``: hops were done.

    ``at`` is the step it was told at, an index of the ladder, 0 where none was. On a day that asks
    for nothing, or if it was ``loading`` on a day of companions, it is the
    planned session moved here (c10-27). A lock of this day came after it.
    """
    days = {side: _unlocked(day) for side, day in days.items()}
    shares = shares_of(days)
    asked = hopping or any(share.items for share in shares.values())
    idle = all(day.plan.dose is None for day in days.values())
    moved: dict[str, Share] = {}
    if idle and (loading or not asked):
        moved = shares_of({side: _moved(day) for side, day in days.items()})
    return {
        side: _measure(days[side], share, moved.get(side), hopping=hopping, at=at)
        for side, share in shares.items()
    }


def _measure(day: Today, share: Share, moved: Share | None, *, hopping: bool, at: int) -> Measure:
    """Return what one side's session is measured by, on its own day or as a ``moved`` one.

    Above the holds of a light day it is an extra session (c7), and none of them.
    """
    items = [item.id for item in share.items]
    told, energy = day.page.session, share.plan.energy
    step = share.step if told is None else min(share.step, told.step)
    if moved is not None:
        items = [*(item.id for item in moved.items), *items]
        step = moved.step if moved.plan.dose is not None else step
    hops = energy.step if energy is not None else None
    if hopping and hops is None:  # not planned: they count for their verdict (c7)
        hops = day.state.energy.step or 0
        drills = day.state.rules.energy_steps[hops].drills
        items = [*(drill.exercise for drill in drills), *items]
    return {
        "prescribed_step": LADDER[step].id,
        "light": share.light and at <= share.step,
        "prescribed": tuple(dict.fromkeys(items)),
        "energy_step": ENERGY[hops].id if hops is not None else None,
        "shared": (moved or share).shared,
    }


def _unlocked(day: Today) -> Today:
    if day.state.lock is None:
        return day
    state = replace(day.state, lock=None)
    return replace(day, state=state, plan=plan_day(state, state.day, settled=True))


def _moved(day: Today) -> Today:
    return replace(day, plan=moved_day(day.state, day.plan, day.state.day))


def _measured(
    days: Days, known: tuple[str, ...] | None, dose_step: str | None
) -> dict[str, Measure]:
    """Return the measures of a session told with these exercises, or at this step."""
    strands = {EXERCISES[exercise].strand for exercise in known or ()}
    found = _measures(
        days,
        loading=dose_step in STEP_INDEX or Strand.HAMSTRING in strands,
        hopping=dose_step in ENERGY_INDEX or Strand.ENERGY_STORAGE in strands,
        at=STEP_INDEX.get(dose_step or "", 0),
    )
    if dose_step in ENERGY_INDEX:
        return {side: {**measure, "energy_step": dose_step} for side, measure in found.items()}
    return found


def _check_step(dose_step: str | None) -> None:
    if dose_step is not None and dose_step not in STEP_INDEX and dose_step not in ENERGY_INDEX:
        raise RehabError("unknown_dose_step", field="dose_step", value=dose_step[:50])


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
    side: str | None = None,
) -> Decision:
    """Record a session, or with ``exercises`` a part that leaves the rest due unless ``whole``.

    The scores are of ``side``, or of both. The same ``session_id`` for the same side again records
    nothing and names the first.
    """
    if (known_id := recorded(course, SessionReported, session_id, side)) is not None:
        return Decision((), known_id)
    about = logged_date(course, at, on)
    days, asked = open_days(course, at, about, side)
    _check_step(dose_step)
    known = _known_exercises(exercises)
    measures = _measured(days, known, dose_step)
    share = amount(completed, "completed", 100)
    told = SessionReported(
        log_id=at.new_id(),
        on=about,
        logged_at=at.now,
        prescribed_step="",
        exercises=known,
        pain_during=score(pain_during, "pain_during"),
        pain_after=score(pain_after, "pain_after"),
        effort=score(effort, "effort"),
        completed=100 if share is None else share,
        painkiller=painkiller,
        cut_short=cut_short,
        whole=whole,
        dose_step=dose_step if dose_step in STEP_INDEX else None,
        session_id=session_id or None,  # an empty one, from a template, is none
    )
    return together(list(_told_of(course, told, days, measures, asked)))


def _told_of(
    course: Course,
    told: SessionReported,
    days: Days,
    measures: dict[str, Measure],
    asked: Sequence[str],
) -> Iterator[SessionReported]:
    """Yield a session as an entry of each side: the ones asked first, with their scores.

    The other did the whole of it too; its own scores stay unknown.
    """
    for name in asked:
        yield _of(course, told, measures[name], name)
    unscored = replace(told, pain_during=None, pain_after=None, session_id=None)
    for name, day in days.items():
        whole = day.page.session is not None and day.page.session.whole
        if name not in asked and told.exercises is None and not whole:
            yield _of(course, unscored, measures[name], name)


def _of(course: Course, told: SessionReported, measure: Measure, side: str) -> SessionReported:
    """Return what was told as an entry of one side; the only side need not be named."""
    return replace(told, **measure, side=named(course, side))


def score_session(course: Course, at: Moment, pain: float, side: str | None = None) -> Decision:
    """Set the pain of today's session without completing it; the same value adds nothing."""
    about = logged_date(course, at, None)
    value = score(pain, "pain_during")
    told = [one.diary.page(about).session for one in course.asked(side)]
    if all(one is not None and one.pain_during == value for one in told):
        return Decision()
    days, asked = open_days(course, at, about, side)
    scored = SessionReported(
        log_id=at.new_id(),
        on=about,
        logged_at=at.now,
        prescribed_step="",
        exercises=(),
        pain_during=value,
        score_only=True,
    )
    measures = _measures(days)
    return together([_of(course, scored, measures[name], name) for name in asked])


def complete_session(
    course: Course, at: Moment, *, pain: float | None = None, effort: float | None = None
) -> Decision:
    """Record the whole of today's session; said again it adds nothing but a corrected score."""
    about = logged_date(course, at, None)
    told = [one.diary.page(about).session for one in course.sides]
    if any(one is None or not one.whole or effort not in (None, one.effort) for one in told):
        return log_session(course, at, pain_during=pain, effort=effort)
    return Decision() if pain is None else score_session(course, at, pain)


def tick(course: Course, at: Moment, exercise: str, side: str | None = None) -> Decision:
    """Record one exercise of today as done, with pain not reported; done already adds nothing."""
    about = logged_date(course, at, None)
    told = [one.diary.page(about).session for one in course.asked(side)]
    if all(one is not None and one.covered.get(exercise) for one in told):
        return Decision()
    return log_session(course, at, exercises=(exercise,), side=side)


def untick(course: Course, at: Moment, exercise: str, side: str | None = None) -> Decision:
    """Take one exercise of today back; what else was reported with it stays."""
    about = logged_date(course, at, None)
    changed: dict[str, Fact | None] = {}
    for fact in course.reported_sessions(about):
        covers = fact.prescribed if fact.exercises is None else fact.exercises
        if exercise not in covers or (side is not None and not concerns(fact, side)):
            continue
        left = tuple(item for item in covers if item != exercise)
        kept = left or fact.pain_during is not None
        changed[fact.log_id] = replace(fact, exercises=left, session_id=None) if kept else None
    facts = tuple(renew(course, at, changed))
    return Decision(facts, facts[0].log_id if facts else None)
