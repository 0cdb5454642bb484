"""Choosing a protocol: options, adoption, and what happens when its file changes or goes."""

import errno
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.json import json_dumps
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab import lines
from custom_components.pht_rehab.answers import log
from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.coordinator import RehabCoordinator
from custom_components.pht_rehab.diagnostics import async_get_config_entry_diagnostics
from custom_components.pht_rehab.domain.adopted import CONTENT_MAX
from custom_components.pht_rehab.domain.facts import Fact, ProtocolAdopted
from custom_components.pht_rehab.protocol_choice import async_find, describe
from custom_components.pht_rehab.transfer import export, read as read_export

MINE = "name: Slow and steady\nrung_up_greens: 4\n"
FAULTY = "name: Mine\nred_min: 12\n"


@pytest.fixture
def folder(hass: HomeAssistant) -> Path:
    """Return where a person puts protocols."""
    found = Path(hass.config.path(DOMAIN, "protocols"))
    found.mkdir(parents=True)
    return found


def write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def rights(path: Path, mode: int) -> None:
    path.chmod(mode)


def kinds(entry: MockConfigEntry) -> list[Fact]:
    course = entry.runtime_data.course
    return [fact for fact in course.facts.values() if fact.kind in ("protocol", "rules")]


def issues(hass: HomeAssistant) -> dict[str, dict[str, str]]:
    found = ir.async_get(hass).issues.values()
    return {
        str(issue.translation_key): dict(issue.translation_placeholders or {})
        for issue in found
        if issue.domain == DOMAIN
    }


async def options(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, Any]:
    return {**await hass.config_entries.options.async_init(entry.entry_id)}


def offered(form: dict[str, Any]) -> list[str]:
    box = form["data_schema"].schema["protocol"]
    return list(box.config["options"])


async def choose(
    hass: HomeAssistant, entry: MockConfigEntry, source: str, **more: object
) -> dict[str, Any]:
    form = await options(hass, entry)
    answers = {**{k: v for k, v in entry.options.items() if k != "protocol"}, "protocol": source}
    result = await hass.config_entries.options.async_configure(form["flow_id"], answers | more)
    await hass.async_block_till_done()
    return {**result}


async def repair(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, Any]:
    assert await async_setup_component(hass, "repairs", {})
    await hass.async_block_till_done()
    manager = hass.data["repairs"]["flow_manager"]
    context = {"issue_id": f"protocol_changed_{entry.entry_id}"}
    form = await manager.async_init(DOMAIN, context=context)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, "confirm")
    result: dict[str, Any] = await manager.async_configure(form["flow_id"], {})
    await hass.async_block_till_done()
    return result


async def test_the_built_in_one_is_the_default(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    coordinator: RehabCoordinator = programme.runtime_data
    assert kinds(programme) == []
    assert describe(coordinator, coordinator.texts)["source"] == "standard"
    assert describe(coordinator, coordinator.texts)["name"] == "Built-in protocol"
    form = await options(hass, programme)
    assert offered(form) == ["standard", "fredericson_2005"]
    assert form["description_placeholders"] == {"faulty": ""}
    assert issues(hass) == {}


async def test_a_file_is_adopted_whole_and_from_today(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    folder: Path,
    freezer: FrozenDateTimeFactory,
) -> None:
    write(folder / "mine.yaml", MINE)
    freezer.move_to("2026-03-04T08:00:00+01:00")
    assert offered(await options(hass, programme)) == ["standard", "fredericson_2005", "mine.yaml"]
    result = await choose(hass, programme, "mine.yaml")
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (fact,) = kinds(programme)
    assert isinstance(fact, ProtocolAdopted)
    assert (fact.on, fact.source, fact.name) == (date(2026, 3, 4), "mine.yaml", "Slow and steady")
    coordinator: RehabCoordinator = programme.runtime_data
    assert coordinator.course.today(fact.on, freezer().time()).state.rules.rung_up_greens == 4
    before = coordinator.course.closed_state(date(2026, 3, 4))
    assert before.rules.rung_up_greens == 2
    for action in ("get_plan", "explain"):
        answer = await hass.services.async_call(
            DOMAIN, action, {}, blocking=True, return_response=True
        )
        assert answer is not None
        assert answer["protocol"] == {
            "source": "mine.yaml",
            "name": "Slow and steady",
            "digest": fact.digest[:8],
        }
    report = await hass.services.async_call(
        DOMAIN, "clinician_report", {}, blocking=True, return_response=True
    )
    assert f"Protocol: Slow and steady, fingerprint {fact.digest[:8]}" in str(report)
    told = json_dumps(await async_get_config_entry_diagnostics(hass, programme))
    assert fact.digest[:8] in told
    assert "steady" not in told
    assert "mine" not in told
    (entry,) = [
        one for one in log(coordinator, coordinator.texts)["entries"] if one["kind"] == "protocol"
    ]
    assert "content" not in entry
    assert entry["name"] == "Slow and steady"


async def test_the_log_carries_it_through_export_and_import(
    hass: HomeAssistant, programme: MockConfigEntry, folder: Path
) -> None:
    write(folder / "mine.yaml", MINE)
    await choose(hass, programme, "mine.yaml")
    (fact,) = kinds(programme)
    for form in ("json", "csv"):
        told = export(programme.runtime_data, form)
        assert fact in read_export(told)


@pytest.mark.parametrize("gone", [True, False])
async def test_an_edited_or_deleted_file_moves_nothing(
    hass: HomeAssistant, programme: MockConfigEntry, folder: Path, *, gone: bool
) -> None:
    write(folder / "mine.yaml", MINE)
    await choose(hass, programme, "mine.yaml")
    known, view = kinds(programme), programme.runtime_data.data
    if gone:
        (folder / "mine.yaml").unlink()
    else:
        write(folder / "mine.yaml", MINE.replace("4", "1"))
    await hass.config_entries.async_reload(programme.entry_id)
    await hass.async_block_till_done()
    assert kinds(programme) == known
    assert programme.runtime_data.data == view
    assert ("protocol_changed" in issues(hass)) is not gone
    assert "mine.yaml" in offered(await options(hass, programme))  # stays what it is


async def test_a_changed_file_is_adopted_when_somebody_says_so(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    folder: Path,
    freezer: FrozenDateTimeFactory,
) -> None:
    write(folder / "mine.yaml", MINE)
    await choose(hass, programme, "mine.yaml")
    write(folder / "mine.yaml", MINE.replace("Slow and steady", "Slow") + "# only its name\n")
    await hass.config_entries.async_reload(programme.entry_id)
    assert issues(hass) == {}
    write(folder / "mine.yaml", MINE.replace("4", "3"))
    freezer.move_to("2026-03-05T08:00:00+01:00")
    await hass.config_entries.async_reload(programme.entry_id)
    assert issues(hass)["protocol_changed"] == {
        "name": "Anna",
        "protocol": "Slow and steady",
        "file": "mine.yaml",
    }
    done = await repair(hass, programme)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    first, second = kinds(programme)
    assert (first.on, second.on) == (date(2026, 3, 2), date(2026, 3, 5))
    assert issues(hass) == {}
    await hass.async_block_till_done()
    assert programme.runtime_data.course.rules.rung_up_greens == 3  # loaded anew with it
    await hass.config_entries.async_reload(programme.entry_id)
    assert len(kinds(programme)) == 2


@pytest.mark.parametrize("text", [None, FAULTY])
async def test_a_repair_without_its_file_changes_nothing(
    hass: HomeAssistant, programme: MockConfigEntry, folder: Path, text: str | None
) -> None:
    write(folder / "mine.yaml", MINE)
    await choose(hass, programme, "mine.yaml")
    write(folder / "mine.yaml", MINE.replace("4", "3"))
    await hass.config_entries.async_reload(programme.entry_id)
    if text is None:
        (folder / "mine.yaml").unlink()
    else:
        write(folder / "mine.yaml", text)
    result = await repair(hass, programme)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "protocol_gone")
    assert len(kinds(programme)) == 1


async def test_a_repair_on_a_full_disk_says_so(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    write(folder / "mine.yaml", MINE)
    await choose(hass, programme, "mine.yaml")
    write(folder / "mine.yaml", MINE.replace("4", "3"))
    await hass.config_entries.async_reload(programme.entry_id)
    with monkeypatch.context() as disk:
        disk.setattr(os, "fdatasync", full)
        result = await repair(hass, programme)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "save_failed")
    assert len(kinds(programme)) == 1


async def test_a_faulty_file_is_named_and_not_offered(
    hass: HomeAssistant, programme: MockConfigEntry, folder: Path
) -> None:
    write(folder / "faulty.yaml", FAULTY)
    write(folder / "tabs.yaml", "name: x\n\ty: 3\n")
    write(folder / "notes.txt", "not one of them")
    write(folder / ".hidden.yaml", MINE)
    (folder / "folder.yaml").mkdir()
    form = await options(hass, programme)
    assert offered(form) == ["standard", "fredericson_2005"]
    said = form["description_placeholders"]["faulty"]
    assert "- faulty.yaml: line 2, red_min: red_min is not known here" in said
    assert "- tabs.yaml: line 2: Tabs are not allowed in YAML" in said
    assert "folder" not in said
    assert "notes" not in said


async def test_a_file_that_breaks_while_the_form_is_open_is_refused(
    hass: HomeAssistant, programme: MockConfigEntry, folder: Path
) -> None:
    write(folder / "mine.yaml", MINE)
    form = await options(hass, programme)
    write(folder / "mine.yaml", FAULTY)
    result = await hass.config_entries.options.async_configure(
        form["flow_id"], {**programme.options, "protocol": "mine.yaml"}
    )
    assert result["errors"] == {"protocol": "protocol_faulty"}
    (folder / "mine.yaml").unlink()
    assert offered({**result}) == ["standard", "fredericson_2005"]
    assert kinds(programme) == []


async def test_a_file_that_breaks_before_the_reload_is_told(
    hass: HomeAssistant, programme: MockConfigEntry, folder: Path
) -> None:
    write(folder / "mine.yaml", FAULTY)
    hass.config_entries.async_update_entry(
        programme, options={**programme.options, "protocol": "mine.yaml"}
    )
    await hass.config_entries.async_reload(programme.entry_id)
    assert kinds(programme) == []
    assert issues(hass)["protocol_faulty"]["file"] == "mine.yaml"
    assert "line 2, red_min" in issues(hass)["protocol_faulty"]["fault"]
    (folder / "mine.yaml").unlink()
    await hass.config_entries.async_reload(programme.entry_id)
    assert issues(hass) == {}


async def test_a_file_in_force_that_breaks_is_told_and_stays(
    hass: HomeAssistant, programme: MockConfigEntry, folder: Path
) -> None:
    write(folder / "mine.yaml", MINE)
    await choose(hass, programme, "mine.yaml")
    write(folder / "mine.yaml", FAULTY)
    await hass.config_entries.async_reload(programme.entry_id)
    assert issues(hass).keys() == {"protocol_faulty"}
    assert len(kinds(programme)) == 1
    write(folder / "mine.yaml", MINE)
    await hass.config_entries.async_reload(programme.entry_id)
    assert issues(hass) == {}


async def test_fredericson_and_back(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    await choose(hass, programme, "fredericson_2005")
    (fact,) = kinds(programme)
    assert fact.kind == "protocol"
    told = await async_get_config_entry_diagnostics(hass, programme)
    assert told["protocol"]["source"] == "fredericson_2005"
    await choose(hass, programme, "standard")
    assert [fact.kind for fact in kinds(programme)] == ["protocol", "rules"]
    assert describe(programme.runtime_data, programme.runtime_data.texts)["source"] == "standard"


async def test_files_that_cannot_be_read(hass: HomeAssistant, folder: Path) -> None:
    write(folder / "big.yaml", "#" * (CONTENT_MAX + 1))
    write(folder / "link.yaml", MINE)
    found = await async_find(hass)
    assert [one.problem.key for one in found["big.yaml"].faults] == ["too_big"]
    assert found["link.yaml"].protocol is not None


async def test_a_file_the_disk_refuses(
    hass: HomeAssistant, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path) -> bytes:
        raise PermissionError

    write(folder / "mine.yaml", MINE)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    found = await async_find(hass)
    assert [one.problem.key for one in found["mine.yaml"].faults] == ["unreadable"]


async def test_no_more_than_fifty_files(hass: HomeAssistant, folder: Path) -> None:
    for number in range(60):
        write(folder / f"p{number:02}.yaml", MINE)
    assert len(await async_find(hass)) == 51


def rewrite(path: Path, content: str, newer: str) -> None:
    """Put another content in the place of the one in a journal, as its own version would."""
    written = b""
    for found in path.read_bytes().splitlines():
        body = lines.read_line(found)
        assert body is not None
        for fact in body.get("facts", []):
            if fact.get("content") == content:
                fact["content"] = newer
        written += lines.line(body)
    path.write_bytes(written)


async def test_a_protocol_of_a_newer_version_is_left_alone(
    hass: HomeAssistant, programme: MockConfigEntry, folder: Path
) -> None:
    write(folder / "mine.yaml", MINE)
    await choose(hass, programme, "mine.yaml")
    (fact,) = kinds(programme)
    assert isinstance(fact, ProtocolAdopted)
    newer = fact.content.replace("nordic_assisted", "nordic_with_wings")
    path = Path(hass.config.path(".storage", f"pht_rehab.{programme.entry_id}.jsonl"))
    await hass.config_entries.async_unload(programme.entry_id)
    rewrite(path, fact.content, newer)
    await hass.config_entries.async_setup(programme.entry_id)
    assert programme.state is ConfigEntryState.SETUP_ERROR
    assert programme.error_reason_translation_key == "log_newer"
