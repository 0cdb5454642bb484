"""Soak test for script/soak: SIGKILL at random moments, full and read-only disks.

Three parts, each of which checks after every blow that each acknowledged entry is in the log
once and whole, that of the others at most what was under way is there, and all or nothing of it:

    store   a small process that does nothing but write the log
    hass    a real Home Assistant under several clients at once; besides, what it shows after the
            start is what replaying the file gives, and what it showed before if nothing came late
    faults  both, on a disk that is full, and on one for reading only

The log is written anew all the while. A part that cannot run here, as disks that cannot be mounted,
is told and ends with an error; --faults 0 asks for none. It can be stopped at any time and goes on
where it was: the tally lies in the folder.
"""

import argparse
import json
import random
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from script.real_ha import ROOT
from script.soak_faults import faults
from script.soak_hass import hass_round, open_hass
from script.soak_store import store_round


@dataclass
class Tally:
    """What one part has counted so far."""

    kills: int = 0
    acknowledged: int = 0
    refused: int = 0
    late: int = 0  # kept although nobody was told: under way when the blow came
    lost: int = 0
    twice: int = 0
    torn: int = 0
    different: int = 0
    compacted: int = 0  # kills since which the log was seen written anew
    not_run: str = ""  # why not
    said: list[str] = field(default_factory=list)

    @property
    def bad(self) -> int:
        """How many things went wrong."""
        return self.lost + self.twice + self.torn + self.different + len(self.said)


@dataclass(frozen=True)
class Part:
    """One part of the soak, and how many kills it is to reach."""

    name: str
    aim: int
    tally: Tally
    folder: Path


type Tallies = dict[str, Tally]


def main() -> int:
    """Soak; return 0 if nothing was lost."""
    wanted = _arguments()
    wanted.state.mkdir(parents=True, exist_ok=True)
    kept = wanted.state / "tally.json"
    tallies = _read(kept)
    deadline = time.monotonic() + wanted.minutes * 60
    chance = random.Random(wanted.seed)  # noqa: S311
    aims = {"store": wanted.store, "hass": wanted.hass, "faults": wanted.faults}
    for part, aim in aims.items():
        tally = tallies.setdefault(part, Tally())
        if tally.kills < aim:
            _soak(Part(part, aim, tally, wanted.state / part), chance, deadline)
        kept.write_text(json.dumps({name: asdict(each) for name, each in tallies.items()}))
    return _report(tallies, aims, wanted.json)


def _soak(part: Part, chance: random.Random, deadline: float) -> None:
    tally = part.tally
    if part.name == "faults":
        faults(part.folder, tally)
        return
    if part.name == "store":
        while tally.kills < part.aim and time.monotonic() < deadline:
            store_round(part.folder, tally, chance, min(50, part.aim - tally.kills))
        return
    with open_hass(part.folder) as running:
        while tally.kills < part.aim and time.monotonic() < deadline:
            hass_round(running, tally, chance)
            print(f"{tally.kills} kills of Home Assistant, {tally.bad} bad", flush=True)


def _read(kept: Path) -> Tallies:
    if not kept.exists():
        return {}
    return {name: Tally(**each) for name, each in json.loads(kept.read_text()).items()}


def _report(tallies: Tallies, aims: dict[str, int], file: Path | None) -> int:
    """Print the table; 1 if something went wrong, or a part that was asked for could not run."""
    columns = [name for name, value in asdict(Tally()).items() if isinstance(value, int)]
    print(f"{'':8}" + "".join(f"{name:>14}" for name in columns))
    for part, tally in tallies.items():
        if tally.not_run or not (aims[part] or tally.kills):
            print(f"{part:8}{'not run':>14}  {tally.not_run}")
            continue
        print(f"{part:8}" + "".join(f"{getattr(tally, name):14,}" for name in columns))
        for line in tally.said:
            print(f"  {line}")
    if file is not None:
        file.write_text(
            json.dumps({name: asdict(each) for name, each in tallies.items()}, indent=1)
        )
    short = any(aims[part] and tally.not_run for part, tally in tallies.items())
    return 1 if short or any(tally.bad for tally in tallies.values()) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/soak",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--store", type=int, default=1000, help="kills of the store (1000)")
    parser.add_argument("--hass", type=int, default=100, help="kills of Home Assistant (100)")
    parser.add_argument("--faults", type=int, default=1, help="0 leaves the faults out")
    parser.add_argument("--minutes", type=float, default=60, help="stop killing after this time")
    parser.add_argument("--seed", type=int, default=None, help="repeat the same random moments")
    parser.add_argument("--json", type=Path, help="write the tally there as well")
    parser.add_argument(
        "--state", type=Path, default=ROOT / ".cache" / "soak", help="where to go on from"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
