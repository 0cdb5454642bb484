"""Recording a weekly check, or the total of a VISA-H filled in elsewhere (f2, f3)."""

from datetime import date

from .checks import Decision, Moment, amount, day_of, logged_date, one, score
from .course import Course
from .facts import VisaHReported, WeeklyChecked
from .model import RehabError
from .questions import QUESTIONS, TOTAL_MAX, Form, Question
from .weekly import computed

OVERALL = "overall"


def log_weekly_check(
    course: Course,
    at: Moment,
    *,
    visa_h_total: float | None = None,
    on: date | None = None,
    **answers: object,
) -> Decision:
    """Record the ten answers, by the fields of ``QUESTIONS``, and ``overall`` in per cent.

    What the log gives by itself may be left out. Or a VISA-H total: another scale, alone.
    """
    about = logged_date(course, at, on)
    if visa_h_total is not None:
        if answers:
            raise RehabError("weekly_or_visa_h", field="visa_h_total")
        total = amount(visa_h_total, "visa_h_total", TOTAL_MAX) or 0
        return one(
            VisaHReported(log_id=at.new_id(), on=about, logged_at=at.now, visa_h_total=total)
        )
    told = {each.name: answer(each, answers.get(each.name)) for each in QUESTIONS}
    overall = amount(answers.get(OVERALL), OVERALL, TOTAL_MAX)
    known = computed(day_of(course, at, about).state, about)
    for question in QUESTIONS:
        if told[question.name] is None and question.name not in known:
            raise RehabError(
                "not_in_the_log" if question.computed else "field_missing", field=question.name
            )
    return one(
        WeeklyChecked(
            log_id=at.new_id(),
            on=about,
            logged_at=at.now,
            overall=overall,
            **told,  # type: ignore[arg-type]
        )
    )


def answer(question: Question, value: object) -> float | str | None:
    """Return what was answered to a question, None if nothing was; refuse what cannot be."""
    name = question.name
    if value is None:
        return None
    if question.named:
        if value not in question.choices:
            raise RehabError("unknown_choice", field=name, choices=", ".join(question.choices))
        return str(value)
    if question.form in (Form.PAIN, Form.CONFIDENCE) and not question.computed:
        return score(value, name)
    return amount(value, name, question.most)
