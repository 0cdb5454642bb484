"""The plan of one day, all strands together (b1, c10-30, c10-49, d4).

The hamstring's day comes first (schedule.py); energy storage and running find their place
beside it: never three loading days in a row, one change at a time.
"""

from dataclasses import replace
from datetime import date, timedelta
from operator import itemgetter

from . import companions, running, unlogged
from .criteria import hops_wait
from .model import DAY, DayKind, Reason, ReasonId, Response, Stage, reason
from .progression import Dose, shared_holds
from .schedule import DayPlan, day_off, hamstring_day, loaded_on, stopped, without_strength
from .state import State, within
from .steps import gap_days
from .strand_steps import StrandDose, begins, holds, next_step
from .strands import RUNS


def plan_day(state: State, today: date, *, settled: bool) -> DayPlan:
    """Return the plan of ``today``; ``settled``: its morning score is in, or past its deadline."""
    plan = hamstring_day(state, today, settled=settled)
    if not active(state) or _rests(state, plan, today):
        return plan
    if plan.strength and (why := _put_off(state, today) or _hopped_red(state, today)) is not None:
        plan = without_strength(state, today, why)
    plan = _with_energy(state, plan, today, settled=settled)
    plan = _one_change(state, _with_run(state, plan, today, settled=settled), today)
    if not any(dose is not None and dose.rises for dose in (plan.energy, plan.run)):
        return plan
    trunk = companions.beside_a_rise(state, plan.trunk, state.trunk)
    gluteal = companions.beside_a_rise(state, plan.gluteal, state.gluteal)
    return replace(plan, trunk=trunk, gluteal=gluteal)


def active(state: State) -> bool:
    """Return whether a strand beside the hamstring's has begun."""
    return state.energy.step is not None or state.running.step is not None


def _rests(state: State, plan: DayPlan, today: date) -> bool:
    """Return whether neither hopping nor running has a place on such a day."""
    return stopped(state, today) is not None or plan.light or state.prescriber_block


def _in_a_row(state: State, today: date) -> Reason | None:
    """Return why a day of rest is due after loading days in a row (d4), or None."""
    most = state.rules.running.most_days_in_a_row
    days = [today - timedelta(days=number) for number in range(1, most + 1)]
    if all(loaded_on(state, on) for on in days):
        return reason(ReasonId.SPACING, "row", until=today + DAY)
    last = state.running.records[-1] if state.running.records else None
    if last is not None and last.on == today - DAY and running.asks_rest(state.rules, last.step):
        return reason(ReasonId.SPACING, "run", until=today + DAY)
    return None


def _put_off(state: State, today: date) -> Reason | None:
    """Return why strength gives way to a day of rest, or None.

    Not for more than a week: if time is short a run is dropped, not strength (d4).
    """
    overdue = gap_days(state, today) >= state.rules.week_days
    return None if overdue else _in_a_row(state, today)


def _hopped_red(state: State, today: date) -> Reason | None:
    """Return why there is no strength the day after hops that were RED (b4 P4), or None."""
    last = state.energy.records[-1] if state.energy.records else None
    if last is not None and last.on == today - DAY and last.response is Response.RED:
        return reason(ReasonId.OTHER_STRAND, "red", until=today + DAY)
    return None


def _with_energy(state: State, plan: DayPlan, today: date, *, settled: bool) -> DayPlan:
    """Add the energy storage session, on a day of its own where the week has room.

    After a planned day that was missed they share one: whoever leaves the hops out must not lose
    the strength that waits for them as well (design).
    """
    if no_energy(state, today) is not None or today.weekday() not in state.training_days:
        return plan
    strand = state.energy
    shared = shared_holds(state, today, settled=settled)
    held = [*shared, *holds(state, strand, today)]
    step, less, why = next_step(state, strand, today, held)
    grown = step == strand.step and strand.streak > 0 and not shared
    before = plan
    few = len(state.training_days) <= state.rules.running.energy_shares_days
    missed = bool(state.planned_days) and not state.planned_days[-1][2]
    if plan.strength and state.plan.energy_apart and not (few or missed):
        plan = without_strength(
            state, today, reason(ReasonId.OTHER_STRAND, "energy_first", until=today + DAY)
        )
    reasons = (why,) if why is not None else tuple(held)
    return replace(
        plan,
        kind=DayKind.LOADING,
        energy=StrandDose(step=step, set_less=less, why=why, grown=grown),
        reasons=tuple(dict.fromkeys((*plan.reasons, *reasons))),
        without_hops=before,
    )


def without_hops(state: State, plan: DayPlan) -> DayPlan:
    """Return a day whose hops the other side may not do; strength does not make room for them."""
    if plan.without_hops is None:
        return plan
    kind = plan.without_hops.kind if plan.run is None else DayKind.LOADING
    left = _one_change(state, replace(plan.without_hops, run=plan.run, kind=kind), plan.on)
    return replace(left, reasons=(reason(ReasonId.OTHER_SIDE, "hops"), *left.reasons))


def counts(state: State, plan: DayPlan) -> bool:
    """Return whether a day counts as planned; hops alone do not where the other side may not."""
    asked = plan.without_hops if state.two_sided and plan.without_hops is not None else plan
    return asked.strength or asked.energy is not None


def no_energy(state: State, today: date) -> Reason | None:
    """Return why there is no energy storage session on ``today``, whatever weekday; or None."""
    strand, rules = state.energy, state.rules
    weekly = state.plan.energy_per_week
    if strand.step is None or not weekly or strand.waits_for_green:
        return reason(ReasonId.OTHER_STRAND, "green")
    if state.no_impact:
        return reason(ReasonId.CLINICIAN, "impact")
    tested = running.waits(state, strand, today) or hops_wait(state, today)
    why = tested or unlogged.rest(state, today)
    if why is not None:
        return why
    before = [on for on in strand.days if on < today]
    if before and (today - before[-1]).days < rules.energy.spacing_days:
        until = before[-1] + timedelta(days=rules.energy.spacing_days)
        return reason(ReasonId.SPACING, until=until)
    week = [on for on in before if within(on, today, rules.week_days)]
    if len(week) >= weekly:
        return reason(
            ReasonId.SPACING, "week", until=week[-weekly] + timedelta(days=rules.week_days)
        )
    return _in_a_row(state, today)


def _with_run(state: State, plan: DayPlan, today: date, *, settled: bool) -> DayPlan:
    """Add the run, if today is a day for one."""
    found = running.dose(state, today, settled=settled) if _runs(state, plan, today) else None
    if found is None:
        return plan
    dose, held = found
    if running.asks_rest(state.rules, dose.step) and _owed(state, plan, today + DAY):
        return plan
    if not dose.rises and any(one is not None and one.rises for one in (plan.dose, plan.energy)):
        dose = running.without_hills(state, dose)
    reasons = (dose.why,) if dose.why is not None else held
    return replace(
        plan,
        kind=DayKind.LOADING,
        run=dose,
        reasons=tuple(dict.fromkeys((*plan.reasons, *reasons))),
    )


def _owed(state: State, plan: DayPlan, day: date) -> bool:
    """Return whether strength is due the day after ``plan`` and can wait no longer.

    Then it is the run that gives way, for the day after it would have to be off (d4).
    """
    overdue = gap_days(state, day) >= state.rules.week_days
    return overdue and not plan.strength and day_off(state, day) is None


def moved_run(state: State, plan: DayPlan, today: date) -> StrandDose | None:
    """Return the planned run moved to a day without one, None if it is too close (c10-27).

    It does not rise beside strength or hops that do (c3).
    """
    if running.not_today(state, today) is not None or _in_a_row(state, today) is not None:
        return None
    doses = (plan.dose, plan.energy)
    rises = any(dose is not None and dose.rises for dose in doses)
    found = running.dose(state, today, settled=not rises)
    return None if found is None else found[0]


def _runs(state: State, plan: DayPlan, today: date) -> bool:
    """Return whether a run is planned: with other work if no free day is better, or alone.

    Normal training in maintenance is the person's own (d2 R17), unless less of it is due. Alone,
    it must not be the third loading day in a row once tomorrow's strength is done.
    """
    own = state.stage is Stage.MAINTENANCE and state.running.step == len(RUNS) - 1
    less = state.relapse_until is not None or state.creep is not None
    if (own and not less) or today.weekday() not in state.training_days:
        return False
    if running.not_today(state, today) is not None or _in_a_row(state, today) is not None:
        return False
    loaded = loaded_on(state, today - DAY)
    if plan.strength or plan.energy is not None:
        return loaded or not _better(state, plan, today + DAY)
    return not loaded or not _work(state, plan, today + DAY)


def _better(state: State, plan: DayPlan, day: date) -> bool:
    """Return whether the run had better wait for the day after today's work.

    Not if the work of the day after that made it three in a row.
    """
    free = day.weekday() in state.training_days and not _work(state, plan, day)
    return free and not _work(state, plan, day + DAY)


def _work(state: State, plan: DayPlan, day: date) -> bool:
    """Return whether a day soon after ``plan`` has strength or hops of its own."""
    if day.weekday() not in state.training_days:
        return False
    if plan.strength:
        strength = (day - plan.on).days >= state.plan.spacing_days
    else:
        strength = not state.plan.daily and day_off(state, day) is None
    return strength or (plan.energy is None and no_energy(state, day) is None)


def _one_change(state: State, plan: DayPlan, today: date) -> DayPlan:
    """Let only one strand rise: the one that rose longer ago (c10-30).

    None beside the first session of a stage or the first hops, which are a change of their own.
    """
    first_hops = plan.energy is not None and begins(state.energy)
    rising = [
        (on or date.min, dose.why)
        for dose, on in (
            (plan.dose, state.raised_on),
            (plan.energy, state.energy.raised_on),
            (plan.run, state.running.raised_on),
        )
        if dose is not None and dose.rises
    ]
    news = (plan.strength and state.begins) or first_hops
    if not rising[not news :]:
        return plan
    first = None if news else min(rising, key=itemgetter(0))[1]
    dose, energy, run = plan.dose, plan.energy, plan.run
    if dose is not None and dose.rises and dose.why is not first:
        dose = Dose(state.step, state.sets_off, cut=state.cut_set)
    if energy is not None and energy.rises and energy.why is not first:
        energy = StrandDose(step=state.energy.step or 0, set_less=state.energy.set_less)
    if run is not None and run.rises and run.why is not first:
        run = running.same(state, today)
    lapsed = [why for _on, why in rising if why is not first]
    wait = reason(ReasonId.ONE_CHANGE_AT_A_TIME, until=today + DAY)
    reasons = (*(why for why in plan.reasons if why not in lapsed), wait)
    return replace(plan, dose=dose, energy=energy, run=run, reasons=reasons)
