"""The forecast with hops and runs: what really happens if every day goes well (c10-51)."""

from collections.abc import Callable

import pytest

from tests.domain.builders import History
from tests.domain.test_forecast import WEEK, Life

MWF = ("mon", "wed", "fri")
STARTS: dict[str, Callable[[tuple[str, ...]], History]] = {
    "the way back to running": lambda days: History(
        stage="hip_flexion", goal="running", days=days, morning_pain=0, rest_pain=0
    ),
    "the way back from pain at rest": lambda days: History(
        stage="return_to_sport", goal="running", days=days, morning_pain=3, rest_pain=3
    ),
    "never stopped": lambda days: History(
        stage="hip_flexion", goal="running", days=days, morning_pain=0, running=True
    ),
    "never stopped, from P2": lambda days: History(
        stage="isotonic", step="S2.4", goal="running", days=days, morning_pain=0, running=True,
        running_minutes=120,
    ),
    "hops": lambda days: History(stage="energy_storage", goal="sport", days=days, morning_pain=0),
    "hops and runs": lambda days: History(
        stage="energy_storage", goal="running", days=days, morning_pain=0
    ).set_stage(0, "energy_storage", "R9"),
    "sport": lambda days: History(
        stage="return_to_sport", goal="running", days=days, morning_pain=0
    ).set_stage(0, "return_to_sport", "R10").set_stage(0, "return_to_sport", "E2"),
    "hills": lambda days: History(
        stage="return_to_sport", goal="running", days=days, morning_pain=0
    ).set_stage(0, "return_to_sport", "R14").set_stage(0, "return_to_sport", "E3"),
    "slow healing": lambda days: History(
        stage="energy_storage", goal="sport", days=days, morning_pain=0, symptoms=["slow_healing"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("days", [MWF, WEEK], ids=len)
@pytest.mark.parametrize("start", STARTS)
def test_it_comes_true_from_day_0(start: str, days: tuple[str, ...]) -> None:
    life = Life(STARTS[start](days), 0, 14)
    assert life.wrong() == []
    assert life.ups or start in {"hills", "never stopped, from P2", "slow healing"}


def test_a_runner_in_maintenance_is_told_the_next_step() -> None:
    told = History(stage="maintenance", goal="running", days=WEEK, morning_pain=0)
    told.set_stage(0, "maintenance", "R16")
    days = told.overview(0).days_to_next_progression
    assert days is not None
    told.thrive(0, days, morning=0, rest=0)
    assert [told.state(day).running.step_id for day in (days - 1, days)] == ["R16", "R17"]
    assert told.overview(days).days_to_next_progression is None


def test_the_way_back_to_running_is_asked_for_in_maintenance_too() -> None:
    """Two tests a week beside the session, and the morning after the walk."""
    told = History(stage="maintenance", morning_pain=0, rest_pain=0).thrive(0, 6, morning=0, rest=0)
    told.options(7, goal="running")
    days = told.overview(7).days_to_next_progression
    assert days is not None
    told.thrive(7, 7 + days, morning=0, rest=0)
    assert [told.state(6 + days + more).running.step_id for more in (0, 1)] == ["R0", "R1"]
    walked = told.state(7 + days).tests["brisk_walk"][0]
    assert told.at((walked - told.start).days + 1, "06:00").plan.morning_test == "arabesques"


def sore(what: str, pain: float) -> History:
    told = History(stage="energy_storage", goal="running", days=MWF, morning_pain=1)
    told.set_stage(0, "energy_storage", "R9").quiet(1, 1)
    for day in (0, 2):
        told.session(day, pain if what == "hops" else 1, 1)
        told.run(day, None, pain if what == "run" else 1, 1)
        if day == 0:
            told.quiet(2, 2)
    return told


@pytest.mark.parametrize("what", ["hops", "run"])
@pytest.mark.parametrize("pain", [4, 6])
def test_it_comes_true_after_a_bad_day(what: str, pain: float) -> None:
    """Two AMBERs, or REDs that make a flare-up."""
    told = sore(what, pain)
    assert Life(told, 3, 16).wrong() == []
