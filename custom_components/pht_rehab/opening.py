"""What a programme starts from: its journal, or the set-up's answers where there is none yet."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from .const import DOMAIN
from .domain.adopted import ProtocolError, rules_of
from .domain.choices import add_side
from .domain.codec import decode
from .domain.course import Course
from .domain.decide import Decision, Moment
from .domain.facts import Fact, ProtocolAdopted, RulesAdopted, SetUp
from .domain.rules import RULES, RULES_VERSION
from .store import Journal, JournalError, Loaded

CREATED: Final = "journal_created"
"""Key of the entry's data: there has been a journal, so none now is a lost one."""
OTHER_SIDE: Final = "other_side"
"""Key of the entry's data: the second side's first scores, and since when it is followed."""
GONE: Final = frozenset({"log_lost", "log_unreadable", "log_foreign"})
"""What a journal says of which nothing can be read; a newer one only needs an update."""


def journal_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> Journal:
    """Return the journal of an entry, not read yet."""
    return Journal(Path(hass.config.path(STORAGE_DIR, f"{DOMAIN}.{entry.entry_id}.jsonl")))


def open_journal(journal: Journal, data: Mapping[str, Any]) -> Loaded:
    """Load the journal. Only a programme that never had one gets a new one.

    A set-up that damage has taken is still in the entry: its answers are stored once more.
    """
    try:
        loaded = journal.load()
    except JournalError as error:
        if data.get(CREATED) or error.key == "log_newer":
            raise
        return Loaded(announced=(start_over(journal, data),))
    _refuse_newer(loaded)
    if any(isinstance(fact, SetUp) for fact in loaded.facts):
        return loaded
    set_up = _set_up(data)
    journal.append([set_up])
    return replace(
        loaded, announced=(*loaded.facts, set_up), unannounced=(), missing=max(1, loaded.missing)
    )


def _refuse_newer(loaded: Loaded) -> None:
    """Raise ``JournalError`` if a newer version adopted rules or a protocol this one lacks."""
    for fact in loaded.facts:
        if isinstance(fact, SetUp | RulesAdopted | ProtocolAdopted):
            try:
                if fact.rules_version not in RULES:
                    raise JournalError("log_newer")
                if isinstance(fact, ProtocolAdopted):
                    _ = rules_of(fact.content, fact.rules_version)
            except ProtocolError:
                raise JournalError("log_newer") from None


def start_over(journal: Journal, data: Mapping[str, Any]) -> Fact:
    """Begin a journal with the set-up's answers alone; what lies in its place is set aside."""
    set_up = _set_up(data)
    journal.create([set_up])
    return set_up


def restore(journal: Journal, _data: Mapping[str, Any]) -> None:
    """Begin a journal with the entries of its copies."""
    journal.restore()


def add_other_side(course: Course, at: Moment, data: Mapping[str, Any]) -> Decision:
    """Follow the second side, if the entry's data tells of one and the log does not yet."""
    if (told := data.get(OTHER_SIDE)) is None:
        return Decision()
    answers = {name: value for name, value in told.items() if name != "date"}
    return add_side(course, at, date.fromisoformat(told["date"]), **answers)


def _set_up(data: Mapping[str, Any]) -> Fact:
    answers = dict(data["set_up"])
    return decode(
        {
            "kind": SetUp.kind,
            "log_id": ulid_now(),
            "on": answers.pop("date", None),
            "logged_at": dt_util.utcnow().isoformat(),
            "rules_version": RULES_VERSION,
            **answers,
        }
    )
