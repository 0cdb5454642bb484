"""The weekly check as the card shows it: its form, what it was, and what a check counts."""

from typing import Any

from .domain.course import Today
from .domain.facts import WeeklyChecked
from .domain.questions import QUESTIONS, Question
from .domain.state import State, within
from .domain.trend import TREND_DAYS
from .domain.weekly import computed, due, is_noteworthy, totals
from .texts import Texts

type View = dict[str, Any]


def weekly_check(today: Today, texts: Texts) -> View:
    """Return the questions, whether they are due, and the totals of the weeks behind."""
    state = today.state
    known = computed(state, state.day)
    return {
        "due": due(state, state.day),
        "noteworthy": state.rules.weekly_noteworthy,
        "questions": [_question(each, known.get(each.name), texts) for each in QUESTIONS],
        "scores": [
            {"date": score.on.isoformat(), "overall": score.overall, **_told(state, total, change)}
            for score, total, change in totals(state)
            if within(score.on, state.day, TREND_DAYS)
        ],
        "visa_h": [
            {"date": on.isoformat(), "total": total}
            for on, total in state.visa_h
            if within(on, state.day, TREND_DAYS)
        ],
    }


def _question(question: Question, known: float | None, texts: Texts) -> View:
    return {
        "name": question.name,
        "text": texts.question(question.name),
        "form": question.form.value,
        "choices": [
            {
                "value": choice if question.named else float(choice),
                "text": texts.choice(question.name, choice),
            }
            for choice in question.choices
        ],
        "computed": known,
    }


def _told(state: State, total: int, change: int | None) -> View:
    return {"total": total, "change": change, "noteworthy": is_noteworthy(state, change)}


def counted(state: State, fact: WeeklyChecked) -> View:
    """Return what an entry counts; nulls where a later one of its date took its place."""
    for score, total, change in totals(state):
        if score.log_id == fact.log_id:
            names = [name for name, _value in score.computed]
            return {**_told(state, total, change), "computed": names}
    return {"total": None, "change": None, "noteworthy": False, "computed": []}
