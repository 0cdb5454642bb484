"""The weeks behind: the trend's days, and what a clinician's report makes of them."""

from datetime import timedelta

import pytest

from custom_components.pht_rehab.domain.model import ReasonId, RehabError, Response, Stage
from custom_components.pht_rehab.domain.report import TRIGGER_DAYS, report
from custom_components.pht_rehab.domain.run_report import step_course
from custom_components.pht_rehab.domain.trend import TREND_DAYS, TrendDay, trend
from tests.domain.builders import History

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def test_a_span_longer_than_the_memory_is_refused() -> None:
    told = History(step="S2.2").calm(0, 100)
    last = told.on(100)
    assert len(report(told.course, None, last).days) == TREND_DAYS
    with pytest.raises(RehabError) as refused:
        report(told.course, last - timedelta(days=TREND_DAYS), last)
    assert (refused.value.key, refused.value.field) == ("days_out_of_range", "start_date")


def test_it_begins_with_the_programme_at_the_earliest() -> None:
    told = History(step="S2.2").calm(0, 9)
    found = report(told.course, told.on(0) - timedelta(days=9), told.on(5))
    assert [day.on for day in found.days] == [told.on(day) for day in range(6)]


def test_stages_and_steps_follow_each_other() -> None:
    told = History(stage="isometric", step="I1.1").calm(0, 12)
    (span,) = report(told.course, None, told.on(12)).stages
    assert (span.first, span.last, span.stage) == (told.on(0), told.on(12), Stage.ISOMETRIC)
    assert span.steps[0] == "I1.1"
    assert span.steps[1] > "I1.1"


def test_a_flare_up_with_what_came_before() -> None:
    told = History(step="S2.2", days=WEEK).session(0, 7).calm(1, 9)
    told.event(8, "travel").event(3, "massage").session(9, 7).morning(10, 5).morning(11, 5)
    (flare,) = report(told.course, None, told.on(12)).flare_ups
    assert flare.first > told.on(9)
    assert flare.events == ("travel",)
    assert flare.too_much == (told.on(9),)
    assert (flare.first - told.on(9)).days <= TRIGGER_DAYS


def test_the_trend_says_why_the_plan_changed_on_the_day_it_did() -> None:
    told = History(step="S2.2", days=WEEK).calm(0, 9).session(9, 7).morning(10, 5)
    days = report(told.course, None, told.on(12)).days
    reasons = {day.on: [why.id for why in day.changes] for day in days if day.changes}
    assert set(reasons[told.on(0)]) <= {ReasonId.CHOSEN, ReasonId.PLACED}
    assert any(ReasonId.RED in why for on, why in reasons.items() if on >= told.on(9))


def test_the_trend_shows_what_changed_this_morning() -> None:
    told = History(step="S2.2").calm(0, 9).morning(10, 7)
    *_before, yesterday, today = trend(told.course, told.at(10))
    assert (yesterday.flare_up, today.flare_up) == (False, True)
    assert [why.id for why in today.changes] == [ReasonId.FLARE_UP]


@pytest.mark.parametrize("stage", ["hip_flexion", "energy_storage", "return_to_sport"])
def test_the_trend_has_the_stage_and_not_the_one_its_step_is_named_for(stage: str) -> None:
    told = History(stage=stage, goal="running").calm(0, 2)
    assert {day.stage.value for day in trend(told.course, told.at(2))} == {stage}
    assert [span.stage for span in report(told.course, None, told.on(2)).stages] == [stage]


def test_adherence_is_told_once_a_session_was_planned() -> None:
    told = History(step="S2.2").pause(0, until=2).calm(2, 5)
    assert [report(told.course, None, told.on(day)).adherence for day in (1, 2, 3)] == [
        None,
        None,
        1,
    ]
    assert report(told.course, None, told.on(8)).adherence == 2 / 3


def test_a_day_without_a_session_has_no_load() -> None:
    told = History(step="S2.2").session(0, 1).quiet(1, 2)
    first, *others = trend(told.course, told.at(2))
    assert first.load > 0
    assert [day.load for day in others] == [0, 0]


# Runs and hops


def runner() -> History:
    """Return a programme on its way back to running, with room for a run on every other day."""
    told = History(stage="hip_flexion", goal="running", days=WEEK)
    return told.set_stage(0, "hip_flexion", "R5")


def on_day(told: History, day: int, seen: int) -> TrendDay:
    return next(one for one in trend(told.course, told.at(seen)) if one.on == told.on(day))


def test_a_day_with_a_run_alone_is_not_empty() -> None:
    told = runner().run(0, 18, 2, 1).morning(1)
    day = on_day(told, 0, 1)
    assert (day.pain_during, day.pain_after, day.response) == (2, 1, Response.GREEN)
    assert day.run is not None
    assert (day.run.minutes, day.load, day.run_step, day.energy_step) == (18, 0, "R5", None)
    assert on_day(told, 1, 1).run is None


@pytest.mark.parametrize(("ran", "trained"), [(1, 5), (5, 1)])
def test_of_a_session_and_a_run_the_worse_is_shown(ran: float, trained: float) -> None:
    told = runner().run(0, 20, ran, 0).session(0, trained, 1).morning(1)
    day = on_day(told, 0, 1)
    assert (day.pain_during, day.pain_after, day.response) == (5, 1, Response.AMBER)


def test_a_running_step_is_among_the_reasons_of_its_day() -> None:
    told = runner()
    for day in range(5):
        told.quiet(day, day) if day else None
        if day % 2 == 0:
            told.run(day)
    told.morning(5)
    changes = {day.on: [why.id for why in day.changes] for day in trend(told.course, told.at(5))}
    assert told.state(5).running.step_id == "R6"
    assert changes[told.on(4)] == [ReasonId.TWO_GREEN]
    assert changes[told.on(3)] == []
    assert report(told.course, None, told.on(5)).run_steps == (
        (told.on(0), "R5"),
        (told.on(4), "R6"),
    )


def test_the_weeks_of_runs() -> None:
    told = runner().run(0, 18, 2, 3).quiet(1, 2).run(2, 20, 1).quiet(3, 7).run(7, 20, 6)
    first, second = report(told.course, None, told.on(8)).runs
    assert (first.first, first.runs, first.minutes, first.longest) == (told.on(0), 2, 38, 20)
    assert (first.pain, first.responses) == (3, ((Response.GREEN, 2),))
    assert (second.first, second.pain) == (told.on(7), 6)
    assert second.responses == ((Response.RED, 1),)


def test_a_run_without_a_score_has_no_worst_pain() -> None:
    told = runner().run(0, 20, None)
    (week,) = report(told.course, None, told.on(0)).runs
    assert week.pain is None


def test_a_course_of_steps_leaves_out_the_days_before_it() -> None:
    told = History()
    days = [told.on(day) for day in range(6)]
    steps = zip(days, (None, None, "E1", "E1", "E2", "E1"), strict=True)
    assert list(step_course(steps)) == [(days[2], "E1"), (days[4], "E2"), (days[5], "E1")]


def test_the_gate_is_reported_on_the_way_back_only() -> None:
    back = History(stage="hip_flexion", goal="running")
    assert report(back.course, None, back.on(0)).gate[0].id == "stage_passed"
    assert report(runner().course, None, back.on(0)).gate == ()
    assert report(History().course, None, back.on(0)).gate == ()
