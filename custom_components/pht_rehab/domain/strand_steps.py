"""Steps of the energy storage and the running strand: up, held, down, back after a break (c, d2).

The same rules as the hamstring strand's, each strand judged by itself; a step up or a step down
for a break is real when it has been done (c10-3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from . import asked
from .exercises import Strand
from .model import Reason, ReasonId, reason
from .records import StrandState
from .state import State, within
from .strands import ENERGY_INDEX, RUN_INDEX, RUNS, STEPS, RunStep, StrandRules


@dataclass(frozen=True, slots=True, kw_only=True)
class StrandDose:
    """What one of these strands asks on a day.

    ``step`` indexes the strand's steps; ``set_less``: 1 for a set or part fewer than it has, of a
    run in one piece 2 for still less (c7); ``grown``: the fuller dose of an energy step (b4 P4).
    Of running: ``minutes`` in one run, walks not counted, None for normal training; ``repeats``
    parts of it, a walk between them; ``easy``: not the step's own session.
    """

    step: int
    why: Reason | None = None
    set_less: int = 0
    grown: bool = False
    minutes: float | None = None
    repeats: int = 1
    walk_minutes: float = 0
    easy: bool = False

    @property
    def rises(self) -> bool:
        """Whether it is a step up."""
        return self.why is not None and self.why.id in UP


UP: Final = frozenset({ReasonId.TWO_GREEN, ReasonId.UNDERLOAD, ReasonId.RUN_GATE})
"""The reasons that raise a dose."""


def rules_of(state: State, strand: StrandState) -> StrandRules:
    """Return the figures of a strand."""
    rules = state.rules
    if strand.strand is Strand.RUNNING:
        return rules.runs
    return rules.energy_weekly if state.plan.energy_per_week == 1 else rules.energy


def floor(strand: StrandState) -> int:
    """Return the lowest step there is to go down to; running never falls back to its gate."""
    return 1 if strand.strand is Strand.RUNNING and strand.step else 0


def gap_days(strand: StrandState, today: date) -> int:
    """Return the days since its last session, a flare-up or the choice of its step; else 0."""
    known = [on for on in (strand.last_session, strand.gap_from) if on is not None]
    return (today - max(known)).days if known else 0


def put(strand: StrandState, step: int | None, *, set_less: int = 0) -> None:
    """Put a step in force; streak and counts start anew (c10-16)."""
    strand.step, strand.set_less = step, set_less
    strand.step_since = None
    strand.streak = strand.ambers = 0


def step_down(state: State, strand: StrandState, steps: int, why: Reason) -> None:
    """Reduce at once; at the first step take a set off instead (c10-5). Once a day (c10-6)."""
    if strand.step is None or strand.reduced_on == state.day:
        return
    strand.reduced_on = state.day
    lowest = floor(strand)
    put(strand, max(lowest, strand.step - steps), set_less=strand.step == lowest)
    strand.last_change = state.last_change = why


def begins(strand: StrandState) -> bool:
    """Return whether the first hops of all are still to come."""
    return strand.strand is Strand.ENERGY_STORAGE and strand.last_session is None


def after_break(rules: StrandRules, strand: StrandState, today: date) -> int | None:
    """Return the step a break leads to (c7), or None if it leaves the step alone.

    At the first step of the hops it is that step, for a set less (c10-5).
    """
    gap, step = gap_days(strand, today), strand.step
    tabled = strand.strand is Strand.ENERGY_STORAGE or step
    if step is None or not tabled or gap < rules.gap_step_down_days:
        return None
    if gap >= rules.gap_restart_days:
        lower = step - rules.gap_restart_steps
        lower = min(lower, STEPS[strand.strand].index(rules.gap_restart_step))
    elif gap >= rules.gap_far_days:
        lower = step - rules.gap_far_steps
    else:
        lower = step - 1
    return max(floor(strand), lower)


def parts_off(rules: StrandRules, strand: StrandState, today: date) -> int:
    """Return how much less a break leaves of the runs of whoever ran on since set-up (c7, d1).

    No step is below theirs: 1 stands for one step down, 2 for more, 0 leaves them as they are.
    """
    gap = gap_days(strand, today)
    if not strand.kept or gap < rules.gap_step_down_days:
        return 0
    return 2 if gap >= rules.gap_far_days else 1


def lapse(state: State, today: date) -> None:
    """Have whoever ran on since set-up begin anew after the longest break, at the gate (c7, d1)."""
    strand = state.running
    days = gap_days(strand, today)
    if strand.kept and days >= state.rules.runs.gap_restart_days:
        strand.kept = False
        put(strand, 0)
        strand.last_change = state.last_change = reason(ReasonId.GAP_STEP_DOWN, "gate", days=days)


def holds(state: State, strand: StrandState, today: date) -> list[Reason]:
    """Return what keeps this strand's next step away, beside what holds every strand."""
    step = strand.step or 0
    if step >= len(STEPS[strand.strand]) - 1 and not strand.set_less:
        return [reason(ReasonId.TOP_STEP, step=strand.step_id)]
    last = strand.records[-1] if strand.records else None
    found = [
        _break(state, strand, today),
        asked.greens(state.rules, strand.streak, last, waits=strand.pending is not None),
        _days(state, strand, today),
        asked.not_failed(state.rules, strand.fails, step + 1, today),
        *([] if strand.set_less else [_needs(state, strand, today)]),
        others(state, strand.strand, today),
    ]
    return [why for why in found if why is not None]


def _break(state: State, strand: StrandState, today: date) -> Reason | None:
    """Return the break that lets a step be repeated first; a week that always has it is none."""
    rules, gap = rules_of(state, strand), gap_days(strand, today)
    week, days = state.rules.week_days, state.training_days
    apart = {(later - earlier) % week or week for earlier in days for later in days}
    sooner = any(rules.spacing_days <= each < rules.gap_repeat_days for each in apart)
    if gap < rules.gap_repeat_days or not (sooner or gap > week):
        return None
    return reason(ReasonId.GAP_REPEAT, days=gap)


def _days(state: State, strand: StrandState, today: date) -> Reason | None:
    need = rules_of(state, strand).min_days
    if state.slow:
        need = max(need, state.rules.rung_up_min_days_slow)
    if strand.strand is Strand.RUNNING and strand.step is not None:
        need = max(need, state.rules.run_steps[strand.step].leaves_after)
    return asked.days(strand.step_since, need, today)


def _needs(state: State, strand: StrandState, today: date) -> Reason | None:
    """Return what the next running step waits for in the other strands (d2)."""
    if strand.strand is not Strand.RUNNING:
        return None
    above = RUNS[(strand.step or 0) + 1]
    if (why := closed(state, above)) is not None:
        return why
    until = rises_before(state, above, today)
    return None if until is None else reason(ReasonId.ONE_CHANGE_AT_A_TIME, until=until)


def rises_before(state: State, run: RunStep, today: date) -> date | None:
    """Return until when hill repetitions wait for a step up of strength or hops (d2 R16)."""
    raised = max(state.raised_on or date.min, state.energy.raised_on or date.min)
    week = state.rules.week_days
    waits = run.id == state.rules.running.hard_step and within(raised, today, week)
    return raised + timedelta(days=week) if waits else None


def _hills_on(state: State) -> date | None:
    """Return when hill repetitions were last run: no step up in that week (d2 R16)."""
    step = RUN_INDEX[state.rules.running.hard_step]
    runs = (run for run in state.running.records if run.hard or not run.light)
    return max((run.on for run in runs if run.step == step), default=None)


def closed(state: State, run: RunStep) -> Reason | None:
    """Return which stage or step of the hops a running step still waits for, or None (d2)."""
    if not state.stage.reaches(run.least_stage):
        return reason(ReasonId.OTHER_STRAND, "stage", stage=run.least_stage.value)
    if lacks_hops(state, run):
        return reason(ReasonId.OTHER_STRAND, "energy", step=run.energy)
    return None


def lacks_hops(state: State, run: RunStep) -> bool:
    """Return whether a running step still waits for a step of energy storage (d2 R11)."""
    if not run.energy or state.stage is not run.least_stage:
        return False
    hops = state.energy.step
    return hops is None or hops < ENERGY_INDEX[run.energy]


def stuck(state: State, strand: StrandState, today: date) -> bool:
    """Return whether it has not moved for long, and not for want of another strand (c8)."""
    since = strand.step_since
    if since is None or (strand.step or 0) >= len(STEPS[strand.strand]) - 1:
        return False
    used = strand.strand is Strand.RUNNING or state.plan.energy_per_week > 0
    long = (today - since).days >= rules_of(state, strand).plateau_days
    return used and long and _needs(state, strand, today) is None


def others(state: State, own: Strand, today: date) -> Reason | None:
    """Return why the strand waits for another one that has just risen (c3, c10-30), or None."""
    hold = state.rules.strand_hold_days
    dates = [
        on + timedelta(days=hold)
        for strand, on in (
            (Strand.HAMSTRING, state.raised_on),
            (Strand.RUNNING, state.running.raised_on),
        )
        if on is not None and strand is not own
    ]
    if own is not Strand.RUNNING and (hills := _hills_on(state)) is not None:
        dates.append(hills + timedelta(days=state.rules.week_days))
    hopping = state.energy
    if own is not Strand.ENERGY_STORAGE and hopping.raised_on is not None:
        waits = hopping.pending is not None and hopping.pending.on == hopping.raised_on
        dates.append(max(hopping.raised_on, today if waits else date.min) + timedelta(days=1))
    until = max(dates, default=date.min)
    return reason(ReasonId.ONE_CHANGE_AT_A_TIME, until=until) if today < until else None


def next_step(
    state: State, strand: StrandState, today: date, held: Sequence[Reason]
) -> tuple[int, int, Reason | None]:
    """Return step, whether with a set less, and why it is not the step in force, for ``today``."""
    step = strand.step or 0
    lower = after_break(rules_of(state, strand), strand, today)
    if lower is not None:
        why = reason(ReasonId.GAP_STEP_DOWN, days=gap_days(strand, today), steps=step - lower)
        return (lower, lower == step, why)
    if held:
        return step, strand.set_less, None
    if strand.set_less:
        return step, 0, asked.up(state.rules, strand.step_id)
    names = STEPS[strand.strand]
    return step + 1, 0, asked.up(state.rules, names[step], names[step + 1])


def take_on(state: State, strand: StrandState, dose: StrandDose, step: int, today: date) -> None:
    """Put the step just done in force: less than planned counts as is, more does not (c10-3)."""
    before = strand.step or 0
    done = min(step, dose.step)
    if done == before and dose.set_less == strand.set_less:
        strand.step_since = strand.step_since or today
        if begins(strand):
            strand.raised_on = today
        return
    raised = done > before or (done == before and not dose.set_less)
    put(strand, done, set_less=dose.set_less if done == dose.step else 0)
    strand.step_since = today
    if raised:
        strand.raised_on = today
    if dose.why is not None:
        strand.last_change = state.last_change = dose.why


def resume(state: State, today: date, *, began: date | None = None) -> None:
    """Come back from a flare-up that ``began`` on a date: running two steps down, hops one (c5).

    None: from a clinical pause, both two down (c8). A break takes off more if it is longer (c7,
    c10-6), of a flare-up the one that lay before it. Whoever ran on since set-up has no step
    below: the gate is asked of them after a pause, a flare-up makes their runs shorter.
    """
    for strand in (state.energy, state.running):
        if strand.step is None:
            continue
        rules = rules_of(state, strand)
        down = state.rules.event_steps_down if began is None else rules.flare_steps_down
        step = max(floor(strand), strand.step - down)
        lower = after_break(rules, strand, began or today)
        strand.kept = strand.kept and began is not None
        less = int(lower == strand.step)
        if strand.kept:
            less = max(1, parts_off(rules, strand, began or today))
        put(strand, step if lower is None else min(step, lower), set_less=less)
        strand.gap_from = today
        strand.red_wait = None  # the calm mornings that ended it serve
    state.energy.waits_for_green = state.energy.step is not None
