"""What the sensors say of a programme, and what is promised about them."""

from collections import defaultdict
from functools import partial
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_USER
from homeassistant.const import STATE_UNKNOWN, EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.json import json_bytes
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.overview import Overview
from custom_components.pht_rehab.sensor import BYTES_MAX, SENSORS, shortest_needed
from custom_components.pht_rehab.texts import Texts
from tests.entities import registered, state


async def test_the_first_morning(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    shown = {
        key: state(hass, programme, "sensor", key).state
        for key in (
            "stage",
            "dose_step",
            "next_session",
            "exercises_today",
            "response",
            "session_pain",
            "morning_pain",
            "adherence",
        )
    }
    assert shown == {
        "stage": "isotonic",
        "dose_step": "S2.1",
        "next_session": "2026-03-02T17:00:00+00:00",
        "exercises_today": str(len(programme.runtime_data.data.items)),
        "response": STATE_UNKNOWN,
        "session_pain": STATE_UNKNOWN,
        "morning_pain": "1",
        "adherence": STATE_UNKNOWN,
    }
    view: Overview = programme.runtime_data.data
    for key in ("days_to_next_progression", "days_to_next_stage"):
        assert state(hass, programme, "sensor", key).state == str(getattr(view, key))


async def test_what_is_promised_of_each_sensor(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    keys = [description.key for description in SENSORS] + ["exercises_today"]
    entities = {key: registered(hass, programme, "sensor", key) for key in keys}
    assert {key for key, told in entities.items() if told.disabled_by} == {
        "next_progression",
        "morning_baseline",
        "weekly_load",
    }
    diagnostic = {"dose_step", "morning_baseline", "adherence", "weekly_load"}
    for key, told in entities.items():
        wanted = EntityCategory.DIAGNOSTIC if key in diagnostic else None
        assert told.entity_category is wanted
        assert told.translation_key == key
        assert told.has_entity_name
    measured = {key for key, told in entities.items() if "state_class" in (told.capabilities or {})}
    assert measured == {"session_pain", "morning_pain"}
    for key in ("days_to_next_progression", "days_to_next_stage"):
        attributes = state(hass, programme, "sensor", key).attributes
        assert (attributes["device_class"], attributes["unit_of_measurement"]) == ("duration", "d")


async def test_the_device_is_a_service_with_the_programmes_name(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), programme.entry_id)
    assert device.identifiers == {(DOMAIN, programme.entry_id)}
    assert device.entry_type is dr.DeviceEntryType.SERVICE
    assert device.name == programme.title


async def test_sensors_that_start_disabled_can_be_had(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    registry = er.async_get(hass)
    for key in ("next_progression", "morning_baseline"):
        found = registered(hass, programme, "sensor", key).entity_id
        registry.async_update_entity(found, disabled_by=None)
    await hass.config_entries.async_reload(programme.entry_id)
    await hass.async_block_till_done()
    view: Overview = programme.runtime_data.data
    assert state(hass, programme, "sensor", "next_progression").state == str(view.next_progression)
    assert state(hass, programme, "sensor", "morning_baseline").state == "1"


async def test_a_logged_session_shows(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    await programme.runtime_data.async_record(partial(decide.log_session, pain_during=0))
    await hass.async_block_till_done()
    shown = {
        key: state(hass, programme, "sensor", key).state
        for key in ("response", "session_pain", "next_session")
    }
    assert shown == {
        "response": "awaiting_morning_check",
        "session_pain": "0",
        "next_session": "2026-03-04T17:00:00+00:00",
    }
    told = state(hass, programme, "sensor", "exercises_today").attributes
    assert all(exercise["done"] for exercise in told["exercises"])


async def test_a_pause_leaves_nothing_to_count_down(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    await programme.runtime_data.async_record(decide.pause)
    await hass.async_block_till_done()
    for key in ("days_to_next_progression", "days_to_next_stage", "next_session"):
        assert state(hass, programme, "sensor", key).state == STATE_UNKNOWN
    assert state(hass, programme, "sensor", "exercises_today").state == "0"


async def test_the_session_keeps_its_local_time_when_clocks_change(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-03-30T08:00:00+02:00")
    await programme.runtime_data.async_look_again()
    await hass.async_block_till_done()
    shown = state(hass, programme, "sensor", "next_session").state
    assert shown.endswith("T16:00:00+00:00")


async def test_exercises_today_says_which(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    told = state(hass, programme, "sensor", "exercises_today")
    exercises = told.attributes["exercises"]
    assert len(exercises) == int(told.state)
    first = programme.runtime_data.data.items[0].prescribed
    texts = programme.runtime_data.texts
    assert exercises[0] == {
        "id": first.id,
        "name": texts.exercise(first.id),
        "strand": "hamstring",
        "dose": texts.dose(first),
        "side": first.sides.value,
        "done": False,
    }
    assert told.attributes["summary"] == texts.summary(programme.runtime_data.data)
    assert told.state_info is not None
    assert {"exercises", "summary"} <= told.state_info["unrecorded_attributes"]


async def test_long_names_never_fill_the_attributes(
    hass: HomeAssistant, programme: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = Texts(defaultdict(lambda: "漢" * 300), "en", None)
    monkeypatch.setattr(programme.runtime_data, "texts", texts)
    programme.runtime_data.async_update_listeners()
    told = state(hass, programme, "sensor", "exercises_today").attributes
    assert len(told["exercises"]) == len(programme.runtime_data.data.items)
    assert len(json_bytes({key: told[key] for key in ("exercises", "summary")})) < BYTES_MAX
    assert len(told["exercises"][0]["name"]) >= 15


def test_the_shortest_is_taken_when_nothing_fits() -> None:
    assert shortest_needed(lambda length: {"x": "y" * 1000 * length}, (9, 5)) == {"x": "y" * 5000}
    assert shortest_needed(lambda length: {"x": "y" * length}, (9, 5)) == {"x": "y" * 9}


@pytest.mark.parametrize(
    ("placement", "stage"),
    [
        ({"morning_pain": 4}, "settle"),
        ({"morning_pain": 0}, "isometric"),
        ({"morning_pain": 0, "one_leg_bridges": 0}, "isotonic"),
        (
            {
                "morning_pain": 0,
                "one_leg_bridges": 1,
                "long_lever_bridges": 0,
                "arabesques": 0,
            },
            "hip_flexion",
        ),
        ({"morning_pain": 0, "rest_pain": 4, "one_leg_bridges": 0}, "settle"),
        ({"morning_pain": 0, "stage": "maintenance"}, "maintenance"),
    ],
)
async def test_a_programme_begins_where_the_forms_place_it(
    berlin: HomeAssistant, placement: dict[str, Any], stage: str
) -> None:
    flow = berlin.config_entries.flow
    result = await flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    for form in ({"name": "Bo", "more": {}}, {"clinician_confirmed": True}, placement):
        result = await flow.async_configure(result["flow_id"], form)
    await berlin.async_block_till_done()
    entry = result["result"]
    assert state(berlin, entry, "sensor", "stage").state == stage

    options = berlin.config_entries.options
    opened = await options.async_init(entry.entry_id)
    await options.async_configure(opened["flow_id"], {**entry.options, "session_time": "19:15:00"})
    await berlin.async_block_till_done()
    assert entry.runtime_data.course.settings["session_time"] == "19:15"
    assert state(berlin, entry, "sensor", "stage").state == stage
    assert await berlin.config_entries.async_unload(entry.entry_id)
