"""Leaving the stages of hops and of sport, line by line (b4 P4, P5, c3, c10-40, 43, 48)."""

from collections.abc import Callable
from datetime import date

import pytest

from custom_components.pht_rehab.domain.criteria import check, ready, tests_due as due_tests
from custom_components.pht_rehab.domain.exit_line import Result
from custom_components.pht_rehab.domain.model import Response, Stage
from custom_components.pht_rehab.domain.protocol import STEP_INDEX
from custom_components.pht_rehab.domain.questions import WeeklyScore
from custom_components.pht_rehab.domain.records import SessionRecord
from custom_components.pht_rehab.domain.state import LastTest, Score, State
from custom_components.pht_rehab.domain.strands import ENERGY_INDEX
from tests.domain.standing import (
    AMBER,
    GREEN,
    P3,
    P4,
    P5,
    RED,
    TODAY,
    ago,
    done,
    standing,
    strengthened,
)


def scored(state: State, *pains: float) -> None:
    """Put the last mornings' scores, the newest last."""
    test = state.plan.load_test
    state.scores[test] = [
        Score(ago(len(pains) - 1 - number), pain, in_baseline=True, in_drift=True, week=pain)
        for number, pain in enumerate(pains)
    ]
    state.today_scores = {test: pains[-1]}


def common(state: State, days: int) -> State:
    """Meet what every stage up asks, only just."""
    state.stage_since = ago(days)
    state.planned_days = [(ago(day), 1.0, day != 9) for day in (9, 6, 4, 2)]
    return state


def hops_left(goal: str = "running") -> State:
    """Return the day the stage of hops may be left, every line met only just."""
    state = common(standing(P4, run="R9", hops="E3", goal=goal), 21)
    state.step = STEP_INDEX["S3.c2"]
    for day in (9, 6, 2):
        strengthened(state, day)
    for day in (10, 7, 3):
        done(state, state.energy, day, step="E3")
    state.tests = {"strides": LastTest(ago(5), 6, None, 2)}
    scored(state, 1, 1, 1, 1, 1, 1, 2)
    return state


def sport_left() -> State:
    """Return the day the stage of sport may be left, every line met only just."""
    state = common(standing(P5, run="R16", hops="E3"), 28)
    for day in (27, 20, 13, 9, 6, 2):
        strengthened(state, day)
    done(state, state.running, 3, step="R16", hard=True, pain=2)
    state.tests = {"chair_bridge_reps": LastTest(ago(27), 25, 27.5, 3)}
    scored(state, 1, 1, 1, 1, 1, 1, 1)
    state.weekly = [checked(ago(13), 85)]
    return state


def checked(on: date, total: int | None) -> WeeklyScore:
    return WeeklyScore(on=on, log_id="", total=total, overall=None, computed=())


def unmet(state: State) -> list[str]:
    return [line.id for line in check(state, TODAY) if line.met is not True]


def line(state: State, name: str) -> Result:
    return next(found for found in check(state, TODAY) if found.id == name)


def test_more_steady_weeks_than_asked_are_told_as_asked() -> None:
    state = sport_left()
    state.stage_since = ago(60)
    for day in range(34, 60, 3):
        strengthened(state, day)
    found = line(state, "steady_weeks")
    assert (found.met, found.value, found.target) == (True, 4, 4)


@pytest.mark.parametrize(
    ("ideal", "stage", "asked"), [(hops_left, P4, "energy_step"), (sport_left, P5, "steady_weeks")]
)
def test_the_way_back_asks_for_one(ideal: Callable[[], State], stage: Stage, asked: str) -> None:
    """(c10-40) of the sessions, or the weeks, of a stage that was passed before."""
    state = ideal()
    assert line(state, asked).target > 1  # type: ignore[operator]
    state.passed[stage] = (ago(20), state.step)
    assert line(state, asked).target == 1


@pytest.mark.parametrize("ideal", [hops_left, sport_left])
def test_all_met(ideal: Callable[[], State]) -> None:
    state = ideal()
    assert unmet(state) == []
    assert ready(state, TODAY)


HOPS: list[tuple[list[str], Callable[[State], object]]] = [
    (["load_test"], lambda s: scored(s, 1, 1, 1, 1, 1, 1, 2.5)),
    (["energy_step"], lambda s: setattr(s.energy.records[0], "response", AMBER)),
    (["energy_step"], lambda s: setattr(s.energy.records[0], "step", ENERGY_INDEX["E2"])),
    (["energy_step"], lambda s: setattr(s.energy.records[0], "on", ago(22))),
    ([], lambda s: setattr(s.energy.records[0], "on", ago(21))),
    (["energy_step"], lambda s: s.energy.records.pop()),
    (["energy_step"], lambda s: done(s, s.energy, 0, AMBER, step="E3")),
    (["energy_step"], lambda s: done(s, s.energy, 0, GREEN, step="E2")),
    ([], lambda s: done(s, s.energy, 0, AMBER, step="E3", gap=True)),
    ([], lambda s: done(s, s.energy, 0, GREEN, step="E2", share=0.4)),
    ([], lambda s: done(s, s.energy, 0, Response.AWAITING, step="E3")),
    (["strides"], lambda s: s.tests.clear()),
    (["strides"], lambda s: s.tests.update(strides=LastTest(ago(5), 6, None, 2.5))),
    (["strides"], lambda s: s.tests.update(strides=LastTest(ago(5), 6, None, None))),
    (["strides"], lambda s: s.tests.update(strides=LastTest(ago(28), 6, None, 2))),
    (
        ["strides"],
        lambda s: s.tests.update(strides=LastTest(TODAY, 6, None, 2)),
    ),  # no morning after it
    (["run_step"], lambda s: setattr(s.running, "step", 8)),
    ([], lambda s: setattr(s.running, "step", 10)),
    (["run_step"], lambda s: setattr(s.running, "step", None)),
    (["days_in_stage"], lambda s: setattr(s, "stage_since", ago(20))),
    (["last_sessions_green"], lambda s: setattr(s.records[0], "response", AMBER)),
    (["no_red"], lambda s: done(s, s.running, 13, RED)),
    ([], lambda s: done(s, s.running, 14, RED)),
    (["no_red"], lambda s: s.energy.records.insert(0, done_red(s, 13))),
    ([], lambda s: s.energy.records.insert(0, done_red(s, 14))),
    (["adherence"], lambda s: s.planned_days.insert(0, (ago(11), 1.0, False))),
    (["calm"], lambda s: setattr(s, "hold_until", TODAY)),
]


def done_red(state: State, days: int) -> SessionRecord:
    record = done(state, state.energy, days, RED, step="E3")
    state.energy.records.pop()
    return record


@pytest.mark.parametrize(("lines", "tell"), HOPS)
def test_leaving_the_hops(lines: list[str], tell: Callable[[State], object]) -> None:
    state = hops_left()
    tell(state)
    assert unmet(state) == lines


def test_those_who_do_not_run_are_not_asked_for_a_running_step() -> None:
    state = hops_left("sport")
    state.running.step = 0
    assert unmet(state) == []
    assert "run_step" not in [found.id for found in check(state, TODAY)]


@pytest.mark.parametrize(
    ("run", "met"),
    [
        ({}, True),
        ({"pain": 2.5}, None),
        ({"hard": False}, None),
        ({"step": "R10"}, None),
        ({"response": AMBER}, None),
        ({"days_ago": 28}, None),
        ({"days_ago": 27}, True),
    ],
)
def test_the_strides_of_a_run_serve(run: dict[str, object], *, met: bool | None) -> None:
    """(c10-48) those of R11; without one the test of their own is not known."""
    state = hops_left()
    state.tests.clear()
    told: dict[str, object] = {"days_ago": 5, "step": "R11", "hard": True, "pain": 2} | run
    days = told.pop("days_ago")
    done(state, state.running, days, **told)  # type: ignore[arg-type]
    assert line(state, "strides").met is met


@pytest.mark.parametrize(("morning", "met"), [(2, True), (2.5, False)])
def test_the_morning_after_the_strides(morning: float, *, met: bool) -> None:
    state = hops_left()
    state.tests = {"strides": LastTest(ago(5), 6, None, 2)}
    scored(state, 1, 1, morning, 1, 1, 1, 1)
    assert state.scores["arabesques"][2].on == ago(4)
    assert line(state, "strides").met is met


@pytest.mark.parametrize(("pain", "met"), [(2, None), (2.5, False)])
def test_strides_under_a_painkiller_settle_nothing_that_is_good(
    pain: float, *, met: bool | None
) -> None:
    state = hops_left()
    state.tests = {"strides": LastTest(ago(5), 6, None, pain)}
    state.tests["strides"] = state.tests["strides"]._replace(masked=True)
    found = line(state, "strides")
    assert (found.met, found.value, found.waits_for) == (met, pain, "test")


def begun(state: State, days: int) -> None:
    """Let the stage have begun, with a session the day after."""
    state.stage_since = ago(days)
    strengthened(state, days - 1)


SPORT: list[tuple[list[str], Callable[[State], object]]] = [
    (["load_test"], lambda s: scored(s, 1, 1, 1, 1, 1, 1, 1.5)),
    (
        ["test_chair_bridge_reps"],
        lambda s: s.tests.update(chair_bridge_reps=LastTest(ago(1), 24, 24, 3)),
    ),
    (
        ["test_chair_bridge_reps"],
        lambda s: s.tests.update(chair_bridge_reps=LastTest(ago(1), 25, 28, 3)),
    ),
    (
        ["test_chair_bridge_reps"],
        lambda s: s.tests.update(chair_bridge_reps=LastTest(ago(1), 25, 25, 3.5)),
    ),
    (
        ["test_chair_bridge_reps"],
        lambda s: s.tests.update(chair_bridge_reps=LastTest(ago(28), 25, 25, 3)),
    ),
    (["weekly_check"], lambda s: s.weekly.append(checked(ago(1), 84))),
    (["weekly_check"], lambda s: s.weekly.clear()),
    (["weekly_check"], lambda s: setattr(s, "weekly", [checked(ago(14), 85)])),
    (["hardest_run"], lambda s: s.running.records.clear()),
    (["hardest_run"], lambda s: setattr(s.running.records[0], "pain_during", 2.5)),
    (["hardest_run"], lambda s: setattr(s.running.records[0], "hard", False)),
    (["hardest_run"], lambda s: setattr(s.running.records[0], "step", 15)),
    (["hardest_run"], lambda s: setattr(s.running.records[0], "on", ago(29))),
    (["hardest_run"], lambda s: setattr(s.running.records[0], "response", AMBER)),
    ([], lambda s: done(s, s.running, 0, hard=True, pain=3, step="R16")),
    # four weeks in a row, at most one AMBER in each
    ([], lambda s: done(s, s.running, 10, AMBER)),
    (["steady_weeks"], lambda s: [done(s, s.running, day, AMBER) for day in (10, 8)]),
    ([], lambda s: [done(s, s.running, day, AMBER) for day in (13, 14)]),
    ([], lambda s: [done(s, s.running, 10, AMBER), done(s, s.running, 8, AMBER, gap=True)]),
    (["steady_weeks"], lambda s: [done(s, s.energy, 10, AMBER), done(s, s.running, 8, AMBER)]),
    (["steady_weeks"], lambda s: done(s, s.running, 15, RED)),
    (["steady_weeks", "no_red"], lambda s: done(s, s.running, 8, RED)),
    (["steady_weeks"], lambda s: s.records.pop(1)),  # a week without any training
    (["steady_weeks", "days_in_stage"], lambda s: setattr(s, "stage_since", ago(26))),
    (["steady_weeks", "days_in_stage"], lambda s: begun(s, 26)),
    (["days_in_stage"], lambda s: setattr(s, "stage_since", ago(27))),
]


@pytest.mark.parametrize(("lines", "tell"), SPORT)
def test_leaving_sport(lines: list[str], tell: Callable[[State], object]) -> None:
    state = sport_left()
    tell(state)
    assert unmet(state) == lines


@pytest.mark.parametrize(
    ("pain", "medians", "met"),
    [
        (2, [2] * 28, True),
        (2, [1] + [2] * 27, True),
        (2, [3] + [2] * 27, True),
        (2, [0.5] + [2] * 27, False),
        (2, [2] * 27, False),
        (2.5, [2] * 28, False),
        (1, [], True),
    ],
)
def test_a_steady_two_serves(pain: float, medians: list[float], *, met: bool) -> None:
    """(c10-43) unchanged within 1 for 28 days."""
    state = sport_left()
    scored(state, *[pain] * 7)
    count = len(medians)
    state.medians = {
        "arabesques": [(ago(count - 1 - day), value) for day, value in enumerate(medians)]
    }
    assert line(state, "load_test").met is met


# Which tests are asked for (c10-42)


@pytest.mark.parametrize(
    ("days", "goal", "hops", "symptoms", "due", "waits"),
    [
        (13, "sport", "E3", (), (), "test"),
        (14, "sport", "E3", (), ("strides",), "test"),
        (14, "sport", "E2", (), (), "sessions"),
        (14, "running", "E3", (), (), "sessions"),  # (c10-48) the run of R11
        (14, "sport", "E3", ("bone_stress",), (), "sessions"),
    ],
)
def test_when_strides_are_asked_for(
    days: int, goal: str, hops: str, symptoms: tuple[str, ...], due: tuple[str, ...], waits: str
) -> None:
    state = standing(P4, run="R10", hops=hops, goal=goal, symptoms=symptoms)
    state.stage_since = ago(days)
    assert due_tests(state, TODAY) == due
    assert line(state, "strides").waits_for == waits


def test_no_hops_are_asked_for_while_a_clinician_has_to_look_first() -> None:
    """(g1 K9) neither running nor hopping, and so no test of the way back."""
    for symptoms, due in (((), ("brisk_walk", "forward_lunges")), (("bone_stress",), ())):
        state = standing(P3, run="R0", symptoms=symptoms)
        state.stage_since = TODAY
        assert due_tests(state, TODAY) == due


@pytest.mark.parametrize(("stage", "asked"), [(Stage.ISOTONIC, False), (P3, True), (P4, True)])
@pytest.mark.parametrize("kept", [True, False])
def test_the_gate_is_tested_from_the_third_stage_on(
    stage: Stage, *, kept: bool, asked: bool
) -> None:
    state = standing(stage, run="R0", kept=kept)
    state.stage_since = TODAY
    found = due_tests(state, TODAY)
    assert found == (("brisk_walk", "forward_lunges") if asked and not kept else ())
    state.tests = {
        test: LastTest(ago(6), 0, 20, 9) for test in ("brisk_walk", "forward_lunges", "hops")
    }
    found = due_tests(state, TODAY)
    assert found == (("bridge_reps",) if asked and not kept else ())
    state.tests = {test: LastTest(ago(7), 0, 20, 9) for test in state.tests}
    assert due_tests(state, TODAY) == (
        ("brisk_walk", "forward_lunges") if asked and not kept else ()
    )
