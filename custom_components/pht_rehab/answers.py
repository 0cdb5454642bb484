"""What actions answer: plan, log, explanation, and the state after something was recorded."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from homeassistant.util import dt as dt_util

from .coordinator import RehabCoordinator
from .domain import agenda
from .domain.codec import encode
from .domain.course import DEADLINE, Today
from .domain.exercises import EXERCISES, Strand
from .domain.facts import (
    EventLogged,
    Fact,
    MorningChecked,
    NoteWritten,
    RunReported,
    SessionReported,
    StageConfirmed,
    StageSet,
    TestLogged,
    WeeklyChecked,
)
from .domain.forecast import HORIZON_DAYS
from .domain.model import BACK_DAYS, RehabError
from .domain.prescription import Prescribed
from .domain.protocol import LADDER
from .domain.remarks import Remark, remarks
from .domain.schedule import DayPlan
from .domain.strands import ENERGY, RUNS
from .domain.turns import Judged
from .protocol_choice import describe
from .run_view import run
from .texts import Texts
from .weekly_view import counted
from .why import Answer, iso, reasons_of

PLAN_DAYS: Final = 28
WEEK: Final = 7


def recorded(coordinator: RehabCoordinator, texts: Texts, log_id: str | None) -> Answer:
    """Answer with the entry's id and where the programme stands with it."""
    view = coordinator.data
    course = coordinator.course.of(view.side)
    now = dt_util.now()
    state = course.today(now.date(), now.time()).state
    fact = coordinator.course.facts.get(log_id or "")
    found = () if fact is None else remarks(coordinator.course, state, fact)
    more = {"weekly_check": counted(state, fact)} if isinstance(fact, WeeklyChecked) else {}
    return {
        "log_id": log_id,
        "response": view.response.value if view.response is not None else None,
        "stage": view.stage.value,
        "dose_step": view.dose_step,
        "days_to_next_progression": view.days_to_next_progression,
        "next_session": iso(coordinator.next_session),
        "reasons": reasons_of(texts, view.explanation.reasons),
        "remarks": [_remark(texts, remark) for remark in found],
        **more,
    }


def _remark(texts: Texts, remark: Remark) -> Answer:
    return {"id": remark.id, "text": texts.remark(remark), "source": remark.source}


def plan(
    coordinator: RehabCoordinator, texts: Texts, start_date: date | None = None, days: int = WEEK
) -> Answer:
    """Answer with the days ahead, as they come if all goes well."""
    today = coordinator.data.today
    start = start_date or today
    if not 1 <= days <= PLAN_DAYS:
        raise RehabError("days_out_of_range", field="days", most=str(PLAN_DAYS))
    if start < today:
        raise RehabError("date_in_past", field="start_date")
    if (start - today).days > HORIZON_DAYS:
        raise RehabError("date_too_far", field="start_date", days=str(HORIZON_DAYS))
    last = start + timedelta(days=days - 1)
    return {
        "days": [
            _day(coordinator, texts, day.plan, day.items)
            for day in days_ahead(coordinator, last)
            if day.plan.on >= start
        ],
        "protocol": describe(coordinator, texts),
    }


def days_ahead(coordinator: RehabCoordinator, last: date) -> Iterator[agenda.DayAhead]:
    """Yield today and the days to ``last``, as far as the forecast reaches."""
    check_open = dt_util.now().time() < DEADLINE
    return agenda.days_ahead(coordinator.course, coordinator.data, last, check_open=check_open)


def sessions_done(
    coordinator: RehabCoordinator, first: date, last: date
) -> Iterator[agenda.SessionDone]:
    """Yield the sessions about these dates, as they are judged by now."""
    now = dt_util.now()
    worse = coordinator.course.of(coordinator.data.side)
    others = (one for one in coordinator.course.sides if one is not worse)
    seen: set[tuple[date, bool]] = set()
    for course in (worse, *others):
        today = course.today(now.date(), now.time())
        for done in agenda.sessions_done(course, today, first, last):
            if (key := (done.on, done.minutes is None)) not in seen:
                seen.add(key)
                yield done


def _day(
    coordinator: RehabCoordinator, texts: Texts, day: DayPlan, items: Iterable[Prescribed]
) -> Answer:
    return {
        "date": day.on.isoformat(),
        "kind": day.kind.value,
        "stage": day.stage.value,
        "dose_step": LADDER[day.dose.step].id if day.dose is not None else None,
        "exercises": [_exercise(texts, item) for item in items],
        "tests": list(day.tests),
        "energy_step": ENERGY[day.energy.step].id if day.energy is not None else None,
        "run_step": RUNS[day.run.step].id if day.run is not None else None,
        "run": run(coordinator, texts, day.run) if day.run is not None else None,
        "reasons": reasons_of(texts, day.reasons),
    }


def _exercise(texts: Texts, item: Prescribed) -> Answer:
    amount = (
        {"hold_seconds": item.hold_seconds}
        if item.hold_seconds is not None
        else {"reps": item.reps}
        if item.reps is not None
        else {"metres": EXERCISES[item.id].metres}
    )
    return {
        "id": item.id,
        "name": texts.exercise(item.id),
        "strand": item.strand.value,
        "side": item.sides.value,
        "sets": item.sets,
        **amount,
        "tempo": item.tempo,
        "rest_seconds": item.rest_seconds,
        "load": texts.load(item),
        "equipment": texts.equipment(item),
        "dose": texts.dose(item),
        "how_to": texts.how_to(item.id),
    }


def log(
    coordinator: RehabCoordinator,
    texts: Texts,
    start_date: date | None = None,
    end_date: date | None = None,
) -> Answer:
    """Answer with every entry about these dates, void ones marked, oldest first."""
    end = end_date or max(coordinator.data.today, start_date or date.min)
    start = start_date or end - min(timedelta(days=BACK_DAYS), end - date.min)
    if end < start:
        raise RehabError("end_before_start", field="end_date")
    course = coordinator.course
    facts = [
        fact
        for fact in course.facts.values()
        if start <= fact.on <= end and not isinstance(fact, NoteWritten)
    ]
    facts.sort(key=lambda fact: (fact.on, fact.logged_at, fact.log_id))
    voided = course.voided
    now = dt_util.now()
    days = {one.set_up.side: one.today(now.date(), now.time()) for one in course.sides}
    entries: list[Answer] = []
    for fact in facts:
        entry: Answer = {**encode(fact), "date": fact.on.isoformat()}
        del entry["on"]
        entry.pop("content", None)  # a whole protocol; ``export`` has it
        entry["voided"] = fact.log_id in voided
        if (name := _name(texts, fact)) is not None:
            entry["name"] = name
        if words := course.diary.note(fact.log_id):
            entry["note"] = words
        if isinstance(fact, SessionReported | RunReported):
            ran = isinstance(fact, RunReported)
            judged = None if entry["voided"] else _judged(coordinator, days, fact, ran=ran)
            entry["dose_step"] = _dose_step(fact)
            entry["response"] = judged.response.value if judged is not None else None
            entry["reasons"] = reasons_of(texts, judged.reasons if judged else ())
        if isinstance(fact, WeeklyChecked):
            entry |= counted(days[coordinator.data.side].state, fact)
        entries.append(entry)
    return {"entries": entries}


def _judged(
    coordinator: RehabCoordinator,
    days: Mapping[str, Today],
    fact: SessionReported | RunReported,
    *,
    ran: bool,
) -> Judged | None:
    """Return how an entry was judged; of both sides alike by the worse, if it was there then."""
    worse = coordinator.data.side
    sides = [fact.side] if fact.side is not None else sorted(days, key=lambda side: side != worse)
    course = coordinator.course
    found = (course.of(side).judgement(fact.on, days[side], run=ran) for side in sides)
    return next((judged for judged in found if judged is not None), None)


def _dose_step(fact: SessionReported | RunReported) -> str | None:
    """Return the step of an entry: the one chosen, or of its strength, or of its hops."""
    if isinstance(fact, RunReported):
        return fact.prescribed_step
    strength = any(EXERCISES[item].strand is Strand.HAMSTRING for item in fact.prescribed)
    hops = None if strength else fact.energy_step
    return fact.dose_step or hops or fact.prescribed_step


def _name(texts: Texts, fact: Fact) -> str | None:
    """Return what an entry is about, where its kind does not say it."""
    match fact:
        case EventLogged():
            return texts.event(fact.event)
        case TestLogged() | MorningChecked():
            return texts.test(fact.test)
        case StageConfirmed() | StageSet():
            return texts.stage(fact.stage)
        case _:
            return None
