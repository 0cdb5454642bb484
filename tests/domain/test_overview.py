"""What is shown of a programme at one moment."""

import pytest

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.last_told import last_response
from custom_components.pht_rehab.domain.model import Outcome, Response, Stage, Waiting
from custom_components.pht_rehab.domain.overview import Overview, Standing
from custom_components.pht_rehab.domain.strands import ENERGY_INDEX, RUN_INDEX
from tests.domain.builders import History
from tests.domain.standing import AMBER, GREEN, P5, RED, done, standing, strengthened


def test_the_last_response_is_that_of_the_hamstring() -> None:
    told = History(step="S2.2")
    assert told.overview(0).response is None
    told.session(0, 1)
    assert told.overview(0).response is Response.AWAITING
    told.calm(1, 3)
    assert told.overview(3).response is Response.GREEN
    told.session(4, 7)
    assert told.overview(4).response is Response.RED


@pytest.mark.parametrize(("run", "hops"), [(3, 1), (1, 3)])
def test_the_newest_of_all_strands_is_the_last_response(run: int, hops: int) -> None:
    state = standing(P5, run="R5", hops="E2")
    done(state, state.energy, hops, GREEN if hops > run else RED)
    done(state, state.running, run, GREEN if run > hops else RED)
    strengthened(state, 4, AMBER)
    assert last_response(state) is RED
    done(state, state.running, 0, GREEN)
    assert last_response(state) is GREEN


def test_where_hops_and_runs_stand_is_part_of_the_standing() -> None:
    told = History(stage="energy_storage", goal="running")
    told.set_stage(0, "energy_storage", "E2").set_stage(0, "energy_storage", "R5")
    now = told.overview(0).standing
    assert (now.energy, now.running) == (ENERGY_INDEX["E2"], RUN_INDEX["R5"])
    now = History(goal="everyday").overview(0).standing
    assert (now.energy, now.running) == (-1, -1)


def test_the_dose_step_is_the_next_sessions() -> None:
    told = History(step="S2.2").calm(0, 3)
    assert told.overview(4).dose_step == "S2.3"  # two calm sessions: today's is a step up
    told.session(4, 1)
    assert told.overview(4).dose_step == "S2.3"  # done, and the next one is the same


def test_a_score_told_today_stands_beside_the_last_one() -> None:
    told = History(step="S2.2").calm(0, 2)
    now = told.overview(3)
    assert (now.session_pain, now.session_pain_today) == (1, None)
    told.morning(3, 2)
    now = told.overview(3)
    assert (now.morning_pain, now.morning_pain_today) == (2, 2)


def test_a_paused_programme_waits_for_nothing() -> None:
    told = History(step="S2.2").calm(0, 2).pause(3)
    now = told.overview(3)
    assert now.explanation.outcome is Outcome.PAUSED
    assert Waiting.SESSIONS not in now.explanation.waiting_for
    assert (now.next_session, now.days_to_next_progression, now.items) == (None, None, ())


WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


def shown(now: Overview) -> dict[str, object]:
    """Return the figures of the sensors."""
    names = (
        "dose_step", "response", "session_pain", "session_pain_today", "morning_pain",
        "morning_pain_today", "morning_baseline", "adherence", "session_open",
        "morning_check_open",
    )  # fmt: skip
    return {name: getattr(now, name) for name in names}


def test_a_day_from_morning_to_night() -> None:
    told = History(step="S2.2").calm(0, 3)
    early = shown(told.overview(4, "06:00"))
    assert early == {
        "dose_step": "S2.2",  # no step up before the morning's score is in
        "response": Response.GREEN,
        "session_pain": 1,
        "session_pain_today": None,
        "morning_pain": 1,
        "morning_pain_today": None,
        "morning_baseline": 1,
        "adherence": 100,
        "session_open": True,
        "morning_check_open": True,
    }
    told.morning(4, 2)
    scored = shown(told.overview(4, "08:00"))
    assert scored == early | {
        "dose_step": "S2.3",
        "morning_pain": 2,
        "morning_pain_today": 2,
        "morning_check_open": False,
    }
    told.session(4, 2)
    assert shown(told.overview(4)) == scored | {
        "response": Response.AWAITING,
        "session_pain": 2,
        "session_pain_today": 2,
        "session_open": False,
    }


def test_before_anything_was_told() -> None:
    now = History(stage="settle", morning_pain=2).overview(0)
    assert (now.response, now.session_pain, now.adherence, now.weekly_load) == (None, None, None, 0)
    assert (now.morning_pain, now.morning_pain_today, now.morning_baseline) == (2, 2, 2)
    assert not now.morning_check_open
    assert now.session_open


def test_companions_alone_have_a_pain_and_no_response() -> None:
    """The second of two training days in a row is for trunk and hips."""
    told = History(step="S2.1", days=WORKDAYS).session(0, 2).morning(1).session(1, 3)
    now = told.overview(1)
    assert [item.prescribed.id for item in now.items if item.done] == [
        "pelvic_tilt_supine", "dead_bug_heel_tap", "side_lying_hip_abduction",
    ]  # fmt: skip
    assert (now.response, now.session_pain) == (Response.GREEN, 3)


def flaring() -> History:
    return History(step="S2.4").calm(0, 10).morning(11, 7)


@pytest.mark.parametrize(
    ("story", "day", "step"),
    [
        (flaring, 11, "I0.1"),  # the light hold
        (lambda: flaring().session(11, 1), 11, "S2.4"),  # where it goes on from afterwards
        (lambda: History(step="S2.3").calm(0, 2).quiet(3, 14), 13, "S2.2"),  # after a break
        (lambda: History(step="S2.3").calm(0, 2).quiet(3, 14), 14, "S2.2"),
        (lambda: History(step="S2.2").calm(0, 3), 3, "S2.3"),  # tomorrow's step up
        (lambda: History(step="S2.2").calm(0, 3).pause(3), 3, "S2.2"),
        (lambda: History(step="S2.2").calm(0, 3).symptoms(3, "unrelenting_pain"), 3, "S2.2"),
    ],
)
def test_the_dose_step_of_the_next_session(story: object, day: int, step: str) -> None:
    assert callable(story)
    assert story().overview(day).dose_step == step


def test_a_session_begun_keeps_its_step() -> None:
    told = History(step="S2.2").calm(0, 3).morning(4)
    first, *rest = [item.prescribed.id for item in told.overview(4).items]
    told.take(decide.tick(told.course, told.moment(4, "18:00"), first))
    now = told.overview(4)
    assert [item.done for item in now.items] == [True, *(False for _ in rest)]
    assert (now.dose_step, now.session_open, now.next_session) == ("S2.3", True, told.on(4))


def test_what_is_announced_when_it_changes() -> None:
    calm = Standing(
        stage=Stage.ISOTONIC,
        step=10,  # S2.2, the eleventh of the ladder
        sets_off=0,
        ready=False,
        flare_up=False,
        locked=False,
        paused=False,
        reviews=(),
        missed=None,
        side="left",
    )
    told = History(step="S2.2")
    assert told.overview(0).standing == calm
    assert History(step="S2.2").pause(0).overview(0).standing.paused
    assert History(step="S2.2").symptoms(0, "unrelenting_pain").overview(0).standing.locked
    assert History(step="S2.2").event(0, "fluoroquinolone").overview(0).standing.locked
    assert told.overview(1).standing.missed == told.on(0)
    told.session(0, 6)
    assert told.overview(0).standing.reviews == ("screening:2026-01-05",)
    assert told.overview(0).standing.step == 9
    again = History(step="S2.1").session(0, 6)
    assert again.overview(0).standing.sets_off == 1
    assert flaring().overview(11).standing.flare_up


def test_the_last_score_is_that_of_the_newest_morning() -> None:
    """The easier test is asked again once the stage's own has hurt (c10-19)."""
    told = History(step="S2.2", morning_pain=2).mornings(1, 4)
    assert told.overview(1).morning_pain == 4
    told.mornings(2, 4).morning(3, 1)
    now = told.overview(3)
    assert (now.morning_pain, now.morning_pain_today) == (1, 1)
    assert told.overview(4).morning_pain == 1
