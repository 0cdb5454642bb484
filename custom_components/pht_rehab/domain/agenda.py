"""Days as a calendar wants them: sessions done with their response, and the days ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .course import Course, Today
from .forecast import HORIZON_DAYS, project
from .model import Response, Stage
from .overview import Overview
from .prescription import Prescribed, prescribe
from .protocol import LADDER, next_stage
from .schedule import DayPlan


@dataclass(frozen=True, slots=True)
class SessionDone:
    """A session as it was done; ``dose_step`` is an id of the ladder."""

    on: date
    dose_step: str
    response: Response


def sessions_done(course: Course, today: Today, first: date, last: date) -> Iterator[SessionDone]:
    """Yield the sessions about these dates, as they are judged ``today``."""
    for on in course.diary.dates(first, last):
        session, judged = course.diary.page(on).session, course.judgement(on, today)
        if session is None or judged is None:
            continue
        if session.told if on < today.state.day else session.finished:
            yield SessionDone(on, LADDER[session.step].id, judged.response)


@dataclass(frozen=True, slots=True)
class DayAhead:
    """One day; ``next_stage`` is the stage that can be confirmed from this day on."""

    plan: DayPlan
    items: tuple[Prescribed, ...]
    next_stage: Stage | None


def days_ahead(
    course: Course, view: Overview, last: date, *, check_open: bool
) -> Iterator[DayAhead]:
    """Yield the days from today to ``last``, or as far as the forecast reaches.

    ``view`` is the overview of this moment; ``check_open``: its morning score can still come.
    """
    last = min(last, view.today + timedelta(days=HORIZON_DAYS))
    stage = told = view.stage
    for day in project(course, view.today, last, check_open=check_open):
        above, moved = None, day.plan.stage is not stage
        if day.stage_up:
            above = day.plan.stage if moved else next_stage(stage, day.state.goal)
        elif moved:
            told = day.plan.stage  # down, and what lies above is to be confirmed once more
        stage = day.plan.stage
        fresh = above if above is not told else None
        told = above or told
        if day.plan.on == view.today:
            yield DayAhead(view.plan, tuple(item.prescribed for item in view.items), fresh)
            continue
        calm = (day.state.trunk.greens, day.state.gluteal.greens)
        items = prescribe(day.plan, day.state.equipment, day.state.goal, calm)
        yield DayAhead(day.plan, items, fresh)
