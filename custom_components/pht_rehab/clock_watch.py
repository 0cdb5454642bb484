"""Notices when somebody sets the system's clock, which no timer of the event loop does.

A timer counts the time that passes: after a step forward it fires late by the step, after a
step back it waits for a time that is far away now. The kernel can tell instead (timerfd).
"""

import asyncio
import contextlib
import os
import time
from collections.abc import Callable
from typing import Final

_NEVER: Final = 2.0**33  # the year 2242; the timer is there to be cancelled


class ClockWatch:
    """Calls back each time the clock is set, until closed. Without timerfd it never does."""

    def __init__(self, loop: asyncio.AbstractEventLoop, changed: Callable[[], object]) -> None:
        """Start watching; from the event loop."""
        self._loop = loop
        self._changed = changed
        self._fd: int | None = None
        # Not on every system Home Assistant runs on, nor every event loop can wait for it.
        with contextlib.suppress(AttributeError, NotImplementedError, OSError):
            fd = os.timerfd_create(time.CLOCK_REALTIME, flags=os.TFD_NONBLOCK | os.TFD_CLOEXEC)
            self._fd = fd
            self._arm(fd)
            loop.add_reader(fd, self._look, fd)

    @staticmethod
    def _arm(fd: int) -> None:
        flags = os.TFD_TIMER_ABSTIME | os.TFD_TIMER_CANCEL_ON_SET
        os.timerfd_settime(fd, flags=flags, initial=_NEVER)

    def _look(self, fd: int) -> None:
        with contextlib.suppress(OSError):  # ECANCELED is the message itself
            os.read(fd, 8)
        with contextlib.suppress(OSError):
            self._arm(fd)
        self._changed()

    def close(self) -> None:
        """Stop watching."""
        if self._fd is not None:
            self._loop.remove_reader(self._fd)
            os.close(self._fd)
            self._fd = None
