"""The journal: the one file that holds what a person reported.

Append-only, a line for each batch (lines.py). Beside ``x.jsonl`` may lie ``x.jsonl.old``, what
it was before it was last written anew; ``x.2026-03.json``, a plain copy of all entries for each
of the last months; ``x.jsonl.corrupt-1``, damage that was set aside; and with ``.other-1`` after
its name a copy of a log that lay here before (copies.py). Everything here blocks and belongs in
the executor, one call at a time.
"""

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from . import files
from .copies import Copies
from .domain.codec import encode
from .domain.facts import Fact
from .lines import JournalError, Loaded, Scan, line, loaded, read_entries, scan, whole
from .migrations import SCHEMA, Body

__all__ = ["Journal", "JournalError", "Loaded"]

COMPACT_FROM: Final = 64 * 1024
"""Bytes of a journal that is worth being written anew."""
SPARE_SHARE: Final = 1 / 4
"""Share of it that says nothing any more: so all writing stays below thrice what is said."""
_NOTHING: Final = b"\0 \t\r\n"


class Journal:
    """The journal of one programme; ``load`` or ``create`` comes first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._copies = Copies(path)
        self._schema = SCHEMA
        self._size = 0
        self._seq = 0
        self._marks = 0
        self._lead = b""
        self._torn = b""  # what a crash has left at the end, until it is set aside
        self._first = ""  # the entry the log begins with
        self._mended = False  # since then no plain copy was made
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
        self._begin({"facts": [encode(fact)]} for fact in facts)
        self._first = facts[0].log_id

    def restore(self) -> None:
        """Start the file with the entries of the copies; what lies in its place is set aside."""
        self._begin({"facts": [entry]} for entry in self._copies.missing())

    def copies(self) -> tuple[int, date | None]:
        """Return how many entries the copies hold, and the date of the last of them."""
        facts = read_entries(self._copies.missing())
        return len(facts), max((fact.on for fact in facts), default=None)

    def _begin(self, bodies: Iterable[Body]) -> None:
        with _refused_writes():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists():
                self._set_aside([self._path.read_bytes()])
            self._put(bodies)

    def load(self) -> Loaded:
        """Read and check everything; what is damaged is set aside and the rest kept.

        What the copies beside it still have of the damaged part, or of an end that was cut off,
        is taken from them. What was
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
        self._torn = found.tail if found.tail.strip(_NOTHING) else b""
        self._first = result.facts[0].log_id
        self._named = False
        with contextlib.suppress(OSError):  # a folder for reading only is still read
            self._path.chmod(files.PRIVATE)  # put back by hand, it may be open to everybody
            files.sync_file(self._path)
            self._sync_folder()
            for left_over in self._copies.beside("*.new"):
                left_over.unlink(missing_ok=True)
        damaged = bool(found.bad or found.missing)
        if damaged or self._copies.tell_more(result.facts):
            recovered = self._copies.missing(result.facts)
            if damaged or recovered:
                return self._mend(found, result, recovered)
        if found.schema < SCHEMA:
            self._upgrade(found)
        return result

    def _mend(self, found: Scan, result: Loaded, recovered: Sequence[Body]) -> Loaded:
        with contextlib.suppress(OSError):  # no room: then the damage stays where it is
            self._set_aside(found.bad)
            self._put([*found.said(), *({"facts": [entry]} for entry in recovered)])
            self._mended = True
        return Loaded(
            announced=(*result.facts, *read_entries(recovered)),
            bad=result.bad,
            missing=result.missing if result.bad else max(result.missing, len(recovered)),
            recovered=len(recovered),
        )

    def _upgrade(self, found: Scan) -> None:
        """Store everything in this version's schema, before anything is added in it."""
        try:
            self._rewrite(found)
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
            self._keep_torn()
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
            self._rewrite(self._whole())

    def export(self, today: date) -> None:
        """Store a plain copy of all entries, once a month, and drop the oldest copies.

        What lies in its place is set aside if it is of another log.
        """
        with _refused_writes():
            path = self._copies.of_month(f"{today:%Y-%m}")
            if self._copies.begins(path, self._first) and not self._mended:
                return
            found = self._whole()
            self._copies.make_way(path, found.ids)
            document = {"schema": self._schema, "entries": found.entries()}
            text = json.dumps(document, ensure_ascii=False, indent=1)
            files.prepare(path, text.encode()).replace(path)
            files.sync_folder(path.parent)
            self._mended = False
            self._copies.prune(found.ids)

    def _whole(self) -> Scan:
        """Read the journal once more; ``OSError`` if it is not as it was left."""
        found = scan(self._path.read_bytes()[: self._size], self._path.name)
        if found.bad or found.missing or found.seq != self._seq:
            raise OSError("the journal is not as it was left")
        return found

    def _rewrite(self, found: Scan) -> None:
        """Say the same in other lines; the journal of before stays beside it."""
        self._copies.make_way(self._copies.old, found.ids)
        self._put(found.compacted(), old=self._copies.old)

    def _put(self, bodies: Iterable[Body], *, old: Path | None = None) -> None:
        """Put a file of these lines, numbered anew, in the journal's place at one stroke."""
        self._keep_torn()
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

    def _keep_torn(self) -> None:
        """Set aside what is about to be written over; no room for it does not stop anything."""
        with contextlib.suppress(OSError):
            if self._torn:
                self._set_aside([self._torn])
                self._torn = b""

    def _set_aside(self, pieces: Sequence[bytes]) -> None:
        """Keep bytes that are no part of the journal any more beside it, for good."""
        if pieces:
            files.keep(self._path.with_name(f"{self._path.name}.corrupt"), b"\n".join(pieces))
            self._sync_folder()

    def remove(self) -> None:
        """Delete the journal and everything kept beside it."""
        for path in self._copies.beside("*"):
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def _refused_writes() -> Iterator[None]:
    """Say in one word that the disk, or what should go to it, refused."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise JournalError("save_failed") from error
