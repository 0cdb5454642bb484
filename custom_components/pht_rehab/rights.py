"""Who may do what with a programme."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.auth.models import User
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN

_REPORTED: Final = frozenset({"morning", "during", "minutes", "changes"})
"""What of a day of the read model's ``trend`` somebody reported, or sentences that repeat it."""


async def async_check_user(
    hass: HomeAssistant, context: Context, entry: ConfigEntry, policy: str
) -> None:
    """Raise ``Unauthorized`` unless the user of the context may do this with the programme.

    Who may control or read the stage sensor may do so with all of it.
    """
    if context.user_id is None:  # an automation, or somebody who talks to a speaker
        return
    user = await hass.auth.async_get_user(context.user_id)
    if user is None:
        raise UnknownUser(context=context, permission=policy)
    if not may(hass, user, entry, policy):
        raise Unauthorized(
            context=context,
            entity_id=_stage_sensor(hass, entry),
            config_entry_id=entry.entry_id,
            permission=policy,
        )


def may(hass: HomeAssistant, user: User, entry: ConfigEntry, policy: str) -> bool:
    """Return whether this user may do this with the programme."""
    entity_id = _stage_sensor(hass, entry)
    if entity_id is None:
        return user.permissions.access_all_entities(policy)
    return user.permissions.check_entity(entity_id, policy)


def without_log(model: Mapping[str, Any]) -> dict[str, Any]:
    """Return the read model for somebody who may see where a programme stands, not its log.

    What was worked out stays, also day by day: stage, step, load and response. What was reported
    is left out: the scores of the weeks behind, weekly checks, test results, runs that were
    noticed, and how many entries there are.
    """
    weekly = model["weekly_check"]
    questions = [{**each, "computed": None} for each in weekly["questions"]]
    kept = {name: value for name, value in model.items() if name != "recorded"}
    return kept | {
        "noticed": [],
        "tests": [{**test, "last": None} for test in model["tests"]],
        "trend": [
            {name: value for name, value in day.items() if name not in _REPORTED}
            for day in model["trend"]
        ],
        "weekly_check": {**weekly, "questions": questions, "scores": [], "visa_h": []},
    }


def _stage_sensor(hass: HomeAssistant, entry: ConfigEntry) -> str | None:
    return er.async_get(hass).async_get_entity_id(
        Platform.SENSOR, DOMAIN, f"{entry.entry_id}_stage"
    )
