"""What is shown of a programme at one moment."""

from custom_components.pht_rehab.domain.model import Outcome, Response, Waiting
from tests.domain.builders import History


def test_the_last_response_is_that_of_the_hamstring() -> None:
    told = History(step="S2.2")
    assert told.overview(0).response is None
    told.session(0, 1)
    assert told.overview(0).response is Response.AWAITING
    told.calm(1, 3)
    assert told.overview(3).response is Response.GREEN
    told.session(4, 7)
    assert told.overview(4).response is Response.RED


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
