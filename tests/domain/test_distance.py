"""A counter of kilometres: totals, weekly sums, silence, restarts, and what was never run."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from custom_components.pht_rehab.domain.distance import MARATHON, Grown, Meter

MONDAY: Final = date(2026, 3, 2)
EVER: Final = date(2100, 1, 1)
NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def told(*readings: float | None, every: float = 1, first: float = 0) -> Meter:
    """Return a meter that was told so many readings, some hours apart."""
    meter = Meter()
    for number, reading in enumerate(readings):
        meter.see(reading, at(first + number * every))
    return meter


def sums(meter: Meter) -> list[float]:
    return [round(each.kilometres, 3) for each in meter.before(EVER)]


@pytest.mark.parametrize(
    ("readings", "found"),
    [
        ((), []),
        ((100,), []),  # where it stands at first was run before
        ((100, 100, 100), []),
        ((100, 104.2), [4.2]),
        ((100, 102, 104.2), [4.2]),
        ((0, 5), [5]),
        # a week that begins anew
        ((20, 0, 3.5), [3.5]),
        ((20, 3.5), [3.5]),
        ((20, 17.9), [17.9]),  # below nine tenths
        # put right
        ((20, 18, 20), []),
        ((20, 18, 21), [1]),
        ((0, MARATHON), [MARATHON]),
        # silence and nonsense
        ((100, None, None, 103), [3]),
        ((None, 100, 103), [3]),
        ((100, float("nan"), -3, float("inf"), 103), [3]),
    ],
)
def test_what_came_in(readings: tuple[float | None, ...], found: list[float]) -> None:
    assert sums(told(*readings, every=1.5)) == found


@pytest.mark.parametrize(("hours", "found"), [(1, 0), (1.001, 20)])
def test_a_counter_that_is_back_within_an_hour_did_not_begin_anew(
    hours: float, found: float
) -> None:
    meter = told(20, 0, every=2)
    meter.see(20, at(2 + hours))
    assert sums(meter) == ([found] if found else [])


def test_what_was_counted_on_the_way_back_is_taken_off() -> None:
    meter = told(20, 0, 5, 12, 21, every=0.1)
    assert sums(meter) == [1]
    assert sums(told(20, 5, 19, every=0.1)) == [0]


@pytest.mark.parametrize(
    ("readings", "found"),
    [
        ((20, 0, 5), [5]),
        ((20, 0, 5, 7), [7]),
        ((20, 0, 17.9), [17.9]),
        ((20, 0, 18), []),  # nine tenths: it is back
        ((20, 0, 19, 20.5), [0.5]),
    ],
)
def test_back_is_only_a_counter_near_what_it_was(
    readings: tuple[float, ...], found: list[float]
) -> None:
    assert sums(told(*readings, every=0.1)) == found


@pytest.mark.parametrize(("grown", "found"), [(MARATHON, [MARATHON]), (42.2, [])])
def test_more_than_a_marathon_in_an_hour_was_not_run(grown: float, found: list[float]) -> None:
    assert sums(told(100, 100 + grown)) == found
    assert sums(told(100, 100 + grown, every=24)) == found  # it stood still until it jumped


def test_nor_in_several_steps_of_one_hour() -> None:
    assert sums(told(100, 130, 160, every=0.5)) == [30]
    assert sums(told(100, 130, 160, every=1)) == [60]
    assert sums(told(100, 130, 160, every=0)) == [30]


def test_after_a_jump_it_counts_on_from_there() -> None:
    assert sums(told(0, 1234, 1238, every=2)) == [4]


def test_silence_gives_time_to_run() -> None:
    meter = told(100, None, every=0)
    meter.see(160, at(1.4))
    assert sums(meter) == []
    meter = told(100, None, every=0)
    meter.see(160, at(1.5))
    assert sums(meter) == [60]


@pytest.mark.parametrize(
    ("hours", "on", "since"),
    [
        (11.9, MONDAY, MONDAY),
        (12, date(2026, 3, 3), MONDAY),
        (14.9, date(2026, 3, 3), MONDAY),  # so late it may have been the evening before
        (15, date(2026, 3, 3), date(2026, 3, 3)),
    ],
)
def test_the_date_it_came_in_on(hours: float, on: date, since: date) -> None:
    meter = told(100)
    meter.see(104, at(hours))
    assert meter.before(EVER) == [Grown(on, 4, since)]


def test_after_a_silence_it_may_be_from_any_date_since() -> None:
    meter = told(100, None)
    meter.see(104, at(50))
    assert meter.before(EVER) == [Grown(date(2026, 3, 4), 4, MONDAY)]
    meter.see(105, at(52))
    assert meter.before(EVER) == [Grown(date(2026, 3, 4), 5, MONDAY)]


def test_a_silence_begins_where_it_was_first_noticed() -> None:
    meter = told(100, None, None, None, every=10)
    meter.see(104, at(50))
    assert meter.before(EVER) == [Grown(date(2026, 3, 4), 4, MONDAY)]


def test_only_dates_that_are_over_and_until_they_are_dealt_with() -> None:
    meter = told(100, 104, 109, every=24)
    first, second = Grown(date(2026, 3, 3), 4, date(2026, 3, 3)), date(2026, 3, 4)
    assert meter.before(second) == [first]
    assert [each.on for each in meter.before(EVER)] == [first.on, second]
    meter.forget(first.on)
    meter.forget(first.on)
    assert [each.on for each in meter.before(EVER)] == [second]


def test_a_clock_set_back_takes_nothing_away() -> None:
    meter = told(100, 104, every=-30)
    assert sums(meter) == [4]


def again(meter: Meter, now: datetime) -> Meter:
    """Return the meter after a restart."""
    twin = Meter()
    twin.restore(json.loads(json.dumps(meter.memory(now))))
    return twin


def test_a_restart_forgets_nothing() -> None:
    meter = again(told(100, 104), at(2))
    assert meter.before(EVER) == told(100, 104).before(EVER)
    meter.see(110, at(26))  # while nobody looked
    assert meter.before(EVER)[1:] == [Grown(date(2026, 3, 3), 6, MONDAY)]
    silent = again(again(told(100, None), at(9)), at(99))
    silent.see(103, at(100))
    assert [each.since for each in silent.before(EVER)] == [MONDAY]
    assert sums(again(Meter(), at(0))) == []
    fresh = again(Meter(), at(0))
    fresh.see(100, at(1))
    assert sums(fresh) == []


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"mark": 1, "held": None, "grown": []},
        {"mark": 1, "held": "x", "grown": []},
        {"mark": 1, "held": "2026-03-02T12:00:00", "grown": []},
        {"mark": "x", "held": "2026-03-02T12:00:00+00:00", "grown": []},
        {"mark": 1, "held": "2026-03-02T12:00:00+00:00", "grown": [["2026-03-02", 1]]},
        {"mark": 1, "held": "2026-03-02T12:00:00+00:00", "grown": [["x", 1, "2026-03-02"]]},
    ],
)
def test_what_makes_no_sense_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Meter().restore(broken)
