"""The weekly check: points, what the log gives by itself, its course, and what it prompts."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from custom_components.pht_rehab.domain import decide, weekly
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.decide import Moment
from custom_components.pht_rehab.domain.explain import explain
from custom_components.pht_rehab.domain.forecast import forecast
from custom_components.pht_rehab.domain.model import RehabError
from custom_components.pht_rehab.domain.questions import QUESTIONS, Question
from custom_components.pht_rehab.domain.remarks import Remark, remarks
from custom_components.pht_rehab.domain.report import report
from custom_components.pht_rehab.domain.weekly import weekly_check
from tests.domain.builders import ANSWERS, START, History

BY_NAME = {question.name: question for question in QUESTIONS}
GIVEN: dict[str, Any] = {"morning_mean": 1, "bridge_reps": 10}  # 9 + 4 points
TOTAL = 58 + 13


def told(**more: Any) -> History:
    return History(stage="isotonic", step="S2.2", **more)


def told_totals(history: History, day: int) -> list[tuple[int, int | None]]:
    found = weekly.totals(history.state(day))
    return [(total, change) for _score, total, change in found]


@pytest.mark.parametrize(
    ("name", "answer", "points"),
    [
        *(("longest_sitting", minutes, points) for minutes, points in (
            (0, 0), (4, 0), (5, 2), (14, 2), (15, 4), (29, 4), (30, 6), (44, 6),
            (45, 8), (89, 8), (90, 10), (1440, 10),
        )),
        *((name, pain, 10 - pain) for name in (
            "worst_pain", "morning_mean", "bending_pain", "walking_pain",
        ) for pain in (0, 2.5, 10)),
        ("activity_share", 0, 0),
        ("activity_share", 55, 5.5),
        ("activity_share", 100, 10),
        *(("hardest_activity", kind, points) for kind, points in (
            ("none", 0), ("easy", 3), ("moderate", 6), ("hard", 8), ("everything", 10),
        )),
        ("confidence", 0, 0),
        ("confidence", 10, 10),
        *(("disturbed_nights", nights, points) for nights, points in (
            (0, 10), (1, 7), (2, 5), (3, 2), (4, 2), (5, 0), (7, 0),
        )),
        ("bridge_reps", 0, 0),
        ("bridge_reps", 24, 9.6),
        ("bridge_reps", 25, 10),
        ("bridge_reps", 26, 10),
    ],
)  # fmt: skip
def test_points(name: str, answer: float | str, points: float) -> None:
    assert BY_NAME[name].points(answer) == pytest.approx(points)


def best(question: Question) -> Any:
    answers: list[float | str] = [0, question.most, *question.named]
    return max(answers[2:] or answers, key=question.points)


def worst(question: Question) -> Any:
    answers: list[float | str] = [0, question.most, *question.named]
    return min(answers[2:] or answers, key=question.points)


def test_ten_questions_make_nought_to_a_hundred() -> None:
    assert len(QUESTIONS) == 10
    high = told().weekly(0, **{each.name: best(each) for each in QUESTIONS})
    low = told().weekly(0, **{each.name: worst(each) for each in QUESTIONS})
    assert told_totals(high, 0) == [(100, None)]
    assert told_totals(low, 0) == [(0, None)]


def test_what_is_given_counts_as_given() -> None:
    history = told().quiet(1, 6).test(5, "bridge_reps", 20).weekly(6, **GIVEN)
    assert told_totals(history, 6) == [(TOTAL, None)]
    assert history.state(6).weekly[-1].computed == ()


def test_the_log_gives_the_mornings_and_the_bridges() -> None:
    history = told().mornings(1, 5, 2, None, 1, 2, 2, 1).test(3, "bridge_reps", 20)
    history.test(5, "bridge_reps", 10).weekly(7)
    (score,) = history.state(7).weekly
    assert [*score.computed] == [("morning_mean", 2.2), ("bridge_reps", 10)]  # set-up's 1 is past
    assert score.total == round(58 + 7.8 + 4)


def test_the_week_of_the_mornings_is_seven_days_and_includes_today() -> None:
    history = told(morning_pain=8).mornings(1, 1, 1, 1, 1, 1, 1, 1)
    assert weekly.computed(history.state(6), history.on(6))["morning_mean"] == 2
    assert weekly.computed(history.state(7), history.on(7))["morning_mean"] == 1


def test_a_morning_with_a_painkiller_is_no_measure() -> None:
    history = told(morning_pain=4).morning(1, 0, painkiller=True)
    assert weekly.computed(history.state(1), history.on(1)) == {"morning_mean": 4}
    late = told().morning(8, 0, painkiller=True)
    assert weekly.computed(late.state(8), late.on(8)) == {}


def test_of_two_tests_on_a_date_the_one_asked_for_counts() -> None:
    history = told().morning(1, 3).test(1, "arabesques", pain=9)
    assert weekly.computed(history.state(1), history.on(1)) == {"morning_mean": 2}


def test_a_test_that_was_only_painful_gives_no_number() -> None:
    history = told().test(1, "bridge_reps", pain=4)
    assert "bridge_reps" not in weekly.computed(history.state(1), history.on(1))


def log(history: History, day: int, **values: Any) -> decide.Decision:
    now = datetime.combine(history.on(day), datetime.min.time(), UTC) + timedelta(hours=20)
    return decide.log_weekly_check(history.course, Moment(now, lambda: "new"), **values)


@pytest.mark.parametrize("name", [question.name for question in QUESTIONS])
def test_a_missing_answer_is_asked_for_by_name(name: str) -> None:
    values = {key: value for key, value in (ANSWERS | GIVEN).items() if key != name}
    with pytest.raises(RehabError) as refused:
        log(told(), 9, **values)  # in a week without mornings and tests
    assert refused.value.field == name
    wanted = "not_in_the_log" if name in {"morning_mean", "bridge_reps"} else "field_missing"
    assert refused.value.key == wanted


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("longest_sitting", 1441, "out_of_range"),
        ("worst_pain", 2.3, "not_a_score"),
        ("worst_pain", 10.5, "not_a_score"),
        ("morning_mean", 10.1, "out_of_range"),
        ("bending_pain", -1, "not_a_score"),
        ("walking_pain", True, "not_a_score"),
        ("activity_share", 101, "out_of_range"),
        ("hardest_activity", "walking", "unknown_choice"),
        ("hardest_activity", 3, "unknown_choice"),
        ("confidence", 11, "not_a_score"),
        ("disturbed_nights", 8, "out_of_range"),
        ("bridge_reps", 1001, "out_of_range"),
        ("overall", 100.5, "out_of_range"),
    ],
)
def test_an_answer_that_cannot_be(name: str, value: Any, key: str) -> None:
    with pytest.raises(RehabError) as refused:
        log(told(), 0, **(ANSWERS | GIVEN | {name: value}))
    assert (refused.value.key, refused.value.field) == (key, name)


def test_a_mean_need_not_be_a_half_number() -> None:
    assert log(told(), 0, **(ANSWERS | GIVEN | {"morning_mean": 1.3})).facts


def test_a_visa_h_is_another_scale() -> None:
    history = told().weekly(0, **GIVEN).visa_h(7, 12).visa_h(7, 64)
    state = history.state(7)
    assert told_totals(history, 7) == [(TOTAL, None)]
    assert state.visa_h == [(history.on(7), 64)]
    assert weekly_check(state, history.on(7)) == TOTAL
    assert told().visa_h(0, 0).state(0).visa_h == [(START, 0)]


@pytest.mark.parametrize("more", [ANSWERS, {"overall": 50}])
def test_a_visa_h_comes_alone(more: dict[str, Any]) -> None:
    with pytest.raises(RehabError) as refused:
        log(told(), 0, visa_h_total=60, **more)
    assert (refused.value.key, refused.value.field) == ("weekly_or_visa_h", "visa_h_total")


@pytest.mark.parametrize("total", [-1, 100.5, True, "60"])
def test_a_visa_h_is_nought_to_a_hundred(total: Any) -> None:
    with pytest.raises(RehabError) as refused:
        log(told(), 0, visa_h_total=total)
    assert (refused.value.key, refused.value.field) == ("out_of_range", "visa_h_total")


def test_of_two_checks_on_a_date_the_later_counts() -> None:
    history = told().weekly(0, **GIVEN).weekly(0, "21:00", **GIVEN, confidence=9)
    assert told_totals(history, 0) == [(TOTAL + 2, None)]
    history.void(0)
    assert told_totals(history, 0) == [(TOTAL, None)]


def test_a_corrected_morning_puts_the_check_right() -> None:
    history = told().quiet(1, 6).weekly(6, bridge_reps=0).morning(3, 8, typed=7)
    assert told_totals(history, 7) == [(58 + 8, None)]


def test_without_its_morning_a_check_has_no_total() -> None:
    history = told().weekly(0, **GIVEN).morning(8, 1)
    entry = history.ids[-1]
    history.weekly(8, bridge_reps=0)
    history.void(9, entry)
    assert told_totals(history, 9) == [(TOTAL, None)]
    assert history.state(9).weekly[-1].total is None
    assert history.overview(9).weekly_check == TOTAL  # the one before


def test_it_is_kept_until_the_next_and_stands_for_two_weeks() -> None:
    history = told().weekly(0, **GIVEN)
    assert history.overview(200).weekly_check == TOTAL
    assert weekly_check(history.state(13), history.on(13)) == TOTAL
    assert weekly_check(history.state(14), history.on(14)) is None
    assert told().overview(5).weekly_check is None


def test_a_change_is_a_figure() -> None:
    history = told().weekly(0, **GIVEN).weekly(7, **GIVEN, confidence=2).weekly(9, **GIVEN)
    assert told_totals(history, 9) == [(TOTAL, None), (TOTAL - 5, -5), (TOTAL, 5)]


@pytest.mark.parametrize(
    ("change", "noteworthy"), [(None, False), (9, False), (10, True), (-9, False), (-10, True)]
)
def test_ten_points_are_worth_a_look(change: int | None, *, noteworthy: bool) -> None:
    assert weekly.is_noteworthy(told().state(0), change) is noteworthy


def test_it_is_asked_once_a_week_the_first_after_a_week() -> None:
    history = told()
    assert next(day for day in range(10) if weekly.due(history.state(day), history.on(day))) == 6
    history.weekly(8, **GIVEN)
    asked = [day for day in range(8, 20) if weekly.due(history.state(day), history.on(day))]
    assert asked[0] == 15


def test_it_is_not_asked_while_the_programme_is_paused() -> None:
    history = told().pause(6)
    assert not weekly.due(history.state(8), history.on(8))


def gained(*checks: tuple[int, int]) -> History:
    """Tell checks by day and points above the usual, on calm weeks in between."""
    history = told(days=("mon", "wed", "fri")).calm(0, 1)
    for day, more in checks:
        history.weekly(day, **GIVEN, activity_share=60, confidence=0, overall=None,
                       longest_sitting=0, bending_pain=10 - more if more <= 10 else 0,
                       walking_pain=10 if more <= 10 else 20 - more)  # fmt: skip
    return history


@pytest.mark.parametrize(
    ("checks", "day", "prompted"),
    [
        (((0, 0), (42, 9)), 42, True),
        (((0, 0), (42, 10)), 42, False),
        (((0, 0), (41, 9)), 41, False),  # not yet six weeks
        (((0, 0), (21, 10), (42, 0)), 42, False),  # the gain was there
        (((0, 0), (42, 0)), 55, True),  # stands for two weeks
        (((0, 0), (42, 0)), 56, False),  # nothing stands for today
        (((0, 0), (30, 0), (54, 0)), 55, True),  # 13 days before the six weeks
        (((0, 0), (30, 0), (55, 0)), 56, False),  # too long before them
        (((42, 0),), 42, False),  # nothing to compare with
        (((0, 20), (10, 0), (52, 0)), 52, True),  # what was better before is no gain
    ],
)
def test_six_weeks_without_a_gain(
    checks: tuple[tuple[int, int], ...], day: int, *, prompted: bool
) -> None:
    history = gained(*checks)
    assert weekly.no_gain(history.state(day), history.on(day)) is prompted


@pytest.mark.parametrize(("confidence", "prompted"), [(1, False), (0, True)])
def test_who_is_near_the_top_cannot_gain(confidence: int, *, prompted: bool) -> None:
    values = {each.name: best(each) for each in QUESTIONS} | {"confidence": confidence}
    history = told().weekly(0, **values).weekly(42, **values)
    assert weekly.no_gain(history.state(42), history.on(42)) is prompted


def test_no_gain_asks_for_a_talk_and_says_so() -> None:
    history = told().calm(0, 41).weekly(0, **GIVEN).calm_until(42)
    assert "no_gain" not in history.state(42).reviews
    history.weekly(42, **GIVEN)
    state = history.state(42)
    assert state.reviews["no_gain"] == history.on(42)
    assert "no_gain" in prompts(history, 42)
    history.weekly(43, **GIVEN, activity_share=100, hardest_activity="everything", confidence=10)
    assert "no_gain" not in history.state(43).reviews


def prompts(history: History, day: int) -> list[str]:
    now = history.at(day)
    ahead = forecast(history.course, history.on(day), check_open=False)
    reasons = explain(now, ahead, (), ready=False).reasons
    return [why.variant for why in reasons if why.id == "plateau"]


@pytest.mark.parametrize(
    ("stage", "day", "prompted"),
    [("isotonic", 83, False), ("isotonic", 84, True), ("hip_flexion", 84, False)],
)
def test_twelve_weeks_below_hip_flexion(stage: str, day: int, *, prompted: bool) -> None:
    history = History(stage=stage).calm(0, day)
    assert ("slow_course" in history.state(day).reviews) is prompted
    assert ("slow_course" in prompts(history, day)) is prompted


def test_what_was_worked_out_is_said() -> None:
    history = told().quiet(1, 6).weekly(6, bridge_reps=12)
    fact = history.course.facts[history.ids[-1]]
    assert [*remarks(history.course, history.state(6), fact)] == [
        Remark("computed_morning_mean", 1.0)
    ]
    history.weekly(6, "21:00", bridge_reps=12)
    assert [*remarks(history.course, history.state(6), fact)] == []  # a later one counts


def test_the_report_has_the_checks_of_its_dates() -> None:
    history = told().calm(0, 20).weekly(0, **GIVEN).weekly(7, **GIVEN).weekly(14, **GIVEN)
    history.visa_h(0, 40).visa_h(14, 60)
    found = report(history.course, history.on(7), history.on(20))
    assert [score.on for score, _total, _change in found.weekly] == [history.on(7), history.on(14)]
    assert [*found.visa_h] == [(history.on(14), 60)]
    everything = report(history.course, None, history.on(20))
    assert len(everything.weekly) == 3
    assert len(everything.visa_h) == 2


def test_the_order_of_arrival_does_not_matter() -> None:
    history = told().quiet(1, 6).weekly(6, bridge_reps=0).weekly(6, "21:00", **GIVEN).visa_h(6, 50)
    twin = Course([*history.course.facts.values()][::-1])
    on: date = history.on(8)
    states = [course.today(on, datetime.min.time()).state for course in (history.course, twin)]
    assert states[0].weekly == states[1].weekly != []
    assert states[0].visa_h == states[1].visa_h != []
