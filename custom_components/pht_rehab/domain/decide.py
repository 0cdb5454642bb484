"""From what a person wants to record to facts; everything that can be refused is refused here.

Each function takes the course and a ``Moment`` and returns a ``Decision``: the facts to store,
none if there is nothing new to say. ``RehabError`` names the field; nothing is changed then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from .course import Course, Today
from .criteria import ready
from .exercises import EXERCISES
from .facts import (
    EventLogged,
    Fact,
    MorningChecked,
    OptionsChanged,
    Paused,
    Resumed,
    SessionReported,
    SessionSkipped,
    SetUp,
    StageConfirmed,
    StageSet,
    SymptomsReported,
    TestLogged,
    Unlocked,
    Voided,
)
from .model import RehabError, Stage
from .morning import due_test
from .overview import prescribed_on
from .prescription import prescribe
from .protocol import CAPACITY_TESTS, LADDER, LOAD_TESTS, STAGES, STEP_INDEX, next_stage
from .schedule import loading_day
from .screening import SCREENING

BACK_DAYS: Final = 14
SCORE_MAX: Final = 10
TEXT_MAX: Final = 500
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


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is recorded: local time with its zone, and a source of fresh log ids."""

    now: datetime
    new_id: Callable[[], str]

    @property
    def today(self) -> date:
        """The local date."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Decision:
    """Facts to store, in order; ``log_id`` is the entry they are about, known or new."""

    facts: tuple[Fact, ...] = ()
    log_id: str | None = None


def _one(fact: Fact) -> Decision:
    return Decision((fact,), fact.log_id)


def score(value: object, field: str) -> float | None:
    """Return a score 0-10 in whole or half numbers, or None if it was not given."""
    if value is None:
        return None
    number = amount(value, field, SCORE_MAX, key="not_a_score")
    if number is not None and number * 2 != int(number * 2):
        raise RehabError("not_a_score", field=field)
    return number


def amount(value: object, field: str, most: float, *, key: str = "out_of_range") -> float | None:
    """Return a real number from 0 to ``most``, or None if it was not given."""
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most:
        return value
    raise RehabError(key, field=field, most=f"{most:g}")


def text(value: str | None, field: str) -> str | None:
    """Return a text of sensible length that can be stored, or None."""
    if value is None:
        return None
    if len(value) > TEXT_MAX:
        raise RehabError("too_long", field=field, most=str(TEXT_MAX))
    if not value.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise RehabError("not_text", field=field)
    return value


def logged_date(course: Course, at: Moment, on: date | None) -> date:
    """Return the date something is about: today, or up to 14 days back inside the programme."""
    if on is None:
        return max(at.today, course.start)
    if on > at.today:
        raise RehabError("date_in_future", field="date")
    if (at.today - on).days > BACK_DAYS:
        raise RehabError("date_too_old", field="date", days=str(BACK_DAYS))
    if on < course.start:
        raise RehabError("before_start", field="date", start=course.start.isoformat())
    return on


def _day(course: Course, at: Moment, on: date) -> Today:
    """Return the day a report is about, as it stands with everything known now."""
    clock = at.now.time() if on >= at.today else at.now.time().replace(hour=23)
    return course.today(on, clock)


def _open(day: Today) -> None:
    """Refuse a session while the programme asks for none."""
    if day.state.lock is not None:
        raise RehabError("locked", field="date")
    if day.state.pause is not None:
        raise RehabError("paused", field="date")


def _known_exercises(exercises: Sequence[str] | None) -> tuple[str, ...] | None:
    if exercises is None:
        return None
    for exercise in exercises:
        if exercise not in EXERCISES or EXERCISES[exercise].is_test:
            raise RehabError("unknown_exercise", field="exercises", value=str(exercise)[:50])
    return tuple(dict.fromkeys(exercises))


def _prescribed(day: Today) -> tuple[str, bool, tuple[str, ...]]:
    """Return step, lightness and exercises a session of this day is measured by.

    On a day without hamstring work it is the planned session moved here (c10-27).
    """
    state, plan = day.state, day.plan
    told = day.page.session
    items = tuple(item.id for item in prescribed_on(day))
    step = plan.dose.step if plan.dose is not None else state.step
    if told is not None:
        step = min(step, told.step)
    strands = {EXERCISES[item].strand for item in items}
    if plan.dose is None and not strands:
        moved = loading_day(state, state.day, settled=True)
        items = tuple(item.id for item in prescribe(moved, state.equipment, state.goal))
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
    day = _day(course, at, about)
    _open(day)
    if dose_step is not None and dose_step not in STEP_INDEX:
        raise RehabError("unknown_dose_step", field="dose_step", value=dose_step[:50])
    step, light, prescribed = _prescribed(day)
    share = amount(completed, "completed", 100)
    return _one(
        SessionReported(
            log_id=at.new_id(),
            on=about,
            logged_at=at.now,
            prescribed_step=step,
            prescribed=prescribed,
            light=light,
            exercises=_known_exercises(exercises),
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
    day = _day(course, at, about)
    told = day.page.session
    value = score(pain, "pain_during")
    if told is not None and told.pain_during == value:
        return Decision()
    _open(day)
    step, light, prescribed = _prescribed(day)
    return _one(
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
        facts.append(_void(at, about, fact.log_id))
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
    day = _day(course, at, about)
    return _one(
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
    day = _day(course, at, logged_date(course, at, None))
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
    return _one(
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
    return _one(
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
    return _one(
        SymptomsReported(
            log_id=at.new_id(),
            on=logged_date(course, at, None),
            logged_at=at.now,
            symptoms=tuple(dict.fromkeys(symptoms)),
        )
    )


def unlock(course: Course, at: Moment, *, reason: str) -> Decision:
    """Record that a clinician cleared the programme."""
    about = logged_date(course, at, None)
    state = _day(course, at, about).state
    if state.lock is None and not state.prescriber_block:
        raise RehabError("not_locked")
    if not (text(reason, "reason") or "").strip():
        raise RehabError("reason_needed", field="reason")
    return _one(Unlocked(log_id=at.new_id(), on=about, logged_at=at.now, reason=reason))


def progress(
    course: Course, at: Moment, *, anyway: bool = False, reason: str | None = None
) -> Decision:
    """Confirm the stage above; ``anyway`` needs a reason and never passes a lock."""
    about = logged_date(course, at, None)
    state = _day(course, at, about).state
    above = next_stage(state.stage, state.goal)
    if state.stopped or state.prescriber_block:
        raise RehabError("locked" if state.pause is None else "paused")
    if above is None:
        raise RehabError("nothing_above")
    if above not in STAGES:
        raise RehabError("stage_unavailable", stage=above.value)
    if not ready(state, state.day):
        if not anyway:
            raise RehabError("criteria_unmet", field="anyway")
        if not (text(reason, "reason") or "").strip():
            raise RehabError("reason_needed", field="reason")
    return _one(
        StageConfirmed(
            log_id=at.new_id(),
            on=about,
            logged_at=at.now,
            stage=above.value,
            anyway=anyway,
            reason=text(reason, "reason"),
        )
    )


def set_stage(
    course: Course,
    at: Moment,
    *,
    stage: str,
    dose_step: str | None = None,
    reason: str | None = None,
) -> Decision:
    """Put the programme at a stage, and at one of its dose steps."""
    if stage not in {known.value for known in Stage}:
        raise RehabError("unknown_stage", field="stage", value=stage[:50])
    if Stage(stage) not in STAGES:
        raise RehabError("stage_unavailable", field="stage", stage=stage)
    if dose_step is not None and not _step_of(dose_step, Stage(stage)):
        raise RehabError("unknown_dose_step", field="dose_step", value=dose_step[:50])
    about = logged_date(course, at, None)
    if _day(course, at, about).state.lock is not None:
        raise RehabError("locked")
    return _one(
        StageSet(
            log_id=at.new_id(),
            on=about,
            logged_at=at.now,
            stage=stage,
            dose_step=dose_step,
            reason=text(reason, "reason"),
        )
    )


def _step_of(dose_step: str, stage: Stage) -> bool:
    return dose_step in STEP_INDEX and LADDER[STEP_INDEX[dose_step]].stage is stage


def pause(
    course: Course, at: Moment, *, until: date | None = None, reason: str | None = None
) -> Decision:
    """Pause from today; ``until`` is the first day back."""
    about = logged_date(course, at, None)
    if until is not None and until <= about:
        raise RehabError("until_not_after_today", field="until")
    return _one(
        Paused(
            log_id=at.new_id(),
            on=about,
            logged_at=at.now,
            until=until,
            reason=text(reason, "reason"),
        )
    )


def resume(course: Course, at: Moment, *, reason: str | None = None) -> Decision:
    """End the pause."""
    about = logged_date(course, at, None)
    if _day(course, at, about).state.pause is None:
        raise RehabError("not_paused")
    return _one(
        Resumed(log_id=at.new_id(), on=about, logged_at=at.now, reason=text(reason, "reason"))
    )


def skip_session(
    course: Course, at: Moment, *, on: date | None = None, reason: str | None = None
) -> Decision:
    """Take a day off; already taken off adds nothing."""
    about = logged_date(course, at, on)
    if course.diary.page(about).skipped:
        return Decision()
    return _one(
        SessionSkipped(
            log_id=at.new_id(), on=about, logged_at=at.now, reason=text(reason, "reason")
        )
    )


def _void(at: Moment, on: date, target: str) -> Voided:
    return Voided(log_id=at.new_id(), on=on, logged_at=at.now, target=target)


def void_entry(course: Course, at: Moment, *, log_id: str) -> Decision:
    """Take an entry back. The set-up cannot be, nor an entry that is void already."""
    target = course.facts.get(log_id)
    if target is None or isinstance(target, Voided):
        raise RehabError("unknown_entry", field="log_id", value=log_id[:50])
    if isinstance(target, SetUp | OptionsChanged):
        raise RehabError("entry_needed", field="log_id")
    if log_id in course.voided:
        raise RehabError("already_voided", field="log_id")
    return _one(_void(at, target.on, log_id))


def change_options(course: Course, at: Moment, **changes: object) -> Decision:
    """Record changed settings, in force from today; unchanged ones are left out."""
    wanted = {name: value for name, value in changes.items() if value is not None}
    current = course.settings
    changed = {name: value for name, value in wanted.items() if current.get(name) != value}
    if not changed:
        return Decision()
    return _one(
        OptionsChanged(
            log_id=at.new_id(),
            on=logged_date(course, at, None),
            logged_at=at.now,
            **changed,  # type: ignore[arg-type]
        )
    )
