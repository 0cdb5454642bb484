"""Two affected sides: each by its own scores, and the worse one governs what both do."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.agenda import days_ahead
from custom_components.pht_rehab.domain.correct import correct
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.exercises import Sides, Strand
from custom_components.pht_rehab.domain.facts import RunReported, SessionReported
from custom_components.pht_rehab.domain.intake import take_in
from custom_components.pht_rehab.domain.model import (
    DAY,
    DayKind,
    Reason,
    RehabError,
    Response,
    Side,
    Stage,
)
from custom_components.pht_rehab.domain.pair import Share, newly_sore, share_out
from custom_components.pht_rehab.domain.planner import plan_day, without_hops
from custom_components.pht_rehab.domain.protocol import LADDER, STEP_INDEX
from custom_components.pht_rehab.domain.records import RedWait
from custom_components.pht_rehab.domain.running import not_today
from custom_components.pht_rehab.domain.schedule import DayPlan
from custom_components.pht_rehab.domain.state import Creep, Flare, State
from custom_components.pht_rehab.domain.strand_steps import StrandDose
from custom_components.pht_rehab.domain.strands import RUN_INDEX, RUNS
from tests.domain.builders import History
from tests.domain.standing import (
    P1,
    P2,
    P3,
    P4,
    P6,
    TODAY,
    ago,
    done,
    named,
    ripe,
    standing,
    strength_at,
    strengthened,
)

EVENING = time(20)
P0 = Stage.SETTLE


def side_of(history: History, side: str) -> Course:
    return history.course.of(side)


def state(history: History, day: int, side: str) -> State:
    return side_of(history, side).today(history.on(day), EVENING).state


def step(history: History, day: int, side: str) -> str:
    return side_of(history, side).today(history.on(day), EVENING).state.dose.id


def parts_of(history: History, day: int) -> dict[str, Share]:
    now = {one.set_up.side: one.today(history.on(day), EVENING) for one in history.course.sides}
    return share_out({side: (each.state, each.plan) for side, each in now.items()})


def why(reasons: Iterable[Reason]) -> list[str]:
    return [named(reason) for reason in reasons]


def share_of(left: State, right: State) -> dict[str, Share]:
    """Return what two sides, put there by hand, do ``TODAY``."""
    sides = {"left": left, "right": right}
    return share_out(
        {side: (one, plan_day(one, TODAY, settled=True)) for side, one in sides.items()}
    )


# Single days


def pair(left: tuple[str, str], right: tuple[str, str], **more: Any) -> History:
    """Return a programme with each side at a stage and step of its own; every day trains."""
    history = History(stage=left[0], both=True, days=WEEK, **more)
    for side, (stage, at) in (("left", left), ("right", right)):
        history.set_stage(0, stage, at, side=side)
    return history


WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ISOTONIC = ("isotonic", "S2.1")


def listed(history: History, day: int) -> dict[tuple[str, str], int]:
    """Return the exercises of a day by id and sides, with their repetitions or seconds."""
    return {
        (item.prescribed.id, item.prescribed.sides.value): item.prescribed.reps
        or item.prescribed.hold_seconds
        or 0
        for item in history.overview(day, "10:00").items
    }


def test_two_leg_work_is_the_lower_sides_and_each_leg_does_its_own() -> None:
    history = pair(("isotonic", "S2.1"), ("isotonic", "S2.3"), equipment=["band"])
    found = listed(history, 0)
    assert found["bridge_double_slow", "both"] == 15
    assert ("long_lever_bridge_double", "both") not in found
    assert found["prone_curl_band", "left"] == 15
    assert found["prone_curl_band", "right"] == 10
    assert found["standing_hip_extension_band", "left"] == 15
    assert history.overview(0).dose_step == "S2.1"
    parts = parts_of(history, 0)
    assert {side: LADDER[part.step].id for side, part in parts.items()} == {
        "left": "S2.1",
        "right": "S2.3",
    }
    assert not parts["right"].shared


def test_the_same_dose_is_listed_once_and_in_the_order_of_one_side() -> None:
    history = pair(("isotonic", "S2.2"), ("isotonic", "S2.2"))
    alone = History(stage="isotonic", step="S2.2", days=WEEK)
    assert [*listed(history, 0)] == [*listed(alone, 0)]
    assert ("slider_curl_eccentric", "both") in listed(alone, 0)
    history = pair(("isotonic", "S2.2"), ("isotonic", "S2.2"), equipment=["band"])
    assert listed(history, 0)["bridge_single_slow", "each"] == 12
    assert not {sides for _id, sides in listed(history, 0)} & {"left", "right"}


def test_nothing_but_the_other_sides_work_earns_no_step_and_costs_none() -> None:
    history = pair(("isotonic", "S2.1"), ("isotonic", "S2.3"))  # without a band all on two legs
    assert parts_of(history, 0)["right"].shared
    for day in range(0, 9, 2):
        history.morning(day, 1)
        history.session(day, 1, 1)
        history.morning(day + 1, 1)
    assert step(history, 9, "right") == "S2.3"
    assert state(history, 9, "right").streak == 0
    assert state(history, 9, "right").last_session == history.on(8)
    assert STEP_INDEX[step(history, 9, "left")] > STEP_INDEX["S2.1"]


def test_a_step_up_is_not_done_with_nothing_but_the_other_sides_work() -> None:
    lower, ripe_one = (strength_at(standing(P2, run=None), step) for step in ("S2.1", "S2.3"))
    ripe_one.streak, ripe_one.step_since = 2, ago(30)
    part = share_of(lower, ripe_one)["right"]
    assert part.plan.dose is not None
    assert (LADDER[part.plan.dose.step].id, LADDER[part.step].id) == ("S2.4", "S2.3")


def test_a_sore_session_of_the_others_work_still_counts() -> None:
    history = pair(("isotonic", "S2.1"), ("isotonic", "S2.3"))
    history.session(0, 7, side="right").session(0, 1, side="left")
    assert state(history, 1, "right").records[-1].response is Response.RED
    assert step(history, 1, "right") == "S2.2"
    assert step(history, 1, "left") == "S2.1"


def flared(history: History) -> History:
    """Let the left side flare up on day 2."""
    for day, pain in enumerate((5, 5), 1):
        history.morning(day, pain, side="left").morning(day, 1, side="right")
    return history


def test_the_better_side_keeps_its_step_while_the_other_flares_up() -> None:
    history = flared(pair(("isotonic", "S2.3"), ("isotonic", "S2.3"), equipment=["band"]))
    assert state(history, 2, "left").flare is not None
    assert state(history, 2, "right").flare is None
    assert history.overview(2).standing.flare_up
    assert history.overview(2).side == "left"
    found = listed(history, 2)
    assert found["iso_bridge_double", "both"] == 20
    assert found["prone_curl_band", "right"] == 10
    assert not any(sides == "left" for _id, sides in found)
    assert ("long_lever_bridge_double", "both") not in found
    for day in range(2, 8):
        history.morning(day, 5, side="left").morning(day, 1, side="right")
        history.session(day, 1, 1)
    assert step(history, 8, "right") == "S2.3"


def test_nothing_is_tested_while_one_side_flares_up() -> None:
    sore, well = standing(P2, run=None), standing(P2, run=None)
    assert share_of(sore, well)["right"].plan.tests
    sore.flare = Flare(started=ago(1), test=sore.check_test, baseline=1, step=0, again=False)
    assert not any(part.plan.tests for part in share_of(sore, well).values())


def test_a_whole_session_told_of_one_side_is_the_others_too_without_a_score() -> None:
    history = pair(ISOTONIC, ISOTONIC).session(0, 2, side="left")
    told = [fact for fact in history.course.facts.values() if isinstance(fact, SessionReported)]
    assert {fact.side: fact.pain_during for fact in told} == {"left": 2, "right": None}


def test_a_score_that_one_side_has_already_is_told_of_the_other() -> None:
    history = pair(ISOTONIC, ISOTONIC)
    history.morning(1, 1, side="left").morning(1, 3, side="right")
    before = len(history.course.facts)
    moment = history.moment(1, "08:00")
    assert decide.score_morning(history.course, moment, 1).facts
    assert decide.score_morning(history.course, moment, 1, side="left").facts == ()
    assert len(history.course.facts) == before


def test_no_line_compares_two_sides_that_are_both_followed() -> None:
    history = pair(ISOTONIC, ISOTONIC)
    assert all(state(history, 0, side).two_sided for side in ("left", "right"))


def test_the_days_ahead_show_what_each_side_does() -> None:
    history = pair(("isotonic", "S2.1"), ("isotonic", "S2.3"), equipment=["band"])
    view = history.overview(0)
    first, _off, then = days_ahead(history.course, view, history.on(2), check_open=False)
    assert first.items == tuple(item.prescribed for item in view.items)
    for day in (first, then):
        assert {item.sides for item in day.items} >= {Side.LEFT, Side.RIGHT}


def test_the_entry_put_right_is_the_one_that_was_meant() -> None:
    history = pair(("hip_flexion", "S3.c1"), ("hip_flexion", "S3.c1"), goal="running")
    history.run(0, 10, 1, side="right")  # and one that stands in for the left
    at, stand_in = history.moment(0, "18:00"), f"{history.ids[-1]}~2"
    made = correct(history.course, at, log_id=stand_in, scores={"pain_during": 2})
    (new,) = (fact for fact in made.facts if fact.log_id == made.log_id)
    assert isinstance(new, RunReported)
    assert (new.side, new.pain_during) == ("left", 2)


def risen(history: History) -> History:
    """Let both sides be due for a step up on day 4."""
    for day in (0, 2):
        if day:
            history.morning(day, 1)
        history.session(day, 1, 1).morning(day + 1, 1)
    return history


@pytest.mark.parametrize(("pain", "kept"), [(2.5, False), (3, True)])
def test_the_better_side_does_not_rise_while_the_other_is_newly_sore(
    pain: float, *, kept: bool
) -> None:
    history = risen(pair(ISOTONIC, ISOTONIC, equipment=["band"]))
    history.morning(4, pain, side="left").morning(4, 1, side="right")
    assert newly_sore(state(history, 4, "left"), history.on(4)) is kept
    plan = parts_of(history, 4)["right"].plan
    assert plan.dose is not None
    assert LADDER[plan.dose.step].id == ("S2.1" if kept else "S2.2")
    assert why(plan.reasons) == (["other_side/keeps"] if kept else ["two_green"])


def test_a_side_that_keeps_its_step_says_why() -> None:
    history = risen(pair(("isotonic", "S2.3"), ISOTONIC, equipment=["band"]))
    history.morning(4, 3, side="left").morning(4, 1, side="right")
    view = history.overview(4)
    assert (view.side, view.dose_step) == ("right", "S2.1")
    assert why(view.explanation.reasons) == ["other_side/keeps"]
    assert why(dict(view.sides)["left"].explanation.reasons) == ["two_green"]


def test_a_side_that_keeps_its_step_runs_on_and_says_what_its_run_waits_for() -> None:
    history = pair(("hip_flexion", "S3.a1"), ("hip_flexion", "S3.a1"), goal="running")
    risen(history.set_stage(0, "hip_flexion", "R4"))
    history.morning(4, 3, side="left").morning(4, 1, side="right")
    plan = parts_of(history, 4)["right"].plan
    assert plan.run is not None
    assert why(plan.reasons) == ["other_side/keeps", "green/streak"]


@pytest.mark.parametrize(("pain", "kept"), [(2.5, False), (3, True)])
def test_a_session_moved_to_an_off_day_counts_for_the_calm_side_without_its_rise(
    pain: float, *, kept: bool
) -> None:
    history = History(both=True).session(0).mornings(1, 1, 1).session(2).mornings(3, 1, 1, 1)
    history.morning(6, 1, side="left").morning(6, pain, side="right").session(6)
    made = state(history, 6, "left").records[-1]
    assert (made.on, made.hamstring, made.counts) == (history.on(6), True, True)
    assert made.step_id == ("S2.1" if kept else "S2.2")
    plan = side_of(history, "left").today(history.on(7), EVENING).plan
    assert plan.dose is None  # the planned session moved, it is not due a second time


@pytest.mark.parametrize(("pain", "step"), [(2.5, "R5"), (3, "R4")])
def test_neither_does_its_run_rise(pain: float, step: str) -> None:
    sore, ripe_one = standing(P3, run="R6"), standing(P3, run="R4")
    sore.today_scores = {sore.check_test: pain}
    done(ripe_one, ripe_one.running, 2, minutes=15)
    ripe(ripe_one.running)
    run = share_of(sore, ripe_one)["right"].plan.run
    assert run is not None
    assert RUNS[run.step].id == step


@pytest.mark.parametrize(
    ("stage", "trunk", "kind"),
    [(P3, 9, DayKind.LOADING), (P2, 9, DayKind.LIGHT), (P2, 1, DayKind.REST)],
)
def test_a_day_whose_run_the_other_side_keeps_away_is_no_loading_day(
    stage: Stage, trunk: int, kind: DayKind
) -> None:
    """So that a condition about rest days holds on it."""
    runs, other = (standing(each, run="R5", days=("mon",)) for each in (P3, stage))
    for one in (runs, other):
        strengthened(one, 1)
        one.trunk.days = one.gluteal.days = [ago(trunk)]
    assert plan_day(runs, TODAY, settled=True).kind is DayKind.LOADING
    assert share_of(runs, other)["left"].plan.kind is kind


def test_a_side_that_would_not_rise_is_not_said_to_keep_its_step() -> None:
    history = pair(ISOTONIC, ISOTONIC, equipment=["band"])
    history.morning(1, 3, side="left").morning(1, 1, side="right")
    assert newly_sore(state(history, 1, "left"), history.on(1))
    assert why(parts_of(history, 1)["right"].plan.reasons) == ["green/streak"]


@pytest.mark.parametrize(
    ("usual", "pain", "sore"), [(0, 1.5, False), (0, 2, True), (2, 3.5, False), (2, 4, True)]
)
def test_newly_sore_is_a_rise_over_the_sides_own_usual(
    usual: float, pain: float, *, sore: bool
) -> None:
    history = History(both=True, morning_pain=usual).morning(1, pain)
    assert newly_sore(state(history, 1, "left"), history.on(1)) is sore


def test_newly_sore_is_measured_by_the_mornings_before() -> None:
    history = History(both=True).mornings(1, 1, 3, 3)  # with today's the usual would be 2
    assert newly_sore(state(history, 3, "left"), history.on(3))


def test_the_worse_side_may_rest_while_the_other_works() -> None:
    history = pair(("isotonic", "S2.2"), ("isotonic", "S2.2"), equipment=["band"])
    history.session(0, 7, side="left").session(0, 1, side="right")
    history.morning(1, 1).morning(2, 4, side="left").morning(2, 1, side="right")
    found = listed(history, 2)  # the left waits for a calm morning
    assert found["bridge_single_slow", "right"] == 12
    assert found["iso_bridge_double", "both"] == 20


def test_daily_holds_go_on_beside_a_day_off_from_heavier_work() -> None:
    history = pair(("isometric", "I1.2"), ("isotonic", "S2.2"))
    history.test(0, "slow_bridge_reps", 10, pain=1)  # else the test stands in the bridge's place
    history.morning(0, 1).session(0, 1, 1).morning(1, 1)
    assert listed(history, 1)["iso_bridge_double", "both"] == 45
    part = parts_of(history, 1)["right"]
    assert part.light
    assert LADDER[part.step].id == "I1.2"
    history.session(1, 1, 1)
    assert state(history, 2, "right").last_session == history.on(0)
    assert step(history, 2, "right") == "S2.2"


@pytest.mark.parametrize("step", ["I0.1", "I1.6"])
def test_any_holds_are_done_with_a_leg_that_has_its_day_off_from_heavier_work(step: str) -> None:
    isotonic = standing(P2, run=None)
    isotonic.last_loading = ago(1)
    parts = share_of(strength_at(standing(P1, run=None), step), isotonic)
    assert parts["right"].plan.dose is None
    held = [[item.id for item in part.items if item.hold_seconds] for part in parts.values()]
    assert held[0] == held[1] != []


def test_heavier_work_is_not_done_with_a_leg_that_has_its_day_off() -> None:
    history = pair(("isotonic", "S2.1"), ("isotonic", "S2.1"))
    history.session(0, 1, side="left", exercises=["bridge_double_slow", "slider_curl_eccentric"])
    history.morning(1, 1)
    assert not [key for key in listed(history, 1) if key[0] == "bridge_double_slow"]


def test_holds_are_not_done_with_a_leg_that_is_to_rest() -> None:
    settle, isometric = standing(P0, run=None), standing(P1, run=None)
    settle.rest_on, settle.red_wait = TODAY, RedWait(TODAY, ())
    for step in ("I0.1", "I0.2"):
        parts = share_of(settle, strength_at(isometric, step))
        items = [item for part in parts.values() for item in part.items]
        assert {item.strand for item in items} == {Strand.TRUNK}


def test_two_leg_work_is_of_the_side_with_a_set_less_which_is_the_worse() -> None:
    history = pair(ISOTONIC, ISOTONIC)
    history.session(0, 1, side="left").session(0, 7, side="right").quiet(1, 2)
    view = history.overview(2)
    assert (view.side, view.dose_step) == ("right", "S2.1")
    sets = {
        (item.prescribed.id, item.prescribed.sides): item.prescribed.sets for item in view.items
    }
    assert sets["bridge_double_slow", Sides.BOTH] == 2
    assert sets["single_leg_calf_raise", Side.LEFT] == 3
    assert sets["single_leg_calf_raise", Side.RIGHT] == 2


def test_trunk_and_gluteal_exercises_are_done_once() -> None:
    history = pair(("settle", "I0.1"), ("isotonic", "S2.1"))
    names = [item.prescribed.id for item in history.overview(0).items]
    assert len(names) == len(set(names))
    assert "pelvic_tilt_supine" in names


def companions(left: State, right: State) -> dict[str, tuple[int, int | None]]:
    """Return what the left side does, with sets and amount."""
    items = share_of(left, right)["left"].items
    return {item.id: (item.sets, item.reps or item.hold_seconds) for item in items}


def test_a_runners_calf_raises_are_done_once_too() -> None:
    sides = [standing(P2, run=None, days=("mon",)) for _side in ("left", "right")]
    assert {part.plan.gluteal for part in share_of(*sides).values()} == {1}
    for part in share_of(*sides).values():
        assert [item.id for item in part.items].count("single_leg_calf_raise") == 1


def test_trunk_and_gluteal_exercises_are_the_less_of_both() -> None:
    """(b5) the lower level, and of the same level the smaller amount."""
    left, right = (standing(P2, run=None, days=("mon",)) for _side in ("left", "right"))
    for known in (right.trunk, right.gluteal):
        known.level, known.grown = 2, 4
    assert "pelvic_tilt_supine" in companions(left, right)
    assert "side_lying_hip_abduction" in companions(left, right)
    left.trunk.level = left.gluteal.level = 2
    found = companions(left, right)
    assert (found["front_plank"], found["band_side_step"]) == ((3, 20), (3, 10))
    assert companions(right, right)["front_plank"] == (3, 30)


def test_trunk_and_gluteal_exercises_are_no_more_than_the_lower_stage_does() -> None:
    settle, isotonic = standing(P0, run=None), standing(P2, run=None, days=("mon",))
    isotonic.trunk.level = isotonic.gluteal.level = 2
    assert plan_day(settle, TODAY, settled=True).gluteal is None  # its turn is tomorrow
    for sides in ((settle, isotonic), (isotonic, settle)):
        assert companions(*sides)["side_lying_hip_abduction"] == (2, 12)
        assert "pelvic_tilt_supine" in companions(*sides)


def test_hops_and_runs_are_as_the_worse_side_allows() -> None:
    history = pair(("energy_storage", "S3.c1"), ("energy_storage", "S3.c1"), goal="running")
    history.set_stage(0, "energy_storage", "E2", side="left")
    history.set_stage(0, "energy_storage", "R6", side="left")
    history.set_stage(0, "energy_storage", "R4", side="right")
    plans = [part.plan for part in parts_of(history, 0).values()]
    hops = {None if plan.energy is None else plan.energy.step for plan in plans}
    assert hops == {0}
    runs: set[int] = set()
    for day in range(7):
        history.morning(day, 1)
        runs |= {part.plan.run.step for part in parts_of(history, day).values() if part.plan.run}
    assert runs == {RUN_INDEX["R4"]}
    history.set_stage(6, "isotonic", "S2.1", side="right")
    for day in range(7, 14):
        history.morning(day, 1)
        for part in parts_of(history, day).values():
            assert part.plan.energy is None


@pytest.mark.parametrize("days", [("mon", "wed", "fri"), WEEK])
def test_strength_does_not_make_room_for_hops_that_the_other_side_keeps_away(
    days: tuple[str, ...],
) -> None:
    """It was put off for them every day, missed, and after four weeks a stage was lost."""
    history = pair(("energy_storage", "S3.c1"), ("hip_flexion", "S3.a1"), goal="sport")
    history.options(0, training_days=days)
    for day in range(30):
        history.morning(day, 1)
        view = dict(history.overview(day).sides)["left"]
        why = [(told.id.value, told.variant) for told in view.explanation.reasons]
        assert view.plan.energy is None
        assert ("other_side", "hops") in why or not view.plan.strength
        assert ("other_strand", "energy_first") not in why
        if history.overview(day).items:
            history.session(day, 1, 1)
    left = state(history, 29, "left")
    assert left.stage is Stage.ENERGY_STORAGE
    assert len([on for on in left.loading_days if on > history.on(15)]) >= 4
    assert dict(history.overview(29).sides)["left"].adherence == 100


def test_of_two_sides_one_change_at_a_time_without_the_hops_too() -> None:
    history = pair(("energy_storage", "S3.c1"), ("energy_storage", "S3.c1"), goal="running")
    found = state(history, 0, "left")
    plan = DayPlan(on=history.on(0), kind=DayKind.REST, stage=found.stage, dose=None)
    assert without_hops(found, plan) is plan
    dose = StrandDose(step=5, minutes=20)
    left = without_hops(found, replace(plan, run=dose, without_hops=plan))
    assert (left.kind, left.run, left.reasons[0].variant) == (DayKind.LOADING, dose, "hops")


def test_no_hops_and_no_gluteal_work_while_one_side_flares_up() -> None:
    """(c5) trunk work alone goes on, at its first level."""
    history = pair(("energy_storage", "S3.c1"), ("energy_storage", "S3.c1"), goal="sport")
    assert ("pogo_hops", "both") in listed(history, 0)
    assert ("side_lying_hip_abduction", "each") in listed(history, 0)
    found = listed(flared(history), 2)
    assert set(found) == {
        ("iso_bridge_double", "both"),
        ("single_leg_rdl", "right"),
        ("pelvic_tilt_supine", "both"),
        ("dead_bug_heel_tap", "alternate"),
    }
    assert all(part.plan.energy is None for part in parts_of(history, 2).values())


def hopping(step: str, streak: int = 0, *, less: bool = False) -> State:
    state = standing(P4, run=None, hops=step)
    state.energy.streak, state.energy.set_less = streak, less
    return state


@pytest.mark.parametrize(
    ("more", "least"),
    [
        (hopping("E2"), hopping("E1", 1)),
        (hopping("E2"), hopping("E2", less=True)),
        (hopping("E3", 1), hopping("E3")),
    ],
)
def test_hops_are_the_least_of_both(more: State, least: State) -> None:
    wanted = plan_day(least, TODAY, settled=True).energy
    assert wanted not in {None, plan_day(more, TODAY, settled=True).energy}
    for sides in ((more, least), (least, more)):
        assert {part.plan.energy for part in share_of(*sides).values()} == {wanted}


def test_the_lines_that_compare_sides_are_dropped() -> None:
    one, two = History(), History(both=True)
    for history in (one, two):
        history.test(0, "bridge_reps", 25, pain=1)
    told = [
        next(line for line in history.overview(1).criteria if line.id == "test_bridge_reps")
        for history in (one, two)
    ]
    assert [line.met for line in told] == [None, True]
    runner = History(stage="hip_flexion", goal="running", both=True)
    gate = runner.overview(0).running
    assert gate is not None
    assert "symmetry" not in {line.criterion.rule for line in gate.gate}


def test_each_side_is_confirmed_by_itself() -> None:
    history = pair(("isometric", "I1.4"), ("isotonic", "S2.1"))
    history.confirm(0, anyway=True)
    assert state(history, 0, "left").stage is Stage.ISOTONIC
    assert state(history, 0, "right").stage is Stage.ISOTONIC
    history.confirm(0, anyway=True, side="right")
    assert state(history, 0, "left").stage is Stage.ISOTONIC
    assert state(history, 0, "right").stage is Stage.HIP_FLEXION


def test_alike_both_are_confirmed_at_once() -> None:
    history = History(stage="isometric", both=True)
    history.confirm(0, anyway=True)
    assert state(history, 0, "right").stage is Stage.ISOTONIC
    assert [*history.course.facts.values()][-1].side is None  # type: ignore[attr-defined]


def test_taking_a_session_back_takes_both_sides_of_it() -> None:
    history = pair(("isotonic", "S2.1"), ("isotonic", "S2.3"), equipment=["band"])
    history.session(0, 1)
    assert len([fact for fact in history.course.facts.values() if fact.kind == "session"]) == 2
    history.void(0, history.ids[-1])
    for side in ("left", "right"):
        assert side_of(history, side).diary.page(history.on(0)).session is None


def test_a_score_set_again_adds_nothing() -> None:
    history = pair(("isotonic", "S2.1"), ("isotonic", "S2.3"), equipment=["band"])
    at = history.moment(0, "19:00")
    history.take(decide.score_session(history.course, at, 2))
    assert decide.score_session(history.course, at, 2).facts == ()
    assert decide.score_session(history.course, at, 2, side="left").facts == ()
    made = decide.score_session(history.course, at, 3, side="left")
    assert len(made.facts) == 1
    history.take(made)
    assert decide.score_session(history.course, at, 2).facts  # the right has it, the left has not
    history.take(decide.score_morning(history.course, at, 2))
    assert decide.score_morning(history.course, at, 2).facts == ()
    assert len(decide.score_morning(history.course, at, 3, side="right").facts) == 1
    history.take(decide.complete_session(history.course, at, pain=2))
    assert decide.complete_session(history.course, at).facts == ()


def test_reports_before_the_second_side_began_are_the_firsts() -> None:
    history = History().quiet(1, 3).follow(4, 4)
    history.session(2, 1, typed=5)
    assert [*history.course.facts.values()][-1].side == "left"  # type: ignore[attr-defined]
    with pytest.raises(RehabError) as refused:
        history.session(2, 1, typed=5, side="right")
    assert (refused.value.key, refused.value.field) == ("before_start", "date")


# One view of both


def half_loaded() -> History:
    """Return two sides of which the left, the lower, has trained on day 0."""
    history = pair(ISOTONIC, ("isotonic", "S2.2"))
    items = [item.prescribed.id for item in history.overview(0).items]
    return history.session(0, 1, side="left", exercises=items).quiet(1, 1)


def test_the_next_session_is_the_sooner_of_both() -> None:
    view = half_loaded().overview(0)
    sides = {side: one.next_session for side, one in view.sides}
    assert sides == {"left": view.today + DAY, "right": view.today}
    assert (view.side, view.next_session, view.session_open) == ("left", view.today, True)


def test_a_day_on_which_one_side_works_is_shown_as_one() -> None:
    view = half_loaded().overview(1)
    kinds = {side: one.plan.kind for side, one in view.sides}
    assert kinds == {"left": DayKind.LIGHT, "right": DayKind.LOADING}
    assert (view.side, view.plan.kind) == ("left", DayKind.LOADING)


def test_a_missed_session_is_told_whichever_side_missed_it_the_last_one_of_both() -> None:
    view = half_loaded().overview(1)
    assert [one.standing.missed for _side, one in view.sides] == [None, view.today - DAY]
    assert view.standing.missed == view.today - DAY
    history = pair(("isometric", "I1.2"), ("isotonic", "S2.2")).quiet(1, 8)
    view = history.overview(8)
    missed = {side: one.standing.missed for side, one in view.sides}
    assert missed == {"left": history.on(7), "right": history.on(5)}
    assert view.standing.missed == history.on(7)


@pytest.mark.parametrize("told", ["left", "right"])
def test_what_one_side_has_still_to_tell_is_open(told: str) -> None:
    history = pair(("isotonic", "S2.1"), ("isotonic", "S2.2"), equipment=["band"])
    assert history.overview(1, "08:00").morning_check_open
    history.morning(1, 1, side=told)
    assert history.overview(1, "08:00").morning_check_open
    history.morning(1, 1, side="right" if told == "left" else "left")
    assert not history.overview(1, "08:00").morning_check_open


def test_of_two_sides_at_one_step_the_later_to_rise_governs() -> None:
    history = pair(ISOTONIC, ISOTONIC)
    history.session(0, 1, side="left").session(0, 4.5, side="right").quiet(1, 1)
    view = history.overview(1)
    rises = {side: one.next_progression for side, one in view.sides}
    assert rises == {"left": history.on(4), "right": history.on(7)}
    assert (view.side, view.next_progression) == ("right", history.on(7))


@pytest.mark.parametrize("sore", ["left", "right"])
def test_after_a_relapse_of_one_side_in_maintenance_that_side_governs(sore: str) -> None:
    """(b4 P6) it loads a step of P3, though both go back to S6."""
    history = History(stage="maintenance", both=True)
    for day in range(34):
        for side in ("left", "right"):
            history.morning(day, 3 if side == sore and day > 30 else 1, side=side)
        if day < 31 and history.at(day).plan.dose is not None:
            history.session(day, 1, 1)
    view = history.overview(34, "10:00")
    assert (view.side, view.dose_step) == (sore, "S3.b1")
    assert {side: one.dose_step for side, one in view.sides if side != sore} == {
        "right" if sore == "left" else "left": "S6"
    }


def test_at_the_top_neither_side_rises() -> None:
    view = History(stage="maintenance", both=True).overview(0)
    assert (view.side, view.next_progression) == ("left", None)


def test_paused_neither_side_has_a_session() -> None:
    assert History(both=True).pause(1).overview(1).next_session is None


def test_the_shorter_limit_of_sitting_holds() -> None:
    history = pair(ISOTONIC, ("isotonic", "S2.2"))
    history.morning(1, 1, sitting=20, side="right").morning(1, 1, side="left")
    view = history.overview(2)
    limits = {side: one.sitting_limit for side, one in view.sides}
    assert view.side == "left"
    assert limits["left"] != limits["right"]
    assert view.sitting_limit == limits["right"]


# The second side begins later


def test_the_second_side_begins_where_its_own_scores_say() -> None:
    history = History(symptoms=["slow_healing"], morning_pain=1).calm(0, 9)
    steps = [history.step(day) for day in range(10)]
    history.pause(10, until=20).follow(10, 4)
    first, second = (one.today(history.on(10), EVENING).state for one in history.course.sides)
    assert (first.stage, second.stage) == (Stage.ISOTONIC, Stage.SETTLE)
    assert second.pause == first.pause
    assert second.slow
    assert second.entry == history.on(10)
    assert [history.step(day) for day in range(10)] == steps
    assert history.overview(21).side == "right"
    history.event(21, "illness_started", about=9)  # what came before is shared anew
    assert history.course.of("right").today(history.on(21), EVENING).state.ill


def test_followed_already_adds_nothing_and_the_same_side_is_refused() -> None:
    history = History(both=True)
    on = history.on(0)
    told = decide.add_side(
        history.course, history.moment(0, "08:00"), on, side="right", morning_pain=1
    )
    assert told.facts == ()
    alone = History()
    with pytest.raises(RehabError) as refused:
        decide.add_side(alone.course, alone.moment(0, "08:00"), on, side="left", morning_pain=1)
    assert refused.value.field == "side"
    with pytest.raises(RehabError) as refused:
        history.void(0, next(f.log_id for f in history.course.facts.values() if f.kind == "side"))
    assert refused.value.key == "entry_needed"


@pytest.mark.parametrize(
    ("scores", "hurts"),
    [
        ([2.5], False),
        ([3], True),
        ([0, 1.5], False),
        ([0, 2], True),
        ([4, 4], True),
        ([4, 1], False),
    ],
)
def test_the_other_side_starting_to_hurt_is_caught(scores: list[float], *, hurts: bool) -> None:
    history = History()
    for day, pain in enumerate(scores, 1):
        history.morning(day, pain, side="right")
    view = history.overview(len(scores))
    assert view.other_hurts is hurts
    assert (view.explanation.reasons[-1].variant == "offer") is hurts
    assert history.state(len(scores)).scores == History().state(1).scores
    history.follow(len(scores), 3)
    assert not history.overview(len(scores)).other_hurts


@pytest.mark.parametrize(("day", "hurts"), [(90, True), (91, False)])
def test_the_other_side_was_told_of_in_the_last_three_months(day: int, *, hurts: bool) -> None:
    told = History(symptoms=["other_side"])
    assert told.overview(day).other_hurts is hurts
    later = History().symptoms(1, "other_side")
    assert later.overview(day + 1).other_hurts is hurts


def test_a_second_side_of_a_runner_runs_on_as_far_as_it_may() -> None:
    history = History(stage="hip_flexion", goal="running", running=True, running_minutes=60)
    history.follow(3, 2, tests={"one_leg_bridges": 2})
    second = history.course.of("right").today(history.on(3), EVENING).state
    assert second.running.kept
    assert second.running_minutes == 60


def test_a_morning_without_a_score_or_a_history_is_told_apart() -> None:
    now = History(both=True).state(1)
    assert not newly_sore(now, now.day)
    for pain, sore in ((2.5, False), (3, True)):
        fresh = replace(now, today_scores={"arabesques": pain}, check_test="arabesques")
        assert newly_sore(fresh, now.day) is sore


def test_a_run_waits_for_the_side_that_may_not() -> None:
    history = pair(("hip_flexion", "S3.c1"), ("hip_flexion", "S3.c1"), goal="running")
    history.set_stage(0, "hip_flexion", "R4")
    history.set_stage(0, "settle", "I0.1", side="right")
    for day in range(7):
        history.morning(day, 1)
        assert all(part.plan.run is None for part in parts_of(history, day).values())
        assert history.overview(day).running is not None
    told = history.overview(6).running
    assert told is not None
    assert told.not_today is not None


def runs(left: State, right: State) -> list[tuple[int, float | None] | None]:
    """Return step and minutes of the run each side has, told from either side."""
    found = []
    for sides in ((left, right), (right, left)):
        plans = [part.plan.run for part in share_of(*sides).values()]
        found += [None if run is None else (run.step, run.minutes) for run in plans]
    return list(dict.fromkeys(found))


def test_a_run_is_the_shorter_of_both() -> None:
    """At the lower step, or of the same step that of the side with a part of it (c4, b4 P6)."""
    assert runs(standing(P3, run="R5"), standing(P3, run="R4")) == [(RUN_INDEX["R4"], 15)]
    drifting = standing(P3, run="R5")
    drifting.creep = Creep(ago(1), ago(1))
    assert runs(standing(P3, run="R5"), drifting) == [(RUN_INDEX["R5"], 10)]
    free, relapsed = (standing(P6, run="R17", days=("mon",)) for _side in ("left", "right"))
    relapsed.relapse_until = TODAY
    done(relapsed, relapsed.running, 3, minutes=30)
    assert plan_day(free, TODAY, settled=True).run is None
    assert runs(free, relapsed) == [(RUN_INDEX["R17"], 15)]


def test_a_run_rises_once_both_sides_may_and_no_sooner() -> None:
    first, second = (standing(P3, run="R5") for _side in ("left", "right"))
    ripe(first.running)
    assert runs(first, second) == [(RUN_INDEX["R5"], 20)]
    ripe(second.running)
    assert runs(first, second) == [(RUN_INDEX["R6"], 21)]


def test_a_run_of_one_sides_day_is_no_more_than_the_other_side_may_run() -> None:
    free, busy = (standing(P3, run=step, days=("mon", "tue")) for step in ("R6", "R4"))
    for days in (6, 4, 2):
        strengthened(free, days)
    strengthened(busy, 4)
    plans = [plan_day(one, TODAY, settled=True) for one in (free, busy)]
    assert [(plan.strength, plan.run is not None) for plan in plans] == [
        (False, True),
        (True, False),  # tomorrow is the better day
    ]
    assert runs(free, busy) == [(RUN_INDEX["R4"], 15)]


def test_no_run_is_made_of_a_day_on_which_neither_side_plans_one() -> None:
    sides = [standing(P3, run="R5", days=("tue",)) for _side in ("left", "right")]
    assert all(not_today(one, TODAY) is None for one in sides)
    assert runs(*sides) == [None]


def test_a_run_of_both_moved_to_another_day_is_measured_by_the_lower_step() -> None:
    for steps in (("R5", "R4"), ("R4", "R5")):
        history = History(stage="hip_flexion", goal="running", both=True)
        for side, at in zip(("left", "right"), steps, strict=True):
            history.set_stage(0, "hip_flexion", at, side=side)
        assert all(part.plan.run is None for part in parts_of(history, 1).values())
        history.run(1, 15)
        told = [fact for fact in history.course.facts.values() if isinstance(fact, RunReported)]
        assert {fact.prescribed_step for fact in told} == {"R4"}


def test_a_run_that_hurt_one_side_makes_the_other_wait_too() -> None:
    history = pair(("hip_flexion", "S3.c1"), ("hip_flexion", "S3.c1"), goal="running")
    history.set_stage(0, "hip_flexion", "R4")
    history.run(0, 15, 6, side="right").run(0, 15, 1, side="left").quiet(1, 3)
    sides = {one.set_up.side: one.today(history.on(2), EVENING) for one in history.course.sides}
    assert sides["left"].plan.run is not None  # alone it would run
    assert all(part.plan.run is None for part in parts_of(history, 2).values())
    steps = {part.plan.run and part.plan.run.step for part in parts_of(history, 3).values()}
    assert steps == {RUN_INDEX["R3"]}


def test_a_side_that_runs_as_it_likes_goes_with_the_other() -> None:
    history = pair(("hip_flexion", "S3.c1"), ("maintenance", "S6"), goal="running")
    history.set_stage(0, "hip_flexion", "R4", side="left")
    history.set_stage(0, "maintenance", "R17", side="right")
    runs = [part.plan.run for part in parts_of(history, 0).values()]
    assert [run.step for run in runs if run] == [RUN_INDEX["R4"]] * 2


def test_the_sides_of_a_run_are_told_one_after_the_other() -> None:
    history = pair(("hip_flexion", "S3.c1"), ("hip_flexion", "S3.c1"), goal="running")
    history.run(0, 10, 1, side="left")
    history.run(0, 10, 3, side="right")
    pages = [one.diary.page(history.on(0)).run for one in history.course.sides]
    assert [(run.minutes, run.pain_during) for run in pages if run] == [(10, 1), (10, 3)]
    history.run(0, 5, 2, side="left")  # once more on the same day: both count
    again = history.course.of("left").diary.page(history.on(0)).run
    assert again is not None
    assert (again.minutes, again.pain_during) == (15, 2)
    before = History().follow(3, 1)
    before.run(4, 10, 2)
    assert [*before.course.facts.values()][-1].side is None  # type: ignore[attr-defined]


@pytest.mark.parametrize("own", [True, False])
def test_only_a_run_that_stood_in_for_a_sides_own_gives_way_to_it(*, own: bool) -> None:
    """One that was told of the side itself, if without pain, or was scored since, is another."""
    history = pair(("hip_flexion", "S3.c1"), ("hip_flexion", "S3.c1"), goal="running")
    history.run(0, 10, None if own else 1, after=2, side="left" if own else "right")
    first = history.ids[-1]
    if not own:
        at = history.moment(0, "18:00")
        history.take(
            decide.correct(history.course, at, log_id=f"{first}~2", scores={"pain_during": 2})
        )
    history.run(0, 5, 3, side="left")
    run = side_of(history, "left").diary.page(history.on(0)).run
    assert run is not None
    assert (run.minutes, run.pain_during) == (15, 3)


def test_entries_of_a_side_nobody_follows_are_not_taken_in() -> None:
    alone, both = History(), History(both=True)
    alone.session(0, 1)
    facts = [*alone.course.facts.values()]
    at = both.moment(1, "08:00")
    with pytest.raises(RehabError) as refused:
        take_in(alone.course, at, [facts[0], replace(facts[1], side="right")])  # type: ignore[call-arg]
    assert refused.value.placeholders["name"] == "side"
    told = [*both.course.facts.values()]
    with pytest.raises(RehabError) as refused:
        take_in(both.course, at, [told[0], replace(told[1], side="left")])  # type: ignore[call-arg]
    assert refused.value.placeholders["name"] == "side"
    other = [replace(told[0], log_id="elsewhere"), told[1]]
    assert take_in(History(both=True).course, at, other).whole
    with pytest.raises(RehabError) as refused:
        take_in(History().course, at, other)
    assert refused.value.key == "import_other_side"
