"""What a clinician wants to see of running and hopping: weeks of runs, and the steps' course."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from .model import Response
from .records import SessionRecord
from .trend import TrendDay


@dataclass(frozen=True, slots=True, kw_only=True)
class RunWeek:
    """The days with a run in one week from Monday. Minutes of running; ``pain`` the worst told.

    ``responses``: how many of its runs were judged so.
    """

    first: date
    runs: int
    minutes: float
    longest: float
    pain: float | None
    responses: tuple[tuple[Response, int], ...]


def run_weeks(days: Iterable[TrendDay]) -> Iterator[RunWeek]:
    """Yield the weeks of these days in which there was a run."""
    runs = [day.run for day in days if day.run is not None]
    for first, group in groupby(runs, key=lambda run: run.on - timedelta(days=run.on.weekday())):
        week = list(group)
        minutes = [run.minutes for run in week]
        yield RunWeek(
            first=first,
            runs=len(week),
            minutes=sum(minutes),
            longest=max(minutes),
            pain=max((pain for run in week for pain in _pains(run)), default=None),
            responses=tuple(sorted(Counter(run.response for run in week).items())),
        )


def _pains(run: SessionRecord) -> list[float]:
    return [pain for pain in (run.pain_during, run.pain_after) if pain is not None]


def step_course(steps: Iterable[tuple[date, str | None]]) -> Iterator[tuple[date, str]]:
    """Yield each step with the first day it was in force, days before it began left out."""
    for step, group in groupby(steps, key=lambda each: each[1]):
        if step is not None:
            yield next(group)[0], step
