"""A protocol as a whole: from what a file says, to what the log keeps, to the rules in force."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .edition import EditionReader
from .limits import Problem, problem
from .plain import plain
from .rules import RULES, Rules

FORMAT: Final = 1
STANDARD: Final = "standard"
"""The built-in protocol, by the name a file and the options give it."""
NAME_MAX: Final = 60
ABOUT_MAX: Final = 2000
CONTENT_MAX: Final = 256 * 2**10
SHORT: Final = 8
"""Letters of a digest that are shown."""


class ProtocolError(ValueError):
    """It is no protocol; ``problems`` says where and why, in the order in which it was read."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(f"{'.'.join(one.path)}: {one.key}" for one in self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """A protocol that may be adopted: whole and checked."""

    name: str
    about: str
    rules: Rules

    @property
    def content(self) -> str:
        """All of it as JSON text, whatever the file named and what it left to the built-in."""
        base = RULES[self.rules.version]
        told = {"format": FORMAT, "name": self.name, "about": self.about, **plain(self.rules, base)}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """The fingerprint of the content."""
        return digest(self.content)


def digest(content: str) -> str:
    """Return the SHA-256 of a content in hexadecimal."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def read_protocol(told: object, base: Rules) -> Protocol:
    """Return the protocol that ``told`` makes of ``base``; ``ProtocolError`` with all problems."""
    if not isinstance(told, Mapping):
        raise ProtocolError([problem("not_mapping", ())])
    figures = {str(name): value for name, value in told.items()}
    form, name = figures.pop("format", FORMAT), figures.pop("name", None)
    about, based_on = figures.pop("about", ""), figures.pop("based_on", STANDARD)
    reader = EditionReader(base, trusted=False)
    if form != FORMAT or isinstance(form, bool):
        reader.problems.append(problem("newer_format", ("format",), known=FORMAT))
    if based_on != STANDARD:
        reader.problems.append(problem("unknown_base", ("based_on",), known=STANDARD))
    if not _is_text(name, NAME_MAX) or not str(name).strip():
        reader.problems.append(problem("not_name", ("name",), most=NAME_MAX))
    if not _is_text(about, ABOUT_MAX, lines=True):
        reader.problems.append(problem("not_name", ("about",), most=ABOUT_MAX))
    rules = reader.read(figures)
    if reader.problems:
        raise ProtocolError(reader.problems)
    return Protocol(name=str(name).strip(), about=str(about).strip(), rules=rules)


def _is_text(value: object, most: int, *, lines: bool = False) -> bool:
    if not isinstance(value, str) or len(value) > most:
        return False
    return (value.replace("\n", " ") if lines else value).isprintable()


def check_content(content: str, rules_version: int) -> Protocol:
    """Read a stored content as strictly as a file; ``ProtocolError`` if it would be refused."""
    if len(content) > CONTENT_MAX:
        raise ProtocolError([problem("too_big", (), most=CONTENT_MAX // 2**10)])
    return read_protocol(_parsed(content), RULES[rules_version])


@lru_cache(maxsize=32)
def rules_of(content: str, rules_version: int) -> Rules:
    """Return the rules a stored content stands for: those it was adopted as, for ever.

    ``ProtocolError`` if it says what this version does not know.
    """
    reader = EditionReader(RULES[rules_version], trusted=True)
    told = _parsed(content)
    header = ("format", "name", "about")
    figures = {name: value for name, value in told.items() if name not in header}
    rules = reader.read(figures)
    if reader.problems:
        raise ProtocolError(reader.problems)
    return rules


def _parsed(content: str) -> Mapping[str, object]:
    try:
        told = json.loads(content)
    except ValueError, RecursionError:
        told = None
    if not isinstance(told, dict):
        raise ProtocolError([problem("not_mapping", ())])
    return told
