"""Watches what counts kilometres: a run nobody logged is noticed once its day is over.

The source is a sensor chosen in the options; without one nothing here exists. What it has told
lies in a file of its own, readable by Home Assistant's user alone, and in no log.
"""

import logging
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    EVENT_HOMEASSISTANT_STOP,
    UnitOfLength,
)
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    async_track_entity_registry_updated_event,
    async_track_state_change_event,
)
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import DistanceConverter

from .const import DOMAIN
from .domain import decide
from .domain.distance import Meter
from .sources import follow

if TYPE_CHECKING:
    from .coordinator import RehabConfigEntry, RehabCoordinator

_LOGGER: Final = logging.getLogger(__name__)
RUNNING_SOURCE: Final = "running_source"
"""Key of the options: the sensor that counts kilometres of running."""
_SAVE_DELAY: Final = 10
_SOURCE: Final = "source"


def _memory(hass: HomeAssistant, entry: RehabConfigEntry) -> Store[dict[str, Any]]:
    return Store(hass, 1, f"{DOMAIN}.{entry.entry_id}.distance", private=True, atomic_writes=True)


async def async_forget(hass: HomeAssistant, entry: RehabConfigEntry) -> None:
    """Delete what a source has told."""
    await _memory(hass, entry).async_remove()


async def async_watch_runs(coordinator: RehabCoordinator) -> None:
    """Watch the source of a programme that has one, until it is unloaded."""
    hass, entry = coordinator.hass, coordinator.config_entry
    source = entry.options.get(RUNNING_SOURCE)
    if not source:
        await async_forget(hass, entry)
        return
    watch = RunWatch(coordinator, source)
    await watch.async_restore()
    entry.async_on_unload(async_at_started(hass, watch.async_start))


class RunWatch:
    """The kilometres of one programme's source by date, as long as nobody has asked for them."""

    def __init__(self, coordinator: RehabCoordinator, source: str) -> None:
        self._hass = coordinator.hass
        self._coordinator = coordinator
        self._entry = coordinator.config_entry
        self._source = source
        self._meter = Meter()
        self._store = _memory(self._hass, self._entry)
        self._logging = False
        self._live = True

    async def async_restore(self) -> None:
        """Take up what this source had told before a restart."""
        told = await self._store.async_load()
        if told is None or told.get(_SOURCE) != self._source:
            return
        try:
            self._meter.restore(told)
        except AttributeError, KeyError, TypeError, ValueError:
            _LOGGER.debug("What was remembered of the distance makes no sense and is left out")

    @callback
    def async_start(self, hass: HomeAssistant) -> None:
        """Look at the source from now on."""
        for stop in (
            async_track_state_change_event(hass, self._source, self._async_seen),
            async_track_entity_registry_updated_event(hass, self._source, self._async_registered),
            self._coordinator.async_add_listener(self._look),
            hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, self._async_stopping),
            self._async_save,
        ):
            self._entry.async_on_unload(stop)
        self._see(hass.states.get(self._source))

    @callback
    def _async_seen(self, event: Event[EventStateChangedData]) -> None:
        self._see(event.data["new_state"])

    def _see(self, state: State | None) -> None:
        self._meter.see(None if state is None else _kilometres(state), dt_util.now())
        self._save_soon()
        self._look()

    @callback
    def _async_registered(self, event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        self._source = event.data["entity_id"]  # before it reloads: that is what it remembers
        follow(self._hass, self._entry, RUNNING_SOURCE, event)

    # What is remembered

    def _told(self) -> dict[str, Any]:
        return {_SOURCE: self._source, **self._meter.memory(dt_util.now())}

    def _save_soon(self) -> None:
        if self._live:
            self._store.async_delay_save(self._told, _SAVE_DELAY)

    @callback
    def _async_stopping(self, _event: Event) -> None:
        """Remember until when the counter was seen; Home Assistant writes it before it ends."""
        self._save_soon()

    async def _async_save(self) -> None:
        self._live = False  # who comes next owns the file
        await self._store.async_save(self._told())

    # What is noticed

    @callback
    def _look(self) -> None:
        """Notice the dates that are over by now."""
        today = dt_util.now().date()
        if self._logging or not self._meter.before(today):
            return
        self._logging = True
        log = self._async_log(today)
        _ = self._entry.async_create_task(self._hass, log, f"{DOMAIN} run noticed")

    async def _async_log(self, today: date) -> None:
        """Record them; what cannot be stored now is tried again."""
        try:
            for grown in self._meter.before(today):
                told = partial(
                    decide.notice_run,
                    kilometres=grown.kilometres,
                    on=grown.on,
                    since=grown.since,
                )
                try:
                    await self._coordinator.async_record(told)
                except ServiceValidationError:
                    _LOGGER.debug("A run is not about a day that can be reported")
                except HomeAssistantError:
                    return
                self._meter.forget(grown.on)
        finally:
            self._logging = False
            self._save_soon()


def _kilometres(state: State) -> float | None:
    """Return a reading in kilometres; None if there is none."""
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    if unit not in DistanceConverter.VALID_UNITS:
        return None
    try:
        value = float(state.state)
    except ValueError:
        return None
    return DistanceConverter.convert(value, unit, UnitOfLength.KILOMETERS)
