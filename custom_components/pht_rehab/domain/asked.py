"""What the next step of any strand asks: calm sessions, days, and that it has not failed (c3).

And the reasons of a step up and down that all strands share.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from .model import Reason, ReasonId, Response, reason
from .records import SessionRecord
from .rules import Rules
from .state import within


def greens(rules: Rules, streak: int, last: SessionRecord | None, *, waits: bool) -> Reason | None:
    """Return which GREENs are missing; ``waits``: the verdict on the ``last`` session is out."""
    need = rules.rung_up_greens
    if streak >= need:
        return None
    if waits:
        return reason(ReasonId.AWAITING_MORNING_CHECK, "session", greens=streak, needed=need)
    if last is not None and last.reasons and last.response is not Response.GREEN:
        return last.reasons[0]
    return reason(ReasonId.GREEN, "streak", greens=streak, needed=need)


def days(since: date | None, need: int, today: date) -> Reason | None:
    """Return how many days are missing; ``since`` is the first session at the step in force."""
    if since is None or (passed := (today - since).days) >= need:
        return None
    until = since + timedelta(days=need)
    return reason(ReasonId.MINIMUM_DAYS, "step", days=passed, needed=need, until=until)


def not_failed(
    rules: Rules, fails: Iterable[tuple[date, int]], step: int, today: date
) -> Reason | None:
    """Return until when a step that failed twice is not offered again (c10-7).

    The two lie within 28 days of each other, however long ago the first is by today.
    """
    found = [on for on, failed in fails if failed == step]
    again = [
        last
        for first, last in zip(found, found[rules.failed_step_count - 1 :], strict=False)
        if within(first, last, rules.failed_step_window_days)
    ]
    if not again:
        return None
    until = again[-1] + timedelta(days=rules.failed_step_rest_days)
    return reason(ReasonId.PLATEAU, "failed", until=until) if today < until else None


def up(rules: Rules, step: str, above: str | None = None) -> Reason:
    """Return the reason of a step up after calm sessions in a row; None: of all sets again."""
    greens = rules.rung_up_greens
    if above is None:
        return reason(ReasonId.TWO_GREEN, "set", step=step, greens=greens)
    return reason(ReasonId.TWO_GREEN, step=step, next_step=above, greens=greens)


def two_ambers(rules: Rules, step: str, *, loop: bool = False) -> Reason:
    """Return the reason of a step down after AMBERs in a row, or among the latest: a ``loop``."""
    if not loop:
        return reason(ReasonId.TWO_AMBERS, step=step, ambers=rules.ambers_to_reduce)
    most, sessions = rules.amber_loop, rules.amber_loop_of
    return reason(ReasonId.TWO_AMBERS, "loop", step=step, ambers=most, sessions=sessions)
