"""The health page counts, and says nothing of anybody."""

from functools import partial

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    get_system_health_info,
)

from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain import decide


async def test_what_the_health_page_says(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    assert await async_setup_component(hass, "system_health", {})
    await programme.runtime_data.async_record(partial(decide.log_session, pain_during=7))
    told = await get_system_health_info(hass, DOMAIN)
    assert told == {
        "programmes": 1,
        "entries": 2,
        "log_bytes": programme.runtime_data.journal.size,
        "damaged": 0,
        "rules_version": 1,
    }


async def test_without_a_programme_it_counts_none(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    assert await async_setup_component(hass, "system_health", {})
    await hass.config_entries.async_unload(programme.entry_id)
    told = await get_system_health_info(hass, DOMAIN)
    assert (told["programmes"], told["entries"]) == (0, 0)
