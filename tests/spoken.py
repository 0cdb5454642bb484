"""Talking to programmes: intents as voice brings them, and what was recorded."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import intent
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain.facts import Fact
from custom_components.pht_rehab.texts import async_load_texts
from tests.entities import registered

ASSIST: Final = "conversation"


async def ask(
    hass: HomeAssistant,
    name: str,
    context: Context | None = None,
    assistant: str | None = ASSIST,
    /,
    **slots: object,
) -> str:
    """Return what an intent of ours answers."""
    response = await intent.async_handle(
        hass,
        DOMAIN,
        f"PhtRehab{name}",
        {key: {"value": value} for key, value in slots.items()},
        context=context,
        assistant=assistant,
    )
    speech: str = response.speech["plain"]["speech"]
    return speech


async def sentence(hass: HomeAssistant, key: str, language: str = "en", **figures: str) -> str:
    """Return a sentence of the translations."""
    return (await async_load_texts(hass, language)).voice(key, **figures)


def facts[F: Fact](entry: MockConfigEntry, kind: type[F]) -> list[F]:
    """Return the facts of one kind, as they came."""
    return [fact for fact in entry.runtime_data.course.facts.values() if isinstance(fact, kind)]


def expose(hass: HomeAssistant, entry: MockConfigEntry, *, exposed: bool) -> None:
    """Expose a programme's list to Assist, or do not."""
    async_expose_entity(hass, ASSIST, registered(hass, entry, "todo", "today").entity_id, exposed)


@asynccontextmanager
async def another(hass: HomeAssistant, like: MockConfigEntry) -> AsyncIterator[MockConfigEntry]:
    """Run a second programme, Ben's, beside Anna's."""
    data = {"name": "Ben", "set_up": like.data["set_up"]}
    entry = MockConfigEntry(domain=DOMAIN, title="Ben", data=data, options=like.options)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    yield entry
    await hass.config_entries.async_unload(entry.entry_id)
