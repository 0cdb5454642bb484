"""What the integration adds to Home Assistant's own start: imports, and the whole process."""

import json
import statistics
import subprocess
import sys
import time
from datetime import date, datetime
from typing import Final

from script.demo import seed
from script.real_ha import INTEGRATION, ROOT, RealHA, empty

from .figures import Board

GROUP: Final = "start"
IMPORT: Final = """
import json, sys, time
import homeassistant.bootstrap, homeassistant.components.sensor, homeassistant.components.todo
import homeassistant.components.binary_sensor, homeassistant.components.button
import homeassistant.components.event, homeassistant.components.number
import homeassistant.components.repairs, homeassistant.helpers.trigger
import homeassistant.components.calendar, homeassistant.components.switch
import homeassistant.components.frontend, homeassistant.components.websocket_api
import homeassistant.components.image
before, began = len(sys.modules), time.process_time()
import importlib
for name in ("", *sys.argv[1:]):
    importlib.import_module("custom_components." + DOMAIN + name)
print(json.dumps([time.process_time() - began, len(sys.modules) - before]))
"""
OURS: Final = (
    ".sensor", ".binary_sensor", ".button", ".event", ".number", ".todo", ".config_flow",
    ".calendar", ".switch", ".image",
)  # fmt: skip


def measure(board: Board, *, quick: bool) -> None:
    """Measure imports, and whole starts with and without a programme in turn."""
    ours = [_import("pht_rehab", *OURS) for _ in range(2 if quick else 5)]
    floor = [_import("perf_floor", ".sensor", ".config_flow") for _ in range(2 if quick else 5)]
    board.floors["import of F2"] = min(each[0] for each in floor)
    board.time(GROUP, "import", [each[0] for each in ours], "import of F2")
    board.count(GROUP, "modules imported", ours[0][1], "", floor[0][1])
    if not quick:
        _starts(board)


def _import(domain: str, *parts: str) -> tuple[float, int]:
    code = IMPORT.replace("DOMAIN", repr(domain))
    path = f"{ROOT}:{ROOT / 'script' / 'benchmarks' / 'floor'}"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *parts],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": path, "PATH": ""},
    )
    seconds, modules = json.loads(done.stdout)
    return seconds, modules


def _starts(board: Board, turns: int = 3) -> None:
    """Start both in turn; wall time until everything runs, for it is a whole process."""
    places = {name: empty(ROOT / ".cache" / "bench" / name) for name in ("bare", "programme")}
    seed(places["programme"], date.today())  # noqa: DTZ011
    spent: dict[str, list[float]] = {name: [] for name in places}
    homes = {
        "bare": RealHA(places["bare"]),
        "programme": RealHA(places["programme"], components=[INTEGRATION]),
    }
    for ha in homes.values():
        with ha:
            ha.onboard()
            ha.restart()
    for _ in range(turns):
        for name, ha in homes.items():
            began = time.monotonic()
            with ha:
                spent[name].append(time.monotonic() - began)
    bare, ours = (min(spent[name]) for name in ("bare", "programme"))
    board.count(GROUP, "whole start, seconds of wall time", ours, "s", bare)
    board.count(GROUP, "median of whole starts", statistics.median(spent["programme"]), "s")


def stamp() -> str:
    """Return when a run was made."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
