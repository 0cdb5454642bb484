"""The stages as the clinical reference has them, number by number (b1, b2, b4, c3, c9, c10)."""

from dataclasses import asdict

import pytest

from custom_components.pht_rehab.domain.model import Goal, Stage
from custom_components.pht_rehab.domain.protocol import (
    CAPACITY_TESTS,
    COURSES,
    EASY_TESTS,
    FIRST_STEP,
    LADDER,
    LAST_STEP,
    LETTER_CAPS,
    LOAD_TESTS,
    MAINTENANCE_TEST,
    STAGES,
    STEP_INDEX,
    TEST_OPENS,
    below,
    exit_list,
    next_stage,
    stage_of,
)
from custom_components.pht_rehab.domain.rules import RULES

# One row a stage, read from (b1), (c8), (c9) and (c10-39).
COLUMNS = (
    "load_test", "min_days", "max_days", "hip_flexion_cap", "passing_cap", "daily",
    "spacing_days", "planned_per_week", "most_per_week", "rest_seconds", "tempo",
    "plateau_days", "no_red_days", "landing", "energy_per_week", "energy_apart",
)  # fmt: skip
ROWS = {
    Stage.SETTLE: (
        "two_leg_bridge", 5, 21, 20, 50, True, 1, 7, 7, 90, "hold", None, 7, "I0.1", 0, False,
    ),
    Stage.ISOMETRIC: (
        "one_leg_bridges", 7, 35, 30, 50, True, 1, 7, 7, 120, "hold", 14, 7, "I0.2", 0, False,
    ),
    Stage.ISOTONIC: (
        "long_lever_bridges", 21, 84, 30, 50, False, 2, 3, 3, 150, "3-1-3", 21, 14, "I1.3",
        0, False,
    ),
    Stage.HIP_FLEXION: (
        "arabesques", 28, 112, None, None, False, 2, 3, 3, 120, "3-1-3", 21, 14, "S2.2", 0, False,
    ),
    Stage.ENERGY_STORAGE: (
        "arabesques", 21, 70, 90, None, False, 2, 2, 2, 120, "3-1-3", 21, 14, "S3.b1", 2, True,
    ),
    Stage.RETURN_TO_SPORT: (
        "arabesques", 28, None, None, None, False, 2, 2, 2, 150, "2-1-3", None, 14, "S3.c1", 1,
        False,
    ),
    Stage.MAINTENANCE: (
        "arabesques", 0, None, None, None, False, 3, 1, 2, 120, "2-1-3", None, 14, "S3.b1",
        0, False,
    ),
}  # fmt: skip

# The lines every stage up asks (c3, c10-26), with days without a RED and days in the stage.
COMMON = """
days_in_stage       days_in_stage         target={days}
last_sessions_green last_sessions_green   count=3
no_red              no_red                within={no_red}
adherence           adherence             target=75
sessions_in_14_days sessions              target=3 within=14
calm                calm
"""
# What leaving a stage asks besides (b4, c10-41), one line each: id, rule, figures.
EXITS = {
    Stage.SETTLE: """
calm_mornings       calm_mornings         count=3 within=5 target=3
rest_pain           rest_pain             target=2
floor_step          floor_step            step=I0.3 count=2 within=2
sitting             sitting               target=15
"""
    + COMMON.format(days=5, no_red=7),
    Stage.ISOMETRIC: """
load_test           load_test             test=one_leg_bridges target=3
floor_step          floor_step            step=I1.4 count=3 within=3
test_slow_bridge_reps capacity            test=slow_bridge_reps target=10 pain_max=3
night_waking        night_waking
sitting             sitting               target=20
"""
    + COMMON.format(days=7, no_red=7),
    Stage.ISOTONIC: """
load_test           load_test             test=long_lever_bridges target=3
floor_step          floor_step            step=S2.3 count=1 within=3
test_bridge_reps    capacity              test=bridge_reps target=20 pain_max=3 symmetry
test_long_lever_bridge_reps capacity      test=long_lever_bridge_reps target=8 pain_max=3
test_slider_lowering capacity             test=slider_lowering target=8 pain_max=3
test_hip_hinge      capacity              test=hip_hinge target=10 pain_max=3 next_morning
sitting             sitting               target=30
"""
    + COMMON.format(days=21, no_red=14),
    Stage.HIP_FLEXION: """
load_test           load_test             test=arabesques target=2
floor_step          floor_step            step=S3.c1 count=3 within=3
test_single_leg_rdl capacity              test=single_leg_rdl target=8 pain_max=3
test_rdl            capacity              test=rdl target=8 pain_max=3
test_forward_lunges capacity              test=forward_lunges target=10 pain_max=2
test_chair_bridge_reps capacity           test=chair_bridge_reps target=20 pain_max=3 symmetry
sitting             sitting               target=45
"""
    + COMMON.format(days=28, no_red=14),
    # (c10-48) the strides are those of R11, or a test of their own
    Stage.ENERGY_STORAGE: """
load_test           load_test             test=arabesques target=2
energy_step         energy_step           step=E3 count=3 within=3
strides             strides               test=strides step=R11 pain_max=2
run_step            run_step              step=R9
"""
    + COMMON.format(days=21, no_red=14),
    # (c10-43) a steady 2 serves as well as 1
    Stage.RETURN_TO_SPORT: """
load_test           load_test_or_steady   test=arabesques target=1 pain_max=2
test_chair_bridge_reps capacity           test=chair_bridge_reps target=25 pain_max=3 symmetry
weekly_check        weekly_check          target=85
steady_weeks        steady_weeks          count=4 target=1
hardest_run         hardest_run           step=R16 pain_max=2
"""
    + COMMON.format(days=28, no_red=14),
    Stage.MAINTENANCE: "",
}
STEADY = "load_test load_test_or_steady test=arabesques target=2 pain_max=3"

# The ladder: step, stage, sets, repetitions, seconds held, effort, repetition maximum (b4).
LADDER_ROWS = """
I0.1  settle      4 -  20 3    -
I0.2  settle      4 -  30 3-4  -
I0.3  settle      5 -  30 4    -
I1.1  isometric   5 -  30 5    -
I1.2  isometric   5 -  45 6    -
I1.3  isometric   4 -  20 6    -
I1.4  isometric   5 -  30 6-7  -
I1.5  isometric   5 -  30 7    -
I1.6  isometric   5 -  45 7    -
S2.1  isotonic    3 15 -  7    15
S2.2  isotonic    3 12 -  7    12
S2.3  isotonic    4 10 -  7-8  10
S2.4  isotonic    4 8  -  8    8
S3.a1 hip_flexion 3 12 -  7-8  12
S3.a2 hip_flexion 4 10 -  7-8  10
S3.a3 hip_flexion 4 8  -  7-8  8
S3.b1 hip_flexion 3 12 -  7-8  12
S3.b2 hip_flexion 4 10 -  7-8  10
S3.b3 hip_flexion 4 8  -  7-8  8
S3.c1 hip_flexion 3 12 -  7-8  12
S3.c2 hip_flexion 4 10 -  7-8  10
S3.c3 hip_flexion 4 8  -  7-8  8
S6    maintenance 3 8  -  7-8  8
"""


def line(text: str) -> dict[str, object]:
    """Read one line of an exit list."""
    id_, rule, *figures = text.split()
    found: dict[str, object] = {
        "id": id_, "rule": rule, "target": 0, "count": 0, "within": 0, "step": "", "test": "",
        "pain_max": 0, "symmetry": False, "next_morning": False,
    }  # fmt: skip
    for figure in figures:
        name, _, value = figure.partition("=")
        assert name in found
        number = float(value) if value.isdecimal() else value
        found[name] = number if value else True
    return found


def lines(text: str) -> list[dict[str, object]]:
    return [line(row) for row in text.strip().splitlines() if row]


def test_the_ladder() -> None:
    found = [
        " ".join(
            "-" if value is None else str(value)
            for value in (
                step.id,
                step.stage,
                step.sets,
                step.reps,
                step.hold_seconds,
                step.effort,
                step.repetition_maximum,
            )
        )
        for step in LADDER
    ]
    assert found == [" ".join(row.split()) for row in LADDER_ROWS.strip().splitlines()]


def test_places_on_the_ladder() -> None:
    ids = [row.split()[0] for row in LADDER_ROWS.strip().splitlines()]
    assert [STEP_INDEX[step] for step in ids] == list(range(23))
    ends = {stage: (ids[FIRST_STEP[stage]], ids[LAST_STEP[stage]]) for stage in FIRST_STEP}
    assert ends == {
        Stage.SETTLE: ("I0.1", "I0.3"),
        Stage.ISOMETRIC: ("I1.1", "I1.6"),
        Stage.ISOTONIC: ("S2.1", "S2.4"),
        Stage.HIP_FLEXION: ("S3.a1", "S3.c3"),
        Stage.ENERGY_STORAGE: ("S3.c1", "S3.c3"),
        Stage.RETURN_TO_SPORT: ("S6", "S6"),
        Stage.MAINTENANCE: ("S6", "S6"),
    }


def test_every_stage_with_a_plan_has_its_row() -> None:
    assert list(STAGES) == list(ROWS) == list(EXITS)


@pytest.mark.parametrize("stage", ROWS)
def test_the_numbers_of_a_stage(stage: Stage) -> None:
    plan = RULES[1].stages[stage]
    assert plan is STAGES[stage]
    found = {name: getattr(plan, name) for name in COLUMNS}
    assert found == dict(zip(COLUMNS, ROWS[stage], strict=True))


@pytest.mark.parametrize("stage", EXITS)
def test_what_leaving_a_stage_asks(stage: Stage) -> None:
    assert [asdict(item) for item in STAGES[stage].exit] == lines(EXITS[stage])


@pytest.mark.parametrize(
    ("goal", "first"),
    [(Goal.EVERYDAY, STEADY), (Goal.RUNNING, None), (Goal.SPORT, None)],
)
def test_a_steady_low_score_serves_on_the_way_to_maintenance(goal: Goal, first: str | None) -> None:
    """(c10-43) P3 to P6 only; P3 to P4 keeps 2."""
    stage = Stage.HIP_FLEXION
    found = [asdict(item) for item in exit_list(STAGES[stage], stage, goal)]
    asked = lines(EXITS[stage])
    assert found == ([line(first), *asked[1:]] if first else asked)


@pytest.mark.parametrize("stage", [Stage.SETTLE, Stage.ISOMETRIC, Stage.ISOTONIC])
@pytest.mark.parametrize("goal", Goal)
def test_the_goal_changes_nothing_below_hip_flexion(stage: Stage, goal: Goal) -> None:
    assert exit_list(STAGES[stage], stage, goal) == STAGES[stage].exit


@pytest.mark.parametrize("goal", Goal)
def test_only_runners_are_asked_for_a_running_step(goal: Goal) -> None:
    stage = Stage.ENERGY_STORAGE
    found = [item.id for item in exit_list(STAGES[stage], stage, goal)]
    assert ("run_step" in found) == (goal is Goal.RUNNING)
    assert [item for item in found if item != "run_step"] == [
        item.id for item in STAGES[stage].exit if item.id != "run_step"
    ]


@pytest.mark.parametrize(
    ("step", "current", "belongs"),
    [
        ("S3.b3", Stage.ENERGY_STORAGE, Stage.HIP_FLEXION),
        ("S3.c1", Stage.ENERGY_STORAGE, Stage.ENERGY_STORAGE),
        ("S3.c3", Stage.ENERGY_STORAGE, Stage.ENERGY_STORAGE),
        ("S6", Stage.ENERGY_STORAGE, Stage.MAINTENANCE),
        ("S3.b3", Stage.RETURN_TO_SPORT, Stage.HIP_FLEXION),
        ("S3.c1", Stage.RETURN_TO_SPORT, Stage.ENERGY_STORAGE),
        ("S3.c3", Stage.RETURN_TO_SPORT, Stage.ENERGY_STORAGE),
        ("S6", Stage.RETURN_TO_SPORT, Stage.RETURN_TO_SPORT),
        ("S3.c3", Stage.MAINTENANCE, Stage.HIP_FLEXION),
        ("S3.c3", Stage.HIP_FLEXION, Stage.HIP_FLEXION),
        ("I0.1", Stage.RETURN_TO_SPORT, Stage.SETTLE),
    ],
)
def test_whose_strength_a_step_is(step: str, current: Stage, belongs: Stage) -> None:
    assert stage_of(STEP_INDEX[step], current) is belongs


def test_hip_flexion_by_letter() -> None:
    assert dict(LETTER_CAPS) == {"a": 70, "b": 90, "c": 110}


def test_the_tests_of_the_programme() -> None:
    """(b2) T1 to T4, easiest first; the heavy hinge tests open late (c10-10)."""
    assert LOAD_TESTS == ("two_leg_bridge", "one_leg_bridges", "long_lever_bridges", "arabesques")
    assert [below(test) for test in LOAD_TESTS] == [LOAD_TESTS[0], *LOAD_TESTS[:3]]
    assert dict(TEST_OPENS) == {"single_leg_rdl": "S3.c1", "rdl": "S3.c1"}
    assert MAINTENANCE_TEST == "chair_bridge_reps"
    asked = {str(row["test"]) for text in EXITS.values() for row in lines(text)}
    assert asked - {"", *LOAD_TESTS} <= set(CAPACITY_TESTS)
    assert {"brisk_walk", "forward_lunges", "hops", "strides"} == EASY_TESTS
    assert set(CAPACITY_TESTS) >= EASY_TESTS


ALL = list(Stage)
SHORT = [ALL[0], ALL[1], ALL[2], ALL[3], ALL[6]]


@pytest.mark.parametrize(
    ("goal", "course"), [(Goal.EVERYDAY, SHORT), (Goal.RUNNING, ALL), (Goal.SPORT, ALL)]
)
def test_the_course_of_a_goal(goal: Goal, course: list[Stage]) -> None:
    assert list(COURSES[goal]) == course
    climbed = [next_stage(stage, goal) for stage in course]
    assert climbed == [*course[1:], None]


@pytest.mark.parametrize("stage", [Stage.ENERGY_STORAGE, Stage.RETURN_TO_SPORT])
def test_a_goal_changed_on_the_long_course_leads_on_to_maintenance(stage: Stage) -> None:
    assert next_stage(stage, Goal.EVERYDAY) is Stage.MAINTENANCE
