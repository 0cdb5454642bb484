"""The trunk and gluteal strands beside the hamstring work (b5, c10-30)."""

import itertools
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pytest

from custom_components.pht_rehab.domain import companions
from custom_components.pht_rehab.domain.exercises import EXERCISES, Strand
from custom_components.pht_rehab.domain.model import DayKind
from custom_components.pht_rehab.domain.pair import work_of
from custom_components.pht_rehab.domain.planner import plan_day
from custom_components.pht_rehab.domain.prescription import Prescribed, minutes
from custom_components.pht_rehab.domain.records import SessionRecord
from custom_components.pht_rehab.domain.state import Creep, State
from tests.domain.builders import History
from tests.domain.standing import P2, P3, TODAY, ago, done, standing, strengthened

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TRAINING = {
    2: ("mon", "thu"),
    3: ("mon", "wed", "fri"),
    4: ("mon", "tue", "thu", "sat"),
    5: ("mon", "tue", "wed", "thu", "fri"),
    7: WEEK,
}
EVERYTHING = ("mat", "band", "weights", "step", "bench", "sliders")
STAGES = {
    "settle": "I0.1",
    "isometric": "I1.1",
    "isotonic": "S2.1",
    "hip_flexion": "S3.a1",
    "maintenance": "S6",
}


class Day(NamedTuple):
    """What one day asked."""

    on: date
    number: int
    kind: DayKind
    trunk: int | None
    gluteal: int | None
    raised_on: date | None
    items: tuple[Prescribed, ...]


def live(told: History, first: int, last: int) -> list[Day]:
    """Live calm days and note what each asked."""
    lived = []
    for day in range(first, last + 1):
        if day and told.at(day, "06:00").plan.morning_test is not None:
            told.morning(day)
        now = told.at(day)
        items = work_of(now.state, now.plan)
        if items:
            told.session(day, 1, 1)
        lived.append(
            Day(
                told.on(day),
                day,
                now.plan.kind,
                now.plan.trunk,
                now.plan.gluteal,
                told.state(day).raised_on,
                items,
            )
        )
    return lived


def course(
    stage: str, count: int = 3, *, goal: str = "everyday", equipment: tuple[str, ...] = EVERYTHING
) -> list[Day]:
    told = History(stage=stage, days=TRAINING[count], goal=goal, equipment=equipment)
    return live(told, 0, 41)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("count", TRAINING)
def test_spacing_week_and_length_of_day(stage: str, count: int) -> None:
    days = course(stage, count)
    for name in ("trunk", "gluteal"):
        on = [day.number for day in days if getattr(day, name) is not None]
        assert all(later - earlier >= 2 for earlier, later in itertools.pairwise(on))
        assert all(sum(first <= day < first + 7 for day in on) <= 3 for first in range(36))
        # two to three times a week, once the week has room for it
        weeks = [sum(7 * week <= day < 7 * week + 7 for day in on) for week in range(1, 6)]
        assert min(weeks) >= 2
    assert all(minutes(day.items) <= 75 for day in days)


@pytest.mark.parametrize("equipment", [(), ("mat",), ("band",), ("mat", "step"), EVERYTHING])
@pytest.mark.parametrize("count", [3, 5, 7])
def test_no_long_day_and_no_strand_forgotten_with_any_equipment(
    equipment: tuple[str, ...], count: int
) -> None:
    for stage in ("isotonic", "hip_flexion"):
        days = course(stage, count, equipment=equipment)
        assert all(minutes(day.items) <= 75 for day in days)
        for name in ("trunk", "gluteal"):
            last_weeks = [day for day in days if day.number >= 28 and getattr(day, name)]
            assert len(last_weeks) >= 4


@pytest.mark.parametrize(("count", "most"), [(3, 80), (5, 75), (7, 75)])
def test_the_calf_raise_of_runners_makes_the_longest_day(count: int, most: int) -> None:
    days = course("hip_flexion", count, goal="running")
    assert all(minutes(day.items) <= most for day in days)
    assert any(item.id == "single_leg_calf_raise" for day in days for item in day.items)


@pytest.mark.parametrize("stage", ["settle", "isometric"])
def test_alternating_in_the_daily_stages(stage: str) -> None:
    for day in course(stage):
        assert day.trunk is None or day.gluteal is None
        assert day.kind is DayKind.LOADING


@pytest.mark.parametrize("count", [2, 3, 4])
def test_after_the_hamstring_work_with_few_training_days(count: int) -> None:
    for day in course("isotonic", count):
        if day.trunk is not None and count < 4:
            assert day.kind is DayKind.LOADING


@pytest.mark.parametrize("count", [5, 7])
def test_on_spare_training_days_if_there_are_two(count: int) -> None:
    spare = [day for day in course("isotonic", count) if day.trunk or day.gluteal]
    assert spare
    for day in spare:
        assert day.kind is DayKind.LIGHT
        assert all(item.strand is not Strand.HAMSTRING for item in day.items)
        assert WEEK[day.on.weekday()] in TRAINING[count]


def test_days_that_are_no_training_days_stay_free() -> None:
    for day in course("isotonic", 4):
        if WEEK[day.on.weekday()] not in TRAINING[4]:
            assert day.items == ()


@pytest.mark.parametrize(
    ("stage", "top"),
    [("settle", 1), ("isometric", 2), ("isotonic", 2), ("hip_flexion", 3), ("maintenance", 3)],
)
def test_levels_by_stage(stage: str, top: int) -> None:
    told = History(stage=stage, days=TRAINING[3], equipment=EVERYTHING)
    days = live(told, 0, 83)
    for name in ("trunk", "gluteal"):
        levels = [getattr(day, name) for day in days if getattr(day, name) is not None]
        assert levels[0] == 1
        assert all(later - earlier in (0, 1) for earlier, later in itertools.pairwise(levels))
        if stage != "maintenance":
            assert max(levels) == top


def changes(days: list[Day], name: str) -> list[Day]:
    level = 1
    found = []
    for day in days:
        now = getattr(day, name)
        if now is not None and now > level:
            found.append(day)
            level = now
    return found


@pytest.mark.parametrize("stage", ["isometric", "isotonic", "hip_flexion"])
@pytest.mark.parametrize("count", [3, 7])
def test_one_change_at_a_time(stage: str, count: int) -> None:
    days = course(stage, count)
    rises = [day for name in ("trunk", "gluteal") for day in changes(days, name)]
    assert rises
    dates = sorted(day.on for day in rises)
    assert all((later - earlier).days >= 3 for earlier, later in itertools.pairwise(dates))
    for day in rises:
        before = days[day.number - 1].raised_on if day.number else None
        assert before is None or (day.on - before).days >= 3  # 72 h after a hamstring step up


def test_two_calm_sessions_at_the_first_level() -> None:
    told = History(stage="isotonic", step="S2.4", days=TRAINING[3], equipment=EVERYTHING)
    days = live(told, 0, 7)
    assert [(day.number, day.trunk, day.gluteal) for day in days if day.trunk] == [
        (0, 1, 1),
        (2, 1, 1),
        (4, 2, 1),  # one strand at a time,
        (7, 2, 2),  # three days apart
    ]


def test_no_level_rises_on_the_day_the_dose_does() -> None:
    """(c3, c10-30) one change at a time."""
    told = History(stage="isotonic", step="S2.1", days=TRAINING[3], equipment=EVERYTHING)
    days = live(told, 0, 16)
    assert told.planned(4) == "S2.2"
    found = [(day.number, day.trunk, day.gluteal) for day in days if day.trunk]
    assert found[:4] == [(0, 1, 1), (2, 1, 1), (4, 1, 1), (7, 2, 1)]
    for day in (day for name in ("trunk", "gluteal") for day in changes(days, name)):
        assert day.raised_on != day.on


@pytest.mark.parametrize(("own", "level"), [(1, 2), (2, 1), (3, 1)])
def test_nor_on_the_day_a_run_does(own: int, level: int) -> None:
    state = standing(P3, run="R5", days=("mon", "wed", "fri"))
    state.trunk.greens = 2
    state.running.streak, state.running.step_since = own, ago(9)
    done(state, state.running, 2, minutes=20)
    plan = plan_day(state, TODAY, settled=True)
    assert plan.run is not None
    assert (plan.run.rises, plan.trunk) == (level == 1, level)


@pytest.mark.parametrize(("score", "level"), [(3, 2), (4, 1)])
def test_what_holds_every_strand_holds_their_levels_too(score: float, level: int) -> None:
    """(c10-23) by the guard a steady 4 blocks every step up."""
    told = History(
        stage="isotonic", step="S2.4", days=TRAINING[3], equipment=EVERYTHING, morning_pain=score
    )
    live(told, 0, 3)
    told.morning(4)
    assert told.state(4).trunk.greens == 2
    assert told.at(4).plan.trunk == level


@pytest.mark.parametrize(("held", "seconds"), [(False, 30), (True, 20)])
def test_and_their_amounts(seconds: int, *, held: bool) -> None:
    """(c4) no progression anywhere; what was calm meanwhile counts afterwards (c10-37)."""
    told = History(step="S2.4", days=TRAINING[3], equipment=EVERYTHING)
    state = told.state(0)
    state.trunk.level = 2
    state.creep = Creep(told.on(0), told.on(0)) if held else None
    for day in (0, 2, 4, 6):
        companions.take_verdict(state, calm_trunk(told.on(day)))
    assert amounts(state)["front_plank"] == seconds
    state.creep = None
    assert amounts(state)["front_plank"] == seconds
    companions.take_verdict(state, calm_trunk(told.on(8)))
    assert amounts(state)["front_plank"] == 30


def calm_trunk(on: date) -> SessionRecord:
    state = standing(P2, run=None)
    record = strengthened(state, 1)
    return replace(record, on=on, companions=("trunk",))


def amounts(state: State) -> dict[str, int | None]:
    plan = replace(plan_day(state, state.day, settled=True), trunk=2)
    return {item.id: item.hold_seconds or item.reps for item in work_of(state, plan)}


def test_a_session_that_is_not_green_starts_the_count_anew() -> None:
    told = History(step="S2.4", equipment=EVERYTHING).session(0, 1).morning(1).morning(2)
    told.session(2, 4).morning(3).morning(4)
    assert told.state(4).trunk.greens == 0
    assert told.at(4).plan.trunk == 1


def test_an_information_gap_is_neutral() -> None:
    told = History(step="S2.4", equipment=EVERYTHING).session(0, 1).morning(1).morning(2)
    told.session(2, None).morning(3)
    assert told.state(3).trunk.greens == 1


def spare(*pains: float | None) -> History:
    """Level 2 in both strands, then companions alone on Tuesdays and Thursdays."""
    told = History(step="S2.4", days=WEEK, equipment=EVERYTHING)
    live(told, 0, 13)
    assert (told.state(13).trunk.level, told.state(13).gluteal.level) == (2, 2)
    day = 14
    for pain in pains:
        while told.kind(day) is not DayKind.LIGHT:
            live(told, day, day)
            day += 1
        told.morning(day).session(day, pain).morning(day + 1)
        day += 1
    return told


@pytest.mark.parametrize(("pain", "level"), [(3, 2), (3.5, 1), (None, 2)])
def test_sore_on_their_own_swaps_to_the_level_before(pain: float | None, level: int) -> None:
    told = spare(pain)
    state = told.state(told.last)
    assert (state.trunk.level, state.gluteal.level) == (level, level)


def test_companions_alone_leave_the_dose_alone() -> None:
    told = spare(5)
    assert told.step(told.last) == "S2.4"
    assert told.state(told.last).red_wait is None
    sore = next(item for item in reversed(told.state(told.last).records) if not item.share)
    assert sore.hamstring is False


def test_reds_of_companions_alone_are_no_flare_up() -> None:
    told = spare(7, 7)
    state = told.state(told.last)
    alone = [record.response.value for record in state.records if not record.share]
    assert alone[-2:] == ["red", "red"]
    assert (state.flare, state.red_wait, state.dose.id) == (None, None, "S2.4")


@pytest.mark.parametrize(("pain", "asked"), [(5, False), (6, True)])
def test_a_red_of_companions_alone_asks_the_screening_questions_too(
    pain: float, *, asked: bool
) -> None:
    """(g1) after any RED."""
    told = spare(pain)
    assert ("screening" in told.state(told.last).reviews) is asked


def test_one_strand_alone_is_a_session_of_its_own() -> None:
    told = spare()
    day = 14
    while told.kind(day) is not DayKind.LIGHT:
        live(told, day, day)
        day += 1
    trunk = [
        item.id
        for item in work_of(told.state(day), told.at(day).plan)
        if item.strand is Strand.TRUNK
    ]
    told.session(day, None, exercises=trunk)
    assert told.state(day).records[-1].companions == ("trunk",)
    assert told.state(day).trunk.days[-1] == told.on(day)
    assert told.state(day).gluteal.days[-1] < told.on(day)


def test_they_never_gate() -> None:
    def trail(*, without: bool) -> list[tuple[str, list[bool | None]]]:
        told = History(step="S2.1", equipment=EVERYTHING)
        lived = []
        for day in range(28):
            if day:
                told.morning(day)
            now = told.at(day)
            if now.plan.dose is not None:
                names = [
                    item.id
                    for item in work_of(now.state, now.plan)
                    if item.strand is Strand.HAMSTRING or not without
                ]
                told.session(day, 1, 1, exercises=names)
            criteria = [line.met for line in told.overview(day).criteria]
            lived.append((told.step(day), criteria))
        return lived

    assert trail(without=True) == trail(without=False)


def test_a_flare_leaves_the_first_trunk_level() -> None:
    told = spare()
    told.quiet(14, 20).morning(21, 7)
    for day in range(21, 25):
        plan = told.at(day).plan
        assert plan.gluteal is None
        assert plan.trunk in (None, 1)
    assert any(told.at(day).plan.trunk for day in range(21, 25))


def test_a_hold_lets_no_level_rise() -> None:
    told = History(step="S2.4", equipment=EVERYTHING).session(0, 1).morning(1).morning(2)
    told.session(2, 1).morning(3, 7).mornings(4, 1, 1)
    assert told.state(5).hold_until == told.on(11)
    levels = [day.trunk for day in live(told, 6, 11) if day.trunk]
    assert levels
    assert set(levels) == {1}


def test_the_calf_raise_of_p2_is_no_gluteal_session() -> None:
    # Without a band the third line of P2 is the calf raise; the gluteal days stay what they are.
    assert EXERCISES["single_leg_calf_raise"].strand is Strand.GLUTEAL
    told = History(step="S2.2", days=TRAINING[5], equipment=("mat", "step"))
    days = live(told, 0, 20)
    loading = [day for day in days if day.kind is DayKind.LOADING]
    assert all("single_leg_calf_raise" in [item.id for item in day.items] for day in loading)
    gluteal = {day.on for day in days if day.gluteal}
    assert len(gluteal) >= 4
    assert set(told.state(20).gluteal.days) <= gluteal
