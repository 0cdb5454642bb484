"""The exercise library: forty exercises and one load test, as a table to be read by a clinician.

Source: the clinical specification, section (h2) and the poses drawn from it. Doses, tempos and
angles are copied from there and change only with it. Which exercise belongs to which stage, and
at what dose within the ranges below, is decided elsewhere.

Reading a row:

- *peak*: hip flexion in degrees at the deepest point of the full range. ``70-95`` is the shallow
  version and the full one (a low and a high step). ``(90)`` is reached without load.
- *held*: hip flexion where the movement pauses or holds, if that is not the peak. The peak is
  then only passed through.
- *knee*: ``bent`` when the working knee is at 90 degrees or more at the peak.
- *tempo*: seconds of the first movement, the pause and the return (``2-1-3``), or a word.
  ``5-0-2`` stands for five slow seconds out and a return with little load (slider lowering,
  assisted Nordic); the specification times only the five.
- *dose*: repetitions, or seconds held (``s``), or metres (``m``); for each side, except the
  contacts of two-leg hops and of bounding, which are counted together.
- *rest*: seconds between sets. ``~`` marks a rest that (h2) leaves open; see ``_rest``.
- *kit*: what the main version cannot do without. An optional extra weight is not listed.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EXERCISES", "Equipment", "Exercise", "Sides", "Strand"]


class Strand(StrEnum):
    """The parallel parts of a programme, each judged on its own."""

    HAMSTRING = "hamstring"
    ENERGY_STORAGE = "energy_storage"
    RUNNING = "running"
    TRUNK = "trunk"
    GLUTEAL = "gluteal"


class Sides(StrEnum):
    """How the two sides share the work."""

    BOTH = "both"
    """Both legs together."""
    EACH = "each"
    """Each side in turn, the affected one first."""
    ALTERNATE = "alternate"
    """Left and right by turns within a set."""


class Equipment(StrEnum):
    """What can be ticked at set-up. A chair, a wall and a towel are in every home."""

    MAT = "mat"
    BAND = "band"
    WEIGHTS = "weights"
    STEP = "step"
    BENCH = "bench"
    SLIDERS = "sliders"


_SECONDS_PER_REP = {"hold": 0.0, "fast": 1.0, "slow": 4.0, "controlled": 4.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise with its whole range of doses; a prescription picks from it."""

    id: str
    strand: Strand
    sides: Sides
    peak_hip_flexion: int
    """Degrees at the deepest point of the full range."""
    shallow_hip_flexion: int | None
    """Degrees at the deepest point of the shallow version, where there is one."""
    hold_hip_flexion: int | None
    """Degrees where it pauses or holds; None when that is the peak."""
    knee_bent_at_peak: bool
    """Whether the working knee is at 90 degrees or more at the peak."""
    loaded_at_peak: bool
    """False where the hip bends that far without load, which no limit on load concerns."""
    tempo: str
    """``3-1-3`` (seconds: first movement, pause, return), or hold, fast, slow, controlled."""
    equipment: frozenset[Equipment]
    """What the main version needs; without it the alternative text applies."""
    sets: tuple[int, int]
    reps: tuple[int, int] | None
    hold_seconds: tuple[int, int] | None
    metres: int | None
    """Exactly one of reps, hold_seconds and metres is given."""
    rest_seconds: tuple[int, int]
    is_test: bool
    """A load test: scored, never prescribed as training."""

    @property
    def rep_seconds(self) -> float:
        """Time one repetition takes; 0 for a hold, whose time is its dose."""
        if self.tempo in _SECONDS_PER_REP:
            return _SECONDS_PER_REP[self.tempo]
        return float(sum(int(part) for part in self.tempo.split("-")))

    def stays_within(self, cap: int, *, passing: int | None = None) -> bool:
        """Whether it can be done within `cap` degrees of loaded hip flexion.

        `passing` is the allowance for going through a deeper angle with a bent knee.
        """
        peak = self.peak_hip_flexion
        if self.shallow_hip_flexion is not None:
            peak = self.shallow_hip_flexion
        if not self.loaded_at_peak or peak <= cap:
            return True
        if passing is None or self.hold_hip_flexion is None or not self.knee_bent_at_peak:
            return False
        return self.hold_hip_flexion <= cap and peak <= passing


_TABLE = {
    # The affected tendon's own work: holds, then slow near a straight hip, then into flexion.
    Strand.HAMSTRING: """
id                          sides     peak  held knee tempo      sets dose   rest    kit
iso_standing_heel_press     each      10    -    -    hold       4-5  30-45s 60-120  -
iso_prone_curl              each      0     -    -    hold       5    30-45s 120     band
iso_heel_press_supine       each      25    -    -    hold       5    30-45s 90-120  step
iso_bridge_double           both      50    0    bent hold       4-5  20-45s 60-120  mat
iso_bridge_single           each      50    0    bent hold       4-5  20-45s 120     mat
iso_long_lever_bridge       both      15    0    -    hold       4-5  20-45s 120     mat
bridge_double_slow          both      50    0    bent 3-1-3      3-4  10-15  120     mat
bridge_single_slow          each      50    0    bent 3-1-3      3    8-15   120     mat
long_lever_bridge_double    both      15    0    -    3-1-3      3-4  8-12   120-180 mat
long_lever_bridge_single    each      15    0    -    3-1-3      3    6-10   120-180 mat
prone_curl_band             each      0     -    -    3-0-3      3-4  8-15   120     band
slider_curl_eccentric       both      10    -    -    5-0-2      3    6-10   120     sliders
slider_curl_full            both      10    -    -    3-0-3      3    5-10   120-180 sliders
standing_hip_extension_band each      15    -    -    2-1-3      3    12-15  60-90   band
nordic_assisted             both      10    -    -    5-0-2      3    3-6    120-180 -
hip_hinge_dowel             both      60    -    -    3-1-2      2-3  10     ~       -
rdl_partial                 both      65    -    -    3-1-3      3-4  8-12   120-180 weights
rdl_full                    both      100   -    -    3-1-3      4    6-8    120-180 weights
single_leg_rdl_supported    each      85    -    -    3-1-3      3    8-10   120     -
single_leg_rdl              each      95    -    -    3-1-3      3-4  6-8    120-180 weights
hip_thrust_bench            both      60    0    bent 2-1-3      3-4  8-12   120     bench,weights
step_up                     each      70-95 -    -    2-1-3      3    10-12  90      step
split_squat                 each      90    -    bent 3-1-2      3    8-12   90-120  -
walking_lunge               alternate 95    -    bent controlled 3    8-10   90-120  -
arabesque_test              each      85    -    -    3-0-3      1    3      0       -
""",
    # Fast and springy. Pogo hops: 20 contacts on two legs, 10 on one.
    Strand.ENERGY_STORAGE: """
id                          sides     peak  held knee tempo      sets dose   rest    kit
fast_bridge_drop_catch      both      30    -    bent fast       3    10     90      mat
pogo_hops                   both      10    -    -    fast       3    10-20  60-90   -
a_skip                      alternate 90    -    bent fast       3-4  20m    ~       -
fast_hinge_swing            both      85    -    -    fast       3    12-15  90-120  weights
split_jump                  alternate 70    -    -    fast       3    5-8    90-120  -
alternate_bound             alternate 75    -    -    fast       3-4  8-10   120     -
""",
    # The lumbopelvic levels, and an optional opener for the front of the hip.
    Strand.TRUNK: """
id                          sides     peak  held knee tempo      sets dose   rest    kit
pelvic_tilt_supine          both      (50)  -    bent slow       2    10     ~       mat
dead_bug_heel_tap           alternate (90)  -    bent 3-0-3      2-3  8      ~       mat
front_plank                 both      0     -    -    hold       3    20-45s ~       mat
bird_dog                    alternate 75    -    bent 3-3-3      2-3  8      ~       mat
side_plank                  each      0     -    -    hold       3    15-40s ~       mat
half_kneel_hip_flexor       each      (90)  -    -    hold       2    30s    ~       -
""",
    # The gluteal levels, and the heel raise that runners add: the rest of the kinetic chain.
    Strand.GLUTEAL: """
id                          sides     peak  held knee tempo      sets dose   rest    kit
side_lying_hip_abduction    each      0     -    -    2-1-3      3    12-15  45-60   mat
band_side_step              alternate 30    -    -    controlled 3    10-12  ~       band
hip_hike_step               each      0     -    -    2-1-3      3    10-12  ~       step
single_leg_calf_raise       each      0     -    -    2-1-3      3    10-15  60-90   step
""",
}

_TESTS = frozenset({"arabesque_test"})


def _range(text: str) -> tuple[int, int]:
    low, _, high = text.partition("-")
    return int(low), int(high or low)


def _rest(strand: Strand, text: str) -> tuple[int, int]:
    """Read a rest; an open one follows the stage table (b1) or the leg raise beside it."""
    if text != "~":
        return _range(text)
    match strand:
        case Strand.HAMSTRING:
            return 120, 180  # (b1), into hip flexion
        case Strand.ENERGY_STORAGE:
            return 60, 120  # (b1), energy storage
        case _:
            return 45, 60  # (h2) states one such rest, for side_lying_hip_abduction


def _exercise(strand: Strand, row: str) -> Exercise:
    key, sides, peak, held, knee, tempo, sets, dose, rest, kit = row.split()
    shallow, deepest = _range(peak.strip("()"))
    in_seconds, in_metres = dose.endswith("s"), dose.endswith("m")
    amount = _range(dose.rstrip("sm"))
    return Exercise(
        id=key,
        strand=strand,
        sides=Sides(sides),
        peak_hip_flexion=deepest,
        shallow_hip_flexion=shallow if shallow < deepest else None,
        hold_hip_flexion=None if held == "-" else int(held),
        knee_bent_at_peak=knee == "bent",
        loaded_at_peak=not peak.startswith("("),
        tempo=tempo,
        equipment=frozenset(Equipment(item) for item in kit.split(",") if item != "-"),
        sets=_range(sets),
        reps=None if in_seconds or in_metres else amount,
        hold_seconds=amount if in_seconds else None,
        metres=amount[0] if in_metres else None,
        rest_seconds=_rest(strand, rest),
        is_test=key in _TESTS,
    )


EXERCISES: Mapping[str, Exercise] = MappingProxyType(
    {
        exercise.id: exercise
        for strand, table in _TABLE.items()
        for exercise in (_exercise(strand, row) for row in table.strip().splitlines()[1:])
    }
)
"""Every exercise by its id, in the order of the tables."""
