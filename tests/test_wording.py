"""What actions answer is worded as asked for, and nothing else is."""

from collections.abc import Mapping
from typing import Any, Final

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.translation import TRANSLATION_FLATTEN_CACHE
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)
from voluptuous import Invalid

from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.services import READING, WRITING
from custom_components.pht_rehab.texts import async_load_texts
from custom_components.pht_rehab.why import reasons_of
from tests.actions import act
from tests.domain.builders import ANSWERS
from tests.entities import state
from tests.spoken import ask

ASKED: Final[Mapping[str, Mapping[str, object]]] = {
    "log_morning_check": {"pain": 4},
    "log_run": {"minutes": 20, "pain_during": 1},
    "log_test": {"test": "bridge_reps", "value": 20},
    "log_weekly_check": {**ANSWERS, "morning_mean": 1, "bridge_reps": 10},
    "log_event": {"kind": "stretching"},
    "report_symptoms": {"symptoms": ["swollen_calf"]},
    "unlock": {"reason": "cleared"},
    "progress": {"anyway": True, "reason": "asked to"},
    "set_stage": {"stage": "settle"},
}
BEFORE: Final[Mapping[str, tuple[str, Mapping[str, object]]]] = {
    "unlock": ("report_symptoms", {"symptoms": ["swollen_calf"]}),
    "resume": ("pause", {}),
}
WORDED: Final = [name for name, action in READING.items() if action.fields.worded]


@pytest.fixture
async def log_id(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> str:
    """Log what gives reasons and names, and return the id of a session."""
    assert programme.runtime_data
    made = await act(hass, "log_session", pain_during=6, pain_after=5)
    await act(hass, "log_event", kind="travel")
    await act(hass, "log_test", test="bridge_reps", value=20, other_side=22)
    freezer.tick(24 * 3600)
    await act(hass, "log_morning_check", pain=4)
    return str(made["log_id"])


def words(answer: object) -> str:
    """Return all that an answer says to a person."""
    match answer:
        case {**fields}:
            told = {"text", "name", "load", "equipment", "dose", "how_to", "stage_name", "html"}
            return " ".join(
                value if name in told and isinstance(value, str) else words(value)
                for name, value in fields.items()
            )
        case [*items]:
            return " ".join(map(words, items))
        case _:
            return ""


def test_all_answers_but_the_bare_log_have_words() -> None:
    assert WORDED == ["get_plan", "get_log", "explain", "clinician_report"]
    assert all(action.fields.worded for action in WRITING.values())


@pytest.mark.parametrize("action", WORDED)
@pytest.mark.usefixtures("log_id")
async def test_an_english_house_answers_as_a_german_one(hass: HomeAssistant, action: str) -> None:
    english = await act(hass, action)
    german = await act(hass, action, language="de")
    assert words(german).split() != words(english).split() != []
    assert await act(hass, action) == english
    await hass.config.async_update(language="de")
    await hass.async_block_till_done()
    assert await act(hass, action) == german
    assert await act(hass, action, language="en") == english


@pytest.mark.parametrize("action", WRITING)
async def test_what_is_recorded_is_answered_in_german(
    hass: HomeAssistant, programme: MockConfigEntry, log_id: str, action: str
) -> None:
    coordinator = programme.runtime_data
    if action in BEFORE:
        name, data = BEFORE[action]
        await act(hass, name, **data)
    asked = {"log_id": log_id} if action == "void_entry" else ASKED.get(action, {})
    answer = await act(hass, action, **asked, language="de")
    reasons = coordinator.data.explanation.reasons
    texts = await async_load_texts(hass, "de")
    assert answer["reasons"] == reasons_of(texts, reasons)
    assert not reasons or answer["reasons"] != reasons_of(coordinator.texts, reasons)
    if action == "log_event":
        (remark,) = answer["remarks"]
        assert remark["text"] == texts.say("remark_stretching")


@pytest.mark.usefixtures("log_id")
async def test_german_words(hass: HomeAssistant) -> None:
    log = words(await act(hass, "get_log", language="de"))
    assert "Reise" in log
    assert "Travel" not in log
    told = await act(hass, "explain", language="de")
    assert told["protocol"]["name"] == "Eingebautes Protokoll"
    assert "Beidbeinige Brücke" in words(await act(hass, "get_plan", language="de"))
    assert '<html lang="de">' in (await act(hass, "clinician_report", language="de"))["html"]


async def test_the_log_and_what_is_spoken_stay_in_the_language_of_the_house(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    for component in ("homeassistant", "intent"):
        assert await async_setup_component(hass, component, {})
    await hass.async_block_till_done()
    coordinator = programme.runtime_data
    texts, summary = coordinator.texts, coordinator.texts.summary(coordinator.data)
    for action in WORDED:
        await act(hass, action, language="de", date_pattern="DD.MM.YYYY")
    await act(hass, "log_event", kind="travel", language="de", date_pattern="DD.MM.YYYY")
    assert coordinator.texts is texts
    shown = state(hass, programme, "sensor", "exercises_today")
    assert shown.attributes["summary"] == summary
    assert await ask(hass, "ExercisesToday") == summary
    (*_, entry) = (await act(hass, "export"))["entries"]
    assert entry.keys() == {"kind", "on", "log_id", "logged_at", "event"}


@pytest.mark.parametrize(
    ("house", "language", "lang"),
    [
        ("en", "de-AT", "de"),
        ("en", "DE", "de"),
        ("de", "xx", "en"),
        ("de", "zh-Hant-TW", "en"),
        ("de", None, "de"),
        ("fr", None, "en"),
    ],
)
@pytest.mark.usefixtures("programme")
async def test_a_language_that_is_not_there(
    hass: HomeAssistant, house: str, language: str | None, lang: str
) -> None:
    await hass.config.async_update(language=house)
    await hass.async_block_till_done()
    page = (await act(hass, "clinician_report", language=language))["html"]
    assert f'<html lang="{lang}">' in page
    title = {"de": "Bericht für die Fachperson", "en": "Report for the clinician"}[lang]
    assert f"<h1>{title}</h1>" in page


@pytest.mark.usefixtures("programme")
async def test_no_language_is_kept_that_nothing_is_said_in(hass: HomeAssistant) -> None:
    known = hass.data[TRANSLATION_FLATTEN_CACHE].cache_data.cache
    before = {*known}  # the plugin hands on what earlier tests have loaded
    for language in ("xx", "xx-YY", "qaa-Qaaa"):
        await act(hass, "explain", language=language)
    for hostile in ("../..", "\ud800", "x" * 100_000, "🦵🏽"):  # as a card may say it
        assert (await async_load_texts(hass, hostile)).language == "en"
    assert known.keys() <= before | {"en", "de"}


@pytest.mark.parametrize("action", ["export", "import_log"])
@pytest.mark.usefixtures("programme")
async def test_where_nothing_is_said_there_is_no_language(hass: HomeAssistant, action: str) -> None:
    data: dict[str, Any] = {"data": "{}"} if action == "import_log" else {}
    with pytest.raises(Invalid, match="language"):
        await act(hass, action, **data, language="de")


async def test_a_wrong_language_is_refused_before_anything_is_recorded(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    facts = dict(programme.runtime_data.course.facts)
    for wrong in ({"language": "../.."}, {"date_pattern": "D" * 33}):
        with pytest.raises(ServiceValidationError) as caught:  # also where nobody waits for words
            await hass.services.async_call(DOMAIN, "log_session", wrong, blocking=True)
        (field,) = wrong
        assert (caught.value.translation_placeholders or {})["field"] == field
    assert programme.runtime_data.course.facts == facts


@pytest.mark.usefixtures("log_id")
async def test_dates_in_figures(hass: HomeAssistant) -> None:
    wording = {"language": "de", "date_pattern": "DD.MM.YYYY"}
    page = (await act(hass, "clinician_report", **wording))["html"]
    assert "Montag, 02.03.2026 bis Dienstag, 03.03.2026" in page
    assert "<td>02.03.2026</td>" in page
    assert "März" not in page
    assert "2026 2026" not in page
    for empty in ({"date_pattern": ""}, {"date_pattern": None, "language": None}):
        assert "2 March 2026" in (await act(hass, "clinician_report", **empty))["html"]
    page = (await act(hass, "clinician_report", date_pattern="<b>DD</b> & {0}"))["html"]
    assert "&lt;b&gt;02&lt;/b&gt; &amp; {0}" in page
    assert "<b>" not in page
