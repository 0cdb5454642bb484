"""The programme's own sentences, in English, for what is said at the terminal."""

import json
from datetime import date
from pathlib import Path
from typing import Final

from custom_components.pht_rehab.domain.model import Reason
from custom_components.pht_rehab.protocol_yaml import Fault

ROOT: Final = Path(__file__).parent.parent.parent
_TEXTS: Final[dict[str, str]] = json.loads(
    (ROOT / "custom_components/pht_rehab/translations/en.json").read_text("utf-8")
)["common"]
_NAMED: Final = ("stage", "test")


def say(key: str, **figures: str) -> str:
    """Return a sentence with its figures."""
    return _TEXTS[key].format_map(figures)


def fault(found: Fault) -> str:
    """Return a fault with its line and field."""
    what = say(f"protocol_{found.problem.key}", **found.problem.figures)
    if not found.where:
        return say("protocol_fault_line", line=str(found.line), what=what)
    return say("protocol_fault", line=str(found.line), where=found.where, what=what)


def reason(why: Reason) -> str:
    """Return why a day is as it is."""
    key = f"reason_{why.id}_{why.variant}".rstrip("_")
    figures = {name: _figure(name, value) for name, value in why.figures}
    return say(key, **figures, until="" if why.until is None else _figure("until", why.until))


def _figure(name: str, value: object) -> str:
    if isinstance(value, date):
        return f"{value:%a %d %b}"
    if isinstance(value, str):
        return say(f"{name}_{value}") if name in _NAMED else value
    return f"{value:g}"
