"""The repairs: what a person has to know about the log, without a word of what is in it."""

from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN
from .lines import Loaded

_DAMAGED: Final = "log_damaged"
_UNSAVED: Final = "save_failed"


@callback
def tell_of_damage(hass: HomeAssistant, entry: ConfigEntry[Any], loaded: Loaded) -> None:
    """Say what of a damaged log was kept and what not; it stays until the person has read it."""
    figures = {
        "kept": len(loaded.facts),
        "bad": loaded.bad,
        "missing": loaded.missing,
        "recovered": loaded.recovered,
    }
    _tell(hass, entry, _DAMAGED, persistent=True, **figures)


@callback
def tell_unsaved(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Say that the disk refuses: nothing can be logged until it takes something again."""
    _tell(hass, entry, _UNSAVED, persistent=False)


@callback
def forget_unsaved(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Something was stored: the disk is well again."""
    ir.async_delete_issue(hass, DOMAIN, f"{_UNSAVED}_{entry.entry_id}")


@callback
def forget_all(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """The programme is gone, and everything said about it."""
    for key in (_DAMAGED, _UNSAVED):
        ir.async_delete_issue(hass, DOMAIN, f"{key}_{entry.entry_id}")


def _tell(
    hass: HomeAssistant, entry: ConfigEntry[Any], key: str, *, persistent: bool, **figures: int
) -> None:
    ir.async_create_issue(
        hass,
        DOMAIN,
        f"{key}_{entry.entry_id}",
        is_fixable=False,
        is_persistent=persistent,
        severity=ir.IssueSeverity.ERROR,
        translation_key=key,
        translation_placeholders={
            "name": entry.title,
            **{name: str(figure) for name, figure in figures.items()},
        },
    )
