"""What each dose step prescribes, and the companions beside it, as data (b4, b5).

A line of a session lists its exercises by preference: the first one the person's equipment
allows is taken, else the last with its no-equipment version.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

type Line = tuple[str, ...]
type Lines = tuple[tuple[Line, ...], tuple[Line, ...]]
type Levels = Mapping[int, tuple[tuple[CompanionDose, ...], ...]]

_CURL: Final[Line] = ("prone_curl_band", "slider_curl_eccentric")
_CURL_LATE: Final[Line] = ("slider_curl_full", "prone_curl_band", "slider_curl_full")
_ACCESSORY: Final[Line] = ("standing_hip_extension_band", "single_leg_calf_raise")
_SECOND_HOLD: Final[Line] = ("iso_prone_curl", "iso_heel_press_supine", "iso_prone_curl")
_NEUTRAL: Final[Line] = ("slider_curl_full",)
_NORDIC: Final[Line] = ("nordic_assisted",)
_THRUST: Final[Line] = ("hip_thrust_bench",)

SESSIONS: Final[Mapping[str, Lines]] = MappingProxyType(
    {
        **{f"I0.{n}": ((("iso_bridge_double",),),) * 2 for n in (1, 2, 3)},
        **{
            f"I1.{n}": (((hold,),), ((hold,), _SECOND_HOLD))
            for n, hold in (
                (1, "iso_bridge_double"),
                (2, "iso_bridge_double"),
                (3, "iso_bridge_single"),
                (4, "iso_bridge_single"),
                (5, "iso_long_lever_bridge"),
                (6, "iso_long_lever_bridge"),
            )
        },
        "S2.1": ((("bridge_double_slow",), _CURL, _ACCESSORY),) * 2,
        "S2.2": ((("bridge_single_slow",), _CURL, _ACCESSORY),) * 2,
        "S2.3": ((("long_lever_bridge_double",), _CURL_LATE, _ACCESSORY),) * 2,
        "S2.4": (
            (("long_lever_bridge_single",), _CURL_LATE, _ACCESSORY),
            (("long_lever_bridge_single",), _NORDIC, _ACCESSORY),
        ),
        **{
            f"S3.a{n}": ((("rdl_partial",), _THRUST, ("step_up",), _NEUTRAL),) * 2
            for n in (1, 2, 3)
        },
        **{
            f"S3.b{n}": (
                (("rdl_full",), _THRUST, ("split_squat",), _NEUTRAL),
                (("single_leg_rdl_supported",), _THRUST, ("split_squat",), _NEUTRAL),
            )
            for n in (1, 2, 3)
        },
        **{
            f"S3.c{n}": ((("single_leg_rdl",), _THRUST, ("walking_lunge",), _NEUTRAL),) * 2
            for n in (1, 2, 3)
        },
        "S6": (
            (("single_leg_rdl",), _NEUTRAL, ("long_lever_bridge_single",)),
            (("rdl_full",), _NORDIC, ("long_lever_bridge_single",)),
        ),
    }
)
"""The lines of every dose step, for one session and the next (b4). `step_up` is no accessory
of P2: even the low step bends the loaded hip to 70 degrees, past that stage's cap."""

SPORT_SESSIONS: Final[Lines] = (
    (("single_leg_rdl",), _THRUST, ("long_lever_bridge_single",)),
    (("single_leg_rdl",), _NORDIC, ("long_lever_bridge_single",)),
)
"""(b4 P5) the strength of S6 while returning to sport."""
ENERGY_EFFORT: Final = "5-7"
"""(b1) of energy storage, RPE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionDose:
    """One companion exercise: sets of repetitions or holds, growing from first to top (b5)."""

    exercise: str
    sets: int
    first: int
    top: int
    gain: int
    """Seconds or repetitions more for every second calm session."""


def _grow(exercise: str, sets: int, first: int, top: int, gain: int = 0) -> CompanionDose:
    return CompanionDose(exercise=exercise, sets=sets, first=first, top=top, gain=gain)


TRUNK: Final[Levels] = MappingProxyType(
    {
        1: ((_grow("pelvic_tilt_supine", 2, 10, 10), _grow("dead_bug_heel_tap", 2, 8, 8)),),
        2: (
            (_grow("front_plank", 3, 20, 45, 5), _grow("bird_dog", 2, 8, 8)),
            (_grow("side_plank", 3, 15, 30, 5), _grow("bird_dog", 2, 8, 8)),
        ),
        3: ((_grow("side_plank", 3, 20, 40, 5),),),
    }
)
GLUTEAL: Final[Levels] = MappingProxyType(
    {
        1: ((_grow("side_lying_hip_abduction", 3, 12, 15, 1),),),
        2: (
            (_grow("band_side_step", 3, 10, 12, 1),),
            (_grow("hip_hike_step", 3, 10, 12, 1),),
        ),
        3: ((_grow("hip_hike_step", 3, 12, 12),),),
    }
)
CALF: Final = _grow("single_leg_calf_raise", 3, 12, 15, 1)
