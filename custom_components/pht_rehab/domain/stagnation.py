"""Watchers over weeks: long gaps, no GREEN, relapse, and the prompts to look again (c7, c8, b4)."""

from datetime import date, timedelta
from typing import Final

from . import strand_steps, volume
from .exit_line import is_judged
from .model import DAY, Reason, ReasonId, Response, Stage, reason
from .morning import usual_score
from .progression import adherence
from .protocol import FIRST_STEP, STEP_INDEX
from .records import SessionRecord
from .state import Lock, State, latest, within
from .steps import enter_stage, gap_anchor, gap_days, land, top_step
from .weekly import no_gain

_PASSING: Final = (
    "three_reds", "second_flare", "flare_unsettled", "relapse", "amber_loop", "drift",
    "without_green",
)  # fmt: skip
"""Prompts of what has happened: they stay up for a while. The others are over with their cause."""


def watch(state: State, today: date) -> None:
    """Run every watcher of the morning."""
    if state.relapse_until is not None and today > state.relapse_until:
        state.relapse_until = None
    if not state.stopped:
        _confirm_placement(state, today)
        absence(state, today)
    if not state.stopped and state.flare is None:
        _no_green(state, today)
        _relapse(state, today)
        _prompts(state, today)
    for key in _PASSING:
        if key in state.reviews and not within(state.reviews[key], today, state.rules.prompt_days):
            del state.reviews[key]
    volume.watch(state, today)
    if state.screened is not None and not within(state.screened, today, state.rules.screening_days):
        state.reviews.setdefault("screening", today)


def take_verdict(state: State, session: SessionRecord, today: date) -> None:
    """Ask the screening questions again after a RED (g1); watch maintenance after an AMBER."""
    if session.response in (Response.RED, Response.STOP):
        state.reviews["screening"] = today
    real_amber = session.response is Response.AMBER and not session.gap
    if state.stage is Stage.MAINTENANCE and (real_amber or session.response is Response.RED):
        _check_daily(state, today)


def _check_daily(state: State, today: date) -> None:
    state.daily_checks_until = today + timedelta(days=state.rules.relapse_window_days)


def _confirm_placement(state: State, today: date) -> None:
    """The morning after placement must not be worse, else one stage lower (b3-3, c10-2)."""
    if state.placed_on != today - DAY or state.stage is Stage.SETTLE:
        return
    own = state.plan.load_test
    test = own if own in state.today_scores else state.check_test
    pain, told = state.today_scores.get(test), state.scores.get(test, ())
    first = state.first_score.get(test)
    then = next((score.pain for score in reversed(told) if score.on < today), first)
    if pain is not None and then is not None and pain > then + state.rules.place_rise:
        lower = tuple(Stage)[state.stage.order - 1]
        why = reason(ReasonId.PLACED, "lower", morning=pain)
        _down(state, lower, FIRST_STEP[lower], today, why)


def _down(state: State, stage: Stage, step: int, today: date, why: Reason) -> None:
    enter_stage(state, stage, step, today)
    state.last_change = why


def _landing(state: State, today: date, why: Reason) -> None:
    land(state, today)
    state.last_change = why


def absence(state: State, today: date) -> None:
    """Past 84 days without a session a new screening, past 28 one stage down (c7)."""
    rules = state.rules
    days = gap_days(state, today)
    if days >= rules.gap_rescreen_days:
        state.flare = None
        state.lock = Lock(today, ())
        state.last_change = reason(ReasonId.RESCREEN, days=days)
        return
    if state.flare is not None:  # a flare replaces the table for its absence (c10-6)
        return
    strand_steps.lapse(state, today)
    if state.plan.daily:
        if days > rules.gap_isometric_days:
            state.streak = 0
        return
    anchor = gap_anchor(state)
    if days >= rules.gap_stage_down_days and state.gap_handled != anchor:
        state.gap_handled = anchor
        _landing(state, today, reason(ReasonId.GAP_STAGE_DOWN, days=days))


def _no_green(state: State, today: date) -> None:
    """28 days without a GREEN although reported: one stage down, at most every 84 days."""
    rules = state.rules
    since = state.no_green_since
    if since is None or (today - since).days < rules.no_green_days:
        return
    told = [
        record
        for record in state.sessions()
        if within(record.on, today, rules.no_green_days)
        and record.on >= state.stage_since
        and not record.gap
        and is_judged(record, rules)
    ]
    if len(told) < rules.no_green_sessions:
        return
    last = state.no_green_down
    recently = last is not None and (today - last).days < rules.no_green_again_days
    if state.stage is Stage.SETTLE or recently:
        state.reviews.setdefault("without_green", today)
        return
    state.no_green_down = today
    _landing(state, today, reason(ReasonId.PLATEAU, "no_green"))


def _relapse(state: State, today: date) -> None:
    """In maintenance three raised mornings of seven bring back the week of P3 for 14 days."""
    rules = state.rules
    test = state.plan.load_test
    if state.stage is not Stage.MAINTENANCE or test not in state.today_scores:
        return
    usual = usual_score(state, test, today)
    raised = [
        score
        for score in latest(state.scores[test], today, rules.relapse_window_days)
        if usual is not None and score.pain >= usual + rules.relapse_rise
    ]
    if raised and raised[0].on == today:
        _check_daily(state, today)
    if len(raised) >= rules.relapse_mornings and state.relapse_until is None:
        state.relapse_until = today + timedelta(days=rules.relapse_days - 1)
        state.relapse_step, state.relapse_sets_off = _comfortable(state), 0
        state.last_change = reason(ReasonId.RELAPSE, until=state.relapse_until)
        state.reviews["relapse"] = today


def _comfortable(state: State) -> int:
    """Return the last P3 step that was GREEN, else where P3 was left, else where P6 lands."""
    for record in reversed(state.records):
        if record.response is Response.GREEN and record.stage is Stage.HIP_FLEXION:
            return record.step
    passed = state.passed.get(Stage.HIP_FLEXION)
    return passed[1] if passed is not None else STEP_INDEX[state.plan.landing]


def _prompts(state: State, today: date) -> None:
    """Note what asks for another look; each once until it is over or the stage changes."""
    plan = state.plan
    share, planned = adherence(state, today)
    enough = planned >= state.rules.adherence_min_sessions
    good = share >= state.rules.adherence_min
    since = state.step_since or state.step_put or state.stage_since
    stuck = plan.plateau_days is not None and (today - since).days >= plan.plateau_days
    below_top = state.step < top_step(state)
    others = any(strand_steps.stuck(state, item, today) for item in (state.energy, state.running))
    _note(state, "plateau", today, when=good and ((stuck and below_top) or others))
    _note(state, "adherence", today, when=enough and not good)
    slow = (today - state.entry).days >= state.rules.slow_course_days
    early = state.stage in (Stage.SETTLE, Stage.ISOMETRIC, Stage.ISOTONIC)
    _note(state, "slow_course", today, when=slow and early)
    _note(state, "no_gain", today, when=no_gain(state, today))
    over = plan.max_days is not None and state.days_in_stage(today) > plan.max_days
    _note(state, "over_maximum", today, when=over)


def _note(state: State, key: str, today: date, *, when: bool) -> None:
    if when:
        state.reviews.setdefault(key, today)
    else:
        state.reviews.pop(key, None)
