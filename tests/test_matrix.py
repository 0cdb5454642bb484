"""Hostile values from everybody over the real interfaces: refused by name, or understood."""

import asyncio
import io
import json
import logging
import math
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from aiohttp import WSMsgType
from homeassistant.auth.const import GROUP_ID_READ_ONLY, GROUP_ID_USER
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    CLIENT_ID,
    MockConfigEntry,
    MockUser,
)
from pytest_homeassistant_custom_component.typing import (  # type: ignore[import-untyped]
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain.exercises import EXERCISES
from tests.entities import registered

ROLES: Final = ("admin", "user", "of another", "read only")
MAY_WRITE: Final = {"admin", "user"}
TODAY: Final = date(2026, 3, 2)

VALUES: Final[tuple[object, ...]] = (
    True, "3", 3, 3.5, -1, 11, 10**400, math.nan, "nan", math.inf, None, [], {}, "٣", 0, 10_000,
    -0.0, 1e308, "", "  ", "x" * 400_000, "\0", "\r\nEND:VTODO", "\ud800", "\u202eabc", "😀",
    "a" + "\u0301" * 200, "<img src=x onerror=alert(1)>", "<script>", "\"'`", "javascript:alert(1)",
    "![x](https://example.org)", "{{ states }}", "{% for %}", "=1+1", "../../secrets.yaml",
    {"__proto__": 1}, ["constructor"], "0001-01-01", "9999-12-31", "2026-03-03", "2026-02-30",
    "2026-03-02", "2026-03-01T10:00:00+99:00", "2026-03-02T10:00", 1_772_000_000_000,
    "sensor.anna_stage", "gone",
)  # fmt: skip


def is_score(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 <= value <= 10 and value * 2 == int(value * 2)  # type: ignore[operator]


def is_share(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 <= value <= 100  # type: ignore[operator]


def is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 500 and "\ud800" not in value


def is_known(value: object) -> bool:
    return value == [] or (isinstance(value, str) and value in EXERCISES)


FIELDS: Final[tuple[tuple[str, str, Callable[[object], bool]], ...]] = (
    ("log_session", "pain_during", is_score),
    ("log_session", "completed", is_share),
    ("log_session", "date", lambda value: value == "2026-03-02"),
    ("log_session", "exercises", is_known),
    ("log_session", "session_id", is_text),
    ("log_session", "config_entry_id", lambda value: value == ""),
    ("void_entry", "log_id", lambda _value: False),
    ("skip_session", "reason", is_text),
    ("import_log", "data", lambda _value: False),
)
"""An action, one of its fields, and what it takes. Nothing at all is as if it were left out."""


class Wire:
    """A WebSocket of one role; what is no JSON ends it, and it begins anew."""

    def __init__(self, connect: Callable[[], Awaitable[Any]]) -> None:
        self._connect = connect
        self._client: Any = None

    async def close(self) -> None:
        """Hang up."""
        if self._client is not None:
            await self._client.close()

    async def send(self, message: dict[str, Any]) -> dict[str, Any]:
        """Send a message as it is and return the answer."""
        if self._client is None or self._client.closed:
            self._client, self._id = await self._connect(), 0
        self._id += 1
        await self._client.send_str(json.dumps({"id": self._id, **message}))
        while True:
            found = await asyncio.wait_for(self._client.receive(), 60)
            if found.type is not WSMsgType.TEXT:
                await self._client.close()
                return {"success": False, "error": {"code": "closed"}}
            answer: dict[str, Any] = json.loads(found.data)
            if answer.get("id") in (self._id, None) or answer["type"] == "result":
                return answer

    async def act(self, action: str, **data: object) -> dict[str, Any]:
        """Call an action of the integration."""
        call = {"type": "call_service", "domain": DOMAIN, "service": action}
        return await self.send({**call, "service_data": data})


@pytest.fixture
def expected_lingering_timers() -> bool:
    """Return that a socket which is broken off leaves its heartbeat behind, as time stands."""
    return True


@pytest.fixture
async def wires(
    hass: HomeAssistant, programme: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> AsyncIterator[dict[str, Wire]]:
    """Return a wire for each role."""
    assert await async_setup_component(hass, "config", {})
    made = {}
    for role in ROLES:
        user = MockUser(is_owner=role == "admin").add_to_hass(hass)
        group = {"user": GROUP_ID_USER, "read only": GROUP_ID_READ_ONLY}.get(role)
        if group is not None:
            found = await hass.auth.async_get_group(group)
            assert found is not None
            user.groups = [found]
        elif role == "of another":
            user.mock_policy({"entities": {"entity_ids": {"sensor.ben_stage": True}}})
        token = hass.auth.async_create_access_token(
            await hass.auth.async_create_refresh_token(user, CLIENT_ID)
        )
        made[role] = Wire(partial(hass_ws_client, hass, token))
    assert programme.state is ConfigEntryState.LOADED
    yield made
    for wire in made.values():
        await wire.close()


def journal(hass: HomeAssistant, programme: MockConfigEntry) -> Path:
    return Path(hass.config.path(".storage", f"{DOMAIN}.{programme.entry_id}.jsonl"))


async def holds(
    hass: HomeAssistant, programme: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    """Hold that nothing went wrong unseen and that the programme starts again."""
    ours = [
        record
        for record in caplog.records
        if record.levelno >= logging.ERROR
        and (record.exc_info or record.name.startswith("custom_components"))
        and record.name != "aiohttp.access"  # it cannot tell how long a call took: time stands
    ]
    assert not ours, ours[0]
    facts = programme.runtime_data.course.facts
    assert await hass.config_entries.async_reload(programme.entry_id)
    await hass.async_block_till_done()
    assert programme.runtime_data.course.facts == facts
    assert hass.states.get(registered(hass, programme, "sensor", "stage").entity_id)


async def test_every_value_from_everybody(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    wires: dict[str, Wire],
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = journal(hass, programme)
    outcomes: Counter[tuple[str, str]] = Counter()
    for action, field, takes in FIELDS:
        for value in VALUES:
            for role, wire in wires.items():
                before = path.stat().st_size
                answer = await wire.act(action, **{field: value})
                left_out = value is None and field not in {"log_id", "data", "config_entry_id"}
                allowed = role in MAY_WRITE and (takes(value) or left_out)
                what = (role, action, field, repr(value)[:40], answer)
                assert answer["success"] == allowed, what
                if not allowed:
                    code = answer["error"]["code"]
                    assert code in {
                        "unauthorized", "service_validation_error", "invalid_format",
                        "home_assistant_error", "closed",
                    }, what  # fmt: skip
                    if role not in MAY_WRITE and code not in {"closed", "invalid_format"}:
                        named = field == "config_entry_id"
                        assert named or answer["error"]["message"] == "Unauthorized", what
                    assert path.stat().st_size == before, what
                outcomes[role, "taken" if allowed else "refused"] += 1
    assert sum(outcomes.values()) == len(FIELDS) * len(VALUES) * len(ROLES) >= 300
    assert {role for role, word in outcomes if word == "taken"} == MAY_WRITE
    await holds(hass, programme, caplog)


async def test_nobody_gets_in(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    assert await async_setup_component(hass, "websocket_api", {})
    assert await async_setup_component(hass, "api", {})
    before = journal(hass, programme).read_bytes()
    client = await hass_client_no_auth()
    user = MockUser(is_owner=True).add_to_hass(hass)
    refresh = await hass.auth.async_create_refresh_token(user, CLIENT_ID)
    token = hass.auth.async_create_access_token(refresh)
    hass.auth.async_remove_refresh_token(refresh)
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": f"Bearer {token}"}):
        for action in ("log_session", "get_log", "export", "import_log"):
            found = await client.post(
                f"/api/services/{DOMAIN}/{action}?return_response", json={}, headers=headers
            )
            assert found.status == 401
    socket = await client.ws_connect("/api/websocket")
    assert (await socket.receive_json())["type"] == "auth_required"
    await socket.send_json({"id": 1, "type": "call_service", "domain": DOMAIN, "service": "pause"})
    assert (await socket.receive_json())["type"] == "auth_invalid"
    await socket.close()
    assert journal(hass, programme).read_bytes() == before


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b'{"pain_during": NaN}', "application/json"),
        (b"[1]", "application/json"),
        (b'{"pain_during": "\\ud800"}', "application/json"),
        (b"pain_during=1", "application/x-www-form-urlencoded"),
        (b'{"reason": "' + b"x" * 17_000_000 + b'"}', "application/json"),
    ],
    ids=["half", "NaN", "list", "surrogate", "form", "17 MB"],
)
async def test_bodies_that_are_none(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    body: bytes,
    kind: str,
) -> None:
    assert await async_setup_component(hass, "api", {})
    client = await hass_client()
    before = journal(hass, programme).read_bytes()
    headers = {"Content-Type": kind}
    with suppress(ConnectionError):
        found = await client.post(
            f"/api/services/{DOMAIN}/log_session", data=io.BytesIO(body), headers=headers
        )
        assert found.status in {400, 413}
    assert journal(hass, programme).read_bytes() == before


async def test_a_hundred_taps_at_once_are_one(
    hass: HomeAssistant, programme: MockConfigEntry, wires: dict[str, Wire]
) -> None:
    taps = [
        hass.services.async_call(
            DOMAIN, "log_session", {"pain_during": 1, "session_id": "tap"}, blocking=True
        )
        for _ in range(100)
    ]
    await asyncio.gather(*taps)
    assert (await wires["user"].act("log_session", pain_during=1, session_id="tap"))["success"]
    facts = programme.runtime_data.course.facts.values()
    assert [fact.kind for fact in facts].count("session") == 1


async def test_while_it_is_not_loaded_nothing_is_taken(
    hass: HomeAssistant, programme: MockConfigEntry, wires: dict[str, Wire]
) -> None:
    assert await hass.config_entries.async_unload(programme.entry_id)
    before = journal(hass, programme).read_bytes()
    for given in ({}, {"config_entry_id": programme.entry_id}):
        answer = await wires["admin"].act("log_session", **given)
        assert answer["error"]["code"] == "service_validation_error", answer
    assert journal(hass, programme).read_bytes() == before
    assert await hass.config_entries.async_setup(programme.entry_id)


def noise(rng: random.Random, depth: int = 0) -> object:
    """Return anything that JSON can say."""
    kinds: list[Callable[[], object]] = [
        lambda: rng.choice([None, True, False, 0, -1, 1e308, 2**63, "", "\0", "{{", "x" * 5000]),
        lambda: "".join(chr(rng.randint(32, 0xD7FF)) for _ in range(rng.randint(0, 20))),
        lambda: rng.choice(["log_session", DOMAIN, "call_service", "sensor.anna_stage"]),
    ]
    if depth < 3:
        kinds += [
            lambda: [noise(rng, depth + 1) for _ in range(rng.randint(0, 3))],
            lambda: {str(noise(rng, 9)): noise(rng, depth + 1) for _ in range(rng.randint(0, 3))},
        ]
    return rng.choice(kinds)()


async def test_five_thousand_random_messages(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    wires: dict[str, Wire],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.fdatasync", lambda _fd: None)
    rng = random.Random(20260302)  # noqa: S311
    actions = [*hass.services.async_services_for_domain(DOMAIN)]
    names = ["date", "pain", "pain_during", "reason", "log_id", "symptoms", "stage", "days", "data"]
    outcomes: Counter[bool] = Counter()
    for _ in range(5000):
        message: dict[str, Any] = {
            "type": "call_service",
            "domain": DOMAIN,
            "service": rng.choice(actions),
            "return_response": rng.random() < 0.5,
            "service_data": {rng.choice(names): noise(rng) for _ in range(rng.randint(0, 3))},
        }
        if rng.random() < 0.2:
            message[rng.choice([*message, "target"])] = noise(rng)
        wire = wires[rng.choice(ROLES)]
        answer = await wire.send(message)
        outcomes[bool(answer.get("success"))] += 1
        if not answer.get("success"):
            assert answer["error"]["code"] != "unknown_error", (message, answer)
    assert min(outcomes.values()) > 100
    assert (await wires["admin"].send({"type": "get_config"}))["success"]
    await holds(hass, programme, caplog)
