"""The journal: the one file that holds what a person reported, and the copies beside it.

Append-only, a line for each batch (lines.py). Beside ``x.jsonl`` may lie ``x.jsonl.old``, what
it was before it was last written anew; ``x.2026-03.json``, a plain copy of all entries for each
of the last months; ``x.jsonl.corrupt-1``, damage that was set aside. Everything here blocks and
belongs in the executor, one call at a time.
"""

import contextlib
import glob
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from homeassistant.util.json import json_loads_object

from . import files
from .domain.codec import CodecError, encode
from .domain.facts import Fact
from .lines import JournalError, Loaded, Scan, line, loaded, read_entries, scan, whole
from .migrations import SCHEMA, Body

__all__ = ["Journal", "JournalError", "Loaded"]

COMPACT_FROM: Final = 64 * 1024
"""Bytes of a journal that is worth being written anew."""
SPARE_SHARE: Final = 1 / 4
"""Share of it that says nothing any more: so all writing stays below thrice what is said."""
EXPORTS: Final = 3
"""Months of which a plain copy is kept."""


class Journal:
    """The journal of one programme; ``load`` or ``create`` comes first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._old = path.with_name(f"{path.name}.old")
        self._schema = SCHEMA
        self._size = 0
        self._seq = 0
        self._marks = 0
        self._lead = b""
        self._named = True  # its name is on the disk as well

    @property
    def size(self) -> int:
        """Length of the file in bytes."""
        return self._size

    @property
    def lines(self) -> int:
        """Sequence number of the last line."""
        return self._seq

    def create(self, facts: Sequence[Fact]) -> None:
        """Start the file with these facts; whatever lies in its place is set aside."""
        self._begin([{"facts": [encode(fact) for fact in facts]}])

    def restore(self) -> None:
        """Start the file with the entries of the copies; what lies in its place is set aside."""
        self._begin([{"facts": [entry]} for entry in self._copied()])

    def copies(self) -> tuple[int, date | None]:
        """Return how many entries the copies hold, and the date of the last of them."""
        facts = read_entries(list(self._copied()))
        return len(facts), max((fact.on for fact in facts), default=None)

    def _begin(self, bodies: Iterable[Body]) -> None:
        with _refused_writes():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists():
                self._set_aside([self._path.read_bytes()])
            self._put(bodies)

    def load(self) -> Loaded:
        """Read and check everything; what is damaged is set aside and the rest kept.

        What the copies beside it still have of the damaged part is taken from them. What was
        read is on the disk for good before it is returned: a process killed in the middle of
        storing an entry leaves it in the system's memory, and then it must not go once shown.
        """
        try:
            data = self._path.read_bytes()
        except FileNotFoundError as error:
            raise JournalError("log_lost") from error
        except OSError as error:
            raise JournalError("log_unreadable") from error
        found = scan(data, self._path.name)
        result = loaded(found)
        if not result.facts:
            raise JournalError("log_unreadable")
        self._schema = max(found.schema, SCHEMA)
        self._seq, self._size, self._lead = found.seq, found.size, found.lead
        self._marks = found.marks
        self._named = False
        with contextlib.suppress(OSError):  # a folder for reading only is still read
            self._path.chmod(files.PRIVATE)  # put back by hand, it may be open to everybody
            files.sync_file(self._path)
            self._sync_folder()
            for left_over in self._beside("*.new"):
                left_over.unlink(missing_ok=True)
        if found.bad or found.missing:
            return self._mend(found, result)
        if found.schema < SCHEMA:
            self._upgrade(found)
        return result

    def _mend(self, found: Scan, result: Loaded) -> Loaded:
        known = {fact.log_id for fact in result.facts}
        recovered = [entry for entry in self._copied() if entry["log_id"] not in known]
        with contextlib.suppress(OSError):  # no room: then the damage stays where it is
            self._set_aside(found.bad)
            self._put([*found.said(), *({"facts": [entry]} for entry in recovered)])
        return Loaded(
            announced=(*result.announced, *read_entries(recovered)),
            bad=result.bad,
            missing=result.missing,
            recovered=len(recovered),
        )

    def _upgrade(self, found: Scan) -> None:
        """Store everything in this version's schema, before anything is added in it."""
        try:
            self._rewrite(found.compacted())
        except OSError as error:
            if found.schema[0] != SCHEMA[0]:  # lines of two minors may stand together
                raise JournalError("save_failed") from error

    def append(self, facts: Iterable[Fact]) -> None:
        """Store the facts of one decision; on ``JournalError`` the file is as it was."""
        self._append({"facts": [encode(fact) for fact in facts]})

    def announce(self, standing: Body | None) -> None:
        """Store that everything so far is announced; None: the standing has not changed."""
        self._marks += self._append({"announced": standing})

    def _append(self, record: Body) -> int:
        with _refused_writes():
            data = self._lead + line({"seq": self._seq + 1, **record})
            if not self._named:
                self._sync_folder()
            fd = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
            try:
                self._add(fd, data)
            finally:
                os.close(fd)
        self._seq += 1
        self._size += len(data)
        self._lead = b""
        return len(data)

    def _add(self, fd: int, data: bytes) -> None:
        size = os.fstat(fd).st_size
        if size < self._size:
            raise OSError("the journal is shorter than it was left")
        if size > self._size:  # the torn end of a write that failed
            os.ftruncate(fd, self._size)
        try:
            files.write(fd, data)
            os.fdatasync(fd)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(fd, self._size)
                os.fdatasync(fd)
            raise

    @property
    def wasteful(self) -> bool:
        """Whether so much of the journal says nothing any more that it pays to write it anew."""
        return self._size >= COMPACT_FROM and self._marks > self._size * SPARE_SHARE

    def compact(self) -> None:
        """Write the journal anew without what only said that something was announced.

        On ``JournalError`` it is as it was, also if it turns out damaged: loading mends it.
        """
        with _refused_writes():
            self._rewrite(self._whole().compacted())

    def export(self, today: date) -> None:
        """Store a plain copy of all entries, once a month, and drop the oldest copies."""
        with _refused_writes():
            path = self._export_of(f"{today:%Y-%m}")
            if path.exists():
                return
            found = self._whole()
            document = {"schema": self._schema, "entries": found.entries()}
            text = json.dumps(document, ensure_ascii=False, indent=1)
            files.prepare(path, text.encode()).replace(path)
            files.sync_folder(path.parent)
            for old in self._exports()[:-EXPORTS]:
                old.unlink(missing_ok=True)

    def _whole(self) -> Scan:
        """Read the journal once more; ``OSError`` if it is not as it was left."""
        found = scan(self._path.read_bytes()[: self._size], self._path.name)
        if found.bad or found.missing or found.seq != self._seq:
            raise OSError("the journal is not as it was left")
        return found

    def _rewrite(self, bodies: Iterable[Body]) -> None:
        """Say the same in other lines; the journal of before stays beside it."""
        self._put(bodies, old=self._old)

    def _put(self, bodies: Iterable[Body], *, old: Path | None = None) -> None:
        """Put a file of these lines, numbered anew, in the journal's place at one stroke."""
        lines = whole(self._path.name, bodies, self._schema)
        data = b"".join(lines)
        new = files.prepare(self._path, data)
        if old is not None:
            files.keep_link(self._path, old)
        new.replace(self._path)
        self._named = False
        self._seq, self._size, self._lead = len(lines) - 1, len(data), b""
        self._marks = 0
        self._sync_folder()

    def _sync_folder(self) -> None:
        files.sync_folder(self._path.parent)
        self._named = True

    def _set_aside(self, pieces: Sequence[bytes]) -> None:
        """Keep bytes that are no part of the journal any more beside it."""
        if pieces:
            files.keep(self._path.with_name(f"{self._path.name}.corrupt"), b"\n".join(pieces))

    def _copied(self) -> Iterator[Body]:
        """Yield every entry of the copies that makes sense, each once."""
        seen: set[object] = set()
        for entries in (self._entries_before(), *map(_entries_of, reversed(self._exports()))):
            for entry in entries:
                if entry["log_id"] not in seen:
                    seen.add(entry["log_id"])
                    yield entry

    def _entries_before(self) -> list[Body]:
        try:
            return scan(self._old.read_bytes(), self._path.name).entries()
        except JournalError, OSError:
            return []

    def _export_of(self, month: str) -> Path:
        return self._path.with_name(f"{self._path.stem}.{month}.json")

    def _exports(self) -> list[Path]:
        return sorted(self._beside("[0-9][0-9][0-9][0-9]-[0-9][0-9].json"))

    def _beside(self, pattern: str) -> Iterator[Path]:
        return self._path.parent.glob(f"{glob.escape(self._path.stem)}.{pattern}")

    def remove(self) -> None:
        """Delete the journal and everything kept beside it."""
        for path in self._beside("*"):
            path.unlink(missing_ok=True)


def _entries_of(export: Path) -> list[Body]:
    """Return the entries of a plain copy that make sense."""
    try:
        entries = json_loads_object(export.read_bytes())["entries"]
    except KeyError, OSError, ValueError:
        return []
    found = entries if isinstance(entries, list) else []
    return [entry for entry in found if isinstance(entry, dict) and _makes_sense(entry)]


def _makes_sense(entry: Body) -> bool:
    try:
        read_entries([entry])
    except CodecError, JournalError:
        return False
    return True


@contextlib.contextmanager
def _refused_writes() -> Iterator[None]:
    """Say in one word that the disk, or what should go to it, refused."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise JournalError("save_failed") from error
