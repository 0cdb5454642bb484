"""A dry run: somebody lives a course under a protocol, and every day is told with its reason."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.adopted import Protocol
from custom_components.pht_rehab.domain.controls import WEEKDAYS
from custom_components.pht_rehab.domain.course import Course, Today
from custom_components.pht_rehab.domain.criteria import check, ready
from custom_components.pht_rehab.domain.decide import Decision, Moment
from custom_components.pht_rehab.domain.exercises import EXERCISES
from custom_components.pht_rehab.domain.facts import SetUp
from custom_components.pht_rehab.domain.model import DayKind, Goal, Reason, Stage
from custom_components.pht_rehab.domain.pair import work_of
from custom_components.pht_rehab.domain.prescription import Prescribed
from custom_components.pht_rehab.domain.protocol import LADDER, STEP_INDEX
from custom_components.pht_rehab.domain.rules import RULES_VERSION
from custom_components.pht_rehab.domain.schedule import DayPlan
from custom_components.pht_rehab.domain.strands import RUNS

from . import words

START: Final = date(2026, 1, 5)  # a Monday
MORNING: Final = time(7)
NOON: Final = time(12, 30)
EVENING: Final = time(20)
CALM: Final = 1.0
SUNDAY: Final = 6
USUAL_RUN: Final = 35.0
"""Minutes of a run where the plan gives none."""
WELL: Final[Mapping[str, Any]] = {
    "longest_sitting": 90,
    "worst_pain": 1,
    "bending_pain": 1,
    "walking_pain": 1,
    "activity_share": 100,
    "hardest_activity": "everything",
    "confidence": 9,
    "disturbed_nights": 0,
    "morning_mean": 1,
    "bridge_reps": 25,
}
"""A weekly check of a good week (f3)."""
GOALS: Final = tuple(goal.value for goal in Goal)
DEFAULT: Final = "six calm weeks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What a person lives; days count from 0. Pain is 1 where nothing else is said."""

    weeks: int
    mornings: Mapping[int, float] = field(default_factory=dict)
    sessions: Mapping[int, float] = field(default_factory=dict)
    away: range = range(0)


SCENARIOS: Final[Mapping[str, Scenario]] = {
    DEFAULT: Scenario(weeks=6),
    "one flare in week three": Scenario(
        weeks=8, mornings={15: 5, 16: 5, 17: 4, 18: 3, 19: 2, 20: 2}
    ),
    "two sore sessions in week two": Scenario(weeks=6, sessions={7: 4, 8: 4, 9: 4, 10: 4}),
    "one session far too much in week two": Scenario(weeks=6, sessions={9: 7}, mornings={10: 4}),
    "ten days away in week four": Scenario(weeks=8, away=range(21, 31)),
    "half a year of calm weeks": Scenario(weeks=26),
}


def play(
    protocol: Protocol, scenario: str, placement: str, goal: str, days: Sequence[str]
) -> list[str]:
    """Return the course day by day as lines; ``ValueError`` says what is not known."""
    if scenario not in SCENARIOS:
        raise ValueError(f"no such scenario: {scenario}; there are: {'; '.join(SCENARIOS)}")
    if not days or not {*days} <= {*WEEKDAYS}:
        raise ValueError(f"training days are some of: {', '.join(WEEKDAYS)}")
    life = _Life(protocol, SCENARIOS[scenario], _placed(placement), goal, tuple(days))
    return [f"{protocol.name}: {scenario}", *life.told()]


def _placed(placement: str) -> tuple[str, str | None]:
    if placement in STEP_INDEX:
        return LADDER[STEP_INDEX[placement]].stage.value, placement
    if placement in {stage.value for stage in Stage}:
        return placement, None
    steps = ", ".join(STEP_INDEX)
    raise ValueError(f"no such stage or dose step: {placement}; the steps are: {steps}")


class _Life:
    """One person's reports, each decided with what was known by then."""

    def __init__(
        self,
        protocol: Protocol,
        scenario: Scenario,
        placed: tuple[str, str | None],
        goal: str,
        days: tuple[str, ...],
    ) -> None:
        self._scenario = scenario
        ids = (f"day-{number:05d}" for number in itertools.count(1))
        self._new_id: Callable[[], str] = lambda: next(ids)
        self._stage, self._step = placed
        set_up = SetUp(
            log_id=self._new_id(),
            on=START,
            logged_at=datetime.combine(START, time(6), UTC),
            side="left",
            goal=goal,
            training_days=days,
            session_time="18:00",
            morning_time="07:00",
            rules_version=RULES_VERSION,
            morning_pain=CALM,
            equipment=("mat", "band", "weights", "step", "bench", "sliders"),
            clinician_confirmed=True,
            rest_pain=0,
            sitting_minutes=60,
            stage=self._stage,
        )
        self.course = Course([set_up])
        self._say(
            START,
            time(6, 10),
            lambda at: decide.adopt_protocol(self.course, at, source="file", protocol=protocol),
        )
        if self._step is not None:
            self._say(
                START,
                time(6, 20),
                lambda at: decide.set_stage(
                    self.course, at, stage=self._stage, dose_step=self._step
                ),
            )

    def _say(self, day: date, clock: time, report: Callable[[Moment], Decision]) -> None:
        at = Moment(datetime.combine(day, clock, UTC), self._new_id)
        for fact in report(at).facts:
            self.course.add(fact)

    def told(self) -> Iterator[str]:
        """Live the scenario and yield a line a day, weeks apart."""
        days = [self._live(number) for number in range(7 * self._scenario.weeks)]
        last = self.course.today(START + timedelta(days=len(days)), MORNING)
        seen: Reason | None = None
        for number, (day, items) in enumerate(days):
            if number % 7 == 0:
                yield f"\nWeek {number // 7 + 1}"
            change = day.state.last_change
            judged = self.course.judgement(day.state.day, last)
            yield _line(day, items, judged.response.value if judged else "", change != seen)
            seen = change

    def _live(self, number: int) -> tuple[Today, tuple[Prescribed, ...]]:
        """Live one day; return it as it stood in the evening, and what it asked."""
        on, scenario, course = START + timedelta(days=number), self._scenario, self.course
        if number in scenario.away:
            return course.today(on, EVENING), ()
        morning = scenario.mornings.get(number, CALM)
        if number and course.today(on, MORNING).page.check_test is None:
            self._say(on, MORNING, lambda at: self._check(at, morning))
        self._say(on, time(8), self._step_on)
        if number and course.today(on, time(9)).plan.kind is DayKind.TEST:
            self._say(on, time(9), lambda at: self._check(at, morning))
        day = course.today(on, NOON)
        items = work_of(day.state, day.plan)
        self._say(on, NOON, self._pass_tests)
        if items:
            pain = scenario.sessions.get(number, CALM)
            self._say(
                on,
                EVENING,
                lambda at: decide.log_session(course, at, pain_during=pain, pain_after=CALM),
            )
        if (run := day.plan.run) is not None:
            minutes, pain = run.minutes or USUAL_RUN, scenario.sessions.get(number, CALM)
            self._say(
                on,
                EVENING,
                lambda at: decide.log_run(
                    course, at, minutes=minutes, pain_during=pain, pain_after=CALM
                ),
            )
        if on.weekday() == SUNDAY and number:
            self._say(on, EVENING, lambda at: decide.log_weekly_check(course, at, **WELL))
        return course.today(on, EVENING), items

    def _check(self, at: Moment, pain: float) -> Decision:
        return decide.log_morning_check(
            self.course, at, pain=pain, rest_pain=0, sitting_minutes=60, night_waking=False
        )

    def _step_on(self, at: Moment) -> Decision:
        """Confirm the next stage once it is ready."""
        state = self.course.today(at.today, at.now.time()).state
        return decide.progress(self.course, at) if ready(state, at.today) else Decision()

    def _pass_tests(self, at: Moment) -> Decision:
        """Do the capacity tests planned today, and pass them."""
        day = self.course.today(at.today, at.now.time())
        asked = {line.criterion.test: line.criterion.target for line in check(day.state, at.today)}
        told = (
            decide.log_test(
                self.course,
                at,
                test=test,
                value=asked.get(test, 30),
                other_side=asked.get(test, 30),
                pain=CALM,
            )
            for test in day.plan.tests
        )
        return Decision(tuple(fact for one in told for fact in one.facts))


def _line(day: Today, items: Sequence[Prescribed], response: str, changed: object) -> str:
    state, plan = day.state, day.plan
    dose = state.rules.ladder[plan.dose.step] if plan.dose is not None else state.dose
    score = next(iter(day.page.scores.values()), None)
    pain = day.page.session.pain_during if day.page.session is not None else None
    parts = [
        f"  {state.day:%a %d %b}",
        f"{plan.kind.value:7}",
        f"{state.stage.value:14}",
        f"{dose.id:6}",
        f"morning {score[0]:g}" if score is not None else "morning -",
        "pain -" if pain is None else f"pain {pain:g}",
        f"{response:6}",
    ]
    asked = "; ".join([*(_dose(item) for item in items), *_run(plan)])
    why = [*plan.reasons, *((state.last_change,) if changed and state.last_change else ())]
    said = " ".join(dict.fromkeys(words.reason(one) for one in why))
    return "  ".join([*parts, " | ".join(filter(None, (asked, said)))]).rstrip()


def _run(plan: DayPlan) -> Iterator[str]:
    if plan.run is not None:
        minutes = "as usual" if plan.run.minutes is None else f"{plan.run.minutes:g} min"
        yield f"run {RUNS[plan.run.step].id} {minutes}"


def _dose(item: Prescribed) -> str:
    if item.hold_seconds is not None:
        return f"{item.id} {item.sets} x {item.hold_seconds} s"
    metres = EXERCISES[item.id].metres
    return f"{item.id} {item.sets} x {f'{metres} m' if item.reps is None else item.reps}"
