"""What every decision checks: scores, amounts, texts, and the date something is about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from .course import Course, Today
from .facts import Fact, RunReported, SessionReported, Voided
from .model import BACK_DAYS, RehabError

SCORE_MAX: Final = 10
SCORE_STEP: Final = 0.5
TEXT_MAX: Final = 500
NOTE_MAX: Final = 5000


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


def one(fact: Fact) -> Decision:
    """Return the decision to store one fact."""
    return Decision((fact,), fact.log_id)


def score(value: object, field: str) -> float | None:
    """Return a score 0-10 in whole or half numbers, or None if it was not given."""
    if value is None:
        return None
    number = amount(value, field, SCORE_MAX, key="not_a_score")
    if number is not None and number % SCORE_STEP:
        raise RehabError("not_a_score", field=field)
    return number


def amount(value: object, field: str, most: float, *, key: str = "out_of_range") -> float | None:
    """Return a real number from 0 to ``most``, or None if it was not given."""
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most:
        return value + 0  # no zero with a sign
    raise RehabError(key, field=field, most=f"{most:g}")


def text(value: str | None, field: str, most: int = TEXT_MAX) -> str | None:
    """Return a text of sensible length that can be stored, or None."""
    if value is None:
        return None
    if len(value) > most:
        raise RehabError("too_long", field=field, most=str(most))
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


def first_day(course: Course, today: date) -> date:
    """Return the oldest date something can be reported about."""
    return max(course.start, today - timedelta(days=BACK_DAYS))


def day_of(course: Course, at: Moment, on: date) -> Today:
    """Return the day a report is about, as it stands with everything known now."""
    clock = at.now.time() if on >= at.today else at.now.time().replace(hour=23)
    return course.today(on, clock)


type Days = dict[str, Today]
"""The day a report is about, of each side that is followed."""


def days_of(course: Course, at: Moment, on: date) -> Days:
    """Return the day a report is about, of each side that is followed."""
    return {one.set_up.side: day_of(one, at, on) for one in course.sides if one.start <= on}


def asked_days(course: Course, at: Moment, on: date, side: str | None) -> tuple[Days, list[str]]:
    """Return the day of each side, and the sides that are told of."""
    days = days_of(course, at, on)
    asked = [one.set_up.side for one in course.asked(side)]
    told = [name for name in asked if name in days]
    if not told:
        start = course.of(asked[0]).start
        raise RehabError("before_start", field="date", start=start.isoformat())
    return days, told


def named(course: Course, side: str | None) -> str | None:
    """Return the side an entry is of, checked; None for both, and where only one is followed."""
    course.asked(side)
    return side if course.other is not None else None


def refuse_closed(day: Today) -> None:
    """Refuse a session while the programme asks for none.

    One of the day a symptom locked it is taken: it is bad news, and may have brought it (c10-11).
    """
    lock = day.state.lock
    if lock is not None and not lock.began_with_symptoms(day.state.day):
        raise RehabError("locked", field="date")
    if day.state.pause is not None:
        raise RehabError("paused", field="date")


def open_days(course: Course, at: Moment, on: date, side: str | None) -> tuple[Days, list[str]]:
    """Return the day of each side and the sides told of; refused while the programme rests."""
    days, asked = asked_days(course, at, on, side)
    for day in days.values():
        refuse_closed(day)
    return days, asked


def recorded(
    course: Course,
    kind: type[SessionReported | RunReported],
    session_id: str | None,
    side: str | None,
) -> str | None:
    """Return the entry that counts of what was reported before under this id, or None."""
    if not text(session_id, "session_id"):
        return None
    return next(
        (
            fact.log_id
            for fact in course.facts.values()
            if isinstance(fact, kind)
            and fact.session_id == session_id
            and (side is None or fact.side in (None, side))
            and fact.log_id not in course.voided
        ),
        None,
    )


def void(at: Moment, on: date, target: str) -> Voided:
    """Return the fact that takes the entry ``target`` back."""
    return Voided(log_id=at.new_id(), on=on, logged_at=at.now, target=target)
