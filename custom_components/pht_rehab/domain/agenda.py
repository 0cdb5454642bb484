"""Days as a calendar wants them: sessions done with their response, and the days ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .course import Course, Today
from .exercises import EXERCISES, Strand
from .forecast import HORIZON_DAYS, project
from .model import Response, Stage
from .overview import Overview
from .page import Session
from .prescription import Prescribed, prescribe
from .protocol import LADDER, next_stage
from .schedule import DayPlan
from .strands import ENERGY, RUNS


@dataclass(frozen=True, slots=True)
class SessionDone:
    """A session or a run as it was done, at a dose step; ``minutes`` of running, else None."""

    on: date
    dose_step: str
    response: Response
    minutes: float | None = None


def sessions_done(course: Course, today: Today, first: date, last: date) -> Iterator[SessionDone]:
    """Yield the sessions and runs about these dates, as they are judged ``today``."""
    for on in course.diary.dates(first, last):
        page = course.diary.page(on)
        session, judged = page.session, course.judgement(on, today)
        if session is not None and judged is not None:
            told = session.told if on < today.state.day else session.finished
            if told:
                yield SessionDone(on, _step(session), judged.response)
        run, judged = page.run, course.judgement(on, today, run=True)
        if run is not None and judged is not None:
            step = RUNS[run.step or 0].id
            yield SessionDone(on, step, judged.response, minutes=run.minutes)


def _step(session: Session) -> str:
    """Return the step of a session: of its strength, else of its hops."""
    strength = any(EXERCISES[item].strand is Strand.HAMSTRING for item in session.prescribed)
    hops = session.energy_step
    return LADDER[session.step].id if strength or hops is None else ENERGY[hops].id


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
        items = prescribe(day.state.rules, day.plan, day.state.equipment, day.state.goal, calm)
        yield DayAhead(day.plan, items, fresh)
