"""Sentences for Assist without a language model: each leads to an intent.

An integration cannot ship sentences; a sentence trigger attached from code is the way there is.
"""

import logging
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant
from homeassistant.helpers import intent
from homeassistant.helpers.script import ScriptRunResult
from homeassistant.helpers.trigger import async_initialize_triggers, async_validate_trigger_config
from homeassistant.util.yaml import load_yaml_dict

from .const import DOMAIN
from .intent import HANDLERS
from .listening import CONVERSATION

_LOGGER: Final = logging.getLogger(__name__)
LANGUAGES: Final = Path(__file__).with_name("custom_sentences")
HALF: Final = 0.5
_DIGITS: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


async def async_attach(hass: HomeAssistant) -> CALLBACK_TYPE | None:
    """Listen to the sentences; return what ends it."""
    phrases = await hass.async_add_executor_job(Phrases)
    triggers = [
        {"platform": CONVERSATION, "id": str(number), "command": said["sentences"]}
        for number, said in enumerate(phrases.said)
    ]
    return await async_initialize_triggers(
        hass,
        await async_validate_trigger_config(hass, triggers),
        partial(_async_answer, hass, phrases),
        DOMAIN,
        DOMAIN,
        _LOGGER.log,
    )


async def _async_answer(
    hass: HomeAssistant, phrases: Phrases, variables: Mapping[str, Any]
) -> ScriptRunResult:
    trigger = variables["trigger"]
    heard = trigger["user_input"]
    said = phrases.said[int(trigger["id"])]
    slots = {name: phrases.read(name, text) for name, text in trigger["slots"].items()}
    meant = intent.Intent(
        hass,
        DOMAIN,
        said["intent"],
        {name: {"value": value} for name, value in (slots | said.get("slots", {})).items()},
        heard["text"],
        Context(**heard["context"]),
        heard["language"],
        assistant=CONVERSATION,
        device_id=trigger["device_id"],
        satellite_id=trigger["satellite_id"],
    )
    # Not by way of Home Assistant, which learns of the intents some time after the first sentence.
    response = await HANDLERS[meant.intent_type].async_handle(meant)
    return ScriptRunResult(response.speech["plain"]["speech"], None, {})


class Phrases:
    """The sentences of every language, and the words that stand for numbers and symptoms."""

    def __init__(self) -> None:
        """Read the files: what is said in one house may be in two languages."""
        self.said: list[dict[str, Any]] = []
        self._numbers: dict[str, float] = {}
        self._halves: list[str] = []
        self._of_ten: list[str] = []
        self._symptoms: dict[str, str] = {}
        for path in sorted(LANGUAGES.glob("*.yaml")):
            self._take(load_yaml_dict(str(path)))

    def _take(self, language: Mapping[str, Any]) -> None:
        self.said += language["said"]
        self._numbers |= {word.casefold(): number for word, number in language["numbers"].items()}
        self._halves += language["halves"]
        self._of_ten += language["of_ten"]
        for symptom, phrases in language["symptoms"].items():
            self._symptoms |= {phrase.casefold(): symptom for phrase in phrases}

    def read(self, slot: str, text: str) -> object:
        """Return what the text in a slot means; unknown, it stays what it is, to be refused."""
        said = text.casefold().rstrip(" .,!?")
        match slot:
            case "pain" | "effort":
                for of_ten in self._of_ten:
                    said = said.removesuffix(of_ten).rstrip()
                number = self._number(said.replace(",", "."))
                return said if number is None else number
            case "symptoms":
                return self._symptoms.get(said, said)
            case _:
                return said

    def _number(self, said: str) -> float | None:
        if _DIGITS.fullmatch(said):
            return float(said)
        halves = [half for half in self._halves if said.endswith(half)]
        if said in self._numbers or not halves:
            return self._numbers.get(said)
        whole = self._number(said.removesuffix(halves[0]).rstrip())
        return None if whole is None else whole + HALF
