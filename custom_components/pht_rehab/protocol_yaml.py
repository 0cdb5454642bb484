"""Protocol files as text: YAML to plain values, with the line of each, and nothing else of YAML.

Home Assistant's own loader would follow ``!include`` and ``!secret`` and only log a key that is
there twice. A protocol is data: no tags, no anchors, one document, every key once. Needs nothing
of Home Assistant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml  # type: ignore[import-untyped]

from .domain.adopted import CONTENT_MAX, Protocol, ProtocolError, read_protocol
from .domain.limits import Path, Problem, problem
from .domain.rules import Rules

DEPTH_MAX: Final = 12
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file: the line counted from 1, and the problem."""

    line: int
    problem: Problem

    @property
    def where(self) -> str:
        """The field, as a path of names and places counted from 1."""
        names = (str(int(name) + 1) if name.isdecimal() else name for name in self.problem.path)
        return ".".join(names)


class FaultyFile(Exception):  # noqa: N818 -- what it is, and it carries errors
    """A file that is no protocol; ``faults`` are in the order of its lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__(f"{len(self.faults)} faults")


def load(data: bytes, base: Rules) -> Protocol:
    """Return the protocol a file holds, laid over ``base``; ``FaultyFile`` with all its faults."""
    read = _Reading()
    told = read.parse(data)
    try:
        found = read_protocol(told, base)
    except ProtocolError as error:
        faults = [Fault(read.line(one.path), one) for one in error.problems]
        raise FaultyFile([*read.faults, *faults]) from None
    if read.faults:
        raise FaultyFile(read.faults)
    return found


@dataclass(slots=True)
class _Reading:
    """One file being read."""

    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Return the line of a field, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def parse(self, data: bytes) -> object:
        """Return the plain value of the file; what cannot be read at all raises at once."""
        if len(data) > CONTENT_MAX:
            raise FaultyFile([Fault(1, problem("too_big", (), most=CONTENT_MAX // 2**10))])
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise FaultyFile([Fault(line, problem("not_utf8", ()))]) from None
        try:
            _refuse_more_than_data(text)
            node = yaml.compose(text, Loader=_LOADER)
        except yaml.YAMLError as error:
            raise FaultyFile([_syntax(text, error)]) from None
        return self._value(node, ()) if node is not None else None

    def _value(self, node: Any, path: Path) -> object:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*path, str(at))) for at, item in enumerate(node.value)]
        try:
            found: object = yaml.constructor.SafeConstructor().construct_object(node)
        except ValueError, OverflowError, KeyError, yaml.YAMLError:  # a date that is none, a lone =
            return str(node.value)
        return found if isinstance(found, bool | int | float) or found is None else str(node.value)

    def _mapping(self, node: Any, path: Path) -> Mapping[str, object]:
        found: dict[str, object] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self.faults.append(Fault(line, problem("not_key", path)))
                continue
            name = str(key.value)
            where = (*path, name)
            if name in found:
                self.faults.append(Fault(line, problem("twice", where, value=name[:50])))
                continue
            self.lines[where] = line
            found[name] = self._value(value, where)
        return found


def _refuse_more_than_data(text: str) -> None:
    """Raise ``FaultyFile`` at an anchor, an alias, a tag, a second document, or deep nesting."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        key = ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            key = "anchor"
        elif getattr(event, "tag", None) is not None:
            key = "tag"
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            key = "deep" if depth > DEPTH_MAX else ""
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            key = "documents" if documents > 1 else ""
        if key:
            raise FaultyFile([Fault(event.start_mark.line + 1, problem(key, ()))])


def _syntax(text: str, error: yaml.YAMLError) -> Fault:
    """Return what a parser stumbled over; a tab is said by its name."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = getattr(error, "position", 0)
    line = mark.line + 1 if mark is not None else text.count("\n", 0, at) + 1
    lines = text.splitlines()
    line = max(1, min(line, len(lines)))  # a parser may stumble over the end
    tab = "\t" in "".join(lines[line - 1 : line])
    return Fault(line, problem("tab" if tab else "not_yaml", ()))
