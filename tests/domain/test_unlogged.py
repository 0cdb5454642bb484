"""Runs that nobody logged: when they are noticed, what they ask, and what they hold (d2)."""

from datetime import timedelta
from typing import Final

import pytest

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.facts import RunNoticed
from custom_components.pht_rehab.domain.model import BACK_DAYS, ReasonId, RehabError
from custom_components.pht_rehab.domain.running import not_today
from tests.domain.builders import History

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Watched(History):
    """A history in which a watch counts kilometres."""

    def noticed(
        self,
        day: int,
        kilometres: float = 4.2,
        *,
        seen: int | None = None,
        since: int | None = None,
    ) -> Watched:
        """Notice a run of a day once it is over, on the day after unless told."""
        at = self.moment(day + 1 if seen is None else seen, "00:00")
        about = self.on(day)
        first = about if since is None else self.on(since)
        return self.take(
            decide.notice_run(self.course, at, kilometres=kilometres, on=about, since=first)
        )

    def asked(self, day: int) -> list[tuple[object, object]]:
        """Return date and kilometres of the runs asked for."""
        reasons = self.overview(day).explanation.reasons
        told = [why for why in reasons if (why.id, why.variant) == (ReasonId.REPORT_NEEDED, "run")]
        return [(dict(why.figures)["on"], dict(why.figures)["km"]) for why in told]

    def reviews(self, day: int) -> list[str]:
        """Return the reviews that ask for a run."""
        found = self.overview(day).standing.reviews
        return [key for key in found if key.startswith("run_noticed:")]

    def facts(self) -> list[RunNoticed]:
        """Return what was noticed."""
        return [fact for fact in self.course.facts.values() if isinstance(fact, RunNoticed)]


def runner(stage: str = "energy_storage") -> Watched:
    told = Watched(stage=stage, goal="running", days=WEEK)
    return told.set_stage(0, stage, "R5")


def spaced(told: History, day: int) -> str:
    why = not_today(told.state(day), told.on(day))
    return "" if why is None else f"{why.id.value}/{why.variant}"


def test_a_run_nobody_logged_is_asked_for() -> None:
    told = runner().noticed(2)
    (fact,) = told.facts()
    assert (fact.on, fact.kilometres) == (told.on(2), 4.2)
    assert told.asked(3) == [(told.on(2), 4.2)]
    assert told.reviews(3) == [f"run_noticed:{told.on(2)}"]
    assert told.asked(4) == told.asked(3)
    assert told.state(3).running.records == []  # neither minutes nor pain are known


@pytest.mark.parametrize(("kilometres", "found"), [(1, 0), (1.01, 1), (0, 0), (1000, 1)])
def test_a_little_is_no_run(kilometres: float, found: int) -> None:
    assert len(runner().noticed(2, kilometres).facts()) == found


@pytest.mark.parametrize("kilometres", [1001, -1, float("nan")])
def test_nonsense_is_refused(kilometres: float) -> None:
    with pytest.raises(RehabError, match="out_of_range"):
        runner().noticed(2, kilometres)


def test_the_distance_is_told_to_a_tenth_of_a_kilometre() -> None:
    assert runner().noticed(2, 4.26).facts()[0].kilometres == 4.3


def test_a_run_that_was_logged_is_not_noticed() -> None:
    assert not runner().run(2, 20).noticed(2).facts()
    assert runner().run(1, 20).noticed(2).facts()


def test_nor_one_that_may_be_of_a_date_before_with_a_run() -> None:
    assert not runner().run(1, 20).noticed(2, since=1).facts()
    assert runner().run(1, 20).noticed(3, since=2).facts()


def test_it_is_gone_once_logged_and_the_run_counts_in_its_place() -> None:
    told = runner().noticed(2)
    assert spaced(told, 3) == "spacing/unlogged"
    told.take(decide.log_run(told.course, told.moment(3, "09:00"), minutes=20, on=told.on(2)))
    assert (told.asked(3), told.reviews(3)) == ([], [])
    assert spaced(told, 3) == "spacing/"
    assert [run.minutes for run in told.state(3).running.records] == [20]
    assert told.state(3).running.days == [told.on(2)]


def test_it_is_gone_once_waved_away_and_not_noticed_again() -> None:
    told = runner().noticed(2)
    told.void(3, told.facts()[0].log_id)
    assert (told.asked(3), told.reviews(3), spaced(told, 3)) == ([], [], "")
    told.noticed(2, seen=4)
    assert len(told.facts()) == 1
    assert told.asked(4) == []


def test_the_same_again_adds_nothing() -> None:
    told = runner().noticed(2).noticed(2, 9.9, seen=4)
    assert [fact.kilometres for fact in told.facts()] == [4.2]


def test_no_run_and_no_hops_the_day_after() -> None:
    plain = Watched(stage="energy_storage", goal="running", days=WEEK)
    plain.set_stage(0, "energy_storage", "R5")
    assert plain.at(1).plan.energy is not None
    told = runner().noticed(0, seen=1)
    plan = told.at(1).plan
    assert (plan.run, plan.energy) == (None, None)
    assert plan.strength
    assert spaced(told, 1) == "spacing/unlogged"
    assert spaced(told, 2) == ""
    assert told.at(2).plan.energy is not None


def test_it_counts_as_one_of_the_weeks_runs_and_as_a_loading_day() -> None:
    told = runner()
    for day in (1, 3, 5):
        told.noticed(day)
    assert spaced(told, 7) == "spacing/week"
    assert spaced(told, 8) == ""
    row = runner().session(0).noticed(1)
    assert row.why(2)[:1] == ["spacing"]
    assert not row.at(2).plan.strength


def test_a_break_goes_on_beside_it() -> None:
    told = runner().run(0, 20).noticed(10)
    assert told.state(11).running.last_session == told.on(0)


def test_it_is_asked_for_as_long_as_it_can_be_logged() -> None:
    told = runner().noticed(2)
    assert told.asked(16)
    decide.log_run(told.course, told.moment(16, "20:00"), minutes=20, on=told.on(2))
    assert not told.asked(17)
    assert not told.reviews(17)
    with pytest.raises(RehabError, match="date_too_old"):
        decide.log_run(told.course, told.moment(17, "20:00"), minutes=20, on=told.on(2))


def test_several_are_asked_for_one_by_one() -> None:
    told = runner().noticed(1).noticed(3, 7)
    assert told.asked(4) == [(told.on(1), 4.2), (told.on(3), 7)]
    assert told.reviews(4) == [f"run_noticed:{told.on(3)}"]
    told.void(4, told.facts()[1].log_id)
    assert told.asked(4) == [(told.on(1), 4.2)]


def test_late_and_early_dates() -> None:
    assert runner().noticed(0, seen=BACK_DAYS).facts()
    with pytest.raises(RehabError, match="date_too_old"):
        runner().noticed(0, seen=BACK_DAYS + 1)
    with pytest.raises(RehabError, match="before_start"):
        runner().noticed(-1, seen=1)
    assert not runner().run(0, 20).noticed(1, since=-30).facts()


def test_while_paused_or_locked_nothing_is_noticed_or_asked() -> None:
    told = runner().noticed(1).pause(3)
    assert not told.asked(3)
    assert not told.noticed(4).facts()[1:]
    told.resume(6)
    assert told.asked(6) == [(told.on(1), 4.2)]
    locked = runner().symptoms(2, "swollen_calf")
    assert not locked.noticed(2).facts()


def test_everyday_life_is_asked_too() -> None:
    told = Watched(days=WEEK).noticed(1)
    assert told.asked(2)
    assert told.at(2).plan == Watched(days=WEEK).at(2).plan


def test_the_order_of_telling_makes_no_difference() -> None:
    early, late = runner().noticed(1).calm(2, 6), runner().calm(2, 6).noticed(1, seen=7)
    assert early.state(7).running == late.state(7).running
    assert early.asked(7) == late.asked(7)
    assert early.on(1) + timedelta(days=6) == early.on(7)
