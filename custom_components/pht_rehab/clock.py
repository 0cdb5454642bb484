"""Local wall-clock times as instants, and when the next of them comes."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from homeassistant.util import dt as dt_util


def instant(on: date, clock: str) -> datetime:
    """Return the UTC instant of a local time; where clocks skip it, the first that exists.

    Where clocks skip the rest of the date, it is earlier by what they skip.
    """
    zone = dt_util.get_default_time_zone()
    local = datetime.combine(on, time.fromisoformat(clock), tzinfo=zone)
    utc = dt_util.as_utc(local)
    shown = dt_util.as_local(utc)
    if shown.replace(tzinfo=None) == local.replace(tzinfo=None):
        return utc
    before = dt_util.as_utc(local.replace(fold=1))
    first = bisect_left(
        range(int((utc - before).total_seconds())),
        True,  # noqa: FBT003
        key=lambda second: (
            dt_util.as_local(before + timedelta(seconds=second)).utcoffset() == shown.utcoffset()
        ),
    )
    found = before + timedelta(seconds=first)
    over = dt_util.as_local(found).date() > on == dt_util.as_local(before).date()
    return before if over else found


def next_change(now: datetime, clocks: Iterable[str]) -> datetime:
    """Return the next of these times of today, or the start of tomorrow, in UTC."""
    moments = [instant(now.date(), clock) for clock in clocks]
    tomorrow = now.date() + timedelta(days=1)
    moments.append(dt_util.as_utc(dt_util.start_of_local_day(tomorrow)))
    current = dt_util.as_utc(now)
    late = current + timedelta(hours=1)  # clocks set back over midnight: yesterday once more
    return min((moment for moment in moments if moment > current), default=late)
