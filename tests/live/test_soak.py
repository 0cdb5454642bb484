"""A short soak: nothing acknowledged is lost by SIGKILL or by a disk that refuses."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from script.real_ha import ROOT, empty
from script.soak import Tally
from script.soak_clients import CORRECTED, Told
from script.soak_hass import compare_corrections, compare_notes

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
    done = soak(state, "--store=40", "--hass=2", "--minutes=10", f"--json={result}")
    counted: dict[str, dict[str, Any]] = json.loads(result.read_text())
    mounts = not counted["faults"]["not_run"]
    assert done.returncode == (0 if mounts else 1), done.stdout + done.stderr
    return counted


@pytest.mark.parametrize(("part", "kills", "least"), [("store", 40, 70), ("hass", 2, 6)])
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


def entry(**more: object) -> dict[str, object]:
    return {"kind": "morning_check", "sitting_minutes": 0.5, "voided": False, **more}


MARK = ("log_morning_check", 0.5)
CORRECT = {"old": entry(voided=True), "new": entry(pain_after=CORRECTED)}
AFTER: dict[str, tuple[dict[str, dict[str, object]], tuple[int, int]]] = {
    "whole": (CORRECT, (0, 0)),
    "nothing of it": ({"old": entry()}, (1, 0)),
    "the void alone": ({"old": entry(voided=True)}, (1, 1)),
    "the new one alone": ({**CORRECT, "old": entry()}, (0, 1)),
}


@pytest.mark.parametrize("name", AFTER)
def test_half_a_correction_would_be_counted(name: str) -> None:
    found, (lost, torn) = AFTER[name]
    told = Told(answered={"old": MARK}, corrections_sent={"old"}, corrected={"old": "new"})
    tally = Tally()
    compare_corrections(found, told, tally)
    assert (tally.lost, tally.torn) == (lost, torn)


@pytest.mark.parametrize(
    ("note", "counted"), [("said", (0, 0)), (None, (1, 0)), ("another", (0, 1))]
)
def test_a_lost_note_would_be_counted(note: str | None, counted: tuple[int, int]) -> None:
    told = Told(notes_sent={"old": "said"}, noted={"old"})
    tally = Tally()
    compare_notes({"old": entry(note=note)}, told, tally)
    assert (tally.lost, tally.different) == counted


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
