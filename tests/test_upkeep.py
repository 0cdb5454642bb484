"""The files of the log are looked after once a day, and left alone while a backup is made."""

import asyncio
import errno
import json
import os
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.pht_rehab import store
from custom_components.pht_rehab.backup import async_post_backup, async_pre_backup
from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.coordinator import RehabCoordinator
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.facts import Fact


@pytest.fixture
def coordinator(programme: MockConfigEntry) -> RehabCoordinator:
    """Return the coordinator of the running programme."""
    found: RehabCoordinator = programme.runtime_data
    return found


@pytest.fixture
def path(hass: HomeAssistant, programme: MockConfigEntry) -> Path:
    """Return the journal's path."""
    return Path(hass.config.path(".storage", f"pht_rehab.{programme.entry_id}.jsonl"))


def months(path: Path) -> list[str]:
    return sorted(file.suffixes[-2].strip(".") for file in path.parent.glob("*.json"))


async def move(hass: HomeAssistant, freezer: FrozenDateTimeFactory, to: str) -> None:
    freezer.move_to(to)
    async_fire_time_changed(hass)
    await hass.async_block_till_done()


async def log(coordinator: RehabCoordinator, pain: float = 2) -> None:
    await coordinator.async_record(lambda course, at: decide.score_session(course, at, pain))


def full(*_args: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def unsaved(hass: HomeAssistant, entry: MockConfigEntry) -> ir.IssueEntry | None:
    found = ir.async_get(hass).async_get_issue(DOMAIN, f"save_failed_{entry.entry_id}")
    return found if found is not None and found.active else None


async def test_a_plain_copy_at_the_turn_of_the_month(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    coordinator: RehabCoordinator,
    path: Path,
) -> None:
    await hass.async_block_till_done()
    assert months(path) == ["2026-03"]
    await log(coordinator)
    await move(hass, freezer, "2026-03-31T23:59:59+02:00")
    assert months(path) == ["2026-03"]
    await move(hass, freezer, "2026-04-01T00:00:01+02:00")
    assert months(path) == ["2026-03", "2026-04"]
    (copy,) = path.parent.glob("*.2026-04.json")
    kinds = [entry["kind"] for entry in json.loads(copy.read_text())["entries"]]
    assert kinds == ["set_up", "session"]


async def test_a_wasteful_journal_is_written_anew_the_next_day(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    coordinator: RehabCoordinator,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "COMPACT_FROM", 1000)
    monkeypatch.setattr(store, "SPARE_SHARE", 0.1)
    for _ in range(4):
        await coordinator.async_record(
            lambda course, at: decide.log_morning_check(course, at, pain=2)
        )
    before = coordinator.journal.lines
    await move(hass, freezer, "2026-03-02T18:00:01+01:00")
    assert coordinator.journal.lines == before
    await move(hass, freezer, "2026-03-03T00:00:01+01:00")
    assert coordinator.journal.lines < before
    assert path.with_name(f"{path.name}.old").exists()
    await log(coordinator, 5)
    assert len(store.Journal(path).load().facts) == len(coordinator.course.facts)


async def test_an_idle_day_writes_nothing(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    programme: MockConfigEntry,
    coordinator: RehabCoordinator,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await log(coordinator)
    await move(hass, freezer, "2026-03-03T00:00:01+01:00")
    monkeypatch.setattr(os, "write", full)
    await move(hass, freezer, "2026-03-03T06:00:00+01:00")
    await move(hass, freezer, "2026-03-03T12:00:00+01:00")
    assert unsaved(hass, programme) is None
    assert "could not be" not in caplog.text


async def test_upkeep_without_room_is_tried_the_next_day(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    coordinator: RehabCoordinator,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await log(coordinator)
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        await move(hass, freezer, "2026-04-01T00:00:01+02:00")
    assert months(path) == ["2026-03"]
    assert "could not be compacted or copied" in caplog.text
    await move(hass, freezer, "2026-04-02T00:00:01+02:00")
    assert months(path) == ["2026-03", "2026-04"]


async def test_no_file_moves_while_a_backup_is_made(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    coordinator: RehabCoordinator,
    path: Path,
) -> None:
    await async_pre_backup(hass)
    await move(hass, freezer, "2026-04-01T00:00:01+02:00")
    await log(coordinator)  # entries go on
    assert months(path) == ["2026-03"]
    await async_post_backup(hass)
    await move(hass, freezer, "2026-04-02T00:00:01+02:00")
    assert months(path) == ["2026-03", "2026-04"]


async def test_a_backup_waits_for_the_write_under_way(
    hass: HomeAssistant, coordinator: RehabCoordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    append = coordinator.journal.append

    def slow(facts: Iterable[Fact]) -> None:
        time.sleep(0.1)
        append(facts)
        done.append("stored")

    monkeypatch.setattr(coordinator.journal, "append", slow)
    logging_ = hass.async_create_task(log(coordinator))
    await asyncio.sleep(0)
    await async_pre_backup(hass)
    done.append("held")
    await logging_
    assert done == ["stored", "held"]
    await async_post_backup(hass)


async def test_nothing_is_looked_after_while_stopping(
    hass: HomeAssistant, coordinator: RehabCoordinator, path: Path
) -> None:
    await hass.async_block_till_done()
    (copy,) = path.parent.glob("*.json")
    copy.unlink()
    hass.set_state(CoreState.stopping)
    await coordinator.upkeep.async_run(coordinator.data.today)
    assert not copy.exists()
    hass.set_state(CoreState.running)
    await coordinator.upkeep.async_run(coordinator.data.today)
    assert copy.exists()


async def test_a_disk_that_refuses_is_told_until_it_takes_something(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    coordinator: RehabCoordinator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert unsaved(hass, programme) is None
    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        with pytest.raises(HomeAssistantError):
            await log(coordinator)
    issue = unsaved(hass, programme)
    assert issue is not None
    assert issue.severity is ir.IssueSeverity.ERROR
    assert issue.translation_placeholders == {"name": "Anna"}
    await log(coordinator)
    assert unsaved(hass, programme) is None


async def test_an_announcement_that_cannot_be_stored_is_told_too(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    coordinator: RehabCoordinator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as disk:
        disk.setattr(coordinator.journal, "announce", lambda _standing: refuse())
        await coordinator.async_record(decide.log_session)
    assert unsaved(hass, programme) is not None
    await coordinator.async_look_again()
    assert unsaved(hass, programme) is None


def refuse() -> None:
    raise store.JournalError("save_failed")
