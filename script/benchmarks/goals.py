"""The goals of dependable speed, and whether this run meets those that it can measure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .figures import Board, Figure


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal: the figure it looks at, and the most that figure may be."""

    name: str
    figure: str
    most: float
    ratio: bool = False


GOALS: Final = (
    Goal("10 years replayed in < 150 ms", "replay 10 y", 150),
    Goal("a new fact on 10 years < 2 ms", "one new fact on 10 y", 2),
    Goal("a forecast < 10 ms", "forecast of a whole course", 10),
    Goal("an entry <= 300 bytes", "bytes per entry at 10,000", 300),
    Goal("compaction included <= 3 x what is said", "all bytes written", 3),
    Goal("a log action <= 5 x F2 with 10,000 entries", "log action, 10,", 5, ratio=True),
    Goal("no block > 5 ms: log_session", "longest block: log_session", 5),
    Goal("no block > 5 ms: late entry", "longest block: log, 14", 5),
    Goal("no block > 5 ms: get_log, 14 days", "longest block: get_log, 14", 5),
    Goal("no block > 5 ms: get_plan", "longest block: get_plan", 5),
    Goal("no block > 5 ms: a year of the calendar", "longest block: a year", 5),
    Goal("no block > 5 ms: export", "longest block: export", 5),
    Goal("no block > 5 ms: diagnostics", "longest block: diagnostics", 5),
    Goal("no block > 5 ms: start", "longest block: start", 5),
    Goal("no block > 5 ms: midnight", "longest block: midnight", 5),
    Goal("start with 10,000 entries <= 50 ms", "start with 10,", 50),
    Goal("10,000 entries <= 3 MB", "memory of 10,", 3),
    Goal("whole start within 3 % of bare", "whole start", 1.03, ratio=True),
    Goal("import <= 12 ms", "import", 12),
    Goal("set-up <= 2 x F2", "set-up of 1 programme", 2, ratio=True),
    Goal("memory <= 1.1 x F2 at 1,000", "memory per programme at 1,000", 1.1, ratio=True),
    Goal("idle: no same-value write", "same-value writes", 0),
    Goal("idle: <= 12 changes", "state changes", 12),
    Goal("idle: <= 20 wake-ups", "wake-ups", 20),
    Goal("idle: no storage write", "storage writes", 0),
    Goal("recorder: <= 30 state rows a day", "states rows", 30),
    Goal("recorder: <= 4 kB of states a day", "bytes of states", 4096),
    Goal("card <= 60 kB gzipped", "card.js, gzipped", 61440),
    Goal("loader < 1 kB", "loader.js, gzipped", 1023),
    Goal("a reason is in no state", "a reason found in states", 0),
)
ELSEWHERE: Final = (
    "no acknowledged entry lost by kill -9: script/soak",
    "every legal crash state good: tests/crash",
    "power cuts of a real disk: not measured, the crash states stand in",
    "storage faults and no false 'saved': tests/test_store*.py, script/soak (full, read-only)",
    "clock scenes: tests/test_time.py",
    "security cases by role: tests/test_rights.py, tests/test_bad_input.py",
)


def judged(figure: Figure) -> bool:
    """Return whether a goal looks at this figure."""
    return any(figure.name.startswith(goal.figure) for goal in GOALS)


def judge(board: Board) -> Iterator[tuple[str, float | None, str]]:
    """Yield each goal with its figure and a word: met, missed, or not measured in this run."""
    for goal in GOALS:
        found = next((each for each in board.figures if each.name.startswith(goal.figure)), None)
        value = None if found is None else found.ratio if goal.ratio else found.value
        word = "not measured" if value is None else "met" if value <= goal.most else "missed"
        yield goal.name, value, word
