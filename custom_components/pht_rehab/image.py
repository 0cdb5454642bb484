"""The picture of the next exercise, moving, for dashboards and notifications."""

from typing import Final, override

from homeassistant.components.image import ImageEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .coordinator import RehabConfigEntry, RehabCoordinator
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
        self._side: Side = "left" if coordinator.course.set_up.side == "left" else "right"
        self._drawn: tuple[str, bytes] | None = None
        self._show()

    @property
    @override
    def shown(self) -> str | None:
        left = (item.prescribed.id for item in self.coordinator.data.items if not item.done)
        return next(left, None)

    def _show(self) -> None:
        self._attr_image_last_updated = dt_util.utcnow() if self.shown is not None else None

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        if self.shown != self._written:
            self._show()
        super()._handle_coordinator_update()

    @override
    def image(self) -> bytes | None:
        """Return the GIF; called in the executor, as drawing takes half a second."""
        exercise = self.shown
        if exercise is None:
            return None
        if self._drawn is None or self._drawn[0] != exercise:
            self._drawn = exercise, gif(exercise, self._side)
        return self._drawn[1]
