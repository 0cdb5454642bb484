"""An entry put right: other scores, and all else as it was told; both or neither."""

from datetime import UTC, datetime

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


def put_right(history: History, log_id: str, **scores: float | None) -> Decision:
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


def test_what_cannot_be_put_right() -> None:
    history, log_id = told()
    travel = history.event(0, "travel").ids[-1]
    for wrong, scores, key, field in (
        ("unknown", {"pain_during": 1}, "unknown_entry", "log_id"),
        (travel, {"pain_during": 1}, "unknown_entry", "log_id"),
        (log_id, {"completed": 1}, "unknown_entry", "completed"),
        (log_id, {"rest_pain": 1}, "unknown_entry", "rest_pain"),
        (log_id, {"effort": 11}, "not_a_score", "effort"),
    ):
        with pytest.raises(RehabError) as refused:
            put_right(history, wrong, **scores)
        assert (refused.value.key, refused.value.field) == (key, field)
    history.void(1, log_id)
    with pytest.raises(RehabError, match="already_voided") as refused:
        put_right(history, log_id, effort=8)
    assert refused.value.field == "log_id"
