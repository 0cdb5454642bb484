"""Steps and stages put in force, and what of the past they leave behind (c3, c7, c10)."""

from math import copysign

import pytest

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.checks import amount, score
from custom_components.pht_rehab.domain.facts import SessionReported
from custom_components.pht_rehab.domain.model import DayKind, Response, Stage
from custom_components.pht_rehab.domain.morning import baseline
from custom_components.pht_rehab.domain.protocol import STEP_INDEX
from tests.domain.builders import History


def test_the_way_goes_on_once_the_step_before_a_break_is_back() -> None:
    """(c7) one step down after nine days, back after one GREEN, and up again after two."""
    told = History(step="S2.2").session(0, 1).quiet(1, 8).calm(9, 23)
    assert [(day, step) for day, step in told.trail(9, 23) if day > 9] == [
        (11, "S2.2"), (16, "S2.3"), (21, "S2.4"),
    ]  # fmt: skip
    assert told.step(9) == "S2.1"
    assert told.state(11).gap_return is None


@pytest.mark.parametrize(("pain", "back"), [(3.5, "S2.2"), (4, "S2.1")])
def test_the_guard_holds_the_step_before_a_break_too(pain: float, back: str) -> None:
    """(c1, c7) with a week's median of 4 nothing rises; that of 3.5 lets it come back."""
    told = History(step="S2.2", morning_pain=pain).session(0, 1).quiet(1, 8).calm(9, 10)
    told.morning(11)
    assert told.step(9) == "S2.1"
    assert told.planned(11) == back


def test_a_new_stage_asks_its_test_anew() -> None:
    """(c10-20) what was scored on it before, as at set-up, is no baseline of the new stage."""
    told = History(stage="isometric", tests={"long_lever_bridges": 2.0}).quiet(1, 8)
    told.confirm(8, anyway=True)
    assert told.state(8).stage is Stage.ISOTONIC
    now = told.at(9, "06:00").plan
    assert (now.kind, now.morning_test) == (DayKind.TEST, "long_lever_bridges")
    told.morning(9, 3)
    state = told.state(9)
    assert baseline(state, "long_lever_bridges", told.on(9)) == 3


def test_the_first_morning_of_a_stage_is_one_of_its_week() -> None:
    """(c0, c10-21) three values make a baseline, the one of the day of entry among them."""
    told = History(stage="isometric").quiet(1, 8).confirm(8, anyway=True)
    told.morning(8, 3, clock="14:00").mornings(9, 1, 1)
    assert baseline(told.state(9), "long_lever_bridges", told.on(9)) == 3
    assert baseline(told.state(10), "long_lever_bridges", told.on(10)) == 1


def test_a_slow_rise_of_three_is_a_flare_up() -> None:
    """(c4) the week's median against the lowest of 28 days: 2 is a creep, 3 a flare-up."""
    told = History(step="S2.4", morning_pain=0)
    told.mornings(1, *[0] * 6, *[1] * 7, *[2] * 7, *[3] * 4)
    assert told.state(23).flare is None
    assert told.state(23).creep is not None
    flare = told.state(24).flare
    assert flare is not None
    assert flare.baseline == 0


def test_a_stage_below_keeps_its_test_as_it_was() -> None:
    told = History(stage="isotonic", tests={"one_leg_bridges": 2.0}).quiet(1, 3)
    told.set_stage(3, "isometric")
    assert told.at(4, "06:00").plan.kind is DayKind.LOADING
    assert told.state(4).first_score["one_leg_bridges"] == 2


def test_a_stage_put_by_hand_does_not_wait_for_a_red_before_it() -> None:
    told = History(step="S2.3").session(0, 6)
    assert told.kind(2) is DayKind.LIGHT
    told.set_stage(1, "isotonic", "S2.1")
    assert told.kind(2) is DayKind.LOADING
    assert told.state(1).red_wait is None


def test_after_a_red_the_newest_score_decides_whichever_test_it_is_of() -> None:
    """(c3, c10-29) the session has a B on the stage's own test and on the easier one."""
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    tests = {"one_leg_bridges": 1.0, "long_lever_bridges": 4.0}
    told = History(stage="isotonic", days=week, tests=tests).session(0, 6)
    wait = told.state(0).red_wait
    assert wait is not None
    assert dict(wait.baselines) == tests
    told.test(1, "one_leg_bridges", pain=1).test(2, "one_leg_bridges", pain=1)
    assert told.kind(2) is DayKind.LOADING
    told.test(3, "long_lever_bridges", pain=6)
    assert (told.kind(3), told.why(3)) == (DayKind.LIGHT, ["red"])
    told.test(4, "one_leg_bridges", pain=2)
    assert told.kind(4) is DayKind.LOADING


def test_a_stage_begins_with_the_first_of_two_sessions_that_take_turns() -> None:
    told = History(step="S2.4").session(0, 1).morning(1).set_stage(1, "hip_flexion", "S3.b1")
    first = told.morning(2).overview(2).items[0].prescribed.id
    told.session(2, 1).morning(3).morning(4)
    second = told.overview(4).items[0].prescribed.id
    assert (first, second) == ("rdl_full", "single_leg_rdl_supported")


def test_the_baseline_of_a_flare_up_is_known_on_its_first_day() -> None:
    """(c10-21, c10-22) once it is over too: the B that was frozen, not the first score ever."""
    told = History(step="S2.4", morning_pain=3).mornings(1, *[1] * 9).morning(10, 7)
    told.mornings(11, 2, 2)
    state = told.state(12)
    assert state.flare is None
    assert baseline(state, "long_lever_bridges", told.on(10)) == 1
    assert baseline(state, "long_lever_bridges", told.on(9)) == 3


@pytest.mark.parametrize(("last", "step"), [(1, "S3.b2"), (4, "S3.b1")])
def test_after_a_relapse_the_last_green_step_counts(last: float, step: str) -> None:
    """(b4 P6) the last comfortable step of the stage before, not the last one done."""
    told = History(stage="hip_flexion", step="S3.b1").session(0, 1).morning(1).morning(2)
    told.set_stage(2, "hip_flexion", "S3.b2")
    told.session(2, last).morning(3).set_stage(3, "maintenance")
    told.mornings(4, 1, 1, 3, 3, 3)
    assert told.state(8).relapse_step == STEP_INDEX[step]
    assert told.verdict(2) is (Response.GREEN if last == 1 else Response.AMBER)


def test_a_session_on_a_free_day_is_the_planned_one_moved() -> None:
    """(c10-27) at the step that was due, with the exercises of that step."""
    told = History(step="S2.2").calm(0, 3).quiet(4, 5)
    assert told.kind(5) is DayKind.REST
    told.session(5, 1)
    assert told.record(5, 5).step == STEP_INDEX["S2.3"]
    assert "long_lever_bridge_double" in told.record(5, 5).done


def test_a_session_begun_stays_at_the_step_it_was_begun_at() -> None:
    """The morning's score comes in between: the step up waits for the next session."""
    told = History(step="S2.2").calm(0, 3)
    first, second, *_rest = [item.prescribed.id for item in told.overview(4, "06:30").items]
    told.take(decide.tick(told.course, told.moment(4, "06:30"), first)).morning(4)
    made = decide.tick(told.course, told.moment(4, "18:00"), second).facts[0]
    assert isinstance(made, SessionReported)
    assert made.prescribed_step == "S2.2"


def test_a_part_done_at_another_step_leaves_the_others_as_planned() -> None:
    told = History(step="S2.2")
    first, second, *_rest = [item.prescribed.id for item in told.overview(0).items]
    told.session(0, 1, exercises=[first], step="S2.4")
    told.take(decide.tick(told.course, told.moment(0, "21:00"), second))
    assert told.record(0, 0).step == STEP_INDEX["S2.4"]
    told.void(1, told.ids[-2])
    assert told.record(0, 1).step == STEP_INDEX["S2.2"]


def test_zero_has_no_sign() -> None:
    for value in (score(-0.0, "pain"), amount(-0.0, "minutes", 10)):
        assert value == 0
        assert value is not None
        assert copysign(1, value) == 1
