"""The JSON Schema of a protocol file, made from the rules themselves."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import is_dataclass
from typing import Any, Final, get_args, get_type_hints

from custom_components.pht_rehab.domain.adopted import ABOUT_MAX, FORMAT, NAME_MAX, STANDARD
from custom_components.pht_rehab.domain.content import CompanionDose
from custom_components.pht_rehab.domain.edition import LEFT_OUT
from custom_components.pht_rehab.domain.exercises import EXERCISES, Sides
from custom_components.pht_rehab.domain.limits import COMPANION, span
from custom_components.pht_rehab.domain.plain import open_fields, open_figures, timed
from custom_components.pht_rehab.domain.protocol import Criterion, DoseStep
from custom_components.pht_rehab.domain.reader import EFFORT, EFFORTS, MOST, words
from custom_components.pht_rehab.domain.rules import RULES, RULES_VERSION, Rules
from custom_components.pht_rehab.domain.strands import Drill

from .notes import about, notes

type Schema = dict[str, Any]

TITLE: Final = "A protocol of PHT Rehab"
ABOUT: Final = (
    "What is not named is the built-in protocol's. Letters in parentheses are sections of the "
    "clinical reference, numbers after S its sources. Scores are 0-10 at the sit bone."
)


def text() -> str:
    """Return the schema as it is committed in docs/protocol.schema.json."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def schema() -> Schema:
    """Return the schema of a whole file."""
    base = RULES[RULES_VERSION]
    head: Schema = {
        "format": {"const": FORMAT},
        "name": {"type": "string", "minLength": 1, "maxLength": NAME_MAX},
        "about": {"type": "string", "maxLength": ABOUT_MAX},
        "based_on": {"const": STANDARD},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        "description": ABOUT,
        "type": "object",
        "properties": head | _record(base)["properties"],
        "required": ["name"],
        "additionalProperties": False,
        "$defs": _defs(base),
    }


def _object(properties: Mapping[str, Schema], description: str = "") -> Schema:
    note = {"description": description} if description else {}
    return {
        "type": "object",
        **note,
        "properties": dict(properties),
        "additionalProperties": False,
    }


def _record(value: Any, names: Sequence[str] = ()) -> Schema:
    kind: type = type(value)
    told = notes(kind)
    properties = {}
    for name in names or open_fields(value):
        found = _field(value, name)
        note = " ".join(filter(None, told.get(name, ())))
        parts = filter(None, (note, found.get("description")))
        properties[name] = found | ({"description": " ".join(parts)} if note else {})
    return _object(properties, about(kind))


def _field(owner: Any, name: str) -> Schema:
    value = getattr(owner, name)
    if name in _TABLES:
        return _TABLES[name](value)
    if is_dataclass(value):
        return _record(value)
    if isinstance(value, Mapping):
        return _object({str(key): _entry(owner, name, item) for key, item in value.items()})
    if isinstance(value, tuple):
        number = {"type": "integer", **_limits(owner, name)}
        return {"type": "array", "items": number, "minItems": len(value), "maxItems": len(value)}
    return _scalar(owner, name)


def _entry(owner: Any, name: str, item: Any) -> Schema:
    if is_dataclass(item):
        return _record(item)
    return {"type": "integer", **_limits(owner, name), "default": item}


def _limits(owner: Any, name: str) -> Schema:
    least, most = span(owner, name)
    return {"minimum": least, "maximum": most}


def _scalar(owner: Any, name: str) -> Schema:
    value, hint = getattr(owner, name), get_type_hints(type(owner))[name]
    kinds = {*get_args(hint)} or {hint}
    if Sides in kinds:
        return {"enum": [*(side.value for side in Sides), None]}
    if bool in kinds:
        return {"type": "boolean", "default": value}
    if str in kinds:
        if name in EFFORTS:
            return {"type": ["string", "integer"], "pattern": f"^{EFFORT.pattern}$"}
        return {"enum": [*words(owner, name)], "default": value}
    number = "number" if float in kinds else "integer"
    null = type(None) in kinds and (isinstance(owner, DoseStep | Drill) or value is None)
    kind: Any = [number, "null"] if null else number
    return {"type": kind, **_limits(owner, name), "default": value}


def _defs(base: Rules) -> Schema:
    """Return what the schema says in one place and refers to."""
    lines = {line.id: line for plan in base.stages.values() for line in plan.exit}
    figures: Schema = {
        name: {"type": "integer", "minimum": least, "maximum": most}
        for name, (least, most) in COMPANION.items()
    }
    companion = _object({"exercise": _ref("exercise")} | figures, about(CompanionDose))
    companion["required"] = ["exercise", "sets", "first"]
    drill = _record(base.energy_steps[0].drills[0])
    drill["properties"]["amount"]["type"] = ["integer", "null"]
    drill["required"] = ["exercise", "sets"]
    dose = _record(base.ladder[0])
    for figure in (*dose["properties"].values(), *drill["properties"].values()):
        figure.pop("default", None)
    return {
        "exercise": {"enum": [*EXERCISES]},
        "line": {"anyOf": [_ref("exercise"), _list(_ref("exercise"))]},
        "session": _list(_list(_ref("line")), 2),
        "companion": companion,
        "dose": dose,
        "drills": _list(drill),
        "exit": _object({name: _line(line) for name, line in lines.items()}, about(Criterion)),
    }


def _line(line: Criterion) -> Schema:
    names = open_figures(line)
    asked = _record(line, names) if names else _object({})
    asked.pop("description", None)
    for figure in asked["properties"].values():
        figure.pop("default", None)
    return asked | {"type": ["object", "null"] if line.rule in LEFT_OUT else "object"}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(items: Schema, most: int = MOST) -> Schema:
    return {"type": "array", "items": items, "minItems": 1, "maxItems": most}


def _each(keys: Iterable[object], value: Schema) -> Schema:
    return _object({str(key): value for key in keys})


_TABLES: Final[Mapping[str, Callable[[Any], Schema]]] = {
    "exit": lambda _lines: _ref("exit"),
    "sport_sessions": lambda _lines: _ref("session"),
    "energy_steps": lambda steps: _object({step.id: _record(step) for step in steps}),
    "run_steps": lambda steps: _object({step.id: _record(step) for step in steps if timed(step)}),
    "drills": lambda _drills: _ref("drills"),
    "grown": lambda _drills: {"anyOf": [_ref("drills"), {"type": "array", "maxItems": 0}]},
    "ladder": lambda steps: _each((step.id for step in steps), _ref("dose")),
    "sessions": lambda steps: _each(steps, _ref("session")),
    "trunk": lambda levels: _each(levels, _list(_list(_ref("companion")))),
    "gluteal": lambda levels: _each(levels, _list(_list(_ref("companion")))),
}
