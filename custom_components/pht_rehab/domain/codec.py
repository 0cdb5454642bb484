"""Facts to plain JSON values and back: strict, one flat object a fact.

``decode`` raises ``CodecError`` for an unknown kind, a missing field or a value of the wrong
type. Fields it does not know are ignored: a newer minor version may add some.
"""

import math
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Final, get_type_hints

from .facts import FACTS, Fact

type Plain = str | float | bool | list[str] | dict[str, float] | None


class CodecError(ValueError):
    """A stored entry is not a fact; raised by ``decode`` only, nothing here catches it."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise CodecError("not a text")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < math.inf:
        raise CodecError("not a number")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise CodecError("not a boolean")
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise CodecError("not a whole number")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise CodecError("not a list")
    return tuple(sys.intern(_text(item)) for item in value)  # the same few in ten years


def _scores(value: object) -> dict[str, float]:
    if not isinstance(value, dict):
        raise CodecError("not an object")
    return {_text(key): _number(item) for key, item in value.items()}


def _date(value: object) -> date:
    return date.fromisoformat(_text(value))


def _instant(value: object) -> datetime:
    parsed = datetime.fromisoformat(_text(value))
    if parsed.tzinfo is None:
        raise CodecError("an instant without a time zone")
    return parsed


_READERS: Final[Mapping[object, Callable[[object], object]]] = {
    str: _text,
    str | None: _text,
    float: _number,
    float | None: _number,
    bool: _flag,
    bool | None: _flag,
    int: _whole,
    tuple[str, ...]: _texts,
    tuple[str, ...] | None: _texts,
    dict[str, float]: _scores,
    date: _date,
    date | None: _date,
    datetime: _instant,
}


def _defaults(fact: type[Fact]) -> Iterator[tuple[str, object]]:
    for field in fields(fact):
        if field.default is not MISSING:
            yield field.name, field.default
        elif field.default_factory is not MISSING:
            yield field.name, field.default_factory()


_KINDS: Final = {fact.kind: fact for fact in FACTS}
_FIELDS: Final = {
    fact: [
        (
            field.name,
            _READERS[get_type_hints(fact)[field.name]],
            field.default is MISSING and field.default_factory is MISSING,
        )
        for field in fields(fact)
    ]
    for fact in FACTS
}
_UNSAID: Final = {fact: dict(_defaults(fact)) for fact in FACTS}
"""What a field means that nobody filled in. Part of the format: a default never changes."""


def _plain(value: object) -> Plain:
    match value:
        case datetime() | date():
            return value.isoformat()
        case tuple():
            return list(value)
        case dict():
            return dict(value)
        case str() | int() | float():
            return value
        case _:
            raise CodecError(f"{type(value).__name__} cannot be stored")


def encode(fact: Fact) -> dict[str, Plain]:
    """Return the fact as JSON values; what nobody filled in is left out."""
    stored: dict[str, Plain] = {"kind": fact.kind}
    unsaid = _UNSAID[type(fact)]
    for name, _reader, _required in _FIELDS[type(fact)]:
        value = getattr(fact, name)
        if name not in unsaid or value != unsaid[name]:
            stored[name] = _plain(value)
    return stored


def decode(stored: Mapping[str, object]) -> Fact:
    """Return the fact stored in ``stored``."""
    kind = _KINDS.get(_text(stored.get("kind")))
    if kind is None:
        raise CodecError(f"unknown kind {stored['kind']!r}")
    values: dict[str, object] = {}
    for name, reader, required in _FIELDS[kind]:
        if stored.get(name) is not None:
            try:
                values[name] = reader(stored[name])
            except ValueError as error:
                raise CodecError(f"{kind.kind}.{name}: {error}") from error
        elif required:
            raise CodecError(f"{kind.kind}.{name} is missing")
    return kind(**values)  # type: ignore[arg-type]
