"""Properties of two affected sides, over random days of which each side tells its own."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.exercises import Sides, Strand
from custom_components.pht_rehab.domain.facts import Fact, SetUp, SideAdded, Voided
from custom_components.pht_rehab.domain.model import DayKind
from custom_components.pht_rehab.domain.state import State
from tests.domain.builders import History
from tests.domain.test_both import EVENING, parts_of, side_of, state, step
from tests.domain.test_properties import Day, begin, days, lives, quick, starts

pytestmark = pytest.mark.filterwarnings(
    "ignore:It looks like .register_random.:hypothesis.errors.HypothesisWarning"
)


MIRROR = {"left": "right", "right": "left", None: None}


def alone(one: State) -> State:
    """Return a state without what says that there are two."""
    return replace(one, two_sided=False)


def tell(history: History, number: int, day: Day, side: str | None = None) -> None:
    """Live one day as the plan of the programme asks."""
    if day.event == "pause" and history.state(number).pause is None:
        history.pause(number, until=number + 9)
    elif day.event is not None and day.event != "pause":
        history.event(number, day.event)
    if day.morning is not None:
        history.morning(
            number,
            day.morning,
            rest=day.rest,
            sitting=day.sitting,
            painkiller=day.masked,
            side=side,
        )
    if history.overview(number, "12:30").standing.ready:
        history.confirm(number)
    if day.trained and runs(history, number):
        history.run(number, None, day.pain, day.after)
    if day.trained and history.overview(number).items:
        history.session(number, day.pain, day.after, day.effort, day.done)


def runs(history: History, day: int) -> bool:
    """Return whether a day has a run, which is both sides'."""
    return any(part.plan.run is not None for part in parts_of(history, day).values())


# The strongest property: two sides that tell the same are one


@quick
@given(starts, lives)
def test_two_sides_alike_are_as_one(
    start: tuple[str, Sequence[str], float], life: list[Day]
) -> None:
    one, two = begin(start), begin(start, both=True)
    for number, day in enumerate(life):
        tell(one, number, day)
        tell(two, number, day)
        if number % 5 == 0:
            known, shown = one.overview(number), two.overview(number)
            assert replace(shown, sides=(), criteria=()) == replace(known, criteria=())
        for side in ("left", "right"):
            now = side_of(two, side).today(two.on(number), EVENING)
            assert now.plan == one.at(number).plan
            assert alone(now.state) == one.state(number)
    alike = [fact for fact in two.course.facts.values() if not isinstance(fact, SideAdded)]
    assert len(alike) == len(one.course.facts)
    assert all(getattr(fact, "side", None) is None for fact in alike[1:])


def asks(history: History, day: int) -> bool:
    """Return whether a day has exercises for either side."""
    return any(part.items for part in parts_of(history, day).values())


# Left and right mean the same


def lived(
    start: tuple[str, Sequence[str], float], told: list[tuple[Day, Day]], side: str
) -> History:
    """Live days of which each side tells its own."""
    history = begin(start, both=True, side=side)
    for number, (own, other) in enumerate(told):
        for name, day in ((side, own), (MIRROR[side], other)):
            if day.morning is not None:
                history.morning(number, day.morning, rest=day.rest, side=name)
        if not (own.trained and other.trained):
            continue
        ran, asked = runs(history, number), asks(history, number)
        for name, day in ((side, own), (MIRROR[side], other)):
            if ran:
                history.run(number, None, day.pain, day.after, side=name)
            if asked:
                history.session(number, day.pain, day.after, side=name)
    return history


pairs = st.lists(st.tuples(days, days), min_size=6, max_size=30)


def mirrored(fact: Fact) -> Fact:
    if isinstance(fact, SetUp | SideAdded) or getattr(fact, "side", None) is not None:
        return replace(fact, side=MIRROR[fact.side])  # type: ignore[call-arg, attr-defined]
    return fact


@quick
@given(starts, pairs)
def test_swapped_sides_mirror_everything(
    start: tuple[str, Sequence[str], float], told: list[tuple[Day, Day]]
) -> None:
    left, right = lived(start, told, "left"), lived(start, told, "right")
    assert [mirrored(fact) for fact in left.course.facts.values()] == [*right.course.facts.values()]
    for number in range(0, len(told), 7):
        one, other = left.overview(number), right.overview(number)
        assert one.stage is other.stage
        assert one.dose_step == other.dose_step
        assert {side: view.dose_step for side, view in one.sides} == {
            MIRROR[side]: view.dose_step for side, view in other.sides
        }
        assert [item.prescribed.id for item in one.items] == [
            item.prescribed.id for item in other.items
        ]


@quick
@given(starts, pairs)
def test_which_side_came_first_decides_nothing(
    start: tuple[str, Sequence[str], float], told: list[tuple[Day, Day]]
) -> None:
    """The same told of the same sides, whichever the set-up named, makes the same doses."""
    first = lived(start, told, "left")
    second = lived(start, [(other, own) for own, other in told], "right")
    for number in range(len(told)):
        for side in ("left", "right"):
            assert step(first, number, side) == step(second, number, side)


# More pain never pays


def two_leg(history: History, day: int) -> int:
    """Return the step of the day's two-leg hamstring work; -1 without any."""
    parts = parts_of(history, day)
    doses = [
        part.plan.dose.step
        for part in parts.values()
        if part.plan.dose is not None
        and any(
            item.strand is Strand.HAMSTRING and item.sides is not Sides.EACH for item in part.items
        )
    ]
    return min(doses, default=-1)


@quick
@given(starts, pairs, st.sampled_from([1, 2, 4, 7]), st.sampled_from(["left", "right"]))
def test_more_pain_on_a_side_never_means_more_load(
    start: tuple[str, Sequence[str], float], told: list[tuple[Day, Day]], by: float, side: str
) -> None:
    *before, (own, other) = told
    calm_own, calm_other = (replace(day, pain=1, after=1, trained=True) for day in (own, other))
    worse = replace(calm_own if side == "left" else calm_other, pain=min(10, 1 + by))
    sore_last = (worse, calm_other) if side == "left" else (calm_own, worse)
    calm = lived(start, [*before, (calm_own, calm_other)], "left")
    sore = lived(start, [*before, sore_last], "left")
    last = len(told)
    for number in range(last, last + 6):
        ours, theirs = state(sore, number, side), state(calm, number, side)
        if ours.flare is None:
            assert ours.step <= theirs.step
            assert (ours.running.step or 0) <= (theirs.running.step or 0)
            assert (ours.energy.step or 0) <= (theirs.energy.step or 0)
        both_load = all(
            part.plan.kind is DayKind.LOADING
            for history in (calm, sore)
            for part in parts_of(history, number).values()
        )
        common = [two_leg(history, number) for history in (sore, calm)]
        if both_load and -1 not in common:
            assert common == sorted(common)
        for history in (calm, sore):
            history.morning(number, 1)
            if runs(history, number):
                history.run(number, None, 1, 1)
            if asks(history, number):
                history.session(number, 1, 1)


# Replay


@quick
@given(starts, pairs, st.randoms(use_true_random=False))
def test_the_order_of_arrival_makes_no_difference(
    start: tuple[str, Sequence[str], float], told: list[tuple[Day, Day]], order: random.Random
) -> None:
    history = lived(start, told, "left")
    facts = [*history.course.facts.values()]
    set_up, *others = facts
    order.shuffle(others)
    grown = Course([set_up])
    last = len(told)
    for fact in others:
        grown.add(fact)
        if order.random() < 0.2:
            for one in grown.sides:
                one.today(history.on(order.randrange(last + 1)), EVENING)
    order.shuffle(facts)
    for course in (grown, Course(facts)):
        for side in ("left", "right"):
            for number in range(last + 1):
                on = history.on(number)
                found, known = (
                    course.of(side).today(on, EVENING),
                    side_of(history, side).today(on, EVENING),
                )
                assert found.plan == known.plan
                assert found.state == known.state


@quick
@given(starts, pairs, st.data())
def test_a_voided_entry_is_as_if_it_had_never_been(
    start: tuple[str, Sequence[str], float], told: list[tuple[Day, Day]], data: st.DataObject
) -> None:
    history = lived(start, told, "left")
    facts = [*history.course.facts.values()]
    if len(facts) < 3:
        return
    gone = data.draw(st.sampled_from(facts[2:]))
    without = Course(fact for fact in facts if fact is not gone)
    void = Voided(log_id="void", on=gone.on, logged_at=gone.logged_at, target=gone.log_id)
    history.course.add(void)
    for side in ("left", "right"):
        now = history.on(len(told))
        assert without.of(side).today(now, EVENING) == side_of(history, side).today(now, EVENING)
