"""The whole log on its way out and in again, as JSON or as a table."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from homeassistant.util.json import JSON_DECODE_EXCEPTIONS, json_loads

from .coordinator import RehabCoordinator
from .domain.codec import CodecError, encode
from .domain.facts import Fact
from .domain.model import RehabError
from .lines import JournalError, read_entries
from .migrations import SCHEMA, migrate

FORMATS: Final = ("json", "csv")
FIRST: Final = ("kind", "on", "log_id", "logged_at")
"""The columns every entry has; the others follow by name."""
TEXTS: Final = frozenset(
    {"kind", "on", "log_id", "logged_at", "until", "reason", "session_id", "target", "test"}
    | {"event", "stage", "dose_step", "prescribed_step", "energy_step", "goal", "side"}
    | {"session_time", "morning_time", "hardest_activity", "source", "name", "digest"}
)
"""Columns of plain text; the others hold JSON."""
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""How a cell begins that a spreadsheet would take for a formula; it gets an apostrophe."""
SIZE_MAX: Final = 32 * 2**20

type Entry = Mapping[str, Any]


def export(coordinator: RehabCoordinator, wanted: str = "json") -> dict[str, Any]:
    """Answer with every entry of the log, void ones too, in the order in which they were stored."""
    entries = [encode(fact) for fact in coordinator.course.facts.values()]
    if wanted not in FORMATS:
        raise RehabError("unknown_format", field="format")
    if wanted == "csv":
        return {"format": wanted, "csv": _table(entries)}
    return {"format": wanted, "schema": list(SCHEMA), "entries": entries}


def read(data: object) -> tuple[Fact, ...]:
    """Return the entries of what ``export`` gave: its answer, or the text in it."""
    if isinstance(data, str):
        data = _parsed(data)
    if not isinstance(data, Mapping):
        raise RehabError("not_an_export", field="data")
    if isinstance(table := data.get("csv"), str):
        entries, schema = _rows(table), SCHEMA
    else:
        entries, schema = data.get("entries"), _schema(data.get("schema"))  # type: ignore[assignment]
    try:
        return read_entries(migrate({"facts": entries}, schema)["facts"])
    except JournalError as error:
        raise RehabError("import_newer", field="data") from error
    except (AttributeError, CodecError, TypeError, ValueError) as error:
        raise RehabError("not_an_export", field="data") from error


def _parsed(text: str) -> object:
    if len(text) > SIZE_MAX:
        raise RehabError("not_an_export", field="data")
    if not text.lstrip().startswith("{"):
        return {"csv": text}
    try:
        return json_loads(text)
    except JSON_DECODE_EXCEPTIONS as error:
        raise RehabError("not_an_export", field="data") from error


def _schema(found: object) -> tuple[int, int]:
    match found:
        case [int(major), int(minor)] if major <= SCHEMA[0]:
            return major, minor
        case [int(), int()]:
            raise RehabError("import_newer", field="data")
        case _:
            raise RehabError("not_an_export", field="data")


def _table(entries: Iterable[Entry]) -> str:
    rows = [{name: _cell(name, value) for name, value in entry.items()} for entry in entries]
    names = sorted({name for row in rows for name in row} - {*FIRST})
    found = io.StringIO()
    writer = csv.DictWriter(found, [*FIRST, *names], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return found.getvalue()


def _cell(name: str, value: object) -> str:
    if name not in TEXTS:
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _rows(table: str) -> list[Entry]:
    try:
        rows = csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline=""), strict=True)
        if not {*FIRST} <= {*(rows.fieldnames or ())}:
            raise RehabError("not_an_export", field="data")
        return [
            {name: _value(name, cell) for name, cell in row.items() if cell not in ("", None)}
            for row in rows
        ]
    except (csv.Error, *JSON_DECODE_EXCEPTIONS, TypeError, AttributeError) as error:
        raise RehabError("not_an_export", field="data") from error


def _value(name: str, cell: str) -> object:
    return cell.removeprefix("'") if name in TEXTS else json_loads(cell)
