"""Intents: whose programme is meant, whether this user may, and the answer as speech."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, override

import voluptuous as vol
from homeassistant.components.homeassistant import async_should_expose
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError, Unauthorized
from homeassistant.helpers import config_validation as cv, entity_registry as er, intent

from .const import DOMAIN
from .coordinator import RehabConfigEntry
from .rights import async_check_user
from .texts import async_load_texts
from .voice import SAID, Said, Unanswered

_NAME: Final = vol.Optional("name", description="Whose programme, if there are several")
REFUSALS: Final = {"locked", "not_a_score", "paused"}


class RehabIntent(intent.IntentHandler):
    """Answers one thing that can be said."""

    def __init__(self, said: Said) -> None:
        self.intent_type = said.intent
        self.description = said.description
        self._said = said

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, Any]:
        return {_NAME: cv.string, **self._said.slots}

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        known = {str(name) for name in self.slot_schema}
        slots = {
            name: slot["value"]
            for name, slot in self.async_validate_slots(intent_obj.slots).items()
            if name in known
        }
        texts = await async_load_texts(intent_obj.hass, intent_obj.language)
        response = intent_obj.create_response()
        try:
            entry = await _async_meant(intent_obj, slots.pop("name", None), self._said.policy)
            with _explained():
                answer = await self._said.answer(entry.runtime_data, texts, **slots)
        except Unanswered as why:
            code = intent.IntentResponseErrorCode.FAILED_TO_HANDLE
            response.async_set_error(code, texts.voice(why.key, **why.figures))
        else:
            response.async_set_speech(answer)
        return response


HANDLERS: Final = {said.intent: RehabIntent(said) for said in SAID}


async def async_setup_intents(hass: HomeAssistant) -> None:
    """Register the intents; like the actions they live as long as Home Assistant does."""
    for handler in HANDLERS.values():
        intent.async_register(hass, handler)


@callback
def async_exposed(hass: HomeAssistant, assistant: str | None) -> list[RehabConfigEntry]:
    """Return the loaded programmes an assistant may hear and talk of: their list is exposed.

    Without an assistant, as from the API of intents, these are all.
    """
    loaded = hass.config_entries.async_loaded_entries(DOMAIN)
    if assistant is None:
        return loaded
    registry = er.async_get(hass)
    return [
        entry
        for entry in loaded
        if (
            entity_id := registry.async_get_entity_id(
                Platform.TODO, DOMAIN, f"{entry.entry_id}_today"
            )
        )
        and async_should_expose(hass, assistant, entity_id)
    ]


async def _async_meant(
    intent_obj: intent.Intent, name: str | None, policy: str
) -> RehabConfigEntry:
    """Return the programme that is meant: the named one, or the only one the user may use."""
    hass = intent_obj.hass
    exposed = async_exposed(hass, intent_obj.assistant)
    if not exposed:
        raise Unanswered("no_programme")
    allowed: list[RehabConfigEntry] = []
    for entry in exposed:
        try:
            await async_check_user(hass, intent_obj.context, entry, policy)
        except Unauthorized:
            continue
        allowed.append(entry)
    if not allowed:
        raise Unanswered("not_allowed")
    meant = [
        entry for entry in allowed if name is None or entry.title.casefold() == name.casefold()
    ]
    if len(meant) != 1:
        raise Unanswered("which", names=", ".join(entry.title for entry in allowed))
    return meant[0]


@contextmanager
def _explained() -> Iterator[None]:
    """Raise what is refused inside as a sentence that can be spoken."""
    try:
        yield
    except ServiceValidationError as error:
        key = error.translation_key
        raise Unanswered(key if key in REFUSALS else "not_stored") from error
    except HomeAssistantError as error:
        raise Unanswered("not_stored") from error
