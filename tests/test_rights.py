"""Who may do what, and what nobody gets to see."""

import json
import logging
import os
import re
import stat
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from homeassistant.auth.const import GROUP_ID_ADMIN, GROUP_ID_READ_ONLY, GROUP_ID_USER
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.const import EVENT_CALL_SERVICE, EVENT_STATE_CHANGED, MATCH_ALL
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.json import json_dumps
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    MockUser,
    async_capture_events,
)

from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.coordinator import RehabCoordinator
from custom_components.pht_rehab.diagnostics import async_get_config_entry_diagnostics
from custom_components.pht_rehab.services import READING, WRITING
from tests.entities import registered

STAGE: Final = "sensor.anna_stage"
DATA: Final[Mapping[str, Mapping[str, Any]]] = {
    "log_morning_check": {"pain": 1},
    "log_run": {"minutes": 20, "pain_during": 1},
    "log_test": {"test": "hops", "value": 1},
    "log_weekly_check": {"visa_h_total": 60},
    "log_event": {"kind": "travel"},
    "report_symptoms": {"symptoms": []},
    "unlock": {"reason": "cleared"},
    "progress": {"anyway": True, "reason": "clinician"},
    "set_stage": {"stage": "settle"},
}
BEFORE: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "unlock": ("report_symptoms", {"symptoms": ["swollen_calf"]}),
    "resume": ("pause", {}),
    "void_entry": ("log_session", {}),
}
"""What has to come before an action makes sense."""

ROLES: Final[Mapping[str, tuple[bool, bool]]] = {
    "owner": (True, True),
    "admin": (True, True),
    "user": (True, True),
    "read_only": (True, False),
    "stage_only": (True, True),
    "stage_read": (True, False),
    "other_sensors": (False, False),
    "everything_else": (False, False),
    "nothing": (False, False),
    "automation": (True, True),
    "gone": (False, False),
}
"""Who may see where it stands, who may write and read the log."""

THE_LOG: Final = frozenset({"get_log", "export", "clinician_report"})
"""The reading actions that answer with the log itself."""

POLICIES: Final[Mapping[str, Mapping[str, Any]]] = {
    "stage_only": {"entities": {"entity_ids": {STAGE: True}}},
    "stage_read": {"entities": {"entity_ids": {STAGE: {"read": True}}}},
    "other_sensors": {"entities": {"entity_ids": {"sensor.anna_dose_step": True}}},
    "everything_else": {
        "entities": {
            "domains": {"todo": True, "number": True, "button": True, "event": True},
            "entity_ids": {STAGE: False},
        }
    },
    "nothing": {},
}


async def context_of(hass: HomeAssistant, role: str) -> Context:
    """Return the context of a call by someone of this role."""
    groups = {"admin": GROUP_ID_ADMIN, "user": GROUP_ID_USER, "read_only": GROUP_ID_READ_ONLY}
    if role == "automation":
        return Context()
    if role == "gone":
        return Context(user_id="gone")
    user = MockUser(is_owner=role == "owner").add_to_hass(hass)
    if role in groups:
        group = await hass.auth.async_get_group(groups[role])
        assert group is not None
        user.groups = [group]
    if role in POLICIES:
        user.mock_policy(POLICIES[role])
    return Context(user_id=user.id)


@contextmanager
def nothing_done(hass: HomeAssistant, entry: MockConfigEntry) -> Iterator[None]:
    """Hold that what happens inside leaves the journal and the states alone."""
    path = journal(hass, entry)
    before, seen = path.read_bytes(), async_capture_events(hass, EVENT_STATE_CHANGED)
    facts = dict(entry.runtime_data.course.facts)
    yield
    assert path.read_bytes() == before
    assert entry.runtime_data.course.facts == facts
    talk = "conversation.home_assistant"  # whose state is when it was last spoken to
    assert not [event for event in seen if event.data["entity_id"] != talk]


def journal(hass: HomeAssistant, entry: MockConfigEntry) -> Path:
    return Path(hass.config.path(".storage", f"{DOMAIN}.{entry.entry_id}.jsonl"))


async def call(
    hass: HomeAssistant, action: str, context: Context | None = None, **data: Any
) -> Any:
    return await hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True, context=context
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", [*WRITING, *READING])
async def test_who_may_do_what(
    hass: HomeAssistant, programme: MockConfigEntry, action: str, role: str
) -> None:
    data = dict(DATA.get(action, {}))
    if action in BEFORE:
        name, given = BEFORE[action]
        made = await call(hass, name, **given)
        if action == "void_entry":
            data["log_id"] = made["log_id"]
    context = await context_of(hass, role)
    may_read, may_write = ROLES[role]
    controls = action in WRITING or action in THE_LOG
    if may_write if controls else may_read:
        answer = await call(hass, action, context, **data)
        assert answer
        if action in WRITING:
            assert answer["log_id"] in programme.runtime_data.course.facts
        return
    with nothing_done(hass, programme), pytest.raises(Unauthorized) as refused:
        await call(hass, action, context, **data)
    assert isinstance(refused.value, UnknownUser) == (role == "gone")
    assert refused.value.permission == (POLICY_CONTROL if controls else POLICY_READ)
    if role != "gone":
        assert refused.value.entity_id == STAGE
        assert refused.value.config_entry_id == programme.entry_id


@pytest.mark.parametrize("role", ["read_only", "nothing", "gone"])
async def test_rights_come_before_the_fields(
    hass: HomeAssistant, programme: MockConfigEntry, role: str
) -> None:
    """Whoever may not write learns nothing from what would be refused."""
    context = await context_of(hass, role)
    for action, data in (
        ("log_session", {"pain_during": 11}),
        ("void_entry", {"log_id": "none"}),
        ("unlock", {"reason": ""}),
        ("resume", {}),
    ):
        with nothing_done(hass, programme), pytest.raises(Unauthorized):
            await call(hass, action, context, **data)


async def test_who_may_not_write_may_not_import(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    exported = await call(hass, "export", await context_of(hass, "admin"))
    for role, (_read, may_write) in ROLES.items():
        context = await context_of(hass, role)
        if may_write:
            assert await call(hass, "import_log", context, data=exported) == {"added": 0}
            continue
        for data in (exported, "nonsense"):
            with nothing_done(hass, programme), pytest.raises(Unauthorized):
                await call(hass, "import_log", context, data=data)


async def test_rights_to_one_programme_are_none_to_another(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    other = MockConfigEntry(
        domain=DOMAIN,
        title="Ben",
        data={"name": "Ben", "set_up": programme.data["set_up"]},
        options=programme.options,
    )
    other.add_to_hass(hass)
    assert await hass.config_entries.async_setup(other.entry_id)
    await hass.async_block_till_done()
    context = await context_of(hass, "stage_only")  # Anna's
    for action in (*WRITING, *READING):
        data = {**DATA.get(action, {}), "config_entry_id": other.entry_id}
        data |= {"log_id": "none"} if action == "void_entry" else {}
        with nothing_done(hass, other), pytest.raises(Unauthorized):
            await call(hass, action, context, **data)
    assert await call(hass, "log_session", context, config_entry_id=programme.entry_id)
    await hass.config_entries.async_unload(other.entry_id)


async def test_rights_follow_a_renamed_sensor(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    context = await context_of(hass, "stage_only")
    registry = er.async_get(hass)
    registry.async_update_entity(STAGE, new_entity_id="sensor.mine")
    await hass.async_block_till_done()
    with nothing_done(hass, programme), pytest.raises(Unauthorized) as refused:
        await call(hass, "log_session", context)
    assert refused.value.entity_id == "sensor.mine"
    registry.async_update_entity("sensor.mine", disabled_by=er.RegistryEntryDisabler.USER)
    with pytest.raises(Unauthorized):
        await call(hass, "explain", context)
    assert await call(hass, "explain", await context_of(hass, "admin"))


type Use = Callable[[HomeAssistant, MockConfigEntry, Context], Awaitable[object]]


async def tick(hass: HomeAssistant, entry: MockConfigEntry, context: Context) -> object:
    first, *_ = entry.runtime_data.data.items
    return await hass.services.async_call(
        "todo",
        "update_item",
        {
            "entity_id": registered(hass, entry, "todo", "today").entity_id,
            "item": f"2026-03-02:{first.prescribed.id}",
            "status": "completed",
        },
        blocking=True,
        context=context,
    )


def number(key: str) -> Use:
    async def use(hass: HomeAssistant, entry: MockConfigEntry, context: Context) -> object:
        entity_id = registered(hass, entry, "number", key).entity_id
        return await hass.services.async_call(
            "number",
            "set_value",
            {"entity_id": entity_id, "value": 2},
            blocking=True,
            context=context,
        )

    return use


def button(key: str) -> Use:
    async def use(hass: HomeAssistant, entry: MockConfigEntry, context: Context) -> object:
        entity_id = registered(hass, entry, "button", key).entity_id
        return await hass.services.async_call(
            "button", "press", {"entity_id": entity_id}, blocking=True, context=context
        )

    return use


USES: Final[Mapping[str, Use]] = {
    "todo": tick,
    "session_pain": number("log_session_pain"),
    "morning_pain": number("log_morning_pain"),
    "complete": button("complete_session"),
    "skip": button("skip_session"),
}


@pytest.mark.parametrize("role", ["admin", "user", "read_only", "stage_only", "nothing", "gone"])
@pytest.mark.parametrize("use", USES)
async def test_who_may_use_the_entities(
    hass: HomeAssistant, programme: MockConfigEntry, use: str, role: str
) -> None:
    context = await context_of(hass, role)
    count = len(programme.runtime_data.course.facts)
    if role in {"admin", "user"}:
        await USES[use](hass, programme, context)
        assert len(programme.runtime_data.course.facts) == count + 1
        return
    with nothing_done(hass, programme), pytest.raises((Unauthorized, UnknownUser)):
        await USES[use](hass, programme, context)


@pytest.mark.parametrize("role", ["read_only", "nothing"])
async def test_who_may_not_confirm_a_stage(
    hass: HomeAssistant, programme: MockConfigEntry, role: str
) -> None:
    with nothing_done(hass, programme), pytest.raises(Unauthorized):
        await button("confirm_progression")(hass, programme, await context_of(hass, role))


CANARY: Final = "canary7yellow"
PAIN: Final = 9.5
SPOKEN: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("log_morning_check", {"pain": PAIN, "rest_pain": PAIN, "night_waking": True}),
    ("log_session", {"pain_during": PAIN, "pain_after": PAIN, "session_id": CANARY}),
    ("log_run", {"minutes": 20, "pain_during": PAIN, "session_id": CANARY}),
    ("log_test", {"test": "hops", "pain": PAIN, "value": 1}),
    ("skip_session", {"reason": CANARY}),
    ("set_stage", {"stage": "isotonic", "reason": CANARY}),
    ("pause", {"until": "2026-03-09", "reason": CANARY}),
    ("resume", {"reason": CANARY}),
    ("report_symptoms", {"symptoms": ["swollen_calf"]}),
    ("unlock", {"reason": CANARY}),
)
GIVEAWAYS: Final = re.compile(rf"{CANARY}|\b9\.5\b|swollen_calf|night_waking|session_id")


async def test_a_secret_stays_where_it_was_put(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Home Assistant itself tells what an action was called with; the programme adds nothing."""
    caplog.set_level(logging.DEBUG)
    events = async_capture_events(hass, MATCH_ALL)
    for action, data in SPOKEN:
        await call(hass, action, **data)
    refused: dict[str, Any] = {"pain_during": 99.5, "session_id": CANARY * 50}
    with pytest.raises(HomeAssistantError) as error:
        await call(hass, "log_session", **refused)
    assert not GIVEAWAYS.search(str(error.value).replace("session_id", ""))
    with monkeypatch.context() as disk:

        def broken(_fd: int, _data: object) -> int:
            raise OSError(5, "Input/output error")

        disk.setattr("os.write", broken)
        with pytest.raises(HomeAssistantError) as error:
            await call(hass, "pause", reason=CANARY)
        assert not GIVEAWAYS.search(str(error.value))
    assert await hass.config_entries.async_reload(programme.entry_id)
    await hass.async_block_till_done()
    assert CANARY in journal(hass, programme).read_text()

    own = [
        record.getMessage() + str(record.exc_text or "")
        for record in caplog.records
        if record.name.startswith((f"custom_components.{DOMAIN}", "homeassistant.config_entries"))
    ]
    assert own
    assert not [message for message in own if GIVEAWAYS.search(message)]
    told = json_dumps(await async_get_config_entry_diagnostics(hass, programme))
    assert not GIVEAWAYS.search(told)

    activity = registered(hass, programme, "event", "activity").entity_id
    pains = {
        registered(hass, programme, "sensor", "session_pain").entity_id,
        registered(hass, programme, "sensor", "morning_pain").entity_id,
        registered(hass, programme, "sensor", "morning_baseline").entity_id,
        registered(hass, programme, "number", "log_session_pain").entity_id,
        registered(hass, programme, "number", "log_morning_pain").entity_id,
    }
    seen = set()
    for event in events:
        if event.event_type == EVENT_CALL_SERVICE:
            continue
        if event.data.get("entity_id") in pains:
            continue  # the score is what they are for
        seen.add(event.data.get("entity_id"))
        assert not GIVEAWAYS.search(json_dumps(event)), event.event_type
    assert activity in seen
    for known in hass.states.async_all():
        text = json.dumps(known.as_dict(), default=str)
        assert CANARY not in text
        assert known.entity_id in pains or not GIVEAWAYS.search(text), known.entity_id


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
async def test_the_journal_is_for_its_owner_alone(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    umask: int,
) -> None:
    """Also after damage: neither the repaired file nor what was set aside is open to others."""
    path = journal(hass, programme)
    assert mode(path) == 0o600
    await call(hass, "pause", reason=CANARY)
    await call(hass, "resume")
    assert await hass.config_entries.async_unload(programme.entry_id)
    lines = path.read_bytes().splitlines(keepends=True)
    spoilt = [line.replace(b"canary7", b"canary8") for line in lines]
    assert spoilt != lines
    path.write_bytes(b"".join(spoilt))
    path.chmod(0o644)  # a backup restored by hand
    before = os.umask(umask)
    try:
        assert await hass.config_entries.async_setup(programme.entry_id)
    finally:
        os.umask(before)
    coordinator: RehabCoordinator = programme.runtime_data
    assert coordinator.loaded.bad == 1
    aside = sorted(path.parent.glob(f"{path.name}*"))
    names = [path.name, f"{path.name}.corrupt-1"]
    assert [kept.name for kept in aside] == names
    copies = list(path.parent.glob("*.2026-03.json"))
    assert len(copies) == 1
    assert {mode(kept) for kept in (*aside, *copies)} == {0o600}
    issues = ir.async_get(hass).issues.values()
    assert not [issue for issue in issues if GIVEAWAYS.search(str(issue))]
    assert await call(hass, "log_session")
    assert mode(path) == 0o600
