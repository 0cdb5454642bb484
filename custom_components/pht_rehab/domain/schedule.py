"""The hamstring strand's day: what kind it is, at which dose, and why (b1, c3, c7, c10-25..30).

Works from a ``State`` alone and changes nothing. planner.py adds the other strands.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from . import companions, flare
from .criteria import tests_due
from .model import DAY, DayKind, Reason, ReasonId, Stage, reason
from .morning import due_test, is_due, new_test_needed, retest_needed, told_scores
from .progression import Dose, blocks, next_dose
from .protocol import STEP_INDEX, StagePlan
from .records import RedWait
from .state import Flare, State, within
from .strand_steps import StrandDose


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """What one date asks.

    ``dose`` is None on days without hamstring work; ``light`` marks isometrics that neither
    count as a session nor towards a step. ``tests`` are capacity tests, ``morning_test`` the
    load test or None where none is asked. ``without_hops`` is a day of hops without them.
    """

    on: date
    kind: DayKind
    stage: Stage
    dose: Dose | None
    light: bool = False
    trunk: int | None = None
    gluteal: int | None = None
    tests: tuple[str, ...] = ()
    morning_test: str | None = None
    parity: int = 0
    reasons: tuple[Reason, ...] = ()
    energy: StrandDose | None = None
    run: StrandDose | None = None
    without_hops: DayPlan | None = None

    @property
    def exercises(self) -> bool:
        """Whether there is something to do today besides the morning check and a run."""
        return bool(self.dose or self.energy or self.trunk or self.gluteal or self.tests)

    @property
    def anything(self) -> bool:
        """Whether there is something to do today besides the morning check."""
        return self.exercises or self.run is not None

    @property
    def strength(self) -> bool:
        """Whether it is a loading day of the hamstring strand."""
        return self.kind is DayKind.LOADING and self.dose is not None


def hamstring_day(state: State, today: date, *, settled: bool) -> DayPlan:
    """Return the strand's own plan; ``settled``: the morning's score is in, or is late."""
    if (held := stopped(state, today) or _held(state, today)) is not None:
        return held
    if (off := day_off(state, today)) is not None:
        return _without_loading(state, today, DayKind.REST, off)
    if new_test_needed(state):
        why = reason(ReasonId.TEST_NEEDED, "new_stage", test=state.plan.load_test)
        return _without_loading(state, today, DayKind.TEST, why)
    if retest_needed(state, today):
        why = reason(ReasonId.TEST_NEEDED, "return", test=state.plan.load_test)
        return _without_loading(state, today, DayKind.TEST, why)
    return loading_day(state, today, settled=settled)


def is_strength(state: State, today: date) -> bool:
    """Return whether the hamstring strand alone would make ``today`` a loading day."""
    return not (
        stopped(state, today)
        or _held(state, today)
        or day_off(state, today)
        or new_test_needed(state)
        or retest_needed(state, today)
    )


def stopped(state: State, today: date) -> DayPlan | None:
    """Return the empty day of a lock, a pause or an illness, or None."""
    if state.lock is not None:
        id_ = ReasonId.LOCKED if state.lock.symptoms else ReasonId.RESCREEN
        return _empty(state, today, DayKind.LOCKED, reason(id_))
    if state.pause is not None:
        id_ = ReasonId.CLINICIAN if state.pause.clinical else ReasonId.PAUSED
        return _empty(state, today, DayKind.PAUSED, reason(id_, until=state.pause.until))
    if state.ill or (state.well_on is not None and today <= state.well_on):
        return _empty(state, today, DayKind.REST, reason(ReasonId.ILLNESS))
    return None


def _held(state: State, today: date) -> DayPlan | None:
    """Return the light day of a flare-up, a prescriber's hold or a RED wait, or None."""
    if state.flare is not None:
        return _flare_day(state, state.flare, today)
    if state.prescriber_block:
        return _light(state, today, reason(ReasonId.CONTACT_PRESCRIBER))
    if (waits := red_wait(state, today)) is None:
        return None
    if state.rest_on == today:
        return _without_loading(state, today, DayKind.REST, waits)
    return _light(state, today, waits)


def _morning_test(state: State, today: date) -> str | None:
    return due_test(state, today) if is_due(state, today) else None


def loading_day(state: State, today: date, *, settled: bool) -> DayPlan:
    """Return ``today`` as a loading day, whatever weekday it is."""
    held = blocks(state, today, settled=settled)
    if state.relapse_until is not None and today <= state.relapse_until:
        relapse = reason(ReasonId.RELAPSE, until=state.relapse_until)
        dose = Dose(state.relapse_step, state.relapse_sets_off, relapse, cut=state.cut_set)
    else:
        dose = next_dose(state, today, held, settled=settled)
    why = (dose.why,) if dose.why else tuple(held)
    trunk, gluteal = companions.due(state, today, loading=True, rises=dose.rises)
    return DayPlan(
        on=today,
        kind=DayKind.LOADING,
        stage=state.stage,
        dose=dose,
        trunk=trunk,
        gluteal=gluteal,
        tests=tests_due(state, today),
        morning_test=_morning_test(state, today),
        parity=state.sessions_in_stage % 2,
        reasons=why,
    )


def moved_day(state: State, plan: DayPlan, today: date) -> DayPlan:
    """Return the planned session moved to a day without one (c10-27).

    It does not rise beside hops or a run that do (c3).
    """
    rises = any(dose is not None and dose.rises for dose in (plan.energy, plan.run))
    return loading_day(state, today, settled=not rises)


def _empty(state: State, today: date, kind: DayKind, why: Reason) -> DayPlan:
    return DayPlan(
        on=today,
        kind=kind,
        stage=state.stage,
        dose=None,
        morning_test=_morning_test(state, today),
        reasons=(why,),
    )


def _without_loading(
    state: State, today: date, kind: DayKind, why: Reason, dose: Dose | None = None
) -> DayPlan:
    """Return a day of companions, and of light holds if a ``dose`` is given."""
    trunk, gluteal = companions.due(state, today, loading=False)
    if kind is DayKind.REST and (trunk or gluteal):
        kind = DayKind.LIGHT
    return DayPlan(
        on=today,
        kind=kind,
        stage=state.stage,
        dose=dose,
        light=dose is not None,
        trunk=trunk,
        gluteal=gluteal,
        morning_test=_morning_test(state, today),
        reasons=(why,),
    )


def without_strength(state: State, today: date, why: Reason) -> DayPlan:
    """Return ``today`` with the hamstring's loading put off."""
    return _without_loading(state, today, DayKind.REST, why)


def loaded_on(state: State, on: date) -> bool:
    """Return whether a strand was loaded on a date; the daily holds do not count."""
    strands = (state.loading_days, state.energy.days, state.running.days)
    return any(on in days for days in strands)


def _light(state: State, today: date, why: Reason) -> DayPlan:
    """Isometrics at RPE 4 or less while loading waits (c3)."""
    step = min(state.step, STEP_INDEX["I0.1"])
    return _without_loading(state, today, DayKind.LIGHT, why, Dose(step))


def _flare_day(state: State, going: Flare, today: date) -> DayPlan:
    trunk, _ = companions.due(state, today, loading=False)
    day = (today - going.started).days + 1  # told to a person, for whom day 0 (c5) is the first
    why = reason(ReasonId.FLARE_SETTLING, day=day, baseline=going.baseline)
    return replace(
        _empty(state, today, DayKind.LIGHT, why),
        dose=Dose(flare.dose(state, going, today)),
        light=True,
        trunk=trunk and 1,
    )


def red_wait(state: State, today: date) -> Reason | None:
    """Return why loading still waits after a RED, or None (c3, c10-29)."""
    return waiting(state, state.red_wait, state.rules.red_wait_days, today)


def waiting(state: State, wait: RedWait | None, days: int, today: date) -> Reason | None:
    """Return why a strand still waits: ``days`` dates, and a calm morning; None if it does not."""
    if wait is None:
        return None
    rules = state.rules
    until = wait.on + timedelta(days=days)
    if today < until:
        return reason(ReasonId.RED, "wait", until=until)
    latest: tuple[date, bool] | None = None
    for test, base in wait.baselines:
        calm = base + rules.red_wait_rise
        score = next((told for told in told_scores(state, test, calm) if told.on <= today), None)
        if score is None or score.on <= wait.on:
            continue
        if latest is None or score.on > latest[0]:
            latest = (score.on, score.pain <= calm)
    if latest is None or not (latest[1] or _asked_again(state, wait)):
        offered = wait.on + timedelta(days=rules.red_wait_unscored_days)
        return None if today >= offered else reason(ReasonId.RED, "unscored", until=offered)
    return None if latest[1] else reason(ReasonId.RED, "calm")


def _asked_again(state: State, wait: RedWait) -> bool:
    """Return whether a test of the RED is still asked; after a stage down it may not be."""
    return not {state.check_test, state.plan.load_test}.isdisjoint(dict(wait.baselines))


def day_off(state: State, today: date) -> Reason | None:
    """Return why today is no loading day by the week's rules, or None (c10-25, c10-26)."""
    plan = _frequency(state, today)
    if not plan.daily and today.weekday() not in state.training_days:
        return reason(ReasonId.REST_DAY)
    return too_close(state, today, planned=True)


def too_close(state: State, today: date, *, planned: bool) -> Reason | None:
    """Return why a loading session today is too close to the others, or None.

    ``planned``: by what the week plans; else by the most it allows.
    """
    plan = _frequency(state, today)
    last = state.last_loading
    if last is not None and last < today and (today - last).days < plan.spacing_days:
        return reason(ReasonId.SPACING, until=last + timedelta(days=plan.spacing_days))
    most = plan.planned_per_week if planned else plan.most_per_week
    if planned and _busy(state, today):
        most = min(most, state.rules.running.busy_week_strength)
    week = [
        on for on in state.loading_days if within(on, today, state.rules.week_days) and on < today
    ]
    if len(week) >= most:
        return reason(
            ReasonId.SPACING, "week", until=week[-most] + timedelta(days=state.rules.week_days)
        )
    return None


def _frequency(state: State, today: date) -> StagePlan:
    """Return whose week applies: after a relapse in maintenance, that of P3 (b4 P6)."""
    relapsed = state.relapse_until is not None and today <= state.relapse_until
    return state.rules.stages[Stage.HIP_FLEXION] if relapsed else state.plan


def _busy(state: State, today: date) -> bool:
    """Return whether so much was run in the week before today that strength has two days (b1)."""
    rules = state.rules
    runs = [on for on in state.running.days if within(on, today - DAY, rules.week_days)]
    return len(runs) >= rules.running.busy_week_runs and state.stage is Stage.HIP_FLEXION
