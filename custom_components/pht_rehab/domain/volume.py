"""Weeks of running in minutes, and a jump in them where no plan caps them (d2, b4 P6)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .model import Reason, ReasonId, Stage, reason
from .state import State, within
from .strands import RUNS

REVIEW: Final = "volume"
"""Key of the review that a jump asks for."""


@dataclass(frozen=True, slots=True)
class Volume:
    """Minutes of running in one week, and in the fullest of those before."""

    week: float
    usual: float


def volume(state: State, today: date, *, before: date) -> Volume:
    """Return the running in the week that ends ``today``, runs on ``before`` and later left out."""
    rules = state.rules
    weeks = [0.0] * (rules.running.volume_weeks + 1)
    for run in state.running.records:
        week = (today - run.on).days // rules.week_days
        if run.on < before and week < len(weeks):
            weeks[week] += run.minutes
    return Volume(weeks[0], max(weeks[1:]))


def watch(state: State, today: date) -> None:
    """Let the review of a jump end after a week (design), unless another jump asks for it."""
    if REVIEW in state.reviews and not within(state.reviews[REVIEW], today, state.rules.week_days):
        del state.reviews[REVIEW]


def after_run(state: State, today: date) -> None:
    """Ask for a review if the week that ends with today's run is a jump; it holds nothing."""
    if _is_free(state) and _is_jump(state, today):
        state.reviews.setdefault(REVIEW, today)


def _is_free(state: State) -> bool:
    """Return whether no plan caps what is run: in normal training and in maintenance (d2 R17)."""
    step = state.running.step or 0
    if RUNS[step].minutes is not None:
        return False
    last = step == len(RUNS) - 1 and state.stage.reaches(RUNS[-1].least_stage)
    return last or state.stage is Stage.MAINTENANCE


def _is_jump(state: State, today: date) -> bool:
    """Return whether the week is more than 15 % above the fullest of the four before (d2).

    After four weeks without a run there is nothing to compare with; the gap table answers those.
    """
    found = volume(state, today, before=today + timedelta(days=1))
    # Rounded: 1.15 times a whole number of minutes may miss it by a hair.
    most = round(found.usual * state.rules.running.weekly_growth, 6)
    return bool(found.usual) and found.week > most


def advice(state: State) -> Reason | None:
    """Return what the review says, with the figures of the day it was asked for; None without."""
    on = state.reviews.get(REVIEW)
    if on is None:
        return None
    found = volume(state, on, before=on + timedelta(days=1))
    rules = state.rules.running
    percent = round(100 * (rules.weekly_growth - 1))
    if state.stage is not Stage.MAINTENANCE:
        return reason(ReasonId.VOLUME, minutes=found.week, usual=found.usual, percent=percent)
    return reason(
        ReasonId.VOLUME,
        "strength",
        minutes=found.week,
        usual=found.usual,
        percent=percent,
        sessions=rules.ahead_strength,
        weeks=rules.ahead_weeks,
    )
