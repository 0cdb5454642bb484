"""Whole courses from the last strength of P3 on, with the dates that follow from the rules.

Lived at their best: every morning calm, everything done, every test passed, stages confirmed.
"""

import pytest

from tests.domain.builders import History

# day, stage, running step, step of hops; read like this: two GREENs and four days a step, three
# days after a strength step, two weeks at R10, R11 with E3, R12 with the stage of sport, one
# quality run a week from R14 on (two weeks a step), and R16 before maintenance.
COURSES: dict[str, tuple[tuple[str, ...], str, bool | None, int, str]] = {
    "the way back to running": (("mon", "wed", "fri"), "running", None, 135, """
0 hip_fl R0 -
7 hip_fl R1 -
14 hip_fl R2 -
18 hip_fl R3 -
23 hip_fl R4 -
28 hip_fl R5 -
31 energy R5 E1
35 energy R6 E1
39 energy R6 E2
42 energy R7 E2
46 energy R7 E3
49 energy R8 E3
53 energy R9 E3
60 energy R10 E3
74 energy R11 E3
75 return R11 E3
84 return R12 E3
88 return R13 E3
95 return R14 E3
109 return R15 E3
123 return R16 E3
124 mainte R16 E3
133 mainte R17 E3
"""),
    "never stopped": (("mon", "wed", "fri"), "running", True, 100, """
0 hip_fl R0 -
11 hip_fl R10 -
28 energy R10 E1
35 energy R10 E2
42 energy R10 E3
44 energy R11 E3
50 return R11 E3
56 return R12 E3
60 return R13 E3
65 return R14 E3
79 return R15 E3
93 return R16 E3
94 mainte R16 E3
"""),
    "sport, two days a week": (("mon", "thu"), "sport", None, 100, """
0 hip_fl R0 -
10 hip_fl R1 -
17 hip_fl R2 -
24 hip_fl R3 -
29 energy R3 E1
35 energy R4 E1
38 energy R4 E2
42 energy R5 E2
45 energy R5 E3
49 energy R6 E3
53 return R6 E3
59 return R7 E3
66 return R8 E3
73 return R9 E3
80 return R10 E3
94 return R11 E3
"""),
    "every day": (("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "running", None, 120, """
0 hip_fl R0 -
7 hip_fl R1 -
14 hip_fl R2 -
18 hip_fl R3 -
23 hip_fl R4 -
28 hip_fl R5 -
31 energy R5 E1
33 energy R6 E1
39 energy R7 E1
42 energy R7 E2
44 energy R8 E2
49 energy R8 E3
51 energy R9 E3
58 energy R10 E3
72 energy R11 E3
73 return R11 E3
79 return R12 E3
97 return R13 E3
111 return R14 E3
"""),
}  # fmt: skip


@pytest.mark.parametrize("name", COURSES)
def test_a_whole_course(name: str) -> None:
    days, goal, running, last, expected = COURSES[name]
    told = History(
        stage="hip_flexion", step="S3.c1", days=days, goal=goal, morning_pain=0, rest_pain=0,
        running=running,
    ).thrive(0, last, morning=0, rest=0)  # fmt: skip
    found: list[str] = []
    for day in range(last + 1):
        state = told.state(day)
        now = " ".join(
            (state.stage.value[:6], state.running.step_id or "-", state.energy.step_id or "-")
        )
        if not found or found[-1].partition(" ")[2] != now:
            found.append(f"{day} {now}")
    assert found == expected.split("\n")[1:-1]


STAGES_AND_STEPS = {
    2: """
0 isometric R0
9 isotonic R0
30 hip_flexion R0
82 energy_storage R7
115 return_to_sport R11
158 maintenance R16
165 maintenance R17
""",
    5: """
0 settle R0
6 isometric R0
15 isotonic R0
36 hip_flexion R0
89 energy_storage R7
122 return_to_sport R11
165 maintenance R16
172 maintenance R17
""",
}


@pytest.mark.parametrize("morning_pain", STAGES_AND_STEPS)
def test_from_placement_to_racing(morning_pain: int) -> None:
    """Somebody who had stopped running: every stage in its turn, and the last running step."""
    told = History(
        stage=None, days=("mon", "wed", "fri"), goal="running", morning_pain=morning_pain,
        rest_pain=0, base=0,
    ).thrive(0, 200, morning=0, rest=0)  # fmt: skip
    found: list[str] = []
    stage = ""
    for day in range(201):
        state = told.state(day)
        step = state.running.step_id
        if state.stage.value != stage or (step == "R17" and not found[-1].endswith("R17")):
            stage = state.stage.value
            found.append(f"{day} {stage} {step}")
    assert found == STAGES_AND_STEPS[morning_pain].split("\n")[1:-1]
