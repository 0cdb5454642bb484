"""What must hold for every history: stored or shuffled it means the same, and pain never pays."""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from custom_components.pht_rehab.domain.codec import CodecError, decode, encode
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.facts import FACTS, Voided
from custom_components.pht_rehab.domain.model import DayKind, RehabError, Response
from custom_components.pht_rehab.domain.protocol import FIRST_STEP
from custom_components.pht_rehab.domain.state import State
from tests.domain.builders import History

pytestmark = pytest.mark.filterwarnings(
    # Home Assistant's own test helpers leave Hypothesis a generator nobody keeps.
    "ignore:It looks like .register_random.:hypothesis.errors.HypothesisWarning"
)

EVENING = time(20)
STAGES = ("settle", "isometric", "isotonic", "hip_flexion", "maintenance")
RUNNERS = {"hip_flexion": "R3", "energy_storage": "R9", "return_to_sport": "R13"}
WEEKS = (
    ("mon", "thu"),
    ("mon", "wed", "fri"),
    ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
)

quick = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

half_points = st.integers(0, 20).map(lambda number: number / 2)
mild = st.sampled_from([0, 1, 1, 1, 2, 3, 3.5, 4, 6])


@dataclass(frozen=True)
class Day:
    """What a person does on one day; None is nothing."""

    morning: float | None = 1
    masked: bool = False
    rest: float | None = None
    sitting: float | None = None
    pain: float | None = None
    trained: bool = True
    after: float | None = None
    effort: float | None = None
    done: float = 100
    event: str | None = None


def often(value: object, other: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Mostly the plain value, so that histories are lived rather than noise."""
    return st.one_of(st.just(value), st.just(value), st.just(value), other)


days = st.builds(
    Day,
    morning=st.one_of(mild, mild, mild, half_points, st.none()),
    masked=often(False, st.booleans()),  # noqa: FBT003
    rest=often(None, half_points),
    sitting=often(None, st.sampled_from([5, 20, 60])),
    pain=st.one_of(mild, mild, half_points, st.none()),
    trained=st.sampled_from([True, True, True, False]),
    after=often(None, half_points),
    effort=often(None, st.sampled_from([4, 6, 8, 9])),
    done=often(100, st.sampled_from([30, 60, 80])),
    event=often(
        None,
        often(None, st.sampled_from(["injection", "illness_started", "illness_ended", "pause"])),
    ),
)
lives = st.lists(days, min_size=8, max_size=45)
starts = st.tuples(
    st.sampled_from((*STAGES, "energy_storage", "return_to_sport")),
    st.sampled_from(WEEKS),
    st.sampled_from([0, 1, 3, 5]),
)


def begin(start: tuple[str, Sequence[str], float], **more: Any) -> History:
    """Return a programme that begins there, with runs where stage and week have room for them."""
    stage, week, morning = start
    runs = len(week) > 2 and stage in RUNNERS  # the others have strength alone
    goal = "running" if runs else "everyday"
    history = History(stage=stage, days=week, morning_pain=morning, goal=goal, **more)
    if runs:
        history.set_stage(0, stage, RUNNERS[stage])
    return history


def live(start: tuple[str, Sequence[str], float], life: Iterable[Day]) -> History:
    """Live these days; a session is done whenever the plan asks for one."""
    history = begin(start)
    for number, day in enumerate(life):
        tell(history, number, day)
    return history


def tell(history: History, number: int, day: Day) -> None:
    if day.event == "pause" and history.state(number).pause is None:
        history.pause(number, until=number + 9)
    elif day.event is not None and day.event != "pause":
        history.event(number, day.event)
    if day.morning is not None:
        history.morning(
            number, day.morning, rest=day.rest, sitting=day.sitting, painkiller=day.masked
        )
    now = history.at(number)
    if day.trained and now.plan.run is not None:
        history.run(number, None, day.pain, day.after)
    if day.trained and (now.plan.dose is not None or now.plan.energy is not None):
        history.session(number, day.pain, day.after, day.effort, day.done)


def remembered(course: Course, last: int, history: History) -> State:
    return course.today(history.on(last), EVENING).state


def same(one: Course, other: Course, last: int, history: History) -> None:
    assert remembered(one, last, history) == remembered(other, last, history)
    for on in (history.on(number) for number in range(last)):
        assert one.today(on, EVENING).plan == other.today(on, EVENING).plan


# Storing and the order of arrival


@quick
@given(starts, lives)
def test_stored_and_replayed_it_is_the_same(
    start: tuple[str, Sequence[str], float], life: list[Day]
) -> None:
    history = live(start, life)
    entries = json.loads(json.dumps([encode(fact) for fact in history.course.facts.values()]))
    same(Course(decode(entry) for entry in entries), history.course, len(life), history)


@quick
@given(starts, lives, st.randoms(use_true_random=False))
def test_the_order_of_arrival_makes_no_difference(
    start: tuple[str, Sequence[str], float], life: list[Day], order: random.Random
) -> None:
    history = live(start, life)
    facts = list(history.course.facts.values())
    order.shuffle(facts)
    same(Course(facts), history.course, len(life), history)


@quick
@given(starts, lives, st.randoms(use_true_random=False))
def test_one_fact_at_a_time_is_a_fresh_replay(
    start: tuple[str, Sequence[str], float], life: list[Day], order: random.Random
) -> None:
    history = live(start, life)
    set_up, *facts = history.course.facts.values()
    order.shuffle(facts)
    grown = Course([set_up])
    last = len(life)
    for fact in facts:
        grown.add(fact)
        if order.random() < 0.3:  # looking in between, also back, must leave no trace
            grown.today(history.on(order.randrange(last + 1)), EVENING)
    same(grown, Course(history.course.facts.values()), last, history)


@quick
@given(starts, lives, st.data())
def test_a_voided_entry_is_as_if_it_had_never_been(
    start: tuple[str, Sequence[str], float], life: list[Day], data: st.DataObject
) -> None:
    history = live(start, life)
    facts = list(history.course.facts.values())
    assume(len(facts) > 1)
    gone = data.draw(st.sampled_from(facts[1:]))
    without = Course(fact for fact in facts if fact is not gone)
    history.course.add(
        Voided(log_id="void", on=gone.on, logged_at=gone.logged_at, target=gone.log_id)
    )
    same(history.course, without, len(life), history)


@quick
@given(starts, lives)
def test_looking_changes_nothing(start: tuple[str, Sequence[str], float], life: list[Day]) -> None:
    history = live(start, life)
    last = len(life)
    before = history.state(last)
    history.overview(last)
    history.overview(last, "08:00")
    assert history.state(last) == before


# Doses


def load(history: History, number: int) -> tuple[int, int]:
    """Return how much hamstring work a day asks: nothing, light work, or the step in sets."""
    plan = history.at(number).plan
    if plan.dose is None:
        return (-1, 0)
    return (plan.dose.step, -plan.dose.sets_off)


@quick
@given(starts, lives)
def test_every_plan_is_inside_its_stage_and_rises_one_step_at_a_time(
    start: tuple[str, Sequence[str], float], life: list[Day]
) -> None:
    history = live(start, life)
    steps = []
    for number in range(len(life)):
        now = history.at(number)
        if now.plan.kind is DayKind.LOADING and now.plan.dose is not None:
            steps.append(now.plan.dose.step)
            relapsed = now.state.relapse_until is not None
            assert relapsed or now.plan.dose.step >= FIRST_STEP[now.plan.stage]
            assert now.plan.dose.sets_off in (0, 1)
    returns = 2  # a break's reduction comes back at once (c10-16)
    assert all(later - earlier <= returns for earlier, later in pairwise(steps))


@quick
@given(starts, lives)
def test_a_red_never_leads_up(start: tuple[str, Sequence[str], float], life: list[Day]) -> None:
    history = live(start, life)
    last = len(life)
    for record in history.state(last).sessions():
        if record.response is not Response.RED:
            continue
        red = (record.on - history.start).days
        if red + 1 > last:
            continue
        assert history.state(red + 1).streak == 0
        planned = history.at(red + 1).plan.dose
        assert planned is None or planned.step <= record.step or record.share < 0.5
        assert history.kind(red + 1) is not DayKind.LOADING


def both(
    start: tuple[str, Sequence[str], float], life: list[Day], what: str, by: float
) -> tuple[History, History]:
    """Return two lives that differ in how sore one report of the last day is."""
    *before, last = life
    calm = replace(last, event=None, masked=False, trained=True, done=100)
    told = getattr(calm, what)
    assume(told is not None and told < 10)
    worse = replace(calm, **{what: min(10, told + by)})
    return live(start, [*before, calm]), live(start, [*before, worse])


def never_more(calm: History, sore: History, number: int) -> None:
    calmer, sorer = calm.at(number), sore.at(number)
    if sorer.state.flare is None:  # else its steps down come at its end
        assert sorer.state.step <= calmer.state.step
        for one, other in (
            (sorer.state.energy, calmer.state.energy),
            (sorer.state.running, calmer.state.running),
        ):
            assert (one.step or 0) <= (other.step or 0)
    if calmer.plan.kind is sorer.plan.kind is DayKind.LOADING and None not in (
        calmer.plan.dose,
        sorer.plan.dose,
    ):
        assert load(sore, number) <= load(calm, number)
    for less, more_ in (
        (sorer.plan.energy, calmer.plan.energy),
        (sorer.plan.run, calmer.plan.run),
    ):
        if less is not None and more_ is not None:
            assert less.step <= more_.step


more = st.sampled_from([0.5, 1, 2, 4, 7])


@quick
@given(starts, lives, st.sampled_from(["pain", "after"]), more)
def test_a_sorer_session_never_means_more_load_on_any_later_day(
    start: tuple[str, Sequence[str], float], life: list[Day], what: str, by: float
) -> None:
    calm, sore = both(start, life, what, by)
    for number in range(len(life), len(life) + 20):
        never_more(calm, sore, number)
        for history in (calm, sore):
            tell(history, number, Day(pain=1, after=1))


@quick
@given(starts, lives, more)
def test_a_sorer_morning_never_means_more_load_next_time(
    start: tuple[str, Sequence[str], float], life: list[Day], by: float
) -> None:
    # Later on it may: a higher score is part of the baseline to come.
    calm, sore = both(start, life, "morning", by)
    for number in (len(life) - 1, len(life), len(life) + 1):
        never_more(calm, sore, number)


# The codec against anything


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
KINDS = [kind.kind for kind in FACTS]
NAMES = sorted({name for kind in FACTS for name in kind.__dataclass_fields__})


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(NAMES), plain), st.sampled_from([*KINDS, "other"]))
def test_anything_stored_is_a_fact_or_refused(entry: dict[str, object], kind: str) -> None:
    try:
        fact = decode({**entry, "kind": kind})
    except CodecError:
        return
    assert decode(json.loads(json.dumps(encode(fact)))) == fact


@quick
@given(starts, lives, st.integers(1, 14))
def test_what_is_typed_in_later_is_refused_or_replays(
    start: tuple[str, Sequence[str], float], life: list[Day], back: int
) -> None:
    history = live(start, life)
    last = len(life)
    on = max(0, last - back)
    try:
        history.session(on, 3, typed=last)
    except RehabError:  # locked or paused on that day
        assume(False)  # noqa: FBT003
    same(Course(history.course.facts.values()), history.course, last, history)
    assert history.course.today(history.on(last) + timedelta(days=1), EVENING) is not None
