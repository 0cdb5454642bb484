"""Tools for language models: the intents, with what a model has to know of their effects."""

from typing import Final

from homeassistant.components.llm import LLMTools
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.llm import LLM_API_ASSIST, IntentTool, LLMContext, ToolAnnotations

from .const import DOMAIN
from .intent import HANDLERS, async_exposed

_READS: Final = ToolAnnotations(
    read_only=True, destructive=False, idempotent=True, open_world=False
)
_SETS: Final = ToolAnnotations(destructive=False, idempotent=True, open_world=False)
_LOCKS: Final = ToolAnnotations(destructive=True, idempotent=False, open_world=False)

TOOLS: Final = {
    "PhtRehabExercisesToday": ("Get today's exercises", _READS),
    "PhtRehabDaysToNextStage": ("Get days to the next stage", _READS),
    "PhtRehabWhyHeld": ("Explain the programme", _READS),
    "PhtRehabLogSession": ("Log today's session", _SETS),
    "PhtRehabLogMorningScore": ("Log the morning score", _SETS),
    "PhtRehabReportSymptoms": ("Report symptoms", _LOCKS),
}
"""Title and effects of each intent's tool."""

PROMPT: Final = (
    "The pht_rehab tools are a person's exercise plan and diary. Pass on what they answer and "
    "add no medical advice. Never repeat pain scores or symptoms that a tool has not said."
)


@callback
def async_get_tools(hass: HomeAssistant, llm_context: LLMContext, api_id: str) -> LLMTools | None:
    """Return the tools, if a programme is exposed to this assistant."""
    if api_id != LLM_API_ASSIST or not async_exposed(hass, llm_context.assistant):
        return None
    tools = [
        IntentTool(
            f"{DOMAIN}__{name}",
            HANDLERS[name],
            title=title,
            integration=DOMAIN,
            annotations=annotations,
        )
        for name, (title, annotations) in TOOLS.items()
    ]
    return LLMTools(tools=[*tools], prompt=PROMPT)
