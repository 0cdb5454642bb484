"""What the card is told: the whole read model, again whenever it changes, and only to whom may.

``UPDATE_WIRE=1 script/test tests/test_websocket.py`` writes the golden file anew, which the
card's own tests read as well: read the difference before keeping it.
"""

import asyncio
import dataclasses
import json
import os
import re
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.pht_rehab import websocket
from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.choices import add_side
from custom_components.pht_rehab.texts import Texts, async_load_texts
from tests.conftest import run
from tests.domain.builders import ANSWERS

WIRE: Final = Path(__file__).parent / "wire"


class Card:
    """A card that is open: what it has been sent, and how it acts."""

    def __init__(
        self, connect: Callable[[], Awaitable[Any]], freezer: FrozenDateTimeFactory
    ) -> None:
        self._connect = connect
        self._freezer = freezer
        self._client: Any = None

    async def open(self, entry: str, **fields: object) -> dict[str, Any]:
        """Subscribe and return what is shown at first."""
        answer = await self.command(f"{DOMAIN}/subscribe", config_entry_id=entry, **fields)
        assert answer["success"], answer
        return await self.shown()

    async def command(self, command: str, **fields: object) -> dict[str, Any]:
        """Send a command and return the answer."""
        if self._client is None:  # not before time has passed: it would be taken for dead
            self._client = await self._connect()
        await self._client.send_json_auto_id({"type": command, **fields})
        while True:
            answer = await self._received()
            if answer["type"] == "result":
                return answer

    async def shown(self) -> dict[str, Any]:
        """Return what is shown next."""
        message = await self._received()
        assert message["type"] == "event"
        model: dict[str, Any] = message["event"]
        return model

    async def _received(self) -> dict[str, Any]:
        """Let time pass until a message arrives: Home Assistant waits a little to send several.

        The loop's clock stands as well, so no timeout of asyncio would ever end this.
        """
        receiving = asyncio.ensure_future(self._client.receive_json())
        for _ in range(400_000):
            self._freezer.tick(0.0001)
            await asyncio.sleep(0)
            if receiving.done():
                message: dict[str, Any] = receiving.result()
                return message
        receiving.cancel()
        raise TimeoutError

    async def quiet(self) -> bool:
        """Return whether nothing is on its way: the next to arrive is the answer to a ping."""
        await self._client.send_json_auto_id({"type": "ping"})
        return bool((await self._received())["type"] == "pong")


@pytest.fixture
def card(
    hass: HomeAssistant,
    hass_ws_client: Callable[..., Any],
    hass_admin_user: User,
    freezer: FrozenDateTimeFactory,
) -> Card:
    async def connect() -> Any:
        """Log in at this moment; an older token would have run out."""
        refresh = await hass.auth.async_create_refresh_token(hass_admin_user, "https://card.test")
        return await hass_ws_client(hass, hass.auth.async_create_access_token(refresh))

    return Card(connect, freezer)


async def act(hass: HomeAssistant, action: str, **data: object) -> dict[str, Any]:
    answer = await hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True
    )
    await hass.async_block_till_done(wait_background_tasks=True)  # the card reads in one
    assert isinstance(answer, dict)
    return answer


async def to(hass: HomeAssistant, freezer: FrozenDateTimeFactory, **later: float) -> None:
    freezer.tick(timedelta(**later))
    async_fire_time_changed(hass, dt_util.utcnow())
    await hass.async_block_till_done()


async def test_the_wire_format(
    hass: HomeAssistant, programme: MockConfigEntry, card: Card, freezer: FrozenDateTimeFactory
) -> None:
    for day in range(14):
        await act(hass, "log_morning_check", pain=2 if day in {3, 4} else 1)
        await to(hass, freezer, hours=11)
        if day % 7 in {0, 2, 4}:
            await act(hass, "log_session", pain_during=4 if day == 2 else 2, effort=7)
        if day == 9:
            await act(hass, "log_test", test="bridge_reps", value=18, other_side=24, pain=2)
        if day == 6:
            await act(hass, "log_weekly_check", **ANSWERS, bridge_reps=0, overall=60)
        if day == 13:
            better = ANSWERS | {"confidence": 9, "activity_share": 80, "worst_pain": 2}
            await act(hass, "log_weekly_check", **better)
            await act(hass, "log_weekly_check", visa_h_total=64)
        await to(hass, freezer, hours=13)
    await act(hass, "log_session", exercises=["prone_curl_band"])
    is_as_kept(await card.open(programme.entry_id), WIRE / "read_model.json")


async def test_the_wire_format_of_a_runner(
    hass: HomeAssistant, berlin: HomeAssistant, card: Card, freezer: FrozenDateTimeFactory
) -> None:
    entry = await run(berlin, "Anna", goal="running", stage="hip_flexion")
    await act(hass, "set_stage", stage="hip_flexion", dose_step="R5")
    for day in range(3):
        if day:
            await act(hass, "log_morning_check", pain=1)
        if day == 0:
            await act(hass, "log_run", minutes=19, pain_during=2, pain_after=1)
        if day < 2:
            await to(hass, freezer, hours=24)
    model = await card.open(entry.entry_id)
    is_as_kept(model, WIRE / "runner.json")
    assert model["running"]["today"]["step"] == "R5"
    await berlin.config_entries.async_unload(entry.entry_id)


async def test_a_hold_of_running_is_told_until_it_is_cleared(
    hass: HomeAssistant, berlin: HomeAssistant, card: Card
) -> None:
    entry = await run(berlin, "Anna", goal="running", stage="hip_flexion")
    assert (await card.open(entry.entry_id))["impact_hold"] is None
    await act(hass, "report_symptoms", symptoms=["bone_stress", "fluoroquinolone_or_steroids"])
    assert (await card.shown())["prescriber_hold"]
    await act(hass, "unlock", reason="the prescriber's word")  # of the medicine alone
    shown = await card.shown()
    assert shown["prescriber_hold"] is False
    assert "bone stress" in shown["impact_hold"]
    await act(hass, "unlock", reason="seen by a clinician")
    assert (await card.shown())["impact_hold"] is None
    await berlin.config_entries.async_unload(entry.entry_id)


async def test_the_morning_asks_how_the_day_of_the_last_run_ended(
    hass: HomeAssistant, berlin: HomeAssistant, card: Card, freezer: FrozenDateTimeFactory
) -> None:
    entry = await run(berlin, "Anna", goal="running", stage="hip_flexion")
    await act(hass, "log_session", pain_during=1)
    await to(hass, freezer, hours=24)
    ran_on = dt_util.now().date().isoformat()
    await act(hass, "log_run", minutes=19, pain_during=1)
    await to(hass, freezer, hours=24)
    check = (await card.open(entry.entry_id))["morning_check"]
    assert check["ask_pain_after"] == ran_on  # yesterday's answer would be no answer to the run
    await act(hass, "log_morning_check", pain=1, pain_after=2)
    assert (await card.shown())["morning_check"]["ask_pain_after"] is None
    now = dt_util.now()
    (ran,) = entry.runtime_data.course.today(now.date(), now.time()).state.running.records
    assert ran.pain_after == 2
    await berlin.config_entries.async_unload(entry.entry_id)


async def test_the_wire_format_of_two_sides_in_a_flare_up(
    hass: HomeAssistant, berlin: HomeAssistant, card: Card, freezer: FrozenDateTimeFactory
) -> None:
    entry = await run(berlin, "Anna", goal="running")
    first, record = date(2026, 3, 2), entry.runtime_data.async_record
    await record(partial(add_side, on=first, side="left", morning_pain=1))
    for pain in (2, 7, 7):
        await to(hass, freezer, hours=24)
        await act(hass, "log_morning_check", pain=pain, side="right")
        await act(hass, "log_session", pain_during=pain, side="right")
    await record(partial(decide.notice_run, kilometres=4.2, on=first, since=first))
    model = await card.open(entry.entry_id)
    assert model["flare_up"]
    is_as_kept(model, WIRE / "both.json")
    await berlin.config_entries.async_unload(entry.entry_id)


async def test_what_else_may_be_done_until_the_programme_is_stopped(
    hass: HomeAssistant, berlin: HomeAssistant, card: Card
) -> None:
    entry = await run(berlin, "Anna", stage="settle")
    found = (await card.open(entry.entry_id))["cross_training"]
    assert found["allowed"][:2] == [
        "Walking on the flat, at most 3 of 10",
        "Swimming, front crawl, with a pull buoy",
    ]
    await act(hass, "pause")
    assert (await card.shown())["cross_training"] is None
    await berlin.config_entries.async_unload(entry.entry_id)


async def test_how_far_back_a_report_and_an_entry_may_go(
    hass: HomeAssistant, programme: MockConfigEntry, card: Card, freezer: FrozenDateTimeFactory
) -> None:
    await to(hass, freezer, days=20)
    limits = (await card.open(programme.entry_id))["limits"]
    assert (limits["start"], limits["first_day"]) == ("2026-03-02", "2026-03-08")


def is_as_kept(model: dict[str, Any], golden: Path) -> None:
    """Compare what is shown with the golden file, or write that anew."""
    model["entry_id"] = "programme"
    model["session"]["log_ids"] = ["entry"]
    model["protocol"]["digest"] = "digest"  # of every figure of the rules
    text = json.dumps(model, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_WIRE"):
        golden.write_text(text)
    assert text == golden.read_text()


async def test_it_is_told_what_changes_and_nothing_twice(
    hass: HomeAssistant, programme: MockConfigEntry, card: Card, freezer: FrozenDateTimeFactory
) -> None:
    await to(hass, freezer, hours=15, minutes=59)
    model = await card.open(programme.entry_id)
    assert model["kind"] == "loading"
    assert model["session"]["open"]
    assert model["control"]
    assert [step["act"] for step in model["session"]["steps"][:3]] == ["ready", "reps", "rest"]
    await act(hass, "log_morning_check", pain=2)
    assert (await card.shown())["morning_check"]["pain"] == 2
    await act(hass, "log_session", pain_during=2)
    model = await card.shown()
    assert model["session"]["logged"]
    assert model["trend"][-1]["during"] == 2
    await act(hass, "log_morning_check", pain=2)
    assert (await card.shown())["recorded"] == model["recorded"] + 1  # one more in the log
    programme.runtime_data.async_update_listeners()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert await card.quiet()
    await to(hass, freezer, seconds=70)
    assert (await card.shown())["today"] == "2026-03-03"


async def test_it_speaks_the_language_of_who_looks(programme: MockConfigEntry, card: Card) -> None:
    model = await card.open(programme.entry_id, language="de")
    assert model["stage_name"] == "Langsame Kraft"
    assert model["protocol"]["name"] == "Eingebautes Protokoll"
    for hostile in ("../../secrets", "x" * 100_000, "🦵🏽", "{0}"):
        model = await card.open(programme.entry_id, language=hostile)
        assert model["stage_name"] == "Slow strength"


async def test_it_ends_when_the_programme_does(
    hass: HomeAssistant, programme: MockConfigEntry, card: Card
) -> None:
    await card.open(programme.entry_id)
    await hass.config_entries.async_reload(programme.entry_id)
    assert await card.shown() is None
    assert (await card.open(programme.entry_id))["name"] == "Anna"


async def test_unsubscribing_ends_it(
    hass: HomeAssistant, programme: MockConfigEntry, card: Card
) -> None:
    await card.open(programme.entry_id)
    assert (await card.command("unsubscribe_events", subscription=1))["success"]
    await act(hass, "log_morning_check", pain=1)
    assert await card.quiet()


@pytest.mark.usefixtures("programme")
async def test_an_unknown_programme(card: Card) -> None:
    answer = await card.command(f"{DOMAIN}/subscribe", config_entry_id="unknown")
    assert not answer["success"]
    assert answer["error"]["translation_key"] == "service_config_entry_not_found"


@pytest.mark.parametrize("programme_may", [False, True])
async def test_who_may_not_read_sees_nothing(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    hass_ws_client: Callable[..., Any],
    hass_read_only_access_token: str,
    freezer: FrozenDateTimeFactory,
    *,
    programme_may: bool,
) -> None:
    card = Card(lambda: hass_ws_client(hass, hass_read_only_access_token), freezer)
    if programme_may:
        assert not (await card.open(programme.entry_id))["control"]
    else:
        token = hass.auth.async_validate_access_token(hass_read_only_access_token)
        assert token is not None
        token.user.mock_policy({})  # type: ignore[attr-defined]
        answer = await card.command(f"{DOMAIN}/subscribe", config_entry_id=programme.entry_id)
        assert answer["error"]["code"] == "unauthorized"
        assert (await card.command(f"{DOMAIN}/programmes"))["result"] == {"programmes": []}
    answer = await card.command(
        f"{DOMAIN}/note", config_entry_id=programme.entry_id, log_id="x", text="x"
    )
    assert answer["error"]["code"] == "unauthorized"


async def test_who_may_only_look_is_not_shown_the_log(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    card: Card,
    hass_ws_client: Callable[..., Any],
    hass_read_only_access_token: str,
    freezer: FrozenDateTimeFactory,
) -> None:
    made = await act(hass, "log_session", pain_during=7.5, effort=7)
    await act(hass, "log_run", minutes=87, pain_during=6.5)
    await act(hass, "log_test", test="bridge_reps", value=23, pain=4.5)
    await act(hass, "log_weekly_check", **ANSWERS, overall=63)
    await act(hass, "log_weekly_check", visa_h_total=61)
    decided = partial(decide.note, log_id=made["log_id"], words="cold hall")
    await programme.runtime_data.async_record(decided)
    whole = await card.open(programme.entry_id)
    looker = Card(lambda: hass_ws_client(hass, hass_read_only_access_token), freezer)
    seen = await looker.open(programme.entry_id)
    hidden = {name for name in whole if seen.get(name) != whole[name]}
    assert hidden == {"control", "recorded", "tests", "trend", "weekly_check"}
    assert "recorded" not in seen
    text = json.dumps([seen["tests"], seen["trend"], seen["weekly_check"]])
    told = (7.5, 6.5, 87, 63, 61, 23, 4.5)
    assert not [figure for figure in told if re.search(rf"\b{figure}\b", text)]
    assert seen["trend"][-1]["response"] == whole["trend"][-1]["response"] == "red"
    assert seen["trend"][-1]["load"] == whole["trend"][-1]["load"]
    decided = partial(decide.note, log_id=made["log_id"], words="warm hall")
    await programme.runtime_data.async_record(decided)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert await card.shown()
    assert await looker.quiet()


async def test_the_programmes_to_choose_from(
    hass: HomeAssistant, programme: MockConfigEntry, card: Card
) -> None:
    other = await run(hass, "Ben")
    found = (await card.command(f"{DOMAIN}/programmes"))["result"]["programmes"]
    assert found == [
        {"entry_id": programme.entry_id, "name": "Anna"},
        {"entry_id": other.entry_id, "name": "Ben"},
    ]
    await hass.config_entries.async_unload(other.entry_id)


async def test_a_programme_that_goes_while_a_card_opens_is_refused(
    hass: HomeAssistant, programme: MockConfigEntry, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slowly(of: HomeAssistant, *wanted: str | None) -> Texts:
        assert await of.config_entries.async_unload(programme.entry_id)
        return await async_load_texts(of, *wanted)

    monkeypatch.setattr(websocket, "async_load_texts", slowly)
    answer = await card.command(f"{DOMAIN}/subscribe", config_entry_id=programme.entry_id)
    assert answer["error"]["translation_key"] == "service_config_entry_not_loaded"
    await hass.config_entries.async_setup(programme.entry_id)


async def test_a_note_stays_beside_its_entry(
    hass: HomeAssistant, programme: MockConfigEntry, card: Card
) -> None:
    async def note(text: str) -> dict[str, Any]:
        return await card.command(
            f"{DOMAIN}/note", config_entry_id=programme.entry_id, log_id=log_id, text=text
        )

    async def entries() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await act(hass, "get_log"))["entries"]
        return [entry for entry in found if entry["log_id"] == log_id or entry["kind"] == "note"]

    log_id = (await act(hass, "log_session", pain_during=2))["log_id"]
    assert "note" not in (await entries())[0]
    assert (await note("{{ 1 }} <img src=x> 🦵 مرحبا"))["success"]
    assert (await note("second"))["success"]
    lines = programme.runtime_data.journal.lines
    assert (await note("second"))["success"]
    assert programme.runtime_data.journal.lines == lines
    await hass.config_entries.async_reload(programme.entry_id)
    (entry,) = await entries()
    assert entry["note"] == "second"
    assert (await note("x" * 5001))["error"]["translation_key"] == "too_long"
    assert (await note(" "))["success"]
    assert "note" not in (await entries())[0]
    log_id = "unknown"
    assert (await note("x"))["error"]["translation_key"] == "unknown_entry"


@pytest.mark.parametrize(
    ("language", "pattern", "told"),
    [
        ("en", None, "Friday 6 March"),
        ("en", "D/M/YYYY", "Friday, 6/3/2026"),
        ("en", "MM-DD-YYYY", "Friday, 03-06-2026"),
        ("de", "YYYY. M. D.", "Freitag, 2026. 3. 6."),
    ],
)
async def test_dates_are_in_words_or_in_the_figures_asked_for(
    hass: HomeAssistant,
    berlin: HomeAssistant,
    card: Card,
    freezer: FrozenDateTimeFactory,
    language: str,
    pattern: str | None,
    told: str,
) -> None:
    entry = await run(berlin, "Anna", goal="running", stage="hip_flexion")
    await act(hass, "set_stage", stage="hip_flexion", dose_step="R5")
    await act(hass, "log_run", minutes=19, pain_during=2, pain_after=1)
    for _ in range(2):
        await to(hass, freezer, hours=24)
        await act(hass, "log_morning_check", pain=1)
    dates = {} if pattern is None else {"date_pattern": pattern}
    model = await card.open(entry.entry_id, language=language, **dates)
    assert told in " ".join(why["text"] for why in model["reasons"])
    too_long = {"config_entry_id": entry.entry_id, "date_pattern": "D" * 33}
    assert not (await card.command(f"{DOMAIN}/subscribe", **too_long))["success"]
    await berlin.config_entries.async_unload(entry.entry_id)


async def test_a_note_is_a_reason_to_read_the_log_anew(
    hass: HomeAssistant, programme: MockConfigEntry, card: Card
) -> None:
    log_id = (await act(hass, "log_session", pain_during=2))["log_id"]
    before = await card.open(programme.entry_id)
    decided = partial(decide.note, log_id=log_id, words="cold hall")
    await programme.runtime_data.async_record(decided)
    assert await card.shown() == {**before, "recorded": before["recorded"] + 1}


async def test_a_score_is_put_right_and_nothing_else(
    hass: HomeAssistant, programme: MockConfigEntry, card: Card
) -> None:
    async def correct(log_id: str, **scores: object) -> dict[str, Any]:
        return await card.command(
            f"{DOMAIN}/correct", config_entry_id=programme.entry_id, log_id=log_id, scores=scores
        )

    course = programme.runtime_data.course
    only = ["prone_curl_band"]
    first = (await act(hass, "log_session", pain_during=5, exercises=only, completed=50))["log_id"]
    noted = {"config_entry_id": programme.entry_id, "log_id": first, "text": "cold hall"}
    assert (await card.command(f"{DOMAIN}/note", **noted))["success"]
    second = (await correct(first, pain_during=3, effort=None))["result"]["log_id"]
    old, new = course.facts[first], course.facts[second]
    assert dataclasses.replace(old, log_id=second, logged_at=new.logged_at, pain_during=3) == new
    assert first in course.voided
    (entry,) = [
        one
        for one in (await act(hass, "get_log"))["entries"]
        if one["kind"] == "session" and not one["voided"]
    ]
    assert (entry["pain_during"], entry["note"], entry["log_id"]) == (3, "cold hall", second)
    known = len(course.facts)
    assert (await correct(second, pain_during=3))["result"]["log_id"] == second
    for log_id, scores, key in (
        (first, {"pain_during": 1}, "already_voided"),
        ("unknown", {"pain_during": 1}, "unknown_entry"),
        (second, {"pain_during": 11}, "not_a_score"),
        (second, {"pain_during": "NaN"}, "not_a_score"),
        (second, {"dose_step": 1}, "unknown_entry"),
    ):
        assert (await correct(log_id, **scores))["error"]["translation_key"] == key
    morning = (await act(hass, "log_morning_check", pain=4))["log_id"]
    assert (await correct(morning, pain=None))["error"]["translation_key"] == "not_a_score"
    assert (await correct(morning, pain=2))["success"]
    assert len(course.facts) == known + 3
    assert programme.runtime_data.data.morning_pain_today == 2


async def test_a_score_before_the_session_can_be_put_right_without_ending_it(
    hass: HomeAssistant, programme: MockConfigEntry, card: Card
) -> None:
    target = {"entity_id": "number.anna_log_session_pain"}
    await hass.services.async_call("number", "set_value", {"value": 5, **target}, blocking=True)
    (entry,) = [one for one in (await act(hass, "get_log"))["entries"] if one["kind"] == "session"]
    answer = await card.command(
        f"{DOMAIN}/correct",
        config_entry_id=programme.entry_id,
        log_id=entry["log_id"],
        scores={"pain_during": 3},
    )
    assert answer["success"]
    view = programme.runtime_data.data
    assert (view.session_open, view.session_pain_today) == (True, 3)


async def test_nothing_is_left_of_a_card_that_was_closed(
    programme: MockConfigEntry, card: Card
) -> None:
    await card.open(programme.entry_id)
    assert len(programme.runtime_data.on_gone) == 1
    assert (await card.command("unsubscribe_events", subscription=1))["success"]
    assert not programme.runtime_data.on_gone


async def test_a_card_hears_of_a_bout_until_it_is_closed(berlin: HomeAssistant, card: Card) -> None:
    entry = await run(berlin, "Anna", seats=["binary_sensor.desk"])
    seats = entry.runtime_data.seats
    assert (await card.open(entry.entry_id))["sitting"]["since"] is None
    berlin.states.async_set("binary_sensor.desk", "on")
    assert (await card.shown())["sitting"]["since"] == seats.since is not None
    assert (await card.command("unsubscribe_events", subscription=1))["success"]
    assert not seats.on_bout
    await berlin.config_entries.async_unload(entry.entry_id)
