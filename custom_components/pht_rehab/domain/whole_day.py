"""A whole day of one side: its plan, and the session and run that are measured by it."""

from datetime import date

from .page import Page
from .planner import active, counts, plan_day
from .replay import apply_session, close_day, open_day
from .schedule import DayPlan, is_strength
from .state import State
from .strand_replay import apply_run


def close(state: State, page: Page, day: date) -> None:
    """Take in one whole day; its plan is worked out only where a session is measured by it."""
    open_day(state, page, day, settled=True)
    if page.session is None and page.run is None and not active(state):
        planned = is_strength(state, day)
    else:
        plan = train(state, page, day, settled=True)
        planned = counts(state, plan)
    close_day(state, page, day, planned=planned)


def train(state: State, page: Page, today: date, *, settled: bool) -> DayPlan:
    """Take in session and run, and return the plan they were measured by.

    ``settled``: the morning's score is in, or is not awaited any more.
    """
    plan = plan_day(state, today, settled=settled)
    session, run = page.session, page.run
    begun = (
        (plan.dose, session.step if session is not None else None),
        (plan.energy, session.energy_step if session is not None else None),
        (plan.run, run.step if run is not None else None),
    )
    if any(dose is not None and at is not None and at < dose.step for dose, at in begun):
        plan = plan_day(state, today, settled=False)  # begun before it could rise (c10)
    if session is not None:
        apply_session(state, plan, session, today)
    if run is not None:
        apply_run(state, plan, run, today)
    return plan
