"""What is kept of a closed day: how its sessions were judged, and where it ended."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .exercises import Strand
from .model import Reason, Response, Stage
from .state import State


class Judged(NamedTuple):
    """How a session was judged."""

    response: Response
    reasons: tuple[Reason, ...]


class Turn(NamedTuple):
    """Where a day ended: stage, the steps in force, whether in a flare-up, and the last changes.

    The steps of energy storage and running are None before those have begun; ``changes`` are
    the last one of all, and of each strand beside the hamstring's.
    """

    stage: Stage
    step: int
    flare_up: bool
    energy: int | None
    running: int | None
    changes: tuple[Reason, ...]


def judged_on(state: State, on: date) -> Iterator[tuple[Strand, Judged]]:
    """Yield how each strand's session of one date was judged, as far as it is remembered."""
    for records in state.strands():
        for record in reversed(records):
            if record.on <= on:
                if record.on == on:
                    yield record.strand, Judged(record.response, record.reasons)
                break


def turn_of(state: State) -> Turn:
    """Return where the day of a state ended."""
    energy, running = state.energy, state.running
    last = (state.last_change, energy.last_change, running.last_change)
    changes = tuple(dict.fromkeys(why for why in last if why is not None))
    flare_up = state.flare is not None
    return Turn(state.stage, state.step, flare_up, energy.step, running.step, changes)
