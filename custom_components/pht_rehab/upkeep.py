"""Upkeep of the journal's files, when nobody waits for them: written anew, copied each month."""

import asyncio
import logging
from datetime import date
from typing import Final

from homeassistant.core import HomeAssistant

from .store import Journal, JournalError

_LOGGER: Final = logging.getLogger(__name__)


class Upkeep:
    """Looks after one journal; ``lock`` keeps entries from being stored meanwhile."""

    def __init__(self, hass: HomeAssistant, journal: Journal, lock: asyncio.Lock) -> None:
        self._hass = hass
        self._journal = journal
        self._lock = lock
        self._held = False

    async def async_run(self, today: date) -> None:
        """Do what is due. A disk that refuses is asked again the next day."""
        async with self._lock:
            if self._held or self._hass.is_stopping:
                return
            try:
                await self._hass.async_add_executor_job(self._run, today)
            except JournalError:
                _LOGGER.warning("The log could not be compacted or copied; it is as it was")

    def _run(self, today: date) -> None:
        if self._journal.wasteful:
            self._journal.compact()
        self._journal.export(today)

    async def async_hold(self) -> None:
        """Return once no write is under way, and keep the files in their places from then on.

        A backup copies them one by one; entries may be added meanwhile.
        """
        async with self._lock:
            self._held = True

    def release(self) -> None:
        """Let the files be changed again."""
        self._held = False
