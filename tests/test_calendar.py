"""The calendar: what was done, what is planned, and what may come of it."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import (  # type: ignore[import-untyped]
    ClientSessionGenerator,
)

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.forecast import HORIZON_DAYS
from tests.entities import registered, state

type Entry = dict[str, Any]


async def listed(
    hass: HomeAssistant, programme: MockConfigEntry, first: str, last: str
) -> list[Entry]:
    """Return the events of some dates as the action gives them."""
    entity_id = registered(hass, programme, "calendar", "plan").entity_id
    times = {"start_date_time": f"{first}T00:00:00", "end_date_time": f"{last}T23:59:59"}
    answer = await hass.services.async_call(
        "calendar", "get_events", {"entity_id": entity_id, **times},
        blocking=True, return_response=True,
    )  # fmt: skip
    events: list[Entry] = answer[entity_id]["events"]  # type: ignore[index,assignment,call-overload]
    return events


async def until(hass: HomeAssistant, freezer: FrozenDateTimeFactory, when: str) -> None:
    """Wait until a local time."""
    freezer.move_to(when)
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def do_session(hass: HomeAssistant, programme: MockConfigEntry, **told: Any) -> None:
    """Log a session."""
    await programme.runtime_data.async_record(partial(decide.log_session, **told))
    await hass.async_block_till_done()


def short(events: list[Entry]) -> list[tuple[str, str]]:
    return [(event["start"][:16], event["summary"]) for event in events]


async def test_a_week_ahead(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    events = await listed(hass, programme, "2026-03-02", "2026-03-08")
    assert short(events) == [
        ("2026-03-02T18:00", "Session S2.1"),
        ("2026-03-03", "Rest day"),
        ("2026-03-04T18:00", "Session S2.1"),
        ("2026-03-05", "Rest day"),
        ("2026-03-06T18:00", "Session S2.2"),
        ("2026-03-07", "Rest day"),
        ("2026-03-08", "Rest day"),
    ]


async def test_a_session_says_what_is_done_and_how_long_it_takes(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    event = (await listed(hass, programme, "2026-03-02", "2026-03-02"))[0]
    assert event["description"].splitlines()[0].startswith("Two-leg bridge, slow, 3 ")
    lasts = datetime.fromisoformat(event["end"]) - datetime.fromisoformat(event["start"])
    assert lasts % timedelta(minutes=5) == timedelta()
    assert timedelta(minutes=20) <= lasts <= timedelta(minutes=75)


async def test_what_is_planned_is_what_the_plan_says(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    plan = await hass.services.async_call(
        "pht_rehab", "get_plan", {"days": 28}, blocking=True, return_response=True
    )
    events = await listed(hass, programme, "2026-03-02", "2026-03-29")
    sessions = {event["start"][:10]: event for event in events if "T" in event["start"]}
    for day in plan["days"]:  # type: ignore[index,union-attr]
        event = sessions.get(day["date"], {"summary": ""})  # type: ignore[index,call-overload]
        wanted = f"Session {day['dose_step']}" if day["dose_step"] else ""  # type: ignore[index,call-overload]
        assert event["summary"] == wanted


async def test_past_sessions_with_their_response(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await do_session(hass, programme, pain_during=1)
    await until(hass, freezer, "2026-03-03T08:00:00+01:00")
    await programme.runtime_data.async_record(partial(decide.log_morning_check, pain=1))
    await until(hass, freezer, "2026-03-04T18:00:00+01:00")
    await do_session(hass, programme, pain_during=7)
    events = await listed(hass, programme, "2026-03-01", "2026-03-05")
    assert short(events)[:3] == [
        ("2026-03-02", "Session S2.1: Green"),
        ("2026-03-04", "Session S2.1: Red"),
        ("2026-03-05T18:00", "Light exercises"),
    ]
    assert await listed(hass, programme, "2016-01-01", "2016-02-01") == []


async def test_a_session_left_out_is_gone_from_today(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    await programme.runtime_data.async_record(decide.skip_session)
    await hass.async_block_till_done()
    assert await listed(hass, programme, "2026-03-02", "2026-03-02") == []


async def test_a_stage_to_come_is_tentative_and_named_once(
    hass: HomeAssistant, programme: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    entity_id = registered(hass, programme, "calendar", "plan").entity_id
    client = await hass_client()
    answer = await client.get(
        f"/api/calendars/{entity_id}?start=2026-03-02T00:00:00Z&end=2029-03-02T00:00:00Z"
    )
    events = await answer.json()
    changes = [event for event in events if event["summary"].startswith("Earliest next stage")]
    assert len(changes) >= 1
    assert len({event["summary"] for event in changes}) == len(changes)
    assert changes[0]["start"] == {"date": str(programme.runtime_data.data.next_stage)}
    assert {event.get("status") for event in changes} == {"tentative"}
    assert {event.get("status") for event in events if event not in changes} == {None}
    reach = date(2026, 3, 2) + timedelta(days=HORIZON_DAYS)
    assert events[-1]["start"] == {"date": str(reach)} or events[-1]["start"]["dateTime"]
    assert all(str(event["end"]) <= str({"date": str(reach + timedelta(days=2))})
               for event in events if "date" in event["end"])  # fmt: skip
    tests = [event for event in events if event["summary"].startswith("Test: ")]
    assert tests


async def test_a_pause_plans_nothing(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    await programme.runtime_data.async_record(partial(decide.pause, until=date(2026, 3, 6)))
    await hass.async_block_till_done()
    events = await listed(hass, programme, "2026-03-02", "2026-03-06")
    assert [event["start"][:10] for event in events] == ["2026-03-06"]


async def test_its_state_follows_the_session_and_not_a_day_of_rest(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    seen = []
    for moment in ("02T17:59", "02T18:01", "02T20:00", "03T12:00", "04T18:01"):
        await until(hass, freezer, f"2026-03-{moment}:00+01:00")
        seen.append(state(hass, programme, "calendar", "plan").state)
    assert seen == ["off", "on", "off", "off", "on"]
    await do_session(hass, programme, pain_during=1)
    shown = state(hass, programme, "calendar", "plan")
    assert (shown.state, shown.attributes["start_time"]) == ("off", "2026-03-06 18:00:00")
