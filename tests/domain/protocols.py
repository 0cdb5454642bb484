"""Protocols of one's own for the tests: read from what they change, adopted, and random ones."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from hypothesis import strategies as st

from custom_components.pht_rehab.domain.adopted import Protocol, ProtocolError, read_protocol
from custom_components.pht_rehab.domain.facts import ProtocolAdopted
from custom_components.pht_rehab.domain.limits import span
from custom_components.pht_rehab.domain.plain import open_fields, timed
from custom_components.pht_rehab.domain.rules import RULES
from tests.domain.builders import History

BASE = RULES[1]


def protocol(**told: object) -> Protocol:
    """Return the protocol that changes this of the built-in one."""
    return read_protocol({"name": "Mine", **told}, BASE)


def faults(**told: object) -> list[tuple[str, str]]:
    """Return where something is wrong, and what."""
    try:
        protocol(**told)
    except ProtocolError as error:
        return [(".".join(one.path), one.key) for one in error.problems]
    return []


def adopt(history: History, day: int, chosen: Protocol, source: str = "mine.yaml") -> History:
    """Put a protocol in force from this day."""
    moment = history.moment(day, "05:00")
    return history.add(
        ProtocolAdopted(
            log_id=moment.new_id(),
            on=history.on(day),
            logged_at=moment.now,
            rules_version=chosen.rules.version,
            source=source,
            name=chosen.name,
            content=chosen.content,
            digest=chosen.digest,
        )
    )


def figures(value: Any = BASE, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Return every number a protocol can change, by its path, with what it belongs to."""
    found: dict[tuple[str, ...], Any] = {}
    for name in open_fields(value):
        item = getattr(value, name)
        where = (*path, name)
        if is_dataclass(item):
            found |= figures(item, where)
        elif isinstance(item, Mapping) and all(is_dataclass(one) for one in item.values()):
            for key, one in item.items():
                found |= figures(one, (*where, str(key)))
        elif name == "run_steps":
            for step in filter(timed, item):
                found |= figures(step, (*where, step.id))
        elif isinstance(item, int | float) and not isinstance(item, bool):
            found[where] = value
    return found


def nested(changes: Mapping[tuple[str, ...], object]) -> dict[str, Any]:
    """Return changes by path as a file says them."""
    told: dict[str, Any] = {}
    for path, value in changes.items():
        inner = told
        for name in path[:-1]:
            inner = inner.setdefault(name, {})
        inner[path[-1]] = value
    return told


FIGURES = figures()


def _amount(path: tuple[str, ...]) -> st.SearchStrategy[tuple[tuple[str, ...], float]]:
    owner = FIGURES[path]
    least, most = span(owner, path[-1])
    kinds = {field.name: str(field.type) for field in fields(owner)}
    if "float" in kinds[path[-1]]:
        numbers: st.SearchStrategy[float] = st.integers(round(2 * least), round(2 * most)).map(
            lambda number: min(most, max(least, number / 2))
        )
    else:
        numbers = st.integers(round(least), round(most))
    return numbers.map(lambda number: (path, number))


def _sound(changes: list[tuple[tuple[str, ...], float]]) -> Protocol:
    """Return the protocol of what fits together of these changes."""
    told = dict(changes)
    while True:
        try:
            return protocol(**nested(told))
        except ProtocolError as error:
            wrong = {one.path for one in error.problems}
            told = (
                {path: value for path, value in told.items() if path not in wrong}
                if any(path in wrong for path in told)
                else {}
            )


sound_protocols = st.lists(
    st.sampled_from(sorted(FIGURES)).flatmap(_amount), min_size=1, max_size=25
).map(_sound)
