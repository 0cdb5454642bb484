"""Which side an entry is about."""

from typing import Final

from .facts import (
    Fact,
    MorningChecked,
    RunReported,
    SessionReported,
    StageConfirmed,
    StageSet,
    TestLogged,
)

TWIN: Final = "~"
"""Between an entry's id and the number of the one beside it, about the other side."""
SIDED: Final[tuple[type[Fact], ...]] = (
    SessionReported,
    RunReported,
    MorningChecked,
    TestLogged,
    StageConfirmed,
    StageSet,
)
"""What can be about one side alone."""


def concerns(fact: Fact, side: str) -> bool:
    """Return whether a fact is about a side: about both, or about this one."""
    return not isinstance(fact, SIDED) or getattr(fact, "side", None) in (None, side)


def family(log_id: str) -> str:
    """Return what the ids of entries that belong together have in common."""
    return log_id.partition(TWIN)[0]
