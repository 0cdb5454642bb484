"""Set-up, restart and removal of a programme, and a log that is lost, newer or damaged."""

import errno
import os
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab import opening
from custom_components.pht_rehab.const import DOMAIN, PLATFORMS
from custom_components.pht_rehab.coordinator import RehabCoordinator
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.facts import Fact, OptionsChanged, RulesAdopted, SetUp
from custom_components.pht_rehab.domain.rules import RULES
from custom_components.pht_rehab.lines import line
from custom_components.pht_rehab.store import Journal


def journal(hass: HomeAssistant, entry: MockConfigEntry) -> Path:
    return Path(hass.config.path(".storage", f"pht_rehab.{entry.entry_id}.jsonl"))


def facts[F: Fact](entry: MockConfigEntry, kind: type[F]) -> list[F]:
    coordinator: RehabCoordinator = entry.runtime_data
    return [fact for fact in coordinator.course.facts.values() if isinstance(fact, kind)]


async def start(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()


@pytest.fixture
async def stopped(hass: HomeAssistant, programme: MockConfigEntry) -> MockConfigEntry:
    """Return a programme with one logged session, unloaded."""
    await programme.runtime_data.async_record(decide.log_session)
    await hass.config_entries.async_unload(programme.entry_id)
    return programme


@pytest.fixture
async def other(hass: HomeAssistant, programme: MockConfigEntry) -> MockConfigEntry:
    """Return a second programme, for a test to unload or remove."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Ben",
        data={"name": "Ben", "set_up": programme.data["set_up"]},
        options=programme.options,
    )
    entry.add_to_hass(hass)
    await start(hass, entry)
    return entry


async def test_others_get_their_turn_while_the_entities_are_added(
    hass: HomeAssistant, stopped: MockConfigEntry
) -> None:
    turn = 0
    added: Counter[str] = Counter()

    def take_turn() -> None:
        nonlocal turn
        turn += 1
        if stopped.state is not ConfigEntryState.LOADED:
            hass.loop.call_soon(take_turn)

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        if event.data["new_state"] is not None:
            domain = event.data["entity_id"].partition(".")[0]
            added[f"{turn} {domain}"] += 1

    hass.bus.async_listen(EVENT_STATE_CHANGED, note)
    take_turn()
    await start(hass, stopped)
    turns = [key.partition(" ")[0] for key in added]
    assert len(added) >= len(PLATFORMS)
    assert len(turns) == len(set(turns))  # one platform in a turn


async def test_the_set_up_answers_become_the_first_fact(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    (fact,) = facts(programme, SetUp)
    assert (fact.on, fact.side, fact.stage) == (date(2026, 3, 2), "right", "isotonic")
    assert fact.training_days == ("mon", "wed", "fri")
    assert fact.morning_pain == 1
    assert fact.rest_pain is None
    assert programme.data["journal_created"] is True
    assert list(programme.runtime_data.course.facts) == [fact.log_id]
    assert journal(hass, programme).exists()


async def test_a_restart_adds_nothing(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    before = journal(hass, programme).read_bytes()
    assert await hass.config_entries.async_reload(programme.entry_id)
    assert journal(hass, programme).read_bytes() == before


async def test_set_up_is_placed_where_no_stage_is_given(
    berlin: HomeAssistant, programme: MockConfigEntry
) -> None:
    set_up = {**programme.data["set_up"], "morning_pain": 6, "rest_pain": 4}
    del set_up["stage"], set_up["rules_version"]
    other = MockConfigEntry(domain=DOMAIN, title="Ben", data={"name": "Ben", "set_up": set_up})
    other.add_to_hass(berlin)
    await start(berlin, other)
    assert other.runtime_data.data.stage == "settle"
    await berlin.config_entries.async_unload(other.entry_id)


async def test_changed_options_become_a_dated_fact(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, stopped: MockConfigEntry
) -> None:
    freezer.move_to("2026-03-03T08:00:00+01:00")
    options: dict[str, Any] = {**stopped.options, "training_days": ["tue", "sat"]}
    options |= {"equipment": [], "session_time": "19:30"}
    hass.config_entries.async_update_entry(
        stopped, options=options, data={**stopped.data, "goal": "running"}
    )
    await start(hass, stopped)
    (fact,) = facts(stopped, OptionsChanged)
    assert fact.on == date(2026, 3, 3)
    assert (fact.training_days, fact.equipment) == (("tue", "sat"), ())
    assert (fact.goal, fact.session_time, fact.morning_time) == ("running", "19:30", None)
    coordinator: RehabCoordinator = stopped.runtime_data
    assert coordinator.next_session == datetime.fromisoformat("2026-03-07T19:30:00+01:00")
    await hass.config_entries.async_reload(stopped.entry_id)
    assert len(facts(stopped, OptionsChanged)) == 1


async def test_a_new_edition_of_the_rules_is_adopted_today(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    stopped: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    freezer.move_to("2026-03-03T08:00:00+01:00")
    editions = {1: RULES[1], 2: RULES[1]}
    monkeypatch.setattr("custom_components.pht_rehab.domain.choices.RULES_VERSION", 2)
    monkeypatch.setattr("custom_components.pht_rehab.domain.controls.RULES", editions)
    monkeypatch.setattr(opening, "RULES", editions)
    await start(hass, stopped)
    (fact,) = facts(stopped, RulesAdopted)
    assert (fact.on, fact.rules_version) == (date(2026, 3, 3), 2)
    await hass.config_entries.async_reload(stopped.entry_id)
    assert len(facts(stopped, RulesAdopted)) == 1
    monkeypatch.undo()
    await hass.config_entries.async_reload(stopped.entry_id)
    assert stopped.error_reason_translation_key == "log_newer"


async def test_a_lost_log_is_no_empty_start(hass: HomeAssistant, stopped: MockConfigEntry) -> None:
    path = journal(hass, stopped)
    path.unlink()
    await start(hass, stopped)
    assert stopped.state is ConfigEntryState.SETUP_ERROR
    assert stopped.error_reason_translation_key == "log_lost"
    assert not path.exists()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "log_unreadable"),
        (b"\0" * 900, "log_unreadable"),
        (line({"seq": 0, "schema": [2, 0]}), "log_newer"),
        (line({"seq": 0, "schema": [1, 1], "file": "pht_rehab.b.jsonl"}), "log_foreign"),
    ],
    ids=["empty", "zeros", "newer", "foreign"],
)
async def test_an_unreadable_log_is_left_alone(
    hass: HomeAssistant, stopped: MockConfigEntry, content: bytes, key: str
) -> None:
    path = journal(hass, stopped)
    path.write_bytes(content)
    before = set(path.parent.iterdir())
    await start(hass, stopped)
    assert stopped.state is ConfigEntryState.SETUP_ERROR
    assert stopped.error_reason_translation_key == key
    assert path.read_bytes() == content
    assert set(path.parent.iterdir()) == before


async def test_answers_that_make_no_sense_are_refused(berlin: HomeAssistant) -> None:
    entry = MockConfigEntry(domain=DOMAIN, data={"name": "Anna", "set_up": {"date": "soon"}})
    entry.add_to_hass(berlin)
    await start(berlin, entry)
    assert entry.error_reason_translation_key == "log_unreadable"
    assert not journal(berlin, entry).exists()


def full(*_args: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


async def test_a_first_start_without_disk_space_is_tried_again(
    hass: HomeAssistant, stopped: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = MockConfigEntry(domain=DOMAIN, data={"name": "Ben", "set_up": stopped.data["set_up"]})
    entry.add_to_hass(hass)
    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        await start(hass, entry)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "save_failed"
    assert "journal_created" not in entry.data
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert entry.data["journal_created"] is True
    await hass.config_entries.async_unload(entry.entry_id)


async def test_changed_options_without_disk_space_are_tried_again(
    hass: HomeAssistant, stopped: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = journal(hass, stopped).read_bytes()
    options = {**stopped.options, "session_time": "19:30"}
    hass.config_entries.async_update_entry(stopped, options=options)
    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        await start(hass, stopped)
    assert stopped.state is ConfigEntryState.SETUP_RETRY
    assert stopped.error_reason_translation_key == "save_failed"
    assert journal(hass, stopped).read_bytes() == before
    assert await hass.config_entries.async_reload(stopped.entry_id)
    (fact,) = facts(stopped, OptionsChanged)
    assert fact.session_time == "19:30"


async def test_a_journal_the_entry_does_not_know_of_is_kept(
    hass: HomeAssistant, stopped: MockConfigEntry
) -> None:
    """The journal was stored, the entry a moment later was not."""
    before = journal(hass, stopped).read_bytes()
    hass.config_entries.async_update_entry(
        stopped, data={key: stopped.data[key] for key in ("name", "set_up")}
    )
    await start(hass, stopped)
    assert journal(hass, stopped).read_bytes() == before
    assert stopped.data["journal_created"] is True


async def test_damage_is_told(hass: HomeAssistant, other: MockConfigEntry) -> None:
    await hass.config_entries.async_unload(other.entry_id)
    path = journal(hass, other)
    path.write_bytes(path.read_bytes() + b"rubbish\n")
    await start(hass, other)
    issue = ir.async_get(hass).async_get_issue(DOMAIN, f"log_damaged_{other.entry_id}")
    assert issue is not None
    assert issue.translation_placeholders == {
        "name": "Ben",
        "kept": "1",
        "bad": "1",
        "missing": "0",
        "recovered": "0",
    }
    await hass.config_entries.async_remove(other.entry_id)
    assert not ir.async_get(hass).issues


async def test_a_damaged_set_up_is_restored_from_the_entry(
    hass: HomeAssistant, stopped: MockConfigEntry
) -> None:
    path = journal(hass, stopped)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join((lines[0], b"rubbish\n", *lines[2:])))
    await start(hass, stopped)
    assert stopped.state is ConfigEntryState.LOADED
    assert len(facts(stopped, SetUp)) == 1
    assert not stopped.runtime_data.data.session_open
    again = Journal(path)
    assert len(again.load().facts) == 2


@pytest.mark.usefixtures("stopped")
async def test_unload_and_remove(hass: HomeAssistant, other: MockConfigEntry) -> None:
    path = journal(hass, other)
    files = set(path.parent.iterdir())
    own = {file for file in files if other.entry_id in file.name}
    assert {path, path.with_suffix(".2026-03.json")} == own
    assert await hass.config_entries.async_unload(other.entry_id)
    assert other.state is ConfigEntryState.NOT_LOADED
    assert set(path.parent.iterdir()) == files
    await hass.config_entries.async_remove(other.entry_id)
    assert set(path.parent.iterdir()) == files - own


async def test_a_clock_set_back_keeps_the_order_of_reports(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, stopped: MockConfigEntry
) -> None:
    freezer.move_to("2026-03-02T07:30:00+01:00")
    await start(hass, stopped)
    coordinator: RehabCoordinator = stopped.runtime_data
    made = await coordinator.async_record(lambda course, at: decide.score_session(course, at, 4))
    assert made.facts[0].logged_at > datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert coordinator.data.session_pain_today == 4
    freezer.move_to("2026-02-20T09:00:00+01:00")
    await coordinator.async_look_again()
    assert coordinator.data.today == date(2026, 3, 2)
