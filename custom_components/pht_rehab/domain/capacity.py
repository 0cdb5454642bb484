"""What each load and capacity test is made of, as a form asks for it (b2, b4, d)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import floor
from types import MappingProxyType
from typing import Final


class Unit(StrEnum):
    """What the value of a test counts."""

    REPS = "reps"
    SECONDS = "seconds"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True, kw_only=True)
class TestForm:
    """``exercise`` shows how it is done, None where no picture does.

    ``unit`` is None where only pain is asked; ``sided``: the other side is measured as well.
    """

    __test__ = False  # not a test case, whatever pytest thinks of its name

    exercise: str | None
    unit: Unit | None = None
    sided: bool = False


def _reps(exercise: str | None, *, sided: bool = False) -> TestForm:
    return TestForm(exercise=exercise, unit=Unit.REPS, sided=sided)


TEST_FORMS: Final[Mapping[str, TestForm]] = MappingProxyType(
    {
        "two_leg_bridge": TestForm(exercise="iso_bridge_double"),
        "one_leg_bridges": TestForm(exercise="bridge_single_slow"),
        "long_lever_bridges": TestForm(exercise="long_lever_bridge_single"),
        "arabesques": TestForm(exercise="arabesque_test"),
        "bridge_reps": _reps("bridge_single_slow", sided=True),
        "chair_bridge_reps": _reps(None, sided=True),
        "long_lever_hold": TestForm(
            exercise="long_lever_bridge_single", unit=Unit.SECONDS, sided=True
        ),
        "slow_bridge_reps": _reps("bridge_single_slow"),
        "long_lever_bridge_reps": _reps("long_lever_bridge_single"),
        "slider_lowering": _reps("slider_curl_eccentric"),
        "hip_hinge": _reps("hip_hinge_dowel"),
        "single_leg_rdl": _reps("single_leg_rdl"),
        "rdl": _reps("rdl_full"),
        "forward_lunges": _reps("walking_lunge"),
        "strides": _reps(None),
        "brisk_walk": TestForm(exercise=None, unit=Unit.MINUTES),
        "hops": _reps("pogo_hops"),
    }
)
"""Every test there is; T1 to T4 first. C1 to C3 compare the sides."""


def symmetry(value: float | None, other: float | None) -> int | None:
    """Return a result in per cent of the other side's, None without both.

    Rounded down, so that what falls short of a criterion never looks as if it met it.
    """
    if value is None or other is None:
        return None
    return floor(100 * value / other) if other else 100
