"""The diary: facts put in order, one page a local date, voided ones left out.

Pages do not depend on the order in which facts arrived, only on what they say, what date they
are about and when each was logged.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Final

from .facts import (
    Fact,
    MorningChecked,
    NoteWritten,
    OptionsChanged,
    ProtocolAdopted,
    RulesAdopted,
    RunReported,
    SessionReported,
    SetUp,
    Voided,
)
from .model import DAY
from .page import Page, Setting, add, worst
from .protocol import LOAD_TESTS
from .side import concerns

_EMPTY: Final = Page()


def order(fact: Fact) -> tuple[object, ...]:
    """Return what sorts reports by when they were made; ids settle what is left."""
    return (fact.logged_at, fact.log_id)


class Diary:
    """The facts by date, and the page that those of a date make.

    A page is made when it is asked for, from the facts of its date alone but for the rest-of-day
    pain of a session, which a later morning may tell. So one more fact changes two pages at most.
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        """Sort ``facts`` by the date they are about; the first set-up says whose side it is."""
        self._side: str | None = None
        self.facts = {fact.log_id: fact for fact in facts}
        self.voided: set[str] = set()
        self.choices: list[SetUp | Setting] = []
        """The set-up, changed settings and the rules adopted, in the order of arrival."""
        self._notes: dict[str, NoteWritten] = {}
        self._dates: dict[date, tuple[Fact, ...]] = {}
        self._first, self._last = date.max, date.min
        for fact in self.facts.values():
            self._file(fact)

    def _file(self, fact: Fact) -> None:
        self._dates[fact.on] = (*self._dates.get(fact.on, ()), fact)
        self._first, self._last = min(self._first, fact.on), max(self._last, fact.on)
        if isinstance(fact, Voided):
            self.voided.add(fact.target)
        elif isinstance(fact, SetUp | OptionsChanged | RulesAdopted | ProtocolAdopted):
            self.choices.append(fact)
            if self._side is None and isinstance(fact, SetUp):
                self._side = fact.side
        elif isinstance(fact, NoteWritten):
            known = self._notes.get(fact.target, fact)
            self._notes[fact.target] = max(known, fact, key=order)

    def note(self, log_id: str) -> str:
        """Return the note beside an entry, empty without one."""
        known = self._notes.get(log_id)
        return known.text if known is not None else ""

    def counted(self, on: date) -> list[Fact]:
        """Return the facts about one date that count, oldest report first."""
        facts = [fact for fact in self._dates.get(on, ()) if fact.log_id not in self.voided]
        facts.sort(key=order)
        return facts

    def _told(self, on: date) -> list[Fact]:
        """Return the facts about one date that count for this side."""
        facts, side = self.counted(on), self._side
        return facts if side is None else [fact for fact in facts if concerns(fact, side)]

    def dates(self, first: date, last: date) -> list[date]:
        """Return the dates from ``first`` to ``last`` that facts are about, in order."""
        return sorted(on for on in self._dates if first <= on <= last)

    def page(self, on: date) -> Page:
        """Return the page of one date; an empty one where nothing was reported. Read only."""
        facts = self._told(on)
        if not facts:
            return _EMPTY
        page = Page()
        for fact in facts:
            add(page, fact)
        for test in page.tests:
            if test.test in LOAD_TESTS and test.pain is not None:
                page.scores.setdefault(test.test, (test.pain, test.painkiller))
        if page.session is not None or page.run is not None:
            told = self._rest_of_day(on)
            for part in (page.session, page.run):
                if part is not None:  # the worse of the two counts (c10-11)
                    part.pain_after = worst(part.pain_after, told)
        return page

    def _rest_of_day(self, on: date) -> float | None:
        """Return the rest-of-day pain told by the first morning after ``on`` that tells it."""
        for later in self._around(on, DAY):
            facts = self._told(later)
            told = [fact.pain_after for fact in facts if isinstance(fact, MorningChecked)]
            pain = next((pain for pain in reversed(told) if pain is not None), None)
            if pain is not None or _has_session(facts):
                return pain
        return None

    def unjudged(self, today: date) -> date | None:
        """Return the last day before ``today`` with a session or run, if how it ended is unknown.

        It is the only one that the rest-of-day pain told by a morning is counted for.
        """
        for on in self._around(today, -DAY):
            page = self.page(on)
            done = [part for part in (page.session, page.run) if part is not None]
            if done:
                return on if any(part.pain_after is None for part in done) else None
        return None

    def _around(self, on: date, step: timedelta) -> Iterator[date]:
        """Yield the dates with facts after ``on``, or before it, the nearest first."""
        last = self._last if step > timedelta() else self._first
        while on != last:
            on += step
            if on in self._dates:
                yield on

    def _shared(self, on: date) -> Iterator[date]:
        """Yield the dates whose pages a fact about ``on`` can change."""
        yield on
        if on > self._first:
            before = self._around(on, -DAY)
            yield from islice((day for day in before if _has_session(self._told(day))), 1)

    def add(self, fact: Fact) -> date | None:
        """Take in one more fact; return the first date whose page has changed, or None."""
        about = {*self._shared(fact.on)}
        if isinstance(fact, Voided) and fact.target in self.facts:
            about.update(self._shared(self.facts[fact.target].on))
        old = {on: self.page(on) for on in about}
        self.facts[fact.log_id] = fact
        self._file(fact)
        return min((on for on in about if old[on] != self.page(on)), default=None)


def _has_session(facts: Iterable[Fact]) -> bool:
    return any(isinstance(fact, SessionReported | RunReported) for fact in facts)
