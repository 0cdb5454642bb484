"""What happens beside the programme, and hops and runs: injections, medicines, fever (c7, c8)."""

import pytest

from custom_components.pht_rehab.domain.model import Band, DayKind, Reason, RehabError, Response
from custom_components.pht_rehab.domain.running import not_today
from custom_components.pht_rehab.domain.state import State
from tests.domain.builders import History

CLINICAL = ("injection", "shockwave", "surgery")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def runner(run: str = "R10", hops: str = "E3") -> History:
    """Return somebody who hops and runs, with strength on day 0, hops on day 1, a run on day 2."""
    told = History(stage="energy_storage", goal="running", days=WEEK)
    told.set_stage(0, "energy_storage", hops).set_stage(0, "energy_storage", run)
    return told.thrive(0, 4)


def steps(state: State) -> tuple[str, str]:
    return state.running.step_id, state.energy.step_id


def why_no_run(told: History, day: int) -> str:
    why: Reason | None = not_today(told.state(day), told.on(day))
    return "" if why is None else why.id.value


def loads(told: History, day: int) -> bool:
    """Return whether hops or a run are planned."""
    plan = told.at(day).plan
    return plan.energy is not None or plan.run is not None


# Injection, shockwave, surgery


@pytest.mark.parametrize("event", CLINICAL)
def test_clinical_events_pause_hops_and_runs(event: str) -> None:
    told = runner().event(5, event)
    for day in (5, 6, 20):
        assert told.kind(day) is DayKind.PAUSED
        assert not loads(told, day)
        assert why_no_run(told, day) == "clinician"
    with pytest.raises(RehabError, match="paused"):
        told.run(6, 20)


@pytest.mark.parametrize("event", CLINICAL)
@pytest.mark.parametrize(
    ("run", "hops", "restart"),
    [("R10", "E3", ("R8", "E1")), ("R2", "E2", ("R1", "E1")), ("R1", "E1", ("R1", "E1"))],
)
def test_they_restart_two_steps_lower(
    event: str, run: str, hops: str, restart: tuple[str, str]
) -> None:
    told = runner(run, hops)
    assert steps(told.state(4)) == (run, hops)
    told.event(5, event).resume(9)
    assert steps(told.state(9)) == restart
    assert steps(told.state(12)) == restart  # once


@pytest.mark.parametrize(
    ("back", "run"), [(4, "R8"), (14, "R8"), (15, "R7"), (28, "R7"), (29, "R3")]
)
def test_of_restart_and_break_the_larger_counts(back: int, run: str) -> None:
    told = runner()
    last = (told.state(4).running.last_session or told.start) - told.start
    told.event(5, "injection").resume(last.days + back)
    assert steps(told.state(last.days + back)) == (run, "E1")


def test_a_restart_is_judged_strictly_for_fourteen_days() -> None:
    told = runner().event(5, "injection").resume(9)
    assert [told.overview(day).explanation.band for day in (22, 23)] == [Band.STRICT, Band.NORMAL]
    told.morning(10).run(10, 20, pain=3).morning(11)
    (run,) = [one for one in told.state(11).running.records if one.on == told.on(10)]
    assert (run.band, run.response) == (Band.STRICT, Response.AMBER)


def test_hops_wait_for_a_calm_session_of_strength() -> None:
    told = runner().event(5, "injection").resume(9).quiet(9, 10)
    assert told.at(10).plan.energy is None
    assert told.state(10).energy.waits_for_green


def test_whoever_never_stopped_is_asked_the_gate() -> None:
    told = History(goal="running", running=True, running_minutes=90).calm(0, 4)
    assert told.state(4).running.kept
    assert why_no_run(told, 4) == ""
    told.event(5, "injection").resume(9)
    assert not told.state(9).running.kept
    assert why_no_run(told, 9) == "other_strand"


# Medicines


def test_a_fluoroquinolone_holds_hops_and_runs_until_cleared() -> None:
    told = runner().event(5, "fluoroquinolone").quiet(6, 12)
    for day in range(5, 13):
        assert not loads(told, day)
        assert why_no_run(told, day) == "contact_prescriber"
    assert steps(told.state(12)) == ("R10", "E3")
    told.unlock(13).quiet(13, 15)
    assert why_no_run(told, 13) == ""
    assert any(loads(told, day) for day in (13, 14, 15))


def test_pregnancy_is_clinician_guided_and_goes_on() -> None:
    plain, told = runner(), runner().event(5, "pregnancy")
    assert told.overview(5).clinician_guided
    assert told.at(5).plan == plain.at(5).plan
    assert why_no_run(told, 6) == why_no_run(plain, 6)


# Fever


@pytest.mark.parametrize(("ended", "free"), [(6, 7), (8, 9)])
def test_no_run_until_a_day_without_fever(ended: int, free: int) -> None:
    told = runner().event(5, "illness_started").event(ended, "illness_ended")
    for day in range(5, free):
        assert not loads(told, day)
        assert why_no_run(told, day) == "illness"
    assert why_no_run(told, free) != "illness"
    assert steps(told.state(free)) == ("R10", "E3")


def test_after_a_longer_illness_the_table_applies_to_runs() -> None:
    told = runner()
    last = told.state(4).running.last_session
    assert last is not None
    back = (last - told.start).days + 8
    told.event(5, "illness_started").event(back - 1, "illness_ended").quiet(5, back)
    run = told.at(back).plan.run
    assert run is not None
    assert run.step == told.state(back).running.step - 1  # type: ignore[operator]
    assert run.why is not None
    assert run.why.id.value == "gap_step_down"
