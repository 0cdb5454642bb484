"""A session as a flat list of steps, for a player that knows no rule: it only plays them.

Of an exercise for each side a set is done with one side and then with the other, the affected
one first (h2); the prescribed rest follows every set but the last of the session.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .exercises import EXERCISES, Sides
from .model import other_side
from .prescription import Prescribed

READY_SECONDS: Final = 10
"""(design) to read what comes and take the position."""
SWITCH_SECONDS: Final = 8
"""(design) to change sides."""


class Act(StrEnum):
    """What a step asks."""

    READY = "ready"
    HOLD = "hold"
    REPS = "reps"
    WALK = "walk"
    SWITCH = "switch"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideStep:
    """One step. ``index`` counts exercises from 0, ``set_number`` sets from 1.

    ``seconds`` is how long it takes, None where the person says when it is done. ``tempo``:
    seconds of the first movement, the pause and the return of one repetition.
    """

    act: Act
    index: int
    set_number: int
    side: str
    seconds: float | None = None
    reps: int | None = None
    metres: int | None = None
    tempo: tuple[float, float, float] | None = None


def guide(items: Iterable[Prescribed], affected: str) -> tuple[GuideStep, ...]:
    """Return the steps of a session; ``affected`` is left or right."""
    steps: list[GuideStep] = []
    for index, item in enumerate(items):
        steps += _exercise(index, item, _sides(item, affected))
    while steps and steps[-1].act is Act.REST:
        steps.pop()
    return tuple(steps)


def _sides(item: Prescribed, affected: str) -> tuple[str, ...]:
    if item.sides is not Sides.EACH:
        return (item.sides.value,)
    return (affected, other_side(affected))


def _exercise(index: int, item: Prescribed, sides: tuple[str, ...]) -> Iterator[GuideStep]:
    yield GuideStep(act=Act.READY, index=index, set_number=1, side=sides[0], seconds=READY_SECONDS)
    for number in range(1, item.sets + 1):
        for side in sides:
            if side is not sides[0]:
                yield GuideStep(
                    act=Act.SWITCH,
                    index=index,
                    set_number=number,
                    side=side,
                    seconds=SWITCH_SECONDS,
                )
            yield _work(index, item, number, side)
        yield GuideStep(
            act=Act.REST,
            index=index,
            set_number=number,
            side=sides[0],
            seconds=item.rest_seconds,
        )


def _work(index: int, item: Prescribed, number: int, side: str) -> GuideStep:
    if item.hold_seconds is not None:
        return GuideStep(
            act=Act.HOLD, index=index, set_number=number, side=side, seconds=item.hold_seconds
        )
    exercise = EXERCISES[item.id]
    if item.reps is None:
        return GuideStep(
            act=Act.WALK, index=index, set_number=number, side=side, metres=exercise.metres
        )
    reps = item.reps * (2 if item.sides is Sides.ALTERNATE else 1)  # so many on each side (h2)
    return GuideStep(
        act=Act.REPS,
        index=index,
        set_number=number,
        side=side,
        seconds=reps * exercise.rep_seconds,
        reps=reps,
        tempo=_tempo(item.tempo, exercise.rep_seconds),
    )


def _tempo(tempo: str, seconds: float) -> tuple[float, float, float]:
    if "-" in tempo:
        first, pause, back = (float(part) for part in tempo.split("-"))
        return first, pause, back
    return seconds / 2, 0.0, seconds / 2
