"""The sole writer: durable before visible, visible before announced, and never twice."""

import asyncio
import errno
import os
import threading
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_STATE_CHANGED, EVENT_STATE_REPORTED
from homeassistant.core import CoreState, Event, EventStateReportedData, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_capture_events,
    async_fire_time_changed,
)

from custom_components.pht_rehab import activity
from custom_components.pht_rehab.activity import Activity, Reports, differences
from custom_components.pht_rehab.clock import instant, next_change
from custom_components.pht_rehab.coordinator import RehabCoordinator
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.diary import Diary
from custom_components.pht_rehab.domain.facts import Fact, RunReported, SessionReported, Voided
from custom_components.pht_rehab.domain.model import Stage
from custom_components.pht_rehab.domain.overview import Standing
from custom_components.pht_rehab.store import Journal

EVENT: Final = "event.anna_activity"
MONDAY: Final = date(2026, 3, 2)
STANDING: Final = Standing(
    stage=Stage.ISOTONIC,
    step=9,
    sets_off=0,
    ready=False,
    flare_up=False,
    locked=False,
    paused=False,
    reviews=(),
    missed=None,
)


@pytest.fixture
def coordinator(programme: MockConfigEntry) -> RehabCoordinator:
    """Return the running programme's coordinator."""
    found: RehabCoordinator = programme.runtime_data
    return found


@pytest.fixture
async def told(coordinator: RehabCoordinator) -> AsyncIterator[list[Activity]]:
    """Return what is announced."""
    heard: list[Activity] = []
    stop = coordinator.announcer.subscribe(heard.append)
    yield heard
    stop()


def journal(hass: HomeAssistant, entry: MockConfigEntry) -> Path:
    return Path(hass.config.path(".storage", f"pht_rehab.{entry.entry_id}.jsonl"))


def types(heard: list[Activity]) -> list[str]:
    return [item.type for item in heard]


def due(coordinator: RehabCoordinator) -> tuple[bool, bool]:
    return coordinator.session_due, coordinator.morning_check_due


async def move_to(hass: HomeAssistant, freezer: FrozenDateTimeFactory, when: str) -> None:
    """Let the clock run to a local time, past every timer on the way."""
    until = datetime.fromisoformat(when).astimezone(UTC)
    while dt_util.utcnow() < until:
        freezer.move_to(min(until, dt_util.utcnow() + timedelta(hours=1)))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)


async def restart(hass: HomeAssistant, entry: MockConfigEntry) -> RehabCoordinator:
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    again: RehabCoordinator = entry.runtime_data
    return again


def state(hass: HomeAssistant, entity_id: str) -> str:
    found = hass.states.get(entity_id)
    assert found is not None
    return found.state


def last(hass: HomeAssistant) -> object:
    """Return the type of the last event."""
    found = hass.states.get(EVENT)
    return found and found.attributes["event_type"]


async def test_a_report_is_stored_then_shown_then_announced(
    hass: HomeAssistant, programme: MockConfigEntry, coordinator: RehabCoordinator
) -> None:
    seen: list[tuple[int, bool, str]] = []
    path = journal(hass, programme)
    lines = len(path.read_text().splitlines())

    def look(what: str) -> None:
        stored = len(path.read_text().splitlines())
        seen.append((stored - lines, coordinator.data.session_open, what))

    coordinator.async_add_listener(lambda: look("shown"))
    coordinator.announcer.subscribe(lambda item: look(item.type))
    await coordinator.async_record(decide.log_session)
    assert seen == [(1, False, "shown"), (2, False, "session_logged")]


async def test_a_refused_input_names_its_field_and_changes_nothing(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    coordinator: RehabCoordinator,
    told: list[Activity],
) -> None:
    before = journal(hass, programme).read_bytes()
    with pytest.raises(ServiceValidationError) as caught:
        await coordinator.async_record(partial(decide.log_session, pain_during=11))
    assert caught.value.translation_domain == "pht_rehab"
    assert caught.value.translation_key == "not_a_score"
    assert caught.value.translation_placeholders is not None
    assert caught.value.translation_placeholders["field"] == "pain_during"
    assert journal(hass, programme).read_bytes() == before
    assert told == []


@pytest.mark.parametrize("call", ["write", "fdatasync"])
async def test_a_failed_write_changes_nothing(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    coordinator: RehabCoordinator,
    told: list[Activity],
    monkeypatch: pytest.MonkeyPatch,
    call: str,
) -> None:
    before, view = journal(hass, programme).read_bytes(), coordinator.data
    facts = dict(coordinator.course.facts)

    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, call, full)
        with pytest.raises(HomeAssistantError) as caught:
            await coordinator.async_record(decide.log_session)
    assert caught.value.translation_key == "save_failed"
    assert journal(hass, programme).read_bytes() == before
    assert coordinator.data is view
    assert coordinator.course.facts == facts
    assert told == []
    decision = await coordinator.async_record(decide.log_session)
    assert types(told) == ["session_logged"]
    again = await restart(hass, programme)
    assert decision.log_id in again.course.facts


async def test_what_could_not_be_marked_is_announced_later(
    coordinator: RehabCoordinator,
    told: list[Activity],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sync, calls = os.fdatasync, []

    def second_fails(fd: int) -> None:
        calls.append(fd)
        if len(calls) > 1:
            raise OSError(errno.EIO, "Input/output error")
        sync(fd)

    with monkeypatch.context() as disk:
        disk.setattr(os, "fdatasync", second_fails)
        await coordinator.async_record(decide.log_session)
    assert told == []
    assert "announced later" in caplog.text
    await coordinator.async_look_again()
    assert types(told) == ["session_logged"]
    await coordinator.async_look_again()
    assert types(told) == ["session_logged"]


async def test_nothing_is_recorded_while_stopping(
    hass: HomeAssistant, coordinator: RehabCoordinator
) -> None:
    hass.set_state(CoreState.stopping)
    with pytest.raises(HomeAssistantError) as caught:
        await coordinator.async_record(decide.log_session)
    assert caught.value.translation_key == "stopping"
    hass.set_state(CoreState.running)


async def test_the_same_session_id_at_once_is_logged_once(
    coordinator: RehabCoordinator, told: list[Activity]
) -> None:
    log = partial(decide.log_session, session_id="tap")
    made = await asyncio.gather(*(coordinator.async_record(log) for _ in range(20)))
    assert len({decision.log_id for decision in made}) == 1
    assert sum(len(decision.facts) for decision in made) == 1
    assert types(told) == ["session_logged"]


async def test_a_cancelled_caller_leaves_no_gap(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    coordinator: RehabCoordinator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written, append = threading.Event(), coordinator.journal.append

    def slowly(facts: Iterable[Fact]) -> None:
        written.wait(timeout=10)
        append(facts)

    monkeypatch.setattr(coordinator.journal, "append", slowly)
    task = hass.async_create_task(coordinator.async_record(decide.log_session))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    written.set()
    await hass.async_block_till_done()
    again = await restart(hass, programme)
    assert again.course.facts == coordinator.course.facts
    assert not again.data.session_open


async def test_a_restart_keeps_everything(
    hass: HomeAssistant, programme: MockConfigEntry, coordinator: RehabCoordinator
) -> None:
    await coordinator.async_record(partial(decide.log_morning_check, pain=0))
    made = await coordinator.async_record(partial(decide.log_session, pain_during=2.5))
    assert made.log_id is not None
    await coordinator.async_record(partial(decide.void_entry, log_id=made.log_id))
    await coordinator.async_record(partial(decide.score_session, pain=0))
    await coordinator.async_record(partial(decide.pause, until=date(2026, 3, 9), reason="…"))
    heard: list[Activity] = []
    again = await restart(hass, programme)
    again.announcer.subscribe(heard.append)
    await again.async_look_again()
    assert again is not coordinator
    assert again.course.facts == coordinator.course.facts
    assert again.data == coordinator.data
    assert heard == []


async def test_entries_are_stamped_in_utc(
    berlin: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    programme: MockConfigEntry,
    coordinator: RehabCoordinator,
) -> None:
    """In the hour that comes twice a local time cannot tell the later report."""
    await move_to(berlin, freezer, "2026-10-25T02:50:00+02:00")
    first = await coordinator.async_record(partial(decide.score_morning, pain=5))
    await move_to(berlin, freezer, "2026-10-25T02:10:00+01:00")
    second = await coordinator.async_record(partial(decide.score_morning, pain=1))
    assert coordinator.data.morning_pain_today == 1
    stamps = [made.facts[0].logged_at for made in (first, second)]
    assert stamps == sorted(stamps)
    assert all(stamp.tzinfo is UTC for stamp in stamps)
    again = await restart(berlin, programme)
    assert again.data.morning_pain_today == 1


async def test_due_times_and_midnight(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    coordinator: RehabCoordinator,
    told: list[Activity],
) -> None:
    changes: list[str] = []
    coordinator.async_add_listener(lambda: changes.append(f"{dt_util.now():%d %H:%M}"))
    assert due(coordinator) == (False, False)
    await move_to(hass, freezer, "2026-03-02T17:59:00+01:00")
    assert due(coordinator) == (False, False)
    await move_to(hass, freezer, "2026-03-02T18:00:00+01:00")
    assert due(coordinator) == (True, False)
    await move_to(hass, freezer, "2026-03-03T00:00:00+01:00")
    assert due(coordinator) == (False, False)
    assert coordinator.data.today == date(2026, 3, 3)
    assert types(told) == ["session_missed"]
    assert told[0].attributes["date"] == "2026-03-02"
    await move_to(hass, freezer, "2026-03-03T07:00:00+01:00")
    assert due(coordinator) == (False, True)
    await move_to(hass, freezer, "2026-03-03T12:00:00+01:00")
    assert due(coordinator) == (False, False)
    assert changes == ["02 18:00", "03 00:00", "03 07:00", "03 12:00"]


async def test_an_idle_day_wakes_up_four_times(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    coordinator: RehabCoordinator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[str] = []
    look = coordinator.async_look_again

    async def counted() -> None:
        looks.append(f"{dt_util.now():%H:%M}")
        await look()

    monkeypatch.setattr(coordinator, "async_look_again", counted)
    await move_to(hass, freezer, "2026-03-03T00:00:00+01:00")
    looks.clear()
    await move_to(hass, freezer, "2026-03-04T00:00:00+01:00")
    assert looks == ["07:00", "12:00", "18:00", "00:00"]


async def test_update_entity_writes_and_tells_nothing(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    coordinator: RehabCoordinator,
    told: list[Activity],
) -> None:
    await coordinator.async_record(decide.log_session)
    before, view = journal(hass, programme).read_bytes(), coordinator.data
    changed = async_capture_events(hass, EVENT_STATE_CHANGED)
    told.clear()
    await coordinator.async_refresh()
    await hass.async_block_till_done()
    assert coordinator.data == view
    assert journal(hass, programme).read_bytes() == before
    assert told == []
    assert changed == []


async def test_midnight_where_clocks_skip_it(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, coordinator: RehabCoordinator
) -> None:
    """Cairo has no 00:00 on 2026-04-24: the day begins at 01:00."""
    await move_to(hass, freezer, "2026-04-23T20:00:00+02:00")
    await hass.config.async_update(time_zone="Africa/Cairo")
    await hass.async_block_till_done()
    await move_to(hass, freezer, "2026-04-23T23:59:59+02:00")
    assert coordinator.data.today == date(2026, 4, 23)
    await move_to(hass, freezer, "2026-04-24T01:00:00+03:00")
    assert coordinator.data.today == date(2026, 4, 24)


async def test_another_time_zone_counts_at_once(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, coordinator: RehabCoordinator
) -> None:
    await hass.config.async_update(time_zone="Asia/Tokyo")
    await hass.async_block_till_done()
    assert coordinator.next_session == datetime.fromisoformat("2026-03-02T18:00:00+09:00")
    await move_to(hass, freezer, "2026-03-02T18:00:00+09:00")
    assert due(coordinator)[0]
    await hass.config.async_update(time_zone="America/New_York")
    await hass.async_block_till_done()
    assert not due(coordinator)[0]
    await move_to(hass, freezer, "2026-03-02T18:00:00-05:00")
    assert due(coordinator)[0]


async def test_another_language_is_spoken_at_once(
    hass: HomeAssistant, coordinator: RehabCoordinator
) -> None:
    before = coordinator.texts
    heard: list[None] = []
    coordinator.async_add_listener(lambda: heard.append(None))
    await hass.config.async_update(language="de")
    await hass.async_block_till_done()
    assert coordinator.texts is not before
    assert heard == [None]


async def test_no_timer_outlives_the_programme(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    programme: MockConfigEntry,
    coordinator: RehabCoordinator,
) -> None:
    await hass.config_entries.async_unload(programme.entry_id)
    view = coordinator.data
    await coordinator.async_look_again()
    await move_to(hass, freezer, "2026-03-03T08:00:00+01:00")
    assert coordinator.data == view


@pytest.mark.parametrize(
    ("zone", "on", "clock", "expected"),
    [
        ("Europe/Berlin", "2026-03-02", "18:00", "2026-03-02T17:00:00+00:00"),
        ("Europe/Berlin", "2026-03-29", "01:59", "2026-03-29T00:59:00+00:00"),
        ("Europe/Berlin", "2026-03-29", "02:00", "2026-03-29T01:00:00+00:00"),
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00:00+00:00"),
        ("Europe/Berlin", "2026-03-29", "02:59:59", "2026-03-29T01:00:00+00:00"),
        ("Europe/Berlin", "2026-03-29", "03:00", "2026-03-29T01:00:00+00:00"),
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00+00:00"),
        ("Africa/Cairo", "2026-04-24", "00:30", "2026-04-23T22:00:00+00:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:10", "2026-10-03T15:30:00+00:00"),
    ],
)
async def test_local_times_as_instants(
    hass: HomeAssistant, zone: str, on: str, clock: str, expected: str
) -> None:
    await hass.config.async_set_time_zone(zone)
    assert instant(date.fromisoformat(on), clock) == datetime.fromisoformat(expected)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Africa/Cairo", "America/Santiago"])
async def test_each_time_comes_once_a_day_for_a_year(hass: HomeAssistant, zone: str) -> None:
    await hass.config.async_set_time_zone(zone)
    clocks = ("00:30", "02:30", "23:30")
    current = instant(date(2026, 1, 1), "00:00")
    found: list[datetime] = []
    while current < instant(date(2027, 1, 1), "00:00"):
        current = next_change(dt_util.as_local(current), clocks)
        found.append(current)
    assert found == sorted(set(found))
    assert {dt_util.as_local(moment).date() for moment in found} >= {
        date(2026, 1, 1) + timedelta(days=day) for day in range(365)
    }
    for clock in clocks:
        assert {
            instant(date(2026, 1, 1) + timedelta(days=day), clock) for day in range(365)
        } <= set(found)


async def test_ticks_are_announced_once_the_session_is_done(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    coordinator: RehabCoordinator,
    told: list[Activity],
) -> None:
    first, *rest = [item.prescribed.id for item in coordinator.data.items]
    assert rest
    await coordinator.async_record(partial(decide.tick, exercise=first))
    await coordinator.async_record(partial(decide.score_session, pain=1))
    assert told == []
    again = await restart(hass, programme)
    again.announcer.subscribe(told.append)
    for exercise in rest:
        await again.async_record(partial(decide.tick, exercise=exercise))
    assert types(told) == ["session_logged"]
    told.clear()
    await again.async_record(partial(decide.untick, exercise=first))
    await again.async_record(partial(decide.tick, exercise=first))
    assert types(told) == ["entry_voided"]


async def test_attributes_say_nothing_about_health(
    coordinator: RehabCoordinator, told: list[Activity]
) -> None:
    made = await coordinator.async_record(
        partial(decide.log_session, pain_during=7, painkiller=True)
    )
    assert told[0].attributes == {
        "date": "2026-03-02",
        "stage": "isotonic",
        "dose_step": "S2.1",
        "log_id": made.log_id,
    }
    allowed = {"date", "stage", "dose_step", "log_id"}
    assert all(item.attributes.keys() <= allowed for item in told)


async def test_the_life_of_a_programme_as_it_is_told(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    coordinator: RehabCoordinator,
    told: list[Activity],
) -> None:
    await coordinator.async_record(partial(decide.skip_session))
    await coordinator.async_record(partial(decide.report_symptoms, symptoms=("swollen_calf",)))
    await coordinator.async_record(partial(decide.unlock, reason="seen"))
    await coordinator.async_record(partial(decide.set_stage, stage="isometric"))
    await coordinator.async_record(partial(decide.set_stage, stage="isotonic", dose_step="S2.2"))
    await coordinator.async_record(partial(decide.set_stage, stage="isotonic", dose_step="S2.1"))
    await coordinator.async_record(partial(decide.pause, until=date(2026, 3, 4)))
    assert types(told) == [
        "session_skipped",
        "locked",
        "unlocked",
        "stage_reduced",
        "dose_reduced",
        "stage_advanced",
        "dose_increased",
        "dose_reduced",
        "paused",
    ]
    told.clear()
    await move_to(hass, freezer, "2026-03-04T00:00:00+01:00")
    assert types(told) == ["resumed"]


async def test_what_happened_meanwhile_is_announced_once_after_start(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    programme: MockConfigEntry,
    coordinator: RehabCoordinator,
) -> None:
    await coordinator.async_record(partial(decide.pause, until=date(2026, 3, 4)))
    assert last(hass) == "paused"
    await hass.config_entries.async_unload(programme.entry_id)
    freezer.move_to("2026-03-04T09:00:00+01:00")
    await hass.config_entries.async_setup(programme.entry_id)
    await hass.async_block_till_done()
    assert last(hass) == "resumed"
    at = state(hass, EVENT)
    freezer.move_to("2026-03-04T09:30:00+01:00")
    await restart(hass, programme)
    assert state(hass, EVENT) == at


async def test_a_report_stored_just_before_a_crash_is_announced(
    hass: HomeAssistant, programme: MockConfigEntry, coordinator: RehabCoordinator
) -> None:
    """The line was stored, the process died before the announcement."""
    await coordinator.async_record(decide.log_session)
    await hass.config_entries.async_unload(programme.entry_id)
    path = journal(hass, programme)
    *kept, _mark = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(kept))
    await hass.config_entries.async_setup(programme.entry_id)
    await hass.async_block_till_done()
    assert last(hass) == "session_logged"


async def test_a_standing_of_another_version_is_not_compared(
    hass: HomeAssistant, programme: MockConfigEntry, coordinator: RehabCoordinator
) -> None:
    await hass.config_entries.async_unload(programme.entry_id)
    path = journal(hass, programme)
    stored = Journal(path)
    stored.load()
    stored.announce({"stage": "isometric", "novel": True})
    await hass.config_entries.async_setup(programme.entry_id)
    await hass.async_block_till_done()
    assert state(hass, EVENT) == "unknown"
    assert coordinator.journal.lines < programme.runtime_data.journal.lines


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {}, []),
        ({}, {"step": 10}, ["dose_increased"]),
        ({}, {"step": 8}, ["dose_reduced"]),
        ({}, {"sets_off": 1}, ["dose_reduced"]),
        ({"sets_off": 1}, {}, ["dose_increased"]),
        ({}, {"stage": Stage.HIP_FLEXION, "step": 13}, ["stage_advanced", "dose_increased"]),
        ({}, {"stage": Stage.ISOMETRIC, "step": 5}, ["stage_reduced", "dose_reduced"]),
        ({}, {"ready": True}, ["ready_to_progress"]),
        ({"ready": True}, {"ready": True}, []),
        ({"ready": True}, {}, []),
        ({}, {"flare_up": True}, ["flare_up_started"]),
        ({"flare_up": True}, {}, ["flare_up_ended"]),
        ({}, {"locked": True}, ["locked"]),
        ({"locked": True}, {}, ["unlocked"]),
        ({}, {"paused": True}, ["paused"]),
        ({"paused": True}, {}, ["resumed"]),
        ({}, {"reviews": ("plateau:2026-03-02",)}, ["review_due"]),
        ({}, {"reviews": ("screening:2026-03-02",)}, ["screening_due"]),
        ({"reviews": ("drift:2026-03-02",)}, {"reviews": ("drift:2026-03-02",)}, []),
        ({"reviews": ("drift:2026-03-02",)}, {}, []),
        ({}, {"missed": MONDAY}, []),  # told date by date
    ],
)
def test_differences(
    before: dict[str, object], after: dict[str, object], expected: list[str]
) -> None:
    one, other = replace(STANDING, **before), replace(STANDING, **after)  # type: ignore[arg-type]
    assert list(differences(one, other)) == expected
    stored = activity.store_standing(other)
    assert activity.read_standing(stored) == other


def test_a_missed_session_stays_told() -> None:
    missed = replace(STANDING, missed=MONDAY)
    assert activity.remembered(missed, STANDING) == missed
    assert activity.remembered(None, STANDING) == STANDING
    later = replace(STANDING, missed=MONDAY + timedelta(days=2))
    assert activity.remembered(missed, later) == later


def part(log_id: str, exercises: tuple[str, ...] | None, completed: float = 100) -> SessionReported:
    return SessionReported(
        log_id=log_id,
        on=MONDAY,
        logged_at=datetime(2026, 3, 2, 17, tzinfo=UTC),
        prescribed_step="S2.1",
        prescribed=("a", "b"),
        exercises=exercises,
        completed=completed,
    )


def run(log_id: str, step: str | None = None) -> RunReported:
    at = datetime(2026, 3, 2, 17, tzinfo=UTC)
    return RunReported(log_id=log_id, on=MONDAY, logged_at=at, minutes=20, prescribed_step=step)


def void(target: str) -> Voided:
    at = datetime(2026, 3, 2, 17, tzinfo=UTC)
    return Voided(log_id=f"void {target}", on=MONDAY, logged_at=at, target=target)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ([part("1", None)], [0]),
        ([part("1", None), part("2", None)], [0]),
        ([part("1", ("a",)), part("2", ("b",))], [1]),
        ([part("1", ("a",)), part("2", ("b",), completed=0)], []),
        ([part("1", ("a",)), void("1"), part("2", ("b",))], []),
        ([part("1", ("a",)), void("1"), part("2", ("b",)), part("3", ("a",))], [3]),
        ([part("1", None), void("1"), part("2", None)], [0]),
        ([part("1", ())], []),
    ],
)
def test_a_session_is_told_when_it_first_counts_as_done(facts: list[Fact], told: list[int]) -> None:
    assert take(Reports(()), facts, 0) == told
    for cut in range(len(facts)):  # wherever a restart comes between
        assert take(Reports(facts[:cut]), facts, cut) == [n for n in told if n >= cut]


def take(reports: Reports, facts: list[Fact], first: int) -> list[int]:
    """Return the places of the facts that told a session, taken one by one from ``first``."""
    found = {
        n: reports.take(facts[n], [Diary(facts[: n + 1]).page(MONDAY)])
        for n in range(first, len(facts))
    }
    return [n for n, item in found.items() if item and item[0] == "session_logged"]


@pytest.mark.parametrize(("step", "more"), [("R5", {"run_step": "R5"}), (None, {})])
def test_a_run_is_told_once_a_date(step: str | None, more: dict[str, str]) -> None:
    facts: list[Fact] = [run("1", step), void("1"), run("2", "R6")]
    for cut in range(len(facts)):
        reports = Reports(facts[:cut])
        found = [reports.take(fact, [Diary(facts).page(MONDAY)]) for fact in facts[cut:]]
        told = [each for each in found if each and each[0] == "run_logged"]
        first = ("run_logged", {"date": "2026-03-02", "log_id": "1", **more})
        assert told == ([] if cut else [first])


async def test_two_programmes_do_not_meet(
    hass: HomeAssistant, coordinator: RehabCoordinator, programme: MockConfigEntry
) -> None:
    other = MockConfigEntry(
        domain="pht_rehab", title="Ben", data=dict(programme.data), options=programme.options
    )
    assert await async_setup_component(hass, "homeassistant", {})
    other.add_to_hass(hass)
    hass.config_entries.async_update_entry(
        other, data={key: other.data[key] for key in ("name", "set_up")}
    )
    assert await hass.config_entries.async_setup(other.entry_id)
    await hass.async_block_till_done()
    await coordinator.async_record(decide.log_session)
    assert other.runtime_data.data.session_open
    assert not coordinator.data.session_open
    await hass.config_entries.async_unload(other.entry_id)


def ours(data: EventStateReportedData) -> bool:
    return "anna" in data["entity_id"]


async def test_what_looks_the_same_is_not_written(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    coordinator: RehabCoordinator,
) -> None:
    written: list[str] = []

    @callback
    def note(event: Event[EventStateReportedData]) -> None:
        written.append(event.data["entity_id"])

    hass.bus.async_listen(EVENT_STATE_REPORTED, note, event_filter=callback(ours))
    changed = async_capture_events(hass, EVENT_STATE_CHANGED)
    await move_to(hass, freezer, "2026-03-03T18:00:01+01:00")
    await coordinator.async_record(decide.log_session)
    await coordinator.async_record(decide.skip_session)
    await hass.async_block_till_done()
    assert changed
    assert written == []


async def test_another_language_is_written_where_words_are_shown(
    hass: HomeAssistant,
    coordinator: RehabCoordinator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed = async_capture_events(hass, EVENT_STATE_CHANGED)
    monkeypatch.setattr(type(coordinator.texts), "exercise", lambda _texts, key: f"<{key}>")
    coordinator.async_update_listeners()
    await hass.async_block_till_done()
    written = {event.data["entity_id"] for event in changed}
    assert written == {"calendar.anna_plan", "sensor.anna_exercises_today"}
    items = hass.states.get("sensor.anna_exercises_today")
    assert items is not None
    assert items.attributes["exercises"][0]["name"].startswith("<")
