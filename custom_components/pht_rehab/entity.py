"""What all entities of a programme share."""

from typing import Final

from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import RehabCoordinator

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
