"""Flare-ups: what starts one, its days, when it is over, and what follows (c5, c10-22, 32..37)."""

import pytest

from custom_components.pht_rehab.domain.model import (
    Band,
    DayKind,
    Outcome,
    ReasonId,
    Stage,
    reason,
)
from custom_components.pht_rehab.domain.morning import baseline
from tests.domain.builders import History

ALL_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def quiet(stage: str = "isotonic", step: str | None = None, base: float = 1) -> History:
    """A week of equal mornings, days 1 to 7, so that B is known."""
    return History(stage=stage, step=step, morning_pain=base).quiet(1, 7)


def flared(stage: str = "isotonic", step: str | None = None, base: float = 1) -> History:
    """A flare-up declared on day 8 by one bad morning."""
    return quiet(stage, step, base).morning(8, 7)


def in_flare(told: History, day: int) -> bool:
    return told.state(day).flare is not None


def cause(told: History, day: int) -> str:
    why = told.state(day).last_change
    assert why is not None
    assert why.id is ReasonId.FLARE_UP
    return why.variant


# F1: a rise of 2 or more on two mornings in a row, one of them at 4 or more (c10-32)


@pytest.mark.parametrize(
    ("base", "first", "second", "flare"),
    [
        (1, 3, 4, True),
        (1, 4, 3, True),
        (1, 3, 3.5, False),  # neither reaches 4
        (1, 3.5, 3, False),
        (1, 2.5, 6, False),  # the first rose by 1.5 only
        (1, 6, 2.5, False),
        (0, 2, 2, False),
        (0, 2, 4, True),
        (2, 4, 4, True),
        (2, 3.5, 4, False),
    ],
)
def test_two_raised_mornings(base: float, first: float, second: float, *, flare: bool) -> None:
    told = quiet(base=base).morning(8, first).morning(9, second)
    assert not in_flare(told, 8)
    assert in_flare(told, 9) is flare
    if flare:
        assert cause(told, 9) == "mornings"
        frozen = told.state(9).flare
        assert frozen is not None
        assert (frozen.baseline, frozen.started) == (base, told.on(9))  # before the rise


@pytest.mark.parametrize(("apart", "flare"), [(1, True), (2, True), (3, False)])
def test_consecutive_means_at_most_two_days_apart(apart: int, *, flare: bool) -> None:
    told = quiet().morning(8, 4).morning(8 + apart, 4)
    assert in_flare(told, 8 + apart) is flare


def test_a_calm_morning_between_starts_the_count_anew() -> None:
    told = quiet().mornings(8, 4, 1, 4)
    assert not in_flare(told, 10)


def without_mornings(last: int) -> History:
    """Train on without a morning test, so that no long absence is asked about."""
    told = quiet()
    for day in range(8, last):
        if told.kind(day) is DayKind.LOADING:
            told.session(day)
    return told


@pytest.mark.parametrize("away", [89, 90, 91, 120])
def test_the_last_baseline_known_serves_however_old_it_is(away: int) -> None:
    """(c10-21) the flare rules use it too, on the first morning and on the two first."""
    told = without_mornings(7 + away)
    assert not in_flare(told.morning(7 + away, 3), 7 + away)
    assert in_flare(told.morning(8 + away, 4), 8 + away)
    frozen = told.state(8 + away).flare
    assert frozen is not None
    assert (frozen.baseline, cause(told, 8 + away)) == (1, "mornings")
    at_once = told.void(8 + away).void(8 + away).morning(7 + away, 7)
    assert cause(at_once, 7 + away) == "single"


def test_back_after_a_long_absence_the_first_morning_can_start_one() -> None:
    told = quiet("isometric").morning(107, 7)
    assert told.kind(107) is DayKind.LOCKED  # for the screening questions
    assert in_flare(told, 107)
    assert not in_flare(quiet("isometric").morning(107, 6.5), 107)


def test_the_set_up_score_serves_as_long_as_there_is_no_other() -> None:
    for base, flare in ((1, True), (5, True), (5.5, False)):
        told = History(stage="settle", morning_pain=base).morning(100, 7)
        assert in_flare(told, 100) is flare


def test_it_needs_no_session() -> None:
    told = quiet().event(7, "travel").mornings(8, 3, 4)
    assert told.state(9).records == []
    assert in_flare(told, 9)


# F2: one morning at 7 or more with a rise of 2 or more


@pytest.mark.parametrize(
    ("stage", "base", "pain", "flare"),
    [
        ("isotonic", 1, 7, True),
        ("isotonic", 1, 6.5, False),
        ("settle", 5, 7, True),
        ("settle", 5, 6.5, False),
        ("settle", 5.5, 7, False),
        ("settle", 5.5, 7.5, True),
    ],
)
def test_one_very_bad_morning(stage: str, base: float, pain: float, *, flare: bool) -> None:
    told = quiet(stage, base=base).morning(8, pain)
    assert in_flare(told, 8) is flare
    if flare:
        assert cause(told, 8) == "single"


# F3: a new ache at rest of 4 or more with a rise of 2 or more


@pytest.mark.parametrize(
    ("pain", "rest", "flare"),
    [(3, 4, True), (3, 3.5, False), (2.5, 4, False), (3, None, False), (3, 9, True)],
)
def test_new_ache_at_rest(pain: float, rest: float | None, *, flare: bool) -> None:
    told = quiet().morning(8, pain, rest=rest)
    assert in_flare(told, 8) is flare
    if flare:
        assert cause(told, 8) == "rest_pain"


@pytest.mark.parametrize(("usual", "flare"), [(3.5, True), (4, False)])
def test_an_ache_the_person_always_has_is_not_new(usual: float, *, flare: bool) -> None:
    told = History(morning_pain=1, rest_pain=usual).quiet(1, 7).morning(8, 3, rest=4)
    assert in_flare(told, 8) is flare


def test_yesterdays_ache_does_not_count_today() -> None:
    told = quiet().morning(8, 1, rest=5).morning(9, 3)
    assert not in_flare(told, 9)


# F4: two REDs in 7 days


@pytest.mark.parametrize(("second", "flare"), [(2, True), (6, True), (7, False)])
def test_two_reds_in_a_week(second: int, *, flare: bool) -> None:
    told = History(days=ALL_WEEK).session(0, 6).quiet(1, second).session(second, 6)
    assert in_flare(told, second) is flare
    if flare:
        assert cause(told, second) == "two_reds"


def test_two_reds_of_a_test_that_is_no_longer_asked() -> None:
    """The first RED knows no B of the new stage's test; what is known of it now serves."""
    for pain in (0, 2):
        told = History(stage="isometric").session(0, 6).set_stage(1, "isotonic")
        told.morning(1, pain, clock="14:00").mornings(2, pain, pain).session(3, 6)
        flare = told.state(3).flare
        assert flare is not None
        assert (flare.test, flare.baseline) == ("long_lever_bridges", pain)


def test_only_the_reds_of_the_week_led_to_it() -> None:
    told = History(days=ALL_WEEK, step="S2.4").session(0, 6).quiet(1, 10).session(10, 6)
    told.quiet(11, 13).session(13, 6)
    assert in_flare(told, 13)
    assert [record.led_to_flare for record in told.state(13).records] == [False, True, True]


def test_two_reds_measure_from_the_first_although_b_has_risen() -> None:
    told = (
        History(days=ALL_WEEK, morning_pain=1).session(0, 6).mornings(1, 2, 2, 2, 2).session(4, 6)
    )
    assert baseline(told.state(3), "long_lever_bridges", told.on(3)) == 2
    flare = told.state(4).flare
    assert flare is not None
    assert flare.baseline == 1


def test_two_reds_measure_from_the_first() -> None:
    told = History(morning_pain=2).session(0, 6).mornings(1, 1, 1).session(2, 6)
    flare = told.state(2).flare
    assert flare is not None
    assert flare.baseline == 2


def test_a_red_known_only_by_the_morning_starts_it_that_morning() -> None:
    told = History().session(0, 6).mornings(1, 1, 1).session(2, 1).morning(3, 4)
    assert in_flare(told, 3)
    assert cause(told, 3) == "two_reds"


def test_two_reds_in_the_settle_stage_give_a_rest_day() -> None:
    told = History(stage="settle").session(0, 5).mornings(1, 1, 1).session(2, 5)
    assert not in_flare(told, 2)
    assert told.planned(3) is None
    assert told.kind(3) in (DayKind.REST, DayKind.LIGHT)
    assert "three_reds" not in told.state(3).reviews
    told.mornings(3, 1, 1, 1).session(5, 5)
    assert not in_flare(told, 5)
    assert told.state(5).reviews["three_reds"] == told.on(5)
    assert told.planned(6) is None  # known on the evening itself, it gives the day after
    assert told.planned(7) == "I0.1"


def test_a_second_red_known_in_the_morning_gives_that_day() -> None:
    told = History(stage="settle").session(0, 5).mornings(1, 1, 1).session(2, 1).morning(3, 3)
    assert told.verdict(2) == "red"
    assert told.planned(3) is None
    assert told.planned(4) == "I0.1"


def test_one_red_in_the_settle_stage_leaves_the_light_holds() -> None:
    told = History(stage="settle").session(0, 5)
    assert told.planned(1) == "I0.1"


@pytest.mark.parametrize(("third", "prompt"), [(27, True), (28, False)])
def test_three_reds_in_28_days_ask_for_a_clinician(third: int, *, prompt: bool) -> None:
    told = History(days=ALL_WEEK, step="S2.4").session(0, 6).quiet(1, 10).session(10, 6)
    told.quiet(11, third).session(third, 6)
    assert ("three_reds" in told.state(third).reviews) is prompt


def test_the_prompt_stays_up_for_four_weeks() -> None:
    told = History(days=ALL_WEEK, step="S2.4").session(0, 6).quiet(1, 10).session(10, 6)
    told.quiet(11, 20).session(20, 6).quiet(21, 30)
    assert "three_reds" in told.state(20 + 27).reviews
    assert "three_reds" not in told.state(20 + 28).reviews


def test_a_green_does_not_keep_the_prompt_up() -> None:
    told = History(days=ALL_WEEK, step="S2.4").session(0, 6).quiet(1, 10).session(10, 6)
    told.quiet(11, 20).session(20, 6).quiet(21, 26).session(25)
    assert told.verdict(25) == "green"
    assert told.state(26).reviews["three_reds"] == told.on(20)


def test_reds_that_led_to_a_flare_are_not_counted_again() -> None:
    told = History().session(0, 6).mornings(1, 1, 1).session(2, 6).mornings(3, 1, 1)
    assert not in_flare(told, 4)  # settled
    told.morning(5, 1).session(5, 6)
    assert not in_flare(told, 5)
    assert "three_reds" not in told.state(5).reviews


def test_reds_inside_a_flare_are_part_of_it() -> None:
    told = flared("isotonic", "S2.3")
    for day in (8, 9, 10):
        told.session(day, 1).morning(day + 1, 5)
        assert told.verdict(day) == "red"
    assert "three_reds" not in told.state(11).reviews
    told.mornings(12, 1, 1)
    assert not in_flare(told, 13)
    told.session(14, 6)
    assert not in_flare(told, 14)


# F5 stands in test_drift.py. The guard: a week's median of 5 or more, not in the settle stage.


@pytest.mark.parametrize(
    ("pains", "flare"),
    [
        ((5.0, 5.0), False),  # too few values
        ((5.0, 5.0, 5.0), True),
        ((4.5, 5.0, 5.5), True),
        ((4.5, 4.5, 5.5), False),
        ((5.5, 4.5, 4.5), False),
    ],
)
def test_guard(pains: tuple[float, ...], *, flare: bool) -> None:
    told = History(morning_pain=4).mornings(1, *pains)
    assert in_flare(told, len(pains)) is flare
    if flare:
        assert cause(told, len(pains)) == "guard"


def test_the_guard_freezes_b_as_it_was_before() -> None:
    told = History(morning_pain=4).mornings(1, 5, 5, 5)
    flare = told.state(3).flare
    assert flare is not None
    assert flare.baseline == 4  # two mornings are too few for another (c10-21)
    assert baseline(told.state(3), "long_lever_bridges", told.on(3)) == 4
    assert baseline(told.morning(4, 6).state(4), "long_lever_bridges", told.on(4)) == 4


def test_no_guard_in_the_settle_stage() -> None:
    told = History(stage="settle", morning_pain=5).quiet(1, 10)
    assert not in_flare(told, 10)


# The days of a flare-up


def test_day_by_day_without_a_green() -> None:
    told = flared("isotonic", "S2.3").mornings(9, *[5] * 7)
    for day in range(8, 16):
        now = told.at(day)
        assert (now.plan.kind, now.plan.light) == (DayKind.LIGHT, True)
        assert told.planned(day) == "I0.1"
        assert told.why(day) == ["flare_settling"]
        assert dict(now.plan.reasons[0].figures)["day"] == day - 7  # the first is told as day 1
        assert now.plan.tests == ()
        assert now.plan.gluteal is None
        assert now.plan.trunk in (None, 1)
        assert now.plan.morning_test == "long_lever_bridges"  # the stage's check goes on
        shown = told.overview(day)
        assert shown.explanation.outcome is Outcome.FLARE_UP
        assert shown.explanation.band is Band.STRICT
        assert shown.standing.flare_up


def test_day_by_day_with_greens() -> None:
    # B is 1: 2 makes the session before it GREEN, 2.5 leaves it AMBER, and no two calm
    # mornings in a row end the flare-up.
    told = flared("isotonic", "S2.3")
    steps = []
    for day, pain in enumerate((7, 2, 2.5, 2, 2.5, 2, 2.5, 2), 8):
        if day > 8:
            told.morning(day, pain)
        steps.append(told.planned(day))
        told.session(day, 1)
    # days 0-2 stay within I0.1-I0.2, days 3-7 within I0.3-I1.2, one step a GREEN
    assert steps == ["I0.1", "I0.2", "I0.2", "I0.3", "I0.3", "I1.1", "I1.1", "I1.2"]


def test_greens_of_the_first_days_do_not_skip_a_step_later() -> None:
    # B is 1.25, so that 2.5 is GREEN for the session and still no calm morning.
    told = History(morning_pain=1).mornings(1, 1, 1, 1.5, 1.5, 1.5).morning(6, 8)
    flare = told.state(6).flare
    assert flare is not None
    assert flare.baseline == 1.25
    steps = []
    for day in range(6, 12):
        if day > 6:
            told.morning(day, 2.5)
        steps.append(told.planned(day))
        told.session(day, 1)
    assert steps == ["I0.1", "I0.2", "I0.2", "I0.3", "I1.1", "I1.2"]


def test_a_red_inside_goes_back_to_the_first_step() -> None:
    told = flared().session(8, 1).morning(9, 2)
    assert told.planned(9) == "I0.2"
    told.session(9, 5)
    told.morning(10, 2.5)
    assert told.planned(10) == "I0.1"


def test_a_session_against_the_plan_is_no_session_of_the_stage() -> None:
    told = flared("isotonic", "S2.3").session(8, 1, step="S2.3").morning(9, 2)
    assert (told.record(8).light, told.record(8).counts) == (True, False)
    assert told.state(9).last_session is None


def test_never_above_the_step_of_a_lower_stage() -> None:
    told = flared("settle", "I0.1").session(8, 1).morning(9, 2)
    assert told.planned(9) == "I0.1"


def test_the_session_before_a_flare_up_keeps_its_verdict_of_one_band() -> None:
    told = flared()
    told.session(8, 3)
    assert told.record(8, 8).band is Band.STRICT


# Settling: two recorded mornings in a row at B + 1 or less, after day 0


@pytest.mark.parametrize(
    ("mornings", "over"),
    [
        ((2, 2), 10),
        ((2.5, 2, 2), 11),
        ((2, 2.5, 2, 2), 12),
        ((2, None, 2), 11),
        ((2, None, None, 2), None),
        ((2.5, 2.5, 2.5), None),
    ],
)
def test_settling(mornings: tuple[float | None, ...], over: int | None) -> None:
    told = flared().mornings(9, *mornings)
    last = 8 + len(mornings)
    assert in_flare(told, last) is (over is None)
    if over is not None:
        assert in_flare(told, over - 1)
        assert not in_flare(told, over)


def test_a_day_without_a_score_settles_nothing() -> None:
    told = flared("isotonic", "S2.3").mornings(9, 5, 5, 5, 5, 3, 3, 3)
    assert in_flare(told, 16)  # day 8, from which three steady mornings would do


def test_day_0_is_not_a_settling_morning() -> None:
    told = History().session(0, 6).mornings(1, 1, 1).session(2, 6)  # morning 2 was calm
    assert in_flare(told.morning(3, 1), 3)
    assert not in_flare(told.morning(4, 1), 4)


@pytest.mark.parametrize(
    ("stage", "step", "resumed"),
    [
        ("hip_flexion", "S3.c1", "S3.b2"),
        ("hip_flexion", "S3.a2", "S2.4"),
        ("hip_flexion", "S3.a1", "S2.3"),
        ("isotonic", "S2.3", "S2.1"),
        ("isotonic", "S2.2", "I1.6"),
        ("isotonic", "S2.1", "I1.5"),
        ("isometric", "I1.3", "I1.1"),
        ("isometric", "I1.1", "I0.2"),
        ("settle", "I0.3", "I0.1"),
        ("settle", "I0.1", "I0.1"),
        ("maintenance", "S6", "S3.c2"),
    ],
)
def test_resume_two_steps_down(stage: str, step: str, resumed: str) -> None:
    told = flared(stage, step).mornings(9, 2, 2)
    assert told.step(10) == resumed
    assert told.state(10).stage is told.state(10).dose.stage


def test_days_in_stage_leave_the_flare_out() -> None:
    told = flared("isotonic", "S2.3").mornings(9, 2, 2, 1)
    # days 8 and 9 were flare days; within the stage its days go on
    assert told.state(11).days_in_stage(told.on(11)) == 11 - 2


# After it: 7 days without progression in the strict band


def test_hold_of_seven_days() -> None:
    told = flared("isotonic", "S2.3").mornings(9, 2, 2)
    for day in range(10, 17):
        shown = told.overview(day)
        assert shown.explanation.band is Band.STRICT
        assert "hold_after_flare" in told.why(day) or told.kind(day) is not DayKind.LOADING
        assert shown.explanation.hold_until == told.on(17)
        told.morning(day + 1)
    assert told.overview(17).explanation.band is Band.NORMAL


def test_greens_of_the_hold_count_on_day_8() -> None:
    # Resumed on day 10, a Thursday: sessions on days 11, 14 and 16 stay at S2.1, day 17 ends
    # the hold and the next one, on day 18, steps up.
    told = flared("isotonic", "S2.3").mornings(9, 2, 2)
    steps = {}
    for day in range(10, 19):
        if day > 10:
            told.morning(day)
        if told.kind(day) is DayKind.LOADING:
            steps[day] = told.planned(day)
            told.session(day, 1)
    assert steps == {11: "S2.1", 14: "S2.1", 16: "S2.1", 18: "S2.2"}
    assert told.state(17).streak == 3


def test_the_eighth_day_itself_may_step_up() -> None:
    # The RED of day 7 takes one step, the flare-up two.
    told = History(step="S2.4", days=ALL_WEEK).calm(0, 7).morning(8, 7).mornings(9, 2, 2)
    steps = {}
    for day in range(10, 18):
        if day > 10:
            told.morning(day)
        if day in (10, 12, 14, 17):
            steps[day] = told.planned(day)
            told.session(day, 1)
    assert steps == {10: "S2.1", 12: "S2.1", 14: "S2.1", 17: "S2.2"}


def test_a_longer_strict_band_is_not_cut_short() -> None:
    told = quiet("isotonic", "S2.4").event(7, "injection").resume(8)
    told.morning(8, 7).mornings(9, 2, 2)
    assert not in_flare(told, 10)
    assert told.overview(17).explanation.band is Band.STRICT  # 14 days from day 8
    assert told.overview(21).explanation.band is Band.STRICT
    assert told.overview(22).explanation.band is Band.NORMAL


# A long one: past day 7 to the isometric stages, past day 14 one stage further


@pytest.mark.parametrize(
    ("stage", "step", "rest", "moved"),
    [
        ("hip_flexion", "S3.a1", None, "I1.1"),
        ("hip_flexion", "S3.a1", 3.5, "I1.1"),
        ("hip_flexion", "S3.a1", 4, "I0.1"),
        ("isotonic", "S2.3", None, "I1.1"),
        ("isometric", "I1.4", None, "I0.1"),
        ("settle", "I0.2", None, "I0.1"),
        ("maintenance", "S6", None, "I1.1"),
    ],
)
def test_more_than_seven_days(stage: str, step: str, rest: float | None, moved: str) -> None:
    told = flared(stage, step)
    for day in range(9, 17):
        told.morning(day, 5, rest=rest if day == 16 else None)
    assert told.step(15) == step  # day 7
    assert told.step(16) == moved  # day 8
    assert in_flare(told, 16)
    assert told.state(16).stage is told.state(16).dose.stage


def test_an_old_report_of_an_ache_counts_for_seven_days() -> None:
    for told_on, moved in ((10, "I0.1"), (9, "I1.1")):
        told = flared("isotonic", "S2.3").morning(9, 5, rest=5 if told_on == 9 else None)
        told.morning(10, 5, rest=5 if told_on == 10 else None).mornings(11, *[5] * 6)
        assert told.step(16) == moved


def test_moved_to_the_isometric_step_reached() -> None:
    told = flared("isotonic", "S2.3")
    for day, pain in enumerate((7, 2, 2.5, 2, 2.5, 2, 2.5, 2), 8):
        if day > 8:
            told.morning(day, pain)
        if day < 15:
            told.session(day, 1)
    told.morning(16, 3.5)
    assert told.step(16) == "I1.2"


def test_once_moved_the_end_takes_no_further_steps() -> None:
    told = flared("isotonic", "S2.3").mornings(9, *[5] * 8, 2, 2)
    assert not in_flare(told, 18)
    assert told.step(18) == "I1.1"
    assert told.state(18).hold_until == told.on(24)


def test_from_day_8_three_steady_mornings_settle_and_become_b() -> None:
    told = flared("isotonic", "S2.3").mornings(9, 5, 5, 5, 5, 3, 3, 3)
    assert in_flare(told, 15)  # day 7: 3 is still above B + 1
    told.morning(16, 3)
    assert not in_flare(told, 16)
    assert told.step(16) == "S2.1"  # settled before anything was moved
    assert baseline(told.state(16), "long_lever_bridges", told.on(16)) == 3
    told.morning(17, 3)
    assert not in_flare(told, 17)


def test_steady_mornings_are_consecutive() -> None:
    told = flared("isotonic", "S2.3").mornings(9, 5, 5, 5, 3, None, None, 3, 3)
    assert in_flare(told, 16)  # three at 3, but three days between two of them (c10-24)
    assert not in_flare(told.morning(17, 3), 17)


def test_steady_means_at_most_three() -> None:
    told = flared("isotonic", "S2.3").mornings(9, 5, 5, 5, 5, 5, 3, 3.5, 3, 3)
    assert in_flare(told, 17)
    assert not in_flare(told.morning(18, 3), 18)


def test_steady_mornings_under_a_painkiller_settle_nothing() -> None:
    """(c6, c10-36) nor do they become B, however far from calm B + 1 is."""
    told = History(step="S2.3").mornings(1, *[1] * 4, 4, 4, *[4] * 7)
    assert told.state(13).flare is not None
    for day in (14, 15, 16):
        told.morning(day, 3, painkiller=True)
    assert told.state(16).flare is not None
    told.mornings(17, 3, 3)
    assert told.state(18).flare is not None
    assert told.morning(19, 3).state(19).flare is None


def test_a_sore_morning_under_a_painkiller_is_not_steady() -> None:
    told = History(step="S2.3").mornings(1, *[1] * 4, 4, 4, *[4] * 7)
    told.mornings(14, 3, 3).morning(16, 4, painkiller=True).morning(17, 3)
    assert told.state(17).flare is not None
    assert told.mornings(18, 3, 3).state(19).flare is None


def test_more_than_fourteen_days() -> None:
    told = flared("isotonic", "S2.3").mornings(9, *[5] * 14)
    assert told.step(22) == "I1.1"  # day 14
    assert "flare_unsettled" not in told.state(22).reviews
    told.morning(23, 5)
    assert told.step(23) == "I0.2"  # day 15: one stage down from P1
    assert told.state(23).reviews["flare_unsettled"] == told.on(23)
    assert in_flare(told, 23)
    told.morning(24, 5)
    assert told.step(24) == "I0.2"  # once
    assert told.state(24).reviews["flare_unsettled"] == told.on(23)
    told.mornings(25, 2, 2)
    assert not in_flare(told, 26)
    assert told.step(26) == "I0.2"


def test_more_than_fourteen_days_in_the_settle_stage_only_prompts() -> None:
    told = flared("settle", "I0.2").mornings(9, *[5] * 15)
    assert told.step(23) == "I0.1"
    assert "flare_unsettled" in told.state(23).reviews


def test_more_than_fourteen_days_leave_the_step_of_the_settle_stage() -> None:
    told = flared("settle", "I0.3")
    for day, pain in enumerate((7, 2, 2.5, 2, 2.5), 8):
        if day > 8:
            told.morning(day, pain)
        told.session(day, 1)
    told.mornings(13, 2.5, *[3.5] * 10)
    assert told.step(16) == "I0.3"  # day 8
    assert told.step(23) == "I0.3"  # day 15
    assert "flare_unsettled" in told.state(23).reviews


def test_an_ache_at_rest_leads_to_the_top_of_the_settle_stage_at_most() -> None:
    told = flared("hip_flexion", "S3.a1")
    for day, pain in enumerate((7, 2, 2.5, 2, 2.5, 2, 2.5, 2), 8):
        if day > 8:
            told.morning(day, pain)
        if day < 15:
            told.session(day, 1)
    told.morning(16, 3.5, rest=4)
    assert (told.step(16), told.state(16).stage) == ("I0.3", Stage.SETTLE)


def test_what_it_says_when_it_is_long_and_when_it_is_over() -> None:
    told = flared("isotonic", "S2.3").mornings(9, *[5] * 8)
    long = told.state(16).last_change
    assert long is not None
    assert (long.id, long.variant, dict(long.figures)) == (
        ReasonId.FLARE_UP,
        "long",
        {"step": "I1.1"},
    )
    over = told.mornings(17, 2, 2).state(18).last_change
    assert over is not None
    assert (over.id, dict(over.figures)) == (ReasonId.HOLD_AFTER_FLARE, {"step": "I1.1"})
    assert over.until == told.on(25)  # the first day that may step up (c10-37)


# A second one within 28 days: on resuming, the lower of one stage down and two steps down


@pytest.mark.parametrize(
    ("stage", "step", "first", "second"),
    [
        ("hip_flexion", "S3.c1", "S3.b2", "S2.2"),
        ("hip_flexion", "S3.a3", "S3.a1", "S2.2"),
        ("isotonic", "S2.4", "S2.2", "I1.3"),
        ("isometric", "I1.4", "I1.2", "I0.2"),
        ("settle", "I0.3", "I0.1", "I0.1"),
    ],
)
def test_second_flare(stage: str, step: str, first: str, second: str) -> None:
    told = flared(stage, step).mornings(9, 2, 2)
    assert told.step(10) == first
    assert "second_flare" not in told.state(10).reviews
    told.quiet(11, 19).morning(20, 7)
    assert "second_flare" in told.state(20).reviews
    assert reason(ReasonId.PLATEAU, "second_flare") in told.overview(20).explanation.reasons
    told.mornings(21, 2, 2)
    assert told.step(22) == second


@pytest.mark.parametrize(("day", "again"), [(8 + 27, True), (8 + 28, False)])
def test_second_within_28_days(day: int, *, again: bool) -> None:
    told = flared("settle").mornings(9, 2, 2).quiet(11, day - 1).morning(day, 7)
    flare = told.state(day).flare
    assert flare is not None
    assert flare.again is again


def test_a_second_long_one_ends_one_stage_lower() -> None:
    told = flared("hip_flexion", "S3.c1").mornings(9, 2, 2).quiet(11, 19).morning(20, 7)
    told.mornings(21, *[5] * 8, 2, 2)
    assert told.step(28) == "I1.1"
    assert told.step(30) == "I0.2"


# What a flare-up leaves alone


def test_flare_mornings_stay_out_of_b_and_drift() -> None:
    told = flared("isotonic", "S2.4").mornings(9, 5, 5, 2, 2)
    test = "long_lever_bridges"
    for day in range(8, 13):
        assert baseline(told.state(day), test, told.on(day)) == 1
    # frozen until three new values exist
    told.mornings(13, 2, 2)
    assert baseline(told.state(14), test, told.on(14)) == 1
    told.morning(15, 2)
    assert baseline(told.state(15), test, told.on(15)) == 2
    assert told.state(12).medians == {}


def test_b_stays_frozen_after_it_with_raised_mornings_before_it() -> None:
    """(c10-22) the mornings that led to the flare-up make no new B when it is over."""
    told = History(step="S2.4", morning_pain=1).mornings(6, 1, 1, 4, 4, 2, 2)
    assert not in_flare(told, 11)
    told.mornings(12, 2, 2)
    for day in (11, 12, 13):
        assert baseline(told.state(day), "long_lever_bridges", told.on(day)) == 1
    assert baseline(told.morning(14, 2).state(14), "long_lever_bridges", told.on(14)) == 2


def test_a_flare_ends_the_streak_and_a_return_from_a_break() -> None:
    told = History(step="S2.4", days=ALL_WEEK).session(0, 1).quiet(1, 9).session(9, 1).morning(10)
    back = told.state(10)
    assert (back.dose.id, back.streak) == ("S2.3", 1)
    assert back.gap_return is not None
    told.mornings(11, 4, 4)
    assert in_flare(told, 12)
    assert (told.state(12).streak, told.state(12).gap_return) == (0, None)
    assert told.mornings(13, 2, 2).state(14).gap_return is None


def test_a_flare_within_the_hold_waits_for_calm_mornings() -> None:
    told = flared("isotonic", "S2.4").mornings(9, 2, 2, 1, 7)
    assert in_flare(told, 12)
    calm = next(line for line in told.overview(12).criteria if line.id == "calm")
    assert (calm.met, calm.waits_for) == (False, "calm_morning")


def test_a_flare_replaces_the_gap_table() -> None:
    # The last session was on day 0; the flare-up lasts from day 24 to day 31 and the hold after
    # it runs on: neither one stage down past 28 days nor the steps of the table (c10-6).
    told = History(step="S2.4", days=ALL_WEEK).session(0, 1).quiet(1, 23).morning(24, 7)
    told.mornings(25, 5, 5, 5, 5, 5, 2, 2)
    assert told.step(30) == "S2.4"
    assert not in_flare(told, 31)
    assert told.step(31) == "S2.2"
    assert told.planned(31) == "S2.2"
    assert told.state(31).stage is Stage.ISOTONIC


def test_a_flare_ends_a_red_wait() -> None:
    told = History(step="S2.4").quiet(1, 7).session(7, 6).mornings(8, 7, 2, 2)
    assert told.state(8).red_wait is None
    assert told.state(10).red_wait is None
    assert told.kind(11) is DayKind.LOADING


def test_no_stage_up_in_a_flare_or_its_hold() -> None:
    told = flared("isotonic", "S2.3")
    calm = next(line for line in told.overview(8).criteria if line.id == "calm")
    assert calm.met is False
    told.mornings(9, 2, 2)
    calm = next(line for line in told.overview(12).criteria if line.id == "calm")
    assert (calm.met, calm.waits_for) == (False, "time")


def test_a_painkiller_settles_no_flare() -> None:
    told = History(step="S2.4", morning_pain=1).quiet(1, 3).mornings(4, 7)
    assert told.state(4).flare is not None
    told.morning(5, 1, painkiller=True).morning(6, 1, painkiller=True)
    assert told.state(6).flare is not None
    told.mornings(7, 1, 1)
    assert told.state(8).flare is None


def test_a_long_absence_ends_a_flare_with_a_new_screening() -> None:
    told = History(step="S2.4", morning_pain=1).session(0).quiet(1, 3).mornings(4, 7)
    assert told.state(84).flare is not None
    assert told.state(85).flare is None
    assert told.kind(85) is DayKind.LOCKED
