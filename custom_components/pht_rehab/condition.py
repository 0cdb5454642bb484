"""Conditions: what an automation can ask of this moment."""

from typing import TYPE_CHECKING, ClassVar, Final, override

import voluptuous as vol
from homeassistant.const import CONF_OPTIONS, CONF_TARGET, STATE_ON
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.condition import (
    ATTR_BEHAVIOR,
    BEHAVIOR_ALL,
    BEHAVIOR_ANY,
    ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL,
    Condition,
    ConditionConfig,
    EntityConditionBase,
    EntityStateConditionBase,
)

from .coordinator import RehabConfigEntry
from .domain.model import DayKind, Stage
from .targets import BINARY_SENSOR, SENSOR, showing

_ON: Final[set[str | bool]] = {STATE_ON}
_STAGE: Final = "stage"
_STAGE_SCHEMA: Final = ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL.extend(
    {
        vol.Required(CONF_OPTIONS): {
            vol.Required(_STAGE): vol.All(cv.ensure_list, vol.Length(min=1), [vol.In(list(Stage))])
        }
    }
)
_NOW_SCHEMA: Final = vol.Schema(
    {
        vol.Required(CONF_TARGET): cv.TARGET_FIELDS,
        vol.Required(CONF_OPTIONS, default={}): {
            vol.Required(ATTR_BEHAVIOR, default=BEHAVIOR_ANY): vol.In([BEHAVIOR_ANY, BEHAVIOR_ALL])
        },
    }
)
"""Without ``for``: whether a past day was one of rest cannot be read from its states."""


class _RehabCondition(EntityConditionBase):
    """Looks only at the entities of programmes that show ``_key``."""

    _key: ClassVar[str]

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return showing(self._hass, super().entity_filter(entities), self._key)


def _is_on(key: str) -> type[Condition]:
    """Return the condition of a binary sensor that is on."""

    class IsOnCondition(_RehabCondition, EntityStateConditionBase):
        _key = key
        _domain_specs = BINARY_SENSOR
        _states = _ON

    return IsOnCondition


class IsRestDayCondition(_RehabCondition):
    """Today the plan is to rest, as ``get_plan`` says it.

    That there are no exercises says less: a paused or locked programme has none either.
    """

    _key = "exercises_today"
    _domain_specs = SENSOR
    _schema = _NOW_SCHEMA

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        told = er.async_get(self._hass).async_get(entity_state.entity_id)
        if told is None or told.config_entry_id is None:
            return False
        entry: RehabConfigEntry = self._hass.config_entries.async_get_known_entry(
            told.config_entry_id
        )
        return entry.runtime_data.data.plan.kind is DayKind.REST


class IsStageCondition(_RehabCondition, EntityStateConditionBase):
    """The programme is in one of the stages given."""

    _key = "stage"
    _domain_specs = SENSOR
    _schema = _STAGE_SCHEMA

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        super().__init__(hass, config)
        if TYPE_CHECKING:
            assert config.options is not None
        self._states = set(config.options[_STAGE])


CONDITIONS: Final[dict[str, type[Condition]]] = {
    "is_session_due": _is_on("session_due"),
    "is_rest_day": IsRestDayCondition,
    "is_stage": IsStageCondition,
    "is_flare_up": _is_on("flare_up"),
    "is_running_allowed": _is_on("running_allowed"),
}


async def async_get_conditions(_hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions by their name behind ``pht_rehab.``."""
    return CONDITIONS
