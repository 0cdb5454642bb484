"""The store alone, killed: a process that logs as fast as the disk takes it."""

import os
import random
import signal
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from custom_components.pht_rehab import store
from custom_components.pht_rehab.domain.facts import EventLogged, Fact, SetUp, Voided
from custom_components.pht_rehab.store import Journal
from script.real_ha import empty

if TYPE_CHECKING:
    from script.soak import Tally

NAME: Final = "pht_rehab.soak.jsonl"
START: Final = datetime(2026, 1, 5, 7, tzinfo=UTC)
COMPACT_FROM: Final = 6000  # often enough to be killed in the middle of it
LONGEST: Final = 0.08  # seconds until the blow

SET_UP: Final = SetUp(
    log_id="set-up",
    on=START.date(),
    logged_at=START,
    side="left",
    goal="everyday",
    training_days=("mon", "thu"),
    session_time="18:00",
    morning_time="07:00",
    rules_version=1,
    morning_pain=2,
)


def store_round(folder: Path, tally: Tally, chance: random.Random, kills: int) -> None:
    """Kill the writer of one fresh journal this many times."""
    journal = empty(folder) / NAME
    known: set[str] = set()
    for life in range(kills):
        told = _life(journal, life, chance)
        tally.kills += 1
        known = _look(journal, known, told, tally)


def _life(path: Path, life: int, chance: random.Random) -> list[str]:
    """Let a child write until it is killed; return its words, a line a call."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _write(path, life, writing)
    os.close(writing)
    time.sleep(chance.uniform(0, LONGEST))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading) as heard:
        return heard.read().splitlines()


def _write(path: Path, life: int, pipe: int) -> NoReturn:
    """Log without end. ``try`` names a decision's entries, ``ok`` acknowledges them."""
    store.COMPACT_FROM = COMPACT_FROM  # type: ignore[misc]
    journal = Journal(path)

    def say(word: str, *names: str) -> None:
        os.write(pipe, f"{word} {' '.join(names)}\n".encode())

    if path.exists():
        try:
            journal.load()
        except store.JournalError as error:
            say("refused", error.key)
            os._exit(1)
    else:
        say("try", SET_UP.log_id)
        journal.create([SET_UP])
        say("ok", SET_UP.log_id)
    number = 0
    while True:
        number += 1
        facts = facts_of(life, number)
        names = [fact.log_id for fact in facts]
        say("try", *names)
        journal.append(facts)
        say("ok", *names)
        journal.announce({"step": number} if number % 3 == 0 else None)
        if journal.wasteful:
            journal.compact()
        if number % 7 == 0:
            journal.export(date(2026, 1, 1) + timedelta(days=31 * (life * 10 + number // 7)))


def facts_of(life: int, number: int) -> list[Fact]:
    """Return the facts of one decision, up to four of them."""
    at = START + timedelta(minutes=life * 1000 + number)
    name = f"{life}.{number}"
    facts: list[Fact] = [
        EventLogged(log_id=f"{name}.{part}", on=at.date(), logged_at=at, event="other")
        for part in range(1 + number % 3)
    ]
    if number % 5 == 4:  # noqa: PLR2004
        target = f"{life}.{number - 1}.0"
        facts.append(Voided(log_id=f"{name}.v", on=at.date(), logged_at=at, target=target))
    return facts


def _look(path: Path, known: set[str], told: list[str], tally: Tally) -> set[str]:
    """Start again as Home Assistant would, and count; return what the log holds now."""
    words = [line.split() for line in told]
    tally.said += [" ".join(line) for line in words if line[0] == "refused"]
    safe = known | {name for word, *names in words if word == "ok" for name in names}
    acknowledged = safe - known
    tried = [names for word, *names in words if word == "try"]
    under_way = set(tried[-1]) - acknowledged if tried else set()
    tally.acknowledged += len(acknowledged)
    if not safe and not path.exists():
        return safe
    try:
        loaded = Journal(path).load()
    except store.JournalError as error:
        if safe:
            tally.said.append(f"does not start: {error.key}")
        return safe
    found = [fact.log_id for fact in loaded.facts]
    more = set(found) - safe
    tally.lost += len(safe - set(found))
    tally.twice += len(found) - len(set(found))
    tally.torn += more not in (set(), under_way)
    tally.late += len(more)
    if loaded.bad or loaded.missing:
        tally.said.append(f"damage without a cause: {loaded.bad} bad, {loaded.missing} missing")
    return set(found)
