"""What a person decides beside sessions and scores: settings, locks, stages (b3, c7, c8)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from custom_components.pht_rehab.domain import controls, decide
from custom_components.pht_rehab.domain.criteria import check
from custom_components.pht_rehab.domain.decide import Decision
from custom_components.pht_rehab.domain.facts import SessionReported
from custom_components.pht_rehab.domain.model import DayKind, ReasonId, RehabError, Stage, reason
from custom_components.pht_rehab.domain.rules import RULES
from custom_components.pht_rehab.domain.state import Score
from tests.domain.builders import History


def met(told: History, line: str, day: int) -> bool | None:
    """Return whether an exit line is met; None if that is not known."""
    lines = {found.id: found.met for found in check(told.state(day), told.on(day))}
    return lines[line]


# The first day


def test_the_set_up_is_the_first_morning() -> None:
    """(c10-2) its answers are the first scores and reports, and go out of date like any other."""
    told = History(stage="settle", morning_pain=2, rest_pain=1, sitting=60)
    state = told.state(0)
    assert state.today_scores == {"two_leg_bridge": 2}
    assert state.scores == {
        "two_leg_bridge": [Score(told.on(0), 2, in_baseline=True, in_drift=True)]
    }
    assert (state.rest_pain, state.usual_rest) == ((told.on(0), 1), [1])
    assert state.sitting == [(told.on(0), 60)]
    assert (met(told, "rest_pain", 6), met(told, "rest_pain", 7)) == (True, None)
    assert (met(told, "sitting", 6), met(told, "sitting", 7)) == (True, None)


def test_nothing_is_counted_before_the_first_day() -> None:
    state = History(stage="isotonic").state(0)
    counts = (
        state.streak, state.ambers, state.easy, state.hard, state.sets_off, state.away_days,
        state.sessions_in_stage, state.trunk.greens, state.gluteal.greens,
    )  # fmt: skip
    assert set(counts) == {0}
    assert (state.trunk.level, state.gluteal.level) == (1, 1)
    flags = (
        state.slow, state.clinician_guided, state.prescriber_block, state.cut_set,
        state.underload, state.ill, state.missed,
    )  # fmt: skip
    assert not any(flags)
    dated = (
        state.last_session, state.last_loading, state.gap_from, state.gap_handled, state.rest_on,
        state.hold_until, state.strict_until, state.well_on, state.relapse_until,
        state.daily_checks_until, state.raised_on, state.reduced_on, state.flare, state.creep,
        state.red_wait, state.gap_return, state.pause, state.lock, state.pending,
        state.placed_on,
    )  # fmt: skip
    assert set(dated) == {None}


def test_what_was_left_out_at_set_up_is_not_known() -> None:
    told = History(stage="settle")
    state = told.state(0)
    assert (state.rest_pain, state.usual_rest, state.sitting) == (None, [], [])
    assert met(told, "rest_pain", 0) is met(told, "sitting", 0) is None


@pytest.mark.parametrize(
    ("stage", "expected"), [(None, ReasonId.PLACED), ("isometric", ReasonId.CHOSEN)]
)
def test_the_first_stage_is_placed_or_chosen(stage: str | None, expected: ReasonId) -> None:
    state = History(stage=stage).state(0)
    assert state.stage is Stage.ISOMETRIC
    assert state.last_change == reason(expected)
    assert state.placed_on == (state.day if stage is None else None)


# Settings


def test_equipment_bought_is_used_from_its_day() -> None:
    told = History(step="S2.1").options(2, equipment=("band",))
    used = {
        day: [item.prescribed.id for item in told.overview(day).items if item.prescribed.equipped]
        for day in (0, 2)
    }
    assert "prone_curl_band" not in used[0]
    assert "prone_curl_band" in used[2]
    assert told.options(3, goal="sport").state(3).equipment == {"band"}


def test_nothing_changed_is_nothing_recorded() -> None:
    told = History()
    moment = told.moment(1, "10:00")
    assert decide.change_options(told.course, moment, goal=None, equipment=None) == Decision()


# Long names in a refusal


@pytest.mark.parametrize(
    "act",
    [
        lambda told, at, name: decide.set_stage(told.course, at, stage=name),
        lambda told, at, name: decide.set_stage(told.course, at, stage="isotonic", dose_step=name),
        lambda told, at, name: decide.void_entry(told.course, at, log_id=name),
        lambda told, at, name: decide.log_session(told.course, at, exercises=[name]),
        lambda told, at, name: decide.log_session(told.course, at, dose_step=name),
        lambda told, at, name: decide.log_test(told.course, at, test=name),
        lambda told, at, name: decide.log_event(told.course, at, event=name),
        lambda told, at, name: decide.report_symptoms(told.course, at, symptoms=[name]),
    ],
)
def test_a_refusal_quotes_fifty_letters(act: Callable[..., Decision]) -> None:
    told = History()
    name = "x" * 50 + "y" * 20
    with pytest.raises(RehabError) as refused:
        act(told, told.moment(1, "10:00"), name)
    assert refused.value.placeholders["value"] == "x" * 50


# Illness, slow healing


@pytest.mark.parametrize(("fever_free", "back"), [(1, 9), (3, 11)])
def test_days_without_fever(monkeypatch: pytest.MonkeyPatch, fever_free: int, back: int) -> None:
    """(c7) no session until so many days after the fever have passed."""
    edition = replace(RULES[1], fever_free_days=fever_free)
    monkeypatch.setattr(controls, "RULES", {1: edition})
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    told = History(step="S2.1", days=week).event(5, "illness_started").event(8, "illness_ended")
    assert told.why(back - 1) == ["illness"]
    assert told.kind(back) is DayKind.LOADING


def test_slow_healing_told_later_slows_the_ladder_for_good() -> None:
    """(g1 K15, c10-50) seven days a step instead of four."""
    told = History(step="S2.1").symptoms(1, "slow_healing").symptoms(2).calm(0, 9)
    assert told.trail(1, 9) == [(1, "S2.1"), (7, "S2.2")]
    plain = History(step="S2.1").symptoms(2).calm(0, 9)
    assert plain.trail(1, 9) == [(1, "S2.1"), (4, "S2.2"), (9, "S2.3")]


# Locks and pauses


def test_clearing_a_lock_in_a_pause_leaves_the_pause() -> None:
    """What the absence asks waits for the first day back (c7)."""
    told = History(step="S2.4").calm(0, 4).pause(5).symptoms(6, "unrelenting_pain").unlock(40)
    state = told.state(40)
    assert (state.lock, state.stage) == (None, Stage.ISOTONIC)
    assert told.kind(41) is DayKind.PAUSED
    told.resume(42)
    assert told.state(42).stage is Stage.ISOMETRIC


def test_a_reason_of_blanks_clears_nothing() -> None:
    told = History().symptoms(1, "unrelenting_pain")
    with pytest.raises(RehabError, match="reason_needed"):
        told.unlock(2, reason="  ")


# A stage put by hand


def test_a_stage_put_by_hand_is_not_questioned_by_the_next_morning() -> None:
    """(c10-2) only a placement is confirmed by the morning after it."""
    tests = {"one_leg_bridges": 1.0, "long_lever_bridges": 4.0}
    placed = History(stage=None, tests=tests).morning(1, 3)
    assert placed.step(1) == "I1.1"
    chosen = History(stage=None, tests=tests).set_stage(0, "isotonic", "S2.3").morning(1, 3)
    assert chosen.step(1) == "S2.3"
    assert chosen.state(1).last_change == reason(ReasonId.CHOSEN, step="S2.3")


def test_a_stage_put_by_hand_ends_the_way_back_from_a_break() -> None:
    """(c7) the step from before the break does not come back into the stage that was chosen."""
    told = History(step="S2.4").calm(0, 4).quiet(5, 14).session(14, 1)
    assert told.state(14).gap_return is not None
    told.morning(15).set_stage(15, "isotonic", "S2.1").calm(16, 17)
    assert told.planned(18) == "S2.1"


def test_notes_may_have_five_hundred_letters() -> None:
    told = History()
    moment = told.moment(1, "10:00")
    assert decide.pause(told.course, moment, reason="x" * 500).facts
    with pytest.raises(RehabError, match="too_long"):
        decide.pause(told.course, moment, reason="x" * 501)


# After more than 84 days: screened, scored and placed again (c7)


def away() -> History:
    """Do a last session on day 4: from day 89 on a new screening is due."""
    return History(step="S2.3").calm(0, 4)


def test_screened_and_scored_on_the_day_it_is_asked() -> None:
    told = away()
    assert told.kind(89) is DayKind.LOCKED
    told.symptoms(89).morning(89, 2)
    state = told.state(89)
    assert state.lock is None
    assert state.stage_since == state.entry == told.on(89)
    assert state.last_change == reason(ReasonId.PLACED, step=state.dose.id)


def test_a_screening_before_the_long_absence_does_not_serve() -> None:
    told = away().symptoms(88).morning(90, 2)
    assert told.kind(90) is DayKind.LOCKED
    assert told.symptoms(91).kind(91) is not DayKind.LOCKED


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        ({"one_leg_bridges": 1, "long_lever_bridges": 4}, "S2.1"),
        ({"one_leg_bridges": 1, "long_lever_bridges": 3}, "S2.2"),
        ({"one_leg_bridges": 4, "two_leg_bridge": 3}, "I1.1"),
        ({"two_leg_bridge": 4}, "I0.1"),
        ({"two_leg_bridge": 3}, "I1.1"),
    ],
)
def test_placed_again_by_the_tests_done_since(tests: dict[str, float], expected: str) -> None:
    """(b3, c10-2) the easiest test done stands for the first where that is blank."""
    told = away().symptoms(90)
    for test, pain in tests.items():
        told.test(90, test, pain=pain)
    assert told.step(90) == expected


def test_the_last_report_of_sitting_places() -> None:
    """(b3-1) 15 minutes or less is high irritability."""
    for last, expected in ((60, Stage.ISOTONIC), (15, Stage.SETTLE)):
        told = away()
        for day in range(88, 92):
            told.morning(day, 2, sitting=last if day == 91 else 75 - last)
        told.symptoms(91)
        assert told.state(91).stage is expected


def test_old_reports_do_not_place() -> None:
    told = away().morning(70, 1, rest=5, sitting=5, night=True)
    told.symptoms(89).morning(89, 2)
    assert told.state(89).stage is not Stage.SETTLE
    assert told.state(89).rest_pain == (told.start + timedelta(days=70), 5)


def test_a_session_of_the_day_of_a_lock_is_measured_by_the_plan_of_before() -> None:
    told = History(step="S2.1").calm(0, 3).morning(4, 1)
    planned = told.planned(4)
    assert planned == "S2.2"
    told.symptoms(4, "leg_numbness").session(4, 7)
    (fact,) = (
        fact
        for fact in told.course.facts.values()
        if isinstance(fact, SessionReported) and fact.on == told.on(4)
    )
    assert fact.prescribed_step == planned
