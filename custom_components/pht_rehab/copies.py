"""The copies beside a journal: whose they are, and what they still have.

Another log may have lain in the journal's place: it was started over, or a whole log was taken
in. Its copies stay where they are and are none of the log's. A copy is of a log if they share an
entry, for no two entries anywhere have the same id. Everything here blocks.
"""

import contextlib
import glob
import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from homeassistant.util.json import json_loads_object

from . import files
from .domain.codec import CodecError
from .domain.facts import Fact, SetUp
from .lines import JournalError, read_entries, scan
from .migrations import Body

KEPT: Final = 3
"""Months of which a plain copy is kept."""
_LOOK: Final = 32 * 1024
"""Bytes at either end of a copy that are looked at first; the longest note fits in."""
_LOG_ID: Final = re.compile(rb'"log_id": ?"([^"\\]*)"')  # in a text the quotes are escaped


class Copies:
    """What lies beside the journal at a path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.old = path.with_name(f"{path.name}.old")

    def beside(self, pattern: str) -> Iterator[Path]:
        """Yield the files of this programme whose names go on like this."""
        return self._path.parent.glob(f"{glob.escape(self._path.stem)}.{pattern}")

    def of_month(self, month: str) -> Path:
        """Return where the plain copy of a month is, ``month`` like 2026-03."""
        return self._path.with_name(f"{self._path.stem}.{month}.json")

    def _months(self) -> list[Path]:
        return sorted(self.beside("[0-9][0-9][0-9][0-9]-[0-9][0-9].json"))

    def begins(self, path: Path, first: str) -> bool:
        """Return whether a copy begins with this entry: a look that costs next to nothing."""
        return first in _ends(path)[:1]

    def tell_more(self, facts: Sequence[Fact]) -> bool:
        """Return whether a copy looks as if it held entries of this log that are not there.

        Entries are only ever added, so a copy that begins like the log ends with one it has.
        """
        known = {fact.log_id for fact in facts}
        for path in (self.old, *self._months()):
            first, *rest = _ends(path) or ("",)
            if first in known and not known.issuperset(rest[-1:]):
                return True
        return False

    def missing(self, facts: Sequence[Fact] = ()) -> list[Body]:
        """Return every entry that the copies of the log have and ``facts`` lack, each once.

        Without facts the log is the one that was copied last. A log has one set-up.
        """
        ours = {fact.log_id for fact in facts}
        seen, begun = {*ours}, any(isinstance(fact, SetUp) for fact in facts)
        found = []
        for entries in (*map(_entries_of, reversed(self._months())), self._entries_before()):
            ids = {str(entry["log_id"]) for entry in entries}
            if ours and ours.isdisjoint(ids):
                continue
            ours |= ids
            for entry in entries:
                is_set_up = entry["kind"] == SetUp.kind
                if entry["log_id"] not in seen and not (is_set_up and begun):
                    found.append(entry)
                seen.add(str(entry["log_id"]))
                begun |= is_set_up
        return found

    def make_way(self, path: Path, known: Collection[str]) -> None:
        """Set a copy aside that is not of the log with these entries; else leave it."""
        if path.exists() and not _shares(path, known):
            files.keep(path.with_name(f"{path.name}.other"), path.read_bytes())
            files.sync_folder(path.parent)

    def prune(self, known: Collection[str]) -> None:
        """Drop the oldest plain copies of the log with these entries."""
        ours = [path for path in self._months() if _shares(path, known)]
        for path in ours[:-KEPT]:
            path.unlink(missing_ok=True)

    def _entries_before(self) -> list[Body]:
        try:
            return scan(self.old.read_bytes(), self._path.name).entries()
        except JournalError, OSError:
            return []


def _ends(path: Path) -> list[str]:
    """Return the ids of the entries at the beginning and the end of a copy, if there is one.

    An end in which no entry begins has an empty one: what was stored last is not known then.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_LOOK)
            file.seek(max(0, file.seek(0, os.SEEK_END) - _LOOK))
            tail = file.read()
    except OSError:
        return []
    first, last = _ids(head)[:1], _ids(tail)[-1:]
    return [*first, *(last or [""])] if first else []


def _ids(data: bytes) -> list[str]:
    return [found.decode(errors="replace") for found in _LOG_ID.findall(data)]


def _shares(path: Path, known: Collection[str]) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return not set(_ids(path.read_bytes())).isdisjoint(known)
    return False


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
