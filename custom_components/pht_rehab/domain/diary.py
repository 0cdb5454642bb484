"""The diary: facts put in order, one page a local date, voided ones left out.

Pages do not depend on the order in which facts arrived, only on what they say, what date they
are about and when each was logged.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Final

from .facts import (
    EventLogged,
    Fact,
    MorningChecked,
    NoteWritten,
    OptionsChanged,
    Paused,
    Resumed,
    RulesAdopted,
    SessionReported,
    SessionSkipped,
    SetUp,
    StageConfirmed,
    StageSet,
    SymptomsReported,
    TestLogged,
    Unlocked,
    VisaHReported,
    Voided,
    WeeklyChecked,
)
from .model import DAY
from .protocol import LOAD_TESTS, STEP_INDEX

type Control = SymptomsReported | Unlocked | Paused | Resumed | StageConfirmed | StageSet


@dataclass(slots=True, kw_only=True)
class Session:
    """Everything reported of one date's session, taken together (c1: judged as one).

    ``step`` indexes the ladder; ``covered`` maps exercise to the share done, 0-1; pain and
    effort are NRS/RPE 0-10 or None.
    """

    step: int
    light: bool = False
    prescribed: tuple[str, ...] = ()
    covered: dict[str, float] = field(default_factory=dict)
    pain_during: float | None = None
    pain_after: float | None = None
    effort: float | None = None
    painkiller: bool = False
    cut_short: bool = False
    whole: bool = False  # reported as a session or cut short, not only parts or a score of it
    chosen_step: bool = False

    @property
    def finished(self) -> bool:
        """Whether it was reported as a whole, or every exercise of it was ticked."""
        ticked = {exercise for exercise, share in self.covered.items() if share}
        return self.whole or (bool(self.prescribed) and ticked.issuperset(self.prescribed))

    @property
    def told(self) -> bool:
        """Whether it counts as a session once its day is over: of parts with a pain score too."""
        scored = self.pain_during is not None and any(self.covered.values())
        return self.finished or scored


@dataclass(slots=True, kw_only=True)
class Page:
    """One local date of the diary."""

    set_up: SetUp | None = None
    settings: list[OptionsChanged | RulesAdopted] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    events: list[EventLogged] = field(default_factory=list)
    scores: dict[str, tuple[float, bool]] = field(default_factory=dict)  # test -> pain, masked
    check_test: str | None = None
    rest_pain: float | None = None
    sitting_minutes: float | None = None
    night_waking: bool | None = None
    tests: list[TestLogged] = field(default_factory=list)
    session: Session | None = None
    skipped: bool = False
    weekly: WeeklyChecked | None = None
    visa_h: float | None = None


_EMPTY: Final = Page()


def order(fact: Fact) -> tuple[object, ...]:
    """Return what sorts reports by when they were made; ids settle what is left."""
    return (fact.logged_at, fact.log_id)


def _add_session(page: Page, fact: SessionReported) -> None:
    step = STEP_INDEX[fact.dose_step or fact.prescribed_step]
    session = page.session
    if session is None:
        session = page.session = Session(step=step, light=fact.light, prescribed=fact.prescribed)
    elif fact.dose_step or not session.chosen_step:
        session.step = step if fact.dose_step else min(session.step, step)
        session.light = session.light or fact.light
    session.chosen_step = session.chosen_step or fact.dose_step is not None
    session.prescribed = tuple(dict.fromkeys((*session.prescribed, *fact.prescribed)))
    session.whole = session.whole or fact.exercises is None or fact.cut_short
    for exercise in fact.prescribed if fact.exercises is None else fact.exercises:
        session.covered[exercise] = max(session.covered.get(exercise, 0), fact.completed / 100)
    if fact.pain_during is not None:
        known = None if fact.score_only else session.pain_during
        session.pain_during = _worst(known, fact.pain_during)
    session.pain_after = _worst(session.pain_after, fact.pain_after)
    session.effort = _worst(session.effort, fact.effort)
    session.painkiller = session.painkiller or fact.painkiller
    session.cut_short = session.cut_short or fact.cut_short


def _worst(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)


def _add_morning(page: Page, fact: MorningChecked) -> None:
    page.scores[fact.test] = (fact.pain, fact.painkiller)
    page.check_test = fact.test
    if fact.rest_pain is not None:
        page.rest_pain = fact.rest_pain
    if fact.sitting_minutes is not None:
        page.sitting_minutes = fact.sitting_minutes
    if fact.night_waking is not None:
        page.night_waking = fact.night_waking


def _add_weekly(page: Page, fact: WeeklyChecked | VisaHReported) -> None:
    if isinstance(fact, WeeklyChecked):
        page.weekly = fact
    else:
        page.visa_h = fact.visa_h_total


def _add(page: Page, fact: Fact) -> None:
    match fact:
        case MorningChecked():
            _add_morning(page, fact)
        case SessionReported():
            _add_session(page, fact)
        case SetUp():
            page.set_up = fact
        case OptionsChanged() | RulesAdopted():
            page.settings.append(fact)
        case TestLogged():
            page.tests.append(fact)
        case EventLogged():
            page.events.append(fact)
        case SessionSkipped():
            page.skipped = True
        case WeeklyChecked() | VisaHReported():
            _add_weekly(page, fact)
        case SymptomsReported() | Unlocked() | Paused() | Resumed() | StageConfirmed() | StageSet():
            page.controls.append(fact)
        case _:  # a Voided has done its work already
            pass


class Diary:
    """The facts by date, and the page that those of a date make.

    A page is made when it is asked for, from the facts of its date alone but for the rest-of-day
    pain of a session, which a later morning may tell. So one more fact changes two pages at most.
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        """Sort ``facts`` by the date they are about."""
        self.facts = {fact.log_id: fact for fact in facts}
        self.voided: set[str] = set()
        self.choices: list[SetUp | OptionsChanged | RulesAdopted] = []
        """The set-up, changed settings and editions of the rules, in the order of arrival."""
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
        elif isinstance(fact, SetUp | OptionsChanged | RulesAdopted):
            self.choices.append(fact)
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

    def dates(self, first: date, last: date) -> list[date]:
        """Return the dates from ``first`` to ``last`` that facts are about, in order."""
        return sorted(on for on in self._dates if first <= on <= last)

    def page(self, on: date) -> Page:
        """Return the page of one date; an empty one where nothing was reported. Read only."""
        facts = self.counted(on)
        if not facts:
            return _EMPTY
        page = Page()
        for fact in facts:
            _add(page, fact)
        for test in page.tests:
            if test.test in LOAD_TESTS and test.pain is not None:
                page.scores.setdefault(test.test, (test.pain, False))
        if page.session is not None:  # the worse of the two counts (c10-11)
            page.session.pain_after = _worst(page.session.pain_after, self._rest_of_day(on))
        return page

    def _rest_of_day(self, on: date) -> float | None:
        """Return the rest-of-day pain told by the first morning after ``on`` that tells it."""
        for later in self._around(on, DAY):
            facts = self.counted(later)
            told = [fact.pain_after for fact in facts if isinstance(fact, MorningChecked)]
            pain = next((pain for pain in reversed(told) if pain is not None), None)
            if pain is not None or _has_session(facts):
                return pain
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
            yield from islice((day for day in before if _has_session(self.counted(day))), 1)

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
    return any(isinstance(fact, SessionReported) for fact in facts)
