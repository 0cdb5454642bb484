"""Journals as every version so far has written them, and what this version makes of them.

The files in ``frozen`` are never written anew: beside each journal lies what its entries meant.
"""

import errno
import json
import os
import shutil
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from custom_components.pht_rehab import lines, migrations, store
from custom_components.pht_rehab.domain.facts import FACTS, Fact
from custom_components.pht_rehab.lines import read_line
from custom_components.pht_rehab.migrations import SCHEMA, STEPS
from custom_components.pht_rehab.store import Journal, JournalError

FROZEN = Path(__file__).parent / "frozen"
VERSIONS = sorted(path.stem for path in FROZEN.glob("*.jsonl"))
LATEST = f"{SCHEMA[0]}.{SCHEMA[1]}"


def plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def meaning(fact: Fact, names: set[str]) -> dict[str, object]:
    told = {field.name: plain(getattr(fact, field.name)) for field in fields(fact)}
    return {"kind": fact.kind} | {name: told[name] for name in told if name in names}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the frozen journals lay."""
    return tmp_path / "pht_rehab.frozen.jsonl"


def thaw(version: str, path: Path) -> list[dict[str, Any]]:
    """Put a frozen journal there and return what its entries meant."""
    shutil.copy(FROZEN / f"{version}.jsonl", path)
    meant: list[dict[str, Any]] = json.loads((FROZEN / f"{version}.json").read_text())
    return meant


def schema(path: Path) -> tuple[int, int]:
    header = read_line(path.read_bytes().splitlines()[0])
    assert header is not None
    major, minor = header["schema"]
    return major, minor


def test_every_version_is_frozen() -> None:
    assert VERSIONS[-1] == LATEST
    steps = [f"{major}.{minor}" for major, minor in STEPS]
    assert ["1.0", *steps] == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_every_kind_of_entry_is_in_it(version: str, path: Path) -> None:
    kinds = [entry["kind"] for entry in thaw(version, path)]
    assert set(kinds) >= {"session", "morning_check", "void"}
    if version == LATEST:
        assert set(kinds) == {fact.kind for fact in FACTS}


@pytest.mark.parametrize("version", VERSIONS)
def test_it_means_what_it_meant(version: str, path: Path) -> None:
    meant = thaw(version, path)
    original = path.read_bytes()
    for _ in range(2):  # as it was written, and as this version has stored it
        found = Journal(path).load()
        assert (found.bad, found.missing) == (0, 0)
        told = [meaning(fact, set(entry)) for fact, entry in zip(found.facts, meant, strict=True)]
        assert told == meant
        assert [fact.log_id for fact in found.unannounced] == [
            entry["log_id"] for entry in meant[24:]
        ]
        assert found.standing is not None
        assert found.standing["step"] == 8
        assert schema(path) == SCHEMA
    old = path.with_name(f"{path.name}.old")
    assert old.exists() == (version != LATEST)
    if version != LATEST:
        assert old.read_bytes() == original


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_entries_are_added_in_the_new_form_only(version: str, path: Path) -> None:
    thaw(version, path)
    journal = Journal(path)
    facts = journal.load().facts
    journal.append([facts[3]])
    assert schema(path) == SCHEMA
    assert Journal(path).load().facts == (*facts, facts[3])


def full(*_args: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_minor_step_can_wait_for_room(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    thaw("1.0", path)
    before = path.read_bytes()
    journal = Journal(path)
    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        facts = journal.load().facts
    assert path.read_bytes() == before
    journal.append([facts[3]])
    assert schema(path) == (1, 0)
    assert Journal(path).load().facts == (*facts, facts[3])
    assert schema(path) == SCHEMA


def test_a_major_step_comes_before_anything_is_added(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def renamed(body: migrations.Body) -> migrations.Body:
        return {**body, "form": 2} if "facts" in body else body

    thaw("1.0", path)
    before = path.read_bytes()
    monkeypatch.setattr(migrations, "STEPS", {**STEPS, (2, 0): renamed})
    for module in (migrations, lines, store):
        monkeypatch.setattr(module, "SCHEMA", (2, 0))
    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        with pytest.raises(JournalError, match="save_failed"):
            Journal(path).load()
    assert path.read_bytes() == before
    facts = Journal(path).load().facts
    assert schema(path) == (2, 0)
    stored = [read_line(found) or {} for found in path.read_bytes().splitlines()[1:]]
    assert all("form" in body for body in stored if "facts" in body)
    assert Journal(path).load().facts == facts
