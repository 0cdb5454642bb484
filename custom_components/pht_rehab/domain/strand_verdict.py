"""What a verdict changes in the energy storage or the running strand (c3, c8, d2)."""

from datetime import date

from . import asked
from .exercises import Strand
from .exit_line import is_judged
from .model import Response
from .records import RedWait, SessionRecord, StrandState
from .rules import Rules
from .state import State, within
from .strand_steps import step_down


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
    if not is_judged(record, rules):
        return
    strand.ambers = 0
    hard = record.effort is not None and record.effort >= rules.effort_too_high
    full = record.counts and record.share >= rules.share_full and record.step == strand.step
    if full and not hard:
        strand.streak += 1


def _amber(state: State, strand: StrandState, today: date) -> None:
    strand.streak = 0
    strand.ambers += 1
    if strand.step is None:
        return
    if strand.ambers >= state.rules.ambers_to_reduce:
        why = asked.two_ambers(state.rules, strand.step_id)
    elif _loops(state.rules, strand):
        why = asked.two_ambers(state.rules, strand.step_id, loop=True)
        state.reviews["amber_loop"] = strand.loop_on = today
    else:
        return
    strand.fails.append((today, strand.step))
    step_down(state, strand, 1, why)


def _loops(rules: Rules, strand: StrandState) -> bool:
    """Return whether most of the latest sessions since its last loop were AMBER (c8)."""
    since = strand.loop_on or date.min
    told = [
        item.response
        for item in strand.records
        if not item.gap and item.on >= since and is_judged(item, rules)
    ]
    return told[-rules.amber_loop_of :].count(Response.AMBER) >= rules.amber_loop


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
