"""A course: what is known of it, what one more entry puts in doubt, and what that costs."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from custom_components.pht_rehab.domain import controls, replay, whole_day
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.facts import (
    EventLogged,
    OptionsChanged,
    RulesAdopted,
)
from custom_components.pht_rehab.domain.model import Reason, ReasonId, Response
from custom_components.pht_rehab.domain.page import Page
from custom_components.pht_rehab.domain.rules import RULES
from custom_components.pht_rehab.domain.state import State
from custom_components.pht_rehab.domain.turns import Judged
from tests.domain.builders import History

NIGHT = time(23)


def logged(told: History, day: int) -> datetime:
    return datetime.combine(told.on(day), time(10), UTC)


def adopted(told: History, day: int, version: int) -> RulesAdopted:
    return RulesAdopted(
        log_id=f"rules-{day}",
        on=told.on(day),
        logged_at=logged(told, day),
        rules_version=version,
    )


# Settings and editions of the rules


def test_settings_are_those_of_the_set_up_as_changed_since() -> None:
    told = History(equipment=("band",))
    first = {
        "goal": "everyday",
        "training_days": ("mon", "wed", "fri"),
        "equipment": ("band",),
        "session_time": "18:00",
        "morning_time": "07:00",
    }
    assert told.course.settings == first
    told.options(2, goal="sport").options(3, session_time="19:30")
    assert told.course.settings == first | {"goal": "sport", "session_time": "19:30"}
    told.add(adopted(told, 4, 1))
    assert told.course.settings == first | {"goal": "sport", "session_time": "19:30"}


def test_the_setting_logged_last_is_in_force_whatever_came_in_last() -> None:
    told = History().options(3, goal="running")
    told.add(OptionsChanged(log_id="late", on=told.on(2), logged_at=logged(told, 2), goal="sport"))
    assert told.course.settings["goal"] == "running"


def test_the_newest_edition_of_the_rules_that_was_adopted() -> None:
    told = History()
    assert told.course.rules_version == 1
    told.options(1, goal="sport")
    assert told.course.rules_version == 1
    told.add(adopted(told, 2, 2))
    assert told.course.rules_version == 2
    told.add(adopted(told, 3, 1))
    assert told.course.rules_version == 2


def test_an_edition_changes_nothing_before_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later edition may ask one calm session for a step: from its day on it is enough."""
    quick = replace(RULES[1], version=2, rung_up_greens=1, rung_up_min_days=0)
    monkeypatch.setattr(controls, "RULES", {1: RULES[1], 2: quick})
    told = History(step="S2.1").calm(0, 1)
    told.morning(2)
    assert told.planned(2) == "S2.1"
    told.add(adopted(told, 2, 2))
    told.add(
        OptionsChanged(
            log_id="same-day", on=told.on(2), logged_at=logged(told, 3), equipment=("band",)
        )
    )
    assert told.state(1).rules.version == 1
    assert told.state(2).rules.version == 2
    assert told.planned(2) == "S2.2"
    assert told.state(2).equipment == {"band"}  # the same day's other settings count too


# How sessions were judged, also long ago


def daily() -> History:
    """Do the first stage's holds every day, for longer than the rules remember."""
    told = History(stage="settle", step="I0.3")
    for day in range(100):
        told.session(day, 3 if day == 1 else 1).morning(day + 1)
    return told


@pytest.fixture(scope="module")
def long_told() -> tuple[History, list[str]]:
    """Return the history of a hundred days, and the ids of its sessions in order."""
    told = daily()
    ids = [
        session.log_id
        for day in range(100)
        for session in told.course.reported_sessions(told.on(day))
    ]
    return told, ids


def judged(told: History, course: Course, day: int, today: int) -> Judged | None:
    return course.judgement(told.on(day), course.today(told.on(today), NIGHT))


def again(told: History) -> Course:
    return Course(told.course.facts.values())


def test_every_session_keeps_its_judgement(long_told: tuple[History, list[str]]) -> None:
    told, _ids = long_told
    course = again(told)
    found = [judged(told, course, day, 100) for day in range(100)]
    assert [one.response if one else None for one in found] == [
        Response.GREEN if day != 1 else Response.AMBER for day in range(100)
    ]
    assert judged(told, course, 100, 100) is None


def test_a_judgement_names_its_reasons(long_told: tuple[History, list[str]]) -> None:
    told, _ids = long_told
    figures = (("step", "I0.3"), ("pain", 3), ("limit", 2))
    expected = Judged(Response.AMBER, (Reason(ReasonId.AMBER, "during", figures),))
    assert judged(told, again(told), 1, 100) == expected
    assert judged(told, again(told), 1, 3) == expected


@pytest.mark.parametrize("day", [0, 1, 50, 98])
def test_a_session_taken_back_is_not_judged_any_more(
    long_told: tuple[History, list[str]], day: int
) -> None:
    told, ids = long_told
    lived = History(stage="settle", step="I0.3")
    lived.course = again(told)
    lived.ids = [ids[day]]
    assert judged(told, lived.course, day, 100) is not None
    lived.void(100)
    assert judged(told, lived.course, day, 100) is None
    for other in {0, 1, 2, 49, 51, 97, 99} - {day}:
        assert judged(told, lived.course, other, 100) is not None


def test_what_is_known_does_not_depend_on_what_was_asked_before(
    long_told: tuple[History, list[str]],
) -> None:
    told, _ids = long_told
    course = again(told)
    for today in (100, 40, 99, 41, 100):  # the clock may be set back
        fresh = again(told)
        assert course.today(told.on(today), NIGHT) == fresh.today(told.on(today), NIGHT)


def test_nothing_is_judged_yet_once_the_clock_is_set_back() -> None:
    told = History(stage="settle")
    for day in range(4):
        told.session(day, 1).morning(day + 1)
    told.at(4)
    back = told.course.today(told.on(2), NIGHT)
    known = [told.course.judgement(told.on(day), back) is not None for day in range(5)]
    assert known == [True, True, True, False, False]


# What one more entry costs: the days after it, and not the years before


@pytest.mark.parametrize(
    ("about", "replayed"),
    [
        # a copy of the state each week, for the last four weeks
        (399, 7),
        (393, 7),
        (392, 14),
        (386, 14),
        (372, 28),
        (371, 35),
        # then of every other week up to eight, of every fourth up to sixteen, and so on
        (364, 49),
        (351, 49),
        (350, 63),
        (336, 91),
        (308, 119),
        (280, 175),
        (224, 287),
        (112, 400),
        (1, 400),
    ],
)
@pytest.mark.parametrize("seen", [1, 400], ids=["read once", "seen every day"])
def test_a_late_entry_replays_few_days(
    monkeypatch: pytest.MonkeyPatch, about: int, replayed: int, seen: int
) -> None:
    told = History()
    course = told.course
    for day in range(401 - seen, 401):
        course.closed_state(told.on(day))
    closed: list[date] = []

    def close_day(state: State, page: Page, today: date, *, planned: bool) -> None:
        closed.append(today)
        replay.close_day(state, page, today, planned=planned)

    monkeypatch.setattr(whole_day, "close_day", close_day)
    course.add(
        EventLogged(log_id="late", on=told.on(about), logged_at=logged(told, 400), event="travel")
    )
    course.closed_state(told.on(400))
    first = told.on(400) - timedelta(days=replayed)
    assert closed == [first + timedelta(days=number) for number in range(replayed)]


def test_the_same_moment_again_replays_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told = History()
    told.course.closed_state(told.on(40))
    monkeypatch.setattr(whole_day, "close_day", None)
    told.course.closed_state(told.on(40))
    told.course.add(
        EventLogged(log_id="new", on=told.on(40), logged_at=logged(told, 40), event="travel")
    )
    told.course.closed_state(told.on(40))


def test_without_a_protocol_the_figures_are_those_of_the_edition() -> None:
    assert History().course.rules == RULES[1]
