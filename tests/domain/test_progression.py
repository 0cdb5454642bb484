"""Dose steps up, held and down: (c3), (c10-3..10) and the actions of (c2)."""

from collections.abc import Callable

import pytest

from custom_components.pht_rehab.domain.model import (
    DayKind,
    Outcome,
    Reason,
    ReasonId,
    Response,
    reason,
)
from custom_components.pht_rehab.domain.progression import adherence, blocks
from custom_components.pht_rehab.domain.protocol import LADDER
from custom_components.pht_rehab.domain.records import RedWait, SessionRecord
from custom_components.pht_rehab.domain.schedule import waiting
from tests.domain.builders import History
from tests.domain.protocols import adopt, protocol

ALL_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def planned(history: History, *days: int) -> list[str | None]:
    return [history.planned(day) for day in days]


# Two greens and the days on a step


def test_monday_wednesday_friday_gives_a_step_every_second_session() -> None:
    history = History(step="S2.1").calm_until(18)
    steps = planned(history, 0, 2, 4, 7, 9, 11, 14, 16, 18)
    assert steps == ["S2.1", "S2.1", "S2.2", "S2.2", "S2.3", "S2.3", "S2.4", "S2.4", "S2.4"]


@pytest.mark.parametrize("days", [ALL_DAYS, ("tue", "thu", "sat"), ("mon", "wed", "fri")])
def test_a_step_takes_two_greens_and_four_days(days: tuple[str, ...]) -> None:
    history = History(step="S2.1", days=days).calm_until(40)
    done: list[tuple[int, str]] = [
        (record.on.toordinal(), record.dose_id) for record in map(Seen, history.state(40).records)
    ]
    for step in ("S2.1", "S2.2", "S2.3"):
        on = [day for day, done_step in done if done_step == step]
        above = min(day for day, done_step in done if done_step > step)
        assert len(on) >= 2
        assert above - on[0] >= 4


class Seen:
    """A session as a person would read it."""

    def __init__(self, record: SessionRecord) -> None:
        """Take what the state remembers."""
        self.on = record.on
        self.dose_id = LADDER[record.step].id


@pytest.mark.parametrize(
    ("sessions", "day", "step"),
    [
        # first session on the step on day 0
        ((0, 2), 3, "S2.1"),  # spaced too closely anyway, but also too early
        ((0, 2), 4, "S2.2"),
        ((0, 3), 5, "S2.2"),
        ((2, 4), 6, "S2.2"),
        ((0,), 4, "S2.1"),
    ],
)
def test_four_days_from_the_first_session_on_the_step(
    sessions: tuple[int, ...], day: int, step: str
) -> None:
    history = History(step="S2.1", days=ALL_DAYS).quiet(1, day)
    for done in sessions:
        history.session(done)
    shown = history.planned(day)
    assert shown in (step, None) if day == 3 else shown == step


def test_isometric_steps_take_two_greens_on_different_days_and_two_days() -> None:
    history = History(stage="isometric", step="I1.1").calm_until(6)
    assert planned(history, 0, 1, 2, 3, 4, 6) == ["I1.1", "I1.1", "I1.2", "I1.2", "I1.3", "I1.4"]


def test_two_isometric_sessions_on_one_day_are_one_green() -> None:
    history = History(stage="isometric", step="I1.1")
    history.session(0).session(0, clock="08:00").morning(1).morning(2)
    assert history.state(1).streak == 1
    assert history.planned(2) == "I1.1"


def test_slow_healing_takes_seven_days_from_the_isotonic_stage_on() -> None:
    history = History(step="S2.1", symptoms=["slow_healing"]).calm_until(14)
    assert planned(history, 0, 4, 7, 9, 11, 14) == ["S2.1", "S2.1", "S2.2", "S2.2", "S2.2", "S2.3"]


def test_slow_healing_changes_nothing_in_the_isometric_stage() -> None:
    history = History(stage="isometric", symptoms=["slow_healing"]).calm_until(2)
    assert history.planned(2) == "I1.2"


@pytest.mark.parametrize("verdict", ["amber", "red"])
def test_the_streak_starts_again_after_a_setback(verdict: str) -> None:
    history = (
        History(step="S2.2").quiet(1, 20).session(0).session(2, 4 if verdict == "amber" else 6)
    )
    assert history.state(3).streak == 0
    history.session(4)
    assert history.state(5).streak == 1
    assert history.planned(7) == ("S2.2" if verdict == "amber" else "S2.1")
    history.session(7)
    assert history.planned(9) == ("S2.3" if verdict == "amber" else "S2.2")


def test_a_new_step_starts_a_new_streak() -> None:
    history = History(step="S2.1").calm_until(3)
    assert history.state(3).streak == 2
    assert history.session(4).state(4).streak == 0


# A step up is real when it has been done


def test_before_the_morning_score_there_is_no_step_up() -> None:
    history = History(step="S2.1").calm_until(3)
    assert history.planned(4, "07:00") == "S2.1"
    assert "awaiting_morning_check" in history.why(4, "07:00")
    assert history.planned(4, "11:59") == "S2.1"
    assert history.planned(4, "12:00") == "S2.2"
    assert history.morning(4).planned(4, "07:30") == "S2.2"


def test_a_step_up_lapses_when_it_is_not_done() -> None:
    history = History(step="S2.1", days=ALL_DAYS).quiet(1, 9).session(0).session(2)
    assert planned(history, 4, 5, 6) == ["S2.2", "S2.2", "S2.2"]
    assert history.step(6) == "S2.1"
    # after five days it holds for the first session back (c10-28)
    assert history.planned(7) == "S2.1"
    history.session(7)
    assert history.planned(9) == "S2.2"


def test_doing_less_makes_the_lower_step_the_one_in_force() -> None:
    history = History(step="S2.2").calm_until(3).morning(4)
    assert history.planned(4) == "S2.3"
    history.session(4, step="S2.1")
    assert history.step(4) == "S2.1"
    history.quiet(5, 7)
    assert history.planned(7) == "S2.1"


def test_the_step_before_instead_of_the_step_up_keeps_what_was_reached() -> None:
    history = History(step="S2.1").calm_until(3).morning(4).session(4, step="S2.1").quiet(5, 7)
    assert history.step(4) == "S2.1"
    assert history.planned(7) == "S2.2"


@pytest.mark.parametrize("step", ["S2.2", "S2.4"])
def test_doing_more_counts_for_the_verdict_only(step: str) -> None:
    history = History(step="S2.1").session(0, step=step).morning(1).morning(2)
    assert history.verdict(0) is Response.GREEN
    assert history.step(1) == "S2.1"
    assert history.state(1).streak == 0
    sore = History(step="S2.2").session(0, 6, step="S2.4").morning(1).morning(2)
    assert sore.planned(2) == "S2.1"


def test_doing_more_than_a_step_up_takes_the_step_up() -> None:
    history = History(step="S2.1").calm_until(3).morning(4).session(4, step="S2.4").morning(5)
    assert history.step(5) == "S2.2"
    assert history.state(5).streak == 0


def test_what_was_begun_today_does_not_rise_any_more() -> None:
    history = History(step="S2.1").calm_until(3)
    first = history.overview(4, "07:00").items[0].prescribed.id
    history.session(4, None, exercises=[first], clock="07:30").morning(4, clock="08:00")
    assert history.planned(4) == "S2.1"
    history.session(4, 1)
    assert history.record(4, seen=4).step == history.state(4).step
    assert history.step(4) == "S2.1"


# Effort


@pytest.mark.parametrize(
    ("efforts", "step"),
    [
        ((None, None), "S2.2"),
        ((8, 8), "S2.2"),
        ((8.5, 8.5), "S2.2"),
        ((8, 9), "S2.1"),
        ((9, 8), "S2.1"),
        ((10, 10), "S2.1"),
    ],
)
def test_very_hard_sessions_do_not_add_to_the_streak(
    efforts: tuple[float | None, float | None], step: str
) -> None:
    history = History(step="S2.1").quiet(1, 4)
    history.session(0, 2, effort=efforts[0]).session(2, 2, effort=efforts[1])
    assert history.verdict(2) is Response.GREEN
    assert history.planned(4) == step


def test_very_hard_and_later_once_more_is_not_twice_running() -> None:
    told = History(step="S2.2")
    for day, effort in ((0, 9), (2, 7), (4, 9)):
        told.session(day, 1, 1, effort).morning(day + 1, 1)
        assert told.state(day + 1).hard == (effort == 9)


def test_very_hard_twice_running_asks_for_less_load_inside_the_step() -> None:
    history = History(step="S2.1").quiet(1, 7).session(0, effort=9)
    assert ReasonId.EFFORT_HIGH not in history.why(2)
    history.session(2, effort=9)
    assert ReasonId.EFFORT_HIGH in history.why(4)
    assert history.planned(4) == "S2.1"
    history.session(4, effort=8)
    assert ReasonId.EFFORT_HIGH not in history.why(7)


@pytest.mark.parametrize(
    ("pain", "effort", "up"),
    [(1, 5, True), (1, 5.5, False), (1.5, 5, False), (0, 3, True), (1, None, False), (1, 7, False)],
)
def test_far_too_easy_once_raises_at_once(pain: float, effort: float | None, *, up: bool) -> None:
    history = History(step="S2.1").session(0, pain, effort=effort).morning(1).morning(2)
    assert history.planned(2) == ("S2.2" if up else "S2.1")


@pytest.mark.parametrize(
    ("first", "second", "up"),
    [
        ((1, 6), (1, 6), True),
        ((1, 6), (1, 6.5), False),
        ((1, 6.5), (1, 6), False),
        ((1.5, 6), (1, 6), False),
        ((1, 6), (1.5, 6), False),
        ((0, 5.5), (0, 6), True),
    ],
)
def test_rather_easy_twice_raises_without_the_four_days(
    first: tuple[float, float], second: tuple[float, float], *, up: bool
) -> None:
    # the step began on day 0; without underload day 4 would be the earliest
    history = History(step="S2.1", days=ALL_DAYS, symptoms=["slow_healing"]).quiet(1, 4)
    history.session(0, first[0], effort=first[1]).session(2, second[0], effort=second[1])
    assert history.planned(4) == ("S2.2" if up else "S2.1")


def test_too_easy_must_still_be_green() -> None:
    history = History(step="S2.1").session(0, 1, effort=5).morning(1, 2.5).morning(2)
    assert history.planned(2) == "S2.1"
    unscored = History(step="S2.1").session(0, 1, effort=5).morning(2)
    assert unscored.planned(2) == "S2.1"


@pytest.mark.parametrize(
    ("pain", "effort", "done", "step"),
    [
        (3, 9, 100, "S2.1"),  # very hard: it adds to nothing, and takes back what was too easy
        (3, 7, 60, "S2.1"),  # in part, and on target
        (1, 5, 60, "S2.2"),  # in part, and still too easy
        (3, None, 40, "S2.2"),  # too little to say anything
    ],
)
def test_what_was_too_easy_is_over_with_a_session_that_was_not(
    pain: float, effort: float | None, done: float, step: str
) -> None:
    """(c3, c10-8, c10-9) the first session back after the gap repeats the step and is harder."""
    history = History(step="S2.1", days=ALL_DAYS).quiet(1, 8).session(0, 1, effort=5)
    history.session(6, pain, effort=effort, done=done)
    assert history.planned(6) == "S2.1"
    assert history.planned(8) == ("S2.1" if done == 40 else step)
    assert history.state(8).underload is (step == "S2.2")


@pytest.mark.parametrize("stage", ["settle", "isometric"])
def test_too_easy_is_no_reason_while_isometric(stage: str) -> None:
    history = History(stage=stage).session(0, 0, effort=2).morning(1)
    assert history.planned(1) == history.planned(0)


def test_too_easy_gives_one_step_a_session() -> None:
    history = History(step="S2.1", days=ALL_DAYS).quiet(1, 8)
    steps = []
    for day in (0, 2, 4):
        steps.append(history.planned(day))
        history.session(day, 0, effort=4)
    assert [*steps, history.planned(7)] == ["S2.1", "S2.2", "S2.3", "S2.4"]


def test_too_easy_at_the_top_asks_for_a_harder_variant() -> None:
    history = History(step="S2.4").session(0, 0, effort=4).morning(1).morning(2)
    assert history.planned(2) == "S2.4"
    assert history.at(2).plan.reasons[0].id is ReasonId.TOP_STEP
    assert history.at(2).plan.reasons[0].variant == "harder"


def test_too_easy_never_raises_while_something_else_holds() -> None:
    calm = History(step="S2.1", morning_pain=3.5).quiet(1, 2).session(0, 0, effort=4)
    assert calm.planned(2) == "S2.2"
    guarded = History(step="S2.1", morning_pain=4, tests={"one_leg_bridges": 4})
    guarded.quiet(1, 4).session(2, 0, effort=4)
    assert guarded.verdict(2) is Response.GREEN
    assert guarded.planned(4) == "S2.1"
    assert ReasonId.GUARD in guarded.why(4)


# Down


def test_two_ambers_in_a_row_are_one_step_down() -> None:
    history = History(step="S2.3").quiet(1, 8).session(0, 4)
    assert history.planned(2) == "S2.3"
    history.session(2, 4)
    assert history.planned(4) == "S2.2"
    assert history.state(4).ambers == 0


def test_a_green_parts_two_ambers() -> None:
    history = History(step="S2.3").quiet(1, 8).session(0, 4).session(2, 1).session(4, 4)
    assert history.planned(7) == "S2.3"


@pytest.mark.parametrize(("done", "step"), [(10, "S2.2"), (49, "S2.2"), (50, "S2.3")])
def test_a_green_of_less_than_half_a_session_parts_no_ambers(done: float, step: str) -> None:
    """(c7) nor does it start the 28 days without a GREEN anew."""
    history = History(step="S2.3").quiet(1, 7).session(0, 4).session(2, 1, done=done)
    history.session(4, 4)
    assert history.step(5) == step
    assert history.state(3).no_green_since == history.on(2 if done == 50 else 0)


def test_four_ambers_of_six_are_one_step_down() -> None:
    history = History(stage="hip_flexion", step="S3.a3").quiet(1, 20)
    pains = {0: 4, 2: 4, 4: 1, 7: 4, 9: 1}
    for day, pain in pains.items():
        history.session(day, pain)
    assert history.planned(11) == "S3.a2"  # the two ambers in a row
    history.session(11, 4)
    assert history.planned(14) == "S3.a1"
    assert "amber_loop" in history.state(14).reviews


def test_three_ambers_of_six_are_not_a_loop() -> None:
    history = History(stage="hip_flexion", step="S3.a3").quiet(1, 20)
    for day, pain in {0: 4, 2: 1, 4: 4, 7: 1, 9: 4, 11: 1}.items():
        history.session(day, pain)
    assert "amber_loop" not in history.state(14).reviews
    assert history.planned(14) == "S3.a3"


def test_a_green_of_less_than_half_is_no_part_of_a_loop() -> None:
    history = History(stage="hip_flexion", step="S3.a3").quiet(1, 30)
    for day, pain in {0: 4, 2: 4, 4: 1, 7: 4, 9: 1}.items():
        history.session(day, pain)
    history.session(11, 1, done=40).session(14, 1, done=40)
    history.session(16, 4)
    assert "amber_loop" in history.state(17).reviews


def test_a_loop_is_answered_once() -> None:
    history = History(stage="hip_flexion", step="S3.b1").quiet(1, 25)
    for day, pain in {0: 4, 2: 4, 4: 1, 7: 4, 9: 1, 11: 4}.items():
        history.session(day, pain)
    assert history.planned(14) == "S3.a2" or history.step(14) == "S3.b1"
    before = history.step(14)
    history.session(14, 1)
    assert history.step(15) == before


@pytest.mark.parametrize(
    ("stage", "first", "sore"),
    [("isotonic", "S2.1", 4), ("hip_flexion", "S3.a1", 4), ("isometric", "I1.1", 4)],
)
def test_the_first_step_of_a_stage_loses_a_set_instead(stage: str, first: str, sore: float) -> None:
    history = History(stage=stage, days=ALL_DAYS).quiet(1, 9).session(0, sore).session(2, sore)
    assert history.planned(4) == first
    assert history.sets_off(4) == 1
    history.session(4, sore).session(6, sore)
    assert history.planned(8) == first
    assert history.sets_off(8) == 1


def test_a_set_comes_back_only_once_the_morning_is_in() -> None:
    """A session done before its score counts as it was planned: still a set less."""
    history = History(days=ALL_DAYS).quiet(1, 8).session(0, 4).session(2, 4).session(4).session(7)
    assert history.sets_off(9, "06:30") == 1
    history.session(9, clock="06:40")
    assert history.state(9, "07:00").sets_off == 1
    assert history.morning(9).state(9, "07:00").sets_off == 0


def test_a_set_comes_back_before_the_next_step_does() -> None:
    history = History(step="S2.1").quiet(1, 20).session(0, 4).session(2, 4)
    assert history.sets_off(4) == 1
    history.session(4)
    assert (history.planned(7), history.sets_off(7)) == ("S2.1", 1)
    history.session(7)
    assert (history.planned(9), history.sets_off(9)) == ("S2.1", 0)
    history.session(9).session(11)
    assert (history.planned(14), history.sets_off(14)) == ("S2.2", 0)


def test_sore_afterwards_cuts_one_set_next_time_only() -> None:
    history = History(step="S2.2").quiet(1, 8).session(0, 2, after=4)
    assert (history.planned(2), history.sets_off(2)) == ("S2.2", 1)
    history.session(2, 1, after=1)
    assert (history.planned(4), history.sets_off(4)) == ("S2.2", 0)


@pytest.mark.parametrize(("during", "after"), [(4, 4), (4, 1), (1, 1)])
def test_no_set_is_cut_for_anything_else(during: float, after: float) -> None:
    history = History(step="S2.2").session(0, during, after).morning(1, 2.5).morning(2)
    assert history.sets_off(2) == 0


def test_of_several_reductions_only_the_largest_applies() -> None:
    history = History(step="S2.3").quiet(1, 8).session(0, 2, after=4).session(2, 2, after=4)
    assert (history.planned(4), history.sets_off(4)) == ("S2.2", 0)


@pytest.mark.parametrize(
    "sore",
    [
        lambda history: history.session(0, 6).morning(1).morning(2),
        lambda history: history.session(0, 1).morning(1, 4).morning(2),
        lambda history: history.session(0, 6).morning(1, 2).morning(2, 2),
    ],
)
def test_a_red_waits_two_dates_and_goes_one_step_down(sore: Callable[[History], History]) -> None:
    history = sore(History(step="S2.3", days=ALL_DAYS))
    assert history.verdict(0) is Response.RED
    assert history.step(1) == "S2.2"
    assert history.kind(1) is DayKind.LIGHT
    assert (history.kind(2), history.planned(2)) == (DayKind.LOADING, "S2.2")


def test_a_red_waits_for_a_morning_within_one_of_its_baseline() -> None:
    history = History(step="S2.3", days=ALL_DAYS, morning_pain=1).session(0, 6)
    history.mornings(1, 1, 2.5, 2.5)
    assert [history.kind(day) for day in (1, 2, 3)] == [DayKind.LIGHT] * 3
    history.morning(4, 2)
    assert (history.kind(4), history.planned(4)) == (DayKind.LOADING, "S2.2")


def test_the_wait_after_a_red_is_for_the_latest_morning() -> None:
    history = History(step="S2.3", days=ALL_DAYS).session(0, 6).mornings(1, 1, 3)
    assert history.kind(2) is DayKind.LIGHT


@pytest.mark.parametrize(("painkiller", "kind"), [(True, DayKind.LIGHT), (False, DayKind.LOADING)])
def test_a_calm_morning_under_a_painkiller_does_not_end_the_wait(
    painkiller: bool,  # noqa: FBT001
    kind: DayKind,
) -> None:
    """(c6) a masked score says only that it was not calm; a sore one counts."""
    history = History(step="S2.3", days=ALL_DAYS).session(2, 6).morning(3, 4)
    assert history.morning(4, 0, painkiller=painkiller).kind(4) is kind
    history.morning(5, 1)
    assert history.kind(5) is DayKind.LOADING
    assert history.morning(5, 4, painkiller=True).kind(5) is DayKind.LIGHT


@pytest.mark.parametrize(("day", "kind"), [(2, DayKind.LIGHT), (3, DayKind.LIGHT)])
def test_an_unscored_red_waits_four_days(day: int, kind: DayKind) -> None:
    history = History(step="S2.3", days=ALL_DAYS).session(0, 6)
    assert history.kind(day) is kind
    assert (history.kind(4), history.planned(4)) == (DayKind.LOADING, "S2.2")


def test_a_red_whose_tests_are_no_longer_asked_waits_four_days() -> None:
    """(c10-29) stages further down none of them will be calm again."""
    history = History(stage="isometric", tests={"arabesques": 4})
    state, days = history.state(1), [history.on(day) for day in range(5)]
    gone = RedWait(history.on(-1), (("arabesques", 1),))
    assert [waiting(state, gone, 2, day) is None for day in days] == [False] * 3 + [True] * 2
    asked = RedWait(history.on(-1), (("arabesques", 1), ("one_leg_bridges", 1)))
    assert {waiting(state, asked, 2, day) for day in days[1:]} == {reason(ReasonId.RED, "calm")}


def test_while_a_red_waits_only_the_lightest_isometrics_are_offered() -> None:
    history = History(step="S2.3", days=ALL_DAYS).session(0, 6).morning(1)
    plan = history.at(1).plan
    assert history.planned(1) == "I0.1"
    assert plan.light
    history.session(1, 1).morning(2)
    assert history.planned(2) == "S2.2"
    assert history.state(2).streak == 0


def test_a_session_in_spite_of_the_wait_counts_for_its_verdict_only() -> None:
    history = History(step="S2.4", days=ALL_DAYS).session(0, 6).mornings(1, 3, 3)
    history.session(2, 1, step="S2.3").morning(3)
    assert history.verdict(2) is Response.GREEN
    assert history.record(2).counts is False
    assert history.state(3).streak == 0


@pytest.mark.parametrize(("step", "kind"), [("I0.1", "loading"), ("S2.3", "light")])
def test_only_more_than_the_light_holds_is_an_extra_session(step: str, kind: str) -> None:
    """It moves the clock of spacing and is no light work, whatever its day asked (c7)."""
    history = History(step="S2.3").session(0).mornings(1, 1, 1).session(2, 7).morning(3)
    assert (history.planned(3), history.at(3).plan.light) == ("I0.1", True)
    history.session(3, 1, 1, step=step).morning(4)
    assert history.record(3).light is (step == "I0.1")
    assert history.record(3).counts is False
    assert history.kind(4) == kind
    assert history.state(5).streak == 0


@pytest.mark.parametrize(("step", "ambers"), [("I0.1", 0), ("S2.4", 1)])
def test_what_hurts_in_a_heavy_session_on_a_light_day_counts(step: str, ambers: int) -> None:
    history = History(step="S2.4").session(0).mornings(1, 1, 1).session(2, 7).morning(3)
    history.session(3, 5, 1, step=step).morning(4)
    assert history.verdict(3) is Response.AMBER
    assert history.state(4).ambers == ambers


def test_an_extra_session_does_not_end_the_wait_after_a_red() -> None:
    history = History(step="S2.3", days=ALL_DAYS).session(0, 6).mornings(1, 3, 1)
    history.session(1, 1, 1, step="S2.1")
    assert history.record(1, 2).response is Response.GREEN
    history.morning(3, 3)
    assert (history.kind(3), history.why(3)) == (DayKind.LIGHT, ["red"])


def test_heavy_work_in_a_flare_up_moves_the_clock_of_spacing() -> None:
    history = History(step="S2.3", days=ALL_DAYS).session(0).mornings(1, 1, 1, 5, 5)
    assert history.state(4).flare is not None
    history.mornings(5, 1).session(5, 1, 1, step="S2.1").morning(6)
    assert history.state(6).flare is None
    assert (history.kind(6), history.why(6)[:1]) == (DayKind.LIGHT, ["spacing"])


def test_two_greens_bring_the_step_back_after_a_red() -> None:
    history = History(step="S2.3").quiet(1, 14).session(0, 6).session(2)
    assert history.planned(4) == "S2.2"
    history.session(4)
    assert history.planned(7) == "S2.3"


def test_a_finished_wait_does_not_come_back() -> None:
    history = History(step="S2.3", days=ALL_DAYS).quiet(1, 4).session(0, 6).session(2)
    history.session(4).mornings(5, 1, 1, 2.5)
    assert history.kind(7) is DayKind.LOADING
    assert history.overview(7).explanation.outcome is Outcome.PROGRESS


def test_a_red_at_the_bottom_takes_a_set_off() -> None:
    history = History(step="S2.1").quiet(1, 3).session(0, 6)
    assert (history.planned(2), history.sets_off(2)) == ("S2.1", 1)


# The top of a stage, and steps that failed


@pytest.mark.parametrize(
    ("stage", "top"),
    [("isometric", "I1.6"), ("isotonic", "S2.4"), ("hip_flexion", "S3.c3"), ("settle", "I0.3")],
)
def test_no_step_leads_past_the_top_of_a_stage(stage: str, top: str) -> None:
    history = History(stage=stage, step=top).calm_until(20)
    assert {record.step for record in history.state(20).records} == {history.state(0).step}
    assert history.step(20) == top


def test_a_letter_is_an_ordinary_step() -> None:
    history = History(stage="hip_flexion", step="S3.a3").calm_until(4)
    assert planned(history, 0, 2, 4) == ["S3.a3", "S3.a3", "S3.b1"]


def failed_twice() -> History:
    """Fail S2.3 twice: two ambers on days 0-2, two greens, and a RED on day 9."""
    history = History(step="S2.3").quiet(1, 60)
    history.session(0, 4).session(2, 4)  # judged on day 3
    history.session(4).session(7)
    assert history.planned(9) == "S2.3"
    return history.session(9, 6)


def test_a_step_that_failed_twice_is_not_offered_for_fourteen_days() -> None:
    history = failed_twice()
    offered = []
    for day in range(11, 34):
        now = history.at(day)
        if now.plan.kind is DayKind.LOADING:
            offered.append((day, history.planned(day)))
            history.session(day, 1, 1)
    first = min(day for day, step in offered if step == "S2.3")
    assert first == 23  # 14 days after day 9
    assert ReasonId.PLATEAU in history.why(21)


@pytest.mark.parametrize(("second", "offered"), [(25, 39), (32, 39)])
def test_the_fourteen_days_count_from_the_second_failure(second: int, offered: int) -> None:
    """(c10-7) also once the first lies further back; 28 days apart they are two single ones."""
    history = History(step="S2.2", days=ALL_DAYS).quiet(1, 45)
    steps = {}
    for day in range(offered + 1):
        steps[day] = history.planned(day)
        if history.kind(day) is DayKind.LOADING:
            hard = 9 if 7 <= day < second - 7 else None  # keeps S2.3 away until then
            history.session(day, 6 if day in (4, second) else 1, effort=hard)
    assert [day for day, step in steps.items() if step == "S2.3"][-1] == offered
    assert steps[second] == "S2.3"
    assert "S2.3" not in [steps[day] for day in range(second + 1, 39)]
    held = [day for day in range(second + 1, 39) if ReasonId.PLATEAU in history.why(day)]
    assert bool(held) is (second == 25)


def test_a_step_that_failed_once_is_offered_again() -> None:
    history = History(step="S2.3").quiet(1, 14).session(0, 4).session(2, 4).session(4).session(7)
    assert history.planned(9) == "S2.3"


# What else holds


def test_low_adherence_holds_below_half_only() -> None:
    history = History(step="S2.1").quiet(1, 16).session(0).session(7).session(14)
    assert history.state(16).streak == 3
    assert ReasonId.ADHERENCE_LOW in history.why(16)
    assert history.planned(16) == "S2.1"
    steady = History(step="S2.1").quiet(1, 14).session(0).session(4).session(7).session(9)
    assert ReasonId.ADHERENCE_LOW not in steady.why(11)


def test_nothing_rises_while_the_last_verdict_is_awaited() -> None:
    history = History(step="S2.1", days=ALL_DAYS).session(0).morning(1).session(2)
    assert history.planned(3, "11:00") is None
    assert history.planned(4, "07:00") == "S2.1"


def held(history: History, day: int, seen: int | None = None) -> dict[ReasonId, Reason]:
    """Return what keeps the dose from rising on a day, by its id."""
    state = history.state(day if seen is None else seen)
    return {why.id: why for why in blocks(state, history.on(day), settled=True)}


def test_maintenance_says_who_keeps_more_by_twice_a_week() -> None:
    """(b4 P6) no age is asked, so it is said to everybody; not where the week has two already."""
    history = History(stage="maintenance")
    why = blocks(history.state(0), history.on(0), settled=True)[-1]
    assert (why.id, why.variant) == (ReasonId.TOP_STEP, "kept")
    assert dict(why.figures) == {"step": "S6", "age": 60, "days": 3}
    twice = protocol(stages={"maintenance": {"planned_per_week": 2}})
    why = blocks(adopt(history, 0, twice).state(0), history.on(0), settled=True)[-1]
    assert (why.id, why.variant) == (ReasonId.TOP_STEP, "")


def test_what_holds_says_since_when_and_how_long() -> None:
    early = History(step="S2.1", days=ALL_DAYS).session(0).session(2).quiet(1, 3)
    why = held(early, 3)[ReasonId.MINIMUM_DAYS]
    assert dict(why.figures) == {"days": 3, "needed": 4}
    assert why.until == early.on(4)
    seldom = History().quiet(1, 13).session(0).session(2)
    assert dict(held(seldom, 13, 14)[ReasonId.ADHERENCE_LOW].figures) == {"percent": 33}
    top = History(step="S2.4").session(0).session(2).quiet(1, 4)
    assert held(top, 4)[ReasonId.TOP_STEP].variant == ""


@pytest.mark.parametrize(
    ("gap", "id_"), [(4, None), (5, "gap_repeat"), (7, "gap_repeat"), (8, "gap_step_down")]
)
def test_what_a_gap_says(gap: int, id_: str | None) -> None:
    history = History(step="S2.2", days=ALL_DAYS).session(0).quiet(1, gap)
    said = [why for why in held(history, gap).values() if why.id.startswith("gap")]
    assert [(why.id, dict(why.figures)) for why in said] == ([(id_, {"days": gap})] if id_ else [])


def test_a_set_comes_back_when_it_was_too_easy() -> None:
    """(c3, c10-5) one very easy session gives it back, as it would give the next step."""
    history = History(step="S2.1").quiet(1, 11).session(0, 4).session(2, 4)
    assert history.sets_off(4) == 1
    history.session(4, 1, effort=5)
    (why,) = history.at(7).plan.reasons
    assert why == reason(ReasonId.UNDERLOAD, "set", step="S2.1")
    assert history.session(7, 1).sets_off(7) == 0


@pytest.mark.parametrize(
    ("effort", "done", "day", "id_"),
    [(7, (0, 2), 4, ReasonId.TWO_GREEN), (5, (0,), 2, ReasonId.UNDERLOAD)],
)
def test_a_step_up_says_why(effort: float, done: tuple[int, ...], day: int, id_: ReasonId) -> None:
    history = History(step="S2.1").quiet(1, day)
    for on in done:
        history.session(on, effort=effort)
    (why,) = history.at(day).plan.reasons
    greens = {"greens": 2} if id_ is ReasonId.TWO_GREEN else {}
    assert (why.id, dict(why.figures)) == (id_, {"step": "S2.1", "next_step": "S2.2", **greens})
    assert history.session(day).state(day).last_change == why


def test_doing_less_is_no_change_of_the_programmes_own() -> None:
    history = History(step="S2.2")
    before = history.state(0).last_change
    assert before is not None
    assert history.session(0, step="S2.1").state(0).last_change == before
    assert history.state(0).sets_off == 0


def test_a_rise_is_a_step_up_or_a_set_that_comes_back() -> None:
    """Companions hold for 72 h after it (c10-30)."""
    lower = History(step="S2.3", days=ALL_DAYS).session(0).quiet(1, 8).session(8)
    assert (lower.step(8), lower.state(8).raised_on) == ("S2.2", None)
    fewer = History(step="S2.1", days=ALL_DAYS).session(0).quiet(1, 8).session(8)
    assert (fewer.state(8).sets_off, fewer.state(8).raised_on) == (1, None)
    fewer.quiet(9, 10).session(10)
    assert (fewer.state(10).sets_off, fewer.state(10).raised_on) == (0, fewer.on(10))


def test_adherence_leaves_out_what_was_planned_fourteen_days_ago() -> None:
    history = History().quiet(1, 14).session(0)
    assert adherence(history.state(14), history.on(13))[0] > 0
    assert adherence(history.state(14), history.on(14))[0] == 0


def test_a_companion_does_not_rise_within_72_hours_of_a_hamstring_step() -> None:
    history = History(stage="isometric", step="I1.1").calm_until(30)
    raised = [
        day
        for day in range(1, 31)
        if (history.state(day).raised_on == history.on(day))
        or history.state(day).companion_raised == history.on(day)
    ]
    companion = [day for day in raised if history.state(day).companion_raised == history.on(day)]
    ham = [day for day in raised if history.state(day).raised_on == history.on(day)]
    assert companion
    for day in companion:
        assert not [step for step in ham if 0 <= day - step < 3]
