"""The step in force: putting another one there, and how long it has rested (c3, c7, c10-3..5)."""

from datetime import date
from typing import Final

from .model import Reason, Stage
from .protocol import FIRST_STEP, LAST_STEP, STEP_INDEX, stage_of
from .state import State
from .strand_steps import put

_OF_THE_STAGE: Final = (
    "plateau",
    "amber_loop",
    "adherence",
    "over_maximum",
    "without_green",
    "drift",
)
"""Reviews that a new stage answers; screening and the clinician's prompts outlive it."""


def change_step(state: State, step: int, *, sets_off: int = 0) -> None:
    """Put another step in force; streak and counts start anew (c10-16).

    The way back from a break (c7) leads from the step the break led to, and from no other.
    """
    state.step = step
    state.sets_off = sets_off
    state.step_since = None
    state.step_put = state.day
    state.streak = state.ambers = state.easy = state.hard = 0
    state.underload = state.cut_set = False
    state.gap_return = None


def enter_stage(state: State, stage: Stage, step: int, today: date) -> None:
    """Start a stage at a step."""
    going_up = stage is not state.stage and FIRST_STEP[stage] > FIRST_STEP[state.stage]
    old_test = state.plan.load_test
    state.stage = stage
    state.strength_top = step if stage is Stage.ENERGY_STORAGE else None
    if state.plan.energy_per_week and state.energy.step is None:
        put(state.energy, 0)
    state.stage_since = today
    state.away_days = 0
    state.sessions_in_stage = 0
    if stage is not Stage.MAINTENANCE:
        state.relapse_until = None
    for key in _OF_THE_STAGE:
        state.reviews.pop(key, None)
    state.no_green_since = today
    change_step(state, step)
    test = state.plan.load_test
    if going_up and test != old_test:
        # The first score on the new test, before the first session, is B (c1, c10-20).
        first = state.today_scores.get(test)
        state.first_score.pop(test, None)
        if first is not None:
            state.first_score[test] = first
        state.last_baseline.pop(test, None)
        state.medians.pop(test, None)
        state.window_from[test] = today
        state.windows.clear()


def set_back(state: State, step: int, today: date) -> None:
    """Go down to a step; the days in the stage go on if it is of the same one."""
    stage = stage_of(step, state.stage)
    if stage is state.stage:
        change_step(state, step)
    else:
        enter_stage(state, stage, step, today)


def step_down(state: State, why: Reason) -> None:
    """Reduce at once; at the first step of the stage take a set off instead (c10-5).

    A second reduction on the same day does nothing (c10-6): each is one step.
    """
    if state.reduced_on == state.day:
        return
    state.reduced_on = state.day
    if state.relapse_until is not None:
        _step_down_relapse(state)
    elif state.step > bottom_step(state):
        change_step(state, state.step - 1)
    else:
        change_step(state, state.step, sets_off=1)
    state.last_change = why


def _step_down_relapse(state: State) -> None:
    """Reduce the dose of a relapse, and what strength comes back to after it."""
    if state.relapse_step > bottom_step(state):
        state.relapse_step -= 1
    else:
        state.relapse_sets_off = 1
    change_step(state, state.step, sets_off=1)


def in_force(state: State) -> int:
    """Return the step that is loaded: after a relapse in maintenance one of P3 (b4 P6)."""
    return state.step if state.relapse_until is None else state.relapse_step


def bottom_step(state: State) -> int:
    """Return the lowest step of the stage; beside hops also the one it began with."""
    stage = state.stage if state.relapse_until is None else Stage.HIP_FLEXION
    return min(FIRST_STEP[stage], state.step)


def top_step(state: State) -> int:
    """Return the highest step of the stage; energy storage keeps the one it began with."""
    top = state.strength_top
    return LAST_STEP[state.stage] if top is None else top


def land(state: State, today: date) -> None:
    """Go down to where a stage down from here arrives (c10-39), never to more than was loaded."""
    step = min(STEP_INDEX[state.plan.landing], in_force(state))
    enter_stage(state, stage_of(step, state.stage), step, today)
    if state.energy.step is not None:
        put(state.energy, 0)


def steps_below(step: int, steps: int) -> int:
    """Return the ladder index ``steps`` further down, across stages."""
    return max(0, step - steps)


def gap_anchor(state: State) -> date:
    """Return where G counts from: the last session that counts, a flare's end, or entry (c7)."""
    anchor = state.entry
    for day in (state.last_session, state.gap_from):
        if day is not None and day > anchor:
            anchor = day
    return anchor


def gap_days(state: State, today: date) -> int:
    """Return G in days."""
    return (today - gap_anchor(state)).days
