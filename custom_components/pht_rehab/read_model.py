"""The read model of a programme: all that the card shows, in one answer.

Every rule has been applied and every sentence worded when it leaves here; limits and today's
date come with it, so that the card repeats no rule and needs no clock.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from homeassistant.util import dt as dt_util

from .check_view import morning_check, side_checks
from .coordinator import RehabCoordinator
from .domain import cross_training
from .domain.capacity import TEST_FORMS, symmetry
from .domain.checks import NOTE_MAX, SCORE_MAX, TEXT_MAX, first_day
from .domain.controls import HOLDING_EVENTS
from .domain.correct import CORRECTABLE
from .domain.course import Course, Today
from .domain.guide import GuideStep, guide
from .domain.overview import Overview, TodayItem
from .domain.prescription import minutes
from .domain.protocol import COURSES, LOAD_TESTS, next_stage
from .domain.reports import EVENTS
from .domain.screening import SCREENING, withholding
from .domain.sitting import advice
from .domain.state import LastTest
from .domain.strands import RUN_INDEX
from .domain.trend import TrendDay, trend
from .domain.verdict import limits
from .run_view import how_to, impact_hold, noticed
from .texts import Texts
from .weekly_view import weekly_check
from .why import Answer, explain


def read_model(programme: RehabCoordinator, texts: Texts) -> Answer:
    """Return the whole read model at this moment; takes a while, so not in the event loop."""
    now = dt_util.now()
    view = programme.data
    days = {one.set_up.side: one.today(now.date(), now.time()) for one in programme.course.sides}
    today = days[view.side]
    state = today.state
    above = next_stage(view.stage, state.goal)
    next_session = programme.next_session
    told = explain(programme, texts)
    return {
        **told,
        **_whose(programme),
        "today": view.today.isoformat(),
        "kind": view.plan.kind.value,
        "stage_name": texts.stage(view.stage),
        "next_stage_name": texts.stage(above) if above is not None else None,
        "course": _course(today, texts),
        "days_to_next_progression": view.days_to_next_progression,
        "days_to_next_stage": view.days_to_next_stage,
        "next_session": next_session.isoformat() if next_session is not None else None,
        "ready": view.standing.ready,
        "flare_up": view.standing.flare_up,
        "lock": _lock(today),
        "emergency": _emergency(today),
        "clinical_pause": state.pause is not None and state.pause.clinical,
        "prescriber_hold": state.prescriber_block,
        "impact_hold": impact_hold(view, texts),
        "adherence": view.adherence,
        "response": view.response.value if view.response is not None else None,
        "limits": _limits(programme.course, today, view),
        "sitting": _sitting(programme, today, texts),
        "noticed": noticed(today, texts),
        "session": _session(programme, days, texts),
        "energy_step": state.energy.step_id or None,
        "running": _running(programme, told["running"], texts),
        "cross_training": _cross_training(today, texts),
        "morning_check": morning_check(programme, today, texts),
        "side_checks": side_checks(programme, days, texts),
        "weekly_check": weekly_check(today, texts),
        "tests": _tests(programme, today, texts),
        "symptoms": _symptoms(texts),
        "events": _events(texts),
        "trend": [_trend_day(day, texts) for day in _trend(programme, days)],
    }


def _limits(course: Course, today: Today, view: Overview) -> Answer:
    rules = today.state.rules
    return {
        "score_max": SCORE_MAX,
        "calm_max": rules.coped_max,
        "stop_at": limits(rules, view.explanation.band).red_min,
        "note_max": NOTE_MAX,
        "text_max": TEXT_MAX,
        "correctable": {fact.kind: list(names) for fact, names in CORRECTABLE.items()},
        "first_day": first_day(course, view.today).isoformat(),
        "start": course.start.isoformat(),
    }


def _trend(programme: RehabCoordinator, days: Mapping[str, Today]) -> Iterator[TrendDay]:
    """Yield the weeks behind of the worse side, and before it was followed those of the other."""
    side, first = programme.data.side, programme.course
    course = first.of(side)
    if course is not first:
        earlier = trend(first, days[first.set_up.side])
        yield from (day for day in earlier if day.on < course.start)
    yield from trend(course, days[side])


def _whose(programme: RehabCoordinator) -> Answer:
    return {
        "entry_id": programme.config_entry.entry_id,
        "name": programme.config_entry.title,
        "side": programme.course.side,
        "worse_side": programme.data.side,
        "other_side_hurts": programme.data.other_hurts,
        "recorded": len(programme.course.facts),  # a note changes nothing else, and has to be read
    }


def _course(today: Today, texts: Texts) -> list[Answer]:
    course = COURSES[today.state.goal]
    here = course.index(today.state.stage) if today.state.stage in course else len(course) - 1
    return [
        {
            "id": stage.value,
            "name": texts.stage(stage),
            "state": "done" if index < here else "ahead" if index > here else "current",
        }
        for index, stage in enumerate(course)
    ]


def _lock(today: Today) -> str | None:
    """Return what the lock waits for: a clinician's word, or the screening done anew."""
    lock = today.state.lock
    if lock is None:
        return None
    return "clinician" if lock.symptoms else "screening"


def _emergency(today: Today) -> bool:
    lock = today.state.lock
    return lock is not None and any(SCREENING[key].emergency for key in lock.symptoms)


def _sitting(programme: RehabCoordinator, today: Today, texts: Texts) -> Answer:
    """Return the limit in minutes, how to sit, and of the bout in progress when it began."""
    seats = programme.seats
    return {
        "limit": programme.data.sitting_limit,
        "advice": [texts.say(f"sitting_{name}") for name in advice(today.state)],
        "since": None if seats is None else seats.since,
        "due": seats is not None and seats.break_due,
    }


def _session(programme: RehabCoordinator, days: Mapping[str, Today], texts: Texts) -> Answer:
    view = programme.data
    told = [day.page.session for day in days.values()]
    finished = any(one is not None and one.finished for one in told)
    prescribed = [item.prescribed for item in view.items]
    side = view.side
    return {
        "open": view.session_open,
        "logged": finished and not view.session_open,
        "skipped": days[side].page.skipped,
        "exercises": [_exercise(item, texts) for item in view.items],
        "steps": [_step(step) for step in guide(prescribed, side)],
        "tests": list(view.plan.tests),
    }


def _running(programme: RehabCoordinator, told: Answer | None, texts: Texts) -> Answer | None:
    """Return where running stands, and how to run."""
    if told is None:
        return None
    step = RUN_INDEX[(told["today"] or told)["step"]]
    return {**told, "how_to": how_to(programme, texts, step)}


def _cross_training(today: Today, texts: Texts) -> Answer | None:
    """Return what else may be done today; None while the programme is stopped."""
    found = cross_training.allowed(today.state, today.state.day)
    if not found:
        return None
    rule = texts.say(
        "activity_rule",
        minutes=str(cross_training.FIRST_MINUTES),
        pain=str(cross_training.FIRST_PAIN),
    )
    return {"rule": rule, "allowed": [texts.activity(each) for each in found]}


def _exercise(item: TodayItem, texts: Texts) -> Answer:
    prescribed = item.prescribed
    return {
        "id": prescribed.id,
        "item": prescribed.key,
        "name": texts.exercise(prescribed.id),
        "strand": prescribed.strand.value,
        "side": prescribed.sides.value,
        "dose": texts.dose(prescribed),
        "details": texts.details(prescribed),
        "how_to": texts.how_to(prescribed.id),
        "cues": texts.cues(prescribed.id),
        "cautions": texts.cautions(prescribed.id),
        "equipment": texts.equipment(prescribed),
        "sets": prescribed.sets,
        "minutes": minutes([prescribed]),
        "done": item.done,
    }


def _step(step: GuideStep) -> Answer:
    told: dict[str, Any] = {
        "seconds": step.seconds,
        "reps": step.reps,
        "metres": step.metres,
        "tempo": list(step.tempo) if step.tempo is not None else None,
    }
    return {
        "act": step.act.value,
        "exercise": step.index,
        "set": step.set_number,
        "side": step.side,
        **{name: value for name, value in told.items() if value is not None},
    }


def _tests(programme: RehabCoordinator, today: Today, texts: Texts) -> list[Answer]:
    view, results = programme.data, today.state.tests
    way_back = view.running.gate if view.running is not None else ()
    lines = (*view.criteria, *way_back)
    asked = {line.criterion.test for line in lines if line.criterion.test}
    free = not today.state.stopped and today.state.flare is None  # no tests in a flare-up (c5)
    return [
        {
            "id": name,
            "name": texts.test(name),
            "figure": form.exercise,
            "how_to": texts.how_to(form.exercise) if form.exercise is not None else "",
            "unit": form.unit.value if form.unit is not None else None,
            "sided": form.sided,
            "due": free and name in view.plan.tests,
            "asked": free and name in asked,
            "last": _result(results.get(name)),
        }
        for name, form in TEST_FORMS.items()
        if name not in LOAD_TESTS
    ]


def _result(found: LastTest | None) -> Answer | None:
    if found is None:
        return None
    return {
        "date": found.on.isoformat(),
        "value": found.value,
        "other_side": found.other_side,
        "symmetry": symmetry(found.value, found.other_side),
        "pain": found.pain,
    }


def _symptoms(texts: Texts) -> list[Answer]:
    return [
        {
            "id": name,
            "text": texts.symptom(name),
            "emergency": question.emergency,
            "withholds": withholding((name,)),
        }
        for name, question in SCREENING.items()
    ]


def _events(texts: Texts) -> list[Answer]:
    return [
        {"id": name, "name": texts.event(name), "withholds": name in HOLDING_EVENTS}
        for name in EVENTS
    ]


def _trend_day(day: TrendDay, texts: Texts) -> Answer:
    told: dict[str, Any] = {
        "morning": day.morning,
        "during": day.pain_during,
        "response": day.response.value if day.response is not None else None,
        "load": day.load or None,
        "flare_up": day.flare_up or None,
        "run_step": day.run_step,
        "minutes": day.run.minutes if day.run is not None else None,
        "changes": [texts.reason(why) for why in day.changes] or None,
    }
    return {
        "date": day.on.isoformat(),
        "stage": day.stage.value,
        "step": day.step,
        **{name: value for name, value in told.items() if value is not None},
    }
