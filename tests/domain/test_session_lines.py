"""The lines of every session and the growth of every companion, as in (b4) and (b5)."""

import pytest

from custom_components.pht_rehab.domain import rules
from custom_components.pht_rehab.domain.companions import EXTRAS, TOP_LEVEL
from custom_components.pht_rehab.domain.content import (
    GLUTEAL,
    SESSIONS,
    TRUNK,
    CompanionDose,
)
from custom_components.pht_rehab.domain.exercises import EXERCISES, Equipment, Sides, Strand
from custom_components.pht_rehab.domain.model import DayKind, Goal, Stage
from custom_components.pht_rehab.domain.prescription import (
    Prescribed,
    minutes,
    prescribe,
)
from custom_components.pht_rehab.domain.progression import Dose
from custom_components.pht_rehab.domain.protocol import LADDER, STEP_INDEX
from custom_components.pht_rehab.domain.rules import RULES
from custom_components.pht_rehab.domain.schedule import DayPlan
from tests.domain.builders import START

# Exercises of a line by preference, parted by "/"; lines parted by spaces.
CURL = "prone_curl_band/slider_curl_eccentric"
LATE = "slider_curl_full/prone_curl_band/slider_curl_full"
EXTRA = "standing_hip_extension_band/single_leg_calf_raise"
SECOND = "iso_prone_curl/iso_heel_press_supine/iso_prone_curl"
HEAVY = "hip_thrust_bench"
# (b4) steps: one session | the next one
LINES = {
    "I0.1 I0.2 I0.3": ("iso_bridge_double", "iso_bridge_double"),
    "I1.1 I1.2": ("iso_bridge_double", f"iso_bridge_double {SECOND}"),
    "I1.3 I1.4": ("iso_bridge_single", f"iso_bridge_single {SECOND}"),
    "I1.5 I1.6": ("iso_long_lever_bridge", f"iso_long_lever_bridge {SECOND}"),
    "S2.1": (f"bridge_double_slow {CURL} {EXTRA}",) * 2,
    "S2.2": (f"bridge_single_slow {CURL} {EXTRA}",) * 2,
    "S2.3": (f"long_lever_bridge_double {LATE} {EXTRA}",) * 2,
    "S2.4": (
        f"long_lever_bridge_single {LATE} {EXTRA}",
        f"long_lever_bridge_single nordic_assisted {EXTRA}",
    ),
    "S3.a1 S3.a2 S3.a3": (f"rdl_partial {HEAVY} step_up slider_curl_full",) * 2,
    "S3.b1 S3.b2 S3.b3": (
        f"rdl_full {HEAVY} split_squat slider_curl_full",
        f"single_leg_rdl_supported {HEAVY} split_squat slider_curl_full",
    ),
    "S3.c1 S3.c2 S3.c3": (f"single_leg_rdl {HEAVY} walking_lunge slider_curl_full",) * 2,
    "S6": (
        "single_leg_rdl slider_curl_full long_lever_bridge_single",
        "rdl_full nordic_assisted long_lever_bridge_single",
    ),
}
# (b5) level, day by day: exercise, sets, first and top amount, gain after two calm sessions
TRUNK_ROWS = """
1 pelvic_tilt_supine 2 10 10 0, dead_bug_heel_tap 2 8 8 0
2 front_plank 3 20 45 5, bird_dog 2 8 8 0
2 side_plank 3 15 30 5, bird_dog 2 8 8 0
3 side_plank 3 20 40 5
"""
GLUTEAL_ROWS = """
1 side_lying_hip_abduction 3 12 15 1
2 band_side_step 3 10 12 1
2 hip_hike_step 3 10 12 1
3 hip_hike_step 3 12 12 0
"""


def test_the_lines_of_every_step() -> None:
    asked = {
        step: tuple(
            tuple(tuple(line.split("/")) for line in session.split()) for session in sessions
        )
        for steps, sessions in LINES.items()
        for step in steps.split()
    }
    assert dict(SESSIONS) == asked


@pytest.mark.parametrize(
    ("table", "rows"), [(TRUNK, TRUNK_ROWS), (GLUTEAL, GLUTEAL_ROWS)], ids=["trunk", "gluteal"]
)
def test_the_levels_of_the_companions(
    table: dict[int, tuple[tuple[CompanionDose, ...], ...]], rows: str
) -> None:
    found = [
        f"{level} "
        + ", ".join(
            f"{dose.exercise} {dose.sets} {dose.first} {dose.top} {dose.gain}" for dose in day
        )
        for level, days in table.items()
        for day in days
    ]
    assert found == rows.strip().splitlines()


def test_how_high_the_companions_go() -> None:
    assert dict(TOP_LEVEL) == {
        Stage.SETTLE: 1,
        Stage.ISOMETRIC: 2,
        Stage.ISOTONIC: 2,
        Stage.HIP_FLEXION: 3,
        Stage.ENERGY_STORAGE: 3,
        Stage.RETURN_TO_SPORT: 3,
        Stage.MAINTENANCE: 3,
    }
    assert set(EXTRAS) == {"single_leg_calf_raise"}


def test_the_only_edition_of_the_rules() -> None:
    assert (list(rules.RULES), rules.RULES_VERSION) == ([1], 1)


def companion_day(trunk: int | None, gluteal: int | None, day: int = 0) -> DayPlan:
    return DayPlan(
        on=START.fromordinal(START.toordinal() + day),
        kind=DayKind.LIGHT,
        stage=Stage.ISOTONIC,
        dose=None,
        trunk=trunk,
        gluteal=gluteal,
    )


@pytest.mark.parametrize(
    ("calm", "raises"), [(0, 12), (1, 12), (2, 13), (5, 14), (6, 15), (20, 15)]
)
def test_the_heel_raises_of_runners_grow(calm: int, raises: int) -> None:
    found = prescribe(RULES[1], companion_day(None, 1), (), Goal.RUNNING, (0, calm))
    assert [item.id for item in found] == ["side_lying_hip_abduction", "single_leg_calf_raise"]
    assert (found[1].sets, found[1].reps, found[1].hold_seconds) == (3, raises, None)


def test_companions_take_turns_every_other_day() -> None:
    """A day of the calendar and the next are one turn, so that every second day changes it."""
    found = [
        [item.id for item in prescribe(RULES[1], companion_day(2, 2, day), (), Goal.EVERYDAY)]
        for day in range(8)
    ]
    one = ["front_plank", "bird_dog", "band_side_step"]
    other = ["side_plank", "bird_dog", "hip_hike_step"]
    turns = [one if ids == one else other for ids in found]
    assert found == turns
    assert {turns.count(one), turns.count(other)} == {4}
    assert all(turns[day] != turns[day + 2] for day in range(6))


def test_what_a_companion_asks() -> None:
    plank, bird, step = prescribe(RULES[1], companion_day(2, 2), ("mat",), Goal.EVERYDAY)
    if plank.id == "side_plank":
        plank, bird, step = prescribe(RULES[1], companion_day(2, 2, 2), ("mat",), Goal.EVERYDAY)
    assert plank == Prescribed(
        id="front_plank",
        strand=Strand.TRUNK,
        sides=Sides.BOTH,
        sets=3,
        reps=None,
        hold_seconds=20,
        tempo="hold",
        rest_seconds=45,
        effort=None,
        repetition_maximum=None,
        equipped=True,
    )
    assert (bird.reps, bird.hold_seconds, bird.sides) == (8, None, Sides.ALTERNATE)
    assert (step.equipped, step.strand) == (False, Strand.GLUTEAL)


# (b1) seconds between sets of the first line of a session
RESTS = {
    "I0.1": 90, "I1.1": 120, "I1.4": 120, "S2.1": 120, "S2.2": 120, "S2.3": 150, "S2.4": 150,
    "S3.a1": 120, "S3.b1": 120, "S3.c1": 120, "S6": 120,
}  # fmt: skip


@pytest.mark.parametrize("step", RESTS)
def test_rests(step: str) -> None:
    first, *_rest = strength(step)
    assert first.rest_seconds == RESTS[step]
    low, high = EXERCISES[first.id].rest_seconds
    assert low <= RESTS[step] <= high


def strength(step: str, parity: int = 0) -> tuple[Prescribed, ...]:
    plan = DayPlan(
        on=START,
        kind=DayKind.LOADING,
        stage=LADDER[STEP_INDEX[step]].stage,
        dose=Dose(STEP_INDEX[step]),
        parity=parity,
    )
    return prescribe(RULES[1], plan, tuple(Equipment), Goal.EVERYDAY)


# The other lines keep to their own range: exercise, sets, repetitions, seconds, repetition maximum
OTHERS = {
    ("I1.1", 1): "iso_prone_curl 5 - 30 -",
    ("I1.2", 1): "iso_prone_curl 5 - 45 -",
    ("I1.3", 1): "iso_prone_curl 4 - 30 -",
    ("S2.1", 0): "prone_curl_band 3 15 - 15, standing_hip_extension_band 3 15 - 15",
    ("S2.4", 1): "nordic_assisted 3 6 - 8, standing_hip_extension_band 3 12 - 12",
    ("S3.a1", 0): "hip_thrust_bench 3 12 - 12, step_up 3 12 - 12, slider_curl_full 3 10 - 12",
    ("S3.a3", 0): "hip_thrust_bench 4 8 - 8, step_up 3 10 - 10, slider_curl_full 3 8 - 8",
    ("S6", 0): "slider_curl_full 3 8 - 8, long_lever_bridge_single 3 8 - 8",
}


def amounts(item: Prescribed) -> str:
    """Return what one row of the table says of an exercise."""
    told = (item.sets, item.reps, item.hold_seconds, item.repetition_maximum)
    return " ".join([item.id, *("-" if amount is None else str(amount) for amount in told)])


@pytest.mark.parametrize(("step", "parity"), OTHERS)
def test_the_other_lines(step: str, parity: int) -> None:
    found = ", ".join(amounts(item) for item in strength(step, parity)[1:])
    assert found == OTHERS[step, parity]


def test_how_long_it_takes() -> None:
    """Sets of work for each side and of rest: 4 x (20 + 90) seconds for a two-leg hold."""
    assert minutes(strength("I0.1")) * 60 == 4 * (20 + 90)
    assert minutes(strength("I1.3")) * 60 == 4 * (2 * 20 + 120)
    bridge, curl, kick = strength("S2.1")
    assert (bridge.seconds, bridge.loaded_seconds) == (3 * (15 * 7 + 120), 3 * 15 * 7)
    assert (curl.sides, kick.sides) == (Sides.EACH, Sides.EACH)
    assert curl.loaded_seconds == 3 * 15 * 6
    assert curl.seconds == 3 * (2 * 15 * 6 + curl.rest_seconds)
    assert minutes([bridge, curl]) == (bridge.seconds + curl.seconds) / 60
    assert minutes([]) == 0
