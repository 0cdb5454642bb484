"""The journal on real files: nothing acknowledged is lost, nothing refused is stored."""

import errno
import json
import os
import stat
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from custom_components.pht_rehab import files
from custom_components.pht_rehab.domain.facts import EventLogged, Fact
from custom_components.pht_rehab.lines import line
from custom_components.pht_rehab.store import Journal, JournalError, Loaded
from tests.journals import AT, SET_UP

STANDING = {"stage": "settle"}


def event(name: str) -> EventLogged:
    return EventLogged(log_id=name, on=date(2026, 3, 2), logged_at=AT, event="other")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Return where a journal goes."""
    return tmp_path / ".storage" / "pht_rehab.x.jsonl"


@pytest.fixture
def path(empty: Path) -> Path:
    """Return a stored journal: a set-up and three events, "2" and "3" from one decision."""
    journal = Journal(empty)
    journal.create([SET_UP])
    journal.append([event("1")])
    journal.append([event("2"), event("3")])
    return empty


@pytest.fixture
def journal(path: Path) -> Journal:
    """Return the stored journal, opened."""
    journal = Journal(path)
    journal.load()
    return journal


def ids(facts: tuple[Fact, ...]) -> list[str]:
    return [fact.log_id for fact in facts]


def load(path: Path) -> Loaded:
    return Journal(path).load()


def fails(*_args: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def error(call: Callable[[], object]) -> str:
    with pytest.raises(JournalError) as caught:
        call()
    return caught.value.key


def test_keeps_facts_in_order_as_they_were(journal: Journal, path: Path) -> None:
    found = load(path)
    assert found.facts == (SET_UP, event("1"), event("2"), event("3"))
    assert (found.bad, found.missing) == (0, 0)
    assert journal.lines == 3
    assert journal.size == path.stat().st_size


def test_only_the_owner_may_read(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_line_is_json_with_the_checksum_of_its_body(path: Path) -> None:
    header, *_rest = path.read_text().splitlines()
    body = '{"seq":0,"schema":[1,1],"file":"pht_rehab.x.jsonl"}'
    assert header == f'{{"crc":"{zlib.crc32(body.encode()):08x}","body":{body}}}'
    for stored in path.read_text().splitlines():
        assert json.loads(stored).keys() == {"crc", "body"}


def test_appends_go_on_after_loading(path: Path) -> None:
    again = Journal(path)
    again.load()
    again.append([event("4")])
    assert ids(load(path).facts) == ["set-up", "1", "2", "3", "4"]


def test_nothing_is_announced_at_first(path: Path) -> None:
    found = load(path)
    assert found.standing is None
    assert ids(found.announced) == []
    assert ids(found.unannounced) == ["set-up", "1", "2", "3"]


def test_everything_before_the_mark_is_announced(journal: Journal, path: Path) -> None:
    journal.announce(STANDING)
    journal.append([event("4")])
    found = load(path)
    assert found.standing == STANDING
    assert ids(found.announced) == ["set-up", "1", "2", "3"]
    assert ids(found.unannounced) == ["4"]


def test_an_unchanged_standing_is_not_stored_again(journal: Journal, path: Path) -> None:
    journal.announce(STANDING)
    journal.append([event("4")])
    journal.announce(None)
    found = load(path)
    assert found.standing == STANDING
    assert found.unannounced == ()


def test_what_was_announced_is_forgotten_when_lines_are_damaged(
    journal: Journal, path: Path
) -> None:
    journal.announce(STANDING)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join((*lines[:2], b"rubbish\n", *lines[3:])))
    found = load(path)
    assert found.standing is None
    assert found.unannounced == ()
    assert load(path).standing is None


def test_a_torn_tail_is_dropped_and_written_over(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:-10])
    again = Journal(path)
    found = again.load()
    assert ids(found.facts) == ["set-up", "1"]
    assert (found.bad, found.missing) == (0, 0)
    again.append([event("4")])
    assert ids(load(path).facts) == ["set-up", "1", "4"]
    assert path.stat().st_size == again.size
    aside = path.with_name(f"{path.name}.corrupt-1")
    assert aside.read_bytes() == whole[whole[:-1].rindex(b"\n") + 1 : -10]
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    again.append([event("5")])
    assert {child.name for child in path.parent.iterdir()} == {path.name, aside.name}


@pytest.mark.parametrize("tail", [b"\0" * 600, b" \t\r", b""])
def test_a_tail_that_says_nothing_is_not_kept(path: Path, tail: bytes) -> None:
    path.write_bytes(path.read_bytes() + tail)
    again = Journal(path)
    again.load()
    again.append([event("4")])
    assert ids(load(path).facts) == ["set-up", "1", "2", "3", "4"]
    assert [child.name for child in path.parent.iterdir()] == [path.name]


def test_a_torn_tail_that_cannot_be_kept_yet_stops_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(path.read_bytes()[:-10])
    again = Journal(path)
    again.load()
    with monkeypatch.context() as full:
        full.setattr(files, "keep", fails)
        again.append([event("4")])
    again.append([event("5")])
    assert ids(load(path).facts) == ["set-up", "1", "4", "5"]
    assert path.with_name(f"{path.name}.corrupt-1").exists()


def test_a_torn_tail_is_kept_when_the_file_is_written_anew(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])
    again = Journal(path)
    again.load()
    again.compact()
    assert path.with_name(f"{path.name}.corrupt-1").exists()
    assert ids(load(path).facts) == ["set-up", "1"]


def test_what_a_crash_left_half_written_is_cleared_away(path: Path) -> None:
    path.with_name(f"{path.name}.new").write_bytes(b"half")
    path.with_name("pht_rehab.x.2026-03.json.new").write_bytes(b"half")
    load(path)
    assert [child.name for child in path.parent.iterdir()] == [path.name]


def test_every_cut_keeps_the_lines_before_it(path: Path) -> None:
    whole = path.read_bytes()
    ends = [n + 1 for n, byte in enumerate(whole) if byte == ord("\n")]
    for cut in range(ends[1], len(whole)):
        path.write_bytes(whole[:cut])
        kept = 1 if cut < ends[2] - 1 else 2
        kept = 4 if cut == len(whole) - 1 else kept  # all there but the line feed
        assert len(load(path).facts) == kept, cut


def test_a_last_line_without_line_feed_counts(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])
    again = Journal(path)
    assert ids(again.load().facts) == ["set-up", "1", "2", "3"]
    again.append([event("4")])
    assert ids(load(path).facts) == ["set-up", "1", "2", "3", "4"]


@pytest.mark.parametrize("number", [0, 2])
def test_a_bad_line_is_set_aside_once(path: Path, number: int) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    bad = lines[number].replace(b'"seq":', b'"seq": ')
    path.write_bytes(b"".join((*lines[:number], bad, *lines[number + 1 :])))
    found = load(path)
    assert found.bad == 1
    assert found.missing == (number > 0)
    assert "3" in ids(found.facts)
    copy = path.with_name(f"{path.name}.corrupt-1")
    assert copy.read_bytes() == bad.strip()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    second = load(path)
    assert second.facts == found.facts
    assert (second.bad, second.missing) == (0, 0)


def test_each_damage_gets_a_copy_of_its_own(path: Path) -> None:
    for number in (1, 2):
        path.write_bytes(path.read_bytes() + b"rubbish\n")
        assert load(path).bad == 1
        assert path.with_name(f"{path.name}.corrupt-{number}").read_bytes() == b"rubbish"


def test_a_missing_line_is_noticed(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join((*lines[:2], *lines[3:])))
    found = load(path)
    assert ids(found.facts) == ["set-up", "2", "3"]
    assert (found.bad, found.missing) == (0, 1)


def test_a_line_twice_counts_once(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join((*lines, lines[2])))
    found = load(path)
    assert ids(found.facts) == ["set-up", "1", "2", "3"]
    assert found.bad == 1


def test_no_room_to_mend_still_loads(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(path.read_bytes() + b"rubbish\n")
    damaged = path.read_bytes()
    again = Journal(path)
    with monkeypatch.context() as full:
        full.setattr(os, "write", fails)
        assert again.load().bad == 1
    assert path.read_bytes() == damaged
    again.append([event("4")])
    assert ids(load(path).facts) == ["set-up", "1", "2", "3", "4"]


@pytest.mark.parametrize("content", [b"", b"\0" * 500, b"rubbish\n", b"\xff\xfe"])
def test_nothing_readable_is_no_empty_start(empty: Path, content: bytes) -> None:
    empty.parent.mkdir()
    empty.write_bytes(content)
    assert error(lambda: load(empty)) == "log_unreadable"
    assert empty.read_bytes() == content


def test_no_file_is_no_empty_start(empty: Path) -> None:
    assert error(lambda: load(empty)) == "log_lost"


def test_a_folder_in_its_place_is_no_journal(empty: Path) -> None:
    empty.mkdir(parents=True)
    assert error(lambda: load(empty)) == "log_unreadable"


@pytest.mark.parametrize("body", [b"[", b"[]", b"{}", b'{"seq":"1"}'])
def test_a_checksum_alone_makes_no_line(path: Path, body: bytes) -> None:
    made = b'{"crc":"%08x","body":%b}\n' % (zlib.crc32(body), body)
    path.write_bytes(path.read_bytes() + made)
    assert load(path).bad == 1


def rewrite(path: Path, *lines: bytes) -> bytes:
    data = b"".join((*path.read_bytes().splitlines(keepends=True)[:2], *lines))
    path.write_bytes(data)
    return data


def test_a_newer_major_is_left_alone(empty: Path) -> None:
    empty.parent.mkdir()
    data = line({"seq": 0, "schema": [2, 0]}) + line({"seq": 1, "novel": True})
    empty.write_bytes(data)
    assert error(lambda: load(empty)) == "log_newer"
    assert empty.read_bytes() == data


def test_an_unknown_kind_of_fact_is_left_alone(path: Path) -> None:
    data = rewrite(path, line({"seq": 2, "facts": [{"kind": "novel"}]}))
    assert error(lambda: load(path)) == "log_newer"
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    "facts", [[{"kind": "event"}], [{"kind": "event", "on": 5}], ["event"], 5, {"kind": "event"}]
)
def test_an_entry_that_makes_no_sense_is_set_aside(path: Path, facts: object) -> None:
    senseless = line({"seq": 2, "facts": facts})
    rewrite(path, senseless, line({"seq": 3, "announced": None}))
    found = load(path)
    assert ids(found.facts) == ["set-up", *(["2", "3"] if len(found.facts) > 1 else [])]
    assert (found.bad, found.missing) == (1, 1)
    assert path.with_name(f"{path.name}.corrupt-1").read_bytes() == senseless.strip()


@pytest.mark.parametrize("schema", [None, [], [1], "1.0", [1, "0"]])
def test_a_header_that_makes_no_sense_is_set_aside(path: Path, schema: object) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    header = line({"seq": 0, "schema": schema})
    path.write_bytes(b"".join((header, *lines[1:])))
    found = load(path)
    assert len(found.facts) == 4
    assert (found.bad, found.missing) == (1, 0)
    assert load(path).bad == 0


def test_another_programmes_journal_is_left_alone(path: Path) -> None:
    other = path.with_name("pht_rehab.y.jsonl")
    other.write_bytes(path.read_bytes())
    assert error(lambda: load(other)) == "log_foreign"
    assert other.read_bytes() == path.read_bytes()


def test_a_newer_minor_is_read(empty: Path) -> None:
    empty.parent.mkdir()
    known: dict[str, object] = {
        "kind": "event",
        "log_id": "1",
        "on": "2026-03-02",
        "event": "other",
    }
    known |= {"logged_at": AT.isoformat(), "novel": 1}
    empty.write_bytes(
        line({"seq": 0, "schema": [1, 9], "novel": 1})
        + line({"seq": 1, "novel": 1})
        + line({"seq": 2, "facts": [known], "novel": 1})
    )
    assert load(empty).facts == (event("1"),)


@pytest.mark.parametrize("call", ["write", "fdatasync"])
def test_a_failed_write_changes_nothing(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    before = path.read_bytes()
    with monkeypatch.context() as full:
        full.setattr(os, call, fails)
        assert error(lambda: journal.append([event("4")])) == "save_failed"
    assert path.read_bytes() == before
    journal.append([event("5")])
    assert ids(load(path).facts) == ["set-up", "1", "2", "3", "5"]


def test_a_part_of_a_line_is_taken_back(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    write = os.write
    left = [10]

    def nearly_full(fd: int, data: bytes) -> int:
        if not left[0]:
            return fails()
        taken, left[0] = left[0], 0
        return write(fd, data[:taken])

    with monkeypatch.context() as full:
        full.setattr(os, "write", nearly_full)
        assert error(lambda: journal.append([event("4")])) == "save_failed"
    assert path.read_bytes() == before


def test_what_could_not_be_taken_back_is_written_over(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr(os, "fdatasync", fails)
        full.setattr(os, "ftruncate", fails)
        assert error(lambda: journal.append([event("4")])) == "save_failed"
    journal.append([event("5")])
    assert ids(load(path).facts) == ["set-up", "1", "2", "3", "5"]


def test_short_writes_are_finished(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    with monkeypatch.context() as slow:
        slow.setattr(os, "write", lambda fd, data: write(fd, data[:7]))
        journal.append([event("4")])
    assert ids(load(path).facts) == ["set-up", "1", "2", "3", "4"]


def test_a_vanished_file_is_not_started_anew(journal: Journal, path: Path) -> None:
    path.unlink()
    assert error(lambda: journal.append([event("4")])) == "save_failed"
    assert not path.exists()


def test_a_shortened_file_is_left_alone(journal: Journal, path: Path) -> None:
    os.truncate(path, 100)
    assert error(lambda: journal.append([event("4")])) == "save_failed"
    assert path.stat().st_size == 100


def test_text_that_cannot_be_stored_changes_nothing(journal: Journal, path: Path) -> None:
    before = path.read_bytes()
    assert error(lambda: journal.append([event("\ud800")])) == "save_failed"
    assert path.read_bytes() == before


def test_no_room_to_begin_leaves_no_file(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", fails)
    assert error(lambda: Journal(empty).create([SET_UP])) == "save_failed"
    assert not empty.exists()


def test_a_journal_that_never_was_one_is_set_aside(empty: Path) -> None:
    empty.parent.mkdir()
    empty.write_bytes(b"rubbish")
    Journal(empty).create([SET_UP])
    assert load(empty).facts == (SET_UP,)
    assert empty.with_name(f"{empty.name}.corrupt-1").read_bytes() == b"rubbish"


def test_remove_takes_everything_of_this_programme(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"rubbish\n")
    load(path)
    other = path.with_name("pht_rehab.other.jsonl")
    other.touch()
    Journal(path).remove()
    assert list(path.parent.iterdir()) == [other]
    Journal(path).remove()
