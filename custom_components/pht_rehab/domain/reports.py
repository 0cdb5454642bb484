"""Reports beside sessions: morning checks, tests, events and symptoms."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from .checks import (
    Decision,
    Moment,
    amount,
    asked_days,
    day_of,
    logged_date,
    named,
    one,
    score,
)
from .course import Course, Today
from .facts import (
    EventLogged,
    MorningChecked,
    SymptomsReported,
    TestLogged,
)
from .model import RehabError, Side
from .morning import due_test
from .protocol import CAPACITY_TESTS, LOAD_TESTS
from .screening import SCREENING
from .sided import together

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
    side: str | None = None,
) -> Decision:
    """Record a morning's load test, on the test that date asks for, of ``side`` or of both.

    Of a side that is not followed it is taken too: that side may be the next to hurt (c10-31).
    """
    about = logged_date(course, at, on)
    value = score(pain, "pain")
    if value is None:
        raise RehabError("not_a_score", field="pain")
    told = MorningChecked(
        log_id=at.new_id(),
        on=about,
        logged_at=at.now,
        test="",
        pain=value,
        pain_after=score(pain_after, "pain_after"),
        rest_pain=score(rest_pain, "rest_pain"),
        sitting_minutes=amount(sitting_minutes, "sitting_minutes", MINUTES_MAX),
        night_waking=night_waking,
        painkiller=painkiller,
    )
    if course.other is None and side in (Side.LEFT, Side.RIGHT):
        own = None if side == course.set_up.side else side
        return one(replace(told, test=_morning_test(day_of(course, at, about)), side=own))
    days, asked = asked_days(course, at, about, side)
    return together(
        [replace(told, test=_morning_test(days[name]), side=named(course, name)) for name in asked]
    )


def _morning_test(day: Today) -> str:
    """Return the load test of the day; a stage entered today asks for its own (c10-20)."""
    asked = day.page.check_test
    new = day.plan.morning_test
    if asked is None or (new is not None and new not in day.state.today_scores):
        return new or due_test(day.state, day.state.day)
    return asked


def score_morning(course: Course, at: Moment, pain: float, side: str | None = None) -> Decision:
    """Set this morning's score; the same value again adds nothing."""
    days, asked = asked_days(course, at, logged_date(course, at, None), side)
    value = score(pain, "pain")
    told = (days[name].state.today_scores.get(_morning_test(days[name])) for name in asked)
    if all(known == value for known in told):
        return Decision()
    return log_morning_check(course, at, pain=pain, side=side)


def log_test(
    course: Course,
    at: Moment,
    *,
    test: str,
    value: float | None = None,
    other_side: float | None = None,
    pain: float | None = None,
    painkiller: bool = False,
    on: date | None = None,
    side: str | None = None,
) -> Decision:
    """Record a load or capacity test, of ``side`` or of both alike."""
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
            painkiller=painkiller,
            side=named(course, side),
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


def log_sitting(
    course: Course, at: Moment, *, began: datetime, minutes: float, on: date
) -> Decision:
    """Record a long bout of sitting that a seat has told of; the same one again adds nothing."""
    log_id = f"sitting-{began.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if log_id in course.facts:
        return Decision(log_id=log_id)
    fact = EventLogged(
        log_id=log_id,
        on=logged_date(course, at, on),
        logged_at=at.now,
        event="long_sitting",
        minutes=amount(minutes, "minutes", MINUTES_MAX),
    )
    return one(fact)


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
