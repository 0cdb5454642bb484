"""Which tests reach which line, found once for a state of the code and its tests."""

import gc
import hashlib
import json
import os
import sys
import time
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Final

import pytest

_TOOL: Final = sys.monitoring.PROFILER_ID
_LINE: Final = sys.monitoring.events.LINE


@dataclass(frozen=True, slots=True)
class Target:
    """The package to change and the folder of its tests; ``root`` is what imports start from."""

    root: Path
    source: Path
    tests: Path

    def modules(self) -> list[Path]:
        """Return the modules of the package."""
        return sorted(self.source.rglob("*.py"))

    def test_files(self) -> list[Path]:
        """Return the files of tests, those that draw examples left out."""
        files = sorted(self.tests.rglob("test_*.py"))
        return [file for file in files if "import hypothesis" not in _imports(file)]

    def name(self, path: Path) -> str:
        """Return what a module is imported as."""
        parts = path.relative_to(self.root).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def digest(self, *folders: Path) -> str:
        """Return a fingerprint of every Python or JSON file in the folders."""
        mixed = hashlib.sha256()
        for folder in folders:
            for path in sorted((*folder.rglob("*.py"), *folder.rglob("*.json"))):
                mixed.update(path.read_bytes())
        return mixed.hexdigest()[:16]

    def stand_in(self) -> None:
        """Let the package be imported without its parents, which may be slow to import."""
        sys.path.insert(0, str(self.root))
        for folder in reversed(self.source.relative_to(self.root).parents[:-1]):
            parent = types.ModuleType(".".join(folder.parts))
            parent.__path__ = [str(self.root / folder)]
            sys.modules[parent.__name__] = parent


def _imports(file: Path) -> str:
    return file.read_text().replace("from hypothesis", "import hypothesis")


class Bench:
    """Collects the tests as pytest would, and hands them to ``loop`` instead of running them."""

    def __init__(self, target: Target, loop: Callable[[Bench, list[pytest.Item]], None]) -> None:
        self._target = target
        self._loop = loop
        self._failed = False

    def collect(self, files: Iterable[Path]) -> bool:
        """Collect the files and hand over; return whether that went without an error."""
        target = self._target
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        given = [f"--rootdir={target.root}", f"--confcutdir={target.tests}", "-c", os.devnull]
        given += ["--import-mode=importlib", "-p", "no:cacheprovider", "--tb=no", "-W", "error"]
        done = pytest.main([*given, *map(str, files)], plugins=[self])
        return done in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Hand the tests over."""
        if not session.testsfailed:
            self._loop(self, session.items)
        return not session.testsfailed or None  # type: ignore[return-value]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure."""
        self._failed = self._failed or report.failed

    def passes(self, item: pytest.Item) -> bool:
        """Run one test."""
        self._failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        return not self._failed


@dataclass(frozen=True, slots=True)
class Reach:
    """``lines`` maps ``path:line`` to the tests that run it, a bit for each, in hexadecimal."""

    digest: str
    tests: list[str]
    seconds: list[float]
    at_import: list[str]
    lines: dict[str, str]

    def of(self, lines: list[str]) -> set[int]:
        """Return the numbers of the tests that run any of the lines."""
        bits = 0
        for line in lines:
            bits |= int(self.lines.get(line, "0"), 16)
        return {number for number in range(len(self.tests)) if bits >> number & 1}


def read(path: Path, target: Target) -> Reach | None:
    """Return what was found before, if neither code nor tests have changed since."""
    if not path.exists():
        return None
    known = Reach(**json.loads(path.read_text()))
    return known if known.digest == target.digest(target.source, target.tests) else None


def record(path: Path, target: Target) -> None:
    """Run every test once and write down which lines it reaches."""
    recorder = _Recorder(str(target.source))
    at_import: set[str] = set()
    names: list[str] = []
    seconds: list[float] = []
    lines: dict[str, int] = {}
    failed: list[str] = []

    def loop(bench: Bench, items: list[pytest.Item]) -> None:
        at_import.update(recorder.take())
        recorder.narrow()
        for number, item in enumerate(items):
            before = time.process_time()
            if not bench.passes(item):
                failed.append(item.nodeid)
            names.append(item.nodeid)
            seconds.append(round(time.process_time() - before, 4))
            for line in recorder.take():
                lines[line] = lines.get(line, 0) | 1 << number

    if not Bench(target, loop).collect(target.test_files()) or failed:
        sys.exit(f"The tests fail as they are: {failed or 'they cannot be collected'}")
    digest = target.digest(target.source, target.tests)
    packed = {line: f"{bits:x}" for line, bits in lines.items()}
    made = Reach(digest, names, seconds, sorted(at_import), packed)
    path.write_text(json.dumps(asdict(made)))


class _Recorder:
    """Notes each line of a folder once between two ``take``."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._lines: set[str] = set()
        sys.monitoring.use_tool_id(_TOOL, "mutate")
        sys.monitoring.register_callback(_TOOL, _LINE, self._note)
        sys.monitoring.set_events(_TOOL, _LINE)

    def _note(self, code: CodeType, line: int) -> object:
        if code.co_filename.startswith(self._folder):
            self._lines.add(f"{code.co_filename}:{line}")
        return sys.monitoring.DISABLE

    def take(self) -> set[str]:
        found, self._lines = self._lines, set()
        sys.monitoring.restart_events()
        return found

    def narrow(self) -> None:
        """Look at the functions of the folder alone, now that they are known."""
        sys.monitoring.set_events(_TOOL, 0)
        for function in functions(self._folder):
            for code in _nested(function.__code__):
                sys.monitoring.set_local_events(_TOOL, code, _LINE)


def functions(folder: str) -> Iterator[FunctionType]:
    """Yield every function defined in a folder."""
    for found in gc.get_objects():
        if type(found) is FunctionType and found.__code__.co_filename.startswith(folder):
            yield found


def _nested(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _nested(constant)
