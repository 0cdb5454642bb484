"""What was told of both sides: one entry where both tell the same, else one of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from .checks import Decision, Moment, one, void
from .course import Course
from .facts import Fact, NoteWritten
from .side import TWIN, family


def together(facts: Sequence[Fact]) -> Decision:
    """Return the decision to store what was told of each side.

    Where both tell the same it is one entry, of both; else the entries belong together by their
    ids and are taken back together.
    """
    first, *others = facts
    if not others:
        return one(first)
    both = replace(first, side=None)  # type: ignore[call-arg]  # only facts that have one
    if all(replace(fact, side=None, log_id=first.log_id) == both for fact in others):  # type: ignore[call-arg]
        return one(both)
    twins = (
        replace(fact, log_id=f"{first.log_id}{TWIN}{number}")
        for number, fact in enumerate(others, 2)
    )
    return Decision((first, *twins), first.log_id)


def belonging(course: Course, fact: Fact) -> list[Fact]:
    """Return the entries that belong together with one, itself among them, those that count."""
    told = course.diary.counted(fact.on)
    return [each for each in told if family(each.log_id) == family(fact.log_id)]


def renew(course: Course, at: Moment, changed: Mapping[str, Fact | None]) -> Iterator[Fact]:
    """Yield what puts ``changed`` entries in the place of the old ones, None for nothing.

    What belongs together is recorded anew together, with its notes, and does so still.
    """
    families = {family(log_id): course.facts[log_id] for log_id in changed}
    for member in families.values():
        new_id, number = at.new_id(), 0
        for old in belonging(course, member):
            new = changed.get(old.log_id, old)
            if new is not None:
                number += 1
                log_id = new_id if number == 1 else f"{new_id}{TWIN}{number}"
                yield replace(new, log_id=log_id, logged_at=at.now)
                if words := course.diary.note(old.log_id):
                    yield NoteWritten(
                        log_id=at.new_id(), on=old.on, logged_at=at.now, target=log_id, text=words
                    )
            yield void(at, old.on, old.log_id)
