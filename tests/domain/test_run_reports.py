"""Reports of runs: what is told, what it is measured by, what it counts for (c6, c7, c10-11)."""

from datetime import date
from typing import Any

import pytest

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.agenda import sessions_done
from custom_components.pht_rehab.domain.facts import RunReported, Voided
from custom_components.pht_rehab.domain.model import ReasonId, RehabError, Response
from custom_components.pht_rehab.domain.planner import moved_run
from custom_components.pht_rehab.domain.records import SessionRecord
from custom_components.pht_rehab.domain.state import State
from tests.domain.builders import History, clock_time

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def runner(step: str = "R5", days: tuple[str, ...] = ("mon", "wed", "fri")) -> History:
    """Return somebody at a running step, with calm mornings; day 0 is a Monday."""
    return History(stage="hip_flexion", goal="running", days=days).set_stage(0, "hip_flexion", step)


def last(told: History, day: int) -> SessionRecord:
    return told.state(day).running.records[-1]


def log(told: History, day: int, clock: str = "18:00", **said: Any) -> None:
    said = {"minutes": 20} | said
    told.take(decide.log_run(told.course, told.moment(day, clock), **said))


# What is refused


@pytest.mark.parametrize(
    ("said", "key", "field"),
    [
        ({"minutes": 0}, "nothing_given", "minutes"),
        ({"minutes": -1}, "out_of_range", "minutes"),
        ({"minutes": 1441}, "out_of_range", "minutes"),
        ({"minutes": float("nan")}, "out_of_range", "minutes"),
        ({"pain_during": 11}, "not_a_score", "pain_during"),
        ({"pain_after": -0.5}, "not_a_score", "pain_after"),
        ({"distance": -1}, "out_of_range", "distance"),
        ({"distance": 1001}, "out_of_range", "distance"),
        ({"session_id": "x" * 5000}, "too_long", "session_id"),
        ({"on": date(2025, 12, 31)}, "before_start", "date"),
        ({"on": date(2027, 1, 1)}, "date_in_future", "date"),
    ],
)
def test_refused(said: dict[str, Any], key: str, field: str) -> None:
    told = runner()
    before = dict(told.course.facts)
    with pytest.raises(RehabError) as refused:
        log(told, 2, **said)
    assert (refused.value.key, refused.value.field) == (key, field)
    assert told.course.facts == before


@pytest.mark.parametrize("minutes", [0.5, 1440])
def test_just_accepted(minutes: float) -> None:
    told = runner()
    log(told, 0, minutes=minutes, distance=1000, pain_during=0, pain_after=10)
    assert last(told, 0).minutes == minutes


def test_refused_while_paused_or_locked() -> None:
    for told in (runner().pause(0), runner().symptoms(0, "swollen_calf")):
        with pytest.raises(RehabError):
            log(told, 1)


def test_a_run_of_the_day_a_symptom_locked_it_is_taken() -> None:
    told = runner().symptoms(0, "swollen_calf")
    log(told, 0)
    assert told.state(0).running.records[-1].response is Response.STOP


# What it is measured by


def test_the_plan_of_its_day_is_kept_with_it() -> None:
    told = runner()
    log(told, 0, pain_during=1)
    fact = [fact for fact in told.course.facts.values() if isinstance(fact, RunReported)][-1]
    assert (fact.prescribed_step, fact.prescribed_minutes, fact.easy) == ("R5", 20, False)
    assert fact.side is None  # the only one needs no name
    log(told, 1, pain_during=1)  # the day after a run: too close
    fact = [fact for fact in told.course.facts.values() if isinstance(fact, RunReported)][-1]
    assert (fact.prescribed_step, fact.prescribed_minutes, fact.easy) == (None, None, False)


def test_a_run_on_another_day_is_the_planned_one_moved() -> None:
    """(c10-27) on a Tuesday without training, unless it breaks spacing or the week's most."""
    told = runner()
    assert told.at(1).plan.run is None
    log(told, 1, pain_during=1)
    fact = [fact for fact in told.course.facts.values() if isinstance(fact, RunReported)][-1]
    assert (fact.prescribed_step, fact.prescribed_minutes) == ("R5", 20)
    assert last(told, 1).counts
    told.quiet(2, 2)
    assert told.state(2).running.streak == 1


def test_a_moved_run_may_be_a_step_up_but_not_beside_another() -> None:
    told = runner()
    for day in (0, 2):
        told.session(day, 1)
        log(told, day, pain_during=1)
    told.quiet(1, 5)
    log(told, 5, minutes=21, pain_during=1)  # a Saturday, five days after the first
    assert told.state(5).running.step_id == "R6"
    told = runner(days=("mon", "wed", "sat"))
    for day in (0, 2):
        told.session(day, 1)
        log(told, day, pain_during=1)
    told.quiet(1, 5)
    plan = told.at(5, "08:00").plan
    assert plan.dose is not None
    assert plan.dose.rises
    assert plan.run is None or not plan.run.rises
    moved = moved_run(told.state(5, "08:00"), plan, told.on(5))
    assert moved is not None
    assert not moved.rises


def test_hops_that_were_not_planned_count_for_their_verdict() -> None:
    """(c7) and for the spacing clock; so does a step of hops named on such a day."""
    for said in ({"exercises": ["pogo_hops"]}, {"step": "E2"}):
        told = History(stage="energy_storage", goal="sport", days=("mon", "thu")).session(0, 1)
        told.quiet(1, 1)
        assert told.at(1).plan.energy is None
        told.session(1, 6, **said)
        state = told.state(1)
        record = state.energy.records[-1]
        assert (record.on, record.response, record.counts) == (told.on(1), Response.RED, False)
        assert state.energy.days == [told.on(0), told.on(1)]
        assert len(state.records) == 1  # no strength was done


def test_the_same_session_id_records_nothing_again() -> None:
    told = runner()
    log(told, 0, session_id="watch-1")
    first = told.ids[-1]
    decision = decide.log_run(
        told.course, told.moment(0, "19:00"), minutes=30, session_id="watch-1"
    )
    assert (decision.facts, decision.log_id) == ((), first)
    told.void(0)
    assert decide.log_run(
        told.course, told.moment(0, "22:00"), minutes=30, session_id="watch-1"
    ).facts


def test_two_runs_of_a_day_are_one() -> None:
    told = runner()
    log(told, 0, minutes=10, pain_during=1)
    log(told, 0, minutes=10, pain_during=3, pain_after=2, hills=True, painkiller=True)
    (record,) = told.state(0).running.records
    assert (record.minutes, record.pain_during, record.pain_after) == (20, 3, 2)
    assert (record.hard, record.painkiller, record.counts) == (True, True, False)


# Verdicts: as of any session


@pytest.mark.parametrize(
    ("said", "morning", "response", "gap"),
    [
        ({"pain_during": 3, "pain_after": 3}, 2, Response.GREEN, False),
        ({"pain_during": 3}, 2, Response.GREEN, False),  # (c10-13) A is left out
        ({"pain_during": 3.5}, 2, Response.AMBER, False),
        ({"pain_during": 1, "pain_after": 4}, 1, Response.AMBER, False),
        ({"pain_during": 1}, 2.5, Response.AMBER, False),
        ({"pain_during": 1}, 3.5, Response.AMBER, False),
        ({"pain_during": 1}, 4, Response.RED, False),
        ({"pain_during": 6}, 1, Response.RED, False),
        ({"pain_during": 5.5}, 1, Response.AMBER, False),
        ({"pain_during": 1, "pain_after": 6}, 1, Response.RED, False),
        ({}, 1, Response.AMBER, True),
        ({"pain_during": 1, "painkiller": True}, 1, Response.AMBER, True),
        ({"pain_during": 4, "painkiller": True}, 1, Response.AMBER, False),
        ({"pain_during": 1}, None, Response.AMBER, True),
    ],
)
def test_the_verdict_on_a_run(
    said: dict[str, Any], morning: float | None, response: Response, *, gap: bool
) -> None:
    told = runner()
    log(told, 0, **said)
    if morning is not None:
        told.morning(1, morning)
    record = last(told, 1)
    assert (record.response, record.gap) == (response, gap)


def test_too_much_is_red_at_once() -> None:
    told = runner()
    log(told, 0, pain_during=6)
    assert last(told, 0).response is Response.RED
    assert told.state(0).running.step_id == "R4"


def test_symptoms_on_the_day_stop_it() -> None:
    told = runner()
    log(told, 0, pain_during=6)
    told.symptoms(0, "swollen_calf", clock="21:00")
    assert last(told, 0).response is Response.STOP
    assert told.state(0).running.pending is None


def test_one_morning_serves_strength_and_run() -> None:
    told = runner().session(0, 1)
    log(told, 0, pain_during=1)
    told.morning(1, 4)
    assert last(told, 1).response is Response.RED
    assert told.verdict(0) is Response.RED
    judged = told.course.judgement(told.on(0), told.at(1), run=True)
    assert judged is not None
    assert judged.response is Response.RED


# What it counts for (c7): the verdict always, the streak only as planned


@pytest.mark.parametrize(
    ("said", "day", "counts"),
    [
        ({}, 0, True),
        ({"minutes": 16}, 0, True),  # 80 %
        ({"minutes": 15.9}, 0, False),
        ({"minutes": 25}, 0, True),
        ({"minutes": 25.1}, 0, False),
        ({"hills": True}, 0, False),
        ({"fast": True}, 0, False),
        ({}, 1, True),  # the planned one moved (c10-27)
    ],
)
def test_what_counts_towards_the_next_step(said: dict[str, Any], day: int, *, counts: bool) -> None:
    told = runner()
    log(told, day, pain_during=1, **said)
    told.morning(day + 1)
    state = told.state(day + 1)
    assert state.running.records[-1].response is Response.GREEN
    assert state.running.streak == int(counts)
    assert state.running.days[-1] == told.on(day)


@pytest.mark.parametrize(("minutes", "resets"), [(10, True), (9.9, False)])
def test_less_than_half_does_not_end_a_break(minutes: float, *, resets: bool) -> None:
    told = runner()
    log(told, 0, pain_during=1, minutes=minutes)
    assert (told.state(0).running.last_session == told.on(0)) is resets
    assert (told.state(0).running.step_since == told.on(0)) is resets


def test_an_extra_run_never_counts() -> None:
    told = runner()
    log(told, 0, pain_during=1)
    told.morning(1)
    log(told, 1, pain_during=1)
    told.morning(2)
    state = told.state(2)
    assert (state.running.streak, state.running.records[-1].counts) == (1, False)
    assert state.running.days == [told.on(0), told.on(1)]


def red_then(told: History) -> State:
    log(told, 0, pain_during=7)
    told.quiet(1, 2)
    return told.state(2)


def test_an_unplanned_run_does_not_end_the_wait_after_a_red() -> None:
    told = runner(days=DAYS)
    wait = red_then(told).running.red_wait
    assert wait is not None
    log(told, 2, pain_during=1)
    assert told.state(2).running.red_wait == wait
    told.quiet(3, 4)
    log(told, 4, minutes=15, pain_during=1)  # 72 h and calm: this one is planned
    assert told.state(4).running.red_wait is None


def test_a_run_reported_after_its_morning_plan_rose_is_measured_as_begun() -> None:
    """Logged before the score of the morning is in, it is not yet the higher step."""
    told = runner().thrive(0, 6)
    assert told.state(6).running.streak >= 2
    log(told, 7, "06:30", pain_during=1)
    told.morning(7, clock="07:00")
    assert told.state(7).running.step_id == "R5"


# Late, taken back, put right


def life() -> History:
    return runner().thrive(0, 6)


def test_a_late_run_is_derived_again() -> None:
    told = runner().quiet(1, 9)
    assert told.at(9).plan.run is not None or told.state(9).running.last_session is None
    before = told.state(9).running
    assert before.records == []
    log(told, 9, on=told.on(2), pain_during=4)
    log(told, 9, on=told.on(4), pain_during=4)
    assert told.state(9).running.step_id == "R4"  # two AMBERs
    told.void(9)
    assert told.state(9).running.step_id == "R5"
    assert told.state(9).running.ambers == 1
    told.void(9)
    assert told.state(9).running == before


def test_correcting_a_run() -> None:
    told = runner()
    log(told, 0, pain_during=1, pain_after=1)
    told.quiet(1, 1)
    assert last(told, 1).response is Response.GREEN
    fact = next(fact for fact in told.course.facts.values() if isinstance(fact, RunReported))
    told.take(
        decide.correct(
            told.course, told.moment(1, "10:00"), log_id=fact.log_id, scores={"pain_during": 7}
        )
    )
    record = last(told, 1)
    assert (record.response, record.pain_after, record.minutes) == (Response.RED, 1, 20)
    assert told.state(1).running.step_id == "R4"
    told.take(
        decide.correct(
            told.course, told.moment(1, "11:00"), log_id=told.ids[-1], scores={"pain_during": None}
        )
    )
    assert last(told, 1).gap


@pytest.mark.parametrize("name", ["effort", "pain", "minutes"])
def test_what_cannot_be_corrected_of_a_run(name: str) -> None:
    told = runner()
    log(told, 0)
    with pytest.raises(RehabError, match="unknown_entry"):
        decide.correct(told.course, told.moment(1, "10:00"), log_id=told.ids[-1], scores={name: 1})


def test_the_order_of_telling_makes_no_difference() -> None:
    told = life()
    facts = list(told.course.facts.values())
    other = type(told.course)(reversed(facts))
    assert other.today(told.on(6), clock_time("20:00")).state == told.state(6)


# Choosing a step


@pytest.mark.parametrize(
    ("stage", "step", "run", "hops", "dose"),
    [
        ("hip_flexion", "R10", "R10", "", "S3.a1"),
        ("hip_flexion", "R0", "R0", "", "S3.a1"),
        ("energy_storage", "E2", "R0", "E2", "S3.c1"),
        ("energy_storage", "S3.c2", "R0", "E1", "S3.c2"),
        ("return_to_sport", "E3", "R0", "E3", "S6"),
    ],
)
def test_a_chosen_step(stage: str, step: str, run: str, hops: str, dose: str) -> None:
    told = History(stage="hip_flexion", goal="running").set_stage(0, stage, step)
    state = told.state(0)
    assert (state.stage, state.running.step_id, state.energy.step_id, state.dose.id) == (
        stage, run, hops, dose,
    )  # fmt: skip
    assert state.last_change is not None
    assert state.last_change.id is ReasonId.CHOSEN


def test_a_step_of_hops_alone_leaves_the_stage_as_it_is() -> None:
    told = History(stage="hip_flexion", goal="sport").set_stage(0, "energy_storage")
    told.calm(0, 5).set_stage(6, "energy_storage", "E3")
    state = told.state(6)
    assert (state.energy.step_id, state.stage_since) == ("E3", told.on(0))


def test_a_goal_without_runs_ends_them_and_the_gate_leads_back() -> None:
    told = History(stage="hip_flexion", goal="running", running=True)
    assert told.state(0).running.kept
    told.options(1, goal="everyday")
    assert (told.state(1).running.step, told.state(1).running.kept) == (None, False)
    assert told.overview(1).running is None
    told.options(2, goal="sport")
    assert (told.state(2).running.step_id, told.state(2).running.kept) == ("R0", False)


def test_impact_waits_for_the_clinician() -> None:
    """(g1 K9) neither runs nor hops, also when it is told later."""
    for told in (
        History(stage="energy_storage", goal="running", symptoms=["bone_stress"]),
        History(stage="energy_storage", goal="running").symptoms(0, "bone_stress"),
    ):
        told.set_stage(0, "energy_storage", "R5")
        state = told.state(1)
        assert state.no_impact
        assert state.lock is None
        assert told.at(2).plan.run is None
        assert told.at(2).plan.energy is None
        assert told.at(2).plan.dose is not None
        told.unlock(2)
        assert not told.state(2).no_impact
        assert told.at(2).plan.energy is not None
        with pytest.raises(RehabError, match="not_locked"):
            told.unlock(2)


def test_the_prescriber_holds_runs_and_hops_too() -> None:
    told = History(
        stage="energy_storage", goal="running", symptoms=["fluoroquinolone_or_steroids"]
    ).set_stage(0, "energy_storage", "R5")
    plan = told.at(0).plan
    assert (plan.run, plan.energy, plan.light) == (None, None, True)


# What is shown


def test_the_overview_of_running() -> None:
    told = History(stage="hip_flexion", goal="running")
    shown = told.overview(0).running
    assert shown is not None
    assert (shown.step, shown.today, shown.done, shown.kept) == ("R0", None, False, False)
    assert shown.gate[0].id == "stage_passed"
    assert shown.not_today is not None
    assert shown.not_today.id is ReasonId.RUN_GATE
    told = runner()
    shown = told.overview(0).running
    assert shown is not None
    assert (shown.gate, shown.not_today, shown.done) == ((), None, False)
    assert shown.today is not None
    log(told, 0, pain_during=2)
    seen = told.overview(0)
    assert seen.running is not None
    assert seen.running.done
    assert seen.response is Response.AWAITING
    assert seen.session_pain == 2


def test_of_several_verdicts_the_worst_is_shown() -> None:
    told = runner().session(0, 1)
    log(told, 0, pain_during=4)
    told.morning(1, 1)
    assert told.overview(1).response is Response.AMBER


def test_runs_done_in_the_agenda() -> None:
    told = runner().session(0, 1)
    log(told, 0, pain_during=1)
    log(told, 1, pain_during=1, minutes=12)
    told.morning(1).morning(2)
    found = sessions_done(told.course, told.at(2), told.on(0), told.on(2))
    assert [(done.on, done.dose_step, done.response, done.minutes) for done in found] == [
        (told.on(0), "S3.a1", Response.GREEN, None),
        (told.on(0), "R5", Response.GREEN, 20),
        (told.on(1), "R0", Response.GREEN, 12),  # nothing was planned
    ]
    hopping = History(stage="energy_storage", goal="sport", days=DAYS).session(0, 1)
    found = sessions_done(hopping.course, hopping.at(1), told.on(0), told.on(2))
    assert [done.dose_step for done in found] == ["E1"]


def test_a_tick_is_the_run_as_planned_once() -> None:
    told = runner()
    told.take(decide.tick_run(told.course, told.moment(0, "18:00")))
    run = told.at(0).page.run
    assert run is not None
    dose = told.at(0).plan.run
    assert dose is not None
    assert (run.minutes, run.pain_during) == (dose.minutes, None)
    assert decide.tick_run(told.course, told.moment(0, "19:00")) == decide.Decision()
    told.quiet(1, 1)
    assert told.at(1).plan.run is None
    assert decide.tick_run(told.course, told.moment(1, "19:00")) == decide.Decision()


def test_unticked_every_run_of_the_day_is_taken_back_and_nothing_else() -> None:
    told = runner()
    log(told, 0)
    told.quiet(1, 1).session(1, 1)
    log(told, 1, minutes=10)
    log(told, 1, minutes=15)
    taken = decide.untick_run(told.course, told.moment(1, "20:00"))
    assert [fact.target for fact in taken.facts if isinstance(fact, Voided)] == told.ids[-2:]
    assert taken.log_id == taken.facts[0].log_id
    told.take(taken)
    assert told.at(1).page.run is None
    assert told.at(1).page.session is not None
    assert told.at(0).page.run is not None
    assert decide.untick_run(told.course, told.moment(1, "20:01")) == decide.Decision()


def test_another_goal_with_running_in_it_keeps_the_step() -> None:
    told = runner()
    step = told.state(0).running.step_id
    assert step not in {"", "R0"}
    assert told.options(1, goal="sport").state(1).running.step_id == step
    assert told.options(2, goal="everyday").state(2).running.step is None
    assert told.options(3, goal="running").state(3).running.step_id == "R0"


def test_a_run_counts_also_where_running_is_no_part_of_the_goal() -> None:
    told = History(step="S2.2", goal="everyday").run(0, 30, 7).morning(1, 1)
    (record,) = told.state(1).running.records
    assert (record.on, record.response) == (told.on(0), Response.RED)
