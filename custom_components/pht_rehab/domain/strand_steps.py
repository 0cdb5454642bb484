"""Steps of the energy storage and the running strand: up, held, down, back after a break (c, d2).

The same rules as the hamstring strand's, each strand judged by itself; a step up or a step down
for a break is real when it has been done (c10-3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .exercises import Strand
from .model import Reason, ReasonId, Response, Stage, reason
from .records import RedWait, SessionRecord, StrandState
from .rules import Rules
from .state import State, within
from .strands import ENERGY_INDEX, RUNS, STEPS, StrandRules


@dataclass(frozen=True, slots=True, kw_only=True)
class StrandDose:
    """What one of these strands asks on a day.

    ``step`` indexes the strand's steps; ``grown``: the fuller dose of an energy step (b4 P4). Of
    running: ``minutes`` in one run, walks not counted,
    None for normal training; ``repeats`` parts of it; ``easy``: not the step's own session.
    """

    step: int
    why: Reason | None = None
    set_less: bool = False
    grown: bool = False
    minutes: float | None = None
    repeats: int = 1
    easy: bool = False


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
    """Return the days since its last session, or since a flare-up ended; 0 before the first."""
    if strand.last_session is None:
        return 0
    return (today - max(strand.last_session, strand.gap_from or date.min)).days


def put(strand: StrandState, step: int | None, *, set_less: bool = False) -> None:
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


def after_break(rules: StrandRules, strand: StrandState, today: date) -> int | None:
    """Return the step a break leads to (c7), or None if it leaves the step alone."""
    gap, step = gap_days(strand, today), strand.step
    if not step or gap < rules.gap_step_down_days:
        return None
    if gap >= rules.gap_restart_days:
        lower = step - rules.gap_restart_steps
        lower = min(lower, STEPS[strand.strand].index(rules.gap_restart_step))
    elif gap >= rules.gap_far_days:
        lower = step - rules.gap_far_steps
    else:
        lower = step - 1
    return max(floor(strand), lower)


def holds(state: State, strand: StrandState, today: date) -> list[Reason]:
    """Return what keeps this strand's next step away, beside what holds every strand."""
    rules = rules_of(state, strand)
    step = strand.step or 0
    if step >= len(STEPS[strand.strand]) - 1 and not strand.set_less:
        return [reason(ReasonId.TOP_STEP, step=strand.step_id)]
    found = [
        _break(rules, strand, today),
        _greens(state.rules, strand),
        _days(rules, strand, today),
        _failed(state.rules, strand, today),
        *([] if strand.set_less else [_needs(state, strand, today)]),
        others(state, strand.strand, today),
    ]
    return [why for why in found if why is not None]


def _break(rules: StrandRules, strand: StrandState, today: date) -> Reason | None:
    gap = gap_days(strand, today)
    return reason(ReasonId.GAP_REPEAT, days=gap) if gap >= rules.gap_repeat_days else None


def _greens(rules: Rules, strand: StrandState) -> Reason | None:
    need = rules.rung_up_greens
    if strand.streak >= need:
        return None
    if strand.pending is not None:
        return reason(ReasonId.AWAITING_MORNING_CHECK, "session", greens=strand.streak, needed=need)
    last = strand.records[-1] if strand.records else None
    if last is not None and last.reasons and last.response is not Response.GREEN:
        return last.reasons[0]
    return reason(ReasonId.GREEN, "streak", greens=strand.streak, needed=need)


def _days(rules: StrandRules, strand: StrandState, today: date) -> Reason | None:
    if strand.step_since is None:
        return None
    need = rules.min_days
    if strand.strand is Strand.RUNNING and strand.step is not None:
        need = max(need, RUNS[strand.step].leaves_after)
    since = (today - strand.step_since).days
    if since >= need:
        return None
    until = strand.step_since + timedelta(days=need)
    return reason(ReasonId.MINIMUM_DAYS, "step", days=since, needed=need, until=until)


def _failed(rules: Rules, strand: StrandState, today: date) -> Reason | None:
    """(c10-7) a step that failed twice is not offered again for a while."""
    above = (strand.step or 0) + 1
    fails = [
        on
        for on, step in strand.fails
        if step == above and within(on, today, rules.failed_step_window_days)
    ]
    if len(fails) < rules.failed_step_count:
        return None
    until = max(fails) + timedelta(days=rules.failed_step_rest_days)
    return reason(ReasonId.PLATEAU, "failed", until=until) if today < until else None


def _needs(state: State, strand: StrandState, today: date) -> Reason | None:
    """Return what the next running step waits for in the other strands (d2)."""
    if strand.strand is not Strand.RUNNING:
        return None
    above = RUNS[(strand.step or 0) + 1]
    stages = list(Stage)
    if stages.index(state.stage) < stages.index(above.least_stage):
        return reason(ReasonId.OTHER_STRAND, "stage", stage=above.least_stage.value)
    hopping = state.energy.step
    early = state.stage is above.least_stage
    if above.energy and early and (hopping is None or hopping < ENERGY_INDEX[above.energy]):
        return reason(ReasonId.OTHER_STRAND, "energy", step=above.energy)
    raised = state.raised_on
    week = state.rules.week_days
    if above.id == state.rules.running.hard_step and raised is not None:
        until = raised + timedelta(days=week)
        return reason(ReasonId.ONE_CHANGE_AT_A_TIME, until=until) if today < until else None
    return None


def others(state: State, own: Strand, today: date) -> Reason | None:
    """Return why the strand waits for another one that has just risen (c3, c10-30), or None."""
    hold = state.rules.companion_hold_days
    dates = [
        on + timedelta(days=hold)
        for strand, on in (
            (Strand.HAMSTRING, state.raised_on),
            (Strand.RUNNING, state.running.raised_on),
        )
        if on is not None and strand is not own
    ]
    hopping = state.energy
    if own is not Strand.ENERGY_STORAGE and hopping.raised_on is not None:
        waits = hopping.pending is not None and hopping.pending.on == hopping.raised_on
        dates.append(max(hopping.raised_on, today if waits else date.min) + timedelta(days=1))
    until = max(dates, default=date.min)
    return reason(ReasonId.ONE_CHANGE_AT_A_TIME, until=until) if today < until else None


def next_step(
    state: State, strand: StrandState, today: date, held: Sequence[Reason]
) -> tuple[int, bool, Reason | None]:
    """Return step, whether with a set less, and why it is not the step in force, for ``today``."""
    step = strand.step or 0
    lower = after_break(rules_of(state, strand), strand, today)
    if lower is not None:
        why = reason(ReasonId.GAP_STEP_DOWN, days=gap_days(strand, today), steps=step - lower)
        return (lower, lower == step, why)
    if held:
        return step, strand.set_less, None
    if strand.set_less:
        return step, False, reason(ReasonId.TWO_GREEN, "set", step=strand.step_id)
    names = STEPS[strand.strand]
    why = reason(ReasonId.TWO_GREEN, step=names[step], next_step=names[step + 1])
    return step + 1, False, why


def take_on(state: State, strand: StrandState, dose: StrandDose, step: int, today: date) -> None:
    """Put the step just done in force: less than planned counts as is, more does not (c10-3)."""
    before = strand.step or 0
    done = min(step, dose.step)
    if done == before and dose.set_less == strand.set_less:
        strand.step_since = strand.step_since or today
        return
    raised = done > before or (done == before and not dose.set_less)
    put(strand, done, set_less=dose.set_less and done == dose.step)
    strand.step_since = today
    if raised:
        strand.raised_on = today
    if dose.why is not None:
        strand.last_change = state.last_change = dose.why


def take_verdict(state: State, strand: StrandState, record: SessionRecord, today: date) -> None:
    """Change streak, counts and step by a judged session; an information gap changes nothing."""
    if record.gap:
        return
    match record.response:
        case Response.GREEN:
            _green(state.rules, strand, record)
        case Response.AMBER:
            _amber(state, strand, today)
        case _:
            _red(state, strand, record, today)


def _green(rules: Rules, strand: StrandState, record: SessionRecord) -> None:
    strand.ambers = 0
    hard = record.effort is not None and record.effort >= rules.effort_too_high
    full = record.counts and record.share >= rules.share_full and record.step == strand.step
    if full and not hard:
        strand.streak += 1


def _amber(state: State, strand: StrandState, today: date) -> None:
    strand.streak = 0
    strand.ambers += 1
    if strand.ambers >= state.rules.ambers_to_reduce and strand.step is not None:
        strand.fails.append((today, strand.step))
        step_down(state, strand, 1, reason(ReasonId.TWO_AMBERS, step=strand.step_id))


def _red(state: State, strand: StrandState, record: SessionRecord, today: date) -> None:
    strand.streak = 0
    strand.red_wait = RedWait(record.on, tuple(record.baselines.items()))
    if strand.step is None:
        return
    strand.fails.append((today, strand.step))
    if strand.kept:  # (d1) track A ends with any RED
        strand.kept = False
        strand.last_change = state.last_change = record.reasons[0]
        return
    step_down(state, strand, _steps_after_red(state.rules, strand, record), record.reasons[0])


def _steps_after_red(rules: Rules, strand: StrandState, last: SessionRecord) -> int:
    """Return 1; of running 3 for the second RED in 14 days (d2)."""
    running = rules.running
    if strand.strand is not Strand.RUNNING:
        return 1
    reds = [
        record
        for record in strand.records
        if record.response is Response.RED and within(record.on, last.on, running.reds_window_days)
    ]
    return running.reds_steps_back if len(reds) >= running.reds else 1


def begin_energy(state: State, step: str = "E1") -> None:
    """Start the energy storage strand at a step, unless it is further already."""
    if state.energy.step is None:
        put(state.energy, ENERGY_INDEX[step])


def resume(state: State, today: date) -> None:
    """Come back from a flare-up: running two steps down, energy storage one (c5)."""
    for strand in (state.energy, state.running):
        if strand.step is None:
            continue
        down = rules_of(state, strand).flare_steps_down
        put(strand, max(floor(strand), strand.step - down))
        if strand.last_session is not None:
            strand.gap_from = today
    state.energy.waits_for_green = state.energy.step is not None
