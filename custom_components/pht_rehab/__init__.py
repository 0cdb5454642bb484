"""A personal exercise planner and diary for proximal hamstring tendinopathy."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import (
    ConfigEntryError,
    ConfigEntryNotReady,
    HomeAssistantError,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.helpers.typing import ConfigType
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from .const import DOMAIN, PLATFORMS
from .coordinator import RehabConfigEntry, RehabCoordinator
from .domain import decide
from .domain.codec import CodecError, decode
from .domain.course import SETTINGS, Course
from .domain.decide import Decision, Moment
from .domain.facts import Fact, RulesAdopted, SetUp
from .domain.rules import RULES, RULES_VERSION
from .issues import forget_all, tell_of_damage
from .services import async_setup_services
from .store import Journal, JournalError, Loaded
from .texts import async_load_texts

CONFIG_SCHEMA: Final = cv.config_entry_only_config_schema(DOMAIN)

_CREATED: Final = "journal_created"


async def async_setup(hass: HomeAssistant, _config: ConfigType) -> bool:
    """Register the actions."""
    async_setup_services(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: RehabConfigEntry) -> bool:
    """Replay the journal and show the programme."""
    journal = _journal(hass, entry)
    try:
        loaded = await hass.async_add_executor_job(_open, journal, dict(entry.data))
    except (JournalError, CodecError) as error:
        raise _not_set_up(error) from error
    if not entry.data.get(_CREATED):
        hass.config_entries.async_update_entry(entry, data={**entry.data, _CREATED: True})
    if loaded.bad or loaded.missing:
        tell_of_damage(hass, entry, loaded)
    texts = await async_load_texts(hass)
    coordinator = RehabCoordinator(hass, entry, journal, loaded, texts)
    entry.runtime_data = coordinator
    await coordinator.async_start()
    wanted = {name: _setting(entry, name) for name in SETTINGS}
    try:
        await coordinator.async_record(
            lambda course, at: decide.change_options(course, at, **wanted)
        )
        await coordinator.async_record(_adopt_rules)
    except HomeAssistantError as error:
        raise _not_set_up(error.__cause__) from error
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    await coordinator.async_go_live()
    return True


def _not_set_up(error: BaseException | None) -> HomeAssistantError:
    """Return why there is no programme now; a disk that refuses may take it later."""
    key = error.key if isinstance(error, JournalError) else "log_unreadable"
    kind = ConfigEntryNotReady if key == "save_failed" else ConfigEntryError
    return kind(translation_domain=DOMAIN, translation_key=key)


async def async_unload_entry(hass: HomeAssistant, entry: RehabConfigEntry) -> bool:
    """Take the programme away; the journal needs no last word."""
    await entry.runtime_data.async_shutdown()
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: RehabConfigEntry) -> None:
    """Delete the journal with the programme."""
    forget_all(hass, entry)
    await hass.async_add_executor_job(_journal(hass, entry).remove)


def _journal(hass: HomeAssistant, entry: RehabConfigEntry) -> Journal:
    return Journal(Path(hass.config.path(STORAGE_DIR, f"{DOMAIN}.{entry.entry_id}.jsonl")))


def _open(journal: Journal, data: Mapping[str, Any]) -> Loaded:
    """Load the journal. Only a programme that never had one gets a new one.

    A set-up that damage has taken is still in the entry: its answers are stored once more.
    """
    try:
        loaded = journal.load()
    except JournalError as error:
        if data.get(_CREATED) or error.key == "log_newer":
            raise
        set_up = _set_up(data)
        journal.create([set_up])
        return Loaded(announced=(set_up,))
    rules = {fact.rules_version for fact in loaded.facts if isinstance(fact, SetUp | RulesAdopted)}
    if not rules <= RULES.keys():
        raise JournalError("log_newer")
    if any(isinstance(fact, SetUp) for fact in loaded.facts):
        return loaded
    set_up = _set_up(data)
    journal.append([set_up])
    return replace(
        loaded, announced=(*loaded.facts, set_up), unannounced=(), missing=max(1, loaded.missing)
    )


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


def _setting(entry: RehabConfigEntry, name: str) -> object:
    value = entry.options.get(name, entry.data.get(name))
    return tuple(value) if isinstance(value, list) else value


def _adopt_rules(course: Course, at: Moment) -> Decision:
    adopted = [
        fact.rules_version
        for fact in course.facts.values()
        if isinstance(fact, SetUp | RulesAdopted)
    ]
    if max(adopted) >= RULES_VERSION:
        return Decision()
    on: date = max(at.today, course.start)
    fact = RulesAdopted(log_id=at.new_id(), on=on, logged_at=at.now, rules_version=RULES_VERSION)
    return Decision((fact,), fact.log_id)
