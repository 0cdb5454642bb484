"""A day's hops and runs, taken in and judged like any other session (c1, d2)."""

from datetime import date
from typing import TypedDict

from . import flare, stagnation, verdict, volume
from .exercises import Strand
from .model import Band, Response, Stage
from .morning import baseline, usual_rest_pain
from .page import Run, Session
from .planner import moved_run
from .protocol import below
from .records import SessionRecord, StrandState
from .schedule import DayPlan
from .state import MEMORY_DAYS, State
from .strand_steps import StrandDose, after_break, put, rules_of, take_on
from .strand_verdict import take_verdict
from .strands import RUN_INDEX, RUNS


class Told(TypedDict):
    """What every record keeps of the day it was made."""

    stage: Stage
    band: Band
    baselines: dict[str, float]
    usual: float | None
    irritable: bool
    pain_during: float | None
    pain_after: float | None


def told(state: State, told_of: Session | Run, today: date) -> Told:
    """Return the pain told of a session or run, and what it will be measured by."""
    own = state.plan.load_test
    tests = dict.fromkeys((state.check_test, own, below(own)))  # which N will be on is open
    known = ((test, baseline(state, test, today)) for test in tests)
    return {
        "stage": state.stage,
        "band": verdict.band(state, today),
        "baselines": {test: base for test, base in known if base is not None},
        "usual": usual_rest_pain(state),
        "irritable": state.plan.daily or state.flare is not None,
        "pain_during": told_of.pain_during,
        "pain_after": told_of.pain_after,
    }


def apply_energy(state: State, plan: DayPlan, session: Session, today: date) -> bool:
    """Take in the hops of a session; return whether there were any."""
    share = session.share_of(Strand.ENERGY_STORAGE)
    if not share:
        return False
    strand, dose = state.energy, plan.energy
    step = session.energy_step if session.energy_step is not None else strand.step or 0
    made = SessionRecord(
        on=today,
        step=step,
        strand=Strand.ENERGY_STORAGE,
        share=share,
        **told(state, session, today),
        effort=session.effort,
        painkiller=session.painkiller,
        cut_short=session.cut_short,
        counts=dose is not None and step <= dose.step,
        light=False,
        done=session.covered,
    )
    _take_in(state, strand, made, dose, today)
    return True


def apply_run(state: State, plan: DayPlan, run: Run, today: date) -> None:
    """Take in the day's running; what breaks its spacing counts for the verdict alone (c10-27)."""
    strand, dose = state.running, plan.run or moved_run(state, plan, today)
    step = run.step if run.step is not None else strand.step or 0
    minutes = run.prescribed_minutes
    allowed = RUNS[step]
    as_planned = (
        dose is not None
        and step <= dose.step
        and (minutes is None or run.minutes <= minutes * state.rules.running.much)
        and (allowed.hills or not run.hills)
        and (allowed.fast or not run.fast)
    )
    made = SessionRecord(
        on=today,
        step=step,
        strand=Strand.RUNNING,
        share=1.0 if not minutes else min(1.0, run.minutes / minutes),
        **told(state, run, today),
        effort=None,
        painkiller=run.painkiller,
        cut_short=False,
        counts=as_planned and not run.easy,
        light=run.easy,
        minutes=run.minutes,
        hard=run.hills or run.fast,
    )
    _take_in(state, strand, made, dose if as_planned else None, today)
    frequent = RUN_INDEX[state.rules.running.first_frequent_step]
    if strand.step is not None and strand.step >= frequent:
        strand.frequent_since = strand.frequent_since or today
    else:
        strand.frequent_since = None
    if strand.step:
        strand.kept = False
    volume.after_run(state, today)


def _take_in(
    state: State, strand: StrandState, made: SessionRecord, dose: StrandDose | None, today: date
) -> None:
    """Move the clocks of the strand and remember the session until its morning."""
    rules = state.rules
    strand.days.append(today)
    del strand.days[:-10]
    if made.share >= rules.share_counts:
        if dose is not None and strand.step is not None:
            take_on(state, strand, dose, made.step, today)
            strand.red_wait = None  # it was this session that waited (c3)
        elif (lower := _after_break(state, strand, today)) is not None:
            put(strand, lower, set_less=int(lower == strand.step))  # an extra one is no way back
        strand.last_session = today
    strand.records.append(made)
    while (today - strand.records[0].on).days > MEMORY_DAYS:
        strand.records.pop(0)
    strand.pending = made
    if state.lock is not None and state.lock.began_with_symptoms(today):
        made.response = Response.STOP
        strand.pending = None
    elif verdict.surely_red(made, rules):
        judgement = verdict.judge(made, rules, None, None, masked=False)
        decide(state, strand, made, judgement, today)


def _after_break(state: State, strand: StrandState, today: date) -> int | None:
    """Return the step a break leads to; none of normal training in maintenance, one's own (d2)."""
    top = strand.strand is Strand.RUNNING and strand.step == len(RUNS) - 1
    if top and state.stage is Stage.MAINTENANCE:
        return None
    return after_break(rules_of(state, strand), strand, today)


def decide(
    state: State,
    strand: StrandState,
    session: SessionRecord,
    judgement: verdict.Judgement,
    today: date,
) -> None:
    """Note a verdict and let it change the strand; in a flare-up it changes nothing more."""
    session.response = judgement.response
    session.gap = judgement.gap
    session.reasons = (judgement.why,)
    strand.pending = None
    stagnation.take_verdict(state, session, today)
    if session.response is Response.RED:
        flare.after_red(state, strand.records, today)
    if state.flare is None:
        take_verdict(state, strand, session, today)
