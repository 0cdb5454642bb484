"""What triggers and conditions look at: an entity of a programme, by what it shows.

Entity ids differ by language and name, and any entity of the right domain can be in a target, so
both narrow it here. Home Assistant calls the interface above this unstable: ``trigger.py`` and
``condition.py`` hold nothing but the little that is ours.
"""

from collections.abc import Mapping
from typing import Final

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.automation import DomainSpec

from .const import DOMAIN

type Domain = Mapping[str, DomainSpec]

BINARY_SENSOR: Final[Domain] = {Platform.BINARY_SENSOR: DomainSpec()}
EVENT: Final[Domain] = {Platform.EVENT: DomainSpec()}
SENSOR: Final[Domain] = {Platform.SENSOR: DomainSpec()}


def showing(hass: HomeAssistant, entities: set[str], key: str) -> set[str]:
    """Return those of the entities that are of this integration and show ``key``."""
    registry = er.async_get(hass)
    return {
        entity_id
        for entity_id in entities
        if (told := registry.async_get(entity_id)) is not None
        and (told.platform, told.translation_key) == (DOMAIN, key)
    }
