"""A day on which nobody does anything, and three on which somebody does: writes and rows."""

import asyncio
import contextlib
import os
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from homeassistant.components.recorder import get_instance
from homeassistant.core import (
    EVENT_STATE_CHANGED,
    Event,
    EventStateChangedData,
    HomeAssistant,
    StateMachine,
)
from homeassistant.helpers import recorder as recorder_helper
from homeassistant.setup import async_setup_component

from custom_components.pht_rehab.coordinator import RehabCoordinator

from .clock import jumping
from .figures import Board
from .home import DOMAIN, NOW, home, programme, set_up
from .life import journal, years

GROUP: Final = "idle"
DAY: Final = 86_400
CANARY: Final = "canary-7f3a"
SEAT: Final = "binary_sensor.seat"


async def measure(board: Board, *, quick: bool) -> None:
    """Measure an idle day and the recorder."""
    with tempfile.TemporaryDirectory() as place:
        await _idle(board, Path(place) / "idle")
        if not quick:
            await _recorded(board, Path(place) / "recorded", days=3)


@dataclass
class Counts:
    """What happened in 24 hours."""

    timers: int = 0  # timer handles of the event loop that ran, whoever set them
    looks: int = 0
    calls: int = 0  # of states, the same again or another
    changed: int = 0
    written: int = 0


async def _idle(board: Board, place: Path) -> None:
    journal(place / "ours", "idle0000", years(1))
    with jumping(NOW):
        async with home(place / "bare") as hass:
            hass.states.async_set(SEAT, "off")
            bare = await _day(hass, place / "bare")
    with jumping(NOW):
        async with home(place / "ours") as hass:
            hass.states.async_set(SEAT, "off")
            await set_up(hass, programme("idle", seats=[SEAT]))
            while not _is_copied(place / "ours"):  # noqa: ASYNC110 -- nothing tells of it
                await asyncio.sleep(0)
            ours = await _day(hass, place / "ours")
    same = ours.calls - ours.changed
    board.count(GROUP, "state changes in 24 idle hours", ours.changed, "")
    board.count(GROUP, "same-value writes in 24 idle hours", same, "")
    board.count(GROUP, "wake-ups in 24 idle hours", ours.timers - bare.timers, "")
    board.count(GROUP, "timers of a bare home", bare.timers, "")
    board.count(GROUP, "looks of the programme in 24 idle hours", ours.looks, "")
    board.count(GROUP, "storage writes in 24 idle hours", ours.written, "")


async def _day(hass: HomeAssistant, place: Path) -> Counts:
    """Let a day pass; every timer handle counts, also one that another integration sets for us."""
    counts = Counts()
    write, run = os.write, asyncio.Handle._run  # noqa: SLF001
    look, set_internal = RehabCoordinator.async_look_again, StateMachine.async_set_internal

    def counted_write(fd: int, data: bytes) -> int:
        done = write(fd, data)
        counts.written += Path(f"/proc/self/fd/{fd}").readlink().is_relative_to(place)
        return done

    def counted_run(handle: asyncio.Handle) -> Any:
        counts.timers += isinstance(handle, asyncio.TimerHandle)
        return run(handle)

    def counted_set(states: StateMachine, *args: Any, **more: Any) -> None:
        counts.calls += 1
        set_internal(states, *args, **more)

    async def counted_look(programme: RehabCoordinator) -> None:
        counts.looks += 1
        await look(programme)

    def changed(_event: Event[EventStateChangedData]) -> None:
        counts.changed += 1

    hass.bus.async_listen(EVENT_STATE_CHANGED, changed)
    with (
        patch.object(StateMachine, "async_set_internal", counted_set),
        patch.object(RehabCoordinator, "async_look_again", counted_look),
        patch.object(asyncio.Handle, "_run", counted_run),
        patch.object(os, "write", counted_write),
    ):
        await asyncio.sleep(DAY)
    return counts


def _is_copied(place: Path) -> bool:
    """Return whether the month's copy, which the start makes, is there."""
    return any(place.glob(f".storage/{DOMAIN}.*.json"))


async def _recorded(board: Board, place: Path, days: int) -> None:
    """Three reports a day, with the real recorder; statistics are left to arithmetic."""
    journal(place, "seen0000", years(1))
    database = place / "home-assistant_v2.db"
    with jumping(NOW):
        async with home(place) as hass:
            recorder_helper.async_initialize_recorder(hass)
            await async_setup_component(
                hass,
                "recorder",
                {"recorder": {"db_url": f"sqlite:///{database}", "commit_interval": 0}},
            )
            await hass.async_block_till_done()
            await set_up(hass, programme("seen"))
            await hass.async_block_till_done()
            await get_instance(hass).async_block_till_done()
            before, size = _rows(database), _bytes(database)
            for _ in range(days):
                await _report(hass, "log_morning_check", pain=1)
                await _report(hass, "log_session", pain_during=2)
                await _report(hass, "skip_session", date="2026-02-28", reason=CANARY)
                await asyncio.sleep(DAY)
                await get_instance(hass).async_block_till_done()
            after, grown = _rows(database), _bytes(database)
            told = "".join(str(state.as_dict()) for state in hass.states.async_all())
    for name in before:
        board.count("recorder", f"{name} rows a day", (after[name] - before[name]) / days, "")
    if size is not None and grown is not None:
        board.count("recorder", "bytes of states a day", (grown - size) / days, "B")
    found = sum(CANARY in text for text in (told, *_texts(database, "states")))
    board.count("recorder", "a reason found in states", found, "places")
    events = sum(CANARY in text for text in _texts(database, "event_data"))
    board.count("recorder", "a reason found in the core's event of the action", events, "places")


async def _report(hass: HomeAssistant, action: str, **data: object) -> None:
    await hass.services.async_call(DOMAIN, action, data, blocking=True)
    await hass.async_block_till_done()


def _rows(database: Path) -> dict[str, int]:
    with sqlite3.connect(database) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("states", "state_attributes", "statistics", "statistics_short_term")
        }


def _bytes(database: Path) -> int | None:
    """Return the bytes of the states with their attributes and indexes; None if SQLite cannot."""
    tables = "('states', 'state_attributes', 'states_meta')"
    names = f"SELECT name FROM sqlite_master WHERE tbl_name IN {tables}"  # noqa: S608
    with sqlite3.connect(database) as connection, contextlib.suppress(sqlite3.OperationalError):
        found = connection.execute(f"SELECT sum(payload) FROM dbstat WHERE name IN ({names})")  # noqa: S608
        return int(found.fetchone()[0])
    return None


def _texts(database: Path, table: str) -> list[str]:
    with sqlite3.connect(database) as connection:
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    return [str(row) for row in rows]
