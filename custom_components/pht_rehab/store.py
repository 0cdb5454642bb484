"""The journal: the one file that holds what a person reported. No other module knows files.

Append-only, a line for each batch (lines.py). Everything here blocks and belongs in the
executor, one call at a time.
"""

import contextlib
import glob
import itertools
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from .domain.codec import encode
from .domain.facts import Fact
from .lines import SCHEMA, Body, JournalError, Loaded, Scan, line, loaded, read_line

__all__ = ["Journal", "JournalError", "Loaded"]


def _write(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


class Journal:
    """The journal of one programme; ``load`` or ``create`` comes first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = 0
        self._seq = 0
        self._lead = b""

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
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists():
                self._set_aside([self._path.read_bytes()])
            self._replace([{"facts": [encode(fact) for fact in facts]}])
        except OSError as error:
            raise JournalError("save_failed") from error

    def load(self) -> Loaded:
        """Read and check everything; what is damaged is set aside and the rest kept.

        A last line cut off by a crash was never acknowledged: it is dropped without a word.
        """
        try:
            data = self._path.read_bytes()
        except FileNotFoundError as error:
            raise JournalError("log_lost") from error
        except OSError as error:
            raise JournalError("log_unreadable") from error
        scan = Scan()
        *found, tail = data.split(b"\n")
        for piece in found:
            scan.take(piece)
        whole = read_line(tail) is not None
        if whole:  # only its line feed is missing
            scan.take(tail)
        result = loaded(scan)
        if not result.facts:
            raise JournalError("log_unreadable")
        self._seq = scan.seq
        self._size = len(data) if whole else len(data) - len(tail)
        self._lead = b"\n" if whole else b""
        if scan.bad or scan.missing:
            with contextlib.suppress(OSError):  # no room: then the damage stays where it is
                self._set_aside(scan.bad)
                self._replace([body for body in scan.bodies if "announced" not in body])
        return result

    def append(self, facts: Iterable[Fact]) -> None:
        """Store the facts of one decision; on ``JournalError`` the file is as it was."""
        self._append({"facts": [encode(fact) for fact in facts]})

    def announce(self, standing: Body | None) -> None:
        """Store that everything so far is announced; None: the standing has not changed."""
        self._append({"announced": standing})

    def _append(self, record: Body) -> None:
        try:
            data = self._lead + line({"seq": self._seq + 1, **record})
            fd = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
            try:
                self._add(fd, data)
            finally:
                os.close(fd)
        except (OSError, ValueError) as error:
            raise JournalError("save_failed") from error
        self._seq += 1
        self._size += len(data)
        self._lead = b""

    def _add(self, fd: int, data: bytes) -> None:
        size = os.fstat(fd).st_size
        if size < self._size:
            raise OSError("the journal is shorter than it was left")
        if size > self._size:  # the torn end of a write that failed
            os.ftruncate(fd, self._size)
        try:
            _write(fd, data)
            os.fdatasync(fd)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(fd, self._size)
                os.fdatasync(fd)
            raise

    def _replace(self, bodies: Iterable[Body]) -> None:
        """Put a file of these lines, numbered anew, in the journal's place at one stroke."""
        lines = [line({"seq": 0, "schema": SCHEMA})]
        lines += [line({**body, "seq": seq}) for seq, body in enumerate(bodies, 1)]
        data = b"".join(lines)
        new = self._path.with_name(f"{self._path.name}.new")
        new.unlink(missing_ok=True)
        self._store(new, data)
        new.replace(self._path)
        self._seq, self._size, self._lead = len(lines) - 1, len(data), b""
        self._sync_folder()

    def _set_aside(self, pieces: Sequence[bytes]) -> None:
        """Keep bytes that are no part of the journal any more beside it."""
        if not pieces:
            return
        for number in itertools.count(1):
            try:
                path = self._path.with_name(f"{self._path.name}.corrupt-{number}")
                self._store(path, b"\n".join(pieces))
            except FileExistsError:
                continue
            return

    @staticmethod
    def _store(path: Path, data: bytes) -> None:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            _write(fd, data)
            os.fsync(fd)
        finally:
            os.close(fd)

    def _sync_folder(self) -> None:
        fd = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def remove(self) -> None:
        """Delete the journal and everything kept beside it."""
        name = glob.escape(self._path.name)
        for path in self._path.parent.glob(f"{name}*"):
            path.unlink(missing_ok=True)
