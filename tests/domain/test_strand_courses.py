"""Whole courses from the last strength of P3 on, with the dates that follow from the rules.

Lived at their best: every morning calm, everything done, every test passed, stages confirmed.
"""

import pytest

from custom_components.pht_rehab.domain.model import Response, Stage
from tests.domain.builders import History
from tests.domain.kept import keeps, trail

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
    (found,) = keeps(told, last)
    assert trail(found) == lines(expected)


def lines(expected: str) -> list[str]:
    return expected.split("\n")[1:-1]


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
    assert found == lines(STAGES_AND_STEPS[morning_pain])
    keeps(told, 200)


# From placement to racing, in other lives: day, stage, running step, step of hops. Everything
# that makes the way safe is looked at on every day of it (``kept.py``).
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MWF = ("mon", "wed", "fri")
WAYS: dict[str, tuple[dict[str, object], dict[str, float], str]] = {
    # Half of the usual 180 minutes in P1 and P2 (d1). In P3 the longest calm run, 30 minutes, is
    # R10; it lasts until E3 (d2 R11), and every fourth week is shorter.
    "never stopped running": (
        {"days": MWF, "goal": "running", "running": True, "running_minutes": 180}, {}, """
0 isomet R0 -
9 isoton R0 -
30 hip_fl R0 -
35 hip_fl R10 -
82 energy R10 E1
91 energy R10 E2
98 energy R10 E3
100 energy R11 E3
106 return R11 E3
112 return R12 E3
116 return R13 E3
121 return R14 E3
135 return R15 E3
149 return R16 E3
150 mainte R16 E3
158 mainte R17 E3
"""),
    # The same steps; the stage of hops asks no running step of them (b4 P4).
    "sport": ({"days": MWF, "goal": "sport"}, {}, """
0 isomet R0 -
9 isoton R0 -
30 hip_fl R0 -
35 hip_fl R1 -
42 hip_fl R2 -
49 hip_fl R3 -
56 hip_fl R4 -
63 hip_fl R5 -
70 hip_fl R6 -
77 hip_fl R7 -
82 energy R7 E1
86 energy R8 E1
91 energy R8 E2
93 energy R9 E2
98 energy R9 E3
100 energy R10 E3
106 return R10 E3
114 return R11 E3
119 return R12 E3
123 return R13 E3
128 return R14 E3
142 return R15 E3
156 return R16 E3
157 mainte R16 E3
165 mainte R17 E3
"""),
    # Hops too much on day 92: three days off, the first step again, and E2 after two GREENs; the
    # run of that day was calm and rises.
    "hops too much at E2": ({"days": WEEK, "goal": "running"}, {"session 92": 6}, """
0 isomet R0 -
9 isoton R0 -
30 hip_fl R0 -
34 hip_fl R1 -
41 hip_fl R2 -
50 hip_fl R3 -
57 hip_fl R4 -
64 hip_fl R5 -
71 hip_fl R6 -
78 hip_fl R7 -
82 energy R7 E1
84 energy R8 E1
89 energy R8 E2
92 energy R9 E1
99 energy R10 E1
103 energy R10 E2
110 energy R10 E3
113 energy R11 E3
118 return R11 E3
122 return R12 E3
140 return R13 E3
154 return R14 E3
170 return R15 E3
186 return R16 E3
187 mainte R16 E3
196 mainte R17 E3
"""),
    # A run too much on day 67: R4 again, R5 after two GREENs. The strength of that day was calm.
    "a run too much at R5": ({"days": MWF, "goal": "running"}, {"run 67": 6}, """
0 isomet R0 -
9 isoton R0 -
30 hip_fl R0 -
35 hip_fl R1 -
42 hip_fl R2 -
49 hip_fl R3 -
56 hip_fl R4 -
63 hip_fl R5 -
67 hip_fl R4 -
74 hip_fl R5 -
79 hip_fl R6 -
84 hip_fl R7 -
91 hip_fl R8 -
96 energy R8 E1
100 energy R9 E1
105 energy R9 E2
107 energy R10 E2
112 energy R10 E3
121 energy R11 E3
122 return R11 E3
126 return R12 E3
130 return R13 E3
135 return R14 E3
149 return R15 E3
163 return R16 E3
165 mainte R16 E3
172 mainte R17 E3
"""),
    # The second one nine days after the first takes three steps back (d2).
    "two runs too much": ({"days": MWF, "goal": "running"}, {"run 72": 6, "run 81": 6}, """
0 isomet R0 -
9 isoton R0 -
30 hip_fl R0 -
35 hip_fl R1 -
42 hip_fl R2 -
49 hip_fl R3 -
56 hip_fl R4 -
63 hip_fl R5 -
70 hip_fl R6 -
72 hip_fl R5 -
81 hip_fl R2 -
88 hip_fl R3 -
93 hip_fl R4 -
95 energy R4 E1
98 energy R5 E1
102 energy R5 E2
105 energy R6 E2
109 energy R6 E3
112 energy R7 E3
116 energy R8 E3
121 energy R9 E3
128 energy R10 E3
142 energy R11 E3
143 return R11 E3
147 return R12 E3
151 return R13 E3
156 return R14 E3
170 return R15 E3
184 return R16 E3
186 mainte R16 E3
193 mainte R17 E3
"""),
    # Hops fit only once into such a week: no break, for no session was missed.
    "two days in a row": ({"days": ("tue", "thu"), "goal": "running"}, {}, """
0 isomet R0 -
9 isoton R0 -
30 hip_fl R0 -
38 hip_fl R1 -
52 hip_fl R2 -
66 hip_fl R3 -
80 hip_fl R4 -
94 hip_fl R5 -
108 hip_fl R6 -
122 hip_fl R7 -
123 energy R7 E1
129 energy R8 E1
136 energy R9 E1
141 energy R9 E2
143 energy R10 E2
155 energy R10 E3
157 energy R11 E3
170 return R11 E3
178 return R12 E3
185 return R13 E3
199 return R14 E3
213 return R15 E3
227 return R16 E3
228 mainte R16 E3
241 mainte R17 E3
"""),
}  # fmt: skip


@pytest.mark.parametrize("name", WAYS)
def test_from_placement_to_racing_in_other_lives(name: str) -> None:
    more, sore, expected = WAYS[name]
    last = int(lines(expected)[-1].partition(" ")[0]) + 7
    told = History(stage=None, morning_pain=2, rest_pain=0, base=0, **more).thrive(  # type: ignore[arg-type]
        0, last, morning=0, rest=0, sore=sore
    )
    (found,) = keeps(told, last)
    assert trail(found) == lines(expected)
    reds = {
        f"{what} {(on - told.start).days}"
        for what, strand in (("run", "running"), ("session", "hops"))
        for on, record in found.done[strand].items()
        if record.response is Response.RED
    }
    assert reds == set(sore)
    assert found.states[-1].stage is Stage.MAINTENANCE
    assert found.states[-1].running.step_id == "R17"


# Two sides: day, stage, running step, step of hops, dose step. The right was placed in the stage of
# settling, the left in that of slow strength.
TOGETHER = """
42 hip_fl R1 - S3.a1
46 hip_fl R1 - S3.a2
49 hip_fl R2 - S3.a2
53 hip_fl R2 - S3.a3
56 hip_fl R3 - S3.a3
60 hip_fl R3 - S3.b1
63 hip_fl R4 - S3.b1
67 hip_fl R4 - S3.b2
70 hip_fl R5 - S3.b2
74 hip_fl R5 - S3.b3
77 hip_fl R6 - S3.b3
81 hip_fl R6 - S3.c1
84 hip_fl R7 - S3.c1
88 hip_fl R7 - S3.c2
89 energy R7 E1 S3.c2
93 energy R8 E1 S3.c2
98 energy R8 E2 S3.c2
100 energy R9 E2 S3.c2
105 energy R9 E3 S3.c2
107 energy R10 E3 S3.c2
121 energy R11 E3 S3.c2
122 return R11 E3 S6
126 return R12 E3 S6
130 return R13 E3 S6
135 return R14 E3 S6
149 return R15 E3 S6
163 return R16 E3 S6
165 mainte R16 E3 S6
172 mainte R17 E3 S6
"""
LEFT = """
0 isoton R0 - S2.2
4 isoton R0 - S2.3
9 isoton R0 - S2.4
21 hip_fl R0 - S3.a1"""
RIGHT = """
0 settle R0 - I0.1
2 settle R0 - I0.2
4 settle R0 - I0.3
6 isomet R0 - I1.1
8 isomet R0 - I1.2
10 isomet R0 - I1.3
12 isomet R0 - I1.4
14 isomet R0 - I1.5
15 isoton R0 - S2.1
21 isoton R0 - S2.2
25 isoton R0 - S2.3
30 isoton R0 - S2.4
36 hip_fl R0 - S3.a1"""


def test_two_sides_go_on_to_racing_together() -> None:
    told = History(
        stage=None, side="left", goal="running", days=MWF, morning_pain=1, rest_pain=0, base=0,
        equipment=["band"], tests={"one_leg_bridges": 1, "long_lever_bridges": 1},
    ).follow(0, 5, rest_pain=0, sitting_minutes=60).thrive(0, 185, morning=0, rest=0)  # fmt: skip
    left, right = keeps(told, 185)
    assert trail(left, strength=True) == lines(LEFT + TOGETHER)
    assert trail(right, strength=True) == lines(RIGHT + TOGETHER)
    for one, other in zip(left.states, right.states, strict=True):
        runs = [[run.on for run in side.running.records] for side in (one, other)]
        assert runs[0] == runs[1]
        assert one.running.step == other.running.step
