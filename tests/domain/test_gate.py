"""The gate back to running: how near the two sides have to be (d1)."""

import pytest

from custom_components.pht_rehab.domain.criteria import gate
from custom_components.pht_rehab.domain.exit_line import Result
from tests.domain.builders import History


def symmetry(told: History, day: int = 0) -> Result:
    lines = gate(told.state(day), told.on(day))
    return next(line for line in lines if line.id == "test_symmetry")


@pytest.mark.parametrize(
    ("value", "other", "met", "percent"),
    [(18, 20, True, 90), (17, 20, False, 85), (57, 100, False, 57), (25, 20, True, 125)],
)
def test_in_per_cent_of_the_other_side(
    value: float, other: float, percent: int, *, met: bool
) -> None:
    told = History(stage="hip_flexion", goal="running")
    told.test(0, "bridge_reps", value, other=other, pain=1)
    line = symmetry(told)
    assert (line.met, line.value, line.target) == (met, percent, 90)


def test_of_nothing_on_either_side_nothing_is_missing() -> None:
    told = History(stage="hip_flexion", goal="running").test(0, "bridge_reps", 0, other=0, pain=1)
    assert (symmetry(told).met, symmetry(told).value) == (True, 100)


def test_one_side_alone_says_nothing() -> None:
    told = History(stage="hip_flexion", goal="running").test(0, "bridge_reps", 20, pain=1)
    assert (symmetry(told).met, symmetry(told).value) == (None, None)


@pytest.mark.parametrize(("day", "met"), [(27, True), (28, None)])
def test_it_counts_for_four_weeks(day: int, *, met: bool | None) -> None:
    told = History(stage="hip_flexion", goal="running")
    told.test(0, "bridge_reps", 20, other=20, pain=1)
    assert symmetry(told, day).met is met
