"""A clock for Home Assistant in this process: it stands still, or jumps over every idle moment.

Timers, midnights and due times run on the real code in the right order; a day takes seconds.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final
from unittest.mock import patch

from homeassistant.helpers import event
from homeassistant.util import dt as dt_util

PATIENCE: Final = 0.01  # seconds for a thread to come back before time jumps


class Clock:
    """The time it is, for everything that asks Home Assistant."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self.passed = 0.0

    def utcnow(self) -> datetime:
        """Return the time in UTC."""
        return self._start.astimezone(UTC) + timedelta(seconds=self.passed)

    def now(self, time_zone: tzinfo | None = None) -> datetime:
        """Return the time in a zone, the home's by default."""
        return self.utcnow().astimezone(time_zone or dt_util.get_default_time_zone())


@contextmanager
def standing(start: datetime) -> Iterator[Clock]:
    """Let it be ``start`` and go on only by ``passed``."""
    clock = Clock(start)
    with ExitStack() as stack:
        for module, name, fake in (
            (dt_util, "utcnow", clock.utcnow),
            (dt_util, "now", clock.now),
            (event, "time_tracker_utcnow", clock.utcnow),
            (event, "time_tracker_timestamp", lambda: clock.utcnow().timestamp()),
        ):
            stack.enter_context(patch.object(module, name, fake))
        yield clock


@contextmanager
def jumping(start: datetime) -> Iterator[Clock]:
    """Let time jump to the next timer whenever the event loop would sleep."""
    loop: Any = asyncio.get_running_loop()
    selector, began = loop._selector, time.monotonic()  # noqa: SLF001
    select, skipped = selector.select, 0.0

    def hop(timeout: float | None = None) -> Any:
        nonlocal skipped
        if not timeout:
            return select(timeout)
        if not (ready := select(min(PATIENCE, timeout))):
            skipped += timeout
            clock.passed = time.monotonic() - began + skipped
        return ready

    with (
        standing(start) as clock,
        patch.object(loop, "time", lambda: time.monotonic() + skipped),
        patch.object(selector, "select", hop),
    ):
        yield clock
