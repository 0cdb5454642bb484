"""What was told of both sides: one entry where both tell the same, else one of each."""

from collections.abc import Sequence
from dataclasses import replace

from .checks import Decision, one
from .facts import Fact
from .side import TWIN


def together(facts: Sequence[Fact]) -> Decision:
    """Return the decision to store what was told of each side.

    Where both tell the same it is one entry, of both; else the entries belong together by their
    ids and are taken back together.
    """
    first, *others = facts
    if not others:
        return one(first)
    both = replace(first, side=None)  # type: ignore[call-arg]  # only facts that have one
    if all(replace(fact, side=None, log_id=first.log_id) == both for fact in others):  # type: ignore[call-arg]
        return one(both)
    twins = (
        replace(fact, log_id=f"{first.log_id}{TWIN}{number}")
        for number, fact in enumerate(others, 2)
    )
    return Decision((first, *twins), first.log_id)
