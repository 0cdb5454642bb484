"""The weeks behind: the trend's days, and what a clinician's report makes of them."""

from datetime import timedelta

import pytest

from custom_components.pht_rehab.domain.model import ReasonId, RehabError, Stage
from custom_components.pht_rehab.domain.report import TRIGGER_DAYS, report
from custom_components.pht_rehab.domain.trend import TREND_DAYS, trend
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
    told = History(step="S2.2", days=WEEK).calm(0, 9)
    told.event(8, "travel").event(3, "massage").session(9, 7).morning(10, 5).morning(11, 5)
    (flare,) = report(told.course, None, told.on(12)).flare_ups
    assert flare.first > told.on(9)
    assert flare.events == ("travel",)
    assert flare.too_much == (told.on(9),)
    assert (flare.first - told.on(9)).days <= TRIGGER_DAYS


def test_the_trend_says_why_the_plan_changed_on_the_day_it_did() -> None:
    told = History(step="S2.2", days=WEEK).calm(0, 9).session(9, 7).morning(10, 5)
    days = report(told.course, None, told.on(12)).days
    reasons = {day.on: day.change.id for day in days if day.change is not None}
    assert reasons[told.on(0)] in {ReasonId.CHOSEN, ReasonId.PLACED}
    assert any(why is ReasonId.RED for on, why in reasons.items() if on >= told.on(9))


def test_the_trend_shows_what_changed_this_morning() -> None:
    told = History(step="S2.2").calm(0, 9).morning(10, 7)
    *_before, yesterday, today = trend(told.course, told.at(10))
    assert (yesterday.flare_up, today.flare_up) == (False, True)
    assert today.change is not None
    assert today.change.id is ReasonId.FLARE_UP


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
