"""The picture of the next exercise, moving, for dashboards and notifications."""

from typing import Final, override

from homeassistant.components.image import ImageEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .coordinator import RehabConfigEntry, RehabCoordinator
from .domain.exercises import Sides
from .domain.model import Side as OneSide
from .entity import RehabEntity
from .figures import Side, gif

PARALLEL_UPDATES = 0

NEXT: Final = EntityDescription(key="next_exercise")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RehabConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the picture."""
    async_add_entities([NextExercise(hass, entry.runtime_data, NEXT)])


class NextExercise(RehabEntity, ImageEntity):
    """The first exercise of today that is not yet done; unknown when none is left."""

    _attr_content_type = "image/gif"

    def __init__(
        self, hass: HomeAssistant, coordinator: RehabCoordinator, description: EntityDescription
    ) -> None:
        RehabEntity.__init__(self, coordinator, description)
        ImageEntity.__init__(self, hass)
        self._drawn: tuple[tuple[str, Side], bytes] | None = None
        self._show()

    @property
    @override
    def shown(self) -> tuple[str, Side] | None:
        left = (item.prescribed for item in self.coordinator.data.items if not item.done)
        first = next(left, None)
        return None if first is None else (first.id, self._side_of(first.sides))

    def _side_of(self, sides: Sides | OneSide) -> Side:
        """Return the side that works: the one the dose is for, else the affected one."""
        told = sides.value if isinstance(sides, OneSide) else self.coordinator.data.side
        return "left" if told == "left" else "right"

    def _show(self) -> None:
        self._attr_image_last_updated = dt_util.utcnow() if self.shown is not None else None

    @callback
    @override
    def async_update_token(self) -> None:
        """Renew the token with the picture alone.

        Core asks every five minutes and writes: 288 states a day, the picture loaded at each.
        """
        self._is_written = bool(self.access_tokens) and self.shown == self._written
        if not self._is_written:
            super().async_update_token()

    @callback
    @override
    def _async_write_ha_state(self) -> None:
        if self._is_written:
            self._is_written = False
        else:
            super()._async_write_ha_state()

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        if self.shown != self._written:
            self._show()
            self.async_update_token()
        super()._handle_coordinator_update()

    @override
    def image(self) -> bytes | None:
        """Return the GIF; called in the executor, as drawing takes half a second."""
        exercise = self.shown
        if exercise is None:
            return None
        if self._drawn is None or self._drawn[0] != exercise:
            self._drawn = exercise, gif(*exercise)
        return self._drawn[1]
