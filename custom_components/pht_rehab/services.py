"""The actions: who may call them, what they take, what they record or answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import voluptuous as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_get_config_entry

from . import answers, transfer
from .const import DOMAIN
from .coordinator import RehabConfigEntry, RehabCoordinator
from .domain import decide
from .domain.decide import Decision
from .domain.model import RehabError
from .domain.questions import QUESTIONS
from .errors import translated
from .fields import Reader, anything, count, day, flag, language, names, number, pattern, words
from .report import clinician_report
from .rights import async_check_user
from .texts import Texts, async_load_texts
from .why import Answer, explain

_ENTRY: Final = "config_entry_id"
_PARAMETERS: Final = {"date": "on", "kind": "event", "format": "wanted"}
"""Fields whose name in the rules is another."""
_WORDING: Final[Mapping[str, Reader]] = {"language": language, "date_pattern": pattern}
"""How an answer is worded; every action that answers with words takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fields:
    """The fields of an action, required ones apart, and how each is read."""

    required: Mapping[str, Reader] = field(default_factory=dict)
    optional: Mapping[str, Reader] = field(default_factory=dict)
    worded: bool = True

    @property
    def wording(self) -> Mapping[str, Reader]:
        """The fields of how the answer is worded, if it has words."""
        return _WORDING if self.worded else {}

    @property
    def schema(self) -> vol.Schema:
        """Only names are checked here; a wrong value is refused with a translated message."""
        fields: dict[object, object] = {vol.Optional(_ENTRY): cv.string}
        fields |= {vol.Required(name): cv.match_all for name in self.required}
        fields |= {vol.Optional(name): cv.match_all for name in (*self.optional, *self.wording)}
        return vol.Schema(fields)

    def read(self, data: Mapping[str, object]) -> dict[str, Any]:
        """Return what was given as arguments; a field left empty was not given."""
        given = _given({**self.required, **self.optional}, data)
        for name in self.required:
            if data.get(name) is None:
                raise RehabError("field_missing", field=name)
        return given


def _given(readers: Mapping[str, Reader], data: Mapping[str, object]) -> dict[str, Any]:
    return {
        _PARAMETERS.get(name, name): reader(data[name], name)
        for name, reader in readers.items()
        if data.get(name) is not None
    }


@dataclass(frozen=True, slots=True)
class _Writing:
    """An action that records something."""

    decide: Callable[..., Decision]
    fields: _Fields


@dataclass(frozen=True, slots=True)
class _Reading:
    """An action that only answers; ``policy`` is what its user must be allowed to do."""

    answer: Callable[..., Answer]
    fields: _Fields
    policy: str = POLICY_READ


_DATE: Final = {"date": day}
_SIDE: Final = {"side": words}
_REASON: Final = {"reason": words}

WRITING: Final[Mapping[str, _Writing]] = {
    "log_session": _Writing(
        decide.log_session,
        _Fields(
            optional={
                "pain_during": number,
                "pain_after": number,
                "effort": number,
                "completed": number,
                "exercises": names,
                "painkiller": flag,
                "cut_short": flag,
                "whole": flag,
                "dose_step": words,
                "session_id": words,
                **_SIDE,
                **_DATE,
            }
        ),
    ),
    "log_run": _Writing(
        decide.log_run,
        _Fields(
            required={"minutes": number, "pain_during": number},
            optional={
                "pain_after": number,
                "distance": number,
                "hills": flag,
                "fast": flag,
                "painkiller": flag,
                "session_id": words,
                **_SIDE,
                **_DATE,
            },
        ),
    ),
    "log_morning_check": _Writing(
        decide.log_morning_check,
        _Fields(
            required={"pain": number},
            optional={
                "pain_after": number,
                "rest_pain": number,
                "sitting_minutes": number,
                "night_waking": flag,
                "painkiller": flag,
                **_SIDE,
                **_DATE,
            },
        ),
    ),
    "log_test": _Writing(
        decide.log_test,
        _Fields(
            required={"test": words},
            optional={
                "value": number,
                "other_side": number,
                "pain": number,
                "painkiller": flag,
                **_SIDE,
                **_DATE,
            },
        ),
    ),
    "log_event": _Writing(
        decide.log_event,
        _Fields(required={"kind": words}, optional={"minutes": number, **_DATE}),
    ),
    "log_weekly_check": _Writing(
        decide.log_weekly_check,
        _Fields(
            optional={
                **{each.name: words if each.named else number for each in QUESTIONS},
                "overall": number,
                "visa_h_total": number,
                **_DATE,
            }
        ),
    ),
    "report_symptoms": _Writing(decide.report_symptoms, _Fields(required={"symptoms": names})),
    "unlock": _Writing(decide.unlock, _Fields(required=_REASON)),
    "progress": _Writing(decide.progress, _Fields(optional={"anyway": flag, **_SIDE, **_REASON})),
    "set_stage": _Writing(
        decide.set_stage,
        _Fields(required={"stage": words}, optional={"dose_step": words, **_SIDE, **_REASON}),
    ),
    "pause": _Writing(decide.pause, _Fields(optional={"until": day, **_REASON})),
    "resume": _Writing(decide.resume, _Fields(optional=_REASON)),
    "skip_session": _Writing(decide.skip_session, _Fields(optional={**_DATE, **_REASON})),
    "void_entry": _Writing(decide.void_entry, _Fields(required={"log_id": words})),
}
READING: Final[Mapping[str, _Reading]] = {
    "get_plan": _Reading(answers.plan, _Fields(optional={"start_date": day, "days": count})),
    "get_log": _Reading(
        answers.log, _Fields(optional={"start_date": day, "end_date": day}), POLICY_CONTROL
    ),
    "explain": _Reading(explain, _Fields()),
    "export": _Reading(
        transfer.export, _Fields(optional={"format": words}, worded=False), POLICY_CONTROL
    ),
    "clinician_report": _Reading(
        clinician_report,
        _Fields(optional={"start_date": day, "end_date": day, "with_name": flag}),
        POLICY_CONTROL,
    ),
}
"""What answers with the log itself is for who may also write it."""
IMPORT: Final = _Fields(required={"data": anything}, worded=False)


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions; they live as long as Home Assistant does."""
    for name, writing in WRITING.items():
        hass.services.async_register(
            DOMAIN,
            name,
            partial(_async_write, writing),
            schema=writing.fields.schema,
            supports_response=SupportsResponse.OPTIONAL,
        )
    for name, reading in READING.items():
        hass.services.async_register(
            DOMAIN,
            name,
            partial(_async_read, reading),
            schema=reading.fields.schema,
            supports_response=SupportsResponse.ONLY,
        )

    hass.services.async_register(
        DOMAIN,
        "import_log",
        _async_import,
        schema=IMPORT.schema,
        supports_response=SupportsResponse.OPTIONAL,
    )


async def _async_write(action: _Writing, call: ServiceCall) -> ServiceResponse:
    coordinator = await _async_programme(call, POLICY_CONTROL)
    texts = await _async_texts(call, action.fields, coordinator)
    decision = await coordinator.async_record(
        lambda course, at: action.decide(course, at, **action.fields.read(call.data))
    )
    return answers.recorded(coordinator, texts, decision.log_id) if call.return_response else None


async def _async_read(action: _Reading, call: ServiceCall) -> ServiceResponse:
    coordinator = await _async_programme(call, action.policy)
    texts = await _async_texts(call, action.fields, coordinator)
    with translated():
        asked = action.fields.read(call.data)
        if action.fields.worded:
            asked["texts"] = texts
        return await coordinator.async_read(lambda of: action.answer(of, **asked))


async def _async_texts(call: ServiceCall, fields: _Fields, programme: RehabCoordinator) -> Texts:
    """Return the sentences to answer with: Home Assistant's own, unless it is told others."""
    with translated():
        told = _given(fields.wording, call.data)
    return await async_load_texts(call.hass, **told) if told else programme.texts


async def _async_import(call: ServiceCall) -> ServiceResponse:
    coordinator = await _async_programme(call, POLICY_CONTROL)
    with translated():
        data = IMPORT.read(call.data)["data"]
        told = await call.hass.async_add_executor_job(transfer.read, data)
    added = await coordinator.async_take_in(told)
    return {"added": added} if call.return_response else None


async def _async_programme(call: ServiceCall, policy: str) -> RehabCoordinator:
    """Return the programme a call is about, if its user may do this to it."""
    loaded = call.hass.config_entries.async_loaded_entries(DOMAIN)
    entry_id = call.data.get(_ENTRY) or (loaded[0].entry_id if len(loaded) == 1 else None)
    entry: RehabConfigEntry = async_get_config_entry(call.hass, DOMAIN, entry_id)
    await async_check_user(call.hass, call.context, entry, policy)
    return entry.runtime_data
