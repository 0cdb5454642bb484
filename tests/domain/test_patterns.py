"""Patterns before worse mornings: enough data, honest counts, and hardly any out of nothing."""

import random
from collections.abc import Collection, Iterator, Sequence
from datetime import date, time, timedelta
from statistics import median

import pytest

from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.model import DAY
from custom_components.pht_rehab.domain.patterns import (
    LEAST_DAYS,
    LEAST_OTHERS,
    SOURCES,
    Pattern,
    find,
    patterns,
)
from custom_components.pht_rehab.domain.report import report
from tests.domain.builders import START, History

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def on(day: int) -> date:
    return START + timedelta(days=day)


def counted(days: int, worse: int, others: int, other_worse: int, *, lag: int = 1) -> list[Pattern]:
    """Return what is found where so many days were logged, and so many mornings worse.

    Days lie apart, each with its morning; what is in between is not known.
    """
    dates = [on(4 * number) for number in range(days + others)]
    mornings = {each + lag * DAY: False for each in dates}
    mornings |= {each + lag * DAY: True for each in [*dates[:worse], *dates[days:][:other_worse]]}
    return [*find(dates, mornings, {"stretching": set(dates[:days])})]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((8, 8, 20, 0), True),
        ((7, 7, 20, 0), False),  # too few days with it
        ((8, 8, 19, 0), False),  # too few to compare with
        ((9, 6, 20, 0), True),  # two of three
        ((9, 5, 20, 0), False),
        ((9, 9, 21, 7), True),  # three times as often
        ((9, 9, 21, 8), False),
        ((8, 6, 30, 5), True),
        ((8, 6, 30, 8), False),
    ],
)
def test_both_sides_of_each_limit(counts: tuple[int, int, int, int], *, shown: bool) -> None:
    assert (LEAST_DAYS, LEAST_OTHERS) == (8, 20)
    found = counted(*counts)
    assert found == ([Pattern("stretching", 1, counts[1], counts[0], *counts[:1:-1])] * shown)


@pytest.mark.parametrize("lag", [1, 2, 3])
def test_up_to_three_days_later(lag: int) -> None:
    assert [found.lag for found in counted(8, 8, 20, 0, lag=lag)] == [lag]
    assert counted(8, 8, 20, 0, lag=4) == []


@pytest.mark.parametrize(
    ("first", "second", "lag"),
    [
        ((9, 12), (7, 0), 2),  # 1 - 0.3 against 0.78
        ((8, 1), (7, 0), 1),  # 0.89 - 0.03 against 0.78
        ((8, 2), (8, 2), 1),
    ],
)
def test_of_several_lags_the_clearest_is_told(
    first: tuple[int, int], second: tuple[int, int], lag: int
) -> None:
    dates = [on(4 * number) for number in range(49)]
    worse = {each + later * DAY: False for each in dates for later in (1, 2)}
    for later, (after, others) in ((1, first), (2, second)):
        for each in [*dates[:after], *dates[9:][:others]]:
            worse[each + later * DAY] = True
    (told,) = find(dates, worse, {"stretching": set(dates[:9])})
    counts = first if lag == 1 else second
    assert told == Pattern("stretching", lag, counts[0], 9, counts[1], 40)


def test_a_morning_that_is_not_known_counts_nowhere() -> None:
    dates = [on(number) for number in range(40)]
    days = {on(4 * number) for number in range(9)}
    worse = {each + DAY: each in days for each in dates}
    (full,) = find(dates, worse, {"stretching": days})
    assert (full.worse, full.days, full.other_days) == (9, 9, 31)
    del worse[on(1)], worse[on(3)]
    (found,) = find(dates, worse, {"stretching": days})
    assert (found.worse, found.days, found.other_days) == (8, 8, 30)


# In a programme


def lived(
    *, sore: float = 2.5, last: int = 59, masked: Collection[int] = (), without: int | None = None
) -> History:
    """Tell of long sitting every sixth day, and of a worse morning after each.

    ``masked``: days on which a painkiller was taken before the morning's test.
    """
    told = History(stage="settle")  # no stage below: the load test stays the same
    for day in range(1, last + 1):
        after = day % 6 == 1 and day > 6
        if day != without:
            told.morning(day, sore if after else 1, painkiller=day in masked)
        if day % 6 == 0:
            told.event(day, "travel" if day % 2 else "long_sitting", 240)
    return told


def found(told: History, day: int) -> list[Pattern]:
    return [*patterns(told.course, told.at(day))]


def test_long_sitting_before_worse_mornings() -> None:
    assert found(lived(), 59) == [Pattern("long_sitting", 1, 9, 9, 0, 48)]


@pytest.mark.parametrize(("sore", "shown"), [(2, False), (2.5, True)])
def test_worse_is_the_rise_that_makes_a_session_amber(sore: float, *, shown: bool) -> None:
    assert bool(found(lived(sore=sore), 59)) is shown


def test_a_calm_morning_under_a_painkiller_says_nothing() -> None:
    (full,), (less,) = found(lived(), 59), found(lived(masked=(21, 22)), 59)
    assert (less.days, less.other_days) == (full.days, full.other_days - 2)


def test_a_worse_morning_under_a_painkiller_counts() -> None:
    assert found(lived(masked=range(7, 60, 6)), 59) == found(lived(), 59)


def test_mornings_inside_a_flare_up_are_left_out() -> None:
    """Only the one that began it counts, and those after it with the baseline of before."""
    told = lived(last=48)
    flare = (49, 57)
    for day in range(flare[0], flare[1]):
        told.morning(day, 7).event(day, "stretching")
    for day in range(flare[1], 75):
        told.morning(day, 1)
    now = told.at(74)
    inside = [day for day in range(75) if told.course.turn(told.on(day), now).flare_up]
    assert (inside[0], inside[-1]) == (49, 57)  # two calm mornings end it
    (sitting,) = found(told, 74)
    known = 75 - 3 - len(inside)  # the first three have no baseline
    assert sitting == Pattern("long_sitting", 1, 8, 8, 0, known - 8)


def test_a_day_of_which_the_morning_after_is_missing_is_not_counted() -> None:
    (full,) = found(lived(), 59)
    (less,) = found(lived(without=13), 59)
    assert (less.days, less.worse) == (full.days - 1, full.worse - 1)
    assert less.other_days <= full.other_days


def test_only_the_last_twelve_weeks_are_looked_at() -> None:
    told = lived(last=83)
    assert found(told, 83)[0].days == 13
    assert [found(told, day)[0].days for day in (89, 90)] == [13, 12]  # day 6 is 84 days ago
    assert found(told, 83 + 30)[0].days == 9
    assert found(told, 83 + 42) == []


def test_no_baseline_no_worse_morning() -> None:
    """One score a week makes none: with nothing to compare there is nothing to count."""
    told = History(step="S2.2")
    for week in range(9):
        told.event(8 * week, "travel").morning(8 * week + 1, 5 if week % 2 else 1)
    assert found(told, 80) == []


def test_a_step_up_and_a_session_that_hurt() -> None:
    told = History(step="S2.1", days=WEEK).quiet(1, 3)
    rising = iter([f"S2.{number}" for number in (1, 2, 3, 4)] * 20)
    for day in range(4, 70):
        told.morning(day, 2.5 if day % 8 == 5 and day > 8 else 1)
        if day % 8 in {0, 4}:
            told.session(day, 4 if day % 8 == 4 else 2, step=next(rising))
    sources = {each.source: each for each in found(told, 69)}
    assert sources["hard_session"] == Pattern("hard_session", 1, 8, 9, 0, 58)
    assert "step_up" not in sources  # every session but each fourth: as many calm after it


def test_a_step_up_is_a_session_at_a_higher_step_than_the_one_before() -> None:
    told = History(step="S2.1", days=WEEK).quiet(1, 3)
    for day in range(4, 70):
        told.morning(day, 2.5 if day % 8 == 5 and day > 8 else 1)
        if day % 4 == 0:
            told.session(day, 2, step="S2.2" if day % 8 == 4 else "S2.1")
    (rise,) = found(told, 69)
    assert rise == Pattern("step_up", 1, 8, 8, 0, 59)  # the first session rose above nothing


def test_a_session_is_not_hard_for_the_morning_after_it() -> None:
    """Its verdict knows that morning; a pattern of the two would say nothing."""
    told = History(step="S2.1", days=WEEK).quiet(1, 3)
    for day in range(4, 70):
        told.morning(day, 2.5 if day % 6 == 5 and day > 5 else 1)
        if day % 6 == 4:
            told.session(day, 2, step="S2.1")
    assert [each.source for each in found(told, 69)] == []


@pytest.mark.parametrize(
    ("pain", "after", "shown"), [(3, 3, False), (3.5, 1, True), (1, 3.5, True)]
)
def test_hard_is_what_was_felt_above_the_calm_limit(
    pain: float, after: float, *, shown: bool
) -> None:
    told = History(step="S2.1", days=WEEK).quiet(1, 3)
    for day in range(4, 70):
        told.morning(day, 2.5 if day % 6 == 5 and day > 5 else 1)
        if day % 6 == 4:
            told.session(day, pain, after)
    assert bool(found(told, 69)) is shown


@pytest.mark.parametrize("event", ["stretching", "poor_sleep"])
def test_what_is_logged_is_told_by_its_name(event: str) -> None:
    told = History(stage="settle")
    for day in range(1, 60):
        told.morning(day, 2.5 if day % 6 == 1 and day > 6 else 1)
        if day % 6 == 0:
            told.event(day, event).event(day, "massage")
    assert [each.source for each in found(told, 59)] == [event]


@pytest.mark.parametrize(
    ("hills", "fast", "sources"),
    [
        (True, False, ["hills"]),
        (False, True, ["fast_run"]),
        (True, True, ["hills", "fast_run"]),
        (False, False, []),
    ],
)
def test_runs_in_hills_and_fast_ones(*, hills: bool, fast: bool, sources: list[str]) -> None:
    told = History(stage="settle", goal="running")
    for day in range(1, 60):
        told.morning(day, 2.5 if day % 6 == 1 and day > 6 else 1)
        if day % 6 == 0:
            told.run(day, 20, hills=hills, fast=fast)
    assert [each.source for each in found(told, 59)] == sources


def test_the_order_of_arrival_does_not_matter() -> None:
    told = lived()
    twin = Course([*told.course.facts.values()][::-1])
    again = patterns(twin, twin.today(told.on(59), time(20)))
    assert list(again) == found(told, 59) != []


def test_the_report_has_those_of_its_last_day() -> None:
    told = lived()
    assert list(report(told.course, None, told.on(59)).patterns) == found(told, 59)
    assert report(told.course, None, told.on(20)).patterns == ()


# Out of nothing

PROGRAMMES = 600
BOUND = 0.02


def alone(rng: random.Random, days: int) -> set[int]:
    share = rng.choice((0.03, 0.07, 0.14, 0.2, 0.3, 0.43))
    return {day for day in range(days) if rng.random() < share}


def on_end(rng: random.Random, days: int) -> set[int]:
    share, stays = rng.choice((0.05, 0.1, 0.2, 0.3)), rng.choice((0, 0.3, 0.6))
    found, there = set[int](), False
    for day in range(days):
        there = rng.random() < (stays + (1 - stays) * share if there else share * (1 - stays))
        found |= {day} if there else set()
    return found


def independent(rng: random.Random, days: int) -> Iterator[bool | None]:
    share, missing = rng.uniform(0.03, 0.4), rng.choice((0, 0.1, 0.3))
    for _ in range(days):
        yield None if rng.random() < missing else rng.random() < share


def each_like_the_last(rng: random.Random, days: int) -> Iterator[bool | None]:
    tie, spread, mean = rng.uniform(0, 0.7), rng.uniform(0.8, 2.2), rng.uniform(1, 4)
    missing, level = rng.choice((0, 0.1, 0.3)), rng.gauss(0, 1)
    known: list[tuple[int, float]] = []
    for day in range(days):
        level = tie * level + (1 - tie**2) ** 0.5 * rng.gauss(0, 1)
        pain = min(10, max(0, round(mean + spread * level)))
        base = [score for when, score in known if day - when <= 7]
        told = rng.random() >= missing
        yield pain - median(base) >= 1.5 if told and len(base) >= 3 else None
        known += [(day, pain)] * told


@pytest.mark.parametrize("mornings", [independent, each_like_the_last])
@pytest.mark.parametrize("exposed", [alone, on_end])
def test_random_data_hardly_ever_give_a_pattern(mornings: object, exposed: object) -> None:
    assert callable(mornings)
    assert callable(exposed)
    rng = random.Random(20260302)  # noqa: S311
    dates = [on(day) for day in range(84)]
    some = 0
    for _ in range(PROGRAMMES):
        told: Sequence[bool | None] = [*mornings(rng, 84)]
        worse = {on(day): was for day, was in enumerate(told) if was is not None}
        logged = {str(number): {on(day) for day in exposed(rng, 84)} for number in range(8)}
        some += any(True for _found in find(dates, worse, logged))
    assert some / PROGRAMMES <= BOUND


def test_every_source_has_its_place() -> None:
    assert len(set(SOURCES)) == len(SOURCES)
