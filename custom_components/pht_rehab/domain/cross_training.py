"""What else may be done for fitness, by stage (e3): to be shown whenever running is off.

First ten minutes, easy, at most 3 of 10, then the next morning is waited for [S49]. Reading a
row: a column each for settle, isometric, isotonic, hip flexion, energy storage, and what comes
after it. ``no`` leaves it out; ``yes`` is without more to say; ``le3`` and ``le2`` are the most
pain it may cost; ``10-20`` minutes; any other word names a condition of its own.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .model import Stage
from .protocol import STEP_INDEX
from .schedule import stopped
from .state import State

FIRST_MINUTES: Final = 10
"""(e3, S49) of the first try."""
FIRST_PAIN: Final = 3
"""(e3, S49) the most it may cost."""

_TABLE: Final = """
activity      settle    isometric   isotonic    hip_flexion energy_storage later
walking       le3       yes         yes         yes         yes            yes
swimming      pull_buoy yes         yes         yes         yes            yes
deep_water    no        easy        yes         yes         yes            yes
elliptical    le2       yes         yes         yes         yes            yes
upright_bike  no        le3,10-20   20-40       yes         yes            yes
road_bike     no        no          no          gradual     yes            yes
rowing        no        no          no          short       yes            yes
stairs        no        no          short       yes         yes            yes
gym           no        no          no          by_step     yes            yes
yoga          trunk     trunk       trunk       light_range yes            yes
ball_sports   no        no          no          no          no             ladder
upper_body    yes       yes         yes         yes         yes            yes
"""
_FROM_STEP: Final = {("rowing", Stage.HIP_FLEXION): "S3.b1"}
"""(e3) the dose step from which it is allowed inside a stage."""
_IN_FLARE: Final = ("walking", "swimming", "upper_body")
"""(c5) flat walking and swimming with a pull buoy, as in the first stage."""
_COLUMNS: Final = (
    Stage.SETTLE,
    Stage.ISOMETRIC,
    Stage.ISOTONIC,
    Stage.HIP_FLEXION,
    Stage.ENERGY_STORAGE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """One activity: at most ``pain`` of 10, so many ``minutes``, ``how`` named; or as one likes."""

    id: str
    pain: int | None = None
    minutes: tuple[int, int] | None = None
    how: str | None = None


def _cell(activity: str, words: str) -> Allowed | None:
    if words == "no":
        return None
    pain, minutes, how = None, None, None
    for word in words.split(","):
        if word.startswith("le"):
            pain = int(word[2:])
        elif word[0].isdigit():
            least, _, most = word.partition("-")
            minutes = int(least), int(most)
        elif word != "yes":
            how = word
    return Allowed(id=activity, pain=pain, minutes=minutes, how=how)


CROSS_TRAINING: Final = {
    row.split()[0]: tuple(_cell(row.split()[0], words) for words in row.split()[1:])
    for row in _TABLE.strip().splitlines()[1:]
}
"""Every activity by its id: what holds in each column, None where it is not for now."""


def allowed(state: State, today: date) -> tuple[Allowed, ...]:
    """Return what may be done on ``today`` beside the programme; nothing while it is stopped.

    In a flare-up, and while a prescriber has to be asked, only what (c5) leaves.
    """
    if stopped(state, today) is not None:
        return ()
    calm = state.flare is None and not state.prescriber_block
    column = _column(state.stage) if calm else 0
    return tuple(
        found
        for activity, row in CROSS_TRAINING.items()
        if (found := row[column]) is not None
        and (calm or activity in _IN_FLARE)
        and state.step >= STEP_INDEX[_FROM_STEP.get((activity, state.stage), "I0.1")]
    )


def _column(stage: Stage) -> int:
    return _COLUMNS.index(stage) if stage in _COLUMNS else len(_COLUMNS)
