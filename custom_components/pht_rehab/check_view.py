"""The morning check as the card asks it."""

from collections.abc import Mapping

from .coordinator import RehabCoordinator
from .domain.capacity import TEST_FORMS
from .domain.course import Today
from .domain.overview import Overview
from .domain.records import SessionRecord
from .texts import Texts
from .why import Answer


def side_checks(
    programme: RehabCoordinator, days: Mapping[str, Today], texts: Texts
) -> dict[str, Answer]:
    """Return the morning check of each of two sides."""
    return {
        side: _check(view, days[side], texts, due=programme.morning_check_due)
        for side, view in programme.data.sides
    }


def morning_check(programme: RehabCoordinator, today: Today, texts: Texts) -> Answer:
    """Return the morning check, of two sides the worse one's."""
    return _check(programme.data, today, texts, due=programme.morning_check_due)


def _check(view: Overview, today: Today, texts: Texts, *, due: bool) -> Answer:
    test = view.morning_test or today.state.check_test
    form = TEST_FORMS[test]
    unjudged = _awaits_rest_of_day(today)
    return {
        "open": view.morning_check_open,
        "due": due,
        "test": test,
        "name": texts.test(test),
        "figure": form.exercise,
        "how_to": texts.how_to(form.exercise) if form.exercise is not None else "",
        "pain": view.morning_pain_today,
        "ask_pain_after": unjudged.on.isoformat() if unjudged is not None else None,
    }


def _awaits_rest_of_day(today: Today) -> SessionRecord | None:
    """Return the last session before today if the pain of the rest of its day is unknown."""
    before = (record for record in reversed(today.state.records) if record.on < today.state.day)
    last = next(before, None)
    return last if last is not None and last.pain_after is None else None
