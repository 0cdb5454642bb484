"""A watch that counts kilometres: what is noticed of it, over nights, restarts and nonsense."""

import errno
import logging
import os
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE, EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab import run_watch
from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain.facts import RunNoticed
from tests.automations import at
from tests.conftest import run as set_up
from tests.entities import registered, state

WATCH: Final = "sensor.watch_distance"


@dataclass
class Runner:
    """A programme with a watch, and the time."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    entry: MockConfigEntry
    files: dict[str, Any]

    async def at(self, when: str) -> None:
        """Let it become a local time."""
        await at(self.hass, self.freezer, when)

    async def count(self, reading: object, unit: str | None = "km") -> None:
        """Let the watch tell something."""
        attributes = {} if unit is None else {"unit_of_measurement": unit}
        self.hass.states.async_set(WATCH, str(reading), attributes)
        await self.hass.async_block_till_done()

    @property
    def noticed(self) -> list[tuple[str, float]]:
        """The runs that were noticed."""
        facts = self.entry.runtime_data.course.facts.values()
        return [(str(fact.on), fact.kilometres) for fact in facts if isinstance(fact, RunNoticed)]

    async def act(self, action: str, **data: object) -> dict[str, Any]:
        """Call an action."""
        answer = await self.hass.services.async_call(
            DOMAIN, action, data, blocking=True, return_response=True
        )
        await self.hass.async_block_till_done()
        assert isinstance(answer, dict)
        return answer

    async def reload(self, **options: object) -> None:
        """Set the programme up anew, with other options where they are given."""
        if options:
            self.hass.config_entries.async_update_entry(
                self.entry, options={**self.entry.options, **options}
            )
        assert await self.hass.config_entries.async_reload(self.entry.entry_id)
        await self.hass.async_block_till_done()

    @property
    def key(self) -> str:
        """The name of the file in which lies what the watch has told."""
        return f"{DOMAIN}.{self.entry.entry_id}.distance"

    @property
    def memory(self) -> dict[str, Any] | None:
        """What lies there."""
        found = self.files.get(self.key)
        return None if found is None else found["data"]


@pytest.fixture
async def runner(
    berlin: HomeAssistant, freezer: FrozenDateTimeFactory, hass_storage: dict[str, Any]
) -> AsyncIterator[Runner]:
    """Return somebody on the way back to running, whose watch stands at 100 km on a Monday."""
    entry = await set_up(berlin, "Anna", goal="running", stage="hip_flexion")
    found = Runner(berlin, freezer, entry, hass_storage)
    await found.count(100)
    await found.reload(running_source=WATCH)
    await found.act("set_stage", stage="hip_flexion", dose_step="R5")
    yield found
    await berlin.config_entries.async_unload(found.entry.entry_id)


async def test_a_run_nobody_logged_is_noticed_once_its_day_is_over(runner: Runner) -> None:
    await runner.at("2026-03-02T17:00:00")
    await runner.count(104.21)
    await runner.at("2026-03-02T23:59:59")
    assert runner.noticed == []
    await runner.at("2026-03-03T00:00:00")
    assert runner.noticed == [("2026-03-02", 4.2)]
    assert state(runner.hass, runner.entry, "event", "activity").attributes["event_type"] == (
        "review_due"
    )
    assert state(runner.hass, runner.entry, "binary_sensor", "running_allowed").state == "off"
    told = await runner.act("explain")
    (asked,) = [why for why in told["reasons"] if why["id"] == "report_needed"]
    assert asked["text"].startswith("About 4.2 km were run on Monday 2 March: log the run")
    assert [why["id"] for why in told["running"]["reasons"]] == ["spacing"]
    await runner.at("2026-03-04T00:00:00")
    assert runner.noticed == [("2026-03-02", 4.2)]


async def test_it_is_waved_away_by_taking_the_entry_back(runner: Runner) -> None:
    await runner.count(104.2)
    await runner.at("2026-03-03T08:00:00")
    (entry,) = [
        one for one in (await runner.act("get_log"))["entries"] if one["kind"] == "run_noticed"
    ]
    assert (entry["date"], entry["kilometres"]) == ("2026-03-02", 4.2)
    await runner.act("void_entry", log_id=entry["log_id"])
    assert "About" not in str((await runner.act("explain"))["reasons"])
    assert state(runner.hass, runner.entry, "binary_sensor", "running_allowed").state == "on"
    await runner.reload()
    await runner.at("2026-03-04T08:00:00")
    assert len(runner.noticed) == 1


@pytest.mark.parametrize("late", [False, True])
async def test_a_logged_run_is_not_asked_for(runner: Runner, *, late: bool) -> None:
    await runner.count(104.2)
    if not late:
        await runner.act("log_run", minutes=20, pain_during=1)
    await runner.at("2026-03-03T08:00:00")
    assert bool(runner.noticed) is late
    if late:
        await runner.act("log_run", minutes=20, pain_during=1, date="2026-03-02")
    assert "About" not in str((await runner.act("explain"))["reasons"])


@pytest.mark.parametrize(
    ("unit", "before", "after", "found"),
    [
        ("km", 0, 4.2, 4.2),
        ("m", 100_000, 104_200, 4.2),
        ("mi", 10, 12, 3.2),
        ("m", 0, 1000, None),
        ("m", 0, 1001, 1.0),
        ("steps", 0, 5000, None),
        (None, 0, 5, None),
    ],
)
async def test_units(
    runner: Runner, unit: str | None, before: float, after: float, found: float | None
) -> None:
    await runner.count("unavailable")
    await runner.reload()
    runner.hass.states.async_remove(WATCH)
    await runner.reload(running_source="")
    await runner.count(before, unit)
    await runner.reload(running_source=WATCH)
    await runner.count(after, unit)
    await runner.at("2026-03-03T08:00:00")
    assert runner.noticed == ([] if found is None else [("2026-03-02", found)])


async def test_a_week_that_begins_anew_nonsense_and_silence(runner: Runner) -> None:
    for reading in ("unavailable", "unknown", "far", "nan", "-5", "100", "100"):
        await runner.count(reading)
    await runner.at("2026-03-03T00:10:00")
    assert runner.noticed == []
    await runner.at("2026-03-03T09:00:00")
    await runner.count(0)
    await runner.at("2026-03-03T18:00:00")
    await runner.count(3.3)
    await runner.at("2026-03-04T09:00:00")
    assert runner.noticed == [("2026-03-03", 3.3)]
    await runner.count(50)  # more than a marathon
    await runner.at("2026-03-05T09:00:00")
    assert len(runner.noticed) == 1
    runner.hass.states.async_remove(WATCH)
    await runner.hass.async_block_till_done()
    await runner.count(52)
    await runner.at("2026-03-06T09:00:00")
    assert runner.noticed[1:] == [("2026-03-05", 2)]


async def test_over_a_restart(runner: Runner) -> None:
    await runner.count(102)
    assert await runner.hass.config_entries.async_unload(runner.entry.entry_id)
    await runner.at("2026-03-04T10:00:00")
    await runner.count(107)
    assert await runner.hass.config_entries.async_setup(runner.entry.entry_id)
    await runner.hass.async_block_till_done()
    assert runner.noticed == [("2026-03-02", 2)]
    await runner.at("2026-03-05T10:00:00")
    assert runner.noticed == [("2026-03-02", 2), ("2026-03-04", 5)]


async def test_what_came_in_while_away_may_be_the_run_logged_before(runner: Runner) -> None:
    await runner.act("log_run", minutes=20, pain_during=1)
    assert await runner.hass.config_entries.async_unload(runner.entry.entry_id)
    await runner.at("2026-03-03T10:00:00")
    await runner.count(104)
    assert await runner.hass.config_entries.async_setup(runner.entry.entry_id)
    await runner.at("2026-03-04T10:00:00")
    assert runner.noticed == []


async def test_it_is_remembered_when_home_assistant_stops(runner: Runner) -> None:
    await runner.at("2026-03-02T20:00:00")
    runner.hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await runner.hass.async_block_till_done()
    runner.hass.set_state(CoreState.final_write)
    runner.hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await runner.hass.async_block_till_done(wait_background_tasks=True)
    runner.hass.set_state(CoreState.running)
    told = runner.memory
    assert told is not None
    assert (told["mark"], told["held"]) == (100, "2026-03-02T20:00:00+01:00")


@pytest.mark.parametrize("told", [{}, {"held": 1}, {"grown": [[1]]}, {"mark": "x"}])
async def test_a_memory_that_makes_no_sense_is_left_out(
    runner: Runner, told: dict[str, object]
) -> None:
    assert await runner.hass.config_entries.async_unload(runner.entry.entry_id)
    sense = {"mark": 90, "held": "2026-03-02T08:00:00+01:00", "grown": []}
    data = {"source": WATCH, **(sense | told)} if told else {"source": WATCH}
    runner.files[runner.key] = {"version": 1, "minor_version": 1, "key": runner.key, "data": data}
    assert await runner.hass.config_entries.async_setup(runner.entry.entry_id)
    await runner.count(104)
    await runner.at("2026-03-03T08:00:00")
    assert runner.noticed == [("2026-03-02", 4)]


async def test_its_file_is_for_home_assistant_alone(runner: Runner) -> None:
    store = run_watch._memory(runner.hass, runner.entry)
    await runner.hass.async_add_executor_job(store._write_data, {"data": {}})
    found = await runner.hass.async_add_executor_job(Path(store.path).stat)
    assert stat.S_IMODE(found.st_mode) == 0o600


async def test_another_source_begins_anew(runner: Runner) -> None:
    await runner.count(102)
    runner.hass.states.async_set("sensor.phone", "5", {"unit_of_measurement": "km"})
    await runner.reload(running_source="sensor.phone")
    await runner.at("2026-03-03T08:00:00")
    assert runner.noticed == []


async def test_without_a_source_or_a_programme_nothing_is_kept(runner: Runner) -> None:
    await runner.reload()
    assert runner.memory
    await runner.reload(running_source="")
    assert not runner.memory
    await runner.reload(running_source=WATCH)
    await runner.reload()
    assert runner.memory
    entry = runner.entry
    await runner.hass.config_entries.async_remove(entry.entry_id)
    await runner.hass.async_block_till_done()
    assert not runner.memory
    runner.entry = await set_up(runner.hass, "Anna")


async def test_a_source_is_followed_when_it_is_called_otherwise(runner: Runner) -> None:
    registry = er.async_get(runner.hass)
    runner.hass.states.async_remove(WATCH)
    known = registry.async_get_or_create(
        "sensor", "test", "1", suggested_object_id="watch_distance"
    )
    assert known.entity_id == WATCH
    await runner.count(102)
    registry.async_update_entity(WATCH, name="My watch")
    await runner.hass.async_block_till_done()
    assert runner.entry.options["running_source"] == WATCH
    registry.async_update_entity(WATCH, new_entity_id="sensor.wrist")
    runner.hass.states.async_remove(WATCH)
    runner.hass.states.async_set("sensor.wrist", "105", {"unit_of_measurement": "km"})
    await runner.hass.async_block_till_done()
    assert runner.entry.options["running_source"] == "sensor.wrist"
    await runner.at("2026-03-03T08:00:00")
    assert runner.noticed == [("2026-03-02", 5)]


async def test_a_disk_that_refuses_is_tried_again(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    await runner.count(104)

    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        await runner.at("2026-03-03T00:00:00")
    assert runner.noticed == []
    await runner.at("2026-03-03T07:00:00")
    assert runner.noticed == [("2026-03-02", 4)]


async def test_dates_that_cannot_be_reported_any_more_are_let_go(runner: Runner) -> None:
    await runner.count(104)
    assert await runner.hass.config_entries.async_unload(runner.entry.entry_id)
    await runner.at("2026-03-17T10:00:00")
    assert await runner.hass.config_entries.async_setup(runner.entry.entry_id)
    await runner.hass.async_block_till_done()
    assert runner.noticed == []


async def test_no_distance_is_in_the_debug_log(
    runner: Runner, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="custom_components.pht_rehab")
    await runner.count(104.21)
    await runner.at("2026-03-03T08:00:00")
    assert runner.noticed
    own = [one for one in caplog.records if one.name.startswith("custom_components.pht_rehab")]
    assert not any("4.2" in one.getMessage() for one in own)
    activity = registered(runner.hass, runner.entry, "event", "activity").entity_id
    told = runner.hass.states.get(activity)
    assert told is not None
    assert "4.2" not in str(told.attributes)
