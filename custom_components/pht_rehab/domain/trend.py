"""The weeks behind, day by day, as a chart shows them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .course import Course, Today
from .model import BADNESS, DAY, Reason, Response, Stage
from .page import worst
from .protocol import LADDER
from .records import SessionRecord
from .strands import ENERGY, RUNS

TREND_DAYS: Final = 84
"""Twelve weeks: as far as the rules themselves remember (``MEMORY_DAYS``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendDay:
    """One date. Pain is NRS 0-10 or None; ``load`` seconds under tension; ``step`` in force.

    Pain and ``response`` are the worst of what was done that day, the ``run`` included.
    ``energy_step`` and ``run_step`` are those in force, None before they have begun.
    """

    on: date
    stage: Stage
    step: str
    energy_step: str | None
    run_step: str | None
    flare_up: bool
    morning: float | None
    pain_during: float | None
    pain_after: float | None
    response: Response | None
    load: int
    run: SessionRecord | None
    changes: tuple[Reason, ...]
    """Why the plan changed on this day, if it did."""


def trend(course: Course, today: Today, days: int = TREND_DAYS) -> Iterator[TrendDay]:
    """Yield the last ``days`` days up to today, or all there are, oldest first."""
    state = today.state
    strength, hops, runs = ({record.on: record for record in told} for told in state.strands())
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
        before = course.turn(on - DAY, today).changes if on > course.start else ()
        record = strength.get(on)
        found = [one for one in (record, hops.get(on), runs.get(on)) if one is not None]
        yield TrendDay(
            on=on,
            stage=turn.stage,
            step=LADDER[turn.step].id,
            energy_step=None if turn.energy is None else ENERGY[turn.energy].id,
            run_step=None if turn.running is None else RUNS[turn.running].id,
            flare_up=turn.flare_up,
            morning=mornings.get(on),
            pain_during=_worst(one.pain_during for one in found),
            pain_after=_worst(one.pain_after for one in found),
            response=max((one.response for one in found), key=BADNESS.index, default=None),
            load=round(record.load) if record is not None else 0,
            run=runs.get(on),
            changes=tuple(why for why in turn.changes if why not in before),
        )


def _worst(scores: Iterable[float | None]) -> float | None:
    found: float | None = None
    for score in scores:
        found = worst(found, score)
    return found
