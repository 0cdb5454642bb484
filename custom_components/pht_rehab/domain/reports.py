"""Reports: sessions, scores, tests, events and symptoms."""

from collections.abc import Sequence
from dataclasses import replace
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
from .course import Course, Today
from .exercises import EXERCISES, Strand
from .facts import (
    EventLogged,
    Fact,
    MorningChecked,
    SessionReported,
    SymptomsReported,
    TestLogged,
)
from .model import RehabError
from .morning import due_test
from .overview import prescribed_on
from .prescription import prescribe
from .protocol import CAPACITY_TESTS, LADDER, LOAD_TESTS, STEP_INDEX
from .schedule import loading_day
from .screening import SCREENING

MINUTES_MAX: Final = 1440
VALUE_MAX: Final = 1000
EVENTS: Final = (
    "long_sitting",
    "travel",
    "illness_started",
    "illness_ended",
    "injection",
    "shockwave",
    "surgery",
    "fluoroquinolone",
    "pregnancy",
    "stretching",
    "massage",
    "needling",
    "ball",
    "poor_sleep",
    "other",
)


def _known_exercises(exercises: Sequence[str] | None) -> tuple[str, ...] | None:
    if exercises is None:
        return None
    for exercise in exercises:
        if exercise not in EXERCISES or EXERCISES[exercise].is_test:
            raise RehabError("unknown_exercise", field="exercises", value=str(exercise)[:50])
    return tuple(dict.fromkeys(exercises))


def _prescribed(day: Today, *, loading: bool = False) -> tuple[str, bool, tuple[str, ...]]:
    """Return step, lightness and exercises a session of this day is measured by.

    On a day that asks for nothing, or if it was ``loading`` on a day of companions, it is the
    planned session moved here (c10-27).
    """
    state, plan = day.state, day.plan
    told = day.page.session
    items = tuple(item.id for item in prescribed_on(day))
    step = plan.dose.step if plan.dose is not None else state.step
    if told is not None:
        step = min(step, told.step)
    if plan.dose is None and (loading or not items):
        moved = loading_day(state, state.day, settled=True)
        others = (item.id for item in prescribe(moved, state.equipment, state.goal))
        items = tuple(dict.fromkeys((*others, *items)))
        step = moved.dose.step if moved.dose is not None else step
    return _step_id(step), plan.light, items


def _step_id(step: int) -> str:
    return LADDER[step].id


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
    on: date | None = None,
    dose_step: str | None = None,
    session_id: str | None = None,
) -> Decision:
    """Record a session. The same ``session_id`` again records nothing and names the first."""
    text(session_id, "session_id")
    if session_id is not None:
        for fact in course.facts.values():
            if isinstance(fact, SessionReported) and fact.session_id == session_id:
                return Decision((), fact.log_id)
    about = logged_date(course, at, on)
    day = day_of(course, at, about)
    refuse_closed(day)
    if dose_step is not None and dose_step not in STEP_INDEX:
        raise RehabError("unknown_dose_step", field="dose_step", value=dose_step[:50])
    known = _known_exercises(exercises)
    loading = dose_step is not None or any(
        EXERCISES[exercise].strand is Strand.HAMSTRING for exercise in known or ()
    )
    step, light, prescribed = _prescribed(day, loading=loading)
    share = amount(completed, "completed", 100)
    return one(
        SessionReported(
            log_id=at.new_id(),
            on=about,
            logged_at=at.now,
            prescribed_step=step,
            prescribed=prescribed,
            light=light,
            exercises=known,
            pain_during=score(pain_during, "pain_during"),
            pain_after=score(pain_after, "pain_after"),
            effort=score(effort, "effort"),
            completed=100 if share is None else share,
            painkiller=painkiller,
            cut_short=cut_short,
            dose_step=dose_step,
            session_id=session_id,
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
    step, light, prescribed = _prescribed(day)
    return one(
        SessionReported(
            log_id=at.new_id(),
            on=about,
            logged_at=at.now,
            prescribed_step=step,
            prescribed=prescribed,
            light=light,
            exercises=(),
            pain_during=value,
            score_only=True,
        )
    )


def tick(course: Course, at: Moment, exercise: str) -> Decision:
    """Record one exercise of today as done, with pain not reported."""
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


def log_morning_check(
    course: Course,
    at: Moment,
    *,
    pain: float,
    pain_after: float | None = None,
    rest_pain: float | None = None,
    sitting_minutes: float | None = None,
    night_waking: bool | None = None,
    painkiller: bool = False,
    on: date | None = None,
) -> Decision:
    """Record a morning's load test, on the test that date asks for."""
    about = logged_date(course, at, on)
    value = score(pain, "pain")
    if value is None:
        raise RehabError("not_a_score", field="pain")
    day = day_of(course, at, about)
    return one(
        MorningChecked(
            log_id=at.new_id(),
            on=about,
            logged_at=at.now,
            test=_morning_test(day),
            pain=value,
            pain_after=score(pain_after, "pain_after"),
            rest_pain=score(rest_pain, "rest_pain"),
            sitting_minutes=amount(sitting_minutes, "sitting_minutes", MINUTES_MAX),
            night_waking=night_waking,
            painkiller=painkiller,
        )
    )


def _morning_test(day: Today) -> str:
    """Return the load test of the day; a stage entered today asks for its own (c10-20)."""
    asked = day.page.check_test
    new = day.plan.morning_test
    if asked is None or (new is not None and new not in day.state.today_scores):
        return new or due_test(day.state, day.state.day)
    return asked


def score_morning(course: Course, at: Moment, pain: float) -> Decision:
    """Set this morning's score; the same value again adds nothing."""
    day = day_of(course, at, logged_date(course, at, None))
    if day.state.today_scores.get(_morning_test(day)) == score(pain, "pain"):
        return Decision()
    return log_morning_check(course, at, pain=pain)


def log_test(
    course: Course,
    at: Moment,
    *,
    test: str,
    value: float | None = None,
    other_side: float | None = None,
    pain: float | None = None,
    on: date | None = None,
) -> Decision:
    """Record a load or capacity test."""
    if test not in LOAD_TESTS and test not in CAPACITY_TESTS:
        raise RehabError("unknown_test", field="test", value=test[:50])
    if value is None and pain is None:
        raise RehabError("nothing_given", field="value")
    return one(
        TestLogged(
            log_id=at.new_id(),
            on=logged_date(course, at, on),
            logged_at=at.now,
            test=test,
            value=amount(value, "value", VALUE_MAX),
            other_side=amount(other_side, "other_side", VALUE_MAX),
            pain=score(pain, "pain"),
        )
    )


def log_event(
    course: Course, at: Moment, *, event: str, minutes: float | None = None, on: date | None = None
) -> Decision:
    """Record something that explains or changes the programme."""
    if event not in EVENTS:
        raise RehabError("unknown_event", field="kind", value=event[:50])
    return one(
        EventLogged(
            log_id=at.new_id(),
            on=logged_date(course, at, on),
            logged_at=at.now,
            event=event,
            minutes=amount(minutes, "minutes", MINUTES_MAX),
        )
    )


def report_symptoms(course: Course, at: Moment, *, symptoms: Sequence[str]) -> Decision:
    """Record answers to the screening questions; none is an answer too."""
    for symptom in symptoms:
        if symptom not in SCREENING:
            raise RehabError("unknown_symptom", field="symptoms", value=symptom[:50])
    return one(
        SymptomsReported(
            log_id=at.new_id(),
            on=logged_date(course, at, None),
            logged_at=at.now,
            symptoms=tuple(dict.fromkeys(symptoms)),
        )
    )
