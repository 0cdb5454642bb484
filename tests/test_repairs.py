"""A log of which nothing can be read: the repair goes on from copies, or starts over."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab import async_remove_entry
from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.coordinator import RehabCoordinator
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.repairs import LostLogFlow, async_create_fix_flow


def full(*_args: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def path(hass: HomeAssistant, programme: MockConfigEntry) -> Path:
    """Return the journal's path."""
    return Path(hass.config.path(".storage", f"pht_rehab.{programme.entry_id}.jsonl"))


@pytest.fixture
async def lost(hass: HomeAssistant, programme: MockConfigEntry, path: Path) -> MockConfigEntry:
    """Return a programme with two sessions, one of them copied, whose log is rubbish now."""
    assert await async_setup_component(hass, "repairs", {})
    await hass.async_block_till_done()
    coordinator: RehabCoordinator = programme.runtime_data
    for copy in path.parent.glob("*.json"):
        copy.unlink()
    await coordinator.async_record(lambda course, at: decide.log_session(course, at, pain_during=1))
    await coordinator.upkeep.async_run(coordinator.data.today)
    await coordinator.async_record(lambda course, at: decide.log_event(course, at, event="other"))
    await hass.config_entries.async_unload(programme.entry_id)
    write(path, b"rubbish")
    await hass.config_entries.async_setup(programme.entry_id)
    await hass.async_block_till_done()
    assert programme.state is ConfigEntryState.SETUP_ERROR
    return programme


def read(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def issue_of(hass: HomeAssistant, entry: MockConfigEntry) -> ir.IssueEntry | None:
    return ir.async_get(hass).async_get_issue(DOMAIN, f"log_gone_{entry.entry_id}")


async def begin(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, Any]:
    manager = hass.data["repairs"]["flow_manager"]
    result: dict[str, Any] = await manager.async_init(
        DOMAIN, context={"issue_id": f"log_gone_{entry.entry_id}"}
    )
    return result


async def go_on(
    hass: HomeAssistant, flow: dict[str, Any], answers: dict[str, Any]
) -> dict[str, Any]:
    manager = hass.data["repairs"]["flow_manager"]
    result: dict[str, Any] = await manager.async_configure(flow["flow_id"], answers)
    await hass.async_block_till_done()
    return result


async def test_it_says_what_the_copies_hold(hass: HomeAssistant, lost: MockConfigEntry) -> None:
    issue = issue_of(hass, lost)
    assert issue is not None
    assert issue.is_fixable
    assert issue.translation_placeholders == {"name": "Anna", "kept": "2", "until": "2026-03-02"}


async def test_go_on_from_the_copies(
    hass: HomeAssistant, lost: MockConfigEntry, path: Path
) -> None:
    flow = await begin(hass, lost)
    assert flow["type"] is FlowResultType.MENU
    assert flow["menu_options"] == ["restore", "start_over"]
    asked = await go_on(hass, flow, {"next_step_id": "restore"})
    assert asked["type"] is FlowResultType.FORM
    assert asked["description_placeholders"]["kept"] == "2"
    assert read(path) == b"rubbish"
    done = await go_on(hass, asked, {})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert lost.state is ConfigEntryState.LOADED
    assert issue_of(hass, lost) is None
    kinds = [fact.kind for fact in lost.runtime_data.course.facts.values()]
    assert kinds == ["set_up", "session"]
    assert lost.runtime_data.data.session_pain == 1
    assert read(path.with_name(f"{path.name}.corrupt-1")) == b"rubbish"


async def test_start_over(hass: HomeAssistant, lost: MockConfigEntry, path: Path) -> None:
    flow = await begin(hass, lost)
    asked = await go_on(hass, flow, {"next_step_id": "start_over"})
    done = await go_on(hass, asked, {})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert lost.state is ConfigEntryState.LOADED
    assert [fact.kind for fact in lost.runtime_data.course.facts.values()] == ["set_up"]
    assert read(path.with_name(f"{path.name}.corrupt-1")) == b"rubbish"
    assert list(path.parent.glob("*.json"))


def cut(path: Path, lines: int) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:lines]))


def spoil(path: Path, line: int) -> None:
    """Let one line be no line any more, the header being line 0."""
    found = path.read_bytes().splitlines(keepends=True)
    found[line] = b"rubbish\n"
    path.write_bytes(b"".join(found))


def copy_of(path: Path) -> list[str]:
    """Return the entries of the one copy that bears a month's name."""
    (found,) = path.parent.glob("*.json")
    return [entry["log_id"] for entry in json.loads(found.read_text())["entries"]]


async def test_a_log_given_up_does_not_come_back(
    hass: HomeAssistant, lost: MockConfigEntry, path: Path
) -> None:
    before = copy_of(path)
    flow = await begin(hass, lost)
    await go_on(hass, await go_on(hass, flow, {"next_step_id": "start_over"}), {})
    coordinator: RehabCoordinator = lost.runtime_data
    await coordinator.async_record(lambda course, at: decide.log_session(course, at, pain_during=3))
    await coordinator.async_record(lambda course, at: decide.log_event(course, at, event="other"))
    facts = list(coordinator.course.facts.values())
    await hass.async_block_till_done()
    assert copy_of(path) == [facts[0].log_id]
    (aside,) = path.parent.glob("*.json.other-1")
    kept = json.loads(aside.read_text())["entries"]
    assert [entry["log_id"] for entry in kept] == before
    await hass.config_entries.async_unload(lost.entry_id)
    spoil(path, 3)  # set-up, mark, session
    await hass.config_entries.async_setup(lost.entry_id)
    assert list(lost.runtime_data.course.facts.values()) == [facts[0], facts[2]]


async def test_a_log_that_was_cut_short_gets_back_what_its_copy_has(
    hass: HomeAssistant, programme: MockConfigEntry, path: Path
) -> None:
    coordinator: RehabCoordinator = programme.runtime_data
    await coordinator.async_record(lambda course, at: decide.log_session(course, at, pain_during=3))
    await coordinator.async_record(lambda course, at: decide.log_event(course, at, event="other"))
    for copy in path.parent.glob("*.json"):
        copy.unlink()
    await coordinator.upkeep.async_run(coordinator.data.today)
    facts = list(coordinator.course.facts.values())
    await hass.config_entries.async_unload(programme.entry_id)
    cut(path, 2)
    await hass.config_entries.async_setup(programme.entry_id)
    assert list(programme.runtime_data.course.facts.values()) == facts
    issue = ir.async_get(hass).async_get_issue(DOMAIN, f"log_damaged_{programme.entry_id}")
    assert issue is not None
    told = {"name": "Anna", "kept": "3", "bad": "0", "missing": "2", "recovered": "2"}
    assert issue.translation_placeholders == told


async def test_without_copies_only_a_new_start_is_offered(
    hass: HomeAssistant, lost: MockConfigEntry, path: Path
) -> None:
    for copy in path.parent.glob("*.json"):
        copy.unlink()
    await hass.config_entries.async_reload(lost.entry_id)
    flow = await begin(hass, lost)
    assert flow["menu_options"] == ["start_over"]
    issue = issue_of(hass, lost)
    assert issue is not None
    assert issue.translation_placeholders == {"name": "Anna", "kept": "0", "until": "-"}


@pytest.mark.parametrize("choice", ["restore", "start_over"])
async def test_no_room_changes_nothing_and_can_be_tried_again(
    hass: HomeAssistant,
    lost: MockConfigEntry,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    choice: str,
) -> None:
    flow = await begin(hass, lost)
    asked = await go_on(hass, flow, {"next_step_id": choice})
    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        refused = await go_on(hass, asked, {})
    assert refused["type"] is FlowResultType.ABORT
    assert refused["reason"] == "save_failed"
    assert read(path) == b"rubbish"
    assert issue_of(hass, lost) is not None
    asked = await go_on(hass, await begin(hass, lost), {"next_step_id": choice})
    await go_on(hass, asked, {})
    assert lost.state is ConfigEntryState.LOADED


async def test_a_backup_put_back_needs_no_repair(
    hass: HomeAssistant, lost: MockConfigEntry, path: Path
) -> None:
    flow = await begin(hass, lost)
    await go_on(hass, await go_on(hass, flow, {"next_step_id": "restore"}), {})
    whole = read(path)
    await hass.config_entries.async_unload(lost.entry_id)
    write(path, b"")
    await hass.config_entries.async_setup(lost.entry_id)
    assert issue_of(hass, lost) is not None
    write(path, whole)
    await hass.config_entries.async_reload(lost.entry_id)
    assert lost.state is ConfigEntryState.LOADED
    assert issue_of(hass, lost) is None


async def test_removing_the_programme_takes_the_repair_along(
    hass: HomeAssistant, lost: MockConfigEntry, path: Path
) -> None:
    await async_remove_entry(hass, lost)
    assert issue_of(hass, lost) is None
    assert not list(path.parent.glob("pht_rehab.*"))


async def test_a_repair_that_went_away_meanwhile_offers_no_copies(hass: HomeAssistant) -> None:
    flow = await async_create_fix_flow(hass, "log_gone_x", {"entry_id": "x"})
    assert isinstance(flow, LostLogFlow)
    flow.hass, flow.handler, flow.context = hass, DOMAIN, {"issue_id": "log_gone_x"}
    shown = await flow.async_step_init()
    assert shown["menu_options"] == ["start_over"]
