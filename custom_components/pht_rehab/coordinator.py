"""The sole writer of a programme: decide, make durable, publish, announce, in this order."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import CALLBACK_TYPE, Event, HassJob, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from .announcer import Announcer
from .clock import instant, next_change
from .clock_watch import ClockWatch
from .const import DOMAIN
from .domain.course import DEADLINE, Course
from .domain.decide import Decision, Moment
from .domain.facts import Fact, OptionsChanged
from .domain.intake import take_in
from .domain.overview import Overview, overview
from .errors import translated
from .issues import forget_unsaved, tell_other_side, tell_unsaved
from .store import Journal, JournalError, Loaded
from .texts import Texts, async_load_texts
from .upkeep import Upkeep

if TYPE_CHECKING:
    from .sitting import SeatWatch

_LOGGER: Final = logging.getLogger(__name__)
_TICK: Final = timedelta(microseconds=1)

type RehabConfigEntry = ConfigEntry[RehabCoordinator]
type Decide = Callable[[Course, Moment], Decision]


class RehabCoordinator(DataUpdateCoordinator[Overview]):
    """One programme: its course, the overview of this moment, and the stream of activities."""

    config_entry: RehabConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: RehabConfigEntry,
        journal: Journal,
        loaded: Loaded,
        texts: Texts,
    ) -> None:
        super().__init__(hass, _LOGGER, config_entry=entry, name=DOMAIN, always_update=False)
        self.journal = journal
        self.loaded = loaded
        self.texts = texts
        self.session_due = False
        self.morning_check_due = False
        self._lock = asyncio.Lock()
        self.upkeep = Upkeep(hass, journal, self._lock)
        self._upkept: date | None = None
        self.on_gone: set[CALLBACK_TYPE] = set()
        self.seats: SeatWatch | None = None
        self._live = False
        self._timer: CALLBACK_TYPE | None = None

    def _read_clocks(self) -> tuple[str, str]:
        settings = self.course.settings
        return str(settings["session_time"]), str(settings["morning_time"])

    async def async_start(self) -> None:
        """Work out where the programme stands; years of facts are replayed off the loop."""
        self.data = await self.hass.async_add_executor_job(self._replay, dt_util.now())
        self._publish()
        self.config_entry.async_on_unload(self.async_shutdown)
        self.config_entry.async_on_unload(
            self.hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, self._async_config_changed)
        )
        watch = ClockWatch(self.hass.loop, self._clock_set)
        self.config_entry.async_on_unload(watch.close)

    def _replay(self, now: datetime) -> Overview:
        """Read what was stored; in the executor, before anybody else can see the programme."""
        stored = self.loaded
        self.course = Course(stored.facts)
        self._clocks = self._read_clocks()
        self._last = max(fact.logged_at for fact in stored.facts)
        self.announcer = Announcer(stored, self.course)
        return overview(self.course, now)

    @callback
    def _clock_set(self) -> None:
        look = self.async_look_again()
        _ = self.config_entry.async_create_task(self.hass, look, f"{DOMAIN} clock set")

    @override
    async def async_shutdown(self) -> None:
        """Stop. Who comes next owns the journal, so a write under way is waited for."""
        await super().async_shutdown()
        self._stop_timer()
        for gone in tuple(self.on_gone):
            gone()
        async with self._lock:
            return

    @override
    async def _async_update_data(self) -> Overview:
        async with self._lock:
            self._publish()
        return self.data

    def session_time(self, on: date) -> datetime:
        """Return when a session of a date is due, in local time."""
        return dt_util.as_local(instant(on, self._clocks[0]))

    @property
    def next_session(self) -> datetime | None:
        """When the next planned session is due."""
        on = self.data.next_session
        return None if on is None else self.session_time(on)

    async def async_record(self, decide: Decide) -> Decision:
        """Record what ``decide`` makes of the course; nothing has changed when it raises.

        A caller that is cancelled must not part what is stored from what is known.
        """
        return await asyncio.shield(
            self.config_entry.async_create_task(
                self.hass, self._async_record(decide), f"{DOMAIN} record"
            )
        )

    async def _async_record(self, decide: Decide) -> Decision:
        async with self._lock:
            self._refuse_when_stopped()
            with translated():
                decision = decide(self.course, Moment(dt_util.now(), ulid_now))
                facts = tuple(self._stamped(fact) for fact in decision.facts)
                if facts:
                    await self._async_store(self.journal.append, facts)
            if facts:
                self._take(facts)
                self._publish(recorded=True)
                await self._async_announce()
            return replace(decision, facts=facts)

    def _refuse_when_stopped(self) -> None:
        if self.hass.is_stopping:
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key="stopping")
        if self._shutdown_requested:
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key="not_loaded")

    async def async_read[T](self, read: Callable[[RehabCoordinator], T]) -> T:
        """Return what ``read`` makes of the programme; off the loop, for years take long to tell.

        Nothing is recorded meanwhile.
        """
        async with self._lock:
            return await self.hass.async_add_executor_job(read, self)

    async def async_take_in(self, told: Sequence[Fact]) -> int:
        """Store entries from elsewhere and return how many; with any the programme starts anew.

        Nothing of them is announced: what an export tells has happened long ago. A caller that
        is cancelled changes nothing of it.
        """
        taken = self._async_take_in(told)  # no task of the entry: its end would wait for itself
        return await asyncio.shield(self.hass.async_create_task(taken, f"{DOMAIN} import"))

    async def _async_take_in(self, told: Sequence[Fact]) -> int:
        async with self._lock:
            self._refuse_when_stopped()
            at = Moment(dt_util.now(), ulid_now)
            with translated():
                found = await self.hass.async_add_executor_job(take_in, self.course, at, told)
                if not found.facts:
                    return 0
                write = self.journal.create if found.whole else self.journal.append
                await self._async_store(write, found.facts)
            await super().async_shutdown()  # what is known here is not what is stored any more
            with contextlib.suppress(JournalError):  # then it is told of after all
                await self._async_store(self.journal.announce, None)
        await self.hass.config_entries.async_reload(self.config_entry.entry_id)
        return len(found.facts)

    async def _async_store[T](self, write: Callable[[T], None], what: T) -> None:
        """Make something durable; while the disk refuses, a repair says so."""
        try:
            await self.hass.async_add_executor_job(write, what)
        except JournalError:
            tell_unsaved(self.hass, self.config_entry)
            raise
        forget_unsaved(self.hass, self.config_entry)

    def _stamped(self, fact: Fact) -> Fact:
        """Return the fact as the latest of all, even if the clock was set back since the last.

        In UTC: local times do not tell apart the hour that comes twice.
        """
        self._last = max(fact.logged_at.astimezone(UTC), self._last + _TICK)
        return replace(fact, logged_at=self._last)

    def _take(self, facts: tuple[Fact, ...]) -> None:
        for fact in facts:
            self.course.add(fact)
            self.announcer.take(fact, self.course)
        if any(isinstance(fact, OptionsChanged) for fact in facts):
            self._clocks = self._read_clocks()

    async def async_go_live(self) -> None:
        """Announce from now on, also what happened since the last time: someone listens."""
        self._live = True
        await self.async_look_again()

    async def async_look_again(self) -> None:
        """Publish and announce what the passage of time has changed."""
        async with self._lock:
            self._publish()
            await self._async_announce()
        today = dt_util.now().date()
        if self._live and today != self._upkept:
            self._upkept = today
            upkeep = self.upkeep.async_run(today)
            _ = self.config_entry.async_create_task(self.hass, upkeep, f"{DOMAIN} upkeep")

    async def _async_on_time(self, _now: datetime) -> None:
        await self.async_look_again()

    async def _async_config_changed(self, event: Event) -> None:
        if "language" in event.data:
            self.texts = await async_load_texts(self.hass)
            self.async_update_listeners()
        await self.async_look_again()

    @callback
    def _publish(self, *, recorded: bool = False) -> None:
        """Show this moment, if it looks different, and wait for the next that may.

        Who shows more than the overview does is told of whatever was ``recorded``.
        """
        now = dt_util.now()
        self._plan_timer(now)
        view = overview(self.course, now)
        tell_other_side(self.hass, self.config_entry, hurts=view.other_hurts)
        session_at, morning_at = (instant(view.today, clock) for clock in self._clocks)
        due = (
            view.session_open and dt_util.as_utc(now) >= session_at,
            view.morning_check_open and dt_util.as_utc(now) >= morning_at and now.time() < DEADLINE,
        )
        if view.today != self.data.today and any(due):
            self._show(view, (False, False))  # what is due is due anew
        self._show(view, due, anyway=recorded)

    def _show(self, view: Overview, due: tuple[bool, bool], *, anyway: bool = False) -> None:
        changed = view != self.data or due != (self.session_due, self.morning_check_due)
        self.session_due, self.morning_check_due = due
        if changed or anyway:
            self.async_set_updated_data(view)

    def _plan_timer(self, now: datetime) -> None:
        self._stop_timer()
        if self._shutdown_requested:
            return
        self._timer = async_track_point_in_utc_time(
            self.hass,
            HassJob(self._async_on_time, cancel_on_shutdown=True),
            next_change(now, (*self._clocks, DEADLINE.isoformat())),
        )

    @callback
    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer()
            self._timer = None

    async def _async_announce(self) -> None:
        if self._live and not self._shutdown_requested:
            await self.announcer.async_announce(self.data, self.course, self._async_store_announced)

    async def _async_store_announced(self, standing: dict[str, Any] | None) -> None:
        await self._async_store(self.journal.announce, standing)
