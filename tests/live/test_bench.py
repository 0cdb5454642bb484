"""script/bench measures what it says; how fast it is, no test decides."""

import json
import subprocess
from pathlib import Path

from script.real_ha import ROOT


def test_figures_stand_beside_their_floor(tmp_path: Path) -> None:
    result = tmp_path / "figures.json"
    done = subprocess.run(
        [ROOT / "script" / "bench", "--quick", "--json", result, "idle", "domain"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(result.read_text())
    figures = {figure["name"]: figure for figure in told["figures"]}
    assert figures["F1 states.async_set"]["ratio"] == 1
    replay = next(figure for name, figure in figures.items() if name.startswith("replay 1 y"))
    assert replay["ratio"] > 1
    assert replay["floor"] == "F1"
    looks = figures["looks of the programme in 24 idle hours"]["value"]
    assert figures["wake-ups in 24 idle hours"]["value"] > looks > 0  # others set timers for us too
    assert figures["wake-ups in 24 idle hours"]["judged"]
    assert figures["timers of a bare home"]["value"] > 0
    assert not figures["F1 states.async_set"]["judged"]
    words = {goal["goal"]: goal["word"] for goal in told["goals"]}
    assert words["idle: no same-value write"] == "met"
    assert words["10 years replayed in < 150 ms"] == "not measured"
    for name in figures:
        assert name in done.stdout
