"""Whatever instant a crash comes at: every acknowledged entry is there, once, and whole."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from custom_components.pht_rehab.domain.facts import EventLogged, Voided
from custom_components.pht_rehab.store import Journal, JournalError
from tests.journals import AT, SET_UP

from .posix import Crash, Folder, Recorder, contents, fill

NAME = "pht_rehab.x.jsonl"
MARCH = date(2026, 3, 31)
FROZEN = Path(__file__).parent.parent / "frozen" / "1.0.jsonl"
STANDING = {"stage": "isotonic", "step": 9, "ready": False, "missed": None}

type Call = Callable[[Journal], object]


class Stored(NamedTuple):
    """What is called, and the entries it stores, or puts in the place of all before."""

    call: Call
    names: tuple[str, ...] = ()
    instead: bool = False


def event(name: str, minutes: float = 5) -> EventLogged:
    return EventLogged(log_id=name, on=SET_UP.on, logged_at=AT, event="other", minutes=minutes)


def create() -> Stored:
    return Stored(lambda journal: journal.create([SET_UP]), ("set-up",))


def take_in(*names: str) -> Stored:
    """Put another log in the place of this one."""
    facts = [replace(SET_UP, log_id=names[0]), *map(event, names[1:])]
    return Stored(lambda journal: journal.create(facts), names, instead=True)


def append(*names: str) -> Stored:
    return Stored(lambda journal: journal.append([event(name) for name in names]), names)


def void(name: str, target: str) -> Stored:
    fact = Voided(log_id=name, on=SET_UP.on, logged_at=AT + timedelta(1), target=target)
    return Stored(lambda journal: journal.append([fact]), (name,))


LOAD = Stored(lambda journal: journal.load())
ANNOUNCE = Stored(lambda journal: journal.announce(STANDING))
COMPACT = Stored(lambda journal: journal.compact())
EXPORT = Stored(lambda journal: journal.export(MARCH))
NEXT_EXPORT = Stored(lambda journal: journal.export(MARCH + timedelta(days=40)))
LIFE = [create(), ANNOUNCE, append("1"), ANNOUNCE, append("2", "3"), append("4"), ANNOUNCE]


@dataclass(frozen=True)
class Scenario:
    """Files that are there already, entries in them, and what is done then."""

    steps: Sequence[Stored]
    start: Callable[[Path], Folder] = lambda _folder: {}
    known: tuple[str, ...] = ()
    copied: int = 0  # entries that can be restored as long as there is no log


def lived(*more: Stored) -> Callable[[Path], Folder]:
    """Return files that some life has left, all of it on the disk."""

    def live(folder: Path) -> Folder:
        journal = Journal(folder / NAME)
        for step in (*LIFE, *more):
            step.call(journal)
        return contents(folder.iterdir())

    return live


def damaged(*more: Stored) -> Callable[[Path], Folder]:
    """Return the same with the line of entry "1" and the header spoilt, and a stale ``.new``."""

    def live(folder: Path) -> Folder:
        found = lived(*more)(folder)
        found[NAME] = found[NAME].replace(b'"1"', b'"9"').replace(b'"schema"', b'"scheme"')
        return {**found, f"{NAME}.new": b"half"}

    return live


def rubbish(*more: Stored) -> Callable[[Path], Folder]:
    """Return the same with a journal of which nothing can be read."""
    return lambda folder: {**lived(*more)(folder), NAME: b"rubbish"}


def cut(*more: Stored) -> Callable[[Path], Folder]:
    """Return the same with a journal that ends in the middle of its third line."""

    def live(folder: Path) -> Folder:
        found = lived(*more)(folder)
        lines = found[NAME].splitlines(keepends=True)
        return {**found, NAME: b"".join(lines[:2]) + lines[2][:30]}

    return live


def as_it_is(files: Folder, _folder: Path) -> Folder:
    return files


def frozen(_folder: Path) -> Folder:
    return {NAME: FROZEN.read_bytes()}


ENTRIES = ("set-up", "1", "2", "3", "4")
RESTORE = Stored(lambda journal: journal.restore(), ENTRIES)
OLD_ENTRIES = tuple(
    entry["log_id"] for entry in json.loads(FROZEN.with_suffix(".json").read_text())
)
SCENARIOS = {
    "create and append": Scenario([*LIFE, append("5")]),
    "start again": Scenario([LOAD, append("5"), LOAD, append("6")], lived(), ENTRIES),
    "edit": Scenario([LOAD, void("v", "2"), append("2b"), ANNOUNCE], lived(), ENTRIES),
    "compaction": Scenario(
        [LOAD, COMPACT, append("5"), ANNOUNCE, COMPACT, append("6")], lived(), ENTRIES
    ),
    "export": Scenario(
        [LOAD, EXPORT, append("5"), NEXT_EXPORT, COMPACT, append("6")], lived(), ENTRIES
    ),
    "migration": Scenario([LOAD, append("5"), COMPACT, append("6")], frozen, OLD_ENTRIES),
    "damage, mended from the old journal": Scenario(
        [LOAD, append("5")], damaged(COMPACT, append("9")), (*ENTRIES, "9")
    ),
    "damage, mended from a plain copy": Scenario([LOAD, append("5")], damaged(EXPORT), ENTRIES),
    "damage, an end cut off": Scenario([LOAD, append("5"), EXPORT], cut(EXPORT), ENTRIES),
    "restored from copies": Scenario(
        [RESTORE, append("5"), LOAD, COMPACT, append("6")], rubbish(EXPORT, COMPACT), copied=5
    ),
    "a log put in another's place": Scenario(
        [LOAD, take_in("b", "b1"), ANNOUNCE, EXPORT, append("b2"), COMPACT, append("b3")],
        lived(COMPACT, EXPORT),
        ENTRIES,
    ),
}


@pytest.fixture
def no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the real disk: what is durable is the model's business here."""
    monkeypatch.setattr(os, "fsync", lambda _fd: None)
    monkeypatch.setattr(os, "fdatasync", lambda _fd: None)


def record(
    scenario: Scenario, folder: Path, monkeypatch: pytest.MonkeyPatch, deaf: Sequence[str] = ()
) -> Recorder:
    start = scenario.start(folder)
    recorder = Recorder(folder, monkeypatch, start, deaf)
    journal = Journal(folder / NAME)
    with recorder:
        for step in scenario.steps:
            step.call(journal)
            recorder.returned()
    return recorder


def stored(scenario: Scenario, done: int) -> list[str]:
    """Return the entries there have to be once so many calls have returned."""
    safe = list(scenario.known)
    for step in scenario.steps[:done]:
        safe = [*step.names] if step.instead else [*safe, *step.names]
    return safe


def wrong(scenario: Scenario, crash: Crash, folder: Path) -> str | None:
    """Return what is wrong with a start after this crash, or None."""
    fill(folder, crash.folder)
    journal = Journal(folder / NAME)
    try:
        found = [fact.log_id for fact in journal.load().facts]
        journal.append([event("after")])
        again = [fact.log_id for fact in Journal(folder / NAME).load().facts]
    except JournalError as error:
        if scenario.known or (crash.done and not scenario.copied):
            return f"does not load: {error.key}"
        left = journal.copies()[0]
        return f"restores {left}" if left < scenario.copied else None
    if sorted(again) != sorted([*found, "after"]):
        return f"not the same again: {again}"
    problem = unlike(found, scenario, crash.done)
    return given_up(folder, again) if "b" in again and problem is None else problem


def unlike(found: list[str], scenario: Scenario, done: int) -> str | None:
    """Return what is wrong with the entries found after so many calls, or None."""
    safe = stored(scenario, done)
    under_way = next(iter(scenario.steps[done : done + 1]), Stored(print))
    if under_way.instead and found == [*under_way.names]:
        safe = found
    if len(set(found)) != len(found):
        return f"twice: {found}"
    if lost := set(safe) - set(found):
        return f"lost: {lost}"
    if (more := set(found) - set(safe)) not in (set(), set(under_way.names)):
        return f"neither all nor nothing: {more}"
    return None


def given_up(folder: Path, found: Sequence[str]) -> str | None:
    """Return what is wrong with the log that another one has taken the place of, or None."""
    kept = b"".join(data for name, data in contents(folder.iterdir()).items() if name != NAME)
    if gone := [name for name in ENTRIES if b'"log_id":"%b"' % name.encode() not in kept]:
        return f"not set aside: {gone}"
    path = folder / NAME
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join((*lines[:-1], b"rubbish\n")))
    mended = {fact.log_id for fact in Journal(path).load().facts}
    return f"came back: {mended}" if mended != {*found} - {"after"} else None


def survey(
    scenario: Scenario, folder: Path, monkeypatch: pytest.MonkeyPatch, deaf: Sequence[str] = ()
) -> tuple[Recorder, list[str]]:
    recorder = record(scenario, folder, monkeypatch, deaf)
    place = folder.with_name("crashed")
    found = [
        f"{crash.operation} after {crash.done} calls: {problem}"
        for crash in recorder.crashes
        if (problem := wrong(scenario, crash, place)) is not None
    ]
    return recorder, found


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Return an empty folder to live in."""
    place = tmp_path / "live"
    place.mkdir()
    yield place
    shutil.rmtree(tmp_path)


@pytest.mark.usefixtures("no_sync")
def test_no_legal_crash_state_is_bad(
    folder: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    total = 0
    for name, scenario in SCENARIOS.items():
        fill(folder, {})
        recorder, bad = survey(scenario, folder, monkeypatch)
        states = len(recorder.crashes)
        print(f"{name:38} {recorder.operations:4} operations {states:5} states {len(bad):3} bad")  # noqa: T201
        assert bad == [], name
        total += states
    record_property("crash_states", total)
    print(f"{total} states")  # noqa: T201
    assert total >= 500


@pytest.mark.usefixtures("no_sync")
@pytest.mark.parametrize("name", [name for name in SCENARIOS if name.startswith(("dam", "mig"))])
def test_a_second_crash_while_starting_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Starting mends and migrates, so it may be cut off itself."""
    scenario = SCENARIOS[name]
    crashes = record(scenario, folder, monkeypatch).crashes
    states = 0
    for crash in crashes[:: max(1, len(crashes) // 12)]:
        fill(folder, {})
        safe = stored(scenario, crash.done)
        look = folder.with_name("look")
        fill(look, crash.folder)
        known = [fact.log_id for fact in Journal(look / NAME).load().facts]
        again = Scenario([LOAD], partial(as_it_is, crash.folder), tuple(known))
        recorder, bad = survey(again, folder, monkeypatch)
        assert set(safe) <= set(known)
        assert bad == []
        states += len(recorder.crashes)
    assert states > 100


@pytest.mark.usefixtures("no_sync")
@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("fdatasync", "create and append"),
        ("fsync", "create and append"),
        ("fsync", "compaction"),
        ("fsync", "migration"),
    ],
)
def test_no_sync_can_be_done_without(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, name: str
) -> None:
    _recorder, bad = survey(SCENARIOS[name], folder, monkeypatch, deaf=[call])
    assert any("lost" in problem or "does not load" in problem for problem in bad)


def in_place(path: Path, text: bytes) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT)
    os.ftruncate(fd, 0)
    os.write(fd, text)
    os.fsync(fd)
    os.close(fd)


def without_a_sync(path: Path, text: bytes) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(fd, text[path.stat().st_size :])
    os.close(fd)


def renamed_too_early(path: Path, text: bytes) -> None:
    new = path.with_name("new")
    fd = os.open(new, os.O_WRONLY | os.O_CREAT)
    os.write(fd, text)
    os.close(fd)
    new.replace(path)


def named_too_late(path: Path, text: bytes) -> None:
    new = path.with_name("new")
    fd = os.open(new, os.O_WRONLY | os.O_CREAT)
    os.write(fd, text)
    os.fsync(fd)
    os.close(fd)
    new.replace(path)  # and nobody syncs the folder


@pytest.mark.usefixtures("no_sync")
@pytest.mark.parametrize("save", [in_place, without_a_sync, renamed_too_early, named_too_late])
def test_less_care_loses_entries(
    folder: Path, monkeypatch: pytest.MonkeyPatch, save: Callable[[Path, bytes], None]
) -> None:
    """The model can tell: each of these is how files are often written."""
    path = folder / "log"
    lines = [b"entry %d\n" % number for number in range(4)]
    recorder = Recorder(folder, monkeypatch, {"log": lines[0]})
    with recorder:
        for number in range(1, 4):
            save(path, b"".join(lines[: number + 1]))
            recorder.returned()
    bad = [
        crash
        for crash in recorder.crashes
        if not crash.folder.get("log", b"").startswith(b"".join(lines[: crash.done + 1]))
    ]
    assert bad
    assert any(crash.operation == "returned" for crash in bad) == (save is not in_place)


def test_what_is_synced_is_certain(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(folder, monkeypatch, {})
    with recorder:
        fd = os.open(folder / "a", os.O_WRONLY | os.O_CREAT, 0o600)
        os.write(fd, b"x" * 1000)
        os.fdatasync(fd)
        os.close(fd)
        place = os.open(folder, os.O_RDONLY)
        os.fsync(place)
        os.close(place)
        recorder.returned()
    assert [crash.folder for crash in recorder.crashes if crash.done] == [{"a": b"x" * 1000}]
    before = [crash.folder.get("a") for crash in recorder.crashes if not crash.done]
    assert {None, b"", b"x" * 1000, b"\0" * 1000, b"x" * 512, b"\0" * 512 + b"x" * 488} <= set(
        before
    )
