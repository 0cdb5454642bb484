"""The trunk and gluteal strands beside the hamstring work (b5): when, and at which level.

They never gate a stage. A level rises after calm sessions, not on the day of another strand's step
up nor within 72 h of one of strength or runs, and one strand at a time (c3, c10-30). What holds
every strand holds their levels and their amounts (c4).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from .model import Response, Stage
from .progression import shared_holds
from .records import SessionRecord
from .state import Companion, State, within

TOP_LEVEL: Final[Mapping[Stage, int]] = MappingProxyType(
    {
        Stage.SETTLE: 1,
        Stage.ISOMETRIC: 2,
        Stage.ISOTONIC: 2,
        Stage.HIP_FLEXION: 3,
        Stage.ENERGY_STORAGE: 3,
        Stage.RETURN_TO_SPORT: 3,
        Stage.MAINTENANCE: 3,
    }
)

EXTRAS: Final = frozenset({"single_leg_calf_raise"})
"""A line of P2 and the runners' extra: alone they make no gluteal session."""


def due(
    state: State, today: date, *, loading: bool, rises: bool = False
) -> tuple[int | None, int | None]:
    """Return today's trunk and gluteal levels, None where the strand rests; ``rises``: a dose does.

    Placed so that no day is long: alternating in the daily stages; later on training days
    without loading if there are two of them a week, else after the hamstring work.
    """
    alternating = state.plan.daily or state.flare is not None
    if not (alternating or _fits(state, today, loading=loading)):
        return None, None
    trunk = _is_due(state, state.trunk, today)
    gluteal = _is_due(state, state.gluteal, today)
    if alternating and trunk and gluteal:
        trunk = _last(state.trunk) <= _last(state.gluteal)
        gluteal = not trunk
    levels = _levels(state) if rises else _ripe_levels(state, today)
    return (levels[0] if trunk else None), (levels[1] if gluteal else None)


def _fits(state: State, today: date, *, loading: bool) -> bool:
    """Return whether a day of the later stages has room for them."""
    if not loading:
        return today.weekday() in state.training_days
    spare = len(state.training_days) - state.plan.planned_per_week
    return spare < state.rules.companion_spare_days


def _last(companion: Companion) -> date:
    return companion.days[-1] if companion.days else date.min


def _is_due(state: State, companion: Companion, today: date) -> bool:
    rules = state.rules
    days = [on for on in companion.days if on < today]
    if days and (today - days[-1]).days < rules.companion_spacing_days:
        return False
    before = today - timedelta(days=rules.week_days)
    return sum(on > before for on in days) < rules.companion_per_week


def beside_a_rise(state: State, due: int | None, companion: Companion) -> int | None:
    """Return a level that is ``due`` as it is on the day of another strand's step up (c3)."""
    return None if due is None else min(due, companion.level, TOP_LEVEL[state.stage])


def _levels(state: State) -> tuple[int, int]:
    """Return the levels in force, as far as the stage goes."""
    top = TOP_LEVEL[state.stage]
    return min(state.trunk.level, top), min(state.gluteal.level, top)


def _ripe_levels(state: State, today: date) -> tuple[int, int]:
    top = TOP_LEVEL[state.stage]
    trunk, gluteal = _levels(state)
    if not _may_rise(state, today):
        return trunk, gluteal
    need = state.rules.companion_sessions
    if trunk < top and state.trunk.greens >= need[trunk - 1]:
        return trunk + 1, gluteal
    if gluteal < top and state.gluteal.greens >= need[gluteal - 1]:
        return trunk, gluteal + 1
    return trunk, gluteal


def _may_rise(state: State, today: date) -> bool:
    hold = state.rules.companion_hold_days
    recent = (state.raised_on, state.running.raised_on, state.companion_raised)
    quiet = all(on is None or (today - on).days >= hold for on in recent)
    return quiet and state.flare is None and not shared_holds(state, today, settled=True)


def take_session(
    state: State, today: date, levels: tuple[int | None, int | None], done: tuple[bool, bool]
) -> None:
    """Note which strands were done today, at the levels planned."""
    for companion, level, was_done in zip((state.trunk, state.gluteal), levels, done, strict=True):
        if not was_done:
            continue
        companion.days.append(today)
        companion.days[:] = [on for on in companion.days if within(on, today, 14)]
        if level is not None and level > companion.level:
            companion.level = level
            companion.greens = companion.grown = 0
            state.companion_raised = today


def take_verdict(state: State, record: SessionRecord) -> None:
    """Count a calm session towards the next level; a sore one on its own lowers it."""
    if record.gap:
        return
    green = record.response is Response.GREEN
    only = record.share == 0
    sore = only and record.pain_during is not None and record.pain_during > state.rules.coped_max
    held = shared_holds(state, state.day, settled=True)
    for name in record.companions:
        companion = state.trunk if name == "trunk" else state.gluteal
        if sore:
            companion.level = max(1, companion.level - 1)
        companion.greens = companion.greens + 1 if green else 0
        companion.grown = min(companion.grown, companion.greens) if held else companion.greens
