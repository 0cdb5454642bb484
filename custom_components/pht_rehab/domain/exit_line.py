"""One line of an exit list worked out, and what several kinds of lines ask."""

from dataclasses import dataclass
from datetime import date

from .model import DAY, Response
from .morning import baseline
from .protocol import Criterion
from .records import SessionRecord
from .rules import Rules
from .state import State, latest
from .verdict import surely_amber

type Met = bool | None


@dataclass(frozen=True, slots=True)
class Result:
    """One line: met, not met, or not known (None), with the figure found and the one asked."""

    id: str
    met: Met
    value: float | str | None
    target: float | str
    waits_for: str  # a value of Waiting
    criterion: Criterion


def result(line: Criterion, met: Met, value: float | str | None, waits_for: str) -> Result:
    """Return a line with the target it names."""
    return Result(line.id, met, value, line.target, waits_for, line)


def is_judged(record: SessionRecord, rules: Rules) -> bool:
    """Return whether the verdict counts: a GREEN of less than half a session does not (c7)."""
    if record.response is Response.AWAITING:
        return False
    least = rules.share_counts if record.response is Response.GREEN else 0
    return record.share > 0 and record.share >= least


def is_told(record: SessionRecord, rules: Rules) -> bool:
    """Return whether a session has its place in the row an exit line looks at.

    One that still waits for its morning has it once that cannot make it GREEN (c10-11); a calm
    one takes nothing away from the row before it.
    """
    if record.gap:
        return False
    awaited = record.response is Response.AWAITING and record.share > 0
    return is_judged(record, rules) or (awaited and surely_amber(record, rules))


def is_green(record: SessionRecord) -> bool:
    """Return whether a session was judged GREEN."""
    return record.response is Response.GREEN


def calm_after(state: State, on: date) -> bool | None:
    """Return whether the morning after a test stayed within +1; None if it is not known."""
    morning = on + DAY
    for test, scores in state.scores.items():
        score = next(iter(latest(scores, morning, 1)), None)
        base = baseline(state, test, on)
        if score is None or base is None:
            continue
        calm = score.pain <= base + state.rules.place_rise
        if not (calm and score.masked):  # (c6) a masked one says only that it was not
            return calm
    return None
