"""A backup made by Home Assistant holds the whole log, and what it holds starts again."""

import io
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from script.real_ha import INTEGRATION, PATIENCE, RealHA, empty, free_port

from .conftest import RESULTS, VERSIONS
from .test_programme import DOMAIN, NOTHING, PLACEMENT, USER

CONFIGURATION = "backup:\n"


@pytest.fixture(scope="module")
def ha(version: str) -> Iterator[RealHA]:
    """A Home Assistant that can make backups, with a programme and three reports."""
    folder = empty(RESULTS / f"test_backup-{version}")
    with RealHA(
        folder,
        hass=VERSIONS[version],
        components=[INTEGRATION],
        configuration=CONFIGURATION,
    ) as running:
        running.onboard()
        flow = running.start_flow(DOMAIN)
        for answers in (USER, NOTHING, PLACEMENT):
            flow.submit(answers)
        for number in range(3):
            running.action(f"{DOMAIN}.log_event", {"kind": "other", "minutes": number})
        yield running


def entries(ha: RealHA) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ha.action(f"{DOMAIN}.get_log", response=True)["entries"]
    return found


def backup(ha: RealHA) -> Path:
    """Let Home Assistant make a backup and return the archive."""
    stored = ha.config / ".storage" / "core.config_entries"
    deadline = time.monotonic() + PATIENCE
    # Home Assistant stores it a moment later.
    while not stored.exists() or DOMAIN not in stored.read_text():
        assert time.monotonic() < deadline, "the entry is not stored"
        time.sleep(0.2)
    ha.command(
        "backup/generate",
        agent_ids=["backup.local"],
        include_homeassistant=True,
        include_database=False,
    )
    while not (made := ha.command("backup/info")["backups"]):
        assert time.monotonic() < deadline, "no backup was made"
        time.sleep(0.2)
    assert len(made) == 1
    (archive,) = (ha.config / "backups").glob("*.tar")
    return archive


def unpack(archive: Path, folder: Path) -> None:
    """Do what a restore does: put the files of the archive into a configuration folder."""
    with tarfile.open(archive) as outer:
        inner = outer.extractfile("homeassistant.tar.gz")
        assert inner is not None
        with tarfile.open(fileobj=io.BytesIO(inner.read())) as data:
            own = [member for member in data if "custom_components" not in member.name]
            data.extractall(folder, own, filter="data")


def test_a_backup_restores_every_entry(ha: RealHA, version: str) -> None:
    before = entries(ha)
    assert len(before) == 4
    files = {file.name: file.read_bytes() for file in ha.config.glob(f".storage/{DOMAIN}.*")}
    archive = backup(ha)
    place = empty(RESULTS / f"test_backup-restored-{version}")
    unpack(archive, place)
    stored = place / "data" / ".storage"
    assert {file.name: file.read_bytes() for file in stored.glob(f"{DOMAIN}.*")} == files
    ha.action(f"{DOMAIN}.log_event", {"kind": "other"})
    assert len(entries(ha)) == 5
    with RealHA(
        place / "data", hass=VERSIONS[version], components=[INTEGRATION], port=free_port()
    ) as restored:
        restored.log_in("alex", "test-password")
        assert entries(restored) == before
        assert restored.errors() == []
