"""Runs the tests against one mutant after the other, each in a forked process of its own.

What is only run when called is changed in a process that has the tests loaded already. What the
import runs, the tables above all, is changed before anything of the package is imported.
"""

import gc
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import os
import re
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import inf
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import NamedTuple, override

import pytest

from .mutants import Mutant
from .reach import Bench, Reach, Target, functions

_MEMORY = 3 << 30  # bytes; a loop that only ends with the memory ends here
_IMPORT_SECONDS = 30.0
_LIKELY = 30  # tests to try before all others are collected
_BROKEN = 70  # exit status of a runner that failed itself


class Result(NamedTuple):
    """What became of a mutant: killed, timed_out or survived, and by which test."""

    outcome: str
    by: str = ""


@dataclass(slots=True)
class Order:
    """Which tests to try first: those that killed neighbours, then the likely, the quick."""

    reach: Reach
    patience: float  # seconds of tests for one mutant
    killers: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _words: dict[str, set[int]] = field(default_factory=dict)
    _at_import: set[str] = field(init=False)

    def __post_init__(self) -> None:
        """Make a set of the lines that imports run."""
        self._at_import = set(self.reach.at_import)

    def learn(self, mutant: Mutant, by: str) -> None:
        """Remember what killed a mutant."""
        self.killers[mutant.where][by] += 1
        self.killers[mutant.path.name][by] += 1

    def called(self, mutant: Mutant) -> list[str]:
        """Return the tests that run the lines of a mutant."""
        return self._sorted(mutant, self.reach.of(_lines(mutant)), {})

    def imported(self, mutant: Mutant, root: Path) -> list[str]:
        """Return all tests, first of files that use the module, then what runs words of it."""
        uses = re.compile(rf"\.{mutant.path.stem} import ")
        files = [test.partition("::")[0] for test in self.reach.tests]
        users = {file for file in set(files) if uses.search((root / file).read_text())}
        weights = {number: inf for number, file in enumerate(files) if file in users}
        for word in set(re.findall(r"[A-Za-z_]\w{2,}", mutant.before)):
            tests = self._running(word)
            for test in tests:
                weights[test] = weights.get(test, 0) + 1 / len(tests)
        return self._sorted(mutant, range(len(self.reach.tests)), weights)

    def _sorted(self, mutant: Mutant, tests: Iterable[int], weights: dict[int, float]) -> list[str]:
        reach = self.reach
        near, around = self.killers[mutant.where], self.killers[mutant.path.name]
        ranked = sorted(
            tests,
            key=lambda test: (
                -near[reach.tests[test]],
                -weights.get(test, 0),
                -around[reach.tests[test]],
                reach.seconds[test],
            ),
        )
        spent = accumulate(reach.seconds[test] for test in ranked)
        return [
            reach.tests[test]
            for test, seconds in zip(ranked, spent, strict=True)
            if seconds <= self.patience
        ]

    def _running(self, word: str) -> set[int]:
        if word not in self._words:
            whole = re.compile(rf"\b{word}\b")
            lines = [line for line in self.reach.lines if whole.search(_text(line))]
            self._words[word] = self.reach.of(lines)
        return self._words[word]

    def is_imported(self, mutant: Mutant) -> bool:
        """Return whether a mutant is run by an import, or can only be put in by one."""
        at_import = any(line in self._at_import for line in _lines(mutant))
        return not mutant.function or at_import or not _fits(mutant)


def _lines(mutant: Mutant) -> list[str]:
    return [f"{mutant.path}:{line}" for line in mutant.lines]


_SOURCES: dict[str, list[str]] = {}


def _text(line: str) -> str:
    path, _, number = line.rpartition(":")
    if path not in _SOURCES:
        _SOURCES[path] = Path(path).read_text().splitlines()
    return _SOURCES[path][int(number) - 1]


type Start = Callable[[Mutant], str | None]


def race(
    mutants: Iterable[Mutant], start: Start, until: float, workers: int = 2
) -> Iterator[tuple[Mutant, Result]]:
    """Run ``start``, which names the test that failed, in a process for each mutant."""
    running: dict[int, tuple[Mutant, int]] = {}
    gc.collect()
    gc.freeze()
    for mutant in mutants:
        if len(running) >= workers:
            yield _reap(running)
        if time.monotonic() > until:
            break
        pid, answer = _fork(mutant, start)
        running[pid] = mutant, answer
    while running:
        yield _reap(running)


def _fork(mutant: Mutant, start: Start) -> tuple[int, int]:
    answer, told = os.pipe()
    pid = os.fork()
    if pid:
        os.close(told)
        return pid, answer
    status = _BROKEN
    try:
        mute()
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        by = start(mutant)
        os.write(told, (by or "").encode())
        status = 0 if by is None else 1
    finally:
        os._exit(status)


def mute() -> None:
    """Print nothing any more."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def _reap(running: dict[int, tuple[Mutant, int]]) -> tuple[Mutant, Result]:
    pid, status = os.wait()
    mutant, answer = running.pop(pid)
    with os.fdopen(answer) as file:
        by = file.read()
    if os.WIFSIGNALED(status):
        return mutant, Result("timed_out")
    code = os.WEXITSTATUS(status)
    if code not in {0, 1}:
        raise RuntimeError(f"The runner failed at {mutant}")
    return mutant, Result("killed" if code else "survived", by)


def first_failure(
    bench: Bench, items: Sequence[pytest.Item], names: Iterable[str], order: Order
) -> str | None:
    """Run the named tests until one fails; a test has twenty times its time before it is ended.

    What the likeliest tests do not notice in their time counts as not noticed.
    """
    known = {item.nodeid: item for item in items}
    usual = dict(zip(order.reach.tests, order.reach.seconds, strict=True))
    began = time.process_time()
    for name in names:
        if time.process_time() - began > order.patience:
            break
        signal.setitimer(signal.ITIMER_PROF, 2 + 20 * usual[name])
        if not bench.passes(known[name]):
            return name
    return None


_KIND = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


def _fits(mutant: Mutant) -> bool:
    """Return whether a function that is made already can take the mutant's code.

    It cannot if it was a generator and is none any more, or uses other names from around it.
    """
    path, line = mutant.function.split("."), mutant.lines.start
    old = _named(compile(mutant.path.read_text(), str(mutant.path), "exec"), path, line)
    new = _named(mutant.code(), path, line)
    return old.co_freevars == new.co_freevars and not (old.co_flags ^ new.co_flags) & _KIND


def change_function(made: Iterable[FunctionType], mutant: Mutant) -> None:
    """Put a mutant's code into the functions already made from it."""
    new = _named(mutant.code(), mutant.function.split("."), mutant.lines.start)
    changed = False
    for function in made:
        code = function.__code__
        same = code.co_filename == str(mutant.path) and code.co_qualname == mutant.function
        if same and code.co_firstlineno == new.co_firstlineno:
            function.__code__ = new
            changed = True
    if not changed:
        raise RuntimeError(f"Nothing was made from {mutant}")


def _named(code: CodeType, path: list[str], line: int) -> CodeType:
    """Return the code at a qualified name, the last of that name that starts before ``line``."""
    for name in path:
        code = max(
            (one for one in _inner(code) if one.co_name == name and one.co_firstlineno <= line),
            key=lambda one: one.co_firstlineno,
        )
    return code


def _inner(code: CodeType) -> Iterator[CodeType]:
    """Yield the code in other code; type parameters lie around what they are for."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            if one.co_name.startswith("<generic parameters of "):
                yield from _inner(one)


class _Changed(importlib.machinery.SourceFileLoader):
    """Loads a module's mutant, and is the finder for it as well."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        super().__init__(name, str(mutant.path))
        self._mutant = mutant

    @override
    def get_code(self, fullname: str) -> CodeType:
        return self._mutant.code()

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)


def kill_imported(target: Target, order: Order, mutant: Mutant) -> str | None:
    """Import the package with a mutant in it and run all tests; return the one that failed.

    Collecting every test takes longer than most mutants live, so the likely ones go first.
    """
    sys.meta_path.insert(0, _Changed(target.name(mutant.path), mutant))
    ranked = order.imported(mutant, target.root)
    for names in filter(None, (ranked[:_LIKELY], ranked[_LIKELY:])):
        signal.setitimer(signal.ITIMER_PROF, _IMPORT_SECONDS)
        failed: list[str | None] = []

        def loop(
            bench: Bench,
            items: list[pytest.Item],
            names: Sequence[str] = names,
            failed: list[str | None] = failed,
        ) -> None:
            failed.append(first_failure(bench, items, names, order))

        files = dict.fromkeys(target.root / name.partition("::")[0] for name in names)
        collected = Bench(target, loop).collect(files)  # False after a failed test as well
        if failed and failed[0] is not None:
            return failed[0]
        if not collected:
            return "import"
    return None


def kill_called(target: Target, order: Order, bench: Bench, items: Sequence[pytest.Item]) -> Start:
    """Return what runs the tests that reach a mutant and returns the one that failed."""
    made = list(functions(str(target.source)))  # a frozen collector would not name them any more

    def start(mutant: Mutant) -> str | None:
        change_function(made, mutant)
        return first_failure(bench, items, order.called(mutant), order)

    return start
