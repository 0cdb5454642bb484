"""Exit lines about hopping and running, and the gate back to running (b4 P4 and P5, d1)."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from .capacity import symmetry
from .exit_line import Result, calm_after, is_green, is_told, result
from .model import Goal, Response, Stage
from .protocol import Criterion
from .state import State, within
from .strands import ENERGY_INDEX, RUN_INDEX, RUNS
from .weekly import weekly_check


def _stage_passed(state: State, _today: date, line: Criterion) -> Result:
    """Return whether the isotonic stage lies behind."""
    met = state.stage.reaches(Stage.HIP_FLEXION)
    return result(line, met, state.stage.value, "time")


def _symmetry(state: State, today: date, line: Criterion) -> Result:
    """Return whether the test's side is near enough to the other, in per cent of it."""
    least = state.rules.symmetry_min
    met: bool | None = None
    percent: int | None = None
    test = state.tests.get(line.test)
    if test is not None and within(test.on, today, state.rules.test_valid_days):
        value, other = test.value, test.other_side
        if value is not None and other is not None:
            met = value >= least * other
            met = None if met and test.masked else met
        percent = symmetry(value, other)
    return Result(line.id, met, percent, round(100 * least), "test", line)


def _energy_step(state: State, _today: date, line: Criterion) -> Result:
    """Return whether the last sessions of the strand were GREEN, at the step or above."""
    least = ENERGY_INDEX[line.step]
    told = [
        record
        for record in state.energy.records
        if record.on >= state.stage_since and is_told(record, state.rules)
    ]
    last = told[-line.within :]
    greens = sum(is_green(record) and record.step >= least for record in last)
    return Result(line.id, greens >= line.count, greens, line.count, "sessions", line)


def _run_step(state: State, _today: date, line: Criterion) -> Result:
    step = state.running.step
    met = step is not None and step >= RUN_INDEX[line.step]
    return Result(line.id, met, state.running.step_id or None, line.step, "sessions", line)


def strides_open(state: State, line: Criterion) -> bool:
    """Return whether strides may be asked for as a test: after E3, not while impact waits (g1, d2).

    Whoever returns to running does them in the run of R11 (c10-48), never before its time.
    """
    hops = state.energy.step
    ready = hops is not None and hops >= ENERGY_INDEX[RUNS[RUN_INDEX[line.step]].energy]
    return ready and state.goal is not Goal.RUNNING and not state.no_impact


def _strides(state: State, today: date, line: Criterion) -> Result:
    """Return whether strides were done in comfort: as a test, or as a run of R11 (c10-48)."""
    rules = state.rules
    least = RUN_INDEX[line.step]
    runs = [
        record.pain_during
        for record in state.running.records
        if within(record.on, today, rules.test_valid_days)
        and record.step >= least
        and record.hard
        and record.response is Response.GREEN
        and record.pain_during is not None
    ]
    easy = min(runs, default=None)
    if comfortable := easy is not None and easy <= line.pain_max:
        return Result(line.id, comfortable, easy, line.pain_max, "test", line)
    test = state.tests.get(line.test)
    if test is None or test.pain is None or not within(test.on, today, rules.test_valid_days):
        waits = "test" if strides_open(state, line) else "sessions"
        return Result(line.id, None, None, line.pain_max, waits, line)
    calm = None if test.masked else calm_after(state, test.on)
    met = calm if test.pain <= line.pain_max else False
    return Result(line.id, met, test.pain, line.pain_max, "test", line)


def _hardest_run(state: State, _today: date, line: Criterion) -> Result:
    least = RUN_INDEX[line.step]
    pains = [
        record.pain_during
        for record in state.running.records
        if record.on >= state.stage_since
        and record.step >= least
        and record.hard
        and record.response is Response.GREEN
        and record.pain_during is not None
    ]
    met = any(pain <= line.pain_max for pain in pains)
    return Result(line.id, met, min(pains, default=None), line.pain_max, "sessions", line)


def _steady_weeks(state: State, today: date, line: Criterion) -> Result:
    """Return the weeks in a row without a RED and with at most one AMBER each (b4 P5)."""
    week_days = state.rules.week_days
    judged = [
        record
        for record in (*state.records, *state.energy.records, *state.running.records)
        if record.on >= state.stage_since
    ]
    weeks = 0
    while weeks < line.count:
        last = today - timedelta(days=weeks * week_days)
        if (last - state.stage_since).days + 1 < week_days:
            break
        week = [record for record in judged if within(record.on, last, week_days)]
        bad = [record.response for record in week if not record.gap]
        if not week or Response.RED in bad or bad.count(Response.AMBER) > line.target:
            break
        weeks += 1
    return Result(line.id, weeks >= line.count, weeks, line.count, "time", line)


def _weekly_check(state: State, today: date, line: Criterion) -> Result:
    total = weekly_check(state, today)
    met = None if total is None else total >= line.target
    return result(line, met, total, "report")


STRAND_CHECKS: Final[Mapping[str, Callable[[State, date, Criterion], Result]]] = {
    "stage_passed": _stage_passed,
    "symmetry": _symmetry,
    "energy_step": _energy_step,
    "run_step": _run_step,
    "strides": _strides,
    "hardest_run": _hardest_run,
    "steady_weeks": _steady_weeks,
    "weekly_check": _weekly_check,
}
