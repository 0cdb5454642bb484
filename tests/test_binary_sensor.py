"""What is due, and when it stops being due."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.pht_rehab.domain import decide
from tests.entities import registered, state

type Travel = Callable[[str], Awaitable[None]]


@pytest.fixture
def until(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Travel:
    """Return how to wait until a local time of that week, "03T07:00"."""

    async def wait(day_and_time: str) -> None:
        freezer.move_to(f"2026-03-{day_and_time}:00+01:00")
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return wait


async def test_a_session_is_due_from_its_time_until_midnight(
    hass: HomeAssistant, programme: MockConfigEntry, until: Travel
) -> None:
    seen = []
    for moment in ("02T17:59", "02T18:00", "02T23:59", "03T00:00"):
        await until(moment)
        seen.append(state(hass, programme, "binary_sensor", "session_due").state)
    assert seen == ["off", "on", "on", "off"]


@pytest.mark.parametrize("report", [decide.log_session, decide.skip_session])
async def test_a_session_logged_or_skipped_is_not_due(
    hass: HomeAssistant, programme: MockConfigEntry, until: Travel, report: decide.Decision
) -> None:
    await until("02T18:00")
    await programme.runtime_data.async_record(report)
    await hass.async_block_till_done()
    assert state(hass, programme, "binary_sensor", "session_due").state == "off"


async def test_the_rest_of_a_session_begun_stays_due(
    hass: HomeAssistant, programme: MockConfigEntry, until: Travel
) -> None:
    await until("02T18:00")
    coordinator = programme.runtime_data
    first, *others = [item.prescribed.id for item in coordinator.data.items]
    seen = []
    for exercises in ([], [first], others):
        report = partial(decide.log_session, pain_during=2, exercises=exercises)
        await coordinator.async_record(report)
        await hass.async_block_till_done()
        seen.append(state(hass, programme, "binary_sensor", "session_due").state)
    assert seen == ["on", "on", "off"]


async def test_the_morning_check_is_due_until_noon(
    hass: HomeAssistant, programme: MockConfigEntry, until: Travel
) -> None:
    await programme.runtime_data.async_record(partial(decide.log_session, pain_during=1))
    seen = []
    for moment in ("03T06:59", "03T07:00", "03T11:59", "03T12:00"):
        await until(moment)
        seen.append(state(hass, programme, "binary_sensor", "morning_check_due").state)
    assert seen == ["off", "on", "on", "off"]


async def test_the_morning_check_once_logged_is_not_due(
    hass: HomeAssistant, programme: MockConfigEntry, until: Travel
) -> None:
    await programme.runtime_data.async_record(partial(decide.log_session, pain_during=1))
    await until("03T08:00")
    assert state(hass, programme, "binary_sensor", "morning_check_due").state == "on"
    await programme.runtime_data.async_record(partial(decide.score_morning, pain=0))
    await hass.async_block_till_done()
    assert state(hass, programme, "binary_sensor", "morning_check_due").state == "off"


@pytest.mark.parametrize(
    ("key", "name"), [("ready_to_progress", "ready"), ("flare_up", "flare_up")]
)
async def test_where_the_programme_stands(
    hass: HomeAssistant, programme: MockConfigEntry, key: str, name: str
) -> None:
    coordinator = programme.runtime_data
    assert state(hass, programme, "binary_sensor", key).state == "off"
    standing = replace(coordinator.data.standing, **{name: True})
    coordinator.async_set_updated_data(replace(coordinator.data, standing=standing))
    assert state(hass, programme, "binary_sensor", key).state == "on"


async def test_what_triggers_use_is_primary(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    for key in ("session_due", "morning_check_due", "ready_to_progress", "flare_up"):
        told = registered(hass, programme, "binary_sensor", key)
        assert (told.entity_category, told.disabled_by) == (None, None)
        assert told.original_device_class == ("problem" if key == "flare_up" else None)
