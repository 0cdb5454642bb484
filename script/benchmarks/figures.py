"""Figures: what was measured, in what unit, and how many times the floor it is."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

MICRO: Final = 1e6
MILLI: Final = 1e3


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement. ``ratio`` is to the floor of that name, None where a count needs none."""

    group: str
    name: str
    value: float
    unit: str
    ratio: float | None = None
    floor: str = ""
    median: float | None = None


@dataclass(slots=True)
class Board:
    """Every figure of a run, and its floors in seconds of CPU."""

    figures: list[Figure] = field(default_factory=list)
    floors: dict[str, float] = field(default_factory=dict)

    def time(self, group: str, name: str, seconds: list[float], floor: str = "F1") -> float:
        """Note the least and the median of some CPU times, and return the least in ms."""
        least = min(seconds)
        ratio = least / self.floors[floor] if floor in self.floors else None
        self.figures.append(
            Figure(
                group,
                name,
                least * MILLI,
                "ms",
                ratio,
                floor,
                statistics.median(seconds) * MILLI,
            )
        )
        return least * MILLI

    def count(
        self, group: str, name: str, value: float, unit: str, floor: float | None = None
    ) -> None:
        """Note a count; ``floor`` is what the same costs without us."""
        ratio = value / floor if floor else None
        self.figures.append(Figure(group, name, value, unit, ratio, "same without us"))

    def value(self, name: str) -> float | None:
        """Return the value of a figure; None if it was not measured."""
        return next((figure.value for figure in self.figures if figure.name == name), None)


def cpu(call: Callable[[], object], runs: int) -> list[float]:
    """Return the CPU seconds of this process for each of some runs."""
    spent: list[float] = []
    for _ in range(runs):
        gc.collect()
        began = time.process_time()
        call()
        spent.append(time.process_time() - began)
    return spent


@contextmanager
def spending(spent: list[float]) -> Iterator[None]:
    """Append the CPU seconds of this process that a block takes."""
    gc.collect()
    began = time.process_time()
    yield
    spent.append(time.process_time() - began)
