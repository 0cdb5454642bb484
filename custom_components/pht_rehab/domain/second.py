"""The second side of a programme: what it begins with on the day it is followed too (b3, c10-31).

It is placed by its own scores; what is the person's and not the side's it shares from then on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Final

from .controls import begin
from .facts import Fact, SetUp, SideAdded
from .founding import Placement
from .side import concerns
from .state import State

_SAME: Final = [field.name for field in fields(Placement)]
_SHARED: Final = (
    "rules",
    "goal",
    "training_days",
    "equipment",
    "slow",
    "clinician_guided",
    "prescriber_block",
    "no_impact",
    "last_loading",
    "loading_days",
    "planned_days",
    "weekly",
    "visa_h",
    "unlogged",
    "pause",
    "lock",
    "ill",
    "well_on",
    "screened",
    "trunk",
    "gluteal",
    "companion_raised",
)
"""What of a state is the person's: settings, holds, the days, and the companions' levels."""


def facts_of(added: SideAdded, set_up: SetUp, known: Iterable[Fact]) -> Iterator[Fact]:
    """Yield the facts of the second side: its own set-up, and what has concerned it since."""
    yield replace(set_up, **{name: getattr(added, name) for name in _SAME})
    for fact in known:
        if fact.on >= added.on and is_shared(fact, added.side):
            yield fact


def is_shared(fact: Fact, side: str) -> bool:
    """Return whether a fact is one of the second side's too."""
    return not isinstance(fact, SetUp | SideAdded) and concerns(fact, side)


def begin_second(set_up: SetUp, first: State) -> State:
    """Return the state the second side starts in beside the ``first``, which is a copy."""
    runs = first.running.kept or bool(first.running.step)
    own = replace(
        set_up,
        goal=first.goal.value,
        rules_version=first.rules.version,
        running_now=runs if set_up.running_now is None else set_up.running_now,
        running_minutes=set_up.running_minutes or first.running_minutes,
    )
    state = begin(own)
    if set_up.sitting_minutes is None:
        state.sitting, state.sitting_medians = first.sitting, first.sitting_medians
        state.sitting_budget = first.sitting_budget
    for name in _SHARED:
        setattr(state, name, getattr(first, name))
    state.two_sided = True
    return state
