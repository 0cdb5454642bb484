"""Home Assistant for script/run."""

import argparse
import contextlib
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from script.demo import WEEKS
from script.real_ha import INTEGRATION, RESTART_EXIT_CODE, ROOT, RealHA, empty, port_is_free

DOMAIN: Final = "pht_rehab"
USERNAME: Final = "demo"
PASSWORD: Final = "demo"  # noqa: S105
URL_PATH: Final = "rehab-demo"
CREATED: Final = "configuration.yaml"
MOVED_IN: Final = ".moved-in"
FURNISHED: Final = ".furnished"


def main() -> int:
    """Run until told to stop; return the exit code."""
    wanted = _arguments()
    name = "empty" if wanted.empty else "runner" if wanted.runner else "demo"
    folder = ROOT / ".cache" / "run" / name
    if not port_is_free(wanted.port):
        print(
            f"Port {wanted.port} is taken by another program. Try: script/run --port"
            f" {wanted.port + 1}",
            file=sys.stderr,
        )
        return 1
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = folder.with_suffix(".lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(f"{folder} is in use by another script/run.", file=sys.stderr)
        return 1
    # A first start that was cut short is done over.
    new = wanted.reset or not (folder / (CREATED if wanted.empty else MOVED_IN)).exists()
    if new:
        empty(folder)
    signal.signal(signal.SIGTERM, _interrupt)
    ha = RealHA(folder, port=wanted.port, components=[INTEGRATION], time_zone=_time_zone())
    try:
        with contextlib.suppress(KeyboardInterrupt):
            if new and not wanted.empty:
                subprocess.run(
                    [
                        sys.executable,
                        ROOT / "script" / "demo.py",
                        folder,
                        *(["--runner"] if wanted.runner else []),
                    ],
                    check=True,
                    env={**os.environ, "PYTHONPATH": str(ROOT)},
                )
            print("Starting Home Assistant …", flush=True)
            ha.start()
            if wanted.empty:
                print(f"\n  {ha.url}\n\nNobody lives here yet: create the first user there.")
            else:
                furnish(ha, new=new)
                print(f"\n  {ha.url}\n  user {USERNAME}, password {PASSWORD}\n")
            print(f"Log: {ha.console}\nCtrl-C stops it.", flush=True)
            while (code := ha.wait()) == RESTART_EXIT_CODE:
                print("Restarting …", flush=True)
                ha.start()
            print(f"Home Assistant ended by itself ({code}); see {ha.console}", file=sys.stderr)
            return 1
        print("\nStopping …", flush=True)
    except (RuntimeError, TimeoutError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        ha.close()
    return 0


def furnish(ha: RealHA, *, new: bool) -> None:
    """Make the user and, as soon as there is something to show, the dashboard."""
    done = ha.config / FURNISHED
    if done.exists():
        return
    if new:
        ha.onboard("Demo", USERNAME, PASSWORD)
        (ha.config / MOVED_IN).touch()
    else:
        ha.log_in(USERNAME, PASSWORD)
    if not (entities := ha.entities(DOMAIN)):
        return
    ha.command(
        "lovelace/dashboards/create",
        url_path=URL_PATH,
        title="Rehab",
        icon="mdi:human-handsup",
        show_in_sidebar=True,
        require_admin=False,
    )
    config = {"strategy": {"type": "custom:pht-rehab"}}
    ha.command("lovelace/config/save", url_path=URL_PATH, config=config)
    ha.command("frontend/set_system_data", key="core", value={"default_panel": URL_PATH})
    _remember(ha, entities)
    done.touch()


def _remember(ha: RealHA, entities: Mapping[str, str]) -> None:
    """Give the recorder the scores of the demo's log: it has seen none of them happen."""
    start = (date.today() - timedelta(weeks=WEEKS)).isoformat()  # noqa: DTZ011
    log = ha.action("pht_rehab.get_log", {"start_date": start}, response=True)["entries"]
    for sensor, kind, field in (
        ("morning_pain", "morning_check", "pain"),
        ("session_pain", "session", "pain_during"),
    ):
        told = {
            entry["date"]: entry[field]
            for entry in log
            if entry["kind"] == kind and entry.get(field) is not None
        }
        ha.command(
            "recorder/import_statistics",
            metadata={
                "statistic_id": entities[sensor],
                "source": "recorder",
                "name": None,
                "has_sum": False,
                "mean_type": 1,
                "unit_of_measurement": None,
                "unit_class": None,
            },
            stats=[
                {"start": f"{day}T12:00:00+00:00", "mean": pain, "min": pain, "max": pain}
                for day, pain in told.items()
            ],
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/run", description="Start a real Home Assistant with a demo of PHT Rehab."
    )
    parser.add_argument(
        "--port", type=port, default=8123, metavar="N", help="listen there instead of at 8123"
    )
    parser.add_argument(
        "--reset", action="store_true", help="forget what was done in it and start over"
    )
    parser.add_argument(
        "--runner", action="store_true", help="the demo of somebody on the way back to running"
    )
    parser.add_argument(
        "--empty", action="store_true", help="as a newcomer meets it: no user, no programme"
    )
    return parser.parse_args()


def port(text: str) -> int:
    """Read a port number; argparse names this function in its complaint."""
    number = int(text)
    if not 0 < number < 65536:  # noqa: PLR2004
        raise argparse.ArgumentTypeError("a port lies between 1 and 65535")
    return number


def _time_zone() -> str:
    """Return the machine's time zone, where it has a name."""
    place = Path(os.environ.get("TZ") or "/etc/localtime").resolve().as_posix()
    _, found, name = place.partition("zoneinfo/")
    return name.removeprefix("posix/") if found else "Etc/UTC"


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
