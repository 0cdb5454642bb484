"""Events and breaks: illness, injections, medicines, pauses, days off (c7, c8, c10-26, c10-40)."""

from datetime import time

import pytest

from custom_components.pht_rehab.domain.controls import HOLDING_EVENTS
from custom_components.pht_rehab.domain.decide import EVENTS
from custom_components.pht_rehab.domain.model import (
    Band,
    DayKind,
    Outcome,
    ReasonId,
    RehabError,
    Response,
    Stage,
)
from tests.domain.builders import History

CLINICAL = ("injection", "shockwave", "surgery")
CHANGING = {*CLINICAL, "illness_started", "illness_ended", "fluoroquinolone", "pregnancy"}


@pytest.mark.parametrize("event", sorted(set(EVENTS) - CHANGING))
def test_other_events_only_explain(event: str) -> None:
    plain = History(step="S2.3").calm(0, 6)
    told = History(step="S2.3").calm(0, 6).event(6, event, minutes=90)
    for day in (6, 7):
        assert told.at(day).plan == plain.at(day).plan
        assert told.state(day).step == plain.state(day).step


# Illness with fever: nothing until 24 hours without it, then the table (c7)


def test_illness_rests_until_a_day_after_the_fever() -> None:
    told = History(step="S2.4").calm(0, 4).event(5, "illness_started").event(10, "illness_ended")
    for day in range(5, 11):
        assert told.kind(day) is DayKind.REST
        assert told.why(day) == ["illness"]
        assert told.at(day).plan.trunk is told.at(day).plan.gluteal is None
    assert told.kind(11) is DayKind.LOADING  # a Friday


@pytest.mark.parametrize(("ended", "back", "step"), [(6, 7, "S2.4"), (10, 11, "S2.4")])
def test_short_illness_keeps_the_step(ended: int, back: int, step: str) -> None:
    told = History(step="S2.4").calm(0, 4).event(5, "illness_started").event(ended, "illness_ended")
    assert told.planned(back) == step


def test_longer_illness_goes_by_the_table() -> None:
    told = History(step="S2.4").calm(0, 4).event(5, "illness_started").event(13, "illness_ended")
    assert told.planned(14) == "S2.3"  # 10 days since the last session
    assert told.why(14) == ["gap_step_down"]


def test_days_of_illness_are_neither_planned_nor_missed() -> None:
    told = History(step="S2.4").calm(0, 4).event(5, "illness_started").event(10, "illness_ended")
    assert all(told.overview(day).standing.missed is None for day in range(6, 12))
    told.session(11, 1)
    assert told.overview(12).adherence == 100


def test_no_stage_up_while_ill() -> None:
    told = History().event(1, "illness_started")
    assert told.overview(1).next_progression is None
    assert not told.overview(1).standing.ready


# Injection, shockwave, surgery: pause, then two steps down and strict for 14 days (c8)


@pytest.mark.parametrize("event", CLINICAL)
def test_clinical_events_pause(event: str) -> None:
    told = History(step="S2.4").calm(0, 4).event(5, event)
    for day in (5, 6, 20):
        now = told.overview(day)
        assert now.plan.kind is DayKind.PAUSED
        assert now.plan.reasons[0].id is ReasonId.CLINICIAN
        assert now.explanation.outcome is Outcome.PAUSED
        assert now.standing.paused
        assert now.next_progression is now.next_stage is now.next_session is None
        assert not now.morning_check_open
    with pytest.raises(RehabError, match="paused"):
        told.session(6, 1)
    with pytest.raises(RehabError, match="paused"):
        told.confirm(6, anyway=True)


@pytest.mark.parametrize(
    ("stage", "step", "back", "restart"),
    [
        # within 28 days two steps, whatever the gap table would have said
        ("isotonic", "S2.4", 9, "S2.2"),
        ("isotonic", "S2.4", 32, "S2.2"),
        ("isotonic", "S2.1", 9, "I1.5"),
        ("hip_flexion", "S3.a1", 20, "S2.3"),
        ("maintenance", "S6", 20, "S3.c2"),
        ("isometric", "I1.1", 40, "I0.2"),
        ("settle", "I0.1", 20, "I0.1"),
        # past 28 days one stage down, if that is lower
        ("isotonic", "S2.4", 33, "I1.3"),
        ("hip_flexion", "S3.c3", 40, "S2.2"),
        ("hip_flexion", "S3.a1", 40, "S2.2"),
        ("maintenance", "S6", 40, "S3.b1"),
    ],
)
def test_restart(stage: str, step: str, back: int, restart: str) -> None:
    # the last session is that of day 4
    told = History(stage=stage, step=step).session(0, 1).mornings(1, 1, 1, 1, 1)
    told.session(4, 1).event(5, "injection").resume(back)
    now = told.state(back)
    change = now.last_change
    assert change is not None
    assert (change.id, change.variant) == (ReasonId.CLINICIAN, "restart")
    assert told.step(back) == restart
    assert now.stage is now.dose.stage
    for day in range(back, back + 8):
        assert told.step(day) == restart  # once
        assert told.planned(day) in (None, restart)


def test_strict_for_fourteen_days() -> None:
    told = History(step="S2.4").calm(0, 4).event(5, "injection").resume(12)
    bands = [told.overview(day).explanation.band for day in (12, 25, 26)]
    assert bands == [Band.STRICT, Band.STRICT, Band.NORMAL]
    told.morning(14).session(14, 3).morning(15)
    assert told.verdict(14) is Response.AMBER


def test_a_restart_forgets_the_way_back_from_a_break() -> None:
    told = History(step="S2.4").session(0).mornings(1, *[1] * 40)
    told.session(9)
    assert told.step(9) == "S2.3"  # one calm session would bring S2.4 back
    told.event(10, "injection").resume(19)
    assert told.step(19) == "S2.1"
    told.session(19)
    assert told.planned(21) == "S2.1"


def test_restart_date_given_in_advance() -> None:
    told = History(step="S2.4").calm(0, 4).event(5, "surgery").pause(6, until=20)
    assert told.kind(19) is DayKind.PAUSED
    assert told.why(19) == ["clinician"]
    assert told.step(20) == "S2.2"
    assert told.overview(20).explanation.band is Band.STRICT


def test_days_in_the_stage_go_on_within_it() -> None:
    told = History(step="S2.4").calm(0, 9).event(10, "injection").resume(20)
    state = told.state(20)
    assert state.stage_since == told.start
    assert state.days_in_stage(told.on(20)) == 10


def test_after_more_than_84_days_the_screening_comes_first() -> None:
    told = History(step="S2.4").calm(0, 4).event(5, "surgery").resume(4 + 85)
    assert told.kind(4 + 85) is DayKind.LOCKED
    assert told.why(4 + 85) == ["rescreen"]


# Medicines and pregnancy


def test_fluoroquinolone_event_suspends_heavy_work() -> None:
    told = History(step="S2.4").calm(0, 4).event(5, "fluoroquinolone")
    assert (told.kind(7), told.planned(7)) == (DayKind.LIGHT, "I0.1")
    assert told.why(7) == ["contact_prescriber"]
    now = told.overview(7)
    assert now.standing.locked
    assert now.next_progression is now.next_stage is None
    told.session(7, 1)  # the light holds may be done
    assert told.record(7, 7).light
    told.unlock(8)
    assert told.kind(9) is DayKind.LOADING


def test_a_red_light_hold_is_waited_out_too() -> None:
    told = History(step="S2.4").calm(0, 4).event(5, "fluoroquinolone").morning(7).session(7, 6)
    told.unlock(8)
    assert told.step(8) == "S2.4"  # light holds are no step
    assert (told.kind(8), told.why(8)) == (DayKind.LIGHT, ["red"])
    told.morning(9)
    assert told.kind(9) is DayKind.LOADING


def test_pregnancy_is_clinician_guided() -> None:
    told = History().event(3, "pregnancy")
    assert not told.overview(2).clinician_guided
    assert told.overview(3).clinician_guided
    assert told.kind(4) is DayKind.LOADING


# Pauses and days off


def test_pause_until_a_day() -> None:
    told = History(step="S2.4").calm(0, 4).pause(5, until=9)
    for day in range(5, 9):
        now = told.overview(day)
        assert now.plan.kind is DayKind.PAUSED
        assert now.plan.reasons[0].until == told.on(9)
        assert now.standing.missed is None
        assert not now.morning_check_open
        assert now.next_progression is None
    assert told.kind(9) is DayKind.LOADING
    assert told.overview(9).standing.missed is None


def test_resume_ends_a_pause() -> None:
    told = History(step="S2.4").calm(0, 4).pause(5)
    assert told.kind(30) is DayKind.PAUSED
    told.resume(7)
    assert told.kind(7) is DayKind.LOADING
    assert told.step(7) == "S2.4"
    assert told.overview(7).explanation.band is Band.NORMAL
    with pytest.raises(RehabError, match="not_paused"):
        told.resume(8)


def test_paused_days_are_not_planned() -> None:
    told = History(step="S2.4").calm(0, 4).pause(5, until=9).morning(9).session(9, 1)
    told.calm_until(13)
    assert told.overview(13).adherence == 100


@pytest.mark.parametrize(
    ("back", "step"),
    [(8, "S2.4"), (11, "S2.4"), (14, "S2.3"), (18, "S2.3"), (21, "S2.2"), (32, "S2.2")],
)
def test_after_a_pause_the_table_applies(back: int, step: str) -> None:
    told = History(step="S2.4", days=("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    told.calm(0, 4).pause(5).resume(back).morning(back)
    assert told.planned(back) == step


@pytest.mark.parametrize("known", [False, True])
def test_after_28_days_the_first_day_back_is_a_stage_lower(*, known: bool) -> None:
    told = History(step="S2.4").calm(0, 4).pause(5, until=33 if known else None)
    if not known:
        told.resume(33)
    assert told.state(33).stage is Stage.ISOMETRIC
    assert told.step(33) == "I1.3"
    assert told.step(40) == "I1.3"


def test_a_stage_set_on_the_day_back_stands() -> None:
    told = History(step="S2.4").calm(0, 4).pause(5).resume(40)
    told.set_stage(40, "isotonic", "S2.2")
    assert told.step(40) == told.step(45) == "S2.2"


def test_after_a_lock_the_table_applies_at_once_too() -> None:
    told = History(step="S2.4").calm(0, 4).symptoms(5, "unrelenting_pain").unlock(40)
    assert told.step(40) == "I1.3"


def test_a_pause_during_a_clinical_one_stays_clinical() -> None:
    told = History(step="S2.4").calm(0, 4).event(5, "injection").pause(6).resume(9)
    assert told.step(9) == "S2.2"


def test_a_day_off_is_no_missed_day_but_counts_as_planned() -> None:
    told = History(step="S2.4").calm(0, 6).skip(7)
    now = told.overview(7)
    assert not now.session_open
    assert told.overview(8).standing.missed is None
    assert now.next_session == told.on(9)
    told.calm(8, 8)
    assert told.overview(8).adherence == 75  # Monday, Wednesday, Friday, and not Monday


def test_a_missed_day_is_named_the_day_after() -> None:
    told = History(step="S2.4").calm(0, 6)
    assert told.overview(8).standing.missed == told.on(7)
    assert told.overview(9).standing.missed == told.on(7)  # Tuesday was no training day
    assert told.overview(10).standing.missed == told.on(9)


def test_every_missed_day_is_known_once_and_gone_when_it_was_done_after_all() -> None:
    told = History(step="S2.4").calm(0, 6)
    course = told.course
    course.today(told.on(15), time(8))
    assert course.missed(None) == [told.on(day) for day in (7, 9, 11, 14)]
    assert course.missed(told.on(9)) == [told.on(11), told.on(14)]
    told.calm(9, 9)
    course.today(told.on(15), time(8))
    assert course.missed(None) == [told.on(day) for day in (7, 11, 14)]
    course.today(told.on(8), time(8))  # the clock was set back
    assert course.missed(None) == [told.on(7)]


def test_a_flare_up_outlasts_a_pause_and_a_lock() -> None:
    told = History(step="S2.4").calm(0, 4).morning(5, 7).pause(6).resume(40)
    assert told.state(40).flare is not None
    assert told.state(40).gap_handled is None  # it replaces the gap table (c10-6)
    told = History(step="S2.4").calm(0, 4).morning(5, 7).symptoms(6, "unrelenting_pain")
    told.unlock(40)
    assert told.state(40).flare is not None
    assert told.state(40).gap_handled is None


def test_nothing_done_is_no_session() -> None:
    told = History(step="S2.4").session(0, None, done=0)
    assert told.state(0).records == []
    assert told.state(0).last_session is None


# Days in the stage leave out pause, lock and flare-up (c10-40)


def test_days_in_stage() -> None:
    told = History(step="S2.4", morning_pain=1).calm(0, 9)
    told.pause(10, until=13)  # three days
    told.symptoms(15, "unrelenting_pain").unlock(17)  # two days
    told.quiet(17, 19).morning(20, 7).mornings(21, 2, 2)  # two flare days
    state = told.state(22)
    assert state.stage is Stage.ISOTONIC
    assert state.days_in_stage(told.on(22)) == 22 - 3 - 2 - 2


@pytest.mark.parametrize("event", EVENTS)
def test_what_is_said_to_hold_the_programme_does(event: str) -> None:
    state = History(step="S2.2").calm(0, 3).event(4, event).state(4)
    holds = state.pause is not None or state.prescriber_block
    assert holds is (event in HOLDING_EVENTS)
