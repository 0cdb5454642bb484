"""Bouts of sitting: when one begins and ends, what a silence, a night and a restart mean (e1)."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from custom_components.pht_rehab.domain.bout import GAP, LONGEST, RESTART, Bout, Bouts
from custom_components.pht_rehab.domain.rules import RULES

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
RULES_1 = RULES[1]


def clock(at: float) -> datetime:
    """Return an instant, in minutes since nine o'clock."""
    return MIDNIGHT + timedelta(hours=9, minutes=at)


def house(*seats: str) -> Bouts:
    return Bouts(seats or ("desk",), RULES_1)


def sat(bouts: Bouts, at: float) -> float:
    """Return the minutes of the bout in progress."""
    bouts.pass_time(clock(at))
    return bouts.current(clock(at)) / timedelta(minutes=1)


def today(bouts: Bouts, at: float, midnight: datetime = MIDNIGHT) -> float:
    return bouts.since(midnight, clock(at)) / timedelta(minutes=1)


def tell(bouts: Bouts, at: float, occupied: bool | None, seat: str = "desk") -> None:  # noqa: FBT001
    bouts.see(seat, clock(at), occupied=occupied)


def long(bouts: Bouts) -> list[tuple[float, float]]:
    return [
        (
            (bout.start - clock(0)) / timedelta(minutes=1),
            (bout.end - clock(0)) / timedelta(minutes=1),
        )
        for bout in bouts.long
    ]


def test_nobody_sits_at_first() -> None:
    bouts = house()
    tell(bouts, 0, occupied=False)
    tell(bouts, 1, occupied=None)
    assert (bouts.start, sat(bouts, 2), today(bouts, 2), bouts.next_change(clock(2))) == (
        None, 0, 0, None,
    )  # fmt: skip


def test_a_bout_lasts_until_a_break() -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    assert [sat(bouts, at) for at in (0, 1.5, 20)] == [0, 1.5, 20]
    tell(bouts, 20, occupied=False)
    assert sat(bouts, 21.9) == 20
    assert sat(bouts, 22) == 0
    assert bouts.start is None
    assert today(bouts, 30) == 20


@pytest.mark.parametrize(("stood", "bout"), [(1.9, 31.9), (2, 10), (3, 10)])
def test_a_stand_shorter_than_a_break_does_not_count(stood: float, bout: float) -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    tell(bouts, 20, occupied=False)
    tell(bouts, 20 + stood, occupied=True)
    assert sat(bouts, 30 + stood) == bout


def test_seats_are_one_sitter() -> None:
    bouts = house("desk", "couch")
    tell(bouts, 0, occupied=True)
    tell(bouts, 10, occupied=True, seat="couch")
    tell(bouts, 15, occupied=False)
    assert sat(bouts, 30) == 30
    tell(bouts, 30, occupied=False, seat="couch")
    tell(bouts, 31, occupied=True)
    assert sat(bouts, 40) == 40
    assert today(bouts, 40) == 40


@pytest.mark.parametrize(("end", "logged"), [(60, []), (60.1, [(0, 60.1)]), (359, [(0, 359)])])
def test_a_long_bout_is_kept_to_be_logged_once(
    end: float, logged: list[tuple[float, float]]
) -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    tell(bouts, end, occupied=False)
    assert long(bouts) == []
    bouts.pass_time(clock(end + 2))
    bouts.pass_time(clock(end + 9))
    assert long(bouts) == [pytest.approx(bout) for bout in logged]


def test_minutes_are_rounded() -> None:
    assert Bout(clock(0), clock(61.6)).minutes == 62
    assert Bout(clock(0), clock(61.4)).minutes == 61


# Silence


@pytest.mark.parametrize("came", [4.9, 5])
@pytest.mark.parametrize("back", [True, False])
def test_a_short_silence_ends_nothing(came: float, *, back: bool) -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    tell(bouts, 10, occupied=None)
    tell(bouts, 12, occupied=None)
    assert sat(bouts, 14.9) == 14.9
    tell(bouts, 10 + came, occupied=back)
    lasts = came < 5 and back  # else it ended where the silence began
    assert sat(bouts, 20) == (20 if lasts else 5 if back else 0)
    assert today(bouts, 20) == (20 if lasts else 15 if back else 10)


def test_a_long_silence_ends_it_where_it_began() -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    tell(bouts, 70, occupied=None)
    assert bouts.next_change(clock(70)) == clock(71)
    assert bouts.next_change(clock(74.5)) == clock(75)
    assert sat(bouts, 75) == 0
    assert long(bouts) == [(0, 70)]


def test_a_silent_seat_holds_no_one_who_sits_elsewhere() -> None:
    bouts = house("desk", "couch")
    tell(bouts, 0, occupied=True)
    tell(bouts, 10, occupied=None)
    tell(bouts, 11, occupied=True, seat="couch")
    tell(bouts, 13, occupied=False, seat="couch")
    assert sat(bouts, 14) == 14
    bouts.pass_time(clock(15))  # the desk was left at 10, the couch at 13: two minutes of standing
    assert today(bouts, 15) == 13
    tell(bouts, 16, occupied=None, seat="couch")
    assert bouts.next_change(clock(16)) is None


def test_what_an_empty_or_an_ignored_seat_tells_is_not_when_somebody_left() -> None:
    bouts = house("desk", "couch")
    tell(bouts, 0, occupied=True)
    tell(bouts, 10, occupied=None)
    tell(bouts, 12, occupied=False, seat="couch")
    bouts.pass_time(clock(15))
    assert today(bouts, 15) == 10
    tell(bouts, 20, occupied=True, seat="couch")
    bouts.pass_time(clock(380))
    tell(bouts, 385, occupied=True)
    tell(bouts, 390, occupied=None)
    tell(bouts, 393, occupied=False, seat="couch")
    bouts.pass_time(clock(395))
    assert today(bouts, 395) == 15


def test_the_end_of_a_silence_is_awaited() -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    tell(bouts, 10.25, occupied=None)
    assert bouts.next_change(clock(15)) == clock(15.25)


# The night


@pytest.mark.parametrize(("end", "discarded"), [(359.9, False), (360, True)])
def test_nobody_sits_for_six_hours(end: float, *, discarded: bool) -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    assert bouts.next_change(clock(359.5)) == clock(360)
    tell(bouts, end, occupied=False)
    bouts.pass_time(clock(end + 2))
    assert (long(bouts) == []) is discarded
    assert today(bouts, end + 2) == pytest.approx(0 if discarded else end)
    tell(bouts, 400, occupied=True)
    assert sat(bouts, 410) == 10


def test_what_lies_there_is_left_out_until_it_is_gone() -> None:
    bouts = house("desk", "couch")
    tell(bouts, 0, occupied=True, seat="couch")
    assert sat(bouts, 360) == 0
    assert bouts.next_change(clock(360)) is None
    tell(bouts, 361, occupied=True, seat="couch")
    assert sat(bouts, 365) == 0
    tell(bouts, 370, occupied=True)
    tell(bouts, 375, occupied=False, seat="couch")
    tell(bouts, 380, occupied=False)
    tell(bouts, 381, occupied=True, seat="couch")
    assert sat(bouts, 390) == 20
    assert today(bouts, 390) == 20


def test_the_day_begins_anew_and_the_bout_goes_on() -> None:
    bouts = house()
    tell(bouts, -60, occupied=True)
    tell(bouts, -40, occupied=False)
    tell(bouts, -20, occupied=True)
    assert today(bouts, 10) == 50
    assert today(bouts, 10, midnight=clock(0)) == 10
    assert sat(bouts, 10) == 30
    tell(bouts, 20, occupied=False)
    bouts.pass_time(clock(30))
    assert today(bouts, 30, midnight=clock(0)) == 20
    assert today(bouts, 30, midnight=clock(20)) == 0


@pytest.mark.parametrize(("later", "kept"), [(2879, 2), (2880, 1)])
def test_old_bouts_are_forgotten(later: float, kept: int) -> None:
    bouts = house()
    for at in (0, later):
        tell(bouts, at, occupied=True)
        tell(bouts, at + 10, occupied=False)
        bouts.pass_time(clock(at + 12))
    assert len(bouts.memory(clock(later + 12))["over"]) == kept


# The next moment


def test_it_is_looked_at_each_minute_and_at_no_other_time() -> None:
    bouts = house()
    tell(bouts, 0.25, occupied=True)
    assert [bouts.next_change(clock(at)) for at in (0.25, 1, 1.25, 5)] == [
        clock(1.25), clock(1.25), clock(2.25), clock(5.25),
    ]  # fmt: skip
    tell(bouts, 5.5, occupied=False)
    assert bouts.next_change(clock(5.5)) == clock(7.5)
    bouts.pass_time(clock(7.5))
    assert bouts.next_change(clock(7.5)) is None


# A restart


def restarted(bouts: Bouts, seen: float, back: float, *seats: str) -> Bouts:
    """Return what is known again at ``back``, of what was remembered at ``seen``."""
    again = house(*seats)
    again.restore(json.loads(json.dumps(bouts.memory(clock(seen)))), clock(back))
    again.pass_time(clock(back))
    return again


@pytest.mark.parametrize(("away", "bout"), [(19.9, 41.9), (20, 2)])
def test_who_still_sits_soon_after_has_not_got_up(away: float, bout: float) -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    again = restarted(bouts, 20, 20 + away)
    tell(again, 20 + away, occupied=True)
    assert sat(again, 22 + away) == bout
    assert today(again, 22 + away) == pytest.approx(20 + (22 + away - 20 if away < 20 else 2))


@pytest.mark.parametrize("back", [70, 90])
def test_who_has_got_up_meanwhile_sat_until_it_was_last_known(back: float) -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    again = restarted(bouts, 61, back)
    tell(again, back, occupied=False)
    again.pass_time(clock(back))
    assert (again.start, today(again, back), long(again)) == (None, 61, [(0, 61)])


def test_a_seat_that_is_not_back_yet_is_waited_for() -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    again = restarted(bouts, 20, 22)
    tell(again, 22, occupied=None)
    assert sat(again, 39.9) == 39.9
    assert again.next_change(clock(39.9)) == clock(40)
    assert sat(again, 40) == 0
    assert today(again, 40) == 20


def test_a_silence_before_it_goes_on() -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    tell(bouts, 10, occupied=None)
    assert today(restarted(bouts, 12, 50), 50) == 10


def test_a_stand_before_it_becomes_a_break() -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    tell(bouts, 30, occupied=False)
    again = restarted(bouts, 31, 32)
    assert (again.start, today(again, 32)) == (None, 30)
    again = restarted(bouts, 31, 31.9)
    tell(again, 31.9, occupied=True)
    assert sat(again, 40) == 40


def test_what_was_not_logged_yet_is_kept() -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    tell(bouts, 90, occupied=False)
    bouts.pass_time(clock(92))
    assert long(restarted(bouts, 95, 100)) == [(0, 90)]


def test_what_lies_there_lies_there_after_it() -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    bouts.pass_time(clock(400))
    again = restarted(bouts, 410, 415)
    tell(again, 415, occupied=True)
    assert (again.start, today(again, 420)) == (None, 0)


def test_a_seat_taken_out_of_the_options_is_left() -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    again = restarted(bouts, 20, 21, "couch")
    assert sat(again, 21.9) == 20
    assert (sat(again, 22), today(again, 22)) == (0, 20)


def test_what_was_remembered_later_than_now_says_nothing() -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    assert restarted(bouts, 20, 20).start == clock(0)
    assert restarted(bouts, 20, 19).start is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"seen": "2026-03-02T09:20:00"},
        {"seen": None},
        {"start": "yesterday"},
        {"start": "2026-03-02T09:00:00"},
        {"stood": 3},
        {"over": [["2026-03-02T09:00:00+00:00"]]},
        {"long": 7},
        {"occupied": {"desk": {}}},
        {"occupied": []},
    ],
)
def test_nonsense_changes_nothing(wrong: dict[str, Any]) -> None:
    bouts, again = house(), house()
    tell(bouts, 0, occupied=True)
    before = again.memory(clock(30))
    with pytest.raises((AttributeError, KeyError, TypeError, ValueError)):
        again.restore(bouts.memory(clock(20)) | wrong, clock(30))
    assert again.memory(clock(30)) == before


# The clock


def test_it_moves_with_a_clock_that_was_set() -> None:
    bouts = house("desk", "couch")
    tell(bouts, 0, occupied=True)
    tell(bouts, 5, occupied=True, seat="couch")
    tell(bouts, 6, occupied=False, seat="couch")
    bouts.shift(timedelta(hours=1))
    assert sat(bouts, 70) == 10
    tell(bouts, 70, occupied=None)
    bouts.shift(timedelta(hours=-1))
    assert sat(bouts, 14.9) == 14.9
    assert sat(bouts, 15) == 0
    assert today(bouts, 15) == 10
    tell(bouts, 20, occupied=True)
    tell(bouts, 25, occupied=False)
    bouts.shift(timedelta(minutes=10))
    assert sat(bouts, 36.9) == 5
    assert sat(bouts, 37) == 0


def test_what_was_left_before_a_clock_was_set_back_was_left_before() -> None:
    bouts = house("desk", "couch")
    tell(bouts, 0, occupied=True)
    tell(bouts, 5, occupied=True, seat="couch")
    tell(bouts, 6, occupied=False, seat="couch")
    bouts.shift(-timedelta(hours=1))
    tell(bouts, -50, occupied=False)
    assert (sat(bouts, -48.1), sat(bouts, -48)) == (10, 0)


def test_a_clock_set_back_never_counts_below_nothing() -> None:
    bouts = house()
    tell(bouts, 0, occupied=True)
    assert (bouts.current(clock(-5)), bouts.since(MIDNIGHT, clock(-5))) == (timedelta(),) * 2


def test_the_bounds() -> None:
    assert timedelta(minutes=RULES_1.sitting_break) <= GAP < RESTART < LONGEST
    assert timedelta(minutes=RULES_1.sitting_long) < LONGEST
