"""Exit criteria: each line of a stage's list worked out, with its figure (b4, c3, c10-40..44)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, islice, takewhile
from typing import Final

from .exit_line import Result, calm_after, is_green, is_told, result
from .model import DAY, Reason, ReasonId, Response, Stage, reason
from .morning import sorest_week, told_scores
from .progression import adherence
from .protocol import (
    LADDER,
    MAINTENANCE_TEST,
    STEP_INDEX,
    TEST_OPENS,
    Criterion,
    exit_list,
    next_stage,
)
from .records import SessionRecord
from .state import State, within
from .strand_criteria import STRAND_CHECKS, strides_open
from .strand_steps import gap_days
from .strands import HOP_TEST, run_gate


def check(state: State, today: date) -> tuple[Result, ...]:
    """Return every exit line of the stage; empty where nothing is above it."""
    return tuple(_CHECKS[line.rule](state, today, line) for line in _lines(state, today))


def gate(state: State, today: date) -> tuple[Result, ...]:
    """Return what the way back to running asks of those who had stopped (d1, R0)."""
    return tuple(_CHECKS[line.rule](state, today, line) for line in _gate(state))


def _gate(state: State) -> tuple[Criterion, ...]:
    return _own(state, run_gate(state.rules.running))


def ready(state: State, today: date) -> bool:
    """Return whether every line is met and nothing else holds the stage."""
    if state.stopped or state.flare is not None or state.prescriber_block or state.ill:
        return False
    if next_stage(state.stage, state.goal) is None:
        return False
    lines = _lines(state, today)
    last = (line for line in lines if line.rule == "days_in_stage")  # to be met, and quickly told
    return all(_CHECKS[line.rule](state, today, line).met for line in chain(last, lines))


def _lines(state: State, today: date) -> tuple[Criterion, ...]:
    """Return the exit list, shortened on the way back to a stage passed before (c10-40)."""
    lines = _own(state, exit_list(state.plan, state.stage, state.goal))
    passed = state.passed.get(state.stage)
    if passed is None or not within(passed[0], today, state.rules.way_back_window_days):
        return lines
    step = LADDER[passed[1]].id
    short = {
        "days_in_stage": lambda line: replace(
            line, target=min(line.target, state.rules.way_back_days)
        ),
        "floor_step": lambda line: replace(line, step=step, count=1, within=3),
        "energy_step": lambda line: replace(line, count=1),
        "steady_weeks": lambda line: replace(line, count=1),
    }
    return tuple(short.get(line.id, lambda line: line)(line) for line in lines)


def _own(state: State, lines: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Return the lines without what compares the sides, if both are affected (c10-42)."""
    if not state.two_sided:
        return lines
    return tuple(replace(line, symmetry=False) for line in lines if line.rule != "symmetry")


def _days(state: State, today: date, line: Criterion) -> Result:
    days = state.days_in_stage(today)
    return result(line, days >= line.target, days, "time")


def _told(state: State, most: int) -> list[SessionRecord]:
    """Return the last sessions of this stage that count, the newest first."""
    found: list[SessionRecord] = []
    for record in reversed(state.sessions()):
        if record.on < state.stage_since or len(found) == most:
            break
        if record.stage is state.stage and is_told(record, state.rules):
            found.append(record)
    return found


def _last_green(state: State, _today: date, line: Criterion) -> Result:
    run = len(list(takewhile(is_green, _told(state, line.count))))
    return Result(line.id, run >= line.count, run, line.count, "sessions", line)


def _floor_step(state: State, _today: date, line: Criterion) -> Result:
    floor = STEP_INDEX[line.step]
    last = _told(state, line.within)
    greens = sum(is_green(record) and record.step >= floor for record in last)
    return Result(line.id, greens >= line.count, greens, line.count, "sessions", line)


def _no_red(state: State, today: date, line: Criterion) -> Result:
    reds = [
        record.on
        for records in state.strands()
        for record in records
        if record.response is Response.RED and within(record.on, today, line.within)
    ]
    clear = not reds
    value = (max(reds) + timedelta(days=line.within)).isoformat() if reds else None
    return Result(line.id, clear, value, line.within, "time", line)


def _adherence(state: State, today: date, line: Criterion) -> Result:
    share, _planned = adherence(state, today)
    percent = round(100 * share)
    return result(line, share >= state.rules.adherence_min, percent, "sessions")


def _sessions(state: State, today: date, line: Criterion) -> Result:
    done = sum(done for on, _w, done in state.planned_days if within(on, today, line.within))
    return result(line, done >= line.target, done, "sessions")


def _calm(state: State, today: date, line: Criterion) -> Result:
    """No flare-up or its hold, no drift, no absolute guard (c4, c5, c10-23)."""
    held = state.hold_until is not None and today <= state.hold_until
    week = sorest_week(state, today)
    high = week is not None and week >= state.rules.guard_hold
    waits = "time" if held else "calm_morning"
    met = not (held or high or state.flare is not None or state.creep is not None)
    return result(line, met, week, waits)


def _load_test(state: State, today: date, line: Criterion) -> Result:
    score = next(told_scores(state, line.test, line.target), None)
    if score is None or not within(score.on, today, state.rules.test_valid_days):
        return result(line, None, None, "report")
    return result(line, score.pain <= line.target, score.pain, "calm_morning")


def _load_test_or_steady(state: State, today: date, line: Criterion) -> Result:
    """(c10-43) a score of 3 serves where the week's median has not moved for 28 days."""
    result = _load_test(state, today, line)
    rules = state.rules
    if result.met is not False:
        return result
    score = next(told_scores(state, line.test, line.target))
    if score.masked or score.pain > line.pain_max:
        return result
    known = state.medians.get(line.test, [])
    medians = [value for on, value in known if within(on, today, rules.steady_days)]
    if not medians or (today - known[0][0]).days < rules.steady_days - 1:
        return result
    return replace(result, met=max(medians) - min(medians) <= rules.steady_change)


def _calm_mornings(state: State, today: date, line: Criterion) -> Result:
    test = state.plan.load_test
    calm = [
        score
        for score in islice(told_scores(state, test, line.target), line.count)
        if score.pain <= line.target and within(score.on, today, line.within)
    ]
    return Result(line.id, len(calm) >= line.count, len(calm), line.count, "calm_morning", line)


def _reported(
    state: State,
    today: date,
    line: Criterion,
    told: tuple[date, float] | None,
    met: Callable[[float], bool],
) -> Result:
    if told is None or not within(told[0], today, state.rules.report_valid_days):
        return result(line, None, None, "report")
    return result(line, met(told[1]), told[1], "calm_morning")


def _rest_pain(state: State, today: date, line: Criterion) -> Result:
    return _reported(state, today, line, state.rest_pain, lambda pain: pain <= line.target)


def _sitting(state: State, today: date, line: Criterion) -> Result:
    told = state.sitting[-1] if state.sitting else None
    return _reported(state, today, line, told, lambda minutes: minutes >= line.target)


def _night_waking(state: State, today: date, line: Criterion) -> Result:
    return _reported(state, today, line, state.night_waking, lambda woken: not woken)


def _capacity(state: State, today: date, line: Criterion) -> Result:
    """Judge a capacity test: value, pain, other side, and the morning after where asked."""
    told = state.tests.get(line.test)
    if told is None or not within(told.on, today, state.rules.test_valid_days):
        return result(line, None, None, "test")
    value, other, pain = told.value, told.other_side, told.pain
    if value is None or pain is None or (line.symmetry and other is None):
        return result(line, None, value, "test")
    met = value >= line.target and pain <= line.pain_max
    if line.symmetry and other is not None:
        met = met and value >= state.rules.symmetry_min * other
    if met and told.masked:
        return result(line, None, value, "test")
    if met and line.next_morning:
        return result(line, calm_after(state, told.on), value, "calm_morning")
    return result(line, met, value, "test")


_CHECKS: Final[Mapping[str, Callable[[State, date, Criterion], Result]]] = {
    "days_in_stage": _days,
    "last_sessions_green": _last_green,
    "floor_step": _floor_step,
    "no_red": _no_red,
    "adherence": _adherence,
    "sessions": _sessions,
    "calm": _calm,
    "load_test": _load_test,
    "load_test_or_steady": _load_test_or_steady,
    "calm_mornings": _calm_mornings,
    "rest_pain": _rest_pain,
    "sitting": _sitting,
    "night_waking": _night_waking,
    "capacity": _capacity,
    **STRAND_CHECKS,
}


def tests_due(state: State, today: date) -> tuple[str, ...]:
    """Return the capacity tests planned on a session day (c10-42), two at most (b3-3).

    The day of the set-up had its own: no exit line is tested on it.
    """
    rules = state.rules
    first: tuple[str, ...] = () if hops_wait(state, today) is None else (HOP_TEST,)
    if state.stage is Stage.MAINTENANCE:
        last = state.tests.get(MAINTENANCE_TEST)
        due = last is None or last.on == today or (today - last.on).days >= rules.test_valid_days
        first = (MAINTENANCE_TEST,) if due else ()
    lines = _lines(state, today)
    least = next((line.target for line in lines if line.id == "days_in_stage"), 0)
    if today == state.entry or state.days_in_stage(today) < least - rules.test_ahead_days:
        lines = ()
    if state.running.at_gate and state.stage.reaches(Stage.HIP_FLEXION) and not state.no_impact:
        lines = (*lines, *_gate(state))
    wanted = (line.test for line in lines if line.rule in _TESTED and _due(state, today, line))
    return tuple(islice(dict.fromkeys((*first, *wanted)), rules.tests_per_day))


def hops_wait(state: State, today: date) -> Reason | None:
    """Return why hops wait for a test after their longest break, or for the day after it (c7)."""
    rules, strand = state.rules, state.energy
    hops = state.plan.energy_per_week and not state.no_impact
    if not hops or gap_days(strand, today) < rules.energy.gap_restart_days:
        return None
    told = state.tests.get(HOP_TEST)
    known = told is not None and told.value is not None and not told.masked
    if told is None or not known or not within(told.on, today, rules.test_valid_days):
        return reason(ReasonId.TEST_NEEDED, "hops", test=HOP_TEST)
    return reason(ReasonId.SPACING, until=today + DAY) if told.on == today else None


_TESTED: Final = frozenset({"capacity", "strides", "symmetry"})


def _due(state: State, today: date, line: Criterion) -> bool:
    opens = TEST_OPENS.get(line.test)
    if opens is not None and state.step < STEP_INDEX[opens]:
        return False
    if line.rule == "strides" and not strides_open(state, line):
        return False
    last = state.tests.get(line.test)
    if last is None or last.on == today:
        return True
    if (today - last.on).days < state.rules.test_again_days:
        return False
    return _CHECKS[line.rule](state, today, line).met is not True
