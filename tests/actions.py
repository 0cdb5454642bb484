"""Calling the programme's actions as an automation does."""

from typing import Any

from homeassistant.core import HomeAssistant

from custom_components.pht_rehab.const import DOMAIN


async def act(hass: HomeAssistant, action: str, **data: object) -> dict[str, Any]:
    """Call an action and return what it answers."""
    answer = await hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True
    )
    assert isinstance(answer, dict)
    return answer
