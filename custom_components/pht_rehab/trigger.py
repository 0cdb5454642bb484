"""Triggers: what an automation can start from.

An entity that comes back after a restart or a reload starts nothing, whatever it then says.
"""

from typing import ClassVar, Final, override

from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA,
    EntityTargetStateTriggerBase,
    EntityTriggerBase,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
)

from .targets import BINARY_SENSOR, EVENT, SENSOR, showing


class _RehabTrigger(EntityTriggerBase):
    """Looks only at the entities of programmes that show ``_key``."""

    _key: ClassVar[str]

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return showing(self._hass, super().entity_filter(entities), self._key)


def _turned(key: str, to_states: set[str]) -> type[Trigger]:
    """Return the trigger of a binary sensor that turns on or off."""

    class TurnedTrigger(_RehabTrigger, EntityTargetStateTriggerBase):
        _key = key
        _domain_specs = BINARY_SENSOR
        _to_states = to_states

    return TurnedTrigger


class StageChangedTrigger(_RehabTrigger):
    """The stage is another one than before, upwards or downwards."""

    _key = "stage"
    _domain_specs = SENSOR
    _schema = ENTITY_STATE_TRIGGER_SCHEMA


class SessionLoggedTrigger(_RehabTrigger, StatelessEntityTriggerBase):
    """A session counts as done, whichever way it was logged."""

    _key = "activity"
    _domain_specs = EVENT

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Tell activities of the same millisecond apart, and a new name from a new activity."""
        return _activity(from_state) != _activity(to_state)

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        return state.attributes.get("event_type") == "session_logged"


def _activity(state: State) -> tuple[object, ...]:
    return (state.state, *(state.attributes.get(name) for name in ("event_type", "log_id")))


TRIGGERS: Final[dict[str, type[Trigger]]] = {
    "session_due": _turned("session_due", {STATE_ON}),
    "morning_check_due": _turned("morning_check_due", {STATE_ON}),
    "session_logged": SessionLoggedTrigger,
    "stage_changed": StageChangedTrigger,
    "ready_to_progress": _turned("ready_to_progress", {STATE_ON}),
    "flare_up_started": _turned("flare_up", {STATE_ON}),
    "flare_up_ended": _turned("flare_up", {STATE_OFF}),
    "sitting_break_due": _turned("sitting_break_due", {STATE_ON}),
}


async def async_get_triggers(_hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers by their name behind ``pht_rehab.``."""
    return TRIGGERS
