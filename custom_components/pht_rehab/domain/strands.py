"""The energy storage and the running strand as data: their steps, spacing, ways back (b4, c, d).

Every third day for energy storage and the sizes of its steps are design choices; the run/walk
table and two calm runs a step follow customary return-to-run plans [S49, S50], speed and hills
last because hamstring work rises with both [S30, S47].
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final

from .exercises import Sides, Strand
from .model import Stage
from .protocol import LADDER, Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class StrandRules:
    """How a strand beside the hamstring's is spaced, waits and comes back. Days are dates."""

    spacing_days: int
    per_week: int
    min_days: int = 4  # (c3) between two steps up
    red_wait_days: int = 3  # (c9) 72 h after a RED
    plateau_days: int = 21  # (c8)
    gap_repeat_days: int = 5  # (c7)
    gap_step_down_days: int = 8
    gap_far_days: int = 15
    gap_far_steps: int
    gap_restart_days: int = 29
    gap_restart_step: str
    gap_restart_steps: int
    flare_steps_down: int  # (c5) on resuming


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """One exercise of an energy step: sets of repetitions or contacts, or of the library's metres.

    ``amount`` is None where the library gives metres; ``sides`` only where it differs from it:
    bounds are contacts of both legs, counted together (h2).
    """

    exercise: str
    sets: int
    amount: int | None = None
    sides: Sides | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyStep:
    """A step of the energy storage strand; ``grown`` once a session at it was calm (b4 P4)."""

    id: str
    drills: tuple[Drill, ...]
    grown: tuple[Drill, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStep:
    """A step of the running strand (d2). Minutes; the walks before and after are not counted.

    ``minutes`` is the running time of one run, None for normal training. ``leaves_after``: days
    at the step before the next.
    """

    id: str
    minutes: float | None
    repeats: int = 1  # parts of it, with a walk between
    walk_minutes: float = 0
    hills: bool = False
    fast: bool = False
    least_stage: Stage = Stage.HIP_FLEXION
    energy: str = ""  # a step of that strand this one waits for
    leaves_after: int = 4
    once_a_week: bool = False  # the other runs of the week are easy


ENERGY: Final[tuple[EnergyStep, ...]] = (
    EnergyStep(
        id="E1",
        drills=(
            Drill(exercise="fast_bridge_drop_catch", sets=3, amount=10),
            Drill(exercise="a_skip", sets=3),
            Drill(exercise="pogo_hops", sets=3, amount=20),
        ),
    ),
    EnergyStep(
        id="E2",
        drills=(
            Drill(exercise="a_skip", sets=4),
            Drill(exercise="fast_hinge_swing", sets=3, amount=12),
            Drill(exercise="split_jump", sets=3, amount=6),
            Drill(exercise="pogo_hops", sets=3, amount=10, sides=Sides.EACH),
        ),
    ),
    EnergyStep(
        id="E3",
        drills=(
            Drill(exercise="alternate_bound", sets=3, amount=8, sides=Sides.BOTH),
            Drill(exercise="fast_hinge_swing", sets=3, amount=15),
            Drill(exercise="split_jump", sets=4, amount=8),
        ),
        grown=(
            Drill(exercise="alternate_bound", sets=4, amount=10, sides=Sides.BOTH),
            Drill(exercise="fast_hinge_swing", sets=3, amount=15),
            Drill(exercise="split_jump", sets=4, amount=8),
        ),
    ),
)
"""(b4 P4) contacts, then speed, then range."""

RUNS: Final[tuple[RunStep, ...]] = (
    RunStep(id="R0", minutes=None, least_stage=Stage.ISOMETRIC),
    RunStep(id="R1", repeats=6, minutes=6, walk_minutes=2),
    RunStep(id="R2", repeats=6, minutes=9, walk_minutes=1.5),
    RunStep(id="R3", repeats=6, minutes=12, walk_minutes=1),
    RunStep(id="R4", repeats=5, minutes=15, walk_minutes=1),
    RunStep(id="R5", repeats=4, minutes=20, walk_minutes=1),
    RunStep(id="R6", repeats=3, minutes=21, walk_minutes=1),
    RunStep(id="R7", repeats=2, minutes=20, walk_minutes=1),
    RunStep(id="R8", minutes=20),
    RunStep(id="R9", minutes=25),
    RunStep(id="R10", minutes=30, leaves_after=14),
    RunStep(id="R11", minutes=35, fast=True, least_stage=Stage.ENERGY_STORAGE, energy="E3"),
    RunStep(id="R12", minutes=35, fast=True, least_stage=Stage.RETURN_TO_SPORT),
    RunStep(id="R13", minutes=45, fast=True, least_stage=Stage.RETURN_TO_SPORT),
    RunStep(
        id="R14",
        minutes=40,
        fast=True,
        hills=True,
        least_stage=Stage.RETURN_TO_SPORT,
        once_a_week=True,
    ),
    RunStep(
        id="R15",
        minutes=40,
        fast=True,
        hills=True,
        least_stage=Stage.RETURN_TO_SPORT,
        once_a_week=True,
    ),
    RunStep(
        id="R16",
        minutes=40,
        fast=True,
        hills=True,
        least_stage=Stage.RETURN_TO_SPORT,
        once_a_week=True,
    ),
    RunStep(id="R17", minutes=None, fast=True, hills=True, least_stage=Stage.RETURN_TO_SPORT),
)
"""(d2) volume, then frequency, strides, rolling hills, tempo, hill repetitions and sprint."""

ENERGY_INDEX: Final[Mapping[str, int]] = MappingProxyType(
    {step.id: index for index, step in enumerate(ENERGY)}
)
RUN_INDEX: Final[Mapping[str, int]] = MappingProxyType(
    {step.id: index for index, step in enumerate(RUNS)}
)
STEPS: Final[Mapping[Strand, tuple[str, ...]]] = MappingProxyType(
    {
        Strand.HAMSTRING: tuple(step.id for step in LADDER),
        Strand.ENERGY_STORAGE: tuple(step.id for step in ENERGY),
        Strand.RUNNING: tuple(step.id for step in RUNS),
    }
)
"""The ids of every strand's steps, from the lowest."""

ENERGY_RULES: Final = StrandRules(
    spacing_days=3,
    per_week=2,
    gap_far_steps=len(ENERGY),  # (c7) restart at E1
    gap_restart_step="E1",
    gap_restart_steps=len(ENERGY),
    flare_steps_down=1,
)
ENERGY_WEEKLY_RULES: Final = replace(
    ENERGY_RULES, gap_repeat_days=15, gap_step_down_days=15, gap_far_days=22
)
"""(design) done once a week (P5), a week without it is no break."""
RUN_RULES: Final = StrandRules(
    spacing_days=2,
    per_week=3,
    gap_far_steps=3,
    gap_restart_step="R4",
    gap_restart_steps=7,
    flare_steps_down=2,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningRules:
    """What running asks beside its steps (d1, d2, d4, c10-48). Minutes, shares, days."""

    first_frequent_step: str = "R10"  # a fourth run a week, and the weekly cap, from here
    frequent_per_week: int = 4
    weekly_growth: float = 1.15  # customary, weak evidence (d2)
    volume_weeks: int = 4  # what a week is measured by: the fullest of so many before it
    normal_days: int = 28  # (design) what normal training was, once only a part of it is wanted
    easy_week: int = 4  # every fourth week
    easy_week_share: float = 0.8
    creep_share: float = 0.67  # (c4) volume -33 %
    relapse_share: float = 0.5  # (b4 P6)
    kept_share: float = 0.5  # (d1) track A: half of the usual week
    kept_most_minutes: float = 45
    kept_enters_at_most: str = "R10"
    easy_step: str = "R10"  # what an easy run is, from the steps done once a week on
    normal_minutes: float = 40  # (d2 R14 to R16) of a run the plan leaves to the person
    much: float = 1.25  # (design) more than this share of the minutes is another run
    rest_after_step: str = "R12"  # (d4) the day after it is off
    most_days_in_a_row: int = 2  # (d4) loading days
    busy_week_runs: int = 3  # (b1) with so many runs P3 has two strength sessions a week
    busy_week_strength: int = 2
    reds_window_days: int = 14  # (d2) two REDs in it: three steps back
    reds: int = 2
    reds_steps_back: int = 3
    hard_step: str = "R16"  # (d2) never in the same week as another step up
    energy_shares_days: int = 3  # (c10-49) with so few training days one day serves both
    ahead_strength: int = 3  # (b4 P6) sessions a week before more is run than ever of late
    ahead_weeks: int = 3  # and so long before
    cadence_aim: float = 1.05  # (d3) of the steps a minute measured [S27]
    cadence_most: float = 1.1
    cadence_minutes: int = 1  # by metronome, of every so many
    cadence_every: int = 5
    cadence_until_step: str = "R10"  # off by default above it: contested [S29]
    ground_until_step: str = "R14"  # (d3) firm and flat, no sand and no bends before it
    shoes_until_step: str = "R10"  # and no other shoes before this one
    gate_walk_minutes: float = 30  # (d1) R0: a brisk walk [S49]
    gate_walk_pain: float = 2
    gate_lunges: int = 10  # unloaded, affected leg in front [S48]
    gate_lunges_pain: float = 2
    gate_hops: int = 10  # small, on the affected leg [S49]
    gate_hops_pain: float = 3


RUNNING_RULES: Final = RunningRules()

HOP_TEST: Final = "bridge_reps"
"""(c7) C1, done again before hopping after more than 28 days without."""


@cache
def run_gate(running: RunningRules) -> tuple[Criterion, ...]:
    """Return R0 (d1), for those who had stopped: no rest pain [S48], walk and hops [S49]."""
    walk, lunges, hops = "brisk_walk", "forward_lunges", "hops"
    return (
        Criterion(id="stage_passed", rule="stage_passed"),
        Criterion(
            id=f"test_{walk}",
            rule="capacity",
            test=walk,
            target=running.gate_walk_minutes,
            pain_max=running.gate_walk_pain,
            next_morning=True,
        ),
        Criterion(
            id=f"test_{lunges}",
            rule="capacity",
            test=lunges,
            target=running.gate_lunges,
            pain_max=running.gate_lunges_pain,
        ),
        Criterion(
            id=f"test_{hops}",
            rule="capacity",
            test=hops,
            target=running.gate_hops,
            pain_max=running.gate_hops_pain,
        ),
        Criterion(id="test_symmetry", rule="symmetry", test=HOP_TEST),
        Criterion(id="rest_pain", rule="rest_pain", target=0),
        Criterion(id="night_waking", rule="night_waking"),
    )
