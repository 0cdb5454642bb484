"""What the system's health page says: how many programmes, how much log, what is damaged."""

from typing import Any

from homeassistant.components.system_health import SystemHealthRegistration
from homeassistant.core import HomeAssistant, callback

from .const import DOMAIN
from .domain.rules import RULES_VERSION


@callback
def async_register(_hass: HomeAssistant, register: SystemHealthRegistration) -> None:
    """Register the information."""
    register.async_register_info(_async_info)


async def _async_info(hass: HomeAssistant) -> dict[str, Any]:
    coordinators = [
        entry.runtime_data for entry in hass.config_entries.async_loaded_entries(DOMAIN)
    ]
    return {
        "programmes": len(coordinators),
        "entries": sum(len(known.course.facts) for known in coordinators),
        "log_bytes": sum(known.journal.size for known in coordinators),
        "damaged": sum(known.loaded.bad + known.loaded.missing for known in coordinators),
        "rules_version": RULES_VERSION,
    }
