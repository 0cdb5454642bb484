"""Entries from elsewhere, checked as strictly as if each had been reported here.

Everything is checked before anything is taken: one bad entry refuses them all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Final

from .adopted import ProtocolError, check_content, digest
from .checks import NOTE_MAX, SCORE_MAX, Moment, amount, score, text
from .controls import WEEKDAYS
from .course import Course
from .exercises import EXERCISES, Equipment
from .facts import (
    Fact,
    MorningChecked,
    NoteWritten,
    OptionsChanged,
    ProtocolAdopted,
    RulesAdopted,
    RunReported,
    SessionReported,
    SetUp,
    SideAdded,
    Voided,
)
from .model import Goal, RehabError, Side, Stage
from .overview import overview
from .protocol import CAPACITY_TESTS, LOAD_TESTS, STEP_INDEX
from .questions import QUESTIONS, TOTAL_MAX, Question
from .reports import EVENTS, MINUTES_MAX, VALUE_MAX
from .rules import RULES
from .runs import DISTANCE_MAX
from .screening import SCREENING
from .side import concerns
from .strands import ENERGY_INDEX, RUN_INDEX
from .weekly_report import answer

SIDES: Final = ("left", "right")
ENTRIES_MAX: Final = 100_000
AHEAD: Final = timedelta(days=1)
"""How far the clock of another machine may have been ahead of ours."""

type Check = Callable[[object, str], object]


@dataclass(frozen=True, slots=True)
class Intake:
    """What to store: more entries, or, if ``whole``, all of them in the place of the old ones."""

    facts: tuple[Fact, ...]
    whole: bool = False


def _one_of(known: Iterable[object]) -> Check:
    choices = frozenset(known)

    def check(value: object, field: str) -> None:
        if value not in choices:
            raise ValueError(field)

    return check


def _all_of(known: Iterable[object]) -> Check:
    one = _one_of(known)

    def check(values: object, field: str) -> None:
        for value in values:  # type: ignore[attr-defined]  # the codec has made it a tuple or dict
            one(value, field)

    return check


def _most(most: float) -> Check:
    return lambda value, field: amount(value, field, most)


def _text(value: object, field: str) -> None:
    text(str(value), field)


def _note(value: object, field: str) -> None:
    text(str(value), field, NOTE_MAX)


def _id(value: object, field: str) -> None:
    _text(value, field)
    if not value:
        raise ValueError(field)


def _clock(value: object, field: str) -> None:
    if time.fromisoformat(str(value)).strftime("%H:%M") != value:
        raise ValueError(field)


def _scores(values: object, field: str) -> None:
    _all_of(LOAD_TESTS)(values, field)
    for value in values.values():  # type: ignore[attr-defined]
        score(value, field)


def _answer(question: Question) -> Check:
    return lambda value, _field: answer(question, value)


_TESTS: Final = (*LOAD_TESTS, *CAPACITY_TESTS)
_STEPS: Final = _one_of((*STEP_INDEX, *ENERGY_INDEX, *RUN_INDEX))
_OWN_STEPS: Final[Mapping[type[Fact], Mapping[str, int]]] = {
    SessionReported: STEP_INDEX,
    RunReported: RUN_INDEX,
}
"""Of the facts whose steps are all of one strand."""
_NAMES: Final = _all_of(EXERCISES)
CHECKS: Final[Mapping[str, Check]] = {
    **{each.name: _answer(each) for each in QUESTIONS},
    **dict.fromkeys(("overall", "visa_h_total"), _most(TOTAL_MAX)),
    **dict.fromkeys(
        ("pain", "pain_during", "pain_after", "rest_pain", "morning_pain", "effort"), score
    ),
    **dict.fromkeys(("log_id", "target"), _id),
    **dict.fromkeys(("reason", "session_id", "source"), _text),
    **dict.fromkeys(
        ("sitting_minutes", "running_minutes", "minutes", "prescribed_minutes"),
        _most(MINUTES_MAX),
    ),
    "distance": _most(DISTANCE_MAX),
    **dict.fromkeys(("value", "other_side"), _most(VALUE_MAX)),
    **dict.fromkeys(("dose_step", "prescribed_step"), _STEPS),
    "energy_step": _one_of(ENERGY_INDEX),
    **dict.fromkeys(("exercises", "prescribed"), _NAMES),
    **dict.fromkeys(("session_time", "morning_time"), _clock),
    "completed": _most(SCORE_MAX**2),
    "text": _note,
    "test": _one_of(_TESTS),
    "tests": _scores,
    "event": _one_of(EVENTS),
    "symptoms": _all_of(SCREENING),
    "stage": _one_of(Stage),
    "goal": _one_of(Goal),
    "side": _one_of(SIDES),
    "training_days": _all_of(WEEKDAYS),
    "equipment": _all_of(Equipment),
    "rules_version": _one_of(RULES),
}
"""By the name of a field, what its value must be besides its type."""


def take_in(course: Course, at: Moment, told: Sequence[Fact]) -> Intake:
    """Return what to store of the entries ``told``.

    Of the same programme's log, what is not known yet. Another log is taken whole, but only by a
    programme for the same side in which nothing has been reported so far. ``RehabError`` if one
    entry is not what could have been reported, or they make no programme together.
    """
    if not 0 < len(told) <= ENTRIES_MAX:
        raise RehabError("import_empty", field="data", most=str(ENTRIES_MAX))
    _check(told, at)
    known = course.facts
    if _set_up(told).log_id == course.set_up.log_id:
        found = Intake(_unknown(known, told))
    else:
        _refuse_another(course, told)
        found = Intake(tuple(told), whole=True)
    _try_out(() if found.whole else known.values(), found.facts, at)
    return found


def _set_up(told: Iterable[Fact]) -> SetUp:
    found = [fact for fact in told if isinstance(fact, SetUp)]
    if len(found) != 1:
        raise RehabError("import_no_set_up", field="data")
    return found[0]


def _check(told: Sequence[Fact], at: Moment) -> None:
    set_up, added = _set_up(told), _added(told)
    start = set_up.on
    ids: set[str] = {fact.log_id for fact in told}
    seen: set[str] = set()
    for number, fact in enumerate(told, 1):
        name = _bad_field(fact) or _bad_time(fact, start, at)
        if fact.log_id in seen:
            name = "log_id"
        if isinstance(fact, Voided | NoteWritten) and fact.target not in ids:
            name = "target"
        if name is None and not _fits(fact, set_up, added):
            name = "side"
        if name is not None:
            raise RehabError("import_bad_entry", field="data", entry=str(number), name=name)
        seen.add(fact.log_id)


def _fits(fact: Fact, set_up: SetUp, added: SideAdded | None) -> bool:
    """Return whether an entry is of a side that is followed; a morning may be of the other."""
    if isinstance(fact, SideAdded):
        return fact is added and fact.side != set_up.side
    return added is not None or isinstance(fact, MorningChecked) or concerns(fact, set_up.side)


def _added(told: Iterable[Fact]) -> SideAdded | None:
    return next((fact for fact in told if isinstance(fact, SideAdded)), None)


def _side(told: Iterable[Fact]) -> str:
    """Return which side a log follows: left, right, or both."""
    facts = tuple(told)
    return _set_up(facts).side if _added(facts) is None else Side.BOTH.value


def _bad_field(fact: Fact) -> str | None:
    for each in fields(fact):
        value, check = getattr(fact, each.name), CHECKS.get(each.name)
        if value is not None and check is not None:
            try:
                check(value, each.name)
            except RehabError, ValueError:
                return each.name
    own = _OWN_STEPS.get(type(fact))
    for name in ("dose_step", "prescribed_step"):
        if own is not None and getattr(fact, name, None) not in (None, *own):
            return name
    return _bad_protocol(fact) if isinstance(fact, ProtocolAdopted) else None


def _bad_protocol(fact: ProtocolAdopted) -> str | None:
    try:
        found = check_content(fact.content, fact.rules_version)
    except ProtocolError:
        return "content"
    if found.name != fact.name:
        return "name"
    return None if digest(fact.content) == fact.digest else "digest"


def _bad_time(fact: Fact, start: date, at: Moment) -> str | None:
    if not start <= fact.on <= at.today:
        return "on"
    earliest = datetime.combine(start, time(), at.now.tzinfo) - AHEAD
    return None if earliest <= fact.logged_at <= at.now + AHEAD else "logged_at"


def _unknown(known: Mapping[str, Fact], told: Sequence[Fact]) -> tuple[Fact, ...]:
    for number, fact in enumerate(told, 1):
        if fact.log_id in known and known[fact.log_id] != fact:
            raise RehabError("import_conflict", field="data", entry=str(number))
    return tuple(fact for fact in told if fact.log_id not in known)


def _refuse_another(course: Course, told: Iterable[Fact]) -> None:
    facts = tuple(told)
    if _side(facts) != course.side or _set_up(facts).side != course.set_up.side:
        raise RehabError("import_other_side", field="data")
    settings = SetUp | SideAdded | OptionsChanged | RulesAdopted | ProtocolAdopted
    if not all(isinstance(fact, settings) for fact in course.facts.values()):
        raise RehabError("import_other_log", field="data")


def _try_out(known: Iterable[Fact], new: Iterable[Fact], at: Moment) -> None:
    """Replay everything once; what the checks above have not thought of ends here."""
    try:
        overview(Course([*known, *new]), at.now)
    except Exception as error:
        raise RehabError("import_unusable", field="data") from error
