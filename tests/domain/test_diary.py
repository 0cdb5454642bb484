"""The pages of the diary: parts of a session, reports left out, and what a late entry touches."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from custom_components.pht_rehab.domain.diary import Diary
from custom_components.pht_rehab.domain.facts import (
    EventLogged,
    Fact,
    MorningChecked,
    RunReported,
    SessionReported,
    Voided,
)
from custom_components.pht_rehab.domain.page import Session

ON = date(2026, 1, 5)
DAY = timedelta(days=1)


def base(log_id: str, day: int = 0, minutes: int = 0) -> dict[str, Any]:
    logged = datetime(2026, 1, 5, 18, tzinfo=UTC) + timedelta(days=day, minutes=minutes)
    return {"log_id": log_id, "on": ON + day * DAY, "logged_at": logged}


def part(log_id: str, *, day: int = 0, minutes: int = 0, **values: Any) -> SessionReported:
    known = {"prescribed_step": "S2.2", "prescribed": ("one", "two")}
    return SessionReported(**base(log_id, day, minutes), **{**known, **values})


def morning(log_id: str, *, day: int = 0, minutes: int = 0, **values: Any) -> MorningChecked:
    return MorningChecked(**base(log_id, day, minutes), test="arabesques", **{"pain": 1, **values})


def run(log_id: str, *, day: int = 0, **values: Any) -> RunReported:
    return RunReported(**base(log_id, day), minutes=20, **values)


def event(log_id: str, *, day: int) -> EventLogged:
    return EventLogged(**base(log_id, day), event="travel")


def session(*facts: Fact, day: int = 0) -> Session:
    found = Diary(facts).page(ON + day * DAY).session
    assert found is not None
    return found


# Parts of a session


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ({}, True),  # all of it
        ({"exercises": ("one",)}, False),  # a tick
        ({"exercises": ("one",), "pain_during": 0}, False),  # a tick with its score
        ({"exercises": ("one", "two"), "pain_during": 0, "completed": 0}, False),
        ({"exercises": (), "pain_during": 2}, False),
        ({"exercises": (), "pain_during": 2, "score_only": True}, False),
        ({"pain_during": 2}, True),
        ({"exercises": (), "cut_short": True}, True),
        ({"exercises": ("one",), "pain_during": 6, "cut_short": True}, True),
    ],
)
def test_what_reports_a_session_as_a_whole(values: dict[str, Any], *, whole: bool) -> None:
    assert session(part("a", **values)).whole is whole
    assert session(part("a", **values)).finished is whole


@pytest.mark.parametrize(
    ("ticked", "completed", "finished"),
    [
        (("one", "two"), 100, True),
        (("one", "two", "three"), 10, True),
        (("one",), 100, False),
        (("one", "two"), 0, False),
    ],
)
def test_ticked_through_is_finished(
    ticked: tuple[str, ...], completed: float, *, finished: bool
) -> None:
    assert session(part("a", exercises=ticked, completed=completed)).finished is finished


def test_nothing_prescribed_is_not_finished_by_ticks() -> None:
    assert not session(part("a", exercises=("one",), prescribed=())).finished


def test_parts_prescribed_at_different_times_are_all_of_it() -> None:
    both = session(
        part("a", exercises=("one",), prescribed=("one",)),
        part("b", minutes=5, exercises=(), prescribed=("two", "one")),
    )
    assert both.prescribed == ("one", "two")
    assert not both.finished


@pytest.mark.parametrize(
    ("first", "second", "light"),
    [(False, False, False), (False, True, True), (True, False, True), (True, True, True)],
)
def test_light_once_is_light(*, first: bool, second: bool, light: bool) -> None:
    both = session(part("a", light=first), part("b", minutes=5, light=second))
    assert both.light is light


def test_a_correction_without_a_score_takes_none_away() -> None:
    empty = part("b", minutes=5, exercises=(), score_only=True)
    assert session(part("a", pain_during=4), empty).pain_during == 4


# Mornings


@pytest.mark.parametrize(
    ("name", "value"), [("rest_pain", 0), ("sitting_minutes", 0), ("night_waking", False)]
)
def test_what_a_later_morning_leaves_out_stays(name: str, value: float) -> None:
    told: dict[str, Any] = {name: value}
    first, second = morning("a", **told), morning("b", minutes=5)
    page = Diary([first, second]).page(ON)
    assert getattr(page, name) == value
    assert getattr(page, name) is not None
    assert getattr(Diary([second]).page(ON), name) is None


# The rest of a session's day is told by a later morning


@pytest.mark.parametrize(
    ("later", "after"),
    [
        ([morning("m", day=1, pain_after=4)], 4),
        ([morning("m", day=1)], None),
        # the first morning that tells it, however late
        ([morning("m", day=1), morning("n", day=2, pain_after=4)], 4),
        ([event("e", day=1), morning("n", day=3, pain_after=4)], 4),
        ([morning("m", day=1, pain_after=4), morning("n", day=2, pain_after=6)], 4),
        # a second report of the morning may leave it out, or correct it
        ([morning("m", day=1, pain_after=4), morning("n", day=1, minutes=5)], 4),
        (
            [morning("m", day=1, pain_after=4), morning("n", day=1, minutes=5, pain_after=0)],
            0,
        ),
        # after another session it is that one's
        ([part("b", day=1), morning("n", day=2, pain_after=4)], None),
        ([part("b", day=1), morning("m", day=1, pain_after=4)], 4),
    ],
)
def test_the_rest_of_the_day(later: list[Fact], after: float | None) -> None:
    assert session(part("a"), *later).pain_after == after


# What one more entry touches: the first date whose page it changes


@pytest.mark.parametrize(
    ("facts", "unjudged"),
    [
        ([event("e", day=0)], None),
        ([part("a")], 0),
        ([part("a"), morning("m", day=1)], 0),
        ([part("a"), morning("m", day=1, pain_after=0)], None),
        ([part("a", pain_after=0)], None),
        ([run("r", day=1)], 1),
        ([run("r", pain_after=3)], None),
        # of two days only the later one can still be told
        ([part("a"), run("r", day=1)], 1),
        ([part("a"), run("r", day=1, pain_after=3)], None),
        ([part("a"), part("b", day=3)], 0),  # today's own is asked tomorrow
        # of two on one day the worse counts: asked while one is unknown
        ([part("a", pain_after=1), run("r")], 0),
    ],
)
def test_the_day_whose_end_is_asked_for(facts: list[Fact], unjudged: int | None) -> None:
    asked = Diary(facts).unjudged(ON + 3 * DAY)
    assert asked == (None if unjudged is None else ON + unjudged * DAY)
    if asked is not None:  # it is the one the answer is counted for
        page = Diary([*facts, morning("n", day=3, pain_after=6)]).page(asked)
        assert 6 in [one.pain_after for one in (page.session, page.run) if one is not None]


@pytest.mark.parametrize(
    ("known", "new", "first"),
    [
        ([], event("e", day=3), 3),
        ([event("e", day=3)], event("f", day=1), 1),  # before all that is known
        ([part("a")], morning("m", day=1), 1),
        ([part("a")], morning("m", day=1, pain_after=4), 0),
        ([part("a"), event("e", day=1)], morning("m", day=2, pain_after=4), 0),
        ([part("a"), part("b", day=1)], morning("m", day=2, pain_after=4), 1),
        # a session between takes the rest of the day away from the one before
        ([part("a"), morning("m", day=2, pain_after=4)], part("b", day=1), 0),
        ([part("a"), morning("m", day=2)], part("b", day=1), 1),
        # the same once more changes nothing
        ([part("a", exercises=("one",))], part("b", minutes=5, exercises=("one",)), None),
        # an entry taken back
        ([part("a")], Voided(**base("v", 5), target="a"), 0),
        (
            [part("a"), morning("m", day=2, pain_after=4)],
            Voided(**base("v", 5), target="m"),
            0,
        ),
        ([morning("m", day=2)], Voided(**base("v", 5), target="m"), 2),
        ([part("a")], Voided(**base("v", 5), target="unknown"), None),
    ],
)
def test_the_first_page_changed(known: list[Fact], new: Fact, first: int | None) -> None:
    diary = Diary(known)
    assert diary.add(new) == (None if first is None else ON + first * DAY)
    fresh = Diary([*known, new])
    for day in range(6):
        assert diary.page(ON + day * DAY) == fresh.page(ON + day * DAY)


def test_the_dates_there_is_something_about() -> None:
    diary = Diary([event("c", day=4), event("a", day=1), event("b", day=2)])
    asked = [ON + day * DAY for day in range(6)]
    assert diary.dates(asked[0], asked[5]) == [asked[1], asked[2], asked[4]]
    assert diary.dates(asked[1], asked[4]) == [asked[1], asked[2], asked[4]]
    assert diary.dates(asked[2], asked[3]) == [asked[2]]
    assert diary.dates(asked[5], asked[5]) == []


def test_an_entry_of_the_same_day_logged_earlier_comes_first() -> None:
    late, early = morning("a", minutes=5), morning("b")
    assert Diary([late, early]).counted(ON) == [early, late]
    assert Diary([late, early, replace(late, log_id="c")]).counted(ON)[0] == early
