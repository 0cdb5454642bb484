"""Diagnostics: structure, counts and versions, with nothing a person said about themselves."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from homeassistant.core import HomeAssistant

from .coordinator import RehabConfigEntry, RehabCoordinator
from .domain.rules import RULES_VERSION
from .flow_forms import PROTOCOLS
from .migrations import SCHEMA
from .protocol_choice import describe

_SETTINGS = ("goal", "training_days", "session_time", "morning_time")


async def async_get_config_entry_diagnostics(
    _hass: HomeAssistant, entry: RehabConfigEntry
) -> dict[str, Any]:
    """Return what helps to find a fault; names, notes, scores and symptoms stay out."""
    own = {"version": entry.version, "minor_version": entry.minor_version}
    return {"entry": own, **await entry.runtime_data.async_read(_describe)}


def _describe(coordinator: RehabCoordinator) -> dict[str, Any]:
    course, view = coordinator.course, coordinator.data
    facts = course.facts.values()
    why = view.explanation
    return {
        "journal": {
            "schema": list(SCHEMA),
            "bytes": coordinator.journal.size,
            "lines": coordinator.journal.lines,
            "bad_at_load": coordinator.loaded.bad,
            "missing_at_load": coordinator.loaded.missing,
            "recovered_at_load": coordinator.loaded.recovered,
        },
        "facts": dict(Counter(fact.kind for fact in facts)),
        "voided": len(course.voided),
        "first_day": course.start.isoformat(),
        "last_day": max(fact.on for fact in facts).isoformat(),
        "rules_version": RULES_VERSION,
        "protocol": _protocol(coordinator),
        "settings": {name: course.settings.get(name) for name in _SETTINGS},
        "today": view.today.isoformat(),
        "standing": asdict(view.standing),
        "dose_step": view.dose_step,
        "day_kind": view.plan.kind,
        "exercises": [item.prescribed.id for item in view.items],
        "next_progression": view.next_progression,
        "next_stage": view.next_stage,
        "next_session": coordinator.next_session,
        "outcome": why.outcome,
        "band": why.band,
        "reasons": [reason.id for reason in why.reasons],
        "waiting_for": why.waiting_for,
        "criteria": {line.id: line.met for line in view.criteria},
    }


def _protocol(coordinator: RehabCoordinator) -> dict[str, str]:
    """Return which protocol is in force; how a person calls a file of their own stays out."""
    told = describe(coordinator, coordinator.texts)
    source = told["source"] if told["source"] in PROTOCOLS else "file"
    return {"source": source, "digest": told["digest"]}
