"""Rules at their edge: exactly half, one of two, told once and not again (b4, c2, c3, c8)."""

from dataclasses import replace

import pytest

from custom_components.pht_rehab.domain import consequences, decide
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.model import DayKind, ReasonId, Response, Stage
from custom_components.pht_rehab.domain.state import within
from tests.domain.builders import START, History


def reasons(told: History, day: int) -> set[ReasonId]:
    return {why.id for why in told.overview(day).explanation.reasons}


def test_no_progression_below_half_but_at_half() -> None:
    """(c8) three of six planned sessions are half of them, three of seven are less."""
    told = History(step="S2.2").quiet(1, 14)
    for day in (0, 4, 7):
        told.session(day, 1)
    assert told.overview(13).adherence == 50
    assert ReasonId.ADHERENCE_LOW not in reasons(told, 13)
    assert told.overview(14).adherence == 40
    assert ReasonId.ADHERENCE_LOW in reasons(told, 14)


def test_two_planned_sessions_are_too_few_to_judge_adherence() -> None:
    told = History(step="S2.2").quiet(1, 3)
    assert told.overview(3).adherence == 0
    assert ReasonId.ADHERENCE_LOW not in reasons(told, 3)
    assert ReasonId.ADHERENCE_LOW in reasons(told.quiet(4, 5), 5)


@pytest.mark.parametrize(("between", "loop"), [(None, False), (4, True)])
def test_a_session_not_told_in_full_is_no_part_of_an_amber_loop(
    between: float | None, *, loop: bool
) -> None:
    """(c8, c10-12) four of the last six AMBER; for want of a score is not one of them."""
    told = History(stage="hip_flexion", step="S3.b1").quiet(1, 12)
    for day, pain in {0: 4, 2: 4, 4: 1, 7: between, 9: 1, 11: 4}.items():
        told.session(day, pain)
    assert ("amber_loop" in told.state(12).reviews) is loop


def test_an_amber_loop_that_was_answered_is_over() -> None:
    """(c8) its sessions are not held against the next one."""
    told = History(stage="hip_flexion", step="S3.b1").quiet(1, 15)
    for day, pain in {0: 4, 2: 4, 4: 1, 7: 4, 9: 1, 11: 4}.items():
        told.session(day, pain)
    assert told.step(12) == "S3.a2"
    told.session(14, 4)
    assert told.step(15) == "S3.a2"


def test_an_amber_loop_of_the_runs_is_not_one_of_the_sessions() -> None:
    told = History(stage="hip_flexion", step="S3.a3").quiet(1, 20)
    for day, pain in {0: 4, 2: 4, 4: 1, 7: 4, 9: 1, 11: 4}.items():
        told.session(day, pain)
    state = told.state(11)
    state.reviews["amber_loop"] = told.on(10)  # the runs' of yesterday
    assert state.pending is not None
    record = replace(state.pending, response=Response.AMBER)
    state.records[-1] = record
    consequences.take_verdict(state, record, told.on(12))
    assert state.loop_on == told.on(12)


@pytest.mark.parametrize(("day", "told_of"), [(39, True), (40, False)])
def test_that_sessions_were_too_much_lately_is_not_said_for_ever(
    day: int, *, told_of: bool
) -> None:
    told = History(stage="hip_flexion", step="S3.b1").quiet(1, 12)
    for on, pain in {0: 4, 2: 4, 4: 1, 7: 4, 9: 1, 11: 4}.items():
        told.session(on, pain)
    assert told.state(12).reviews["amber_loop"] == told.on(12)
    told.thrive(13, day)
    assert told.state(day).stage is Stage.HIP_FLEXION
    assert ("amber_loop" in told.state(day).reviews) is told_of


@pytest.mark.parametrize(("back", "step"), [(11, "S3.a2"), (130, "S3.a3")])
def test_an_amber_loop_ends_with_what_is_remembered(back: int, step: str) -> None:
    """(c8) sessions of before a long absence are no part of it."""
    told = History(stage="hip_flexion", step="S3.b1").quiet(1, 12)
    for day, pain in {0: 4, 2: 4, 4: 1, 7: 4, 9: 1}.items():
        told.session(day, pain)
    assert told.step(10) == "S3.a3"
    if told.state(back).lock is not None:  # asked the screening questions again
        told.unlock(back)
        told.set_stage(back, "hip_flexion", "S3.a3").morning(back, clock="13:30")
    told.session(back, 4).morning(back + 1)
    assert told.verdict(back) is Response.AMBER
    assert told.step(back + 1) == step


def test_the_fourteen_days_after_a_relapse_have_the_week_of_the_stage_before() -> None:
    """(b4 P6) two or three sessions a week again, through the last of the days."""
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    told = History(stage="maintenance", days=week).mornings(1, 1, 3, 3, 3)
    relapse = told.state(4).relapse_until
    assert relapse == told.on(17)
    done = []
    for day in range(4, 21):
        if day > 4:
            told.morning(day, 1)
        if told.kind(day) is DayKind.LOADING and day not in (15, 16):
            done.append(day)
            assert told.planned(day) == "S3.b1"
            told.session(day, 1)
    assert done == [4, 6, 8, 11, 13, 17]


def test_waking_at_night_counts_until_it_is_told_again() -> None:
    """(b4 P1, c10-44) a morning that says nothing of the night changes nothing."""
    told = History(stage="isometric").morning(2, night=True).quiet(3, 9)
    nights = {
        day: next(line.met for line in told.overview(day).criteria if line.id == "night_waking")
        for day in (1, 2, 8, 9)
    }
    assert nights == {1: None, 2: False, 8: False, 9: None}
    told.morning(9, night=False)
    assert told.state(9).night_waking == (told.on(9), False)


@pytest.mark.parametrize("taken_back", [0, 1, 2])
def test_any_of_the_ticks_can_be_taken_back(taken_back: int) -> None:
    told = History(step="S2.2")
    ids = [item.prescribed.id for item in told.overview(0).items]
    for exercise in ids:
        told.take(decide.tick(told.course, told.moment(0, "18:00"), exercise))
    assert all(item.done for item in told.overview(0).items)
    made = decide.untick(told.course, told.moment(0, "19:00"), ids[taken_back])
    told.take(made)
    assert [item.prescribed.id for item in told.overview(0).items if not item.done] == [
        ids[taken_back]
    ]
    assert made.log_id is not None


def test_a_verdict_taken_back_is_awaited_again() -> None:
    told = History(step="S2.2").session(0, 1).morning(1)
    assert told.verdict(0) is Response.GREEN
    told.void(1)
    assert told.record(0, seen=0).response is Response.AWAITING
    early = told.at(1, "06:00").state
    assert (early.records[-1].response, early.records[-1].reasons) == (Response.AWAITING, ())
    assert early.pending is early.records[-1]


def test_looking_at_tomorrow_judges_nothing_today() -> None:
    told = History(step="S2.2").session(0, 1)
    tomorrow = told.state(1)  # past noon without a score
    assert tomorrow.records[-1].response is Response.AMBER
    assert told.at(1, "06:00").state.records[-1].response is Response.AWAITING


def test_a_copy_goes_its_own_way() -> None:
    """Nothing done to a copy of the state is seen in the one it was made from."""
    told = History(step="S2.2").calm(0, 8).morning(9).session(9, 1)
    state = told.course.closed_state(told.on(10))
    before = Course(told.course.facts.values()).closed_state(told.on(10))
    twin = state.copy()
    assert twin == state
    assert twin.pending is twin.records[-1]
    assert twin.pending is not None
    twin.pending.response = Response.RED
    twin.records.pop()
    twin.scores["long_lever_bridges"].clear()
    twin.medians["long_lever_bridges"].clear()
    twin.trunk.days.append(START)
    twin.gluteal.level = 3
    twin.reviews["plateau"] = START
    twin.planned_days.clear()
    assert state == before != twin
    assert state.records[-1].response is Response.AWAITING


@pytest.mark.parametrize(
    ("age", "days", "inside"),
    [(0, 1, True), (1, 1, False), (6, 7, True), (7, 7, False), (-1, 7, False)],
)
def test_a_window_of_days_includes_today(age: int, days: int, *, inside: bool) -> None:
    """(c10-18) today and the days before it."""
    today = START.fromordinal(START.toordinal() + 50)
    assert within(today.fromordinal(today.toordinal() - age), today, days) is inside


@pytest.mark.parametrize(
    ("minutes", "reports", "creeps"), [(29, 5, True), (30, 5, False), (29, 4, False)]
)
def test_sitting_below_half_its_best(minutes: float, reports: int, *, creeps: bool) -> None:
    """(c4) the week's median below half of the best of 28 days, told by five reports at least."""
    told = History(step="S2.2")
    for day in range(1, 6):
        told.morning(day, sitting=60)
    for day in range(8, 13):
        told.morning(day, sitting=minutes if day >= 13 - reports else None)
    assert (told.state(12).creep is not None) is creeps
