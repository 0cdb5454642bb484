"""What two affected sides do together on one day (c1 side rule, c10-31, b4).

Each side has its own course and plan. Of two-leg work both do the lower side's, of work for each
side each its own; hops and runs are as little as the worse side allows; trunk and gluteal
exercises are done once. One side alone does what its own plan says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from typing import Final, NamedTuple

from .companions import TOP_LEVEL
from .criteria import ready
from .exercises import Sides, Strand
from .model import DAY, DayKind, Reason, ReasonId, Side, Stage, reason
from .morning import baseline
from .planner import plan_day, without_hops
from .prescription import Prescribed, prescribe
from .progression import Dose
from .protocol import LAST_STEP
from .running import not_today, same
from .schedule import DayPlan, loading_day
from .state import State
from .steps import in_force
from .strand_steps import StrandDose

_DAILY_TOP: Final = LAST_STEP[Stage.ISOMETRIC]
"""Holds may be done every day (b1), so also on a side's day off from heavier work."""

type Days = Mapping[str, tuple[State, DayPlan]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one side does of a day, and at which step it is measured.

    ``shared``: its hamstring does nothing but the other side's lower two-leg work, which earns
    no step. ``light``: holds that count for their verdict only.
    """

    plan: DayPlan
    items: tuple[Prescribed, ...]
    step: int
    light: bool
    shared: bool = False


class Item(NamedTuple):
    """An exercise of the day as it is shown, and the sides whose it is."""

    prescribed: Prescribed
    sides: tuple[str, ...]


def newly_sore(state: State, today: date) -> bool:
    """Return whether this morning is well above the side's own usual (c10-31)."""
    pain = state.today_scores.get(state.check_test)
    if pain is None:
        return False
    base = baseline(state, state.check_test, today - DAY)
    if base is None:
        return pain >= state.rules.newly_sore_first
    return pain - base >= state.rules.newly_sore_rise


def badness(state: State) -> tuple[bool, int, int, bool]:
    """Return what sorts sides, the worse first: a flare-up, then the lower step loaded."""
    return (state.flare is None, in_force(state), -state.sets_off, ready(state, state.day))


def share_out(days: Days) -> dict[str, Share]:
    """Return what each side does of the day; ``days`` is the state and the plan of each."""
    plans = _together(days)
    lines = {side: _lines(days[side][0], plan) for side, plan in plans.items()}
    lead = _lead(days, plans)
    common = [item for item in lines[lead] if not _one_leg(item)] if lead is not None else []
    hops = _hops(days, plans)
    companions = _companions(days)
    found: dict[str, Share] = {}
    for side, plan in plans.items():
        own = lines[side]
        if [item for item in own if not _one_leg(item)] != common:
            own = [*common, *filter(_one_leg, own)]
        done = {item.id for item in own}
        items = (*hops, *own, *(item for item in companions if item.id not in done))
        led = plans[lead].dose if lead is not None else None
        found[side] = _measured(days[side][0], plan, items, led)
    return found


def work_of(state: State, plan: DayPlan) -> tuple[Prescribed, ...]:
    """Return what a side's own plan prescribes."""
    calm = (state.trunk.grown, state.gluteal.grown)
    return prescribe(state.rules, plan, state.equipment, state.goal, calm)


def _lines(state: State, plan: DayPlan) -> list[Prescribed]:
    """Return the exercises of the hamstring session, accessories too."""
    return [*work_of(state, replace(plan, energy=None, trunk=None, gluteal=None))]


def _hops(days: Days, plans: Mapping[str, DayPlan]) -> tuple[Prescribed, ...]:
    """Return the hops of the day; both sides' plans say the same of them."""
    (state, _plan), plan = next(iter(days.values())), next(iter(plans.values()))
    return work_of(state, replace(plan, dose=None, trunk=None, gluteal=None))


def _one_leg(item: Prescribed) -> bool:
    return item.sides is Sides.EACH


def _measured(
    state: State, plan: DayPlan, items: tuple[Prescribed, ...], led: Dose | None
) -> Share:
    """Return a side's share with the step it is done at; ``led`` is the dose of two-leg work."""
    if plan.dose is None:
        step = led.step if led is not None else state.step
        return Share(plan=plan, items=items, step=min(step, state.step), light=led is not None)
    lower = led is not None and led.step < plan.dose.step
    own = (_one_leg(item) and item.strand is Strand.HAMSTRING for item in items)
    shared = lower and not plan.light and not any(own)
    step = min(plan.dose.step, state.step) if shared else plan.dose.step
    return Share(plan=plan, items=items, step=step, light=plan.light, shared=shared)


def _lead(days: Days, plans: Mapping[str, DayPlan]) -> str | None:
    """Return whose two-leg work both do: the lower, if the other side may do as much today."""
    doses = {side: plan.dose for side, plan in plans.items() if plan.dose is not None}
    if not doses:
        return None
    lead = min(doses, key=lambda side: (doses[side].step, not doses[side].set_less))
    others = [side for side in plans if side not in doses]
    return lead if all(_may_do(doses[lead].step, days[side][0]) for side in others) else None


def _may_do(step: int, state: State) -> bool:
    """Return whether a side without work today does two-leg work; not if it is to rest."""
    return step <= _DAILY_TOP and not state.plan.daily


def _companions(days: Days) -> tuple[Prescribed, ...]:
    """Return the trunk and gluteal exercises, of each strand the lower level that is due.

    Never above what the lower stage does (b5), and in a flare-up what its side may do (c5).
    """
    flared = [plan for known, plan in days.values() if known.flare is not None]
    plans = flared or [plan for _known, plan in days.values()]
    state, lowest = min(days.values(), key=lambda day: day[1].stage.order)

    def level(name: str) -> int | None:
        due = [each for plan in plans if (each := getattr(plan, name)) is not None]
        return min(*due, TOP_LEVEL[lowest.stage]) if due else None

    calm = (
        min(known.trunk.grown for known, _plan in days.values()),
        min(known.gluteal.grown for known, _plan in days.values()),
    )
    own = replace(lowest, energy=None, dose=None, trunk=level("trunk"), gluteal=level("gluteal"))
    return prescribe(state.rules, own, state.equipment, state.goal, calm)


def _together(days: Days) -> dict[str, DayPlan]:
    """Return each side's plan, with hops and a run only as far as both sides allow.

    No test of either while one flares up: many are done with both legs (c5).
    """
    plans = {side: _held(days, side) for side in days}
    hops = _least_hops(plans)
    if hops is None:
        plans = {side: without_hops(days[side][0], plan) for side, plan in plans.items()}
    run = _least_run(days, plans)
    calm = all(state.flare is None for state, _plan in days.values())
    return {
        side: _rested(replace(plan, energy=hops, run=run, tests=plan.tests if calm else ()))
        for side, plan in plans.items()
    }


def _rested(plan: DayPlan) -> DayPlan:
    """Return the day as what it is where the other side has kept all that loads it away."""
    loads = plan.dose is not None or plan.energy is not None or plan.run is not None
    if loads or plan.kind is not DayKind.LOADING:
        return plan
    return replace(plan, kind=DayKind.LIGHT if plan.trunk or plan.gluteal else DayKind.REST)


def _held(days: Days, side: str) -> DayPlan:
    """Return a side's plan; no strand of it rises while the other side alone hurts (c10-31)."""
    state, plan = days[side]
    doses = (plan.dose, plan.energy, plan.run)
    rises = any(dose is not None and dose.rises for dose in doses)
    troubled = [name for name, (known, _plan) in days.items() if _troubled(known, plan.on)]
    if not rises or not troubled or side in troubled:
        return plan
    kept = plan_day(state, plan.on, settled=False)
    if plan.strength and not kept.strength:  # the planned session, moved to this day (c10-27)
        kept = loading_day(state, plan.on, settled=False)
    why: tuple[Reason, ...] = (reason(ReasonId.OTHER_SIDE, "keeps"),)
    told = (one for one in kept.reasons if one.id is not ReasonId.AWAITING_MORNING_CHECK)
    return replace(kept, reasons=(*why, *told))


def _troubled(state: State, today: date) -> bool:
    return state.flare is not None or newly_sore(state, today)


def _least_hops(plans: Mapping[str, DayPlan]) -> StrandDose | None:
    """Return the hops of the day: planned by both sides, the lower step."""
    planned = [plan.energy for plan in plans.values() if plan.energy is not None]
    if len(planned) < len(plans):
        return None
    return min(planned, key=lambda dose: (dose.step, not dose.set_less, dose.grown))


def _least_run(days: Days, plans: Mapping[str, DayPlan]) -> StrandDose | None:
    """Return the run of the day: planned by one side, allowed by both, the shorter."""
    planned = [plan.run for plan in plans.values() if plan.run is not None]
    if not planned:
        return None
    for side, (state, plan) in days.items():
        if plans[side].run is not None:
            continue
        usual = same(state, plan.on) if not_today(state, plan.on) is None else None
        if usual is None:
            return None
        planned.append(usual)
    return min(planned, key=lambda dose: (dose.step, inf if dose.minutes is None else dose.minutes))


def shown(shares: Mapping[str, Share]) -> Iterator[Item]:
    """Yield the day's exercises as one list; what only one side does says which."""
    rest = {side: list(share.items) for side, share in shares.items()}
    for side, items in rest.items():
        others = [name for name in rest if name != side]
        for item in items:
            same_ones = [name for name in others if item in rest[name]]
            for name in same_ones:
                rest[name].remove(item)
            if others and not same_ones and _one_leg(item):
                yield Item(replace(item, sides=Side(side)), (side,))
            else:
                yield Item(item, (side, *same_ones))
