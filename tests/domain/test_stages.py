"""Stages: what leaving one asks, line by line, and the ways down and back (b4, c3, c10-38..47)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from custom_components.pht_rehab.domain import stagnation
from custom_components.pht_rehab.domain.criteria import check, gate, ready, tests_due as due
from custom_components.pht_rehab.domain.facts import StageConfirmed
from custom_components.pht_rehab.domain.model import (
    Band,
    DayKind,
    Goal,
    Outcome,
    ReasonId,
    RehabError,
    Response,
    Stage,
    Waiting,
    reason,
)
from custom_components.pht_rehab.domain.protocol import (
    FIRST_STEP,
    LADDER,
    LAST_STEP,
    STAGES,
    STEP_INDEX,
    next_stage,
)
from custom_components.pht_rehab.domain.records import SessionRecord
from custom_components.pht_rehab.domain.state import (
    Creep,
    Flare,
    LastTest,
    Lock,
    Pause,
    Score,
    State,
)
from custom_components.pht_rehab.domain.steps import enter_stage
from tests.domain.builders import START, History

TODAY = START + timedelta(days=60)

P0, P1, P2, P3, P6 = (
    Stage.SETTLE,
    Stage.ISOMETRIC,
    Stage.ISOTONIC,
    Stage.HIP_FLEXION,
    Stage.MAINTENANCE,
)
GREEN, AMBER, RED, AWAITING = Response.GREEN, Response.AMBER, Response.RED, Response.AWAITING

# (b4) test -> just enough; the other side where the line asks for symmetry
TESTS: dict[Stage, dict[str, tuple[float, float | None, float]]] = {
    P0: {},
    P1: {"slow_bridge_reps": (10, None, 3)},
    P2: {
        "bridge_reps": (20, 22, 3),
        "long_lever_bridge_reps": (8, None, 3),
        "slider_lowering": (8, None, 3),
        "hip_hinge": (10, None, 3),
    },
    P3: {
        "single_leg_rdl": (8, None, 3),
        "rdl": (8, None, 3),
        "forward_lunges": (10, None, 2),
        "chair_bridge_reps": (20, 22, 3),
    },
}
SITTING = {P0: 15, P1: 20, P2: 30, P3: 45}
MINIMUM = {P0: 5, P1: 7, P2: 21, P3: 28}
LOAD_TEST = {P0: 3, P1: 3, P2: 3, P3: 2}
FLOOR = {P0: "I0.3", P1: "I1.4", P2: "S2.3", P3: "S3.c1"}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def session(
    state: State,
    days: int,
    response: Response = GREEN,
    step: str | None = None,
    *,
    gap: bool = False,
    light: bool = False,
    share: float = 1,
) -> SessionRecord:
    return SessionRecord(
        on=ago(days),
        step=state.step if step is None else STEP_INDEX[step],
        stage=state.stage,
        band=Band.NORMAL,
        share=share,
        baselines={},
        usual=None,
        pain_during=1,
        pain_after=1,
        effort=None,
        painkiller=False,
        cut_short=False,
        counts=True,
        irritable=state.plan.daily,
        light=light,
        response=response,
        gap=gap,
    )


def sessions(state: State, *responses: Response, step: str | None = None) -> None:
    """Let the last sessions be these, one a day, the last one yesterday."""
    state.records = [
        session(state, index + 1, response, step)
        for index, response in reversed(list(enumerate(reversed(responses))))
    ]


def mornings(state: State, *pains: float, test: str | None = None) -> None:
    """Let the last scores be these, one a day, the last one today."""
    state.scores[test or state.plan.load_test] = [
        Score(ago(index), pain, in_baseline=True, in_drift=True)
        for index, pain in reversed(list(enumerate(reversed(pains))))
    ]


def ideal(stage: Stage, goal: str = "everyday") -> State:
    """A programme in which every exit line is met, each of them only just."""
    state = History(stage=stage.value, goal=goal).state(0)
    state.day = TODAY
    state.stage_since = ago(MINIMUM[stage])
    state.entry = ago(60)
    state.screened = TODAY
    state.last_session = ago(1)
    state.step = STEP_INDEX[FLOOR[stage]]
    state.check_test = state.plan.load_test
    sessions(state, GREEN, GREEN, GREEN)
    state.planned_days = [(ago(day), 1.0, day != 7) for day in (7, 5, 3, 1)]
    mornings(state, *[LOAD_TEST[stage]] * 3)
    state.first_score = {state.plan.load_test: LOAD_TEST[stage]}
    state.rest_pain = (ago(6), 2)
    state.sitting = [(ago(6), SITTING[stage])]
    state.night_waking = (ago(6), False)
    state.tests = {
        test: LastTest(ago(2), value, other, pain)
        for test, (value, other, pain) in TESTS[stage].items()
    }
    return state


def met(state: State, line: str) -> bool | None:
    return next(result.met for result in check(state, TODAY) if result.id == line)


LINES = {
    P0: ["calm_mornings", "rest_pain", "floor_step", "sitting"],
    P1: ["load_test", "floor_step", "test_slow_bridge_reps", "night_waking", "sitting"],
    P2: [
        "load_test",
        "floor_step",
        "test_bridge_reps",
        "test_long_lever_bridge_reps",
        "test_slider_lowering",
        "test_hip_hinge",
        "sitting",
    ],
    P3: [
        "load_test",
        "floor_step",
        "test_single_leg_rdl",
        "test_rdl",
        "test_forward_lunges",
        "test_chair_bridge_reps",
        "sitting",
    ],
}
COMMON = [
    "days_in_stage",
    "last_sessions_green",
    "no_red",
    "adherence",
    "sessions_in_14_days",
    "calm",
]


@pytest.mark.parametrize("stage", [P0, P1, P2, P3])
def test_every_line_just_met(stage: Stage) -> None:
    state = ideal(stage)
    assert [result.id for result in check(state, TODAY)] == LINES[stage] + COMMON
    assert [result.id for result in check(state, TODAY) if result.met is not True] == []
    assert ready(state, TODAY)


type Change = Callable[[State], object]
type Case = tuple[str, Change, str, bool | None]


def days(count: int) -> Change:
    return lambda state: setattr(state, "stage_since", ago(count))


def test_of(test: str, value: float | None, other: float | None, pain: float | None) -> Change:
    return lambda state: state.tests.__setitem__(test, LastTest(ago(2), value, other, pain))


test_of.__test__ = False  # type: ignore[attr-defined]


def untold(test: str) -> Change:
    return lambda state: state.tests.pop(test)


def aged(test: str, age: int) -> Change:
    return lambda state: state.tests.__setitem__(test, state.tests[test]._replace(on=ago(age)))


def told(name: str, age: int, value: float) -> Change:
    return lambda state: setattr(state, name, (ago(age), value))


def sat(age: int, minutes: float) -> Change:
    return lambda state: setattr(state, "sitting", [(ago(age), minutes)])


def last(*responses: Response, step: str | None = None) -> Change:
    return lambda state: sessions(state, *responses, step=step)


def scored(*pains: float) -> Change:
    return lambda state: mornings(state, *pains)


def planned(*flags: int) -> Change:
    """14 days of plans: 1 done, 0 missed, 2 done though not planned."""
    return lambda state: setattr(
        state,
        "planned_days",
        [(ago(index), float(flag < 2), flag > 0) for index, flag in enumerate(flags)],
    )


def add(*records: tuple[int, Response]) -> Change:
    return lambda state: setattr(
        state,
        "records",
        [session(state, age, response) for age, response in records] + state.records,
    )


def score_ago(age: int, pain: float) -> Change:
    return lambda state: state.scores.__setitem__(
        state.plan.load_test, [Score(ago(age), pain, in_baseline=True, in_drift=True)]
    )


def spread(*ages: int) -> Change:
    return lambda state: state.scores.__setitem__(
        state.plan.load_test,
        [Score(ago(age), 3, in_baseline=True, in_drift=True) for age in ages],
    )


def everywhere(line: str, change: Change, *, met: bool | None) -> list[tuple[Stage, Case]]:
    return [(stage, ("everywhere", change, line, met)) for stage in (P0, P1, P2, P3)]


def capacity(stage: Stage) -> list[tuple[Stage, Case]]:
    """Both sides of every capacity test: value, pain, age, and not known."""
    cases: list[tuple[Stage, Case]] = []
    for test, (value, other, pain) in TESTS[stage].items():
        line = f"test_{test}"
        cases += [
            (stage, (test, test_of(test, value + 5, other, 0), line, True)),
            (stage, (test, test_of(test, value - 1, other and 0, pain), line, False)),
            (stage, (test, test_of(test, value, other, pain + 0.5), line, False)),
            (stage, (test, test_of(test, None, other, pain), line, None)),
            (stage, (test, test_of(test, value, other, None), line, None)),
            (stage, (test, untold(test), line, None)),
            (stage, (test, aged(test, 28), line, None)),
        ]
        if test != "hip_hinge":  # whose next morning must be known too
            cases.append((stage, (test, aged(test, 27), line, True)))
        if other is not None:  # at least 90 % of the other side
            cases += [
                (stage, (test, test_of(test, 20, 22, pain), line, True)),
                (stage, (test, test_of(test, 20, 23, pain), line, False)),
                (stage, (test, test_of(test, 36, 40, pain), line, True)),
                (stage, (test, test_of(test, 35, 40, pain), line, False)),
                (stage, (test, test_of(test, 40, 20, pain), line, True)),
                (stage, (test, test_of(test, 20, None, pain), line, None)),
            ]
    return cases


CASES: list[tuple[Stage, Case]] = [
    # P0: three mornings in a row at 3 or less, within 5 days
    (P0, ("mornings", scored(3, 3), "calm_mornings", False)),
    (P0, ("mornings", scored(3.5, 3, 3, 3), "calm_mornings", True)),
    (P0, ("mornings", scored(3.5, 3, 3), "calm_mornings", False)),
    (P0, ("mornings", scored(3, 3, 3.5), "calm_mornings", False)),
    (P0, ("mornings", spread(4, 2, 0), "calm_mornings", True)),
    (P0, ("mornings", spread(5, 2, 0), "calm_mornings", False)),
    (P0, ("rest ache", told("rest_pain", 0, 2.5), "rest_pain", False)),
    (P0, ("rest ache", told("rest_pain", 7, 0), "rest_pain", None)),
    (P0, ("rest ache", lambda state: setattr(state, "rest_pain", None), "rest_pain", None)),
    (P0, ("I0.3 twice", last(GREEN, GREEN, GREEN, step="I0.2"), "floor_step", False)),
    (P0, ("I0.3 twice", last(AMBER, GREEN, GREEN), "floor_step", True)),
    (P0, ("I0.3 twice", last(GREEN, AMBER, GREEN), "floor_step", False)),
    # P1
    (P1, ("T2", scored(3.5), "load_test", False)),
    (P1, ("T2", lambda state: state.scores.clear(), "load_test", None)),
    (P1, ("T2", score_ago(27, 3), "load_test", True)),
    (P1, ("T2", score_ago(28, 3), "load_test", None)),
    (P1, ("I1.4 three times", last(GREEN, GREEN, GREEN, step="I1.3"), "floor_step", False)),
    (P1, ("I1.4 three times", last(GREEN, GREEN, GREEN, step="I1.6"), "floor_step", True)),
    (P1, ("I1.4 three times", last(GREEN, GREEN), "floor_step", False)),
    (P1, ("nights", told("night_waking", 0, 1), "night_waking", False)),
    (P1, ("nights", told("night_waking", 7, 0), "night_waking", None)),
    (P1, ("nights", lambda state: setattr(state, "night_waking", None), "night_waking", None)),
    # P2: one GREEN at S2.3 or above among the last three
    (P2, ("T3", scored(3.5), "load_test", False)),
    (P2, ("S2.3 once", last(GREEN, GREEN, GREEN, step="S2.2"), "floor_step", False)),
    (P2, ("S2.3 once", last(GREEN, GREEN, GREEN, step="S2.4"), "floor_step", True)),
    (
        P2,
        (
            "S2.3 once",
            lambda state: setattr(
                state,
                "records",
                [session(state, age, GREEN, step) for age, step in ((5, "S2.3"), (3, "S2.1"))]
                + [session(state, 1, GREEN, "S2.2")],
            ),
            "floor_step",
            True,
        ),
    ),
    # P3: three GREENs at S3.c; T4 at 2, or a steady 3 (below)
    (P3, ("T4", scored(2.5), "load_test", False)),
    (P3, ("T4", scored(2), "load_test", True)),
    (P3, ("S3.c", last(GREEN, GREEN, GREEN, step="S3.b3"), "floor_step", False)),
    (P3, ("S3.c", last(GREEN, GREEN, GREEN, step="S3.c3"), "floor_step", True)),
    *[case for stage in (P1, P2, P3) for case in capacity(stage)],
    # Sitting: the last report of the past 7 days
    *[
        item
        for stage, minutes in SITTING.items()
        for item in (
            (stage, ("sitting", sat(0, minutes - 1), "sitting", False)),
            (stage, ("sitting", sat(6, minutes), "sitting", True)),
            (stage, ("sitting", sat(7, 600), "sitting", None)),
            (stage, ("sitting", lambda state: state.sitting.clear(), "sitting", None)),
            (stage, ("minimum", days(MINIMUM[stage] - 1), "days_in_stage", False)),
        )
    ],
    # no RED in 7 days (P0, P1), in 14 (P2, P3)
    (P0, ("no red", add((7, RED)), "no_red", True)),
    (P0, ("no red", add((6, RED)), "no_red", False)),
    (P1, ("no red", add((7, RED)), "no_red", True)),
    (P1, ("no red", add((6, RED)), "no_red", False)),
    (P2, ("no red", add((14, RED)), "no_red", True)),
    (P2, ("no red", add((13, RED)), "no_red", False)),
    (P3, ("no red", add((14, RED)), "no_red", True)),
    (P3, ("no red", add((13, RED)), "no_red", False)),
    # the last three GREEN; information gaps are neutral (c10-12)
    *everywhere("last_sessions_green", last(GREEN, GREEN), met=False),
    *everywhere("last_sessions_green", last(GREEN, GREEN, AMBER), met=False),
    *everywhere("last_sessions_green", last(AMBER, GREEN, GREEN, GREEN), met=True),
    *everywhere("last_sessions_green", last(GREEN, GREEN, GREEN, AWAITING), met=True),
    *everywhere(
        "last_sessions_green",
        lambda state: state.records.append(session(state, 0, AMBER, gap=True)),
        met=True,
    ),
    *everywhere(
        "last_sessions_green",
        lambda state: setattr(state, "records", [session(state, 70 + i, GREEN) for i in range(3)]),
        met=False,  # of this stage
    ),
    *everywhere(
        "last_sessions_green",  # less than half of it done is no good news (c7, c10-11)
        lambda state: setattr(
            state, "records", [session(state, i, GREEN, share=0.49) for i in (5, 3, 1)]
        ),
        met=False,
    ),
    *everywhere(
        "last_sessions_green",
        lambda state: setattr(
            state, "records", [session(state, i, GREEN, share=0.5) for i in (5, 3, 1)]
        ),
        met=True,
    ),
    # adherence 75 % of the last 14 days, and three sessions in them
    *everywhere("adherence", planned(1, 1, 1, 0), met=True),
    *everywhere("adherence", planned(1, 1, 0), met=False),
    *everywhere("sessions_in_14_days", planned(1, 1), met=False),
    *everywhere("sessions_in_14_days", planned(2, 2, 2), met=True),
    *everywhere(
        "sessions_in_14_days",
        lambda state: setattr(state, "planned_days", [(ago(d), 1.0, True) for d in (14, 5, 3)]),
        met=False,
    ),
    # no flare-up, no hold after one, no drift, no week at 4 or more
    *everywhere("calm", lambda state: setattr(state, "hold_until", TODAY), met=False),
    *everywhere("calm", lambda state: setattr(state, "hold_until", ago(1)), met=True),
    *everywhere("calm", lambda state: setattr(state, "creep", Creep(TODAY, TODAY)), met=False),
    *everywhere("calm", scored(4, 4, 4), met=False),
    *everywhere("calm", scored(4, 3.5, 3), met=True),
    *everywhere("calm", scored(4, 4), met=True),  # a guard needs three values
]


@pytest.mark.parametrize(
    ("stage", "case"), CASES, ids=[f"{s.value}-{c[2]}-{c[0]}-{c[3]}" for s, c in CASES]
)
def test_line(stage: Stage, case: Case) -> None:
    state = ideal(stage)
    _name, change, line, expected = case
    change(state)
    assert met(state, line) is expected
    if expected is not True:
        assert not ready(state, TODAY)  # it alone blocks


@pytest.mark.parametrize(
    "change",
    [
        lambda state: setattr(state, "pause", Pause(TODAY, None, clinical=False)),
        lambda state: setattr(state, "lock", Lock(TODAY, ())),
        lambda state: setattr(state, "prescriber_block", True),
        lambda state: setattr(state, "ill", True),
        lambda state: setattr(
            state,
            "flare",
            Flare(started=TODAY, test="long_lever_bridges", baseline=1, step=0, again=False),
        ),
    ],
)
def test_never_ready_while_something_else_holds(change: Change) -> None:
    state = ideal(P2)
    change(state)
    assert not ready(state, TODAY)


# The dowel hinge asks for the next morning too (b4 P2)


@pytest.mark.parametrize(
    ("morning", "expected"), [(4, True), (4.5, False), (None, None)], ids=["+1", "+1.5", "unknown"]
)
def test_hip_hinge_next_morning(morning: float | None, expected: bool | None) -> None:  # noqa: FBT001
    state = ideal(P2)
    if morning is None:
        mornings(state, 3, 3, 3)
        state.scores[state.plan.load_test].pop(1)  # the one after the test
    else:
        mornings(state, 3, 3, 3, morning, 3)
    assert met(state, "test_hip_hinge") is expected


@pytest.mark.parametrize(
    ("morning", "masked", "expected"),
    [(0, True, None), (4, True, None), (4.5, True, False), (4, False, True)],
)
def test_a_masked_morning_after_a_test_is_never_calm(
    morning: float,
    expected: bool | None,  # noqa: FBT001
    *,
    masked: bool,
) -> None:
    """(c6) of the hinge as of the walk back to running (b4 P2, d1); a sore one counts."""
    state = ideal(P2)
    mornings(state, 3, 3, 3, morning, 3)
    scores = state.scores[state.plan.load_test]
    scores[3] = replace(scores[3], masked=masked)
    assert met(state, "test_hip_hinge") is expected
    on = state.tests["hip_hinge"][0]
    state.tests["brisk_walk"] = LastTest(on, 30, None, 1)
    walk = next(line for line in gate(state, TODAY) if line.criterion.test == "brisk_walk")
    assert walk.met is expected


def test_hip_hinge_is_tried_again_when_its_morning_was_missed() -> None:
    state = ideal(P2)
    mornings(state, 3)
    state.tests["hip_hinge"] = LastTest(ago(6), 10, None, 1)
    assert "hip_hinge" not in due(state, TODAY)
    state.tests["hip_hinge"] = LastTest(ago(7), 10, None, 1)
    assert "hip_hinge" in due(state, TODAY)


# Steady low pain: T4 of 3 with a week's median unchanged for 28 days serves as well (c10-43)


def steady(*values: float, goal: str = "everyday", score: float = 3) -> State:
    state = ideal(P3, goal)
    state.stage_since = ago(70)
    mornings(state, *[score] * 7)
    oldest = len(values) - 1
    medians = [(ago(oldest - index), value) for index, value in enumerate(values)]
    state.medians = {"arabesques": medians}
    return state


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (steady(*[3] * 28), True),
        (steady(*[3] * 27), False),  # not yet 28 days
        (steady(*[2] * 14, *[3] * 14), True),  # within 1
        (steady(*[1.5] * 14, *[3] * 14), False),
        (steady(*[3] * 28, score=3.5), False),
        (steady(*[3] * 28, goal="running"), False),  # P3 to P4 keeps 2
        (steady(*[3] * 28, goal="sport"), False),
        (steady(score=3), False),
        (steady(score=2), True),
    ],
)
def test_steady_low_pain(state: State, *, expected: bool) -> None:
    assert met(state, "load_test") is expected


def test_a_masked_score_is_no_steady_low_pain() -> None:
    """(c6, c10-43) what it hides may be more than the 3 that would do."""
    state = steady(*[3] * 28)
    scores = state.scores["arabesques"]
    scores[-1] = replace(scores[-1], masked=True)
    assert met(state, "load_test") is False


def test_steady_needs_medians_of_these_days() -> None:
    # Weeks with too few scores leave only old medians: nothing is known of the last 28 days.
    state = steady()
    state.medians = {"arabesques": [(ago(50 - index), 3) for index in range(10)]}
    assert met(state, "load_test") is False


def test_steady_with_a_morning_left_out_here_and_there() -> None:
    state = steady(*[3] * 30)
    kept = [item for item in state.medians["arabesques"] if item[0] not in (ago(27), ago(15))]
    state.medians["arabesques"] = kept
    assert met(state, "load_test") is True


# Tests are planned from 7 days before the minimum, two a day, then weekly (c10-42, b3-3)


@pytest.mark.parametrize(("stage", "first"), [(P1, 0), (P2, 14), (P3, 21)])
def test_planned_from_seven_days_before_the_minimum(stage: Stage, first: int) -> None:
    state = ideal(stage)
    state.tests = {}
    if first:
        days(first - 1)(state)
        assert due(state, TODAY) == ()
    days(first)(state)
    assert due(state, TODAY) == tuple(TESTS[stage])[:2]


def test_the_day_of_the_set_up_had_tests_of_its_own() -> None:
    """(b3-3) two a day at most, and the placement was just that."""
    history = History(stage="isometric")
    assert [history.at(day).plan.tests for day in (0, 1)] == [(), ("slow_bridge_reps",)]


def test_two_a_day_until_all_are_done() -> None:
    state = ideal(P2)
    state.tests = {}
    assert due(state, TODAY) == ("bridge_reps", "long_lever_bridge_reps")
    for test in due(state, TODAY):
        state.tests[test] = LastTest(TODAY, *TESTS[P2][test])
    assert due(state, TODAY) == ("bridge_reps", "long_lever_bridge_reps")  # today's stay
    assert due(state, TODAY + timedelta(days=2)) == ("slider_lowering", "hip_hinge")


@pytest.mark.parametrize(
    ("value", "age", "again"), [(19, 6, False), (19, 7, True), (20, 27, False), (20, 28, True)]
)
def test_weekly_until_passed_and_valid_for_28_days(value: float, age: int, *, again: bool) -> None:
    state = ideal(P2)
    state.tests["bridge_reps"] = LastTest(ago(age), value, 20, 1)
    assert ("bridge_reps" in due(state, TODAY)) is again


def test_dead_lift_tests_open_at_the_last_letter() -> None:
    state = ideal(P3)
    state.tests = {}
    state.step = STEP_INDEX["S3.b3"]
    assert due(state, TODAY) == ("forward_lunges", "chair_bridge_reps")
    state.step = STEP_INDEX["S3.c1"]
    assert due(state, TODAY) == ("single_leg_rdl", "rdl")


def test_no_tests_in_the_settle_stage() -> None:
    assert due(ideal(P0), TODAY) == ()


def test_tests_stand_on_session_days_only() -> None:
    story = History(step="S2.2").calm(0, 20)
    assert story.at(14).plan.tests == ("bridge_reps", "long_lever_bridge_reps")
    assert story.at(11).plan.tests == ()
    for day in (12, 13, 15, 17, 19, 20):
        assert story.at(day).plan.tests == ()


# The way back to a stage passed before (c10-40)


def back(stage: Stage, passed: int, step: str) -> State:
    state = ideal(stage)
    state.passed[stage] = (ago(passed), STEP_INDEX[step])
    days(7)(state)
    return state


@pytest.mark.parametrize(("passed", "short"), [(83, True), (84, False)])
def test_way_back_asks_seven_days(passed: int, *, short: bool) -> None:
    assert met(back(P3, passed, "S3.c1"), "days_in_stage") is short
    state = back(P3, 20, "S3.c1")
    days(6)(state)
    assert met(state, "days_in_stage") is False


def test_way_back_looks_at_three_sessions() -> None:
    state = back(P2, 10, "S2.3")
    sessions(state, GREEN, AMBER, AMBER)
    assert met(state, "floor_step") is True
    sessions(state, GREEN, AMBER, AMBER, AMBER)
    assert met(state, "floor_step") is False


def test_way_back_does_not_lengthen_a_shorter_minimum() -> None:
    state = back(P0, 20, "I0.3")
    days(5)(state)
    assert met(state, "days_in_stage") is True


def test_way_back_asks_the_step_it_was_left_at() -> None:
    state = back(P3, 20, "S3.b2")
    sessions(state, GREEN, GREEN, GREEN, step="S3.b1")
    assert met(state, "floor_step") is False
    sessions(state, GREEN, GREEN, GREEN, step="S3.b2")
    assert met(state, "floor_step") is True
    state.records[0].step = state.records[1].step = STEP_INDEX["S3.a1"]
    assert met(state, "floor_step") is True
    assert ready(state, TODAY)


def test_way_back_keeps_the_pain_lines_and_the_age_of_tests() -> None:
    state = back(P3, 20, "S3.c1")
    scored(2.5)(state)
    assert met(state, "load_test") is False
    aged("rdl", 27)(state)
    assert met(state, "test_rdl") is True
    aged("rdl", 28)(state)
    assert met(state, "test_rdl") is None


def test_way_back_plans_tests_at_once() -> None:
    state = back(P3, 20, "S3.c1")
    state.tests = {}
    days(0)(state)
    assert due(state, TODAY) == ("single_leg_rdl", "rdl")


# Going up: always asked, never by itself (c10-46)


def near_the_top() -> History:
    """P1 passed by day 12 but for the user's word."""
    story = History(stage="isometric", step="I1.4", rest_pain=1, sitting=60).calm(0, 8)
    story.test(8, "slow_bridge_reps", 12, pain=1)
    return story.morning(9, 1, sitting=60, night=False).calm(9, 9)


def test_a_stage_up_waits_for_the_users_word() -> None:
    story = near_the_top()
    now = story.overview(9)
    assert [line.id for line in now.criteria if line.met is not True] == []
    assert now.standing.ready
    assert now.explanation.outcome is Outcome.PROGRESS
    assert now.explanation.reasons[0].id is ReasonId.CONFIRMATION
    assert now.explanation.waiting_for[0] is Waiting.CONFIRMATION
    assert now.days_to_next_stage == now.days_to_next_progression == 0
    story.calm(10, 12)
    assert story.state(12).stage is P1
    story.confirm(12)
    state = story.state(12)
    assert (state.stage, state.dose.id, state.stage_since) == (P2, "S2.1", story.on(12))
    assert state.passed[P1] == (story.on(12), STEP_INDEX["I1.6"])
    assert state.streak == 0
    change = state.last_change
    assert change is not None
    assert change.id is ReasonId.STAGE_UP


@pytest.mark.parametrize(
    ("told", "is_ready"),
    [
        ({"pain": 3}, True),  # awaited, and calm so far
        ({"pain": 4}, False),
        ({"pain": 1, "after": 5}, False),
        ({"pain": 1, "cut_short": True}, False),
        ({"pain": 4, "done": 10}, False),  # bad news, however little was done
        ({"pain": None}, True),  # nothing told is no bad news
    ],
)
def test_a_session_that_cannot_be_green_any_more_ends_the_row_that_evening(
    told: dict[str, Any], *, is_ready: bool
) -> None:
    """(c3, c10-11) the last three are not GREEN, whatever its morning says."""
    story = near_the_top()
    assert story.calm(10, 10).morning(11).overview(11, "08:00").standing.ready
    story.session(11, **told)
    assert story.overview(11, "21:00").standing.ready is is_ready
    line = next(line for line in story.overview(11).criteria if line.id == "last_sessions_green")
    assert line.value == (3 if is_ready else 0)
    if not is_ready:
        with pytest.raises(RehabError, match="criteria_unmet"):
            story.confirm(11, clock="21:00")


def test_not_ready_is_refused_but_anyway_with_a_reason_passes() -> None:
    story = History()
    with pytest.raises(RehabError, match="criteria_unmet"):
        story.confirm(0)
    assert story.confirm(0, anyway=True).state(0).stage is P3
    assert story.step(0) == "S3.a1"


@pytest.mark.parametrize("goal", ["running", "sport"])
def test_runners_go_on_to_the_stage_of_hops(goal: str) -> None:
    story = History(stage="hip_flexion", step="S3.c3", goal=goal).calm(0, 6)
    now = story.overview(6)
    assert now.next_stage == story.on(28)
    assert not now.standing.ready
    with pytest.raises(RehabError, match="criteria_unmet"):
        story.confirm(6)
    story.confirm(6, anyway=True)
    assert story.state(6).stage is Stage.ENERGY_STORAGE
    assert story.step(6) == "S3.c3"  # (c10-1) strength stays where P3 left it
    assert story.state(6).energy.step_id == "E1"
    assert ready(ideal(P3, goal), TODAY)
    assert all(line.met for line in check(ideal(P3, goal), TODAY))


def test_an_everyday_goal_goes_on_to_maintenance() -> None:
    story = History(stage="hip_flexion", step="S3.c3").confirm(0, anyway=True)
    assert story.state(0).stage is P6
    assert story.step(0) == "S6"
    with pytest.raises(RehabError, match="nothing_above"):
        story.confirm(0)
    assert check(story.state(0), START) == ()


def test_a_goal_changed_in_maintenance_leads_nowhere_new() -> None:
    story = History(stage="maintenance", goal="everyday").options(1, goal="running")
    assert story.state(1).goal is Goal.RUNNING
    assert story.overview(1).next_stage is None


def test_a_confirmation_that_no_longer_fits_the_past_is_left_alone() -> None:
    story = History(stage="settle")
    story.add(
        StageConfirmed(
            log_id="late",
            on=story.on(3),
            logged_at=datetime(2026, 1, 8, tzinfo=UTC),
            stage="isotonic",
        )
    )
    assert story.state(3).stage is P0


def test_a_goal_changed_on_a_later_stage_leads_to_maintenance() -> None:
    assert next_stage(Stage.ENERGY_STORAGE, Goal.EVERYDAY) is P6
    assert next_stage(Stage.ENERGY_STORAGE, Goal.SPORT) is Stage.RETURN_TO_SPORT


# Going down (c10-39)


@pytest.mark.parametrize(
    ("stage", "landing"), [(P6, "S3.b1"), (P3, "S2.2"), (P2, "I1.3"), (P1, "I0.2"), (P0, "I0.1")]
)
def test_landings(stage: Stage, landing: str) -> None:
    assert STAGES[stage].landing == landing


@pytest.mark.parametrize(
    ("stage", "step", "landing"),
    [
        ("hip_flexion", "S3.c3", "S2.2"),
        ("isotonic", "S2.4", "I1.3"),
        ("maintenance", "S6", "S3.b1"),
    ],
)
def test_more_than_28_days_without_a_session(stage: str, step: str, landing: str) -> None:
    story = History(stage=stage, step=step).session(0, 1)
    assert story.step(28) == step
    assert story.step(29) == landing
    change = story.state(29).last_change
    assert change is not None
    assert change.id is ReasonId.GAP_STAGE_DOWN
    assert story.step(40) == landing  # once for one absence


@pytest.mark.parametrize(("stage", "step"), [("isometric", "I1.4"), ("settle", "I0.2")])
def test_the_daily_stages_only_lose_the_streak(stage: str, step: str) -> None:
    story = History(stage=stage, step=step).session(0, 1).morning(1)
    assert story.state(7).streak == 1
    assert story.state(8).streak == 0
    assert story.step(40) == step


def ambers(*days: int, stage: str = "isotonic", step: str = "S2.4", total: int = 29) -> History:
    """Sessions that stay AMBER on these days, mornings all calm."""
    story = History(stage=stage, step=step, days=("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    for day in range(total):
        if day:
            story.morning(day)
        if day in days:
            story.session(day, 4)
    return story


@pytest.mark.parametrize(("days_", "down"), [((3, 10, 17, 24), True), ((3, 10, 17), False)])
def test_28_days_without_a_green(days_: Sequence[int], *, down: bool) -> None:
    story = ambers(*days_)
    assert story.state(27).stage is P2
    assert (story.state(28).stage is P1) is down
    if down:
        assert story.step(28) == "I1.3"
        change = story.state(28).last_change
        assert change is not None
        assert (change.id, change.variant) == (ReasonId.PLATEAU, "no_green")


def test_a_red_waits_on_through_a_stage_down() -> None:
    """(c3) for its calm morning, which may be one of the lower stage's own test."""
    story = ambers(3, 10, 17, total=26).session(25, 6).mornings(26, 3.5, 3.5, 3.5)
    assert story.state(28).stage is P1
    assert story.why(28) == ["red"]
    assert (story.kind(28), story.planned(28)) == (DayKind.LIGHT, "I0.1")
    assert story.morning(29, 2.5).kind(29) is DayKind.LIGHT
    assert story.morning(30, 2).planned(30) == "I1.3"
    chosen = ambers(3, 10, 17, total=26).session(25, 6).mornings(26, 3.5)
    assert chosen.kind(26) is DayKind.LIGHT
    assert chosen.set_stage(26, "isometric").planned(26) == "I1.1"


def test_a_green_in_between_starts_the_28_days_anew() -> None:
    story = ambers(3, 10, 17, 24)
    story.session(20, 1, typed=28)
    assert story.state(28).stage is P2


def test_sessions_without_a_score_are_not_fully_reported() -> None:
    story = ambers(3, 10, 17)
    story.session(24, None, typed=28)
    assert story.state(28).stage is P2


def test_no_second_stage_down_within_84_days() -> None:
    story = ambers(3, 10, 17, 24, 31, 38, 45, 52, 59, 66, 73, 80, 87, 94, 101, 108, total=113)
    assert story.state(28).stage is P1
    assert story.state(111).stage is P1
    assert "without_green" in story.state(56).reviews  # only the prompt
    assert "without_green" not in story.state(55).reviews
    assert story.state(112).stage is P0


def test_the_settle_stage_only_prompts() -> None:
    story = ambers(3, 10, 17, 24, stage="settle", step="I0.1")
    assert story.state(28).stage is P0
    assert "without_green" in story.state(28).reviews
    why = story.overview(28).explanation.reasons
    assert reason(ReasonId.PLATEAU, "without_green") in why
    assert reason(ReasonId.PLATEAU, "no_green") not in why  # nothing is put back


# Prompts to look again (c8)


@pytest.mark.parametrize(("stage", "most"), [(P0, 21), (P1, 35), (P2, 84), (P3, 112)])
def test_over_the_maximum(stage: Stage, most: int) -> None:
    for age in (most, most + 1):
        state = ideal(stage)
        days(age)(state)
        stagnation.watch(state, TODAY)
        assert ("over_maximum" in state.reviews) is (age > most)


@pytest.mark.parametrize(("stage", "most"), [(P1, 14), (P2, 21), (P3, 21)])
def test_plateau(stage: Stage, most: int) -> None:
    for age in (most - 1, most):
        state = ideal(stage)
        state.step_since = ago(age)
        stagnation.watch(state, TODAY)
        assert ("plateau" in state.reviews) is (age >= most)
    state = ideal(stage)
    state.step_since = ago(most)
    state.step = LAST_STEP[stage]
    stagnation.watch(state, TODAY)
    assert "plateau" not in state.reviews  # nothing to rise to
    state = ideal(stage)
    state.step_since = ago(most)
    planned(1, 1, 0)(state)
    stagnation.watch(state, TODAY)
    assert "plateau" not in state.reviews  # adherence is the point
    assert "adherence" in state.reviews


def test_a_prompt_about_a_stage_goes_with_it() -> None:
    state = ideal(P2)
    notes = ("plateau", "amber_loop", "adherence", "over_maximum", "without_green", "drift")
    state.reviews = dict.fromkeys((*notes, "screening", "relapse"), ago(3))
    enter_stage(state, P3, FIRST_STEP[P3], TODAY)
    assert set(state.reviews) == {"screening", "relapse"}


@pytest.mark.parametrize(
    ("held", "noted"),
    [
        ({}, True),
        ({"pause": Pause(ago(1), None, clinical=False)}, False),
        ({"lock": Lock(ago(1), ("swollen_calf",))}, False),
        ({"flare": Flare(started=ago(1), test="", baseline=1, step=0, again=False)}, False),
    ],
    ids=["going on", "paused", "locked", "in a flare-up"],
)
def test_nothing_is_called_stuck_while_the_programme_rests(
    held: dict[str, object], *, noted: bool
) -> None:
    state = ideal(P2)
    state.step_since = ago(21)
    for name, value in held.items():
        setattr(state, name, value)
    stagnation.watch(state, TODAY)
    assert ("plateau" in state.reviews) is noted


def test_low_adherence_never_regresses() -> None:
    story = History(step="S2.3").session(0, 1).quiet(1, 7).session(7, 1).quiet(8, 14)
    assert story.step(14) == story.planned(14) == "S2.3"
    assert "adherence" in story.state(14).reviews


# Maintenance: one session a week, weekly check, monthly test (b1, b4 P6, c10-47)


def test_one_session_a_week() -> None:
    story = History(stage="maintenance").calm(0, 28)
    records = [(item.on - START).days for item in story.state(29).records if item.hamstring]
    assert records == [0, 7, 14, 21, 28]
    assert story.state(28).step == STEP_INDEX["S6"]
    assert story.overview(28).adherence == 100


def test_a_missed_day_moves_the_session_of_the_week() -> None:
    story = History(stage="maintenance").skip(0)
    assert story.planned(2) == "S6"
    story.session(2, 1)
    assert story.planned(4) is None
    assert story.planned(7) is None  # 7 days apart
    assert story.planned(9) == "S6"


def test_a_session_late_in_the_week_is_full_adherence() -> None:
    story = History(stage="maintenance")
    for week in range(4):
        story.session(7 * week + 4, 1)
    assert story.overview(26).adherence == 100
    assert "adherence" not in story.state(26).reviews


def test_two_a_week_are_allowed_three_days_apart() -> None:
    story = History(stage="maintenance").session(0, 1).session(3, 1)
    assert story.record(3).counts
    story.session(5, 1)
    assert not story.record(5).counts
    assert not History(stage="maintenance").session(0, 1).session(2, 1).record(2).counts


def test_monthly_test() -> None:
    story = History(stage="maintenance")
    assert story.at(0).plan.tests == ("chair_bridge_reps",)
    story.test(0, "chair_bridge_reps", 25, other=25, pain=1).calm(0, 27)
    assert all(story.at(day).plan.tests == () for day in (7, 14, 21))
    assert story.at(28).plan.tests == ("chair_bridge_reps",)


def test_the_monthly_test_stands_on_the_day_it_was_done() -> None:
    told = History(stage="maintenance").session(0).test(0, "chair_bridge_reps", 24, pain=1)
    assert told.at(0).plan.tests == ("chair_bridge_reps",)


def test_seven_days_of_checks_after_a_raised_one() -> None:
    told = History(stage="maintenance").morning(7, 3)
    told.mornings(8, *[1] * 7)
    asked = [told.at(day, "06:30").plan.morning_test is not None for day in range(8, 16)]
    assert asked == [True] * 7 + [False]


def test_weekly_check_in_maintenance() -> None:
    story = History(stage="maintenance", days=("mon",))
    due_days = []
    for day in range(22):
        if story.at(day, "06:00").plan.morning_test is not None:
            due_days.append(day)
            if day:
                story.morning(day)
    assert due_days == [7, 14, 21]


def test_the_check_after_a_session_serves_for_the_week() -> None:
    story = History(stage="maintenance", days=("sun",)).session(6, 1)
    assert story.at(7, "06:00").plan.morning_test == "arabesques"
    assert story.at(6, "06:00").plan.morning_test is None


@pytest.mark.parametrize(("pain", "daily"), [(2.5, False), (3, True)])
def test_two_above_usual_asks_for_a_week_of_checks(pain: float, *, daily: bool) -> None:
    story = History(stage="maintenance", days=("mon",)).morning(7, 1).morning(14, pain)
    asked = [story.at(day, "06:00").plan.morning_test is not None for day in range(15, 23)]
    assert asked[:6] == [daily] * 6
    assert asked[6]  # the week's own one


def test_an_amber_asks_for_a_week_of_checks() -> None:
    story = History(stage="maintenance", days=("mon",)).session(0, 4).morning(1, 1)
    assert [story.at(day, "06:00").plan.morning_test is not None for day in (2, 5, 7, 8)] == [
        True,
        True,
        True,
        True,
    ]
    assert story.at(9, "06:00").plan.morning_test == "arabesques"  # the week's own


def test_a_green_asks_for_nothing_more() -> None:
    told = History(stage="maintenance").session(0, 1).morning(1, 1)
    assert told.verdict(0) is GREEN
    assert told.at(2, "06:30").plan.morning_test is None
    assert "screening" not in told.state(1).reviews
    told.session(7, 6)
    assert told.state(7).reviews["screening"] == told.on(7)  # (g1) asked again after a RED


def test_in_the_first_week_the_set_up_is_the_usual_score() -> None:
    # Nothing is older than the 7 days looked at: the last known B serves.
    story = History(stage="maintenance").mornings(1, 3, 3)
    assert story.state(2).relapse_until is None
    assert story.morning(3, 3).state(3).relapse_until is not None


def relapsed(*pains: float) -> History:
    story = History(stage="hip_flexion", step="S3.c2").confirm(0, anyway=True).morning(0, 1)
    story.session(0, 1).mornings(1, 1)
    story.morning(7, 1).session(7, 1).morning(14, 1)
    return story.mornings(15, *pains)


def test_relapse_three_mornings_of_seven() -> None:
    story = relapsed(3, 1, 3)
    assert story.state(17).relapse_until is None
    story.mornings(18, 1, 3)
    state = story.state(19)
    assert state.relapse_until == story.on(32)  # 14 days
    assert "relapse" in state.reviews
    change = state.last_change
    assert change is not None
    assert change.id is ReasonId.RELAPSE
    assert state.stage is P6
    # back to the week and the last comfortable step of P3
    story.quiet(20, 33)
    assert story.planned(21) == "S3.c2"
    story.session(21, 1)
    assert story.planned(23) == "S3.c2"
    story.session(23, 1)
    assert story.planned(25) == "S3.c2"
    assert story.step(25) == "S6"
    assert story.state(32).relapse_until is not None
    assert story.state(33).relapse_until is None
    assert story.planned(35) == "S6"


@pytest.mark.parametrize("pains", [(3, 1, 3), (2.5, 2.5, 2.5), (3, 1, 1, 3, 1, 1, 1, 3)])
def test_no_relapse(pains: tuple[float, ...]) -> None:
    story = relapsed(*pains)
    assert story.state(14 + len(pains)).relapse_until is None


def test_relapse_lands_where_p6_lands_if_p3_was_never_done() -> None:
    story = History(stage="maintenance").morning(7, 1).mornings(14, 3, 3, 3)
    assert story.state(16).relapse_until is not None
    assert story.planned(16) == "S3.b1"


def test_relapse_takes_the_last_green_step_of_p3() -> None:
    story = History(stage="hip_flexion", step="S3.b2").session(0, 1).morning(1, 1)
    story.session(2, 4).morning(3, 1).confirm(3, anyway=True).morning(3, 1)
    story.morning(10, 1).mornings(17, 3, 3, 3)
    assert story.planned(21) == "S3.b2"


def test_a_red_lowers_the_dose_of_a_relapse() -> None:
    """(c3) and the dose that comes after it has a set less until two sessions were calm."""
    story = relapsed(3, 3, 3).quiet(18, 32).session(21, 7)
    assert (story.planned(22), story.why(22)) == ("I0.1", ["red"])
    assert (story.planned(23), story.sets_off(23)) == ("S3.c1", 0)
    assert story.session(23, 1).planned(25) == "S3.c1"
    assert (story.planned(35), story.sets_off(35)) == ("S6", 1)


def test_two_ambers_lower_the_dose_of_a_relapse() -> None:
    story = relapsed(3, 3, 3).quiet(18, 32).session(21, 4)
    assert story.planned(23) == "S3.c2"
    story.session(23, 4)
    assert story.planned(25) == "S3.c1"
    change = story.state(25).last_change
    assert change is not None
    assert dict(change.figures)["step"] == "S3.c2"


def test_sore_after_a_session_of_a_relapse_takes_a_set_off_once() -> None:
    story = relapsed(3, 3, 3).quiet(18, 32).session(21, 1, 4)
    assert (story.planned(23), story.sets_off(23)) == ("S3.c2", 1)
    story.session(23, 1)
    assert (story.planned(25), story.sets_off(25)) == ("S3.c2", 0)


def test_less_than_a_relapse_asks_is_what_it_asks_next() -> None:
    """(c10-3) and more is not."""
    story = relapsed(3, 3, 3).quiet(18, 32).session(21, 1, step="S3.a3")
    assert story.planned(23) == "S3.a3"
    assert story.session(23, 1, step="S3.c3").planned(25) == "S3.a3"


def test_the_dose_of_a_relapse_is_not_reduced_below_the_stage_it_is_of() -> None:
    story = relapsed(3, 3, 3).quiet(18, 32).session(21, 1, step="S3.a1").session(23, 7)
    assert (story.planned(25), story.sets_off(25)) == ("S3.a1", 1)
    assert story.session(25, 1).state(26).relapse_step == STEP_INDEX["S3.a1"]


@pytest.mark.parametrize(
    ("what", "day", "planned"),
    [
        (lambda story: story.set_stage(19, "settle"), 19, "I0.1"),
        (lambda story: story.set_stage(19, "hip_flexion", "S3.a1").quiet(20, 21), 21, "S3.a1"),
        (lambda story: story.morning(19, 7).mornings(20, 1, 1, 1, 1), 23, "S3.b3"),
        (lambda story: story.event(19, "injection").resume(22).quiet(22, 23), 23, "S3.b3"),
    ],
    ids=["a stage chosen below", "a lower stage with the same test", "a flare-up", "an injection"],
)
def test_a_relapse_ends_with_the_stage(
    what: Callable[[History], History], day: int, planned: str
) -> None:
    """(c5, c8) two steps down lead from the step that was loaded."""
    story = what(relapsed(3, 3, 3).quiet(18, 18))
    state = story.state(day)
    assert (state.stage is not P6, state.relapse_until) == (True, None)
    assert story.planned(day) == planned


def value(state: State, line: str) -> object:
    return next(result.value for result in check(state, TODAY) if result.id == line)


def waits(state: State, line: str) -> str:
    return next(result.waits_for for result in check(state, TODAY) if result.id == line)


def test_the_figures_that_are_shown() -> None:
    state = ideal(P2)
    assert value(state, "adherence") == 75
    assert value(state, "no_red") is None
    state.records += [session(state, 9, RED), session(state, 3, RED)]
    assert value(state, "no_red") == (ago(3) + timedelta(days=14)).isoformat()
    mornings(state, 4, 4, 4)
    state.windows.clear()
    assert (met(state, "calm"), waits(state, "calm")) == (False, "calm_morning")
    state.hold_until = TODAY
    assert waits(state, "calm") == "time"


@pytest.mark.parametrize(("share", "counts"), [(0.1, True), (0, False)])
def test_bad_news_counts_however_little_was_done(share: float, *, counts: bool) -> None:
    """(c10-11); with nothing done for the hamstrings there is no session to judge."""
    state = ideal(P2)
    state.records.append(session(state, 0, AMBER, share=share))
    assert met(state, "last_sessions_green") is not counts


def test_the_other_side_is_compared_only_where_it_is_asked() -> None:
    state = ideal(P1)
    state.tests["slow_bridge_reps"] = LastTest(ago(1), 10, 30, 3)
    assert met(state, "test_slow_bridge_reps") is True


def test_a_masked_score_on_the_line_is_no_calm_one() -> None:
    state = ideal(P2)
    state.scores[state.plan.load_test] = [
        Score(ago(0), 3, in_baseline=False, in_drift=False, masked=True)
    ]
    assert met(state, "load_test") is None


@pytest.mark.parametrize("stage", [P1, P2, P3])
def test_a_test_under_a_painkiller_settles_nothing_that_is_good(stage: Stage) -> None:
    """(c6) too few of them or too sore is bad news however it was masked."""
    for name, (value, other, pain) in TESTS[stage].items():
        state = ideal(stage)
        state.tests[name] = state.tests[name]._replace(masked=True)
        unmet = {one.id: one for one in check(state, TODAY) if one.met is not True}
        line = unmet.pop(f"test_{name}")
        assert (line.met, line.value, line.waits_for, unmet) == (None, value, "test", {})
        for told in ((value - 1, other, pain), (value, other, 7)):
            state.tests[name] = LastTest(ago(2), *told)._replace(masked=True)
            assert met(state, f"test_{name}") is False


def test_a_test_is_masked_until_it_is_done_again() -> None:
    story = History(step="S2.2").test(1, "bridge_reps", 20, other=20, pain=1, painkiller=True)
    assert story.state(1).tests["bridge_reps"].masked
    story.test(2, "bridge_reps", 20, other=20, pain=1)
    assert story.state(2).tests["bridge_reps"] == LastTest(story.on(2), 20, 20, 1)


def test_a_load_test_logged_as_a_test_can_be_masked_too() -> None:
    story = History(morning_pain=1).test(1, "long_lever_bridges", pain=0, painkiller=True)
    score = story.state(1).scores["long_lever_bridges"][-1]
    assert (score.pain, score.masked, score.in_baseline) == (0, True, False)


def test_stages_do_not_mix_their_sessions() -> None:
    story = near_the_top().confirm(9)
    line = next(item for item in story.overview(9).criteria if item.id == "last_sessions_green")
    assert (line.met, line.value) == (False, 0)
    assert LADDER[story.state(9).step].id == "S2.1"
    assert story.kind(9) in (DayKind.TEST, DayKind.LOADING, DayKind.REST, DayKind.LIGHT)


def test_a_masked_calm_morning_meets_no_exit_line() -> None:
    told = History(stage="settle", morning_pain=4, rest_pain=1, sitting=20)
    told.mornings(1, 4, 4).morning(3, 2, painkiller=True).morning(4, 2).morning(5, 2)
    line = next(line for line in told.overview(5).criteria if line.id == "calm_mornings")
    assert (line.met, line.value) == (False, 2)


def test_a_masked_sore_morning_counts_against_it() -> None:
    told = History(stage="settle", morning_pain=2, rest_pain=1, sitting=20)
    told.mornings(1, 2, 2).morning(3, 4, painkiller=True)
    line = next(line for line in told.overview(3).criteria if line.id == "calm_mornings")
    assert (line.met, line.value) == (False, 2)


def test_a_step_just_reduced_is_no_plateau() -> None:
    told = History(step="S2.3").calm(0, 20).session(21, 6)
    assert "plateau" not in told.state(22).reviews
