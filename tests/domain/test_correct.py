"""An entry put right: other scores, and all else as it was told; both or neither."""

from datetime import UTC, datetime, time

import pytest

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.checks import Decision, Moment
from custom_components.pht_rehab.domain.correct import correct
from custom_components.pht_rehab.domain.facts import (
    MorningChecked,
    NoteWritten,
    SessionReported,
    Voided,
)
from custom_components.pht_rehab.domain.model import RehabError, Response
from tests.domain.builders import History


def told() -> tuple[History, str]:
    """Return a history, and the id of its session of day 0."""
    history = History(step="S2.3").session(0, 6, after=4, effort=7, done=90)
    return history, history.ids[-1]


def put_right(history: History, log_id: str, **scores: float | bool | None) -> Decision:
    ids = iter(("new", "void", "words"))
    at = Moment(datetime(2026, 1, 6, 9, tzinfo=UTC), lambda: next(ids))
    return correct(history.course, at, log_id=log_id, scores=scores)


def test_another_score_takes_the_place_of_the_old_one() -> None:
    history, log_id = told()
    old = history.course.facts[log_id]
    made = put_right(history, log_id, pain_during=2, pain_after=None)
    new, void = made.facts
    assert isinstance(new, SessionReported)
    assert isinstance(old, SessionReported)
    assert (new.pain_during, new.pain_after, new.effort, new.completed) == (2, None, 7, 90)
    assert (new.on, new.prescribed_step, new.prescribed) == (
        old.on, old.prescribed_step, old.prescribed,
    )  # fmt: skip
    assert isinstance(void, Voided)
    assert (void.target, void.on, made.log_id) == (log_id, old.on, new.log_id)
    history.take(made)
    assert history.morning(1).verdict(0) is Response.GREEN


@pytest.mark.parametrize("words", ["", "cold hall"])
def test_a_note_stays_beside_it(words: str) -> None:
    history, log_id = told()
    if words:
        history.take(
            decide.note(history.course, history.moment(0, "21:00"), log_id=log_id, words=words)
        )
    made = put_right(history, log_id, effort=8)
    notes = [fact for fact in made.facts if isinstance(fact, NoteWritten)]
    assert [(note.text, note.target) for note in notes] == ([(words, "new")] if words else [])
    assert len(made.facts) == 2 + len(notes)
    (new,) = (fact for fact in made.facts if isinstance(fact, SessionReported))
    assert made.log_id == new.log_id == "new"


def test_the_same_note_again_adds_nothing() -> None:
    history, log_id = told()
    moment = history.moment(0, "21:00")
    assert decide.note(history.course, moment, log_id=log_id, words=" ") == Decision()


def test_nothing_new_adds_nothing() -> None:
    history, log_id = told()
    assert put_right(history, log_id, pain_during=6.0, effort=7) == Decision((), log_id)
    assert put_right(history, log_id) == Decision((), log_id)


def test_the_morning_needs_its_score() -> None:
    history, _log_id = told()
    morning = history.morning(1, 3, rest=2).ids[-1]
    new, _void = put_right(history, morning, rest_pain=None).facts
    assert isinstance(new, MorningChecked)
    assert (new.pain, new.rest_pain) == (3, None)
    with pytest.raises(RehabError) as refused:
        put_right(history, morning, pain=None)
    assert (refused.value.key, refused.value.field) == ("not_a_score", "pain")
    new, _void = put_right(history, morning, pain=0).facts
    assert isinstance(new, MorningChecked)
    assert new.pain == 0


@pytest.mark.parametrize("night", [True, False, None])
def test_a_night_and_the_sitting_can_be_put_right(*, night: bool | None) -> None:
    history = History().morning(1, 1, night=None if night is not None else True, sitting=600)
    history.take(put_right(history, history.ids[-1], night_waking=night, sitting_minutes=60))
    state = history.state(1)
    assert state.night_waking == (None if night is None else (history.on(1), night))
    assert state.sitting == [(history.on(1), 60)]


def test_what_is_the_person_s_is_put_right_on_both_sides() -> None:
    """Of two sides with a test each a morning is two entries, with a score each."""
    history = History(stage="settle", both=True).set_stage(0, "isotonic", side="left")
    history.morning(1, 1, night=True)
    made = put_right(history, history.ids[-1], night_waking=False, rest_pain=2)
    told = [fact for fact in made.facts if isinstance(fact, MorningChecked)]
    assert {(fact.side, fact.test) for fact in told} == {
        ("left", "long_lever_bridges"),
        ("right", "two_leg_bridge"),
    }
    assert [fact.night_waking for fact in told] == [False, False]
    assert sorted(fact.rest_pain is None for fact in told) == [False, True]
    history.take(made)
    assert all(
        history.course.of(side).today(history.on(1), time(20)).state.night_waking
        == (history.on(1), False)
        for side in ("left", "right")
    )


def test_what_cannot_be_put_right() -> None:
    history, log_id = told()
    travel = history.event(0, "travel").ids[-1]
    morning = history.morning(1, 1).ids[-1]
    for wrong, scores, key, field in (
        ("unknown", {"pain_during": 1}, "unknown_entry", "log_id"),
        (travel, {"pain_during": 1}, "unknown_entry", "log_id"),
        (log_id, {"completed": 1}, "unknown_entry", "completed"),
        (log_id, {"rest_pain": 1}, "unknown_entry", "rest_pain"),
        (log_id, {"effort": 11}, "not_a_score", "effort"),
        (log_id, {"night_waking": True}, "unknown_entry", "night_waking"),
        (morning, {"night_waking": 1}, "not_a_boolean", "night_waking"),
        (morning, {"sitting_minutes": True}, "out_of_range", "sitting_minutes"),
        (morning, {"sitting_minutes": 1441}, "out_of_range", "sitting_minutes"),
    ):
        with pytest.raises(RehabError) as refused:
            put_right(history, wrong, **scores)
        assert (refused.value.key, refused.value.field) == (key, field)
    history.void(1, log_id)
    with pytest.raises(RehabError, match="already_voided") as refused:
        put_right(history, log_id, effort=8)
    assert refused.value.field == "log_id"
