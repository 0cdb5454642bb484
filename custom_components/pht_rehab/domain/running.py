"""Runs: whether one may be done today, and which (d1, d2, d4, c10-48)."""

from dataclasses import replace
from datetime import date, timedelta
from math import floor
from statistics import fmean

from . import asked, unlogged
from .criteria import gate
from .model import DAY, Reason, ReasonId, Response, reason
from .morning import unscored
from .progression import shared_holds
from .records import StrandState
from .rules import Rules
from .schedule import red_wait, stopped, waiting
from .state import State, within
from .strand_steps import (
    StrandDose,
    closed,
    gap_days,
    holds,
    next_step,
    others,
    parts_off,
    rises_before,
    rules_of,
)
from .strands import RUN_INDEX, RUNS, RunStep, run_gate
from .volume import volume


def waits(state: State, strand: StrandState, today: date) -> Reason | None:
    """Return why hopping or running waits after a RED of this strand or another, or None.

    After a long break of it for the stage's load test (c7).
    """
    own = waiting(state, strand.red_wait, rules_of(state, strand).red_wait_days, today)
    if (why := red_wait(state, today) or own) is not None:
        return why
    if state.was_red(today - DAY):
        return reason(ReasonId.OTHER_STRAND, "red", until=today + DAY)
    away = gap_days(strand, today) >= rules_of(state, strand).gap_far_days
    if away and unscored(state, today):
        return reason(ReasonId.TEST_NEEDED, "return", test=state.plan.load_test)
    return None


def not_today(state: State, today: date) -> Reason | None:
    """Return why no run is allowed on ``today``, whatever weekday it is; None if one is."""
    strand = state.running
    if (why := _never(state, today) or _not_yet(state, today)) is not None:
        return why
    if (why := waits(state, strand, today)) is not None:
        return why
    rules = state.rules
    before = [on for on in strand.days if on < today]
    if before and (today - before[-1]).days < rules.runs.spacing_days:
        return unlogged.spacing(state, before[-1], rules.runs.spacing_days)
    most = rules.runs.per_week
    if (strand.step or 0) >= RUN_INDEX[rules.running.first_frequent_step]:
        most = rules.running.frequent_per_week
    week = [on for on in before if within(on, today, rules.week_days)]
    if len(week) >= most:
        return reason(ReasonId.SPACING, "week", until=week[-most] + timedelta(days=rules.week_days))
    return None


def _never(state: State, today: date) -> Reason | None:
    """Return what takes running away, whatever its own step."""
    if (held := stopped(state, today)) is not None:
        return held.reasons[0]
    if state.flare is not None:
        return reason(ReasonId.FLARE_UP, "no_running")
    if state.prescriber_block:
        return reason(ReasonId.CONTACT_PRESCRIBER)
    if state.no_impact:
        return reason(ReasonId.CLINICIAN, "impact")
    return None


def _not_yet(state: State, today: date) -> Reason | None:
    """Return what the person has still to reach before any run (d1)."""
    strand = state.running
    if strand.step is None:
        return reason(ReasonId.RUN_GATE, "none")
    least = RUNS[0 if strand.kept else 1].least_stage
    if not state.stage.reaches(least):
        return reason(ReasonId.OTHER_STRAND, "stage", stage=least.value)
    if strand.step or strand.kept:
        return None
    unmet = sum(line.met is not True for line in gate(state, today))
    if unmet:
        return reason(ReasonId.RUN_GATE, "unmet", unmet=unmet)
    lines = run_gate(state.rules.running)
    tested = [state.tests[line.test].on for line in lines if line.test in state.tests]
    if today in tested:  # hops and lunges are load of their own
        return reason(ReasonId.RUN_GATE, "tested", until=today + DAY)
    return None


def dose(
    state: State, today: date, *, settled: bool
) -> tuple[StrandDose, tuple[Reason, ...]] | None:
    """Return the run of ``today`` and what holds it where it is; None if there is none."""
    strand = state.running
    held = [*shared_holds(state, today, settled=settled), *_holds(state, today)]
    step, less, why = _step(state, today, held)
    if step > (highest := _highest(state)):  # stage or hops were set back
        step, why = highest, closed(state, RUNS[highest + 1])
    if not step and not strand.kept:
        return None  # the gate is open, but something holds every strand
    found = _sized(state, step, today, why, less=less)
    if found is not None and found.easy and step > (strand.step or 0):
        held = [_no_room(state, step, today)]
        found = same(state, today)
    return None if found is None else (found, tuple(held))


def _highest(state: State) -> int:
    """Return the highest step that stage and hops leave open (d2)."""
    return max(index for index, run in enumerate(RUNS) if closed(state, run) is None)


def _holds(state: State, today: date) -> list[Reason]:
    """Return the strand's own holds; the gate has none but the other strands."""
    if state.running.step or state.running.kept:
        return holds(state, state.running, today)
    other = others(state, state.running.strand, today)
    return [] if other is None else [other]


def _step(state: State, today: date, held: list[Reason]) -> tuple[int, int, Reason | None]:
    strand = state.running
    if strand.step:
        return next_step(state, strand, today, held)
    if strand.kept:
        return _kept_step(state, today, held)
    return (0, 0, None) if held else (1, 0, reason(ReasonId.RUN_GATE, next_step=RUNS[1].id))


def _kept_step(state: State, today: date, held: list[Reason]) -> tuple[int, int, Reason | None]:
    """Return as ``next_step`` what is run by whoever never stopped (d1)."""
    strand = state.running
    if off := parts_off(state.rules.runs, strand, today):
        why = reason(ReasonId.GAP_STEP_DOWN, "run", days=gap_days(strand, today))
        return 0, max(off, strand.set_less), why
    if held:
        return 0, strand.set_less, None
    if strand.set_less:
        return 0, 0, asked.up(state.rules, strand.step_id)
    if not (entry := _entry(state)):
        return 0, 0, None
    return entry, 0, asked.up(state.rules, RUNS[0].id, RUNS[entry].id)


def _entry(state: State) -> int:
    """Return the step of somebody who never stopped: their longest calm run (design)."""
    most = RUN_INDEX[state.rules.running.kept_enters_at_most]
    planned = (run for run in state.running.records if run.counts)
    longest = max((run.minutes for run in planned if run.response is Response.GREEN), default=0)
    fitting = [
        index
        for index, run in enumerate(state.rules.run_steps[: most + 1])
        if run.minutes is not None and run.minutes <= longest
    ]
    return max(fitting, default=0) if state.stage.reaches(RUNS[1].least_stage) else 0


def same(state: State, today: date) -> StrandDose | None:
    """Return the run of the step in force, where another strand rises today."""
    step = state.running.step or 0
    if not step and not state.running.kept:
        return None
    return _sized(state, step, today, None, less=state.running.set_less)


def _sized(
    state: State, step: int, today: date, why: Reason | None, *, less: int
) -> StrandDose | None:
    """Return a run with its minutes; None if nothing is left of the week (d2).

    ``less``: one of its parts fewer (c10-5). A run in one piece has none to leave out: a third
    then, as with a drift, or half, as after a relapse.
    """
    share = _share(state, step, today)
    if not step:
        if less:
            rules = state.rules.running
            share = min(share, rules.creep_share if less == 1 else rules.relapse_share)
        kept = floor(_kept_minutes(state) * share)
        dose = StrandDose(step=0, why=why, set_less=less, minutes=float(kept))
        return dose if kept else None
    steps = state.rules.run_steps
    run = steps[step]
    if run.minutes is None:
        return StrandDose(step=step, why=why, minutes=_part_of_normal(state, share, today))
    easy = _easy_until(state, run, today) is not None
    if easy:
        run = steps[RUN_INDEX[state.rules.running.easy_step]]
    repeats = max(1, floor(run.repeats * share) - less)
    whole = run.minutes or 0
    minutes = floor(whole * (repeats / run.repeats if run.repeats > 1 else share))
    left = _left(state, step, today)
    if left is not None and left < minutes:
        minutes = left
        easy = easy or left < whole * state.rules.share_full
    if minutes < 1:
        return None
    return StrandDose(
        step=step,
        why=why,
        set_less=less,
        minutes=float(minutes),
        repeats=repeats,
        walk_minutes=run.walk_minutes,
        easy=easy,
    )


def _no_room(state: State, step: int, today: date) -> Reason:
    """Return why the next step can not be run in full today."""
    if (until := _easy_until(state, RUNS[step], today)) is not None:
        return reason(ReasonId.SPACING, "hard_run", until=until)
    growth = state.rules.running.weekly_growth
    return reason(ReasonId.SPACING, "volume", percent=round(100 * (growth - 1)))


def _easy_until(state: State, run: RunStep, today: date) -> date | None:
    """Return until when only an easy run takes the place of a hard one, or None (d2 R14-R16)."""
    waits = rises_before(state, run, today)
    if waits is not None or not run.once_a_week:
        return waits
    hard = [
        record.on
        for record in state.running.records
        if within(record.on, today, state.rules.week_days)
        and RUNS[record.step].once_a_week
        and (record.hard or not record.light)
    ]
    return hard[-1] + timedelta(days=state.rules.week_days) if hard else None


def without_hills(state: State, dose: StrandDose) -> StrandDose:
    """Return an easy run for hill repetitions on the day of a step up (d2 R16)."""
    rules = state.rules.running
    easy = state.rules.run_steps[RUN_INDEX[rules.easy_step]].minutes
    if RUNS[dose.step].id != rules.hard_step or dose.easy or easy is None:
        return dose
    return replace(dose, easy=True, minutes=min(dose.minutes or easy, easy))


def _part_of_normal(state: State, share: float, today: date) -> float | None:
    """Return the minutes of a run while only a part of normal training is wanted, else None."""
    days = state.rules.running.normal_days
    runs = [run.minutes for run in state.running.records if within(run.on, today, days)]
    return float(floor(share * fmean(runs))) if runs and share < 1 else None


def _kept_minutes(state: State) -> float:
    """Return the most of one run while the person never stopped (d1): half the usual week."""
    rules = state.rules
    usual = state.running_minutes
    if usual is None:
        return rules.running.kept_most_minutes
    return min(
        rules.running.kept_most_minutes, usual * rules.running.kept_share / rules.runs.per_week
    )


def _share(state: State, step: int, today: date) -> float:
    """Return how much of the step's run is done today: drift, relapse and every fourth week."""
    rules = state.rules.running
    shares = [1.0]
    if state.creep is not None:
        shares.append(rules.creep_share)
    if state.relapse_until is not None and today <= state.relapse_until:
        shares.append(rules.relapse_share)
    since = state.running.frequent_since
    if since is not None and step >= RUN_INDEX[rules.first_frequent_step]:
        week = (today - since).days // state.rules.week_days
        if week % rules.easy_week == rules.easy_week - 1:
            shares.append(rules.easy_week_share)
    return min(shares)


def _left(state: State, step: int, today: date) -> int | None:
    """Return the minutes left of this week, from R10 on at most 15 % more than before (d2)."""
    rules = state.rules
    if step < RUN_INDEX[rules.running.first_frequent_step]:
        return None
    run = volume(state, today, before=today)
    return floor(run.usual * rules.running.weekly_growth - run.week) if run.usual else None


def asks_rest(rules: Rules, step: int) -> bool:
    """Return whether the day after a run of this step is off (d4)."""
    return step >= RUN_INDEX[rules.running.rest_after_step]
