"""Entries from elsewhere: all of them as they could have been reported here, or none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from custom_components.pht_rehab.domain import intake
from custom_components.pht_rehab.domain.checks import Moment
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.facts import (
    Fact,
    MorningChecked,
    NoteWritten,
    OptionsChanged,
    Paused,
    SessionReported,
    SetUp,
    SymptomsReported,
    TestLogged,
    VisaHReported,
    Voided,
    WeeklyChecked,
)
from custom_components.pht_rehab.domain.intake import take_in
from custom_components.pht_rehab.domain.model import RehabError
from tests.domain.builders import History

NOW = Moment(datetime(2026, 2, 1, 12, tzinfo=UTC), lambda: "new")


def lived() -> list[Fact]:
    """Return the entries of three weeks: set-up, a weekly check, mornings, sessions, a void one."""
    told = History(step="S2.2").weekly(0, bridge_reps=9, overall=60).visa_h(0, 60)
    told.calm(0, 20).void(20)
    return list(told.course.facts.values())


def fresh(**changes: Any) -> Course:
    """Return a programme in which nothing was reported yet."""
    return Course([replace(History().course.set_up, log_id="another", **changes)])


def refused(course: Course, told: list[Fact]) -> tuple[str, dict[str, str]]:
    with pytest.raises(RehabError) as error:
        take_in(course, NOW, told)
    assert error.value.field == "data"
    return error.value.key, error.value.placeholders


def test_a_programme_without_reports_takes_another_log_whole() -> None:
    told = lived()
    found = take_in(fresh(), NOW, told)
    assert found.whole
    assert found.facts == tuple(told)


def test_changed_settings_are_no_reports() -> None:
    course = fresh()
    course.add(
        OptionsChanged(log_id="option", on=course.start, logged_at=NOW.now, session_time="07:00")
    )
    assert take_in(course, NOW, lived()).whole


def test_the_same_log_adds_what_is_new() -> None:
    told = lived()
    found = take_in(Course(told[:7]), NOW, told)
    assert not found.whole
    assert found.facts == tuple(told[7:])
    assert take_in(Course(told), NOW, told).facts == ()


def test_an_entry_that_says_something_else_is_a_conflict() -> None:
    told = lived()
    other = [replace(fact, pain=7) if isinstance(fact, MorningChecked) else fact for fact in told]
    first = next(n for n, fact in enumerate(told, 1) if isinstance(fact, MorningChecked))
    assert refused(Course(told), other) == (
        "import_conflict",
        {"field": "data", "entry": str(first)},
    )


def test_the_log_of_another_programme_is_refused() -> None:
    course = Course(lived())
    assert refused(course, [replace(lived()[0], log_id="another"), *lived()[1:]])[0] == (
        "import_other_log"
    )
    assert refused(fresh(side="right"), lived())[0] == "import_other_side"


def test_a_log_has_one_set_up() -> None:
    told = lived()
    assert refused(fresh(), [])[0] == "import_empty"
    assert refused(fresh(), told[1:])[0] == "import_no_set_up"
    assert refused(fresh(), [*told, replace(told[0], log_id="second")])[0] == "import_no_set_up"


BAD: list[tuple[type[Fact], str, object]] = [
    (SetUp, "log_id", ""),
    (SetUp, "side", "both"),
    (SetUp, "goal", "win"),
    (SetUp, "training_days", ("mon", "someday")),
    (SetUp, "equipment", ("piano",)),
    (SetUp, "session_time", "25:00"),
    (SetUp, "session_time", "18:00+01:00"),
    (SetUp, "morning_time", "7"),
    (SetUp, "morning_pain", 11),
    (SetUp, "rest_pain", -1),
    (SetUp, "sitting_minutes", 1441),
    (SetUp, "rules_version", 999),
    (SetUp, "symptoms", ("hunger",)),
    (SetUp, "stage", "P2"),
    (SetUp, "tests", {"juggling": 1}),
    (SetUp, "tests", {"arabesques": 11}),
    (SessionReported, "pain_during", 3.7),
    (SessionReported, "pain_after", 1e308),
    (SessionReported, "effort", 10.5),
    (SessionReported, "completed", 101),
    (SessionReported, "prescribed_step", "S9.9"),
    (SessionReported, "dose_step", "R10"),
    (SessionReported, "prescribed", ("juggling",)),
    (SessionReported, "exercises", ("../../secrets.yaml",)),
    (SessionReported, "session_id", "x" * 501),
    (SessionReported, "on", date(2025, 1, 1)),
    (SessionReported, "on", date(2026, 2, 2)),
    (SessionReported, "logged_at", datetime(2025, 1, 1, tzinfo=UTC)),
    (SessionReported, "logged_at", datetime(2026, 2, 3, tzinfo=UTC)),
    (MorningChecked, "test", "juggling"),
    (MorningChecked, "pain", 0.25),
    (WeeklyChecked, "longest_sitting", 1441),
    (WeeklyChecked, "worst_pain", 2.3),
    (WeeklyChecked, "bending_pain", 10.5),
    (WeeklyChecked, "walking_pain", -1),
    (WeeklyChecked, "activity_share", 101),
    (WeeklyChecked, "hardest_activity", "juggling"),
    (WeeklyChecked, "confidence", 7.3),
    (WeeklyChecked, "disturbed_nights", 8),
    (WeeklyChecked, "morning_mean", 10.1),
    (WeeklyChecked, "bridge_reps", 1001),
    (WeeklyChecked, "overall", 100.5),
    (VisaHReported, "visa_h_total", 101),
    (Voided, "target", "nobody"),
    (Voided, "log_id", "\ud800"),
]


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    BAD,
    ids=[f"{kind.kind}-{name}-{number}" for number, (kind, name, _value) in enumerate(BAD)],
)
def test_a_bad_entry_refuses_them_all_and_is_named(
    kind: type[Fact], name: str, value: object
) -> None:
    told = lived()
    number = next(n for n, fact in enumerate(told) if isinstance(fact, kind))
    change: dict[str, Any] = {name: value}
    told[number] = replace(told[number], **change)
    assert refused(fresh(), told) == (
        "import_bad_entry",
        {"field": "data", "entry": str(number + 1), "name": name},
    )


def test_an_id_comes_once() -> None:
    told = lived()
    told.append(replace(told[3]))
    found = refused(fresh(), told)
    assert found == (
        "import_bad_entry",
        {"field": "data", "entry": str(len(told)), "name": "log_id"},
    )


def test_what_could_be_reported_is_taken() -> None:
    """Each kind with its rarer fields."""
    told, start = lived(), lived()[0].on
    at = NOW.now - timedelta(hours=1)
    told += [
        TestLogged(log_id="1", on=start, logged_at=at, test="rdl", value=12, other_side=12.5),
        Paused(log_id="2", on=start, logged_at=at, until=date(2027, 1, 1), reason="😀 {0}"),
        SymptomsReported(log_id="3", on=start, logged_at=at, symptoms=("low_mood",)),
    ]
    assert take_in(fresh(), NOW, told).facts == tuple(told)


def test_what_makes_no_programme_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(intake, "overview", fail)
    assert refused(fresh(), lived())[0] == "import_unusable"


def test_what_it_makes_together_is_tried_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another log on its own, the same one with what is known of it."""
    tried: list[list[Fact]] = []
    monkeypatch.setattr(
        intake, "overview", lambda course, _now: tried.append([*course.facts.values()])
    )
    told = lived()
    take_in(fresh(), NOW, told)
    take_in(Course(told[:7]), NOW, told)
    assert tried == [told, told]


@pytest.mark.parametrize("change", [lambda told: told[:1], lambda told: told])
def test_nothing_is_changed_by_looking(change: Callable[[list[Fact]], list[Fact]]) -> None:
    course = Course(change(lived()))
    before = dict(course.facts)
    take_in(course, NOW, lived())
    assert course.facts == before


@pytest.mark.parametrize(("length", "key"), [(5000, None), (5001, "import_bad_entry")])
def test_a_note_may_be_as_long_as_one_written_here(length: int, key: str | None) -> None:
    told = lived()
    told.append(
        NoteWritten(
            log_id="note",
            on=told[0].on,
            logged_at=told[0].logged_at,
            target=told[0].log_id,
            text="x" * length,
        )
    )
    if key is None:
        assert take_in(fresh(), NOW, told).facts[-1] == told[-1]
    else:
        assert refused(fresh(), told)[0] == key


def test_a_note_needs_its_entry() -> None:
    told = lived()
    lost = NoteWritten(
        log_id="note", on=told[0].on, logged_at=told[0].logged_at, target="gone", text="x"
    )
    assert refused(fresh(), [*told, lost])[1]["name"] == "target"
