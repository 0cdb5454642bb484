"""A disk that is full, and one for reading only, under the store and under Home Assistant."""

import contextlib
import itertools
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from custom_components.pht_rehab.store import Journal, JournalError
from script.demo import seed
from script.real_ha import INTEGRATION, CommandError, RealHA, empty
from script.soak_clients import DOMAIN, today
from script.soak_store import NAME, SET_UP, facts_of

if TYPE_CHECKING:
    from script.soak import Tally

type Fault = Callable[[Path], AbstractContextManager[None]]

MOUNT: Final = shutil.which("mount") or "mount"
UMOUNT: Final = shutil.which("umount") or "umount"
SIZE: Final = 64 * 1024 * 1024
TRIES: Final = 300  # a full disk still has room in the last page of a file


def faults(folder: Path, tally: Tally) -> None:
    """Put the log on a small disk of its own, and let the disk refuse."""
    tally.not_run = ""
    try:
        with _small_disk(empty(folder) / "store") as disk:
            _store(disk, tally)
        with _small_disk(folder / "hass" / ".storage") as disk:
            _hass(disk, tally)
    except PermissionError as error:
        tally.not_run = f"no disk can be mounted here: {error}"


@contextmanager
def _small_disk(place: Path) -> Iterator[Path]:
    place.mkdir(parents=True)
    done = subprocess.run(
        [MOUNT, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", place],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise PermissionError(done.stderr.strip())
    try:
        yield place
    finally:
        subprocess.run([UMOUNT, "-l", place], check=False)


@contextmanager
def _full(disk: Path) -> Iterator[None]:
    """Leave no byte free."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 4096)
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def _read_only(disk: Path) -> Iterator[None]:
    subprocess.run([MOUNT, "-o", "remount,ro", disk], check=True)
    try:
        yield
    finally:
        subprocess.run([MOUNT, "-o", "remount,rw", disk], check=True)


FAULTS: Final[tuple[Fault, ...]] = (_full, _read_only)


def _store(disk: Path, tally: Tally) -> None:
    path = disk / NAME
    journal = Journal(path)
    journal.create([SET_UP])
    safe = [SET_UP.log_id]

    numbers = itertools.count()

    def append() -> None:
        facts = facts_of(0, next(numbers))
        journal.append(facts)
        safe.extend(fact.log_id for fact in facts)

    for fault in FAULTS:
        append()
        with fault(disk):
            _until_refused(append, JournalError, tally)
            for job in (journal.compact, lambda: journal.export(today())):
                with contextlib.suppress(JournalError):
                    job()
        _count([fact.log_id for fact in Journal(path).load().facts], safe, tally)
        journal.load()
    append()
    _count([fact.log_id for fact in Journal(path).load().facts], safe, tally)
    tally.acknowledged += len(safe)


def _until_refused(call: Callable[[], None], refusal: type[Exception], tally: Tally) -> None:
    for _ in range(TRIES):
        try:
            call()
        except refusal:
            tally.refused += 1
            return
    tally.said.append("the disk refused nothing")


def _count(found: list[str], safe: list[str], tally: Tally) -> None:
    tally.lost += len(set(safe) - set(found))
    tally.twice += len(found) - len(set(found))
    tally.torn += len(set(found) - set(safe))


def _hass(disk: Path, tally: Tally) -> None:
    seed(disk.parent, today())
    with RealHA(disk.parent, components=[INTEGRATION]) as ha:
        ha.onboard()
        ha.restart()  # only then the user is stored
        safe = _log(ha)

        def log() -> None:
            answer = ha.action(f"{DOMAIN}.log_event", {"kind": "other"}, response=True)
            safe.append(answer["log_id"])

        for fault in FAULTS:
            log()
            with fault(disk):
                _until_refused(log, CommandError, tally)
                _count(_log(ha), safe, tally)
                _told(ha, tally)
            log()
            _count(_log(ha), safe, tally)
        ha.kill()
        tally.kills += 1
        ha.start()
        _count(_log(ha), safe, tally)
        tally.acknowledged += len(safe)


def _log(ha: RealHA) -> list[str]:
    answer = ha.action(f"{DOMAIN}.get_log", {"start_date": "2020-01-01"}, response=True)
    return [entry["log_id"] for entry in answer["entries"]]


def _told(ha: RealHA, tally: Tally) -> None:
    issues: list[dict[str, Any]] = ha.command("repairs/list_issues")["issues"]
    if not any(issue["translation_key"] == "save_failed" for issue in issues):
        tally.said.append("the repair of a disk that refuses is missing")
