# ruff: noqa: D102 -- short methods named for what they tell, with the fields of a form
"""Case histories for the tests of the rules, told day by day as a person would live them.

Every entry goes through ``decide``, so a session carries the dose step its plan showed. Days
count from the start, day 0, which is a Monday unless a test says otherwise.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.both import shares_of
from custom_components.pht_rehab.domain.course import Course, Today
from custom_components.pht_rehab.domain.criteria import check, gate
from custom_components.pht_rehab.domain.decide import Decision, Moment
from custom_components.pht_rehab.domain.facts import Fact, SetUp
from custom_components.pht_rehab.domain.model import DayKind, Response
from custom_components.pht_rehab.domain.overview import Overview, overview
from custom_components.pht_rehab.domain.protocol import LADDER
from custom_components.pht_rehab.domain.records import SessionRecord
from custom_components.pht_rehab.domain.schedule import DayPlan
from custom_components.pht_rehab.domain.state import State
from custom_components.pht_rehab.domain.strands import RUNS

START = date(2026, 1, 5)
EVENING = "20:00"
ANSWERS: dict[str, Any] = {
    "longest_sitting": 45,
    "worst_pain": 3,
    "bending_pain": 2,
    "walking_pain": 1,
    "activity_share": 60,
    "hardest_activity": "moderate",
    "confidence": 7,
    "disturbed_nights": 1,
}
"""A weekly check without what the log may give: 8 + 7 + 8 + 9 + 6 + 6 + 7 + 7 = 58 points."""

BEST: dict[str, Any] = {
    "longest_sitting": 90,
    "worst_pain": 1,
    "bending_pain": 0,
    "walking_pain": 0,
    "activity_share": 90,
    "hardest_activity": "everything",
    "confidence": 9,
    "disturbed_nights": 0,
}


NOTHING: Mapping[str, float] = {}


def clock_time(clock: str) -> time:
    return time.fromisoformat(clock)


class History:
    """One person's programme, told in the order things were typed in."""

    def __init__(
        self,
        *,
        start: date = START,
        stage: str | None = "isotonic",
        step: str | None = None,
        days: Sequence[str] = ("mon", "wed", "fri"),
        goal: str = "everyday",
        morning_pain: float = 1,
        rest_pain: float | None = None,
        sitting: float | None = None,
        lasting: bool | None = None,
        tests: dict[str, float] | None = None,
        symptoms: Sequence[str] = (),
        running: bool | None = None,
        running_minutes: float | None = None,
        equipment: Sequence[str] = (),
        base: float | None = None,
        side: str = "left",
        both: bool = False,
    ) -> None:
        """Set up on day 0; ``stage`` None leaves it to placement, ``base`` is the calm score.

        ``both``: the other side is followed too, from the same answers.
        """
        self.base = morning_pain if base is None else base
        self.start = start
        self.last = -1
        self.ids: list[str] = []
        self._typed = 0
        self.course = Course(
            [
                SetUp(
                    log_id="set-up",
                    on=start,
                    logged_at=self.moment(0, "06:00").now,
                    side=side,
                    goal=goal,
                    training_days=tuple(days),
                    session_time="18:00",
                    morning_time="07:00",
                    rules_version=1,
                    morning_pain=morning_pain,
                    equipment=tuple(equipment),
                    symptoms=tuple(symptoms),
                    clinician_confirmed=True,
                    rest_pain=rest_pain,
                    sitting_minutes=sitting,
                    lasting_symptoms=lasting,
                    running_now=running,
                    running_minutes=running_minutes,
                    tests=dict(tests or {}),
                    stage=stage,
                )
            ]
        )
        if both:
            self.follow(
                0,
                morning_pain,
                rest_pain=rest_pain,
                sitting_minutes=sitting,
                lasting_symptoms=lasting,
                running_now=running,
                running_minutes=running_minutes,
                tests=dict(tests or {}),
                stage=stage,
            )
        if step is not None:
            assert stage is not None
            self.set_stage(0, stage, step)

    # Telling

    def on(self, day: int) -> date:
        return self.start + timedelta(days=day)

    def moment(self, day: int, clock: str) -> Moment:
        self._typed += 1
        local = datetime.combine(self.on(day), clock_time(clock), UTC)
        return Moment(local + timedelta(milliseconds=self._typed), self._new_id)

    def _new_id(self) -> str:
        self._typed += 1
        return f"entry-{self._typed:05d}"

    def take(self, decision: Decision) -> Self:
        """Store what was decided; ``ids`` keeps the entries for ``void``."""
        for fact in decision.facts:
            self.course.add(fact)
        if decision.log_id is not None:
            self.ids.append(decision.log_id)
        return self

    def follow(self, day: int, morning_pain: float, **answers: object) -> Self:
        """Follow the other side too, from a day on."""
        side = "right" if self.course.set_up.side == "left" else "left"
        moment = self.moment(day, "06:00" if day == 0 else "06:30")
        on = self.on(day)
        return self.take(
            decide.add_side(
                self.course, moment, on, side=side, morning_pain=morning_pain, **answers
            )
        )

    def add(self, *facts: Fact) -> Self:
        for fact in facts:
            self.course.add(fact)
            self.ids.append(fact.log_id)
        return self

    def session(
        self,
        day: int,
        pain: float | None = 1,
        after: float | None = None,
        effort: float | None = None,
        done: float = 100,
        *,
        painkiller: bool = False,
        cut_short: bool = False,
        step: str | None = None,
        exercises: Sequence[str] | None = None,
        typed: int | None = None,
        clock: str = EVENING,
        side: str | None = None,
    ) -> Self:
        """Report a session; ``typed`` is the day it was typed in, if later."""
        self.last = max(self.last, day)
        return self.take(
            decide.log_session(
                self.course,
                self.moment(day if typed is None else typed, clock),
                pain_during=pain,
                pain_after=after,
                effort=effort,
                completed=done,
                exercises=exercises,
                painkiller=painkiller,
                cut_short=cut_short,
                on=self.on(day),
                dose_step=step,
                side=side,
            )
        )

    def run(
        self,
        day: int,
        minutes: float | None = None,
        pain: float | None = 1,
        after: float | None = None,
        *,
        hills: bool | None = None,
        fast: bool | None = None,
        painkiller: bool = False,
        clock: str = "17:00",
        side: str | None = None,
    ) -> Self:
        """Report a run; what is left out is as planned."""
        self.last = max(self.last, day)
        dose = self.at(day, clock).plan.run
        step = RUNS[dose.step] if dose is not None and not dose.easy else RUNS[0]
        if minutes is None:
            minutes = dose.minutes if dose is not None and dose.minutes is not None else 40
        return self.take(
            decide.log_run(
                self.course,
                self.moment(day, clock),
                minutes=minutes,
                pain_during=pain,
                pain_after=after,
                hills=step.hills if hills is None else hills,
                fast=step.fast if fast is None else fast,
                painkiller=painkiller,
                on=self.on(day),
                side=side,
            )
        )

    def morning(
        self,
        day: int,
        pain: float | None = None,
        *,
        after: float | None = None,
        rest: float | None = None,
        sitting: float | None = None,
        night: bool | None = None,
        painkiller: bool = False,
        typed: int | None = None,
        clock: str = "07:00",
        side: str | None = None,
    ) -> Self:
        """Report a morning's load test; without a score the calm one."""
        self.last = max(self.last, day)
        return self.take(
            decide.log_morning_check(
                self.course,
                self.moment(day if typed is None else typed, clock),
                pain=self.base if pain is None else pain,
                pain_after=after,
                rest_pain=rest,
                sitting_minutes=sitting,
                night_waking=night,
                painkiller=painkiller,
                on=self.on(day),
                side=side,
            )
        )

    def mornings(self, first: int, *pains: float | None) -> Self:
        """Report consecutive mornings; None leaves one out."""
        for day, pain in enumerate(pains, first):
            if pain is not None:
                self.morning(day, pain)
        return self

    def test(
        self,
        day: int,
        test: str,
        value: float | None = None,
        *,
        other: float | None = None,
        pain: float | None = None,
        painkiller: bool = False,
        clock: str = EVENING,
        side: str | None = None,
    ) -> Self:
        return self.take(
            decide.log_test(
                self.course,
                self.moment(day, clock),
                test=test,
                value=value,
                other_side=other,
                pain=pain,
                painkiller=painkiller,
                on=self.on(day),
                side=side,
            )
        )

    def event(
        self, day: int, event: str, minutes: float | None = None, *, about: int | None = None
    ) -> Self:
        """Report an event on a day, ``about`` an earlier one if told."""
        return self.take(
            decide.log_event(
                self.course,
                self.moment(day, "10:00"),
                event=event,
                minutes=minutes,
                on=self.on(day if about is None else about),
            )
        )

    def weekly(self, day: int, clock: str = EVENING, **answers: object) -> Self:
        """Report a weekly check: the calm answers, with those given in their place."""
        moment = self.moment(day, clock)
        told = {**ANSWERS, **answers}
        given = {name: value for name, value in told.items() if value is not None}
        return self.take(decide.log_weekly_check(self.course, moment, on=self.on(day), **given))

    def visa_h(self, day: int, total: float) -> Self:
        moment = self.moment(day, EVENING)
        return self.take(
            decide.log_weekly_check(self.course, moment, on=self.on(day), visa_h_total=total)
        )

    def symptoms(self, day: int, *symptoms: str, clock: str = "10:00") -> Self:
        moment = self.moment(day, clock)
        return self.take(decide.report_symptoms(self.course, moment, symptoms=symptoms))

    def unlock(self, day: int, reason: str = "cleared") -> Self:
        return self.take(decide.unlock(self.course, self.moment(day, "10:00"), reason=reason))

    def confirm(
        self, day: int, *, anyway: bool = False, clock: str = "13:00", side: str | None = None
    ) -> Self:
        """Confirm the stage above."""
        moment = self.moment(day, clock)
        why = "my wish" if anyway else None
        return self.take(decide.progress(self.course, moment, anyway=anyway, reason=why, side=side))

    def set_stage(
        self, day: int, stage: str, step: str | None = None, side: str | None = None
    ) -> Self:
        moment = self.moment(day, "06:00" if day == 0 else "13:00")
        return self.take(
            decide.set_stage(self.course, moment, stage=stage, dose_step=step, side=side)
        )

    def pause(self, day: int, until: int | None = None) -> Self:
        back = None if until is None else self.on(until)
        return self.take(decide.pause(self.course, self.moment(day, "10:00"), until=back))

    def resume(self, day: int) -> Self:
        return self.take(decide.resume(self.course, self.moment(day, "06:30")))

    def skip(self, day: int) -> Self:
        moment = self.moment(day, "10:00")
        return self.take(decide.skip_session(self.course, moment, on=self.on(day)))

    def options(self, day: int, **changes: object) -> Self:
        return self.take(decide.change_options(self.course, self.moment(day, "10:00"), **changes))

    def void(self, day: int, log_id: str | None = None) -> Self:
        """Take an entry back, the last one by default."""
        target = self.ids.pop() if log_id is None else log_id
        moment = self.moment(day, "21:00")
        self.take(decide.void_entry(self.course, moment, log_id=target))
        self.ids.pop()
        return self

    # Letting time pass

    def calm(self, first: int, last: int, *, effort: float | None = None) -> Self:
        """Live days that go well: every morning calm, every planned session done at 1."""
        for day in range(first, last + 1):
            if day and self.at(day).page.check_test is None:
                self.morning(day)
            now = self.at(day)
            if now.plan.dose is not None and now.page.session is None:
                self.session(day, 1, 1, effort)
            self.last = max(self.last, day)
        return self

    def thrive(
        self,
        first: int,
        last: int,
        *,
        morning: float = 1,
        rest: float = 1,
        sore: Mapping[str, float] = NOTHING,
    ) -> Self:
        """Live days at their best: all done and reported, tests passed, stages confirmed.

        Of two sides each is told of. ``sore``: what hurt, and how much: ``run 65``, ``session 92``.
        """
        for day in range(first, last + 1):
            if day and any(self.at(day, "06:00", side).plan.morning_test for side in self.sides):
                self.morning(day, morning, rest=rest, sitting=60, night=False)
            for side in self.sides:
                if self.view(day, "08:00", side).standing.ready:
                    self.confirm(day, clock="09:00", side=side)
            for side in self.sides:
                now = self.at(day, "09:30", side)
                if day and now.plan.morning_test not in {None, *now.state.today_scores}:
                    self.morning(day, morning, clock="09:40", side=side)
            self.thrive_on(day, sore)
            self.last = max(self.last, day)
        return self

    def thrive_on(self, day: int, sore: Mapping[str, float] = NOTHING) -> Self:
        """Do what the plan of one day asks, its tests first."""
        for side in self.sides:
            self.pass_tests(day, side)
        plans = self.plans(day)
        if all(plan.run is not None for plan in plans):
            self.run(day, None, sore.get(f"run {day}", 1))
        if any(plan.exercises for plan in plans):
            self.session(day, sore.get(f"session {day}", 1), 1)
        return self

    def pass_tests(self, day: int, side: str | None = None) -> Self:
        """Do the tests of one day as well as they ask."""
        now = self.at(day, side=side)
        lines = (*gate(now.state, self.on(day)), *check(now.state, self.on(day)))
        targets = {line.criterion.test: line.criterion.target for line in lines}
        for test in now.plan.tests:
            value = targets.get(test, 25)
            self.test(day, test, value, other=value if side is None else None, pain=1, side=side)
        if any(line.id == "weekly_check" and line.met is not True for line in lines):
            self.weekly(day, **BEST, morning_mean=0, bridge_reps=25)
        return self

    def trail(self, first: int, last: int) -> list[tuple[int, str]]:
        """Return the days on which another dose step came into force."""
        steps = [(day, self.step(day)) for day in range(first, last + 1)]
        return [
            now
            for now, before in zip(steps, [(0, ""), *steps], strict=False)
            if now[1] != before[1]
        ]

    def calm_until(self, last: int, *, effort: float | None = None) -> Self:
        """Live calm days from the day after the last one told."""
        return self.calm(self.last + 1, last, effort=effort)

    def quiet(self, first: int, last: int) -> Self:
        """Report calm mornings only."""
        for day in range(first, last + 1):
            self.morning(day)
        return self

    # Looking

    @property
    def sides(self) -> tuple[str | None, ...]:
        """The sides that are followed; None for the only one there is."""
        two = self.course.other is not None
        return tuple(one.set_up.side for one in self.course.sides) if two else (None,)

    def at(self, day: int, clock: str = EVENING, side: str | None = None) -> Today:
        course = self.course if side is None else self.course.of(side)
        return course.today(self.on(day), clock_time(clock))

    def plans(self, day: int, clock: str = EVENING) -> list[DayPlan]:
        """Return what each side does of a day."""
        known = {one.set_up.side: self.at(day, clock, one.set_up.side) for one in self.course.sides}
        return [share.plan for share in shares_of(known).values()]

    def state(self, day: int, clock: str = EVENING, side: str | None = None) -> State:
        return self.at(day, clock, side).state

    def view(self, day: int, clock: str = EVENING, side: str | None = None) -> Overview:
        """Return what is shown of one side."""
        view = self.overview(day, clock)
        return view if side is None else dict(view.sides)[side]

    def overview(self, day: int, clock: str = EVENING) -> Overview:
        moment = datetime.combine(self.on(day), clock_time(clock), UTC)
        return overview(self.course, moment)

    def kind(self, day: int, clock: str = EVENING) -> DayKind:
        return self.at(day, clock).plan.kind

    def planned(self, day: int, clock: str = EVENING) -> str | None:
        """Return the dose step the plan of that day asks, None without hamstring work."""
        dose = self.at(day, clock).plan.dose
        return None if dose is None else LADDER[dose.step].id

    def sets_off(self, day: int, clock: str = EVENING) -> int:
        """Return how many sets fewer than the step says the plan of that day asks."""
        dose = self.at(day, clock).plan.dose
        return 0 if dose is None else dose.sets_off or int(dose.cut)

    def step(self, day: int, clock: str = EVENING) -> str:
        """Return the dose step in force."""
        return self.state(day, clock).dose.id

    def why(self, day: int, clock: str = EVENING) -> list[str]:
        """Return the ids of the plan's reasons, the first one first."""
        return [why.id.value for why in self.at(day, clock).plan.reasons]

    def record(self, day: int, seen: int | None = None) -> SessionRecord:
        """Return the session of a day as judged by the evening of ``seen`` (the day after)."""
        records = self.state(day + 1 if seen is None else seen).records
        return next(record for record in records if record.on == self.on(day))

    def verdict(self, day: int, seen: int | None = None) -> Response:
        return self.record(day, seen).response
