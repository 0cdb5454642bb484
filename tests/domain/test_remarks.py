"""What an entry is answered: a stretch or a ball once, and never again."""

import pytest

from custom_components.pht_rehab.domain.decide import EVENTS
from custom_components.pht_rehab.domain.exercises import EXERCISES
from custom_components.pht_rehab.domain.remarks import EXPLAINED, remarks
from tests.domain.builders import History


def said(history: History, entry: int) -> list[str]:
    """Return what is said to the entry told as number ``entry``, as it is known now."""
    fact = history.course.facts[history.ids[entry]]
    return [remark.id for remark in remarks(history.course, history.state(9), fact)]


@pytest.mark.parametrize("event", EVENTS)
def test_only_a_stretch_and_a_ball_are_answered(event: str) -> None:
    history = History().event(1, event)
    assert said(history, 0) == ([event] if event in {"stretching", "ball"} else [])


def test_it_is_said_once_to_each() -> None:
    history = History().event(1, "stretching").event(2, "stretching").event(2, "ball")
    assert [said(history, entry) for entry in range(3)] == [["stretching"], [], ["ball"]]


def test_the_first_is_the_one_that_was_logged_first() -> None:
    """A late report about an earlier date is not told again what was said before."""
    history = History().event(5, "stretching").event(6, "stretching", about=2)
    assert [said(history, entry) for entry in range(2)] == [["stretching"], []]


def test_an_entry_taken_back_was_not_the_first() -> None:
    history = History().event(1, "ball")
    history.void(1).event(2, "ball")
    assert said(history, 0) == ["ball"]


def test_a_morning_is_not_answered() -> None:
    assert said(History().morning(1), 0) == []


def test_every_answer_names_its_source() -> None:
    assert all("2012" in source for source in EXPLAINED.values())
    history = History().event(1, "ball")
    fact = history.course.facts[history.ids[0]]
    (remark,) = remarks(history.course, history.state(1), fact)
    assert remark.source == EXPLAINED["ball"]


def test_none_of_it_is_ever_prescribed() -> None:
    assert not [name for name in EXERCISES if any(event in name for event in EXPLAINED)]
