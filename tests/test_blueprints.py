"""Each blueprint in the real automation engine, with a phone and a speaker."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.blueprint.models import Blueprint
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import HomeAssistant
from homeassistant.util.yaml import load_yaml_dict
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.test_util.aiohttp import (  # type: ignore[import-untyped]
    AiohttpClientMocker,
)

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.facts import (
    MorningChecked,
    RunReported,
    SessionReported,
    SessionSkipped,
)
from tests.automations import at, device
from tests.house import (
    BLUEPRINTS,
    Phone,
    Speaker,
    Use,
    a_phone,
    a_speaker,
    listen,
    restart,
    settle,
    turn,
    use,
)

DUE: Final = "2026-03-02T18:00:00"
MORNING: Final = "2026-03-03T07:00:00"
PRIVATE: Final = ("pain", "ache", "hurt", "symptom", "flare", "sore")


@dataclass
class House:
    """Anna's programme, her phone, and the time."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    programme: MockConfigEntry
    phone: Phone

    @property
    def device(self) -> str:
        """The programme's device."""
        return device(self.hass, self.programme)

    async def start(self, name: str, *others: Use, **given: object) -> None:
        """Use a blueprint for the programme."""
        await use(self.hass, (name, {"programme": self.device, **given}), *others)

    async def at(self, when: str) -> None:
        """Let it become a local time."""
        await at(self.hass, self.freezer, when)

    async def morning(self) -> None:
        """Let it become the next morning, not at one jump: what is over at noon is over then."""
        await self.at("2026-03-02T12:00:01")
        await self.at(MORNING)

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.freezer.tick(seconds)
        async_fire_time_changed(self.hass)
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def pass_by(self, seconds: float) -> None:
        """Let time pass while an automation waits for just that."""
        self.freezer.tick(seconds)
        async_fire_time_changed(self.hass)
        await settle()

    def told[F](self, kind: type[F]) -> list[F]:
        """Return the facts of one kind."""
        return told(self.programme, kind)

    async def do_session(self, pain: float = 1) -> None:
        """Log a session as if from a dashboard."""
        await self.programme.runtime_data.async_record(
            partial(decide.log_session, pain_during=pain)
        )
        await self.hass.async_block_till_done()


def told[F](programme: MockConfigEntry, kind: type[F]) -> list[F]:
    facts = programme.runtime_data.course.facts.values()
    return [fact for fact in facts if isinstance(fact, kind)]


@pytest.fixture
async def house(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    programme: MockConfigEntry,
    aioclient_mock: AiohttpClientMocker,
) -> AsyncIterator[House]:
    """Return the house, from which every automation is gone in the end."""
    yield House(hass, freezer, programme, await a_phone(hass, aioclient_mock))
    await turn(hass, "off")


@pytest.fixture
async def speaker(house: House) -> Speaker:
    """Return the speaker in the living room, in which somebody is."""
    house.hass.states.async_set("binary_sensor.room", "on")
    return await a_speaker(house.hass)


def test_each_can_be_imported() -> None:
    names = sorted(path.name for path in BLUEPRINTS.glob("*.yaml"))
    assert len(names) == 7
    for name in names:
        blueprint = Blueprint(
            load_yaml_dict(str(BLUEPRINTS / name)), expected_domain="automation", schema=dict
        )
        assert blueprint.validate() is None
        assert str(blueprint.metadata["source_url"]).endswith(f"/automation/pht_rehab/{name}")


# The reminder on the phone


async def test_without_a_picture_there_is_none_to_fetch(hass: HomeAssistant, house: House) -> None:
    await house.start("session_reminder", phone=house.phone.device)
    hass.states.async_remove("image.anna_next_exercise")
    await house.at(DUE)
    data = house.phone.only["data"]
    assert (data["image"], data["attachment"]) == ("", None)


async def test_a_session_is_reminded_of_and_logged_with_its_score(house: House) -> None:
    await house.start("session_reminder", phone=house.phone.device)
    assert house.phone.sent == []
    await house.at(DUE)
    assert house.phone.only["message"].startswith("Today: Two-leg bridge, slow, 3")
    data = house.phone.only["data"]
    assert data["image"].startswith("/api/image_proxy/image.anna_next_exercise")
    assert data["attachment"] == {"url": data["image"], "content-type": "gif"}
    assert not any(word in house.phone.only["message"].lower() for word in PRIVATE)
    assert house.phone.only["data"]["clickAction"] == house.phone.only["data"]["url"] == "/todo"
    await house.phone.press("Done", "2,5")
    (session,) = house.told(SessionReported)
    assert (session.pain_during, session.exercises) == (2.5, None)
    assert house.phone.shown == {}


@pytest.mark.parametrize("reply", ["", "  ", "11", "-1", "3.7", "three", "3/10", None])
async def test_what_is_no_score_is_asked_again(
    house: House,
    reply: str | None,
) -> None:
    await house.start("session_reminder", phone=house.phone.device)
    await house.at(DUE)
    await house.phone.press("Done", reply)
    assert house.told(SessionReported) == []
    assert house.phone.only["message"].startswith("Please answer")
    await house.phone.press("Done", " 0 ")
    assert [fact.pain_during for fact in house.told(SessionReported)] == [0]
    assert house.phone.shown == {}


async def test_not_today_is_a_day_off(house: House) -> None:
    await house.start("session_reminder", phone=house.phone.device)
    await house.at(DUE)
    await house.phone.press("Not today")
    assert len(house.told(SessionSkipped)) == 1
    assert house.phone.shown == {}


async def test_later_comes_back_if_it_is_still_due(house: House) -> None:
    await house.start("session_reminder", phone=house.phone.device, later=30)
    await house.at(DUE)
    for _ in range(2):
        await house.phone.press("Later", wait=False)
        assert house.phone.shown == {}
        await house.pass_by(30 * 60 + 1)
        assert house.phone.only
    await house.phone.press("Later", wait=False)
    await house.programme.runtime_data.async_record(partial(decide.log_session, pain_during=1))
    await house.pass_by(30 * 60 + 1)
    assert house.phone.shown == {}


async def test_a_restart_loses_no_answer(house: House) -> None:
    await house.start("session_reminder", phone=house.phone.device)
    await house.at(DUE)
    await restart(house.hass)
    await house.phone.press("Done", "1")
    assert [fact.pain_during for fact in house.told(SessionReported)] == [1]


async def test_an_answer_counts_for_the_day_it_was_asked_and_once(house: House) -> None:
    await house.start("session_reminder", phone=house.phone.device)
    await house.at(DUE)
    button = house.phone.only["data"]["actions"][0]["action"]
    await house.at("2026-03-03T00:00:00")
    assert house.phone.shown == {}
    await house.at("2026-03-03T08:00:00")
    for _ in range(3):  # the phone was offline, and tells it more than once
        await house.phone.answer(button, "3")
    (session,) = house.told(SessionReported)
    assert session.on.isoformat() == "2026-03-02"


@pytest.mark.parametrize("what", ["log_session", "skip_session", "pause"])
async def test_it_goes_away_when_it_is_over_anywhere(
    house: House,
    what: str,
) -> None:
    await house.start("session_reminder", phone=house.phone.device)
    await house.at(DUE)
    assert house.phone.only
    await house.hass.services.async_call("pht_rehab", what, {}, blocking=True)
    await house.hass.async_block_till_done()
    assert house.phone.shown == {}


async def test_a_late_entry_leaves_todays_reminder(house: House) -> None:
    await house.start("session_reminder", phone=house.phone.device)
    for when in ("03T00:00:00", "04T00:00:00", "04T18:00:00"):
        await house.at(f"2026-03-{when}")
    act = house.hass.services.async_call
    for on, shown in (("2026-03-02", 1), ("2026-03-04", 0)):
        await act("pht_rehab", "log_session", {"date": on, "pain_during": 1}, blocking=True)
        await house.hass.async_block_till_done()
        assert len(house.phone.shown) == shown


async def test_it_waits_until_the_person_is_at_home(house: House) -> None:
    house.hass.states.async_set("person.anna", "not_home")
    await house.start("session_reminder", phone=house.phone.device, person=["person.anna"])
    house.hass.states.async_set("person.anna", "home")
    house.hass.states.async_set("person.anna", "not_home")
    await house.at(DUE)
    assert house.phone.sent == []  # nothing was due, then nobody was there
    house.hass.states.async_set("person.anna", "home")
    await house.hass.async_block_till_done()
    assert house.phone.only


async def test_two_programmes_do_not_mix(
    other: MockConfigEntry,
    house: House,
) -> None:
    more = (
        "session_reminder",
        {"programme": device(house.hass, other), "phone": house.phone.device},
    )
    await house.start("session_reminder", more, phone=house.phone.device)
    await house.at(DUE)
    assert len(house.phone.shown) == 2
    theirs = house.phone.shown[f"pht_rehab_session_{device(house.hass, other)}"]
    await house.phone.answer(theirs["data"]["actions"][0]["action"], "4")
    assert house.told(SessionReported) == []
    assert [fact.pain_during for fact in told(other, SessionReported)] == [4]
    assert list(house.phone.shown) == [f"pht_rehab_session_{house.device}"]
    await house.phone.answer("SOMETHING_ELSE", "5")
    await house.phone.answer(f"pht_done {house.device}", "5")
    assert house.told(SessionReported) == []


@pytest.mark.parametrize(
    ("zone", "first"),
    [("Europe/Berlin", "2026-03-27"), ("Australia/Sydney", "2026-04-03")],
    ids=["02:30 is missing on the 29th", "02:30 comes twice on the 5th"],
)
async def test_clocks_that_change_remind_once_a_day(house: House, zone: str, first: str) -> None:
    await house.hass.config.async_set_time_zone(zone)
    await house.at(f"{first}T12:00:00")
    house.hass.config_entries.async_update_entry(
        house.programme, options={**house.programme.options, "session_time": "02:30"}
    )
    record = house.programme.runtime_data.async_record
    await record(partial(decide.set_stage, stage="isometric"))
    assert await house.hass.config_entries.async_reload(house.programme.entry_id)
    await house.start("session_reminder", phone=house.phone.device)
    house.phone.sent.clear()
    for _ in range(4 * 24):
        await house.wait(3600)
    reminded = [each for each in house.phone.sent if each["message"] != "clear_notification"]
    assert len(reminded) == 4


# The morning check


@pytest.mark.parametrize(
    ("stage", "asked", "answers", "told"),
    [
        ("settle", ["Ache", "How many"], ["1,5", "40"], (2, 1.5, 40, None)),
        ("isometric", ["How many", "Did"], ["40", None], (2, None, 40, False)),
    ],
)
async def test_the_morning_is_asked_for_and_what_the_stage_misses_after_it(
    house: House,
    stage: str,
    asked: list[str],
    answers: list[str | None],
    told: tuple[float | None, ...],
) -> None:
    await house.programme.runtime_data.async_record(partial(decide.set_stage, stage=stage))
    await house.start("morning_check", phone=house.phone.device)
    await house.morning()
    assert house.phone.only["message"].startswith("How was the morning test?")
    await house.phone.press("Answer", "12")
    assert house.phone.only["message"] == "Please answer with a number."
    assert house.told(MorningChecked) == []
    await house.phone.press("Answer", "2")
    for question, answer in zip(asked, answers, strict=True):
        assert house.phone.only["message"].startswith(question)
        await restart(house.hass)
        if answer is None:
            await house.phone.press("No it did not")
            continue
        await house.phone.press("Answer", "forty")
        assert house.phone.only["message"] == "Please answer with a number."
        await house.phone.press("Answer", answer)
    assert house.phone.shown == {}
    last = house.told(MorningChecked)[-1]
    assert (last.pain, last.rest_pain, last.sitting_minutes, last.night_waking) == told
    assert {fact.on.isoformat() for fact in house.told(MorningChecked)} == {"2026-03-03"}


async def test_a_missed_morning_is_asked_for_again_and_over_at_noon(house: House) -> None:
    await house.start("morning_check", phone=house.phone.device, again_after={"hours": 2})
    await house.morning()
    house.phone.sent.clear()
    await house.at("2026-03-03T09:00:01")
    assert len(house.phone.sent) == 1
    assert house.phone.only
    await house.at("2026-03-03T12:00:00")
    assert house.phone.shown == {}
    await house.at("2026-03-04T07:00:00")
    await house.programme.runtime_data.async_record(partial(decide.log_morning_check, pain=0))
    await house.hass.async_block_till_done()
    assert house.phone.shown == {}
    before = len(house.phone.sent)
    await house.at("2026-03-04T09:00:01")
    assert len(house.phone.sent) == before


@pytest.mark.parametrize(
    ("said", "pain"), [("three", 3), ("3", 3), ("2,5", 2.5), (" Zero ", 0), ("lots", None)]
)
async def test_a_speaker_asks_for_the_morning(
    house: House,
    speaker: Speaker,
    said: str,
    pain: float | None,
) -> None:
    speaker.answers.append({"id": "score", "sentence": said, "slots": {"score": said}})
    given = {"satellite": ["assist_satellite.room"], "presence": ["binary_sensor.room"]}
    await house.start("morning_check", phone=house.phone.device, **given)
    await house.morning()
    assert len(speaker.asked) == 1
    assert [fact.pain for fact in house.told(MorningChecked)] == [pain] * (pain is not None)
    assert speaker.said == ["Noted."] * (pain is not None)


async def test_a_speaker_asks_nobody(
    house: House,
    speaker: Speaker,
) -> None:
    house.hass.states.async_set("binary_sensor.room", "off")
    given = {"satellite": ["assist_satellite.room"], "presence": ["binary_sensor.room"]}
    await house.start("morning_check", phone=house.phone.device, **given)
    await house.morning()
    assert house.phone.only
    assert speaker.asked == []


# The speaker in the evening

ROOM: Final = {"satellite": "assist_satellite.room", "presence": ["binary_sensor.room"]}
YES: Final = {"id": "done", "sentence": "yes", "slots": {}}


def heard(score: str) -> dict[str, Any]:
    return {"id": "score", "sentence": score, "slots": {"score": score}}


async def test_the_speaker_asks_and_logs(
    house: House,
    speaker: Speaker,
) -> None:
    speaker.answers += [YES, heard("two")]
    await house.start("speaker_check_in", **ROOM)
    await house.at(DUE)
    assert speaker.asked[0].endswith("Done, or not today?")
    assert "Two-leg bridge" in speaker.asked[0]
    assert [fact.pain_during for fact in house.told(SessionReported)] == [2]
    assert speaker.said == ["It is logged."]
    spoken = " ".join((speaker.asked[0], *speaker.said)).lower()
    assert not any(word in spoken for word in PRIVATE)


async def test_the_speaker_takes_a_no(
    house: House,
    speaker: Speaker,
) -> None:
    speaker.answers.append({"id": "not_today", "sentence": "not today", "slots": {}})
    await house.start("speaker_check_in", **ROOM)
    await house.at(DUE)
    assert len(house.told(SessionSkipped)) == 1
    assert speaker.said == ["All right, not today."]


@pytest.mark.parametrize(
    "answers", [[{"id": None, "sentence": "what", "slots": {}}], [YES, heard("awful")]]
)
async def test_the_speaker_logs_nothing_it_did_not_understand(
    house: House,
    speaker: Speaker,
    answers: list[dict[str, Any]],
) -> None:
    speaker.answers += answers
    await house.start("speaker_check_in", **ROOM)
    await house.at(DUE)
    assert house.told(SessionReported) == []
    assert speaker.said == ["I did not get that. Please log it on the phone."]


async def test_the_speaker_waits_for_somebody_and_asks_once(
    house: House,
    speaker: Speaker,
) -> None:
    house.hass.states.async_set("binary_sensor.room", "off")
    await house.start("speaker_check_in", **ROOM)
    await house.at(DUE)
    assert speaker.asked == []
    for came in ("2026-03-02T18:20:00", "2026-03-02T19:00:00", "2026-03-04T18:30:00"):
        speaker.answers = [{"id": None, "sentence": "", "slots": {}}]
        await house.at(came)
        house.hass.states.async_set("binary_sensor.room", "on")
        await house.hass.async_block_till_done()
        house.hass.states.async_set("binary_sensor.room", "off")
    assert len(speaker.asked) == 2  # on Monday and on Wednesday


@pytest.mark.parametrize(("moment", "asks"), [("20:59:00", 1), ("21:00:01", 0), ("23:59:00", 0)])
async def test_the_speaker_is_quiet_in_quiet_hours(
    house: House,
    speaker: Speaker,
    moment: str,
    asks: int,
) -> None:
    house.hass.states.async_set("binary_sensor.room", "off")
    await house.start("speaker_check_in", **ROOM)
    await house.at(DUE)
    await house.at(f"2026-03-02T{moment}")
    speaker.answers.append({"id": None, "sentence": "", "slots": {}})
    house.hass.states.async_set("binary_sensor.room", "on")
    await house.hass.async_block_till_done()
    assert len(speaker.asked) == asks


# Progress and flare-ups


async def test_a_stage_that_is_ready_can_be_confirmed_on_the_phone(house: House) -> None:
    await house.start("progress_and_flare_up", phone=house.phone.device)
    called = listen(house.hass, "pht_rehab")
    standing = replace(house.programme.runtime_data.data.standing, ready=True)
    coordinator = house.programme.runtime_data
    coordinator.async_set_updated_data(replace(coordinator.data, standing=standing))
    await house.hass.async_block_till_done()
    assert house.phone.only["message"].startswith("All criteria of this stage are met.")
    await restart(house.hass)
    await house.phone.press("Move on")
    assert called == [("progress", {"config_entry_id": house.programme.entry_id})]
    assert house.phone.shown == {}


async def test_a_flare_up_says_what_to_do_and_when_it_is_over(house: House) -> None:
    await house.start("progress_and_flare_up", phone=house.phone.device)
    await house.do_session()
    await house.morning()
    await house.programme.runtime_data.async_record(partial(decide.log_morning_check, pain=9))
    await house.hass.async_block_till_done()
    message = house.phone.shown[f"pht_rehab_flare_{house.device}"]["message"]
    assert message.startswith("The programme has changed to calm things down. Today")
    newest = list(house.programme.runtime_data.course.facts)[-1]
    await house.programme.runtime_data.async_record(partial(decide.void_entry, log_id=newest))
    await house.hass.async_block_till_done()
    message = house.phone.shown[f"pht_rehab_flare_{house.device}"]["message"]
    assert message.startswith("Things have calmed down.")


async def test_a_review_and_the_screening_are_told(house: House) -> None:
    await house.start("progress_and_flare_up", phone=house.phone.device)
    await house.do_session(pain=9)
    assert any("safety questions" in each["message"] for each in house.phone.shown.values())


# The week


@pytest.mark.parametrize(
    ("early", "late", "words"),
    [(3, 1, "calmer than"), (1, 1, "much as"), (1, 1.5, "sorer than"), (None, 1, None)],
)
async def test_the_week_in_words(
    house: House,
    early: float | None,
    late: float,
    words: str | None,
) -> None:
    record = house.programme.runtime_data.async_record
    for day in range(2, 15):
        await house.at(f"2026-03-{day:02}T08:00:00")
        pain = early if day < 9 else late
        if pain is not None and day > 2:
            await record(partial(decide.log_morning_check, pain=pain))
        if day in (9, 11):
            await house.at(f"2026-03-{day:02}T18:00:00")
            await house.do_session()
    await house.start("weekly_summary", phone=house.phone.device)
    await house.at("2026-03-14T18:00:00")
    assert house.phone.sent == []  # a Saturday
    await house.at("2026-03-15T18:00:00")
    message = house.phone.only["message"]
    assert "Sessions this week: 2." in message
    assert "planned in two weeks: " in message
    assert "Sessions planned next week: 3." in message
    assert ("Mornings" in message) == (words is not None)
    assert words is None or words in message
    assert ("the dose rises on 2026-" in message) != ("The dose stays" in message)


# A day with a run


async def runs(house: House, *steps: tuple[str, str | None]) -> None:
    """Let the programme be about running, at a stage and a running step."""
    entries = house.hass.config_entries
    entries.async_update_entry(house.programme, data={**house.programme.data, "goal": "running"})
    assert await entries.async_reload(house.programme.entry_id)
    record = house.programme.runtime_data.async_record
    for stage, step in steps:
        await record(partial(decide.set_stage, stage=stage, dose_step=step))
    await house.start("run_day", phone=house.phone.device, remind_at="08:30:00")
    await house.hass.async_block_till_done()


R5: Final = (("hip_flexion", None), ("hip_flexion", "R5"))
R17: Final = (("return_to_sport", None), ("return_to_sport", "R17"))
R14: Final = (("return_to_sport", None), ("return_to_sport", "R14"))


async def test_a_run_is_reminded_of_and_logged_with_its_score(house: House) -> None:
    await runs(house, *R5)
    await house.at("2026-03-02T08:29:59")
    assert house.phone.sent == []
    await house.at("2026-03-02T08:30:00")
    shown = house.phone.only
    assert shown["message"] == "4 \N{MULTIPLICATION SIGN} 5 min running, 1 min walking"
    assert not any(word in f"{shown['title']} {shown['message']}".lower() for word in PRIVATE)
    assert shown["data"]["actions"][0]["textInputPlaceholder"] == "Worst pain, 0 to 10"
    await restart(house.hass)
    await house.phone.press("Done", "1,5")
    (run,) = house.told(RunReported)
    assert (run.minutes, run.pain_during, run.hills, run.fast) == (20, 1.5, False, False)
    assert run.prescribed_step == "R5"
    assert house.phone.shown == {}
    await house.at("2026-03-03T08:30:00")  # no run is planned
    assert house.phone.shown == {}


async def test_not_today_puts_the_reminder_away_and_midnight_too(house: House) -> None:
    await runs(house, *R5)
    await house.at("2026-03-02T08:30:00")
    await house.phone.press("Not today")
    assert house.phone.shown == {}
    assert (house.told(RunReported), house.told(SessionSkipped)) == ([], [])
    for when in ("03T08:30:00", "04T00:00:00", "04T08:30:00"):
        await house.at(f"2026-03-{when}")
    button = house.phone.only["data"]["actions"][0]["action"]
    await house.at("2026-03-05T00:00:00")
    assert house.phone.shown == {}
    for _ in range(2):  # the phone was offline, and tells it more than once
        await house.phone.answer(button, "25 2")
    (run,) = house.told(RunReported)
    assert (run.on.isoformat(), run.minutes, run.pain_during) == ("2026-03-04", 25, 2)


@pytest.mark.parametrize("reply", ["", "11", "-1", "3.7", "three", "0 1", "1000 2", "20 2 3", None])
async def test_what_tells_no_run_is_asked_again(house: House, reply: str | None) -> None:
    await runs(house, *R5)
    await house.at("2026-03-02T08:30:00")
    await house.phone.press("Done", reply)
    assert house.told(RunReported) == []
    assert house.phone.only["message"].startswith("Please answer")
    await house.phone.press("Done", " 0 ")
    assert [(run.minutes, run.pain_during) for run in house.told(RunReported)] == [(20, 0)]
    assert house.phone.shown == {}


async def test_normal_training_asks_for_its_minutes(house: House) -> None:
    await runs(house, *R17)
    await house.at("2026-03-02T08:30:00")
    assert house.phone.only["message"] == "Normal training"
    assert "40 2" in house.phone.only["data"]["actions"][0]["textInputPlaceholder"]
    await house.phone.press("Done", "2")
    assert house.told(RunReported) == []
    assert "40 2" in house.phone.only["data"]["actions"][0]["textInputPlaceholder"]
    await house.phone.press("Done", "55 2")
    (run,) = house.told(RunReported)
    assert (run.minutes, run.pain_during, run.hills, run.fast) == (55, 2, True, True)


async def test_hills_and_speed_of_the_plan_are_logged_with_it(house: House) -> None:
    await runs(house, *R14)
    await house.at("2026-03-02T08:30:00")
    await house.phone.press("Done", "1")
    (run,) = house.told(RunReported)
    assert (run.minutes, run.hills, run.fast) == (40, True, True)


async def test_a_run_logged_elsewhere_is_neither_reminded_of_nor_logged_twice(
    house: House,
) -> None:
    await runs(house, *R5)
    await house.at("2026-03-02T08:30:00")
    record = house.programme.runtime_data.async_record
    button = house.phone.only["data"]["actions"][0]["action"]
    await record(partial(decide.log_run, minutes=20, pain_during=1))
    await house.hass.async_block_till_done()
    assert house.phone.shown == {}
    await house.phone.answer(button, "1")
    assert len(house.told(RunReported)) == 1
    assert house.phone.shown == {}
    await house.at("2026-03-03T08:30:00")
    await house.at("2026-03-04T07:00:00")
    await record(partial(decide.log_run, minutes=20, pain_during=1))
    house.phone.sent.clear()
    await house.at("2026-03-04T08:30:00")
    assert house.phone.sent == []


@pytest.mark.parametrize("goal", ["everyday", "running"])
async def test_no_run_no_reminder(house: House, goal: str) -> None:
    if goal == "running":
        await runs(house)
    else:
        await house.start("run_day", phone=house.phone.device, remind_at="08:30:00")
    await house.at("2026-03-02T08:30:00")
    assert house.phone.sent == []


async def test_a_late_run_leaves_todays_reminder(house: House) -> None:
    await runs(house, *R5)
    for when in ("02T08:30:00", "03T00:00:00", "03T08:30:00", "04T00:00:00", "04T08:30:00"):
        await house.at(f"2026-03-{when}")
    assert house.phone.only
    record = house.programme.runtime_data.async_record
    for day, shown in ((2, 1), (4, 0)):
        on = date(2026, 3, day)
        await record(partial(decide.log_run, on=on, minutes=20, pain_during=1))
        await house.hass.async_block_till_done()
        assert len(house.phone.shown) == shown


async def test_a_pause_puts_it_away(house: House) -> None:
    await runs(house, *R5)
    await house.at("2026-03-02T08:30:00")
    assert house.phone.only
    await house.programme.runtime_data.async_record(decide.pause)
    await house.hass.async_block_till_done()
    assert house.phone.shown == {}


# Standing up

DESK: Final = "binary_sensor.desk"


@pytest.fixture
async def desk(house: House) -> str:
    """Put a seat in the house."""
    house.hass.states.async_set(DESK, "off")
    options = {**house.programme.options, "seats": [DESK]}
    house.hass.config_entries.async_update_entry(house.programme, options=options)
    assert await house.hass.config_entries.async_reload(house.programme.entry_id)
    await house.hass.async_block_till_done()
    return DESK


async def sit(house: House, begin: str, end: str) -> None:
    """Sit, and let whatever starts then wait for the end of it."""
    await house.at(begin)
    house.hass.states.async_set(DESK, "on")
    await settle()
    house.freezer.move_to(f"{end}+01:00")
    async_fire_time_changed(house.hass)
    await settle()


@pytest.mark.usefixtures("desk")
async def test_the_phone_says_when_to_stand_up_and_until_it_is_done(house: House) -> None:
    await house.start("stand_up", phones=[house.phone.device])
    await sit(house, "2026-03-02T10:00:00", "2026-03-02T10:44:59")
    assert house.phone.sent == []
    await house.pass_by(1)
    assert house.phone.only["message"] == "Time to stand up for two minutes."
    house.hass.states.async_set(DESK, "off")
    await house.pass_by(119)
    assert house.phone.only
    await house.wait(1)
    assert house.phone.shown == {}


@pytest.mark.usefixtures("desk")
async def test_a_restart_meanwhile_leaves_no_notification(house: House) -> None:
    await house.start("stand_up", phones=[house.phone.device])
    await sit(house, "2026-03-02T10:00:00", "2026-03-02T10:45:00")
    assert house.phone.only
    await restart(house.hass)
    assert house.phone.only
    house.hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await house.hass.async_block_till_done()
    assert house.phone.shown == {}


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("begin", "end", "said"),
    [
        ("2026-03-02T20:14:59", "2026-03-02T20:59:59", 1),
        ("2026-03-02T20:15:00", "2026-03-02T21:00:00", 0),
        ("2026-03-03T07:14:59", "2026-03-03T07:59:59", 0),
        ("2026-03-03T07:15:00", "2026-03-03T08:00:00", 1),
    ],
)
async def test_the_speaker_says_so_and_not_in_quiet_hours(
    house: House, speaker: Speaker, begin: str, end: str, said: int
) -> None:
    await house.start("stand_up", satellite=["assist_satellite.living_room"])
    await sit(house, begin, end)
    assert speaker.said == ["Time to stand up for two minutes."] * said
    assert not any(word in str(speaker.said).lower() for word in PRIVATE)
    assert house.phone.sent == []


@pytest.mark.usefixtures("desk")
async def test_lights_blink_and_are_as_they_were(house: House) -> None:
    called = listen(house.hass, "light")
    house.hass.services.async_register("light", "toggle", lambda _call: None)
    await house.start("stand_up", lights=["light.desk"])
    await sit(house, "2026-03-02T10:00:00", "2026-03-02T10:45:00")
    for _ in range(5):
        await house.pass_by(1)
    assert [name for name, _data in called] == ["toggle"] * 4
    assert house.phone.sent == []
