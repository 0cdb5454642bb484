"""Forms filled in by somebody who means harm: refused by name, or a programme that runs."""

import random
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import pytest
from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.const import DOMAIN

type Form = dict[str, Any]

GOOD: Final[Mapping[str, Form]] = {
    "user": {
        "name": "Anna",
        "side": "right",
        "goal": "everyday",
        "training_days": ["mon", "wed"],
        "session_time": "18:00:00",
        "more": {"morning_time": "07:00:00", "equipment": ["mat"]},
    },
    "screening": {"symptoms": [], "clinician_confirmed": True},
    "clinician": {"understood": True},
    "placement": {"morning_pain": 1},
}
OPTIONS: Final[Form] = {
    "training_days": ["mon", "wed"],
    "session_time": "18:00:00",
    "morning_time": "07:00:00",
    "equipment": ["mat"],
    "spoken_symptoms": False,
    "seats": ["binary_sensor.desk"],
    "running_source": "sensor.watch_distance",
    "cadence": 165,
    "cadence_later": False,
}
HOSTILE: Final[tuple[object, ...]] = (
    True, 3, -1, 11, 3.7, 10**400, float("nan"), None, [], {}, [[]], ["mon", "mon"], [3], {"a": 1},
    "", " ", "\0", "\ud800", "\ud800" * 8, "25:00", "24:00:00", "7", "07:00:00+01:00",
    "x" * 100_000, "{0}", "{name}", "{", "{{ states }}", "%s", "<script>", "../../secrets.yaml",
    "😀", "\u202e",
    "a" + "\u0301" * 200, "٣", "=1+1", "\r\nEND:VTODO", "maintenance", "P2", "right", "mon",
)  # fmt: skip
NAMES: Final = tuple(value for value in HOSTILE if isinstance(value, str) and value.strip())


async def fill(hass: HomeAssistant, **changes: Form) -> Any:
    """Go through the forms, some of them changed; return the last result, or who refused."""
    flows = hass.config_entries.flow
    result: Any = await flows.async_init(DOMAIN, context={"source": SOURCE_USER})
    while result["type"] is FlowResultType.FORM:
        step = result["step_id"]
        form = GOOD.get(step, {}) | changes.get(step, {})
        try:
            result = await flows.async_configure(result["flow_id"], form)
        except InvalidData as invalid:
            flows.async_abort(result["flow_id"])
            return invalid
        if result["type"] is FlowResultType.FORM and result["step_id"] == step:
            assert result["errors"], (step, form)
            flows.async_abort(result["flow_id"])
            return result
    return result


async def runs(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Hold that a programme runs, starts again, and can be removed."""
    await hass.async_block_till_done()
    for _ in range(2):
        assert entry.state is ConfigEntryState.LOADED, entry.reason
        call = {"config_entry_id": entry.entry_id}
        for action in ("explain", "get_plan", "export"):
            assert await hass.services.async_call(
                DOMAIN, action, call, blocking=True, return_response=True
            )
        assert await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done()
    assert await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()


async def judge(hass: HomeAssistant, result: Any) -> bool:
    """Hold that a form was refused by name or made a programme that runs; return which."""
    if isinstance(result, InvalidData):
        assert result.schema_errors
        return False
    if result["type"] is FlowResultType.CREATE_ENTRY:
        await runs(hass, result["result"])
        return True
    return False


@pytest.mark.parametrize(
    ("step", "field"), [(step, field) for step, form in GOOD.items() for field in form]
)
async def test_a_hostile_value_in_a_form(berlin: HomeAssistant, step: str, field: str) -> None:
    symptoms = {"symptoms": ["bone_stress"]} if step == "clinician" else {}
    taken = 0
    for value in HOSTILE:
        changes: dict[str, Form] = {"screening": symptoms, step: {field: value}}
        if field == "more":
            changes[step] = {"more": {"morning_time": value, "equipment": value}}
        taken += await judge(berlin, await fill(berlin, **changes))
    assert taken < len(HOSTILE)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:12]))
async def test_a_hostile_name_is_only_a_name(berlin: HomeAssistant, name: str) -> None:
    result = await fill(berlin, user={"name": name})
    if isinstance(result, InvalidData) or result["type"] is not FlowResultType.CREATE_ENTRY:
        assert len(name) > 50 or "\ud800" in name or "\0" in name
        return
    entry = result["result"]
    assert entry.title == name.strip()
    await berlin.async_block_till_done()
    devices = {state.attributes["friendly_name"] for state in berlin.states.async_all()}
    assert all(shown.startswith(name.strip()) for shown in devices)
    await runs(berlin, entry)


@pytest.mark.parametrize("field", OPTIONS)
async def test_a_hostile_value_in_the_options(
    hass: HomeAssistant, programme: MockConfigEntry, field: str
) -> None:
    flows = hass.config_entries.options
    for value in HOSTILE:
        before = dict(programme.options)
        result = await flows.async_init(programme.entry_id)
        try:
            await flows.async_configure(result["flow_id"], OPTIONS | {field: value})
        except InvalidData:
            unchanged = dict(programme.options) == before
            assert unchanged
        await hass.async_block_till_done()
        assert programme.state is ConfigEntryState.LOADED, (field, value)
        assert programme.runtime_data.data.plan is not None
        for flow in flows.async_progress():
            flows.async_abort(flow["flow_id"])
    assert await hass.config_entries.async_reload(programme.entry_id)


@pytest.mark.parametrize("field", ["name", "goal"])
async def test_a_hostile_value_in_reconfigure(
    hass: HomeAssistant, programme: MockConfigEntry, field: str
) -> None:
    for value in HOSTILE:
        result = await programme.start_reconfigure_flow(hass)
        form = {"name": "Anna", "goal": "everyday", field: value}
        with suppress(InvalidData):
            await hass.config_entries.flow.async_configure(result["flow_id"], form)
        await hass.async_block_till_done()
        assert programme.state is ConfigEntryState.LOADED, (field, value)
        for flow in hass.config_entries.flow.async_progress():
            hass.config_entries.flow.async_abort(flow["flow_id"])


async def test_three_hundred_random_forms(berlin: HomeAssistant) -> None:
    rng = random.Random(20260302)  # noqa: S311
    made = 0
    for _ in range(300):
        changes: dict[str, Form] = {}
        for step, form in GOOD.items():
            for field in form:
                if rng.random() < 0.12:
                    changes.setdefault(step, {})[field] = rng.choice(HOSTILE)
        if rng.random() < 0.5:
            extra = rng.choice(["rest_pain", "sitting_minutes", "stage", "arabesques", "novel"])
            changes.setdefault("placement", {})[extra] = rng.choice([*HOSTILE, 0, "isotonic", 5])
        made += await judge(berlin, await fill(berlin, **changes))
    assert 30 < made < 300
