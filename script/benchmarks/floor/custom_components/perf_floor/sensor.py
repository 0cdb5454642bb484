"""Ten sensors that do nothing by themselves."""

from typing import Any

from homeassistant.components.sensor import SensorEntity
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

SENSORS = 10


async def async_setup_entry(
    _hass: HomeAssistant,
    entry: ConfigEntry[Any],
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors."""
    async_add_entities(FloorSensor(entry, number) for number in range(SENSORS))


class FloorSensor(SensorEntity):
    """A sensor that shows what it was told."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, entry: ConfigEntry[Any], number: int) -> None:
        self._attr_name = f"Sensor {number}"
        self._attr_unique_id = f"{entry.entry_id}_{number}"
        self._attr_native_value = 0
        self._attr_device_info = DeviceInfo(
            identifiers={("perf_floor", entry.entry_id)},
            entry_type=DeviceEntryType.SERVICE,
            name=entry.title,
        )
