"""A real Home Assistant, killed while several clients log at once."""

import asyncio
import contextlib
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import aiohttp

from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.overview import Overview, overview
from custom_components.pht_rehab.lines import loaded, scan
from script.demo import ENTRY_ID, seed
from script.real_ha import INTEGRATION, RealHA, empty

if TYPE_CHECKING:
    from script.soak import Tally

DOMAIN: Final = "pht_rehab"
CLIENTS: Final = 4
LONGEST: Final = 2.0  # seconds until the blow
BACK_DAYS: Final = 14
MARKS: Final = {
    "log_session": "session_id",
    "log_event": "minutes",
    "log_test": "value",
    "log_morning_check": "sitting_minutes",
}
"""The field of each action by which its entry is known again when no answer came."""
KINDS: Final = {"session", "event", "test", "morning_check", "void"}


@dataclass
class Running:
    """A Home Assistant to kill, and what is known of its log."""

    ha: RealHA
    entities: dict[str, str]
    known: dict[str, dict[str, Any]]
    number: int = 0


@dataclass
class Told:
    """What the clients of one round sent, and what they were answered."""

    sent: set[tuple[str, object]] = field(default_factory=set)
    answered: dict[str, tuple[str, object]] = field(default_factory=dict)
    voided: dict[str, str] = field(default_factory=dict)  # target -> entry
    voids_sent: set[str] = field(default_factory=set)
    refused: int = 0
    last: dict[str, Any] | None = None


@contextmanager
def open_hass(folder: Path) -> Iterator[Running]:
    """Start Home Assistant with six weeks of a programme, or where it was left."""
    new = not (folder / ".soaked").exists()
    if new:
        empty(folder)
        seed(folder, datetime.now(UTC).date())
    with RealHA(folder, components=[INTEGRATION]) as ha:
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
                await _act(socket, number, running, told, chance)


async def _act(
    socket: aiohttp.ClientWebSocketResponse,
    number: int,
    running: Running,
    told: Told,
    chance: random.Random,
) -> None:
    service, data = _report(running, told, chance)
    mark = (service, data.get(MARKS.get(service, "log_id")))
    (told.sent if service in MARKS else told.voids_sent).add(
        mark if service in MARKS else data["log_id"]  # type: ignore[arg-type]
    )
    await socket.send_json(
        {
            "id": number,
            "type": "call_service",
            "domain": DOMAIN,
            "service": service,
            "service_data": data,
            "return_response": True,
        }
    )
    answer = await socket.receive_json()
    if not answer["success"]:
        told.refused += 1
        return
    told.last = answer["result"]["response"]
    entry = told.last["log_id"]
    if service in MARKS:
        told.answered[entry] = mark
    else:
        told.voided[data["log_id"]] = entry


def _report(running: Running, told: Told, chance: random.Random) -> tuple[str, dict[str, Any]]:
    running.number += 1
    mark = running.number / 1_000_000
    on = (datetime.now(UTC).date() - timedelta(days=chance.randrange(BACK_DAYS))).isoformat()
    kind = chance.randrange(6)
    if kind == 0 and told.answered:
        return "void_entry", {"log_id": chance.choice(list(told.answered))}
    if kind == 1:
        return "log_event", {"kind": "other", "minutes": mark, "date": on}
    if kind == 2:  # noqa: PLR2004
        return "log_test", {"test": "hip_hinge", "value": mark, "pain": 1, "date": on}
    pain = chance.choice((0, 0.5, 1, 2))
    if kind == 3:  # noqa: PLR2004
        return "log_morning_check", {"pain": pain, "sitting_minutes": mark, "date": on}
    return "log_session", {
        "pain_during": pain,
        "session_id": f"soak{running.number}",
        "date": on,
    }


def _compare(running: Running, told: Told, tally: Tally, *, alone: bool) -> None:
    found = _log(running.ha)
    tally.kills += 1
    tally.refused += told.refused
    tally.acknowledged += len(told.answered) + len(told.voided)
    tally.lost += len(running.known.keys() - found.keys())
    for entry, mark in told.answered.items():
        stored = found.get(entry)
        tally.lost += stored is None
        tally.different += stored is not None and _mark(stored) != mark
    for target, entry in told.voided.items():
        tally.lost += entry not in found or not found[target]["voided"]
    late = [
        entry
        for log_id, entry in found.items()
        if log_id not in running.known
        and log_id not in told.answered
        and log_id not in told.voided.values()
    ]
    tally.late += len(late)
    tally.torn += sum(not _expected(entry, told) for entry in late)
    marks = [_mark(entry) for entry in found.values() if _mark(entry) is not None]
    tally.twice += len(marks) - len(set(marks))
    running.known = found
    shown = _shown(running)
    if (replayed := _replayed(running)) != shown:
        tally.different += 1
        tally.said.append(f"shown {shown}, replayed {replayed}")
    if alone and not late and told.last is not None:
        before = {name: told.last[name] for name in ("stage", "dose_step", "response")}
        if {name: shown[name] for name in before} != {k: str(v) for k, v in before.items()}:
            tally.different += 1
            tally.said.append(f"shown before {before}, after {shown}")


def _mark(entry: dict[str, Any]) -> tuple[str, object] | None:
    service = f"log_{entry['kind']}"
    if service not in MARKS or not (_own(entry) or entry["kind"] != "session"):
        return None
    value = entry.get(MARKS[service])
    return (service, value) if isinstance(value, str) or _unique(value) else None


def _unique(value: object) -> bool:
    return isinstance(value, float) and value < 1


def _expected(entry: dict[str, Any], told: Told) -> bool:
    if entry["kind"] == "void":
        return entry["target"] in told.voids_sent
    return entry["kind"] in KINDS and _mark(entry) in told.sent


def _log(ha: RealHA) -> dict[str, dict[str, Any]]:
    start = (datetime.now(UTC).date() - timedelta(days=60)).isoformat()
    entries = ha.action(f"{DOMAIN}.get_log", {"start_date": start}, response=True)["entries"]
    return {entry["log_id"]: entry for entry in entries}


def _shown(running: Running) -> dict[str, str]:
    keys = ("stage", "dose_step", "response", "session_pain", "morning_pain", "exercises_today")
    return {key: running.ha.state(running.entities[key])["state"] for key in keys}


def _replayed(running: Running) -> dict[str, str]:
    path = running.ha.config / ".storage" / f"{DOMAIN}.{ENTRY_ID}.jsonl"
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


def today() -> date:
    """Return the date in the zone the soaked Home Assistant lives in."""
    return datetime.now(UTC).date()
