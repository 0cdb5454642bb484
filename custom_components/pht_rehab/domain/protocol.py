"""The loading protocol: stages, the ladder of dose steps, what each stage asks before the next.

Section (b) of the clinical reference as data. Loading order and the 0-3 / 24 h rule: [S1-S5];
the 15RM to 8RM course: [S23]; days, step sizes and test targets are design choices (b1, b4).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final

from .model import Goal, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseStep:
    """The smallest dose of a stage: sets of repetitions or of holds in seconds (b4)."""

    id: str
    stage: Stage
    sets: int
    reps: int | None = None
    hold_seconds: int | None = None
    effort: str  # target RPE
    repetition_maximum: int | None = None  # "15RM": a load that could be lifted 15 times


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One line of an exit list. ``rule`` names how it is worked out, the rest are its figures."""

    id: str
    rule: str
    target: float = 0
    count: int = 0
    within: int = 0
    step: str = ""
    test: str = ""
    pain_max: float = 0
    symmetry: bool = False
    next_morning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePlan:
    """What a stage prescribes and asks (b1). Angles in degrees, rest in seconds."""

    load_test: str
    min_days: int
    max_days: int | None
    hip_flexion_cap: int | None
    passing_cap: int | None
    daily: bool
    spacing_days: int
    planned_per_week: int
    most_per_week: int
    rest_seconds: int
    tempo: str
    plateau_days: int | None
    no_red_days: int
    landing: str  # (c10-39) where a stage down from here arrives
    exit: tuple[Criterion, ...]
    energy_per_week: int = 0
    energy_apart: bool = False  # on a day of its own where the week has room (b1, c10-49)


LOAD_TESTS: Final = ("two_leg_bridge", "one_leg_bridges", "long_lever_bridges", "arabesques")
"""T1 to T4 (b2), easiest first."""

CAPACITY_TESTS: Final = (
    "bridge_reps",
    "chair_bridge_reps",
    "long_lever_hold",
    "slow_bridge_reps",
    "long_lever_bridge_reps",
    "slider_lowering",
    "hip_hinge",
    "single_leg_rdl",
    "rdl",
    "forward_lunges",
    "strides",
    "brisk_walk",
    "hops",
)

EASY_TESTS: Final = frozenset({"brisk_walk", "forward_lunges", "hops", "strides"})
"""Those that load less than the bridge or hinge line, and leave it in the session."""

_ISO = Stage.ISOMETRIC
_STR = Stage.ISOTONIC
_FLEX = Stage.HIP_FLEXION

LADDER: Final[tuple[DoseStep, ...]] = (
    DoseStep(id="I0.1", stage=Stage.SETTLE, sets=4, hold_seconds=20, effort="3"),
    DoseStep(id="I0.2", stage=Stage.SETTLE, sets=4, hold_seconds=30, effort="3-4"),
    DoseStep(id="I0.3", stage=Stage.SETTLE, sets=5, hold_seconds=30, effort="4"),
    DoseStep(id="I1.1", stage=_ISO, sets=5, hold_seconds=30, effort="5"),
    DoseStep(id="I1.2", stage=_ISO, sets=5, hold_seconds=45, effort="6"),
    DoseStep(id="I1.3", stage=_ISO, sets=4, hold_seconds=20, effort="6"),
    DoseStep(id="I1.4", stage=_ISO, sets=5, hold_seconds=30, effort="6-7"),
    DoseStep(id="I1.5", stage=_ISO, sets=5, hold_seconds=30, effort="7"),
    DoseStep(id="I1.6", stage=_ISO, sets=5, hold_seconds=45, effort="7"),
    DoseStep(id="S2.1", stage=_STR, sets=3, reps=15, effort="7", repetition_maximum=15),
    DoseStep(id="S2.2", stage=_STR, sets=3, reps=12, effort="7", repetition_maximum=12),
    DoseStep(id="S2.3", stage=_STR, sets=4, reps=10, effort="7-8", repetition_maximum=10),
    DoseStep(id="S2.4", stage=_STR, sets=4, reps=8, effort="8", repetition_maximum=8),
    *(
        DoseStep(
            id=f"S3.{letter}{number}",
            stage=_FLEX,
            sets=sets,
            reps=reps,
            effort="7-8",
            repetition_maximum=reps,
        )
        for letter in "abc"
        for number, sets, reps in ((1, 3, 12), (2, 4, 10), (3, 4, 8))
    ),
    DoseStep(id="S6", stage=Stage.MAINTENANCE, sets=3, reps=8, effort="7-8", repetition_maximum=8),
)
"""One ladder (c10-1). S6 is 3 x 6-8: the upper end is prescribed, load grows inside it."""

STEP_INDEX: Final[Mapping[str, int]] = MappingProxyType(
    {step.id: index for index, step in enumerate(LADDER)}
)
FIRST_STEP: Final[Mapping[Stage, int]] = MappingProxyType(
    {
        **{step.stage: index for index, step in reversed(list(enumerate(LADDER)))},
        Stage.ENERGY_STORAGE: STEP_INDEX["S3.c1"],
        Stage.RETURN_TO_SPORT: STEP_INDEX["S6"],
    }
)
LAST_STEP: Final[Mapping[Stage, int]] = MappingProxyType(
    {
        **{step.stage: index for index, step in enumerate(LADDER)},
        Stage.ENERGY_STORAGE: STEP_INDEX["S3.c3"],
        Stage.RETURN_TO_SPORT: STEP_INDEX["S6"],
    }
)
"""Energy storage keeps the strength of S3.c, return to sport has that of S6 (c10-1)."""


def stage_of(step: int, current: Stage) -> Stage:
    """Return the stage a strength step belongs to, seen from ``current``.

    S3.c is the strength of energy storage too: from there, and from the stage above it, it
    stays there.
    """
    if FIRST_STEP[current] <= step <= LAST_STEP[current]:
        return current
    energy = Stage.ENERGY_STORAGE
    if current is Stage.RETURN_TO_SPORT and FIRST_STEP[energy] <= step <= LAST_STEP[energy]:
        return energy
    return LADDER[step].stage


def _common(no_red_days: int, min_days: int) -> tuple[Criterion, ...]:
    """Return the lines every stage up asks (c3): days, greens, no red, adherence."""
    return (
        Criterion(id="days_in_stage", rule="days_in_stage", target=min_days),
        Criterion(id="last_sessions_green", rule="last_sessions_green", count=3),
        Criterion(id="no_red", rule="no_red", within=no_red_days),
        Criterion(id="adherence", rule="adherence", target=75),
        Criterion(id="sessions_in_14_days", rule="sessions", target=3, within=14),
        Criterion(id="calm", rule="calm"),
    )


def _load_test(test: str, most: float) -> Criterion:
    return Criterion(id="load_test", rule="load_test", test=test, target=most)


def _reps(
    test: str, least: float, pain_max: float, *, symmetry: bool = False, next_morning: bool = False
) -> Criterion:
    return Criterion(
        id=f"test_{test}",
        rule="capacity",
        test=test,
        target=least,
        pain_max=pain_max,
        symmetry=symmetry,
        next_morning=next_morning,
    )


def _sitting(minutes: float) -> Criterion:
    return Criterion(id="sitting", rule="sitting", target=minutes)


def _floor(step: str, count: int, window: int) -> Criterion:
    """Return (c10-41): ``count`` GREENs at ``step`` or above in the last ``window`` judged."""
    return Criterion(id="floor_step", rule="floor_step", step=step, count=count, within=window)


STAGES: Final[Mapping[Stage, StagePlan]] = MappingProxyType(
    {
        Stage.SETTLE: StagePlan(
            load_test="two_leg_bridge",
            min_days=5,
            max_days=21,
            hip_flexion_cap=20,
            passing_cap=50,
            daily=True,
            spacing_days=1,
            planned_per_week=7,
            most_per_week=7,
            rest_seconds=90,
            tempo="hold",
            plateau_days=None,
            no_red_days=7,
            landing="I0.1",
            exit=(
                Criterion(id="calm_mornings", rule="calm_mornings", count=3, within=5, target=3),
                Criterion(id="rest_pain", rule="rest_pain", target=2),
                _floor("I0.3", 2, 2),
                _sitting(15),
                *_common(7, 5),
            ),
        ),
        Stage.ISOMETRIC: StagePlan(
            load_test="one_leg_bridges",
            min_days=7,
            max_days=35,
            hip_flexion_cap=30,
            passing_cap=50,
            daily=True,
            spacing_days=1,
            planned_per_week=7,
            most_per_week=7,
            rest_seconds=120,
            tempo="hold",
            plateau_days=14,
            no_red_days=7,
            landing="I0.2",
            exit=(
                _load_test("one_leg_bridges", 3),
                _floor("I1.4", 3, 3),
                _reps("slow_bridge_reps", 10, 3),
                Criterion(id="night_waking", rule="night_waking"),
                _sitting(20),
                *_common(7, 7),
            ),
        ),
        Stage.ISOTONIC: StagePlan(
            load_test="long_lever_bridges",
            min_days=21,
            max_days=84,
            hip_flexion_cap=30,
            passing_cap=50,
            daily=False,
            spacing_days=2,
            planned_per_week=3,
            most_per_week=3,
            rest_seconds=150,
            tempo="3-1-3",
            plateau_days=21,
            no_red_days=14,
            landing="I1.3",
            exit=(
                _load_test("long_lever_bridges", 3),
                _floor("S2.3", 1, 3),
                _reps("bridge_reps", 20, 3, symmetry=True),
                _reps("long_lever_bridge_reps", 8, 3),
                _reps("slider_lowering", 8, 3),
                _reps("hip_hinge", 10, 3, next_morning=True),
                _sitting(30),
                *_common(14, 21),
            ),
        ),
        Stage.HIP_FLEXION: StagePlan(
            load_test="arabesques",
            min_days=28,
            max_days=112,
            hip_flexion_cap=None,  # by letter: LETTER_CAPS
            passing_cap=None,
            daily=False,
            spacing_days=2,
            planned_per_week=3,
            most_per_week=3,
            rest_seconds=120,
            tempo="3-1-3",
            plateau_days=21,
            no_red_days=14,
            landing="S2.2",
            exit=(
                _load_test("arabesques", 2),
                _floor("S3.c1", 3, 3),
                _reps("single_leg_rdl", 8, 3),
                _reps("rdl", 8, 3),
                _reps("forward_lunges", 10, 2),
                _reps("chair_bridge_reps", 20, 3, symmetry=True),
                _sitting(45),
                *_common(14, 28),
            ),
        ),
        Stage.ENERGY_STORAGE: StagePlan(
            load_test="arabesques",
            min_days=21,
            max_days=70,
            hip_flexion_cap=90,
            passing_cap=None,
            daily=False,
            spacing_days=2,
            planned_per_week=2,
            most_per_week=2,
            rest_seconds=120,
            tempo="3-1-3",
            plateau_days=21,
            no_red_days=14,
            landing="S3.b1",
            energy_per_week=2,
            energy_apart=True,
            exit=(
                _load_test("arabesques", 2),
                Criterion(id="energy_step", rule="energy_step", step="E3", count=3, within=3),
                Criterion(id="strides", rule="strides", test="strides", step="R11", pain_max=2),
                Criterion(id="run_step", rule="run_step", step="R9"),
                *_common(14, 21),
            ),
        ),
        Stage.RETURN_TO_SPORT: StagePlan(
            load_test="arabesques",
            min_days=28,
            max_days=None,
            hip_flexion_cap=None,
            passing_cap=None,
            daily=False,
            spacing_days=2,
            planned_per_week=2,
            most_per_week=2,
            rest_seconds=150,
            tempo="2-1-3",
            plateau_days=None,
            no_red_days=14,
            landing="S3.c1",
            energy_per_week=1,
            exit=(
                # (c10-43) a steady T4 of 2 serves as well as one of 1
                Criterion(
                    id="load_test",
                    rule="load_test_or_steady",
                    test="arabesques",
                    target=1,
                    pain_max=2,
                ),
                _reps("chair_bridge_reps", 25, 3, symmetry=True),
                Criterion(id="weekly_check", rule="weekly_check", target=85),
                Criterion(id="steady_weeks", rule="steady_weeks", count=4, target=1),
                Criterion(id="hardest_run", rule="hardest_run", step="R16", pain_max=2),
                *_common(14, 28),
            ),
        ),
        Stage.MAINTENANCE: StagePlan(
            load_test="arabesques",
            min_days=0,
            max_days=None,
            hip_flexion_cap=None,
            passing_cap=None,
            daily=False,
            spacing_days=3,
            planned_per_week=1,
            most_per_week=2,
            rest_seconds=120,
            tempo="2-1-3",
            plateau_days=None,
            no_red_days=14,
            landing="S3.b1",
            exit=(),
        ),
    }
)
LETTER_CAPS: Final[Mapping[str, int]] = MappingProxyType({"a": 70, "b": 90, "c": 110})
"""(b1) loaded hip flexion of S3.a, S3.b and S3.c in degrees; c is '100+'."""

STEADY_EXIT: Final = Criterion(
    id="load_test", rule="load_test_or_steady", test="arabesques", target=2, pain_max=3
)
"""(c10-43) for P3 to P6 a steady T4 of 3 serves as well; P3 to P4 keeps 2."""

TEST_OPENS: Final[Mapping[str, str]] = MappingProxyType({"single_leg_rdl": "S3.c1", "rdl": "S3.c1"})
"""(c10-10) exit tests that wait for a dose step."""

MAINTENANCE_TEST: Final = "chair_bridge_reps"
"""(b4 P6) monthly C2."""

COURSES: Final[Mapping[Goal, tuple[Stage, ...]]] = MappingProxyType(
    {
        Goal.EVERYDAY: (
            Stage.SETTLE,
            Stage.ISOMETRIC,
            Stage.ISOTONIC,
            Stage.HIP_FLEXION,
            Stage.MAINTENANCE,
        ),
        **{goal: tuple(Stage) for goal in (Goal.SPORT, Goal.RUNNING)},
    }
)


@cache
def next_stage(stage: Stage, goal: Goal) -> Stage | None:
    """Return the stage above in this goal's course, or None at its end."""
    course = COURSES[goal]
    if stage not in course:  # the goal was changed to a shorter course
        stage = Stage.HIP_FLEXION
    index = course.index(stage) + 1
    return course[index] if index < len(course) else None


def exit_list(plan: StagePlan, stage: Stage, goal: Goal) -> tuple[Criterion, ...]:
    """Return what leaving ``stage`` upwards asks for this goal."""
    lines = plan.exit
    if stage is Stage.HIP_FLEXION and next_stage(stage, goal) is Stage.MAINTENANCE:
        return (replace(STEADY_EXIT, target=lines[0].target, test=lines[0].test), *lines[1:])
    if stage is Stage.ENERGY_STORAGE and goal is not Goal.RUNNING:
        return tuple(line for line in lines if line.rule != "run_step")
    return lines


def below(test: str) -> str:
    """Return the next easier load test, or the easiest itself (c10-19)."""
    return LOAD_TESTS[max(0, LOAD_TESTS.index(test) - 1)]
