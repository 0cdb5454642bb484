"""Seats in a real house: bouts, restarts, nights, and what is shown and logged of them."""

import errno
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import (
    EVENT_HOMEASSISTANT_FINAL_WRITE,
    EVENT_HOMEASSISTANT_STARTED,
    EVENT_STATE_CHANGED,
    EVENT_STATE_REPORTED,
)
from homeassistant.core import (
    CoreState,
    Event,
    EventStateReportedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers import entity_registry as er, restore_state
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.pht_rehab import sitting
from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.facts import EventLogged
from custom_components.pht_rehab.read_model import read_model
from custom_components.pht_rehab.sitting import SeatWatch
from tests.conftest import run
from tests.entities import registered, state

DESK: Final = "binary_sensor.desk"
COUCH: Final = "binary_sensor.couch"
DUE: Final = "binary_sensor.anna_sitting_break_due"
TIME: Final = "sensor.anna_sitting_time"


@dataclass
class Room:
    """A programme with a desk and a couch, and the time."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    entry: MockConfigEntry
    writes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def seats(self) -> SeatWatch:
        """What watches the seats."""
        found = self.entry.runtime_data.seats
        assert isinstance(found, SeatWatch)
        return found

    def put(self, occupied: str, seat: str = DESK) -> None:
        """Let a seat tell something."""
        self.hass.states.async_set(seat, occupied)

    async def at(self, when: str) -> None:
        """Let it become a local time, without a look in between."""
        local = datetime.fromisoformat(when)
        zone = dt_util.get_default_time_zone()
        self.freezer.move_to(local if local.tzinfo else local.replace(tzinfo=zone))
        async_fire_time_changed(self.hass)
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def wait(self, minutes: float) -> None:
        """Let time pass, in half minutes."""
        for _ in range(round(minutes * 2)):
            self.freezer.tick(30)
            async_fire_time_changed(self.hass)
            await self.hass.async_block_till_done()

    async def sit(self, minutes: float, seat: str = DESK) -> None:
        """Sit down, and stay."""
        self.put("on", seat)
        await self.wait(minutes)

    async def get_up(self, minutes: float = 3, seat: str = DESK) -> None:
        """Get up, and stay on the feet."""
        self.put("off", seat)
        await self.wait(minutes)

    def shown(self, key: str = "sitting_time", platform: str = "sensor") -> str:
        """Return what is shown."""
        return state(self.hass, self.entry, platform, key).state

    @property
    def due(self) -> bool:
        """Whether a break is due."""
        return self.shown("sitting_break_due", "binary_sensor") == "on"

    @property
    def today(self) -> int:
        """Minutes of sitting today."""
        return self.seats.minutes_today

    @property
    def logged(self) -> list[tuple[str, str, float | None]]:
        """The events in the log."""
        facts = self.entry.runtime_data.course.facts.values()
        return [
            (fact.event, fact.on.isoformat(), fact.minutes)
            for fact in facts
            if isinstance(fact, EventLogged)
        ]

    async def reload(self, away: float = 0) -> None:
        """Unload the programme and set it up again, minutes later."""
        assert await self.hass.config_entries.async_unload(self.entry.entry_id)
        self.freezer.tick(timedelta(minutes=away))
        assert await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()

    @property
    def waits(self) -> bool:
        """Whether a timer of the seats is armed."""
        return self.seats._timer is not None


@pytest.fixture
async def room(berlin: HomeAssistant, freezer: FrozenDateTimeFactory) -> AsyncIterator[Room]:
    """Return the room at eight in the morning; nobody sits, and 45 minutes are allowed."""
    berlin.states.async_set(DESK, "off")
    berlin.states.async_set(COUCH, "off")
    entry = await run(berlin, "Anna", seats=[DESK, COUCH])
    found = Room(berlin, freezer, entry)

    @callback
    def note(event: Event[Any]) -> None:
        state = event.data["new_state"]
        if "sitting" in event.data["entity_id"] and state is not None:
            found.writes.append((event.data["entity_id"], state.state))

    @callback
    def ours(data: EventStateReportedData) -> bool:
        return "sitting" in data["entity_id"]

    berlin.bus.async_listen(EVENT_STATE_CHANGED, note)
    berlin.bus.async_listen(EVENT_STATE_REPORTED, note, event_filter=ours)
    yield found
    await berlin.config_entries.async_unload(entry.entry_id)


# What is there


async def test_without_a_seat_there_is_only_the_limit(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    told = state(hass, programme, "sensor", "sitting_limit")
    assert told.state == "45"
    assert told.attributes["unit_of_measurement"] == "min"
    assert told.attributes["device_class"] == "duration"
    assert programme.runtime_data.seats is None
    assert not [one for one in hass.states.async_entity_ids() if "sitting_t" in one or one == DUE]


async def test_the_limit_follows_the_programme(room: Room) -> None:
    record = room.entry.runtime_data.async_record
    assert room.shown("sitting_limit") == "45"
    await record(partial(decide.set_stage, stage="isometric"))
    assert room.shown("sitting_limit") == "30"
    await record(decide.pause)
    assert room.shown("sitting_limit") == "unknown"


async def test_what_is_promised_of_them(room: Room) -> None:
    entities = [
        registered(room.hass, room.entry, *where)
        for where in (
            ("sensor", "sitting_time"),
            ("sensor", "sitting_today"),
            ("sensor", "sitting_limit"),
            ("binary_sensor", "sitting_break_due"),
        )
    ]
    assert [told.entity_category for told in entities] == [None] * 4
    assert [told.disabled_by for told in entities] == [None, "integration", None, None]
    assert not any("state_class" in (told.capabilities or {}) for told in entities)
    attributes = state(room.hass, room.entry, "sensor", "sitting_time").attributes
    assert set(attributes) == {"unit_of_measurement", "device_class", "icon", "friendly_name"} - {
        "icon"
    }
    assert (room.shown(), room.due) == ("0", False)


async def test_a_seat_taken_away_takes_its_entities_along(room: Room) -> None:
    flow = room.hass.config_entries.options
    options = {name: value for name, value in room.entry.options.items() if name != "seats"}
    for seats, exist in (([], False), ([COUCH], True)):
        opened = await flow.async_init(room.entry.entry_id)
        await flow.async_configure(opened["flow_id"], options | {"seats": seats})
        await room.hass.async_block_till_done()
        registry = er.async_get(room.hass)
        for platform, key in sitting.ENTITIES:
            unique_id = f"{room.entry.entry_id}_{key}"
            assert bool(registry.async_get_entity_id(platform, DOMAIN, unique_id)) is exist
        assert (room.hass.states.get(TIME) is not None) is exist
    await room.sit(3, COUCH)
    await room.sit(0, DESK)
    await room.get_up(0, COUCH)
    await room.wait(3)
    assert room.shown() == "0"


async def test_a_seat_is_followed_when_it_is_called_otherwise(room: Room) -> None:
    registry = er.async_get(room.hass)
    room.hass.states.async_remove(DESK)
    desk = registry.async_get_or_create("binary_sensor", "test", "1", suggested_object_id="desk")
    assert desk.entity_id == DESK
    await room.sit(10)
    registry.async_update_entity(DESK, name="My desk")
    await room.hass.async_block_till_done()
    assert room.entry.options["seats"] == [DESK, COUCH]
    registry.async_update_entity(DESK, new_entity_id="binary_sensor.table")
    room.hass.states.async_remove(DESK)
    room.put("on", "binary_sensor.table")
    await room.hass.async_block_till_done()
    assert room.entry.options["seats"] == ["binary_sensor.table", COUCH]
    await room.wait(5)
    assert room.shown() == "15"


# Sitting


async def test_the_minutes_of_a_bout_and_when_it_is_time(room: Room) -> None:
    await room.sit(44.5)
    assert (room.shown(), room.due) == ("44", False)
    await room.wait(0.5)
    assert (room.shown(), room.due) == ("45", True)
    room.put("off")
    await room.wait(1.5)
    assert (room.shown(), room.due) == ("45", True)
    await room.wait(0.5)
    assert (room.shown(), room.due, room.today) == ("0", False, 45)


async def test_a_short_stand_and_another_seat_go_on_with_the_bout(room: Room) -> None:
    await room.sit(30)
    await room.get_up(1.5)
    await room.sit(13.5, COUCH)
    assert (room.shown(), room.due) == ("45", True)
    await room.sit(0)
    await room.get_up(5, COUCH)
    assert (room.shown(), room.due) == ("50", True)
    await room.get_up(2)
    assert (room.shown(), room.due, room.today) == ("0", False, 50)


async def test_the_limit_may_change_in_the_course_of_a_bout(room: Room) -> None:
    await room.sit(31)
    await room.entry.runtime_data.async_record(partial(decide.set_stage, stage="isometric"))
    await room.wait(1)
    seen = [room.due]
    await room.entry.runtime_data.async_record(decide.pause)
    await room.wait(1)
    assert [*seen, room.due] == [True, False]
    await room.entry.runtime_data.async_record(decide.resume)
    await room.entry.runtime_data.async_record(partial(decide.set_stage, stage="maintenance"))
    await room.wait(100)
    assert (room.shown("sitting_limit"), room.due) == ("unknown", False)


async def test_it_writes_once_a_minute_and_not_at_all_while_nobody_sits(room: Room) -> None:
    registry = er.async_get(room.hass)
    registry.async_update_entity("sensor.anna_sitting_today", disabled_by=None)
    await room.wait(1)  # Home Assistant reloads the programme by itself
    room.writes.clear()
    await room.wait(30)
    assert room.writes == []
    assert [room.waits] == [False]
    await room.sit(20)
    assert [room.waits] == [True]
    assert [told for told in room.writes if told[0] == TIME] == [
        (TIME, str(minute)) for minute in range(1, 21)
    ]
    assert len(room.writes) == 40
    await room.get_up()
    room.writes.clear()
    assert [room.waits] == [False]
    await room.at("2026-03-02T23:59:00")
    assert room.writes == []
    await room.at("2026-03-03T00:00:00")
    assert room.writes == [("sensor.anna_sitting_today", "0")]


async def test_a_silence_that_lasts_ends_the_bout_where_it_began(room: Room) -> None:
    await room.sit(10)
    room.put("unavailable")
    await room.wait(2)
    room.put("unknown")
    await room.wait(2)
    await room.sit(6)
    assert room.shown() == "20"
    room.hass.states.async_remove(DESK)
    await room.wait(4.5)
    assert room.shown() == "24"
    await room.wait(0.5)
    assert (room.shown(), room.today) == ("0", 20)
    assert [room.waits] == [False]


async def test_a_seat_occupied_all_night_is_no_person(room: Room) -> None:
    await room.at("2026-03-02T23:00:00")
    await room.sit(359.5, COUCH)
    assert (room.shown(), room.due) == ("359", True)
    await room.wait(0.5)
    assert (room.shown(), room.due, room.today) == ("0", False, 0)
    assert [room.waits] == [False]
    await room.wait(60)
    await room.get_up(3, COUCH)
    assert room.logged == []
    await room.sit(5)
    assert room.shown() == "5"


async def test_the_day_begins_anew_and_the_bout_goes_on(room: Room) -> None:
    await room.at("2026-03-02T23:30:00")
    await room.sit(40)
    assert (room.shown(), room.today) == ("40", 10)
    await room.get_up()
    assert room.today == 10


@pytest.mark.parametrize(
    ("begin", "day"),
    [("2026-03-29T01:40:00+01:00", "2026-03-29"), ("2026-10-25T02:40:00+02:00", "2026-10-25")],
)
async def test_a_clock_put_forward_or_back_changes_no_bout(
    room: Room, begin: str, day: str
) -> None:
    await room.at(begin)
    await room.sit(70)
    assert (room.shown(), room.today) == ("70", 70)
    await room.get_up()
    assert room.logged == [("long_sitting", day, 70)]


@pytest.mark.parametrize("by", [timedelta(hours=2), -timedelta(hours=2)])
async def test_a_clock_that_is_set_is_no_time_spent_sitting(room: Room, by: timedelta) -> None:
    await room.sit(20)
    room.freezer.tick(by)
    wall, passed = room.seats._looked
    room.seats._looked = (wall, passed + by.total_seconds())  # the loop's own clock stood still
    room.seats._clock_set()
    await room.hass.async_block_till_done()
    assert room.shown() == "20"
    await room.wait(10)
    assert room.shown() == "30"
    await room.get_up()
    assert (room.shown(), room.logged) == ("0", [])


# Long sitting


@pytest.mark.parametrize("more", [0, 1])
async def test_more_than_an_hour_is_logged_once_at_its_end(room: Room, more: int) -> None:
    logged = [("long_sitting", "2026-03-02", 61)] * more
    await room.sit(60 + more)
    assert room.logged == []
    await room.get_up(30)
    assert room.logged == logged
    await room.reload()
    await room.wait(5)
    assert room.logged == logged


async def test_it_is_about_the_day_on_which_it_ended(room: Room) -> None:
    await room.at("2026-03-02T22:00:00")
    await room.sit(119)
    await room.get_up(2)
    assert room.logged == [("long_sitting", "2026-03-02", 119)]


@pytest.mark.parametrize("way", ["pause", "lock"])
async def test_it_is_logged_while_nothing_is_asked(room: Room, way: str) -> None:
    lock = partial(decide.report_symptoms, symptoms=["swollen_calf"])
    await room.entry.runtime_data.async_record(decide.pause if way == "pause" else lock)
    await room.sit(90)
    assert not room.due
    await room.get_up()
    assert room.logged == [("long_sitting", "2026-03-02", 90)]


async def test_the_report_names_it_before_a_flare_up(room: Room) -> None:
    await room.sit(90)
    await room.get_up()
    await room.at("2026-03-03T08:00:00")
    await room.entry.runtime_data.async_record(partial(decide.log_morning_check, pain=9))
    answer = await room.hass.services.async_call(
        DOMAIN, "clinician_report", {}, blocking=True, return_response=True
    )
    assert "Long sitting" in str(answer)


async def test_a_disk_that_refuses_is_asked_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    await room.sit(70)
    with monkeypatch.context() as disk:
        disk.setattr(os, "fdatasync", full)
        await room.get_up()
    assert room.logged == []
    await room.sit(1)
    assert room.logged == [("long_sitting", "2026-03-02", 70)]


async def test_what_ends_while_home_assistant_stops_is_logged_after_it(room: Room) -> None:
    await room.sit(70)
    room.hass.set_state(CoreState.stopping)
    await room.get_up()
    assert room.logged == []
    room.hass.set_state(CoreState.running)
    await room.reload(away=3)
    assert room.logged == [("long_sitting", "2026-03-02", 70)]


async def test_one_that_nobody_can_report_any_more_is_dropped(room: Room) -> None:
    await room.sit(70)
    room.hass.set_state(CoreState.stopping)
    await room.get_up()
    room.hass.set_state(CoreState.running)
    await room.reload(away=15 * 24 * 60)
    assert room.logged == []
    assert room.seats.memory["long"] == []


async def test_one_taken_back_stays_away(room: Room) -> None:
    await room.sit(70)
    await room.get_up()
    newest = list(room.entry.runtime_data.course.facts)[-1]
    await room.entry.runtime_data.async_record(partial(decide.void_entry, log_id=newest))
    memory = room.seats.memory
    bout = ["2026-03-02T07:00:00+00:00", "2026-03-02T08:10:00+00:00"]
    assert await room.hass.config_entries.async_unload(room.entry.entry_id)
    remembered(room.hass, {**memory, "long": [bout]})
    assert await room.hass.config_entries.async_setup(room.entry.entry_id)
    await room.hass.async_block_till_done()
    assert len(room.logged) == 1
    assert room.seats.memory["long"] == []


# A restart


def remembered(hass: HomeAssistant, memory: dict[str, Any]) -> None:
    """Let the entities remember something else."""
    known = restore_state.async_get(hass)
    for entity_id, stored in known.last_states.items():
        if "sitting" in entity_id:
            extra = restore_state.RestoredExtraData(memory)
            known.last_states[entity_id] = restore_state.StoredState(
                stored.state, extra, dt_util.utcnow()
            )


@pytest.mark.parametrize(("away", "shown"), [(0, "30"), (19, "49"), (20, "0")])
async def test_a_bout_outlives_a_short_restart(room: Room, away: float, shown: str) -> None:
    await room.sit(30)
    await room.reload(away)
    assert room.shown() == shown
    assert room.due is (shown == "49")
    assert room.today == (30 + away if away < 20 else 30)
    await room.wait(2)
    assert room.shown() == str(int(shown) + 2)


async def test_a_bout_that_ended_meanwhile_ended_when_it_was_last_seen(room: Room) -> None:
    await room.sit(65)
    assert await room.hass.config_entries.async_unload(room.entry.entry_id)
    room.put("off")
    room.freezer.tick(timedelta(minutes=15))
    assert await room.hass.config_entries.async_setup(room.entry.entry_id)
    await room.hass.async_block_till_done()
    assert (room.shown(), room.today) == ("0", 65)
    assert room.logged == [("long_sitting", "2026-03-02", 65)]


async def test_the_night_is_no_bout_after_a_restart_either(room: Room) -> None:
    await room.sit(360, COUCH)
    await room.reload(5)
    await room.wait(10)
    assert (room.shown(), room.today) == ("0", 0)


async def test_seats_are_looked_at_once_home_assistant_has_started(room: Room) -> None:
    await room.sit(44)
    assert await room.hass.config_entries.async_unload(room.entry.entry_id)
    room.hass.set_state(CoreState.starting)
    room.put("unavailable")
    room.freezer.tick(timedelta(minutes=2))
    assert await room.hass.config_entries.async_setup(room.entry.entry_id)
    await room.hass.async_block_till_done()
    assert (room.shown(), room.due) == ("46", False)
    room.put("on")
    room.writes.clear()
    room.hass.set_state(CoreState.running)
    room.hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await room.hass.async_block_till_done()
    assert (DUE, "on") in room.writes
    assert room.shown() == "46"


async def test_what_is_due_comes_back_due(room: Room) -> None:
    await room.sit(50)
    room.writes.clear()
    await room.reload(1)
    assert [told for told in room.writes if told[0] == DUE and told[1] != "unavailable"] == [
        (DUE, "on")
    ]


@pytest.mark.parametrize("memory", [{}, {"seen": "x"}, {"due": True}])
async def test_nonsense_is_left_out(
    room: Room, memory: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    assert await room.hass.config_entries.async_unload(room.entry.entry_id)
    remembered(room.hass, memory)
    assert await room.hass.config_entries.async_setup(room.entry.entry_id)
    await room.hass.async_block_till_done()
    assert (room.shown(), room.due) == ("0", False)
    assert "makes no sense" in caplog.text
    await room.sit(3)
    assert room.shown() == "3"


async def test_it_is_written_with_everything_else_when_home_assistant_stops(
    room: Room, hass_storage: dict[str, Any]
) -> None:
    await room.sit(30)
    room.hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await restore_state.async_get(room.hass).async_dump_states()
    stored = hass_storage["core.restore_state"]["data"]
    (found,) = (one["extra_data"] for one in stored if one["state"]["entity_id"] == DUE)
    assert found["start"] == "2026-03-02T07:00:00+00:00"
    assert [*found["occupied"]] == [DESK]


async def test_an_entity_that_is_added_again_changes_nothing(room: Room) -> None:
    await room.sit(20)
    er.async_get(room.hass).async_update_entity(TIME, new_entity_id="sensor.sat")
    await room.hass.async_block_till_done()
    await room.wait(10)
    assert room.shown() == "30"


async def test_an_unloaded_programme_looks_at_nothing(room: Room) -> None:
    await room.sit(10)
    watch = room.seats
    assert await room.hass.config_entries.async_unload(room.entry.entry_id)
    assert watch._timer is None
    before = watch.memory["occupied"]
    room.put("off")
    await room.wait(5)
    assert watch.memory["occupied"] == before
    assert await room.hass.config_entries.async_setup(room.entry.entry_id)


# The card


async def test_the_card_is_told_when_it_begins_when_it_is_due_and_when_it_ends(room: Room) -> None:
    told: list[tuple[str | None, bool]] = []
    others: list[None] = []
    coordinator = room.entry.runtime_data
    room.seats.on_bout.add(lambda: told.append((room.seats.since, room.seats.break_due)))
    stop = coordinator.async_add_listener(lambda: others.append(None))
    await room.sit(50)
    await room.get_up()
    stop()
    began = "2026-03-02T08:00:00+01:00"
    assert told == [(began, False), (began, True), (None, False)]
    assert others == []  # nothing of the programme has changed


async def test_the_read_model_says_since_when_and_whether_it_is_time(room: Room) -> None:
    coordinator = room.entry.runtime_data
    seen = []
    for minutes in (0, 5, 40):
        if minutes:
            await room.sit(minutes)
        seen.append(read_model(coordinator, coordinator.texts)["sitting"])
    texts = coordinator.texts
    advice = [texts.say("sitting_cushion_optional"), texts.say("sitting_driving")]
    began = {"limit": 45, "advice": advice, "since": "2026-03-02T08:00:00+01:00"}
    assert seen == [
        {**began, "since": None, "due": False},
        {**began, "due": False},
        {**began, "due": True},
    ]


async def test_another_limit_is_seen_at_once(room: Room) -> None:
    coordinator = room.entry.runtime_data
    await room.sit(10)
    for limit, due in ((5, True), (11, False), (10, True), (None, False)):
        coordinator.async_set_updated_data(replace(coordinator.data, sitting_limit=limit))
        assert room.due is due
