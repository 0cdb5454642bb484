"""Changes the rules bit by bit and asks whether a test notices.

A mutant is one small change: ``<`` for ``<=``, ``and`` for ``or``, a number plus one, a condition
that always holds, a line left out. One that no test notices is either a rule that no test looks
at, or code that does nothing. What changes nothing anybody could see is explained in
script/equivalent_mutants.toml, one reason each.

Work goes on where it was left; results are in .cache/mutate. Tests that draw examples by chance
(Hypothesis) take no part: what they find should have a plain test too.
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from . import reach, results, run
from .mutants import Mutant, find

ROOT = Path(__file__).parents[2]
DOMAIN = ROOT / "custom_components" / "pht_rehab" / "domain"


def main() -> int:
    """Run what is asked and tell what came of it."""
    wanted = _arguments()
    cache: Path = wanted.cache
    cache.mkdir(parents=True, exist_ok=True)
    target = reach.Target(wanted.root, wanted.source, wanted.tests)
    explained = results.Explained(wanted.explained)
    everything = [mutant for path in target.modules() for mutant in find(path)]
    mutants = [one for one in everything if not wanted.files or one.path.name in wanted.files]
    if wanted.sample:
        chance = random.Random(wanted.seed)  # noqa: S311 -- to be drawn again, not to be guessed
        mutants = chance.sample(mutants, min(wanted.sample, len(mutants)))
    tests = f"{target.digest(target.tests)} {wanted.patience}"
    known = results.Results(cache / "results.json", tests).load()
    todo = [one for one in mutants if known.of(one) is None and one not in explained]
    if todo and wanted.minutes > 0:
        until = time.monotonic() + 60 * wanted.minutes
        Work(target, cache, known, wanted.patience, until).do(todo, everything)
    stale = explained.stale(everything)
    _tell(results.tally(mutants, known, explained), stale, wanted)
    return 1 if stale else 0


@dataclass(slots=True)
class Work:
    """One run of mutants until a time."""

    target: reach.Target
    cache: Path
    known: results.Results
    patience: float
    until: float

    def do(self, todo: list[Mutant], everything: list[Mutant]) -> None:
        """Run the mutants: what is only called first, as that is quick, then what is imported."""
        self.target.stand_in()
        path = self.cache / "reach.json"
        if (found := reach.read(path, self.target)) is None:
            _apart(partial(reach.record, path, self.target))
            found = reach.read(path, self.target)
        if found is None:
            sys.exit("The code or its tests changed while the tests were run.")
        order = run.Order(found, self.patience)
        for mutant in everything:
            if (result := self.known.of(mutant)) is not None and result.by:
                order.learn(mutant, result.by)
        for mutant in todo:
            if not order.is_imported(mutant) and not order.called(mutant):
                self.known.put(mutant, run.Result("survived"))
        todo = [mutant for mutant in todo if self.known.of(mutant) is None]
        self.known.save()
        imported: list[Mutant] = []
        called: list[Mutant] = []
        for mutant in todo:
            (imported if order.is_imported(mutant) else called).append(mutant)
        _apart(partial(self._called, order, called))
        self.known.load()
        self._race(imported, partial(run.kill_imported, self.target, order), order)

    def _called(self, order: run.Order, todo: list[Mutant]) -> None:
        def loop(bench: reach.Bench, items: list[pytest.Item]) -> None:
            self._race(todo, run.kill_called(self.target, order, bench, items), order)

        reach.Bench(self.target, loop).collect(self.target.test_files())

    def _race(self, todo: Iterable[Mutant], start: run.Start, order: run.Order) -> None:
        todo = list(todo)
        saved = time.monotonic()
        for number, (mutant, result) in enumerate(run.race(todo, start, self.until), 1):
            self.known.put(mutant, result)
            if result.by:
                order.learn(mutant, result.by)
            if time.monotonic() > saved + 5 or number == len(todo):
                saved = time.monotonic()
                self.known.save()
                print(f"{number} of {len(todo)}", file=sys.stderr)
        self.known.save()


def _apart(work: Callable[[], None]) -> None:
    """Do something in a process of its own, that leaves this one without its imports."""
    pid = os.fork()
    if pid:
        if os.waitpid(pid, 0)[1]:
            sys.exit(1)
        return
    status = 1
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        work()
        status = 0
    except SystemExit as error:
        print(error, file=sys.stderr)
    finally:
        os._exit(status)


def _tell(told: results.Tally, stale: list[str], wanted: argparse.Namespace) -> None:
    print(f"{'':24}" + "".join(f"{word.replace('_', ' '):>11}" for word in results.OUTCOMES))
    for name, counts in (*sorted(told.files.items()), ("together", told.total())):
        row = "".join(f"{counts[word]:11}" for word in results.OUTCOMES)
        print(f"{name:24}{row}{results.score(counts):9.1f} %")
    if wanted.survivors:
        for mutant in told.survivors:
            place = mutant.path.relative_to(wanted.root)
            print(f"\n{place}:{mutant.lines.start} {mutant.where}")
            print(f"  - {mutant.before}\n  + {mutant.after}")
    for entry in stale:
        print(f"explained, but there is no such mutant: {entry}")
    if wanted.json is not None:
        survivors = [
            {"where": one.where, "line": one.lines.start, "before": one.before, "after": one.after}
            for one in told.survivors
        ]
        document = {
            "score": results.score(told.total()),
            "files": told.files,
            "survivors": survivors,
            "stale": stale,
        }
        wanted.json.write_text(json.dumps(document, indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/mutate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--minutes", type=float, default=60, help="stop after this long; 0 only reports")
    add("--patience", type=float, default=30, metavar="S", help="seconds of tests for each mutant")
    add("--files", nargs="+", metavar="NAME", help="only these modules, as in flare.py")
    add("--sample", type=int, default=0, metavar="N", help="only so many, drawn by --seed")
    add("--seed", type=int, default=0)
    add("--survivors", action="store_true", help="print each mutant that no test noticed")
    add("--json", type=Path, help="write the result there as well")
    add("--root", type=Path, default=ROOT, help="where imports start from")
    add("--source", type=Path, default=DOMAIN, help="the package to change")
    add("--tests", type=Path, default=ROOT / "tests" / "domain", help="its tests")
    add("--explained", type=Path, default=ROOT / "script" / "equivalent_mutants.toml")
    add("--cache", type=Path, default=ROOT / ".cache" / "mutate")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
