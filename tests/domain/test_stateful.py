# ruff: noqa: D102 -- steps named for what a person does, invariants for what holds
"""Months of random but lawful behaviour, and what must hold on every one of their days.

The limits are typed here once more from the clinical reference, so that a slip in the rules'
tables does not pass by agreeing with itself. ``LIVES=2000`` in the environment lives that many.
"""

import os
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, override

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.codec import decode, encode
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.decide import Decision
from custom_components.pht_rehab.domain.exercises import EXERCISES, Strand
from custom_components.pht_rehab.domain.forecast import project
from custom_components.pht_rehab.domain.model import (
    Band,
    DayKind,
    ReasonId,
    RehabError,
    Response,
    Stage,
)
from custom_components.pht_rehab.domain.overview import overview
from custom_components.pht_rehab.domain.protocol import LADDER
from tests.domain.builders import ANSWERS, EVENING, History, clock_time
from tests.domain.test_forecast import Life

pytestmark = pytest.mark.filterwarnings(
    "ignore:It looks like .register_random.:hypothesis.errors.HypothesisWarning"
)

LIVES = int(os.environ.get("LIVES", "0"))

CAPS = {"I0": 20, "I1": 30, "S2": 30, "S3.a": 70, "S3.b": 90}  # (b1) degrees of loaded hip flexion
PASSING = {"I0": 50, "I1": 50, "S2": 50}  # (b1, c10) what a slow bridge may pass through
LEAST_DAYS = {Stage.SETTLE: 2, Stage.ISOMETRIC: 2}  # (c3) between two steps up; else 4
STRICT_DAYS = 7  # (c5) after a flare-up, the day of resuming the first
SETTLING_DAYS = 10  # (b4 P0) strict at least so long
DEEDS = 2
DAILY = {Stage.SETTLE, Stage.ISOMETRIC}
SPACED = 2  # (b1) days from one loading session to the next
ALWAYS = 7  # days within which something is allowed, unless locked or paused
STAGES = (
    "settle", "isometric", "isotonic", "hip_flexion", "energy_storage", "return_to_sport",
    "maintenance",
)  # fmt: skip
APART = {"energy": 3, "running": 2}  # (b1, d2) dates between hops, between runs
MOST = {"energy": 2, "running": 4}  # a week
ORDER = tuple(Stage)

scores = st.sampled_from([0, 0.5, 1, 1, 1, 1, 2, 2, 3, 4, 6, 9])
shares = st.sampled_from([100, 100, 100, 80, 40])
maybe = st.sampled_from([None, None, None, 1, 3, 6])


class Months(RuleBasedStateMachine):
    """One person and one programme; every rule is something they may do on the day it is."""

    @initialize(
        stage=st.sampled_from(STAGES),
        days=st.sampled_from([("mon", "thu"), ("mon", "wed", "fri"), ("tue", "thu", "sat", "sun")]),
        goal=st.sampled_from(["everyday", "running", "sport"]),
        pain=st.sampled_from([0, 1, 3, 5]),
    )
    def begin(self, stage: str, days: tuple[str, ...], goal: str, pain: float) -> None:
        """Set up."""
        self.life = History(stage=stage, days=days, goal=goal, morning_pain=pain)
        self.day = 0
        self.stage = Stage(stage)
        self.confirmed = True
        self.chosen = True
        self.promise: date | None = None
        self.step = -1
        self.raised: date | None = None
        self.flared = False
        self.strict_until: date | None = None
        self.deeds = 0

    def record(self, make: Callable[..., Decision], clock: str = EVENING, **said: Any) -> bool:
        """Record something, or be told why not; a refusal changes nothing.

        After a few of them the day is over: so a life is months and not one long day.
        """
        if self.deeds >= DEEDS:
            self.time_passes(1)
        self.deeds += 1
        before = dict(self.life.course.facts)
        try:
            self.life.take(make(self.life.course, self.life.moment(self.day, clock), **said))
        except RehabError as error:
            refused = bool(error.key)
        else:
            return True
        assert refused
        assert self.life.course.facts == before
        return False

    def past_changed(self) -> None:
        """Forget what was promised and what was seen: it was of another past."""
        self.flared, self.strict_until = False, None
        self.promise = None
        self.chosen = self.confirmed = True

    # What a person may do

    @rule(pain=scores, after=maybe, rest=maybe, masked=st.sampled_from([False, False, True]))
    def morning(self, pain: float, after: float | None, rest: float | None, masked: bool) -> None:  # noqa: FBT001
        self.record(
            decide.log_morning_check,
            "07:10",
            pain=pain,
            pain_after=after,
            rest_pain=rest,
            sitting_minutes=60,
            night_waking=False,
            painkiller=masked,
        )

    @rule(pain=st.one_of(scores, st.none()), after=maybe, share=shares)
    def session(self, pain: float | None, after: float | None, share: float) -> None:
        if self.life.at(self.day).plan.anything:
            self.record(
                decide.log_session, pain_during=pain, pain_after=after, completed=share, effort=7
            )

    @rule(
        pain=st.one_of(scores, st.none()),
        minutes=st.sampled_from([5, 20, 30, 45]),
        hills=st.sampled_from([False, False, True]),
    )
    def run(self, pain: float | None, minutes: float, hills: bool) -> None:  # noqa: FBT001
        if self.life.at(self.day).plan.run is not None or minutes == 5:
            self.record(decide.log_run, minutes=minutes, pain_during=pain, hills=hills)

    @rule(step=st.sampled_from(["R1", "R9", "R10", "R14", "R17", "E2", "E3"]))
    @precondition(lambda self: self.day % 5 == 4)
    def choose_strand(self, step: str) -> None:
        stage = self.life.state(self.day).stage.value
        if self.record(decide.set_stage, "13:00", stage=stage, dose_step=step):
            self.past_changed()

    @rule(back=st.integers(1, 14), pain=scores)
    def late_run(self, back: int, pain: float) -> None:
        on = self.life.on(self.day - back)
        if self.record(decide.log_run, minutes=15, pain_during=pain, on=on):
            self.past_changed()

    @rule()
    def thrive(self) -> None:
        if self.life.at(self.day).page.session is None:
            self.life.thrive_on(self.day)

    @rule(days=st.integers(1, 14))
    def all_goes_well(self, days: int) -> None:
        for _ in range(days):
            test = self.life.at(self.day, "06:00").plan.morning_test
            if test is not None and test not in self.life.at(self.day).state.today_scores:
                self.life.morning(self.day, 1, rest=0, sitting=60, night=False, clock="07:05")
            self.thrive()
            self.time_passes(1)

    @rule()
    def tick(self) -> None:
        for item in self.life.overview(self.day).items[:1]:
            self.record(decide.tick, exercise=item.prescribed.id)

    @rule(pain=scores)
    def score(self, pain: float) -> None:
        self.record(decide.score_session, pain=pain)

    @rule(back=st.integers(1, 14), pain=scores)
    def late_session(self, back: int, pain: float) -> None:
        on = self.life.on(self.day - back)
        if self.record(decide.log_session, pain_during=pain, on=on):
            self.past_changed()

    @rule(back=st.integers(1, 14), pain=scores)
    def late_morning(self, back: int, pain: float) -> None:
        if self.record(decide.log_morning_check, pain=pain, on=self.life.on(self.day - back)):
            self.past_changed()

    @rule(which=st.integers(0, 30))
    def take_back(self, which: int) -> None:
        facts = list(self.life.course.facts)
        if self.record(decide.void_entry, log_id=facts[-1 - which % len(facts)]):
            self.past_changed()

    @rule(days=st.integers(1, 12))
    def pause(self, days: int) -> None:
        self.record(decide.pause, until=self.life.on(self.day + days))
        self.past_changed()

    @rule()
    def skip(self) -> None:
        self.record(decide.skip_session)

    @rule(anyway=st.sampled_from([False, False, False, True]))
    def progress(self, anyway: bool) -> None:  # noqa: FBT001
        if self.record(decide.progress, "13:00", anyway=anyway, reason="my wish"):
            self.past_changed()

    @precondition(lambda self: self.day % 9 == 8)
    @rule(stage=st.sampled_from(STAGES))
    def choose(self, stage: str) -> None:
        if self.record(decide.set_stage, "13:00", stage=stage):
            self.past_changed()

    @rule(event=st.sampled_from(["illness_started", "illness_ended", "long_sitting", "injection"]))
    @precondition(lambda self: self.day % 7 == 6)
    def happens(self, event: str) -> None:
        self.record(decide.log_event, "10:00", event=event)
        self.past_changed()

    @rule(sure=st.integers(0, 10))
    @precondition(lambda self: self.day % 7 == 3)
    def looks_back(self, sure: int) -> None:
        told = ANSWERS | {"morning_mean": 2, "bridge_reps": 8, "confidence": sure}
        self.record(decide.log_weekly_check, "19:00", **told)

    @rule(days=st.sampled_from([("mon", "thu"), ("tue", "thu", "sat"), ("wed",)]))
    @precondition(lambda self: self.day % 11 == 10)
    def other_days(self, days: tuple[str, ...]) -> None:
        self.record(decide.change_options, "10:00", training_days=days)
        self.past_changed()

    @rule(symptom=st.sampled_from([(), ("slow_healing",), ("swollen_calf",)]))
    @precondition(lambda self: self.day % 13 == 12)
    def symptoms(self, symptom: tuple[str, ...]) -> None:
        self.record(decide.report_symptoms, "10:00", symptoms=symptom)
        self.past_changed()

    @rule()
    def cleared(self) -> None:
        if self.record(decide.unlock, "10:00", reason="seen by a clinician"):
            self.past_changed()

    @rule(days=st.sampled_from([1, 1, 1, 1, 1, 2, 6, 20]))
    def time_passes(self, days: int) -> None:
        for _ in range(days):
            self.close()
            self.day += 1
            self.deeds = 0
            self.the_plan_is_inside_its_limits()

    # What must hold

    def close(self) -> None:
        """Look at the day that ends: how the dose rose, and what it had been promised."""
        now = self.life.at(self.day)
        state, plan = now.state, now.plan
        today = self.life.on(self.day)
        if ORDER.index(state.stage) > ORDER.index(self.stage):
            why = state.last_change
            anew = why is not None and why.id is ReasonId.PLACED  # (c7) after a long absence
            assert self.confirmed or anew
        self.stage, self.confirmed = state.stage, False
        if not self.chosen and self.step >= 0 and state.step > self.step:
            least = LEAST_DAYS.get(LADDER[self.step].stage, 4)
            returned = state.last_change is not None and state.last_change.id == "gap_repeat"
            assert returned or self.raised is None or (today - self.raised).days >= least
            assert state.step - self.step <= 2
            assert self.promise is None or today >= self.promise
            assert now.page.session is not None
        if self.chosen:
            self.raised = None  # not known any more
        elif state.step > self.step:
            self.raised = today
        if self.flared and state.flare is None and state.lock is None:
            self.strict_until = today + timedelta(days=STRICT_DAYS - 1)
        self.flared = state.flare is not None
        self.step, self.chosen = state.step, False
        self.promise = self.life.overview(self.day).next_progression
        for record in state.sessions()[-3:]:
            assert (
                plan.dose is None
                or record.response is not Response.AWAITING
                or (record.on >= today - timedelta(days=1))
            )

    @invariant()
    def the_plan_is_inside_its_limits(self) -> None:
        now = self.life.at(self.day)
        view = self.life.overview(self.day)
        plan, state = now.plan, now.state
        days = view.days_to_next_progression
        assert days is None or days >= 0
        assert view.explanation.reasons
        if plan.kind in {DayKind.LOCKED, DayKind.PAUSED}:
            assert not view.items
        for item in view.items:
            if item.prescribed.strand is Strand.HAMSTRING:
                self.hip_flexion(plan, item.prescribed)
        if plan.kind is DayKind.LOADING and now.page.session is None:
            assert state.flare is None
            assert state.lock is None
            assert state.pause is None
            assert not state.prescriber_block
            if plan.strength:
                self.spacing(plan, state)
        self.strands(now)
        self.strictness(state, view.explanation.band)

    def strictness(self, state: Any, band: Band) -> None:
        """Strict in a flare-up, seven days after, early in P0; known by the dates alone."""
        today = self.life.on(self.day)
        after = self.strict_until is not None and today <= self.strict_until
        settling = state.stage is Stage.SETTLE
        early = settling and (today - state.stage_since).days < SETTLING_DAYS
        if state.flare is not None or after or early:
            assert band is Band.STRICT

    @staticmethod
    def hip_flexion(plan: Any, item: Any) -> None:
        step = LADDER[plan.dose.step].id
        cap = CAPS.get(step[:4], CAPS.get(step[:2]))
        peak = EXERCISES[item.id].peak_hip_flexion
        if cap is None or peak <= max(cap, PASSING.get(step[:2], 0)):
            return
        assert item.range_limit is not None, (step, item.id)
        assert item.range_limit <= cap

    def strands(self, now: Any) -> None:
        """Hops and runs: not in a flare-up, spaced, never three days in a row, one step at most."""
        plan, state, today = now.plan, now.state, self.life.on(self.day)
        doses = {"energy": plan.energy, "running": plan.run}
        if now.page.session is not None or now.page.run is not None:
            return  # the plan is that of the morning
        for name, dose in doses.items():
            if dose is None:
                continue
            assert state.flare is None
            assert state.pause is None
            assert state.lock is None
            assert not state.prescriber_block
            assert not state.no_impact
            strand = getattr(state, name)
            done = [on for on in strand.days if on < today]
            assert not done or (today - done[-1]).days >= APART[name]
            assert sum((today - on).days < 7 for on in done) < MOST[name]
            assert dose.step <= (strand.step or 0) + 1 or strand.kept
            assert not dose.rises or (strand.step or 0) == 0 or strand.streak >= 2
        loaded = [
            any(
                record.on == today - timedelta(days=back)
                for records in state.strands()
                for record in records
                if record.strand is not Strand.HAMSTRING
                or (record.share and not record.light and LADDER[record.step].stage not in DAILY)
            )
            for back in (1, 2)
        ]
        active = state.running.step is not None or state.energy.step is not None
        if all(loaded) and active:
            assert doses == {"energy": None, "running": None}
        rising = [
            plan.dose is not None and plan.strength and plan.dose.rises,
            *(dose is not None and dose.rises for dose in doses.values()),
        ]
        assert sum(rising) <= 1
        if rising[0] and state.running.raised_on is not None:
            assert (today - state.running.raised_on).days >= 3
        if rising[2] and state.raised_on is not None:
            assert (today - state.raised_on).days >= 3

    def spacing(self, plan: Any, state: Any) -> None:
        if plan.stage in DAILY:
            return
        done = [
            record.on
            for record in state.sessions()
            if record.share and record.on < plan.on and LADDER[record.step].stage not in DAILY
        ]
        assert not done or (plan.on - done[-1]).days >= SPACED
        week = [on for on in done if (plan.on - on).days < 7]
        assert len(week) <= 3

    @invariant()
    def something_is_always_allowed(self) -> None:
        if self.day % 4:
            return
        today = self.life.on(self.day)
        days = list(
            project(self.life.course, today, today + timedelta(days=ALWAYS), check_open=True)
        )
        stopped = [
            day
            for day in days
            if day.plan.kind in {DayKind.LOCKED, DayKind.PAUSED}
            or (day.plan.reasons and day.plan.reasons[0].id == "illness")
        ]
        assert stopped or any(day.plan.anything for day in days)

    @override
    def teardown(self) -> None:
        """At the end: replayed in any order it is the same, and the forecast comes true."""
        if not hasattr(self, "life"):
            return
        course = self.life.course
        stored = [encode(fact) for fact in course.facts.values()]
        now = self.life.moment(self.day, EVENING).now
        live = overview(course, now)
        assert overview(Course([decode(entry) for entry in stored]), now) == live
        assert overview(Course([decode(entry) for entry in reversed(stored)]), now) == live
        assert course.today(self.life.on(self.day), clock_time(EVENING)).plan == live.plan
        if not live.standing.paused:  # then nothing is promised
            assert Life(self.life, self.day + 1, self.day + 21).wrong() == []


def test_months_of_anything_lawful() -> None:
    chosen = settings(
        max_examples=LIVES or 20,
        stateful_step_count=120 if LIVES else 80,
        deadline=None,
        derandomize=not LIVES,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Months, settings=chosen)
