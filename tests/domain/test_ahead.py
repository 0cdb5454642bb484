"""What the forecast takes for granted, what it takes as told, and how far it looks (c10-51)."""

from collections.abc import Callable
from datetime import date

import pytest

from custom_components.pht_rehab.domain import forecast as forecast_module, replay
from custom_components.pht_rehab.domain.forecast import forecast
from custom_components.pht_rehab.domain.page import Page
from custom_components.pht_rehab.domain.state import State
from tests.domain.builders import History


def settle(**reports: float) -> History:
    return History(stage="settle", step="I0.3", **reports)  # type: ignore[arg-type]


def once() -> History:
    """Do one calm session, and be about to do the second."""
    return History(step="S2.2").calm(0, 1).morning(2)


def risen() -> History:
    """Rise slowly from 0 to 2, which the drift guard holds (c4)."""
    told = History(step="S2.2", morning_pain=0)
    for day, pain in enumerate([0] * 7 + [1] * 7 + [2] * 6, 1):
        told.morning(day, pain)
        if told.at(day).plan.dose is not None:
            told.session(day, 1)
    return told


def short_of_a_test() -> History:
    return History(step="S2.4").calm(0, 14).test(14, "bridge_reps", 10, other=20, pain=1)


def aching() -> History:
    """Wake with an ache on the first day on which all else is met."""
    told = settle(rest_pain=1, sitting=60).calm(0, 4)
    return told.morning(5, 1, rest=4)


# story, day, clock: next progression, next stage, next session, in days from the start
STORIES: list[tuple[str, Callable[[], History], int, str, tuple[int | None, ...]]] = [
    # First days: two calm sessions and four days (two in the daily stages); the stage's minimum
    ("settle", settle, 0, "20:00", (5, 5, 0)),
    ("isometric", lambda: History(stage="isometric"), 0, "20:00", (2, 9, 0)),
    ("isotonic", lambda: History(stage="isotonic"), 0, "20:00", (4, 21, 0)),
    ("hip flexion", lambda: History(stage="hip_flexion"), 0, "20:00", (4, 33, 0)),
    ("maintenance", lambda: History(stage="maintenance"), 0, "20:00", (None, None, 0)),
    # Reports to come are good ones: rest ache, sitting, nights
    ("an ache", lambda: settle(rest_pain=5, sitting=60), 0, "20:00", (5, 5, 0)),
    ("short sitting", lambda: settle(rest_pain=1, sitting=10), 0, "20:00", (5, 5, 0)),
    (
        "a bad night", lambda: History(stage="isometric", step="I1.6").morning(1, night=True), 1,
        "20:00", (7, 7, 1),
    ),
    ("an ache told today", aching, 5, "08:00", (6, 6, 5)),
    # What is done today counts as it was done, and what is begun is finished
    ("to do", once, 2, "20:00", (4, 21, 2)),
    ("done", lambda: once().session(2, 1), 2, "20:00", (4, 21, 4)),
    ("half done", lambda: once().session(2, 1, done=50), 2, "20:00", (7, 21, 4)),
    ("no score yet", lambda: once().session(2, None, exercises=[]), 2, "20:00", (4, 21, 2)),
    ("sore", lambda: once().session(2, 4), 2, "20:00", (9, 21, 4)),
    ("sore after it", lambda: once().session(2, 1, after=5), 2, "20:00", (9, 21, 4)),
    (
        "sore before the end", lambda: once().session(2, 4, exercises=["bridge_single_slow"]), 2,
        "20:00", (9, 21, 2),
    ),
    ("a day off", lambda: once().skip(2), 2, "20:00", (7, 21, 4)),
    # A morning that can still be told will be calm; one past its time judges the session
    ("before noon", lambda: History(step="S2.2").session(0, 1), 1, "06:00", (4, 21, 2)),
    ("past noon", lambda: History(step="S2.2").session(0, 1), 1, "13:00", (7, 21, 2)),
    # Mornings to come are 1, or lower where they were lower: the week's median falls at the fourth
    ("risen", risen, 20, "20:00", (24, 24, 21)),
    # A test not passed is done again after a week
    ("a test not passed", short_of_a_test, 14, "20:00", (21, 21, 16)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("story", "day", "clock", "expected"),
    [case[1:] for case in STORIES],
    ids=[case[0] for case in STORIES],
)
def test_the_earliest_dates(
    story: Callable[[], History], day: int, clock: str, expected: tuple[int | None, ...]
) -> None:
    told = story()
    now = told.overview(day, clock)
    found = (now.next_progression, now.next_stage, now.next_session)
    assert found == tuple(None if at is None else told.on(at) for at in expected)


@pytest.mark.parametrize(
    ("story", "gone_through"),
    [
        # Nothing above: the next session is today's, and tomorrow nothing of today takes a step.
        (lambda: History(stage="maintenance"), 1),
        # The tests of the way back to running, two a week, are passed on day 14.
        (lambda: History(stage="maintenance", goal="running", rest_pain=0), 16),
        # Neither running nor hopping: no step to look for.
        (lambda: History(stage="maintenance", goal="running", symptoms=["bone_stress"]), 1),
        # At the top the stage above comes after its 28 days.
        (lambda: History(stage="hip_flexion", step="S3.c3", goal="running"), 28),
        # Steps of running between those of strength: S3.c three times GREEN by day 47.
        (lambda: History(stage="hip_flexion", goal="running"), 47),
        # The next step comes on day 4, the stage above on day 5.
        (settle, 5),
        # One training day a week leads nowhere.
        (lambda: History(step="S2.2", days=("mon",)), 401),
    ],
)
def test_it_looks_no_further_than_it_must(
    monkeypatch: pytest.MonkeyPatch, story: Callable[[], History], gone_through: int
) -> None:
    told = story()
    looked: list[date] = []

    def close_day(state: State, page: Page, day: date, *, planned: bool) -> None:
        looked.append(day)
        replay.close_day(state, page, day, planned=planned)

    monkeypatch.setattr(forecast_module, "close_day", close_day)
    forecast(told.course, told.on(0), check_open=False)
    assert looked == [told.on(day) for day in range(gone_through)]


def test_looking_ahead_changes_nothing() -> None:
    told = once()
    before = told.at(2)
    told.overview(2)
    assert told.at(2) == before
    assert told.course.diary.page(told.on(3)) == Page()
