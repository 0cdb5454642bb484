"""One day of the programme: the morning, the session, the close (c10, order of work).

``Course`` (course.py) runs these over the diary; the forecast runs them over days to come.
"""

from datetime import date

from . import companions, flare, sitting, stagnation, strand_replay, unlogged, verdict, weekly
from .consequences import take_verdict
from .controls import apply_control, apply_event, apply_settings, expire_pause, rescreened
from .exercises import EXERCISES, Strand
from .model import DayKind, Response
from .morning import due_test, new_test_needed, record
from .page import Page, Session
from .prescription import seconds_under_tension
from .progression import Dose, take_on
from .protocol import LADDER
from .records import RedWait, SessionRecord
from .schedule import DayPlan, moved_day, stopped, too_close
from .state import MEMORY_DAYS, LastTest, State, within
from .steps import bottom_step
from .strand_replay import told


def open_day(state: State, page: Page, today: date, *, settled: bool) -> None:
    """Take in everything about ``today`` but its session.

    ``settled``: the deadline of the morning score has passed, or the day is over.
    """
    state.day = today
    expire_pause(state, today)
    apply_settings(state, page)
    state.today_scores = {}
    state.windows.clear()
    state.check_test = page.check_test or due_test(state, today)
    state.today_scores = {test: pain for test, (pain, _masked) in page.scores.items()}
    judge_pending(state, page, today, settled=settled or bool(page.scores))
    record(state, page, today)
    if page.set_up is not None:  # the set-up's own answers are this morning's scores
        known = {test: scores[-1].pain for test, scores in state.scores.items()}
        state.today_scores = known | state.today_scores
    for event in page.events:
        apply_event(state, event, today)
    for test in page.tests:
        state.tests[test.test] = LastTest(
            today, test.value, test.other_side, test.pain, masked=test.painkiller
        )
    weekly.take(state, page, today)
    flare.run(state, today)
    if state.flare is None:
        flare.watch_mornings(state, today)
    stagnation.watch(state, today)
    unlogged.watch(state, today)
    for control in page.controls:
        apply_control(state, control, today)
    rescreened(state, today)
    sitting.take_report(state, page, today)


def judge_pending(state: State, page: Page, today: date, *, settled: bool) -> None:
    """Judge the waiting sessions if their next morning is in, or will not come any more.

    One morning serves every strand that was loaded the day before (c1).
    """
    if not settled:
        return
    for strand in (None, state.energy, state.running):
        waiting = state.pending if strand is None else strand.pending
        if waiting is None or waiting.on == today:
            continue
        judgement = _judge(state, page, waiting)
        if strand is None:
            _decide(state, waiting, judgement, today)
        else:
            strand_replay.decide(state, strand, waiting, judgement, today)


def _judge(state: State, page: Page, waiting: SessionRecord) -> verdict.Judgement:
    """Judge a session by the score on the test asked this morning, or on its stage's own.

    B is the one of the session's day on the same test. One that was done beside them tells bad
    news only (c10-11, c10-19): it may be easier.
    """
    rules = state.rules
    asked = (state.check_test, rules.stages[waiting.stage].load_test)
    for test, known in waiting.baselines.items():
        if test in page.scores:
            score, masked = page.scores[test]
            found = verdict.judge(waiting, rules, score, known, masked=masked)
            if test in asked or found.response is not Response.GREEN:
                return found
    return verdict.judge(waiting, rules, None, None, masked=False)


def _decide(
    state: State, session: SessionRecord, judgement: verdict.Judgement, today: date
) -> None:
    session.response = judgement.response
    session.gap = judgement.gap
    session.reasons = (judgement.why,)
    state.pending = None
    companions.take_verdict(state, session)
    stagnation.take_verdict(state, session, today)
    if session.companions and session.share == 0 and not session.hamstring:
        return
    flare.take_verdict(state, session)
    if session.response is Response.RED:
        flare.after_red(state, state.records, today)  # replaces the RED's own step down (c10-6)
    if state.flare is not None:
        return
    full = not session.light and session.share >= state.rules.share_counts
    if session.response is Response.GREEN and full:
        state.energy.waits_for_green = False
    if not session.light:
        take_verdict(state, session, today)
    elif session.response is Response.RED:
        state.red_wait = RedWait(session.on, tuple(session.baselines.items()))


def apply_session(state: State, plan: DayPlan, session: Session, today: date) -> None:
    """Store today's session; judge it at once where nothing can save it any more."""
    hamstring = session.share_of(Strand.HAMSTRING)
    share = hamstring or 0.0
    done = [
        any(
            session.covered.get(exercise) and EXERCISES[exercise].strand is strand
            for exercise in session.prescribed
            if exercise not in companions.EXTRAS
        )
        for strand in (Strand.TRUNK, Strand.GLUTEAL)
    ]
    companions.take_session(state, today, (plan.trunk, plan.gluteal), (done[0], done[1]))
    hopped = strand_replay.apply_energy(state, plan, session, today)
    if not (share or any(done) or (session.pain_during is not None and not hopped)):
        return
    dose = _dose_for(state, plan, session, today) if share else None
    made = _record(state, session, dose, share, today)
    made.hamstring = hamstring is not None
    made.companions = tuple(
        name for name, was in zip(("trunk", "gluteal"), done, strict=True) if was
    )
    made.load = seconds_under_tension(state.rules, made)
    _count(state, made, dose, today)
    state.records.append(made)
    while (today - state.records[0].on).days > MEMORY_DAYS:
        state.records.pop(0)
    state.pending = made
    if state.lock is not None and state.lock.began_with_symptoms(today):
        made.response = Response.STOP
        state.pending = None
    elif verdict.surely_red(made, state.rules):
        judgement = verdict.judge(made, state.rules, None, None, masked=False)
        _decide(state, made, judgement, today)


def _dose_for(state: State, plan: DayPlan, session: Session, today: date) -> Dose | None:
    """Return the dose today's session is measured by; None if it counts for its verdict only."""
    if session.light or plan.light or stopped(state, today) is not None:
        return None
    if session.step < bottom_step(state):  # the last session of the stage just left
        return None
    if plan.strength:
        return plan.dose
    waits = plan.kind is DayKind.TEST and new_test_needed(state)
    if waits or too_close(state, today, planned=False) is not None:
        return None
    return moved_day(state, plan, today).dose


def _record(
    state: State, session: Session, dose: Dose | None, share: float, today: date
) -> SessionRecord:
    return SessionRecord(
        on=today,
        step=session.step,
        share=share,
        **told(state, session, today),
        effort=session.effort,
        painkiller=session.painkiller,
        cut_short=session.cut_short,
        counts=dose is not None and session.step <= dose.step and not session.shared,
        light=session.light or (dose is None and state.flare is not None),
        done=session.covered,
        set_less=dose is not None and dose.set_less,
    )


def _count(state: State, made: SessionRecord, dose: Dose | None, today: date) -> None:
    """Move the clocks of spacing and gaps, and the step in force."""
    rules = state.rules
    if made.share == 0:
        return
    if state.last_loading != today and not rules.stages[LADDER[made.step].stage].daily:
        state.last_loading = today
        state.loading_days.append(today)
        del state.loading_days[:-10]
    if made.light or made.share < rules.share_counts:
        return
    if dose is not None:
        take_on(state, dose, made.step, today)
    if dose is not None:
        state.red_wait = None  # it was this session that waited (c3)
    state.last_session = today
    state.sessions_in_stage += 1


def close_day(state: State, page: Page, today: date, *, planned: bool) -> None:
    """Account for the day at its end; ``planned``: its plan was a loading session."""
    rules = state.rules
    sitting.take_day(state, page, today)
    unlogged.take(state, page, today)
    done = today in (state.last_session, state.energy.last_session)
    weight = _weight(state, today) if planned else 0.0
    if planned or done:
        state.planned_days.append((today, weight, done))
        window = rules.adherence_window_days
        while (today - state.planned_days[0][0]).days >= window:
            state.planned_days.pop(0)
    if state.stopped or state.flare is not None or state.prescriber_block:
        state.away_days += 1
    state.missed = planned and not done and not page.skipped and _counts(state, weight, today)


def _counts(state: State, weight: float, today: date) -> bool:
    """Return whether a session not done is a missed one; in daily work the week decides."""
    rules = state.rules
    if not state.plan.daily:
        return weight > 0
    week = [was for on, _w, was in state.planned_days if (today - on).days < rules.week_days]
    return len(week) >= rules.week_days and sum(week) < rules.isometric_days


def _weight(state: State, today: date) -> float:
    """Return what a planned day adds to the planned sessions (c10-26).

    A missed one is offered again on the next training day; it is still the same session
    (c10-27), so a week never plans more than its frequency.
    """
    rules, plan = state.rules, state.plan
    if plan.daily:
        return rules.isometric_days / rules.week_days
    counted = [on for on, weight, _done in state.planned_days if weight]
    week = sum(within(on, today, rules.week_days) for on in counted)
    spacing = 1 if plan.energy_per_week else plan.spacing_days
    apart = not counted or (today - counted[-1]).days >= spacing
    return 1.0 if apart and week < plan.planned_per_week + plan.energy_per_week else 0.0
