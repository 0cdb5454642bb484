"""The read model: everything Home Assistant shows of a programme, worked out for one moment.

``overview(course, now)`` is the door from the rules to entities and events; longer answers, such
as the read model of the card and the report, read the day itself as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from .both import combined, other_hurts, shares_of
from .course import DEADLINE, Course, Today
from .criteria import check, gate, ready
from .exit_line import Result
from .explain import Explanation, explain
from .forecast import Forecast, forecast
from .last_told import last_pain, last_response, last_score, today_score, weekly_load
from .model import Reason, ReasonId, Response, Side, Stage, reason
from .morning import baseline, is_due
from .pair import Share, shown
from .prescription import Prescribed
from .progression import adherence
from .protocol import LADDER
from .report import led_up
from .running import not_today
from .schedule import DayPlan, loading_day
from .sitting import limit as sitting_limit
from .strand_steps import StrandDose
from .weekly import last_total


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayItem:
    """One exercise of today; ``done`` once any of it was reported."""

    prescribed: Prescribed
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is announced when it changes; small, and stored between restarts."""

    stage: Stage
    step: int
    sets_off: int
    ready: bool
    flare_up: bool
    locked: bool
    paused: bool
    reviews: tuple[str, ...]
    missed: date | None
    energy: int = -1
    running: int = -1
    side: str = ""  # whose it is; the worse of two


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Where running stands: the step in force, today's run, and whether one is allowed today.

    ``gate``: what the way back still asks, empty once it has begun. ``done`` once a run of today
    was reported.
    """

    step: str
    today: StrandDose | None
    done: bool
    kept: bool
    not_today: Reason | None
    gate: tuple[Result, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """One programme at one moment. Dates are local; None is "not known" or "nothing there".

    ``side`` is whose figures these are. Of two sides it is the worse one, and ``sides`` tells of
    each; ``other_hurts``: the side that is not followed was said to hurt.
    """

    today: date
    plan: DayPlan
    items: tuple[TodayItem, ...]
    stage: Stage
    dose_step: str
    next_progression: date | None
    next_stage: date | None
    next_session: date | None
    response: Response | None
    session_pain: float | None
    session_pain_today: float | None
    morning_pain: float | None
    morning_pain_today: float | None
    morning_baseline: float | None
    morning_test: str | None
    adherence: int | None
    weekly_load: int
    weekly_check: int | None
    session_open: bool
    morning_check_open: bool
    standing: Standing
    explanation: Explanation
    criteria: tuple[Result, ...]
    clinician_guided: bool
    running: Running | None
    sitting_limit: int | None
    side: str
    sides: tuple[tuple[str, Overview], ...] = ()
    other_hurts: bool = False

    @property
    def days_to_next_progression(self) -> int | None:
        """Days until the prescription can next rise; 0 also while it waits for the user."""
        return _days(self.today, self.next_progression)

    @property
    def days_to_next_stage(self) -> int | None:
        """Days until the next stage can be confirmed."""
        return _days(self.today, self.next_stage)


def _days(today: date, then: date | None) -> int | None:
    return None if then is None else (then - today).days


def overview(course: Course, now: datetime) -> Overview:
    """Return the programme as it stands at local ``now``."""
    days = {one.set_up.side: one.today(now.date(), now.time()) for one in course.sides}
    parts = shares_of(days)
    items = todays_items(days, parts)
    views = {
        side: _view(course.of(side), replace(today, plan=parts[side].plan), now, items)
        for side, today in days.items()
    }
    if course.other is not None:
        return combined(views, days, parts)
    view, state = views[course.set_up.side], days[course.set_up.side].state
    return _offered(view) if other_hurts(course, state.rules, state.day) else view


def _offered(view: Overview) -> Overview:
    """Return the view with the offer to follow the other side too (g1 K16, c10-31)."""
    offer = reason(ReasonId.OTHER_SIDE, "offer")
    why = replace(view.explanation, reasons=(*view.explanation.reasons, offer))
    return replace(view, explanation=why, other_hurts=True)


def _view(course: Course, today: Today, now: datetime, items: tuple[TodayItem, ...]) -> Overview:
    """Return one side as it stands; ``items`` are the exercises of the whole day."""
    state = today.state
    check_open = now.time() < DEADLINE
    ahead = forecast(course, today.plan.on, check_open=check_open)
    told = today.page.session
    logged = told is not None and told.finished
    test, side = state.check_test, course.set_up.side
    score = today_score(today)
    share, planned = adherence(state, state.day)
    criteria, is_ready = check(state, state.day), ready(state, state.day)
    before = () if state.flare is None else led_up(course.diary, state.flare.started)
    return Overview(
        today=state.day,
        plan=today.plan,
        items=items,
        stage=state.stage,
        dose_step=LADDER[next_step(today, ahead)].id,
        next_progression=ahead.progression,
        next_stage=ahead.stage,
        next_session=ahead.session,
        response=last_response(state),
        session_pain=last_pain(state),
        session_pain_today=told.pain_during if told is not None else None,
        morning_pain=last_score(state),
        morning_pain_today=score,
        morning_baseline=baseline(state, test, state.day),
        morning_test=today.plan.morning_test,
        adherence=round(100 * share) if planned else None,
        weekly_load=weekly_load(state),
        weekly_check=last_total(state),
        session_open=any(_is_of(item, side) for item in items)
        and not logged
        and not today.page.skipped,
        morning_check_open=is_due(state, state.day) and score is None,
        standing=_standing(course, today, ready=is_ready),
        explanation=explain(today, ahead, criteria, ready=is_ready, before=before),
        criteria=criteria,
        clinician_guided=state.clinician_guided,
        running=_running(today),
        sitting_limit=sitting_limit(state, state.day),
        side=side,
    )


def _is_of(item: TodayItem, side: str) -> bool:
    """Return whether an exercise is one of this side's too."""
    sides = item.prescribed.sides
    return not isinstance(sides, Side) or sides.value == side


def _running(today: Today) -> Running | None:
    state = today.state
    strand = state.running
    if strand.step is None:
        return None
    return Running(
        step=strand.step_id,
        today=today.plan.run,
        done=today.page.run is not None,
        kept=strand.kept,
        not_today=not_today(state, state.day),
        gate=gate(state, state.day) if strand.at_gate else (),
    )


def todays_items(days: Mapping[str, Today], parts: Mapping[str, Share]) -> tuple[TodayItem, ...]:
    """Return today's exercises; once something is reported they stay what they were."""
    told = {side: day.page.session for side, day in days.items()}
    covered = {side: {} if one is None else one.covered for side, one in told.items()}
    return tuple(
        TodayItem(
            prescribed=item.prescribed,
            done=all(covered[side].get(item.prescribed.id, 0) > 0 for side in item.sides),
        )
        for item in shown(parts)
    )


def next_step(today: Today, ahead: Forecast) -> int:
    """Return the dose step of the next hamstring session, also in a flare-up or after a gap."""
    state, plan = today.state, today.plan
    told = today.page.session
    if plan.dose is not None and not (told is not None and told.finished):
        return plan.dose.step
    on = ahead.session if ahead.session and ahead.session > state.day else None
    if on is None or state.stopped or state.flare is not None:
        return state.step
    dose = loading_day(state, on, settled=True).dose
    return dose.step if dose is not None else state.step


def _standing(course: Course, today: Today, *, ready: bool) -> Standing:
    state, missed, side = today.state, course.last_missed, course.set_up.side
    return Standing(
        stage=state.stage,
        step=state.step,
        sets_off=state.sets_off,
        ready=ready,
        flare_up=state.flare is not None,
        locked=state.lock is not None or state.prescriber_block,
        paused=state.pause is not None,
        reviews=tuple(sorted(f"{key}:{on.isoformat()}" for key, on in state.reviews.items())),
        missed=missed,
        energy=-1 if state.energy.step is None else state.energy.step,
        running=-1 if state.running.step is None else state.running.step,
        side=side,
    )
