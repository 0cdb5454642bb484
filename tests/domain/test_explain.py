"""The answer to "why?": where the programme stands, the reasons, what it waits for (c3-c8)."""

from collections.abc import Callable

import pytest

from custom_components.pht_rehab.domain.model import Outcome, ReasonId, Waiting, reason
from custom_components.pht_rehab.domain.screening import REPEATED
from tests.domain.builders import History

MONDAYS = ("mon",)


def new() -> History:
    return History(step="S2.2")


def two_greens() -> History:
    return History(step="S2.1").calm(0, 3)


def red() -> History:
    return History(step="S2.3").calm(0, 1).morning(2).session(2, 6)


def two_ambers() -> History:
    return History(step="S2.3").session(0, 4).quiet(1, 2).session(2, 4).morning(3)


def sore_after() -> History:
    return History(step="S2.2").session(0, 1, 4).morning(1)


def flare() -> History:
    return History(step="S2.4").calm(0, 9).morning(10, 7)


def gap(days: int) -> History:
    return History(step="S2.3").calm(0, 2).quiet(3, 2 + days)


def drifting() -> History:
    told = History(step="S2.2").session(0, 1)
    for day, pain in enumerate([1] * 7 + [2] * 7 + [3] * 5, 1):
        told.morning(day, pain)
        if told.at(day).plan.dose is not None and day < 12:
            told.session(day, 1)
    return told


def maintained(*pains: float) -> History:
    return History(stage="maintenance").mornings(1, *pains)


def mondays() -> History:
    return History(step="S2.2", days=MONDAYS).calm(0, 8)


def at_top() -> History:
    return History(step="S2.4").calm(0, 4)


def settled(last: int) -> History:
    """Meet every line of the first stage but its days, which end on day 5."""
    told = History(stage="settle", step="I0.3", rest_pain=1, sitting=60)
    for day in range(1, last + 1):
        told.morning(day, 1, rest=1, sitting=60, night=False).session(day, 1, 1)
    return told


# story, day, clock, outcome, reasons (id or id/variant), what it waits for, held until that day
CASES: dict[str, tuple[Callable[[], History], int, str, str, str, str, int | None]] = {
    # The course of calm sessions
    "new": (new, 0, "08:00", "hold", "green/streak", "sessions", None),
    "done": (
        lambda: new().session(0, 1), 0, "20:00",
        "hold", "green/streak awaiting_morning_check/session minimum_days/step",
        "sessions report time", 4,
    ),
    "before the morning score": (
        two_greens, 4, "06:00",
        "hold", "awaiting_morning_check/today", "report", None,
    ),
    "two greens": (two_greens, 4, "20:00", "progress", "two_green", "", None),
    "between sessions": (two_greens, 3, "20:00", "hold", "rest_day minimum_days/step", "time", 4),
    "a step up done": (
        lambda: two_greens().morning(4).session(4, 1), 4, "20:00",
        "progress", "two_green awaiting_morning_check/session minimum_days/step", "report time", 8,
    ),
    "too easy": (
        lambda: new().session(0, 1, effort=5).quiet(1, 2), 2, "08:00",
        "progress", "underload", "", None,
    ),
    "too easy at the top": (
        lambda: History(step="S2.4", sitting=60).session(0, 1, effort=5).quiet(1, 2), 2, "08:00",
        "hold", "top_step/harder criteria_unmet test_needed", "test time sessions", None,
    ),
    "rather easy once": (
        lambda: new().session(0, 1, effort=6).quiet(1, 2), 2, "08:00",
        "hold", "green/streak minimum_days/step", "sessions time", 4,
    ),
    "very hard once": (
        lambda: new().session(0, 1, effort=9).quiet(1, 2), 2, "08:00",
        "hold", "green/streak minimum_days/step", "sessions time", 4,
    ),
    "very hard": (
        lambda: new().session(0, 1, effort=9).quiet(1, 2).session(2, 1, effort=9).morning(3),
        3, "20:00",
        "hold", "rest_day effort_high green/streak minimum_days/step", "sessions time", 4,
    ),
    # Sore ones, and ones not told in full
    "an amber": (
        lambda: sore_after().morning(2), 2, "08:00",
        "hold", "amber/after minimum_days/step", "sessions time", 4,
    ),
    "two ambers": (two_ambers, 3, "20:00", "reduce", "rest_day amber/during", "sessions", None),
    "two ambers, the lower step done": (
        lambda: two_ambers().morning(4).session(4, 1), 4, "20:00",
        "hold", "amber/during awaiting_morning_check/session minimum_days/step",
        "sessions report time", 8,
    ),
    "a red": (
        lambda: red().morning(3), 3, "20:00",
        "reduce", "red/wait red/during rescreen/due", "calm_morning", 4,
    ),
    "a red just told": (
        red, 2, "20:00",
        "reduce", "green/streak minimum_days/step red/during rescreen/due",
        "sessions time calm_morning", 4,
    ),
    "a red, the lower step done": (
        lambda: red().quiet(3, 4).session(4, 1), 4, "20:00",
        "hold", "red/during awaiting_morning_check/session minimum_days/step rescreen/due",
        "calm_morning report time", 8,
    ),
    "no score told": (
        lambda: new().session(0, None).morning(1), 1, "20:00",
        "hold", "rest_day information_gap/pain minimum_days/step", "report time", 4,
    ),
    "a painkiller": (
        lambda: new().session(0, 1, painkiller=True).morning(1), 1, "20:00",
        "hold", "rest_day painkiller minimum_days/step", "sessions time", 4,
    ),
    # Breaks
    "a week away": (
        lambda: gap(7), 9, "20:00",
        "hold", "gap_repeat plateau/adherence", "sessions", None,
    ),
    "twelve days away": (
        lambda: gap(12), 14, "08:00",
        "reduce", "gap_step_down plateau/adherence", "sessions", None,
    ),
    "more than 28 days away": (
        lambda: gap(29), 31, "08:00",
        "reduce", "adherence_low/stop green/streak rescreen/due", "sessions", None,
    ),
    "a day off": (
        lambda: new().skip(0), 0, "20:00",
        "hold", "skipped green/streak", "sessions", None,
    ),
    # Flare-up, drift, relapse
    "a flare-up": (
        flare, 10, "20:00",
        "flare_up", "flare_settling red/morning rescreen/due", "calm_morning", None,
    ),
    "after a flare-up": (
        lambda: flare().mornings(11, 2, 2), 12, "20:00",
        "hold", "rest_day hold_after_flare red/morning rescreen/due", "time calm_morning", 19,
    ),
    "after a flare-up, a session done": (
        lambda: flare().mornings(11, 2, 2, 2, 1).session(14, 1), 14, "20:00",
        "hold",
        ("hold_after_flare red/morning awaiting_morning_check/session minimum_days/step"
         " rescreen/due"),
        "time calm_morning report", 19,
    ),
    "a relapse": (lambda: maintained(1, 3, 3, 3), 4, "20:00", "reduce", "relapse", "", 17),
    # Nothing is asked
    "paused": (lambda: new().pause(1), 1, "20:00", "paused", "paused", "", None),
    "paused until a day": (lambda: new().pause(1, until=5), 1, "20:00", "paused", "paused", "", 5),
    "paused after a red": (
        lambda: red().pause(3), 3, "20:00",
        "paused", "paused red/during rescreen/due", "", None,
    ),
    "an injection": (
        lambda: new().event(1, "injection"), 1, "20:00",
        "paused", "clinician", "", None,
    ),
    "locked": (
        lambda: new().symptoms(1, "unrelenting_pain"), 1, "20:00",
        "locked", "clinician/locked locked", "", None,
    ),
    "an emergency": (
        lambda: new().symptoms(1, "unrelenting_pain", "saddle_numbness"), 1, "20:00",
        "locked", "emergency/locked locked", "", None,
    ),
    "ill": (
        lambda: new().event(1, "illness_started"), 1, "20:00",
        "hold", "illness", "", None,
    ),
    "ill at the top": (
        lambda: at_top().event(5, "illness_started"), 5, "20:00",
        "hold", "illness", "", None,
    ),
    "well again": (
        lambda: new().event(1, "illness_started").event(2, "illness_ended"), 3, "20:00",
        "hold", "rest_day green/streak", "sessions", None,
    ),
    "on a prescriber's hold": (
        lambda: new().symptoms(1, "fluoroquinolone_or_steroids"), 1, "20:00",
        "hold", "contact_prescriber", "", None,
    ),
    "on a prescriber's hold, at the top": (
        lambda: at_top().symptoms(5, "fluoroquinolone_or_steroids"), 5, "20:00",
        "hold", "contact_prescriber", "", None,
    ),
    "paused at the top": (
        lambda: at_top().pause(5), 5, "20:00",
        "paused", "paused", "", None,
    ),
    "locked at the top": (
        lambda: at_top().symptoms(5, "unrelenting_pain"), 5, "20:00",
        "locked", "clinician/locked locked", "", None,
    ),
    "back from a pause at the top": (
        lambda: at_top().pause(5).resume(6), 6, "20:00",
        "hold", "rest_day top_step criteria_unmet report_needed test_needed",
        "test report time sessions", None,
    ),
    "long away": (
        lambda: gap(85), 87, "20:00",
        "locked", "rescreen plateau/over_maximum plateau/slow_course rescreen/due", "", None,
    ),
    # The top of a stage
    "at the top": (
        at_top, 4, "20:00",
        "hold", "top_step criteria_unmet report_needed test_needed",
        "test report time sessions", None,
    ),
    "at the top, all reported": (
        lambda: History(stage="settle", step="I0.3", rest_pain=1, sitting=60), 0, "20:00",
        "hold", "top_step criteria_unmet", "calm_morning sessions time", None,
    ),
    "at the top, only the days are missing": (
        lambda: settled(4), 4, "20:00",
        "hold", "top_step criteria_unmet", "time", None,
    ),
    "a report is missing": (
        lambda: History(stage="settle", step="I0.3").calm(0, 5), 5, "20:00",
        "hold", "top_step criteria_unmet report_needed", "report", None,
    ),
    "ready": (
        lambda: settled(5), 5, "20:00",
        "progress", "confirmation top_step", "confirmation", None,
    ),
    "a new stage": (
        lambda: History(stage="isometric").confirm(0, anyway=True), 2, "06:00",
        "hold", "test_needed/new_stage green/streak", "test sessions", None,
    ),
    "nothing above": (
        lambda: History(stage="maintenance").calm(0, 4), 4, "20:00",
        "hold", "spacing/week top_step/kept", "time", 7,
    ),
    # Runners go on to the stage of hops
    "a runner": (
        lambda: History(stage="hip_flexion", goal="running").calm(0, 3), 3, "20:00",
        "hold", "rest_day minimum_days/step", "time", 4,
    ),
    "a runner at the top": (
        lambda: History(stage="hip_flexion", step="S3.c3", goal="running", sitting=60).calm(0, 4),
        4, "20:00",
        "hold", "top_step criteria_unmet test_needed", "test sessions time", None,
    ),
    "a runner whose bones a clinician has to look at": (
        lambda: History(
            stage="energy_storage", goal="running", symptoms=["bone_stress"]
        ).calm(0, 8), 8, "20:00",
        "hold", "rest_day clinician/impact top_step criteria_unmet", "sessions time", None,
    ),
    # One training day a week is too few to go on
    "too few days": (
        mondays, 8, "20:00",
        "hold", "rest_day no_training_days", "", None,
    ),
    "too few days at the top": (
        lambda: History(step="S2.4", days=MONDAYS).calm(0, 8), 8, "20:00",
        "hold", "rest_day top_step criteria_unmet report_needed test_needed no_training_days",
        "test report time sessions", None,
    ),
    "too few days, in a flare-up": (
        lambda: History(step="S2.4", days=MONDAYS).calm(0, 9).morning(10, 7), 10, "20:00",
        "flare_up", "flare_settling top_step criteria_unmet report_needed test_needed",
        "calm_morning test report time sessions", None,
    ),
    "too few days, ill": (
        lambda: mondays().event(8, "illness_started"), 8, "20:00",
        "hold", "illness", "", None,
    ),
    "too few days, on a prescriber's hold": (
        lambda: mondays().symptoms(8, "fluoroquinolone_or_steroids"), 8, "20:00",
        "hold", "contact_prescriber", "", None,
    ),
    "too few days, paused": (
        lambda: mondays().pause(8), 8, "20:00",
        "paused", "paused", "", None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_why(case: str) -> None:
    story, day, clock, outcome, reasons, waiting, until = CASES[case]
    told = story()
    now = told.overview(day, clock).explanation
    assert now.outcome == outcome
    assert [f"{why.id}/{why.variant}".rstrip("/") for why in now.reasons] == reasons.split()
    assert [waits.value for waits in now.waiting_for] == waiting.split()
    assert now.hold_until == (None if until is None else told.on(until))


def test_a_slow_rise_reduces_until_the_lower_step_is_done() -> None:
    told = drifting()
    first = next(day for day in range(8, 20) if told.state(day).creep is not None)
    shown = told.overview(first).explanation
    assert shown.outcome is Outcome.REDUCE
    assert shown.last_change is not None
    assert shown.last_change.id is ReasonId.DRIFT
    assert reason(ReasonId.DRIFT, "hold") in shown.reasons


def test_the_figures_of_the_reasons() -> None:
    (open_, _report, test) = at_top().overview(4).explanation.reasons[1:]
    assert open_ == reason(ReasonId.CRITERIA_UNMET, unmet=8)
    assert test == reason(ReasonId.TEST_NEEDED, test="bridge_reps")
    told = settled(5)
    assert told.overview(4).explanation.reasons[1] == reason(ReasonId.CRITERIA_UNMET, unmet=1)
    confirm = told.overview(5).explanation.reasons[0]
    assert confirm == reason(ReasonId.CONFIRMATION, stage="isometric")
    top = History(stage="hip_flexion", step="S3.c3", goal="running", sitting=60)
    (runner, test) = top.calm(0, 4).overview(4).explanation.reasons[1:]
    assert runner == reason(ReasonId.CRITERIA_UNMET, unmet=8)
    assert test == reason(ReasonId.TEST_NEEDED, test="single_leg_rdl")


def test_the_first_test_that_was_not_done_is_named() -> None:
    """One that was done and not passed is not unknown; it comes again after a week."""
    told = at_top().calm_until(14).test(14, "bridge_reps", 10, other=20, pain=1)
    reasons = told.overview(14).explanation.reasons
    assert reason(ReasonId.TEST_NEEDED, test="long_lever_bridge_reps") in reasons
    assert reason(ReasonId.TEST_NEEDED, test="bridge_reps") not in reasons


def test_a_red_is_told_until_the_next_session_is_judged() -> None:
    told = red().quiet(3, 4)
    assert told.record(2).reasons[0] in told.overview(4).explanation.reasons
    told.session(4, 1)
    told.morning(5)
    assert ReasonId.RED not in {why.id for why in told.overview(5).explanation.reasons}


def test_a_red_at_the_top_does_not_speak_of_more_load() -> None:
    told = History(step="S2.4").morning(1).morning(2)
    assert told.overview(2).explanation.reasons[0].id is ReasonId.TOP_STEP
    why = told.session(2, 7).overview(2).explanation.reasons
    assert ReasonId.RED in {each.id for each in why}
    assert ReasonId.TOP_STEP not in {each.id for each in why}


def test_each_reason_is_given_once() -> None:
    """The verdict of the last session both holds the step and is the last RED."""
    told = red().quiet(3, 4)
    reasons = told.overview(4).explanation.reasons
    assert len(reasons) == len(set(reasons))


def test_the_lines_of_the_stage_are_waited_for_when_it_comes_first() -> None:
    """The top step is not in force yet, but the stage can come as early as the step."""
    told = History(step="S2.3", sitting=60)
    for day in range(21):
        if day:
            told.morning(day, sitting=60)
        if told.at(day).plan.dose is not None:
            told.session(day, 1, 1, step="S2.3")
        if day == 18:
            for test, reps in (("bridge_reps", 20), ("long_lever_bridge_reps", 8)):
                told.test(day, test, reps, other=reps, pain=1)
            told.test(day, "hip_hinge", 10, pain=1)
    early, late = told.overview(13), told.overview(20)
    assert early.next_progression != early.next_stage
    assert early.explanation.waiting_for == (Waiting.TIME,)
    assert late.next_progression == late.next_stage == told.on(21)
    assert late.explanation.waiting_for == (Waiting.TEST, Waiting.TIME)


def stuck() -> History:
    """Do the same step for weeks although a higher one is offered."""
    told = History(step="S2.2").session(0, 1)
    for day in range(1, 24):
        told.morning(day)
        if told.at(day).plan.dose is not None:
            told.session(day, 1, 1, step="S2.2")
    return told


@pytest.mark.parametrize(
    ("review", "story", "day"),
    [
        ("plateau", stuck, 23),
        ("over_maximum", lambda: History(stage="settle", step="I0.3").calm(0, 22), 22),
    ],
)
def test_a_review_that_is_due_is_a_reason(
    review: str, story: Callable[[], History], day: int
) -> None:
    shown = story().overview(day)
    assert [name.partition(":")[0] for name in shown.standing.reviews] == [review]
    assert reason(ReasonId.PLATEAU, review) in shown.explanation.reasons


def test_the_screening_questions_that_are_due() -> None:
    assert new().overview(0).explanation.ask_again == ()
    shown = red().overview(2).explanation
    assert shown.ask_again == REPEATED
    assert reason(ReasonId.RESCREEN, "due") in shown.reasons


def test_what_came_before_a_flare_up_is_named_while_it_lasts() -> None:
    told = History(step="S2.4").calm(0, 9)
    for day, event in ((6, "massage"), (7, "long_sitting"), (9, "travel"), (9, "long_sitting")):
        told.event(day, event)
    assert all(why.variant != "before" for why in told.overview(9).explanation.reasons)
    told.morning(10, 7).event(11, "ball")
    for day in (10, 12):
        reasons = told.overview(day).explanation.reasons
        assert reasons[-2:] == (
            reason(ReasonId.FLARE_UP, "before", event="long_sitting"),
            reason(ReasonId.FLARE_UP, "before", event="travel"),
        )
        assert reasons[-3].variant != "before"
