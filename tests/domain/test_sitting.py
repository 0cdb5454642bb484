"""How long to sit on end: the cap of the stage, the own budget, at every boundary (e1, c5)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from itertools import pairwise

import pytest

from custom_components.pht_rehab.domain.decide import Moment, log_sitting
from custom_components.pht_rehab.domain.facts import EventLogged, TestLogged
from custom_components.pht_rehab.domain.model import Budget, RehabError, Stage
from custom_components.pht_rehab.domain.page import Page, Run, Session
from custom_components.pht_rehab.domain.rules import RULES
from custom_components.pht_rehab.domain.sitting import advice, limit, take_day, take_report
from custom_components.pht_rehab.domain.state import Flare, Pause, State
from tests.domain.builders import START, History

CAPS = {
    "settle": 20,
    "isometric": 30,
    "isotonic": 45,
    "hip_flexion": 60,
    "energy_storage": None,
    "return_to_sport": None,
    "maintenance": None,
}
FLARE = Flare(started=START, test="arabesques", baseline=1, step=0, again=False)


def sits(told: History, day: int, clock: str = "20:00") -> int | None:
    return told.overview(day, clock).sitting_limit


def at(stage: str, minutes: float | None = None, **changes: object) -> State:
    """Return the state of a stage in which the budget is this long."""
    state = History(stage=stage).state(0)
    state.sitting_budget = Budget(minutes)
    for name, value in changes.items():
        setattr(state, name, value)
    return state


def morning(pain: float, *, masked: bool = False, rest: float | None = None) -> Page:
    return Page(scores={"two_leg_bridge": (pain, masked)}, rest_pain=rest)


def after(state: State, *pages: Page) -> int | None:
    """Return the limit once days like these have gone by."""
    for page in pages:
        take_day(state, page, START)
    return limit(state, START)


def longest(minutes: int | None) -> float:
    return float("inf") if minutes is None else minutes


# The stage


@pytest.mark.parametrize(("stage", "cap"), CAPS.items())
def test_without_a_report_the_stage_decides(stage: str, cap: int | None) -> None:
    assert sits(History(stage=stage), 0) == cap


@pytest.mark.parametrize(("stage", "cap"), CAPS.items())
def test_nobody_sits_longer_than_the_stage_allows(stage: str, cap: int | None) -> None:
    assert sits(History(stage=stage, sitting=600), 0) == cap


@pytest.mark.parametrize(
    ("told", "limit_"), [(0, 5), (6, 5), (7, 5), (8, 6), (20, 16), (24, 19), (25, 20), (26, 20)]
)
def test_the_first_budget_is_four_fifths_of_the_minutes_told(told: float, limit_: int) -> None:
    assert sits(History(stage="settle", sitting=told), 0) == limit_


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        ("settle", ("cushion", "driving")),
        ("isometric", ("cushion", "driving")),
        ("isotonic", ("cushion_optional", "driving")),
        ("hip_flexion", ("cushion_wean",)),
        ("energy_storage", ()),
        ("maintenance", ()),
    ],
)
def test_seat_and_driving_go_by_the_stage(stage: str, told: tuple[str, ...]) -> None:
    """(e1) in a flare-up as in the settle stage."""
    state = History(stage=stage).state(0)
    assert advice(state) == told
    state.flare = FLARE
    assert advice(state) == ("cushion", "driving")
    state.pause = Pause(state.day, None, clinical=False)
    assert advice(state) == ()


def test_a_stage_up_lets_the_budget_grow_and_not_jump() -> None:
    state = at("settle", 20)
    state.stage = Stage.ISOMETRIC
    assert limit(state, START) == 20
    assert after(state, *[morning(1)] * 3) == 22


def test_a_stage_down_lowers_the_cap_at_once() -> None:
    state = at("hip_flexion", 55)
    state.stage = Stage.ISOTONIC
    assert limit(state, START) == 45


@pytest.mark.parametrize("way", ["pause", "symptoms"])
def test_while_nothing_is_asked_there_is_no_limit(way: str) -> None:
    told = History(stage="settle")
    _ = told.pause(1) if way == "pause" else told.symptoms(1, "swollen_calf")
    assert (sits(told, 0, "08:00"), sits(told, 1)) == (20, None)


# Days


@pytest.mark.parametrize(
    ("minutes", "grown"), [(5, 7), (10, 12), (19, 21), (20, 22), (21, 23), (30, 33), (44, 45)]
)
def test_three_green_days_give_a_tenth_and_two_minutes_at_least(minutes: int, grown: int) -> None:
    assert after(at("isotonic", minutes), *[morning(3)] * 2) == minutes
    assert after(at("isotonic", minutes), *[morning(3)] * 3) == grown
    assert after(at("isotonic", minutes), *[morning(3)] * 5) == grown


def test_at_the_cap_it_stays() -> None:
    assert after(at("isotonic", 45), *[morning(0)] * 9) == 45
    assert after(at("isotonic"), *[morning(0)] * 9) == 45
    above = at("isotonic", 50)
    assert after(above, *[morning(0)] * 9) == 45
    above.stage = Stage.HIP_FLEXION
    assert limit(above, START) == 50


@pytest.mark.parametrize(("pain", "limit_"), [(3, 22), (3.5, 20), (4, 20), (4.5, 16), (10, 16)])
def test_a_day_above_four_takes_a_fifth(pain: float, limit_: int) -> None:
    assert after(at("isotonic", 20), morning(1), morning(1), morning(pain)) == limit_


def test_never_under_the_floor() -> None:
    state = at("settle", 6)
    assert after(state, morning(9)) == 5
    assert after(state, *[morning(9)] * 20) == 5


def test_it_is_the_limit_in_force_that_shrinks() -> None:
    assert after(at("isotonic"), morning(5)) == 36
    assert after(at("isotonic", 90), morning(5)) == 36


@pytest.mark.parametrize(
    ("page", "minutes"),
    [(morning(3.5), 20), (morning(4), 20), (morning(5), 16), (morning(1, rest=3.5), 20)],
)
def test_a_day_that_is_not_green_begins_the_row_anew(page: Page, minutes: int) -> None:
    state = at("hip_flexion", 20)
    assert after(state, morning(1), morning(1), page) == minutes
    assert after(state, morning(1), morning(1)) == minutes
    assert after(state, morning(1)) == minutes + 2


@pytest.mark.parametrize("page", [Page(), morning(1, masked=True)])
def test_a_day_that_says_nothing_neither_adds_nor_breaks(page: Page) -> None:
    state = at("hip_flexion", 20)
    assert after(state, morning(1), page, morning(1), page, page) == 20
    assert after(state, morning(1)) == 22


SESSION = Session(step=9, pain_during=1)
TESTED = TestLogged(log_id="t", on=START, logged_at=None, test="hops", pain=1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("page", "sore"),
    [
        (morning(4.5, masked=True), True),
        (morning(1, rest=4.5), True),
        (morning(1, rest=4), False),
        (Page(rest_pain=4.5), True),
        (Page(session=replace(SESSION, pain_during=4.5)), True),
        (Page(session=replace(SESSION, pain_after=4.5)), True),
        (Page(session=replace(SESSION, pain_during=4.5, painkiller=True)), True),
        (Page(session=replace(SESSION, pain_during=4, pain_after=4)), False),
        (Page(run=Run(pain_during=4.5, pain_after=1)), True),
        (Page(run=Run(pain_during=1, pain_after=4.5)), True),
        (Page(run=Run(pain_during=4, pain_after=4)), False),
        (Page(session=replace(SESSION, pain_during=None)), False),
        (Page(tests=[TestLogged(log_id="t", on=START, logged_at=None, test="hops", pain=5)]), True),  # type: ignore[arg-type]
        (Page(tests=[TestLogged(log_id="t", on=START, logged_at=None, test="hops")]), False),  # type: ignore[arg-type]
    ],
)
def test_every_score_about_the_day_can_make_it_sore(page: Page, *, sore: bool) -> None:
    assert after(at("isotonic", 40), page) == (32 if sore else 40)


@pytest.mark.parametrize(
    ("calm", "masked"),
    [
        (Page(session=SESSION), Page(session=replace(SESSION, painkiller=True))),
        (Page(run=Run(pain_during=1)), Page(run=Run(pain_during=1, painkiller=True))),
        (Page(tests=[TESTED]), Page(tests=[replace(TESTED, painkiller=True)])),
    ],
)
def test_what_was_done_under_a_painkiller_makes_no_green_day(calm: Page, masked: Page) -> None:
    assert after(at("isotonic", 20), *[masked] * 3) == 20
    assert after(at("isotonic", 20), *[calm] * 3) == 22


def test_where_sitting_is_free_no_day_moves_the_budget() -> None:
    state = at("maintenance", 50)
    for pain in (9, 1, 1, 1):
        assert after(state, morning(pain)) is None
    assert state.sitting_budget == Budget(50)


def test_a_day_counts_from_the_next_one() -> None:
    told = History(stage="isotonic", morning_pain=1, sitting=40).morning(1, 4.5)
    assert [sits(told, day) for day in (0, 1, 2)] == [32, 32, 25]


def test_what_the_next_morning_tells_of_the_day_counts_for_it() -> None:
    told = History(stage="isotonic", sitting=40).session(0, 1)
    assert sits(told, 1, "06:00") == 32
    assert sits(told.morning(1, 1, after=5), 1) == 25


def test_a_late_entry_puts_it_right() -> None:
    told = History(stage="isotonic", sitting=40).mornings(1, 1, None, 1)
    assert sits(told, 4) == 32
    assert sits(told.morning(2, 5, typed=4), 4) == 25
    assert sits(told.void(4), 4) == 32
    assert sits(told.morning(2, 1, typed=4), 4) == 35


# Reports


@pytest.mark.parametrize(
    ("own", "told", "bounded"),
    [
        (20, 19, 19),
        (20, 20, 20),
        (20, 25, 20),
        (20, 26, 20.8),
        (20, 40, 32),
        (20, 0, 5),
        (None, 30, 24),
    ],
)
def test_a_report_bounds_the_budget(own: float | None, told: float, bounded: float) -> None:
    state = at("hip_flexion", own)
    take_report(state, Page(sitting_minutes=told), START)
    assert state.sitting_budget.minutes == pytest.approx(bounded)


def test_who_stands_up_in_time_is_not_talked_down() -> None:
    told = History(stage="isometric", morning_pain=3.5, sitting=20)
    for day in range(1, 12):
        told.morning(day, 3.5, sitting=sits(told, day, "06:00"))
    assert sits(told, 12) == 16


def test_the_latest_minutes_to_three_count_for_a_week_in_the_settle_stage() -> None:
    told = History(stage="settle", sitting=25).morning(1, 4, sitting=10)
    assert [sits(told, day) for day in (0, 1, 7, 8)] == [20, 8, 8, 10]


# Flare-up


@pytest.mark.parametrize(
    ("stage", "own", "limit_"),
    [
        ("settle", None, 10),
        ("settle", 9, 5),
        ("isometric", 30, 15),
        ("isotonic", 39, 19),
        ("isotonic", 40, 20),
        ("hip_flexion", None, 20),
        ("maintenance", None, 20),
        ("maintenance", 8, 20),
    ],
)
def test_a_flare_up_halves_it_within_the_settle_stages_cap(
    stage: str, own: float | None, limit_: int
) -> None:
    assert limit(at(stage, own, flare=FLARE), START) == limit_


@pytest.mark.parametrize("stage", CAPS)
def test_in_a_flare_up_the_minutes_told_count_in_every_stage(stage: str) -> None:
    assert limit(at(stage, None, flare=FLARE, sitting=[(START, 10)]), START) == 8


def test_nothing_grows_in_a_flare_up_and_the_days_after() -> None:
    calm = [morning(1)] * 3
    state = at("isotonic", 20, flare=FLARE)
    assert after(state, *calm) == 10
    assert state.sitting_budget == Budget(20)
    take_report(state, Page(sitting_minutes=60), START)
    assert state.sitting_budget == Budget(20)
    take_report(state, Page(sitting_minutes=15), START)
    assert state.sitting_budget == Budget(15)
    state = at("isotonic", 20, hold_until=START)
    take_report(state, Page(sitting_minutes=60), START)
    assert after(state, *calm) == 20
    take_day(state, morning(1), START.replace(day=START.day + 1))
    assert limit(state, START) == 22


def test_sore_days_of_a_flare_up_shorten_what_it_ends_with() -> None:
    state = at("isotonic", 40, flare=FLARE)
    assert after(state, morning(5)) == 16
    state.flare = None
    assert limit(state, START) == 32


def test_lived_through() -> None:
    told = History(stage="isotonic", step="S2.4", sitting=50).quiet(1, 3)
    assert sits(told, 3) == 40
    told.mornings(4, 4, 4)
    assert told.state(5).flare is not None
    assert [sits(told, day) for day in (4, 5)] == [44, 20]
    told.mornings(6, 1, 1)
    assert told.state(7).flare is None
    assert sits(told, 7) == 44


# Long bouts


def test_a_long_bout_is_an_event_and_only_one() -> None:
    told = History()
    at = Moment(datetime(2026, 1, 7, 0, 1, tzinfo=UTC), iter(["never"]).__next__)
    began = datetime(2026, 1, 6, 23, 30, 15, tzinfo=timezone(timedelta(hours=1)))
    log = partial(log_sitting, told.course, at, began=began, minutes=75, on=told.on(1))
    (fact,) = log().facts
    assert isinstance(fact, EventLogged)
    assert (fact.event, fact.minutes, fact.on, fact.logged_at) == (
        "long_sitting", 75, told.on(1), at.now,
    )  # fmt: skip
    assert fact.log_id == "sitting-20260106T223015Z"
    told.add(fact)
    assert (log().facts, log().log_id) == ((), fact.log_id)
    told.void(2, fact.log_id)
    assert log().facts == ()
    assert log(began=began + timedelta(seconds=1)).facts


@pytest.mark.parametrize(("on", "key"), [(-1, "before_start"), (3, "date_in_future")])
def test_a_long_bout_is_about_a_day_of_the_programme(on: int, key: str) -> None:
    told = History()
    at = Moment(datetime(2026, 1, 7, 12, tzinfo=UTC), iter(["never"]).__next__)
    with pytest.raises(RehabError) as refused:
        log_sitting(told.course, at, began=at.now, minutes=75, on=told.on(on))
    assert refused.value.key == key


@pytest.mark.parametrize("stage", CAPS)
def test_longer_sitting_told_is_never_a_shorter_limit(stage: str) -> None:
    limits = [longest(sits(History(stage=stage, sitting=told), 0)) for told in range(0, 121, 3)]
    assert all(earlier <= later for earlier, later in pairwise(limits))


def test_every_edition_has_the_numbers() -> None:
    assert all(rules.sitting_caps[Stage.SETTLE] for rules in RULES.values())
