"""The forecast: what really happens if every day goes well, never earlier (c10-51)."""

from datetime import date

import pytest

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.course import Today
from custom_components.pht_rehab.domain.model import DayKind, ReasonId, Response, Waiting
from custom_components.pht_rehab.domain.overview import Overview
from tests.domain.builders import History

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def rises(now: Today) -> bool:
    """Return whether the plan of a day raises a dose of any strand."""
    state, plan = now.state, now.plan
    strength = plan.dose is not None and plan.kind is DayKind.LOADING
    up = plan.dose is not None and (plan.dose.step, -plan.dose.sets_off) > (
        state.step,
        -state.sets_off,
    )
    return (strength and up) or any(
        dose is not None
        and (dose.step, not dose.set_less) > (strand.step or 0, not strand.set_less)
        for strand, dose in ((state.energy, plan.energy), (state.running, plan.run))
    )


class Life:
    """A history lived at its best from some day on, with every forecast made on the way."""

    def __init__(self, told: History, first: int, last: int) -> None:
        """Live the days ``first`` to ``last``."""
        self.told = told
        self.ups: list[date] = []
        self.stages: list[date] = []
        self.sessions: list[date] = []
        self.said: list[tuple[date, bool, Overview]] = []
        for day in range(first, last + 1):
            self._live(day)

    def _live(self, day: int) -> None:
        told, on = self.told, self.told.on(day)
        if day % 5 == 0:
            self.said.append((on, True, told.overview(day, "06:00")))
        early, calm = told.at(day, "06:00"), min(1, told.base)
        if day and early.plan.morning_test is not None:
            rest = 0 if early.state.running.at_gate else calm  # the gate asks for none at all
            told.morning(day, calm, rest=rest, sitting=60, night=False)
        ready = told.overview(day, "08:00")
        self.said.append((on, True, ready))
        if ready.standing.ready:
            self.stages.append(on)
            told.confirm(day, clock="09:00")
            now = told.at(day, "09:30")
            if now.plan.morning_test not in {None, *now.state.today_scores}:
                told.morning(day, calm, clock="09:40")
        now = told.pass_tests(day).at(day)
        if now.plan.exercises:
            self.sessions.append(on)
        if rises(now):
            self.ups.append(on)
        told.thrive_on(day)
        evening = told.overview(day)
        if evening.standing.ready:
            self.stages.append(on)
        self.said.append((on, False, evening))

    def wrong(self) -> list[tuple[date, str, date | None, date | None]]:
        """Return the forecasts that did not come true to the day, while their day was lived."""
        found: list[tuple[date, str, date | None, date | None]] = []
        for on, before, said in self.said:
            todays = before or said.standing.ready
            for name, promised, happened in (
                ("progression", said.next_progression, {*self.ups, *self.stages}),
                ("stage", said.next_stage, set(self.stages)),
                ("session", said.next_session, set(self.sessions)),
            ):
                now = before if name == "session" else todays
                ahead = [day for day in happened if day > on or (now and day == on)]
                if ahead and promised != min(ahead):
                    found.append((on, name, promised, min(ahead)))
        return found


STARTS = {
    "settle": lambda days: History(stage="settle", days=days, rest_pain=1, sitting=60),
    "isometric": lambda days: History(stage="isometric", days=days),
    "isotonic": lambda days: History(stage="isotonic", days=days),
    "isotonic at S2.4": lambda days: History(stage="isotonic", step="S2.4", days=days),
    "hip flexion": lambda days: History(stage="hip_flexion", days=days),
    "placed": lambda days: History(stage=None, days=days, tests={"one_leg_bridges": 2}),
    "slow healing": lambda days: History(days=days, symptoms=["slow_healing"]),
}


@pytest.mark.parametrize("days", [("tue", "thu", "sat"), WEEK], ids=len)
@pytest.mark.parametrize("start", STARTS)
def test_it_comes_true_from_day_0(start: str, days: tuple[str, ...]) -> None:
    life = Life(STARTS[start](days), 0, 30)
    assert life.wrong() == []
    assert life.ups
    assert life.stages or start == "hip flexion"


def amber() -> History:
    return History(step="S2.2").calm(0, 1).morning(2).session(2, 4).morning(3)


def red() -> History:
    return History(step="S2.3").calm(0, 1).morning(2).session(2, 6)


def flare() -> History:
    return History(step="S2.4").calm(0, 9).morning(10, 7).morning(11, 5)


def gap() -> History:
    return History(step="S2.3").calm(0, 4).quiet(5, 15)


def long_gap() -> History:
    return History(step="S2.4").calm(0, 4).quiet(5, 35)


def set_back() -> History:
    return History(stage="hip_flexion", step="S3.a2").calm(0, 9).set_stage(9, "isotonic", "S2.3")


def sore() -> History:
    return History(step="S2.3", morning_pain=2).calm(0, 6).mornings(7, 4, 3.5)


def missing() -> History:
    return History(step="S2.3").session(0, 1).session(2, None)


def paused() -> History:
    return History(step="S2.3").calm(0, 4).pause(5).resume(9)


def ill() -> History:
    return History(step="S2.3").calm(0, 4).event(5, "illness_started").event(8, "illness_ended")


def injected() -> History:
    return History(step="S2.4").calm(0, 4).event(5, "injection").resume(9)


def drifting() -> History:
    told = History(step="S2.4").session(0, 1)
    for day, pain in enumerate([1] * 7 + [2] * 7 + [3] * 5, 1):
        told.morning(day, pain)
        if told.at(day).plan.dose is not None:
            told.session(day, 1)
    return told


def failing() -> History:
    told = History(step="S2.4").thrive(0, 17)
    return told.test(18, "bridge_reps", 10, other=20, pain=1)


def flare_at_the_top() -> History:
    return History(stage="maintenance").calm(0, 9).morning(10, 7)


@pytest.mark.parametrize(
    ("story", "since"),
    [
        (flare_at_the_top, 11),
        (amber, 4),
        (red, 3),
        (flare, 12),
        (gap, 16),
        (long_gap, 36),
        (set_back, 10),
        (sore, 9),
        (missing, 3),
        (paused, 10),
        (ill, 9),
        (injected, 10),
        (drifting, 20),
        (failing, 19),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_holds_only_delay_it(story: object, since: int) -> None:
    assert callable(story)
    life = Life(story(), since, since + 18)
    assert life.wrong() == []
    assert life.ups or life.stages


def test_a_hold_delays_the_next_step() -> None:
    plain = History(step="S2.2").calm(0, 3)
    held = History(step="S2.2").calm(0, 1).morning(2).session(2, 4).morning(3)
    early, late = plain.overview(3).next_progression, held.overview(3).next_progression
    assert early is not None
    assert late is not None
    assert late > early


# 0: today, or waiting for the user


def test_zero_on_the_day_itself() -> None:
    told = History().calm(0, 3).morning(4)
    assert told.overview(4, "08:00").days_to_next_progression == 0
    assert told.planned(4) == "S2.2"
    told.session(4, 1)
    after = told.overview(4)
    assert after.days_to_next_progression is not None
    assert after.days_to_next_progression > 0


def test_zero_while_it_waits_for_the_user() -> None:
    told = History(stage="settle", step="I0.3", rest_pain=1, sitting=60)
    for day in range(1, 12):
        told.morning(day, 1, rest=1, sitting=60, night=False).session(day, 1, 1)
    for day in (5, 6, 11):
        now = told.overview(day)
        assert now.standing.ready
        assert now.days_to_next_stage == now.days_to_next_progression == 0
        assert now.explanation.waiting_for[0] is Waiting.CONFIRMATION


def test_the_evening_of_the_last_test_counts() -> None:
    told = failing().thrive(19, 24).morning(25, rest=1, sitting=60)
    assert told.overview(25, "08:00").days_to_next_stage == 0
    assert not told.overview(25, "08:00").standing.ready
    told.thrive_on(25)
    assert told.overview(25).standing.ready


# Unknown


def test_unknown_while_nothing_can_be_said() -> None:
    told = History(step="S2.3").calm(0, 4)
    for stopped in (
        History(step="S2.3").calm(0, 4).pause(5),
        History(step="S2.3").calm(0, 4).pause(5, until=9),
        History(step="S2.3").calm(0, 4).event(5, "injection"),
        History(step="S2.3").calm(0, 4).symptoms(5, "unrelenting_pain"),
        History(step="S2.3").calm(0, 4).symptoms(5, "fluoroquinolone_or_steroids"),
        History(step="S2.3").calm(0, 4).event(5, "illness_started"),
    ):
        now = stopped.overview(5)
        assert now.days_to_next_progression is None
        assert now.days_to_next_stage is None
    assert told.overview(5).days_to_next_progression is not None


def test_nothing_above() -> None:
    told = History(stage="maintenance").calm(0, 4)
    now = told.overview(4)
    assert (now.next_progression, now.next_stage) == (None, None)
    assert now.next_session == told.on(4)  # the companions of a spare training day


@pytest.mark.parametrize("goal", ["running", "sport"])
def test_runners_have_a_stage_above_p3(goal: str) -> None:
    told = History(stage="hip_flexion", step="S3.c2", goal=goal).calm(0, 3)
    assert told.overview(3).next_progression == told.on(4)
    assert told.overview(3).next_stage == told.on(28)
    told = History(stage="hip_flexion", step="S3.c3", goal=goal).calm(0, 4)
    assert told.overview(4).next_progression == told.on(9)  # the first run, past its gate
    assert told.overview(4).next_stage == told.on(28)


def test_too_few_training_days_for_a_stage() -> None:
    # One day a week makes two sessions in 14 days: no stage up, so no date for one.
    told = History(step="S2.4", days=("mon",)).calm(0, 8)
    assert told.overview(8).next_stage is None


# What it waits for


def waits(told: History, day: int, clock: str = "20:00") -> tuple[Waiting, ...]:
    return told.overview(day, clock).explanation.waiting_for


def test_waiting_for_sessions() -> None:
    assert Waiting.SESSIONS in waits(History(), 0, "08:00")


def test_waiting_for_the_morning_score() -> None:
    told = History().session(0, 1)
    assert Waiting.REPORT in waits(told, 0)
    assert Waiting.REPORT in waits(History().calm(0, 6), 7, "06:00")


def test_waiting_for_time() -> None:
    told = History(step="S2.1", days=WEEK).calm(0, 2).morning(3)
    assert told.state(3).streak == 2
    assert waits(told, 3)[0] is Waiting.TIME


def test_waiting_for_the_next_training_day_is_time() -> None:
    told = History(days=("mon", "thu")).calm(0, 4).quiet(5, 6)
    assert told.state(6).streak == 2
    for day in (4, 5, 6):
        assert waits(told, day) == (Waiting.TIME,)


def test_waiting_for_calm_mornings() -> None:
    told = History(step="S2.3").calm(0, 9).morning(10, 7)
    assert waits(told, 10)[0] is Waiting.CALM_MORNING
    told = History(step="S2.3").calm(0, 1).morning(2).session(2, 6)
    assert Waiting.CALM_MORNING in waits(told, 2)


def test_waiting_after_a_flare_is_time() -> None:
    told = History(step="S2.4").calm(0, 9).morning(10, 7).mornings(11, 2, 2)
    assert waits(told, 12)[0] is Waiting.TIME


def test_waiting_for_tests_and_reports_at_the_top() -> None:
    told = History(step="S2.4").calm(0, 20)
    found = waits(told, 20)
    assert Waiting.TEST in found
    assert Waiting.REPORT in found  # sitting was never reported


def test_waiting_for_the_test_of_a_new_stage() -> None:
    told = History(stage="isometric").confirm(0, anyway=True)
    assert told.kind(2, "06:00") is DayKind.TEST
    assert Waiting.TEST in waits(told, 2, "06:00")


def test_waiting_for_nothing_while_stopped() -> None:
    assert waits(History().pause(1), 1) == ()
    assert waits(History().symptoms(1, "unrelenting_pain"), 1) == ()


def test_the_next_session() -> None:
    told = History()
    assert told.overview(0, "08:00").next_session == told.on(0)
    told.session(0, 1)
    assert told.overview(0).next_session == told.on(2)
    told.skip(2)
    assert told.overview(2).next_session == told.on(4)
    assert told.verdict(0) is Response.AMBER


def test_a_session_begun_is_still_the_next_one() -> None:
    told = History(stage="settle", morning_pain=2)
    first, *rest = [item.prescribed.id for item in told.overview(0).items]
    assert rest
    before = told.overview(0)
    told.take(decide.tick(told.course, told.moment(0, "18:00"), first))
    begun = told.overview(0)
    assert begun.next_session == told.on(0)
    assert begun.dose_step == before.dose_step
    assert begun.next_progression == before.next_progression
    told.take(decide.score_session(told.course, told.moment(0, "18:30"), 1))
    assert told.overview(0).next_progression == before.next_progression
    for exercise in rest:
        told.take(decide.tick(told.course, told.moment(0, "19:00"), exercise))
    assert told.overview(0).next_session == told.on(1)
    assert told.overview(0).next_progression == before.next_progression


def test_a_day_off_says_so() -> None:
    told = History(step="S2.2").skip(0)
    assert told.overview(0).explanation.reasons[0].id is ReasonId.SKIPPED
    assert told.overview(0).next_session == told.on(2)
