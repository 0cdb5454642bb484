"""Clocks that jump, stand still and come twice; zones that move; days that are missing."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED, EVENT_STATE_CHANGED
from homeassistant.core import (
    CoreState,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.util import dt as dt_util
from homeassistant.util.async_ import get_scheduled_timer_handles
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.pht_rehab.clock import instant, next_change
from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.coordinator import RehabCoordinator
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.codec import decode
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.decide import Moment
from custom_components.pht_rehab.domain.overview import overview
from tests.conftest import OPTIONS, SET_UP

SESSION: Final = "binary_sensor.anna_session_due"
MORNING: Final = "binary_sensor.anna_morning_check_due"
ACTIVITY: Final = "event.anna_activity"
LONGEST: Final = timedelta(hours=6)

type Seen = list[tuple[str, str]]


@dataclass
class Scene:
    """A programme with daily sessions, a clock, and what was seen of both."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    entry: MockConfigEntry
    log: bool = False
    last: tuple[str, str, str] = ("", "", "")
    session: Seen = field(default_factory=list)
    morning: Seen = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)

    @property
    def coordinator(self) -> RehabCoordinator:
        """The programme's coordinator."""
        found: RehabCoordinator = self.entry.runtime_data
        return found

    @callback
    def note(self, event: Event[EventStateChangedData]) -> None:
        """Note what turned on or off, and what was announced."""
        new, old = event.data["new_state"], event.data["old_state"]
        if new is None or new.state in {"unavailable", "unknown"}:
            return
        if new.entity_id == ACTIVITY:
            kind, on = new.attributes["event_type"], new.attributes["date"]
            if (new.state, kind, on) != self.last:  # not what a restart brings back
                self.told.append((kind, on))
            self.last = new.state, kind, on
            return
        seen = {SESSION: self.session, MORNING: self.morning}.get(new.entity_id)
        was = old.state if old is not None else "off"
        if seen is not None and (was == "on") != (new.state == "on"):
            seen.append((new.state, dt_util.now().isoformat()))

    async def settle(self) -> None:
        """Let what is due at this moment happen, and hold what is always true."""
        async_fire_time_changed(self.hass)
        await self.hass.async_block_till_done(wait_background_tasks=True)
        view, today = self.coordinator.data, dt_util.now().date()
        for key, then in (
            ("days_to_next_progression", view.next_progression),
            ("days_to_next_stage", view.next_stage),
        ):
            known = self.hass.states.get(f"sensor.anna_{key}")
            assert known is not None
            shown = "unknown" if then is None else str((then - today).days)
            assert known.state == shown, (key, dt_util.now())

    async def until(self, when: str) -> None:
        """Let time pass, from one timer to the next."""
        end = datetime.fromisoformat(when).astimezone(UTC)
        while (now := dt_util.utcnow()) < end:
            handles = get_scheduled_timer_handles(self.hass.loop)
            ahead = [it.when() - self.hass.loop.time() for it in handles if not it.cancelled()]
            seconds = min((wait for wait in ahead if wait > 0.1), default=LONGEST.total_seconds())
            step = min(timedelta(seconds=round(seconds)), LONGEST)
            self.freezer.move_to(min(end, now + max(step, timedelta(seconds=1))))
            await self.settle()
            if self.log:
                await self.report()

    async def report(self) -> None:
        """Do what is due."""
        if self.is_on(SESSION):
            await self.act("log_session", pain_during=1)
        if self.is_on(MORNING):
            await self.act("log_morning_check", pain=1)

    async def act(self, action: str, **data: object) -> Any:
        """Call an action."""
        answer = await self.hass.services.async_call(
            DOMAIN, action, data, blocking=True, return_response=True
        )
        await self.hass.async_block_till_done()
        return answer

    async def move(self, zone: str) -> None:
        """Go to another time zone."""
        await self.hass.config.async_update(time_zone=zone)
        await self.hass.async_block_till_done()
        await self.settle()

    def is_on(self, entity_id: str) -> bool:
        """Return whether something is due now."""
        return self.hass.states.is_state(entity_id, "on")

    def on(self, seen: Seen) -> list[str]:
        """Return when something turned on."""
        return [at for state, at in seen if state == "on"]

    def once(self) -> None:
        """Hold that nothing turned on, or was announced, twice for a date."""
        for seen in (self.session, self.morning):
            dates = Counter(at[:10] for at in self.on(seen))
            assert set(dates.values()) <= {1}, dates
        assert max(Counter(self.told).values(), default=1) == 1, self.told


@pytest.fixture
async def stage(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> AsyncIterator[Any]:
    """Return how to begin a programme somewhere, some time."""
    scenes: list[Scene] = []

    async def begin(
        zone: str, at: str, *, log: bool = False, level: str = "isometric", **clocks: str
    ) -> Scene:
        await hass.config.async_set_time_zone(zone)
        freezer.move_to(datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(zone)))
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Anna",
            data={
                "name": "Anna",
                "set_up": {**SET_UP, **clocks, "date": at[:10], "stage": level},
            },
            options={**OPTIONS, **clocks},
        )
        scene = Scene(hass, freezer, entry, log=log)
        hass.bus.async_listen(EVENT_STATE_CHANGED, scene.note)
        entry.add_to_hass(hass)
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        scenes.append(scene)
        return scene

    yield begin
    for scene in scenes:
        await hass.config_entries.async_unload(scene.entry.entry_id)


JUMPS: Final = [
    # zone, first noon, session, morning, then when each turns on, date by date
    (
        "Africa/Cairo",  # no 00:00 on the 24th
        "2026-04-22",
        ("00:30", "00:10"),
        ["2026-04-23T00:30:00+02:00", "2026-04-24T01:00:00+03:00", "2026-04-25T00:30:00+03:00"],
        ["2026-04-23T00:10:00+02:00", "2026-04-24T01:00:00+03:00", "2026-04-25T00:10:00+03:00"],
    ),
    (
        "Africa/Cairo",  # 23:00 to 24:00 twice on the 29th
        "2026-10-28",
        ("23:30", "07:00"),
        ["2026-10-28T23:30:00+03:00", "2026-10-29T23:30:00+03:00", "2026-10-30T23:30:00+02:00"],
        ["2026-10-29T07:00:00+03:00", "2026-10-30T07:00:00+02:00", "2026-10-31T07:00:00+02:00"],
    ),
    (
        "America/Santiago",  # no 00:00 on the 6th
        "2026-09-04",
        ("00:00", "00:59"),
        ["2026-09-05T00:00:00-04:00", "2026-09-06T01:00:00-03:00", "2026-09-07T00:00:00-03:00"],
        ["2026-09-05T00:59:00-04:00", "2026-09-06T01:00:00-03:00", "2026-09-07T00:59:00-03:00"],
    ),
    (
        "America/Santiago",  # 23:00 to 24:00 twice on the 4th
        "2026-04-03",
        ("23:00", "07:00"),
        ["2026-04-03T23:00:00-03:00", "2026-04-04T23:00:00-03:00", "2026-04-05T23:00:00-04:00"],
        ["2026-04-04T07:00:00-03:00", "2026-04-05T07:00:00-04:00", "2026-04-06T07:00:00-04:00"],
    ),
    (
        "Asia/Beirut",  # no 00:00 on the 29th
        "2026-03-27",
        ("00:15", "00:45"),
        ["2026-03-28T00:15:00+02:00", "2026-03-29T01:00:00+03:00", "2026-03-30T00:15:00+03:00"],
        ["2026-03-28T00:45:00+02:00", "2026-03-29T01:00:00+03:00", "2026-03-30T00:45:00+03:00"],
    ),
    (
        "Asia/Beirut",  # 23:00 to 24:00 twice on the 24th
        "2026-10-23",
        ("23:59", "11:59"),
        ["2026-10-23T23:59:00+03:00", "2026-10-24T23:59:00+03:00", "2026-10-25T23:59:00+02:00"],
        ["2026-10-24T11:59:00+03:00", "2026-10-25T11:59:00+02:00", "2026-10-26T11:59:00+02:00"],
    ),
    (
        "Australia/Lord_Howe",  # 02:00 to 02:30 is missing on the 4th
        "2026-10-02",
        ("02:10", "02:29"),
        ["2026-10-03T02:10:00+10:30", "2026-10-04T02:30:00+11:00", "2026-10-05T02:10:00+11:00"],
        ["2026-10-03T02:29:00+10:30", "2026-10-04T02:30:00+11:00", "2026-10-05T02:29:00+11:00"],
    ),
    (
        "Australia/Lord_Howe",  # 01:30 to 02:00 twice on the 5th
        "2026-04-03",
        ("01:45", "01:30"),
        ["2026-04-04T01:45:00+11:00", "2026-04-05T01:45:00+11:00", "2026-04-06T01:45:00+10:30"],
        ["2026-04-04T01:30:00+11:00", "2026-04-05T01:30:00+11:00", "2026-04-06T01:30:00+10:30"],
    ),
    (
        "Europe/Berlin",  # 02:00 to 03:00 is missing on the 29th
        "2026-03-27",
        ("02:30", "02:00"),
        ["2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"],
        ["2026-03-28T02:00:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:00:00+02:00"],
    ),
    (
        "Europe/Berlin",  # 02:00 to 03:00 twice on the 25th
        "2026-10-23",
        ("02:30", "02:00"),
        ["2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"],
        ["2026-10-24T02:00:00+02:00", "2026-10-25T02:00:00+02:00", "2026-10-26T02:00:00+01:00"],
    ),
    (
        "Europe/Berlin",  # a leap day
        "2028-02-27",
        ("18:00", "07:00"),
        ["2028-02-27T18:00:00+01:00", "2028-02-28T18:00:00+01:00", "2028-02-29T18:00:00+01:00"],
        ["2028-02-28T07:00:00+01:00", "2028-02-29T07:00:00+01:00", "2028-03-01T07:00:00+01:00"],
    ),
    (
        "Pacific/Apia",  # no 30th at all
        "2011-12-28",
        ("18:00", "07:00"),
        ["2011-12-28T18:00:00-10:00", "2011-12-29T18:00:00-10:00", "2011-12-31T18:00:00+14:00"],
        ["2011-12-29T07:00:00-10:00", "2011-12-31T07:00:00+14:00", "2012-01-01T07:00:00+14:00"],
    ),
    (
        "Pacific/Kiritimati",  # a year's end, first of all
        "2026-12-30",
        ("23:59", "00:00"),
        ["2026-12-30T23:59:00+14:00", "2026-12-31T23:59:00+14:00", "2027-01-01T23:59:00+14:00"],
        ["2026-12-31T00:00:00+14:00", "2027-01-01T00:00:00+14:00", "2027-01-02T00:00:00+14:00"],
    ),
    (
        "Pacific/Pago_Pago",  # and last of all
        "2026-12-30",
        ("18:00", "07:00"),
        ["2026-12-30T18:00:00-11:00", "2026-12-31T18:00:00-11:00", "2027-01-01T18:00:00-11:00"],
        ["2026-12-31T07:00:00-11:00", "2027-01-01T07:00:00-11:00", "2027-01-02T07:00:00-11:00"],
    ),
]


def midnight(zone: str, on: date) -> str:
    """Return when a date begins, found minute by minute."""
    at = datetime.combine(on, time(), UTC) - timedelta(hours=16)
    while at.astimezone(ZoneInfo(zone)).date() < on:
        at += timedelta(minutes=1)
    return at.astimezone(ZoneInfo(zone)).isoformat()


@pytest.mark.parametrize(("zone", "first", "clocks", "session", "morning"), JUMPS)
@pytest.mark.parametrize("log", [False, True])
async def test_due_once_a_date(
    stage: Any,
    zone: str,
    first: str,
    clocks: tuple[str, str],
    session: list[str],
    morning: list[str],
    log: bool,  # noqa: FBT001
) -> None:
    scene: Scene = await stage(
        zone, f"{first}T12:00:00", session_time=clocks[0], morning_time=clocks[1], log=log
    )
    if log:
        await scene.report()
    scene.session.clear()  # the first day's may be due since the beginning
    last = max(session[-1], morning[-1])[:10]
    end = datetime.fromisoformat(f"{last}T23:59:30").replace(tzinfo=ZoneInfo(zone)).isoformat()
    await scene.until(end)
    scene.once()
    ends = [midnight(zone, day_of(at) + timedelta(days=1)) for at in session]
    for seen, times in ((scene.session, session), (scene.morning, morning)):
        turned_on = scene.on(seen)
        assert turned_on[: len(times)] == times
        assert all(at > last for at in turned_on[len(times) :])
    off = [at for state, at in scene.session if state == "off"]
    noons = [at for state, at in scene.morning if state == "off"]
    if log:
        assert off[: len(session)] == session
        assert noons[: len(morning)] == morning
        logged = [on for kind, on in scene.told if kind == "session_logged"]
        assert [on for on in logged if on >= session[0][:10]][:3] == [at[:10] for at in session]
    else:
        began = midnight(zone, day_of(f"{first}") + timedelta(days=1))
        assert [at for at in off if at != began] == [at for at in ends if began != at < end]
        assert [at[:19] for at in noons][:3] == [f"{at[:10]}T12:00:00" for at in morning]


def day_of(at: str) -> date:
    return date.fromisoformat(at[:10])


async def test_what_comes_twice_is_logged_once(stage: Any) -> None:
    """The hour before midnight comes twice: what was done in the first is done in the second."""
    scene: Scene = await stage("Asia/Beirut", "2026-10-24T12:00:00", session_time="23:10")
    await scene.until("2026-10-24T23:20:00+03:00")
    assert scene.is_on(SESSION)
    await scene.act("log_session", pain_during=1)
    assert not scene.is_on(SESSION)
    await scene.until("2026-10-24T23:50:00+02:00")
    assert not scene.is_on(SESSION)
    assert scene.coordinator.data.today == date(2026, 10, 24)
    again = await scene.act("log_session", pain_during=1)
    assert scene.coordinator.course.facts[again["log_id"]].on == date(2026, 10, 24)
    assert [kind for kind, _on in scene.told] == ["session_logged"]
    await scene.until("2026-10-25T23:10:00+02:00")
    assert scene.on(scene.session) == ["2026-10-24T23:10:00+03:00", "2026-10-25T23:10:00+02:00"]
    scene.once()


async def test_east_over_midnight(stage: Any) -> None:
    scene: Scene = await stage("Europe/Berlin", "2026-03-02T12:00:00", level="isotonic")
    await scene.until("2026-03-02T22:00:00+01:00")
    assert scene.is_on(SESSION)
    await scene.move("Pacific/Auckland")
    assert dt_util.now().isoformat() == "2026-03-03T10:00:00+13:00"
    assert not scene.is_on(SESSION)
    assert scene.is_on(MORNING)
    assert scene.told == [("session_missed", "2026-03-02")]
    await scene.until("2026-03-03T12:00:00+13:00")
    assert not scene.is_on(MORNING)
    await scene.until("2026-03-04T18:00:00+13:00")
    assert scene.is_on(SESSION)
    assert scene.on(scene.session) == ["2026-03-02T18:00:00+01:00", "2026-03-04T18:00:00+13:00"]
    scene.once()


@pytest.mark.parametrize("log", [False, True])
async def test_west_over_midnight(
    stage: Any,
    log: bool,  # noqa: FBT001
) -> None:
    """A date comes twice: what was announced of it, or done on it, is not asked for again."""
    scene: Scene = await stage("Pacific/Auckland", "2026-03-02T12:00:00", level="isotonic")
    await scene.until("2026-03-02T18:00:00+13:00")
    assert scene.is_on(SESSION)
    if log:
        await scene.act("log_session", pain_during=1)
    await scene.until("2026-03-03T10:00:00+13:00")
    told = [("session_logged" if log else "session_missed", "2026-03-02")]
    assert scene.told == told
    assert scene.is_on(MORNING)
    await scene.act("log_morning_check", pain=1)
    await scene.move("Europe/Berlin")
    assert dt_util.now().isoformat() == "2026-03-02T22:00:00+01:00"
    assert scene.coordinator.data.today == date(2026, 3, 2)
    assert scene.is_on(SESSION) == (not log)  # it can still be done
    if not log:
        await scene.act("log_session", pain_during=1)
        assert not scene.is_on(SESSION)
        told += [("session_logged", "2026-03-02")]
    told.insert(1, ("morning_check_logged", "2026-03-03"))
    assert scene.told == told
    await scene.until("2026-03-03T12:00:00+01:00")
    assert [at[:10] for at in scene.on(scene.morning)] == ["2026-03-03"]
    assert scene.coordinator.data.morning_pain_today == 1
    assert scene.told == told
    assert not [kind for kind, _on in scene.told[len(told) :]]
    assert await scene.hass.config_entries.async_reload(scene.entry.entry_id)
    assert scene.told == told


async def test_a_clock_a_month_ahead_and_back(stage: Any) -> None:
    """Seen for a moment, a wrong date leaves nothing behind but what was announced."""
    scene: Scene = await stage("Europe/Berlin", "2026-03-02T08:00:00", level="isotonic")
    await scene.act("log_morning_check", pain=1)
    await scene.until("2026-03-02T18:00:00+01:00")
    await scene.act("log_session", pain_during=1)
    await scene.until("2026-03-03T08:00:00+01:00")
    before, facts = scene.coordinator.data, dict(scene.coordinator.course.facts)
    states = shown(scene.hass)
    scene.freezer.move_to("2026-04-03T08:00:00+02:00")
    await scene.settle()
    assert scene.coordinator.data.today == date(2026, 4, 3)
    told = list(scene.told)
    scene.freezer.move_to("2026-03-03T08:00:00+01:00")
    await scene.coordinator.async_look_again()
    await scene.settle()
    assert scene.coordinator.data == before
    assert scene.coordinator.course.facts == facts
    assert {key: value for key, value in shown(scene.hass).items() if key != ACTIVITY} == {
        key: value for key, value in states.items() if key != ACTIVITY
    }
    again = len(scene.told)
    assert ("session_missed", "2026-04-01") not in scene.told[len(told) :]
    await scene.until("2026-03-04T18:00:00+01:00")
    assert scene.is_on(SESSION)
    await scene.act("log_session", pain_during=1)
    assert [kind for kind, _on in scene.told[again:]] == ["session_logged"]
    view = scene.coordinator.data
    assert await scene.hass.config_entries.async_reload(scene.entry.entry_id)
    assert scene.coordinator.data == view


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Return what the kernel does when the clock is set: make the watched file readable."""
    ends: list[tuple[int, int]] = []

    def create(_clock: int, *, flags: int) -> int:
        assert flags & os.TFD_NONBLOCK
        ends.append(os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC))
        return ends[-1][0]

    monkeypatch.setattr(os, "timerfd_create", create)
    monkeypatch.setattr(os, "timerfd_settime", lambda *_args, **_options: (0.0, 0.0))

    def tell() -> None:
        for _read, write in ends:
            os.write(write, b"\1" * 8)

    yield tell
    for _read, write in ends:
        os.close(write)


async def look_up(scene: Scene, tell: Callable[[], None]) -> None:
    """Let the kernel tell, and the event loop hear of it."""
    tell()
    for _ in range(3):
        await asyncio.sleep(0)
    await scene.hass.async_block_till_done()


async def test_a_clock_set_back_is_noticed(stage: Any, kernel: Callable[[], None]) -> None:
    """Home Assistant arms a timer anew whose time has not come: here for a month."""
    scene: Scene = await stage("Europe/Berlin", "2026-03-02T08:00:00", level="isotonic")
    scene.freezer.move_to("2026-04-02T08:00:00+02:00")
    await scene.settle()
    assert scene.coordinator.data.today == date(2026, 4, 2)
    scene.freezer.move_to("2026-03-02T08:30:00+01:00")
    await look_up(scene, kernel)
    assert scene.coordinator.data.today == date(2026, 3, 2)
    assert not scene.is_on(SESSION)
    for hour in range(9, 19):
        scene.freezer.move_to(f"2026-03-02T{hour:02}:00:00+01:00")
        async_fire_time_changed(scene.hass)
        await scene.hass.async_block_till_done()
    assert scene.is_on(SESSION)


async def test_a_clock_set_forward_is_noticed(stage: Any, kernel: Callable[[], None]) -> None:
    """A timer counts the time that passes, and none has."""
    scene: Scene = await stage("Europe/Berlin", "2026-03-02T08:00:00", level="isotonic")
    scene.freezer.move_to("2026-03-02T19:00:00+01:00")
    await look_up(scene, kernel)
    assert scene.is_on(SESSION)


async def test_without_a_word_from_the_kernel_nothing_breaks(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "timerfd_create")
    scene: Scene = await stage("Europe/Berlin", "2026-03-02T08:00:00", level="isotonic")
    assert scene.coordinator.data.today == date(2026, 3, 2)
    assert await scene.hass.config_entries.async_unload(scene.entry.entry_id)


async def test_a_report_from_a_clock_that_was_ahead(stage: Any) -> None:
    """What was logged on a date that is still to come waits for it; nothing breaks meanwhile."""
    scene: Scene = await stage("Europe/Berlin", "2026-03-02T08:00:00", level="isotonic")
    scene.freezer.move_to("2026-04-01T18:00:00+02:00")
    await scene.settle()
    ahead = await scene.act("log_session", pain_during=1)
    scene.freezer.move_to("2026-03-02T18:00:00+01:00")
    await scene.coordinator.async_look_again()
    await scene.settle()
    assert scene.is_on(SESSION)
    now = await scene.act("log_session", pain_during=2)
    facts = scene.coordinator.course.facts
    assert facts[now["log_id"]].on == date(2026, 3, 2)
    assert facts[now["log_id"]].logged_at > facts[ahead["log_id"]].logged_at
    assert not scene.is_on(SESSION)
    await scene.act("void_entry", log_id=ahead["log_id"])
    view = scene.coordinator.data
    assert await scene.hass.config_entries.async_reload(scene.entry.entry_id)
    assert scene.coordinator.data == view
    assert scene.coordinator.data.session_pain == 2


async def test_a_clock_before_the_programme_began(stage: Any) -> None:
    """A board without a clock of its own starts in 1970."""
    scene: Scene = await stage("Europe/Berlin", "2026-03-02T18:30:00", level="isotonic")
    await scene.act("log_session", pain_during=1)
    view = scene.coordinator.data
    scene.freezer.move_to("1970-01-01T00:01:00+00:00")
    assert await scene.hass.config_entries.async_reload(scene.entry.entry_id)
    await scene.hass.async_block_till_done()
    assert scene.coordinator.data.today == date(2026, 3, 2)
    told = list(scene.told)
    scene.freezer.move_to("2026-03-02T18:30:00+01:00")
    await scene.coordinator.async_look_again()
    await scene.hass.async_block_till_done()
    assert scene.coordinator.data == view
    assert scene.told == told


async def test_three_weeks_off(stage: Any) -> None:
    scene: Scene = await stage("Europe/Berlin", "2026-03-02T08:00:00", level="isotonic")
    for day in (2, 4, 6):
        await scene.until(f"2026-03-0{day}T07:00:00+01:00")
        await scene.act("log_morning_check", pain=1)
        await scene.until(f"2026-03-0{day}T18:00:00+01:00")
        await scene.act("log_session", pain_during=1)
    scene.told.clear()
    assert await scene.hass.config_entries.async_unload(scene.entry.entry_id)
    scene.freezer.move_to("2026-03-27T18:30:00+01:00")  # a Friday
    assert await scene.hass.config_entries.async_setup(scene.entry.entry_id)
    await scene.hass.async_block_till_done()
    await scene.settle()
    assert scene.coordinator.data.today == date(2026, 3, 27)
    assert scene.is_on(SESSION)
    assert not scene.is_on(MORNING)
    told = list(scene.told)
    assert told == list(dict.fromkeys(told))
    assert {"session_logged", "morning_check_logged"}.isdisjoint(kind for kind, _on in told)
    await scene.until("2026-03-27T19:00:00+01:00")
    for _ in range(2):
        assert await scene.hass.config_entries.async_reload(scene.entry.entry_id)
        await scene.hass.async_block_till_done()
    assert scene.told == told
    await scene.until("2026-03-28T12:00:00+01:00")
    assert scene.told == told  # the day asked for the load test before anything is loaded again
    assert [at[:10] for at in scene.on(scene.morning)][-1] == "2026-03-28"
    await scene.until("2026-03-30T07:00:00+02:00")
    await scene.act("log_morning_check", pain=1)
    await scene.until("2026-03-31T12:00:00+02:00")
    assert [one for one in scene.told[len(told) :] if one[0] == "session_missed"] == [
        ("session_missed", "2026-03-30")
    ]


async def test_a_session_never_done_ends_before_the_next_is_due(stage: Any) -> None:
    """Due from the first instant of each date: who waits for it to turn on sees each."""
    scene: Scene = await stage("Europe/Berlin", "2026-03-02T12:00:00", session_time="00:00")
    scene.session.clear()
    await scene.until("2026-03-05T12:00:00+01:00")
    assert scene.session == [
        (state, f"2026-03-0{day}T00:00:00+01:00") for day in (3, 4, 5) for state in ("off", "on")
    ]


async def test_a_session_time_in_the_hour_that_ends_a_date(stage: Any) -> None:
    """In Nuuk the 28th of March ends at 23:00: what is due at 23:30 is due an hour earlier."""
    scene: Scene = await stage("America/Nuuk", "2026-03-27T12:00:00", session_time="23:30")
    await scene.until("2026-03-30T12:00:00-01:00")
    assert scene.on(scene.session) == [
        "2026-03-27T23:30:00-02:00",
        "2026-03-28T22:30:00-02:00",
        "2026-03-29T23:30:00-01:00",
    ]


async def test_every_missed_session_is_announced_once(stage: Any) -> None:
    scene: Scene = await stage("Europe/Berlin", "2026-03-02T08:00:00", level="isotonic")
    assert await scene.hass.config_entries.async_unload(scene.entry.entry_id)
    scene.freezer.move_to("2026-03-08T08:00:00+01:00")  # a Sunday; planned were Mon, Wed, Fri
    assert await scene.hass.config_entries.async_setup(scene.entry.entry_id)
    await scene.hass.async_block_till_done()
    missed = [("session_missed", f"2026-03-0{day}") for day in (2, 4, 6)]
    assert [told for told in scene.told if told[0] == "session_missed"] == missed
    told = list(scene.told)
    assert await scene.hass.config_entries.async_reload(scene.entry.entry_id)
    await scene.until("2026-03-09T08:00:00+01:00")
    assert scene.told == told


@pytest.mark.parametrize(
    ("off", "on", "edges"),
    [
        ("02T17:00", "02T18:30", ["off", "on"]),  # came due meanwhile
        ("02T18:10", "02T18:30", []),  # it was seen to turn on
        ("02T18:10", "04T18:30", ["off", "on"]),  # another day's
        ("02T17:00", "02T17:30", []),
    ],
)
@pytest.mark.parametrize("starting", [False, True])
async def test_what_came_due_while_off_turns_on_when_somebody_can_see_it(
    stage: Any,
    off: str,
    on: str,
    edges: list[str],
    starting: bool,  # noqa: FBT001
) -> None:
    scene: Scene = await stage("Europe/Berlin", "2026-03-02T08:00:00", level="isotonic")
    await scene.until(f"2026-03-{off}:00+01:00")
    seen = [scene.hass.states.is_state(SESSION, "on")]
    assert await scene.hass.config_entries.async_unload(scene.entry.entry_id)
    scene.freezer.move_to(f"2026-03-{on}:00+01:00")
    found: list[str] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        if event.data["entity_id"] == SESSION and event.data["new_state"] is not None:
            found.append(event.data["new_state"].state)

    if starting:
        scene.hass.set_state(CoreState.starting)
    scene.hass.bus.async_listen(EVENT_STATE_CHANGED, note)
    assert await scene.hass.config_entries.async_setup(scene.entry.entry_id)
    await scene.hass.async_block_till_done()
    if starting:
        assert found[-1:] == (edges[:1] or ["on" if seen[0] else "off"])
        scene.hass.set_state(CoreState.running)
        scene.hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
        await scene.hass.async_block_till_done()
    assert [state for state in found if state != "unavailable"] == (
        edges or ["on" if seen[0] else "off"]
    )


async def test_a_leap_day_is_a_day(stage: Any) -> None:
    scene: Scene = await stage("Europe/Berlin", "2028-02-27T08:00:00", level="isotonic")
    await scene.act("pause", until="2028-02-29")
    await scene.until("2028-02-29T00:00:00+01:00")
    assert [kind for kind, _on in scene.told] == ["paused", "resumed"]
    await scene.until("2028-02-29T08:00:00+01:00")
    made = await scene.act("log_morning_check", pain=1)
    assert scene.coordinator.course.facts[made["log_id"]].on == date(2028, 2, 29)
    await scene.until("2028-03-14T08:00:00+01:00")
    made = await scene.act("log_event", kind="ball", date="2028-02-29")  # 14 days ago
    assert scene.coordinator.course.facts[made["log_id"]].on == date(2028, 2, 29)
    answer = await scene.act("get_plan", days=28)
    on = [date.fromisoformat(day["date"]) for day in answer["days"]]
    assert on == [date(2028, 3, 14) + timedelta(days=day) for day in range(28)]


async def test_a_year_of_timers_in_zones_that_jump(hass: HomeAssistant) -> None:
    """Each clock time and each midnight of each date comes once, whatever the clocks do."""
    clocks = ("00:00", "00:30", "01:45", "12:00", "23:30")
    for zone in (
        "Africa/Cairo",
        "Asia/Beirut",
        "America/Nuuk",
        "America/Havana",
        "Australia/Lord_Howe",
        "Pacific/Chatham",
        "Atlantic/Azores",
        "Africa/Casablanca",
    ):
        await hass.config.async_set_time_zone(zone)
        at, end = instant(date(2026, 1, 1), "12:00"), instant(date(2027, 1, 2), "00:00")
        woken: list[datetime] = []
        while at < end:
            at = next_change(dt_util.as_local(at), clocks)
            woken.append(at)
        assert woken == sorted(set(woken)), zone
        days = [date(2026, 1, 2) + timedelta(days=day) for day in range(364)]
        for clock in clocks:
            due = [instant(on, clock) for on in days]
            assert due == sorted(set(due)), (zone, clock)
            assert set(due) <= set(woken), (zone, clock)
            for on, moment in zip(days, due, strict=True):
                local = dt_util.as_local(moment)
                assert local.date() == on, (zone, clock)
        assert len(woken) <= 366 * (len(clocks) + 1) + 2


async def test_the_day_samoa_left_out(hass: HomeAssistant) -> None:
    """After Thursday the 29th of December 2011 came Saturday the 31st."""
    await hass.config.async_set_time_zone("Pacific/Apia")
    saturday = datetime(2011, 12, 30, 10, tzinfo=UTC)
    for clock in ("00:00", "07:00", "12:00", "18:00", "23:59:59"):
        assert instant(date(2011, 12, 30), clock) == saturday
    assert instant(date(2011, 12, 31), "00:00") == saturday
    assert instant(date(2011, 12, 29), "23:59") == saturday - timedelta(minutes=1)
    thursday = dt_util.as_local(saturday - timedelta(hours=1))
    assert (thursday.date(), thursday.hour) == (date(2011, 12, 29), 23)
    assert next_change(thursday, ("07:00", "18:00")) == saturday
    first = dt_util.as_local(saturday)
    assert next_change(first, ("07:00", "18:00")) == saturday + timedelta(hours=7)

    course = Course([set_up("2011-12-26")])
    ids = (f"id {number}" for number in range(99))
    for day in (26, 28):
        at = Moment(
            datetime(2011, 12, day, 18, tzinfo=dt_util.get_default_time_zone()), ids.__next__
        )
        for fact in decide.log_session(course, at, pain_during=1).facts:
            course.add(fact)
    before = overview(course, thursday)
    assert (before.today, before.next_session) == (date(2011, 12, 29), date(2011, 12, 30))
    after = overview(course, first)
    assert after.today == date(2011, 12, 31)
    assert after == overview(Course(course.facts.values()), first)
    assert after.next_session is not None
    for view in (before, after):
        for days, then in (
            (view.days_to_next_progression, view.next_progression),
            (view.days_to_next_stage, view.next_stage),
        ):
            assert days == (None if then is None else (then - view.today).days)
    late = Moment(first, ids.__next__)
    told = decide.log_session(course, late, pain_during=1, on=date(2011, 12, 29))
    assert told.facts[0].on == date(2011, 12, 29)


def set_up(on: str) -> Any:
    answers = {**SET_UP, "date": None}
    return decode(
        {
            **{key: value for key, value in answers.items() if value is not None},
            "kind": "set_up",
            "log_id": "set up",
            "on": on,
            "logged_at": f"{on}T12:00:00+00:00",
        }
    )


def shown(hass: HomeAssistant) -> dict[str, tuple[str, dict[str, object]]]:
    """Return all states; the key of a picture's address is new at every write."""
    fresh = {"access_token", "entity_picture"}
    return {
        known.entity_id: (
            known.state,
            {name: value for name, value in known.attributes.items() if name not in fresh},
        )
        for known in hass.states.async_all()
    }
