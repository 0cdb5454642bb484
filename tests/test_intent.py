"""Intents: what is asked and said, what is recorded, and who may."""

import logging
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain.facts import (
    MorningChecked,
    SessionReported,
    SymptomsReported,
)
from custom_components.pht_rehab.domain.model import Outcome, Reason, ReasonId, reason
from tests.spoken import another, ask, expose, facts, sentence
from tests.test_rights import ROLES, STAGE, context_of, nothing_done

READING: Final = ("ExercisesToday", "DaysToNextStage", "WhyHeld")
WRITING: Final[Mapping[str, Mapping[str, object]]] = {
    "LogSession": {"pain": 2},
    "LogMorningScore": {"pain": 2},
    "ReportSymptoms": {"symptoms": ["bone_stress"]},
}
NOT_SCORES: Final = [11, -1, 3.3, True, "eleven", "", None, [], float("nan")]
HEALTH: Final = re.compile(r"pain|hurt|symptom|sore|ache|flare|tendon|too much|calm", re.IGNORECASE)


@pytest.fixture(autouse=True)
async def _voice(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    """Let Home Assistant know the intents of what it has loaded."""
    assert programme
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "intent", {})
    await hass.async_block_till_done()


async def speak_openly(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    hass.config_entries.async_update_entry(
        programme, options={**programme.options, "spoken_symptoms": True}
    )
    await hass.async_block_till_done()


async def test_what_is_left_of_today(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    texts = programme.runtime_data.texts
    answer = await ask(hass, "ExercisesToday")
    for item in programme.runtime_data.data.items:
        assert texts.exercise(item.prescribed.id) in answer
        assert texts.dose(item.prescribed) in answer
    await ask(hass, "LogSession")
    assert await ask(hass, "ExercisesToday") == "Everything for today is done."


async def test_how_long_to_the_next_stage(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    days = programme.runtime_data.data.days_to_next_stage
    assert days > 0
    assert await ask(hass, "DaysToNextStage") == await sentence(hass, "stage_days", days=str(days))
    await hass.services.async_call(DOMAIN, "pause", {}, blocking=True)
    assert await ask(hass, "DaysToNextStage") == await sentence(hass, "stage_unknown")


async def test_the_next_stage_that_can_come_today(
    hass: HomeAssistant, programme: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = programme.runtime_data.data
    monkeypatch.setattr(type(view), "days_to_next_stage", property(lambda _view: 0))
    assert await ask(hass, "DaysToNextStage") == await sentence(hass, "stage_today")


async def test_why_is_told_in_general_words(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    """A session that was too much is a matter of pain, a day of rest is not."""
    await ask(hass, "LogSession", pain=9)
    more = await sentence(hass, "more")
    told = [programme.runtime_data.texts.reason(why) for why in _reasons(programme)]
    assert any(HEALTH.search(text) for text in told)
    answer = await ask(hass, "WhyHeld")
    assert not HEALTH.search(answer)
    assert answer.endswith(more)
    await ask(hass, "ReportSymptoms", symptoms=["sudden_onset"], confirmed=True)
    assert await ask(hass, "WhyHeld") == f"{await sentence(hass, 'held')} {more}"


async def test_why_is_told_where_it_is_not_about_pain(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    await ask(hass, "LogSession", pain=1)
    (days,) = [why for why in _reasons(programme) if why.id is ReasonId.MINIMUM_DAYS]
    said = programme.runtime_data.texts.reason(days)
    assert await ask(hass, "WhyHeld") == f"{said} {await sentence(hass, 'more')}"


async def test_why_of_a_programme_that_goes_on(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    coordinator = programme.runtime_data
    calm = (reason(ReasonId.TWO_GREEN, step="S2.1", next_step="S2.2", greens=2),)
    why = replace(coordinator.data.explanation, outcome=Outcome.PROGRESS, reasons=calm)
    coordinator.data = replace(coordinator.data, explanation=why)
    answer = f"{await sentence(hass, 'not_held')} {await sentence(hass, 'more')}"
    assert await ask(hass, "WhyHeld") == answer


async def test_why_is_told_in_full_where_that_is_allowed(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    await ask(hass, "LogSession", pain=9)
    quiet = await ask(hass, "WhyHeld")
    await speak_openly(hass, programme)
    answer = await ask(hass, "WhyHeld")
    assert answer != quiet
    for why in _reasons(programme):
        assert programme.runtime_data.texts.reason(why) in answer


def _reasons(programme: MockConfigEntry) -> tuple[Reason, ...]:
    reasons: tuple[Reason, ...] = programme.runtime_data.data.explanation.reasons
    return reasons


async def test_a_session_is_logged_once_and_its_score_corrected(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    assert await ask(hass, "LogSession") == await sentence(hass, "session_unscored")
    assert await ask(hass, "LogSession") == await sentence(hass, "session_unscored")
    assert len(facts(programme, SessionReported)) == 1
    assert not programme.runtime_data.data.session_open
    for pain in (3, 3, 2.5):
        assert await ask(hass, "LogSession", pain=pain) == await sentence(hass, "session_logged")
    assert programme.runtime_data.data.session_pain_today == 2.5
    assert len(facts(programme, SessionReported)) == 3
    assert await ask(hass, "LogSession") == await sentence(hass, "session_logged")
    assert len(facts(programme, SessionReported)) == 3


async def test_a_session_with_pain_and_effort(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    for _twice in range(2):
        await ask(hass, "LogSession", pain=0, effort=6)
    (told,) = facts(programme, SessionReported)
    assert (told.pain_during, told.effort, told.exercises) == (0, 6, None)
    await ask(hass, "LogSession", effort=7)
    assert programme.runtime_data.course.diary.page(told.on).session.effort == 7


async def test_a_morning_is_logged_once(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    for _twice in range(2):
        answer = await ask(hass, "LogMorningScore", pain=0)
        assert answer == await sentence(hass, "morning_logged")
    (told,) = facts(programme, MorningChecked)
    assert told.pain == 0


async def test_scores_are_repeated_only_where_that_is_allowed(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    for intent in ("LogSession", "LogMorningScore"):
        assert "3.5" not in await ask(hass, intent, pain=3.5)
    await speak_openly(hass, programme)
    assert await ask(hass, "LogSession", pain=3.5) == await sentence(
        hass, "session_pain", pain="3.5"
    )
    assert await ask(hass, "LogMorningScore", pain=3) == await sentence(
        hass, "morning_pain", pain="3"
    )


@pytest.mark.parametrize("score", NOT_SCORES)
async def test_what_is_no_score_changes_nothing(
    hass: HomeAssistant, programme: MockConfigEntry, score: object
) -> None:
    refusal = await sentence(hass, "not_a_score")
    with nothing_done(hass, programme):
        assert await ask(hass, "LogMorningScore", pain=score) == refusal
        if score is not None:
            assert await ask(hass, "LogSession", pain=score) == refusal
            assert await ask(hass, "LogSession", pain=1, effort=score) == refusal


@pytest.mark.parametrize("symptom", ["leg_numbness", "fluoroquinolone_or_steroids", "swollen_calf"])
async def test_a_symptom_that_takes_exercise_away_is_asked_back(
    hass: HomeAssistant, programme: MockConfigEntry, symptom: str
) -> None:
    urgent = await sentence(hass, "emergency")
    with nothing_done(hass, programme):
        for confirmed in ({}, {"confirmed": False}):
            answer = await ask(hass, "ReportSymptoms", symptoms=["low_mood", symptom], **confirmed)
            assert answer.endswith(await sentence(hass, "confirm"))
            assert answer.startswith(urgent) == (symptom == "swollen_calf")
    answer = await ask(hass, "ReportSymptoms", symptoms=symptom, confirmed=True)
    assert answer.endswith(await sentence(hass, "symptom_held"))
    assert answer.startswith(urgent) == (symptom == "swollen_calf")
    (told,) = facts(programme, SymptomsReported)
    assert told.symptoms == (symptom,)
    assert programme.runtime_data.data.standing.locked


async def test_another_symptom_is_recorded_at_once(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    answer = await ask(hass, "ReportSymptoms", symptoms=["bone_stress"])
    assert answer == await sentence(hass, "symptom_logged")
    assert facts(programme, SymptomsReported)[0].symptoms == ("bone_stress",)
    assert not programme.runtime_data.data.standing.locked


@pytest.mark.parametrize("symptoms", [[], "", "toe", ["low_mood", "toe"], None, 3, [["low_mood"]]])
async def test_what_is_no_symptom_changes_nothing(
    hass: HomeAssistant, programme: MockConfigEntry, symptoms: object
) -> None:
    with nothing_done(hass, programme):
        answer = await ask(hass, "ReportSymptoms", symptoms=symptoms, confirmed=True)
        assert answer == await sentence(hass, "unknown_symptom")


@pytest.mark.parametrize(
    ("action", "data", "refusal"),
    [("pause", {}, "paused"), ("report_symptoms", {"symptoms": ["sudden_onset"]}, "locked")],
)
async def test_a_closed_programme_takes_no_session(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    action: str,
    data: dict[str, object],
    refusal: str,
) -> None:
    await hass.services.async_call(DOMAIN, action, data, blocking=True)
    freezer.tick(timedelta(days=1))
    await hass.async_block_till_done()
    with nothing_done(hass, programme):
        assert await ask(hass, "LogSession", pain=1) == await sentence(hass, refusal)


async def test_a_disk_that_refuses_is_no_thanks(
    hass: HomeAssistant, programme: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_fd: int, _data: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.write", broken)
    with nothing_done(hass, programme):
        assert await ask(hass, "LogSession", pain=1) == await sentence(hass, "not_stored")


@pytest.mark.parametrize("role", ROLES)
async def test_who_may_ask_and_who_may_tell(
    hass: HomeAssistant, programme: MockConfigEntry, role: str
) -> None:
    context = await context_of(hass, role)
    may_read, may_write = ROLES[role]
    refusal = await sentence(hass, "not_allowed")
    for intent in READING:
        assert (await ask(hass, intent, context) == refusal) != may_read
    for intent, slots in WRITING.items():
        if may_write:
            assert await ask(hass, intent, context, **slots) != refusal
        else:
            with nothing_done(hass, programme):
                assert await ask(hass, intent, context, **slots) == refusal
    count = len(programme.runtime_data.course.facts)
    assert count == (1 + len(WRITING) if may_write else 1)


async def test_of_two_programmes_one_has_to_be_named(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    which = await sentence(hass, "which", names="Anna, Ben")
    async with another(hass, programme) as other:
        with nothing_done(hass, programme), nothing_done(hass, other):
            assert await ask(hass, "LogSession") == which
            assert await ask(hass, "LogSession", name="Carla") == which
            assert await ask(hass, "WhyHeld") == which
        await ask(hass, "LogSession", name="ben")
        assert facts(other, SessionReported)
        assert not facts(programme, SessionReported)
        expose(hass, programme, exposed=False)
        assert await ask(hass, "ExercisesToday") == "Everything for today is done."


async def test_a_name_that_is_not_the_only_programmes(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    with nothing_done(hass, programme):
        answer = await ask(hass, "LogSession", name="Ben")
        assert answer == await sentence(hass, "which", names="Anna")


async def test_the_only_programme_a_user_may_use_is_meant(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    """Nor does such a user learn of the other one."""
    context = await context_of(hass, "stage_only")
    async with another(hass, programme) as other:
        await ask(hass, "LogSession", context)
        assert facts(programme, SessionReported)
        assert not facts(other, SessionReported)
        answer = await ask(hass, "LogSession", context, name="Ben")
        assert answer == await sentence(hass, "which", names="Anna")
    assert STAGE == "sensor.anna_stage"


async def test_what_is_not_exposed_is_not_talked_of(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    expose(hass, programme, exposed=False)
    silence = await sentence(hass, "no_programme")
    with nothing_done(hass, programme):
        for intent in (*READING, "LogSession"):
            assert await ask(hass, intent) == silence
    assert await ask(hass, "ExercisesToday", None, None) != silence
    expose(hass, programme, exposed=True)
    assert await ask(hass, "ExercisesToday") != silence
    await hass.config_entries.async_unload(programme.entry_id)
    assert await ask(hass, "ExercisesToday") == silence


async def test_no_score_and_no_symptom_is_logged(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await ask(hass, "LogSession", pain=9.5)
    await ask(hass, "LogSession", pain=99.5)
    await ask(hass, "LogMorningScore", pain="nine.5")
    await ask(hass, "ReportSymptoms", symptoms=["swollen_calf"], confirmed=True)
    own = [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith((f"custom_components.{DOMAIN}", "homeassistant.helpers.intent"))
    ]
    assert own
    assert not [message for message in own if re.search(r"9\.5|nine|swollen_calf", message)]
