"""The verdict on one session: (c1), (c2), (c6) and (c10-11..18) with both sides of every line."""

import pytest

from custom_components.pht_rehab.domain.model import Band, ReasonId, Response
from custom_components.pht_rehab.domain.rules import RULES
from custom_components.pht_rehab.domain.verdict import judge
from tests.domain.builders import History

GREEN, AMBER, RED = Response.GREEN, Response.AMBER, Response.RED

type Pain = float | None


def one_session(
    stage: str, base: float, during: Pain, after: Pain, morning: Pain, rest: Pain = None
) -> History:
    """Tell a first session and the morning after it, from a known baseline."""
    history = History(stage=stage, morning_pain=base, rest_pain=rest)
    history.session(0, during, after)
    if morning is not None:
        history.morning(1, morning)
    return history


NORMAL = [
    # B, D, A, N
    (1, 0, 0, 1, GREEN),
    (1, 3, 3, 1, GREEN),
    (1, 3.5, 0, 1, AMBER),
    (1, 4, 0, 1, AMBER),
    (1, 5, 0, 1, AMBER),
    (1, 5.5, 0, 1, AMBER),
    (1, 6, 0, 1, RED),
    (1, 10, 0, 1, RED),
    (1, 0, 3.5, 1, AMBER),
    (1, 0, 4, 1, AMBER),
    (1, 0, 5, 1, AMBER),
    (1, 0, 5.5, 1, AMBER),
    (1, 0, 6, 1, RED),
    (1, 4, 5, 1, AMBER),
    (1, 5, 6, 1, RED),
    # the rise of the morning score
    (0, 1, 1, 1, GREEN),
    (0, 1, 1, 1.5, AMBER),
    (0, 1, 1, 2.5, AMBER),
    (0, 1, 1, 3, RED),
    (2, 1, 1, 0, GREEN),
    (2, 1, 1, 3, GREEN),
    (2, 1, 1, 3.5, AMBER),
    (2, 1, 1, 4.5, AMBER),
    (2, 1, 1, 5, RED),
    # N >= 4 with a rise of 1 is amber
    (2.5, 1, 1, 3.5, GREEN),
    (3, 1, 1, 4, AMBER),
    (3.5, 1, 1, 4, GREEN),
    (4, 1, 1, 4, GREEN),
    (4, 1, 1, 4.5, GREEN),
    (4, 1, 1, 5, AMBER),
    # N >= 6 with a rise of 1 is red
    (4.5, 1, 1, 5.5, AMBER),
    (5, 1, 1, 6, RED),
    (5.5, 1, 1, 6, GREEN),
    (6, 1, 1, 6.5, GREEN),
    (6, 1, 1, 7, RED),
    # the worst of the three decides
    (0, 4, 0, 3, RED),
    (0, 6, 0, 0, RED),
]


@pytest.mark.parametrize(("base", "during", "after", "morning", "verdict"), NORMAL)
@pytest.mark.parametrize("stage", ["isotonic", "hip_flexion", "maintenance"])
def test_normal_band(
    stage: str, base: float, during: float, after: float, morning: float, verdict: Response
) -> None:
    history = one_session(stage, base, during, after, morning)
    record = history.record(0)
    assert record.band is Band.NORMAL
    assert record.response is verdict
    assert not record.gap


STRICT = [
    (1, 0, None, 1, GREEN),
    (1, 2, None, 1, GREEN),
    (1, 2.5, None, 1, AMBER),
    (1, 3, None, 1, AMBER),
    (1, 4, None, 1, AMBER),
    (1, 4.5, None, 1, AMBER),
    (1, 5, None, 1, RED),
    (1, 1, 2, 1, GREEN),
    (1, 1, 2.5, 1, AMBER),
    (1, 1, 4.5, 1, AMBER),
    (1, 1, 5, 1, RED),
    (0, 1, None, 1, GREEN),
    (0, 1, None, 1.5, AMBER),
    (0, 1, None, 2, RED),
    (3, 1, None, 3.5, GREEN),
    (3, 1, None, 4, AMBER),
    (5, 1, None, 5.5, GREEN),
    (5, 1, None, 6, RED),
]


@pytest.mark.parametrize(("base", "during", "after", "morning", "verdict"), STRICT)
def test_strict_band(
    base: float, during: float, after: Pain, morning: float, verdict: Response
) -> None:
    history = one_session("settle", base, during, after, morning)
    assert history.record(0).band is Band.STRICT
    assert history.verdict(0) is verdict


@pytest.mark.parametrize(
    ("during", "after", "morning", "verdict", "gap"),
    [
        (0, 0, 1, GREEN, False),  # 0 is a score
        (None, 0, 1, AMBER, True),
        (None, None, None, AMBER, True),
        (1, None, 1, GREEN, False),  # A not reported is left out (c10-13)
        (1, 1, None, AMBER, True),
        (4, None, None, AMBER, False),
        (None, 4, 1, AMBER, False),
        (None, None, 2.5, AMBER, False),
        (None, None, 4, RED, False),
        (None, 6, None, RED, False),
        (6, None, None, RED, False),
    ],
)
def test_what_is_missing_is_no_news_and_bad_news_counts_anyway(
    during: Pain, after: Pain, morning: Pain, verdict: Response, *, gap: bool
) -> None:
    record = one_session("isotonic", 1, during, after, morning).record(0)
    assert (record.response, record.gap) == (verdict, gap)


@pytest.mark.parametrize(
    ("at_session", "before_morning", "during", "morning", "verdict", "gap"),
    [
        (True, False, 1, 1, AMBER, True),
        (False, True, 1, 1, AMBER, True),
        (True, True, 1, 1, AMBER, True),
        (True, False, 4, 1, AMBER, False),
        (True, False, 6, 1, RED, False),
        (False, True, 1, 2, AMBER, True),
        (False, True, 1, 2.5, AMBER, False),  # a masked N counts when it is raised
        (False, True, 1, 3.5, AMBER, False),
        (False, True, 1, 4, RED, False),
        (True, True, 1, 4, RED, False),
    ],
)
def test_painkillers_cap_at_amber_but_hide_no_bad_news(
    at_session: bool,  # noqa: FBT001
    before_morning: bool,  # noqa: FBT001
    during: float,
    morning: float,
    verdict: Response,
    *,
    gap: bool,
) -> None:
    history = History(morning_pain=1).session(0, during, painkiller=at_session)
    record = history.morning(1, morning, painkiller=before_morning).record(0)
    assert (record.response, record.gap) == (verdict, gap)


@pytest.mark.parametrize(
    ("during", "morning", "verdict"),
    [(1, 1, AMBER), (None, 1, AMBER), (1, None, AMBER), (6, 1, RED), (1, 4, RED)],
)
def test_cut_short_by_pain_is_a_real_amber(during: Pain, morning: Pain, verdict: Response) -> None:
    history = History(morning_pain=1).session(0, during, cut_short=True, done=60)
    if morning is not None:
        history.morning(1, morning)
    record = history.record(0)
    assert (record.response, record.gap) == (verdict, False)


@pytest.mark.parametrize("done", [10, 49, 50, 79, 80, 100])
@pytest.mark.parametrize(("during", "verdict"), [(4, AMBER), (6, RED)])
def test_bad_news_counts_whatever_was_done(done: float, during: float, verdict: Response) -> None:
    history = History().session(0, during, done=done).morning(1)
    assert history.verdict(0) is verdict


# When it is known


def test_the_verdict_comes_with_the_morning_score_or_at_noon() -> None:
    history = History().session(0)
    assert history.verdict(0, seen=0) is Response.AWAITING
    assert history.state(1, "11:59").records[0].response is Response.AWAITING
    assert history.state(1, "12:00").records[0].response is AMBER
    history.morning(1)
    assert history.state(1, "08:00").records[0].response is GREEN


def test_a_score_two_mornings_later_is_not_the_next_morning() -> None:
    record = History().session(0).morning(2, 1).record(0, seen=2)
    assert (record.response, record.gap) == (AMBER, True)


def test_a_late_morning_score_still_judges() -> None:
    history = History().session(0)
    assert history.verdict(0, seen=2) is AMBER
    history.morning(1, 1, typed=2)
    assert history.verdict(0, seen=2) is GREEN


@pytest.mark.parametrize(
    ("stage", "pain", "verdict"),
    [
        ("isotonic", 5.5, Response.AWAITING),
        ("isotonic", 6, RED),
        ("settle", 4.5, Response.AWAITING),
        ("settle", 5, RED),
    ],
)
def test_a_certain_red_is_told_at_once(stage: str, pain: float, verdict: Response) -> None:
    assert History(stage=stage).session(0, pain).verdict(0, seen=0) is verdict
    after = History(stage=stage).session(0, 1, after=pain)
    assert after.verdict(0, seen=0) is verdict


def test_a_calm_morning_does_not_take_a_red_back() -> None:
    assert History().session(0, 6).morning(1, 0).verdict(0) is RED


@pytest.mark.parametrize("symptom", ["sudden_onset", "bruise_or_weakness", "leg_numbness"])
@pytest.mark.parametrize("pain", [0, 7])
def test_a_warning_sign_is_stop_before_anything_else(symptom: str, pain: float) -> None:
    history = History().session(0, pain).symptoms(0, symptom, clock="21:00")
    assert history.verdict(0, seen=0) is Response.STOP
    assert history.verdict(0, seen=3) is Response.STOP


def test_answering_no_to_the_screening_stops_nothing() -> None:
    history = History().session(0).symptoms(0, clock="21:00").morning(1)
    assert history.verdict(0) is GREEN


# Rest of the day


def test_rest_of_day_pain_may_come_with_the_morning_check() -> None:
    assert History().session(0).morning(1, 1, after=3).verdict(0) is GREEN
    assert History().session(0).morning(1, 1, after=3.5).verdict(0) is AMBER
    assert History().session(0).morning(1, 1, after=6).verdict(0) is RED


@pytest.mark.parametrize(
    ("stage", "usual", "after", "verdict"),
    [
        # up to 1 above the usual is ignored in P0 and P1, above that it counts in full
        ("settle", 2, 3, GREEN),
        ("settle", 2, 3.5, AMBER),
        ("settle", 4, 5, GREEN),
        ("settle", 4, 5.5, RED),
        ("isometric", 3, 4, GREEN),
        ("isometric", 3, 4.5, AMBER),
        ("isometric", 5, 6, GREEN),
        ("isometric", 5, 6.5, RED),
        ("isometric", 0, 1.5, GREEN),
        ("settle", None, 3, AMBER),  # no usual known: face value
        ("isometric", None, 4, AMBER),
        # from P2 on at face value
        ("isotonic", 5, 4, AMBER),
        ("hip_flexion", 5, 6, RED),
        ("isotonic", 3, 3, GREEN),
    ],
)
def test_rest_of_day_pain_against_the_usual_ache(
    stage: str, usual: Pain, after: float, verdict: Response
) -> None:
    assert one_session(stage, 1, 1, after, 1, rest=usual).verdict(0) is verdict


def test_the_usual_ache_is_the_median_of_the_last_seven_reports() -> None:
    history = History(stage="isometric", rest_pain=0)
    for day in range(1, 8):
        history.morning(day, rest=4)
    assert history.session(7, 1, after=5).morning(8).verdict(7) is GREEN
    assert history.session(8, 1, after=5.5).morning(9).verdict(8) is AMBER


# The strict band's windows


@pytest.mark.parametrize(
    ("day", "band"), [(0, Band.STRICT), (9, Band.STRICT), (10, Band.NORMAL), (14, Band.NORMAL)]
)
@pytest.mark.parametrize("level", [0, 3])
def test_settling_is_strict_for_ten_days(level: float, day: int, band: Band) -> None:
    history = History(stage="settle", morning_pain=level).quiet(1, 14)
    assert history.session(day).record(day).band is band


def test_settling_stays_strict_while_the_mornings_are_above_three() -> None:
    history = History(stage="settle", morning_pain=3.5).quiet(1, 12)
    assert history.session(12).record(12).band is Band.STRICT


def test_settling_stays_strict_for_ten_days_after_a_red() -> None:
    history = History(stage="settle").quiet(1, 16).session(5, 5)
    assert history.session(14).record(14).band is Band.STRICT
    assert history.session(15).record(15).band is Band.NORMAL


def test_a_steady_three_is_green_after_the_tenth_day_of_settling() -> None:
    history = History(stage="settle", morning_pain=3).quiet(1, 11)
    assert history.session(9, 3).verdict(9) is AMBER
    assert history.session(10, 3).verdict(10) is GREEN


def flared() -> History:
    """Declare a flare-up on day 1 that settles on day 3."""
    return History(step="S2.3").morning(1, 7).morning(2, 1).morning(3, 1)


def test_a_flare_and_the_seven_days_after_it_are_strict() -> None:
    history = flared().quiet(4, 12)
    assert history.session(1, 3).record(1).band is Band.STRICT
    assert history.verdict(1) is AMBER
    for day, band in ((3, Band.STRICT), (9, Band.STRICT), (10, Band.NORMAL)):
        assert history.session(day).record(day).band is band


def test_a_flare_is_strict_in_the_settle_stage_too() -> None:
    history = History(stage="settle").quiet(1, 11).morning(12, 7)
    assert history.state(12).flare is not None
    assert history.session(12).record(12).band is Band.STRICT


def test_rest_of_day_pain_in_a_flare_is_held_against_the_usual() -> None:
    history = History(stage="isotonic", rest_pain=3).morning(1, 7)
    history.session(1, 1, after=4).morning(2, 1)
    assert history.verdict(1) is GREEN


@pytest.mark.parametrize("event", ["injection", "shockwave", "surgery"])
def test_fourteen_strict_days_after_an_event(event: str) -> None:
    history = History(step="S2.3").event(1, event).resume(3).quiet(3, 20)
    for day, band in ((3, Band.STRICT), (16, Band.STRICT), (17, Band.NORMAL)):
        assert history.session(day).record(day).band is band


# Neutral gaps of information (c10-12)


def test_a_gap_neither_adds_to_the_streak_nor_resets_it() -> None:
    history = History(step="S2.1").quiet(1, 7)
    history.session(0).session(2, None).session(4)
    assert [history.state(day).streak for day in (1, 3, 5)] == [1, 1, 2]
    assert history.planned(7) == "S2.2"


def test_a_gap_between_two_ambers_does_not_part_them() -> None:
    history = History(step="S2.3").quiet(1, 7)
    history.session(0, 4).session(2, None).session(4, 4)
    assert history.step(4) == "S2.3"
    assert history.step(5) == "S2.2"


def test_gaps_alone_never_reduce() -> None:
    history = History(step="S2.3")
    for day in (0, 2, 4, 7, 9, 11):
        history.session(day, None).morning(day + 1)
    assert history.step(12) == "S2.3"
    assert history.planned(14) == "S2.3"


def test_a_gap_does_not_break_the_last_three_greens() -> None:
    history = History(step="S2.3").quiet(1, 8)
    history.session(0).session(2).session(4, painkiller=True).session(7)
    lines = {line.id: line for line in history.overview(8).criteria}
    assert lines["last_sessions_green"].value == 3


# One verdict for a day


def test_two_sessions_on_one_day_are_judged_as_one() -> None:
    history = History(stage="isometric").session(0, 1).session(0, 4).morning(1)
    assert [record.response for record in history.state(1).records] == [AMBER]
    history = History(stage="isometric").session(0, 4).session(0, 1, after=1).morning(1)
    record = history.record(0)
    assert (record.pain_during, record.response) == (4, AMBER)
    assert history.state(1).streak == 0


# (c2) row by row, as actions on the next session


@pytest.mark.parametrize(
    ("during", "after", "morning", "verdict", "step", "sets_off"),
    [
        (3, 3, 2, GREEN, "S2.3", 0),
        (3, 3, 2.5, AMBER, "S2.3", 0),
        (3, 3, 3.5, AMBER, "S2.3", 0),
        (3, 4, 2, AMBER, "S2.3", 1),
        (3, 5, 2, AMBER, "S2.3", 1),
        (4, 5, 2, AMBER, "S2.3", 0),
        (5, 5, 3.5, AMBER, "S2.3", 0),
        (1, 1, 4, RED, "S2.2", 0),
        (6, 1, 1, RED, "S2.2", 0),
        (1, 1, None, AMBER, "S2.3", 0),
    ],
)
def test_each_combination_and_the_next_session(
    during: float, after: float, morning: Pain, verdict: Response, step: str, sets_off: int
) -> None:
    history = History(step="S2.3", morning_pain=1).session(0, during, after)
    if morning is not None:
        history.morning(1, morning)
    history.morning(2, 1)
    assert history.verdict(0) is verdict
    assert history.planned(2) == step
    assert history.sets_off(2) == sets_off


def test_sore_twice_in_a_row_is_one_step_down() -> None:
    history = History(step="S2.3").session(0, 5, 5).morning(1, 2.5).morning(2, 1)
    history.session(2, 5, 5).morning(3, 2.5).morning(4, 1)
    assert history.planned(4) == "S2.2"


@pytest.mark.parametrize(("morning", "base"), [(None, 1), (5, None), (None, None)])
def test_a_score_without_its_baseline_says_nothing(morning: Pain, base: Pain) -> None:
    record = one_session("isotonic", 1, 1, 1, 1).record(0)
    judgement = judge(record, RULES[1], morning, base, masked=False)
    assert (judgement.response, judgement.gap) == (AMBER, True)
    assert judgement.why.id is ReasonId.INFORMATION_GAP


@pytest.mark.parametrize(
    ("during", "after", "morning", "id_", "variant"),
    [
        (4, 1, 1, ReasonId.AMBER, "during"),
        (1, 4, 1, ReasonId.AMBER, "after"),
        (1, 1, 3, ReasonId.AMBER, "morning"),
        (6, 1, 1, ReasonId.RED, "during"),
        (1, 6, 1, ReasonId.RED, "after"),
        (1, 1, 4, ReasonId.RED, "morning"),
        (1, 1, 1, ReasonId.GREEN, ""),
    ],
)
def test_the_reason_names_what_decided(
    during: float, after: float, morning: float, id_: ReasonId, variant: str
) -> None:
    (why,) = one_session("isotonic", 1, during, after, morning).record(0).reasons
    assert (why.id, why.variant) == (id_, variant)
