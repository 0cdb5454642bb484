"""A long life to measure with: every fact of some years, made through the real decisions."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.codec import encode
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.decide import Decision, Moment
from custom_components.pht_rehab.domain.facts import Fact, SetUp
from custom_components.pht_rehab.domain.model import RehabError
from custom_components.pht_rehab.lines import whole
from custom_components.pht_rehab.migrations import SCHEMA
from custom_components.pht_rehab.store import Journal
from script.demo import do_session, pass_tests, step_on
from script.real_ha import ROOT

END: Final = date(2026, 3, 2)
FOLDER: Final = ROOT / ".cache" / "bench"
FLARES: Final = 200  # days between two days that are too much
VOIDED: Final = 40

type Report = Callable[[Course, Moment], Decision]


@cache
def facts(days: int) -> tuple[Fact, ...]:
    """Return the facts of a life that ends on the morning of ``END``; made once, then read."""
    path = FOLDER / f"pht_rehab.{days}-days.jsonl"
    try:
        return Journal(path).load().facts
    except Exception:  # noqa: BLE001
        path.unlink(missing_ok=True)
        made = tuple(live(END - timedelta(days=days)))
        _store(path, made)
        return made


def years(number: int) -> int:
    """Return the days of some years."""
    return round(365.25 * number)


def live(start: date) -> Iterator[Fact]:
    """Yield a life from ``start``: each morning its check, every planned session, some mishaps."""
    ids = (f"01JBENCH{number:018}" for number in itertools.count())
    set_up = SetUp(
        log_id=next(ids),
        on=start,
        logged_at=datetime.combine(start, time(9), UTC),
        side="left",
        goal="everyday",
        training_days=("mon", "wed", "fri"),
        session_time="18:00",
        morning_time="07:00",
        rules_version=1,
        morning_pain=3,
        equipment=("mat", "band", "step"),
        clinician_confirmed=True,
        rest_pain=2,
        sitting_minutes=20,
    )
    yield set_up
    course = Course([set_up])
    for number in range((END - start).days):
        day = start + timedelta(days=number)
        for clock, report in _reports(number):
            at = Moment(datetime.combine(day, clock, UTC), lambda: next(ids))
            try:
                made = report(course, at).facts
            except RehabError:
                continue
            for fact in made:
                course.add(fact)
                yield fact


def _reports(number: int) -> Iterator[tuple[time, Report]]:
    sore = number % FLARES == FLARES - 1
    if number:
        pain = 4 if sore else 1 + number % 3 / 2
        yield (
            time(7, 10),
            lambda course, at: decide.log_morning_check(
                course, at, pain=pain, pain_after=1, rest_pain=1, sitting_minutes=50,
                night_waking=False,
            ),
        )  # fmt: skip
    yield time(7, 20), step_on
    yield time(18), pass_tests
    yield time(18, 30), lambda course, at: do_session(course, at, 6 if sore else 1)
    if number % VOIDED == VOIDED - 1:
        yield time(19), _take_back


def _take_back(course: Course, at: Moment) -> Decision:
    told = course.reported_sessions(at.today)
    return decide.void_entry(course, at, log_id=told[-1].log_id) if told else Decision()


def journal(place: Path, entry_id: str, days: int) -> int:
    """Store the journal of an entry with a life of some days; return its number of entries."""
    known = facts(days)
    _store(place / ".storage" / f"pht_rehab.{entry_id}.jsonl", known)
    return len(known)


def _store(path: Path, known: tuple[Fact, ...]) -> None:
    """Write a journal as it grows: one line an entry."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = whole(path.name, ({"facts": [encode(fact)]} for fact in known), SCHEMA)
    path.write_bytes(b"".join(lines))
