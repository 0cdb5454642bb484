"""A day on which nobody does anything, and three on which somebody does: writes and rows."""

import asyncio
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from homeassistant.components.recorder import get_instance
from homeassistant.core import EVENT_STATE_CHANGED, HomeAssistant
from homeassistant.helpers import recorder as recorder_helper
from homeassistant.setup import async_setup_component

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


async def _idle(board: Board, place: Path) -> None:
    journal(place, "idle0000", years(1))
    changed: list[str] = []
    written: list[int] = []
    write = os.write

    def count(fd: int, data: bytes) -> int:
        done = write(fd, data)
        if Path(f"/proc/self/fd/{fd}").readlink().is_relative_to(place):
            written.append(done)
        return done

    with jumping(NOW):
        async with home(place) as hass:
            hass.states.async_set(SEAT, "off")
            await set_up(hass, programme("idle", seats=[SEAT]))
            entry = hass.config_entries.async_entries(DOMAIN)[0]
            looks = entry.runtime_data
            while not _is_copied(place):  # noqa: ASYNC110 -- nothing tells of it
                await asyncio.sleep(0)
            set_internal = hass.states.async_set_internal
            calls = 0

            def counted(entity_id: str, *args: Any, **more: Any) -> None:
                nonlocal calls
                calls += 1
                set_internal(entity_id, *args, **more)

            hass.bus.async_listen(
                EVENT_STATE_CHANGED, lambda event: changed.append(event.data["entity_id"])
            )
            woken = 0
            look = looks.async_look_again

            async def seen() -> None:
                nonlocal woken
                woken += 1
                await look()

            with (
                patch.object(
                    type(hass.states), "async_set_internal", lambda _self, *a, **k: counted(*a, **k)
                ),
                patch.object(looks, "async_look_again", seen),
                patch.object(os, "write", count),
            ):
                await asyncio.sleep(DAY)
    board.count(GROUP, "state changes in 24 idle hours", len(changed), "")
    board.count(GROUP, "same-value writes in 24 idle hours", calls - len(changed), "")
    board.count(GROUP, "wake-ups in 24 idle hours", woken, "")
    board.count(GROUP, "storage writes in 24 idle hours", len(written), "")


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
            before = _rows(database)
            for _ in range(days):
                await _report(hass, "log_morning_check", pain=1)
                await _report(hass, "log_session", pain_during=2)
                await _report(hass, "skip_session", date="2026-02-28", reason=CANARY)
                await asyncio.sleep(DAY)
                await get_instance(hass).async_block_till_done()
            after = _rows(database)
            told = "".join(str(state.as_dict()) for state in hass.states.async_all())
    for name in before:
        board.count("recorder", f"{name} rows a day", (after[name] - before[name]) / days, "")
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


def _texts(database: Path, table: str) -> list[str]:
    with sqlite3.connect(database) as connection:
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    return [str(row) for row in rows]
