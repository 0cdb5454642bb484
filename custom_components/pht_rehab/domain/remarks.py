"""What an entry is answered besides its consequences: a figure worked out, a fact with its source.

Nothing is remembered for it: what was said already follows from the facts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .course import Course
from .diary import order
from .facts import EventLogged, Fact, TestLogged, WeeklyChecked
from .state import State

EXPLAINED: Final[Mapping[str, str]] = {
    "stretching": "Cook & Purdam, British Journal of Sports Medicine 2012",
    "ball": "Cook & Purdam, British Journal of Sports Medicine 2012",
}
"""(a A12, C1b, C30, e2) events that are answered the first time they are logged, and by whom [S17].

The programme prescribes neither; an answer once is honest, an answer each time would be a lecture.
"""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence by its ``id``, filled with ``figure``; ``source`` says where it is from."""

    id: str
    figure: float | None = None
    source: str = ""


def remarks(course: Course, state: State, fact: Fact) -> Iterator[Remark]:
    """Yield what to say to the entry ``fact``, known to the course already."""
    match fact:
        case EventLogged() if fact.event in EXPLAINED and _is_first(course, fact):
            yield Remark(fact.event, source=EXPLAINED[fact.event])
        case WeeklyChecked():
            found = (score for score in state.weekly if score.log_id == fact.log_id)
            for score in found:
                yield from (Remark(f"computed_{name}", value) for name, value in score.computed)
        case TestLogged() if fact.painkiller:
            yield Remark("masked_test")
        case _:
            pass


def _is_first(course: Course, fact: EventLogged) -> bool:
    """Return whether no entry of this kind that counts was logged before."""
    same = (
        known
        for known in course.facts.values()
        if isinstance(known, EventLogged)
        and known.event == fact.event
        and known.log_id not in course.voided
    )
    return min(same, key=order, default=fact).log_id == fact.log_id
