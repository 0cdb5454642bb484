"""Flare-ups: what starts one, what is done on each of its days, when it is over (c5, c10-32..38).

Also the drift guard (c4), which reduces once and may become a flare-up.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, takewhile
from statistics import median

from . import strand_steps
from .model import DAY, Reason, ReasonId, Response, Stage, reason
from .morning import (
    baseline,
    drift,
    guard,
    restart_windows,
    sitting_fell,
    told_scores,
)
from .protocol import FIRST_STEP, STEP_INDEX
from .records import SessionRecord
from .state import Creep, Flare, Score, State, within
from .steps import in_force, land, set_back, step_down, steps_below

_FIRST = STEP_INDEX["I0.1"]
_FIRST_DAYS_TOP = STEP_INDEX["I0.2"]
_LATER = STEP_INDEX["I0.3"]
_LATER_TOP = STEP_INDEX["I1.2"]


def start(state: State, today: date, cause: str, base: float, test: str) -> None:
    """Declare a flare-up; today is its day 0."""
    again = any(within(day, today, state.rules.flare_again_days) for day in state.flare_starts)
    state.flare = Flare(started=today, test=test, baseline=base, step=_FIRST, again=again)
    state.flare_starts.append(today)
    state.step = in_force(state)  # from which it leads down, not from the step of maintenance
    state.relapse_until = None
    state.streak = state.ambers = 0
    state.red_wait = None
    state.gap_return = None
    state.creep = None
    state.hold_until = None
    if again:
        state.reviews["second_flare"] = today
    state.last_change = reason(ReasonId.FLARE_UP, cause)


def watch_mornings(state: State, today: date) -> None:
    """Start a flare-up or the drift guard if this morning's scores ask for it."""
    test = state.check_test
    pain = state.today_scores.get(test)
    rise = None if pain is None else drift(state, test, today)
    if pain is not None and (found := _cause(state, test, pain, rise, today)) is not None:
        start(state, today, *found, test)
    elif rise is not None and rise >= state.rules.drift_creep:
        _creep(state, today, reason(ReasonId.DRIFT, rise=rise))
    elif sitting_fell(state, today):
        _creep(state, today, reason(ReasonId.DRIFT, "sitting"))
    elif rise is not None:
        state.creep = None


def _cause(
    state: State, test: str, pain: float, rise: float | None, today: date
) -> tuple[str, float] | None:
    """Return which definition of a flare-up is met, and the baseline it is measured by."""
    rules = state.rules
    before = _before_rise(state, test, today)
    if before is not None and pain - before >= rules.flare_rise:
        if pain >= rules.flare_single:
            return "single", before
        rest = state.rest_pain
        usual = _usual_before(state)
        new_ache = usual is None or usual < rules.flare_rest_pain
        if rest is not None and rest[0] == today and rest[1] >= rules.flare_rest_pain and new_ache:
            return "rest_pain", before
    if (first := _two_raised_mornings(state, test, pain, today)) is not None:
        return "mornings", first
    week = guard(state, test, today)
    if rise is not None and week is not None and rise >= rules.drift_flare:
        return "drift", week - rise  # the lowest median of 28 days (c10-33)
    if week is not None and week >= rules.guard_flare and state.stage is not Stage.SETTLE:
        return "guard", week if before is None else before
    return None


def _two_raised_mornings(state: State, test: str, pain: float, today: date) -> float | None:
    """Return the baseline before two raised mornings in a row (F1, c10-32), or None."""
    rules = state.rules
    scores = state.scores[test]
    earlier = scores[-2] if len(scores) > 1 else None
    if earlier is None or (today - earlier.on).days > rules.consecutive_gap_days:
        return None
    if max(pain, earlier.pain) < rules.flare_f1_min:
        return None
    base = _before_rise(state, test, earlier.on)
    raised = base is not None and min(pain, earlier.pain) - base >= rules.flare_rise
    return base if raised else None


def _usual_before(state: State) -> float | None:
    """Return the usual rest ache without the newest report."""
    known = state.usual_rest[:-1]
    return median(known) if known else None


def _before_rise(state: State, test: str, today: date) -> float | None:
    """Return B as it was on the morning before ``today`` (c10-33)."""
    scores = state.scores.get(test)
    if not scores or scores[0].on >= today:
        return None
    return baseline(state, test, today - DAY)


def _creep(state: State, today: date, why: Reason) -> None:
    """Act on a slow rise: one step down, then hold; again after 7 days (c10-38)."""
    rules = state.rules
    creep = state.creep
    if creep is not None and (today - creep.started).days >= rules.drift_prompt_days:
        state.reviews.setdefault("drift", today)
        return
    if creep is not None and (today - creep.acted).days < rules.drift_again_days:
        return
    state.creep = Creep(today if creep is None else creep.started, today)
    step_down(state, why)


def run(state: State, today: date) -> None:
    """Carry a flare-up on by one day: settle, set back, or go on."""
    flare = state.flare
    if flare is None or flare.started == today:
        return
    if _settled(state, flare, today):
        _resume(state, flare, today)
        return
    age = (today - flare.started).days
    if age > state.rules.flare_long_days and not flare.moved:
        _move(state, flare, today)
    elif age > state.rules.flare_unsettled_days and not flare.reduced:
        state.flare = replace(flare, reduced=True)
        state.reviews["flare_unsettled"] = today
        if state.stage is not Stage.SETTLE:
            land(state, today)


def _settled(state: State, flare: Flare, today: date) -> bool:
    """Return whether the mornings after day 0 are calm again (c5, c10-36)."""
    rules = state.rules
    calm = flare.baseline + rules.flare_settle_rise
    gap = rules.consecutive_gap_days
    scores = _since(state, flare, calm, today)
    if _all_calm(scores, rules.flare_settle_mornings, calm, gap):
        return True
    if (today - flare.started).days <= rules.flare_long_days:
        return False
    scores = _since(state, flare, rules.coped_max, today)
    steady = _all_calm(scores, rules.flare_steady_mornings, rules.coped_max, gap)
    if steady:
        last = [score.pain for score in scores[: rules.flare_steady_mornings]]
        state.flare = replace(flare, baseline=median(last))
    return steady


def _since(state: State, flare: Flare, calm: float, today: date) -> list[Score]:
    """Return what the mornings after day 0 say of ``calm``; empty if today's says nothing."""
    told = told_scores(state, flare.test, calm)
    scores = list(takewhile(lambda score: score.on > flare.started, told))
    return scores if scores and scores[0].on == today else []


def _all_calm(scores: list[Score], count: int, most: float, gap: int) -> bool:
    last = scores[:count]  # the newest first
    return (
        len(last) == count
        and all(score.pain <= most for score in last)
        and all((later.on - earlier.on).days <= gap for later, earlier in pairwise(last))
    )


def _resume(state: State, flare: Flare, today: date) -> None:
    """End the flare-up: two steps down, strict band and no progression for 7 days."""
    rules = state.rules
    base = (state.flare or flare).baseline
    state.flare = None
    restart_windows(state, today)
    state.last_baseline[flare.test] = (flare.started, base)
    if not flare.moved:
        step = steps_below(state.step, rules.flare_resume_steps_down)
        if flare.again:
            step = min(step, STEP_INDEX[state.plan.landing])
        set_back(state, step, today)
    elif flare.again and not flare.reduced:
        set_back(state, min(state.step, STEP_INDEX[state.plan.landing]), today)
    strand_steps.resume(state, today, began=flare.started)
    state.gap_from = today
    state.hold_until = today + timedelta(days=rules.flare_hold_days - 1)
    state.strict_until = max(state.strict_until or state.hold_until, state.hold_until)
    state.last_change = reason(
        ReasonId.HOLD_AFTER_FLARE,
        step=state.dose.id,
        until=today + timedelta(rules.flare_hold_days),
    )


def _move(state: State, flare: Flare, today: date) -> None:
    """Past day 7: go on from the isometric stages (c10-36)."""
    rest = state.rest_pain
    ache = rest is not None and within(rest[0], today, state.rules.report_valid_days)
    aching = ache and rest is not None and rest[1] >= state.rules.flare_rest_pain
    early = FIRST_STEP[state.stage] <= FIRST_STEP[Stage.ISOMETRIC]
    if aching or early:
        step = min(flare.step, state.step, FIRST_STEP[Stage.ISOMETRIC] - 1)
    else:
        step = max(flare.step, FIRST_STEP[Stage.ISOMETRIC])
    state.flare = replace(flare, moved=True)
    set_back(state, step, today)
    state.last_change = reason(ReasonId.FLARE_UP, "long", step=state.dose.id)


def dose(state: State, flare: Flare, today: date) -> int:
    """Return the isometric step of today: I0.1-I0.2 at first, I0.3-I1.2 from day 3 (c5)."""
    early = (today - flare.started).days < state.rules.flare_first_days
    top = _FIRST_DAYS_TOP if early else _LATER_TOP
    step = flare.step if early or flare.step < _FIRST_DAYS_TOP else max(flare.step, _LATER)
    return min(step, top, state.step)


def take_verdict(state: State, record: SessionRecord) -> None:
    """Let a session inside the flare-up move its isometric step."""
    flare = state.flare
    if flare is None or record.gap:
        return
    if record.response is Response.GREEN:
        state.flare = replace(flare, step=min(max(flare.step, record.step + 1), _LATER_TOP))
    elif record.response is Response.RED:
        state.flare = replace(flare, step=_FIRST)


def after_red(state: State, records: list[SessionRecord], today: date) -> None:
    """Look at a strand's REDs of the last days: flare-up or rest day (F4, c10-35).

    At those of every strand for the prompt, for whoever they come to alternately (c3).
    Those of the light holds inside a flare-up say no more than that it has not settled.
    """
    rules = state.rules
    if state.flare is not None:
        records[-1] = replace(records[-1], led_to_flare=True)
        return
    reds = _reds(records)
    every = [red.on for strand in state.strands() for red in _reds(strand)]
    month = [on for on in every if within(on, today, rules.reds_prompt_window_days)]
    if len(month) >= rules.reds_for_prompt:
        state.reviews["three_reds"] = today
    near = [red for red in reds if (reds[-1].on - red.on).days < rules.reds_window_days]
    if len(near) < rules.reds_for_flare:
        return
    if state.stage is Stage.SETTLE:
        state.rest_on = today if today > reds[-1].on else today + timedelta(days=1)
        return
    test = state.check_test or state.plan.load_test
    first = near[0]
    records[:] = [
        replace(record, led_to_flare=True) if record in near else record for record in records
    ]
    base = first.baselines.get(test, baseline(state, test, today) or 0)
    start(state, today, "two_reds", base, test)


def _reds(records: list[SessionRecord]) -> list[SessionRecord]:
    """Return the REDs that no flare-up has answered already (c10-35)."""
    reds = (record for record in records if record.response is Response.RED)
    return [record for record in reds if not record.led_to_flare]
