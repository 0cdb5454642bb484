"""The journal written anew, its plain copies, and what they give back after damage."""

import errno
import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from custom_components.pht_rehab import store
from custom_components.pht_rehab.copies import Copies
from custom_components.pht_rehab.domain.codec import encode
from custom_components.pht_rehab.domain.facts import EventLogged, Fact, NoteWritten, SessionReported
from custom_components.pht_rehab.lines import line, read_line
from custom_components.pht_rehab.store import Journal, JournalError, Loaded
from tests.journals import AT, SET_UP

MARCH = date(2026, 3, 31)
LAST_MONTHS = ("2026-05", "2026-06", "2026-07")
OTHER = replace(SET_UP, log_id="other set-up")


def event(number: int) -> EventLogged:
    return EventLogged(
        log_id=f"{number}",
        on=date(2026, 3, 2) + timedelta(days=number),
        logged_at=AT + timedelta(days=number),
        event="other",
    )


def session(number: int) -> SessionReported:
    return SessionReported(
        log_id=f"01J0000000000000000000{number:04}",
        on=date(2026, 3, 2),
        logged_at=AT + timedelta(days=number),
        prescribed_step="S2.1",
        prescribed=("two_leg_bridge", "prone_curl", "front_plank", "side_lying_hip_abduction"),
        pain_during=2,
        effort=7,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the journal lies."""
    return tmp_path / ".storage" / "pht_rehab.x.jsonl"


@pytest.fixture
def journal(path: Path) -> Journal:
    """Return a journal of a set-up and nine events, all but the last two announced."""
    journal = Journal(path)
    journal.create([SET_UP])
    for number in range(1, 10):
        journal.append([event(number)])
        if number < 8:
            journal.announce({"step": number} if number % 3 == 0 else None)
    return journal


def load(path: Path) -> Loaded:
    return Journal(path).load()


def ids(facts: tuple[Fact, ...]) -> list[str]:
    return [fact.log_id for fact in facts]


def old(path: Path) -> Path:
    return path.with_name(f"{path.name}.old")


def export(path: Path, month: str = "2026-03") -> Path:
    return path.with_name(f"pht_rehab.x.{month}.json")


def names(path: Path) -> set[str]:
    return {child.name.removeprefix("pht_rehab.x.") for child in path.parent.iterdir()}


def refused(call: Callable[[], object]) -> bool:
    with pytest.raises(JournalError) as caught:
        call()
    return caught.value.key == "save_failed"


def fails(*_args: object, **_more: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def damage(path: Path, *numbers: int) -> None:
    """Flip a letter in some lines."""
    lines = path.read_bytes().splitlines(keepends=True)
    for number in numbers:
        lines[number] = lines[number].replace(b'"seq"', b'"sec"')
    path.write_bytes(b"".join(lines))


def test_written_anew_it_says_the_same_in_fewer_lines(journal: Journal, path: Path) -> None:
    before, was = load(path), path.read_bytes()
    journal.compact()
    after = load(path)
    assert after == before
    assert after.standing == {"step": 6}
    assert ids(after.unannounced) == ["8", "9"]
    assert journal.lines == 11  # ten decisions and one mark
    assert journal.size == path.stat().st_size < len(was)
    assert old(path).read_bytes() == was


def test_nothing_is_announced_by_writing_anew(path: Path) -> None:
    journal = Journal(path)
    journal.create([SET_UP])
    journal.append([event(1)])
    journal.compact()
    found = load(path)
    assert found.announced == ()
    assert ids(found.unannounced) == ["set-up", "1"]


def test_it_goes_on_after_being_written_anew(journal: Journal, path: Path) -> None:
    journal.compact()
    journal.append([event(10)])
    journal.announce(None)
    found = load(path)
    assert ids(found.announced) == ["set-up", *(f"{n}" for n in range(1, 11))]
    assert (found.bad, found.missing) == (0, 0)
    journal.compact()
    assert load(path).facts == found.facts


def test_only_the_owner_may_read_the_copies(journal: Journal, path: Path) -> None:
    journal.compact()
    journal.export(MARCH)
    for file in (path, old(path), export(path)):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("call", ["write", "fsync"])
@pytest.mark.parametrize("job", ["compact", "export"])
def test_no_room_leaves_everything_as_it_was(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch, call: str, job: str
) -> None:
    before = path.read_bytes()
    jobs: dict[str, Callable[[], None]] = {
        "compact": journal.compact,
        "export": lambda: journal.export(MARCH),
    }
    with monkeypatch.context() as full:
        full.setattr(os, call, fails)
        assert refused(jobs[job])
    assert path.read_bytes() == before
    assert names(path) == {"jsonl"}
    journal.append([event(10)])
    assert ids(load(path).facts)[-1] == "10"
    jobs[job]()
    assert len(load(path).facts) == 11


def test_a_disk_that_gives_back_other_bytes_is_noticed(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    write = os.write
    with monkeypatch.context() as worn:
        worn.setattr(
            os, "write", lambda fd, data: write(fd, bytes(data).replace(b"other", b"othar"))
        )
        assert refused(journal.compact)
    assert path.read_bytes() == before
    assert names(path) == {"jsonl"}


def test_a_name_that_is_not_on_the_disk_yet_takes_no_entry(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash could bring back the journal of before, without what was added since."""
    sync = os.fsync

    def no_folder(fd: int) -> None:
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            fails()
        sync(fd)

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", no_folder)
        assert refused(journal.compact)
        assert refused(lambda: journal.append([event(10)]))
    journal.append([event(11)])
    assert ids(load(path).facts)[-2:] == ["9", "11"]


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_file_system_without_folder_syncs_is_good_enough(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    sync = os.fsync

    def no_folder(fd: int) -> None:
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            raise OSError(number, "not here")
        sync(fd)

    monkeypatch.setattr(os, "fsync", no_folder)
    journal = Journal(path)
    journal.create([SET_UP])
    journal.append([event(1)])
    assert ids(load(path).facts) == ["set-up", "1"]


def test_without_a_second_name_there_is_no_old_one(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load(path)
    monkeypatch.setattr(os, "link", fails)
    journal.compact()
    assert load(path) == before
    assert names(path) == {"jsonl"}


def test_a_journal_changed_by_other_hands_is_not_written_anew(journal: Journal, path: Path) -> None:
    damage(path, 3)
    changed = path.read_bytes()
    assert refused(journal.compact)
    assert refused(lambda: journal.export(MARCH))
    assert path.read_bytes() == changed
    assert names(path) == {"jsonl"}


def test_it_pays_once_a_quarter_says_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "COMPACT_FROM", 2000)
    journal = Journal(path)
    journal.create([SET_UP])
    assert not journal.wasteful
    for number in range(1, 5):
        journal.append([event(number)])
    for _ in range(12):
        journal.announce(None)
    assert 1500 < journal.size < 2000
    assert not journal.wasteful
    while journal.size < 2000:
        journal.announce(None)
    again = Journal(path)
    again.load()
    assert (journal.wasteful, again.wasteful) == (True, True)
    again.compact()
    assert (journal.wasteful, again.wasteful) == (True, False)


def test_all_writing_together_stays_below_thrice_what_was_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "COMPACT_FROM", 4000)
    written = 0
    write = os.write

    def count(fd: int, data: bytes) -> int:
        nonlocal written
        done = write(fd, data)
        written += done
        return done

    monkeypatch.setattr(os, "write", count)
    standing = dict.fromkeys(("stage", "step", "sets_off", "ready", "flare_up", "locked"), "x" * 9)
    journal = Journal(path)
    journal.create([SET_UP])
    for number in range(1, 1500):
        journal.append([session(number)])
        journal.announce(standing if number % 2 == 0 else None)
        if journal.wasteful:
            journal.compact()
    said = sum(len(line({"seq": 1, "facts": [encode(fact)]})) for fact in load(path).facts)
    assert old(path).exists()
    assert written < 3 * said


def test_a_plain_copy_a_month(journal: Journal, path: Path) -> None:
    journal.export(MARCH)
    document = json.loads(export(path).read_text())
    assert document["schema"] == [1, 1]
    assert document["entries"] == [encode(fact) for fact in load(path).facts]
    first = export(path).read_bytes()
    journal.append([event(10)])
    again = Journal(path)
    again.load()
    for same in (journal, again):
        same.export(MARCH)
        assert export(path).read_bytes() == first
    for month in (4, 5, 6, 7):
        journal.export(date(2026, month, 1))
    assert names(path) == {"jsonl", "2026-05.json", "2026-06.json", "2026-07.json"}
    assert len(json.loads(export(path, "2026-07").read_text())["entries"]) == 11


def test_copies_of_another_programme_are_not_touched(journal: Journal, path: Path) -> None:
    other = path.with_name("pht_rehab.xy.2020-01.json")
    other.touch()
    for month in (4, 5, 6, 7):
        journal.export(date(2026, month, 1))
    journal.remove()
    assert list(path.parent.iterdir()) == [other]


@pytest.mark.parametrize("source", ["old", "export"])
def test_damage_is_mended_from_a_copy(journal: Journal, path: Path, source: str) -> None:
    if source == "old":
        journal.compact()
    else:
        journal.export(MARCH)
    journal.append([event(10)])
    whole = load(path)
    damage(path, 2, 3, len(path.read_bytes().splitlines()) - 1)
    found = load(path)
    assert {fact.log_id for fact in found.facts} == {fact.log_id for fact in whole.facts} - {"10"}
    assert (found.bad, found.recovered) == (3, len(whole.facts) - 1 - (8 if source == "old" else 9))
    again = load(path)
    assert ids(again.facts) == ids(found.facts)
    assert (again.bad, again.missing, again.recovered) == (0, 0, 0)


@pytest.mark.usefixtures("journal")
def test_what_no_copy_has_is_lost_and_said(path: Path) -> None:
    damage(path, 2)
    found = load(path)
    assert ids(found.facts) == ["set-up", *(f"{n}" for n in range(2, 10))]
    assert (found.bad, found.missing, found.recovered) == (1, 1, 0)


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"[]",
        b"{}",
        b'{"entries": 5}',
        b'{"entries": [5, {}, {"kind": "novel", "log_id": "n"}, {"kind": ["event"]}]}',
    ],
)
def test_a_copy_that_makes_no_sense_gives_nothing(path: Path, content: bytes) -> None:
    export(path).write_bytes(content)
    old(path).write_bytes(content)
    damage(path, 2)
    found = load(path)
    assert found.recovered == 0
    assert len(found.facts) == 9


def test_copies_do_not_stand_in_for_a_lost_journal(journal: Journal, path: Path) -> None:
    """Whether to go on from a copy is the person's choice."""
    journal.export(MARCH)
    journal.compact()
    path.unlink()
    with pytest.raises(JournalError, match="log_lost"):
        load(path)


def test_a_lost_journal_begins_again_from_its_copies(journal: Journal, path: Path) -> None:
    journal.compact()
    journal.append([event(10)])
    journal.export(MARCH)
    before = load(path)
    path.write_bytes(b"rubbish")
    again = Journal(path)
    assert again.copies() == (11, event(10).on)
    again.restore()
    again.append([event(11)])
    after = load(path)
    assert ids(after.facts) == [*ids(before.facts), "11"]
    assert path.with_name(f"{path.name}.corrupt-1").read_bytes() == b"rubbish"


def test_without_copies_there_is_nothing_to_restore(path: Path) -> None:
    assert Journal(path).copies() == (0, None)


def test_mending_does_not_touch_the_copy_it_draws_on(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash in the middle must leave what was recovered somewhere."""
    journal.compact()
    before = old(path).read_bytes()
    damage(path, 2, 3)
    with monkeypatch.context() as full:
        full.setattr(os, "rename", fails)
        full.setattr(os, "replace", fails)
        assert load(path).recovered == 2
    assert old(path).read_bytes() == before
    assert load(path).recovered == 2


def bodies(path: Path) -> list[dict[str, Any]]:
    found = [read_line(stored) for stored in path.read_bytes().splitlines()]
    return [dict(body) for body in found if body is not None]


@pytest.mark.usefixtures("journal")
def test_what_a_newer_minor_added_survives(path: Path) -> None:
    stored = {**encode(event(10)), "novel": [1, {"deep": None}]}
    path.write_bytes(
        line({"seq": 0, "schema": [1, 9], "file": path.name})
        + b"".join(path.read_bytes().splitlines(keepends=True)[1:])
        + line({"seq": 18, "facts": [stored], "mood": "well"})
        + line({"seq": 19, "weather": "rain"})
        + line({"seq": 20, "announced": None, "by": "phone"})
        + line({"seq": 21, "announced": None})
    )
    again = Journal(path)
    before = again.load()
    assert before.bad == before.missing == 0
    again.compact()
    again.export(MARCH)
    header, *rest = bodies(path)
    assert header["schema"] == [1, 9]
    kept = [{name: value for name, value in body.items() if name != "seq"} for body in rest[-4:]]
    assert kept == [
        {"facts": [stored], "mood": "well"},
        {"weather": "rain"},
        {"announced": None, "by": "phone"},
        {"announced": {"step": 6}},
    ]
    document = json.loads(export(path).read_text())
    assert document["schema"] == [1, 9]
    assert document["entries"][-1] == stored
    assert load(path) == before
    damage(path, 1)
    load(path)
    assert bodies(path)[0]["schema"] == [1, 9]
    assert stored in [entry for body in bodies(path) for entry in body.get("facts", [])]


def cuts(path: Path) -> list[int]:
    """Return every end of a line from the first entry on, and twenty places inside lines."""
    whole = path.read_bytes()
    ends = [number + 1 for number, byte in enumerate(whole) if byte == ord("\n")][1:]
    inside = [ends[0] + 7 + (len(whole) - ends[0]) * part // 20 for part in range(20)]
    return sorted({*ends, *(cut for cut in inside if cut < len(whole) - 1)})


def entries_in(data: bytes) -> list[str]:
    """Return the entries of the whole lines."""
    found = [read_line(stored) for stored in data.split(b"\n")]
    return [
        entry["log_id"] for body in found if body is not None for entry in body.get("facts", [])
    ]


@pytest.mark.parametrize("source", ["none", "old", "export"])
def test_what_a_cut_has_taken_is_found_in_a_copy(journal: Journal, path: Path, source: str) -> None:
    """A copy that has nothing more than what is left says nothing of a cut."""
    if source == "old":
        journal.compact()
    elif source == "export":
        journal.export(MARCH)
    copied = [] if source == "none" else ids(load(path).facts)
    journal.append([event(10)])
    journal.announce({"step": 10})
    whole, tried = path.read_bytes(), cuts(path)
    assert len(tried) > 30
    for cut in tried:
        path.write_bytes(whole[:cut])
        left = entries_in(whole[:cut])
        more = [name for name in copied if name not in left]
        again = Journal(path)
        found = again.load()
        assert ids(found.facts) == [*left, *more], cut
        assert (found.bad, found.missing, found.recovered) == (0, len(more), len(more)), cut
        again.append([event(11)])
        rest = whole[:cut].rpartition(b"\n")[2]
        torn = rest if read_line(rest) is None else b""  # of a whole line its feed is missing
        aside = path.with_name(f"{path.name}.corrupt-1")
        assert (aside.read_bytes() if torn else b"") == torn, cut
        aside.unlink(missing_ok=True)
        second = load(path)
        assert ids(second.facts) == [*left, *more, "11"], cut
        assert (second.bad, second.missing) == (0, 0), cut
        assert not (more and found.unannounced), cut


def test_a_cut_is_found_behind_a_long_note_and_many_marks(journal: Journal, path: Path) -> None:
    """What lies between the last entry of a copy and its end is longer than one looks at first."""
    note = NoteWritten(log_id="note", on=SET_UP.on, logged_at=AT, target="1", text="🦵" * 5000)
    journal.append([note])
    for _ in range(400):
        journal.announce(None)
    before = path.read_bytes()
    journal.compact()
    old(path).write_bytes(before)  # as if the marks had come before the note
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:5]))
    assert ids(load(path).facts)[-1] == "note"


def test_what_nobody_lost_reads_no_copy(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.export(MARCH)
    journal.append([event(10)])
    journal.compact()
    journal.append([event(11)])

    def read(*_args: object) -> list[object]:
        raise AssertionError

    monkeypatch.setattr(Copies, "missing", read)
    assert len(load(path).facts) == 12


def test_a_mended_log_is_copied_anew(journal: Journal, path: Path) -> None:
    """Mending changes the order, and a copy in the old one would not tell of every cut."""
    journal.export(MARCH)
    damage(path, 2, 3)
    again = Journal(path)
    found = again.load()
    again.export(MARCH)
    document = json.loads(export(path).read_text())
    assert [entry["log_id"] for entry in document["entries"]] == ids(found.facts)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    assert ids(load(path).facts) == ids(found.facts)


def gave_up(path: Path, journal: Journal) -> Journal:
    """Return the journal of another log, put in the place of one with copies."""
    journal.export(MARCH)
    journal.compact()
    path.write_bytes(b"rubbish")
    other = Journal(path)
    other.create([OTHER])
    for number in range(20, 24):
        other.append([event(number)])
    return other


def test_the_copies_of_another_log_mend_nothing(journal: Journal, path: Path) -> None:
    gave_up(path, journal)
    damage(path, 3)
    found = load(path)
    assert ids(found.facts) == ["other set-up", "20", "22", "23"]
    assert (found.bad, found.missing, found.recovered) == (1, 1, 0)
    damage(path, 1)
    assert ids(load(path).facts) == ["20", "22", "23"]


def test_a_new_log_is_copied_in_the_month_of_the_one_before(journal: Journal, path: Path) -> None:
    other = gave_up(path, journal)
    before, was_old = export(path).read_bytes(), old(path).read_bytes()
    other.export(MARCH)
    other.compact()
    document = json.loads(export(path).read_text())
    assert [entry["log_id"] for entry in document["entries"]] == ids(load(path).facts)
    for kept, was in ((export(path), before), (old(path), was_old)):
        aside = kept.with_name(f"{kept.name}.other-1")
        assert aside.read_bytes() == was
        assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert path.with_name(f"{path.name}.corrupt-1").read_bytes() == b"rubbish"
    damage(path, 2, 3)
    assert sorted(ids(load(path).facts)) == sorted(["other set-up", "20", "21", "22", "23"])
    other.remove()
    assert list(path.parent.iterdir()) == []


def test_months_of_another_log_are_not_dropped(journal: Journal, path: Path) -> None:
    journal.export(date(2025, 11, 1))
    other = gave_up(path, journal)
    for month in (4, 5, 6, 7):
        other.export(date(2026, month, 1))
    months = sorted(name for name in names(path) if name.endswith(".json"))
    assert months == [f"{month}.json" for month in ("2025-11", "2026-03", *LAST_MONTHS)]


def test_of_two_logs_the_one_copied_last_is_restored(journal: Journal, path: Path) -> None:
    other = gave_up(path, journal)
    other.export(date(2026, 4, 1))
    path.write_bytes(b"")
    again = Journal(path)
    assert again.copies() == (5, event(23).on)
    again.restore()
    assert ids(load(path).facts) == ["other set-up", "20", "21", "22", "23"]


def test_a_log_has_one_set_up(journal: Journal, path: Path) -> None:
    """A set-up that no copy had was stored once more; an older copy may turn up later."""
    journal.export(MARCH)
    copied = export(path).read_bytes()
    export(path).unlink()
    damage(path, 1)
    again = Journal(path)
    again.load()
    again.append([OTHER])
    export(path).write_bytes(copied)
    damage(path, 2)
    found = load(path)
    assert sorted(ids(found.facts)) == sorted([*(f"{n}" for n in range(1, 10)), "other set-up"])
    path.write_bytes(b"")
    export(path, "2026-04").write_bytes(copied.replace(b'"set-up"', b'"third set-up"'))
    assert Journal(path).copies()[0] == 10
