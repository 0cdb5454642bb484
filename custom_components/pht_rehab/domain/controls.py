"""What a person decides or reports beside sessions and scores: settings, events, locks, stages."""

from dataclasses import replace
from datetime import date, timedelta

from . import sitting, stagnation, strand_steps
from .adopted import rules_of
from .facts import (
    EventLogged,
    Paused,
    ProtocolAdopted,
    Resumed,
    RulesAdopted,
    SetUp,
    SideAdded,
    StageConfirmed,
    StageSet,
    SymptomsReported,
    Unlocked,
)
from .model import Goal, ReasonId, Stage, reason
from .page import Control, Page
from .protocol import FIRST_STEP, LOAD_TESTS, STEP_INDEX, below, next_stage
from .records import StrandState
from .rules import RULES
from .screening import GUIDED, IMPACT, PRESCRIBER, Irritability, locking, place
from .state import Lock, Pause, Score, State, within
from .steps import enter_stage, gap_days, in_force, set_back, steps_below
from .strand_steps import put
from .strands import ENERGY_INDEX, RUN_INDEX

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLINICAL_EVENTS = frozenset({"injection", "shockwave", "surgery"})
HOLDING_EVENTS = CLINICAL_EVENTS | {"fluoroquinolone"}
"""(c8) what is reported and holds the programme, whole or in part."""


def begin(fact: SetUp) -> State:
    """Return the state a programme starts in: placed by (b3), or where the user chose."""
    rules = RULES[fact.rules_version]
    irritable = Irritability(
        rest_pain=fact.rest_pain,
        sitting_minutes=fact.sitting_minutes,
        lasting_symptoms=fact.lasting_symptoms,
    )
    stage, step = place(rules, irritable, fact.morning_pain, fact.tests)
    if fact.stage is not None:
        stage = Stage(fact.stage)
        step = FIRST_STEP[stage]
    own = rules.stages[stage].load_test
    scores = {LOAD_TESTS[0]: fact.morning_pain} | fact.tests
    scores.setdefault(own, fact.morning_pain)
    state = State(
        day=fact.on,
        rules=rules,
        goal=Goal(fact.goal),
        training_days=weekdays(fact.training_days),
        equipment=frozenset(fact.equipment),
        stage=stage,
        stage_since=fact.on,
        step=step,
        entry=fact.on,
        slow="slow_healing" in fact.symptoms,
        clinician_guided=not GUIDED.isdisjoint(fact.symptoms),
        prescriber_block=not PRESCRIBER.isdisjoint(fact.symptoms),
        no_impact=not IMPACT.isdisjoint(fact.symptoms),
        running_minutes=fact.running_minutes,
        placed_on=fact.on if fact.stage is None else None,
        scores={
            test: [Score(fact.on, pain, in_baseline=True, in_drift=True)]
            for test, pain in scores.items()
        },
        first_score={below(own): fact.morning_pain} | scores,
        no_green_since=fact.on,
        screened=fact.on,
        last_change=reason(ReasonId.PLACED if fact.stage is None else ReasonId.CHOSEN),
    )
    _take_answers(state, fact)
    return state


def _take_answers(state: State, fact: SetUp) -> None:
    """Take in the answers that are the first of many reports."""
    _begin_strands(state, fact)
    if fact.rest_pain is not None:
        state.rest_pain = (fact.on, fact.rest_pain)
        state.usual_rest = [fact.rest_pain]
    if fact.sitting_minutes is not None:
        state.sitting = [(fact.on, fact.sitting_minutes)]
        sitting.begin(state, fact.sitting_minutes)


def _begin_strands(state: State, fact: SetUp) -> None:
    """Start hops and runs as stage and goal have them (c10-1, d1)."""
    if state.stage is Stage.ENERGY_STORAGE:
        state.strength_top = state.step
    _aim(state, state.goal)
    state.running.kept = fact.running_now is True and state.running.step is not None
    if state.plan.energy_per_week:
        put(state.energy, 0)


def _aim(state: State, goal: Goal) -> None:
    """Take on a goal; running belongs to every goal but everyday life (b4)."""
    state.goal = goal
    if goal is Goal.EVERYDAY:
        put(state.running, None)
        state.running.kept = False
    elif state.running.step is None:
        put(state.running, 0)


def weekdays(names: tuple[str, ...]) -> frozenset[int]:
    """Return the weekdays (Monday 0) behind their names."""
    return frozenset(WEEKDAYS.index(name) for name in names)


def apply_settings(state: State, page: Page) -> None:
    """Apply changed options and editions of the rules, in force from this date on."""
    for fact in page.settings:
        if isinstance(fact, ProtocolAdopted):
            state.rules = rules_of(fact.content, fact.rules_version)
            continue
        if isinstance(fact, RulesAdopted):
            state.rules = RULES[fact.rules_version]
            continue
        if fact.goal is not None:
            _aim(state, Goal(fact.goal))
        if fact.training_days is not None:
            state.training_days = weekdays(fact.training_days)
        if fact.equipment is not None:
            state.equipment = frozenset(fact.equipment)


def apply_event(state: State, fact: EventLogged, today: date) -> None:
    """Apply an event that changes the programme (c7, c8); the others only explain."""
    match fact.event:
        case "illness_started":
            state.ill = True
        case "illness_ended":
            state.ill = False
            state.well_on = today + timedelta(days=state.rules.fever_free_days - 1)
        case "fluoroquinolone":
            state.prescriber_block = True
        case "pregnancy":
            state.clinician_guided = True
        case event if event in CLINICAL_EVENTS:
            state.pause = Pause(today, None, clinical=True)
        case _:
            pass


def apply_control(state: State, fact: Control, today: date) -> None:
    """Apply what the person decided or reported."""
    match fact:
        case SymptomsReported():
            _report(state, fact, today)
        case Unlocked():
            _unlock(state, today)
        case Paused():
            clinical = state.pause is not None and state.pause.clinical
            state.pause = Pause(today, fact.until, clinical=clinical)
        case Resumed():
            _resume(state, today)
        case StageConfirmed():
            _advance(state, Stage(fact.stage), today)
        case SideAdded():
            state.two_sided = True
        case _:
            _choose(state, fact, today)


def _unlock(state: State, today: date) -> None:
    """Lift one hold, the most urgent: nothing says what else the clinician has looked at (g1)."""
    if (lock := state.lock) is not None:
        state.lock, state.entry = None, state.entry if lock.symptoms else today
    elif state.prescriber_block:
        state.prescriber_block = False
    else:
        state.no_impact = False
    if not state.stopped:
        stagnation.absence(state, today)


def _report(state: State, fact: SymptomsReported, today: date) -> None:
    state.screened = today
    state.reviews.pop("screening", None)
    if locks := locking(fact.symptoms):
        known = state.lock or Lock(today, ())
        state.lock = replace(known, symptoms=tuple(dict.fromkeys((*known.symptoms, *locks))))
    state.prescriber_block |= not PRESCRIBER.isdisjoint(fact.symptoms)
    state.no_impact |= not IMPACT.isdisjoint(fact.symptoms)
    state.clinician_guided |= not GUIDED.isdisjoint(fact.symptoms)
    state.slow |= "slow_healing" in fact.symptoms


def _advance(state: State, stage: Stage, today: date) -> None:
    """Go up one stage. One that is not the next above is left alone: the past was corrected."""
    if next_stage(state.stage, state.goal) is not stage:
        return
    before = state.step
    state.placed_on = state.red_wait = None
    state.passed[state.stage] = (today, before)
    # Strength stays where it is beside hops, also for whoever goes there before S3.c (c10-1).
    keeps = stage is Stage.ENERGY_STORAGE
    enter_stage(state, stage, state.step if keeps else FIRST_STEP[stage], today)
    if state.step > before:  # one ladder: a step up for the other strands too (c3, c10-1)
        state.raised_on = today
    state.last_change = reason(ReasonId.STAGE_UP, step=state.dose.id)


def _choose(state: State, fact: StageSet, today: date) -> None:
    """Go where the person chose; that is not reduced by what lies before."""
    stage, name = Stage(fact.stage), fact.dose_step
    if name is not None and name in RUN_INDEX:
        _choose_strand(state, state.running, RUN_INDEX[name], today)
        return
    if name is not None and name in ENERGY_INDEX:
        _choose_strand(state, state.energy, ENERGY_INDEX[name], today)
        if stage is state.stage:
            return
        name = None
    enter_stage(state, stage, STEP_INDEX[name] if name else FIRST_STEP[stage], today)
    state.placed_on = state.red_wait = None
    state.gap_from = today
    state.last_change = reason(ReasonId.CHOSEN, step=state.dose.id)


def _choose_strand(state: State, strand: StrandState, step: int, today: date) -> None:
    put(strand, step)
    strand.kept = strand.waits_for_green = False
    strand.red_wait = None
    strand.gap_from = today
    state.last_change = strand.last_change = reason(ReasonId.CHOSEN, step=strand.step_id)


def expire_pause(state: State, today: date) -> None:
    """End a pause on its first day back."""
    if state.pause is not None and state.pause.until is not None and state.pause.until <= today:
        _resume(state, today)


def _resume(state: State, today: date) -> None:
    """End a pause; what the absence asks holds for a session on this very day already."""
    clinical = state.pause is not None and state.pause.clinical
    state.pause = None
    if clinical:
        _restart(state, today)
    stagnation.absence(state, today)


def _restart(state: State, today: date) -> None:
    """After a clinical pause start two steps lower, strict for 14 days (c8).

    Of this and what the gap table takes off for the same absence the larger counts (c10-6).
    """
    rules = state.rules
    step = steps_below(in_force(state), rules.event_steps_down)
    days = gap_days(state, today)
    if days >= rules.gap_stage_down_days and not state.plan.daily:
        step = min(step, STEP_INDEX[state.plan.landing])
    if days < rules.gap_rescreen_days:
        state.gap_from = today
    set_back(state, step, today)
    strand_steps.resume(state, today)
    state.strict_until = today + timedelta(days=rules.event_strict_days - 1)
    state.last_change = reason(
        ReasonId.CLINICIAN, "restart", step=state.dose.id, until=state.strict_until
    )


def rescreened(state: State, today: date) -> None:
    """After a long absence place anew, once screening and a morning score are in (c7)."""
    lock = state.lock
    if lock is None or lock.symptoms or state.screened is None or state.screened < lock.since:
        return
    latest = {
        test: scores[-1] for test, scores in state.scores.items() if scores[-1].on >= lock.since
    }
    if not latest:
        return
    easiest = min(latest, key=LOAD_TESTS.index)
    rules = state.rules
    valid = rules.report_valid_days

    def told(value: tuple[date, float] | None) -> float | None:
        return value[1] if value is not None and within(value[0], today, valid) else None

    irritable = Irritability(
        rest_pain=told(state.rest_pain),
        sitting_minutes=told(state.sitting[-1] if state.sitting else None),
        night_waking=bool(told(state.night_waking)),
    )
    stage, step = place(
        rules, irritable, latest[easiest].pain, {test: s.pain for test, s in latest.items()}
    )
    state.lock = state.red_wait = None
    state.entry = state.placed_on = today
    enter_stage(state, stage, step, today)
    state.last_change = reason(ReasonId.PLACED, step=state.dose.id)
