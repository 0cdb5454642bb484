"""script/mutate notices what tests notice, and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from script.mutation.mutants import find
from script.mutation.reach import Reach
from script.mutation.run import Order
from script.real_ha import ROOT

RULES = '''
"""A toy."""

from dataclasses import dataclass

LIMIT = 3
UNUSED = 7


@dataclass
class Band:
    red: int = 6


def is_red(pain: int) -> bool:
    return pain >= Band().red


def coped(pain: int, *, masked: bool) -> bool:
    if masked:
        return False
    return pain <= LIMIT


def fall(count: int) -> int:
    while count > 1:
        count -= 1
    return count


def never[T: int](pain: T) -> int:
    return pain + 1
'''

TESTS = """
from toy.rules import coped, fall, is_red


def test_red():
    assert is_red(6)
    assert not is_red(5)


def test_coped():
    assert coped(2, masked=False)
    assert not coped(4, masked=False)


def test_fall():
    assert fall(3) == 1
"""

EXPLAINED = """
[[mutant]]
where = "rules"
before = "UNUSED = 7"
after = "UNUSED = 8"
reason = "Nobody reads it."
"""


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    for name, text in {
        "toy/__init__.py": "",
        "toy/rules.py": RULES,
        "tests/test_toy.py": TESTS,
        "explained.toml": EXPLAINED,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def mutate(toy: Path, *more: str) -> tuple[int, dict[str, object], str]:
    given = {"source": "toy", "tests": "tests", "explained": "explained.toml", "cache": "cache"}
    options = [f"--{name}={toy / path}" for name, path in given.items()]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "script.mutation", f"--root={toy}", "--survivors"),
            *(*options, f"--json={toy / 'told.json'}", *more),
        ],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    told = toy / "told.json"
    return done.returncode, json.loads(told.read_text()) if told.exists() else {}, done.stdout


def test_what_no_test_notices_is_named(toy: Path) -> None:
    """The numbers were counted by hand from the toy above."""
    code, told, printed = mutate(toy)
    assert code == 0
    assert told["files"] == {
        "rules.py": {"killed": 10, "timed_out": 3, "explained": 1, "survived": 7},
    }
    changes = {(one["where"], one["before"], one["after"]) for one in told["survivors"]}  # type: ignore[attr-defined]
    assert changes == {
        ("rules.coped", "if masked:", "if False:"),
        ("rules.coped", "return False", "return True"),
        ("rules.coped", "return pain <= LIMIT", "return pain < LIMIT"),
        ("rules.fall", "count -= 1", "count -= 2"),
        ("rules.never", "return pain + 1", "return None"),
        ("rules.never", "return pain + 1", "return pain + 2"),
        ("rules.never", "return pain + 1", "return pain - 1"),
    }
    assert "toy/rules.py:20 rules.coped\n  - if masked:\n  + if False:\n" in printed


def test_an_explanation_of_nothing_fails(toy: Path) -> None:
    (toy / "explained.toml").write_text(EXPLAINED.replace("UNUSED = 8", "UNUSED = 9"))
    code, told, _ = mutate(toy, "--minutes=0")
    assert code == 1
    assert told["stale"] == ["rules UNUSED = 7 UNUSED = 9"]
    assert told["files"] == {"rules.py": {"not_run": 21}}


def test_failing_tests_prove_nothing(toy: Path) -> None:
    with (toy / "tests/test_toy.py").open("a") as tests:
        tests.write("\n\ndef test_wrong():\n    assert is_red(1)\n")
    assert mutate(toy)[:2] == (1, {})


def test_a_table_is_first_held_against_the_tests_of_its_module(toy: Path) -> None:
    """They read it without running a line of it, so there would be no time left for them."""
    path = toy / "toy/rules.py"
    line = next(mutant for mutant in find(path) if mutant.before == "LIMIT = 3")
    tests = ["tests/test_other.py::test_coped", "tests/test_table.py::test_table"]
    (toy / "tests/test_other.py").write_text("from toy import other\n")
    (toy / "tests/test_table.py").write_text("from toy.rules import LIMIT\n")
    lines = {f"{path}:22": "1"}  # the comparison with the limit
    order = Order(Reach("", tests, [0.5, 0.5], [], lines), patience=0.5)
    assert order.imported(line, toy) == tests[1:]
    order.learn(line, tests[0])
    assert order.imported(line, toy) == tests[:1]
