"""What the clients of a soaked Home Assistant send, and what they were answered."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import aiohttp

from script.demo import ENTRY_ID

DOMAIN: Final = "pht_rehab"
BACK_DAYS: Final = 14
MARKS: Final = {
    "log_session": "session_id",
    "log_event": "minutes",
    "log_run": "minutes",
    "log_test": "value",
    "log_morning_check": "sitting_minutes",
    "log_weekly_check": "overall",
}
"""The field of each action by which its entry is known again when no answer came."""
CORRECTED: Final = 1.5
"""The pain of the rest of the day that a correction enters; nothing else does."""
WEEK: Final = {
    "longest_sitting": 45,
    "worst_pain": 3,
    "bending_pain": 2,
    "walking_pain": 1,
    "activity_share": 60,
    "hardest_activity": "moderate",
    "confidence": 7,
    "disturbed_nights": 1,
    "morning_mean": 1,
    "bridge_reps": 10,
}

type Mark = tuple[str, object]
type Message = dict[str, Any]


@dataclass
class Told:
    """What the clients of one round sent, and what they were answered.

    An entry is voided, corrected or noted at most once, and not both voided and corrected.
    """

    sent: set[Mark] = field(default_factory=set)
    answered: dict[str, Mark] = field(default_factory=dict)
    voids_sent: set[str] = field(default_factory=set)
    voided: dict[str, str] = field(default_factory=dict)  # target -> entry
    corrections_sent: set[str] = field(default_factory=set)
    corrected: dict[str, str] = field(default_factory=dict)  # target -> what stands in its place
    notes_sent: dict[str, str] = field(default_factory=dict)  # target -> text
    noted: set[str] = field(default_factory=set)
    refused: int = 0
    last: dict[str, Any] | None = None

    def untouched(self, *kinds: str) -> list[str]:
        """Return the acknowledged entries of these actions that are as they were told."""
        touched = self.voids_sent | self.corrections_sent
        return [
            entry
            for entry, mark in self.answered.items()
            if entry not in touched and (not kinds or mark[0] in kinds)
        ]


async def act(
    socket: aiohttp.ClientWebSocketResponse,
    number: int,
    told: Told,
    chance: random.Random,
    count: int,
) -> None:
    """Send one thing, the ``count``-th of all, and note what comes back."""
    kind = chance.randrange(9)
    entries = told.untouched()
    checked = told.untouched("log_session", "log_morning_check")
    if kind == 0 and entries:
        await _void(socket, number, told, chance.choice(entries))
    elif kind == 1 and checked:
        await _correct(socket, number, told, chance.choice(checked))
    elif kind == 2 and (free := [one for one in entries if one not in told.notes_sent]):  # noqa: PLR2004
        await _note(socket, number, told, chance.choice(free), f"soak {count}")
    else:
        await _log(socket, number, told, *_report(chance, count))


async def _ask(
    socket: aiohttp.ClientWebSocketResponse, number: int, told: Told, message: Message
) -> Any:
    """Return the result, or None where it was refused."""
    await socket.send_json({"id": number, **message})
    answer = await socket.receive_json()
    if not answer["success"]:
        told.refused += 1
        return None
    return answer["result"] or {}


def _call(service: str, data: dict[str, Any]) -> Message:
    return {
        "type": "call_service",
        "domain": DOMAIN,
        "service": service,
        "service_data": data,
        "return_response": True,
    }


async def _log(
    socket: aiohttp.ClientWebSocketResponse,
    number: int,
    told: Told,
    service: str,
    data: dict[str, Any],
) -> None:
    mark = (service, data[MARKS[service]])
    told.sent.add(mark)
    if (result := await _ask(socket, number, told, _call(service, data))) is not None:
        told.last = result["response"]
        told.answered[result["response"]["log_id"]] = mark


async def _void(
    socket: aiohttp.ClientWebSocketResponse, number: int, told: Told, target: str
) -> None:
    told.voids_sent.add(target)
    message = _call("void_entry", {"log_id": target})
    if (result := await _ask(socket, number, told, message)) is not None:
        told.last = result["response"]
        told.voided[target] = result["response"]["log_id"]


async def _correct(
    socket: aiohttp.ClientWebSocketResponse, number: int, told: Told, target: str
) -> None:
    told.corrections_sent.add(target)
    message = {
        "type": f"{DOMAIN}/correct",
        "config_entry_id": ENTRY_ID,
        "log_id": target,
        "scores": {"pain_after": CORRECTED},
    }
    if (result := await _ask(socket, number, told, message)) is not None:
        told.last = None  # where the programme stands with it was not told
        told.corrected[target] = result["log_id"]


async def _note(
    socket: aiohttp.ClientWebSocketResponse, number: int, told: Told, target: str, text: str
) -> None:
    told.notes_sent[target] = text
    message = {
        "type": f"{DOMAIN}/note",
        "config_entry_id": ENTRY_ID,
        "log_id": target,
        "text": text,
    }
    if await _ask(socket, number, told, message) is not None:
        told.noted.add(target)


def _report(chance: random.Random, count: int) -> tuple[str, dict[str, Any]]:
    mark = count / 1_000_000
    on = (today() - timedelta(days=chance.randrange(BACK_DAYS))).isoformat()
    pain = chance.choice((0, 0.5, 1, 2))
    reports: list[tuple[str, dict[str, Any]]] = [
        ("log_event", {"kind": "other", "minutes": mark}),
        ("log_test", {"test": "hip_hinge", "value": mark, "pain": 1}),
        ("log_run", {"minutes": mark, "pain_during": pain}),
        ("log_weekly_check", {**WEEK, "overall": mark}),
        ("log_morning_check", {"pain": pain, "sitting_minutes": mark}),
        ("log_session", {"pain_during": pain, "session_id": f"soak{count}"}),
        ("log_session", {"pain_during": pain, "session_id": f"soak{count}"}),
    ]
    service, data = chance.choice(reports)
    return service, {**data, "date": on}


def today() -> date:
    """Return the date in the zone the soaked Home Assistant lives in."""
    return datetime.now(UTC).date()
