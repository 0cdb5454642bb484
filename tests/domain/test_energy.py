"""Energy storage, and what a verdict changes in hops and runs (b4 P4, c3, c5, c7, c8)."""

from datetime import timedelta

import pytest

from custom_components.pht_rehab.domain import criteria, flare, stagnation
from custom_components.pht_rehab.domain.exercises import Strand
from custom_components.pht_rehab.domain.model import (
    DayKind,
    Reason,
    ReasonId,
    Response,
    Stage,
    reason,
)
from custom_components.pht_rehab.domain.page import Run
from custom_components.pht_rehab.domain.planner import no_energy, plan_day
from custom_components.pht_rehab.domain.records import RedWait, StrandState
from custom_components.pht_rehab.domain.running import not_today
from custom_components.pht_rehab.domain.state import Creep, Flare, LastTest, Score, State
from custom_components.pht_rehab.domain.steps import land
from custom_components.pht_rehab.domain.strand_replay import apply_run, decide
from custom_components.pht_rehab.domain.strand_steps import (
    StrandDose,
    after_break,
    floor,
    holds,
    next_step,
    others,
    put,
    resume,
    rules_of,
    step_down,
    stuck,
    take_on,
)
from custom_components.pht_rehab.domain.strand_verdict import take_verdict
from custom_components.pht_rehab.domain.strands import ENERGY, ENERGY_INDEX, RUN_INDEX
from custom_components.pht_rehab.domain.verdict import Judgement
from tests.domain.builders import History
from tests.domain.standing import (
    AMBER,
    GREEN,
    P3,
    P4,
    P5,
    P6,
    RED,
    TODAY,
    ago,
    done,
    due,
    named,
    ripe,
    standing,
    strengthened,
)

STRANDS = ("hops", "run")


def hopping(stage: Stage = P4, step: str = "E1") -> State:
    return standing(stage, run=None, hops=step, goal="sport")


def strand_of(state: State, name: str) -> StrandState:
    return state.energy if name == "hops" else state.running


def both(run: str = "R5", hops: str = "E2") -> State:
    return standing(P5, run=run, hops=hops)


# Every third day, twice a week; once in the stage above (b1, c10-25)


@pytest.mark.parametrize(
    ("stage", "days", "why", "until"),
    [
        (P4, [2], "spacing", 1),
        (P4, [3], "", None),
        (P4, [6, 3], "spacing/week", 1),
        (P4, [7, 3], "", None),
        (P5, [6], "spacing/week", 1),
        (P5, [7], "", None),
        (P3, [], "other_strand/green", None),
        (P6, [], "other_strand/green", None),
    ],
)
def test_spacing(stage: Stage, days: list[int], why: str, until: int | None) -> None:
    state = hopping(stage)
    for day in days:
        done(state, state.energy, day)
    found = no_energy(state, TODAY)
    assert named(found) == why
    assert due(found) == (None if until is None else TODAY + timedelta(days=until))


def test_hops_of_today_do_not_forbid_themselves() -> None:
    state = hopping()
    done(state, state.energy, 0)
    assert no_energy(state, TODAY) is None


@pytest.mark.parametrize(
    ("days", "mornings", "why"),
    [(2, [1, 1], "red/wait"), (3, [1, 2, 2], ""), (3, [1, 1, 2.5], "red/calm")],
)
def test_red_hops_wait(days: int, mornings: list[float], why: str) -> None:
    state = hopping()
    record = done(state, state.energy, days, RED)
    state.energy.red_wait = RedWait(record.on, tuple(record.baselines.items()))
    scores = state.scores[state.check_test]
    told = [
        type(scores[0])(ago(days - 1 - number), pain, in_baseline=True, in_drift=True)
        for number, pain in enumerate(mornings)
    ]
    state.scores[state.check_test] = [*scores[: -len(told)], *told]
    assert named(no_energy(state, TODAY)) == why


@pytest.mark.parametrize(("days", "why"), [(1, "other_strand/red"), (2, "")])
def test_no_hops_the_day_after_a_red_of_another_strand(days: int, why: str) -> None:
    state = hopping()
    strengthened(state, days, RED)
    assert named(no_energy(state, TODAY)) == why
    state = standing(P4, run="R5", hops="E1")
    done(state, state.running, days, RED)
    assert named(no_energy(state, TODAY)) == why


@pytest.mark.parametrize(("days", "strength"), [(1, False), (2, True)])
def test_no_strength_the_day_after_red_hops(days: int, *, strength: bool) -> None:
    state = hopping()
    done(state, state.energy, days, RED)
    state.energy.red_wait = RedWait(ago(days), (("arabesques", 1),))
    plan = plan_day(state, TODAY, settled=True)
    assert plan.strength is strength
    assert ("other_strand/red" in [named(why) for why in plan.reasons]) is not strength


def test_hops_wait_for_a_green_strength_session_and_for_the_clinician() -> None:
    state = hopping()
    state.energy.waits_for_green = True
    assert named(no_energy(state, TODAY)) == "other_strand/green"
    state.energy.waits_for_green = False
    state.no_impact = True
    assert named(no_energy(state, TODAY)) == "clinician/impact"


# Steps up


@pytest.mark.parametrize(
    ("step", "greens", "since", "slow", "held"),
    [
        ("E1", 1, 30, False, ["green/streak"]),
        ("E1", 2, 3, False, ["minimum_days/step"]),
        ("E1", 2, 4, False, []),
        ("E1", 2, 6, True, ["minimum_days/step"]),
        ("E1", 2, 7, True, []),
        ("E3", 2, 30, False, ["top_step"]),
    ],
)
def test_a_step_up(step: str, greens: int, since: int, held: list[str], *, slow: bool) -> None:
    state = hopping(step=step)
    state.slow = slow
    done(state, state.energy, 3)
    ripe(state.energy, greens=greens, since=since)
    assert [named(why) for why in holds(state, state.energy, TODAY)] == held
    dose = plan_day(state, TODAY, settled=True).energy
    assert dose is not None
    assert ENERGY[dose.step].id == ("E2" if not held else step)
    why = None if held else reason(ReasonId.TWO_GREEN, step="E1", next_step="E2", greens=2)
    assert dose.why == why


@pytest.mark.parametrize("name", STRANDS)
def test_the_set_that_came_off_comes_back_before_the_next_step(name: str) -> None:
    state = both(run="R1", hops="E1")
    strand = strand_of(state, name)
    done(state, strand, 3)
    ripe(strand)
    strand.set_less = True
    step, less, why = next_step(state, strand, TODAY, [])
    assert (step, less, named(why)) == (floor(strand), False, "two_green/set")


def test_hops_on_another_day_are_those_of_the_step_in_force() -> None:
    told = History(stage="energy_storage", goal="sport", days=("mon", "thu"))
    told.set_stage(0, "energy_storage", "E2").session(1, exercises=["split_jump"])
    (record,) = told.state(1).energy.records
    assert ENERGY[record.step].id == "E2"


def test_an_easier_step_of_hops_can_be_told() -> None:
    told = History(stage="energy_storage", goal="sport").set_stage(0, "energy_storage", "E2")
    told.session(0, step="E1")
    (record,) = told.state(0).energy.records
    assert ENERGY[record.step].id == "E1"


def test_what_the_streak_waits_for_is_named() -> None:
    state = hopping()
    record = done(state, state.energy, 3, AMBER)
    assert [why.id for why in holds(state, state.energy, TODAY)] == [ReasonId.AMBER]
    record.response = Response.AWAITING
    state.energy.pending = record
    found = holds(state, state.energy, TODAY)
    assert [named(why) for why in found] == ["awaiting_morning_check/session"]


@pytest.mark.parametrize(("streak", "grown"), [(0, False), (1, True), (9, True)])
def test_e3_grows_once_it_was_calm(streak: int, *, grown: bool) -> None:
    """(b4 P4) from 3 x 8 bounds to 4 x 10."""
    state = hopping(step="E3")
    done(state, state.energy, 3)
    state.energy.streak = streak
    dose = plan_day(state, TODAY, settled=True).energy
    assert dose is not None
    assert dose.grown is grown


@pytest.mark.parametrize(
    ("stage", "gap", "expected", "repeats"),
    [
        (P4, 4, None, False),
        (P4, 5, None, True),
        (P4, 7, None, True),
        (P4, 8, "E2", True),
        (P4, 14, "E2", True),
        (P4, 15, "E1", True),
        (P4, 29, "E1", True),
        (P5, 14, None, False),
        (P5, 15, "E2", True),
        (P5, 21, "E2", True),
        (P5, 22, "E1", True),
        (P5, 29, "E1", True),
    ],
)
def test_a_break(stage: Stage, gap: int, expected: str | None, *, repeats: bool) -> None:
    state = hopping(stage, "E3")
    done(state, state.energy, gap)
    found = after_break(rules_of(state, state.energy), state.energy, TODAY)
    assert found == (None if expected is None else ENERGY_INDEX[expected])
    state.energy.step = ENERGY_INDEX["E2"]
    ripe(state.energy)
    held = [named(why) for why in holds(state, state.energy, TODAY)]
    assert ("gap_repeat" in held) is repeats


@pytest.mark.parametrize(("gap", "less"), [(7, 0), (8, 1), (15, 1), (29, 1)])
def test_at_the_first_step_a_break_takes_a_set_off(gap: int, less: int) -> None:
    """(c10-5) and two calm sessions bring it back; of the first hops of all nothing is left out."""
    state = hopping(P4, "E1")
    assert next_step(state, state.energy, TODAY, [])[1] == 0
    done(state, state.energy, gap)
    state.tests["bridge_reps"] = LastTest(ago(1), 20, 20, 1)
    step, found, why = next_step(state, state.energy, TODAY, [reason(ReasonId.GREEN)])
    assert (ENERGY[step].id, found) == ("E1", less)
    assert named(why) == ("gap_step_down" if less else "")
    plan = plan_day(state, TODAY, settled=True)
    assert plan.energy is not None
    assert plan.energy.set_less == less


@pytest.mark.parametrize("name", STRANDS)
@pytest.mark.parametrize(("before", "less"), [(7, 0), (8, 1)])
def test_a_break_before_a_flare_up_takes_its_set_off_too(name: str, before: int, less: int) -> None:
    state = standing(P4, run="R1", hops="E1")
    strand = strand_of(state, name)
    done(state, strand, before + 4)
    resume(state, TODAY, began=ago(4))
    assert (strand.step_id, strand.set_less) == ("R1" if name == "run" else "E1", less)


@pytest.mark.parametrize(
    ("held", "grown"), [("", True), ("creep", False), ("hold", False), ("unsettled", False)]
)
def test_the_fuller_dose_waits_for_what_holds_every_strand(held: str, *, grown: bool) -> None:
    """(c4) no progression anywhere."""
    state = hopping(P4, "E3")
    done(state, state.energy, 3)
    state.energy.streak = 1
    if held == "creep":
        state.creep = Creep(ago(2), ago(2))
    if held == "hold":
        state.hold_until = TODAY
    plan = plan_day(state, TODAY, settled=held != "unsettled")
    assert plan.energy is not None
    assert (ENERGY[plan.energy.step].id, plan.energy.grown) == ("E3", grown)


@pytest.mark.parametrize(
    ("gap", "scored", "tested", "found"),
    [
        (14, 9, None, ""),
        (15, 9, None, "test_needed/return"),
        (15, 6, None, ""),
        (28, 1, None, ""),
        (29, 9, 1, "test_needed/return"),
        (29, 1, None, "test_needed/hops"),
        (29, 1, 28, "test_needed/hops"),
        (29, 1, 27, ""),
        (29, 1, 0, "spacing"),
    ],
)
def test_after_a_long_break_hops_wait_for_their_tests(
    gap: int, scored: int, tested: int | None, found: str
) -> None:
    """(c7) T4, and after more than 28 days C1, which is load of its own that day."""
    state = hopping(P4, "E1")
    done(state, state.energy, gap)
    strengthened(state, 4)
    test = state.plan.load_test
    state.scores[test] = [Score(ago(scored), 1, in_baseline=True, in_drift=True)]
    if tested is not None:
        state.tests["bridge_reps"] = LastTest(ago(tested), 20, 20, 1)
    assert named(no_energy(state, TODAY)) == found
    asked = gap == 29 and tested in (None, 0, 28)
    assert ("bridge_reps" in criteria.tests_due(state, TODAY)) is asked


@pytest.mark.parametrize(("gap", "found"), [(14, ""), (15, "test_needed/return")])
def test_after_a_long_break_so_do_runs_for_the_load_test(gap: int, found: str) -> None:
    state = standing(P3, run="R5")
    done(state, state.running, gap)
    state.scores[state.plan.load_test] = [Score(ago(7), 1, in_baseline=True, in_drift=True)]
    assert named(not_today(state, TODAY)) == found
    state.scores[state.plan.load_test] = [Score(ago(6), 1, in_baseline=True, in_drift=True)]
    assert named(not_today(state, TODAY)) == ""


@pytest.mark.parametrize(
    ("days", "gap", "holds_it"),
    [
        (("mon", "wed"), 7, False),  # 5 and 2 days apart: hops fit into the week but once
        (("sat", "sun", "mon"), 7, False),
        (("mon", "wed"), 8, True),
        (("mon", "thu"), 7, True),
        (("mon", "thu"), 5, True),
        (("mon", "thu"), 4, False),
        (("mon", "fri"), 7, True),
    ],
)
def test_a_week_that_has_room_for_hops_but_once_is_no_break(
    days: tuple[str, ...], gap: int, *, holds_it: bool
) -> None:
    """(c7) of missed sessions: whoever can hop on Tuesdays alone would stay at E1 for ever."""
    state = standing(P4, hops="E1", days=days)
    done(state, state.energy, gap)
    ripe(state.energy)
    found = [named(why).partition("/")[0] for why in holds(state, state.energy, TODAY)]
    assert ("gap_repeat" in found) is holds_it


def test_hops_wait_on_where_their_test_was_done_under_a_painkiller() -> None:
    state = hopping(P4, "E1")
    done(state, state.energy, 29)
    strengthened(state, 4)
    state.scores[state.plan.load_test] = [Score(ago(0), 1, in_baseline=True, in_drift=True)]
    state.tests["bridge_reps"] = LastTest(ago(1), 20, 20, 1)
    assert named(no_energy(state, TODAY)) == ""
    state.tests["bridge_reps"] = state.tests["bridge_reps"]._replace(masked=True)
    assert named(no_energy(state, TODAY)) == "test_needed/hops"


def test_no_test_is_asked_for_hops_that_a_clinician_holds() -> None:
    state = hopping(P4, "E1")
    done(state, state.energy, 29)
    assert "bridge_reps" in criteria.tests_due(state, TODAY)
    state.no_impact = True
    assert "bridge_reps" not in criteria.tests_due(state, TODAY)


@pytest.mark.parametrize(("gap", "step"), [(7, "R9"), (8, "R8"), (15, "R6"), (29, "R2")])
def test_an_extra_run_takes_on_what_the_break_took_off(gap: int, step: str) -> None:
    """(c7) whether it was the planned one or not; here a RED of strength waits."""
    state = standing(P3, run="R9")
    done(state, state.running, gap)
    state.red_wait = RedWait(ago(1), ((state.plan.load_test, 1.0),))
    plan = plan_day(state, TODAY, settled=True)
    assert plan.run is None
    apply_run(state, plan, Run(minutes=25), TODAY)
    assert state.running.records[-1].counts is False
    assert state.running.step_id == step


def test_a_return_to_sport_after_a_month_begins_with_its_tests() -> None:
    told = History(stage="return_to_sport", goal="sport").thrive(0, 14)
    plan = told.at(44).plan
    assert (plan.kind, plan.dose, plan.energy, plan.run) == (DayKind.TEST, None, None, None)
    told.morning(44, 1).morning(46, 1)
    plan = told.at(46).plan
    assert (plan.strength, plan.energy, "bridge_reps" in plan.tests) == (True, None, True)
    assert "test_needed/hops" in {named(why) for why in told.overview(46).explanation.reasons}
    told.pass_tests(46).session(46, 1, 1)
    assert told.at(46).plan.energy is None
    told.mornings(47, 1, 1, 1)
    assert told.at(49).plan.energy is not None


# One change at a time (c3, c10-30)


@pytest.mark.parametrize(
    ("raised", "own", "days", "holds_it"),
    [
        ("ham", Strand.RUNNING, 2, True),
        ("ham", Strand.RUNNING, 3, False),
        ("ham", Strand.ENERGY_STORAGE, 2, True),
        ("ham", Strand.ENERGY_STORAGE, 3, False),
        ("ham", Strand.HAMSTRING, 0, False),
        ("run", Strand.HAMSTRING, 2, True),
        ("run", Strand.HAMSTRING, 3, False),
        ("run", Strand.ENERGY_STORAGE, 2, True),
        ("run", Strand.ENERGY_STORAGE, 3, False),
        ("run", Strand.RUNNING, 0, False),
        ("hops", Strand.HAMSTRING, 0, True),
        ("hops", Strand.HAMSTRING, 1, False),
        ("hops", Strand.RUNNING, 0, True),
        ("hops", Strand.RUNNING, 1, False),
        ("hops", Strand.ENERGY_STORAGE, 0, False),
    ],
)
def test_one_change_at_a_time(raised: str, own: Strand, days: int, *, holds_it: bool) -> None:
    state = both()
    if raised == "ham":
        state.raised_on = ago(days)
    else:
        strand_of(state, raised).raised_on = ago(days)
    found = others(state, own, TODAY)
    assert (found is not None) is holds_it
    if found is not None:
        wait = 1 if raised == "hops" else 3
        assert found.id is ReasonId.ONE_CHANGE_AT_A_TIME
        assert found.until == ago(days) + timedelta(days=wait)


@pytest.mark.parametrize("own", [Strand.HAMSTRING, Strand.ENERGY_STORAGE])
@pytest.mark.parametrize(
    ("step", "days", "easy", "holds_it"),
    [("R16", 6, False, True), ("R16", 7, False, False), ("R16", 6, True, False),
     ("R15", 6, False, False)],
)  # fmt: skip
def test_nothing_rises_in_the_week_of_hill_repetitions(
    own: Strand, step: str, days: int, *, easy: bool, holds_it: bool
) -> None:
    """(d2 R16) never in the same week as a rung-up, whichever comes first."""
    state = both("R16", "E3")
    done(state, state.running, days, step=step, hard=not easy, light=easy)
    found = others(state, own, TODAY)
    assert due(found) == (ago(days) + timedelta(days=7) if holds_it else None)
    assert others(state, Strand.RUNNING, TODAY) is None


def test_raised_hops_hold_until_their_verdict_is_known() -> None:
    state = both()
    state.energy.raised_on = ago(1)
    record = done(state, state.energy, 1, Response.AWAITING)
    state.energy.pending = record
    for own in (Strand.HAMSTRING, Strand.RUNNING):
        found = others(state, own, TODAY)
        assert found is not None
        assert found.until == TODAY + timedelta(days=1)


# Verdicts


def judge(state: State, name: str, *responses: Response, first: int = 9) -> None:
    strand = strand_of(state, name)
    for day, response in zip(range(first, 0, -3), responses, strict=False):
        record = done(state, strand, day, response)
        state.day = ago(day - 1)
        take_verdict(state, strand, record, state.day)


@pytest.mark.parametrize(
    ("name", "before", "responses", "after", "ambers"),
    [
        ("run", "R5", [AMBER], "R5", 1),
        ("run", "R5", [AMBER, AMBER], "R4", 0),
        ("run", "R5", [AMBER, GREEN, AMBER], "R5", 1),
        ("run", "R5", [RED], "R4", 0),
        ("hops", "E2", [AMBER], "E2", 1),
        ("hops", "E2", [AMBER, AMBER], "E1", 0),
        ("hops", "E3", [RED], "E2", 0),
        ("hops", "E3", [RED, RED], "E1", 0),  # three steps back is for running
        ("run", "R9", [RED, RED], "R5", 0),  # one, then three more
    ],
)
def test_reductions(
    name: str, before: str, responses: list[Response], after: str, ambers: int
) -> None:
    state = both(run=before, hops="E1") if name == "run" else both(hops=before)
    judge(state, name, *responses)
    strand = strand_of(state, name)
    assert (strand.step_id, strand.ambers, strand.streak) == (after, ambers, 0)


@pytest.mark.parametrize(("between", "after"), [(13, "R5"), (14, "R7")])
def test_two_reds_in_14_days_are_three_steps_back(between: int, after: str) -> None:
    state = both(run="R9")
    for day in (between + 1, 1):
        record = done(state, state.running, day, RED)
        state.day = ago(day - 1)
        take_verdict(state, state.running, record, state.day)
    assert state.running.step_id == after


def test_three_steps_back_are_for_running_alone() -> None:
    state = both(hops="E3")
    for day in (9, 1):
        put(state.energy, ENERGY_INDEX["E3"])
        state.day = ago(day - 1)
        take_verdict(state, state.energy, done(state, state.energy, day, RED), state.day)
        assert state.energy.step_id == "E2"


@pytest.mark.parametrize("name", STRANDS)
@pytest.mark.parametrize(("told", "variant"), [("aa", ""), ("agaaga", "loop")])
def test_a_step_down_says_which_ambers_asked_for_it(name: str, told: str, variant: str) -> None:
    state = both(run="R9", hops="E3")
    strand = strand_of(state, name)
    for day, letter in zip(range(16, 0, -3), told, strict=False):
        state.day = ago(day - 1)
        record = done(state, strand, day, AMBER if letter == "a" else GREEN)
        take_verdict(state, strand, record, state.day)
    why = strand.last_change
    assert why is not None
    assert (why.id, why.variant) == (ReasonId.TWO_AMBERS, variant)


@pytest.mark.parametrize("name", STRANDS)
def test_at_the_lowest_step_a_set_comes_off(name: str) -> None:
    state = both(run="R1", hops="E1")
    strand = strand_of(state, name)
    judge(state, name, RED)
    assert (strand.step_id, strand.set_less) == ("R1" if name == "run" else "E1", True)
    # Doing that is no step up; the whole step again is one.
    take_on(state, strand, StrandDose(step=floor(strand), set_less=True), floor(strand), TODAY)
    assert (strand.set_less, strand.raised_on, strand.step_since) == (True, None, TODAY)
    take_on(state, strand, StrandDose(step=floor(strand)), floor(strand), TODAY)
    assert (strand.set_less, strand.raised_on) == (False, TODAY)
    # Nor is one fewer again, after a break.
    strand.raised_on = None
    take_on(state, strand, StrandDose(step=floor(strand), set_less=True), floor(strand), TODAY)
    assert (strand.set_less, strand.raised_on) == (True, None)


@pytest.mark.parametrize("name", STRANDS)
def test_only_one_reduction_a_day(name: str) -> None:
    state = both(run="R5", hops="E3")
    strand = strand_of(state, name)
    before = strand.step or 0
    for _ in range(2):
        step_down(state, strand, 1, Reason(ReasonId.RED))
    assert strand.step == before - 1
    state.day = TODAY + timedelta(days=1)
    step_down(state, strand, 1, Reason(ReasonId.RED))
    assert strand.step == before - 2


@pytest.mark.parametrize("name", STRANDS)
def test_a_strand_not_begun_has_nothing_to_reduce(name: str) -> None:
    state = both()
    strand = strand_of(state, name)
    put(strand, None)
    for response in (AMBER, AMBER, RED):
        record = done(state, strand, 1, response, step="R1" if name == "run" else "E1")
        take_verdict(state, strand, record, TODAY)
    step_down(state, strand, 1, Reason(ReasonId.RED))
    assert (strand.step, strand.fails, strand.step_id) == (None, [], "")


@pytest.mark.parametrize("name", STRANDS)
@pytest.mark.parametrize(
    ("what", "streak"),
    [
        ({}, 1),
        ({"share": 0.8}, 1),
        ({"share": 0.79}, 0),
        ({"share": 0.5}, 0),
        ({"counts": False}, 0),
        ({"effort": 8.5}, 1),
        ({"effort": 9}, 0),
        ({"step": "above"}, 0),
    ],
)
def test_what_a_green_is_worth(name: str, what: dict[str, object], streak: int) -> None:
    state = both(run="R5", hops="E2")
    strand = strand_of(state, name)
    strand.ambers = 1
    if "step" in what:
        what = {"step": "R6" if name == "run" else "E3"}
    record = done(state, strand, 1, GREEN, **what)  # type: ignore[arg-type]
    take_verdict(state, strand, record, TODAY)
    assert (strand.streak, strand.ambers) == (streak, 0)


@pytest.mark.parametrize("name", STRANDS)
def test_a_green_of_less_than_half_leaves_the_ambers_alone(name: str) -> None:
    """(c7) it does not count for the verdict."""
    state = both(run="R5", hops="E2")
    strand = strand_of(state, name)
    strand.ambers = 1
    take_verdict(state, strand, done(state, strand, 1, GREEN, share=0.49), TODAY)
    assert (strand.streak, strand.ambers) == (0, 1)


@pytest.mark.parametrize("name", STRANDS)
@pytest.mark.parametrize(("share", "loops"), [(0.49, True), (0.5, False)])
def test_greens_of_less_than_half_are_no_part_of_an_amber_loop(
    name: str, share: float, *, loops: bool
) -> None:
    state = both(run="R5", hops="E2")
    strand = strand_of(state, name)
    before = strand.step
    for day in (18, 15, 12):
        done(state, strand, day, AMBER)
    for day in (9, 6, 3):
        done(state, strand, day, GREEN, share=share)
    take_verdict(state, strand, done(state, strand, 1, AMBER), TODAY)
    assert (strand.step != before) is loops


@pytest.mark.parametrize("name", STRANDS)
def test_an_information_gap_changes_nothing(name: str) -> None:
    state = both(run="R5", hops="E2")
    strand = strand_of(state, name)
    strand.streak, strand.ambers = 1, 1
    take_verdict(state, strand, done(state, strand, 1, AMBER, gap=True), TODAY)
    assert (strand.streak, strand.ambers) == (1, 1)


@pytest.mark.parametrize("name", STRANDS)
@pytest.mark.parametrize(
    ("told", "reduced"), [("aagaga", True), ("agagag", False), ("aaggaga", False)]
)
def test_four_ambers_of_six_are_a_loop(name: str, told: str, *, reduced: bool) -> None:
    """(c8) without two in a row; a gap says nothing."""
    state = both(run="R9", hops="E3")
    strand = strand_of(state, name)
    state.rules = state.rules.__class__(
        **{
            field: getattr(state.rules, field)
            for field in state.rules.__dataclass_fields__
            if field != "ambers_to_reduce"
        },
        ambers_to_reduce=9,
    )
    before = strand.step
    for day, letter in zip(range(21, 0, -3), told, strict=False):
        record = done(state, strand, day, AMBER if letter == "a" else GREEN)
        state.day = ago(day - 1)
        take_verdict(state, strand, record, state.day)
    assert (strand.step != before) is reduced
    assert ("amber_loop" in state.reviews) is reduced


@pytest.mark.parametrize(("answered", "loops"), [(16, True), (15, False)])
def test_the_loop_counts_from_the_day_the_last_one_was_answered(
    answered: int, *, loops: bool
) -> None:
    state = both(run="R5")
    strand = state.running
    strand.loop_on = ago(answered)
    strand.reduced_on = ago(5)  # by two in a row
    for day, response in zip((16, 13, 10, 7, 4), (AMBER, GREEN, AMBER, AMBER, GREEN), strict=True):
        done(state, strand, day, response)
    take_verdict(state, strand, done(state, strand, 1, AMBER), TODAY)
    assert ("amber_loop" in state.reviews) is loops


@pytest.mark.parametrize("name", STRANDS)
@pytest.mark.parametrize(("told", "down"), [("aagaga", 2), ("aagagg", 1), ("aagagaa", 2)])
def test_two_ambers_in_a_row_are_part_of_the_loop_that_follows(
    name: str, told: str, down: int
) -> None:
    """(c8) as in strength; the two that ended it are not held against the next one."""
    state = both(run="R9", hops="E3")
    strand = strand_of(state, name)
    before = strand.step or 0
    for day, letter in zip(range(21, 0, -3), told, strict=False):
        record = done(state, strand, day, AMBER if letter == "a" else GREEN)
        state.day = ago(day - 1)
        take_verdict(state, strand, record, state.day)
    assert strand.step == before - down
    assert ("amber_loop" in state.reviews) is (down == 2)


def test_a_red_ends_track_a() -> None:
    state = standing(P3, run="R0", kept=True)
    record = done(state, state.running, 1, RED)
    ripe(state.running)
    take_verdict(state, state.running, record, TODAY)
    assert (state.running.kept, state.running.step_id, state.running.streak) == (False, "R0", 0)
    assert state.running.red_wait is not None


# Flare-ups (c5): two REDs in seven days, each strand by itself; three in 28 days are a prompt


def told_red(state: State, strand: StrandState, days: int) -> None:
    state.day = ago(days - 1)
    record = done(state, strand, days, Response.AWAITING)
    strand.pending = record
    judgement = Judgement(RED, gap=False, why=Reason(ReasonId.RED))
    decide(state, strand, record, judgement, state.day)


@pytest.mark.parametrize("name", STRANDS)
@pytest.mark.parametrize(("between", "flares"), [(6, True), (7, False)])
def test_two_reds_in_seven_days_are_a_flare_up(name: str, between: int, *, flares: bool) -> None:
    state = both()
    strand = strand_of(state, name)
    told_red(state, strand, between + 1)
    told_red(state, strand, 1)
    assert (state.flare is not None) is flares
    assert strand.pending is None


def test_reds_of_different_strands_are_no_flare_up() -> None:
    state = both()
    told_red(state, state.energy, 4)
    told_red(state, state.running, 1)
    strengthened(state, 1, RED)
    flare.after_red(state, state.records, TODAY)
    assert state.flare is None


@pytest.mark.parametrize(("first", "prompt"), [(27, True), (28, False)])
def test_reds_of_different_strands_are_one_prompt(first: int, *, prompt: bool) -> None:
    """(c3) only the flare-up asks for two of the same strand."""
    state = both(run="R16", hops="E3")
    told_red(state, state.energy, first)
    told_red(state, state.running, 12)
    assert "three_reds" not in state.reviews
    strengthened(state, 1, RED)
    flare.after_red(state, state.records, TODAY)
    assert ("three_reds" in state.reviews) is prompt
    assert state.flare is None


@pytest.mark.parametrize("name", STRANDS)
@pytest.mark.parametrize(("first", "prompt"), [(27, True), (28, False)])
def test_three_reds_in_28_days_are_a_prompt(name: str, first: int, *, prompt: bool) -> None:
    state = both(run="R16", hops="E3")
    strand = strand_of(state, name)
    for days in (first, 12, 1):  # the last one is known today
        told_red(state, strand, days)
    assert ("three_reds" in state.reviews) is prompt


@pytest.mark.parametrize("name", STRANDS)
def test_inside_a_flare_up_a_verdict_changes_no_step(name: str) -> None:
    state = both()
    strand = strand_of(state, name)
    before = strand.step
    state.flare = Flare(started=ago(1), test="arabesques", baseline=1, step=0, again=False)
    told_red(state, strand, 1)
    assert (strand.step, strand.red_wait, strand.fails) == (before, None, [])
    assert strand.records[-1].led_to_flare


@pytest.mark.parametrize(
    ("run", "hops", "after"),
    [("R9", "E3", ("R7", "E2")), ("R2", "E1", ("R1", "E1")), ("R1", "E2", ("R1", "E1"))],
)
def test_coming_back_from_a_flare_up(run: str, hops: str, after: tuple[str, str]) -> None:
    state = both(run=run, hops=hops)
    for strand in (state.energy, state.running):
        done(state, strand, 12, RED)
        strand.red_wait = RedWait(ago(12), (("arabesques", 0),))
        ripe(strand)
    resume(state, TODAY, began=ago(6))
    assert (state.running.step_id, state.energy.step_id) == after
    assert state.energy.waits_for_green
    assert not state.running.waits_for_green
    for strand in (state.energy, state.running):
        assert (strand.streak, strand.red_wait, strand.gap_from) == (0, None, TODAY)


def test_coming_back_with_nothing_begun() -> None:
    state = both()
    put(state.energy, None)
    put(state.running, None)
    resume(state, TODAY, began=ago(6))
    assert not state.energy.waits_for_green
    assert (state.energy.gap_from, state.running.gap_from) == (None, None)


@pytest.mark.parametrize(
    ("gap", "run", "hops"),
    [(7, "R10", "E1"), (14, "R10", "E1"), (15, "R9", "E1"), (29, "R4", "E1")],
)
def test_after_a_clinical_pause_the_larger_reduction_counts(gap: int, run: str, hops: str) -> None:
    state = both(run="R12", hops="E3")
    state.stage = P4
    for strand in (state.energy, state.running):
        done(state, strand, gap)
    resume(state, TODAY)
    assert (state.running.step_id, state.energy.step_id) == (run, hops)


@pytest.mark.parametrize(
    ("gap", "run", "hops"),
    [(13, "R10", "E2"), (14, "R10", "E2"), (20, "R10", "E2"), (21, "R9", "E1"), (35, "R4", "E1")],
)
def test_a_break_before_a_flare_up_is_not_forgiven_by_it(gap: int, run: str, hops: str) -> None:
    """(c10-6) the larger counts; what the flare-up itself kept away from is answered by its end."""
    state = both(run="R12", hops="E3")
    state.stage = P4
    for strand in (state.energy, state.running):
        done(state, strand, gap)
    resume(state, TODAY, began=ago(6))
    assert (state.running.step_id, state.energy.step_id) == (run, hops)


def test_more_pain_after_weeks_without_a_run_is_not_a_longer_run() -> None:
    def first_run(*pains: float) -> float | None:
        told = History(stage="hip_flexion", step="S3.c1", goal="running", morning_pain=0)
        told.set_stage(0, "hip_flexion", "R8").calm(0, 7).run(7)
        told.calm(8, 35).mornings(36, *pains).calm(36 + len(pains), 44)
        dose = told.at(44).plan.run
        return None if dose is None else dose.minutes

    assert first_run(0, 0, 0, 0) == first_run(5, 5, 0, 0) == 6


# What a stage means to the hops (c10-1, c10-39)


@pytest.mark.parametrize(
    ("stage", "lands", "step"), [(P5, P4, "S3.c1"), (P4, P3, "S3.b1"), (P6, P3, "S3.b1")]
)
def test_a_stage_down(stage: Stage, lands: Stage, step: str) -> None:
    state = standing(stage, hops="E3")
    land(state, TODAY)
    assert (state.stage, state.dose.id, state.energy.step_id) == (lands, step, "E1")


def test_hops_begin_with_their_stage() -> None:
    told = History(stage="hip_flexion", step="S3.c2", goal="sport").confirm(0, anyway=True)
    state = told.state(0)
    assert (state.stage, state.dose.id, state.energy.step_id) == (P4, "S3.c2", "E1")


# No step for three weeks: a review (c8)


@pytest.mark.parametrize(
    ("name", "since", "tell", "found"),
    [
        ("run", 20, {}, False),
        ("run", 21, {}, True),
        ("hops", 20, {}, False),
        ("hops", 21, {}, True),
        ("run", 21, {"step_since": None}, False),
        ("run", 21, {"step": RUN_INDEX["R17"]}, False),
        ("hops", 21, {"step": ENERGY_INDEX["E3"]}, False),
        ("hops", 21, {"step": None}, True),
    ],
)
def test_a_strand_that_does_not_move(
    name: str, since: int, tell: dict[str, object], *, found: bool
) -> None:
    state = both(run="R5", hops="E2")
    strand = strand_of(state, name)
    strand.step_since = ago(since)
    for field, value in tell.items():
        setattr(strand, field, value)
    assert stuck(state, strand, TODAY) is found


def test_no_plateau_while_another_strand_is_waited_for() -> None:
    state = standing(P3, run="R10", hops="E2")
    state.running.step_since = state.energy.step_since = ago(60)
    assert not stuck(state, state.running, TODAY)
    assert not stuck(state, state.energy, TODAY)  # there are no hops in P3
    state.stage = P5
    assert stuck(state, state.running, TODAY)


def test_a_plateau_of_the_runs_asks_for_a_review() -> None:
    state = both(run="R5", hops="E3")
    strengthened(state, 2)
    state.running.step_since = ago(20)
    stagnation.watch(state, TODAY)
    assert "plateau" not in state.reviews
    state.running.step_since = ago(21)
    stagnation.watch(state, TODAY)
    assert state.reviews["plateau"] == TODAY


@pytest.mark.parametrize("step", ["S3.a2", "S3.b1", "S3.c2"])
def test_strength_stays_where_it_is_beside_hops(step: str) -> None:
    """(c10-1) also for whoever goes on before S3.c: neither lifted nor let go below it at a RED."""
    told = History(stage="hip_flexion", step=step, goal="sport").confirm(0, anyway=True)
    state = told.state(0)
    assert (state.stage.value, state.dose.id) == ("energy_storage", step)
    told.session(2, 1, step=step).morning(3, 8)
    after = told.state(3)
    assert after.stage is state.stage or after.flare is not None
    assert after.step <= state.step
