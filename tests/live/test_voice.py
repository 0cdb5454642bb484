"""Talking to a real Home Assistant: sentences without a language model, and a model's tools."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from script.real_ha import INTEGRATION, RealHA, empty

from .conftest import RESULTS, VERSIONS
from .test_programme import DOMAIN, NOTHING, PLACEMENT, USER

MODEL = """
from homeassistant.core import Context, SupportsResponse
from homeassistant.helpers import llm

async def async_setup(hass, config):
    async def call(call):
        context = llm.LLMContext("model", call.context, "en", "conversation", None)
        api = await llm.async_get_api(hass, llm.LLM_API_ASSIST, context)
        if (tool := call.data.get("tool")) is None:
            return {"tools": [tool.name for tool in api.tools], "prompt": api.api_prompt}
        return (await api.async_call_tool(llm.ToolInput(tool, call.data["data"]))).data
    hass.services.async_register("model", "call", call, supports_response=SupportsResponse.ONLY)
    return True
"""
"""An integration in the place of a language model: it lists the tools, or calls one."""


def model(folder: Path) -> Path:
    """Return the folder of the integration in the place of a model."""
    made = folder / "model"
    made.mkdir()
    manifest = {"domain": "model", "name": "Model", "version": "1.0", "dependencies": ["llm"]}
    (made / "manifest.json").write_text(json.dumps(manifest))
    (made / "__init__.py").write_text(MODEL)
    return made


@pytest.fixture(scope="module")
def ha(version: str) -> Iterator[RealHA]:
    """A Home Assistant with one programme and a model."""
    folder = empty(RESULTS / f"test_voice-{version}")
    components = [INTEGRATION, model(empty(RESULTS / f"test_voice-model-{version}"))]
    with RealHA(
        folder, hass=VERSIONS[version], components=components, configuration="model:\n"
    ) as running:
        running.onboard()
        flow = running.start_flow(DOMAIN)
        for answers in (USER, NOTHING, PLACEMENT):
            flow.submit(answers)
        yield running


def say(ha: RealHA, text: str, language: str = "en") -> str:
    """Return what Assist answers."""
    result = ha.command("conversation/process", text=text, language=language)
    speech: str = result["response"]["speech"]["plain"]["speech"]
    return speech


def entries(ha: RealHA, kind: str) -> list[dict[str, Any]]:
    """Return the entries of one kind."""
    log = ha.action(f"{DOMAIN}.get_log", response=True)["entries"]
    return [entry for entry in log if entry["kind"] == kind]


def test_assist_answers_and_logs(ha: RealHA) -> None:
    assert say(ha, "What are my exercises today?").startswith("Today: ")
    assert say(ha, "Log my session with pain one and a half.") == "Your session is logged."
    assert say(ha, "Logge meine Übungen mit Schmerz zweieinhalb", "de")
    assert [entry["pain_during"] for entry in entries(ha, "session")] == [1.5, 2.5]
    assert "0 to 10" in say(ha, "log my session with pain eleven")
    assert len(entries(ha, "session")) == 2


def test_a_model_uses_the_tools(ha: RealHA) -> None:
    found = ha.action("model.call", response=True)
    own = [name for name in found["tools"] if name.startswith(DOMAIN)]
    assert len(own) == 6
    assert "no medical advice" in found["prompt"]
    tool = f"{DOMAIN}__PhtRehabReportSymptoms"
    asked = {"tool": tool, "data": {"symptoms": ["sudden_onset"]}}
    answer = ha.action("model.call", asked, response=True)
    assert "Nothing is recorded yet" in answer["speech"]["plain"]["speech"]
    assert entries(ha, "symptoms") == []
    asked["data"] = {"symptoms": ["sudden_onset"], "confirmed": True}
    ha.action("model.call", asked, response=True)
    assert len(entries(ha, "symptoms")) == 1


def test_the_sentences_come_and_go_with_the_programme(ha: RealHA) -> None:
    ha.restart()
    assert "on hold" in say(ha, "What are my exercises today?")
    (entry,) = ha.entries(DOMAIN)
    ha.command("config_entries/disable", entry_id=entry["entry_id"], disabled_by="user")
    assert "on hold" not in say(ha, "What are my exercises today?")
    ha.command("config_entries/disable", entry_id=entry["entry_id"], disabled_by=None)
    assert "on hold" in say(ha, "What are my exercises today?")
    assert ha.errors() == []
