"""Every trigger starts a real automation: once, for its own programme, and never by a restart."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)
from pytest_homeassistant_custom_component.components.common import (  # type: ignore[import-untyped]
    TargetSupport,
    assert_triggers_target_support,
)
from pytest_homeassistant_custom_component.typing import (  # type: ignore[import-untyped]
    WebSocketGenerator,
)

from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.trigger import TRIGGERS
from tests.automations import at, automate, device
from tests.conftest import run
from tests.entities import registered, state

type Happen = Callable[[str, MockConfigEntry], Awaitable[None]]

ENTITIES: Final = {
    "session_due": ("binary_sensor", "session_due"),
    "morning_check_due": ("binary_sensor", "morning_check_due"),
    "session_logged": ("event", "activity"),
    "stage_changed": ("sensor", "stage"),
    "ready_to_progress": ("binary_sensor", "ready_to_progress"),
    "flare_up_started": ("binary_sensor", "flare_up"),
    "flare_up_ended": ("binary_sensor", "flare_up"),
    "sitting_break_due": ("binary_sensor", "sitting_break_due"),
}
SEATS: Final = {"Anna": "binary_sensor.desk", "Ben": "binary_sensor.couch"}


@pytest.fixture
async def programme(berlin: HomeAssistant) -> AsyncIterator[MockConfigEntry]:
    """Return the entry of a running programme with a seat."""
    entry = await run(berlin, "Anna", seats=[SEATS["Anna"]])
    yield entry
    await berlin.config_entries.async_unload(entry.entry_id)


@pytest.fixture
async def other(berlin: HomeAssistant) -> AsyncIterator[MockConfigEntry]:
    """Return the entry of a second programme, of somebody else with another seat."""
    entry = await run(berlin, "Ben", seats=[SEATS["Ben"]])
    yield entry
    await berlin.config_entries.async_unload(entry.entry_id)


def stand(programme: MockConfigEntry, **standing: object) -> None:
    """Show a programme that stands otherwise."""
    coordinator = programme.runtime_data
    stands = replace(coordinator.data.standing, **standing)
    coordinator.async_set_updated_data(replace(coordinator.data, standing=stands))


@pytest.fixture
def happen(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Happen:
    """Return how to make happen what a trigger is named for."""

    async def make(name: str, programme: MockConfigEntry) -> None:
        record = programme.runtime_data.async_record
        match name:
            case "session_due":
                await at(hass, freezer, "2026-03-02T18:00:00")
            case "session_logged":
                await record(partial(decide.log_session, pain_during=1))
            case "stage_changed":
                await record(partial(decide.set_stage, stage="isometric"))
            case "ready_to_progress":
                stand(programme, ready=True)
            case "sitting_break_due":
                hass.states.async_set(SEATS[programme.title], "on")
                await hass.async_block_till_done()
                await at(hass, freezer, "2026-03-02T08:45:00")
            case "morning_check_due":
                await make("session_logged", programme)
                await at(hass, freezer, "2026-03-03T07:00:00")
            case "flare_up_started":
                await make("morning_check_due", programme)
                await record(partial(decide.log_morning_check, pain=9))
            case _:
                await make("flare_up_started", programme)
                newest = list(programme.runtime_data.course.facts)[-1]
                await record(partial(decide.void_entry, log_id=newest))
        await hass.async_block_till_done()

    return make


def test_every_trigger_is_tested() -> None:
    assert ENTITIES.keys() == TRIGGERS.keys()


def test_targets_are_resolved_as_everywhere() -> None:
    assert_triggers_target_support(TRIGGERS, dict.fromkeys(TRIGGERS, TargetSupport.STANDARD))


@pytest.mark.parametrize("by", ["device", "entity"])
@pytest.mark.parametrize("name", TRIGGERS)
async def test_it_starts_an_automation_once(
    hass: HomeAssistant, programme: MockConfigEntry, happen: Happen, name: str, by: str
) -> None:
    entity_id = registered(hass, programme, *ENTITIES[name]).entity_id
    ours = {"device_id": device(hass, programme)}
    target = ours if by == "device" else {"entity_id": entity_id}
    told = await automate(hass, {"triggers": {"trigger": f"{DOMAIN}.{name}", "target": target}})
    await happen(name, programme)
    assert [event.data["entity"] for event in told] == [entity_id]


@pytest.mark.parametrize("name", TRIGGERS)
async def test_the_others_do_not_start_it(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    other: MockConfigEntry,
    happen: Happen,
    name: str,
) -> None:
    """Neither the second programme, nor our other entities, nor those of an integration alike."""
    domain, key = ENTITIES[name]
    alike = er.async_get(hass).async_get_or_create(domain, "alike", "1", translation_key=key)
    hass.states.async_set(alike.entity_id, "off")
    mine = er.async_entries_for_device(er.async_get(hass), device(hass, programme))
    rest = [told.entity_id for told in mine if (told.domain, told.translation_key) != (domain, key)]
    target = {"device_id": device(hass, other), "entity_id": [*rest, alike.entity_id]}
    told = await automate(hass, {"triggers": {"trigger": f"{DOMAIN}.{name}", "target": target}})
    await other.runtime_data.async_record(decide.pause)
    for seen in ("on", "off"):
        hass.states.async_set(alike.entity_id, seen, {"event_type": "session_logged"})
    await happen(name, programme)
    assert told == []


@pytest.mark.parametrize("name", sorted(TRIGGERS.keys() - {"ready_to_progress"}))
async def test_coming_back_starts_nothing(
    hass: HomeAssistant, programme: MockConfigEntry, happen: Happen, name: str
) -> None:
    await happen(name, programme)
    target = {"device_id": device(hass, programme)}
    told = await automate(hass, {"triggers": {"trigger": f"{DOMAIN}.{name}", "target": target}})
    before = state(hass, programme, *ENTITIES[name]).state
    for _ in range(2):
        assert await hass.config_entries.async_reload(programme.entry_id)
        await hass.async_block_till_done()
    assert state(hass, programme, *ENTITIES[name]).state == before
    assert told == []


async def test_sessions_of_one_moment_are_two(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    """The state is a time: what was told before in the same millisecond hides nothing."""
    await at(hass, freezer, "2026-03-04T19:00:00")
    target = {"device_id": device(hass, programme)}
    trigger = {"trigger": f"{DOMAIN}.session_logged", "target": target}
    told = await automate(hass, {"triggers": trigger})
    record = programme.runtime_data.async_record
    await record(decide.skip_session)
    for day in (2, 4):
        date = f"2026-03-0{day}"
        await hass.services.async_call(DOMAIN, "log_session", {"date": date}, blocking=True)
    await hass.async_block_till_done()
    assert len(told) == 2
    activity = registered(hass, programme, "event", "activity").entity_id
    er.async_get(hass).async_update_entity(activity, name="What happened")
    await hass.async_block_till_done()
    assert len(told) == 2


async def test_it_waits_as_long_as_asked(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    happen: Happen,
) -> None:
    target = {"device_id": device(hass, programme)}
    trigger: dict[str, Any] = {"trigger": f"{DOMAIN}.session_due", "target": target}
    told = await automate(hass, {"triggers": trigger | {"options": {"for": "00:30:00"}}})
    await happen("session_due", programme)
    assert told == []
    await at(hass, freezer, "2026-03-02T18:30:01")
    assert len(told) == 1


async def test_the_editor_offers_them_for_a_programme(
    hass: HomeAssistant, programme: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    assert await async_setup_component(hass, "automation", {})
    known = {f"{DOMAIN}.{name}" for name in TRIGGERS}
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "trigger_platforms/subscribe"})
    assert (await client.receive_json())["success"]
    described = (await client.receive_json())["event"]
    assert {name for name in described if name.startswith(DOMAIN)} == known
    assert all(described[name]["target"] for name in known)
    target = {"device_id": device(hass, programme)}
    await client.send_json_auto_id({"type": "get_triggers_for_target", "target": target})
    offered = (await client.receive_json())["result"]
    assert {name for name in offered if name.startswith(DOMAIN)} == known
    phone = MockConfigEntry(domain="mobile_app")
    phone.add_to_hass(hass)
    stranger = dr.async_get(hass).async_get_or_create(
        config_entry_id=phone.entry_id, identifiers={("mobile_app", "1")}
    )
    target = {"device_id": stranger.id}
    await client.send_json_auto_id({"type": "get_triggers_for_target", "target": target})
    assert not known & set((await client.receive_json())["result"])
