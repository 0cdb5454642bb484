"""The drift guard: a slow rise over weeks, in the score or in sitting (c4, c10-38)."""

import pytest

from custom_components.pht_rehab.domain.model import ReasonId, Waiting, reason
from tests.domain.builders import History

STEADY = [1.0] * 7
TWOS = [2.0] * 7


def live(told: History, first: int, *pains: float | None, sitting: float | None = None) -> History:
    """Live days with these mornings, every planned session done at 1; None: no score."""
    for day, pain in enumerate(pains, first):
        if pain is not None:
            told.morning(day, pain, sitting=sitting)
        if told.at(day).plan.dose is not None:
            told.session(day, 1)
    return told


def crept(*more: float | None) -> History:
    """Medians 1, then 2, then 3: the rise reaches 2 on day 18, when four of seven are 3."""
    told = History(step="S2.4", morning_pain=1).session(0, 1)
    return live(told, 1, *STEADY, *TWOS, 3, 3, 3, 3, *more)


def test_a_rise_of_two_acts_on_its_day() -> None:
    told = crept()
    assert told.state(17).creep is None
    assert told.step(17) == "S2.4"
    creep = told.state(18).creep
    assert creep is not None
    assert creep.started == told.on(18)
    assert told.step(18) == "S2.3"
    last = told.state(18).last_change
    assert last is not None
    assert (last.id, dict(last.figures)) == (ReasonId.DRIFT, {"rise": 2})


def test_a_rise_of_less_than_two_is_let_be() -> None:
    told = History(step="S2.4", morning_pain=1).session(0, 1)
    live(told, 1, *STEADY, *TWOS, *[2.5] * 10)
    assert told.state(24).creep is None
    assert told.step(24) == "S2.4"


def test_it_acts_once_then_holds() -> None:
    told = crept(*[3] * 6)
    for day in range(18, 25):
        assert told.step(day) == "S2.3"
    # GREENs are there, but nothing rises while it lasts
    assert told.state(24).streak >= 2
    now = told.overview(23)
    assert ReasonId.DRIFT in [why.id for why in now.explanation.reasons]
    assert Waiting.CALM_MORNING in now.explanation.waiting_for
    calm = next(line for line in now.criteria if line.id == "calm")
    assert calm.met is False


def test_it_acts_again_after_seven_days_and_prompts_after_fourteen() -> None:
    told = crept(*[3] * 14)
    assert [told.step(day) for day in (18, 24, 25, 31)] == ["S2.3", "S2.3", "S2.2", "S2.2"]
    assert "drift" not in told.state(31).reviews
    assert told.state(32).reviews["drift"] == told.on(32)
    assert reason(ReasonId.PLATEAU, "drift") in told.overview(32).explanation.reasons


def test_over_when_the_rise_is_below_two() -> None:
    told = crept(3, 2, 2, 2)  # the median falls to 2.5 only when three of seven are 3
    assert told.state(21).creep is not None
    live(told, 23, 2)
    assert told.state(23).creep is None


def test_over_when_the_old_low_leaves_the_28_days() -> None:
    # The last median of 1 is that of day 10; on day 38 the lowest of 28 days is a higher one.
    told = crept(*[3] * 20)
    assert told.state(37).creep is not None
    assert told.state(38).creep is None


def test_mornings_without_a_score_do_not_end_it() -> None:
    told = crept(None, None, None, 3)  # four scores in the week of day 22: nothing to compare
    assert told.state(22).creep is not None
    live(told, 23, 3, 3, 3, 3)
    assert told.state(26).creep is not None


@pytest.mark.parametrize(("scores", "creep"), [(4, False), (5, True)])
def test_five_scores_in_the_week_are_needed(scores: int, *, creep: bool) -> None:
    told = History(step="S2.4", morning_pain=1)
    live(told, 1, *STEADY, *TWOS)
    live(told, 15, *[None] * (7 - scores), *[3] * scores)
    assert (told.state(21).creep is not None) is creep


def test_a_rise_of_three_is_a_flare_up() -> None:
    told = History(step="S2.4", morning_pain=0, base=0).session(0, 1)
    live(told, 1, *[0] * 7, *[1] * 7, *[2] * 7, 3, 3, 3)
    assert told.state(24).flare is None
    assert told.state(24).creep is not None
    live(told, 25, 3)
    flare = told.state(25).flare
    assert flare is not None
    assert flare.baseline == 0  # the 28-day lowest median (c10-33)
    change = told.state(25).last_change
    assert change is not None
    assert change.variant == "drift"
    assert told.state(25).creep is None


def test_no_flare_by_drift_below_three() -> None:
    told = History(step="S2.4", morning_pain=0.5).session(0, 1)
    live(told, 1, *[0.5] * 7, *[1.5] * 7, *[2.5] * 7, *[3] * 7)
    assert told.state(28).flare is None
    assert told.state(28).creep is not None


def test_two_reductions_of_one_morning_are_one_step() -> None:
    # The second AMBER is judged on the morning on which the rise reaches 2 (c10-6).
    told = History(step="S2.4", morning_pain=1).session(0, 1)
    live(told, 1, *STEADY, *TWOS)
    told.morning(15, 3).session(15, 4).mornings(16, 3, 3).session(17, 4).morning(18, 3)
    assert told.state(18).creep is not None
    assert told.verdict(17) == "amber"
    assert told.step(18) == "S2.3"


def test_at_the_first_step_it_takes_a_set_off() -> None:
    told = History(step="S2.1", morning_pain=1)
    live_scores = [*STEADY, *TWOS, 3, 3, 3, 3]
    told.mornings(1, *live_scores)
    assert told.step(18) == "S2.1"
    assert told.state(18).sets_off == 1


def test_the_window_restarts_after_a_flare() -> None:
    told = History(step="S2.4", morning_pain=1).session(0, 1)
    live(told, 1, *STEADY, 7, 5, 5, 5, 5, 5, 3, 3, 3)  # settles at a steady 3 on day 16
    assert told.state(16).flare is None
    assert told.state(16).medians == {}
    live(told, 17, 3, 3, 3, 3, 3)
    assert told.state(20).medians == {}
    assert told.state(21).medians["long_lever_bridges"] == [(told.on(21), 3)]
    assert told.state(21).creep is None


def test_the_window_restarts_with_a_new_test() -> None:
    told = History(stage="isometric", morning_pain=0, base=0).quiet(1, 7)
    told.confirm(7, anyway=True).mornings(8, *[2.5] * 7)
    assert told.state(14).medians["long_lever_bridges"][0][1] == 2.5
    assert told.state(14).creep is None


# Sitting: the week's median below half of the best of 28 days


@pytest.mark.parametrize(
    ("minutes", "creep"), [(30, False), (29, True), (0, True), (60, False), (90, False)]
)
def test_sitting_halved(minutes: float, *, creep: bool) -> None:
    told = History(step="S2.4", morning_pain=1, days=("mon",))
    live(told, 1, *[1] * 7, sitting=60)
    live(told, 8, *[1] * 3, sitting=minutes)
    assert told.state(10).creep is None
    live(told, 11, 1, sitting=minutes)
    assert (told.state(11).creep is not None) is creep
    assert told.step(11) == ("S2.3" if creep else "S2.4")
    if creep:
        last = told.state(11).last_change
        assert last is not None
        assert (last.id, last.variant) == (ReasonId.DRIFT, "sitting")


def test_sitting_compares_with_the_best_of_28_days() -> None:
    told = History()
    live(told, 1, *[1] * 7, sitting=120)
    live(told, 8, *[1] * 35, sitting=60)
    live(told, 43, *[1] * 7, sitting=40)
    assert told.state(49).creep is None


def test_sitting_needs_five_reports_too() -> None:
    told = History(step="S2.4", morning_pain=1, days=("mon",))
    live(told, 1, *[1] * 7, sitting=60)
    live(told, 8, *[1] * 6)
    live(told, 14, 1, sitting=10)
    assert told.state(14).creep is None


def test_sitting_is_over_when_it_is_back() -> None:
    told = History(step="S2.4", morning_pain=1, days=("mon",))
    live(told, 1, *[1] * 7, sitting=60)
    live(told, 8, *[1] * 7, sitting=20)
    assert told.state(14).creep is not None
    live(told, 15, *[1] * 4, sitting=60)
    assert told.state(18).creep is None


def test_sitting_reported_without_a_score_is_watched_too() -> None:
    # The score of the morning is on another test than the one watched: only sitting is new.
    told = History(step="S2.4", morning_pain=1, days=("mon",))
    live(told, 1, *[1] * 7, sitting=60)
    live(told, 8, *[1] * 4, sitting=20)
    assert told.state(11).creep is not None
    assert told.state(12, "06:00").creep is not None
