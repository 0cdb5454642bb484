"""A real Home Assistant, killed while several clients log at once."""

import asyncio
import contextlib
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import aiohttp

from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.overview import Overview, overview
from custom_components.pht_rehab.lines import loaded, scan
from script.demo import ENTRY_ID, seed
from script.real_ha import INTEGRATION, ROOT, RealHA, empty
from script.soak_clients import CORRECTED, DOMAIN, MARKS, Mark, Told, act, today

if TYPE_CHECKING:
    from script.soak import Tally

CLIENTS: Final = 4
LONGEST: Final = 2.0  # seconds until the blow
UPKEEP: Final = ROOT / "script" / "soak_upkeep"


@dataclass
class Running:
    """A Home Assistant to kill, and what is known of its log."""

    ha: RealHA
    entities: dict[str, str]
    known: dict[str, dict[str, Any]]
    number: int = 0
    before: int = 0  # which file the journal of before was last seen to be


@contextmanager
def open_hass(folder: Path) -> Iterator[Running]:
    """Start Home Assistant with six weeks of a programme, or where it was left."""
    new = not (folder / ".soaked").exists()
    if new:
        empty(folder)
        seed(folder, today())
    with RealHA(
        folder,
        components=[INTEGRATION, UPKEEP],
        configuration=f"{UPKEEP.name}:\n",
        environment={"PYTHONPATH": ""},  # else only the integrations of this repository are found
    ) as ha:
        if new:
            ha.onboard()
            ha.restart()  # only then the user is stored
            (folder / ".soaked").touch()
        else:
            ha.log_in("alex", "test-password")
        number = max(
            (int(entry["session_id"][4:]) for entry in _log(ha).values() if _own(entry)), default=0
        )
        yield Running(ha, ha.entities(DOMAIN), _log(ha), number + 10_000)


def _own(entry: dict[str, Any]) -> bool:
    return str(entry.get("session_id", "")).startswith("soak")


def hass_round(running: Running, tally: Tally, chance: random.Random) -> None:
    """Log, kill, start again, and compare."""
    told = Told()
    clients = chance.choice((1, CLIENTS))
    asyncio.run(_round(running, told, chance, clients))
    running.ha.start()
    _compare(running, told, tally, alone=clients == 1)


async def _round(running: Running, told: Told, chance: random.Random, clients: int) -> None:
    async with aiohttp.ClientSession() as session:
        working = [
            asyncio.create_task(_client(session, running, told, chance)) for _ in range(clients)
        ]
        await asyncio.sleep(chance.uniform(0.1, LONGEST))
        await asyncio.to_thread(running.ha.kill)
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)


async def _client(
    session: aiohttp.ClientSession, running: Running, told: Told, chance: random.Random
) -> None:
    with contextlib.suppress(aiohttp.ClientError, TypeError):
        async with session.ws_connect(f"{running.ha.url}/api/websocket") as socket:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": running.ha.token})
            await socket.receive_json()
            number = 0
            while True:
                number += 1
                running.number += 1
                await act(socket, number, told, chance, running.number)


def _compare(running: Running, told: Told, tally: Tally, *, alone: bool) -> None:
    found = _log(running.ha)
    tally.kills += 1
    tally.refused += told.refused
    kept = (told.answered, told.voided, told.corrected, told.noted)
    tally.acknowledged += sum(len(each) for each in kept)
    tally.lost += len(running.known.keys() - found.keys())
    for entry, mark in told.answered.items():
        stored = found.get(entry)
        tally.lost += stored is None
        tally.different += stored is not None and _mark(stored) != mark
    for target, entry in told.voided.items():
        tally.lost += entry not in found or not found[target]["voided"]
    late = _late(running, found, told)
    tally.late += len(late)
    tally.torn += sum(not _expected(entry, told) for entry in late)
    compare_corrections(found, told, tally)
    compare_notes(found, told, tally)
    marks = [each for entry in found.values() if not entry["voided"] and (each := _mark(entry))]
    tally.twice += len(marks) - len(set(marks))
    running.known = found
    _compare_shown(running, told, tally, before=alone and not late)
    if (before := _before(running)) != running.before:
        running.before = before
        tally.compacted += 1


def _late(running: Running, found: dict[str, dict[str, Any]], told: Told) -> list[dict[str, Any]]:
    """Return what was kept although nobody was told."""
    acknowledged = {*told.answered, *told.voided.values(), *told.corrected.values()}
    return [
        entry
        for log_id, entry in found.items()
        if log_id not in running.known
        and log_id not in acknowledged
        and not (entry["kind"] == "void" and entry["target"] in told.corrected)
    ]


def compare_corrections(found: dict[str, dict[str, Any]], told: Told, tally: Tally) -> None:
    """Count corrections that are lost, or of which there is only the void or the new entry."""
    for target in told.corrections_sent & found.keys():
        new = [
            log_id
            for log_id, entry in found.items()
            if _mark(entry) == told.answered[target] and entry.get("pain_after") == CORRECTED
        ]
        if target in told.corrected:
            tally.lost += new != [told.corrected[target]]
        tally.torn += bool(new) != found[target]["voided"]


def compare_notes(found: dict[str, dict[str, Any]], told: Told, tally: Tally) -> None:
    """Count notes that are lost, kept though nobody was told, or other than they were sent."""
    for target, text in told.notes_sent.items():
        note = found.get(target, {}).get("note")
        tally.lost += target in told.noted and note is None
        tally.late += target not in told.noted and note is not None
        tally.different += note not in (None, text)


def _compare_shown(running: Running, told: Told, tally: Tally, *, before: bool) -> None:
    """Compare what is shown with a replay, and with ``before`` the blow if nothing came late."""
    shown = _shown(running)
    if (replayed := _replayed(running)) != shown:
        tally.different += 1
        tally.said.append(f"shown {shown}, replayed {replayed}")
    if before and told.last is not None:
        was = {name: told.last[name] for name in ("stage", "dose_step", "response")}
        if {name: shown[name] for name in was} != {k: str(v) for k, v in was.items()}:
            tally.different += 1
            tally.said.append(f"shown before {was}, after {shown}")


def _before(running: Running) -> int:
    """Return which file the journal of before is; another one each time it is written anew."""
    with contextlib.suppress(FileNotFoundError):
        return _journal(running.ha).with_suffix(".jsonl.old").stat().st_ino
    return 0


def _mark(entry: dict[str, Any]) -> Mark | None:
    service = f"log_{entry['kind']}"
    if service not in MARKS or not (_own(entry) or entry["kind"] != "session"):
        return None
    value = entry.get(MARKS[service])
    return (service, value) if isinstance(value, str) or _unique(value) else None


def _unique(value: object) -> bool:
    return isinstance(value, float) and value < 1


def _expected(entry: dict[str, Any], told: Told) -> bool:
    if entry["kind"] == "void":
        return entry["target"] in told.voids_sent | told.corrections_sent
    return _mark(entry) in told.sent


def _log(ha: RealHA) -> dict[str, dict[str, Any]]:
    start = (datetime.now(UTC).date() - timedelta(days=60)).isoformat()
    entries = ha.action(f"{DOMAIN}.get_log", {"start_date": start}, response=True)["entries"]
    return {entry["log_id"]: entry for entry in entries}


def _shown(running: Running) -> dict[str, str]:
    keys = ("stage", "dose_step", "response", "session_pain", "morning_pain", "exercises_today")
    return {key: running.ha.state(running.entities[key])["state"] for key in keys}


def _replayed(running: Running) -> dict[str, str]:
    path = _journal(running.ha)
    facts = loaded(scan(path.read_bytes(), path.name)).facts
    view: Overview = overview(Course(facts), datetime.now(UTC))
    values: dict[str, object] = {
        "stage": view.stage.value,
        "dose_step": view.dose_step,
        "response": view.response.value if view.response is not None else None,
        "session_pain": view.session_pain,
        "morning_pain": view.morning_pain,
        "exercises_today": len(view.items),
    }
    return {key: "unknown" if value is None else str(value) for key, value in values.items()}


def _journal(ha: RealHA) -> Path:
    return ha.config / ".storage" / f"{DOMAIN}.{ENTRY_ID}.jsonl"
