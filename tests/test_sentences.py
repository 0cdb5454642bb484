"""Sentences, said to Assist itself without a language model."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

import pytest
from hassil.parse_expression import parse_sentence
from hassil.sample import sample_expression
from homeassistant.components import conversation
from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.domain.facts import (
    MorningChecked,
    SessionReported,
    SymptomsReported,
)
from custom_components.pht_rehab.domain.screening import SCREENING
from custom_components.pht_rehab.listening import _LISTENING, async_update_listening
from custom_components.pht_rehab.sentences import Phrases
from custom_components.pht_rehab.texts import async_load_texts
from custom_components.pht_rehab.voice import SAID
from tests.spoken import another, facts, sentence
from tests.test_rights import context_of, nothing_done

PHRASES: Final = Phrases()
FILLED: Final = {"pain": "drei", "effort": "6", "name": "Anna", "symptoms": "Fieber"}
SAMPLES: Final = 3000
SCORES: Final = {
    "3": 3,
    "3.5": 3.5,
    "3,5": 3.5,
    "3½": 3.5,
    "zero": 0,
    "half": 0.5,
    "three": 3,
    "three and a half": 3.5,
    "three point five": 3.5,
    "3 out of 10": 3,
    "Ten": 10,
}
SCORES_DE: Final = {
    "null": 0,
    "halb": 0.5,
    "eins": 1,
    "anderthalb": 1.5,
    "eineinhalb": 1.5,
    "drei": 3,
    "dreieinhalb": 3.5,
    "drei und ein halb": 3.5,
    "drei Komma fünf": 3.5,  # codespell:ignore
    "drei von zehn": 3,
    "fünf": 5,
    "zehn": 10,
}


async def start_conversing(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    await hass.async_block_till_done()


@pytest.fixture
async def listening(hass: HomeAssistant, programme: MockConfigEntry) -> MockConfigEntry:
    """Return the programme of a Home Assistant that converses."""
    await start_conversing(hass)
    return programme


async def say(
    hass: HomeAssistant, text: str, language: str = "en", context: Context | None = None
) -> str:
    result = await conversation.async_converse(hass, text, None, context or Context(), language)
    speech: str = result.response.speech["plain"]["speech"]
    return speech


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "What are my exercises today?"),
        ("en", "which rehab exercises do I have today"),
        ("de", "Welche Übungen habe ich heute?"),
        ("de", "was sind meine Rehaübungen für heute"),
    ],
)
async def test_what_are_my_exercises(
    hass: HomeAssistant, listening: MockConfigEntry, language: str, text: str
) -> None:
    texts = await async_load_texts(hass, language)
    assert await say(hass, text, language) == texts.summary(listening.runtime_data.data)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "how many days to the next stage"),
        ("en", "How long is it until my next stage for Anna?"),
        ("de", "Wie viele Tage sind es noch bis zur nächsten Stufe?"),  # codespell:ignore
        ("de", "wann kommt die nächste Phase"),
    ],
)
async def test_how_long_to_the_next_stage(
    hass: HomeAssistant, listening: MockConfigEntry, language: str, text: str
) -> None:
    days = str(listening.runtime_data.data.days_to_next_stage)
    assert await say(hass, text, language) == await sentence(
        hass, "stage_days", language, days=days
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Why am I held back?"),
        ("en", "why is the programme of Anna being held back"),
        ("de", "Warum werde ich zurückgehalten?"),
        ("de", "wieso geht mein Reha-Programm nicht weiter"),
        ("de", "Weshalb geht das Rehaprogramm von Anna nicht weiter?"),
        ("de", "Warum komme ich in der Reha nicht weiter?"),
    ],
)
async def test_why(
    hass: HomeAssistant, listening: MockConfigEntry, language: str, text: str
) -> None:
    assert listening
    assert (await say(hass, text, language)).endswith(await sentence(hass, "more", language))


@pytest.mark.parametrize(
    ("language", "text", "pain"),
    [
        *(("en", f"log my session with pain {said}", pain) for said, pain in SCORES.items()),
        *(("de", f"Logge meine Übungen mit Schmerz {word}", p) for word, p in SCORES_DE.items()),
        ("en", "I finished my rehab session with a pain of two.", 2),
        ("en", "record today's session with pain two for Anna", 2),
        ("de", "Ich habe mein Training gemacht mit einem Schmerzwert von zwei", 2),
        ("de", "Trage meine Einheit mit Schmerz dreieinhalb ein", 3.5),
        ("en", "Log my session", None),
        ("de", "ich habe meine Übungen gemacht!", None),
    ],
)
async def test_a_session_is_logged(
    hass: HomeAssistant, listening: MockConfigEntry, language: str, text: str, pain: float | None
) -> None:
    answer = await say(hass, text, language)
    key = "session_unscored" if pain is None else "session_logged"
    assert answer == await sentence(hass, key, language)
    assert [fact.pain_during for fact in facts(listening, SessionReported)] == [pain]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "log my session with pain three and a half and effort six out of ten for Anna"),
        ("de", "Logge meine Einheit mit Schmerz 3,5 und Anstrengung sechs von zehn für Anna"),
    ],
)
async def test_a_session_with_its_effort(
    hass: HomeAssistant, listening: MockConfigEntry, language: str, text: str
) -> None:
    await say(hass, text, language)
    (told,) = facts(listening, SessionReported)
    assert (told.pain_during, told.effort) == (3.5, 6)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "log my morning score one and a half"),
        ("en", "My morning pain was 1.5."),
        ("de", "mein Morgenwert ist anderthalb"),  # codespell:ignore
        ("de", "notiere meinen Morgenwert von eineinhalb von zehn"),
        ("de", "trag meinen Morgenwert von eineinhalb ein"),
    ],
)
async def test_a_morning_is_logged(
    hass: HomeAssistant, listening: MockConfigEntry, language: str, text: str
) -> None:
    assert await say(hass, text, language) == await sentence(hass, "morning_logged", language)
    assert [fact.pain for fact in facts(listening, MorningChecked)] == [1.5]


@pytest.mark.parametrize(
    "score",
    ["eleven", "11", "minus one", "-1", "3.3", "ten and a half", "10,5", "elf", "the neck", "1e1"],
)
async def test_a_number_that_is_no_score_changes_nothing(
    hass: HomeAssistant, listening: MockConfigEntry, score: str
) -> None:
    refusal = await sentence(hass, "not_a_score")
    with nothing_done(hass, listening):
        assert await say(hass, f"log my session with pain {score}") == refusal
        assert await say(hass, f"my morning score is {score}") == refusal
        answer = await say(hass, f"Mein Morgenwert war {score}", "de")
        assert answer == await sentence(hass, "not_a_score", "de")


@pytest.mark.parametrize(
    ("language", "report", "confirm"),
    [
        ("en", "report the symptom a swollen calf", "yes I confirm the symptom a swollen calf"),
        ("de", "Melde das Symptom geschwollene Wade", "Bestätige das Symptom geschwollene Wade"),
    ],
)
async def test_a_symptom_is_asked_back(
    hass: HomeAssistant, listening: MockConfigEntry, language: str, report: str, confirm: str
) -> None:
    with nothing_done(hass, listening):
        answer = await say(hass, report, language)
        assert answer.endswith(await sentence(hass, "confirm", language))
    answer = await say(hass, confirm, language)
    assert answer.endswith(await sentence(hass, "symptom_held", language))
    assert [fact.symptoms for fact in facts(listening, SymptomsReported)] == [("swollen_calf",)]


async def test_a_symptom_that_is_not_known(hass: HomeAssistant, listening: MockConfigEntry) -> None:
    with nothing_done(hass, listening):
        answer = await say(hass, "report symptom itchy toe")
        assert answer == await sentence(hass, "unknown_symptom")


async def test_who_may_not_log_may_not_by_voice(
    hass: HomeAssistant, listening: MockConfigEntry
) -> None:
    context = await context_of(hass, "read_only")
    refusal = await sentence(hass, "not_allowed")
    with nothing_done(hass, listening):
        assert await say(hass, "log my session with pain three", context=context) == refusal
    assert await say(hass, "what are my exercises today", context=context) != refusal


@pytest.mark.parametrize(
    "text",
    [
        "turn on the kitchen light",
        "why is the kitchen light on",
        "how long is it until the next train",
        "what is on my list for today",
        "Warum brennt das Licht?",
        "Ich habe Hunger",
    ],
)
async def test_what_is_not_about_the_programme_is_left_to_others(
    hass: HomeAssistant, listening: MockConfigEntry, text: str
) -> None:
    assert listening
    assert await _heard(hass, text) is None


async def _heard(hass: HomeAssistant, text: str) -> Any:
    """Return which sentences a text is found to be, without answering it."""
    agent: Any = conversation.async_get_agent(hass)
    heard = conversation.ConversationInput(
        text, Context(), None, None, None, "en", conversation.HOME_ASSISTANT_AGENT
    )
    return await agent.async_recognize_sentence_trigger(heard)


def sentences(hass: HomeAssistant) -> list[str]:
    return get_agent_manager(hass).trigger_sentences


async def test_two_programmes_listen_once_and_the_last_one_takes_its_leave(
    hass: HomeAssistant, listening: MockConfigEntry
) -> None:
    ours = sum(len(said["sentences"]) for said in PHRASES.said)
    assert len(sentences(hass)) == ours
    async with another(hass, listening) as other:
        assert len(sentences(hass)) == ours
        answer = await say(hass, "log my session with pain three")
        assert answer == await sentence(hass, "which", names="Anna, Ben")
        await say(hass, "log my session with pain three for Ben")
        assert [fact.pain_during for fact in facts(other, SessionReported)] == [3]
        assert not facts(listening, SessionReported)
    assert len(sentences(hass)) == ours
    await hass.config_entries.async_reload(listening.entry_id)
    assert len(sentences(hass)) == ours
    await hass.config_entries.async_unload(listening.entry_id)
    assert sentences(hass) == []
    await hass.config_entries.async_setup(listening.entry_id)
    assert len(sentences(hass)) == ours


async def test_programmes_that_come_side_by_side_listen_once(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    assert programme
    await start_conversing(hass)
    ours = len(sentences(hass))
    state = hass.data[_LISTENING]
    assert state.detach is not None
    state.detach()
    state.detach = None
    await asyncio.gather(async_update_listening(hass), async_update_listening(hass))
    assert len(sentences(hass)) == ours


async def test_conversation_may_come_first(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    await hass.config_entries.async_unload(programme.entry_id)
    await start_conversing(hass)
    assert sentences(hass) == []
    await hass.config_entries.async_setup(programme.entry_id)
    assert await say(hass, "log my session") == await sentence(hass, "session_unscored")


async def test_a_house_that_does_not_converse_is_not_made_to(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    assert programme.runtime_data.data
    assert not {"conversation", "intent", "llm"} & hass.config.components


def samples(template: str) -> Iterator[str]:
    """Yield the texts of a sentence, with something in its gaps."""
    expression = parse_sentence(template).expression
    for text in islice(sample_expression(expression, expand_lists=False), SAMPLES):
        filled = re.sub(r"\{(\w+)\}", lambda gap: FILLED[gap[1]], text)
        yield " ".join(filled.split())


async def test_every_sentence_leads_to_one_intent(
    hass: HomeAssistant, listening: MockConfigEntry
) -> None:
    assert listening
    for said in PHRASES.said:
        for text in {sample for template in said["sentences"] for sample in samples(template)}:
            found = await _heard(hass, text)
            assert found is not None, text
            assert len(found.matched_triggers) == 1, text
            assert found.sentence_template in said["sentences"], text


def test_every_intent_has_its_sentences_in_every_language() -> None:
    wanted = {said.intent for said in SAID}
    half = len(PHRASES.said) // 2
    for language in (PHRASES.said[:half], PHRASES.said[half:]):
        assert {said["intent"] for said in language} == wanted
        slots: list[Mapping[str, bool]] = [said["slots"] for said in language if "slots" in said]
        assert slots == [{"confirmed": True}]


def test_symptoms_of_sentences_are_screening_questions() -> None:
    assert set(PHRASES._symptoms.values()) <= SCREENING.keys()
    assert PHRASES.read("symptoms", "SCHWACHER FUẞ") == "leg_numbness"
    assert PHRASES.read("name", "Drei.") == "drei"
