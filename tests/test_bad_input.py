"""Whatever comes in: it is right, or it is refused by name and nothing has changed."""

import asyncio
import json
import math
import os
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import (
    CoreState,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)
from voluptuous import Invalid

from custom_components.pht_rehab import fields as readers, store, transfer
from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.coordinator import RehabCoordinator
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.choices import add_side
from custom_components.pht_rehab.domain.codec import encode
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.decide import Decision, Moment
from custom_components.pht_rehab.domain.exercises import EXERCISES
from custom_components.pht_rehab.domain.facts import (
    EventLogged,
    Fact,
    Paused,
    RulesAdopted,
    SessionReported,
    WeeklyChecked,
)
from custom_components.pht_rehab.domain.model import Goal
from custom_components.pht_rehab.domain.protocol import (
    CAPACITY_TESTS,
    COURSES,
    LOAD_TESTS,
    STEP_INDEX,
)
from custom_components.pht_rehab.domain.questions import QUESTIONS, Question
from custom_components.pht_rehab.domain.screening import SCREENING
from custom_components.pht_rehab.domain.strands import ENERGY_INDEX, RUN_INDEX
from custom_components.pht_rehab.services import IMPORT, READING, WRITING
from tests.conftest import run
from tests.domain.builders import ANSWERS

ROOT: Final = Path(__file__).parent.parent
MESSAGES: Final[Mapping[str, Mapping[str, str]]] = json.loads(
    (ROOT / "custom_components" / DOMAIN / "translations" / "en.json").read_text()
)["exceptions"]
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
UNFIELDED: Final = {
    "locked",
    "not_loaded",
    "not_locked",
    "not_paused",
    "nothing_above",
    "paused",
    "save_failed",
    "stopping",
}
"""Refusals that are about the programme or the machine, not about a field."""

VALID: Final[Mapping[str, Mapping[str, object]]] = {
    "log_morning_check": {"pain": 1},
    "log_run": {"minutes": 20, "pain_during": 1},
    "log_test": {"test": "hops", "value": 1},
    "log_weekly_check": {**ANSWERS, "morning_mean": 1, "bridge_reps": 10},
    "log_event": {"kind": "travel"},
    "report_symptoms": {"symptoms": []},
    "unlock": {"reason": "cleared"},
    "set_stage": {"stage": "settle"},
    "void_entry": {"log_id": "none"},
}
"""The required fields of each action, as they should be."""

NOT_NUMBERS: Final[tuple[object, ...]] = (
    -1,
    -0.5,
    "three",
    "3",
    math.nan,
    math.inf,
    -math.inf,
    "nan",
    True,
    False,
    10**400,
    -(10**400),
    1e308,
    "٣",
    "",
    [],
    [1],
    {},
    {"__proto__": 1},
    b"3",
    3j,
    date(2026, 3, 2),
)
NOT_SCORES: Final = (*NOT_NUMBERS, 11, 3.7, 0.1 + 0.2, 10.000001, 5e-324)
NOT_FLAGS: Final[tuple[object, ...]] = (0, 1, "on", "true", "", [], {}, math.nan, 10**400)
NOT_TEXTS: Final[tuple[object, ...]] = (
    0,
    1.5,
    True,
    [],
    {},
    b"text",
    "\ud800",
    "a\udfff",
    "x" * 100_000,
    date.min,
)
NOT_LISTS: Final[tuple[object, ...]] = (
    1,
    True,
    {},
    {"a": 1},
    b"text",
    {"bridge"},
    math.nan,
    [None],
    [[]],
    ["\ud800"],
)
NOT_DATES: Final[tuple[object, ...]] = (
    "tomorrow",
    "2026-02-30",
    "2027-02-29",
    "2026-13-01",
    "0000-01-01",
    "10000-01-01",
    "2026-03-02T08:00:00+99:00",
    "2026-03-02 08:00",
    " 2026-03-2",
    "2026-03-2\n",
    "2026-03-\ud8002",
    "٢٠٢٦-٠٣-٠٢",
    "\ud800",
    "",
    "x" * 100_000,
    1772434800,
    1772434800.0,
    10**400,
    True,
    [],
    {},
    datetime(2026, 3, 2, tzinfo=UTC),
)
NOT_COUNTS: Final[tuple[object, ...]] = (
    0,
    -1,
    29,
    1.5,
    math.nan,
    math.inf,
    True,
    "7",
    "٣",
    10**400,
    [],
    {},
    "",
)
NOT_LANGUAGES: Final[tuple[object, ...]] = (
    "",
    " ",
    "d",
    "de_DE",
    "de-",
    "-de",
    "de\n",
    "\ud800",
    "d\udfffe",
    "../..",
    "../../secrets",
    "de/../en",
    "🦵🏽",
    "dé",
    "{field}",
    "de-" + "a-" * 16 + "a",
    "x" * 100_000,
    "de" + "-de" * 40_000,
    0,
    1.5,
    True,
    b"de",
    [],
    ["de"],
    {},
    date.min,
)
NOT_PATTERNS: Final = (*NOT_TEXTS, "D" * 33)
NOT_A_NAME: Final[tuple[object, ...]] = ([], {}, None)
HOSTILE: Final[Mapping[Callable[..., object], tuple[object, ...]]] = {
    readers.number: NOT_NUMBERS,
    readers.flag: NOT_FLAGS,
    readers.words: NOT_TEXTS,
    readers.names: NOT_LISTS,
    readers.day: NOT_DATES,
    readers.count: NOT_COUNTS,
    readers.language: NOT_LANGUAGES,
    readers.pattern: NOT_PATTERNS,
}
SCORES: Final = frozenset({"pain", "pain_during", "pain_after", "rest_pain", "effort"})
ODD_TEXTS: Final = (
    "",
    " ",
    "<img src=x onerror=alert(1)>",
    "<script>alert('1')</script>",
    "{{ states('sensor.anna_stage') }}",
    "{% for x in range(9) %}{% endfor %}",
    "{field}",
    "{0}",
    "{",
    "}",
    "{value.__class__}",
    "%s %(field)s",
    "a\x00b",
    "\u202egnp.exe",
    "🦵🏽👩‍⚕️",
    "e\u0301" * 50,
    "line\r\nEND:VTODO\r\n",
    "__proto__",
    "constructor",
    "=1+1",
    "../../secrets.yaml",
    "javascript:alert(1)",
    "![x](https://example.org/x.png)",
    "\"'`\\",
    "\u2028\u2029\ufeff\uffff",
)

type Payload = dict[str, object]


def actions() -> Iterator[tuple[str, Any]]:
    """Yield every action that writes or reads and its fields."""
    for name, writing in WRITING.items():
        yield name, writing.fields
    for name, reading in READING.items():
        yield name, reading.fields


def short(value: object) -> str:
    return repr(value)[:24].encode("ascii", "backslashreplace").decode()


@pytest.fixture
def coordinator(programme: MockConfigEntry) -> RehabCoordinator:
    """Return the running programme's coordinator."""
    found: RehabCoordinator = programme.runtime_data
    return found


async def call(hass: HomeAssistant, action: str, **data: object) -> Any:
    return await hass.services.async_call(DOMAIN, action, data, blocking=True, return_response=True)


def journal(hass: HomeAssistant, entry: MockConfigEntry) -> Path:
    return Path(hass.config.path(".storage", f"{DOMAIN}.{entry.entry_id}.jsonl"))


def shown(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, object]:
    """Return all there is to see of a programme, and when it was last written."""
    own = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    states = (hass.states.get(entity.entity_id) for entity in own)
    return {
        known.entity_id: (known.state, dict(known.attributes), known.last_reported)
        for known in states
        if known is not None
    }


@contextmanager
def unchanged(hass: HomeAssistant, entry: MockConfigEntry) -> Iterator[None]:
    """Hold that what happens inside leaves journal, facts and states as they were."""
    coordinator: RehabCoordinator = entry.runtime_data
    facts, view, states = dict(coordinator.course.facts), coordinator.data, shown(hass, entry)
    stored = journal(hass, entry).read_bytes()
    yield
    assert journal(hass, entry).read_bytes() == stored
    assert coordinator.course.facts == facts
    assert coordinator.data is view
    assert shown(hass, entry) == states


def check_refusal(error: HomeAssistantError) -> tuple[str, str]:
    """Return key and field of a refusal, after its message has been made."""
    assert error.translation_domain == DOMAIN
    key = error.translation_key or ""
    placeholders = error.translation_placeholders or {}
    assert key in MESSAGES
    assert all(len(value) <= 50 for value in placeholders.values())
    named = placeholders.get("field", "")
    message = str(error)
    assert message == MESSAGES[key]["message"].rstrip(".").format(**placeholders)
    assert key in UNFIELDED or named in message
    message.encode()  # whoever shows or logs it can
    return key, named


async def refused(
    hass: HomeAssistant, entry: MockConfigEntry, action: str, **data: object
) -> tuple[str, str]:
    """Return key and field of the error an action raises, leaving everything as it was."""
    with unchanged(hass, entry), pytest.raises(ServiceValidationError) as caught:
        await call(hass, action, **data)
    return check_refusal(caught.value)


def newest[F: Fact](coordinator: RehabCoordinator, kind: type[F]) -> F:
    *_, fact = coordinator.course.facts.values()
    assert isinstance(fact, kind)
    return fact


@pytest.mark.parametrize("action", [*WRITING, *READING])
async def test_no_field_takes_what_it_cannot_mean(
    hass: HomeAssistant, programme: MockConfigEntry, action: str
) -> None:
    known = dict(actions())[action]
    for name, reader in {**known.required, **known.optional, **known.wording}.items():
        wrong = NOT_SCORES if name in SCORES else HOSTILE[reader]
        for value in (*wrong, None) if name in known.required else wrong:
            data = {**VALID.get(action, {}), name: value}
            key, named = await refused(hass, programme, action, **data)
            assert named == name, (key, short(value))


async def test_what_cannot_name_a_programme(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    for action, _fields in actions():
        for value in NOT_A_NAME:
            data = {**VALID.get(action, {}), "config_entry_id": value}
            with unchanged(hass, programme), pytest.raises(Invalid, match="config_entry_id"):
                await call(hass, action, **data)


@pytest.mark.parametrize("value", [True, 3, "gone", "../../x", "\ud800", "x" * 100_000], ids=short)
async def test_a_programme_that_is_none(
    hass: HomeAssistant, programme: MockConfigEntry, value: object
) -> None:
    for action, _fields in actions():
        data = {**VALID.get(action, {}), "config_entry_id": value}
        with unchanged(hass, programme), pytest.raises(ServiceValidationError) as caught:
            await call(hass, action, **data)
        assert caught.value.translation_key == "service_config_entry_not_found"


async def test_a_programme_of_another_integration(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    other = MockConfigEntry(domain="sun", title="Sun")
    other.add_to_hass(hass)
    for action, _fields in actions():
        data = {**VALID.get(action, {}), "config_entry_id": other.entry_id}
        with unchanged(hass, programme), pytest.raises(ServiceValidationError) as caught:
            await call(hass, action, **data)
        assert caught.value.translation_key == "service_config_entry_wrong_domain"


@pytest.mark.parametrize("named", [True, False])
async def test_a_programme_that_is_not_loaded(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    named: bool,  # noqa: FBT001
) -> None:
    await hass.config_entries.async_unload(programme.entry_id)
    stored, states = journal(hass, programme).read_bytes(), shown(hass, programme)
    target = {"config_entry_id": programme.entry_id} if named else {}
    for action, _fields in actions():
        with pytest.raises(ServiceValidationError) as caught:
            await call(hass, action, **VALID.get(action, {}), **target)
        assert caught.value.translation_key == "service_config_entry_not_loaded"
    assert journal(hass, programme).read_bytes() == stored
    assert shown(hass, programme) == states


async def test_which_of_two_programmes_has_to_be_said(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    other = MockConfigEntry(
        domain=DOMAIN,
        title="Ben",
        data={"name": "Ben", "set_up": programme.data["set_up"]},
        options=programme.options,
    )
    other.add_to_hass(hass)
    assert await hass.config_entries.async_setup(other.entry_id)
    await hass.async_block_till_done()
    for action, _fields in actions():
        with (
            unchanged(hass, programme),
            unchanged(hass, other),
            pytest.raises(ServiceValidationError) as caught,
        ):
            await call(hass, action, **VALID.get(action, {}))
        assert caught.value.translation_key == "service_found_multiple_config_entry_for_domain"
    with unchanged(hass, programme):
        made = await call(hass, "log_session", config_entry_id=other.entry_id)
    assert made["log_id"] in other.runtime_data.course.facts
    with unchanged(hass, programme), unchanged(hass, other):  # somebody else's entry
        with pytest.raises(ServiceValidationError) as caught:
            await call(
                hass, "void_entry", config_entry_id=programme.entry_id, log_id=made["log_id"]
            )
        assert check_refusal(caught.value) == ("unknown_entry", "log_id")
    await hass.config_entries.async_unload(other.entry_id)


@pytest.mark.parametrize(
    ("action", "name", "on", "key"),
    [
        ("log_session", "date", "2026-03-21", "date_in_future"),
        ("log_morning_check", "date", "2026-03-21", "date_in_future"),
        ("log_test", "date", "9999-12-31", "date_in_future"),
        ("log_event", "date", "9999-12-31", "date_in_future"),
        ("skip_session", "date", "2026-03-21", "date_in_future"),
        ("log_session", "date", "2026-03-05", "date_too_old"),
        ("log_morning_check", "date", "2026-03-05", "date_too_old"),
        ("log_test", "date", "0001-01-01", "date_too_old"),
        ("log_event", "date", "1970-01-01", "date_too_old"),
        ("skip_session", "date", "2026-03-05", "date_too_old"),
        ("pause", "until", "2026-03-20", "until_not_after_today"),
        ("pause", "until", "0001-01-01", "until_not_after_today"),
        ("get_plan", "start_date", "2026-03-19", "date_in_past"),
        ("get_plan", "start_date", "0001-01-01", "date_in_past"),
        ("get_plan", "start_date", "9999-12-31", "date_too_far"),
    ],
)
async def test_a_date_out_of_reach(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    programme: MockConfigEntry,
    action: str,
    name: str,
    on: str,
    key: str,
) -> None:
    freezer.move_to("2026-03-20T08:00:00+01:00")
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    for value in (on, date.fromisoformat(on)):
        data = {**VALID.get(action, {}), name: value}
        assert await refused(hass, programme, action, **data) == (key, name)


@pytest.mark.parametrize(
    "action",
    [
        "log_session",
        "log_morning_check",
        "log_test",
        "log_weekly_check",
        "log_event",
        "skip_session",
    ],
)
async def test_a_date_before_the_programme_began(
    hass: HomeAssistant, programme: MockConfigEntry, action: str
) -> None:
    for on in ("2026-03-01", "2026-02-16"):
        data = {**VALID.get(action, {}), "date": on}
        assert await refused(hass, programme, action, **data) == ("before_start", "date")


@pytest.mark.parametrize(
    "action",
    [
        "log_session",
        "log_morning_check",
        "log_test",
        "log_weekly_check",
        "log_event",
        "skip_session",
    ],
)
async def test_the_oldest_date_that_can_be_told(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    coordinator: RehabCoordinator,
    action: str,
) -> None:
    freezer.move_to("2026-03-20T08:00:00+01:00")
    made = await call(hass, action, **VALID.get(action, {}), date="2026-03-06")
    assert coordinator.course.facts[made["log_id"]].on == date(2026, 3, 6)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("0001-01-01", "0001-01-01"),
        (None, "0001-01-01"),
        (None, "0001-01-10"),
        ("9999-12-31", None),
        ("9999-12-31", "9999-12-31"),
        ("0001-01-01", "9999-12-31"),
    ],
)
@pytest.mark.usefixtures("programme")
async def test_the_log_from_the_first_year_to_the_last(
    hass: HomeAssistant, start: str | None, end: str | None
) -> None:
    answer = await call(hass, "get_log", start_date=start, end_date=end)
    assert len(answer["entries"]) == (end == "9999-12-31" and start == "0001-01-01")


@pytest.mark.parametrize("until", ["2026-03-03", "2027-03-02", "9999-12-31"])
async def test_a_pause_of_any_length(
    hass: HomeAssistant, programme: MockConfigEntry, until: str
) -> None:
    answer = await call(hass, "pause", until=until)
    assert answer["log_id"]
    assert (await call(hass, "explain"))["outcome"] == "paused"
    assert (await call(hass, "get_plan", days=28))["days"][0]["kind"] == "paused"
    view = programme.runtime_data.data
    assert await hass.config_entries.async_reload(programme.entry_id)
    assert programme.runtime_data.data == view


async def test_a_zero_has_no_sign(hass: HomeAssistant, coordinator: RehabCoordinator) -> None:
    await call(hass, "log_session", pain_during=-0.0)
    pain = newest(coordinator, SessionReported).pain_during
    assert pain is not None
    assert str(float(pain)) == "0.0"
    await hass.async_block_till_done()
    known = hass.states.get("sensor.anna_session_pain")
    assert known is not None
    assert not known.state.startswith("-")


@pytest.mark.parametrize("value", ODD_TEXTS, ids=short)
async def test_a_reason_is_kept_as_it_was_said(
    hass: HomeAssistant, programme: MockConfigEntry, coordinator: RehabCoordinator, value: str
) -> None:
    """It is never a template, never a format, never an exception."""
    await call(hass, "set_stage", stage="isotonic", reason=value)
    await call(hass, "skip_session", reason=value)
    await call(hass, "pause", reason=value)
    assert newest(coordinator, Paused).reason == value
    await call(hass, "resume", reason=value)
    await call(hass, "report_symptoms", symptoms=["swollen_calf"])
    if value.strip():
        await call(hass, "unlock", reason=value)
        await call(hass, "progress", anyway=True, reason=value)
    else:
        expected = ("reason_needed", "reason")
        assert await refused(hass, programme, "unlock", reason=value) == expected
    for action in READING:
        await call(hass, action)
    told = await call(hass, "get_log")
    found = [entry["reason"] for entry in told["entries"] if "reason" in entry]
    assert set(found) == {value}
    facts, view = coordinator.course.facts, coordinator.data
    assert await hass.config_entries.async_reload(programme.entry_id)
    assert programme.runtime_data.course.facts == facts
    assert programme.runtime_data.data == view
    states = json.dumps([known.as_dict() for known in hass.states.async_all()], default=str)
    if len(value.strip()) > 2:
        assert json.dumps(value)[1:-1] not in states


@pytest.mark.parametrize("value", ODD_TEXTS, ids=short)
async def test_a_name_that_nothing_has(
    hass: HomeAssistant, programme: MockConfigEntry, value: str
) -> None:
    for action, name, key in (
        ("log_session", "exercises", "unknown_exercise"),
        ("log_session", "dose_step", "unknown_dose_step"),
        ("log_test", "test", "unknown_test"),
        ("log_event", "kind", "unknown_event"),
        ("report_symptoms", "symptoms", "unknown_symptom"),
        ("set_stage", "stage", "unknown_stage"),
        ("set_stage", "dose_step", "unknown_dose_step"),
        ("void_entry", "log_id", "unknown_entry"),
    ):
        data = {**VALID.get(action, {}), name: value}
        assert await refused(hass, programme, action, **data) == (key, name)
        if name in {"exercises", "symptoms"}:
            data = {**data, name: [value]}
            assert await refused(hass, programme, action, **data) == (key, name)


@pytest.mark.parametrize(
    ("action", "data", "expected"),
    [
        ("log_session", {"exercises": ["hops", "bridge_double_slow"]}, "unknown_exercise"),
        ("log_session", {"dose_step": "s2.1"}, "unknown_dose_step"),
        ("log_session", {"dose_step": "R0"}, "unknown_dose_step"),
        ("log_test", {"test": "Hops", "value": 1}, "unknown_test"),
        ("log_event", {"kind": "travel "}, "unknown_event"),
        ("report_symptoms", {"symptoms": ["low_mood", "headache"]}, "unknown_symptom"),
        ("set_stage", {"stage": "Settle"}, "unknown_stage"),
        ("set_stage", {"stage": "settle", "dose_step": "S2.1"}, "unknown_dose_step"),
        ("set_stage", {"stage": "isotonic", "dose_step": "E1"}, "unknown_dose_step"),
        ("set_stage", {"stage": "energy_storage", "dose_step": "S3.b3"}, "unknown_dose_step"),
        ("set_stage", {"stage": "isotonic", "dose_step": "R5"}, "unknown_dose_step"),
    ],
)
async def test_almost_right_is_wrong(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    action: str,
    data: dict[str, object],
    expected: str,
) -> None:
    key, _field = await refused(hass, programme, action, **data)
    assert key == expected


@pytest.mark.parametrize("value", [*ODD_TEXTS[1:], "x" * 500], ids=short)
async def test_a_session_id_is_any_text(
    hass: HomeAssistant, programme: MockConfigEntry, value: str
) -> None:
    first = await call(hass, "log_session", session_id=value)
    assert await hass.config_entries.async_reload(programme.entry_id)
    with unchanged(hass, programme):
        again = await call(hass, "log_session", session_id=value)
    assert again["log_id"] == first["log_id"]


async def test_a_session_tapped_twenty_times_at_once(
    hass: HomeAssistant, coordinator: RehabCoordinator
) -> None:
    count = len(coordinator.course.facts)
    taps = (call(hass, "log_session", session_id="tap", pain_during=n % 10) for n in range(20))
    made = await asyncio.gather(*taps)
    assert {answer["log_id"] for answer in made} == {newest(coordinator, SessionReported).log_id}
    assert newest(coordinator, SessionReported).pain_during == 0
    assert len(coordinator.course.facts) == count + 1


async def test_good_and_bad_at_once(hass: HomeAssistant, coordinator: RehabCoordinator) -> None:
    """A refusal between two reports costs neither of them."""
    pains = [n if n % 2 else -n - 1 for n in range(20)]
    made = await asyncio.gather(
        *(call(hass, "log_session", pain_during=pain / 2) for pain in pains), return_exceptions=True
    )
    good = {answer["log_id"] for answer in made if not isinstance(answer, BaseException)}
    assert len(good) == 10
    assert good < coordinator.course.facts.keys()
    assert [check_refusal(it) for it in made if isinstance(it, HomeAssistantError)] == [
        ("not_a_score", "pain_during")
    ] * 10


async def test_a_session_on_a_rest_day_counts_as_moved(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, coordinator: RehabCoordinator
) -> None:
    freezer.move_to("2026-03-03T08:00:00+01:00")  # a Tuesday
    await coordinator.async_look_again()
    assert coordinator.data.dose_step == "S2.1"
    answer = await call(hass, "log_session", pain_during=1)
    fact = newest(coordinator, SessionReported)
    assert (fact.on, fact.prescribed_step) == (date(2026, 3, 3), "S2.1")
    assert fact.prescribed
    assert answer["response"] == "awaiting_morning_check"
    # 48 hours of rest come before the plan's Wednesday
    assert answer["next_session"] == "2026-03-06T18:00:00+01:00"
    assert not coordinator.data.session_open


@pytest.mark.parametrize(
    ("action", "data", "key"),
    [("pause", {}, "paused"), ("report_symptoms", {"symptoms": ["swollen_calf"]}, "locked")],
)
async def test_a_session_while_the_programme_asks_for_none(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    programme: MockConfigEntry,
    action: str,
    data: dict[str, object],
    key: str,
) -> None:
    freezer.move_to("2026-03-04T08:00:00+01:00")
    await call(hass, action, **data)
    freezer.move_to("2026-03-05T08:00:00+01:00")
    await programme.runtime_data.async_look_again()  # what the new day announces comes first
    await hass.async_block_till_done()
    assert await refused(hass, programme, "log_session", pain_during=1) == (key, "date")
    assert await refused(hass, programme, "progress") == (key, "")
    made = await call(hass, "log_session", pain_during=1, date="2026-03-02")
    assert made["log_id"]  # it was before


async def test_nothing_is_taken_while_home_assistant_stops(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    hass.set_state(CoreState.stopping)
    for action in WRITING:
        with unchanged(hass, programme), pytest.raises(HomeAssistantError) as caught:
            await call(hass, action, **VALID.get(action, {}))
        assert not isinstance(caught.value, ServiceValidationError)
        assert check_refusal(caught.value) == ("stopping", "")
    for action in READING:
        assert await call(hass, action)
    hass.set_state(CoreState.running)


async def test_a_disk_that_refuses_is_not_the_persons_fault(
    hass: HomeAssistant, programme: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_fd: int, _data: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        for action in ("log_session", "log_morning_check", "pause", "skip_session"):
            with unchanged(hass, programme), pytest.raises(HomeAssistantError) as caught:
                await call(hass, action, **VALID.get(action, {}))
            assert not isinstance(caught.value, ServiceValidationError)
            assert check_refusal(caught.value) == ("save_failed", "")
    assert (await call(hass, "log_session"))["log_id"]


def adopt_rules(_course: Course, at: Moment) -> Decision:
    fact = RulesAdopted(log_id=at.new_id(), on=at.today, logged_at=at.now, rules_version=1)
    return Decision((fact,), fact.log_id)


async def test_an_entry_that_cannot_be_taken_back(
    hass: HomeAssistant, programme: MockConfigEntry, coordinator: RehabCoordinator
) -> None:
    await coordinator.async_record(
        lambda course, at: decide.change_options(course, at, session_time="19:00")
    )
    settings = next(reversed(coordinator.course.facts))
    await coordinator.async_record(adopt_rules)
    rules = next(reversed(coordinator.course.facts))
    made = (await call(hass, "log_session"))["log_id"]
    gone = (await call(hass, "void_entry", log_id=made))["log_id"]
    for log_id, key in (
        ("01J00000000000000000000000", "unknown_entry"),
        (made.lower(), "unknown_entry"),
        (f" {made}", "unknown_entry"),
        (made, "already_voided"),
        (gone, "unknown_entry"),
        (settings, "entry_needed"),
        (rules, "entry_needed"),
        (coordinator.course.set_up.log_id, "entry_needed"),
    ):
        assert await refused(hass, programme, "void_entry", log_id=log_id) == (key, "log_id")


async def test_an_entry_taken_back_twenty_times_at_once(
    hass: HomeAssistant, coordinator: RehabCoordinator
) -> None:
    made = (await call(hass, "log_session"))["log_id"]
    count = len(coordinator.course.facts)
    calls = (call(hass, "void_entry", log_id=made) for _ in range(20))
    ends = await asyncio.gather(*calls, return_exceptions=True)
    errors = [end for end in ends if isinstance(end, HomeAssistantError)]
    assert [check_refusal(error) for error in errors] == [("already_voided", "log_id")] * 19
    assert len(coordinator.course.facts) == count + 1


async def turns(count: int) -> None:
    """Let the loop go round; no time passes where the clock is frozen."""
    for _ in range(count):
        await asyncio.sleep(0)


async def log_event(hass: HomeAssistant, entry: MockConfigEntry) -> str:
    made = await call(hass, "log_event", kind="other", config_entry_id=entry.entry_id)
    log_id: str = made["log_id"]
    return log_id


@pytest.mark.parametrize("slow", [0, 0.005])
async def test_what_is_said_while_the_entry_reloads(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    slow: float,
) -> None:
    """What was acknowledged is there afterwards; the rest was refused."""
    append, rest = store.Journal._append, threading.Event()

    def slowly(journal: store.Journal, record: Any) -> None:
        rest.wait(slow)
        append(journal, record)

    monkeypatch.setattr(store.Journal, "_append", slowly)
    said: list[str] = []
    keys: Counter[str | None] = Counter()
    reloading = True

    async def say(number: int) -> None:
        while reloading:
            await turns(1 + number)
            try:
                said.append(await log_event(hass, programme))
            except HomeAssistantError as error:
                keys[error.translation_key] += 1

    async def look() -> None:
        while reloading:
            await turns(3)
            with suppress(AttributeError):  # there is none between the two
                await programme.runtime_data.async_look_again()

    async def reload() -> None:
        nonlocal reloading
        for _ in range(3):
            await turns(50)
            assert await hass.config_entries.async_reload(programme.entry_id)
        reloading = False

    await asyncio.gather(reload(), look(), *(say(number) for number in range(4)))
    assert said
    assert keys.keys() <= {"service_config_entry_not_loaded", "not_loaded"}
    assert set(said) <= programme.runtime_data.course.facts.keys()
    assert await hass.config_entries.async_reload(programme.entry_id)
    assert set(said) <= programme.runtime_data.course.facts.keys()
    assert (programme.runtime_data.loaded.bad, programme.runtime_data.loaded.missing) == (0, 0)


async def test_a_programme_that_was_unloaded_writes_nothing_more(
    hass: HomeAssistant, programme: MockConfigEntry, coordinator: RehabCoordinator
) -> None:
    """Its successor owns the journal, and would lose what both write."""
    pause = partial(decide.pause, until=date(2026, 3, 4))
    await coordinator._lock.acquire()
    early = hass.async_create_task(coordinator.async_record(pause))
    reload = hass.async_create_task(hass.config_entries.async_reload(programme.entry_id))
    await turns(20)
    assert programme.state is ConfigEntryState.UNLOAD_IN_PROGRESS
    coordinator._lock.release()
    assert await reload
    again: RehabCoordinator = programme.runtime_data
    stored = journal(hass, programme).read_bytes()
    for late in (early, coordinator.async_record(pause)):
        with pytest.raises(HomeAssistantError) as caught:
            await late
        assert check_refusal(caught.value) == ("not_loaded", "")
    assert again.course.facts == coordinator.course.facts
    coordinator.announcer._told = replace(again.data.standing, paused=True)
    await coordinator.async_look_again()
    assert journal(hass, programme).read_bytes() == stored


SEED: Final = 20260302
CALLS: Final = 10_000
WEIGHTS: Final[Mapping[str, int]] = {
    "log_session": 25,
    "log_morning_check": 20,
    "log_run": 8,
    "log_test": 8,
    "log_event": 6,
    "report_symptoms": 3,
    "unlock": 6,
    "progress": 12,
    "set_stage": 3,
    "pause": 3,
    "resume": 6,
    "skip_session": 4,
    "void_entry": 8,
    "log_weekly_check": 4,
    "get_plan": 1,
    "get_log": 1,
    "explain": 1,
    "export": 1,
    "clinician_report": 1,
    "import_log": 1,
}
BY_STATE: Final = UNFIELDED | {
    "already_voided",
    "before_start",
    "criteria_unmet",
    "date_in_future",
    "date_in_past",
    "date_too_far",
    "date_too_old",
    "end_before_start",
    "entry_needed",
    "not_in_the_log",
    "nothing_given",
    "reason_needed",
    "unknown_dose_step",
    "unknown_entry",
    "until_not_after_today",
    "weekly_or_visa_h",
}
"""What a value that is right by itself can be refused for."""

EXERCISE_IDS: Final = tuple(name for name, known in EXERCISES.items() if not known.is_test)
NOT_SIDES: Final[tuple[object, ...]] = (*NOT_TEXTS, "both", "LEFT", " left", "rechts", "\u202eleft")
TOGETHER: Final[Mapping[str, frozenset[str]]] = {"log_weekly_check": frozenset(ANSWERS)}
"""Fields that an action takes together or not at all, though the schema cannot say so."""
NOT_LOGS: Final[tuple[object, ...]] = (
    *NOT_NUMBERS,
    "x" * 100_000,
    "kind,on\n",
    '{"entries": [{}], "schema": [1, 1]}',
    {"schema": [1, 1], "entries": [{"kind": "event"}]},
    {"schema": [9, 0], "entries": []},
    {"csv": "\ud800"},
)
RENAMED: Final = {("log_event", "kind"): "event", ("void_entry", "log_id"): "target"}
type Draw = Callable[[random.Random, RehabCoordinator], object]


def _day(rng: random.Random, first: int, last: int) -> object:
    on = dt_util.now().date() + timedelta(days=rng.randint(first, last))
    return on if rng.random() < 0.3 else on.isoformat()


def _log_id(rng: random.Random, coordinator: RehabCoordinator) -> str:
    known = list(coordinator.course.facts)
    return rng.choice(known[-20:] if rng.random() < 0.8 else known)


def _question(question: Question) -> Draw:
    if question.named:
        return lambda rng, _: rng.choice(list(question.named))
    return lambda rng, _: rng.choice((0, 1, min(5, question.most), question.most))


def _sides(coordinator: RehabCoordinator) -> tuple[str, ...]:
    side = coordinator.course.side
    return ("left", "right") if side == "both" else (side,)


def _log(rng: random.Random, coordinator: RehabCoordinator) -> object:
    """Return the log as it is exported, or with an entry more."""
    told = transfer.export(coordinator)
    known = coordinator.course.facts
    more = encode(
        EventLogged(
            log_id=f"taken in {rng.randrange(10**9)}",
            on=coordinator.data.today,
            logged_at=next(reversed(known.values())).logged_at,
            event="other",
        )
    )
    taken = {**told, "entries": [*told["entries"], *([more] if rng.random() < 0.5 else [])]}
    return json.dumps(taken) if rng.random() < 0.5 else taken


DRAWS: Final[Mapping[str, Draw]] = {
    **{each.name: _question(each) for each in QUESTIONS},
    "overall": lambda rng, _: rng.choice((0, 60, 100)),
    "visa_h_total": lambda rng, _: rng.choice((0, 64.5, 100)),
    "format": lambda rng, _: rng.choice(transfer.FORMATS),
    "data": _log,
    "completed": lambda rng, _: rng.choice((0, 50, 79.9, 80, 100, 100.0)),
    "sitting_minutes": lambda rng, _: rng.choice((0, 20, 45.5, 1440)),
    "minutes": lambda rng, _: rng.choice((0, 90, 1440)),
    "distance": lambda rng, _: rng.choice((0, 4.2, 10)),
    "value": lambda rng, _: rng.choice((0, 12, 30, 60.5, 1000)),
    "other_side": lambda rng, _: rng.choice((0, 12, 30, 1000)),
    "exercises": lambda rng, _: rng.sample(EXERCISE_IDS, rng.randint(0, 5)),
    "dose_step": lambda rng, _: rng.choice((*STEP_INDEX, *ENERGY_INDEX, *RUN_INDEX)),
    "side": lambda rng, of: rng.choice(_sides(of)),
    "session_id": lambda rng, _: f"{rng.choice(ODD_TEXTS)}{rng.randrange(40)}",
    "reason": lambda rng, _: rng.choice(ODD_TEXTS),
    "date": lambda rng, _: _day(rng, -14, 0),
    "until": lambda rng, _: _day(rng, 1, 4),
    "start_date": lambda rng, _: _day(rng, -20, 20),
    "end_date": lambda rng, _: _day(rng, -20, 20),
    "days": lambda rng, _: rng.randint(1, 28),
    "test": lambda rng, _: rng.choice((*LOAD_TESTS, *CAPACITY_TESTS)),
    "kind": lambda rng, _: rng.choice(decide.EVENTS),
    "symptoms": lambda rng, _: rng.sample(list(SCREENING), rng.choice((0, 0, 0, 1, 2))),
    "stage": lambda rng, of: rng.choice(COURSES[Goal(of.course.set_up.goal)]).value,
    "log_id": _log_id,
    "language": lambda rng, _: rng.choice(("de", "en", "de-AT", "DE", "fr", "zh-Hant-TW", "xx")),
    "date_pattern": lambda rng, _: rng.choice(("DD.MM.YYYY", "M/D/YYYY", "", *ODD_TEXTS[-8:])),
}


def _good(rng: random.Random, coordinator: RehabCoordinator, name: str, reader: object) -> object:
    if reader is readers.flag:
        return rng.random() < 0.3
    if name in SCORES:
        return (
            min(10, abs(rng.gauss(0, 2)) * 2 // 1 / 2) if rng.random() < 0.9 else rng.randint(0, 10)
        )
    return DRAWS[name](rng, coordinator)


@dataclass
class Fuzz:
    """Random calls of random actions, each held against what may come of it."""

    hass: HomeAssistant
    entry: MockConfigEntry
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    outcomes: Counter[str] = field(default_factory=Counter)
    stages: set[str] = field(default_factory=set)
    writes: int = 0

    @property
    def coordinator(self) -> RehabCoordinator:
        """The programme's coordinator."""
        found: RehabCoordinator = self.entry.runtime_data
        return found

    def payload(self, action: str) -> tuple[Payload, set[str]]:
        """Return the data of a call, and the names of those that cannot be taken."""
        known = {**dict(actions()), "import_log": IMPORT}[action]
        data: Payload = {}
        wrong: set[str] = set()
        together = TOGETHER.get(action, frozenset()) if self.rng.random() < 0.7 else frozenset()
        evil = self.rng.random() < 0.8
        for name, reader in {**known.required, **known.optional, **known.wording}.items():
            needed = name in known.required or name in together
            if not needed and self.rng.random() < (0.9 if name in known.wording else 0.6):
                continue
            if evil and self.rng.random() < 0.5:
                data[name] = self.rng.choice(self.hostile(name, reader))
                wrong.add(name)
            elif self.rng.random() < 0.03:
                data[name] = None
                wrong |= {name} if needed else set()
            else:
                data[name] = _good(self.rng, self.coordinator, name, reader)
        if not data.get("visa_h_total"):
            wrong |= {name for name in TOGETHER.get(action, ()) if data.get(name) is None}
        return data, wrong

    def hostile(self, name: str, reader: Callable[..., object]) -> tuple[object, ...]:
        """Return what a field cannot take."""
        if name == "side" and self.coordinator.course.side == "both":
            return NOT_SIDES
        if name == "data":
            return NOT_LOGS
        return NOT_SCORES if name in SCORES else HOSTILE[reader]

    def look(self) -> tuple[object, ...]:
        """Return what may not change on a refusal."""
        coordinator = self.coordinator
        disk = journal(self.hass, self.entry).stat()
        facts = coordinator.course.facts
        last = next(reversed(facts))
        return self.writes, disk.st_size, disk.st_mtime_ns, len(facts), last, id(coordinator.data)

    async def call(self) -> None:
        """Make one call."""
        (action,) = self.rng.choices(list(WEIGHTS), list(WEIGHTS.values()))
        data, wrong = self.payload(action)
        what = (action, {name: short(value) for name, value in data.items()})
        if self.rng.random() < 0.02:
            data["novel"] = 1
            wrong.add("novel")
        before, facts = self.look(), len(self.coordinator.course.facts)
        try:
            answer = await call(self.hass, action, **data)
        except Invalid as invalid:
            named = str(invalid)
            assert "novel" in named, what
            assert "novel" in data, what
            self.outcomes["invalid"] += 1
        except ServiceValidationError as error:
            key, named = check_refusal(error)
            assert named in wrong or key in BY_STATE, (key, named, what)
            self.outcomes[key] += 1
        else:
            self.check(action, data, wrong, answer, facts)
            self.outcomes[action] += 1
            if answer.get("added"):  # the programme began anew, and looks after its files
                await self.hass.async_block_till_done()
                return
            if action in WRITING:
                return
        assert self.look() == before, what

    def check(
        self, action: str, data: Payload, wrong: set[str], answer: dict[str, Any], before: int
    ) -> None:
        """Hold what was answered and recorded against what was asked."""
        what = (action, {name: short(value) for name, value in data.items()})
        facts = self.coordinator.course.facts
        self.stages.add(self.coordinator.data.stage)
        if action in READING:
            assert not wrong, what
            assert answer, what
            return
        if action == "import_log":
            assert not wrong, what
            assert answer == {"added": len(facts) - before}, what
            return
        weekly = (
            {"weekly_check"} if isinstance(facts.get(answer["log_id"]), WeeklyChecked) else set()
        )
        assert answer.keys() == RECORDED | weekly, what
        if len(facts) == before:  # said before
            assert action in {"log_session", "log_run", "skip_session"}, what
            assert answer["log_id"] is None or answer["log_id"] in facts, what
            return
        assert not wrong, what
        fact = facts[answer["log_id"]]
        new = list(facts)[before:]  # one, and another beside it where the sides part
        assert fact.log_id in new, what
        assert len(new) in ({1} if self.coordinator.course.side != "both" else {1, 2}), what
        for name, value in data.items():
            if value is None or name in WRITING[action].fields.wording:
                continue
            if name == "side" and self.coordinator.course.side != "both":
                continue  # the only side is not named in an entry
            scores = {data.get("pain_during"), data.get("pain_after"), data.get("session_id")}
            alike = isinstance(fact, SessionReported) and fact.side is None
            if name == "side" and alike and scores == {None}:
                continue  # what has no scores can be the same of both sides
            given = value.isoformat() if isinstance(value, date) else value
            where = RENAMED.get((action, name), "on" if name == "date" else name)
            if (action, name) == ("log_session", "dose_step") and given in ENERGY_INDEX:
                where = "energy_step"
            kept = getattr(fact, where)
            kept = kept.isoformat() if isinstance(kept, date) else kept
            kept = list(kept) if isinstance(kept, tuple) else kept
            assert kept == (list(dict.fromkeys(given)) if isinstance(given, list) else given), what


async def hold_out(fuzz: Fuzz, freezer: FrozenDateTimeFactory, calls: int) -> None:
    """Make so many calls while time passes; in the end a restart shows the same."""
    hass, entry = fuzz.hass, fuzz.entry

    @callback
    def wrote(_event: Event[EventStateChangedData]) -> None:
        fuzz.writes += 1

    stop = hass.bus.async_listen(EVENT_STATE_CHANGED, wrote)
    for number in range(calls):
        await fuzz.call()
        if number % 25 == 24:
            freezer.tick(timedelta(minutes=fuzz.rng.randint(1, 720)))
            async_fire_time_changed(hass)
            await hass.async_block_till_done()
    stop()
    accepted = sum(fuzz.outcomes[action] for action in WRITING)
    missing = [action for action in WEIGHTS if not fuzz.outcomes[action]]
    assert not missing, fuzz.outcomes
    assert accepted > calls / 10, fuzz.outcomes
    before = fuzz.coordinator
    states = [(known.entity_id, known.state) for known in hass.states.async_all()]
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert fuzz.coordinator is not before
    assert fuzz.coordinator.course.facts == before.course.facts
    assert fuzz.coordinator.data == before.data
    assert [(known.entity_id, known.state) for known in hass.states.async_all()] == states


async def test_ten_thousand_calls(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    programme: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "fdatasync", lambda _fd: None)
    assert WEIGHTS.keys() == hass.services.async_services_for_domain(DOMAIN).keys()
    await hold_out(Fuzz(hass, programme), freezer, CALLS)


async def test_two_thousand_calls_about_two_sides(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    berlin: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "fdatasync", lambda _fd: None)
    entry = await run(berlin, "Anna", goal="running", stage="hip_flexion")
    await entry.runtime_data.async_record(
        lambda course, at: add_side(course, at, at.today, side="left", morning_pain=4)
    )
    assert entry.runtime_data.course.side == "both"
    fuzz = Fuzz(hass, entry)
    await hold_out(fuzz, freezer, CALLS // 5)
    assert fuzz.stages >= {"energy_storage", "return_to_sport", "maintenance"}
    told = {getattr(fact, "side", None) for fact in fuzz.coordinator.course.facts.values()}
    assert told == {"left", "right", None}
    assert await hass.config_entries.async_unload(entry.entry_id)
