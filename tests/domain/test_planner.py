"""One day of all strands together: what shares a day, what waits (b1, c3, c10-25..30, 49, d4)."""

import itertools
from datetime import timedelta

import pytest

from custom_components.pht_rehab.domain import strand_steps
from custom_components.pht_rehab.domain.controls import weekdays
from custom_components.pht_rehab.domain.exercises import EXERCISES, Strand
from custom_components.pht_rehab.domain.forecast import project
from custom_components.pht_rehab.domain.model import DayKind, ReasonId, Stage
from custom_components.pht_rehab.domain.planner import plan_day
from custom_components.pht_rehab.domain.progression import Dose, take_on
from custom_components.pht_rehab.domain.protocol import STEP_INDEX
from custom_components.pht_rehab.domain.schedule import DayPlan, loaded_on, moved_day
from custom_components.pht_rehab.domain.state import Creep, LastTest, State
from custom_components.pht_rehab.domain.strands import ENERGY, RUNS
from tests.domain.builders import History
from tests.domain.standing import (
    P1,
    P2,
    P3,
    P4,
    P5,
    P6,
    TODAY,
    WEEK,
    ago,
    done,
    named,
    ripe,
    standing,
    strength_at,
    strengthened,
)

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def plan_of(state: State, *, settled: bool = True) -> DayPlan:
    return plan_day(state, TODAY, settled=settled)


def parts(plan: DayPlan) -> str:
    """Return what a day loads: s strength, e energy storage, r run."""
    found = (("s", plan.strength), ("e", plan.energy is not None), ("r", plan.run is not None))
    return "".join(letter for letter, there in found if there)


def whys(plan: DayPlan) -> list[str]:
    return [named(why) for why in plan.reasons]


# Days in a row, and the day after a long run (d4)


@pytest.mark.parametrize(
    ("loads", "found"),
    [
        ([], "s"),
        ([("e", 1)], "s"),
        ([("e", 2)], "s"),
        ([("e", 2), ("r", 1)], ""),
        ([("r", 2), ("e", 1)], ""),
        ([("r", 3), ("e", 1)], "s"),
    ],
)
def test_never_three_loading_days_in_a_row(loads: list[tuple[str, int]], found: str) -> None:
    state = standing(P5, run="R5", hops="E1")
    for letter, day in loads:
        done(state, state.energy if letter == "e" else state.running, day)
    plan = plan_of(state)
    assert ("s" in parts(plan)) is ("s" in found)
    if not found:
        assert parts(plan) == ""
        assert plan.kind in {DayKind.REST, DayKind.LIGHT}
        assert whys(plan)[0] == "spacing/row"


@pytest.mark.parametrize(
    ("step", "days", "free"), [("R11", 1, True), ("R12", 1, False), ("R17", 1, False),
                               ("R12", 2, True)]
)  # fmt: skip
def test_the_day_after_a_long_run_is_off(step: str, days: int, *, free: bool) -> None:
    state = standing(P5, run="R12", hops="E1")
    done(state, state.running, days, step=step)
    plan = plan_of(state)
    assert (parts(plan) != "") is free
    assert ("spacing/run" in whys(plan)) is not free


@pytest.mark.parametrize(("days", "strength"), [(6, False), (7, True)])
@pytest.mark.parametrize("step", ["R11", "R17"])
def test_strength_gives_way_to_runs_for_a_week_at_most(
    step: str, days: int, *, strength: bool
) -> None:
    """(d4) if time is short a run is dropped, not strength: maintenance goes on for life."""
    state = standing(P6, run=step)
    strengthened(state, days)
    for day in (2, 1):
        done(state, state.running, day, minutes=40)
    assert plan_day(state, TODAY, settled=True).strength is strength


def test_trunk_work_stays_on_such_a_day() -> None:
    state = standing(P5, run="R12", hops="E1")
    done(state, state.running, 1)
    assert plan_of(state).kind is DayKind.LIGHT
    assert plan_of(state).trunk is not None


SETS = [
    days for number in range(1, 8) for days in itertools.combinations(DAYS, number)
]  # every choice of training days there is


@pytest.mark.parametrize("stage", ["hip_flexion", "energy_storage", "return_to_sport"])
@pytest.mark.parametrize("goal", ["running", "sport"])
def test_whatever_the_training_days(stage: str, goal: str) -> None:
    """Planned for four weeks: no three loading days in a row, spacing, the week's most."""
    for days in SETS if stage == "energy_storage" and goal == "running" else SETS[::6]:
        told = History(stage=stage, goal=goal, days=days, morning_pain=0)
        if goal == "running":
            told.set_stage(0, stage, "R10")
        ahead = project(told.course, told.on(0), told.on(27), check_open=False)
        lawful([day.plan for day in ahead], days)


def lawful(plans: list[DayPlan], days: tuple[str, ...]) -> None:
    free = weekdays(days)
    loaded = [parts(plan) for plan in plans]
    assert all(plan.on.weekday() in free for plan in plans if parts(plan))
    assert not any(all(loaded[number : number + 3]) for number in range(len(loaded) - 2))
    for letter, least, most in (("s", 2, 3), ("e", 3, 2), ("r", 2, 4)):
        on = [number for number, found in enumerate(loaded) if letter in found]
        assert all(later - earlier >= least for earlier, later in itertools.pairwise(on))
        assert all(sum(0 <= day - other < 7 for other in on) <= most for day in on)
    for plan in plans:
        if plan.stage in {Stage.ENERGY_STORAGE, Stage.RETURN_TO_SPORT}:
            week = [
                other for other in plans if other.strength and 0 <= (plan.on - other.on).days < 7
            ]
            assert len(week) <= 2


# Energy and strength on one day or two (b1, c10-49)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (("mon", "wed", "fri"), "se"),
        (("mon", "thu"), "se"),
        (("mon", "tue", "thu", "fri"), "e"),
        (WEEK, "e"),
    ],
)
def test_hops_have_a_day_of_their_own_where_the_week_has_room(
    days: tuple[str, ...], found: str
) -> None:
    plan = plan_of(standing(P4, run=None, hops="E1", goal="sport", days=days))
    assert parts(plan) == found
    assert ("other_strand/energy_first" in whys(plan)) is (found == "e")


@pytest.mark.parametrize(("done", "found"), [(True, "e"), (False, "se")])
def test_after_a_day_that_was_missed_they_share_one(found: str, *, done: bool) -> None:
    state = standing(P4, run=None, hops="E1", goal="sport")
    state.planned_days = [(ago(4), 1.0, not done), (ago(1), 1.0, done)]
    assert parts(plan_of(state)) == found


@pytest.mark.parametrize("days", [WEEK, ("mon", "tue", "thu", "fri"), ("mon", "wed", "fri", "sun")])
def test_strength_goes_on_without_the_hops(days: tuple[str, ...]) -> None:
    """Somebody who leaves the hops out has not to wait for them for ever."""
    told = History(stage="energy_storage", goal="sport", days=days)
    trained = 0
    for day in range(28):
        told.morning(day, 1)
        items = told.overview(day).items
        strength = [
            item.prescribed.id
            for item in items
            if EXERCISES[item.prescribed.id].strand is not Strand.ENERGY_STORAGE
        ]
        if told.at(day).plan.strength:
            told.session(day, 1, 1, exercises=strength)
            trained += 1
    assert trained >= 5


@pytest.mark.parametrize("goal", ["everyday", "sport"])  # who does not run, and who may
def test_a_day_of_hops_alone_can_be_missed(goal: str) -> None:
    told = History(stage="energy_storage", goal=goal, days=("mon", "wed", "thu", "sat"))
    for day, found in ((0, "e"), (2, "s"), (3, "e")):
        told.morning(day, 1)
        assert parts(told.at(day).plan) == found
        if day < 3:
            told.session(day)
    told.morning(4, 1)
    assert told.at(4).state.planned_days[-1] == (told.on(3), 1.0, False)
    assert told.course.missed(None) == [told.on(3)]


def test_hops_once_a_week_share_the_strength_day() -> None:
    """(b1 P5) "Thu strength + short energy"."""
    assert parts(plan_of(standing(P5, run=None, hops="E3", goal="sport"))) == "se"


@pytest.mark.parametrize("strand", ["hops", "run"])
def test_only_on_training_days(strand: str) -> None:
    days = ("tue", "thu", "sat")
    state = standing(P4, run="R5" if strand == "run" else None, hops="E1", days=days, goal="sport")
    assert parts(plan_of(state)) == ""


# Runs beside the rest


@pytest.mark.parametrize(
    ("runs", "strengths", "found"),
    [
        ([6, 4, 2], [5, 3], ""),  # three runs: two strength sessions
        ([4, 2], [5, 3], "s"),
        ([7, 5, 2], [5, 3], ""),  # today has a run of its own
        ([8, 4, 2], [5, 3], "s"),
        ([6, 4, 2], [7, 3], "s"),
    ],
)
def test_strength_twice_a_week_beside_three_runs(
    runs: list[int], strengths: list[int], found: str
) -> None:
    """(b1 P3); the fourth run of the week is too much anyway."""
    state = standing(P3, run="R5", days=WEEK)
    for day in strengths:
        strengthened(state, day)
    for day in runs:
        state.running.days.append(ago(day))
    state.running.days.sort()
    plan = plan_of(state)
    assert plan.strength is (found == "s")


@pytest.mark.parametrize("days", [WEEK, ("mon", "wed", "fri")])
@pytest.mark.parametrize(("step", "weekly"), [("R4", 2), (None, 3)])
def test_an_ordinary_week_of_three_runs_has_two_strength_sessions(
    days: tuple[str, ...], step: str | None, weekly: int
) -> None:
    """(b1 P3) and no run gives way to it."""
    goal = "everyday" if step is None else "running"
    told = History(stage="hip_flexion", step="S3.a1", goal=goal, days=days)
    told.set_stage(0, "hip_flexion", step or "S3.a1")
    strength, runs = [], []
    for day in range(28):
        told.morning(day, 1)
        plan = told.at(day).plan
        strength += [day] * plan.strength
        runs += [day] * (plan.run is not None)
        told.thrive_on(day)
    for monday in (7, 14, 21):
        assert sum(monday <= day < monday + 7 for day in strength) == weekly
        assert sum(monday <= day < monday + 7 for day in runs) == (3 if step else 0)


def test_a_run_alone_on_a_free_day_or_with_the_days_work() -> None:
    some = standing(P3, run="R5", days=("mon", "tue", "thu"))
    assert parts(plan_of(some)) == "s"  # tomorrow is free for it
    strengthened(some, 1)
    assert parts(plan_of(some)) == ""  # between yesterday's strength and tomorrow's
    some.training_days = weekdays(("mon", "wed"))
    assert parts(plan_of(some)) == "r"
    # Tomorrow between two strength days would make three in a row.
    assert parts(plan_of(standing(P3, run="R5", days=WEEK))) == "sr"
    assert parts(plan_of(standing(P3, run="R5", days=("mon", "wed", "fri")))) == "sr"


@pytest.mark.parametrize(
    ("step", "days", "rises", "runs"),
    [
        ("R15", 6, False, False),
        ("R15", 5, False, True),
        ("R10", 6, False, True),
        ("R11", 6, True, False),
        ("R11", 6, False, True),
    ],
)
def test_a_run_gives_way_to_strength_that_is_due_the_day_after(
    step: str, days: int, *, rises: bool, runs: bool
) -> None:
    """(d4) the day after R12 and up is off, and what is dropped for it is the run."""
    state = standing(P6, run=step)
    strengthened(state, days)
    if rises:
        ripe(state.running)
    plan = plan_of(state)
    assert (plan.strength, plan.run is not None) == (False, runs)


def test_it_does_not_where_tomorrow_is_no_day_for_strength() -> None:
    state = standing(P6, run="R15", days=("mon", "wed"))
    strengthened(state, 6)
    assert plan_of(state).run is not None
    state = standing(P5, run="R15")
    strengthened(state, 8)
    assert parts(plan_of(state)) == "ser"  # it is done today


def rested(step: str) -> State:
    """Return maintenance the day after its strength."""
    state = standing(P6, run=step)
    strengthened(state, 1)
    return state


def test_normal_training_in_maintenance_is_the_persons_own() -> None:
    assert plan_of(rested("R17")).run is None
    assert plan_of(rested("R16")).run is not None


def test_but_less_of_it_is_planned_while_less_is_due() -> None:
    """(b4 P6, c4) after a relapse half of it, while scores creep up a third less."""
    state = rested("R17")
    for day in (6, 3):
        done(state, state.running, day, minutes=60)
    state.relapse_until = TODAY
    run = plan_of(state).run
    assert run is not None
    assert (RUNS[run.step].id, run.minutes) == ("R17", 30)
    state.relapse_until, state.creep = None, Creep(ago(2), ago(2))
    run = plan_of(state).run
    assert run is not None
    assert run.minutes == 40


@pytest.mark.parametrize(
    ("tell", "found"),
    [
        ({"no_impact": True}, "s"),
        ({"prescriber_block": True}, ""),
        ({"ill": True}, ""),
    ],
)
def test_what_takes_hops_and_runs_away(tell: dict[str, object], found: str) -> None:
    state = standing(P4, run="R5", hops="E1", days=("mon", "thu"))
    for name, value in tell.items():
        setattr(state, name, value)
    assert parts(plan_of(state)) == found


@pytest.mark.parametrize(("greens", "easy"), [(1, False), (2, True)])
def test_on_the_day_of_a_step_up_hills_give_way_to_an_easy_run(greens: int, *, easy: bool) -> None:
    """(d2 R16) so that neither keeps the other away for ever."""
    state = standing(P5, run="R16", hops="E3", days=("mon", "wed", "fri"))
    state.sets_off, state.streak, state.step_since = 1, greens, ago(9)
    strengthened(state, 4)
    done(state, state.energy, 2)
    done(state, state.running, 10, light=True, minutes=60)
    done(state, state.running, 7, hard=True, minutes=40)
    done(state, state.running, 3, light=True, minutes=30)
    plan = plan_of(state)
    assert plan.dose is not None
    assert plan.dose.rises is easy
    assert plan.run is not None
    assert (plan.run.easy, plan.run.minutes) == (easy, 30 if easy else 40)


# One change at a time (c10-30): who rose longer ago


def ripe_for_all(stage: Stage = P3) -> State:
    state = standing(stage, run="R5", hops="E1", days=("mon", "wed", "fri"))
    strength_at(state, "S3.a1")
    strengthened(state, 4)
    strengthened(state, 2)
    state.streak, state.step_since = 2, ago(9)
    done(state, state.running, 4, minutes=20)
    done(state, state.running, 2, minutes=20)
    ripe(state.running, since=9)
    return state


@pytest.mark.parametrize(
    ("strength", "run", "rises"),
    [
        (None, None, "s"),
        (20, None, "r"),
        (None, 20, "s"),
        (20, 19, "s"),
        (19, 20, "r"),
        (3, 4, "r"),
        (4, 3, "s"),
    ],
)
def test_strength_and_run(strength: int | None, run: int | None, rises: str) -> None:
    state = ripe_for_all()
    state.raised_on = None if strength is None else ago(strength)
    state.running.raised_on = None if run is None else ago(run)
    plan = plan_of(state)
    assert plan.dose is not None
    assert plan.run is not None
    assert ((plan.dose.step > state.step), (plan.run.step > 5)) == (rises == "s", rises == "r")
    assert plan.run.minutes == (21 if rises == "r" else 20)
    last = plan.reasons[-1]
    assert (last.id, last.until) == (ReasonId.ONE_CHANGE_AT_A_TIME, TODAY + timedelta(days=1))
    assert sum(why.id is ReasonId.TWO_GREEN for why in plan.reasons) == 1


@pytest.mark.parametrize(("hops", "run", "rises"), [(20, 19, "e"), (19, 20, "r"), (4, 4, "e")])
def test_hops_and_run(hops: int, run: int, rises: str) -> None:
    state = standing(P4, run="R5", hops="E2", days=("mon", "thu"))
    for strand, day in ((state.energy, hops), (state.running, run)):
        done(state, strand, 3, minutes=20)
        ripe(strand, since=9)
        strand.raised_on = ago(day)
    plan = plan_of(state)
    assert plan.energy is not None
    assert plan.run is not None
    assert (ENERGY[plan.energy.step].id, RUNS[plan.run.step].id) == (
        ("E3", "R5") if rises == "e" else ("E2", "R6")
    )


def test_a_break_takes_its_step_off_beside_strands_that_rise() -> None:
    """(c3, c7) only one of those may rise; the step down of another strand is no rise."""
    state = strength_at(standing(P4, run="R5", hops="E2", days=("mon", "thu")), "S3.c3")
    for strand in (state.energy, state.running):
        done(state, strand, 3, minutes=20)
        ripe(strand, since=9)
        strand.raised_on = ago(9)
    state.last_session = ago(8)
    plan = plan_of(state)
    assert plan.dose is not None
    assert plan.dose.step == STEP_INDEX["S3.c2"]
    assert ReasonId.ONE_CHANGE_AT_A_TIME in {why.id for why in plan.reasons}


@pytest.mark.parametrize(("strength", "rises"), [(None, "s"), (20, "r")])
def test_the_way_back_to_running_rises_too(strength: int | None, rises: str) -> None:
    """The gate never rose: it goes before a strength step, unless that never did either."""
    state = ripe_for_all()
    state.running.step, state.running.days, state.running.records = 0, [], []
    state.raised_on = None if strength is None else ago(strength)
    state.tests = {
        "brisk_walk": LastTest(ago(5), 30, None, 2),
        "forward_lunges": LastTest(ago(5), 10, None, 2),
        "hops": LastTest(ago(5), 10, None, 3),
        "bridge_reps": LastTest(ago(5), 20, 20, 1),
    }
    state.rest_pain, state.night_waking = (ago(1), 0), (ago(1), False)
    plan = plan_of(state)
    assert plan.dose is not None
    assert ((plan.dose.step > state.step), plan.run is not None) == (rises == "s", rises == "r")
    assert plan.run is None or RUNS[plan.run.step].id == "R1"


def test_a_run_from_before_the_morning_check_is_measured_by_what_it_was() -> None:
    """The plan rises to R2 once the morning is known; the run of R1 is a whole one all the same."""
    told = History(stage="hip_flexion", goal="running", days=WEEK)
    told.set_stage(0, "hip_flexion", "R1")
    for day in range(7):
        told.morning(day, 1)
        plan = told.at(day).plan
        if plan.strength:
            told.session(day)
        if plan.run is not None:
            told.run(day)
    told.run(7, clock="04:00").morning(7, 1)
    record = told.state(7).running.records[-1]
    assert (RUNS[record.step].id, record.minutes, record.share) == ("R1", 6, 1)


def test_nothing_rises_beside_the_first_session_of_a_stage() -> None:
    """(c3, c10-1) one ladder: going up a stage is a step up, real when it has been done."""
    told = History(stage="hip_flexion", step="S3.c1", goal="everyday").confirm(0, anyway=True)
    assert told.state(0).raised_on == told.on(0)
    state = ripe_for_all()
    for raised, sessions, step in ((None, 0, 6), (state.stage_since, 0, 5), (ago(9), 1, 6)):
        state.raised_on, state.sessions_in_stage = raised, sessions
        state.streak = 0
        plan = plan_of(state)
        assert plan.dose is not None
        assert plan.run is not None
        assert plan.run.step == step
        assert (plan.reasons[-1].id is ReasonId.ONE_CHANGE_AT_A_TIME) is (step == 5)
    state.raised_on, state.sessions_in_stage = state.stage_since, 0
    take_on(state, Dose(state.step), state.step, TODAY)
    assert state.raised_on == TODAY


def test_nor_beside_the_first_hops() -> None:
    state = standing(P4, run="R5", hops="E1", days=("mon", "thu"))
    done(state, state.running, 3, minutes=20)
    ripe(state.running)
    plan = plan_of(state)
    assert plan.energy is not None
    assert plan.run is not None
    assert plan.run.step == 5
    strand_steps.take_on(state, state.energy, plan.energy, 0, TODAY)
    assert state.energy.raised_on == TODAY
    done(state, state.energy, 3)
    state.energy.raised_on = ago(3)
    plan = plan_of(state)
    assert plan.run is not None
    assert plan.run.step == 6


@pytest.mark.parametrize("settled", [True, False])
def test_nothing_rises_before_the_morning(*, settled: bool) -> None:
    state = ripe_for_all()
    plan = plan_of(state, settled=settled)
    assert plan.dose is not None
    assert plan.run is not None
    assert (plan.dose.step > state.step or plan.run.step > 5) is settled


@pytest.mark.parametrize(("greens", "off"), [(2, 1), (0, 0)])
def test_strength_done_on_a_day_of_hops_does_not_rise_beside_them(greens: int, off: int) -> None:
    """(c3, c10-27) the set that was taken off comes back another day."""
    state = standing(P4, run=None, hops="E1", goal="sport")
    strengthened(state, 3)
    state.streak, state.step_since, state.sets_off = 2, ago(9), 1
    done(state, state.energy, 3)
    ripe(state.energy, greens=greens)
    plan = plan_of(state)
    assert parts(plan) == "e"
    moved = moved_day(state, plan, TODAY).dose
    assert moved is not None
    assert moved.sets_off == off


# Without the strands nothing changes


@pytest.mark.parametrize("stage", [P1, P2, P3, P6])
def test_everyday_life_has_strength_alone(stage: Stage) -> None:
    state = standing(stage, run=None, goal="everyday")
    assert state.running.step is None
    plan = plan_of(state)
    assert (plan.energy, plan.run) == (None, None)


def test_the_daily_holds_are_no_loading_days() -> None:
    told = History(stage="isometric", goal="running", running=True, days=WEEK).calm(0, 5)
    assert not any(loaded_on(told.state(5), told.on(day)) for day in (1, 3))
