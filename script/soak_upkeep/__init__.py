"""Has the log written anew again and again, so that script/soak kills in the middle of it.

A log is otherwise compacted once in many months, at midnight.
"""

import asyncio
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType
from homeassistant.util import dt as dt_util

from custom_components.pht_rehab import store

DOMAIN: Final = "soak_upkeep"
OF: Final = "pht_rehab"
EVERY: Final = 0.05  # seconds
CONFIG_SCHEMA: Final = cv.empty_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, _config: ConfigType) -> bool:
    """Lower the threshold to nothing, and look after every log without end."""
    store.COMPACT_FROM = 0  # type: ignore[misc]
    store.SPARE_SHARE = 0.0  # type: ignore[misc]
    _ = hass.async_create_background_task(_look_after(hass), DOMAIN)
    return True


async def _look_after(hass: HomeAssistant) -> None:
    while True:
        await asyncio.sleep(EVERY)
        for entry in hass.config_entries.async_loaded_entries(OF):
            await entry.runtime_data.upkeep.async_run(dt_util.now().date())
