"""The YAML of the README does what the text around it says."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import parse_yaml
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
    async_mock_service,
)

from custom_components.pht_rehab.const import DOMAIN
from tests.entities import state

README = Path(__file__).parent.parent / "README.md"
HEALTH = re.compile(r"\b(pain|ache|sore|hurt|symptom|tendon|score)", re.IGNORECASE)


def blocks() -> dict[str, dict[str, Any]]:
    """Return the README's YAML by alias; the programme of the tests is not Alex's."""
    found = re.findall(r"^```yaml\n(.*?)^```$", README.read_text(), re.DOTALL | re.MULTILINE)
    parsed: list[Any] = [parse_yaml(text.replace(".alex_", ".anna_")) for text in found]
    return {block["alias"]: block for block in parsed}


async def automate(hass: HomeAssistant, alias: str) -> None:
    """Set up an automation of the README."""
    assert await async_setup_component(hass, "automation", {"automation": [blocks()[alias]]})
    await hass.async_block_till_done()
    assert hass.states.async_entity_ids("automation")


async def at(hass: HomeAssistant, freezer: FrozenDateTimeFactory, time: str) -> None:
    """Let it become a local time of the programme's first days."""
    freezer.move_to(datetime.fromisoformat(f"{time}+01:00"))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def log(hass: HomeAssistant) -> None:
    """Log today's session."""
    await hass.services.async_call(DOMAIN, "log_session", {"pain_during": 1}, blocking=True)
    await hass.async_block_till_done()


def messages(calls: list[ServiceCall]) -> list[str]:
    """Return what was sent; every notification carries the same tag."""
    assert {call.data["data"]["tag"] for call in calls} == {"pht_rehab"}
    return [call.data["message"] for call in calls]


def summary(hass: HomeAssistant, programme: MockConfigEntry) -> str:
    """Return today's sentence."""
    said: str = state(hass, programme, "sensor", "exercises_today").attributes["summary"]
    return said


def test_every_block_is_tested() -> None:
    assert list(blocks()) == [
        "Morning check",
        "Rehab reminder on the phone",
        "Rehab reminder on the speaker",
    ]


async def test_phone(
    berlin: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    sent = async_mock_service(berlin, "notify", "mobile_app_phone")
    await automate(berlin, "Rehab reminder on the phone")
    await at(berlin, freezer, "2026-03-02T17:59:59")
    assert sent == []
    await at(berlin, freezer, "2026-03-02T18:00:00")
    assert messages(sent) == [summary(berlin, programme)]
    assert sent[0].data["title"] == "Rehab"
    assert not HEALTH.search(sent[0].data["message"])

    # As after a restart: unavailable first, then on again.
    assert await berlin.config_entries.async_reload(programme.entry_id)
    await berlin.async_block_till_done()
    assert state(berlin, programme, "binary_sensor", "session_due").state == "on"
    assert len(sent) == 1

    await log(berlin)
    assert messages(sent)[1:] == ["clear_notification"]


@pytest.mark.parametrize("over", ["skipped", "midnight"])
@pytest.mark.usefixtures("programme")
async def test_phone_without_a_session(
    berlin: HomeAssistant, freezer: FrozenDateTimeFactory, over: str
) -> None:
    sent = async_mock_service(berlin, "notify", "mobile_app_phone")
    await automate(berlin, "Rehab reminder on the phone")
    await at(berlin, freezer, "2026-03-02T18:00:00")
    if over == "skipped":
        await berlin.services.async_call(DOMAIN, "skip_session", {}, blocking=True)
        await berlin.async_block_till_done()
    else:
        await at(berlin, freezer, "2026-03-03T00:00:00")
    assert messages(sent)[1:] == ["clear_notification"]


@pytest.mark.parametrize(
    ("session_time", "spoken"), [("07:45", 0), ("18:00", 1), ("20:59", 1), ("21:00", 0)]
)
async def test_speaker(
    berlin: HomeAssistant,
    programme: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    session_time: str,
    spoken: int,
) -> None:
    said = async_mock_service(berlin, "assist_satellite", "announce")
    await automate(berlin, "Rehab reminder on the speaker")
    await at(berlin, freezer, "2026-03-03T22:00:00")
    options = {**programme.options, "session_time": session_time}
    berlin.config_entries.async_update_entry(programme, options=options)
    assert await berlin.config_entries.async_reload(programme.entry_id)
    await at(berlin, freezer, "2026-03-04T06:00:00")
    said.clear()
    await at(berlin, freezer, f"2026-03-04T{session_time}:00")
    assert state(berlin, programme, "binary_sensor", "session_due").state == "on"
    assert [call.data["message"] for call in said] == [summary(berlin, programme)] * spoken
    for call in said:
        assert call.data["message"].startswith("Today: ")
        assert not HEALTH.search(call.data["message"])
        assert call.data["entity_id"] == ["assist_satellite.living_room"]


@pytest.mark.parametrize(
    "given",
    [
        {"pain": 0},
        {"pain": 2.5, "rest_pain": 0, "sitting_minutes": 0, "night_waking": False},
        {"pain": 1, "night_waking": True},
    ],
)
@pytest.mark.usefixtures("programme")
async def test_morning_check(berlin: HomeAssistant, given: dict[str, object]) -> None:
    block = blocks()["Morning check"]
    assert await async_setup_component(berlin, "script", {"script": {"morning_check": block}})
    await berlin.services.async_call("script", "morning_check", given, blocking=True)
    answer: Any = await berlin.services.async_call(
        DOMAIN, "get_log", {}, blocking=True, return_response=True
    )
    (entry,) = [entry for entry in answer["entries"] if entry["kind"] == "morning_check"]
    assert {key: value for key, value in entry.items() if key in block["fields"]} == given
