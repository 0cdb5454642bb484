"""Running in Home Assistant: its sensors, `log_run`, to-do item, calendar, and what is told."""

from collections.abc import AsyncIterator
from datetime import date
from functools import partial
from typing import Any, Final

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.coordinator import RehabCoordinator
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.facts import RunReported
from custom_components.pht_rehab.domain.strand_steps import StrandDose
from tests.actions import act
from tests.automations import at
from tests.conftest import run as set_up
from tests.entities import registered, state

R5: Final = "4 \N{MULTIPLICATION SIGN} 5 min running, 1 min walking"


@pytest.fixture
async def runner(berlin: HomeAssistant) -> AsyncIterator[MockConfigEntry]:
    """Return a programme on its way back to running, at R5."""
    entry = await set_up(berlin, "Anna", goal="running", stage="hip_flexion")
    record = entry.runtime_data.async_record
    await record(partial(decide.set_stage, stage="hip_flexion", dose_step="R5"))
    await berlin.async_block_till_done()
    yield entry
    await berlin.config_entries.async_unload(entry.entry_id)


async def items(hass: HomeAssistant, entry: MockConfigEntry) -> list[dict[str, Any]]:
    entity_id = registered(hass, entry, "todo", "today").entity_id
    found: Any = await hass.services.async_call(
        "todo", "get_items", {"entity_id": entity_id}, blocking=True, return_response=True
    )
    listed: list[dict[str, Any]] = found[entity_id]["items"]
    return listed


async def tick(hass: HomeAssistant, entry: MockConfigEntry, uid: str, status: str) -> None:
    entity_id = registered(hass, entry, "todo", "today").entity_id
    data = {"entity_id": entity_id, "item": uid, "status": status}
    await hass.services.async_call("todo", "update_item", data, blocking=True)
    await hass.async_block_till_done()


async def test_a_run_says_what_of_ground_and_shoes_to_leave(
    hass: HomeAssistant, runner: MockConfigEntry
) -> None:
    """(d3) in the to-do list as on the card."""
    (run,) = (item for item in await items(hass, runner) if item["uid"].endswith(":run"))
    assert "until R14: no sand" in run["description"]
    assert "the shoes you have until R10." in run["description"]


async def test_where_running_stands(hass: HomeAssistant, runner: MockConfigEntry) -> None:
    step = state(hass, runner, "sensor", "run_step")
    assert step.state == "r5"
    assert step.attributes["options"] == [f"r{number}" for number in range(18)]
    assert state(hass, runner, "binary_sensor", "running_allowed").state == "on"
    answer = await act(hass, "explain")
    assert answer["running"] == {
        "step": "R5",
        "allowed": True,
        "today": {
            "step": "R5",
            "minutes": 20,
            "repeats": 4,
            "walk_minutes": 1,
            "easy": False,
            "hills": False,
            "fast": False,
            "dose": R5,
            "cue": None,
        },
        "done": False,
        "reasons": [],
        "gate": [],
    }


async def test_without_running_in_its_goal(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    assert state(hass, programme, "sensor", "run_step").state == "unknown"
    assert state(hass, programme, "binary_sensor", "running_allowed").state == "unknown"
    assert (await act(hass, "explain"))["running"] is None
    assert all(day["run"] is None for day in (await act(hass, "get_plan"))["days"])


async def test_the_gate_is_told_line_by_line(hass: HomeAssistant, berlin: HomeAssistant) -> None:
    entry = await set_up(berlin, "Ben", goal="running", stage="hip_flexion")
    told = (await act(hass, "explain"))["running"]
    assert (told["step"], told["allowed"]) == ("R0", False)
    assert [why["id"] for why in told["reasons"]] == ["run_gate"]
    assert [line["id"] for line in told["gate"] if not line["met"]] == [
        "test_brisk_walk",
        "test_forward_lunges",
        "test_hops",
        "test_symmetry",
        "rest_pain",
        "night_waking",
    ]
    assert all(line["text"] and "{" not in line["text"] for line in told["gate"])
    await berlin.config_entries.async_unload(entry.entry_id)


async def test_a_run_is_logged_and_judged_by_the_morning(
    hass: HomeAssistant, runner: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    answer = await act(hass, "log_run", minutes=20, pain_during=1, distance=3.1)
    assert answer["response"] == "awaiting_morning_check"
    assert state(hass, runner, "binary_sensor", "running_allowed").state == "on"
    await at(hass, freezer, "2026-03-03T07:30:00")
    await act(hass, "log_morning_check", pain=1)
    await hass.async_block_till_done()
    assert state(hass, runner, "sensor", "response").state == "green"
    assert state(hass, runner, "binary_sensor", "running_allowed").state == "off"
    (entry,) = [one for one in (await act(hass, "get_log"))["entries"] if one["kind"] == "run"]
    assert (entry["dose_step"], entry["minutes"], entry["distance"]) == ("R5", 20, 3.1)
    assert (entry["response"], entry["reasons"][0]["id"]) == ("green", "green")


async def test_a_run_that_hurt_takes_a_step_back(
    hass: HomeAssistant, runner: MockConfigEntry
) -> None:
    await act(hass, "log_run", minutes=20, pain_during=6)
    await hass.async_block_till_done()
    assert state(hass, runner, "sensor", "run_step").state == "r4"
    event = state(hass, runner, "event", "activity")
    assert event.attributes["event_type"] == "screening_due"  # after a RED; the last of several
    told = (await act(hass, "explain"))["running"]
    assert (told["allowed"], [why["id"] for why in told["reasons"]]) == (False, ["red"])
    plan = (await act(hass, "get_plan", start_date="2026-03-03", days=4))["days"]
    assert [day["run_step"] for day in plan] == [None, None, None, "R4"]


@pytest.mark.parametrize(
    ("data", "key", "field"),
    [
        ({"minutes": 0, "pain_during": 1}, "nothing_given", "minutes"),
        ({"minutes": 1441, "pain_during": 1}, "out_of_range", "minutes"),
        ({"minutes": "20", "pain_during": 1}, "out_of_range", "minutes"),
        ({"minutes": 20, "pain_during": 3.7}, "not_a_score", "pain_during"),
        ({"minutes": 20, "pain_during": 1, "pain_after": 11}, "not_a_score", "pain_after"),
        ({"minutes": 20, "pain_during": 1, "distance": -1}, "out_of_range", "distance"),
        ({"minutes": 20, "pain_during": 1, "hills": "yes"}, "not_a_boolean", "hills"),
        ({"minutes": 20, "pain_during": 1, "date": "2026-03-03"}, "date_in_future", "date"),
    ],
)
async def test_what_is_no_run_is_refused(
    hass: HomeAssistant, runner: MockConfigEntry, data: dict[str, Any], key: str, field: str
) -> None:
    before = dict(runner.runtime_data.course.facts)
    with pytest.raises(ServiceValidationError) as refused:
        await act(hass, "log_run", **data)
    assert refused.value.translation_key == key
    assert refused.value.translation_placeholders is not None
    assert refused.value.translation_placeholders["field"] == field
    assert runner.runtime_data.course.facts == before


async def test_the_same_run_twice_is_one(hass: HomeAssistant, runner: MockConfigEntry) -> None:
    first = await act(hass, "log_run", minutes=20, pain_during=1, session_id="watch-1")
    again = await act(hass, "log_run", minutes=20, pain_during=1, session_id="watch-1")
    assert again["log_id"] == first["log_id"]
    runs = [f for f in runner.runtime_data.course.facts.values() if isinstance(f, RunReported)]
    assert len(runs) == 1
    await act(hass, "void_entry", log_id=first["log_id"])
    third = await act(hass, "log_run", minutes=20, pain_during=1, session_id="watch-1")
    assert third["log_id"] != first["log_id"]


async def test_the_run_stands_on_the_list(hass: HomeAssistant, runner: MockConfigEntry) -> None:
    (item,) = [one for one in await items(hass, runner) if one["uid"].endswith(":run")]
    assert (item["summary"], item["status"]) == ("Run", "needs_action")
    assert item["description"].startswith(R5)
    await tick(hass, runner, item["uid"], "completed")
    coordinator: RehabCoordinator = runner.runtime_data
    (told,) = [f for f in coordinator.course.facts.values() if isinstance(f, RunReported)]
    assert (told.minutes, told.pain_during, told.prescribed_step) == (20, None, "R5")
    (item,) = [one for one in await items(hass, runner) if one["uid"].endswith(":run")]
    assert item["status"] == "completed"
    await tick(hass, runner, item["uid"], "needs_action")
    assert coordinator.course.voided == {told.log_id}
    assert coordinator.data.running is not None
    assert not coordinator.data.running.done


async def test_the_calendar_has_runs(
    hass: HomeAssistant, runner: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    entity_id = registered(hass, runner, "calendar", "plan").entity_id

    async def told() -> list[tuple[str, str]]:
        found: Any = await hass.services.async_call(
            "calendar",
            "get_events",
            {
                "entity_id": entity_id,
                "start_date_time": "2026-03-02T00:00:00+01:00",
                "end_date_time": "2026-03-08T00:00:00+01:00",
            },
            blocking=True,
            return_response=True,
        )
        events = found[entity_id]["events"]
        return [
            (event["start"][:10], event["summary"])
            for event in events
            if "un" in event["summary"][:4]
        ]

    planned = f"Run: {R5}"
    assert await told() == [(f"2026-03-0{day}", planned) for day in (2, 4, 6)]
    await act(hass, "log_run", minutes=19, pain_during=2)
    await at(hass, freezer, "2026-03-03T08:00:00")
    await act(hass, "log_morning_check", pain=1)
    assert (await told())[0] == ("2026-03-02", "Run R5, 19 min: Green")


async def with_options(hass: HomeAssistant, entry: MockConfigEntry, **options: object) -> None:
    hass.config_entries.async_update_entry(entry, options={**entry.options, **options})
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()


async def test_a_measured_cadence_gives_a_cue(hass: HomeAssistant, runner: MockConfigEntry) -> None:
    await with_options(hass, runner, cadence=160.0)
    today = (await act(hass, "explain"))["running"]["today"]
    assert today["cue"].startswith("Optional: quicker, shorter steps, 168 and at most 176 a minute")
    assert "by metronome for 1 min in every 5, not constantly" in today["cue"]
    (first, *_others) = (await act(hass, "get_plan"))["days"]
    assert first["run"]["cue"] == today["cue"]
    (item,) = [one for one in await items(hass, runner) if one["uid"].endswith(":run")]
    assert item["description"].endswith(today["cue"])


@pytest.mark.parametrize(("later", "there"), [(None, False), (False, False), (True, True)])
async def test_above_r10_there_is_none_unless_asked_for(
    hass: HomeAssistant, runner: MockConfigEntry, *, later: bool | None, there: bool
) -> None:
    record = runner.runtime_data.async_record
    await record(partial(decide.set_stage, stage="return_to_sport"))
    await record(partial(decide.set_stage, stage="return_to_sport", dose_step="R12"))
    await with_options(hass, runner, cadence=160, cadence_later=later)
    runs = [day["run"] for day in (await act(hass, "get_plan"))["days"] if day["run"]]
    assert runs
    assert all((run["cue"] is not None) is there for run in runs)


async def test_a_run_in_a_day_s_plan_is_spoken(
    hass: HomeAssistant, runner: MockConfigEntry
) -> None:
    summary = state(hass, runner, "sensor", "exercises_today").attributes["summary"]
    assert summary.endswith(f"a run, {R5}.")
    await act(hass, "log_run", minutes=20, pain_during=1)
    await hass.async_block_till_done()
    summary = state(hass, runner, "sensor", "exercises_today").attributes["summary"]
    assert "run," not in summary


async def test_a_run_step_up_is_announced(
    hass: HomeAssistant, runner: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    told: list[str] = []
    entity_id = registered(hass, runner, "event", "activity").entity_id
    hass.bus.async_listen(
        "state_changed",
        lambda event: (
            told.append(event.data["new_state"].attributes.get("event_type"))
            if event.data["entity_id"] == entity_id
            else None
        ),
    )
    for day in range(2, 7):
        on = date(2026, 3, day)
        if day > 2:
            await at(hass, freezer, f"{on}T07:30:00")
            await act(hass, "log_morning_check", pain=1)
        if day % 2 == 0:
            minutes = 21 if day == 6 else 20
            await act(hass, "log_run", minutes=minutes, pain_during=1)
            await hass.async_block_till_done()
    assert state(hass, runner, "sensor", "run_step").state == "r6"
    assert told.count("dose_increased") == 1


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        (StrandDose(step=0, minutes=30.0), "At most 30 min easy and flat"),
        (StrandDose(step=14, minutes=30.0, easy=True), "30 min easy and flat"),
        (StrandDose(step=17), "Normal training"),
        (StrandDose(step=8, minutes=20.0), "20 min without a break"),
        (StrandDose(step=15, minutes=40.0), "40 min flat with"),
    ],
)
def test_a_run_in_words(runner: MockConfigEntry, dose: StrandDose, words: str) -> None:
    assert runner.runtime_data.texts.run(dose).startswith(words)
