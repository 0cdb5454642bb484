"""The morning check as the card asks it."""

from collections.abc import Mapping

from .coordinator import RehabCoordinator
from .domain.capacity import TEST_FORMS
from .domain.course import Today
from .domain.overview import Overview
from .texts import Texts
from .why import Answer


def side_checks(
    programme: RehabCoordinator, days: Mapping[str, Today], texts: Texts
) -> dict[str, Answer]:
    """Return the morning check of each of two sides."""
    told = programme.data.sides
    return {side: _check(programme, view, days[side], texts) for side, view in told}


def morning_check(programme: RehabCoordinator, today: Today, texts: Texts) -> Answer:
    """Return the morning check, of two sides the worse one's."""
    return _check(programme, programme.data, today, texts)


def _check(programme: RehabCoordinator, view: Overview, today: Today, texts: Texts) -> Answer:
    test = view.morning_test or today.state.check_test
    form = TEST_FORMS[test]
    unjudged = programme.course.of(view.side).diary.unjudged(view.today)
    return {
        "open": view.morning_check_open,
        "due": programme.morning_check_due,
        "test": test,
        "name": texts.test(test),
        "figure": form.exercise,
        "how_to": texts.how_to(form.exercise) if form.exercise is not None else "",
        "pain": view.morning_pain_today,
        "ask_pain_after": unjudged.isoformat() if unjudged is not None else None,
    }
