"""When to listen to sentences: while a programme is loaded and Home Assistant converses."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.helpers.importlib import async_import_module
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN

CONVERSATION: Final = "conversation"
_IN_USE: Final = (ConfigEntryState.LOADED, ConfigEntryState.SETUP_IN_PROGRESS)


@dataclass(slots=True)
class _Listening:
    """Once for all programmes; the lock keeps apart those that come and go side by side."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    detach: CALLBACK_TYPE | None = None


_LISTENING: Final[HassKey[_Listening]] = HassKey(f"{DOMAIN}_listening")


async def async_update_listening(hass: HomeAssistant, _component: str = CONVERSATION) -> None:
    """Listen if there is a programme to talk to, and otherwise do not."""
    listening = hass.data.setdefault(_LISTENING, _Listening())
    async with listening.lock:
        wanted = CONVERSATION in hass.config.components and any(
            entry.state in _IN_USE for entry in hass.config_entries.async_entries(DOMAIN)
        )
        if wanted and listening.detach is None:
            # Imported only here: a house that does not converse needs nothing of it.
            sentences = await async_import_module(hass, f"{__package__}.sentences")
            listening.detach = await sentences.async_attach(hass)
        elif not wanted and listening.detach is not None:
            listening.detach()
            listening.detach = None
