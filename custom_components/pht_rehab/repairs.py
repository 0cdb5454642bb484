"""The repair of a log that is lost: go on from the copies beside it, or start over."""

from collections.abc import Callable, Mapping
from typing import Any

import voluptuous as vol
from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from .opening import journal_of, restore, start_over
from .store import Journal, JournalError

type Answers = dict[str, Any] | None
type Job = Callable[[Journal, Mapping[str, Any]], object]


class LostLogFlow(RepairsFlow):
    """Asks what to do. Neither choice deletes what lies in the journal's place."""

    async def async_step_init(self, _answers: Answers = None) -> RepairsFlowResult:
        """Offer what there is."""
        kept = self._placeholders.get("kept", "0") != "0"
        return self.async_show_menu(
            step_id="init",
            menu_options=["restore", "start_over"] if kept else ["start_over"],
            description_placeholders=self._placeholders,
        )

    async def async_step_restore(self, answers: Answers = None) -> RepairsFlowResult:
        """Go on from the copies."""
        return await self._async_ask("restore", answers, restore)

    async def async_step_start_over(self, answers: Answers = None) -> RepairsFlowResult:
        """Begin once more with the set-up's answers."""
        return await self._async_ask("start_over", answers, start_over)

    async def _async_ask(self, step: str, answers: Answers, job: Job) -> RepairsFlowResult:
        if answers is None:
            return self.async_show_form(
                step_id=step,
                data_schema=vol.Schema({}),
                description_placeholders=self._placeholders,
            )
        entry_id = str((self.data or {})["entry_id"])
        entry = self.hass.config_entries.async_get_known_entry(entry_id)
        try:
            await self.hass.async_add_executor_job(
                job, journal_of(self.hass, entry), dict(entry.data)
            )
        except JournalError as error:
            return self.async_abort(reason=error.key)
        await self.hass.config_entries.async_reload(entry_id)
        return self.async_create_entry(data={})

    @property
    def _placeholders(self) -> dict[str, str]:
        issue = ir.async_get(self.hass).async_get_issue(self.handler, self.issue_id)
        return dict(issue.translation_placeholders or {}) if issue is not None else {}


async def async_create_fix_flow(
    _hass: HomeAssistant, _issue_id: str, _data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Return the flow of the only repair that can be done from here."""
    return LostLogFlow()
