"""Days as a calendar wants them: sessions done with their response, and the days ahead."""

from datetime import time

import pytest

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.agenda import days_ahead, sessions_done
from custom_components.pht_rehab.domain.model import DayKind, Response, Stage
from tests.domain.builders import History


def test_sessions_with_their_response_as_known_today() -> None:
    told = History(step="S2.2").calm(0, 2).morning(3, 1).session(4, 7)
    today = told.course.today(told.on(5), time(13))
    found = [
        (done.on, done.dose_step, done.response)
        for done in sessions_done(told.course, today, told.on(0), told.on(9))
    ]
    assert found == [
        (told.on(0), "S2.2", Response.GREEN),
        (told.on(2), "S2.2", Response.GREEN),
        (told.on(4), "S2.3", Response.RED),
    ]
    later = sessions_done(told.course, today, told.on(1), told.on(3))
    assert [done.on for done in later] == [told.on(2)]


def test_a_session_far_back_keeps_its_response() -> None:
    """Past the memory of the rules, and when the days between are put in doubt."""
    told = History(step="S2.2").calm(0, 130)
    before = told.course.today(told.on(131), time(13))
    first = list(sessions_done(told.course, before, told.on(0), told.on(20)))
    assert {done.response for done in first} == {Response.GREEN}
    told.void(131, told.ids[len(told.ids) // 2])
    after = told.course.today(told.on(131), time(13))
    assert list(sessions_done(told.course, after, told.on(0), told.on(20))) == first


def test_the_days_ahead_begin_with_today_as_it_stands() -> None:
    told = History(step="S2.2").calm(0, 1)
    view = told.overview(2)
    days = list(days_ahead(told.course, view, told.on(8), check_open=False))
    assert [day.plan.on for day in days] == [told.on(number) for number in range(2, 9)]
    assert days[0].plan == view.plan
    assert days[0].items == tuple(item.prescribed for item in view.items)
    assert all(day.items for day in days if day.plan.kind is DayKind.LOADING)
    assert all(day.next_stage is None for day in days)


def test_each_stage_to_come_is_named_once_on_its_first_day() -> None:
    told = History(step="S2.2").calm(0, 1)
    view = told.overview(2)
    days = list(days_ahead(told.course, view, told.on(5000), check_open=False))
    assert days[-1].plan.on == told.on(2 + 400)
    changes = [(day.plan.on, day.next_stage) for day in days if day.next_stage is not None]
    assert [stage for _on, stage in changes] == [Stage.HIP_FLEXION, Stage.MAINTENANCE]
    assert changes[0][0] == view.next_stage


def named(told: History, today: int, last: int, clock: str = "20:00") -> list[tuple[int, Stage]]:
    """Return the days on which a stage is named, and the stage."""
    view = told.overview(today, clock)
    days = days_ahead(told.course, view, told.on(last), check_open=clock < "12:00")
    return [
        (today + number, day.next_stage)
        for number, day in enumerate(days)
        if day.next_stage is not None
    ]


def ready() -> History:
    """Meet every line of the first stage on day 5."""
    told = History(stage="settle", step="I0.3", rest_pain=1, sitting=60)
    for day in range(1, 6):
        told.morning(day, 1, rest=1, sitting=60, night=False).session(day, 1, 1)
    return told


def test_a_stage_that_can_be_confirmed_today_is_named_today() -> None:
    told = ready()
    assert named(told, 5, 20) == [(5, Stage.ISOMETRIC), (15, Stage.ISOTONIC)]
    today, after = list(days_ahead(told.course, told.overview(5), told.on(6), check_open=False))
    # Today stays as it is: it is not confirmed yet, and the session is done.
    assert today.plan.stage is Stage.SETTLE
    assert [item.id for item in today.items] == [
        "iso_bridge_double", "pelvic_tilt_supine", "dead_bug_heel_tap",
    ]  # fmt: skip
    assert after.plan.stage is Stage.ISOMETRIC


def test_a_stage_is_named_on_the_evening_of_its_last_test() -> None:
    """The test of the day may be the last line open; the stage is confirmed the day after."""
    told = History(step="S2.4").thrive(0, 17).test(18, "bridge_reps", 10, other=20, pain=1)
    told.thrive(19, 24).morning(25, rest=1, sitting=60)
    assert told.overview(25, "08:00").next_stage == told.on(25)
    assert named(told, 25, 40, "08:00") == [(25, Stage.HIP_FLEXION)]


@pytest.mark.parametrize("goal", ["running", "sport"])
def test_runners_have_a_stage_above_hip_flexion(goal: str) -> None:
    told = History(stage="hip_flexion", step="S3.c3", goal=goal).calm(0, 4)
    assert named(told, 4, 40) == [(28, Stage.ENERGY_STORAGE)]


def test_nothing_is_named_at_the_last_stage_there_is() -> None:
    told = History(stage="maintenance", goal="running").calm(0, 4)
    assert named(told, 4, 120) == []


def test_ticked_alone_is_no_session_done() -> None:
    told = History(step="S2.2").calm(0, 1)
    told.session(2, None, exercises=["bridge_single_slow"], done=100)
    today = told.course.today(told.on(3), time(13))
    found = sessions_done(told.course, today, told.on(0), told.on(3))
    assert [done.on for done in found] == [told.on(0)]


@pytest.mark.parametrize("scored_by", ["the exercise", "the day"])
def test_a_part_with_its_score_is_a_session_done_once_the_day_is_over(scored_by: str) -> None:
    told = History(step="S2.2").calm(0, 1)
    pain = 2 if scored_by == "the exercise" else None
    told.session(2, pain, exercises=["bridge_single_slow"])
    if pain is None:
        told.take(decide.score_session(told.course, told.moment(2, "21:00"), 2))
    for day, done in ((2, [0]), (3, [0, 2])):
        found = sessions_done(told.course, told.at(day), told.on(0), told.on(3))
        assert [one.on for one in found] == [told.on(on) for on in done]


def test_a_score_alone_is_no_session_done() -> None:
    told = History(step="S2.2").calm(0, 1)
    told.take(decide.score_session(told.course, told.moment(2, "21:00"), 2))
    found = sessions_done(told.course, told.at(3), told.on(0), told.on(3))
    assert [one.on for one in found] == [told.on(0)]
