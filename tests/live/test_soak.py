"""A short soak: nothing acknowledged is lost by SIGKILL or by a disk that refuses."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from script.real_ha import ROOT, empty

from .conftest import RESULTS


def soak(state: Path, *arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run script/soak, after some lines of Python that spoil it."""
    code = "import sys, script.soak as soak, script.soak_faults as faults, "
    code += f"script.soak_store as store; {before or None}; "
    code += "sys.exit(soak.main())"
    return subprocess.run(
        [sys.executable, "-c", code, "--state", str(state), *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.fixture(scope="module")
def tally() -> dict[str, dict[str, Any]]:
    """Return what a short script/soak counted."""
    state = empty(RESULTS / "test_soak")
    result = state / "result.json"
    done = soak(state, "--store=60", "--hass=3", "--minutes=5", f"--json={result}")
    counted: dict[str, dict[str, Any]] = json.loads(result.read_text())
    mounts = not counted["faults"]["not_run"]
    assert done.returncode == (0 if mounts else 1), done.stdout + done.stderr
    return counted


@pytest.mark.parametrize(("part", "kills", "least"), [("store", 60, 200), ("hass", 3, 20)])
def test_no_kill_loses_an_entry(
    tally: dict[str, dict[str, Any]], part: str, kills: int, least: int
) -> None:
    counted = tally[part]
    assert counted["kills"] == kills
    assert counted["acknowledged"] >= least
    wrong = ("lost", "twice", "torn", "different")
    assert [counted[name] for name in wrong] == [0, 0, 0, 0]
    assert counted["said"] == []


def test_the_log_is_written_anew_under_the_blows(tally: dict[str, dict[str, Any]]) -> None:
    assert tally["hass"]["compacted"] > 0


def test_a_disk_that_refuses_loses_nothing(tally: dict[str, dict[str, Any]]) -> None:
    counted = tally["faults"]
    if counted["not_run"]:
        pytest.skip("this machine mounts no disk")
    assert counted["refused"] == 4
    assert counted["said"] == []


def test_a_loss_would_be_counted(tmp_path: Path) -> None:
    done = soak(
        tmp_path / "soak",
        "--store=3",
        "--hass=0",
        "--faults=0",
        before="store.Journal.append = lambda *_: None",
    )
    assert done.returncode == 1, done.stdout + done.stderr


@pytest.mark.parametrize(("asked", "code"), [("1", 1), ("0", 0)])
def test_disks_that_cannot_be_mounted_are_told(tmp_path: Path, asked: str, code: int) -> None:
    done = soak(
        tmp_path / "soak",
        "--store=0",
        "--hass=0",
        f"--faults={asked}",
        before="faults.MOUNT = 'false'",
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert [line.split()[:3] for line in done.stdout.splitlines()][-1] == ["faults", "not", "run"]
