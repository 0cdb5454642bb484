"""What else may be done, by stage: the table of (e3), cell by cell where it matters."""

import pytest

from custom_components.pht_rehab.domain import cross_training
from custom_components.pht_rehab.domain.cross_training import CROSS_TRAINING, Allowed, allowed
from custom_components.pht_rehab.domain.model import Stage
from tests.domain.builders import History


def ids(told: History, day: int = 0) -> set[str]:
    return {each.id for each in allowed(told.state(day), told.on(day))}


def found(told: History, activity: str, day: int = 0) -> Allowed | None:
    listed = allowed(told.state(day), told.on(day))
    return next((each for each in listed if each.id == activity), None)


def test_the_first_try() -> None:
    """(e3, S49) ten minutes, at most 3 of 10."""
    assert (cross_training.FIRST_MINUTES, cross_training.FIRST_PAIN) == (10, 3)


def test_every_activity_has_a_word_for_every_column() -> None:
    assert len(CROSS_TRAINING) == 12
    assert {len(row) for row in CROSS_TRAINING.values()} == {6}


@pytest.mark.parametrize(
    ("stage", "count"),
    [
        ("settle", 5),
        ("isometric", 7),
        ("isotonic", 8),
        ("hip_flexion", 10),
        ("energy_storage", 11),
        ("return_to_sport", 12),
        ("maintenance", 12),
    ],
)
def test_each_stage_allows_what_the_one_before_does_and_more(stage: str, count: int) -> None:
    assert len(ids(History(stage=stage, goal="sport"))) == count
    stages = [each.value for each in Stage]
    if before := stages[: stages.index(stage)]:
        assert ids(History(stage=before[-1], goal="sport")) <= ids(History(stage=stage))


def test_what_a_cell_says() -> None:
    settle, isometric = History(stage="settle"), History(stage="isometric")
    assert found(settle, "walking") == Allowed(id="walking", pain=3)
    assert found(settle, "elliptical") == Allowed(id="elliptical", pain=2)
    assert found(settle, "swimming") == Allowed(id="swimming", how="pull_buoy")
    assert found(settle, "upright_bike") is None
    assert found(isometric, "upright_bike") == Allowed(id="upright_bike", pain=3, minutes=(10, 20))
    assert found(isometric, "walking") == Allowed(id="walking")


@pytest.mark.parametrize(("step", "shown"), [("S3.a3", False), ("S3.b1", True), ("S3.c1", True)])
def test_rowing_comes_with_the_second_letter(step: str, *, shown: bool) -> None:
    told = History(stage="hip_flexion", step=step)
    assert (found(told, "rowing") == Allowed(id="rowing", how="short")) is shown


def test_a_flare_up_leaves_walking_and_swimming() -> None:
    told = History(step="S2.2").quiet(1, 3).morning(4, 7).morning(5, 7)
    assert told.state(5).flare is not None
    assert ids(told, 5) == {"walking", "swimming", "upper_body"}
    assert found(told, "walking", 5) == Allowed(id="walking", pain=3)


def test_a_prescriber_to_be_asked_leaves_as_little() -> None:
    told = History(step="S2.2").event(0, "fluoroquinolone")
    assert told.state(0).prescriber_block
    assert ids(told) == {"walking", "swimming", "upper_body"}


def test_nothing_while_the_programme_is_stopped() -> None:
    assert ids(History().pause(0)) == set()
    assert ids(History().symptoms(0, "swollen_calf")) == set()
    assert ids(History().event(0, "illness_started")) == set()
