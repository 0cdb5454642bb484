"""Backups of Home Assistant, which contain the log: no file of it moves while one is made."""

from homeassistant.core import HomeAssistant

from .const import DOMAIN
from .coordinator import RehabConfigEntry


async def async_pre_backup(hass: HomeAssistant) -> None:
    """Wait until what is being written is written, and keep the files where they are."""
    for entry in _programmes(hass):
        await entry.runtime_data.upkeep.async_hold()


async def async_post_backup(hass: HomeAssistant) -> None:
    """Let the files be looked after again."""
    for entry in _programmes(hass):
        entry.runtime_data.upkeep.release()


def _programmes(hass: HomeAssistant) -> list[RehabConfigEntry]:
    return hass.config_entries.async_loaded_entries(DOMAIN)
