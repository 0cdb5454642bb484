"""A personal exercise planner and diary for proximal hamstring tendinopathy."""

import asyncio
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import (
    ConfigEntryError,
    ConfigEntryNotReady,
    HomeAssistantError,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.typing import ConfigType
from homeassistant.setup import async_when_setup

from .card import async_setup_card
from .const import DOMAIN, PLATFORMS
from .coordinator import RehabConfigEntry, RehabCoordinator
from .domain import decide
from .domain.codec import CodecError
from .domain.course import SETTINGS
from .issues import forget_all, forget_gone, tell_gone, tell_of_damage
from .listening import CONVERSATION, async_update_listening
from .opening import CREATED, GONE, add_other_side, journal_of, open_journal
from .protocol_choice import async_follow
from .run_watch import async_forget, async_watch_runs
from .services import async_setup_services
from .sitting import SEATS, SeatWatch, forget_entities
from .store import JournalError
from .texts import async_load_texts
from .websocket import async_setup_websocket

CONFIG_SCHEMA: Final = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, _config: ConfigType) -> bool:
    """Register the actions and commands; card and sentences as soon as there is who wants them."""
    async_setup_services(hass)
    async_setup_websocket(hass)
    async_when_setup(hass, "frontend", async_setup_card)
    async_when_setup(hass, CONVERSATION, async_update_listening)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: RehabConfigEntry) -> bool:
    """Replay the journal and show the programme."""
    journal = journal_of(hass, entry)
    try:
        loaded = await hass.async_add_executor_job(open_journal, journal, dict(entry.data))
    except (JournalError, CodecError) as error:
        if isinstance(error, JournalError) and error.key in GONE:
            tell_gone(hass, entry, *await hass.async_add_executor_job(journal.copies))
        raise _not_set_up(error) from error
    forget_gone(hass, entry)
    if not entry.data.get(CREATED):
        hass.config_entries.async_update_entry(entry, data={**entry.data, CREATED: True})
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
        await coordinator.async_record(decide.adopt_rules)
        await coordinator.async_record(lambda course, at: add_other_side(course, at, entry.data))
        await async_follow(hass, coordinator)
    except HomeAssistantError as error:
        raise _not_set_up(error.__cause__) from error
    if seats := entry.options.get(SEATS):
        coordinator.seats = SeatWatch(coordinator, seats)
    else:
        forget_entities(hass, entry)
    await _add_entities(hass, entry)
    if coordinator.seats is not None:
        entry.async_on_unload(async_at_started(hass, coordinator.seats.async_start))
    await async_watch_runs(coordinator)
    await coordinator.async_go_live()
    await async_update_listening(hass)
    return True


async def _add_entities(hass: HomeAssistant, entry: RehabConfigEntry) -> None:
    """Add them a platform at a time: dozens at once would hold everybody else up."""
    for platform in PLATFORMS:
        await hass.config_entries.async_forward_entry_setups(entry, [platform])
        await asyncio.sleep(0)


def _not_set_up(error: BaseException | None) -> HomeAssistantError:
    """Return why there is no programme now; a disk that refuses may take it later."""
    key = error.key if isinstance(error, JournalError) else "log_unreadable"
    kind = ConfigEntryNotReady if key == "save_failed" else ConfigEntryError
    return kind(translation_domain=DOMAIN, translation_key=key)


async def async_unload_entry(hass: HomeAssistant, entry: RehabConfigEntry) -> bool:
    """Take the programme away; the journal needs no last word."""
    await entry.runtime_data.async_shutdown()
    unloaded = await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
    await async_update_listening(hass)
    return unloaded


async def async_remove_entry(hass: HomeAssistant, entry: RehabConfigEntry) -> None:
    """Delete the journal with the programme."""
    forget_all(hass, entry)
    await hass.async_add_executor_job(journal_of(hass, entry).remove)
    await async_forget(hass, entry)


def _setting(entry: RehabConfigEntry, name: str) -> object:
    value = entry.options.get(name, entry.data.get(name))
    return tuple(value) if isinstance(value, list) else value
