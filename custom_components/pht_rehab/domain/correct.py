"""Putting an entry right: the same report with other scores takes the place of the old one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from .checks import Decision, Moment, score
from .course import Course
from .facts import Fact, MorningChecked, RunReported, SessionReported, Voided
from .model import RehabError
from .sided import renew

CORRECTABLE: Final[Mapping[type[Fact], tuple[str, ...]]] = {
    SessionReported: ("pain_during", "pain_after", "effort"),
    RunReported: ("pain_during", "pain_after"),
    MorningChecked: ("pain", "rest_pain", "pain_after"),
}
"""The scores that can be put right; None takes one back, but for the morning's own."""


def correct(
    course: Course, at: Moment, *, log_id: str, scores: Mapping[str, float | None]
) -> Decision:
    """Record the entry anew with these scores, and the old one as void, both or neither.

    What was done, at which step and on which test stays as it was told: to log it again would
    measure it by a plan that knows what came after. Nothing new to say adds nothing.
    """
    old = course.facts.get(log_id)
    if old is None or not isinstance(old, SessionReported | RunReported | MorningChecked):
        raise RehabError("unknown_entry", field="log_id", value=log_id[:50])
    if log_id in course.voided:
        raise RehabError("already_voided", field="log_id")
    checked: dict[str, float | None] = {}
    for name, value in scores.items():
        if name not in CORRECTABLE[type(old)]:
            raise RehabError("unknown_entry", field=name[:50], value=log_id[:50])
        checked[name] = score(value, name)
    if isinstance(old, MorningChecked) and checked.get("pain", old.pain) is None:
        raise RehabError("not_a_score", field="pain")
    if all(getattr(old, name) == value for name, value in checked.items()):
        return Decision((), log_id)
    new = replace(old, **checked)  # type: ignore[arg-type]
    facts = tuple(renew(course, at, {log_id: new}))
    voids = [fact.target for fact in facts if isinstance(fact, Voided)]
    told = [fact for fact in facts if isinstance(fact, type(old))]
    return Decision(facts, told[voids.index(log_id)].log_id)
