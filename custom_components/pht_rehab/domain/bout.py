"""Bouts of sitting, made of what the seats of a house tell (e1).

Several seats are one sitter: somebody sits while any of them is occupied. A stand shorter than
a break belongs to the bout, a longer one ends it where it began. Every moment is an instant in
UTC given by the caller; nothing here knows a clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, Self

from .rules import Rules

GAP: Final = timedelta(minutes=5)
"""(design) a seat of which nothing is known is taken to be as it was, for this long."""
RESTART: Final = timedelta(minutes=20)
"""(design) the same over a restart; what is remembered may be 15 minutes old by then."""
LONGEST: Final = timedelta(hours=6)
"""(design) nobody sits this long on end: something else lies there."""
KEPT: Final = timedelta(days=2)  # longer than any local day
MINUTE: Final = timedelta(minutes=1)
_NONE: Final = timedelta()


class Bout(NamedTuple):
    """Sitting on end, from one instant to another."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """How long it was, rounded."""
        return round((self.end - self.start) / MINUTE)

    def stored(self) -> list[str]:
        """Return it as JSON values."""
        return [self.start.isoformat(), self.end.isoformat()]

    @classmethod
    def read(cls, stored: Iterable[str]) -> Self:
        """Return what was stored."""
        start, end = (_instant(at) for at in stored)
        return cls(start, end)


@dataclass(slots=True)
class Seat:
    """One seat. ``lost``: since when nothing is known of it; it is as it was until ``until``."""

    occupied: bool = False
    lost: datetime | None = None
    until: datetime | None = None
    ignored: bool = False  # what lies there is no sitter, until it is seen empty


class Bouts:
    """The bout in progress, those before it, and the long ones that are still to be logged."""

    def __init__(self, seats: Iterable[str], rules: Rules) -> None:
        self._seats = {name: Seat() for name in seats}
        self._break = timedelta(minutes=rules.sitting_break)
        self._long = timedelta(minutes=rules.sitting_long)
        self.start: datetime | None = None
        """When the bout in progress began; None while nobody sits."""
        self._stood: datetime | None = None
        self._left: datetime | None = None  # when a seat was last left
        self._over: list[Bout] = []
        self.long: list[Bout] = []
        """Bouts that are load events; whoever logs one takes it out."""

    # What happens

    def see(self, name: str, now: datetime, *, occupied: bool | None) -> None:
        """Take in what a seat tells; None is that it tells nothing.

        A silence is spent sitting only if the seat is still occupied after it.
        """
        self.pass_time(now)
        seat = self._seats[name]
        if occupied is None:
            if seat.occupied and seat.lost is None:
                seat.lost, seat.until = now, now + GAP
            return
        if occupied:
            seat.occupied = True
            seat.lost = seat.until = None
        elif seat.occupied:
            self._leave(seat, seat.lost or now)
        self._merge(now)

    def pass_time(self, now: datetime) -> None:
        """Let it become ``now``: silences run out, breaks end a bout, a night is no bout."""
        for seat in self._seats.values():
            if seat.lost is not None and seat.until is not None and seat.until <= now:
                self._leave(seat, seat.lost)
                self._merge(now)
        if self.start is None:
            return
        if (self._stood or now) - self.start >= LONGEST:
            self._discard()
        elif self._stood is not None and now - self._stood >= self._break:
            self._end(Bout(self.start, self._stood))

    def shift(self, by: timedelta) -> None:
        """Move the bout in progress with a clock that was set."""
        self.start = self.start and self.start + by
        self._stood = self._stood and self._stood + by
        self._left = self._left and self._left + by
        for seat in self._seats.values():
            seat.lost = seat.lost and seat.lost + by
            seat.until = seat.until and seat.until + by

    def _leave(self, seat: Seat, at: datetime) -> None:
        if not seat.ignored:
            self._left = at if self._left is None else max(self._left, at)
        seat.occupied = seat.ignored = False
        seat.lost = seat.until = None

    def _merge(self, now: datetime) -> None:
        if any(seat.occupied and not seat.ignored for seat in self._seats.values()):
            self.start = self.start or now
            self._stood = None
        elif self.start is not None and self._stood is None:
            self._stood = self._left or now

    def _discard(self) -> None:
        self.start = self._stood = None
        for seat in self._seats.values():
            seat.ignored = seat.occupied

    def _end(self, bout: Bout) -> None:
        self.start = self._stood = None
        self._over = [*(old for old in self._over if bout.end - old.end < KEPT), bout]
        if bout.end - bout.start > self._long:
            self.long.append(bout)

    # What there is to tell

    def current(self, now: datetime) -> timedelta:
        """Return how long the bout in progress has lasted; a stand in its course is left out."""
        return _NONE if self.start is None else max(_NONE, (self._stood or now) - self.start)

    def since(self, midnight: datetime, now: datetime) -> timedelta:
        """Return how long was sat since ``midnight``, at most two days back."""
        bouts = self._over
        if self.start is not None:
            bouts = [*bouts, Bout(self.start, self._stood or now)]
        spent = (bout.end - max(bout.start, midnight) for bout in bouts)
        return sum((max(_NONE, time) for time in spent), _NONE)

    def next_change(self, now: datetime) -> datetime | None:
        """Return when something of this changes by itself, after ``now``; None if it does not.

        A bout changes with each of its minutes, and not while it may be over.
        """
        ahead = [seat.until for seat in self._seats.values() if seat.until is not None]
        if self._stood is not None:
            ahead.append(self._stood + self._break)
        elif self.start is not None:
            ahead.append(self.start + (self.current(now) // MINUTE + 1) * MINUTE)
        return min(ahead, default=None)

    # Over a restart

    def memory(self, now: datetime) -> dict[str, Any]:
        """Return what to remember, as JSON values."""
        return {
            "seen": now.isoformat(),
            "start": _stored(self.start),
            "stood": _stored(self._stood),
            "occupied": {
                name: {"lost": _stored(seat.lost), "ignored": seat.ignored}
                for name, seat in self._seats.items()
                if seat.occupied
            },
            "over": [bout.stored() for bout in self._over],
            "long": [bout.stored() for bout in self.long],
        }

    def restore(self, told: Mapping[str, Any], now: datetime) -> None:
        """Take up what was remembered; what was remembered later than now says nothing.

        ``KeyError``, ``TypeError`` or ``ValueError`` if it makes no sense; nothing is changed then.
        """
        seen = _instant(told["seen"])
        start, stood = _read(told["start"]), _read(told["stood"])
        over, long = ([Bout.read(bout) for bout in told[name]] for name in ("over", "long"))
        seats = {
            name: Seat(
                occupied=True,
                lost=_read(seat["lost"]) or seen,
                until=seen + RESTART,
                ignored=bool(seat["ignored"]),
            )
            for name, seat in told["occupied"].items()
        }
        if seen > now:
            return
        self.start, self._stood, self._over, self.long = start, stood, over, long
        self._seats |= {name: seat for name, seat in seats.items() if name in self._seats}
        self._merge(seen)


def _stored(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _read(at: str | None) -> datetime | None:
    return None if at is None else _instant(at)


def _instant(at: str) -> datetime:
    parsed = datetime.fromisoformat(at)
    if parsed.tzinfo is None:
        raise ValueError(at)
    return parsed
