"""Finding entities as people's dashboards do: by programme, platform and key."""

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.const import DOMAIN


def registered(
    hass: HomeAssistant, programme: MockConfigEntry, platform: str, key: str
) -> er.RegistryEntry:
    """Return an entity of the programme; its unique id is a promise."""
    registry = er.async_get(hass)
    found = registry.async_get_entity_id(platform, DOMAIN, f"{programme.entry_id}_{key}")
    assert found is not None
    entity = registry.async_get(found)
    assert entity is not None
    return entity


def state(hass: HomeAssistant, programme: MockConfigEntry, platform: str, key: str) -> State:
    """Return an entity's state."""
    known = hass.states.get(registered(hass, programme, platform, key).entity_id)
    assert known is not None
    return known
