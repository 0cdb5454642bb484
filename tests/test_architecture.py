"""The house rules that a paragraph cannot keep: imports, sizes, one writer, one version."""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
INTEGRATION = ROOT / "custom_components" / "pht_rehab"
DOMAIN = sorted((INTEGRATION / "domain").glob("*.py"))
FIGURES = sorted((INTEGRATION / "figures").glob("*.py"))
ALL = sorted(INTEGRATION.rglob("*.py"))
CLOCKS = {"now", "today", "utcnow", "time", "monotonic", "perf_counter"}
MODULE_LINES = 300
# The clinical tables and the actions that mirror them are as long as their subject.
LONG_MODULES = {"protocol.py"}
FUNCTION_LINES = 48


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield level and name of everything a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""


@pytest.mark.parametrize("path", DOMAIN, ids=lambda path: path.stem)
def test_the_rules_are_pure(path: Path) -> None:
    tree = parse(path)
    for level, name in imports(tree):
        top = name.partition(".")[0]
        assert level == 1 or (level == 0 and top in sys.stdlib_module_names), name
        assert top not in {"time", "random", "os", "io", "pathlib", "logging", "asyncio"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            is_clock = isinstance(owner, ast.Name) and owner.id in {"date", "datetime", "time"}
            assert not (is_clock and node.func.attr in CLOCKS), ast.unparse(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"open", "print", "input"}


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_the_figures_know_only_themselves(path: Path) -> None:
    known = {name.partition(".")[0] for level, name in imports(parse(path)) if level == 0}
    assert known <= {
        "PIL", "collections", "importlib", "io", "itertools", "json", "math", "typing"
    }  # fmt: skip
    assert all(level <= 1 for level, _ in imports(parse(path)))


def test_only_the_writer_knows_the_store() -> None:
    knows = {
        path.name
        for path in ALL
        if any(name == "store" and level == 1 for level, name in imports(parse(path)))
    }
    assert knows == {
        "__init__.py",
        "coordinator.py",
        "errors.py",
        "opening.py",
        "repairs.py",
        "upkeep.py",
    }


def test_only_the_store_knows_files() -> None:
    for path in ALL:
        calls = {
            node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            for node in ast.walk(parse(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
        }
        writes = {"write_text", "write_bytes", "open", "unlink", "replace_file", "fdatasync"}
        assert path.name in {"store.py", "copies.py", "files.py"} or not calls & writes, path


def test_platforms_do_not_know_each_other() -> None:
    platforms = {
        "sensor", "binary_sensor", "event", "todo", "button", "number", "calendar", "switch",
        "image",
    }  # fmt: skip
    for name in platforms:
        known = {module for level, module in imports(parse(INTEGRATION / f"{name}.py")) if level}
        assert not known & (platforms | {"store", "services"}), name


def test_automations_know_entities_and_not_each_other() -> None:
    for name, more in (("trigger", set()), ("condition", {"coordinator", "domain.model"})):
        known = {module for level, module in imports(parse(INTEGRATION / f"{name}.py")) if level}
        assert known == {"targets"} | more, name


def test_one_timer_and_one_while_somebody_sits() -> None:
    timers = [path.name for path in ALL if "async_track_point" in path.read_text()]
    assert timers == ["coordinator.py", "sitting.py"]  # a bout has its own, armed only in one


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_module_is_one_thing_and_a_function_can_be_seen_whole(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert len(lines) <= MODULE_LINES or path.name in LONG_MODULES
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < FUNCTION_LINES, node.name


def test_one_version() -> None:
    manifest = json.loads((INTEGRATION / "manifest.json").read_text())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert manifest["version"] == project["version"]
    latest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert latest is not None
    assert latest.group(1) == project["version"]
    assert manifest["requirements"] == []
    assert project["dependencies"] == []


def test_design_is_short() -> None:
    assert len((ROOT / "DESIGN.md").read_text().splitlines()) < 90
