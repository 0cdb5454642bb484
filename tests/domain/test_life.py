"""Whole courses, in one assertion each. The numbers were checked by hand against the rules.

Day 0 is a Monday. P0 and P1 are daily: two GREENs and two days a step. From P2 on a step needs
two GREENs and four days counted from its first session (c3, c10-4): on Monday, Wednesday and
Friday every second session. A stage is confirmed on the morning its last line is met.
"""

import itertools

import pytest

from custom_components.pht_rehab.domain.model import Stage
from tests.domain.builders import History

MWF = ("mon", "wed", "fri")

# P0 ends on day 6: two GREENs at I0.3 (days 4 and 5) and five days. P1 ends on day 15: three
# GREENs at I1.4 or above (days 12, 13, 14). Day 15 is a Tuesday.
EARLY = [
    (0, "I0.1"),
    (2, "I0.2"),
    (4, "I0.3"),
    (6, "I1.1"),
    (8, "I1.2"),
    (10, "I1.3"),
    (12, "I1.4"),
    (14, "I1.5"),
    (15, "S2.1"),
]

# P2 ends on day 36, after its 21 days; P3 after three GREENs at S3.c, on the morning after the
# third, past its 28 days.
COURSES = {
    # Thursdays and Mondays: a step needs two sessions and comes with the third, 7 days later.
    # S2.4 is not reached: one GREEN at S2.3 (day 31) opens P3.
    ("mon", "thu"): [
        (24, "S2.2"),
        (31, "S2.3"),
        (36, "S3.a1"),
        (45, "S3.a2"),
        (52, "S3.a3"),
        (59, "S3.b1"),
        (66, "S3.b2"),
        (73, "S3.b3"),
        (80, "S3.c1"),
        (87, "S3.c2"),
        (88, "S6"),
    ],
    # The first session of P2 is on Wednesday, day 16; steps on 21, 25, 30 as every second one.
    # S3.c: days 65, 67 and 70.
    MWF: [
        (21, "S2.2"),
        (25, "S2.3"),
        (30, "S2.4"),
        (36, "S3.a1"),
        (42, "S3.a2"),
        (46, "S3.a3"),
        (51, "S3.b1"),
        (56, "S3.b2"),
        (60, "S3.b3"),
        (65, "S3.c1"),
        (70, "S3.c2"),
        (71, "S6"),
    ],
    # Five days: P2 starts on Tuesday, day 15, but Saturday is free, so the third session is on
    # Monday, day 21, as above.
    ("mon", "tue", "wed", "thu", "fri"): [
        (21, "S2.2"),
        (25, "S2.3"),
        (30, "S2.4"),
        (36, "S3.a1"),
        (42, "S3.a2"),
        (46, "S3.a3"),
        (51, "S3.b1"),
        (56, "S3.b2"),
        (60, "S3.b3"),
        (65, "S3.c1"),
        (70, "S3.c2"),
        (71, "S6"),
    ],
    # Every day: every second date, three in any seven. Days 15, 17, 19, 22, 24, 26, 29 ...
    ("mon", "tue", "wed", "thu", "fri", "sat", "sun"): [
        (19, "S2.2"),
        (24, "S2.3"),
        (29, "S2.4"),
        (36, "S3.a1"),
        (40, "S3.a2"),
        (45, "S3.a3"),
        (50, "S3.b1"),
        (54, "S3.b2"),
        (59, "S3.b3"),
        (64, "S3.c1"),
        (68, "S3.c2"),
        (69, "S6"),
    ],
}


def settle(days: tuple[str, ...] = MWF, **more: str | list[str]) -> History:
    told = History(stage=None, morning_pain=4, base=1, rest_pain=1, sitting=60, days=days, **more)  # type: ignore[arg-type]
    assert told.state(0).stage is Stage.SETTLE
    return told


@pytest.mark.parametrize("days", COURSES, ids=lambda days: f"{len(days)} days")
def test_from_placement_to_maintenance(days: tuple[str, ...]) -> None:
    last = COURSES[days][-1][0] + 14
    assert settle(days).thrive(0, last).trail(0, last) == EARLY + COURSES[days]


def test_placed_in_p2() -> None:
    # Day 0 is the first session, so steps come on days 4 and 9; P2 ends after 21 days, a Monday.
    told = History(
        stage=None,
        rest_pain=1,
        sitting=60,
        tests={"one_leg_bridges": 1, "long_lever_bridges": 1},
    )
    assert told.thrive(0, 60).trail(0, 60) == [
        (0, "S2.2"),
        (4, "S2.3"),
        (9, "S2.4"),
        (21, "S3.a1"),
        (25, "S3.a2"),
        (30, "S3.a3"),
        (35, "S3.b1"),
        (39, "S3.b2"),
        (44, "S3.b3"),
        (49, "S3.c1"),
        (53, "S3.c2"),
        (54, "S6"),
    ]


def test_a_flare_up_in_week_three() -> None:
    # 4 on day 19 and 5 on day 20 are two raised mornings (F1); calm again on days 22 and 23.
    # Two steps below S2.1 is I1.5, in P1. Back after 7 days, for P1 was passed before (c10-40),
    # which is also the end of the hold; from day 30, a Wednesday, as ever: 14 days lost.
    told = settle().thrive(0, 18)
    for day, pain in ((19, 4), (20, 5), (21, 4), (22, 2), (23, 2)):
        told.morning(day, pain, rest=1, sitting=60, night=False)
        if told.at(day).plan.dose is not None:
            told.session(day, 1, 1)
    assert [told.state(day).flare is not None for day in (19, 20, 22, 23)] == [
        False,
        True,
        True,
        False,
    ]
    assert told.thrive(24, 90).trail(0, 90) == [
        *EARLY,
        (23, "I1.5"),
        (30, "S2.1"),
        (35, "S2.2"),
        (39, "S2.3"),
        (44, "S2.4"),
        (51, "S3.a1"),
        (56, "S3.a2"),
        (60, "S3.a3"),
        (65, "S3.b1"),
        (70, "S3.b2"),
        (74, "S3.b3"),
        (79, "S3.c1"),
        (84, "S3.c2"),
        (85, "S6"),
    ]


def test_slow_healing() -> None:
    # K15: seven days a step from P2 on (c10-50); three GREENs at S3.c on days 79, 81 and 84.
    assert settle(symptoms=["slow_healing"]).thrive(0, 95).trail(0, 95) == [
        *EARLY,
        (23, "S2.2"),
        (30, "S2.3"),
        (36, "S3.a1"),
        (44, "S3.a2"),
        (51, "S3.a3"),
        (58, "S3.b1"),
        (65, "S3.b2"),
        (72, "S3.b3"),
        (79, "S3.c1"),
        (85, "S6"),
    ]


@pytest.mark.parametrize(
    ("goal", "later", "stage"),
    [
        # An ache at rest of 1 leaves the gate to running shut (d1), and with it the stage of
        # hops, which asks runners for R9 (b4); strength stays at the step it came with (c10-1).
        ("running", [], Stage.ENERGY_STORAGE),
        # The strides are a test to those who do not run.
        ("sport", [(96, "S6")], Stage.RETURN_TO_SPORT),
    ],
)
def test_runners_go_on_to_the_hops(goal: str, later: list[tuple[int, str]], stage: Stage) -> None:
    told = settle(goal=goal).thrive(0, 100)
    assert told.trail(0, 100) == [*EARLY, *COURSES[MWF][:-1], *later]
    assert told.state(71).stage is Stage.ENERGY_STORAGE
    now = told.overview(100)
    assert now.stage is stage
    assert now.running is not None
    assert now.running.step == "R0"


def test_maintenance_goes_on() -> None:
    told = settle().thrive(0, 160)
    assert told.step(160) == "S6"
    sessions = [item for item in told.state(160).records if item.stage is Stage.MAINTENANCE]
    weeks = [item.on for item in sessions if item.hamstring]
    assert all((later - earlier).days == 7 for earlier, later in itertools.pairwise(weeks))
    tested = told.state(160).tests["chair_bridge_reps"][0]
    assert (told.on(160) - tested).days <= 28
