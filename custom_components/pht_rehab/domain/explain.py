"""Why the programme is where it is: outcome, reasons, and what the next progression waits for."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .course import Today
from .criteria import Result, check, ready
from .forecast import Forecast
from .model import Band, DayKind, Outcome, Reason, ReasonId, Response, Waiting, reason
from .progression import blocks
from .protocol import LAST_STEP, next_stage
from .screening import SCREENING
from .state import State
from .verdict import band

_WAITS: Final = {
    ReasonId.HOLD_AFTER_FLARE: Waiting.TIME,
    ReasonId.MINIMUM_DAYS: Waiting.TIME,
    ReasonId.PLATEAU: Waiting.TIME,
    ReasonId.SPACING: Waiting.TIME,
    ReasonId.ONE_CHANGE_AT_A_TIME: Waiting.TIME,
    ReasonId.DRIFT: Waiting.CALM_MORNING,
    ReasonId.GUARD: Waiting.CALM_MORNING,
    ReasonId.FLARE_SETTLING: Waiting.CALM_MORNING,
    ReasonId.RED: Waiting.CALM_MORNING,
    ReasonId.AWAITING_MORNING_CHECK: Waiting.REPORT,
    ReasonId.INFORMATION_GAP: Waiting.REPORT,
    ReasonId.TEST_NEEDED: Waiting.TEST,
    ReasonId.GREEN: Waiting.SESSIONS,
    ReasonId.AMBER: Waiting.SESSIONS,
    ReasonId.PAINKILLER: Waiting.SESSIONS,
    ReasonId.GAP_REPEAT: Waiting.SESSIONS,
    ReasonId.GAP_STEP_DOWN: Waiting.SESSIONS,
    ReasonId.ADHERENCE_LOW: Waiting.SESSIONS,
}
_REDUCTIONS: Final = frozenset(
    {
        ReasonId.TWO_AMBERS,
        ReasonId.RED,
        ReasonId.DRIFT,
        ReasonId.GAP_STEP_DOWN,
        ReasonId.GAP_STAGE_DOWN,
        ReasonId.RELAPSE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The answer to "why?"; ``last_change`` is the rule behind the last change."""

    outcome: Outcome
    band: Band
    streak: int
    hold_until: date | None
    reasons: tuple[Reason, ...]
    last_change: Reason | None
    waiting_for: tuple[Waiting, ...]


def explain(today: Today, ahead: Forecast) -> Explanation:
    """Explain the moment ``today``; there is always at least one reason."""
    state, plan = today.state, today.plan
    lines = check(state, state.day)
    reasons = _reasons(today, lines)
    return Explanation(
        outcome=_outcome(today),
        band=band(state, state.day),
        streak=state.streak,
        hold_until=_hold_until(reasons),
        reasons=reasons,
        last_change=state.last_change,
        waiting_for=_waiting(state, plan.kind, reasons, lines, ahead),
    )


def _outcome(today: Today) -> Outcome:
    state, plan = today.state, today.plan
    if state.lock is not None:
        return Outcome.LOCKED
    if state.pause is not None:
        return Outcome.PAUSED
    if state.flare is not None:
        return Outcome.FLARE_UP
    rising = plan.dose is not None and plan.dose.why is not None
    up = rising and plan.reasons[0].id in (ReasonId.TWO_GREEN, ReasonId.UNDERLOAD)
    if up or ready(state, state.day):
        return Outcome.PROGRESS
    if rising or (state.red_wait is not None):
        return Outcome.REDUCE
    last = state.last_change
    fresh = state.step_since is None and last is not None and last.id in _REDUCTIONS
    return Outcome.REDUCE if fresh else Outcome.HOLD


def _reasons(today: Today, lines: tuple[Result, ...]) -> tuple[Reason, ...]:
    """Return today's reasons, the one that decides first."""
    state, plan = today.state, today.plan
    reasons: list[Reason] = []
    if state.lock is not None and state.lock.symptoms:
        reasons.append(_locked(state.lock.symptoms))
    if ready(state, state.day):
        above = next_stage(state.stage, state.goal)
        reasons.append(reason(ReasonId.CONFIRMATION, stage=str(above)))
    reasons += plan.reasons
    done = state.last_session == state.day
    if done or plan.kind is not DayKind.LOADING:
        reasons += blocks(state, state.day, settled=True) if not state.stopped else []
    if _latest_red(state):
        reasons += state.records[-1].reasons
    above = next_stage(state.stage, state.goal)
    if above is not None and above not in state.rules.stages:
        reasons.append(reason(ReasonId.STAGE_UNAVAILABLE, stage=str(above)))
    elif state.step >= LAST_STEP[state.stage] and any(line.met is not True for line in lines):
        unmet = sum(line.met is not True for line in lines)
        reasons.append(reason(ReasonId.CRITERIA_UNMET, unmet=unmet))
    reasons += (reason(ReasonId.PLATEAU, key) for key in _PROMPTS if key in state.reviews)
    return tuple(dict.fromkeys(reasons))


_PROMPTS: Final = ("plateau", "amber_loop", "over_maximum", "three_reds", "flare_unsettled")


def _locked(symptoms: tuple[str, ...]) -> Reason:
    emergency = any(SCREENING[key].emergency for key in symptoms)
    return reason(ReasonId.EMERGENCY if emergency else ReasonId.CLINICIAN, "locked")


def _latest_red(state: State) -> bool:
    return bool(state.records) and state.records[-1].response is Response.RED


def _hold_until(reasons: tuple[Reason, ...]) -> date | None:
    dates = [why.until for why in reasons if why.until is not None]
    return max(dates) if dates else None


def _waiting(
    state: State,
    kind: DayKind,
    reasons: tuple[Reason, ...],
    lines: tuple[Result, ...],
    ahead: Forecast,
) -> tuple[Waiting, ...]:
    """Return what the next step or stage waits for, without repeats."""
    if state.stopped:
        return ()
    found = [_WAITS[why.id] for why in reasons if why.id in _WAITS]
    if ready(state, state.day):
        found.insert(0, Waiting.CONFIRMATION)
    at_top = state.step >= LAST_STEP[state.stage] and not state.sets_off
    if at_top or (ahead.stage is not None and ahead.stage == ahead.progression):
        found += [Waiting(line.waits_for) for line in lines if line.met is not True]
    if not found and kind is not DayKind.LOADING and ahead.progression is not None:
        found.append(Waiting.TIME)  # for the next training day
    return tuple(dict.fromkeys(found))
