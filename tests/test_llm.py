"""Tools for language models."""

from typing import Any, Final

import probatio
import pytest
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import llm
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain.facts import SessionReported, SymptomsReported
from custom_components.pht_rehab.domain.screening import SCREENING
from custom_components.pht_rehab.llm import TOOLS, async_get_tools
from custom_components.pht_rehab.voice import SAID
from tests.spoken import ASSIST, expose, facts, sentence
from tests.test_rights import context_of, nothing_done

EFFECTS: Final = {
    "PhtRehabExercisesToday": (True, False, True),
    "PhtRehabDaysToNextStage": (True, False, True),
    "PhtRehabWhyHeld": (True, False, True),
    "PhtRehabLogSession": (False, False, True),
    "PhtRehabLogMorningScore": (False, False, True),
    "PhtRehabReportSymptoms": (False, True, False),
}
"""Whether a tool is read-only, destructive, idempotent."""


@pytest.fixture(autouse=True)
async def _voice(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    """Let Home Assistant know the tools of what it has loaded."""
    assert programme
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    await hass.async_block_till_done()


def heard(context: Context | None = None, assistant: str = ASSIST) -> llm.LLMContext:
    return llm.LLMContext("test", context or Context(), "en", assistant, None)


async def assist(hass: HomeAssistant, context: Context | None = None) -> llm.APIInstance:
    return await llm.async_get_api(hass, llm.LLM_API_ASSIST, heard(context))


async def call(
    hass: HomeAssistant, intent: str, context: Context | None = None, **data: Any
) -> str:
    api = await assist(hass, context)
    result = await api.async_call_tool(llm.ToolInput(f"{DOMAIN}__PhtRehab{intent}", data))
    speech: Any = result.data["speech"]
    said: str = speech["plain"]["speech"]
    return said


async def test_assist_gets_the_tools(hass: HomeAssistant, caplog: pytest.LogCaptureFixture) -> None:
    api = await assist(hass)
    own = {tool.name: tool for tool in api.tools if tool.integration == DOMAIN}
    assert own.keys() == {f"{DOMAIN}__{said.intent}" for said in SAID}
    for name, tool in own.items():
        assert tool.title
        assert tool.description
        effects = tool.annotations
        assert not effects.open_world
        assert (effects.read_only, effects.destructive, effects.idempotent) == EFFECTS[
            name.removeprefix(f"{DOMAIN}__")
        ]
    assert "no medical advice" in api.api_prompt
    assert DOMAIN not in caplog.text.partition("without an integration")[1]
    assert "that are not prefixed" not in caplog.text


async def test_a_model_is_told_what_a_tool_takes(hass: HomeAssistant) -> None:
    tools = {tool.name.rpartition("PhtRehab")[2]: tool for tool in (await assist(hass)).tools}

    def told(name: str) -> Any:
        parameters = tools[name].parameters
        return probatio.to_openapi(parameters, custom_serializer=llm.selector_serializer)

    session = told("LogSession")["properties"]
    for score in (session["pain"], session["effort"]):
        assert score["description"]
        assert (score["type"], score["minimum"], score["maximum"]) == ("number", 0, 10)
    assert told("LogSession").get("required", []) == []
    assert told("LogMorningScore")["required"] == ["pain"]
    symptoms = told("ReportSymptoms")["properties"]["symptoms"]
    assert symptoms["items"]["enum"] == list(SCREENING)
    assert told("ReportSymptoms")["properties"]["confirmed"]["type"] == "boolean"
    assert told("WhyHeld")["properties"].keys() == {"name"}


async def test_every_tool_is_an_intent(hass: HomeAssistant) -> None:
    assert TOOLS.keys() == EFFECTS.keys() == {said.intent for said in SAID}
    assert async_get_tools(hass, heard(), "homeassistant") is None


async def test_a_programme_that_is_not_exposed_has_no_tools(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    assert async_get_tools(hass, heard(), llm.LLM_API_ASSIST) is not None
    assert async_get_tools(hass, heard(assistant="cloud.alexa"), llm.LLM_API_ASSIST) is None
    expose(hass, programme, exposed=False)
    assert async_get_tools(hass, heard(), llm.LLM_API_ASSIST) is None


async def test_a_model_logs_a_session(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    answer = await call(hass, "LogSession", pain=3, effort=None, name="")
    assert answer == await sentence(hass, "session_logged")
    assert [fact.pain_during for fact in facts(programme, SessionReported)] == [3]
    assert await call(hass, "ExercisesToday") == "Everything for today is done."
    with nothing_done(hass, programme):
        assert await call(hass, "LogSession", pain=11) == await sentence(hass, "not_a_score")


async def test_a_model_has_to_ask_back(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    with nothing_done(hass, programme):
        answer = await call(hass, "ReportSymptoms", symptoms=["sudden_onset"])
        assert answer == await sentence(hass, "confirm")
    await call(hass, "ReportSymptoms", symptoms=["sudden_onset"], confirmed=True)
    assert [fact.symptoms for fact in facts(programme, SymptomsReported)] == [("sudden_onset",)]


async def test_a_model_may_what_its_user_may(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    refusal = await sentence(hass, "not_allowed")
    context = await context_of(hass, "read_only")
    with nothing_done(hass, programme):
        assert await call(hass, "LogSession", context, pain=3) == refusal
        assert await call(hass, "WhyHeld", context) != refusal
