"""Stored logs replay to the same days, in whatever order they are read."""

import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.pht_rehab.domain.codec import decode, encode
from tests.domain.golden import FOLDER, STORIES, trail

FILES = sorted(FOLDER.glob("*.json"))


def read(path: Path) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return stored


def test_every_story_is_stored() -> None:
    assert {path.stem for path in FILES} == set(STORIES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_replay(path: Path) -> None:
    stored = read(path)
    facts = [decode(entry) for entry in stored["facts"]]
    assert [encode(fact) for fact in facts] == stored["facts"]
    assert trail(facts) == stored["trail"]
    assert trail(reversed(facts)) == stored["trail"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_told_again(path: Path) -> None:
    """Living the story anew stores the very same log."""
    told = STORIES[path.stem]().course.facts.values()
    assert [encode(fact) for fact in told] == read(path)["facts"]
