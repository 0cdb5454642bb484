"""The weeks behind, day by day, as a chart shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .course import Course, Today
from .model import DAY, Reason, Response, Stage
from .prescription import seconds_under_tension
from .protocol import LADDER

TREND_DAYS: Final = 84
"""Twelve weeks: as far as the rules themselves remember (``MEMORY_DAYS``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendDay:
    """One date. Pain is NRS 0-10 or None; ``load`` seconds under tension; ``step`` in force."""

    on: date
    stage: Stage
    step: str
    flare_up: bool
    morning: float | None
    pain_during: float | None
    pain_after: float | None
    response: Response | None
    load: int
    change: Reason | None
    """Why the plan changed on this day, if it did."""


def trend(course: Course, today: Today, days: int = TREND_DAYS) -> Iterator[TrendDay]:
    """Yield the last ``days`` days up to today, or all there are, oldest first."""
    state = today.state
    records = {record.on: record for record in state.records}
    mornings: dict[date, float | None] = {
        score.on: score.pain for scores in state.scores.values() for score in scores
    }
    own = state.scores.get(state.check_test, [])
    mornings |= {score.on: score.pain for score in own}
    told = state.today_scores
    mornings[state.day] = told.get(state.check_test, next(iter(told.values()), None))
    first = max(course.start, state.day - timedelta(days=days - 1))
    for number in range((state.day - first).days + 1):
        on = first + timedelta(days=number)
        turn = course.turn(on, today)
        before = course.turn(on - DAY, today).change if on > course.start else None
        record = records.get(on)
        step = LADDER[turn.step]
        yield TrendDay(
            on=on,
            stage=step.stage,
            step=step.id,
            flare_up=turn.flare_up,
            morning=mornings.get(on),
            pain_during=record.pain_during if record is not None else None,
            pain_after=record.pain_after if record is not None else None,
            response=record.response if record is not None else None,
            load=round(seconds_under_tension(record)) if record is not None else 0,
            change=turn.change if turn.change != before else None,
        )
