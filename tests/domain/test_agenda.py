"""Days as a calendar wants them: sessions done with their response, and the days ahead."""

from datetime import time, timedelta

from custom_components.pht_rehab.domain.agenda import days_ahead, sessions_done
from custom_components.pht_rehab.domain.forecast import HORIZON_DAYS
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
    assert days[-1].plan.on == told.on(2) + timedelta(days=HORIZON_DAYS)
    changes = [(day.plan.on, day.next_stage) for day in days if day.next_stage is not None]
    assert [stage for _on, stage in changes] == [Stage.HIP_FLEXION, Stage.MAINTENANCE]
    assert changes[0][0] == view.next_stage
