"""The ten questions of the weekly check and what each answer counts (f3).

They are this project's own, free to use and not validated; the sum is 0-100. VISA-H is another
scale (f1): nothing of its items or wording is here (f2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

POINTS_MAX: Final = 10
TOTAL_MAX: Final = 100


class Form(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    PAIN = "pain"
    CONFIDENCE = "confidence"
    SHARE = "share"
    REPS = "reps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, by the name of its field in the action.

    Either ``steps`` (from this answer on so many points), ``named`` (points by name), or points
    that begin at ``start`` and change by ``slope`` with each unit, 0 to 10.

    ``most`` is the largest answer; ``computed``: worked out from the log unless given.
    """

    name: str
    form: Form
    most: float = POINTS_MAX
    steps: tuple[tuple[float, float], ...] = ()
    named: Mapping[str, float] = field(default_factory=dict)
    start: float = 0
    slope: float = 1
    computed: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen: names, or the least answer of each step."""
        return tuple(self.named) or tuple(f"{least:g}" for least, _points in self.steps)

    def points(self, answer: float | str) -> float:
        """Return what an answer counts, 0 to 10."""
        if isinstance(answer, str):
            return self.named[answer]
        if self.steps:
            return [points for least, points in self.steps if answer >= least][-1]
        return min(POINTS_MAX, max(0, self.start + self.slope * answer))


def _pain(name: str, *, computed: bool = False) -> Question:
    return Question(name=name, form=Form.PAIN, start=POINTS_MAX, slope=-1, computed=computed)


QUESTIONS: Final = (
    Question(
        name="longest_sitting",  # minutes on an ordinary chair with pain up to 3
        form=Form.CHOICE,
        most=1440,
        steps=((0, 0), (5, 2), (15, 4), (30, 6), (45, 8), (90, 10)),
    ),
    _pain("worst_pain"),
    _pain("morning_mean", computed=True),  # of the week's morning tests
    _pain("bending_pain"),  # five picks from the floor, or putting on shoes
    _pain("walking_pain"),  # ten minutes brisk, or three flights of stairs
    Question(name="activity_share", form=Form.SHARE, most=100, slope=0.1),
    Question(
        name="hardest_activity",
        form=Form.CHOICE,
        named={"none": 0, "easy": 3, "moderate": 6, "hard": 8, "everything": 10},
    ),
    Question(name="confidence", form=Form.CONFIDENCE),
    Question(
        name="disturbed_nights",
        form=Form.CHOICE,
        most=7,
        steps=((0, 10), (1, 7), (2, 5), (3, 2), (5, 0)),
    ),
    Question(  # C1, the affected side: 25 repetitions count in full
        name="bridge_reps", form=Form.REPS, most=1000, slope=POINTS_MAX / 25, computed=True
    ),
)
"""(f3) in its order: points 0-10 each. Pain is NRS 0-10, the share in per cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyScore:
    """A weekly check as it counts: ``total`` 0-100, None where nothing tells what is missing.

    ``computed`` holds what was worked out from the log; ``overall`` is the single item in per
    cent (ICON [S62]), which is no part of the sum.
    """

    on: date
    log_id: str
    total: int | None
    overall: float | None
    computed: tuple[tuple[str, float], ...]
