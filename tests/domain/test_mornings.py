"""The morning load test: which one, its baseline and the guard: (c1), (c6), (c10-19..24)."""

from datetime import timedelta

import pytest

from custom_components.pht_rehab.domain.model import DayKind, ReasonId, Response
from custom_components.pht_rehab.domain.morning import baseline, usual_rest_pain, usual_score
from tests.domain.builders import History

T1, T2, T3, T4 = "two_leg_bridge", "one_leg_bridges", "long_lever_bridges", "arabesques"


def asked(history: History, day: int, clock: str = "06:30") -> str | None:
    return history.at(day, clock).plan.morning_test


def base(history: History, day: int, test: str = T3) -> float | None:
    return baseline(history.state(day), test, history.on(day))


# Which test


@pytest.mark.parametrize(
    ("stage", "test"),
    [
        ("settle", T1),
        ("isometric", T2),
        ("isotonic", T3),
        ("hip_flexion", T4),
        ("maintenance", T4),
    ],
)
def test_every_stage_has_its_own_test(stage: str, test: str) -> None:
    history = History(stage=stage)
    assert history.state(0).check_test == test
    assert history.at(7, "06:30").plan.morning_test == test


@pytest.mark.parametrize(("pain", "test"), [(3, T3), (3.5, T2), (4, T2)])
def test_a_test_above_three_makes_way_for_the_one_below(pain: float, test: str) -> None:
    placed = History(stage=None, morning_pain=1, tests={T2: 2, T3: 3.5})
    assert placed.state(0).stage.value == "isotonic"
    assert asked(placed, 1) == T2
    history = History(morning_pain=2.5).morning(1, pain)
    assert asked(history, 2) == test


def test_the_settle_stage_has_nothing_below_its_test() -> None:
    assert asked(History(stage="settle", morning_pain=6), 1) == T1


def test_the_stages_own_test_is_tried_once_a_week_until_three() -> None:
    history = History(stage=None, morning_pain=1, tests={T2: 2, T3: 4})
    assert [asked(history, day) for day in (1, 6, 7)] == [T2, T2, T3]
    history.mornings(1, 2, 2, 2, 2, 2, 2, 3.5)
    assert [asked(history, day) for day in (8, 13, 14)] == [T2, T2, T3]
    history.mornings(8, 2, 2, 2, 2, 2, 2, 3)
    assert [asked(history, day) for day in (15, 16, 22)] == [T3, T3, T3]


def test_the_placed_stage_compares_with_the_set_up_score_of_the_test_asked() -> None:
    history = History(stage=None, morning_pain=1, tests={T2: 2, T3: 4})
    assert history.session(0).morning(1, 3).verdict(0) is Response.GREEN
    sore = History(stage=None, morning_pain=1, tests={T2: 2, T3: 4}).session(0)
    assert sore.morning(1, 3.5).verdict(0) is Response.AMBER


def test_scores_of_different_tests_are_never_compared() -> None:
    history = History(stage=None, morning_pain=1, tests={T2: 0, T3: 4})
    history.mornings(1, 0, 0, 0, 0, 0, 0)
    assert (base(history, 6, T2), base(history, 6, T3)) == (0, 4)
    history.morning(7, 4)  # the weekly try of the harder test
    assert history.state(7).flare is None
    assert history.state(7).creep is None


@pytest.mark.parametrize(
    ("morning", "verdict"), [(3, Response.GREEN), (4, Response.AMBER), (5, Response.RED)]
)
def test_the_easier_test_judges_the_day_the_stages_own_was_tried(
    morning: float, verdict: Response
) -> None:
    """(c1, c10-11) B of the test asked the next morning is known, whichever was asked that day."""
    history = History(stage=None, morning_pain=1, tests={T1: 1, T2: 2, T3: 4})
    history.mornings(1, *[2] * 6).morning(7, 4)
    assert asked(history, 7, "20:00") == T3
    history.session(7)
    assert asked(history, 8) == T2
    history.morning(8, morning)
    assert (history.verdict(7), history.record(7).gap) == (verdict, False)


@pytest.mark.parametrize(("pain", "verdict", "gap"), [(1, "amber", True), (4, "red", False)])
def test_an_easier_test_nobody_asked_for_tells_bad_news_only(
    pain: float, verdict: str, *, gap: bool
) -> None:
    """(c10-11, c10-19) what is calm on it would not be on the test that was."""
    history = History(morning_pain=1, tests={T2: 1, T3: 1}).session(0)
    assert asked(history, 1) == T3
    history.test(1, T2, pain=pain, clock="07:00")
    assert (history.verdict(0).value, history.record(0).gap) == (verdict, gap)


def test_an_exit_line_needs_the_stages_own_test() -> None:
    history = History(stage=None, morning_pain=1, tests={T2: 2, T3: 4}).mornings(1, 1, 1, 1)
    lines = {line.id: line for line in history.overview(3).criteria}
    assert (lines["load_test"].value, lines["load_test"].met) == (4, False)


def test_one_morning_has_one_test_whatever_it_scored() -> None:
    history = History(morning_pain=2.5).morning(1, 4)
    assert not history.overview(1).morning_check_open
    assert history.overview(1).morning_pain_today == 4
    history.morning(1, 2.5)
    assert history.overview(1).morning_pain_today == 2.5
    assert asked(history, 2) == T3


def test_a_rise_is_looked_at_again_with_the_same_test() -> None:
    assert asked(History(morning_pain=1).morning(1, 4), 2) == T3
    red = History(morning_pain=2.5).session(0, 6).morning(1, 4)
    assert asked(red, 2) == T3


def test_the_rise_is_measured_from_the_morning_before() -> None:
    history = History(morning_pain=1).mornings(1, 3, 3.5)
    assert base(history, 2) == 3  # with the raised mornings in it
    assert asked(history, 3) == T3


@pytest.mark.parametrize(("session", "asked_on_6"), [(5, T4), (4, None), (None, None)])
def test_in_maintenance_the_morning_after_a_session_comes_a_day_early(
    session: int | None, asked_on_6: str | None
) -> None:
    history = History(stage="maintenance")
    if session is not None:
        history.session(session)
    assert [asked(history, 5), asked(history, 6), asked(history, 7)] == [None, asked_on_6, T4]


def test_a_flare_keeps_the_stages_test() -> None:
    history = History(morning_pain=1).morning(1, 7)
    assert asked(history, 2) == T3


# A new test


def confirmed() -> History:
    """Go from the isometric to the isotonic stage on a Wednesday, day 9."""
    history = History(stage="isometric", morning_pain=1).calm_until(8).morning(9)
    return history.confirm(9, anyway=True)


def test_a_new_stage_waits_for_the_first_score_of_its_test() -> None:
    history = confirmed()
    assert history.kind(9) is DayKind.TEST
    assert history.at(9).plan.reasons[0].id is ReasonId.TEST_NEEDED
    assert asked(history, 9, "14:00") == T3
    assert history.overview(9, "11:00").morning_check_open
    assert history.kind(11) is DayKind.TEST
    history.morning(9, 2.5, clock="14:00")
    assert history.kind(9) is DayKind.LOADING
    assert (history.planned(9), base(history, 9)) == ("S2.1", 2.5)


def test_the_new_test_is_its_own_baseline_until_three_values() -> None:
    history = confirmed().morning(9, 2.5, clock="14:00").mornings(10, 1)
    assert base(history, 10) == 2.5
    history.morning(11, 1)
    assert base(history, 11) == 1


def test_the_old_test_judges_the_last_session_of_the_old_stage() -> None:
    history = confirmed().morning(9, 3, clock="14:00")
    assert history.verdict(8, seen=9) is Response.GREEN
    sore = History(stage="isometric", morning_pain=1).calm_until(8).morning(9, 2.5)
    sore.confirm(9, anyway=True).morning(9, 1, clock="14:00")
    assert sore.verdict(8, seen=9) is Response.AMBER


def test_the_first_score_on_a_new_test_is_no_rise() -> None:
    history = confirmed().morning(9, 3, clock="14:00")
    assert history.session(9).morning(10, 3.5).verdict(9) is Response.GREEN


# The baseline


def test_with_fewer_than_three_values_it_is_the_set_up_score() -> None:
    history = History(morning_pain=1).morning(1, 3)
    assert base(history, 1) == 1
    assert base(history.morning(2, 3), 2) == 3


def test_it_is_the_median_of_seven_days_including_this_morning() -> None:
    history = History(morning_pain=3).mornings(1, 3, 3, None, None, None, None, 1, 1)
    assert base(history, 7) == 3  # days 1, 2 and 7
    assert base(history, 8) == 1  # days 2, 7 and 8


def test_on_a_day_without_a_score_older_ones_drop_out() -> None:
    history = History(morning_pain=1).mornings(1, 1, 1, 1, 1, 3, 3, 3)
    assert [base(history, day) for day in (7, 9, 10, 12)] == [1, 3, 3, 1]


def test_an_even_number_of_values_takes_the_middle() -> None:
    history = History(morning_pain=0).mornings(1, 1, 2, 3)
    assert base(history, 3) == 1.5


def test_the_session_is_judged_by_the_baseline_of_its_own_morning() -> None:
    history = History(morning_pain=0).mornings(1, 2, 2).session(2).morning(3, 3)
    assert history.record(2).baselines[T3] == 2
    assert history.verdict(2) is Response.GREEN


def test_after_an_absence_it_is_the_last_one_known() -> None:
    history = History(morning_pain=0).mornings(1, 2, 2, 2, 2)
    assert base(history, 4) == 2
    history.morning(20, 3)
    assert base(history, 20) == 2
    history.mornings(21, 3, 3)
    assert base(history, 22) == 3


def test_as_it_was_on_an_earlier_morning() -> None:
    history = History(morning_pain=0).mornings(1, 2, 2, 2, 2).mornings(20, 3, 3, 3)
    assert baseline(history.state(22), T3, history.on(21)) == 2


def test_three_values_are_enough_to_be_known_after_an_absence() -> None:
    history = History(morning_pain=0).mornings(1, 2, 2).morning(20, 3)
    assert base(history, 20) == 2


def test_the_last_one_known_outlives_its_scores() -> None:
    history = History(morning_pain=0).mornings(1, 2, 2, 2).morning(11, 4)
    for day in range(12, 110, 7):
        history.session(day)
    history.mornings(112, 3, 3)
    kept = [history.on(day) for day in (11, 112, 113)]
    assert [score.on for score in history.state(113).scores[T3]] == kept
    assert base(history, 113) == 2


def test_of_old_scores_the_last_is_kept() -> None:
    history = History(stage="settle").quiet(1, 150)
    oldest, *others = [score.on for score in history.state(150).scores[T1]]
    assert (oldest, len(others)) == (history.on(150) - timedelta(days=91), 91)


def test_the_set_up_score_given_again_counts_once() -> None:
    history = History(morning_pain=1).morning(0, 3).morning(1, 3)
    assert [score.pain for score in history.state(1).scores[T3]] == [3, 3]
    assert base(history, 1) == 1  # two values


def test_the_test_asked_judges_where_two_were_done() -> None:
    history = History(stage=None, morning_pain=1, tests={T2: 2, T3: 4}).session(0)
    history.morning(1, 5).test(1, T3, pain=4)
    assert history.verdict(0) is Response.RED


def test_scores_on_a_test_from_before_its_stage_are_no_part_of_it() -> None:
    """(c1, c10-20) its first score in the stage is B."""
    history = History(stage="isometric").quiet(1, 8)
    for day in (5, 6, 7):
        history.test(day, T3, pain=5)
    assert base(history, 7) == 5
    history.confirm(8, anyway=True).morning(9)
    assert history.state(9).today_scores[T3] == 1
    assert base(history, 9) == 1


@pytest.mark.parametrize("first", ["08:30", "14:00"])
def test_a_score_of_the_set_up_is_no_baseline_of_a_stage_gone_up_to(first: str) -> None:
    """(c1, c10-20) nor is it where the new test was done that very morning, before the word."""
    history = History(stage="isometric", morning_pain=1, tests={T2: 1, T3: 6}).quiet(1, 8)
    history.test(9, T3, pain=1, clock=first)
    history.confirm(9, anyway=True, clock="13:00")
    assert base(history, 9) == 1
    assert history.session(9).morning(10, 4).verdict(9) is Response.RED


# What else a morning tells


def test_the_usual_ache_is_the_median_of_the_last_seven() -> None:
    history = History(rest_pain=0)
    for day in range(1, 12):
        history.morning(day, rest=0 if day < 8 else 4)
    assert usual_rest_pain(history.state(10)) == 0
    assert usual_rest_pain(history.state(11)) == 4


def test_an_ache_within_a_flare_is_not_the_usual_one() -> None:
    history = History(rest_pain=0).morning(1, 7, rest=0)
    history.morning(2, 5, rest=6).morning(3, 5, rest=6)
    assert history.state(3).flare is not None
    assert usual_rest_pain(history.state(3)) == 0


def test_the_usual_score_is_of_the_28_days_before_the_last_seven() -> None:
    history = History(stage="maintenance", morning_pain=1).morning(7, 2).morning(14, 2)
    assert usual_score(history.state(21), T4, history.on(21)) == 2
    masked = History(stage="maintenance", morning_pain=1).morning(7, 1)
    masked.morning(8, 2, painkiller=True).morning(14, 2)
    assert usual_score(masked.state(21), T4, masked.on(21)) == 1


@pytest.mark.parametrize(
    ("during", "first", "second"),
    [(6, 3, 2.5), (1, 4, 2.5)],  # RED at the session, RED by the morning itself
)
def test_the_morning_after_a_red_stays_out(during: float, first: float, second: float) -> None:
    history = History(morning_pain=1).session(0, during).mornings(1, first, second)
    assert history.verdict(0) is Response.RED
    assert history.state(2).flare is None
    assert base(history, 2) == 1  # two values only
    history.morning(3, 2.5)
    assert base(history, 3) == 2.5


def test_the_morning_after_a_red_still_counts_for_the_guard() -> None:
    history = History(stage="settle", morning_pain=4.5).session(0, 6).mornings(1, 4.5, 4.5)
    assert ReasonId.GUARD in history.why(3, "12:00")


def test_a_masked_morning_stays_out() -> None:
    history = History(morning_pain=1).morning(1, 3, painkiller=True).morning(2, 3, painkiller=True)
    assert base(history, 2) == 1
    plain = History(morning_pain=1).morning(1, 3).morning(2, 3)
    assert base(plain, 2) == 3
    third = History(morning_pain=1).morning(1, 3).morning(2, 3, painkiller=True)
    assert base(third, 2) == 1  # still too few values


def test_a_flare_freezes_it_until_three_new_values() -> None:
    history = History(step="S2.4", morning_pain=1).morning(1, 7)
    assert base(history, 1) == 1
    history.mornings(2, 4, 2, 2)
    assert history.state(3).flare is not None
    assert base(history, 3) == 1
    assert history.state(4).flare is None
    history.mornings(5, 2, 2)
    assert base(history, 6) == 1
    assert base(history.morning(7, 2), 7) == 2


# The guard


@pytest.mark.parametrize(("level", "held"), [(3.5, False), (4, True), (4.5, True)])
def test_a_week_at_four_holds_every_step_but_no_session(level: float, *, held: bool) -> None:
    history = History(stage="isometric", morning_pain=level).calm_until(3)
    assert history.verdict(1) is Response.GREEN
    assert history.kind(3) is DayKind.LOADING
    assert history.planned(3) == ("I1.1" if held else "I1.2")
    assert (ReasonId.GUARD in history.why(3)) is held
    lines = {line.id: line for line in history.overview(3).criteria}
    assert lines["calm"].met is not held


def test_the_guard_needs_three_values() -> None:
    history = History(stage="isometric", morning_pain=4.5).morning(1)
    assert ReasonId.GUARD not in history.why(1)
    assert ReasonId.GUARD in history.morning(2).why(2)


@pytest.mark.parametrize(("level", "steps"), [(3.5, 4), (4, 1)])
def test_a_week_at_four_holds_on_the_day_the_stages_own_test_is_tried(
    level: float, steps: int
) -> None:
    """(c10-23) that one score says nothing of the week, in which the test below was asked."""
    every = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    history = History(step="S2.1", days=every, morning_pain=4)
    for day in range(23):
        if day:
            history.morning(day, 4 if asked(history, day) == T3 else level)
        if history.kind(day) is DayKind.LOADING:
            history.session(day, 1)
    assert [asked(history, day, "20:00") for day in (7, 14, 21)] == [T3] * 3
    done = {record.step for record in history.state(22).records}
    assert len(done) == steps
    lines = {line.id: line for line in history.overview(21).criteria}
    assert lines["calm"].met is (level < 4)


@pytest.mark.parametrize(
    ("stage", "level", "flare"),
    [
        ("isometric", 4.5, False),
        ("isometric", 5, True),
        ("isotonic", 5, True),
        ("settle", 6, False),
    ],
)
def test_a_week_at_five_is_a_flare_but_not_in_the_settle_stage(
    stage: str, level: float, *, flare: bool
) -> None:
    history = History(stage=stage, morning_pain=level).quiet(1, 3)
    assert (history.state(3).flare is not None) is flare


# Consecutive mornings


@pytest.mark.parametrize(
    ("mornings", "met"), [((1, 3, 5), True), ((3, 4, 5), True), ((1, 2, 5), True), ((1, 4), False)]
)
def test_three_calm_mornings_are_the_last_three_within_five_days(
    mornings: tuple[int, ...], *, met: bool
) -> None:
    history = History(stage="settle", morning_pain=4)
    for day in mornings:
        history.morning(day, 3)
    lines = {line.id: line for line in history.overview(5).criteria}
    assert lines["calm_mornings"].met is met
    if met:
        later = {line.id: line for line in history.overview(mornings[0] + 5).criteria}
        assert later["calm_mornings"].met is False
        broken = history.morning(5, 3.5)
        lines = {line.id: line for line in broken.overview(5).criteria}
        assert lines["calm_mornings"].met is False


@pytest.mark.parametrize(("second", "flare"), [(2, True), (3, True), (4, False)])
def test_two_mornings_are_consecutive_up_to_two_days_apart(second: int, *, flare: bool) -> None:
    history = History(morning_pain=1).morning(1, 4).morning(second, 4)
    assert (history.state(second).flare is not None) is flare


@pytest.mark.parametrize(
    ("first", "second", "flare"),
    [(3, 4, True), (4, 3, True), (4, 4, True), (3, 3, False), (3.5, 3.5, False), (4, 2.5, False)],
)
def test_a_flare_of_two_mornings_reaches_four_once(
    first: float, second: float, *, flare: bool
) -> None:
    history = History(morning_pain=1).mornings(1, first, second)
    assert (history.state(2).flare is not None) is flare
