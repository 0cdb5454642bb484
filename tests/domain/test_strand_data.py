"""Hops and runs as the clinical reference has them, number by number (b1, b4 P4, c, d)."""

from dataclasses import asdict, fields

import pytest

from custom_components.pht_rehab.domain.exercises import EXERCISES, Sides, Strand
from custom_components.pht_rehab.domain.model import Stage
from custom_components.pht_rehab.domain.protocol import LADDER
from custom_components.pht_rehab.domain.rules import RULES
from custom_components.pht_rehab.domain.strands import (
    ENERGY,
    ENERGY_INDEX,
    RUN_INDEX,
    RUNNING_RULES,
    RUNS,
    STEPS,
    Drill,
    RunningRules,
    StrandRules,
    run_gate,
)

# (b4 P4) step, exercise, sets, repetitions or contacts; a skip is in the library's metres.
ENERGY_ROWS = """
E1 fast_bridge_drop_catch 3 10
E1 a_skip 3 -
E1 pogo_hops 3 20
E2 a_skip 4 -
E2 fast_hinge_swing 3 12
E2 split_jump 3 6
E2 pogo_hops 3 10
E3 alternate_bound 3 8
E3 fast_hinge_swing 3 15
E3 split_jump 4 8
"""
GROWN_ROWS = """
E3 alternate_bound 4 10
E3 fast_hinge_swing 3 15
E3 split_jump 4 8
"""
# (d2) step, running minutes, repeats, minutes walked between, days before the next
RUN_ROWS = """
R0  -  1 0   4
R1  6  6 2   4
R2  9  6 1.5 4
R3  12 6 1   4
R4  15 5 1   4
R5  20 4 1   4
R6  21 3 1   4
R7  20 2 1   4
R8  20 1 0   4
R9  25 1 0   4
R10 30 1 0   14
R11 35 1 0   4
R12 35 1 0   4
R13 45 1 0   4
R14 40 1 0   4
R15 40 1 0   4
R16 40 1 0   4
R17 -  1 0   4
"""


def rows(text: str) -> list[str]:
    return [" ".join(row.split()) for row in text.strip().splitlines()]


def drill(step: str, item: Drill) -> str:
    return f"{step} {item.exercise} {item.sets} {'-' if item.amount is None else item.amount}"


def test_the_hops() -> None:
    assert [drill(step.id, item) for step in ENERGY for item in step.drills] == rows(ENERGY_ROWS)
    assert [drill(step.id, item) for step in ENERGY for item in step.grown] == rows(GROWN_ROWS)
    singles = [
        (step.id, item.exercise)
        for step in ENERGY
        for item in (*step.drills, *step.grown)
        if item.sides is Sides.EACH
    ]
    assert singles == [("E2", "pogo_hops")]  # "pogo single 3 x 10"


def test_every_drill_is_of_the_library_and_within_the_cap() -> None:
    """(b1) 90 degrees for the skip, 85 for the swing."""
    for step in ENERGY:
        for item in (*step.drills, *step.grown):
            exercise = EXERCISES[item.exercise]
            assert exercise.strand is Strand.ENERGY_STORAGE
            assert exercise.peak_hip_flexion <= 90
            assert (item.amount is None) == (item.exercise == "a_skip")
    assert EXERCISES["fast_hinge_swing"].peak_hip_flexion <= 85


def test_the_runs() -> None:
    found = [
        f"{run.id} {'-' if run.minutes is None else run.minutes} {run.repeats}"
        f" {run.walk_minutes} {run.leaves_after}"
        for run in RUNS
    ]
    assert found == rows(RUN_ROWS)


def test_what_a_run_asks_of_the_rest() -> None:
    """(d2) extra criteria, and the order: strides before hills before tempo and sprint."""
    p1, p3, p4, p5 = (
        Stage.ISOMETRIC, Stage.HIP_FLEXION, Stage.ENERGY_STORAGE, Stage.RETURN_TO_SPORT,
    )  # fmt: skip
    least = {run.id: run.least_stage for run in RUNS}
    assert least == {
        "R0": p1,  # (d1) track A is allowed from P1
        **{f"R{number}": p3 for number in range(1, 11)},
        "R11": p4,
        **{f"R{number}": p5 for number in range(12, 18)},
    }
    assert {run.id: run.energy for run in RUNS if run.energy} == {"R11": "E3"}
    assert [run.id for run in RUNS if run.once_a_week] == ["R14", "R15", "R16"]
    assert [run.id for run in RUNS if run.fast] == [f"R{number}" for number in range(11, 18)]
    assert [run.id for run in RUNS if run.hills] == [f"R{number}" for number in range(14, 18)]


def test_the_order_of_the_steps() -> None:
    assert list(ENERGY_INDEX) == ["E1", "E2", "E3"]
    assert list(RUN_INDEX) == [f"R{number}" for number in range(18)]
    assert [*ENERGY_INDEX.values(), *RUN_INDEX.values()] == [*range(3), *range(18)]
    assert STEPS[Strand.HAMSTRING] == tuple(step.id for step in LADDER)
    assert STEPS[Strand.ENERGY_STORAGE] == tuple(ENERGY_INDEX)
    assert STEPS[Strand.RUNNING] == tuple(RUN_INDEX)


# (c7) days that repeat, take a step, take more, restart; (c3) two steps up 4 days apart, 72 h
# after a RED; (c5) steps down on resuming; (c8) 21 days without a step.
FIGURES = {
    "energy": {
        "spacing_days": 3, "per_week": 2, "min_days": 4, "red_wait_days": 3, "plateau_days": 21,
        "gap_repeat_days": 5, "gap_step_down_days": 8, "gap_far_days": 15, "gap_far_steps": 3,
        "gap_restart_days": 29, "gap_restart_step": "E1", "gap_restart_steps": 3,
        "flare_steps_down": 1,
    },
    "runs": {
        "spacing_days": 2, "per_week": 3, "min_days": 4, "red_wait_days": 3, "plateau_days": 21,
        "gap_repeat_days": 5, "gap_step_down_days": 8, "gap_far_days": 15, "gap_far_steps": 3,
        "gap_restart_days": 29, "gap_restart_step": "R4", "gap_restart_steps": 7,
        "flare_steps_down": 2,
    },
}  # fmt: skip
WEEKLY = {"gap_repeat_days": 15, "gap_step_down_days": 15, "gap_far_days": 22}
# (d1, d2, d4, b1, b4 P6, c4, c10-48, c10-49)
RUNNING = {
    "first_frequent_step": "R10", "frequent_per_week": 4, "weekly_growth": 1.15, "easy_week": 4,
    "volume_weeks": 4, "normal_days": 28,
    "easy_week_share": 0.8, "creep_share": 0.67, "relapse_share": 0.5, "kept_share": 0.5,
    "kept_most_minutes": 45, "kept_enters_at_most": "R10", "easy_step": "R10", "much": 1.25,
    "normal_minutes": 40,
    "rest_after_step": "R12", "most_days_in_a_row": 2, "busy_week_runs": 3,
    "busy_week_strength": 2, "reds_window_days": 14, "reds": 2, "reds_steps_back": 3,
    "hard_step": "R16", "energy_shares_days": 3,
    # (b4 P6) before a jump in volume; (d3) the cadence cue
    "ahead_strength": 3, "ahead_weeks": 3, "cadence_aim": 1.05, "cadence_most": 1.1,
    "cadence_minutes": 1, "cadence_every": 5, "cadence_until_step": "R10",
    # (d3) ground and shoes; (d1) R0
    "ground_until_step": "R14", "shoes_until_step": "R10",
    "gate_walk_minutes": 30, "gate_walk_pain": 2, "gate_lunges": 10, "gate_lunges_pain": 2,
    "gate_hops": 10, "gate_hops_pain": 3,
}  # fmt: skip


@pytest.mark.parametrize("strand", FIGURES)
def test_the_figures_of_a_strand(strand: str) -> None:
    assert asdict(getattr(RULES[1], strand)) == FIGURES[strand]
    assert set(FIGURES[strand]) == {field.name for field in fields(StrandRules)}


def test_hops_once_a_week_have_a_wider_gap_table() -> None:
    assert asdict(RULES[1].energy_weekly) == FIGURES["energy"] | WEEKLY


def test_the_figures_of_running() -> None:
    assert asdict(RULES[1].running) == RUNNING
    assert set(RUNNING) == {field.name for field in fields(RunningRules)}


def test_the_steps_of_an_edition_are_those() -> None:
    assert RULES[1].run_steps == RUNS


def test_the_gate_to_running() -> None:
    """(d1) R0: all of it."""
    found = {
        line.id: (line.rule, line.test, line.target, line.pain_max, line.next_morning)
        for line in run_gate(RUNNING_RULES)
    }
    assert found == {
        "stage_passed": ("stage_passed", "", 0, 0, False),
        "test_brisk_walk": ("capacity", "brisk_walk", 30, 2, True),
        "test_forward_lunges": ("capacity", "forward_lunges", 10, 2, False),
        "test_hops": ("capacity", "hops", 10, 3, False),
        "test_symmetry": ("symmetry", "bridge_reps", 0, 0, False),
        "rest_pain": ("rest_pain", "", 0, 0, False),
        "night_waking": ("night_waking", "", 0, 0, False),
    }
