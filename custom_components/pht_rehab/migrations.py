"""From what older versions stored to what this one stores, one step a schema.

A step changes plain values and knows the old names by itself: the code of today may have
forgotten them. It may meet a line that has the newer form already and leaves it alone then.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

type Body = Mapping[str, Any]
type Version = tuple[int, int]
type Step = Callable[[Body], Body]

SCHEMA: Final[Version] = (1, 1)
"""Major, minor. A reader refuses a newer major and keeps what a newer minor added."""

_UNSAID_1_1: Final[Mapping[str, Body]] = {
    "set_up": {"equipment": [], "symptoms": [], "clinician_confirmed": False, "tests": {}},
    "session": {
        "prescribed": [],
        "light": False,
        "completed": 100,
        "painkiller": False,
        "cut_short": False,
        "score_only": False,
    },
    "morning_check": {"painkiller": False},
    "progress": {"anyway": False},
}


def _leave_out_what_nobody_said(body: Body) -> Body:
    """1.1 stores what was reported only, as it always did for numbers."""
    if "facts" not in body:
        return body
    return {**body, "facts": [_said(entry) for entry in body["facts"]]}


def _said(entry: Body) -> Body:
    unsaid = _UNSAID_1_1.get(entry.get("kind", ""), {})
    return {
        name: value for name, value in entry.items() if name not in unsaid or value != unsaid[name]
    }


STEPS: Final[Mapping[Version, Step]] = {(1, 1): _leave_out_what_nobody_said}
"""What leads to each schema, in order."""


def migrate(body: Body, found: Version) -> Body:
    """Return a line of schema ``found`` as this version stores it."""
    for version, step in STEPS.items():
        if version > found:
            body = step(body)
    return body
