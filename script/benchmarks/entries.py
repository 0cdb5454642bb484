"""Set-up and memory of many programmes, what one entry costs, and what blocks the loop."""

import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.pht_rehab.diagnostics import async_get_config_entry_diagnostics
from custom_components.pht_rehab.domain.codec import encode
from custom_components.pht_rehab.lines import line
from custom_components.pht_rehab.store import Journal

from .clock import standing
from .figures import Board, spending
from .home import DOMAIN, NOW, Blocks, floor, home, programme, resident, set_up
from .life import facts, journal, years

GROUP: Final = "Home Assistant"
MONTH: Final = 30
DECADES: Final = years(19)  # ten thousand entries


async def measure(board: Board, *, quick: bool) -> None:
    """Measure one programme and many."""
    with tempfile.TemporaryDirectory() as place:
        for count in (1,) if quick else (1, 100, 1000):
            await _many(board, Path(place) / f"many-{count}", count)
        for days in (0, MONTH) if quick else (0, MONTH, years(2), DECADES):
            await _log(board, Path(place) / f"log-{days}", days)
        if not quick:
            await _old(board, Path(place) / "old")
            _bytes(board, Path(place) / "bytes")


async def floors(board: Board) -> None:
    """Measure what everything is compared with."""
    with tempfile.TemporaryDirectory() as place:
        await _floors(board, Path(place))


async def _floors(board: Board, place: Path) -> None:
    async with home(place) as hass:
        spent: list[float] = []
        for turn in range(20):
            with spending(spent):
                for number in range(1000):
                    hass.states.async_set("sensor.floor", f"{turn}.{number}")
        board.floors["F1"] = min(spent) / 1000
        board.time("floors", "F1 states.async_set", [each / 1000 for each in spent])
        spent = []
        for number in range(8):
            with spending(spent):
                await set_up(hass, floor(number))
        board.floors["F2"] = min(spent)
        board.time("floors", "F2 set-up of an empty integration", spent)


async def _many(board: Board, place: Path, count: int) -> None:
    with standing(NOW):
        async with home(place) as hass:
            await set_up(hass, floor(9999))
            journal(place, "first0000", MONTH)
            await set_up(hass, programme("first"))
            before, spent = resident(), list[float]()
            with spending(spent):
                for number in range(count):
                    await set_up(hass, floor(number))
            floor_memory, floor_time = resident() - before, spent.pop()
            for number in range(count):
                journal(place, f"many{number:04}", MONTH)
            before = resident()
            with spending(spent):
                for number in range(count):
                    await set_up(hass, programme("many", number))
            name = f"set-up of {count:,} programme{'s' if count > 1 else ''}, each"
            board.floors["F2 now"] = floor_time / count
            board.time(GROUP, name, [spent[0] / count], "F2 now")
            if count > 1:
                board.count(
                    GROUP,
                    f"memory per programme at {count:,}",
                    (resident() - before) / count / 1024,
                    "kB",
                    floor_memory / count / 1024,
                )


async def _log(board: Board, place: Path, days: int) -> None:
    entries = journal(place, "log0000", days)
    with standing(NOW) as clock:
        async with home(place) as hass:
            await set_up(hass, programme("log"))
            spent: list[float] = []
            for number in range(24):
                clock.passed += 1
                data = {"pain": number % 3, "rest_pain": 1}
                with spending(spent):
                    await hass.services.async_call(DOMAIN, "log_morning_check", data, blocking=True)
                    await hass.async_block_till_done()
            board.time(GROUP, f"log action, {entries:,} entries before", spent[4:], "F2")


async def _old(board: Board, place: Path) -> None:
    """Ten thousand entries: the start, its memory, and the longest block of each operation."""
    entries = journal(place, "old0000", DECADES)
    facts.cache_clear()
    blocks = Blocks()
    with standing(NOW):
        async with home(place) as hass:
            await set_up(hass, floor())
            journal(place, "new0000", 0)
            await set_up(hass, programme("new"))
            facts.cache_clear()
            entry = programme("old")
            before, spent = resident(), list[float]()
            with spending(spent), blocks.watch():
                await set_up(hass, entry)
            board.time(GROUP, f"start with {entries:,} entries", spent, "F2")
            board.count(
                GROUP, f"memory of {entries:,} entries", (resident() - before) / 2**20, "MB"
            )
            board.time("blocks", "longest block: start", [blocks.longest])
            for name, call in _operations(hass, entry).items():
                with blocks.watch():
                    await call()
                    await hass.async_block_till_done()
                board.time("blocks", f"longest block: {name}", [blocks.longest])


def _operations(hass: HomeAssistant, entry: Any) -> dict[str, Callable[[], Awaitable[object]]]:
    def act(name: str, **data: object) -> Callable[[], Awaitable[object]]:
        reading = name.startswith(("get", "explain", "export"))
        return lambda: hass.services.async_call(
            DOMAIN,
            name,
            {"config_entry_id": entry.entry_id, **data},
            blocking=True,
            return_response=reading,
        )

    def year() -> Awaitable[object]:
        calendar = er.async_get(hass).async_get_entity_id(
            "calendar", DOMAIN, f"{entry.entry_id}_plan"
        )
        asked = {"start_date_time": "2025-09-01T00:00:00", "duration": {"days": 365}}
        return hass.services.async_call(
            "calendar",
            "get_events",
            {"entity_id": calendar, **asked},
            blocking=True,
            return_response=True,
        )

    return {
        "log_session": act("log_session", pain_during=1),
        "log, 14 days late": act("log_session", pain_during=1, date="2026-02-16"),
        "get_log, 14 days": act("get_log"),
        "get_log, everything": act("get_log", start_date="2016-01-01"),
        "get_plan, 28 days": act("get_plan", days=28),
        "explain": act("explain"),
        "a year of the calendar": year,
        "export": act("export"),
        "diagnostics": lambda: async_get_config_entry_diagnostics(hass, entry),
        "midnight": entry.runtime_data.async_look_again,
        "reload": lambda: hass.config_entries.async_reload(entry.entry_id),
    }


def _bytes(board: Board, place: Path) -> None:
    """Write ten years of entries as they come, and compact when it pays."""
    written = 0
    write = os.write

    def count(fd: int, data: bytes) -> int:
        nonlocal written
        done = write(fd, data)
        written += done
        return done

    known = facts(DECADES)
    standing = {"stage": "hip_flexion", "step": 15, "sets_off": 0, "ready": False}
    with patch.object(os, "write", count), patch.object(os, "fdatasync", lambda _fd: None):
        log = Journal(place / "pht_rehab.bytes.jsonl")
        log.create(known[:1])
        marks = {100: 0, 1000: 0, 10_000: 0}
        for number, fact in enumerate(known[1:], 1):
            before = written
            log.append([fact])
            for mark in marks:
                if mark <= number < mark + 100:
                    marks[mark] += written - before
            log.announce(standing if number % 5 == 0 else None)
            if log.wasteful:
                log.compact()
        total = sum(len(line({"seq": 1, "facts": [encode(each)]})) for each in known)
    for mark, size in marks.items():
        board.count("bytes", f"bytes per entry at {mark:,} entries", size / 100, "B")
    board.count("bytes", "all bytes written, compaction too, per byte said", written / total, "x")
    began = time.process_time()
    log.load()
    board.time("bytes", f"load {len(known):,} entries", [time.process_time() - began])
