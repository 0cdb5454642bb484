"""More running than in the weeks before, where no plan caps it (d2, b4 P6)."""

from typing import Final

import pytest

from custom_components.pht_rehab.domain.model import ReasonId
from tests.domain.builders import History

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NEXT: Final = 28


def weeks(
    *minutes: float, stage: str = "maintenance", step: str | None = "R17", goal: str = "running"
) -> History:
    """Return somebody who trains once a week, on its first day, and runs so many minutes then."""
    told = History(stage=stage, goal=goal, days=WEEK)
    if step is not None:
        told.set_stage(0, stage, step)
    for week, length in enumerate(minutes):
        told.session(7 * week)
        if length:
            told.run(7 * week, length, hills=False, fast=False)
    return told


def advised(told: History, day: int) -> list[tuple[str, dict[str, object]]]:
    found = [why for why in told.overview(day).explanation.reasons if why.id is ReasonId.VOLUME]
    return [(why.variant, dict(why.figures)) for why in found]


def reviews(told: History, day: int) -> list[str]:
    return [key for key in told.overview(day).standing.reviews if key.startswith("volume:")]


@pytest.mark.parametrize(("minutes", "jump"), [(115, False), (116, True)])
@pytest.mark.parametrize("before", [(100, 60, 60, 60), (90, 90, 90, 100)])
def test_more_than_the_growth_of_a_week_over_the_fullest_of_four(
    before: tuple[float, ...], minutes: float, *, jump: bool
) -> None:
    told = weeks(*before, minutes)
    assert not reviews(told, NEXT - 1)
    assert bool(reviews(told, NEXT)) is jump
    assert bool(advised(told, NEXT)) is jump


def test_a_fuller_week_longer_ago_does_not_count() -> None:
    assert advised(weeks(200, 100, 100, 100, 100, 116), 35)
    assert not advised(weeks(0, 200, 100, 100, 100, 116), 35)


def test_without_a_run_in_four_weeks_there_is_nothing_to_compare() -> None:
    assert not advised(weeks(100, 0, 0, 0, 0, 200), 35)
    assert advised(weeks(0, 100, 0, 0, 0, 200), 35)


def test_the_days_of_the_week_count_together() -> None:
    told = weeks(100, 100, 100, 100, 60).run(30, 55, hills=False, fast=False)
    assert not reviews(told, 30)
    told.run(34, 1, hills=False, fast=False)
    assert reviews(told, 34) == [f"volume:{told.on(34)}"]
    later = weeks(100, 100, 100, 100, 60).run(30, 55, hills=False, fast=False)
    assert not reviews(later.run(35, 1, hills=False, fast=False), 35)  # the first is a week ago


@pytest.mark.parametrize(
    ("stage", "step", "goal", "found"),
    [
        ("maintenance", "R17", "running", True),
        ("return_to_sport", "R17", "running", True),
        ("maintenance", None, "everyday", True),
        ("maintenance", "R16", "running", False),  # the plan caps these
        ("return_to_sport", "R16", "running", False),
        ("energy_storage", "R17", "running", False),
        ("hip_flexion", None, "everyday", False),
    ],
)
def test_only_where_no_plan_caps_it(
    stage: str, step: str | None, goal: str, *, found: bool
) -> None:
    told = weeks(100, 100, 100, 100, 150, stage=stage, step=step, goal=goal)
    assert bool(advised(told, NEXT)) is found


def test_what_it_says() -> None:
    figures = {"minutes": 150, "usual": 100, "percent": 15}
    sport = weeks(100, 100, 100, 100, 150, stage="return_to_sport")
    assert advised(sport, NEXT) == [("", figures)]
    kept = weeks(100, 100, 100, 100, 150)
    assert advised(kept, NEXT) == [("strength", {**figures, "sessions": 3, "weeks": 3})]
    before = advised(kept, NEXT)
    kept.run(NEXT + 1, 40, hills=False, fast=False)  # after the week it is said of
    assert advised(kept, NEXT + 6) == before


def test_it_stands_for_a_week_and_is_told_once() -> None:
    told = weeks(100, 100, 100, 100, 150).run(30, 40, hills=False, fast=False)
    for day in range(NEXT, NEXT + 7):
        assert reviews(told, day) == [f"volume:{told.on(NEXT)}"]
    assert not reviews(told, NEXT + 7)
    assert reviews(told.run(NEXT + 7, 220, hills=False, fast=False), NEXT + 7)


def test_it_holds_nothing() -> None:
    calm, full = weeks(100, 100, 100, 100, 115), weeks(100, 100, 100, 100, 116)
    for day in range(NEXT, NEXT + 7):
        assert full.at(day).plan == calm.at(day).plan
        assert full.overview(day).running == calm.overview(day).running
        assert full.overview(day).explanation.waiting_for == (
            calm.overview(day).explanation.waiting_for
        )


def test_a_run_taken_back_takes_it_back() -> None:
    told = weeks(100, 100, 100, 100, 150)
    assert reviews(told, NEXT)
    assert not reviews(told.void(NEXT), NEXT)
