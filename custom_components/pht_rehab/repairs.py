"""Repairs: of a log that is lost, and of a protocol whose file has changed."""

from collections.abc import Callable, Mapping
from typing import Any

import voluptuous as vol
from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir

from .issues import CHANGED
from .opening import journal_of, restore, start_over
from .protocol_choice import async_adopt, async_find
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
        return _told(self)


class ProtocolFlow(RepairsFlow):
    """Asks whether a protocol's file, as it is now, shall be in force from today."""

    async def async_step_init(self, _answers: Answers = None) -> RepairsFlowResult:
        """Begin with the question."""
        return await self.async_step_confirm()

    async def async_step_confirm(self, answers: Answers = None) -> RepairsFlowResult:
        """Ask, and adopt it."""
        told = _told(self)
        if answers is None:
            return self.async_show_form(
                step_id="confirm", data_schema=vol.Schema({}), description_placeholders=told
            )
        entry_id = str((self.data or {})["entry_id"])
        entry = self.hass.config_entries.async_get_known_entry(entry_id)
        found = (await async_find(self.hass, told["file"])).get(told["file"])
        if found is None or found.protocol is None or entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="protocol_gone")
        try:
            await async_adopt(entry.runtime_data, found.source, found.protocol)
        except HomeAssistantError:
            return self.async_abort(reason="save_failed")
        self.hass.config_entries.async_schedule_reload(entry_id)  # as after a change of the options
        return self.async_create_entry(data={})


def _told(flow: RepairsFlow) -> dict[str, str]:
    """Return the figures of the issue that a flow is about."""
    issue = ir.async_get(flow.hass).async_get_issue(flow.handler, flow.issue_id)
    return dict(issue.translation_placeholders or {}) if issue is not None else {}


async def async_create_fix_flow(
    _hass: HomeAssistant, issue_id: str, _data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Return the flow of a repair that can be done from here."""
    return ProtocolFlow() if issue_id.startswith(CHANGED) else LostLogFlow()
