"""Runs that nobody logged: how far is known of a date, neither minutes nor pain.

Such a run is asked for until it is logged, taken back, or too old to be told. Nobody judges it,
but it counts as load: as one of the week's runs, and with neither a run nor hops the day after.
"""

from datetime import date, timedelta
from typing import Final

from .model import BACK_DAYS, DAY, Reason, ReasonId, reason
from .page import Page
from .state import State

REVIEW: Final = "run_noticed"
"""Key of the review that asks for it."""
LEAST_KM: Final = 1
"""(design) more than this on a date was a run."""


def take(state: State, page: Page, today: date) -> None:
    """Note at the end of a day that it had a run nobody logged."""
    if page.noticed is None or page.run is not None:
        return
    state.unlogged.append(page.noticed)
    state.running.days.append(today)
    state.reviews[REVIEW] = today


def watch(state: State, today: date) -> None:
    """Let go of those that cannot be logged any more."""
    state.unlogged = [run for run in state.unlogged if (today - run.on).days <= BACK_DAYS]
    if not state.unlogged:
        state.reviews.pop(REVIEW, None)


def rest(state: State, today: date) -> Reason | None:
    """Return why there are no hops the day after an unlogged run, or None."""
    if any(run.on == today - DAY for run in state.unlogged):
        return reason(ReasonId.SPACING, "unlogged", until=today + DAY)
    return None


def spacing(state: State, on: date, days: int) -> Reason:
    """Return why no run is allowed so soon after that of a date, logged or not."""
    unlogged = any(run.on == on for run in state.unlogged)
    until = on + timedelta(days=days)
    return reason(ReasonId.SPACING, "unlogged" if unlogged else "", until=until)


def asked(state: State) -> list[Reason]:
    """Return what is asked of the person, the oldest run first."""
    if state.stopped:
        return []
    return [
        reason(ReasonId.REPORT_NEEDED, "run", km=run.kilometres, on=run.on)
        for run in state.unlogged
    ]
