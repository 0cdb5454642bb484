"""What all entities of a programme share."""

from typing import Final, override

from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.restore_state import RestoredExtraData, RestoreEntity
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import RehabCoordinator
from .sitting import SeatWatch

MODEL: Final = "Proximal hamstring programme"


class RehabEntity(CoordinatorEntity[RehabCoordinator]):
    """One view of a programme; its key is the public name, translated and in the unique id."""

    _attr_has_entity_name = True

    def __init__(self, coordinator: RehabCoordinator, description: EntityDescription) -> None:
        super().__init__(coordinator)
        entry = coordinator.config_entry
        self.entity_description = description
        self._attr_translation_key = description.key
        self._attr_unique_id = f"{entry.entry_id}_{description.key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, entry.entry_id)},
            entry_type=DeviceEntryType.SERVICE,
            name=entry.title,
            model=MODEL,
        )
        self._written: object = None

    @property
    def shown(self) -> object:
        """What state and attributes are made from; None for what shows nothing of the overview."""
        return None

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self._written = self.shown  # with which it is written in a moment

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write only what looks different: one report changes few of all the entities."""
        if (shown := self.shown) != self._written:
            self._written = shown
            super()._handle_coordinator_update()


class SeatEntity(RehabEntity, RestoreEntity):
    """One view of who sits, minute by minute; each remembers the seats over a restart."""

    def __init__(
        self, coordinator: RehabCoordinator, description: EntityDescription, seats: SeatWatch
    ) -> None:
        super().__init__(coordinator, description)
        self.seats = seats

    @property
    @override
    def extra_restore_state_data(self) -> RestoredExtraData:
        return RestoredExtraData(self.seats.memory)

    @override
    async def async_added_to_hass(self) -> None:
        if (known := await self.async_get_last_extra_data()) is not None:
            self.seats.restore(known.as_dict())
        await super().async_added_to_hass()
        self.async_on_remove(self.seats.async_add_listener(self._handle_coordinator_update))
