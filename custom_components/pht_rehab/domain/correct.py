"""Putting an entry right: the same report with other answers takes the place of the old one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from .checks import Decision, Moment, amount, score
from .course import Course
from .facts import Fact, MorningChecked, RunReported, SessionReported, Voided
from .model import RehabError
from .reports import MINUTES_MAX
from .sided import belonging, renew

CORRECTABLE: Final[Mapping[type[Fact], tuple[str, ...]]] = {
    SessionReported: ("pain_during", "pain_after", "effort"),
    RunReported: ("pain_during", "pain_after"),
    MorningChecked: ("pain", "rest_pain", "pain_after", "sitting_minutes", "night_waking"),
}
"""The answers that can be put right; None takes one back, but for the morning's own score."""
_PERSONAL: Final = ("sitting_minutes", "night_waking")
"""What is told of the person, and so stands in the entry of the other side as well."""


def _checked(value: object, name: str) -> object:
    if name == "sitting_minutes":
        return amount(value, name, MINUTES_MAX)
    if name == "night_waking":
        if value is not None and not isinstance(value, bool):
            raise RehabError("not_a_boolean", field=name)
        return value
    return score(value, name)


def correct(
    course: Course, at: Moment, *, log_id: str, scores: Mapping[str, float | bool | None]
) -> Decision:
    """Record the entry anew with these answers, and the old one as void, both or neither.

    What was done, at which step and on which test stays as it was told: to log it again would
    measure it by a plan that knows what came after. Nothing new to say adds nothing.
    """
    old = course.facts.get(log_id)
    if old is None or not isinstance(old, SessionReported | RunReported | MorningChecked):
        raise RehabError("unknown_entry", field="log_id", value=log_id[:50])
    if log_id in course.voided:
        raise RehabError("already_voided", field="log_id")
    checked: dict[str, Any] = {}
    for name, value in scores.items():
        if name not in CORRECTABLE[type(old)]:
            raise RehabError("unknown_entry", field=name[:50], value=log_id[:50])
        checked[name] = _checked(value, name)
    if isinstance(old, MorningChecked) and checked.get("pain", old.pain) is None:
        raise RehabError("not_a_score", field="pain")
    if all(getattr(old, name) == value for name, value in checked.items()):
        return Decision((), log_id)
    shared = {name: checked[name] for name in _PERSONAL if name in checked}
    changed: dict[str, Fact | None] = {
        each.log_id: replace(each, **shared) for each in belonging(course, old)
    }
    facts = tuple(renew(course, at, changed | {log_id: replace(old, **checked)}))
    voids = [fact.target for fact in facts if isinstance(fact, Voided)]
    told = [fact for fact in facts if isinstance(fact, type(old))]
    return Decision(facts, told[voids.index(log_id)].log_id)
