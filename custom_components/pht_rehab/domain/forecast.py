"""The forecast: the same rules run forward over days that go well (c10-51).

Every planned session done with D and A 1 and effort on target, each morning the lower of B and
1, rest ache and nights quiet, sitting at its line, tests passed on the day planned, a stage up
confirmed the same day. So it is the earliest date, never a promise.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

from .controls import apply_control
from .course import Course
from .criteria import ready
from .facts import StageConfirmed
from .model import DAY, Stage
from .morning import baseline, due_test, is_due, record
from .page import Page, Run, Session
from .planner import counts, plan_day
from .prescription import prescribe
from .protocol import exit_list, next_stage
from .questions import WeeklyScore
from .records import StrandState
from .replay import apply_session, close_day, open_day
from .schedule import DayPlan
from .state import LastTest, State
from .steps import top_step
from .strand_replay import apply_run
from .strand_steps import StrandDose
from .strands import RUNS, run_gate
from .weekly import weekly_check

HORIZON_DAYS: Final = 400
_CALM: Final = 1.0
_NOTHING: Final = Page()
_LOGGED: Final = datetime.min.replace(tzinfo=UTC)  # projected facts are never stored


@dataclass(frozen=True, slots=True)
class Forecast:
    """First dates, None where nothing is above or nothing moves within the horizon."""

    progression: date | None = None
    stage: date | None = None
    session: date | None = None


@dataclass(slots=True)
class Projected:
    """One day of the forecast; ``stage_up`` while a stage can be, or has just been, confirmed."""

    plan: DayPlan
    state: State
    stage_up: bool
    step_up: bool  # of strength or hops
    run_up: bool


def forecast(course: Course, today: date, *, check_open: bool) -> Forecast:
    """Return the earliest dates of the next step or stage, the next stage, the next session.

    ``check_open``: today's morning score can still come before its deadline.
    """
    progression = stage = session = None
    for day in project(course, today, today + timedelta(days=HORIZON_DAYS), check_open=check_open):
        on = day.plan.on
        page = course.diary.page(today) if on == today else Page()
        session_open, run_open = not _session_done(page), _run_open(page)
        if session is None and day.plan.exercises and session_open:
            session = on
        if day.stage_up:
            progression = progression or on
            stage = stage or on
        elif (day.step_up and session_open) or (day.run_up and run_open):
            progression = progression or on
        if day.state.stopped:
            return Forecast(session=session)
        if session and (stage or (on > today and _nothing_more(day.state, progression))):
            break
    return Forecast(progression, stage, session)


def _session_done(page: Page) -> bool:
    return page.skipped or (page.session is not None and page.session.finished)


def _run_open(page: Page) -> bool:
    return page.run is None and not page.skipped


def _nothing_more(state: State, progression: date | None) -> bool:
    """Return whether no stage is above, and the next step is known or not to come.

    A flare-up will take a step away, and with it a way up comes back.
    """
    run = state.running.step
    runs_on = run is not None and run < len(RUNS) - 1 and not state.no_impact
    at_top = state.step >= top_step(state) and not state.sets_off and not runs_on
    above = next_stage(state.stage, state.goal) is not None
    return not above and (progression is not None or (at_top and state.flare is None))


def project(course: Course, today: date, last: date, *, check_open: bool) -> Iterator[Projected]:
    """Yield every day from ``today`` to ``last`` as it would go; the state is reused."""
    state = course.closed_state(today)
    day = today
    while day <= last:
        real = course.diary.page(day)
        page = _page(state, real, day, fill=check_open or day > today)
        open_day(state, page, day, settled=True)
        stage_up = ready(state, day)
        above = next_stage(state.stage, state.goal)
        if stage_up and above is not None:
            _confirm(state, above, day)
        plan = plan_day(state, day, settled=True)
        step_up, run_up = _is_step_up(state, plan), _rises(state.running, plan.run)
        _go_well(state, plan, real, day)
        stage_up = stage_up or ready(state, day)  # its tests may have been the last thing missing
        yield Projected(plan, state, stage_up, step_up, run_up)
        close_day(state, real, day, planned=counts(state, plan))
        day += DAY


def _page(state: State, real: Page, day: date, *, fill: bool) -> Page:
    """Return the day's page with the calm morning that is still to come."""
    if not fill or real.check_test is not None or real.set_up is not None:
        return real
    test = due_test(state, day)
    if not is_due(state, day) and state.pause is None:
        return real
    base = baseline(state, test, day)
    score = _CALM if base is None else min(base, _CALM)
    sat = state.sitting[-1][1] if state.sitting else 0
    rest = min(state.rest_pain[1], _CALM) if state.rest_pain else _CALM
    if state.running.at_gate:
        rest = min(rest, _asked(state, "rest_pain", rest))
    filled: Callable[..., Page] = Page if real == _NOTHING else partial(replace, real)
    return filled(
        scores={test: (score, False)} | real.scores,
        check_test=test,
        rest_pain=rest,
        sitting_minutes=max(_asked(state, "sitting", 0), sat),
        night_waking=False,
    )


def _asked(state: State, what: str, default: float) -> float:
    """Return what the stage's exit list or the gate asks of a test or report, else ``default``."""
    lines = (*exit_list(state.plan, state.stage, state.goal), *run_gate(state.rules.running))
    return next((line.target for line in lines if what in (line.id, line.test)), default)


def _confirm(state: State, above: Stage, day: date) -> None:
    """Confirm the stage up, and do its new test at once."""
    confirmed = StageConfirmed(log_id="", on=day, logged_at=_LOGGED, stage=above)
    apply_control(state, confirmed, day)
    test = state.plan.load_test
    if test not in state.today_scores:
        record(state, Page(scores={test: (_CALM, False)}), day)


def _is_step_up(state: State, plan: DayPlan) -> bool:
    dose = plan.dose
    strength = plan.strength and dose is not None
    up = dose is not None and (dose.step, -dose.sets_off) > (state.step, -state.sets_off)
    return (strength and up) or _rises(state.energy, plan.energy)


def _rises(strand: StrandState, dose: StrandDose | None) -> bool:
    if dose is None:
        return False
    return (dose.step, not dose.set_less) > (strand.step or 0, not strand.set_less)


def _go_well(state: State, plan: DayPlan, real: Page, day: date) -> None:
    total = _asked(state, "weekly_check", 0)
    if total and (weekly_check(state, day) or 0) < total:
        state.weekly.append(
            WeeklyScore(on=day, log_id="", total=round(total), overall=None, computed=())
        )
    for test in plan.tests:
        value = _asked(state, test, _CALM)
        told = state.tests.get(test)
        if told is None or told.on != day or told.value is None:
            state.tests[test] = LastTest(day, value, value, _CALM)
    run = _ran(state, plan.run) if real.run is None and plan.run is not None else real.run
    if run is not None:
        apply_run(state, plan, _well(run), day)
    if real.skipped or (real.session is None and not plan.exercises):
        return
    session = _planned(state, plan) if real.session is None else _finish(real.session)
    apply_session(state, plan, session, day)


def _planned(state: State, plan: DayPlan) -> Session:
    """Return a session as it is planned, all of it done well."""
    prescribed = tuple(
        item.id for item in prescribe(state.rules, plan, state.equipment, state.goal)
    )
    return Session(
        step=plan.dose.step if plan.dose else state.step,
        energy_step=plan.energy.step if plan.energy else None,
        light=plan.light,
        prescribed=prescribed,
        covered=dict.fromkeys(prescribed, 1.0),
        pain_during=_CALM,
        pain_after=_CALM,
    )


def _ran(state: State, dose: StrandDose) -> Run:
    """Return a run as it is planned."""
    run, usual = RUNS[dose.step], state.rules.running.normal_minutes
    return Run(
        minutes=usual if dose.minutes is None else dose.minutes,
        step=dose.step,
        prescribed_minutes=dose.minutes,
        easy=dose.easy,
        fast=run.fast and not dose.easy,
        hills=run.hills and not dose.easy,
    )


def _well[Told: (Run, Session)](told: Told) -> Told:
    """Return what was told with the scores that are still to come, all well."""
    return replace(
        told,
        pain_during=_CALM if told.pain_during is None else told.pain_during,
        pain_after=_CALM if told.pain_after is None else told.pain_after,
    )


def _finish(session: Session) -> Session:
    """Return a session with what is still to be done and told of it, all well."""
    rest = {} if session.finished else dict.fromkeys(session.prescribed, 1.0)
    return _well(replace(session, covered=session.covered | rest))
