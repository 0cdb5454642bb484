"""Every condition answers in a real automation, about its own programme."""

from functools import partial
from typing import Any, Final

import pytest
import voluptuous as vol
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)
from pytest_homeassistant_custom_component.components.common import (  # type: ignore[import-untyped]
    TargetSupport,
    assert_conditions_target_support,
)
from pytest_homeassistant_custom_component.typing import (  # type: ignore[import-untyped]
    WebSocketGenerator,
)

from custom_components.pht_rehab.condition import CONDITIONS
from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain import decide
from tests.automations import STARTED, at, automate, device
from tests.entities import registered, state

OPTIONS: Final[dict[str, dict[str, Any]]] = {"is_stage": {"stage": ["isotonic", "hip_flexion"]}}
ENTITIES: Final = {
    "is_session_due": ("binary_sensor", "session_due"),
    "is_rest_day": ("sensor", "exercises_today"),
    "is_stage": ("sensor", "stage"),
    "is_flare_up": ("binary_sensor", "flare_up"),
    "is_running_allowed": ("binary_sensor", "running_allowed"),
}


def condition(name: str, target: dict[str, Any], **options: object) -> dict[str, Any]:
    """Return the configuration of a condition."""
    given = {**OPTIONS.get(name, {}), **options}
    return {"condition": f"{DOMAIN}.{name}", "target": target, "options": given}


async def asked(hass: HomeAssistant, *conditions: dict[str, Any]) -> list[bool]:
    """Say of each condition whether an automation with it starts now."""
    automations = [
        {
            "triggers": {"trigger": "event", "event_type": "ask"},
            "conditions": asked,
            "actions": {"event": STARTED, "event_data": {"number": number}},
        }
        for number, asked in enumerate(conditions)
    ]
    told = await automate(hass, *automations)
    hass.bus.async_fire("ask")
    await hass.async_block_till_done()
    started = {event.data["number"] for event in told}
    return [number in started for number in range(len(conditions))]


async def make(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory, name: str
) -> None:
    """Make true of a programme what a condition asks."""
    record = programme.runtime_data.async_record
    match name:
        case "is_session_due":
            await at(hass, freezer, "2026-03-02T18:00:00")
        case "is_rest_day":
            await at(hass, freezer, "2026-03-03T00:00:00")
        case "is_flare_up":
            await record(partial(decide.log_session, pain_during=1))
            await at(hass, freezer, "2026-03-03T07:00:00")
            await record(partial(decide.log_morning_check, pain=9))
        case "is_running_allowed":
            for change in (
                partial(decide.change_options, goal="running"),
                partial(decide.set_stage, stage="hip_flexion"),
                partial(decide.set_stage, stage="hip_flexion", dose_step="R5"),
            ):
                await record(change)
        case _:
            assert state(hass, programme, "sensor", "stage").state == "isotonic"
    await hass.async_block_till_done()


def test_targets_are_resolved_as_everywhere() -> None:
    assert ENTITIES.keys() == CONDITIONS.keys()
    assert_conditions_target_support(CONDITIONS, dict.fromkeys(CONDITIONS, TargetSupport.STANDARD))


@pytest.mark.parametrize("true", [True, False])
@pytest.mark.parametrize("name", CONDITIONS)
async def test_it_tells_of_the_programme(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    name: str,
    *,
    true: bool,
) -> None:
    if true:
        await make(hass, programme, freezer, name)
    elif name == "is_stage":
        await programme.runtime_data.async_record(partial(decide.set_stage, stage="settle"))
        await hass.async_block_till_done()
    entity_id = registered(hass, programme, *ENTITIES[name]).entity_id
    targets = ({"device_id": device(hass, programme)}, {"entity_id": entity_id})
    assert await asked(hass, *(condition(name, target) for target in targets)) == [true, true]


@pytest.mark.parametrize("name", CONDITIONS)
async def test_the_others_do_not_answer(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory, name: str
) -> None:
    """Neither our other entities, nor those of another integration that look alike."""
    await make(hass, programme, freezer, name)
    domain, key = ENTITIES[name]
    seen = state(hass, programme, domain, key)
    registry = er.async_get(hass)
    alike = registry.async_get_or_create(domain, "alike", "1", translation_key=key).entity_id
    mine = er.async_entries_for_device(registry, device(hass, programme))
    rest = [told.entity_id for told in mine if (told.domain, told.translation_key) != (domain, key)]
    for entity_id in (alike, *rest):
        hass.states.async_set(entity_id, seen.state, seen.attributes)
    assert await asked(hass, condition(name, {"entity_id": [*rest, alike]})) == [False]


async def test_any_or_all_of_two_programmes(
    hass: HomeAssistant, programme: MockConfigEntry, other: MockConfigEntry
) -> None:
    await other.runtime_data.async_record(partial(decide.set_stage, stage="settle"))
    await hass.async_block_till_done()
    both = {"device_id": [device(hass, programme), device(hass, other)]}
    mine = {"device_id": device(hass, programme)}
    everything = {"stage": ["isotonic", "settle"], "behavior": "all"}
    assert await asked(
        hass,
        condition("is_stage", both),
        condition("is_stage", both, behavior="all"),
        condition("is_stage", both, **everything),
        condition("is_stage", mine, stage="isotonic"),
        condition("is_stage", mine, stage="settle"),
    ) == [True, False, True, True, False]


@pytest.mark.parametrize("kind", ["paused", "locked", "test"])
async def test_a_day_without_loading_may_be_no_rest(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory, kind: str
) -> None:
    record = programme.runtime_data.async_record
    await at(hass, freezer, "2026-03-03T00:00:00")
    match kind:
        case "paused":
            await record(decide.pause)
        case "locked":
            await record(partial(decide.report_symptoms, symptoms=["sudden_onset"]))
        case _:
            await record(partial(decide.set_stage, stage="hip_flexion"))
            await at(hass, freezer, "2026-03-04T12:00:00")
    await hass.async_block_till_done()
    assert programme.runtime_data.data.plan.kind == kind
    target = {"device_id": device(hass, programme)}
    assert await asked(hass, condition("is_rest_day", target)) == [False]


async def test_a_programme_that_is_not_loaded_has_no_rest_day(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await at(hass, freezer, "2026-03-03T00:00:00")
    await hass.config_entries.async_unload(programme.entry_id)
    target = {"device_id": device(hass, programme)}
    assert await asked(hass, condition("is_rest_day", target)) == [False]
    await hass.config_entries.async_setup(programme.entry_id)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("is_stage", {"stage": []}),
        ("is_stage", {"stage": "strong"}),
        ("is_rest_day", {"for": "01:00:00"}),
    ],
)
async def test_what_cannot_be_answered_is_not_asked(
    hass: HomeAssistant, name: str, options: dict[str, Any]
) -> None:
    with pytest.raises(vol.Invalid):
        await CONDITIONS[name].async_validate_config(
            hass, {"target": {"device_id": "1"}, "options": options}
        )


async def test_the_editor_offers_them_for_a_programme(
    hass: HomeAssistant, programme: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    assert await async_setup_component(hass, "automation", {})
    known = {f"{DOMAIN}.{name}" for name in CONDITIONS}
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "condition_platforms/subscribe"})
    assert (await client.receive_json())["success"]
    described = (await client.receive_json())["event"]
    assert {name for name in described if name.startswith(DOMAIN)} == known
    target = {"device_id": device(hass, programme)}
    await client.send_json_auto_id({"type": "get_conditions_for_target", "target": target})
    offered = (await client.receive_json())["result"]
    assert {name for name in offered if name.startswith(DOMAIN)} == known
