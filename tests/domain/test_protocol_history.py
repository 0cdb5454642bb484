"""A protocol in a life: from its day on, not a day earlier, and back again."""

from dataclasses import replace

import pytest

from custom_components.pht_rehab.domain import choices, decide
from custom_components.pht_rehab.domain.adopted import Protocol
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.criteria import gate
from custom_components.pht_rehab.domain.exercises import Strand
from custom_components.pht_rehab.domain.facts import ProtocolAdopted, RulesAdopted
from custom_components.pht_rehab.domain.intake import take_in
from custom_components.pht_rehab.domain.model import ReasonId, RehabError, Stage, reason
from custom_components.pht_rehab.domain.pair import newly_sore
from custom_components.pht_rehab.domain.planner import plan_day
from custom_components.pht_rehab.domain.rules import RULES
from custom_components.pht_rehab.domain.strand_steps import StrandDose
from custom_components.pht_rehab.domain.strands import RUN_INDEX
from custom_components.pht_rehab.domain.volume import volume
from tests.domain.builders import History
from tests.domain.protocols import adopt, protocol
from tests.domain.standing import TODAY, done, ripe, standing

UP = reason(ReasonId.TWO_GREEN, step="R4", next_step="R5", greens=2)

QUICK = protocol(rung_up_greens=1, rung_up_min_days=2, ladder={"S2.2": {"sets": 2, "reps": 11}})


def doses(history: History, day: int) -> list[tuple[str, int, int | None]]:
    items = history.overview(day).items
    return [(item.prescribed.id, item.prescribed.sets, item.prescribed.reps) for item in items[:1]]


def choose(
    history: History, day: int, chosen: Protocol | None, source: str = "mine.yaml"
) -> History:
    moment = history.moment(day, "05:30")
    return history.take(
        decide.adopt_protocol(history.course, moment, source=source, protocol=chosen)
    )


def test_it_is_in_force_from_its_day_on() -> None:
    plain = History().calm(0, 30)
    mine = adopt(History().calm(0, 30), 14, QUICK)
    assert plain.trail(0, 13) == mine.trail(0, 13)
    assert mine.state(13).rules is RULES[1]
    assert mine.state(14).rules == QUICK.rules
    assert mine.course.protocol is not None
    assert mine.course.protocol.digest == QUICK.digest
    assert plain.course.protocol is None


def test_doses_and_exercises_are_those_of_the_protocol() -> None:
    other = protocol(sessions={"S2.1": [["bridge_single_slow"]]}, ladder={"S2.1": {"sets": 2}})
    history = History()
    assert doses(history, 0) == [("bridge_double_slow", 3, 15)]
    adopt(history, 2, other)
    assert doses(history, 0) == [("bridge_double_slow", 3, 15)]
    assert doses(history, 2) == [("bridge_single_slow", 2, 15)]


@pytest.mark.parametrize(("table", "settle", "sets"), [(3, 2, 2), (1, 2, 1), (3, 4, 3)])
def test_the_first_stage_has_no_more_gluteal_sets_than_its_own(
    table: int, settle: int, sets: int
) -> None:
    """(b4 P0) a protocol's own table is followed below that."""
    dose = {"exercise": "side_lying_hip_abduction", "sets": table, "first": 12, "top": 15}
    mine = protocol(gluteal={"1": [[dose]]}, settle_gluteal_sets=settle)
    items = adopt(History(stage="settle"), 0, mine).calm(0, 0).overview(1).items
    gluteal = [item.prescribed for item in items if item.prescribed.strand is Strand.GLUTEAL]
    assert [item.sets for item in gluteal] == [sets]


def test_an_easy_week_more_often_is_no_other_measure_of_the_weeks() -> None:
    told = adopt(
        History(stage="maintenance", goal="running"), 0, protocol(running={"easy_week": 2})
    )
    told.set_stage(0, "maintenance", "R17")
    for week, minutes in enumerate((90, 40, 30, 30)):
        told.run(7 * week, minutes)
    assert volume(told.state(28), told.on(28), before=told.on(29)).usual == 90


def test_hops_of_an_unplanned_day_are_measured_by_the_protocols_drills() -> None:
    """(c7) unplanned, they count for their verdict and for the distance to the next."""
    drill = {"exercise": "fast_hinge_swing", "sets": 3, "amount": 12}
    mine = protocol(energy_steps={"E1": {"drills": [drill]}})
    history = adopt(History(stage="energy_storage", goal="sport"), 0, mine)
    history.calm(0, 3).morning(4)
    while history.at(history.last).plan.energy is not None:
        history.morning(history.last + 1)
    day = history.last
    history.session(day, 1, exercises=("fast_hinge_swing",))
    assert history.state(day).energy.days[-1] == history.on(day)


def test_runs_are_those_of_the_protocol() -> None:
    """(d2) minutes, parts, walks, and the days before the next."""
    mine = protocol(
        run_steps={
            "R4": {"minutes": 8, "repeats": 4, "walk_minutes": 2, "leaves_after": 10},
            "R5": {"minutes": 9, "repeats": 3},
            "R10": {"minutes": 24},
        }
    )
    state = standing(Stage.HIP_FLEXION, run="R4")
    ripe(state.running, since=8)
    assert plan_day(state, TODAY, settled=True).run == StrandDose(
        step=RUN_INDEX["R5"], why=UP, minutes=20, repeats=4, walk_minutes=1
    )
    state.rules = mine.rules
    assert plan_day(state, TODAY, settled=True).run == StrandDose(
        step=RUN_INDEX["R4"], minutes=8, repeats=4, walk_minutes=2
    )
    ripe(state.running, since=10)
    run = plan_day(state, TODAY, settled=True).run
    assert run is not None
    assert (run.step, run.minutes, run.repeats) == (RUN_INDEX["R5"], 9, 3)


def test_an_easy_run_is_the_protocols_too() -> None:
    state = standing(Stage.RETURN_TO_SPORT, run="R14", hops="E3")
    done(state, state.running, 3, step="R14", hard=True)
    for rules, minutes in (
        (RULES[1], 30),
        (protocol(run_steps={"R10": {"minutes": 24}}).rules, 24),
    ):
        state.rules = rules
        run = plan_day(state, TODAY, settled=True).run
        assert run is not None
        assert (run.easy, run.minutes) == (True, minutes)


def test_who_ran_on_enters_the_steps_by_the_protocols_minutes() -> None:
    """(d1) by the longest calm run."""
    state = standing(Stage.HIP_FLEXION, kept=True)
    ripe(state.running)
    for days in (4, 2):
        done(state, state.running, days, minutes=24)
    for rules, step in (
        (RULES[1], "R8"),
        (protocol(run_steps={"R10": {"minutes": 24}}).rules, "R10"),
    ):
        state.rules = rules
        run = plan_day(state, TODAY, settled=True).run
        assert run is not None
        assert run.step == RUN_INDEX[step]


def test_the_gate_is_the_protocols() -> None:
    """(d1) it may ask for more: here for 20 hops at 1."""
    told = History(stage="hip_flexion", goal="running").test(0, "hops", 12, pain=2)
    hops = {line.id: line for line in gate(told.state(0), told.on(0))}["test_hops"]
    assert (hops.met, hops.target) == (True, 10)
    adopt(told, 0, protocol(running={"gate_hops": 20, "gate_hops_pain": 1}))
    hops = {line.id: line for line in gate(told.state(0), told.on(0))}["test_hops"]
    assert (hops.met, hops.target) == (False, 20)


def test_the_other_side_is_sore_by_the_protocols_figures() -> None:
    """(c10-31, g1 K16) whether it is followed or not."""
    told = History(symptoms=["other_side"], both=True)
    state = replace(told.state(1), today_scores={"arabesques": 2}, check_test="arabesques")
    assert not newly_sore(state, state.day)
    state.rules = protocol(newly_sore_first=2).rules
    assert newly_sore(state, state.day)
    known = told.mornings(1, 1, 1, 1, 2.5).state(4)
    assert not newly_sore(known, known.day)
    known.rules = protocol(newly_sore_rise=1.5).rules
    assert newly_sore(known, known.day)
    alone = History(symptoms=["other_side"])
    assert not alone.overview(91).other_hurts
    assert adopt(alone, 0, protocol(other_side_days=100)).overview(91).other_hurts
    alone = History().morning(1, 2, side="right")
    assert not alone.overview(1).other_hurts
    assert adopt(alone, 0, protocol(newly_sore_first=2)).overview(1).other_hurts
    alone = History().morning(1, 0, side="right").morning(2, 1.5, side="right")
    assert not alone.overview(2).other_hurts
    assert adopt(alone, 0, protocol(newly_sore_rise=1.5)).overview(2).other_hurts


def test_the_load_of_a_past_session_stays_what_it_was() -> None:
    before = History().session(0)
    known = before.state(1).records[0].load
    after = adopt(History().session(0), 1, protocol(ladder={"S2.1": {"sets": 9}}))
    assert known > 0
    assert after.state(1).records[0].load == known
    assert after.overview(1).weekly_load == before.overview(1).weekly_load


def test_one_green_is_enough_where_the_protocol_says_so() -> None:
    history = adopt(History(), 0, QUICK).calm(0, 14)
    assert history.trail(0, 14) == [(0, "S2.1"), (2, "S2.2"), (4, "S2.3"), (7, "S2.4")]


def test_back_to_the_built_in_one() -> None:
    history = adopt(History(), 0, QUICK)
    choose(history, 3, None)
    assert history.state(2).rules == QUICK.rules
    assert history.state(3).rules is RULES[1]
    assert history.course.protocol is None
    assert isinstance([*history.course.facts.values()][-1], RulesAdopted)
    assert choose(history, 4, None).course.facts == history.course.facts  # nothing more


def test_the_same_again_adds_nothing_and_another_source_does() -> None:
    history = choose(History(), 0, QUICK)
    known = len(history.course.facts)
    assert len(choose(history, 1, QUICK).course.facts) == known
    assert len(choose(history, 1, QUICK, "copy.yaml").course.facts) == known + 1
    assert len(choose(history, 2, protocol(rung_up_greens=3)).course.facts) == known + 2


def test_it_cannot_be_voided() -> None:
    history = choose(History(), 0, QUICK)
    (fact,) = [one for one in history.course.facts.values() if isinstance(one, ProtocolAdopted)]
    with pytest.raises(RehabError, match="entry_needed"):
        history.void(1, fact.log_id)


def test_an_update_leaves_a_protocol_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choices, "RULES_VERSION", 2)
    history = choose(History(), 0, QUICK)
    moment = history.moment(1, "06:00")
    assert decide.adopt_rules(history.course, moment).facts == ()
    (fact,) = decide.adopt_rules(History().course, moment).facts
    assert isinstance(fact, RulesAdopted)
    assert fact.rules_version == 2


def test_an_easier_morning_test_is_asked_from_that_day_on() -> None:
    easy = protocol(stages={"isotonic": {"load_test": "two_leg_bridge"}})
    history = History(base=1).calm(0, 6)
    adopt(history, 7, easy).calm(7, 20)
    assert history.at(7).state.check_test == "two_leg_bridge"
    assert history.overview(20).standing is not None


def taken(fact: ProtocolAdopted) -> str | None:
    """Return the field for which an import refuses it, or None if it takes it."""
    history = History()
    told = [*history.course.facts.values(), fact]
    course, moment = Course(told[:1]), history.moment(3, "12:00")
    try:
        take_in(course, moment, told)
    except RehabError as error:
        return error.placeholders["name"]
    return None


def test_an_import_is_as_strict_as_a_file() -> None:
    history = adopt(History(), 1, QUICK)
    fact = history.course.protocol
    assert fact is not None
    assert taken(fact) is None
    assert taken(replace(fact, digest="0" * 64)) == "digest"
    assert taken(replace(fact, name="Other")) == "name"
    assert taken(replace(fact, rules_version=7)) == "rules_version"
    assert taken(replace(fact, source="x" * 501)) == "source"
    assert taken(replace(fact, content="{}")) == "content"
    loose = fact.content.replace('"red_min":6', '"red_min":9')
    assert taken(replace(fact, content=loose)) == "content"
