"""What is known of each mutant so far, which are explained, and what it says together."""

import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .mutants import Mutant
from .run import Result

OUTCOMES = ("killed", "timed_out", "explained", "survived", "not_run")


@dataclass(slots=True)
class Results:
    """Outcomes by the key of a mutant, kept in a file; survivors of other tests are forgotten."""

    path: Path
    tests: str  # fingerprint of the tests
    known: dict[str, dict[str, str]] = field(default_factory=dict)

    def load(self) -> Results:
        """Read the file again."""
        if self.path.exists():
            self.known = json.loads(self.path.read_text())
        return self

    def save(self) -> None:
        """Write the file, whole or not at all."""
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(self.known, indent=0))
        fresh.replace(self.path)

    def of(self, mutant: Mutant) -> Result | None:
        """Return what became of a mutant, or None if that is not known."""
        known = self.known.get(mutant.key)
        if known is None or known["tests"] not in {"", self.tests}:
            return None
        return Result(known["outcome"], known["by"])

    def put(self, mutant: Mutant, result: Result) -> None:
        """Remember what became of a mutant."""
        tests = self.tests if result.outcome == "survived" else ""
        self.known[mutant.key] = {"outcome": result.outcome, "by": result.by, "tests": tests}


class Explained:
    """The list of mutants that change nothing anybody could see, each with its reason."""

    def __init__(self, path: Path) -> None:
        """Read the list; a path that does not exist is an empty one."""
        entries = tomllib.loads(path.read_text())["mutant"] if path.exists() else []
        self._reasons = {
            (entry["where"], entry["before"], entry["after"]): entry["reason"].strip()
            for entry in entries
        }

    def __contains__(self, mutant: Mutant) -> bool:
        """Return whether a mutant is explained."""
        return bool(self._reasons.get((mutant.where, mutant.before, mutant.after)))

    def stale(self, mutants: Iterable[Mutant]) -> list[str]:
        """Return the entries that none of the mutants fits."""
        found = {(mutant.where, mutant.before, mutant.after) for mutant in mutants}
        return [" ".join(entry) for entry in self._reasons if entry not in found]


@dataclass(slots=True)
class Tally:
    """How many mutants came to what, by file."""

    files: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    survivors: list[Mutant] = field(default_factory=list)

    def add(self, mutant: Mutant, outcome: str) -> None:
        """Count one."""
        self.files[mutant.path.name][outcome] += 1
        if outcome == "survived":
            self.survivors.append(mutant)

    def total(self) -> Counter[str]:
        """Return all files together."""
        return sum(self.files.values(), Counter())


def score(counts: Counter[str]) -> float:
    """Return the share of those looked at, in percent, that a test notices or that is explained."""
    seen = sum(counts.values()) - counts["not_run"]
    return 100 * (seen - counts["survived"]) / seen if seen else 0


def tally(mutants: Iterable[Mutant], results: Results, explained: Explained) -> Tally:
    """Return what is known of the mutants."""
    made = Tally()
    for mutant in mutants:
        result = results.of(mutant)
        outcome = "not_run" if result is None else result.outcome
        if mutant in explained and outcome in {"survived", "not_run"}:
            outcome = "explained"
        made.add(mutant, outcome)
    return made
