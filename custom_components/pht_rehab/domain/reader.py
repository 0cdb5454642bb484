"""Plain values laid over dataclasses: every field by its type, with all that is wrong collected.

It goes through the fields of the rules themselves, so a new one comes along.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import is_dataclass, replace
from difflib import get_close_matches
from functools import partial
from typing import Any, Final, get_args, get_type_hints

from .exercises import EXERCISES, Sides
from .limits import Path, Problem, Span, problem, span
from .plain import open_fields
from .protocol import LOAD_TESTS, STEP_INDEX, DoseStep
from .strands import ENERGY_INDEX, RUN_INDEX, Drill

type Told = object
"""What a file says: texts, numbers, lists and mappings by text."""
EFFORT: Final = re.compile(r"(?:10|[1-9])(?:-(?:10|[1-9]))?")
WORDS: Final[Mapping[str, Collection[str]]] = {"load_test": LOAD_TESTS, "exercise": EXERCISES}
"""What a text may be, by the name of its field; else it names a step."""
EFFORTS: Final = frozenset({"effort", "energy_effort"})
LADDERS: Final[tuple[Collection[str], ...]] = (STEP_INDEX, ENERGY_INDEX, RUN_INDEX)
HUGE: Final = 10**9
MOST: Final = 6
"""Entries of a list, where nothing else is said."""


class Reader:
    """Lays what is told over values of the rules; ``problems`` collects what is wrong with it.

    ``trusted``: it was checked when it was adopted, so only what makes no sense is a problem.
    """

    def __init__(self, *, trusted: bool) -> None:
        self._trusted = trusted
        self.problems: list[Problem] = []
        self._own: Mapping[tuple[type, str], Callable[[Any, Told, Path], object]] = {}
        """Fields that are not told as they are kept, and how they are read."""

    def _refuse(self, key: str, path: Path, **figures: object) -> None:
        self.problems.append(problem(key, path, **figures))

    def _mapping(self, told: Told, path: Path) -> Mapping[str, Told]:
        if isinstance(told, Mapping):
            return {str(name): value for name, value in told.items()}
        self._refuse("not_mapping", path)
        return {}

    def _list(self, told: Told, path: Path, most: int = MOST) -> list[Told]:
        if isinstance(told, list) and 0 < len(told) <= most:
            return told
        self._refuse("not_list", path, most=most)
        return []

    def _sound[T](self, known: T, read: Callable[[], T]) -> T:
        """Return what ``read`` gives, or what is ``known`` if something was wrong with it."""
        before = len(self.problems)
        found = read()
        return found if len(self.problems) == before else known

    def _unknown(self, name: str, path: Path, known: Iterable[str]) -> None:
        """Refuse a name that is not known here, with the one that may be meant."""
        if self._trusted:  # a newer version may have added some
            return
        self._unlike(name, (*path, name), known)

    def _unlike(self, value: str, path: Path, known: Iterable[str]) -> None:
        near = get_close_matches(value[:50], known, 1)
        key = "unknown_near" if near else "unknown"
        self._refuse(key, path, value=value[:50], **({"near": near[0]} if near else {}))

    def _record[T](self, base: T, told: Told, path: Path, names: tuple[str, ...] = ()) -> T:
        """Read the fields ``names`` of a value, all that are open unless told."""
        names, changes = names or open_fields(base), {}
        for name, value in self._mapping(told, path).items():
            if name in names:
                changes[name] = self._field(base, name, value, (*path, name))
            else:
                self._unknown(name, path, names)
        return replace(base, **changes)  # type: ignore[type-var]

    def _field(self, owner: object, name: str, told: Told, path: Path) -> object:
        base = getattr(owner, name)
        if (own := self._own.get((type(owner), name))) is not None:
            return own(base, told, path)
        if is_dataclass(base):
            return self._record(base, told, path)
        if isinstance(base, Mapping):
            return self._entries(owner, base, told, path)
        if isinstance(base, tuple):
            return self._numbers(owner, name, base, told, path)
        return self._sound(base, lambda: self._scalar(owner, name, told, path))

    def _entries(
        self, owner: object, base: Mapping[Any, object], told: Told, path: Path
    ) -> Mapping[Any, object]:
        keys = {str(key): key for key in base}
        found = dict(base)
        for name, value in self._mapping(told, path).items():
            if name not in keys:
                self._unknown(name, path, keys)
            elif is_dataclass(known := base[keys[name]]):
                found[keys[name]] = self._record(known, value, (*path, name))
            else:
                read = partial(self._number, span(owner, path[-1]), value, (*path, name))
                found[keys[name]] = self._sound(known, read)
        return found

    def _numbers(
        self, owner: object, name: str, base: tuple[object, ...], told: Told, path: Path
    ) -> object:
        if not isinstance(told, list) or len(told) != len(base):
            self._refuse("not_numbers", path, count=len(base))
            return base
        limits = span(owner, name)
        return tuple(
            self._sound(known, partial(self._number, limits, item, (*path, str(number))))
            for number, (known, item) in enumerate(zip(base, told, strict=True))
        )

    def _scalar(self, owner: object, name: str, told: Told, path: Path) -> object:
        kinds = {*get_args(hint := get_type_hints(type(owner))[name])} or {hint}
        if told is None:
            free = isinstance(owner, DoseStep | Drill) or getattr(owner, name) is None
            if type(None) not in kinds or not free:
                self._refuse("empty", path)
            return None
        if Sides in kinds:
            return Sides(self._one_of([*Sides], told, path))
        if bool in kinds:
            return self._flag(told, path)
        if str in kinds:
            return self._text(owner, name, told, path)
        return self._number(span(owner, name), told, path, whole=float not in kinds)

    def _flag(self, told: Told, path: Path) -> object:
        if not isinstance(told, bool):
            self._refuse("not_flag", path)
        return told

    def _number(self, limits: Span, told: Told, path: Path, *, whole: bool = True) -> Any:
        if isinstance(told, bool) or not isinstance(told, int | float) or not abs(told) < HUGE:
            self._refuse("not_number", path)
        elif whole and not isinstance(told, int):
            self._refuse("not_whole", path, value=told)
        elif not (self._trusted or limits[0] <= told <= limits[1]):
            self._refuse("out_of_range", path, value=told, least=limits[0], most=limits[1])
        return told

    def _text(self, owner: object, name: str, told: Told, path: Path) -> str:
        if name in EFFORTS:
            return self._effort(told, path)
        return self._one_of(words(owner, name), told, path)

    def _one_of(self, known: Collection[str], told: Told, path: Path) -> str:
        if isinstance(told, str) and told in known:
            return told
        self._unlike(str(told), path, known)
        return next(iter(known))

    def _effort(self, told: Told, path: Path) -> str:
        text = str(told) if isinstance(told, int | str) else ""
        low, _, high = text.partition("-")
        if EFFORT.fullmatch(text) and int(low) <= int(high or low):
            return text
        self._refuse("not_effort", path)
        return "1"


def words(owner: object, name: str) -> Collection[str]:
    """Return what a text may be: by its name, else the steps of the ladder it now names one of."""
    if name in WORDS:
        return WORDS[name]
    return next(steps for steps in LADDERS if getattr(owner, name) in steps)
