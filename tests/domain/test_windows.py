"""Which scores lie in a window of days, and in what order."""

from datetime import date, timedelta

from custom_components.pht_rehab.domain.state import Score, latest

TODAY = date(2026, 3, 2)


def test_a_window_includes_today_and_its_first_day_the_newest_first() -> None:
    """(c10-18) n days are today and the n - 1 days before."""
    scores = [
        Score(TODAY - timedelta(days=day), day, in_baseline=True, in_drift=True)
        for day in (8, 7, 6, 3, 0, -1)
    ]
    assert [score.pain for score in latest(scores, TODAY, 7)] == [0, 3, 6]
