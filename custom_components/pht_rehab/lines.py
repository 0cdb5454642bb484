"""The lines of a journal: what is written, and what of a file can be trusted. No files here.

Each is ``{"crc":"<8 hex digits>","body":<JSON>}``; the checksum is over the bytes of the body.
A body carries its sequence number ``seq`` (1, 2, …; 0 is the header, with the schema and the
name of the file) and either ``facts``, those of one decision, all or none, or ``announced``:
everything before this line has been announced, and the programme then stood like this (null:
as the time before).
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from homeassistant.util.json import json_loads

from .domain.codec import CodecError, decode
from .domain.facts import FACTS, Fact
from .migrations import SCHEMA, Body, Version, migrate

_HEAD: Final = b'{"crc":"'
_MIDDLE: Final = b'","body":'
_CRC: Final = slice(len(_HEAD), len(_HEAD) + 8)
_BODY: Final = _CRC.stop + len(_MIDDLE)
_KINDS: Final = frozenset(fact.kind for fact in FACTS)
_OLDEST: Final[Version] = (1, 0)
_MARK: Final = frozenset({"seq", "announced"})


class JournalError(Exception):
    """The journal could not be read or written; ``key`` names the translated message."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the journal holds.

    ``bad`` pieces were set aside, ``missing`` lines are not there or damaged, and of what they
    held ``recovered`` entries were found in a copy.
    """

    announced: tuple[Fact, ...]
    unannounced: tuple[Fact, ...] = ()
    standing: Body | None = None
    bad: int = 0
    missing: int = 0
    recovered: int = 0

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, in the order in which they were stored."""
        return self.announced + self.unannounced


def line(body: Body) -> bytes:
    """Return a line with its line feed; ``ValueError`` if it cannot be stored."""
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    raw = text.encode()
    return b"%b%08x%b%b}\n" % (_HEAD, zlib.crc32(raw), _MIDDLE, raw)


def read_line(found: bytes) -> Body | None:
    """Return what a line without line feed holds, or None if it is not as it was written."""
    raw = found[_BODY:-1]
    if found != b"%b%08x%b%b}" % (_HEAD, zlib.crc32(raw), _MIDDLE, raw):
        return None
    try:
        body = json_loads(raw)
    except ValueError:
        return None
    return body if isinstance(body, dict) and isinstance(body.get("seq"), int) else None


def whole(name: str, bodies: Iterable[Body], schema: Version) -> list[bytes]:
    """Return the lines of a whole journal of this name, numbered anew."""
    header = {"seq": 0, "schema": schema, "file": name}
    return [line(header), *(line({**body, "seq": n}) for n, body in enumerate(bodies, 1))]


def read_entries(entries: object) -> tuple[Fact, ...]:
    """Return stored entries as facts. ``CodecError`` if one makes no sense.

    ``JournalError`` if one is beyond this version: what it says may matter, so nothing of the
    journal may be used without it.
    """
    stored = _objects(entries)
    try:
        return tuple(decode(entry) for entry in stored)
    except CodecError:
        if all(str(entry.get("kind")) in _KINDS for entry in stored):
            raise
        raise JournalError("log_newer") from None


def _objects(entries: object) -> list[Body]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CodecError("not a list of objects")
    return entries


@dataclass(slots=True)
class Scan:
    """The lines of a file that can be trusted, and what cannot.

    Lines stay bytes: ten years of them as objects take many times the room.
    """

    name: str
    schema: Version = _OLDEST
    good: list[bytes] = field(default_factory=list)
    facts: list[tuple[Fact, ...]] = field(default_factory=list)  # of each of the good lines
    bad: list[bytes] = field(default_factory=list)
    seq: int = 0
    missing: int = 0
    told: int = 0  # how many good lines there are up to the last mark of what was announced
    standing: Body | None = None  # at that mark
    marks: int = 0  # bytes of the lines that only say what was announced
    size: int = 0  # bytes of the whole lines
    lead: bytes = b""  # what has to be written before the next line
    tail: bytes = b""  # what a crash has left of a line after them

    def take(self, found: bytes) -> None:
        """Sort one line; a sequence number seen before makes it bad too."""
        body = read_line(found)
        if body is None or not ("schema" in body or body["seq"] > self.seq):
            self.bad.append(found)
        elif "schema" in body:
            self._begin(body, found)
        else:
            self.missing += body["seq"] - self.seq - 1
            self.seq = body["seq"]
            self._read(body, found)

    def _begin(self, header: Body, found: bytes) -> None:
        match header["schema"]:
            case [int(major), int(minor), *_]:
                self.schema = (major, minor)
            case _:
                self.bad.append(found)
        if self.schema[0] > SCHEMA[0]:
            raise JournalError("log_newer")
        if header.get("file", self.name) != self.name:
            raise JournalError("log_foreign")

    def _read(self, body: Body, found: bytes) -> None:
        try:
            facts = read_entries(self._migrated(body).get("facts", []))
        except CodecError:
            self.bad.append(found)
            self.missing += 1
            return
        self.good.append(found)
        self.facts.append(facts)
        if "announced" in body:
            self.told = len(self.good)
            self.standing = body["announced"] or self.standing
        if _is_mark(body):
            self.marks += len(found) + 1

    def _migrated(self, body: Body) -> Body:
        _objects(body.get("facts", []))
        return migrate(body, self.schema)

    def bodies(self) -> Iterator[Body]:
        """Yield what the good lines hold, with what a newer version may have added."""
        for found in self.good:
            body = read_line(found)
            if body is not None:
                yield self._migrated(body)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all entries."""
        return frozenset(fact.log_id for facts in self.facts for fact in facts)

    def entries(self) -> list[Body]:
        """Return every entry as it is stored."""
        return [entry for body in self.bodies() for entry in body.get("facts", [])]

    def said(self) -> list[Body]:
        """Return the bodies without the marks."""
        return [body for body in self.bodies() if not _is_mark(body)]

    def compacted(self) -> list[Body]:
        """Return the bodies to store anew: one mark, where the last was, is enough."""
        bodies = list(self.bodies())
        before = [body for body in bodies[: self.told] if not _is_mark(body)]
        mark = [{"announced": self.standing}] if self.told else []
        return [*before, *mark, *bodies[self.told :]]


def _is_mark(body: Body) -> bool:
    return body.keys() <= _MARK


def scan(data: bytes, name: str) -> Scan:
    """Sort the lines of the journal called ``name``.

    A last line cut off by a crash was never acknowledged: it is no damage, and left out.
    ``JournalError`` if the file is newer than this version or another programme's.
    """
    result = Scan(name)
    *found, tail = data.split(b"\n")
    for piece in found:
        result.take(piece)
    if read_line(tail) is not None:  # only its line feed is missing
        result.take(tail)
        result.lead, result.size = b"\n", len(data)
    else:
        result.size, result.tail = len(data) - len(tail), tail
    return result


def loaded(found: Scan) -> Loaded:
    """Return the facts of a scan; what was announced is not known any more after damage."""
    damaged = bool(found.bad or found.missing)
    told = len(found.facts) if damaged else found.told
    return Loaded(
        announced=tuple(fact for facts in found.facts[:told] for fact in facts),
        unannounced=tuple(fact for facts in found.facts[told:] for fact in facts),
        standing=None if damaged else found.standing,
        bad=len(found.bad),
        missing=found.missing,
    )
