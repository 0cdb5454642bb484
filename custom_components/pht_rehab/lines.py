"""The lines of a journal: what is written, and what of a file can be trusted. No files here.

Each is ``{"crc":"<8 hex digits>","body":<JSON>}``; the checksum is over the bytes of the body.
A body carries its sequence number ``seq`` (1, 2, …; 0 is the header) and either ``facts``, those
of one decision, all or none, or ``announced``: everything before this line has been announced,
and the programme then stood like this (null: as the time before).
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from homeassistant.util.json import json_loads

from .domain.codec import CodecError, decode
from .domain.facts import FACTS, Fact

SCHEMA: Final = (1, 0)
"""Major, minor. A reader refuses a newer major and ignores what a newer minor added."""

_HEAD: Final = b'{"crc":"'
_MIDDLE: Final = b'","body":'
_CRC: Final = slice(len(_HEAD), len(_HEAD) + 8)
_BODY: Final = _CRC.stop + len(_MIDDLE)
_KINDS: Final = frozenset(fact.kind for fact in FACTS)

type Body = Mapping[str, Any]


class JournalError(Exception):
    """The journal could not be read or written; ``key`` names the translated message."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the journal holds. ``bad`` pieces were set aside, ``missing`` lines are nowhere."""

    announced: tuple[Fact, ...]
    unannounced: tuple[Fact, ...] = ()
    standing: Body | None = None
    bad: int = 0
    missing: int = 0

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, in the order in which they were stored."""
        return self.announced + self.unannounced


@dataclass(slots=True)
class Scan:
    """The lines of a file that can be trusted, and what cannot."""

    bodies: list[Body] = field(default_factory=list)
    bad: list[bytes] = field(default_factory=list)
    seq: int = 0
    missing: int = 0

    def take(self, found: bytes) -> None:
        """Sort one line; a sequence number seen before makes it bad too."""
        body = read_line(found)
        if body is None or not ("schema" in body or body["seq"] > self.seq):
            self.bad.append(found)
        elif "schema" in body:
            if body["schema"][0] > SCHEMA[0]:
                raise JournalError("log_newer")
        else:
            self.missing += body["seq"] - self.seq - 1
            self.seq = body["seq"]
            self.bodies.append(body)


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


def _facts(bodies: Iterable[Body]) -> tuple[Fact, ...]:
    """Return the facts of some lines; refuse the journal if one is beyond this version."""
    stored = [fact for body in bodies for fact in body.get("facts", ())]
    try:
        return tuple(decode(fact) for fact in stored)
    except CodecError as error:
        known = all(fact.get("kind") in _KINDS for fact in stored)
        raise JournalError("log_unreadable" if known else "log_newer") from error


def loaded(scan: Scan) -> Loaded:
    """Return the facts of a scan; what was announced is not known any more after damage."""
    bodies = scan.bodies
    told = max((n for n, body in enumerate(bodies, 1) if "announced" in body), default=0)
    standings = [body["announced"] for body in bodies if body.get("announced")]
    if scan.bad or scan.missing:
        told, standings = len(bodies), []
    return Loaded(
        announced=_facts(bodies[:told]),
        unannounced=_facts(bodies[told:]),
        standing=standings[-1] if standings else None,
        bad=len(scan.bad),
        missing=scan.missing,
    )
