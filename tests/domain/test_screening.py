"""Screening (g1) and placement (b3, c10-2): may the programme start, where, and on what terms."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from custom_components.pht_rehab.domain.model import (
    DayKind,
    Outcome,
    ReasonId,
    RehabError,
    Response,
    Stage,
)
from custom_components.pht_rehab.domain.protocol import LADDER
from custom_components.pht_rehab.domain.rules import RULES
from custom_components.pht_rehab.domain.screening import (
    REPEATED,
    SCREENING,
    Irritability,
    Screen,
    blocking,
    locking,
    place,
    warning,
    withholding,
)
from tests.domain.builders import History

# One row of (g1): number, key, at set-up, locks when reported later, emergency.
G1 = (
    ("K1", "sudden_onset", Screen.BLOCK, True, False),
    ("K2", "bruise_or_weakness", Screen.BLOCK, True, False),
    ("K3", "under_18", Screen.BLOCK, True, False),
    ("K4", "saddle_numbness", Screen.BLOCK, True, True),
    ("K5", "leg_numbness", Screen.WARN, True, False),  # new numbness is a STOP (c1)
    ("K6", "swollen_calf", Screen.BLOCK, True, True),
    ("K7", "unrelenting_pain", Screen.BLOCK, True, False),
    ("K8", "fever_or_weight_loss", Screen.BLOCK, True, False),
    ("K9", "bone_stress", Screen.WARN, False, False),
    ("K10", "inflammatory", Screen.WARN, False, False),
    ("K11", "fluoroquinolone_or_steroids", Screen.WARN, False, False),
    ("K12", "injection_or_surgery", Screen.WARN, False, False),
    ("K13", "pregnancy_or_heart", Screen.WARN, False, False),
    ("K15", "slow_healing", Screen.WARN, False, False),
    ("K16", "other_side", Screen.NOTE, False, False),
    ("K17", "low_mood", Screen.NOTE, False, False),
)
KEYS = [row[1] for row in G1]
GUIDED = {"leg_numbness", "inflammatory", "injection_or_surgery", "pregnancy_or_heart"}


def test_every_question_is_there_once() -> None:
    assert list(SCREENING) == KEYS


@pytest.mark.parametrize(("number", "key", "at_set_up", "locks", "emergency"), G1, ids=KEYS)
def test_question(
    number: str, key: str, at_set_up: Screen, *, locks: bool, emergency: bool
) -> None:
    question = SCREENING[key]
    assert (question.number, question.at_set_up) == (number, at_set_up)
    assert (question.locks, question.emergency) == (locks, emergency)
    assert blocking([key]) == ([key] if at_set_up is Screen.BLOCK else [])
    assert locking([key]) == ((key,) if locks else ())
    assert withholding(["low_mood", key]) is (locks or key == "fluoroquinolone_or_steroids")
    assert warning([key], clinician_confirmed=True) is (at_set_up is Screen.WARN)


def test_nobody_told_you_it_is_pht_warns() -> None:
    assert warning([], clinician_confirmed=False)
    assert not warning([], clinician_confirmed=True)


def test_emergencies_are_named_first() -> None:
    answers = ["under_18", "low_mood", "swollen_calf", "leg_numbness", "saddle_numbness"]
    assert blocking(answers) == ["saddle_numbness", "swollen_calf", "under_18"]


def test_asked_again_are_k2_and_k4_to_k8() -> None:
    numbers = [SCREENING[key].number for key in REPEATED]
    assert numbers == ["K2", "K4", "K5", "K6", "K7", "K8"]


# Reported while the programme runs


@pytest.mark.parametrize(
    ("key", "locks", "emergency"), [(row[1], row[3], row[4]) for row in G1], ids=KEYS
)
def test_reported_later(key: str, *, locks: bool, emergency: bool) -> None:
    told = History().calm(0, 6).symptoms(7, key)
    now = told.overview(7)
    assert now.standing.locked is (locks or key == "fluoroquinolone_or_steroids")
    assert now.clinician_guided is (key in GUIDED)
    if locks:
        assert now.plan.kind is DayKind.LOCKED
        assert now.explanation.outcome is Outcome.LOCKED
        wanted = ReasonId.EMERGENCY if emergency else ReasonId.CLINICIAN
        assert now.explanation.reasons[0].id is wanted
        assert not now.items
        assert now.next_session is now.next_progression is now.next_stage is None
        assert not now.morning_check_open
        with pytest.raises(RehabError, match="locked"):
            told.session(8)
        told.unlock(8)
        assert told.kind(9) is DayKind.LOADING
        assert told.step(9) == told.step(6)
    else:
        assert now.explanation.outcome is not Outcome.LOCKED


@pytest.mark.parametrize(("day", "verdict"), [(4, Response.AMBER), (7, Response.STOP)])
def test_a_session_of_the_day_a_symptom_locked_it_is_taken(day: int, verdict: Response) -> None:
    """It may have brought the symptom, and be told of only after it, as one of before may."""
    told = History(step="S2.3").calm(0, 3).quiet(4, 7)
    planned = told.planned(day)
    told.symptoms(7, "sudden_onset").session(day, 4, typed=7)
    made = told.record(day, seen=8)
    assert (made.response, LADDER[made.step].id, made.share) == (verdict, planned, 1)
    with pytest.raises(RehabError, match="locked"):
        told.session(8)


def test_a_second_symptom_opens_no_second_day() -> None:
    told = History().symptoms(3, "leg_numbness").symptoms(4, "saddle_numbness")
    with pytest.raises(RehabError, match="locked"):
        told.session(4)
    assert told.session(3, typed=4).verdict(3, seen=4) is Response.STOP


def test_a_lock_for_a_long_absence_takes_no_session() -> None:
    told = History().session(0)
    assert told.kind(84) is not DayKind.LOCKED
    assert told.kind(85) is DayKind.LOCKED
    with pytest.raises(RehabError, match="locked"):
        told.session(85)


def test_what_was_done_before_a_lock_is_what_the_day_asked() -> None:
    """In a flare-up that is light holds, whatever the stage would load."""
    told = History(step="S2.4").calm(0, 9).morning(10, 7)
    planned = told.planned(11)
    told.morning(11, 3).symptoms(11, "unrelenting_pain").session(11, 2)
    made = told.record(11, seen=11)
    assert (made.response, made.light) == (Response.STOP, True)
    assert LADDER[made.step].id == planned == "I0.1"


def test_none_of_it_is_an_answer_too() -> None:
    told = History().symptoms(3)
    assert told.state(3).screened == told.on(3)
    assert not told.overview(3).standing.locked


def test_a_second_report_adds_to_the_lock() -> None:
    told = History().symptoms(3, "leg_numbness").symptoms(3, "saddle_numbness", "leg_numbness")
    lock = told.state(3).lock
    assert lock is not None
    assert lock.symptoms == ("leg_numbness", "saddle_numbness")
    assert told.overview(3).explanation.reasons[0].id is ReasonId.EMERGENCY


def test_fluoroquinolones_leave_the_light_holds_until_cleared() -> None:
    told = History(step="S2.3").calm(0, 6).symptoms(7, "fluoroquinolone_or_steroids")
    for day in (7, 8, 9):
        assert told.kind(day) is DayKind.LIGHT
        assert told.planned(day) == "I0.1"
        assert told.why(day)[0] == "contact_prescriber"
    with pytest.raises(RehabError, match="locked"):
        told.confirm(9, anyway=True)
    assert told.overview(9).next_progression is None
    told.unlock(9)
    assert told.kind(9) is DayKind.LOADING


def test_a_clearance_lifts_one_hold_the_most_urgent() -> None:
    """(g1, c8) a word about the numbness says nothing of the antibiotic."""
    told = History(stage="energy_storage", goal="running").set_stage(0, "energy_storage", "R5")
    told.calm(0, 4).event(5, "fluoroquinolone").symptoms(6, "bone_stress")
    told.symptoms(7, "leg_numbness", clock="09:00")

    def holds(day: int) -> tuple[bool, bool, bool]:
        state = told.state(day)
        return state.lock is not None, state.prescriber_block, state.no_impact

    assert holds(8) == (True, True, True)
    told.unlock(9)
    assert holds(9) == (False, True, True)
    assert (told.kind(9), told.why(9)[0]) == (DayKind.LIGHT, "contact_prescriber")
    told.unlock(9)
    assert holds(9) == (False, False, True)
    assert told.at(9).plan.run is None
    told.unlock(10)
    assert holds(10) == (False, False, False)
    with pytest.raises(RehabError, match="not_locked"):
        told.unlock(10)


@pytest.mark.parametrize(
    ("symptom", "slow", "guided", "prescriber"),
    [
        ("slow_healing", True, False, False),
        ("injection_or_surgery", False, True, False),
        ("pregnancy_or_heart", False, True, False),
        ("inflammatory", False, True, False),
        ("leg_numbness", False, True, False),
        ("fluoroquinolone_or_steroids", False, False, True),
        ("bone_stress", False, False, False),
        ("other_side", False, False, False),
    ],
)
def test_acknowledged_at_set_up(
    symptom: str, *, slow: bool, guided: bool, prescriber: bool
) -> None:
    state = History(symptoms=[symptom]).state(0)
    assert (state.slow, state.clinician_guided, state.prescriber_block) == (
        slow,
        guided,
        prescriber,
    )
    assert state.lock is None


def test_screening_is_due_every_month() -> None:
    told = History().calm(0, 30)
    assert "screening" not in told.state(29).reviews
    assert told.state(30).reviews["screening"] == told.on(30)
    told.symptoms(31)
    assert "screening" not in told.state(31).reviews
    told.calm_until(61)
    assert "screening" not in told.state(60).reviews
    assert told.state(61).reviews["screening"] == told.on(61)


def test_screening_is_due_after_a_red() -> None:
    told = History().session(0, 6)
    assert told.state(0).reviews["screening"] == told.on(0)
    told.symptoms(1)
    assert "screening" not in told.state(1).reviews


def test_screening_stays_due_when_the_stage_changes() -> None:
    told = History(step="S2.1").session(0, 6).confirm(1, anyway=True)
    assert told.state(1).stage is Stage.HIP_FLEXION
    assert "screening" in told.state(1).reviews


def test_a_session_cut_off_by_a_red_flag_is_a_stop() -> None:
    told = History().session(0, 2, clock="09:00").symptoms(0, "bruise_or_weakness")
    assert told.verdict(0, 0) == "stop"
    assert told.kind(1) is DayKind.LOCKED
    assert told.state(1).streak == 0


# Placement, section b3

RULE = RULES[1]
ALL_FINE = {
    "two_leg_bridge": 3.0,
    "one_leg_bridges": 3.0,
    "long_lever_bridges": 3.0,
    "arabesques": 3.0,
}


@pytest.mark.parametrize(
    ("irritable", "high"),
    [
        (Irritability(), False),
        (Irritability(rest_pain=3.5), False),
        (Irritability(rest_pain=4), True),
        (Irritability(sitting_minutes=16), False),
        (Irritability(sitting_minutes=15), True),
        (Irritability(sitting_minutes=0), True),
        (Irritability(lasting_symptoms=False), False),
        (Irritability(lasting_symptoms=True), True),
        (Irritability(night_waking=False), False),
        (Irritability(night_waking=True), True),
    ],
)
def test_high_irritability_means_settle(irritable: Irritability, *, high: bool) -> None:
    stage, step = place(RULE, irritable, 1, ALL_FINE)
    expected = (Stage.SETTLE, "I0.1") if high else (Stage.HIP_FLEXION, "S3.a1")
    assert (stage, LADDER[step].id) == expected


@pytest.mark.parametrize(
    ("morning", "scores", "expected"),
    [
        # T1; a blank one is answered by the morning's pain
        (3.5, {}, "I0.1"),
        (3, {}, "I1.1"),
        (3, {"two_leg_bridge": 3.5}, "I0.1"),
        (8, {"two_leg_bridge": 3}, "I1.1"),
        (3.5, {"one_leg_bridges": 0, "long_lever_bridges": 0, "arabesques": 0}, "I0.1"),
        # T2
        (1, {"one_leg_bridges": 3.5}, "I1.1"),
        (1, {"one_leg_bridges": 3}, "S2.1"),
        # T3; without T2 the ladder ends there
        (1, {"one_leg_bridges": 3, "long_lever_bridges": 3.5}, "S2.1"),
        (1, {"one_leg_bridges": 3, "long_lever_bridges": 3}, "S2.2"),
        (1, {"long_lever_bridges": 0, "arabesques": 0}, "I1.1"),
        # T4
        (1, {"one_leg_bridges": 3, "long_lever_bridges": 3, "arabesques": 3.5}, "S2.2"),
        (1, {"one_leg_bridges": 3, "long_lever_bridges": 3, "arabesques": 3}, "S3.a1"),
        (1, {"one_leg_bridges": 3, "arabesques": 0}, "S2.1"),
        # never above P3a
        (0, {"one_leg_bridges": 0, "long_lever_bridges": 0, "arabesques": 0}, "S3.a1"),
    ],
)
def test_placement(morning: float, scores: dict[str, float], expected: str) -> None:
    stage, step = place(RULE, Irritability(), morning, scores)
    assert LADDER[step].id == expected
    assert stage is LADDER[step].stage
    assert History(stage=None, morning_pain=morning, tests=scores).step(0) == expected


# The next morning confirms the placement: above B + 1 one stage lower (b3-3, c10-2).

PLACED: list[tuple[float, dict[str, float], str, str]] = [
    (2, {}, "I1.1", "I0.1"),  # B: the morning's pain
    (1, {"one_leg_bridges": 2}, "S2.1", "I1.1"),
    (1, {"one_leg_bridges": 2, "long_lever_bridges": 2}, "S2.2", "I1.1"),
    (1, {"one_leg_bridges": 1, "long_lever_bridges": 2, "arabesques": 2}, "S3.a1", "S2.1"),
]


@pytest.mark.parametrize(("morning", "scores", "placed", "lower"), PLACED)
def test_next_morning(morning: float, scores: dict[str, float], placed: str, lower: str) -> None:
    def told() -> History:
        return History(stage=None, morning_pain=morning, tests=scores)

    base = told().state(0).first_score[told().state(0).plan.load_test]
    assert told().morning(1, base + 1).step(1) == placed
    assert told().morning(1, base + 1.5).step(1) == lower
    assert told().morning(2, base + 1.5).step(2) == placed  # missing: it stays


def test_next_morning_on_the_easier_test() -> None:
    # T2 hurt at set-up, so the first morning asks for T1: compared with T1 as it was (c10-19).
    scores = {"two_leg_bridge": 1.0, "one_leg_bridges": 4.0}
    assert History(stage=None, tests=scores).at(1, "06:00").plan.morning_test == "two_leg_bridge"
    assert History(stage=None, tests=scores).morning(1, 2).step(1) == "I1.1"
    assert History(stage=None, tests=scores).morning(1, 2.5).step(1) == "I0.1"


def test_settle_has_nothing_below() -> None:
    assert History(stage=None, morning_pain=4).morning(1, 6).step(1) == "I0.1"


def test_a_chosen_stage_is_not_changed() -> None:
    told = History(stage="isotonic", morning_pain=1).morning(1, 4)
    assert told.step(1) == "S2.1"
    last = told.state(1).last_change
    assert last is not None
    assert last.id is ReasonId.CHOSEN


def test_a_stage_chosen_after_placement_is_not_changed_either() -> None:
    told = History(stage=None, tests={"one_leg_bridges": 1}).set_stage(0, "hip_flexion")
    assert told.morning(1, 5).state(1).stage is Stage.HIP_FLEXION


def test_nor_is_one_gone_up_to_on_the_first_day() -> None:
    good = {"one_leg_bridges": 1.0, "long_lever_bridges": 1.0, "arabesques": 1.0}
    told = History(stage=None, tests=good, goal="sport").confirm(0, anyway=True)
    assert told.morning(1, 6).state(1).stage is Stage.ENERGY_STORAGE


def test_the_stages_own_test_confirms_it_where_both_were_done() -> None:
    scores = {"one_leg_bridges": 2.0, "long_lever_bridges": 4.0}
    told = History(stage=None, morning_pain=1, tests=scores).morning(1, 2)
    assert told.state(1).stage is Stage.ISOTONIC
    told.test(1, "long_lever_bridges", pain=5.5)
    assert told.state(1).stage is Stage.ISOMETRIC


def test_lowering_tells_why() -> None:
    told = History(stage=None, morning_pain=2).morning(1, 4)
    why = told.state(1).last_change
    assert why is not None
    assert (why.id, why.variant) == (ReasonId.PLACED, "lower")
    assert told.kind(1) is not DayKind.TEST  # T1 is known from the set-up


# After more than 84 days without a session: screening and placement again (c7).


def away() -> History:
    return History(step="S2.3").calm(0, 4)


@pytest.mark.parametrize(("rise", "step"), [(1, "S2.2"), (1.5, "I1.1")])
@pytest.mark.parametrize("told", [away, lambda: History(stage=None).calm(0, 4)])
def test_the_morning_after_confirms_the_new_placement_too(
    told: Callable[[], History], rise: float, step: str
) -> None:
    placed = told().symptoms(89)
    for test in ("two_leg_bridge", "one_leg_bridges", "long_lever_bridges"):
        placed.test(89, test, pain=2)
    assert placed.step(89) == "S2.2"
    assert placed.morning(90, 2 + rise).step(90) == step


def test_a_placement_is_confirmed_by_the_newer_of_two_scores() -> None:
    scores = {"one_leg_bridges": 2.0, "long_lever_bridges": 3.0}
    placed = History(stage=None, tests=scores).test(0, "long_lever_bridges", pain=1)
    assert placed.step(0) == "S2.2"
    assert placed.morning(1, 2.5).step(1) == "I1.1"


def test_a_lock_taken_off_is_no_placement() -> None:
    told = History(stage=None, tests={"one_leg_bridges": 1.0}).calm(0, 4)
    told.unlock(90).morning(90, 1).morning(91, 2.5)
    assert told.state(91).stage is Stage.ISOMETRIC  # where the break led


def test_absence_of_84_days_asks_for_a_new_screening() -> None:
    told = away()
    assert told.state(4 + 84).lock is None
    assert told.kind(4 + 85) is DayKind.LOCKED
    now = told.overview(4 + 85, "06:00")
    assert now.plan.reasons[0].id is ReasonId.RESCREEN
    assert now.morning_check_open
    assert now.morning_test is not None
    assert now.explanation.outcome is Outcome.LOCKED


@pytest.mark.parametrize(
    ("pain", "rest", "night", "expected"),
    [
        (4, None, None, Stage.SETTLE),
        (3, 4, None, Stage.SETTLE),
        (3, None, True, Stage.SETTLE),
        (3, 3, False, Stage.ISOTONIC),  # T2 is 3, T3 was not done
    ],
)
def test_placed_again_once_screened_and_scored(
    pain: float, rest: float | None, *, night: bool | None, expected: Stage
) -> None:
    told = away().symptoms(90)
    assert told.kind(90) is DayKind.LOCKED
    told.morning(91, pain, rest=rest, night=night)
    state = told.state(91)
    assert (state.lock, state.stage, state.stage_since) == (None, expected, told.on(91))
    assert told.kind(92) is not DayKind.LOCKED


def test_a_score_alone_does_not_unlock_but_a_clearance_does() -> None:
    told = away().morning(90, 1)
    assert told.kind(90) is DayKind.LOCKED
    told.unlock(91)
    assert told.kind(91) is not DayKind.LOCKED
    assert told.state(91).entry == told.start + timedelta(days=91)
    assert told.step(91) == "I1.3"  # where the 29th day had put it


def test_a_red_flag_in_the_new_screening_keeps_it_locked() -> None:
    told = away().symptoms(90, "unrelenting_pain")
    lock = told.state(90).lock
    assert lock is not None
    assert lock.symptoms == ("unrelenting_pain",)


def test_the_questions_due_again_are_named_until_answered() -> None:
    told = History(step="S2.2").calm(0, 30)
    assert told.overview(29).explanation.ask_again == ()
    due = told.overview(30).explanation
    assert due.ask_again == REPEATED
    assert due.reasons[-1].id is ReasonId.RESCREEN
    told.symptoms(31)
    assert told.overview(31).explanation.ask_again == ()
