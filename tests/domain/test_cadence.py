"""The cue to quicker steps: its figures, and where it is off (d3)."""

import pytest

from custom_components.pht_rehab.domain.cadence import Cue, cue, kept
from custom_components.pht_rehab.domain.rules import RULES, RULES_VERSION
from custom_components.pht_rehab.domain.strands import RUN_INDEX

RULE = RULES[RULES_VERSION]


@pytest.mark.parametrize(
    ("measured", "aim", "most"),
    [(160, 168, 176), (170, 178, 187), (165, 173, 181), (150, 158, 165), (166.5, 175, 183)],
)
def test_five_percent_more_and_at_most_ten(measured: float, aim: int, most: int) -> None:
    assert cue(RULE, 5, measured, later=False) == Cue(aim, most, 1, 5)
    assert aim == pytest.approx(1.05 * measured, abs=0.51)
    assert most <= 1.1 * measured + 1e-6


def test_without_a_measured_cadence_there_is_none() -> None:
    assert cue(RULE, 5, None, later=True) is None


@pytest.mark.parametrize(
    ("step", "later", "there"),
    [
        ("R0", False, True),
        ("R10", False, True),
        ("R11", False, False),
        ("R17", False, False),
        ("R11", True, True),
        ("R10", True, True),
    ],
)
def test_off_above_the_thirty_minutes_unless_asked_for(
    step: str, *, later: bool, there: bool
) -> None:
    assert (cue(RULE, RUN_INDEX[step], 160, later=later) is not None) is there


@pytest.mark.parametrize(
    ("step", "left"),
    [
        ("R0", ["ground", "shoes"]),
        ("R9", ["ground", "shoes"]),
        ("R10", ["ground"]),
        ("R13", ["ground"]),
        ("R14", []),
        ("R17", []),
    ],
)
def test_ground_and_shoes_are_left_as_they_are_until_the_later_steps(
    step: str, left: list[str]
) -> None:
    until = {"ground": "R14", "shoes": "R10"}
    assert kept(RULE, RUN_INDEX[step]) == tuple((what, until[what]) for what in left)
