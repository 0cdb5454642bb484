"""The cue to take quicker steps (d3): optional, contested, and judged like every run.

And what of ground and shoes is left as it is before the later steps.
"""

from dataclasses import dataclass
from math import floor
from typing import Final

from .rules import Rules
from .strands import RUN_INDEX

LEAST: Final = 120
MOST: Final = 220
"""(design) steps a minute that a person may have measured while running."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Steps a minute to run at for ``minutes`` of every so many, and the most; by metronome."""

    aim: int
    most: int
    minutes: int
    every: int


def cue(rules: Rules, step: int, measured: float | None, *, later: bool) -> Cue | None:
    """Return the cue for a run at ``step``, from the ``measured`` steps a minute; None for none.

    A higher step rate lowers the load in stance [S27] and may raise the hamstring's in late swing
    [S29], so from the faster steps on it is off unless asked for (``later``).
    """
    told = rules.running
    if measured is None or (step > RUN_INDEX[told.cadence_until_step] and not later):
        return None
    aim, most = (round(measured * share, 6) for share in (told.cadence_aim, told.cadence_most))
    return Cue(round(aim), floor(most), told.cadence_minutes, told.cadence_every)


def kept(rules: Rules, step: int) -> tuple[tuple[str, str], ...]:
    """Return what a run at ``step`` leaves as it is, each with the step it lasts until (d3)."""
    told = rules.running
    until = (("ground", told.ground_until_step), ("shoes", told.shoes_until_step))
    return tuple((what, name) for what, name in until if step < RUN_INDEX[name])
