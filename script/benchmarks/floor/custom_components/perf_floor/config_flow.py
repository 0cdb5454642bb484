"""Nothing to configure."""

from homeassistant.config_entries import ConfigFlow


class FloorConfigFlow(ConfigFlow, domain="perf_floor"):
    """Never shown."""
