"""What an entry is answered: a stretch or a ball once, and never again."""

import inspect
import json
import re
from pathlib import Path
from typing import Final

import pytest

from custom_components.pht_rehab.domain.decide import EVENTS
from custom_components.pht_rehab.domain.exercises import EXERCISES
from custom_components.pht_rehab.domain.remarks import EXPLAINED, remarks
from tests.domain.builders import History

TRANSLATIONS: Final = Path(inspect.getfile(History)).parents[2] / (
    "custom_components/pht_rehab/translations"
)


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


def test_a_test_under_a_painkiller_is_told_what_it_says() -> None:
    history = History().test(1, "hops", 10, pain=1, painkiller=True).test(2, "hops", 10, pain=1)
    assert [said(history, entry) for entry in range(2)] == [["masked_test"], []]


def test_a_morning_is_not_answered() -> None:
    assert said(History().morning(1), 0) == []


def test_every_answer_names_its_source() -> None:
    assert all("2012" in source for source in EXPLAINED.values())
    history = History().event(1, "ball")
    fact = history.course.facts[history.ids[0]]
    (remark,) = remarks(history.course, history.state(1), fact)
    assert remark.source == EXPLAINED["ball"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_none_of_it_is_ever_prescribed(language: str) -> None:
    """(a) neither by an exercise of that name nor by how another one is to be done."""
    assert not [name for name in EXERCISES if any(event in name for event in EXPLAINED)]
    texts = json.loads((TRANSLATIONS / f"{language}.json").read_text("utf-8"))["common"]
    for name in EXERCISES:
        for part in ("how_to", "alternative"):
            told = texts.get(f"exercise_{name}_{part}", "")
            assert told or part == "alternative"
            assert not re.search(r"stretch|massage|foam|dehn|faszien|rollout", told, re.IGNORECASE)
