"""The dose of a session: what lets it rise, what holds it, what a break takes off (c3, c7).

One change at a time. A step up or a gap reduction is real when it has been done (c10-3).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from . import asked
from .exercises import Strand
from .model import Reason, ReasonId, Stage, reason
from .morning import sorest_week
from .protocol import LADDER
from .state import GapReturn, State
from .steps import bottom_step, change_step, gap_anchor, gap_days, top_step
from .strand_steps import UP, others


@dataclass(frozen=True, slots=True)
class Dose:
    """The dose worked out for a session day.

    ``sets_off``: sets fewer than the step says; ``cut``: one set less this time only (c2).
    """

    step: int
    sets_off: int = 0
    why: Reason | None = None
    cut: bool = False

    @property
    def set_less(self) -> bool:
        """Whether each exercise has a set less than the step says."""
        return self.cut or self.sets_off > 0

    @property
    def rises(self) -> bool:
        """Whether it is a step up."""
        return self.why is not None and self.why.id in UP


def blocks(state: State, today: date, *, settled: bool) -> list[Reason]:
    """Return everything that keeps the dose from rising today, the strongest first."""
    top = _top(state)
    found = [check(state, today) for check in (*_HOLDS, *_OWN_HOLDS)]
    found += [top] if top is not None else [check(state, today) for check in _STEP]
    return [why for why in found if why is not None] + _unsettled(settled=settled)


def shared_holds(state: State, today: date, *, settled: bool) -> list[Reason]:
    """Return what keeps every strand from rising today."""
    found = [check(state, today) for check in _HOLDS]
    return [why for why in found if why is not None] + _unsettled(settled=settled)


def _unsettled(*, settled: bool) -> list[Reason]:
    return [] if settled else [reason(ReasonId.AWAITING_MORNING_CHECK, "today")]


def _after_flare(state: State, today: date) -> Reason | None:
    if state.hold_until is not None and today <= state.hold_until:
        return reason(ReasonId.HOLD_AFTER_FLARE, until=state.hold_until + timedelta(days=1))
    return None


def _creep(state: State, _today: date) -> Reason | None:
    return reason(ReasonId.DRIFT, "hold") if state.creep is not None else None


def _guarded(state: State, today: date) -> Reason | None:
    median = sorest_week(state, today)
    if median is not None and median >= state.rules.guard_hold:
        return reason(ReasonId.GUARD, median=median, limit=state.rules.guard_hold)
    return None


def _adherence(state: State, today: date) -> Reason | None:
    share, planned = adherence(state, today)
    if planned >= state.rules.adherence_min_sessions and share < state.rules.adherence_stop:
        return reason(ReasonId.ADHERENCE_LOW, "stop", percent=round(100 * share))
    return None


def _gap(state: State, today: date) -> Reason | None:
    gap = gap_days(state, today)
    rules = state.rules
    if not _gap_counts(state) or gap < rules.gap_repeat_days:
        return None
    if gap < rules.gap_step_down_days:
        return reason(ReasonId.GAP_REPEAT, days=gap)
    return reason(ReasonId.GAP_STEP_DOWN, days=gap)


def _greens(state: State, _today: date) -> Reason | None:
    if state.underload:
        return None
    last = next(reversed(state.sessions()), None)
    return asked.greens(state.rules, state.streak, last, waits=state.pending is not None)


def _effort(state: State, _today: date) -> Reason | None:
    """(c10-9) very hard twice running: lower the load inside the step."""
    if state.hard >= state.rules.effort_too_high_times:
        return reason(ReasonId.EFFORT_HIGH)
    return None


def _days(state: State, today: date) -> Reason | None:
    if state.underload:
        return None
    rules = state.rules
    need = rules.rung_up_min_days
    if state.plan.daily:
        need = rules.rung_up_min_days_isometric
    elif state.slow:
        need = rules.rung_up_min_days_slow
    return asked.days(state.step_since, need, today)


def _failed(state: State, today: date) -> Reason | None:
    return asked.not_failed(state.rules, state.fails, state.step + 1, today)


def _others(state: State, today: date) -> Reason | None:
    return others(state, Strand.HAMSTRING, today)


def _top(state: State) -> Reason | None:
    if state.sets_off or state.step < top_step(state):
        return None
    step, plan = state.dose.id, state.plan
    if state.underload:
        return reason(ReasonId.TOP_STEP, "harder", step=step)
    if state.stage is Stage.MAINTENANCE and plan.planned_per_week < plan.most_per_week:
        age, days = state.rules.twice_a_week_age, plan.spacing_days
        return reason(ReasonId.TOP_STEP, "kept", step=step, age=age, days=days)
    return reason(ReasonId.TOP_STEP, step=step)


type Check = Callable[[State, date], Reason | None]

_HOLDS: Final[tuple[Check, ...]] = (_after_flare, _creep, _guarded, _adherence)
"""What holds every strand."""
_OWN_HOLDS: Final[tuple[Check, ...]] = (_gap, _effort)
_STEP: Final[tuple[Check, ...]] = (_greens, _days, _failed, _others)
"""What the next step of this stage asks; nothing to ask at the top."""


def _gap_counts(state: State) -> bool:
    """Return whether the table's steps apply: P2 to P5, and no stage down for this absence."""
    tabled = not state.plan.daily and state.stage is not Stage.MAINTENANCE
    return tabled and state.gap_handled != gap_anchor(state)


def next_dose(state: State, today: date, held: Sequence[Reason], *, settled: bool) -> Dose:
    """Return the dose of a loading session on ``today``; ``held`` are its ``blocks``."""
    rules = state.rules
    floor = bottom_step(state)
    gap = gap_days(state, today)
    if _gap_counts(state) and gap >= rules.gap_step_down_days:
        steps = 1 if gap < rules.gap_two_down_days else 2
        why = reason(ReasonId.GAP_STEP_DOWN, days=gap, steps=steps)
        if state.step > floor:
            return Dose(max(floor, state.step - steps), 0, why)
        return Dose(floor, 1, why)
    back = state.gap_return
    free = settled and not any(why.id in _HARD for why in held)
    if back is not None and back.greens <= 0 and free:
        return Dose(back.step, 0, reason(ReasonId.TWO_GREEN, "returned"))
    if not (state.gap_return or held):
        if state.sets_off:
            return Dose(state.step, 0, _up(state))
        return Dose(state.step + 1, 0, _up(state, LADDER[state.step + 1].id))
    return Dose(state.step, state.sets_off, cut=state.cut_set)


def _up(state: State, above: str | None = None) -> Reason:
    """Return why the dose rises to the step ``above``; None: to all sets again."""
    step = state.dose.id
    if not state.underload:
        return asked.up(state.rules, step, above)
    if above is None:
        return reason(ReasonId.UNDERLOAD, "set", step=step)
    return reason(ReasonId.UNDERLOAD, step=step, next_step=above)


_HARD: Final = frozenset(
    {
        ReasonId.HOLD_AFTER_FLARE,
        ReasonId.DRIFT,
        ReasonId.GUARD,
        ReasonId.GAP_REPEAT,
        ReasonId.ONE_CHANGE_AT_A_TIME,
    }
)
"""What keeps even the step from before a break from returning; the break itself does not."""


def take_on(state: State, dose: Dose, step: int, today: date) -> None:
    """Put the step just done in force: less than planned counts as is, more does not."""
    done = min(step, dose.step)
    before = state.step
    if state.relapse_until is not None:
        state.relapse_step = done
    elif done == before and dose.sets_off == state.sets_off:
        state.step_since = state.step_since or today
        if state.begins:
            state.raised_on = today
    else:
        gap_down = dose.why is not None and dose.why.id is ReasonId.GAP_STEP_DOWN
        greens = 1 if gap_days(state, today) < state.rules.gap_two_down_days else 2
        change_step(state, done, sets_off=dose.sets_off)
        state.step_since = today
        if done > before or (done == before and not dose.sets_off):
            state.raised_on = today
        if gap_down:
            state.gap_return = GapReturn(before, greens)
        if dose.why is not None:
            state.last_change = dose.why
    state.cut_set = False


def adherence(state: State, today: date) -> tuple[float, float]:
    """Return the share of planned sessions done in 14 days, and how many were planned."""
    before = today - timedelta(days=state.rules.adherence_window_days)
    planned, done = 0.0, 0
    for on, weight, was_done in state.planned_days:
        if on > before:
            planned += weight
            done += was_done
    return (min(1.0, done / planned) if planned else 1.0), planned
