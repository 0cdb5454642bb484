"""The repairs: what a person has to know about the log, without a word of what is in it."""

from datetime import date
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN
from .lines import Loaded

_DAMAGED: Final = "log_damaged"
_GONE: Final = "log_gone"
_UNSAVED: Final = "save_failed"
_OTHER_SIDE: Final = "other_side"
CHANGED: Final = "protocol_changed"
FAULTY: Final = "protocol_faulty"
_SEVERITY: Final = dict.fromkeys((CHANGED, FAULTY, _OTHER_SIDE), ir.IssueSeverity.WARNING)


@callback
def tell_of_damage(hass: HomeAssistant, entry: ConfigEntry[Any], loaded: Loaded) -> None:
    """Say what of a damaged log was kept and what not; it stays until the person has read it."""
    _tell(
        hass,
        entry,
        _DAMAGED,
        persistent=True,
        kept=str(len(loaded.facts)),
        bad=str(loaded.bad),
        missing=str(loaded.missing),
        recovered=str(loaded.recovered),
    )


@callback
def tell_gone(hass: HomeAssistant, entry: ConfigEntry[Any], kept: int, until: date | None) -> None:
    """Say that nothing of the log can be read, and offer to go on from copies or to start over.

    The copies hold ``kept`` entries, the last of them about ``until``.
    """
    _tell(
        hass,
        entry,
        _GONE,
        fixable=True,
        kept=str(kept),
        until=until.isoformat() if until is not None else "-",
    )


@callback
def forget_gone(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """The log can be read."""
    _forget(hass, entry, _GONE)


@callback
def tell_unsaved(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Say that the disk refuses: nothing can be logged until it takes something again."""
    _tell(hass, entry, _UNSAVED)


@callback
def forget_unsaved(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Something was stored: the disk is well again."""
    _forget(hass, entry, _UNSAVED)


@callback
def tell_other_side(hass: HomeAssistant, entry: ConfigEntry[Any], *, hurts: bool) -> None:
    """Offer to follow both sides once the other was said to hurt; else say nothing of it."""
    if hurts:
        _tell(hass, entry, _OTHER_SIDE)
    else:
        _forget(hass, entry, _OTHER_SIDE)


@callback
def tell_changed(hass: HomeAssistant, entry: ConfigEntry[Any], name: str, source: str) -> None:
    """Say that a protocol's file is not what is in force, and offer to adopt it."""
    _tell(hass, entry, CHANGED, fixable=True, protocol=name, file=source)


@callback
def tell_faulty(hass: HomeAssistant, entry: ConfigEntry[Any], source: str, fault: str) -> None:
    """Say that a protocol's file cannot be used, and its first fault."""
    _tell(hass, entry, FAULTY, file=source, fault=fault)


@callback
def forget_protocol(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """The file is what is in force, or there is none."""
    _forget(hass, entry, CHANGED)
    _forget(hass, entry, FAULTY)


@callback
def forget_all(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """The programme is gone, and everything said about it."""
    for key in (_DAMAGED, _GONE, _UNSAVED, _OTHER_SIDE, CHANGED, FAULTY):
        _forget(hass, entry, key)


def _forget(hass: HomeAssistant, entry: ConfigEntry[Any], key: str) -> None:
    ir.async_delete_issue(hass, DOMAIN, f"{key}_{entry.entry_id}")


def _tell(
    hass: HomeAssistant,
    entry: ConfigEntry[Any],
    key: str,
    *,
    fixable: bool = False,
    persistent: bool = False,
    **figures: str,
) -> None:
    ir.async_create_issue(
        hass,
        DOMAIN,
        f"{key}_{entry.entry_id}",
        data={"entry_id": entry.entry_id},
        is_fixable=fixable,
        is_persistent=persistent,
        severity=_SEVERITY.get(key, ir.IssueSeverity.ERROR),
        translation_key=key,
        translation_placeholders={"name": entry.title, **figures},
    )
