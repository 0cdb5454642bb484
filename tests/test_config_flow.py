"""Set-up, reconfiguration and options, in the browser's words: what goes in, what comes out."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock, patch

import pytest
import voluptuous as vol
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_USER, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain.codec import decode
from custom_components.pht_rehab.domain.facts import SetUp
from custom_components.pht_rehab.domain.protocol import LOAD_TESTS
from custom_components.pht_rehab.domain.screening import SCREENING, Screen

USER: dict[str, Any] = {
    "name": " Anna ",
    "side": "right",
    "goal": "running",
    "training_days": ["fri", "mon"],
    "session_time": "18:30:00",
    "more": {"morning_time": "06:45:00", "equipment": ["band", "mat"]},
}
NOTHING = {"symptoms": [], "clinician_confirmed": True}
OPTIONS: dict[str, Any] = {
    "training_days": ["mon", "fri"],
    "equipment": ["mat", "band"],
    "session_time": "18:30",
    "morning_time": "06:45",
    "spoken_symptoms": False,
}
WARNED = [key for key, asked in SCREENING.items() if asked.at_set_up is Screen.WARN]
BLOCKED = [key for key, asked in SCREENING.items() if asked.at_set_up is Screen.BLOCK]


@pytest.fixture(autouse=True)
def set_up_entry(freezer: FrozenDateTimeFactory) -> Iterator[AsyncMock]:
    """Keep the entries from being set up; it is a few minutes past midnight in Berlin."""
    freezer.move_to("2026-03-01T23:10:00+00:00")
    package = f"custom_components.{DOMAIN}"

    async def one_side(_hass: HomeAssistant, entry: MockConfigEntry) -> bool:
        settings = {"goal": entry.data.get("goal", entry.data["set_up"]["goal"])}
        course = SimpleNamespace(other=None, protocol=None, settings=settings)
        entry.runtime_data = SimpleNamespace(course=course)
        return True

    with (
        patch(f"{package}.async_setup_entry", side_effect=one_side) as set_up,
        patch(f"{package}.async_unload_entry", return_value=True),
    ):
        yield set_up


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return a programme that was set up before."""
    known = MockConfigEntry(
        domain=DOMAIN,
        title="Anna",
        unique_id="anna_right",
        data={"name": "Anna", "set_up": {"side": "right", "goal": "running"}},
        options=OPTIONS,
    )
    known.add_to_hass(hass)
    return known


async def start(hass: HomeAssistant, *answers: dict[str, Any]) -> ConfigFlowResult:
    """Open the flow in Berlin and hand in one form after another."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    result = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    for form in answers:
        result = await answer(hass, result, form)
    return result


async def answer(
    hass: HomeAssistant, result: ConfigFlowResult, form: dict[str, Any]
) -> ConfigFlowResult:
    """Hand in one form."""
    return await hass.config_entries.flow.async_configure(result["flow_id"], form)


@pytest.mark.parametrize(
    ("language", "name"), [("en", "My programme"), ("de", "Mein Programm"), ("fr", "My programme")]
)
async def test_a_name_is_offered_in_the_language_of_the_house(
    hass: HomeAssistant, language: str, name: str
) -> None:
    hass.config.language = language
    result = await start(hass)
    assert result["data_schema"] is not None
    assert result["data_schema"]({"more": {}})["name"] == name
    result = await answer(hass, result, {key: USER[key] for key in USER if key != "name"})
    for form in (NOTHING, {"morning_pain": 1}):
        result = await answer(hass, result, form)
    assert result["title"] == name


async def test_every_answer_arrives(hass: HomeAssistant, set_up_entry: AsyncMock) -> None:
    result = await start(hass)
    assert (result["type"], result["step_id"], result["errors"]) == (
        FlowResultType.FORM,
        "user",
        {},
    )
    result = await answer(hass, result, USER)
    assert result["step_id"] == "screening"
    result = await answer(hass, result, NOTHING)
    assert result["step_id"] == "placement"
    tests = {"two_leg_bridge": 0, "one_leg_bridges": 2, "long_lever_bridges": 2.5, "arabesques": 4}
    given = {
        "morning_pain": 1.5,
        "rest_pain": 0,
        "sitting_minutes": 40,
        "lasting_symptoms": False,
        "running_now": True,
        "stage": "isotonic",
    }
    result = await answer(hass, result, given | tests)
    await hass.async_block_till_done()

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == "Anna"
    assert result["data"] == {
        "name": "Anna",
        "set_up": {
            "date": "2026-03-02",
            "rules_version": 1,
            "side": "right",
            "goal": "running",
            "training_days": ["mon", "fri"],
            "equipment": ["mat", "band"],
            "session_time": "18:30",
            "morning_time": "06:45",
            "symptoms": [],
            "clinician_confirmed": True,
            "tests": tests,
            **given,
        },
    }
    assert result["result"].options == OPTIONS
    assert result["result"].unique_id == "anna_right"
    assert (result["version"], result["minor_version"]) == (1, 1)
    set_up_entry.assert_awaited_once()


async def test_only_todays_pain_has_no_default(hass: HomeAssistant) -> None:
    result = await start(hass, {"more": {}}, {})
    result = await answer(hass, result, {"acknowledged": True})
    # A required number would begin at 0 in the frontend, and a 0 that nobody chose is no score.
    schema = result["data_schema"]
    assert schema is not None
    fields = {str(field): field for field in schema.schema}
    assert isinstance(fields["morning_pain"], vol.Optional)
    assert isinstance(fields["morning_pain"].default, vol.Undefined)
    result = await answer(hass, result, {})
    assert result["errors"] == {"morning_pain": "score_needed"}
    result = await answer(hass, result, {"morning_pain": 0})

    set_up = result["data"]["set_up"]
    fact = decode(
        {
            **set_up,
            "kind": "set_up",
            "log_id": "1",
            "on": set_up["date"],
            "logged_at": datetime(2026, 3, 1, 23, tzinfo=UTC).isoformat(),
        }
    )
    assert isinstance(fact, SetUp)
    assert fact.morning_pain == 0
    assert (fact.rest_pain, fact.sitting_minutes, fact.tests, fact.stage) == (None, None, {}, None)
    assert (fact.lasting_symptoms, fact.running_now, fact.clinician_confirmed) == (False,) * 3
    assert fact.training_days == ("mon", "wed", "fri")


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"name": "  "}, {"name": "name_invalid"}),
        ({"name": "x" * 61}, {"name": "name_invalid"}),
        ({"name": "x" * 501}, {"name": "name_invalid"}),
        ({"name": "\ud800"}, {"name": "name_invalid"}),
        ({"training_days": []}, {"training_days": "days_too_close"}),
        ({"training_days": ["wed"]}, {"training_days": "days_too_close"}),
        ({"training_days": ["wed", "wed"]}, {"training_days": "days_too_close"}),
        ({"training_days": ["tue", "mon"]}, {"training_days": "days_too_close"}),
        ({"training_days": ["mon", "sun"]}, {"training_days": "days_too_close"}),
        ({"more": {"morning_time": "12:00"}}, {"more": "morning_too_late"}),
        (
            {"name": "", "training_days": [], "more": {"morning_time": "23:59:59"}},
            {
                "name": "name_invalid",
                "training_days": "days_too_close",
                "more": "morning_too_late",
            },
        ),
    ],
)
async def test_a_wrong_answer_is_named_and_can_be_mended(
    hass: HomeAssistant, wrong: dict[str, Any], errors: dict[str, str]
) -> None:
    result = await start(hass, USER | wrong)
    assert (result["step_id"], result["errors"]) == ("user", errors)
    assert result["data_schema"] is not None
    section = result["data_schema"].schema["more"]
    assert section.options["collapsed"] is ("more" not in errors)
    result = await answer(hass, result, USER)
    assert result["step_id"] == "screening"


@pytest.mark.parametrize("days", [["sat", "mon"], ["sun", "tue"], ["mon", "tue", "wed"]])
async def test_days_apart_count_round_the_week(hass: HomeAssistant, days: list[str]) -> None:
    result = await start(hass, USER | {"training_days": days})
    assert result["step_id"] == "screening"


@pytest.mark.usefixtures("entry")
async def test_one_programme_a_name_and_side(hass: HomeAssistant) -> None:
    result = await start(hass, USER | {"name": "ANNA"})
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "already_configured")
    result = await start(hass, USER | {"side": "left"})
    assert result["step_id"] == "screening"


@pytest.mark.parametrize("symptom", BLOCKED)
async def test_a_blocking_answer_ends_the_set_up(hass: HomeAssistant, symptom: str) -> None:
    form = {"symptoms": ["low_mood", symptom], "clinician_confirmed": True}
    result = await start(hass, USER, form)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, f"blocked_{symptom}")
    assert not hass.config_entries.async_entries(DOMAIN)


@pytest.mark.parametrize(
    ("symptoms", "named"),
    [
        (["under_18", "sudden_onset", "bruise_or_weakness"], "bruise_or_weakness"),
        (["bruise_or_weakness", "swollen_calf"], "swollen_calf"),
        (["swollen_calf", "saddle_numbness"], "saddle_numbness"),
    ],
)
async def test_the_most_urgent_answer_is_named(
    hass: HomeAssistant, symptoms: list[str], named: str
) -> None:
    result = await start(hass, USER, {"symptoms": symptoms, "clinician_confirmed": False})
    assert result["reason"] == f"blocked_{named}"


@pytest.mark.parametrize("symptom", WARNED)
async def test_a_warning_has_to_be_acknowledged(hass: HomeAssistant, symptom: str) -> None:
    form = {"symptoms": [symptom], "clinician_confirmed": True}
    result = await start(hass, USER, form)
    assert (result["step_id"], result["errors"]) == ("clinician", {})
    placeholders = result["description_placeholders"]
    assert placeholders is not None
    assert placeholders["advice"].startswith("- **")
    assert "\n" not in placeholders["advice"]

    result = await answer(hass, result, {"acknowledged": False})
    assert result["step_id"] == "clinician"
    assert result["errors"] == {"acknowledged": "not_acknowledged"}
    assert result["description_placeholders"] == placeholders

    result = await answer(hass, result, {"acknowledged": True})
    assert result["step_id"] == "placement"
    result = await answer(hass, result, {"morning_pain": 2})
    assert result["data"]["set_up"]["symptoms"] == [symptom]


async def test_without_a_clinicians_word_there_is_a_warning_too(hass: HomeAssistant) -> None:
    form = {"symptoms": ["slow_healing", "low_mood"], "clinician_confirmed": False}
    result = await start(hass, USER, form)
    placeholders = result["description_placeholders"]
    assert placeholders is not None
    assert placeholders["advice"].count("- **") == 2
    assert "No clinician" in placeholders["advice"]


async def test_notes_are_shown_and_hold_nothing_up(hass: HomeAssistant) -> None:
    result = await start(
        hass, USER, {"symptoms": ["low_mood", "other_side"], "clinician_confirmed": True}
    )
    assert result["step_id"] == "placement"
    placeholders = result["description_placeholders"]
    assert placeholders is not None
    assert "crisis line" in placeholders["notes"]
    assert "one side" in placeholders["notes"]


@pytest.mark.parametrize("value", [0.3, float("nan")])
@pytest.mark.parametrize("field", ["morning_pain", "rest_pain", *LOAD_TESTS])
async def test_a_score_is_whole_or_half(hass: HomeAssistant, field: str, value: float) -> None:
    result = await start(hass, USER, NOTHING, {"morning_pain": 1, field: value})
    assert (result["step_id"], result["errors"]) == ("placement", {field: "not_a_score"})
    result = await answer(hass, result, {"morning_pain": 1, field: 0.5})
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_sitting_time_is_a_number_of_minutes(hass: HomeAssistant) -> None:
    wrong = {"morning_pain": 1, "sitting_minutes": float("nan")}
    result = await start(hass, USER, NOTHING, wrong)
    assert result["errors"] == {"sitting_minutes": "not_minutes"}
    result = await answer(hass, result, {"morning_pain": 1, "sitting_minutes": 0})
    assert result["data"]["set_up"]["sitting_minutes"] == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("morning_pain", True),
        ("morning_pain", 10.5),
        ("morning_pain", -1),
        ("morning_pain", 1e300),
        ("morning_pain", "much"),
        ("sitting_minutes", 1441),
        ("sitting_minutes", False),
        ("running_minutes", 1441),
        ("stage", "P4"),
    ],
)
async def test_the_form_refuses_what_its_boxes_do_not_offer(
    hass: HomeAssistant, field: str, value: object
) -> None:
    result = await start(hass, USER, NOTHING)
    with pytest.raises(InvalidData) as refused:
        await answer(hass, result, {"morning_pain": 1, field: value})
    assert list(refused.value.schema_errors) == [field]
    result = await answer(hass, result, {"morning_pain": 1})
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_name_and_goal_can_be_changed(
    hass: HomeAssistant, entry: MockConfigEntry, set_up_entry: AsyncMock
) -> None:
    await hass.config_entries.async_setup(entry.entry_id)
    other = MockConfigEntry(domain=DOMAIN, unique_id="ben_right")
    other.add_to_hass(hass)
    hass.config_entries.async_update_entry(entry, title="Annie")  # renamed in the list
    result = await entry.start_reconfigure_flow(hass)
    assert (result["step_id"], result["errors"]) == ("reconfigure", {})
    (name,) = (key for key in result["data_schema"].schema if key == "name")
    assert name.description == {"suggested_value": "Annie"}
    result = await answer(hass, result, {"name": " ", "goal": "sport"})
    assert result["errors"] == {"name": "name_invalid"}
    result = await answer(hass, result, {"name": "Ben", "goal": "sport"})
    assert result["errors"] == {"name": "name_taken"}
    result = await answer(hass, result, {"name": " Anna K. ", "goal": "sport"})
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "reconfigure_successful")
    await hass.async_block_till_done()

    assert (entry.title, entry.unique_id) == ("Anna K.", "anna_k_right")
    assert entry.data == {
        "name": "Anna K.",
        "goal": "sport",
        "set_up": {"side": "right", "goal": "running"},
    }
    assert set_up_entry.await_count == 2

    result = await entry.start_reconfigure_flow(hass)
    result = await answer(hass, result, {"name": "Anna K.", "goal": "everyday"})
    assert result["reason"] == "reconfigure_successful"
    assert entry.data["goal"] == "everyday"
    await hass.async_block_till_done()


async def test_options_can_be_changed(
    hass: HomeAssistant, entry: MockConfigEntry, set_up_entry: AsyncMock
) -> None:
    await hass.config_entries.async_setup(entry.entry_id)
    flow = hass.config_entries.options
    result = await flow.async_init(entry.entry_id)
    assert (result["type"], result["step_id"]) == (FlowResultType.FORM, "init")
    changed = {
        "training_days": ["sun", "tue"],
        "session_time": "07:05:00",
        "morning_time": "12:00:00",
        "equipment": [],
        "spoken_symptoms": True,
        "seats": ["binary_sensor.desk", "binary_sensor.couch"],
        "running_source": "sensor.watch_distance",
        "cadence": 120,
        "cadence_later": True,
    }
    result = await flow.async_configure(result["flow_id"], changed)
    assert result["errors"] == {"morning_time": "morning_too_late"}
    close = changed | {"morning_time": "11:59:00", "training_days": ["mon", "tue"]}
    result = await flow.async_configure(result["flow_id"], close)
    assert result["errors"] == {"training_days": "days_too_close"}
    result = await flow.async_configure(result["flow_id"], changed | {"morning_time": "11:59:00"})
    await hass.async_block_till_done()

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {
        "training_days": ["tue", "sun"],
        "equipment": [],
        "session_time": "07:05",
        "morning_time": "11:59",
        "spoken_symptoms": True,
        "seats": ["binary_sensor.desk", "binary_sensor.couch"],
        "running_source": "sensor.watch_distance",
        "cadence": 120,
        "cadence_later": True,
        "protocol": "standard",
    }
    assert set_up_entry.await_count == 2

    result = await flow.async_init(entry.entry_id)
    assert result["data_schema"] is not None
    assert result["data_schema"].schema["seats"].config["multiple"]
    with pytest.raises(InvalidData, match="seats"):
        await flow.async_configure(result["flow_id"], OPTIONS | {"seats": ["light.desk"]})
    with pytest.raises(InvalidData, match="running_source"):
        await flow.async_configure(
            result["flow_id"], OPTIONS | {"running_source": "binary_sensor.desk"}
        )
    for cadence in (119, 221, float("nan"), "nan", True):
        with pytest.raises(InvalidData, match="cadence"):
            await flow.async_configure(result["flow_id"], OPTIONS | {"cadence": cadence})
    await flow.async_configure(result["flow_id"], OPTIONS)
    await hass.async_block_till_done()
    assert entry.options == OPTIONS | {"seats": [], "protocol": "standard"}
