"""Missed, partial, moved and extra sessions, spacing and the week: (c7), (c10-25..28)."""

from itertools import pairwise

import pytest

from custom_components.pht_rehab.domain.exercises import Strand
from custom_components.pht_rehab.domain.model import DayKind, ReasonId, Response, Stage, Waiting
from custom_components.pht_rehab.domain.progression import adherence
from custom_components.pht_rehab.domain.protocol import LADDER
from custom_components.pht_rehab.domain.schedule import loading_day
from custom_components.pht_rehab.domain.steps import gap_days
from tests.domain.builders import History

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def gap(history: History, day: int) -> int:
    return gap_days(history.state(day), history.on(day))


# The table


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (1, None),  # spacing
        (2, "S3.b1"),
        (4, "S3.b1"),
        (5, "S3.b1"),
        (7, "S3.b1"),
        (8, "S3.a3"),
        (14, "S3.a3"),
        (15, "S3.a2"),
        (28, "S3.a2"),
    ],
)
def test_the_longer_the_gap_the_lower_the_step(days: int, step: str | None) -> None:
    history = History(stage="hip_flexion", step="S3.b1", days=WEEK).session(0).quiet(1, days)
    assert history.planned(days) == step
    assert history.step(days) == "S3.b1"  # real when it has been done


@pytest.mark.parametrize(("days", "step"), [(4, "S2.3"), (5, "S2.2"), (7, "S2.2"), (8, "S2.1")])
def test_a_gap_of_five_to_seven_days_repeats_the_step_once(days: int, step: str) -> None:
    history = History(step="S2.2", days=WEEK).quiet(1, days + 2).session(0).session(2)
    back = 2 + days
    assert history.planned(back) == step
    if step == "S2.2":
        assert ReasonId.GAP_REPEAT in history.why(back)
        assert history.state(back).streak == 2  # the streak is kept
        history.session(back).morning(back + 1)
        assert history.morning(back + 2).planned(back + 2) == "S2.3"


@pytest.mark.parametrize(
    ("stage", "step", "days", "landed"),
    [
        ("isotonic", "S2.3", 28, (Stage.ISOTONIC, "S2.3")),
        ("isotonic", "S2.3", 29, (Stage.ISOMETRIC, "I1.3")),
        ("isotonic", "S2.3", 84, (Stage.ISOMETRIC, "I1.3")),
        ("hip_flexion", "S3.c1", 28, (Stage.HIP_FLEXION, "S3.c1")),
        ("hip_flexion", "S3.c1", 29, (Stage.ISOTONIC, "S2.2")),
        ("maintenance", "S6", 28, (Stage.MAINTENANCE, "S6")),
        ("maintenance", "S6", 29, (Stage.HIP_FLEXION, "S3.b1")),
        ("isometric", "I1.4", 29, (Stage.ISOMETRIC, "I1.4")),
        ("settle", "I0.2", 60, (Stage.SETTLE, "I0.2")),
    ],
)
def test_past_28_days_it_is_one_stage_down(
    stage: str, step: str, days: int, landed: tuple[Stage, str]
) -> None:
    history = History(stage=stage, step=step).session(0)
    state = history.state(days)
    assert (state.stage, state.dose.id) == landed


@pytest.mark.parametrize("days", [40, 60])
def test_one_absence_costs_one_stage(days: int) -> None:
    history = History(stage="hip_flexion", step="S3.c1", days=WEEK).session(0)
    history.mornings(days, 1)
    state = history.state(days)
    assert (state.stage, state.dose.id) == (Stage.ISOTONIC, "S2.2")
    assert history.planned(days) in (None, "S2.2")
    history.morning(days, 1, clock="08:00")
    assert (history.planned(days), history.sets_off(days)) == ("S2.2", 0)


@pytest.mark.parametrize(
    ("days", "scored", "kind"),
    [
        (14, None, DayKind.LOADING),
        (15, None, DayKind.TEST),
        (15, 8, DayKind.TEST),
        (15, 9, DayKind.LOADING),  # of the last week
        (28, None, DayKind.TEST),
        (40, None, DayKind.TEST),  # in the stage below
        (40, 40, DayKind.LOADING),
    ],
)
def test_after_a_long_break_the_load_test_comes_first(
    days: int, scored: int | None, kind: DayKind
) -> None:
    """(c7) not for whoever went on with the mornings."""
    history = History(stage="hip_flexion", step="S3.b2", days=WEEK).session(0)
    if scored is not None:
        history.morning(scored, 1)
    plan = history.at(days).plan
    assert plan.kind is kind
    assert (plan.dose is None) is (kind is DayKind.TEST)
    if kind is DayKind.TEST:
        assert plan.morning_test == history.state(days).plan.load_test
        assert plan.reasons[0].variant == "return"
        assert Waiting.TEST in history.overview(days).explanation.waiting_for
        history.morning(days, 1)
        assert history.kind(days) is DayKind.LOADING


@pytest.mark.parametrize("stage", ["isometric", "maintenance"])
def test_where_the_table_does_not_count_no_test_is_waited_for(stage: str) -> None:
    history = History(stage=stage, days=WEEK).session(0)
    assert history.kind(28) is DayKind.LOADING


def test_a_session_without_the_test_takes_on_what_the_break_took_off() -> None:
    history = History(stage="hip_flexion", step="S3.b2", days=WEEK).session(0)
    assert history.kind(20) is DayKind.TEST
    history.session(20, step="S3.b2").quiet(21, 22)
    assert history.record(20).counts is False
    assert (history.step(22), history.planned(22)) == ("S3.a3", "S3.a3")


@pytest.mark.parametrize("stage", ["settle", "isometric", "isotonic", "hip_flexion", "maintenance"])
def test_past_84_days_screening_and_placement_start_anew(stage: str) -> None:
    history = History(stage=stage).session(0)
    assert history.state(84).lock is None
    assert history.kind(85) is DayKind.LOCKED
    assert history.at(85).plan.reasons[0].id is ReasonId.RESCREEN
    change = history.state(85).last_change
    assert change is not None
    assert (change.id, dict(change.figures)) == (ReasonId.RESCREEN, {"days": 85})


@pytest.mark.parametrize("days", [8, 14, 15, 28])
def test_maintenance_knows_no_shorter_gap(days: int) -> None:
    history = History(stage="maintenance", days=WEEK).session(0).quiet(1, days)
    assert (history.planned(days), history.sets_off(days)) == ("S6", 0)


@pytest.mark.parametrize(("days", "step", "streak"), [(7, "I1.6", 2), (8, "I1.5", 0)])
def test_the_isometric_stages_just_go_on(days: int, step: str, streak: int) -> None:
    history = History(stage="isometric", step="I1.2").calm_until(7).quiet(8, 7 + days)
    back = 7 + days
    assert history.planned(back) == step
    assert history.state(back).streak == streak


# The way back


def test_one_green_brings_the_step_back_after_8_to_14_days() -> None:
    history = History(stage="hip_flexion", step="S3.b1", days=WEEK).quiet(1, 30).session(0)
    history.session(14)
    assert history.step(14) == "S3.a3"
    assert history.planned(16) == "S3.b1"  # without the four days
    history.session(16)
    assert history.state(17).streak == 1
    assert history.planned(18) == "S3.b1"


def test_two_greens_bring_it_back_after_15_to_28_days() -> None:
    history = History(stage="hip_flexion", step="S3.b1", days=WEEK).quiet(1, 40).session(0)
    history.session(15)
    assert history.planned(17) == "S3.a2"
    history.session(17)
    assert history.planned(19) == "S3.b1"


def test_only_a_complete_green_brings_it_back() -> None:
    history = History(stage="hip_flexion", step="S3.b1", days=WEEK).quiet(1, 40).session(0)
    history.session(14, 4)
    assert history.planned(16) == "S3.a3"
    history.session(16, None)
    assert history.planned(18) == "S3.a3"
    history.session(18, done=79)
    assert history.planned(21) == "S3.a3"
    history.session(21)
    assert history.planned(23) == "S3.b1"


def test_a_red_on_the_way_back_ends_it() -> None:
    history = History(stage="hip_flexion", step="S3.b1", days=WEEK).quiet(1, 40).session(0)
    history.session(14, 6)
    assert history.planned(16) == "S3.a2"
    history.session(16)
    assert history.planned(18) == "S3.a2"


def test_doing_less_on_the_way_back_ends_it() -> None:
    history = History(stage="hip_flexion", step="S3.b1", days=WEEK).quiet(1, 40).session(0)
    history.session(14)
    history.session(16, step="S3.a1")
    assert history.planned(18) == "S3.a1"
    history.session(18)
    assert history.planned(21) == "S3.a2"  # a step like any other


@pytest.mark.parametrize(("away", "step"), [(4, "S2.4"), (5, "S2.3"), (7, "S2.3")])
def test_a_new_gap_puts_the_way_back_off(away: int, step: str) -> None:
    """(c7, c10-28) 5 to 7 days repeat the step in force, whatever step they lead back to."""
    every = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    history = History(step="S2.4", days=every).quiet(1, 20).session(0).session(9)
    back = 9 + away
    assert history.planned(back) == step
    history.session(back)
    assert history.planned(back + 2) == "S2.4"


@pytest.mark.parametrize(("ago", "step"), [(1, "S3.a3"), (2, "S3.a3"), (3, "S3.b1")])
def test_a_run_that_rose_puts_the_way_back_off(ago: int, step: str) -> None:
    """(c3, c10-30) strength does not rise within 72 hours of it, on this way either."""
    history = History(stage="hip_flexion", step="S3.b1", days=WEEK).quiet(1, 30).session(0)
    history.session(14)
    state = history.state(16)
    state.running.raised_on = history.on(16 - ago)
    plan = loading_day(state, history.on(16), settled=True)
    assert plan.dose is not None
    assert LADDER[plan.dose.step].id == step


def test_it_waits_for_the_morning_score_like_any_step_up() -> None:
    history = History(stage="hip_flexion", step="S3.b1", days=WEEK).quiet(1, 15).session(0)
    history.session(14)
    assert history.planned(16, "08:00") == "S3.a3"
    assert history.planned(16, "12:00") == "S3.b1"


@pytest.mark.parametrize(("days", "greens"), [(8, 1), (14, 1), (15, 2), (28, 2)])
def test_at_the_bottom_a_set_goes_and_comes_back_likewise(days: int, greens: int) -> None:
    history = History(step="S2.1", days=WEEK).session(0).quiet(1, days)
    assert (history.planned(days), history.sets_off(days)) == ("S2.1", 1)
    history.session(days).quiet(days + 1, days + 2)
    assert history.sets_off(days + 2) == (0 if greens == 1 else 1)
    history.session(days + 2).quiet(days + 3, days + 4)
    assert (history.planned(days + 4), history.sets_off(days + 4)) == ("S2.1", 0)


def test_two_steps_down_stop_at_the_first_step() -> None:
    history = History(step="S2.2", days=WEEK).session(0).quiet(1, 20)
    assert (history.planned(20), history.sets_off(20)) == ("S2.1", 0)


def test_a_gap_reduction_that_is_not_done_is_worked_out_again() -> None:
    history = History(stage="hip_flexion", step="S3.b1", days=WEEK).session(0).quiet(1, 20)
    assert [history.planned(day) for day in (8, 14, 15)] == ["S3.a3", "S3.a3", "S3.a2"]
    assert history.step(20) == "S3.b1"


def test_before_any_session_the_gap_runs_from_the_start() -> None:
    history = History(step="S2.3", days=WEEK).quiet(1, 15)
    assert [history.planned(day) for day in (7, 8, 15)] == ["S2.3", "S2.2", "S2.1"]


def test_a_session_typed_in_later_closes_the_gap() -> None:
    history = History(step="S2.3", days=WEEK).session(0).quiet(1, 10)
    assert history.planned(10) == "S2.2"
    history.session(4, typed=10)
    assert history.planned(10) == "S2.3"


def test_the_end_of_a_flare_replaces_the_table() -> None:
    history = History(step="S2.4", days=WEEK).session(0)
    history.mornings(1, 1, 7, 3, 3, 3, 3, 3, 1, 1)
    assert history.state(9).flare is None
    assert gap(history, 9) == 0
    assert (history.planned(9), history.sets_off(9)) == ("S2.2", 0)


def test_isometrics_in_a_flare_do_not_end_a_gap() -> None:
    history = History(step="S2.4").session(0).morning(1, 7).session(1).session(2)
    assert history.state(2).last_session == history.on(0)


def test_a_pause_is_a_gap() -> None:
    history = History(step="S2.4", days=WEEK).session(0).pause(1, until=10)
    assert history.kind(9) is DayKind.PAUSED
    assert history.planned(10) == "S2.3"


def test_after_a_fever_a_day_free_of_it_and_then_the_table() -> None:
    history = History(step="S2.4", days=WEEK).session(0)
    history.event(1, "illness_started").event(9, "illness_ended")
    assert [history.kind(day) for day in (1, 5, 9)] == [DayKind.REST] * 3
    assert (history.kind(10), history.planned(10)) == (DayKind.LOADING, "S2.3")


@pytest.mark.parametrize(("well", "step"), [(None, "S2.2"), (3, "S2.3"), (4, "S2.2")])
def test_a_session_in_a_fever_does_not_rise(well: int | None, step: str) -> None:
    """(c7) none is planned, so none is moved: it counts for its verdict, also the day it ends."""
    history = History(step="S2.2", days=WEEK).quiet(1, 8).session(0).session(2)
    history.event(3, "illness_started")
    if well is not None:
        history.event(well, "illness_ended")
    history.session(4, step="S2.3")
    assert (history.step(5), history.record(4).counts) == (step, step == "S2.3")


# Parts of a session


@pytest.mark.parametrize(("done", "days"), [(0, 6), (49, 6), (50, 2), (79, 2), (80, 2), (100, 2)])
def test_less_than_half_a_session_does_not_end_a_gap(done: float, days: int) -> None:
    history = History(days=WEEK).session(0).session(4, done=done)
    assert gap(history, 6) == days


@pytest.mark.parametrize(("done", "streak"), [(49, 0), (50, 0), (79, 0), (80, 1), (100, 1)])
def test_four_fifths_of_a_session_count_for_the_streak(done: float, streak: int) -> None:
    history = History().session(0, done=done).morning(1)
    assert history.verdict(0) is Response.GREEN
    assert history.state(1).streak == streak


def test_the_parts_of_a_day_add_up() -> None:
    history = History()
    items = [item.prescribed for item in history.overview(0).items]
    parts = [item.id for item in items if item.strand is Strand.HAMSTRING]
    for number, part in enumerate(parts, 1):
        history.session(0, exercises=[part])
        assert history.record(0, seen=0).share == pytest.approx(number / len(parts))


# Extra and moved sessions


def test_a_session_on_another_day_is_the_planned_one_moved() -> None:
    history = History(step="S2.1").quiet(1, 8).session(0).session(3)
    assert history.state(4).streak == 2
    assert history.kind(4) is not DayKind.LOADING  # Friday would be too close
    assert history.planned(7) == "S2.2"


def test_a_session_the_day_after_is_extra() -> None:
    history = History(step="S2.1").quiet(1, 8).session(0).session(1)
    assert history.verdict(1) is Response.GREEN
    assert history.state(2).streak == 1
    assert history.kind(2) is not DayKind.LOADING  # it moved the clock of spacing
    assert history.kind(4) is DayKind.LOADING
    assert gap(history, 4) == 3


def test_on_a_day_of_companions_a_session_is_theirs_unless_it_says_otherwise() -> None:
    history = History(step="S2.2", days=WEEK).session(0).morning(1).morning(2)
    assert history.at(1).plan.trunk or history.at(1).plan.gluteal
    assert history.session(1).state(1).last_session == history.on(0)
    assert history.void(1).session(1, step="S2.2").state(1).last_session == history.on(1)
    assert history.void(1).session(1, exercises=["bridge_single_slow"]).record(1).share > 0


def test_the_fourth_session_in_seven_days_is_extra() -> None:
    history = History(step="S2.4").quiet(1, 8).session(0).session(2).session(4)
    assert history.state(5).streak == 3
    history.session(6)
    assert history.verdict(6) is Response.GREEN
    assert history.state(7).streak == 3


@pytest.mark.parametrize(("pain", "step"), [(4, "S2.3"), (6, "S2.2")])
def test_bad_news_of_an_extra_session_counts(pain: float, step: str) -> None:
    history = (
        History(step="S2.3", days=("mon", "wed", "fri")).quiet(1, 8).session(0).session(1, pain)
    )
    assert history.state(2).streak == 0
    assert history.step(2) == step


def test_an_extra_session_never_makes_a_step_up_real() -> None:
    history = History(step="S2.1").quiet(1, 8).session(0).session(2)
    history.session(3, step="S2.2")
    assert history.step(4) == "S2.1"


# Spacing and the week


@pytest.mark.parametrize(
    "days",
    [
        ("mon", "thu"),
        ("mon", "wed", "fri"),
        ("tue", "thu", "sat"),
        ("mon", "tue", "thu", "sat"),
        ("mon", "tue", "wed", "thu", "fri"),
        ("mon", "tue", "wed", "thu", "fri", "sat"),
        WEEK,
    ],
)
@pytest.mark.parametrize("stage", ["isotonic", "hip_flexion", "maintenance"])
def test_loading_keeps_to_the_training_days_the_spacing_and_the_week(
    stage: str, days: tuple[str, ...]
) -> None:
    history = History(stage=stage, days=days).calm_until(34)
    done = [record.on for record in history.state(34).sessions()]
    least, most = (3, 1) if stage == "maintenance" else (2, 3)
    assert {day.weekday() for day in done} <= {WEEK.index(name) for name in days}
    assert all((later - earlier).days >= least for earlier, later in pairwise(done))
    for first in done:
        assert sum(0 <= (day - first).days < 7 for day in done) <= most
    weeks = 5
    expected = min(most, len(days))
    assert len(done) >= expected * weeks - weeks  # neighbours fall out, nothing else


@pytest.mark.parametrize("stage", ["settle", "isometric"])
def test_the_isometric_stages_are_offered_daily(stage: str) -> None:
    history = History(stage=stage, days=("mon", "thu")).calm_until(10)
    assert {history.kind(day) for day in range(11)} == {DayKind.LOADING}


@pytest.mark.parametrize(("day", "kind"), [(2, False), (3, True)])
def test_maintenance_allows_a_second_session_after_72_hours(day: int, *, kind: bool) -> None:
    history = History(stage="maintenance", days=WEEK).session(0).session(day, step="S6")
    record = history.record(day, seen=day)
    assert record.counts is kind


def test_missed_sessions_shift_and_never_stack() -> None:
    history = History(step="S2.1").session(0).quiet(1, 8)
    kinds = [history.kind(day) is DayKind.LOADING for day in range(1, 8)]
    assert kinds == [False, True, False, True, False, False, True]
    history.session(4)
    assert history.kind(5) is not DayKind.LOADING


# Skipped and counted


def test_a_skipped_day_is_closed_and_not_called_missed() -> None:
    history = History().session(0).skip(2)
    assert not history.overview(2).session_open
    assert history.overview(3).standing.missed is None
    plain = History().session(0)
    assert plain.overview(2).session_open
    assert plain.overview(3).standing.missed == plain.on(2)


def missed(history: History, *days: int) -> list[bool]:
    """Return for each day whether it is called missed the day after."""
    return [history.overview(day + 1).standing.missed == history.on(day) for day in days]


def test_one_missed_session_is_missed_once() -> None:
    assert missed(History(days=WEEK).session(0), 1, 2, 3) == [False, True, False]


@pytest.mark.parametrize(("done", "late"), [(5, False), (4, True)])
def test_in_daily_work_the_week_decides_what_is_missed(done: int, *, late: bool) -> None:
    history = History(stage="isometric")
    for day in range(done):
        history.session(day)
    assert missed(history, 4, 5, 6) == [False, False, late]


def test_in_daily_work_the_week_goes_on() -> None:
    history = History(stage="isometric")
    for day in range(7):
        history.session(day)
    assert missed(history, 7, 8, 9) == [False, False, True]  # five of seven until day 8


def test_days_of_a_pause_make_no_week() -> None:
    history = History(stage="isometric").pause(3, until=8)
    assert missed(history, 2, 8) == [False, False]


def test_a_moved_session_is_not_planned_twice() -> None:
    assert History(days=("mon", "thu")).session(0).session(5).overview(6).adherence == 100


def test_a_skipped_day_changes_no_dose() -> None:
    history = History(step="S2.2").session(0).skip(2).morning(1).morning(4)
    assert history.planned(4) == "S2.2"
    assert history.state(4).streak == 1


@pytest.mark.parametrize(
    ("done", "share"),
    [((0, 2, 4, 7, 9, 11), 100), ((0, 2, 4, 7, 9), 83), ((0, 4, 9), 50), ((0, 3, 7, 9, 11), 100)],
)
def test_adherence_is_done_by_planned_in_fourteen_days(done: tuple[int, ...], share: int) -> None:
    history = History().quiet(1, 13)
    for day in done:
        history.session(day)
    assert history.overview(13).adherence == share


@pytest.mark.parametrize("days", [("mon", "wed", "fri"), WEEK])
def test_a_missed_session_offered_again_is_still_one(days: tuple[str, ...]) -> None:
    history = History(days=days).quiet(1, 13).session(0).session(2)
    share, planned = adherence(history.state(14), history.on(13))
    assert (round(100 * share), planned) == (33, 6)
    week = History(days=WEEK).quiet(1, 13)
    for day in (1, 3, 5, 8, 10, 12):
        week.session(day)
    assert week.overview(13).adherence == 100


@pytest.mark.parametrize(("done", "share"), [(14, 100), (10, 100), (8, 80), (7, 70), (5, 50)])
def test_daily_work_aims_at_five_of_seven(done: int, share: int) -> None:
    history = History(stage="isometric").quiet(1, 13)
    for day in range(done):
        history.session(day)
    assert round(100 * adherence(history.state(14), history.on(13))[0]) == share


def test_what_the_programme_took_away_was_not_planned() -> None:
    paused = History().session(0).pause(1, until=7).session(7).session(9).session(11)
    assert paused.overview(13).adherence == 100
    ill = History().session(0).event(1, "illness_started").event(6, "illness_ended")
    assert ill.session(7).session(9).session(11).overview(13).adherence == 100
    flare = History(step="S2.4").session(0).mornings(1, 7, 3, 3, 3, 1, 1).session(7)
    assert flare.overview(8).adherence == 100


def test_a_stage_chosen_after_a_break_starts_as_chosen() -> None:
    told = History(step="S2.2").session(0)
    told.set_stage(11, "isotonic", "S2.4")
    assert told.planned(11) == "S2.4"
    assert told.planned(18) == "S2.4"
    assert told.planned(21) == "S2.3"
