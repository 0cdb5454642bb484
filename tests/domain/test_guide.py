"""A session as a flat list of steps: order of the sides, rests, tempo (h2)."""

import pytest

from custom_components.pht_rehab.domain.exercises import EXERCISES
from custom_components.pht_rehab.domain.guide import (
    READY_SECONDS,
    SWITCH_SECONDS,
    Act,
    GuideStep,
    guide,
)
from custom_components.pht_rehab.domain.prescription import Prescribed, prescribe
from custom_components.pht_rehab.domain.strands import ENERGY
from tests.domain.builders import History


def prescribed(
    exercise: str, sets: int = 2, reps: int | None = None, hold: int | None = None
) -> Prescribed:
    known = EXERCISES[exercise]
    return Prescribed(
        id=exercise,
        strand=known.strand,
        sides=known.sides,
        sets=sets,
        reps=reps,
        hold_seconds=hold,
        tempo=known.tempo,
        rest_seconds=90,
        effort=None,
        repetition_maximum=None,
        equipped=True,
    )


def brief(steps: tuple[GuideStep, ...]) -> list[tuple[str, int, int, str, float | None]]:
    return [
        (step.act.value, step.index, step.set_number, step.side, step.seconds) for step in steps
    ]


def test_both_legs_hold_and_rest_and_no_rest_at_the_end() -> None:
    steps = guide([prescribed("iso_bridge_double", hold=30)], "left")
    assert brief(steps) == [
        ("ready", 0, 1, "both", READY_SECONDS),
        ("hold", 0, 1, "both", 30),
        ("rest", 0, 1, "both", 90),
        ("hold", 0, 2, "both", 30),
    ]


@pytest.mark.parametrize(("affected", "other"), [("left", "right"), ("right", "left")])
def test_the_affected_side_goes_first(affected: str, other: str) -> None:
    steps = guide([prescribed("bridge_single_slow", reps=8)], affected)
    seconds = 8 * 7  # 3-1-3
    assert brief(steps) == [
        ("ready", 0, 1, affected, READY_SECONDS),
        ("reps", 0, 1, affected, seconds),
        ("switch", 0, 1, other, SWITCH_SECONDS),
        ("reps", 0, 1, other, seconds),
        ("rest", 0, 1, affected, 90),
        ("reps", 0, 2, affected, seconds),
        ("switch", 0, 2, other, SWITCH_SECONDS),
        ("reps", 0, 2, other, seconds),
    ]
    assert {step.tempo for step in steps if step.act is Act.REPS} == {(3, 1, 3)}
    assert {step.reps for step in steps if step.act is Act.REPS} == {8}


def test_time_to_get_ready_and_to_change_sides() -> None:
    assert (READY_SECONDS, SWITCH_SECONDS) == (10, 8)


def test_turn_and_turn_about_is_one_set() -> None:
    steps = guide([prescribed("dead_bug_heel_tap", sets=1, reps=8)], "left")
    assert brief(steps)[1:] == [("reps", 0, 1, "alternate", 2 * 8 * 6)]  # eight on each side
    assert steps[1].reps == 16


def test_a_pace_in_words_is_half_there_and_half_back() -> None:
    (_, step) = guide([prescribed("pogo_hops", sets=1, reps=10)], "left")
    assert step.tempo == (0.5, 0.0, 0.5)


def test_a_way_is_walked_until_the_person_says_so() -> None:
    way = next(name for name, one in EXERCISES.items() if one.metres is not None)
    (_, step) = guide([prescribed(way, sets=1)], "left")
    assert (step.act, step.metres, step.seconds) == (Act.WALK, EXERCISES[way].metres, None)


def test_exercises_follow_each_other_with_a_rest_between() -> None:
    items = [prescribed("iso_bridge_double", 1, hold=20), prescribed("front_plank", 1, hold=20)]
    assert [(step.act.value, step.index) for step in guide(items, "left")] == [
        ("ready", 0),
        ("hold", 0),
        ("rest", 0),
        ("ready", 1),
        ("hold", 1),
    ]
    assert guide([], "left") == ()


# Hops and runs


def energy(step: str) -> tuple[GuideStep, ...]:
    """Return the steps of a day of hops at a step of that strand."""
    told = History(stage="energy_storage", goal="running", equipment=["weights", "mat"])
    told.set_stage(0, "energy_storage", step)
    plan = told.at(0).plan
    items = prescribe(told.state(0).rules, plan, ["weights", "mat"], told.state(0).goal)
    assert plan.energy is not None
    drills = ENERGY[plan.energy.step].drills
    assert [item.id for item in items[: len(drills)]] == [drill.exercise for drill in drills]
    return guide(items[: len(drills)], "left")


@pytest.mark.parametrize(("step", "sides"), [("E1", {"both"}), ("E2", {"left", "right"})])
def test_pogo_hops_on_two_legs_and_then_on_each(step: str, sides: set[str]) -> None:
    drills = [drill.exercise for drill in ENERGY[int(step[1]) - 1].drills]
    hops = [one for one in energy(step) if one.index == drills.index("pogo_hops")]
    work = [one for one in hops if one.act is Act.REPS]
    assert {one.side for one in work} == sides
    assert {one.reps for one in work} == ({20} if step == "E1" else {10})
    assert {one.seconds for one in hops if one.act is Act.REST} <= {60}


def test_a_drill_in_metres_is_walked_until_the_person_says_so() -> None:
    skips = [one for one in energy("E1") if one.act is Act.WALK]
    assert [(one.metres, one.seconds, one.set_number) for one in skips] == [
        (20, None, 1),
        (20, None, 2),
        (20, None, 3),
    ]


def test_bounds_are_counted_together() -> None:
    bounds = [one for one in energy("E3") if one.index == 0 and one.act is Act.REPS]
    assert {(one.side, one.reps) for one in bounds} == {("both", 8)}
