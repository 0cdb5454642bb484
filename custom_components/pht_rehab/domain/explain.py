"""Why the programme is where it is: outcome, reasons, and what the next progression waits for."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .course import Today
from .criteria import hops_wait
from .exit_line import Result
from .forecast import Forecast
from .model import Band, DayKind, Outcome, Reason, ReasonId, Response, Stage, Waiting, reason
from .planner import active
from .progression import blocks
from .protocol import next_stage
from .screening import REPEATED, SCREENING
from .state import State
from .steps import top_step
from .unlogged import asked
from .verdict import band
from .volume import advice

_WAITS: Final = {
    ReasonId.CONFIRMATION: Waiting.CONFIRMATION,
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
    ask_again: tuple[str, ...]
    """The screening questions that are due again (g1)."""


def explain(
    today: Today,
    ahead: Forecast,
    lines: tuple[Result, ...],
    *,
    ready: bool,
    before: tuple[str, ...] = (),
) -> Explanation:
    """Explain the moment ``today``; there is always at least one reason.

    ``lines`` are the exit lines as they stand, ``ready`` whether the next stage can be confirmed,
    ``before`` the events that came before a flare-up.
    """
    state, plan = today.state, today.plan
    reasons = _reasons(today, lines, ahead, ready=ready)
    reasons += tuple(reason(ReasonId.FLARE_UP, "before", event=event) for event in before)
    return Explanation(
        outcome=_outcome(today, ready=ready),
        band=band(state, state.day),
        streak=state.streak,
        hold_until=_hold_until(reasons),
        reasons=reasons,
        last_change=state.last_change,
        waiting_for=_waiting(state, plan.kind, reasons, lines, ahead),
        ask_again=REPEATED if "screening" in state.reviews else (),
    )


def _outcome(today: Today, *, ready: bool) -> Outcome:
    state, plan = today.state, today.plan
    if state.lock is not None:
        return Outcome.LOCKED
    if state.pause is not None:
        return Outcome.PAUSED
    if state.flare is not None:
        return Outcome.FLARE_UP
    dose = plan.dose
    if ready or (dose is not None and dose.rises):
        return Outcome.PROGRESS
    if state.red_wait is not None or (dose is not None and dose.why is not None):
        return Outcome.REDUCE
    last = state.last_change
    fresh = state.step_since is None and last is not None and last.id in _REDUCTIONS
    return Outcome.REDUCE if fresh else Outcome.HOLD


def _reasons(
    today: Today, lines: tuple[Result, ...], ahead: Forecast, *, ready: bool
) -> tuple[Reason, ...]:
    """Return today's reasons, the one that decides first."""
    state, plan = today.state, today.plan
    reasons: list[Reason] = []
    if state.lock is not None and state.lock.symptoms:
        reasons.append(_locked(state.lock.symptoms))
    if today.page.skipped:
        reasons.append(reason(ReasonId.SKIPPED))
    above = next_stage(state.stage, state.goal)
    if ready:
        reasons.append(reason(ReasonId.CONFIRMATION, stage=str(above)))
    reasons += [why for why in plan.reasons if why.id is not ReasonId.TOP_STEP or _at_top(state)]
    reasons += _withheld(state)
    done = state.last_session == state.day
    if (done or plan.kind is not DayKind.LOADING) and not _rests(state):
        reasons += blocks(state, state.day, settled=True)
    if _latest_red(state):
        reasons += state.records[-1].reasons
    if _at_top(state) and not _rests(state):
        reasons += _unmet(lines)
    if _no_room(today, above, ahead):
        reasons.append(reason(ReasonId.NO_TRAINING_DAYS))
    reasons += _prompted(state, {why.id for why in reasons})
    reasons += asked(state)
    if (jump := advice(state)) is not None:
        reasons.append(jump)
    if "screening" in state.reviews:
        reasons.append(reason(ReasonId.RESCREEN, "due"))
    return tuple(dict.fromkeys(reasons))


def _rests(state: State) -> bool:
    """Return whether nothing the person could do or report moves the programme on."""
    return state.stopped or state.ill or state.prescriber_block


def _withheld(state: State) -> list[Reason]:
    """Return why runs or hops do not come, though they belong to the programme (g1 K9, c7)."""
    if not active(state) or _rests(state):
        return []
    if state.no_impact:
        return [reason(ReasonId.CLINICIAN, "impact")]
    waits = hops_wait(state, state.day)
    return [] if waits is None or state.flare is not None else [waits]


def _at_top(state: State) -> bool:
    return state.step >= top_step(state) and not state.sets_off


def _unmet(lines: tuple[Result, ...]) -> list[Reason]:
    """Return how many exit lines are open, and what can be told or tested to close some."""
    unmet = [line for line in lines if line.met is not True]
    if not unmet:
        return []
    reasons = [reason(ReasonId.CRITERIA_UNMET, unmet=len(unmet))]
    unknown = [line for line in unmet if line.met is None]
    if any(line.waits_for == Waiting.REPORT for line in unknown):
        reasons.append(reason(ReasonId.REPORT_NEEDED))
    tests = [line.criterion.test for line in unknown if line.waits_for == Waiting.TEST]
    return [*reasons, *(reason(ReasonId.TEST_NEEDED, test=test) for test in tests[:1])]


def _no_room(today: Today, above: Stage | None, ahead: Forecast) -> bool:
    """Return whether nothing holds the programme and yet it could not move in a year."""
    state = today.state
    held = _rests(state) or state.flare is not None or state.no_impact
    more = not _at_top(state) or above is not None
    return more and not held and ahead.progression is None


def _prompted(state: State, told: set[ReasonId]) -> list[Reason]:
    """Return what asks for another look and is not ``told`` by a hold already."""
    due = [key for key in _PROMPTS if key in state.reviews]
    if "adherence" in due and told & {ReasonId.ADHERENCE_LOW, ReasonId.RESCREEN}:
        due.remove("adherence")
    return [reason(ReasonId.PLATEAU, key) for key in due]


_PROMPTS: Final = (
    "plateau",
    "adherence",
    "amber_loop",
    "drift",
    "without_green",
    "over_maximum",
    "three_reds",
    "second_flare",
    "flare_unsettled",
    "no_gain",
    "slow_course",
)


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
    if _rests(state):
        return ()
    told = [why for why in reasons if why.id is not ReasonId.PLATEAU or why.until is not None]
    found = [_WAITS[why.id] for why in told if why.id in _WAITS]
    if _at_top(state) or (ahead.stage is not None and ahead.stage == ahead.progression):
        found += [Waiting(line.waits_for) for line in lines if line.met is not True]
    if not found and kind is not DayKind.LOADING and ahead.progression is not None:
        found.append(Waiting.TIME)  # for the next training day
    return tuple(dict.fromkeys(found))
