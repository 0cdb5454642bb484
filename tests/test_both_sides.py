"""Two sides in Home Assistant: set-up, actions, entities, to-do list, report, and the offer."""

from collections.abc import AsyncIterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.todo import DOMAIN as TODO
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.choices import add_side
from custom_components.pht_rehab.domain.facts import SessionReported, SideAdded
from custom_components.pht_rehab.read_model import read_model
from tests.actions import act
from tests.conftest import OPTIONS, SET_UP
from tests.entities import registered, state

RIGHT: dict[str, Any] = {"date": "2026-03-02", "side": "right", "morning_pain": 4}
USER: dict[str, Any] = {
    "name": "Anna",
    "side": "both",
    "goal": "everyday",
    "training_days": ["mon", "wed", "fri"],
    "session_time": "18:00:00",
    "more": {"morning_time": "07:00:00", "equipment": ["mat", "band"]},
}


@pytest.fixture
async def both(berlin: HomeAssistant) -> AsyncIterator[MockConfigEntry]:
    """Return a programme of two sides: left in slow strength, right settling."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Anna",
        unique_id="anna_both",
        data={"name": "Anna", "set_up": {**SET_UP, "side": "left"}, "other_side": RIGHT},
        options=OPTIONS,
    )
    entry.add_to_hass(berlin)
    assert await berlin.config_entries.async_setup(entry.entry_id)
    await berlin.async_block_till_done()
    yield entry
    await berlin.config_entries.async_unload(entry.entry_id)


# Set-up


async def test_set_up_asks_each_side(hass: HomeAssistant) -> None:
    result = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    for form in (
        USER,
        {"symptoms": [], "clinician_confirmed": True},
        {"morning_pain": 1, "sitting_minutes": 40, "lasting_symptoms": False, "running_now": False},
    ):
        result = await hass.config_entries.flow.async_configure(result["flow_id"], form)
        await hass.async_block_till_done()
    assert result["step_id"] == "other_side"
    assert result["description_placeholders"] == {"side": "Right"}
    result = await hass.config_entries.flow.async_configure(
        result["flow_id"], {"lasting_symptoms": False}
    )
    assert result["errors"] == {"morning_pain": "score_needed"}
    result = await hass.config_entries.flow.async_configure(
        result["flow_id"], {"morning_pain": 5, "lasting_symptoms": True}
    )
    await hass.async_block_till_done()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    entry = result["result"]
    assert entry.unique_id == "anna_both"
    assert entry.data["set_up"]["side"] == "left"
    other = entry.data["other_side"]
    assert (other["side"], other["morning_pain"], other["sitting_minutes"]) == ("right", 5, 40)
    course = entry.runtime_data.course
    assert course.side == "both"
    assert [one.set_up.side for one in course.sides] == ["left", "right"]
    again = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    again = await hass.config_entries.flow.async_configure(again["flow_id"], USER)
    assert again["reason"] == "already_configured"
    await hass.config_entries.async_unload(entry.entry_id)


async def test_set_up_of_both_sides_does_not_say_that_one_is_followed(hass: HomeAssistant) -> None:
    result = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    screened = {"symptoms": ["other_side", "low_mood"], "clinician_confirmed": True}
    for form in (USER, screened):
        result = await hass.config_entries.flow.async_configure(result["flow_id"], form)
    notes = (result["description_placeholders"] or {})["notes"].splitlines()
    assert [note[:14] for note in notes] == ["- Both sides a", "- **Low mood:*"]


async def test_the_other_side_is_followed_from_a_later_day(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-03-04T09:00:00+01:00")
    result = await programme.start_reconfigure_flow(hass)
    result = await hass.config_entries.flow.async_configure(
        result["flow_id"], {"name": "Anna", "goal": "everyday", "follow_both": True}
    )
    assert result["step_id"] == "other_side"
    assert result["description_placeholders"] == {"side": "Left"}
    result = await hass.config_entries.flow.async_configure(
        result["flow_id"], {"morning_pain": 4, "lasting_symptoms": False}
    )
    await hass.async_block_till_done()
    assert result["reason"] == "reconfigure_successful"
    assert programme.unique_id == "anna_both"
    course = programme.runtime_data.course
    assert course.other.start.isoformat() == "2026-03-04"
    assert course.start.isoformat() == "2026-03-02"
    facts = [fact for fact in course.facts.values() if isinstance(fact, SideAdded)]
    assert len(facts) == 1
    await hass.config_entries.async_reload(programme.entry_id)  # it is not told twice
    course = programme.runtime_data.course
    assert sum(isinstance(fact, SideAdded) for fact in course.facts.values()) == 1
    form = await programme.start_reconfigure_flow(hass)
    assert "follow_both" not in {str(key) for key in form["data_schema"].schema}
    result = await hass.config_entries.flow.async_configure(
        form["flow_id"], {"name": "Ada", "goal": "everyday"}
    )
    await hass.async_block_till_done()
    assert programme.unique_id == "ada_both"


# What is shown


async def test_the_worse_side_governs(hass: HomeAssistant, both: MockConfigEntry) -> None:
    assert state(hass, both, "sensor", "stage").state == "settle"
    answer = await act(hass, "explain")
    assert (answer["stage"], answer["side"]) == ("settle", "right")
    assert answer["sides"]["left"]["stage"] == "isotonic"
    assert answer["sides"]["right"]["stage"] == "settle"
    for told in answer["sides"].values():
        assert {"dose_step", "response", "morning_pain", "baseline", "flare_up"} <= told.keys()
        assert told["criteria"]


async def test_each_side_does_its_own(hass: HomeAssistant, both: MockConfigEntry) -> None:
    shown = state(hass, both, "sensor", "exercises_today").attributes["exercises"]
    sides = {item["id"]: item["side"] for item in shown}
    assert sides["iso_bridge_double"] == "both"  # the lower dose of the two
    assert "bridge_double_slow" not in sides
    assert sides["prone_curl_band"] == "left"
    plan = await act(hass, "get_plan", days=7)
    found = {item["side"] for day in plan["days"] for item in day["exercises"]}
    assert found <= {"both", "each", "alternate", "left", "right"}


async def test_scores_are_of_a_side_or_of_both(hass: HomeAssistant, both: MockConfigEntry) -> None:
    course = both.runtime_data.course
    await act(hass, "log_morning_check", pain=2, side="left")
    assert course.of("left").diary.page(course.start).scores
    await act(hass, "log_session", pain_during=1, side="left")
    told = [fact for fact in course.facts.values() if isinstance(fact, SessionReported)]
    assert [(fact.side, fact.pain_during) for fact in told] == [("left", 1), ("right", None)]
    await act(hass, "log_session", pain_during=3, side="right")
    page = course.of("right").diary.page(course.start)
    assert page.session.pain_during == 3
    assert course.of("left").diary.page(course.start).session.pain_during == 1
    log = await act(hass, "get_log")
    entries = [entry for entry in log["entries"] if entry["kind"] == "session"]
    assert [entry["dose_step"] for entry in entries] == ["S2.1", "I0.1", "I0.1"]
    await act(hass, "void_entry", log_id=entries[0]["log_id"])
    assert course.of("left").diary.page(course.start).session is None


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("log_session", {}),
        ("log_run", {"minutes": 10, "pain_during": 1}),
        ("log_morning_check", {"pain": 1}),
        ("log_test", {"test": "rdl", "pain": 1}),
        ("progress", {}),
        ("set_stage", {"stage": "settle"}),
    ],
)
@pytest.mark.usefixtures("both")
async def test_a_side_that_is_none_is_refused(
    hass: HomeAssistant, action: str, data: dict[str, Any]
) -> None:
    for side in ("both", "up"):
        with pytest.raises(ServiceValidationError) as refused:
            await act(hass, action, **data, side=side)
        assert refused.value.translation_key == "not_this_side"
        assert (refused.value.translation_placeholders or {})["field"] == "side"


async def test_one_side_alone_takes_its_own_name_only(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    await act(hass, "log_session", pain_during=1, side="right")
    with pytest.raises(ServiceValidationError):
        await act(hass, "log_session", pain_during=1, side="left")
    course = programme.runtime_data.course
    assert all(getattr(fact, "side", None) is None for fact in [*course.facts.values()][1:])


async def test_the_list_ticks_one_side(hass: HomeAssistant, both: MockConfigEntry) -> None:
    list_id = registered(hass, both, TODO, "today").entity_id
    course = both.runtime_data.course
    items: Any = await hass.services.async_call(
        TODO, "get_items", {"entity_id": list_id}, blocking=True, return_response=True
    )
    uids = [item["uid"] for item in items[list_id]["items"]]
    assert len(uids) == len(set(uids))
    assert "2026-03-02:prone_curl_band:left" in uids
    for status, done in (("completed", True), ("needs_action", False)):
        await hass.services.async_call(
            TODO,
            "update_item",
            {
                "entity_id": list_id,
                "item": "2026-03-02:prone_curl_band:left",
                "status": status,
            },
            blocking=True,
        )
        session = course.of("left").diary.page(course.start).session
        assert bool(session and session.covered.get("prone_curl_band")) is done
        assert course.of("right").diary.page(course.start).session is None


async def test_a_run_is_told_once_though_each_side_is_asked(
    hass: HomeAssistant, both: MockConfigEntry
) -> None:
    course = both.runtime_data.course
    await act(hass, "log_run", minutes=10, pain_during=1, side="left", session_id="a-left")
    right = course.of("right").diary
    assert (right.page(course.start).run.minutes, right.page(course.start).run.pain_during) == (
        10,
        None,
    )
    await act(hass, "log_run", minutes=10, pain_during=4, side="right", session_id="a-right")
    assert (right.page(course.start).run.minutes, right.page(course.start).run.pain_during) == (
        10,
        4,
    )
    known = await act(
        hass, "log_run", minutes=10, pain_during=4, side="right", session_id="a-right"
    )
    assert known["log_id"]
    left = course.of("left").diary.page(course.start).run
    assert (left.minutes, left.pain_during) == (10, 1)


@pytest.mark.usefixtures("both")
async def test_the_report_tells_both(hass: HomeAssistant) -> None:
    answer = await act(hass, "clinician_report")
    assert "Both sides" in answer["html"]
    assert "Left side" in answer["html"]
    assert "Right side" in answer["html"]
    lines = answer["csv"].splitlines()
    assert lines[0].startswith("side,date,")
    assert [line.split(",")[0] for line in lines[1:]] == ["left", "right"]


@pytest.mark.usefixtures("both")
async def test_a_log_of_two_sides_comes_back(hass: HomeAssistant) -> None:
    await act(hass, "log_session", pain_during=1)
    data = await act(hass, "export", format="json")
    answer = await act(hass, "import_log", data=data)
    assert answer == {"added": 0}


# The other side begins to hurt


@pytest.mark.parametrize(("pain", "offered"), [(2.5, False), (3, True)])
async def test_a_sore_morning_of_the_other_side_offers_to_follow_it(
    hass: HomeAssistant, programme: MockConfigEntry, pain: float, *, offered: bool
) -> None:
    before = state(hass, programme, "sensor", "morning_pain").state
    await act(hass, "log_morning_check", pain=pain, side="left")
    assert state(hass, programme, "sensor", "morning_pain").state == before
    issues = ir.async_get(hass)
    issue = issues.async_get_issue(DOMAIN, f"other_side_{programme.entry_id}")
    assert (issue is not None) is offered
    reasons = [why["id"] for why in (await act(hass, "explain"))["reasons"]]
    assert ("other_side" in reasons) is offered


async def test_a_reported_other_side_offers_to_follow_it(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    await act(hass, "report_symptoms", symptoms=["other_side"])
    issues = ir.async_get(hass)
    assert issues.async_get_issue(DOMAIN, f"other_side_{programme.entry_id}") is not None


async def test_nothing_has_moved_when_another_side_governs(
    hass: HomeAssistant, both: MockConfigEntry
) -> None:
    """First the settling right side governs, then the left one of slow strength, and back."""
    coordinator = both.runtime_data
    told: list[str] = []
    coordinator.announcer.subscribe(lambda activity: told.append(activity.type))
    assert coordinator.data.side == "right"
    await act(hass, "set_stage", stage="hip_flexion", side="right")
    await hass.async_block_till_done()
    assert coordinator.data.side == "left"
    assert told == []
    await act(hass, "set_stage", stage="hip_flexion", dose_step="S3.a2", side="left")
    await hass.async_block_till_done()
    assert coordinator.data.side == "right"
    assert told == []
    await act(hass, "set_stage", stage="isotonic", side="right")
    await hass.async_block_till_done()
    assert coordinator.data.side == "right"
    assert set(told) == {"stage_reduced", "dose_reduced"}


async def test_the_days_of_one_side_are_told_after_the_other_is_followed(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await act(hass, "log_session", pain_during=1)
    freezer.move_to("2026-03-03T08:00:00+01:00")
    await act(hass, "log_morning_check", pain=1)
    freezer.move_to("2026-03-04T09:00:00+01:00")
    coordinator = programme.runtime_data
    await coordinator.async_record(
        partial(add_side, on=date(2026, 3, 4), side="left", morning_pain=4.0)
    )
    assert coordinator.data.side == "left"  # it settles, and so governs
    (session,) = [
        one for one in (await act(hass, "get_log"))["entries"] if one["kind"] == "session"
    ]
    assert session["response"] == "green"
    model = read_model(coordinator, coordinator.texts)
    assert model["limits"]["first_day"] == "2026-03-02"
    assert [day["date"] for day in model["trend"]] == [f"2026-03-0{day}" for day in (2, 3, 4)]
    assert model["trend"][0]["response"] == "green"


async def test_a_corrected_entry_still_belongs_to_the_other_sides(
    hass: HomeAssistant, both: MockConfigEntry
) -> None:
    coordinator = both.runtime_data
    course = coordinator.course
    answer = await act(hass, "log_session", pain_during=1, side="right")
    told = course.reported_sessions(course.start)
    assert len(told) == 2
    await coordinator.async_record(partial(decide.note, log_id=told[1].log_id, words="a windy day"))
    scored = next(fact for fact in told if fact.log_id == answer["log_id"])
    made = await coordinator.async_record(
        partial(decide.correct, log_id=scored.log_id, scores={"pain_during": 3})
    )
    again = course.reported_sessions(course.start)
    assert {fact.side: fact.pain_during for fact in again} == {"left": None, "right": 3}
    assert [course.diary.note(fact.log_id) for fact in again].count("a windy day") == 1
    assert made.log_id in {fact.log_id for fact in again if fact.side == "right"}
    await act(hass, "void_entry", log_id=made.log_id)
    assert course.reported_sessions(course.start) == []
