"""What a verdict changes: streak, counts, the RED wait, and steps down (c3, c10-7..12)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from . import asked
from .exit_line import is_judged
from .model import Response
from .records import RedWait, SessionRecord
from .state import GapReturn, State
from .steps import in_force, step_down


def _green(state: State, record: SessionRecord, _today: date) -> None:
    if not is_judged(record, state.rules):
        return
    state.ambers = 0
    state.no_green_since = record.on
    rules = state.rules
    full = record.counts and record.share >= rules.share_full and record.step == state.step
    hard = record.effort is not None and record.effort >= rules.effort_too_high
    _underload(state, record, full=full)
    if full and hard:
        state.hard += 1
    elif full:
        state.hard = 0
        state.streak += 1
        if state.gap_return is not None:
            left = state.gap_return.greens - 1
            state.gap_return = GapReturn(state.gap_return.step, left)


def _underload(state: State, record: SessionRecord, *, full: bool) -> None:
    """(c3, c10-8) too easy once, or rather easy twice: raise now. From P2 on.

    Only a ``full`` session can show it; any that was not easy takes it back.
    """
    rules = state.rules
    pain, effort = record.pain_during, record.effort
    easy = (
        not state.plan.daily
        and pain is not None
        and pain <= rules.underload_pain_max
        and effort is not None
        and effort <= rules.underload_effort_twice
    )
    if easy and not full:
        return
    state.easy = state.easy + 1 if easy else 0
    very_easy = easy and effort is not None and effort <= rules.underload_effort_once
    state.underload = very_easy or state.easy >= rules.underload_times


def _amber(state: State, record: SessionRecord, today: date) -> None:
    rules = state.rules
    state.streak = state.easy = state.hard = 0
    state.underload = False
    state.ambers += 1
    if record.reasons and record.reasons[0].variant == "after":
        state.cut_set = True  # (c2) calm during, sore afterwards: one set less next time
    since = state.loop_on or date.min
    told = [
        item.response
        for item in state.sessions()
        if not item.gap and item.on >= since and is_judged(item, rules)
    ]
    loop = told[-rules.amber_loop_of :]
    step = rules.ladder[in_force(state)].id
    if state.ambers >= rules.ambers_to_reduce:
        why = asked.two_ambers(rules, step)
    elif loop.count(Response.AMBER) >= rules.amber_loop:
        why = asked.two_ambers(rules, step, loop=True)
        state.reviews["amber_loop"] = state.loop_on = today
    else:
        return
    state.fails.append((today, in_force(state)))
    step_down(state, why)


def _red(state: State, record: SessionRecord, today: date) -> None:
    state.streak = 0
    state.red_wait = RedWait(record.on, tuple(record.baselines.items()))
    state.fails.append((today, in_force(state)))
    step_down(state, record.reasons[0])


_EFFECTS: Final[Mapping[Response, Callable[[State, SessionRecord, date], None]]] = {
    Response.GREEN: _green,
    Response.AMBER: _amber,
    Response.RED: _red,
}


def take_verdict(state: State, record: SessionRecord, today: date) -> None:
    """Change streak, counts and step by a judged session; an information gap changes nothing."""
    if not record.gap:
        _EFFECTS[record.response](state, record, today)
