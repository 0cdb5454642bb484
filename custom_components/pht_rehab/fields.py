"""Values of action fields as they come, turned into what the rules take or refused by name.

Numbers pass as they are: the rules check them. Nothing here is lenient on purpose, because
``True`` is no score and a text from a template is no number.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from .domain.checks import text
from .domain.model import RehabError

type Reader = Callable[[object, str], object]

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_LENGTH: Final = len("2026-03-02")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_LANGUAGE_MOST: Final = 35
PATTERN_MOST: Final = 32
"""Letters of a pattern for dates."""


def anything(value: object, _field: str) -> object:
    """Pass a value on to who checks it."""
    return value


number = anything


def flag(value: object, field: str) -> bool:
    """Return a boolean."""
    if not isinstance(value, bool):
        raise RehabError("not_a_boolean", field=field)
    return value


def words(value: object, field: str) -> str:
    """Return a text of sensible length, as a plain ``str``."""
    if not isinstance(value, str):
        raise RehabError("not_text", field=field)
    text(value, field)
    return str(value)


def names(value: object, field: str) -> tuple[str, ...]:
    """Return a list of texts; one alone counts as a list."""
    if isinstance(value, str):
        return (words(value, field),)
    if not isinstance(value, list | tuple):
        raise RehabError("not_a_list", field=field)
    return tuple(words(item, field) for item in value)


def day(value: object, field: str) -> date:
    """Return a date. The shape comes first: parsers have crashed on what is no date at all."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or len(value) != _DATE_LENGTH or not value.isascii():
        raise RehabError("not_a_date", field=field)
    try:
        return date.fromisoformat(value if _DATE.fullmatch(value) else "")
    except ValueError as error:
        raise RehabError("not_a_date", field=field) from error


def count(value: object, field: str) -> int:
    """Return a whole number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        raise RehabError("not_a_count", field=field)
    return int(value)


def language(value: object, field: str) -> str:
    """Return what has the shape of a BCP 47 tag, also of a language that nothing is said in."""
    if not isinstance(value, str) or len(value) > _LANGUAGE_MOST or not _LANGUAGE.fullmatch(value):
        raise RehabError("not_a_language", field=field)
    return str(value)


def pattern(value: object, field: str) -> str:
    """Return how dates are to be written, such as ``DD.MM.YYYY``."""
    text(found := words(value, field), field, PATTERN_MOST)
    return found
