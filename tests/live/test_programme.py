"""A programme's first week in a real Home Assistant, over its HTTP and websocket API.

It is set up with the process's clock a week behind, and the week is then told day by day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from script.real_ha import INTEGRATION, CommandError, RealHA, empty

from .conftest import RESULTS, VERSIONS
from .house import clock

DOMAIN = "pht_rehab"
DAYS = 7
USER = {
    "name": "Alex",
    "side": "left",
    "goal": "everyday",
    "training_days": ["mon", "wed", "fri"],
    "session_time": "18:00:00",
    "more": {"morning_time": "07:30:00", "equipment": ["mat", "band"]},
}
NOTHING = {"symptoms": [], "clinician_confirmed": True}
PLACEMENT = {"morning_pain": 2, "lasting_symptoms": False, "running_now": False}


@pytest.fixture(scope="module")
def ha(version: str) -> Iterator[RealHA]:
    """A Home Assistant of today, in which a programme was set up a week ago."""
    folder = empty(RESULTS / f"test_programme-{version}")
    hass = VERSIONS[version]
    past = RealHA(
        folder, hass=hass, components=[INTEGRATION], environment=clock(timedelta(days=-DAYS))
    )
    _record_nothing(folder / "configuration.yaml")
    with past:
        past.onboard()
        flow = past.start_flow(DOMAIN)
        for answers in (USER, NOTHING, PLACEMENT):
            flow.submit(answers)
        assert flow.result["type"] == "create_entry"
    with RealHA(folder, hass=hass, port=past.port, components=[INTEGRATION]) as running:
        running.log_in("alex", "test-password")
        yield running


def _record_nothing(configuration: Path) -> None:
    """Leave out what needs the recorder, which would make up for the week's statistics first."""
    lines = configuration.read_text().splitlines(keepends=True)
    kept = (line for line in lines if line not in ("energy:\n", "history:\n", "logbook:\n"))
    configuration.write_text("".join(kept))


@dataclass(frozen=True)
class Week:
    """The days from the set-up's on, what the actions answered, and the last day of all."""

    days: list[date]
    answers: list[dict[str, Any]]

    @property
    def today(self) -> date:
        """The day after the seventh."""
        return self.days[-1]


@pytest.fixture(scope="module")
def week(ha: RealHA) -> Week:
    """A calm week of daily sessions and morning checks, told afterwards."""
    planned = ha.action(f"{DOMAIN}.get_plan", response=True)["days"]
    today = date.fromisoformat(planned[0]["date"])
    days = [today - timedelta(days=back) for back in range(DAYS, -1, -1)]
    answers = []
    for day in days:
        if day != days[0]:  # its score was part of the set-up
            check = {"date": day.isoformat(), "pain": 1, "rest_pain": 1, "night_waking": False}
            answers.append(ha.action(f"{DOMAIN}.log_morning_check", check, response=True))
        if day != today:
            session = {"date": day.isoformat(), "pain_during": 1, "pain_after": 1, "effort": 5}
            answers.append(ha.action(f"{DOMAIN}.log_session", session, response=True))
    return Week(days, answers)


def _states(ha: RealHA, *keys: str) -> dict[str, str]:
    entities = ha.entities(DOMAIN)
    return {key: ha.state(entities[key])["state"] for key in keys}


def _log(ha: RealHA, week: Week) -> list[dict[str, Any]]:
    start = {"start_date": week.days[0].isoformat()}
    entries: list[dict[str, Any]] = ha.action(f"{DOMAIN}.get_log", start, response=True)["entries"]
    return entries


def _journal(ha: RealHA, entry_id: str) -> Path:
    return ha.config / ".storage" / f"{DOMAIN}.{entry_id}.jsonl"


@contextmanager
def _as(ha: RealHA, token: str) -> Iterator[None]:
    """Send requests with somebody else's token."""
    mine, ha.token = ha.token, token
    try:
        yield
    finally:
        ha.token = mine


def test_three_forms_lead_to_a_programme_that_can_be_removed(ha: RealHA) -> None:
    flow = ha.start_flow(DOMAIN)
    assert flow.step == "user"
    flow.submit({**USER, "name": "Sam", "training_days": ["mon", "tue"]})
    assert flow.result["errors"] == {"training_days": "days_too_close"}
    flow.submit({**USER, "name": "Sam"})
    assert flow.step == "screening"
    flow.submit({"symptoms": [], "clinician_confirmed": False})
    assert flow.step == "clinician"
    flow.submit({"acknowledged": True})
    assert flow.step == "placement"
    flow.submit({})
    assert flow.result["errors"] == {"morning_pain": "score_needed"}
    result = flow.submit({"morning_pain": 4})
    assert (result["type"], result["title"]) == ("create_entry", "Sam")

    entry_id = result["result"]["entry_id"]
    entities = ha.entities(DOMAIN, entry_id)
    assert entities["stage"] == "sensor.sam_stage"
    shown = {key: ha.state(entities[key])["state"] for key in ("stage", "log_morning_pain")}
    assert shown == {"stage": "settle", "log_morning_pain": "4.0"}
    with pytest.raises(CommandError, match="multiple config entries"):
        ha.action(f"{DOMAIN}.explain", response=True)  # whose?

    assert _journal(ha, entry_id).exists()
    ha.request("DELETE", f"/api/config/config_entries/entry/{entry_id}")
    assert not list(ha.config.glob(f".storage/*{entry_id}*"))
    assert ha.entities(DOMAIN, entry_id) == {}


def test_an_answer_that_needs_a_doctor_ends_the_set_up(ha: RealHA) -> None:
    flow = ha.start_flow(DOMAIN)
    flow.submit({**USER, "name": "Kim"})
    result = flow.submit({"symptoms": ["swollen_calf", "under_18"], "clinician_confirmed": True})
    assert (result["type"], result["reason"]) == ("abort", "blocked_swollen_calf")
    assert [entry["title"] for entry in ha.entries(DOMAIN)] == ["Alex"]


def test_a_calm_week_raises_the_dose(ha: RealHA, week: Week) -> None:
    shown = {
        "stage": "isometric",
        "dose_step": "I1.4",  # from I1.1: up after two calm sessions, three times
        "response": "green",
        "adherence": "100",
        "session_pain": "1",
        "morning_pain": "1",
        "log_morning_pain": "1",
        "log_session_pain": "unknown",
        "exercises_today": "3",
        "today": "3",
        "flare_up": "off",
        "ready_to_progress": "off",
        "morning_check_due": "off",
    }
    assert _states(ha, *shown) == shown
    told = week.answers[-1]
    assert told.keys() >= {
        "log_id",
        "response",
        "stage",
        "dose_step",
        "days_to_next_progression",
        "next_session",
        "reasons",
    }
    assert (told["response"], told["dose_step"]) == ("green", "I1.4")


def test_the_plan_is_told_day_by_day(ha: RealHA, week: Week) -> None:
    days = ha.action(f"{DOMAIN}.get_plan", {"days": 14}, response=True)["days"]
    assert [day["date"] for day in days] == [
        (week.today + timedelta(days=ahead)).isoformat() for ahead in range(14)
    ]
    for day in days:
        assert day.keys() >= {
            "date",
            "kind",
            "stage",
            "dose_step",
            "exercises",
            "tests",
            "run_step",
            "reasons",
        }
        for exercise in day["exercises"]:
            dose = {"reps", "hold_seconds"} & exercise.keys()
            assert len(dose) == 1
            assert exercise.keys() - dose == {
                "id",
                "name",
                "strand",
                "side",
                "sets",
                "tempo",
                "rest_seconds",
                "load",
                "equipment",
                "dose",
                "how_to",
            }
    assert len(days[0]["exercises"]) == int(_states(ha, "exercises_today")["exercises_today"])


def test_the_log_keeps_what_was_told(ha: RealHA, week: Week) -> None:
    entries = _log(ha, week)
    kinds = [(entry["date"], entry["kind"]) for entry in entries]
    first, *middle, last = (day.isoformat() for day in week.days)
    assert kinds == [
        (first, "set_up"),
        (first, "session"),
        *((day, kind) for day in middle for kind in ("morning_check", "session")),
        (last, "morning_check"),
    ]
    assert [entry["log_id"] for entry in entries[1:]] == [told["log_id"] for told in week.answers]
    steps = [entry["dose_step"] for entry in entries if entry["kind"] == "session"]
    assert steps == ["I1.1", "I1.1", "I1.2", "I1.2", "I1.3", "I1.3", "I1.4"]
    for entry in entries:
        assert entry.keys() >= {"log_id", "kind", "date", "logged_at", "voided"}
        if entry["kind"] == "session":
            assert (entry["pain_during"], entry["response"]) == (1, "green")
            assert entry["reasons"][0].keys() == {"id", "text", "until"}


def test_it_explains_itself(ha: RealHA, week: Week) -> None:
    explained = ha.action(f"{DOMAIN}.explain", response=True)
    assert explained.keys() >= {
        "stage",
        "dose_step",
        "outcome",
        "band",
        "streak",
        "hold_until",
        "reasons",
        "criteria",
        "waiting_for",
        "next_progression",
    }
    for line in explained["criteria"]:
        assert line.keys() == {"id", "met", "value", "target", "text"}
    for told in (*explained["reasons"], *explained["criteria"]):
        assert "{" not in told["text"]
        assert "reason_" not in told["text"]
    ahead = date.fromisoformat(explained["next_progression"]) - week.today
    assert _states(ha, "stage", "dose_step", "days_to_next_progression") == {
        "stage": explained["stage"],
        "dose_step": explained["dose_step"],
        "days_to_next_progression": str(ahead.days),
    }


@pytest.mark.usefixtures("week")
@pytest.mark.parametrize("score", [11, -1, 2.3, "much", True])
def test_a_wrong_score_is_refused_by_name(ha: RealHA, score: object) -> None:
    before = _states(ha, "session_pain", "response", "dose_step")
    with pytest.raises(CommandError, match=r"pain_during: a score from 0 to 10"):
        ha.action(f"{DOMAIN}.log_session", {"pain_during": score})
    assert _states(ha, "session_pain", "response", "dose_step") == before


@pytest.mark.usefixtures("week")
def test_who_may_only_read_may_not_log(ha: RealHA) -> None:
    reader = ha.add_user("Reader", "system-read-only")
    stage = ha.entities(DOMAIN)["stage"]
    with _as(ha, reader):
        assert ha.state(stage)["state"] == "isometric"
        with pytest.raises(CommandError, match="401"):
            ha.request("POST", f"/api/services/{DOMAIN}/log_session", json={"pain_during": 1})
        with pytest.raises(CommandError, match="401"):
            ha.request("POST", f"/api/services/{DOMAIN}/get_log?return_response", json={})
        read = f"/api/services/{DOMAIN}/explain?return_response"
        assert ha.request("POST", read, json={})["service_response"]["stage"] == "isometric"


def test_all_is_there_after_a_restart(ha: RealHA, week: Week) -> None:
    (entry,) = ha.entries(DOMAIN)
    entities = ha.entities(DOMAIN)
    disabled = {"next_progression", "morning_baseline", "weekly_load"}
    drawn = {"next_exercise"}  # a picture's state is when it was drawn
    shown = [key for key in entities if key not in disabled | drawn]
    states, log = _states(ha, *shown), _log(ha, week)
    assert _journal(ha, entry["entry_id"]).stat().st_mode & 0o777 == 0o600
    ha.restart()
    assert _states(ha, *shown) == states
    assert _log(ha, week) == log
    assert _journal(ha, entry["entry_id"]).stat().st_mode & 0o777 == 0o600


def test_nothing_was_logged_as_an_error(ha: RealHA) -> None:
    refused = "[homeassistant.components.websocket_api.http.connection]"
    assert [error for error in ha.errors() if refused not in error] == []
