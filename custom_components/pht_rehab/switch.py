"""The switch with which a programme is paused and taken up again."""

from typing import Any, Final, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import RehabConfigEntry
from .domain import decide
from .entity import RehabEntity

PARALLEL_UPDATES = 0

# A setting, so that neither "turn everything off" nor an area's target pauses a programme.
ACTIVE: Final = SwitchEntityDescription(key="active", entity_category=EntityCategory.CONFIG)


async def async_setup_entry(
    _hass: HomeAssistant,
    entry: RehabConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the switch."""
    async_add_entities([ActiveSwitch(entry.runtime_data, ACTIVE)])


class ActiveSwitch(RehabEntity, SwitchEntity):
    """Off while the programme is paused; turned to what it is already, it records nothing."""

    @property
    @override
    def shown(self) -> bool:
        return self.is_on

    @property
    @override
    def is_on(self) -> bool:
        return not self.coordinator.data.standing.paused

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        if not self.is_on:
            await self.coordinator.async_record(decide.resume)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        if self.is_on:
            await self.coordinator.async_record(decide.pause)
