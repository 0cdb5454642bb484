"""From a dose step to exercises: what, how much, and how far the hip may bend (b1, b4, b5, h2)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import chain, combinations

import pytest

from custom_components.pht_rehab.domain.content import SESSIONS
from custom_components.pht_rehab.domain.exercises import EXERCISES, Equipment, Sides, Strand
from custom_components.pht_rehab.domain.model import DayKind, Goal, Stage
from custom_components.pht_rehab.domain.prescription import (
    Prescribed,
    minutes,
    prescribe,
    seconds_under_tension,
)
from custom_components.pht_rehab.domain.progression import Dose
from custom_components.pht_rehab.domain.protocol import LADDER, STAGES, STEP_INDEX
from custom_components.pht_rehab.domain.rules import RULES
from custom_components.pht_rehab.domain.schedule import DayPlan
from tests.domain.builders import START, History

EVERYTHING = tuple(Equipment)
KITS = [
    frozenset(kit)
    for kit in chain.from_iterable(combinations(Equipment, size) for size in range(7))
]
STEPS = [step.id for step in LADDER]


def plan(step: str, parity: int = 0, *, sets_off: int = 0, cut: bool = False) -> DayPlan:
    return DayPlan(
        on=START,
        kind=DayKind.LOADING,
        stage=LADDER[STEP_INDEX[step]].stage,
        dose=Dose(STEP_INDEX[step], sets_off, cut=cut),
        parity=parity,
    )


def items(step: str, parity: int = 0, kit: Iterable[str] = EVERYTHING) -> dict[str, Prescribed]:
    return {item.id: item for item in prescribe(RULES[1], plan(step, parity), kit, Goal.EVERYDAY)}


# (b4) step: first line, sets, repetitions, hold, effort, repetition maximum
LINES: list[tuple[str, str, int, int | None, int | None, str, int | None]] = [
    ("I0.1", "iso_bridge_double", 4, None, 20, "3", None),
    ("I0.2", "iso_bridge_double", 4, None, 30, "3-4", None),
    ("I0.3", "iso_bridge_double", 5, None, 30, "4", None),
    ("I1.1", "iso_bridge_double", 5, None, 30, "5", None),
    ("I1.2", "iso_bridge_double", 5, None, 45, "6", None),
    ("I1.3", "iso_bridge_single", 4, None, 20, "6", None),
    ("I1.4", "iso_bridge_single", 5, None, 30, "6-7", None),
    ("I1.5", "iso_long_lever_bridge", 5, None, 30, "7", None),
    ("I1.6", "iso_long_lever_bridge", 5, None, 45, "7", None),
    ("S2.1", "bridge_double_slow", 3, 15, None, "7", 15),
    ("S2.2", "bridge_single_slow", 3, 12, None, "7", 12),
    ("S2.3", "long_lever_bridge_double", 4, 10, None, "7-8", 10),
    ("S2.4", "long_lever_bridge_single", 4, 8, None, "8", 8),
    ("S3.a1", "rdl_partial", 3, 12, None, "7-8", 12),
    ("S3.a2", "rdl_partial", 4, 10, None, "7-8", 10),
    ("S3.a3", "rdl_partial", 4, 8, None, "7-8", 8),
    ("S3.b1", "rdl_full", 3, 12, None, "7-8", 12),
    ("S3.b2", "rdl_full", 4, 10, None, "7-8", 10),
    ("S3.b3", "rdl_full", 4, 8, None, "7-8", 8),
    ("S3.c1", "single_leg_rdl", 3, 12, None, "7-8", 12),
    ("S3.c2", "single_leg_rdl", 4, 10, None, "7-8", 10),
    ("S3.c3", "single_leg_rdl", 4, 8, None, "7-8", 8),
    ("S6", "single_leg_rdl", 3, 8, None, "7-8", 8),
]


def test_every_step_is_here() -> None:
    assert [line[0] for line in LINES] == STEPS == list(SESSIONS)


@pytest.mark.parametrize(("step", "first", "sets", "reps", "hold", "effort", "most"), LINES)
def test_first_line(
    step: str,
    first: str,
    sets: int,
    reps: int | None,
    hold: int | None,
    effort: str,
    most: int | None,
) -> None:
    item = prescribe(RULES[1], plan(step), EVERYTHING, Goal.EVERYDAY)[0]
    assert (item.id, item.sets, item.reps, item.hold_seconds) == (first, sets, reps, hold)
    assert (item.effort, item.repetition_maximum) == (effort, most)
    assert item.tempo == ("hold" if hold else "3-1-3")
    low, high = EXERCISES[first].rest_seconds
    assert low <= item.rest_seconds <= high


@pytest.mark.parametrize(("parity", "second"), [(0, "hip_thrust_bench"), (1, "nordic_assisted")])
def test_returning_to_sport_has_a_session_of_its_own(parity: int, second: str) -> None:
    """(b4 P5) at the amounts of S6, without the hinge of maintenance."""
    sport = replace(plan("S6", parity), stage=Stage.RETURN_TO_SPORT)
    found = prescribe(RULES[1], sport, EVERYTHING, Goal.SPORT)
    assert [item.id for item in found] == ["single_leg_rdl", second, "long_lever_bridge_single"]
    assert {(item.sets, item.reps) for item in found[:1]} == {(3, 8)}


@pytest.mark.parametrize("step", STEPS)
def test_no_load_is_too_heavy_for_its_repetitions(step: str) -> None:
    for item in prescribe(RULES[1], plan(step), EVERYTHING, Goal.EVERYDAY):
        if item.repetition_maximum is not None and item.reps is not None:
            assert item.reps <= item.repetition_maximum, item.id


@pytest.mark.parametrize(
    ("step", "parity", "lines"),
    [
        ("I0.1", 0, "iso_bridge_double"),
        ("I0.3", 1, "iso_bridge_double"),
        ("I1.1", 0, "iso_bridge_double"),
        ("I1.1", 1, "iso_bridge_double iso_prone_curl"),
        ("I1.4", 1, "iso_bridge_single iso_prone_curl"),
        ("I1.6", 1, "iso_long_lever_bridge iso_prone_curl"),
        ("S2.1", 0, "bridge_double_slow prone_curl_band standing_hip_extension_band"),
        ("S2.2", 1, "bridge_single_slow prone_curl_band standing_hip_extension_band"),
        ("S2.3", 0, "long_lever_bridge_double slider_curl_full standing_hip_extension_band"),
        ("S2.4", 0, "long_lever_bridge_single slider_curl_full standing_hip_extension_band"),
        ("S2.4", 1, "long_lever_bridge_single nordic_assisted standing_hip_extension_band"),
        ("S3.a1", 0, "rdl_partial hip_thrust_bench step_up slider_curl_full"),
        ("S3.b1", 0, "rdl_full hip_thrust_bench split_squat slider_curl_full"),
        ("S3.b1", 1, "single_leg_rdl_supported hip_thrust_bench split_squat slider_curl_full"),
        ("S3.c1", 0, "single_leg_rdl hip_thrust_bench walking_lunge slider_curl_full"),
        ("S6", 0, "single_leg_rdl slider_curl_full long_lever_bridge_single"),
        ("S6", 1, "rdl_full nordic_assisted long_lever_bridge_single"),
    ],
)
def test_lines(step: str, parity: int, lines: str) -> None:
    assert list(items(step, parity)) == lines.split()


@pytest.mark.parametrize(
    ("step", "parity", "kit", "chosen", "equipped"),
    [
        ("I1.1", 1, "band", "iso_prone_curl", True),
        ("I1.1", 1, "step", "iso_heel_press_supine", True),
        ("I1.1", 1, "", "iso_prone_curl", False),
        ("S2.1", 0, "band", "prone_curl_band", True),
        ("S2.1", 0, "band sliders", "prone_curl_band", True),
        ("S2.1", 0, "sliders", "slider_curl_eccentric", True),
        ("S2.1", 0, "", "slider_curl_eccentric", False),
        ("S2.3", 0, "band sliders", "slider_curl_full", True),
        ("S2.3", 0, "band", "prone_curl_band", True),
        ("S2.3", 0, "", "slider_curl_full", False),
        ("S2.1", 0, "step", "single_leg_calf_raise", True),
        ("S2.1", 0, "", "single_leg_calf_raise", False),
        ("S3.a1", 0, "", "rdl_partial", False),
        ("S3.a1", 0, "weights", "rdl_partial", True),
        ("S3.a1", 0, "weights", "hip_thrust_bench", False),
        ("S3.a1", 0, "weights bench", "hip_thrust_bench", True),
        ("S2.4", 1, "", "nordic_assisted", True),
    ],
)
def test_equipment_picks(step: str, parity: int, kit: str, chosen: str, *, equipped: bool) -> None:
    assert items(step, parity, kit.split())[chosen].equipped is equipped


# Loaded hip flexion (b1): 20, 30, 30 (50 passing with the knee at 90 or more), 70, 90, 100+, free


def test_caps() -> None:
    caps = {step.id: RULES[1].hip_flexion_cap(step) for step in LADDER}
    assert {caps[step] for step in STEPS if step.startswith("I0")} == {20}
    assert {caps[step] for step in STEPS if step[:2] in ("I1", "S2")} == {30}
    assert {caps[step] for step in STEPS if step.startswith("S3.a")} == {70}
    assert {caps[step] for step in STEPS if step.startswith("S3.b")} == {90}
    assert min(caps[step] or 0 for step in STEPS if step.startswith("S3.c")) >= 100
    assert caps["S6"] is None


@pytest.mark.parametrize("step", STEPS)
def test_every_equipment_set_stays_within_the_cap(step: str) -> None:
    dose = LADDER[STEP_INDEX[step]]
    cap = RULES[1].hip_flexion_cap(dose)
    passing = STAGES[dose.stage].passing_cap
    for kit in KITS:
        for parity in (0, 1):
            found = prescribe(RULES[1], plan(step, parity), kit, Goal.EVERYDAY)
            assert found
            assert len({item.id for item in found}) == len(found)
            for item in found:
                exercise = EXERCISES[item.id]
                assert item.equipped is (exercise.equipment <= kit)
                assert not exercise.is_test
                if cap is None:
                    assert item.range_limit is None
                elif item.range_limit is None:
                    shallow = replace(exercise, shallow_hip_flexion=None)
                    assert shallow.stays_within(cap, passing=passing)
                else:
                    assert item.range_limit == cap < exercise.peak_hip_flexion
                    # nothing that is held or only passed through with a straight knee
                    assert dose.stage is Stage.HIP_FLEXION


@pytest.mark.parametrize(
    ("step", "exercise", "limit"),
    [
        ("S3.a1", "rdl_partial", None),
        ("S3.a1", "step_up", 70),
        ("S3.a3", "hip_thrust_bench", None),
        ("S3.b1", "rdl_full", 90),
        ("S3.b1", "split_squat", None),
        ("S3.c1", "walking_lunge", None),
    ],
)
def test_range_limit(step: str, exercise: str, limit: int | None) -> None:
    assert items(step)[exercise].range_limit == limit


@pytest.mark.parametrize("step", STEPS)
def test_other_lines_stay_inside_the_library(step: str) -> None:
    for kit in KITS:
        for parity in (0, 1):
            for item in prescribe(RULES[1], plan(step, parity), kit, Goal.EVERYDAY)[1:]:
                exercise = EXERCISES[item.id]
                assert 1 <= item.sets <= exercise.sets[1]
                for amount, bounds in (
                    (item.reps, exercise.reps),
                    (item.hold_seconds, exercise.hold_seconds),
                ):
                    assert (amount is None) is (bounds is None)
                    if amount is not None and bounds is not None:
                        assert bounds[0] <= amount <= bounds[1]
                assert exercise.rest_seconds[0] <= item.rest_seconds <= exercise.rest_seconds[1]
                assert item.strand is exercise.strand
                assert item.sides is exercise.sides


# Sets off


@pytest.mark.parametrize("step", STEPS)
def test_a_set_off_every_line(step: str) -> None:
    whole = prescribe(RULES[1], plan(step), EVERYTHING, Goal.EVERYDAY)
    for less in (
        prescribe(RULES[1], plan(step, sets_off=1), EVERYTHING, Goal.EVERYDAY),
        prescribe(RULES[1], plan(step, cut=True), EVERYTHING, Goal.EVERYDAY),
        prescribe(
            RULES[1], plan(step, sets_off=1, cut=True), EVERYTHING, Goal.EVERYDAY
        ),  # only one
    ):
        assert [item.sets for item in less] == [max(1, item.sets - 1) for item in whole]
        assert [item.id for item in less] == [item.id for item in whole]
        assert [item.reps for item in less] == [item.reps for item in whole]


# Tests stand in place of the bridge or hinge line (c10-42)


def test_tests_replace_the_first_line() -> None:
    for step in ("S2.3", "S3.b1", "S6"):
        tested = replace(plan(step), tests=("bridge_reps",))
        assert [item.id for item in prescribe(RULES[1], tested, EVERYTHING, Goal.EVERYDAY)] == list(
            items(step)
        )[1:]


def test_a_session_of_one_line_keeps_it() -> None:
    tested = replace(plan("I1.4"), tests=("slow_bridge_reps",))
    assert [item.id for item in prescribe(RULES[1], tested, EVERYTHING, Goal.EVERYDAY)] == [
        "iso_bridge_single"
    ]


def test_light_days_have_one_hold() -> None:
    light = replace(plan("I1.2", parity=1), kind=DayKind.LIGHT, light=True)
    assert [item.id for item in prescribe(RULES[1], light, EVERYTHING, Goal.EVERYDAY)] == [
        "iso_bridge_double"
    ]


def test_days_without_hamstring_work() -> None:
    rest = replace(plan("S2.1"), kind=DayKind.REST, dose=None)
    assert prescribe(RULES[1], rest, EVERYTHING, Goal.EVERYDAY) == ()


# Companions, section b5


def strand(
    level: tuple[int | None, int | None],
    calm: int = 0,
    *,
    stage: Stage = Stage.ISOTONIC,
    days: int = 0,
    goal: Goal = Goal.EVERYDAY,
) -> list[tuple[str, int, int | None, int | None]]:
    spare = replace(
        plan("S2.1"),
        on=START + timedelta(days=days),
        stage=stage,
        dose=None,
        trunk=level[0],
        gluteal=level[1],
    )
    return [
        (item.id, item.sets, item.reps, item.hold_seconds)
        for item in prescribe(RULES[1], spare, EVERYTHING, goal, (calm, calm))
    ]


def test_trunk_levels() -> None:
    assert strand((1, None)) == [
        ("pelvic_tilt_supine", 2, 10, None),
        ("dead_bug_heel_tap", 2, 8, None),
    ]
    assert {item[0] for days in (0, 2) for item in strand((2, None), days=days)} == {
        "front_plank",
        "side_plank",
        "bird_dog",
    }
    assert strand((3, None)) == [("side_plank", 3, None, 20)]


@pytest.mark.parametrize(
    ("calm", "plank", "side_plank"),
    [(0, 20, 15), (1, 20, 15), (2, 25, 20), (9, 40, 30), (20, 45, 30)],
)
def test_holds_grow_to_their_top(calm: int, plank: int, side_plank: int) -> None:
    held = {item[0]: item[3] for days in (0, 2) for item in strand((2, None), calm, days=days)}
    assert (held["front_plank"], held["side_plank"]) == (plank, side_plank)


def test_gluteal_levels() -> None:
    assert strand((None, 1)) == [("side_lying_hip_abduction", 3, 12, None)]
    assert strand((None, 1), 20) == [("side_lying_hip_abduction", 3, 15, None)]
    assert strand((None, 1), stage=Stage.SETTLE) == [("side_lying_hip_abduction", 2, 12, None)]
    assert {item[0] for days in (0, 2) for item in strand((None, 2), days=days)} == {
        "band_side_step",
        "hip_hike_step",
    }
    assert strand((None, 3)) == [("hip_hike_step", 3, 12, None)]


@pytest.mark.parametrize(
    ("goal", "stage", "added"),
    [
        (Goal.RUNNING, Stage.ISOTONIC, True),
        (Goal.RUNNING, Stage.ISOMETRIC, True),
        (Goal.RUNNING, Stage.SETTLE, False),
        (Goal.SPORT, Stage.ISOTONIC, False),
        (Goal.EVERYDAY, Stage.ISOTONIC, False),
    ],
)
def test_runners_raise_their_heels(goal: Goal, stage: Stage, *, added: bool) -> None:
    found = [item[0] for item in strand((None, 1), stage=stage, goal=goal)]
    assert ("single_leg_calf_raise" in found) is added
    assert "single_leg_calf_raise" not in [
        item[0] for item in strand((1, None), stage=stage, goal=goal)
    ]


def test_heel_raises_are_not_asked_twice() -> None:
    both = replace(plan("S2.1"), gluteal=1)
    found = [item.id for item in prescribe(RULES[1], both, (), Goal.RUNNING)]
    assert found.count("single_leg_calf_raise") == 1


# How long it takes


def test_seconds() -> None:
    bridge = items("S2.2")["bridge_single_slow"]
    assert bridge.sides is Sides.EACH
    assert bridge.seconds == 3 * (12 * 7 * 2 + bridge.rest_seconds)
    assert bridge.loaded_seconds == 3 * 12 * 7
    hold = items("I1.2")["iso_bridge_double"]
    assert hold.seconds == 5 * (45 + 120)
    assert hold.loaded_seconds == 5 * 45
    assert minutes([bridge, hold]) == (bridge.seconds + hold.seconds) / 60


@pytest.mark.parametrize("step", STEPS)
def test_hamstring_work_takes_at_most_an_hour(step: str) -> None:
    for kit in KITS:
        assert minutes(prescribe(RULES[1], plan(step), kit, Goal.EVERYDAY)) <= 60


@pytest.mark.parametrize("stage", ["settle", "isometric", "isotonic", "hip_flexion", "maintenance"])
def test_the_first_day_of_every_stage(stage: str) -> None:
    told = History(stage=stage, equipment=[item.value for item in EVERYTHING])
    now = told.overview(0)
    lines = [name for line in SESSIONS[now.dose_step][0] for name in line]
    tested = 1 if now.plan.tests and len(lines) > 1 else 0  # in place of the first line
    assert now.items[0].prescribed.id == lines[tested]
    strands = [item.prescribed.strand for item in now.items]
    order = [Strand.HAMSTRING, Strand.TRUNK, Strand.GLUTEAL]
    assert strands == sorted(strands, key=order.index)


# Seconds under tension of a session, for the week's load


def test_seconds_under_tension_are_what_was_done_of_what_was_prescribed() -> None:
    told = History(step="S2.2", equipment=EVERYTHING).session(0, 1)
    (record,) = told.state(0).records
    # sets, repetitions, seconds each: bridge, curl, kick-back (b4, h2)
    assert seconds_under_tension(RULES[1], record) == 3 * 12 * 7 + 3 * 12 * 6 + 3 * 12 * 6
    half = History(step="S2.2", equipment=EVERYTHING).session(0, 1, done=50)
    (record,) = half.state(0).records
    assert seconds_under_tension(RULES[1], record) == (3 * 12 * 7 + 3 * 12 * 6 + 3 * 12 * 6) / 2


@pytest.mark.parametrize("step", ["I0.1", "I1.6", "S2.1", "S2.4", "S3.a2", "S3.b3", "S3.c1", "S6"])
def test_the_whole_of_a_prescription_is_its_time_under_tension(step: str) -> None:
    told = History(stage=LADDER[STEP_INDEX[step]].stage, step=step, equipment=EVERYTHING)
    asked = [item.prescribed for item in told.overview(0).items]
    told.session(0, 1)
    (record,) = told.state(0).records
    assert seconds_under_tension(RULES[1], record) == sum(
        item.loaded_seconds for item in asked if item.strand is Strand.HAMSTRING
    )


def test_a_set_less_is_less_load() -> None:
    told = History(step="S2.1", equipment=EVERYTHING).session(0, 7).calm(1, 3)
    asked = [item.prescribed for item in told.overview(4).items]
    assert [item.sets for item in asked if item.strand is Strand.HAMSTRING] == [2, 2, 2]
    told.session(4, 1)
    assert seconds_under_tension(RULES[1], told.state(4).records[-1]) == sum(
        item.loaded_seconds for item in asked if item.strand is Strand.HAMSTRING
    )


def test_the_load_of_a_week_ends_with_it() -> None:
    told = History(step="S2.2", equipment=EVERYTHING).calm(0, 2)
    once = seconds_under_tension(RULES[1], told.state(0).records[0])
    assert told.overview(0).weekly_load == once
    assert told.overview(2).weekly_load > once
    assert told.overview(7).weekly_load == told.overview(2).weekly_load - once
    assert told.overview(9).weekly_load == 0
