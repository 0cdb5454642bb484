"""The running strand: when a run may be done, and which (c3, c7, d1, d2, d4, c10-48)."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest

from custom_components.pht_rehab.domain import running
from custom_components.pht_rehab.domain.criteria import gate
from custom_components.pht_rehab.domain.model import ReasonId, Stage, reason
from custom_components.pht_rehab.domain.records import RedWait
from custom_components.pht_rehab.domain.stagnation import absence
from custom_components.pht_rehab.domain.state import Creep, Flare, LastTest, Lock, Pause, State
from custom_components.pht_rehab.domain.strand_steps import (
    StrandDose,
    holds,
    resume,
    step_down,
    take_on,
)
from custom_components.pht_rehab.domain.strands import RUN_INDEX, RUNS
from tests.domain.builders import History
from tests.domain.standing import (
    AMBER,
    GREEN,
    P1,
    P2,
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


class Run(NamedTuple):
    """The run of a day, and what holds it."""

    step: str
    minutes: float | None
    why: str
    held: list[str]


def planned(state: State, *, settled: bool = True) -> Run | None:
    found = running.dose(state, TODAY, settled=settled)
    if found is None:
        return None
    dose, held = found
    return Run(RUNS[dose.step].id, dose.minutes, named(dose.why), [named(why) for why in held])


def dose_of(state: State) -> StrandDose:
    found = running.dose(state, TODAY, settled=True)
    assert found is not None
    return found[0]


# Spacing: 48 h counts dates; 3 a week, 4 from R10 (d2, c10-25)


@pytest.mark.parametrize(
    ("step", "runs", "why", "until"),
    [
        ("R5", [1], "spacing", 1),
        ("R5", [2], "", None),
        ("R5", [6, 4, 2], "spacing/week", 1),
        ("R5", [7, 4, 2], "", None),
        ("R9", [6, 4, 2], "spacing/week", 1),
        ("R10", [6, 4, 2], "", None),
        ("R10", [6, 5, 4, 2], "spacing/week", 1),
        ("R10", [7, 5, 4, 2], "", None),
    ],
)
def test_spacing(step: str, runs: list[int], why: str, until: int | None) -> None:
    state = standing(run=step)
    for day in runs:
        done(state, state.running, day)
    found = running.not_today(state, TODAY)
    assert named(found) == why
    assert due(found) == (None if until is None else TODAY + timedelta(days=until))


def test_a_run_of_today_does_not_forbid_itself() -> None:
    state = standing()
    done(state, state.running, 0)
    assert running.not_today(state, TODAY) is None


# Two GREENs, and four days at the step (c3); R10 two weeks (d2); K15 seven days (c10-50)


@pytest.mark.parametrize(
    ("step", "greens", "since", "symptoms", "expected"),
    [
        ("R5", 1, 30, (), ("R5", ["green/streak"])),
        ("R5", 2, 3, (), ("R5", ["minimum_days/step"])),
        ("R5", 2, 4, (), ("R6", [])),
        ("R5", 2, 6, ("slow_healing",), ("R5", ["minimum_days/step"])),
        ("R5", 2, 7, ("slow_healing",), ("R6", [])),
        ("R10", 2, 13, (), ("R10", ["minimum_days/step"])),
        ("R10", 2, 14, (), ("R11", [])),
        ("R10", 2, 13, ("slow_healing",), ("R10", ["minimum_days/step"])),
        ("R17", 9, 60, (), ("R17", ["top_step"])),
    ],
)
def test_a_step_up(
    step: str, greens: int, since: int, symptoms: tuple[str, ...], expected: tuple[str, list[str]]
) -> None:
    state = standing(run=step, hops="E3", symptoms=symptoms)
    done(state, state.running, 2)
    ripe(state.running, greens=greens, since=since)
    found = planned(state)
    assert found is not None
    assert (found.step, found.held) == expected
    assert found.why == ("two_green" if found.step != step else "")


def test_no_step_up_before_the_morning_is_known() -> None:
    state = standing()
    done(state, state.running, 2)
    ripe(state.running)
    found = planned(state, settled=False)
    assert found is not None
    assert (found.step, found.held) == ("R5", ["awaiting_morning_check/today"])


@pytest.mark.parametrize(
    ("tell", "why"),
    [
        (lambda state: setattr(state, "hold_until", TODAY), "hold_after_flare"),
        (lambda state: setattr(state, "creep", Creep(ago(3), ago(3))), "drift/hold"),
        (lambda state: state.planned_days.extend([(ago(n), 1.0, False) for n in (9, 5, 3)]),
         "adherence_low/stop"),
    ],
)  # fmt: skip
def test_what_holds_every_strand_holds_the_run(tell: Callable[[State], None], why: str) -> None:
    state = standing()
    done(state, state.running, 2)
    ripe(state.running)
    tell(state)
    found = planned(state)
    assert found is not None
    assert (found.step, found.held) == ("R5", [why])


def test_the_hold_after_a_flare_up_is_over_the_day_after() -> None:
    state = standing()
    done(state, state.running, 2)
    ripe(state.running)
    state.hold_until = ago(1)
    assert dose_of(state).step == RUN_INDEX["R6"]


@pytest.mark.parametrize(("guard", "step"), [(3.5, "R6"), (4, "R5")])
def test_a_week_of_four_holds_the_run(guard: float, step: str) -> None:
    state = standing()
    done(state, state.running, 2)
    ripe(state.running)
    scores = state.scores[state.check_test]
    state.scores[state.check_test] = [
        type(score)(score.on, guard, in_baseline=True, in_drift=True, week=guard)
        for score in scores
    ]
    assert RUNS[dose_of(state).step].id == step


# The gap table (c7)


@pytest.mark.parametrize(
    ("step", "gap", "expected", "why"),
    [
        ("R12", 4, "R13", "two_green"),
        ("R12", 5, "R12", ""),
        ("R12", 7, "R12", ""),
        ("R12", 8, "R11", "gap_step_down"),
        ("R12", 14, "R11", "gap_step_down"),
        ("R12", 15, "R9", "gap_step_down"),
        ("R12", 28, "R9", "gap_step_down"),
        ("R12", 29, "R4", "gap_step_down"),
        ("R12", 84, "R4", "gap_step_down"),
        ("R9", 29, "R2", "gap_step_down"),
        ("R11", 29, "R4", "gap_step_down"),
        ("R10", 29, "R3", "gap_step_down"),
        ("R3", 15, "R1", "gap_step_down"),
        ("R3", 29, "R1", "gap_step_down"),
        ("R1", 7, "R1", ""),
        ("R1", 8, "R1", "gap_step_down"),
    ],
)
def test_a_break(step: str, gap: int, expected: str, why: str) -> None:
    state = standing(run=step, hops="E3")
    done(state, state.running, gap)
    ripe(state.running, since=60)
    state.last_session = ago(2)
    found = planned(state)
    assert found is not None
    assert (found.step, found.why) == (expected, why)
    assert ("gap_repeat" in found.held) == (gap >= 5)


def test_a_break_at_the_lowest_step_takes_a_part_off() -> None:
    """(c10-5) five of the six times one minute."""
    state = standing(run="R1")
    done(state, state.running, 8)
    dose = dose_of(state)
    assert (dose.minutes, dose.repeats, dose.set_less) == (5, 5, True)


def test_a_step_chosen_and_never_run_ages_like_any_other() -> None:
    state = standing(run="R10")
    state.running.gap_from = ago(14)
    assert planned(state).step == "R9"  # type: ignore[union-attr]
    state.running.gap_from = ago(4)
    assert planned(state).step == "R10"  # type: ignore[union-attr]


def test_the_end_of_a_flare_up_counts_like_a_session() -> None:
    state = standing(run="R12", hops="E3")
    done(state, state.running, 20)
    state.running.gap_from = ago(3)
    assert planned(state).step == "R12"  # type: ignore[union-attr]


# After a RED (c3): 72 h and a calm morning; not the day after a RED elsewhere (b4)


def waiting(days: int, *mornings: float | None) -> State:
    """Return a state with a RED run so many days ago and the mornings since."""
    state = standing()
    record = done(state, state.running, days, RED)
    state.running.red_wait = RedWait(record.on, tuple(record.baselines.items()))
    scores = state.scores[state.check_test]
    kept = [score for score in scores if score.on <= ago(days)]
    told = [
        type(scores[0])(ago(days - 1 - number), pain, in_baseline=True, in_drift=True)
        for number, pain in enumerate(mornings)
        if pain is not None
    ]
    state.scores[state.check_test] = kept + told
    return state


@pytest.mark.parametrize(
    ("days", "mornings", "why"),
    [
        (2, (2, 2), "red/wait"),
        (3, (5, 3, 2), ""),
        (3, (5, 3, 2.5), "red/calm"),
        (3, (2, 2, 2.5), "red/calm"),  # the last one counts
        (3, (None, None, None), "red/unscored"),
        (4, (None, None, None, None), ""),
    ],
)
def test_a_red_run_waits(days: int, mornings: tuple[float | None, ...], why: str) -> None:
    assert named(running.not_today(waiting(days, *mornings), TODAY)) == why


@pytest.mark.parametrize("strand", ["strength", "hops"])
@pytest.mark.parametrize(("days", "why"), [(1, "other_strand/red"), (2, "")])
def test_no_run_the_day_after_a_red_of_another_strand(strand: str, days: int, why: str) -> None:
    state = standing(hops="E1")
    if strand == "hops":
        done(state, state.energy, days, RED)
    else:
        strengthened(state, days, RED)
    found = running.not_today(state, TODAY)
    assert named(found) == why
    assert due(found) == (TODAY + timedelta(days=1) if why else None)


# Never at all


@pytest.mark.parametrize(
    ("tell", "why"),
    [
        (lambda s: setattr(s, "lock", Lock(TODAY, ("new_numbness",))), "locked"),
        (lambda s: setattr(s, "lock", Lock(TODAY, ())), "rescreen"),
        (lambda s: setattr(s, "pause", Pause(TODAY, None, clinical=False)), "paused"),
        (lambda s: setattr(s, "pause", Pause(TODAY, None, clinical=True)), "clinician"),
        (lambda s: setattr(s, "ill", True), "illness"),
        (lambda s: setattr(s, "well_on", TODAY), "illness"),
        (lambda s: setattr(s, "flare", Flare(started=TODAY, test="arabesques", baseline=1, step=0,
                                             again=False)), "flare_up/no_running"),
        (lambda s: setattr(s, "prescriber_block", True), "contact_prescriber"),
        (lambda s: setattr(s, "no_impact", True), "clinician/impact"),
        (lambda s: setattr(s.running, "step", None), "run_gate/none"),
        (lambda s: setattr(s, "stage", P2), "other_strand/stage"),
        (lambda s: setattr(s, "stage", Stage.SETTLE), "other_strand/stage"),
        (lambda s: setattr(s, "stage", P3), ""),
        (lambda s: setattr(s, "well_on", ago(1)), ""),
    ],
)  # fmt: skip
def test_what_takes_running_away(tell: Callable[[State], None], why: str) -> None:
    state = standing()
    tell(state)
    assert named(running.not_today(state, TODAY)) == why


# What the steps ask of the other strands (d2)


@pytest.mark.parametrize(
    ("stage", "step", "hops", "expected", "held"),
    [
        (P3, "R9", None, "R10", ""),
        (P3, "R10", None, "R10", "other_strand/stage"),
        (P4, "R10", None, "R10", "other_strand/energy"),
        (P4, "R10", "E2", "R10", "other_strand/energy"),
        (P4, "R10", "E3", "R11", ""),
        (P4, "R11", "E3", "R11", "other_strand/stage"),
        (P5, "R10", "E1", "R11", ""),  # past the stage of hops
        (P5, "R11", "E1", "R12", ""),
        (P6, "R11", "E1", "R12", ""),
        (P5, "R16", "E3", "R17", ""),
    ],
)
def test_what_a_step_waits_for(
    stage: Stage, step: str, hops: str | None, expected: str, held: str
) -> None:
    state = standing(stage, run=step, hops=hops)
    done(state, state.running, 2)
    ripe(state.running)
    found = planned(state)
    assert found is not None
    assert found.step == expected
    assert found.held == ([held] if held else [])


@pytest.mark.parametrize(
    ("stage", "hops", "step", "expected", "why", "told"),
    [
        (P3, None, "R12", "R10", "other_strand/stage", "energy_storage"),
        (P4, "E2", "R12", "R10", "other_strand/energy", "E3"),
        (P4, "E3", "R12", "R11", "other_strand/stage", "return_to_sport"),
        (P5, "E1", "R12", "R12", "", ""),
    ],
)
def test_a_stage_down_takes_the_run_down_with_it(
    stage: Stage, hops: str | None, step: str, expected: str, why: str, told: str
) -> None:
    state = standing(stage, run=step, hops=hops)
    done(state, state.running, 2)
    found = planned(state)
    assert found is not None
    assert (found.step, found.why) == (expected, why)
    waits = dose_of(state).why
    assert ("" if waits is None else waits.figures[0][1]) == told


@pytest.mark.parametrize("who", ["strength", "hops"])
@pytest.mark.parametrize(("days", "expected"), [(6, "R15"), (7, "R16")])
def test_hill_repetitions_never_in_the_week_of_a_step_up(
    who: str, days: int, expected: str
) -> None:
    state = standing(run="R15", hops="E3")
    done(state, state.running, 7)
    state.running.gap_from = ago(2)
    ripe(state.running)
    (state if who == "strength" else state.energy).raised_on = ago(days)
    found = planned(state)
    assert found is not None
    assert found.step == expected
    assert found.held == ([] if expected == "R16" else ["one_change_at_a_time"])


@pytest.mark.parametrize(("days", "easy"), [(6, True), (7, False)])
def test_nor_those_that_follow(days: int, *, easy: bool) -> None:
    state = standing(run="R16", hops="E3")
    done(state, state.running, 8)
    state.running.gap_from = ago(2)
    state.energy.raised_on = ago(days)
    assert dose_of(state).easy is easy


# Once a week (d2 R14, R15): the other runs are easy


@pytest.mark.parametrize("before", ["R14", "R15", "R16"])
@pytest.mark.parametrize(("days", "easy"), [(6, True), (7, False)])
def test_one_quality_run_a_week(before: str, days: int, *, easy: bool) -> None:
    state = standing(run="R16", hops="E3")
    done(state, state.running, days, step=before, hard=True, minutes=40)
    state.running.gap_from = ago(2)
    dose = dose_of(state)
    assert (dose.easy, dose.minutes) == (easy, 30 if easy else 40)
    assert planned(state).held == ["green/streak"]  # type: ignore[union-attr]


def test_the_next_of_them_waits_for_the_week_too() -> None:
    state = standing(run="R14", hops="E3")
    done(state, state.running, 6, hard=True, minutes=40)
    ripe(state.running)
    state.running.gap_from = ago(2)
    found = running.dose(state, TODAY, settled=True)
    assert found is not None
    dose, held = found
    assert (RUNS[dose.step].id, dose.easy) == ("R14", True)
    assert held == (reason(ReasonId.SPACING, "hard_run", until=TODAY + timedelta(days=1)),)


@pytest.mark.parametrize(("hard", "easy"), [(True, True), (False, False)])
def test_an_easy_run_that_was_not_easy_is_the_weeks_quality_run(*, hard: bool, easy: bool) -> None:
    state = standing(run="R15", hops="E3")
    done(state, state.running, 3, light=True, hard=hard, minutes=40)
    assert dose_of(state).easy is easy


# Volume (d2): at most 15 % a week from R10, every fourth week a fifth less


@pytest.mark.parametrize(
    ("step", "last_week", "this_week", "minutes"),
    [
        ("R9", [25, 25, 25], [25, 25], 25),  # the table is the cap below R10
        ("R10", [20, 20, 20], [20, 20], 29),  # 69 in all
        ("R10", [30, 30, 30], [30, 30], 30),
        ("R10", [20, 20, 20], [24, 24], 21),
        ("R10", [20, 20, 20], [30, 30], 9),
        ("R10", [20, 20, 20], [34, 35], None),
        ("R10", [], [30, 30], 30),  # nothing to compare with
    ],
)
def test_the_weeks_volume(
    step: str, last_week: list[int], this_week: list[int], minutes: float | None
) -> None:
    state = standing(run=step, hops="E3")
    for day, ran in zip((11, 9, 7), last_week, strict=False):
        done(state, state.running, day, minutes=ran)
    for day, ran in zip((4, 2), this_week, strict=False):
        done(state, state.running, day, minutes=ran)
    found = planned(state)
    assert (None if found is None else found.minutes) == minutes


def test_a_run_cut_by_more_than_a_fifth_is_no_step_of_its_own() -> None:
    """So it does not count towards the next step, and no step up is done that way."""
    state = standing(run="R10", hops="E3")
    for day, ran in ((11, 20), (9, 20), (7, 20), (4, 22), (2, 24)):
        done(state, state.running, day, minutes=ran)
    assert (dose_of(state).minutes, dose_of(state).easy) == (23, True)
    state.running.records[-1].minutes = 23
    assert (dose_of(state).minutes, dose_of(state).easy) == (24, False)
    ripe(state.running)  # R11 is 35 minutes, of which 24 are left
    found = planned(state)
    assert found is not None
    assert (found.step, found.minutes, found.held) == ("R10", 24, ["spacing/volume"])


def test_an_easy_week_does_not_lower_the_cap() -> None:
    state = standing(run="R10", hops="E3")
    for day, ran in ((18, 30), (16, 30), (14, 30), (11, 24), (9, 24), (7, 24), (4, 30), (2, 30)):
        done(state, state.running, day, minutes=ran)
    assert dose_of(state).minutes == 30


@pytest.mark.parametrize(
    ("days", "minutes"), [(20, 30), (21, 24), (27, 24), (28, 30), (48, 30), (49, 24)]
)
def test_every_fourth_week_is_a_fifth_shorter(days: int, minutes: float) -> None:
    state = standing(run="R10", hops="E3")
    state.running.frequent_since = ago(days)
    assert dose_of(state).minutes == minutes
    state.running.step = RUN_INDEX["R9"]
    assert dose_of(state).minutes == 25


# Drift (c4): a third off, and no step up. Relapse (b4 P6): half


@pytest.mark.parametrize("step", [f"R{number}" for number in range(1, 17)])
def test_drift_takes_a_third_off(step: str) -> None:
    state = standing(run=step, hops="E3")
    whole = dose_of(state).minutes
    state.creep = Creep(ago(3), ago(3))
    dose = dose_of(state)
    assert whole is not None
    assert dose.minutes is not None
    assert 0 < dose.minutes <= 0.67 * whole
    assert RUNS[dose.step].id == step


@pytest.mark.parametrize(("until", "minutes"), [(ago(1), 30), (TODAY, 15)])
def test_a_relapse_halves_the_runs(until: object, minutes: float) -> None:
    state = standing(P6, run="R10", hops="E3")
    state.relapse_until = until  # type: ignore[assignment]
    assert dose_of(state).minutes == minutes


def test_less_of_normal_training_is_less_of_what_was_run() -> None:
    state = standing(run="R17", hops="E3")
    assert dose_of(state).minutes is None
    state.creep = Creep(ago(3), ago(3))
    assert dose_of(state).minutes is None  # of nothing there is no part
    for day, ran in ((28, 500), (27, 30), (5, 50)):
        done(state, state.running, day, minutes=ran)
    assert dose_of(state).minutes == 26  # 67 % of 40
    state.creep = None
    assert dose_of(state).minutes is None


# The gate (d1, R0): all of it, for those who had stopped


def open_gate(stage: Stage = P3) -> State:
    state = standing(stage, run="R0")
    state.tests = {
        "brisk_walk": LastTest(ago(5), 30, None, 2),
        "forward_lunges": LastTest(ago(27), 10, None, 2),
        "hops": LastTest(ago(27), 10, None, 3),
        "bridge_reps": LastTest(ago(27), 18, 20, None),
    }
    state.rest_pain = (ago(6), 0)
    state.night_waking = (ago(6), False)
    return state


def test_the_gate_opens() -> None:
    state = open_gate()
    assert running.not_today(state, TODAY) is None
    assert planned(state) == Run("R1", 6, "run_gate", [])
    assert dose_of(state).why == reason(ReasonId.RUN_GATE, next_step="R1")


@pytest.mark.parametrize(
    ("line", "tell"),
    [
        ("stage_passed", lambda s: setattr(s, "stage", P2)),
        ("test_brisk_walk", lambda s: s.tests.update(brisk_walk=LastTest(ago(5), 29, None, 2))),
        ("test_brisk_walk", lambda s: s.tests.update(brisk_walk=LastTest(ago(5), 30, None, 2.5))),
        ("test_brisk_walk", lambda s: s.tests.update(brisk_walk=LastTest(ago(28), 30, None, 2))),
        ("test_brisk_walk", lambda s: s.tests.update(brisk_walk=LastTest(TODAY, 30, None, 2))),
        ("test_brisk_walk", lambda s: s.tests.pop("brisk_walk")),
        (
            "test_forward_lunges",
            lambda s: s.tests.update(forward_lunges=LastTest(ago(1), 9, None, 2)),
        ),
        (
            "test_forward_lunges",
            lambda s: s.tests.update(forward_lunges=LastTest(ago(1), 10, None, 2.5)),
        ),
        (
            "test_forward_lunges",
            lambda s: s.tests.update(forward_lunges=LastTest(ago(28), 10, None, 2)),
        ),
        ("test_hops", lambda s: s.tests.update(hops=LastTest(ago(1), 9, None, 3))),
        ("test_hops", lambda s: s.tests.update(hops=LastTest(ago(1), 10, None, 3.5))),
        ("test_hops", lambda s: s.tests.update(hops=LastTest(ago(28), 10, None, 3))),
        ("test_symmetry", lambda s: s.tests.update(bridge_reps=LastTest(ago(1), 17.9, 20, None))),
        ("test_symmetry", lambda s: s.tests.update(bridge_reps=LastTest(ago(1), 18, None, None))),
        ("test_symmetry", lambda s: s.tests.update(bridge_reps=LastTest(ago(28), 18, 20, None))),
        ("rest_pain", lambda s: setattr(s, "rest_pain", (ago(1), 0.5))),
        ("rest_pain", lambda s: setattr(s, "rest_pain", (ago(7), 0))),
        ("rest_pain", lambda s: setattr(s, "rest_pain", None)),
        ("night_waking", lambda s: setattr(s, "night_waking", (ago(1), True))),
        ("night_waking", lambda s: setattr(s, "night_waking", (ago(7), False))),
        ("night_waking", lambda s: setattr(s, "night_waking", None)),
    ],
)
def test_every_line_of_the_gate(line: str, tell: Callable[[State], None]) -> None:
    state = open_gate()
    assert all(found.met for found in gate(state, TODAY))
    tell(state)
    assert [found.id for found in gate(state, TODAY) if found.met is not True] == [line]
    assert running.not_today(state, TODAY) is not None


def test_the_morning_after_the_walk_has_the_last_word() -> None:
    state = open_gate()
    scores = state.scores[state.check_test]
    after = next(score for score in scores if score.on == ago(4))
    for pain, met in ((2, True), (2.5, False)):
        scores[scores.index(after)] = after = type(after)(
            ago(4), pain, in_baseline=True, in_drift=True, week=1
        )
        assert gate(state, TODAY)[1].met is met


@pytest.mark.parametrize(
    "tell",
    [
        lambda s: setattr(s, "hold_until", TODAY),
        lambda s: setattr(s, "creep", Creep(ago(3), ago(3))),
        lambda s: setattr(s, "raised_on", ago(2)),
    ],
)
def test_the_gate_waits_for_what_holds_every_strand(tell: Callable[[State], None]) -> None:
    state = open_gate()
    tell(state)
    assert planned(state) is None
    state.raised_on = ago(3)
    state.hold_until = state.creep = None
    assert planned(state) is not None
    assert planned(state, settled=False) is None


def test_tests_under_a_painkiller_do_not_open_it() -> None:
    state = open_gate()
    state.tests = {name: told._replace(masked=True) for name, told in state.tests.items()}
    shut = [(found.id, found.met) for found in gate(state, TODAY) if found.met is not True]
    assert shut == [
        ("test_brisk_walk", None),
        ("test_forward_lunges", None),
        ("test_hops", None),
        ("test_symmetry", None),
    ]
    state.tests["bridge_reps"] = LastTest(
        ago(1), 17.9, 20, None, masked=True
    )  # too weak all the same
    assert [found.met for found in gate(state, TODAY) if found.id == "test_symmetry"] == [False]


def test_what_was_tested_today_opens_it_tomorrow() -> None:
    state = open_gate()
    state.tests["hops"] = LastTest(TODAY, 10, None, 3)
    found = running.not_today(state, TODAY)
    assert (named(found), due(found)) == ("run_gate/tested", TODAY + timedelta(days=1))


def test_the_gate_is_asked_once() -> None:
    """Past it a run stays allowed whatever its tests say by now."""
    state = standing(P3, run="R1")
    assert running.not_today(state, TODAY) is None


# Track A: those who never stopped (d1)


@pytest.mark.parametrize(
    ("usual", "minutes"),
    [
        (None, 45),
        (270, 45),
        (300, 45),
        (264, 44),
        (90, 15),
        (6, 1),
        (5, None),
        (0, None),
    ],
)
def test_half_of_the_usual_week(usual: float | None, minutes: float | None) -> None:
    state = standing(P1, kept=True, minutes=usual)
    found = planned(state)
    assert (None if found is None else found.minutes) == minutes
    assert found is None or found.step == "R0"


@pytest.mark.parametrize(
    ("stage", "why"), [(Stage.SETTLE, "other_strand/stage"), (P1, ""), (P2, ""), (P3, "")]
)
def test_from_the_isometric_stage_on(stage: Stage, why: str) -> None:
    assert named(running.not_today(standing(stage, kept=True), TODAY)) == why


def test_drift_and_relapse_shorten_those_runs_too() -> None:
    state = standing(P2, kept=True, minutes=180)
    assert dose_of(state).minutes == 30
    state.creep = Creep(ago(3), ago(3))
    assert dose_of(state).minutes == 20


def test_two_ambers_and_a_flare_up_shorten_them_by_a_third() -> None:
    """(c10-5) there is no step below; and by the rules of a step up they are whole again."""
    state = standing(P2, kept=True, minutes=180)
    step_down(state, state.running, 1, reason(ReasonId.TWO_AMBERS))
    assert (dose_of(state).minutes, dose_of(state).why) == (20, None)
    flared = standing(P2, kept=True, minutes=180)
    resume(flared, TODAY, began=ago(4))
    assert (dose_of(flared).minutes, flared.running.kept) == (20, True)
    for greens, since, minutes in ((1, 4, 20), (2, 3, 20), (2, 4, 30)):
        ripe(state.running, greens=greens, since=since)
        done(state, state.running, 2, minutes=20)
        assert dose_of(state).minutes == minutes
    take_on(state, state.running, dose_of(state), 0, TODAY)
    assert (state.running.set_less, state.running.raised_on) == (False, TODAY)


@pytest.mark.parametrize(
    ("days", "minutes", "why"),
    [(7, 45, ""), (8, 30, "gap_step_down/run"), (14, 30, "gap_step_down/run"),
     (15, 22, "gap_step_down/run"), (28, 22, "gap_step_down/run"), (29, None, "")],
)  # fmt: skip
def test_a_break_shortens_the_runs_of_who_never_stopped_and_ends_in_the_gate(
    days: int, minutes: float | None, why: str
) -> None:
    """(c7) one step down, three, and a new start; they have no step below theirs."""
    told = History(running=True, goal="running").run(0, 45).calm(1, days)
    found = running.dose(told.state(days), told.on(days), settled=True)
    state = told.state(days)
    assert (found and found[0].minutes) == minutes
    assert state.running.kept is (minutes is not None)
    assert state.running.at_gate is (minutes is None)
    if found is not None and why:
        assert named(found[0].why) == why
    if minutes is None:
        last = state.running.last_change
        assert last == reason(ReasonId.GAP_STEP_DOWN, "gate", days=days)


def test_the_shorter_runs_stay_until_two_are_calm() -> None:
    state = standing(P2, kept=True, minutes=180)
    done(state, state.running, 20, minutes=30)
    assert dose_of(state).minutes == 15
    take_on(state, state.running, dose_of(state), 0, TODAY)
    assert state.running.set_less == 2
    for greens, since, minutes in ((1, 4, 15), (2, 3, 15), (2, 4, 30)):
        ripe(state.running, greens=greens, since=since)
        done(state, state.running, 2, minutes=15)
        assert dose_of(state).minutes == minutes


@pytest.mark.parametrize(("before", "minutes"), [(14, 20), (15, 15)])
def test_a_flare_up_after_a_break_leaves_what_the_break_did(before: int, minutes: float) -> None:
    flared = standing(P2, kept=True, minutes=180)
    done(flared, flared.running, before + 4, minutes=30)
    resume(flared, TODAY, began=ago(4))
    assert dose_of(flared).minutes == minutes


def test_a_flare_up_takes_the_place_of_the_break() -> None:
    """(c10-6) the days of a flare-up do not end what was kept."""
    state = standing(P2, kept=True, minutes=180)
    done(state, state.running, 29, minutes=30)
    state.flare = Flare(started=ago(5), test="one_leg_bridges", baseline=1, step=0, again=False)
    absence(state, TODAY)
    assert state.running.kept
    state.flare = None
    absence(state, TODAY)
    assert not state.running.kept


@pytest.mark.parametrize(
    ("longest", "entry"),
    [(5, "R0"), (6, "R1"), (8, "R1"), (9, "R2"), (19, "R4"), (20, "R8"), (21, "R8"), (25, "R9"),
     (30, "R10"), (45, "R10")],
)  # fmt: skip
def test_they_enter_the_table_at_their_longest_calm_run(longest: float, entry: str) -> None:
    state = standing(P3, kept=True)
    done(state, state.running, 6, minutes=4)
    done(state, state.running, 4, AMBER, minutes=45)
    done(state, state.running, 3, minutes=45, counts=False)  # not the planned one
    done(state, state.running, 2, minutes=longest)
    ripe(state.running)
    found = planned(state)
    assert found is not None
    assert (found.step, found.why) == (entry, "" if entry == "R0" else "two_green")
    if entry != "R0":
        assert dose_of(state).why == reason(
            ReasonId.TWO_GREEN, step="R0", next_step=entry, greens=2
        )


@pytest.mark.parametrize(
    ("stage", "greens", "since", "entry"),
    [(P2, 2, 30, "R0"), (P3, 1, 30, "R0"), (P3, 2, 3, "R0"), (P3, 2, 4, "R9")],
)
def test_and_only_by_the_rules_of_a_step_up(
    stage: Stage, greens: int, since: int, entry: str
) -> None:
    state = standing(stage, kept=True)
    done(state, state.running, 2, GREEN, minutes=25)
    ripe(state.running, greens=greens, since=since)
    found = planned(state)
    assert found is not None
    assert (found.step, found.why) == (entry, "" if entry == "R0" else "two_green")


def test_a_step_that_failed_twice_rests() -> None:
    """(c10-7) twice within 28 days: not offered again for 14 from the second."""
    state = standing()
    done(state, state.running, 2)
    ripe(state.running)
    for first, last, step in ((31, 3, "R6"), (40, 13, "R5"), (27, 14, "R6"), (30, 3, "R5")):
        state.running.fails = [(ago(first), RUN_INDEX["R6"]), (ago(last), RUN_INDEX["R6"])]
        found = planned(state)
        assert found is not None
        assert found.step == step
    (why,) = holds(state, state.running, TODAY)
    assert (why.id, why.until) == (ReasonId.PLATEAU, ago(3) + timedelta(days=14))
    state.running.fails = [(ago(30), RUN_INDEX["R7"]), (ago(3), RUN_INDEX["R7"])]
    assert holds(state, state.running, TODAY) == []
