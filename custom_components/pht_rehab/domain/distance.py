"""Kilometres of running by date, from a counter that a watch keeps: a total, or the week's sum.

A counter may be silent, begin anew, or tell nonsense; what is read here never falls below 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Any, Final

RESET_SHARE: Final = 0.9
"""A counter below this share of what it was has begun anew; above it, it was put right."""
GLITCH: Final = timedelta(hours=1)
"""(design) a counter that comes back from a fall so soon had not begun anew."""
MARATHON: Final = 42.195
"""More kilometres than this in an hour were not run."""
LAG: Final = timedelta(hours=3)
"""(design) a watch may tell so late of a run: it may have been the evening before."""
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Grown:
    """Kilometres that came in on a date; the first of them may be from as early as ``since``."""

    on: date
    kilometres: float
    since: date


@dataclass(frozen=True, slots=True)
class _Fall:
    """The mark before a fall, when that was, and what was counted since."""

    mark: float
    at: datetime
    counted: float


class Meter:
    """What one counter has told. Moments are local, with their zone; readings kilometres."""

    def __init__(self) -> None:
        self._mark: float | None = None
        self._held: datetime | None = None  # while it is silent: until when the mark is known
        self._fall: _Fall | None = None
        self._lately: list[tuple[datetime, float]] = []
        self._grown: dict[date, Grown] = {}

    def see(self, reading: float | None, now: datetime) -> None:
        """Take in a reading; None is silence."""
        if reading is None or not isfinite(reading) or reading < 0:
            self._held = self._held or now
            return
        held, self._held = self._held or now, None
        if self._mark is None:
            self._mark = reading
            return
        grown = self._growth(reading, now)
        hours = max(_HOUR, now - held) / _HOUR
        self._lately = [told for told in self._lately if _HOUR > now - told[0] >= timedelta()]
        if grown + sum(told for _at, told in self._lately) > MARATHON * hours:
            return
        self._lately.append((now, grown))
        if grown:
            self._count(now.date(), grown, (min(held, now) - LAG).date())

    def _growth(self, reading: float, now: datetime) -> float:
        """Return by how much it grew, and put the mark there."""
        mark, fall = self._mark or 0, self._fall
        if fall is not None and now - fall.at <= GLITCH and reading >= RESET_SHARE * fall.mark:
            self._fall, self._mark = None, max(reading, fall.mark)
            return max(0, reading - fall.mark) - fall.counted
        if reading < RESET_SHARE * mark:
            self._fall, self._mark = _Fall(mark, now, reading), reading
            return reading
        self._mark = max(reading, mark)
        grown = self._mark - mark
        if fall is not None:
            self._fall = _Fall(fall.mark, fall.at, fall.counted + grown)
        return grown

    def _count(self, on: date, kilometres: float, since: date) -> None:
        known = self._grown.get(on, Grown(on, 0, since))
        whole = max(0, known.kilometres + kilometres)
        self._grown[on] = Grown(on, whole, min(known.since, since))

    def before(self, today: date) -> list[Grown]:
        """Return what came in on dates that are over, the oldest first."""
        return [self._grown[on] for on in sorted(self._grown) if on < today]

    def forget(self, on: date) -> None:
        """Leave out what came in on a date: it has been dealt with."""
        self._grown.pop(on, None)

    def memory(self, now: datetime) -> dict[str, Any]:
        """Return what to remember over a restart, as JSON values."""
        return {
            "mark": self._mark,
            "held": (self._held or now).isoformat(),
            "grown": [
                [told.on.isoformat(), told.kilometres, told.since.isoformat()]
                for told in self._grown.values()
            ],
        }

    def restore(self, told: Mapping[str, Any]) -> None:
        """Take up what was remembered; ``ValueError`` and its like if it makes no sense."""
        mark = told["mark"]
        held = datetime.fromisoformat(told["held"])
        grown = [
            Grown(date.fromisoformat(on), float(kilometres), date.fromisoformat(since))
            for on, kilometres, since in told["grown"]
        ]
        if held.tzinfo is None:
            raise ValueError("no time zone")
        if mark is not None:
            self._mark, self._held = float(mark), held
        self._grown = {each.on: each for each in grown}
