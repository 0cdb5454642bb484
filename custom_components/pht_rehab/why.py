"""Why the programme is where it is, in sentences: what ``explain`` answers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from homeassistant.util import dt as dt_util

from .coordinator import RehabCoordinator
from .domain.exit_line import Result
from .domain.model import Reason
from .domain.overview import Overview
from .domain.patterns import Pattern, patterns
from .protocol_choice import describe
from .run_view import run
from .texts import Texts

type Answer = dict[str, Any]


def reasons_of(texts: Texts, reasons: Iterable[Reason]) -> list[Answer]:
    """Return reasons with their sentences."""
    return [
        {
            "id": why.id.value,
            "text": texts.reason(why),
            "until": iso(why.until),
        }
        for why in reasons
    ]


def iso(on: date | None) -> str | None:
    """Return a date as text."""
    return None if on is None else on.isoformat()


def explain(coordinator: RehabCoordinator, texts: Texts) -> Answer:
    """Answer why the programme is where it is."""
    view = coordinator.data
    why = view.explanation
    changed = (why.last_change,) if why.last_change is not None else ()
    now = dt_util.now()
    course = coordinator.course.of(view.side)
    found = patterns(course, course.today(now.date(), now.time()))
    return {
        "stage": view.stage.value,
        "dose_step": view.dose_step,
        "outcome": why.outcome.value,
        "band": why.band.value,
        "streak": why.streak,
        "hold_until": iso(why.hold_until),
        "reasons": reasons_of(texts, why.reasons),
        "criteria": _criteria(texts, view.criteria),
        "waiting_for": [item.value for item in why.waiting_for],
        "next_progression": iso(view.next_progression),
        "clinician_guided": view.clinician_guided,
        "running": _running(coordinator, texts),
        "ask_again": list(why.ask_again),
        "last_change": next(iter(reasons_of(texts, changed)), None),
        "protocol": describe(coordinator, texts),
        "patterns": [_pattern(texts, each) for each in found],
        "side": view.side,
        "sides": {side: _side(texts, one) for side, one in view.sides},
    }


def _side(texts: Texts, view: Overview) -> Answer:
    """Return where one of two sides stands."""
    why = view.explanation
    return {
        "stage": view.stage.value,
        "stage_name": texts.stage(view.stage),
        "dose_step": view.dose_step,
        "outcome": why.outcome.value,
        "response": view.response.value if view.response is not None else None,
        "morning_pain": view.morning_pain,
        "baseline": view.morning_baseline,
        "flare_up": view.standing.flare_up,
        "ready": view.standing.ready,
        "reasons": reasons_of(texts, why.reasons),
        "criteria": _criteria(texts, view.criteria),
        "next_progression": iso(view.next_progression),
    }


def _pattern(texts: Texts, found: Pattern) -> Answer:
    return {
        "id": found.source,
        "lag_days": found.lag,
        "worse": found.worse,
        "days": found.days,
        "other_worse": found.other_worse,
        "other_days": found.other_days,
        "text": texts.pattern(found),
    }


def _criteria(texts: Texts, lines: Iterable[Result]) -> list[Answer]:
    return [
        {
            "id": line.id,
            "met": line.met,
            "value": line.value,
            "target": line.target,
            "text": texts.criterion(line),
        }
        for line in lines
    ]


def _running(coordinator: RehabCoordinator, texts: Texts) -> Answer | None:
    """Return where running stands, and why there is no run today if there is none."""
    running = coordinator.data.running
    if running is None:
        return None
    why = () if running.not_today is None else (running.not_today,)
    dose = running.today
    return {
        "step": running.step,
        "allowed": running.not_today is None,
        "today": run(coordinator, texts, dose) if dose is not None else None,
        "done": running.done,
        "reasons": reasons_of(texts, why),
        "gate": _criteria(texts, running.gate),
    }
