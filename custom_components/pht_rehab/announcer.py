"""Tells what happened to who listens, each thing once; that it was told is durable before."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE

from .activity import (
    Activity,
    Reports,
    attributes,
    differences,
    read_standing,
    remembered,
    store_standing,
)
from .domain.course import Course
from .domain.facts import Fact
from .domain.overview import Overview, Standing
from .lines import JournalError, Loaded

_LOGGER: Final = logging.getLogger(__name__)

type Listener = Callable[[Activity], None]
type Store = Callable[[dict[str, Any] | None], Awaitable[None]]


class Announcer:
    """What was told of a programme, what is still to be told, and who listens."""

    def __init__(self, stored: Loaded, course: Course) -> None:
        """Take note of what was told before; years of it are better read off the loop."""
        self._told: Standing | None = read_standing(stored.standing)
        self._reports = Reports(stored.announced)
        self._pending: list[tuple[str, dict[str, str]]] = []
        self._listeners: list[Listener] = []
        for fact in stored.unannounced:
            self.take(fact, course)

    def take(self, fact: Fact, course: Course) -> None:
        """Note what a new fact, known to the course already, gives to tell."""
        pages = [one.diary.page(fact.on) for one in course.sides]
        if found := self._reports.take(fact, pages):
            self._pending.append(found)

    def subscribe(self, listener: Listener) -> CALLBACK_TYPE:
        """Call ``listener`` for each activity from now on, until the returned callback."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def async_announce(self, view: Overview, course: Course, store: Store) -> None:
        """Tell what is new since the last time.

        The first time there is nothing to compare with: bearings are taken in silence.
        """
        before, pending = self._told, self._pending
        standing = remembered(before, view.standing)
        if not pending and standing == before:
            return
        try:
            await store(None if standing == before else store_standing(standing))
        except JournalError:
            _LOGGER.warning("The last activity could not be stored; it is announced later")
            return
        self._told, self._pending = standing, []
        if before is None:
            return
        days = {on for one in course.sides for on in one.missed(before.missed)}
        missed = [on.isoformat() for on in sorted(days)]
        found = [*pending, *(("session_missed", {"date": on}) for on in missed)]
        found += ((kind, {}) for kind in differences(before, standing))
        for kind, own in found:
            activity = Activity(kind, attributes(standing, view.today) | own)
            for listener in tuple(self._listeners):
                listener(activity)
