"""An edition of the rules as plain data: what of it a protocol can change, and all of it told."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, Final

from .content import Lines
from .protocol import Criterion, DoseStep, StagePlan
from .rules import Rules
from .strands import Drill, EnergyStep, RunStep

type Plain = dict[str, Any]

FIXED: Final[Mapping[type, frozenset[str]]] = {
    Rules: frozenset({"version"}),
    StagePlan: frozenset({"tempo"}),  # the library's is used
    DoseStep: frozenset({"id", "stage"}),
    EnergyStep: frozenset({"id"}),
    RunStep: frozenset({"id", "hills", "fast", "least_stage", "energy", "once_a_week"}),
}
"""What no protocol changes."""
OPEN: Final[Mapping[str, tuple[str, ...]]] = {
    "days_in_stage": (),  # ``min_days`` of the stage
    "no_red": (),  # ``no_red_days`` of the stage
    "adherence": (),  # ``adherence_min``
    "sessions": ("target",),
    "capacity": ("target", "pain_max", "symmetry", "next_morning"),
}
"""Figures of an exit line by how it is worked out; of the others those that it uses."""


def open_fields(value: Any) -> tuple[str, ...]:
    """Return the names of what a protocol can change of a value."""
    fixed = FIXED.get(type(value), frozenset())
    return tuple(field.name for field in fields(value) if field.name not in fixed)


def open_figures(line: Criterion) -> tuple[str, ...]:
    """Return the names of the figures a protocol can change of an exit line."""
    if line.rule in OPEN:
        return OPEN[line.rule]
    return tuple(
        field.name
        for field in fields(line)
        if field.name not in {"id", "rule", "test"} and getattr(line, field.name) != field.default
    )


def plain(rules: Rules, base: Rules) -> Plain:
    """Return every figure of ``rules``; read over ``base`` they make the same rules again."""
    found: Plain = _told(rules)
    for stage, plan in rules.stages.items():
        lines = {line.id: _figures(line) for line in plan.exit}
        gone = {line.id: None for line in base.stages[stage].exit if line.id not in lines}
        found["stages"][stage.value]["exit"] = lines | gone
    found["ladder"] = {step.id: _told(step) for step in rules.ladder}
    found["energy_steps"] = {step.id: _told(step) for step in rules.energy_steps}
    found["run_steps"] = {step.id: _told(step) for step in rules.run_steps if timed(step)}
    found["sessions"] = {step: _lines(lines) for step, lines in rules.sessions.items()}
    found["sport_sessions"] = _lines(rules.sport_sessions)
    return found


def timed(step: RunStep) -> bool:
    """Return whether a running step has minutes: not the gate, nor normal training."""
    return step.minutes is not None


def _figures(line: Criterion) -> Plain:
    return {name: getattr(line, name) for name in open_figures(line)}


def _lines(sessions: Lines) -> list[list[str | list[str]]]:
    """Return the lines of one session and of the next, where that is another one."""
    one, other = sessions
    return [[_choice(line) for line in lines] for lines in (one, other)[: 1 + (one != other)]]


def _choice(line: tuple[str, ...]) -> str | list[str]:
    return line[0] if len(line) == 1 else list(line)


def _told(value: Any) -> Any:
    if isinstance(value, Drill):  # nothing lies beneath it, so what is not said is nothing
        told = {name: _told(getattr(value, name)) for name in open_fields(value)}
        return {name: item for name, item in told.items() if item is not None}
    if is_dataclass(value):
        return {name: _told(getattr(value, name)) for name in open_fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _told(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_told(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value
