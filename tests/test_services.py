"""Every action: what it records, answers and refuses, and for whom."""

import math
from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.auth.permissions import PolicyPermissions
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    MockUser,
)
from voluptuous import Invalid

from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.coordinator import RehabCoordinator
from custom_components.pht_rehab.domain.facts import (
    EventLogged,
    Fact,
    MorningChecked,
    Paused,
    SessionReported,
    SessionSkipped,
    StageSet,
    SymptomsReported,
    TestLogged,
    Voided,
    WeeklyChecked,
)
from custom_components.pht_rehab.services import READING, WRITING
from tests.domain.builders import ANSWERS
from tests.entities import state

RECORDED: Final = {
    "log_id",
    "response",
    "stage",
    "dose_step",
    "days_to_next_progression",
    "next_session",
    "reasons",
    "remarks",
}
NOT_SCORES: Final = [
    True,
    "3",
    3.3,
    -1,
    10.5,
    11,
    10**400,
    math.nan,
    math.inf,
    "nan",
    "٣",
    [],
    [3],
    {},
]
NOT_TEXTS: Final = [True, 3, [], {}, "\ud800", "x" * 501]
NOT_DATES: Final = [
    "",
    "2026-02-30",
    "2026-3-2",
    "20260302",
    "2026-W10-1",
    "2026-03-02T08:00:00",
    "٢٠٢٦-٠٣-٠٢",
    "\ud800026-03-02",
    "+99:00",
    "x" * 10**6,
    1772434800,
    True,
    [],
    datetime(2026, 3, 2),  # noqa: DTZ001
]


@pytest.fixture
def coordinator(programme: MockConfigEntry) -> RehabCoordinator:
    """Return the running programme's coordinator."""
    found: RehabCoordinator = programme.runtime_data
    return found


async def call(hass: HomeAssistant, action: str, **data: object) -> Any:
    return await hass.services.async_call(DOMAIN, action, data, blocking=True, return_response=True)


async def refused(hass: HomeAssistant, action: str, **data: object) -> tuple[str | None, str]:
    """Return key and field of the error an action raises."""
    coordinator: RehabCoordinator = hass.config_entries.async_loaded_entries(DOMAIN)[0].runtime_data
    before, size = dict(coordinator.course.facts), coordinator.journal.size
    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, action, **data)
    assert (coordinator.course.facts, coordinator.journal.size) == (before, size)
    assert caught.value.translation_domain == DOMAIN
    placeholders = caught.value.translation_placeholders or {}
    assert "\ud800" not in str(placeholders)
    return caught.value.translation_key, placeholders.get("field", "")


def newest[F: Fact](coordinator: RehabCoordinator, kind: type[F]) -> F:
    *_, fact = coordinator.course.facts.values()
    assert isinstance(fact, kind)
    return fact


async def test_log_session(hass: HomeAssistant, coordinator: RehabCoordinator) -> None:
    answer = await call(
        hass,
        "log_session",
        pain_during=2,
        pain_after=0,
        effort=7.5,
        completed=90,
        exercises=["bridge_double_slow"],
        painkiller=True,
        cut_short=False,
        date="2026-03-02",
        dose_step="S2.1",
        session_id="one",
    )
    fact = newest(coordinator, SessionReported)
    assert (fact.pain_during, fact.pain_after, fact.effort, fact.completed) == (2, 0, 7.5, 90)
    assert fact.exercises == ("bridge_double_slow",)
    assert (fact.painkiller, fact.cut_short, fact.dose_step) == (True, False, "S2.1")
    assert answer.keys() == RECORDED
    assert answer["log_id"] == fact.log_id
    assert answer["response"] == "awaiting_morning_check"
    assert (answer["stage"], answer["dose_step"]) == ("isotonic", "S2.1")
    assert answer["days_to_next_progression"] == 7  # with a painkiller it earns nothing
    assert answer["next_session"] == "2026-03-02T18:00:00+01:00"  # the rest of this one
    assert answer["reasons"]
    assert all(reason.keys() == {"id", "text", "until"} for reason in answer["reasons"])


async def test_log_session_needs_nothing(
    hass: HomeAssistant, coordinator: RehabCoordinator
) -> None:
    await hass.services.async_call(DOMAIN, "log_session", {"pain_during": None}, blocking=True)
    fact = newest(coordinator, SessionReported)
    assert (fact.exercises, fact.pain_during, fact.completed) == (None, None, 100)
    assert fact.on == date(2026, 3, 2)


async def test_the_same_session_id_is_logged_once(
    hass: HomeAssistant, coordinator: RehabCoordinator
) -> None:
    first = await call(hass, "log_session", session_id="one", pain_during=1)
    before = dict(coordinator.course.facts)
    second = await call(hass, "log_session", session_id="one", pain_during=9)
    assert second == first
    assert coordinator.course.facts == before


async def test_one_exercise_needs_no_list(
    hass: HomeAssistant, coordinator: RehabCoordinator
) -> None:
    await call(hass, "log_session", exercises="bridge_double_slow", date=date(2026, 3, 2))
    assert newest(coordinator, SessionReported).exercises == ("bridge_double_slow",)


async def test_log_morning_check(hass: HomeAssistant, coordinator: RehabCoordinator) -> None:
    answer = await call(
        hass,
        "log_morning_check",
        pain=0,
        pain_after=1,
        rest_pain=0.5,
        sitting_minutes=40,
        night_waking=False,
        painkiller=False,
    )
    fact = newest(coordinator, MorningChecked)
    assert (fact.pain, fact.pain_after, fact.rest_pain, fact.sitting_minutes) == (0, 1, 0.5, 40)
    assert fact.night_waking is False
    assert answer["log_id"] == fact.log_id


async def test_log_test(hass: HomeAssistant, coordinator: RehabCoordinator) -> None:
    told = {"test": "bridge_reps", "value": 20, "other_side": 22, "pain": 1}
    answer = await call(hass, "log_test", **told)
    fact = newest(coordinator, TestLogged)
    assert (fact.test, fact.value, fact.other_side, fact.pain) == ("bridge_reps", 20, 22, 1)
    assert (fact.painkiller, answer["remarks"]) == (False, [])
    answer = await call(hass, "log_test", **told, painkiller=True)
    assert newest(coordinator, TestLogged).painkiller
    assert [remark["id"] for remark in answer["remarks"]] == ["masked_test"]
    assert "settles nothing" in answer["remarks"][0]["text"]


async def test_log_weekly_check(
    hass: HomeAssistant, programme: MockConfigEntry, coordinator: RehabCoordinator
) -> None:
    assert state(hass, programme, "sensor", "weekly_check").state == STATE_UNKNOWN
    answer = await call(hass, "log_weekly_check", **ANSWERS, bridge_reps=10, overall=70)
    fact = newest(coordinator, WeeklyChecked)
    assert {name: getattr(fact, name) for name in ANSWERS} == ANSWERS
    assert (fact.morning_mean, fact.bridge_reps, fact.overall) == (None, 10, 70)
    assert answer.keys() == RECORDED | {"weekly_check"}
    assert answer["weekly_check"] == {
        "total": 58 + 9 + 4,
        "change": None,
        "noteworthy": False,
        "computed": ["morning_mean"],
    }
    (remark,) = answer["remarks"]
    assert (remark["id"], remark["source"]) == ("computed_morning_mean", "")
    assert remark["text"].endswith(": 1.")
    shown = state(hass, programme, "sensor", "weekly_check")
    assert shown.state == "71"
    assert "state_class" not in shown.attributes


async def test_a_weekly_check_in_the_log(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    old = await call(hass, "log_weekly_check", **ANSWERS, bridge_reps=0)
    new = await call(hass, "log_weekly_check", **ANSWERS, bridge_reps=25)
    visa = await call(hass, "log_weekly_check", visa_h_total=64)
    assert "weekly_check" not in visa
    entries = {one["log_id"]: one for one in (await call(hass, "get_log"))["entries"]}
    first, second, third = (entries[one["log_id"]] for one in (old, new, visa))
    assert (first["total"], first["computed"]) == (None, [])  # the later one of a date counts
    assert (second["total"], second["computed"]) == (77, ["morning_mean"])
    assert (third["kind"], third["visa_h_total"]) == ("visa_h", 64)
    assert state(hass, programme, "sensor", "weekly_check").state == "77"


async def test_log_event(hass: HomeAssistant, coordinator: RehabCoordinator) -> None:
    await call(hass, "log_event", kind="travel", minutes=300)
    fact = newest(coordinator, EventLogged)
    assert (fact.event, fact.minutes) == ("travel", 300)


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(("kind", "words"), [("stretching", "Stretching"), ("ball", "A ball")])
async def test_a_stretch_and_a_ball_are_answered_once(
    hass: HomeAssistant, kind: str, words: str
) -> None:
    (remark,) = (await call(hass, "log_event", kind=kind))["remarks"]
    assert remark["id"] == kind
    assert remark["text"].startswith(words)
    assert remark["source"] == "Cook & Purdam, British Journal of Sports Medicine 2012"
    assert (await call(hass, "log_event", kind=kind))["remarks"] == []


async def test_symptoms_lock_and_a_reason_unlocks(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, coordinator: RehabCoordinator
) -> None:
    answer = await call(hass, "report_symptoms", symptoms=["swollen_calf"])
    assert newest(coordinator, SymptomsReported).symptoms == ("swollen_calf",)
    assert "emergency" in {reason["id"] for reason in answer["reasons"]}
    assert (await call(hass, "log_session", pain_during=5))["response"] == "stop"  # of this day
    freezer.tick(timedelta(days=1))
    assert await refused(hass, "log_session") == ("locked", "date")
    assert await refused(hass, "progress", anyway=True, reason="x") == ("locked", "")
    assert await refused(hass, "set_stage", stage="settle") == ("locked", "")
    assert await refused(hass, "unlock", reason=" ") == ("reason_needed", "reason")
    await call(hass, "unlock", reason="cleared")
    assert coordinator.data.standing.locked is False
    assert await refused(hass, "unlock", reason="again") == ("not_locked", "")
    await call(hass, "report_symptoms", symptoms=[])
    assert newest(coordinator, SymptomsReported).symptoms == ()


@pytest.mark.usefixtures("programme")
async def test_progress(hass: HomeAssistant) -> None:
    assert await refused(hass, "progress") == ("criteria_unmet", "anyway")
    assert await refused(hass, "progress", anyway=True) == ("reason_needed", "reason")
    answer = await call(hass, "progress", anyway=True, reason="clinician")
    assert answer["stage"] == "hip_flexion"
    await call(hass, "set_stage", stage="maintenance")
    assert await refused(hass, "progress") == ("nothing_above", "")


async def test_set_stage(hass: HomeAssistant, coordinator: RehabCoordinator) -> None:
    answer = await call(hass, "set_stage", stage="isometric", dose_step="I1.3", reason="x")
    assert (answer["stage"], answer["dose_step"]) == ("isometric", "I1.3")
    assert newest(coordinator, StageSet).reason == "x"
    answer = await call(hass, "set_stage", stage="energy_storage", dose_step="E2")
    assert (answer["stage"], answer["dose_step"]) == ("energy_storage", "S3.c1")
    assert await refused(hass, "set_stage", stage="settle", dose_step="S2.1") == (
        "unknown_dose_step",
        "dose_step",
    )


async def test_pause_and_resume(hass: HomeAssistant, coordinator: RehabCoordinator) -> None:
    assert await refused(hass, "resume") == ("not_paused", "")
    answer = await call(hass, "pause", until="2026-03-09", reason="holiday")
    assert newest(coordinator, Paused).until == date(2026, 3, 9)
    assert answer["days_to_next_progression"] is None
    assert await refused(hass, "progress") == ("paused", "")
    await call(hass, "resume")
    assert not coordinator.data.standing.paused
    assert await refused(hass, "pause", until="2026-03-02") == ("until_not_after_today", "until")


async def test_skip_session(hass: HomeAssistant, coordinator: RehabCoordinator) -> None:
    answer = await call(hass, "skip_session", reason="visitors")
    assert answer["log_id"] == newest(coordinator, SessionSkipped).log_id
    again = await call(hass, "skip_session")
    assert again["log_id"] is None


async def test_void_entry(hass: HomeAssistant, coordinator: RehabCoordinator) -> None:
    before = coordinator.data
    made = await call(hass, "log_session", pain_during=1)
    assert coordinator.data != before
    await call(hass, "void_entry", log_id=made["log_id"])
    assert newest(coordinator, Voided).target == made["log_id"]
    assert coordinator.data == before
    assert await refused(hass, "void_entry", log_id=made["log_id"]) == (
        "already_voided",
        "log_id",
    )
    assert await refused(hass, "void_entry", log_id="../../x") == ("unknown_entry", "log_id")
    set_up = coordinator.course.set_up.log_id
    assert await refused(hass, "void_entry", log_id=set_up) == ("entry_needed", "log_id")


@pytest.mark.parametrize("value", NOT_SCORES, ids=lambda value: repr(value)[:20])
@pytest.mark.usefixtures("programme")
async def test_what_is_no_score(hass: HomeAssistant, value: object) -> None:
    for field in ("pain_during", "pain_after", "effort"):
        assert await refused(hass, "log_session", **{field: value}) == ("not_a_score", field)
    for field in ("pain", "pain_after", "rest_pain"):
        data = {"pain": 1, field: value}
        assert await refused(hass, "log_morning_check", **data) == ("not_a_score", field)
    assert await refused(hass, "log_test", test="hops", pain=value) == ("not_a_score", "pain")
    if value not in (3.3, 10.5, 11):
        assert await refused(hass, "log_session", completed=value) == ("out_of_range", "completed")


@pytest.mark.parametrize("value", NOT_TEXTS, ids=lambda value: repr(value)[:20])
@pytest.mark.usefixtures("programme")
async def test_what_is_no_text(hass: HomeAssistant, value: object) -> None:
    key = "too_long" if isinstance(value, str) and len(value) > 500 else "not_text"
    for action, field, rest in (
        ("log_session", "session_id", {}),
        ("log_session", "dose_step", {}),
        ("log_test", "test", {"value": 1}),
        ("log_event", "kind", {}),
        ("unlock", "reason", {}),
        ("progress", "reason", {}),
        ("set_stage", "stage", {}),
        ("pause", "reason", {}),
        ("skip_session", "reason", {}),
        ("void_entry", "log_id", {}),
    ):
        assert await refused(hass, action, **{field: value, **rest}) == (key, field)
    assert await refused(hass, "log_session", exercises=[value]) == (key, "exercises")


@pytest.mark.parametrize("value", NOT_DATES, ids=lambda value: repr(value)[:20])
@pytest.mark.usefixtures("programme")
async def test_what_is_no_date(hass: HomeAssistant, value: object) -> None:
    for action, field, rest in (
        ("log_session", "date", {}),
        ("log_morning_check", "date", {"pain": 1}),
        ("skip_session", "date", {}),
        ("pause", "until", {}),
        ("get_plan", "start_date", {}),
        ("get_log", "end_date", {}),
    ):
        assert await refused(hass, action, **{field: value, **rest}) == ("not_a_date", field)


@pytest.mark.parametrize(
    ("action", "data", "expected"),
    [
        ("log_session", {"date": "2026-03-03"}, ("date_in_future", "date")),
        ("log_session", {"date": "9999-12-31"}, ("date_in_future", "date")),
        ("log_session", {"date": "2026-02-15"}, ("date_too_old", "date")),
        ("log_session", {"date": "0001-01-01"}, ("date_too_old", "date")),
        ("log_session", {"date": "2026-03-01"}, ("before_start", "date")),
        ("log_session", {"dose_step": "R0"}, ("unknown_dose_step", "dose_step")),
        ("log_session", {"exercises": ["__proto__"]}, ("unknown_exercise", "exercises")),
        ("log_session", {"exercises": {"a": 1}}, ("not_a_list", "exercises")),
        ("log_session", {"exercises": 3}, ("not_a_list", "exercises")),
        ("log_session", {"painkiller": 1}, ("not_a_boolean", "painkiller")),
        ("log_session", {"cut_short": "true"}, ("not_a_boolean", "cut_short")),
        ("log_session", {"completed": 101}, ("out_of_range", "completed")),
        ("log_morning_check", {"pain": None}, ("field_missing", "pain")),
        ("log_morning_check", {"pain": 1, "night_waking": "on"}, ("not_a_boolean", "night_waking")),
        (
            "log_morning_check",
            {"pain": 1, "sitting_minutes": 1441},
            ("out_of_range", "sitting_minutes"),
        ),
        ("log_test", {"test": "<img onerror>", "value": 1}, ("unknown_test", "test")),
        ("log_test", {"test": "hops"}, ("nothing_given", "value")),
        ("log_test", {"test": "hops", "value": 1e308}, ("out_of_range", "value")),
        ("log_event", {"kind": "{{ states }}"}, ("unknown_event", "kind")),
        ("log_event", {"kind": "travel", "minutes": -1}, ("out_of_range", "minutes")),
        ("report_symptoms", {"symptoms": ["headache"]}, ("unknown_symptom", "symptoms")),
        ("report_symptoms", {"symptoms": None}, ("field_missing", "symptoms")),
        ("progress", {"anyway": "yes"}, ("not_a_boolean", "anyway")),
        ("set_stage", {"stage": "P3"}, ("unknown_stage", "stage")),
        ("get_plan", {"days": 0}, ("days_out_of_range", "days")),
        ("get_plan", {"days": 29}, ("days_out_of_range", "days")),
        ("get_plan", {"days": 1.5}, ("not_a_count", "days")),
        ("get_plan", {"days": math.nan}, ("not_a_count", "days")),
        ("get_plan", {"days": math.inf}, ("not_a_count", "days")),
        ("get_plan", {"days": True}, ("not_a_count", "days")),
        ("get_plan", {"days": "7"}, ("not_a_count", "days")),
        ("get_plan", {"start_date": "2026-03-01"}, ("date_in_past", "start_date")),
        ("get_plan", {"start_date": "9999-12-31"}, ("date_too_far", "start_date")),
        (
            "get_log",
            {"start_date": "2026-03-02", "end_date": "2026-03-01"},
            ("end_before_start", "end_date"),
        ),
    ],
)
@pytest.mark.usefixtures("programme")
async def test_bad_input_names_its_field_and_changes_nothing(
    hass: HomeAssistant,
    action: str,
    data: dict[str, object],
    expected: tuple[str, str],
) -> None:
    assert await refused(hass, action, **data) == expected


@pytest.mark.parametrize("action", [*WRITING, *READING])
@pytest.mark.usefixtures("programme")
async def test_unknown_fields_are_refused_by_name(hass: HomeAssistant, action: str) -> None:
    with pytest.raises(Invalid, match="novel"):
        await call(hass, action, novel=1)


@pytest.mark.parametrize(
    "action", [action for action, told in WRITING.items() if told.fields.required]
)
@pytest.mark.usefixtures("programme")
async def test_required_fields_are_named(hass: HomeAssistant, action: str) -> None:
    required = WRITING[action].fields.required
    for field in required:
        others = {name: 1 for name in required if name != field}
        with pytest.raises(Invalid, match=field):
            await call(hass, action, **others)


async def test_get_plan(hass: HomeAssistant, coordinator: RehabCoordinator) -> None:
    answer = await call(hass, "get_plan")
    days = answer["days"]
    assert [day["date"] for day in days] == [f"2026-03-0{day}" for day in range(2, 9)]
    assert [day["kind"] == "loading" for day in days] == [
        True,
        False,
        True,
        False,
        True,
        *[False] * 2,
    ]
    for day in days:
        assert day.keys() == {
            "date",
            "kind",
            "stage",
            "dose_step",
            "exercises",
            "tests",
            "energy_step",
            "run_step",
            "run",
            "reasons",
        }
    today = days[0]
    assert (today["stage"], today["dose_step"], today["run_step"]) == ("isotonic", "S2.1", None)
    assert days[1]["dose_step"] is None
    first = today["exercises"][0]
    assert first.keys() == {
        "id",
        "name",
        "strand",
        "side",
        "sets",
        "reps",
        "tempo",
        "rest_seconds",
        "load",
        "equipment",
        "dose",
        "how_to",
    }
    assert (first["id"], first["sets"], first["reps"]) == ("bridge_double_slow", 3, 15)
    assert all(item["name"] and item["how_to"] for day in days for item in day["exercises"])
    shown = [item.prescribed.id for item in coordinator.data.items]
    assert [item["id"] for item in today["exercises"]] == shown


@pytest.mark.usefixtures("programme")
async def test_get_plan_of_later_days(hass: HomeAssistant) -> None:
    week = await call(hass, "get_plan", start_date="2026-03-04", days=28)
    assert len(week["days"]) == 28
    assert week["days"][0]["date"] == "2026-03-04"
    steps = [day["dose_step"] for day in week["days"] if day["kind"] == "loading"]
    assert steps == sorted(steps)
    assert steps[0] < steps[-1]
    one = await call(hass, "get_plan", start_date="2026-03-05", days=1)
    assert one["days"] == week["days"][1:2]


@pytest.mark.usefixtures("programme")
async def test_holds_are_told_in_seconds(hass: HomeAssistant) -> None:
    await call(hass, "set_stage", stage="settle")
    answer = await call(hass, "get_plan", days=1)
    hold = answer["days"][0]["exercises"][0]
    assert hold["hold_seconds"] == 20
    assert "reps" not in hold


@pytest.mark.usefixtures("programme")
async def test_a_paused_plan_is_empty(hass: HomeAssistant) -> None:
    await call(hass, "pause", until="2026-03-04")
    answer = await call(hass, "get_plan", days=3)
    kinds = [day["kind"] for day in answer["days"]]
    assert kinds == ["paused", "paused", "loading"]
    assert answer["days"][0]["exercises"] == []
    assert answer["days"][0]["reasons"][0]["until"] == "2026-03-04"


@pytest.mark.usefixtures("programme")
async def test_get_log(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    session = await call(hass, "log_session", pain_during=6)
    gone = await call(hass, "log_event", kind="ball")
    await call(hass, "void_entry", log_id=gone["log_id"])
    freezer.move_to("2026-03-03T08:00:00+01:00")
    await call(hass, "log_morning_check", pain=1)
    answer = await call(hass, "get_log")
    kinds = [(entry["kind"], entry["date"], entry["voided"]) for entry in answer["entries"]]
    assert kinds == [
        ("set_up", "2026-03-02", False),
        ("session", "2026-03-02", False),
        ("event", "2026-03-02", True),
        ("void", "2026-03-02", False),
        ("morning_check", "2026-03-03", False),
    ]
    logged = answer["entries"][1]
    assert logged["log_id"] == session["log_id"]
    assert logged["logged_at"].startswith("2026-03-02T07:00:00")
    assert (logged["pain_during"], logged["dose_step"]) == (6, "S2.1")
    assert logged["response"] == "red"
    assert [reason["id"] for reason in logged["reasons"]] == ["red"]
    assert "response" not in answer["entries"][2]
    only = await call(hass, "get_log", start_date="2026-03-03", end_date="2026-03-31")
    assert [entry["kind"] for entry in only["entries"]] == ["morning_check"]
    assert (await call(hass, "get_log", start_date="2026-03-09"))["entries"] == []


@pytest.mark.usefixtures("programme")
async def test_a_void_session_has_no_response(hass: HomeAssistant) -> None:
    made = await call(hass, "log_session", pain_during=6)
    await call(hass, "void_entry", log_id=made["log_id"])
    answer = await call(hass, "get_log")
    session = answer["entries"][1]
    assert (session["voided"], session["response"], session["reasons"]) == (True, None, [])


@pytest.mark.usefixtures("programme")
async def test_explain(hass: HomeAssistant) -> None:
    answer = await call(hass, "explain")
    assert answer.keys() == {
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
        "ask_again",
        "clinician_guided",
        "running",
        "last_change",
        "patterns",
        "side",
        "sides",
        "protocol",
    }
    assert answer["patterns"] == []
    assert (answer["stage"], answer["outcome"], answer["band"]) == ("isotonic", "hold", "normal")
    assert answer["streak"] == 0
    assert answer["last_change"]["id"] == "chosen"
    assert answer["criteria"]
    for line in answer["criteria"]:
        assert line.keys() == {"id", "met", "value", "target", "text"}
        assert line["text"]
        assert "{" not in line["text"]
    assert answer["next_progression"] == "2026-03-06"


def user(hass: HomeAssistant, policy: dict[str, Any]) -> User:
    made: User = MockUser(is_owner=False).add_to_hass(hass)
    made.__dict__["permissions"] = PolicyPermissions(policy, None)  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize(
    ("policy", "may_read", "may_write"),
    [
        ({"entities": True}, True, True),
        ({"entities": {"all": {"read": True}}}, True, False),
        ({"entities": {"entity_ids": {"sensor.anna_stage": True}}}, True, True),
        ({"entities": {"entity_ids": {"sensor.anna_stage": {"read": True}}}}, True, False),
        ({"entities": {"entity_ids": {"sensor.anna_dose_step": True}}}, False, False),
        ({}, False, False),
    ],
)
async def test_rights_follow_the_stage_sensor(
    hass: HomeAssistant,
    coordinator: RehabCoordinator,
    policy: dict[str, Any],
    may_read: bool,  # noqa: FBT001
    may_write: bool,  # noqa: FBT001
) -> None:
    context = Context(user_id=user(hass, policy).id)
    for action, allowed in (("explain", may_read), ("log_session", may_write)):
        before = dict(coordinator.course.facts)
        made = hass.services.async_call(
            DOMAIN, action, {}, blocking=True, return_response=True, context=context
        )
        if allowed:
            assert await made
            continue
        with pytest.raises(Unauthorized) as caught:
            await made
        assert caught.value.entity_id == "sensor.anna_stage"
        assert coordinator.course.facts == before


@pytest.mark.parametrize("action", WRITING)
async def test_a_read_only_user_may_write_nothing(
    hass: HomeAssistant,
    coordinator: RehabCoordinator,
    hass_read_only_user: MockUser,
    action: str,
) -> None:
    data = dict.fromkeys(WRITING[action].fields.required, "x")
    before = dict(coordinator.course.facts)
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN, action, data, blocking=True, context=Context(user_id=hass_read_only_user.id)
        )
    assert coordinator.course.facts == before


@pytest.mark.parametrize("action", READING)
@pytest.mark.usefixtures("programme")
async def test_a_read_only_user_may_read_all_but_the_log(
    hass: HomeAssistant,
    hass_read_only_user: MockUser,
    action: str,
) -> None:
    context = Context(user_id=hass_read_only_user.id)
    asked = hass.services.async_call(
        DOMAIN, action, {}, blocking=True, return_response=True, context=context
    )
    if action in {"get_plan", "explain"}:
        assert await asked
        return
    with pytest.raises(Unauthorized):
        await asked


@pytest.mark.usefixtures("programme")
async def test_without_its_stage_sensor_all_entities_are_needed(
    hass: HomeAssistant, hass_admin_user: MockUser
) -> None:
    er.async_get(hass).async_remove("sensor.anna_stage")
    limited = user(hass, {"entities": {"domains": {"sensor": True}}})
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN, "log_session", {}, blocking=True, context=Context(user_id=limited.id)
        )
    await hass.services.async_call(
        DOMAIN, "log_session", {}, blocking=True, context=Context(user_id=hass_admin_user.id)
    )


@pytest.mark.usefixtures("programme")
async def test_an_unknown_user_may_nothing(hass: HomeAssistant) -> None:
    with pytest.raises(UnknownUser):
        await hass.services.async_call(
            DOMAIN, "log_session", {}, blocking=True, context=Context(user_id="gone")
        )


async def test_the_programme_is_named_once_there_are_two(
    hass: HomeAssistant, programme: MockConfigEntry, coordinator: RehabCoordinator
) -> None:
    other = MockConfigEntry(
        domain=DOMAIN,
        title="Ben",
        data={"name": "Ben", "set_up": programme.data["set_up"]},
        options=programme.options,
    )
    other.add_to_hass(hass)
    assert await call(hass, "explain")  # the other one is not loaded
    assert await hass.config_entries.async_setup(other.entry_id)
    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, "explain")
    assert caught.value.translation_key == "service_found_multiple_config_entry_for_domain"
    await call(hass, "log_session", config_entry_id=other.entry_id)
    assert coordinator.data.session_open
    assert not other.runtime_data.data.session_open
    await hass.config_entries.async_unload(other.entry_id)
    for entry_id in ("gone", other.entry_id):
        with pytest.raises(ServiceValidationError):
            await call(hass, "explain", config_entry_id=entry_id)
    with pytest.raises(Invalid, match="config_entry_id"):
        await call(hass, "explain", config_entry_id=[])
