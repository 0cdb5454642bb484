"""Watches the seats of a programme: how long the person has been sitting, and when to get up.

Who sits is told by occupancy sensors, chosen in the options; without one nothing here exists.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from homeassistant.const import STATE_OFF, STATE_ON, Platform
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    HassJob,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    async_track_entity_registry_updated_event,
    async_track_point_in_utc_time,
    async_track_state_change_event,
)
from homeassistant.util import dt as dt_util

from .clock_watch import ClockWatch
from .const import DOMAIN
from .domain import decide
from .domain.bout import MINUTE, Bouts
from .sources import follow

if TYPE_CHECKING:
    from .coordinator import RehabConfigEntry, RehabCoordinator

_LOGGER: Final = logging.getLogger(__name__)
SEATS: Final = "seats"
"""Key of the options: the binary sensors that tell whether somebody sits."""
ENTITIES: Final = (
    (Platform.SENSOR, "sitting_time"),
    (Platform.SENSOR, "sitting_today"),
    (Platform.BINARY_SENSOR, "sitting_break_due"),
)
_OCCUPIED: Final = {STATE_ON: True, STATE_OFF: False}


@callback
def forget_entities(hass: HomeAssistant, entry: RehabConfigEntry) -> None:
    """Remove what is shown of the seats of a programme that has none any more."""
    registry = er.async_get(hass)
    for platform, key in ENTITIES:
        unique_id = f"{entry.entry_id}_{key}"
        if (found := registry.async_get_entity_id(platform, DOMAIN, unique_id)) is not None:
            registry.async_remove(found)


class SeatWatch:
    """The bouts of one programme, from its seats; tells its listeners each minute of one."""

    def __init__(self, coordinator: RehabCoordinator, seats: Iterable[str]) -> None:
        self._hass = coordinator.hass
        self._coordinator = coordinator
        self._seats = tuple(dict.fromkeys(seats))
        self._bouts = Bouts(self._seats, coordinator.course.rules)
        self._listeners: list[CALLBACK_TYPE] = []
        self.on_bout: set[CALLBACK_TYPE] = set()
        """Who is called back when a bout begins, reaches the limit, or ends."""
        self._timer: CALLBACK_TYPE | None = None
        self._shown: object = None
        self._known = False
        self.break_due = False
        """Whether it is time to get up; as of the last look."""
        self._looked = (dt_util.utcnow(), self._hass.loop.time())

    # What it tells

    @property
    def minutes(self) -> int:
        """How long the person has been sitting, whole minutes; 0 while nobody sits."""
        return self._bouts.current(dt_util.utcnow()) // MINUTE

    @property
    def minutes_today(self) -> int:
        """How long somebody sat today, whole minutes."""
        midnight = dt_util.as_utc(dt_util.start_of_local_day())
        return self._bouts.since(midnight, dt_util.utcnow()) // MINUTE

    @property
    def since(self) -> str | None:
        """When the bout in progress began, in ISO format; None while nobody sits."""
        start = self._bouts.start
        return None if start is None else dt_util.as_local(start).isoformat(timespec="seconds")

    @callback
    def async_add_listener(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back with each minute; return what stops it."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    # From start to stop

    @property
    def memory(self) -> dict[str, Any]:
        """What to remember over a restart."""
        return {"due": self.break_due, **self._bouts.memory(dt_util.utcnow())}

    @callback
    def restore(self, told: Mapping[str, Any]) -> None:
        """Take up what was remembered; the first who remembers is enough."""
        if self._known:
            return
        self._known = True
        try:
            self._bouts.restore(told, dt_util.utcnow())
            self.break_due = bool(told["due"]) and self._bouts.start is not None
        except AttributeError, KeyError, TypeError, ValueError:
            _LOGGER.debug("What was remembered of the seats makes no sense and is left out")

    @callback
    def async_start(self, _hass: HomeAssistant) -> None:
        """Look at the seats from now on, until the programme is unloaded."""
        self._known = True
        entry = self._coordinator.config_entry
        stops: tuple[Callable[[], None], ...] = (
            async_track_state_change_event(self._hass, self._seats, self._async_seen),
            async_track_entity_registry_updated_event(
                self._hass, self._seats, self._async_registered
            ),
            self._coordinator.async_add_listener(self._tell),  # the limit may be another now
            ClockWatch(self._hass.loop, self._clock_set).close,
            self._stop_timer,
        )
        for stop in stops:
            entry.async_on_unload(stop)
        for seat in self._seats:
            self._see(seat, self._hass.states.get(seat))
        self._look()

    @callback
    def _async_seen(self, event: Event[EventStateChangedData]) -> None:
        self._see(event.data["entity_id"], event.data["new_state"])
        self._look()

    def _see(self, seat: str, state: State | None) -> None:
        occupied = None if state is None else _OCCUPIED.get(state.state)
        self._bouts.see(seat, dt_util.utcnow(), occupied=occupied)

    @callback
    def _async_registered(self, event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        follow(self._hass, self._coordinator.config_entry, SEATS, event)

    @callback
    def _clock_set(self) -> None:
        """Move with the clock: what it jumped over was not spent sitting."""
        wall, passed = self._looked
        elapsed = self._hass.loop.time() - passed
        self._bouts.shift(dt_util.utcnow() - wall - timedelta(seconds=elapsed))
        self._look()

    # Each time something may have changed

    @callback
    def _look(self, _now: datetime | None = None) -> None:
        now = dt_util.utcnow()
        self._looked = (now, self._hass.loop.time())
        self._bouts.pass_time(now)
        self._arm(now)
        self._tell()
        if self._bouts.long:
            log = self._async_log()
            _ = self._coordinator.config_entry.async_create_task(
                self._hass, log, f"{DOMAIN} long sitting"
            )

    def _arm(self, now: datetime) -> None:
        """Wait for the next moment something changes by itself; for none while nobody sits."""
        self._stop_timer()
        if (then := self._bouts.next_change(now)) is not None:
            self._timer = async_track_point_in_utc_time(
                self._hass, HassJob(self._look, cancel_on_shutdown=True), then
            )

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer()
            self._timer = None

    @callback
    def _tell(self) -> None:
        """Tell each minute, and the begin, limit and end of a bout."""
        limit = self._coordinator.data.sitting_limit
        sits = self._bouts.start is not None
        self.break_due = sits and limit is not None and self.minutes >= limit
        shown = (self._bouts.start, self.break_due)
        others = () if shown == self._shown else self.on_bout
        self._shown = shown
        for listener in (*self._listeners, *others):
            listener()

    async def _async_log(self) -> None:
        """Log the long bouts that are over; one that cannot be stored now is tried again."""
        for bout in tuple(self._bouts.long):
            told = partial(
                decide.log_sitting,
                began=bout.start,
                minutes=bout.minutes,
                on=dt_util.as_local(bout.end).date(),
            )
            try:
                await self._coordinator.async_record(told)
            except ServiceValidationError:
                _LOGGER.debug("A long bout is not about a day that can be reported")
            except HomeAssistantError:
                return
            self._bouts.long = [left for left in self._bouts.long if left != bout]
