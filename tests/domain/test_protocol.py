"""The stages as the clinical reference has them, number by number (b1, b2, b4, c9, c10-41)."""

import pytest

from custom_components.pht_rehab.domain.model import Stage
from custom_components.pht_rehab.domain.protocol import LETTER_CAPS, STAGES
from custom_components.pht_rehab.domain.rules import RULES

# load test, minimum and maximum days, cap of loaded hip flexion, days without a RED
NUMBERS = {
    Stage.SETTLE: ("two_leg_bridge", 5, 21, 20, 7),
    Stage.ISOMETRIC: ("one_leg_bridges", 7, 35, 30, 7),
    Stage.ISOTONIC: ("long_lever_bridges", 21, 84, 30, 14),
    Stage.HIP_FLEXION: ("arabesques", 28, 112, None, 14),
    Stage.MAINTENANCE: ("arabesques", 0, None, None, 14),
}
# spacing in days, planned a week, at most a week; the first stages are daily
WEEKS = {
    Stage.ISOTONIC: (2, 3, 3),
    Stage.HIP_FLEXION: (2, 3, 3),
    Stage.MAINTENANCE: (3, 1, 2),
}
# criterion -> what it asks: repetitions or a score, and the pain at most
TESTS: dict[Stage, dict[str, tuple[float, float]]] = {
    Stage.ISOMETRIC: {"one_leg_bridges": (3, 0), "slow_bridge_reps": (10, 3)},
    Stage.ISOTONIC: {
        "long_lever_bridges": (3, 0), "bridge_reps": (20, 3), "long_lever_bridge_reps": (8, 3),
        "slider_lowering": (8, 3), "hip_hinge": (10, 3),
    },
    Stage.HIP_FLEXION: {
        "arabesques": (2, 0), "single_leg_rdl": (8, 3), "rdl": (8, 3), "forward_lunges": (10, 2),
        "chair_bridge_reps": (20, 3),
    },
}  # fmt: skip
SITTING = {Stage.SETTLE: 15, Stage.ISOMETRIC: 20, Stage.ISOTONIC: 30, Stage.HIP_FLEXION: 45}
FLOORS = {
    Stage.SETTLE: ("I0.3", 2, 2),
    Stage.ISOMETRIC: ("I1.4", 3, 3),
    Stage.ISOTONIC: ("S2.3", 1, 3),
    Stage.HIP_FLEXION: ("S3.c1", 3, 3),
}


@pytest.mark.parametrize("stage", NUMBERS)
def test_the_numbers_of_a_stage(stage: Stage) -> None:
    plan = RULES[1].stages[stage]
    assert plan is STAGES[stage]
    told = (plan.load_test, plan.min_days, plan.max_days, plan.hip_flexion_cap, plan.no_red_days)
    assert told == NUMBERS[stage]
    assert plan.daily == (stage not in WEEKS)
    if stage in WEEKS:
        assert (plan.spacing_days, plan.planned_per_week, plan.most_per_week) == WEEKS[stage]


@pytest.mark.parametrize("stage", FLOORS)
def test_what_leaving_a_stage_asks(stage: Stage) -> None:
    lines = STAGES[stage].exit
    tests = {line.test: (line.target, line.pain_max) for line in lines if line.test}
    assert tests == TESTS.get(stage, {})
    assert [line.target for line in lines if line.id == "sitting"] == [SITTING[stage]]
    (floor,) = (line for line in lines if line.id == "floor_step")
    assert (floor.step, floor.count, floor.within) == FLOORS[stage]
    (days,) = (line for line in lines if line.id == "days_in_stage")
    assert days.target == STAGES[stage].min_days
    (calm,) = (line for line in lines if line.id == "no_red")
    assert calm.within == STAGES[stage].no_red_days


def test_hip_flexion_by_letter() -> None:
    assert dict(LETTER_CAPS) == {"a": 70, "b": 90, "c": 110}
