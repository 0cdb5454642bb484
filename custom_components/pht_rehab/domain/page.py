"""One local date of the diary: everything told about it, taken together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .exercises import EXERCISES, Strand
from .facts import (
    EventLogged,
    Fact,
    MorningChecked,
    OptionsChanged,
    Paused,
    ProtocolAdopted,
    Resumed,
    RulesAdopted,
    RunNoticed,
    RunReported,
    SessionReported,
    SessionSkipped,
    SetUp,
    SideAdded,
    StageConfirmed,
    StageSet,
    SymptomsReported,
    TestLogged,
    Unlocked,
    VisaHReported,
    WeeklyChecked,
)
from .protocol import STEP_INDEX
from .strands import ENERGY_INDEX, RUN_INDEX

type Setting = OptionsChanged | RulesAdopted | ProtocolAdopted
type Control = (
    SymptomsReported | Unlocked | Paused | Resumed | StageConfirmed | StageSet | SideAdded
)


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
    energy_step: int | None = None
    shared: bool = False  # nothing but the other side's lower work
    whole: bool = False  # reported as a session or cut short, not only parts or a score of it
    chosen_step: bool = False

    @property
    def finished(self) -> bool:
        """Whether it was reported as a whole, or every exercise of it was ticked."""
        ticked = {exercise for exercise, share in self.covered.items() if share}
        return self.whole or (bool(self.prescribed) and ticked.issuperset(self.prescribed))

    def share_of(self, strand: Strand) -> float | None:
        """Return how much of a strand's exercises was done, 0-1; None if none were prescribed."""
        own = [item for item in self.prescribed if EXERCISES[item].strand is strand]
        return sum(self.covered.get(item, 0) for item in own) / len(own) if own else None

    @property
    def told(self) -> bool:
        """Whether it counts as a session once its day is over: of parts with a pain score too."""
        scored = self.pain_during is not None and any(self.covered.values())
        return self.finished or scored


@dataclass(slots=True, kw_only=True)
class Run:
    """Everything reported of one date's runs, taken together.

    ``step`` indexes the running steps, None if none was prescribed.
    """

    minutes: float = 0
    step: int | None = None
    prescribed_minutes: float | None = None
    easy: bool = False
    pain_during: float | None = None
    pain_after: float | None = None
    hills: bool = False
    fast: bool = False
    painkiller: bool = False


@dataclass(slots=True, kw_only=True)
class Page:
    """One local date of the diary."""

    set_up: SetUp | None = None
    settings: list[Setting] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    events: list[EventLogged] = field(default_factory=list)
    scores: dict[str, tuple[float, bool]] = field(default_factory=dict)  # test -> pain, masked
    check_test: str | None = None
    rest_pain: float | None = None
    sitting_minutes: float | None = None
    night_waking: bool | None = None
    tests: list[TestLogged] = field(default_factory=list)
    session: Session | None = None
    run: Run | None = None
    noticed: RunNoticed | None = None
    skipped: bool = False
    weekly: WeeklyChecked | None = None
    visa_h: float | None = None


def _add_session(page: Page, fact: SessionReported) -> None:
    step = STEP_INDEX[fact.dose_step or fact.prescribed_step]
    session = page.session
    if session is None:
        session = page.session = Session(
            step=step, light=fact.light, prescribed=fact.prescribed, shared=fact.shared
        )
    elif fact.dose_step or not session.chosen_step:
        session.step = step if fact.dose_step else min(session.step, step)
        session.light = fact.light if fact.dose_step else session.light or fact.light
    session.shared = session.shared and fact.shared
    session.chosen_step = session.chosen_step or fact.dose_step is not None
    session.prescribed = tuple(dict.fromkeys((*session.prescribed, *fact.prescribed)))
    session.whole |= fact.whole or fact.exercises is None or fact.cut_short
    for exercise in fact.prescribed if fact.exercises is None else fact.exercises:
        session.covered[exercise] = max(session.covered.get(exercise, 0), fact.completed / 100)
    if fact.pain_during is not None:
        known = None if fact.score_only else session.pain_during
        session.pain_during = worst(known, fact.pain_during)
    session.pain_after = worst(session.pain_after, fact.pain_after)
    session.effort = worst(session.effort, fact.effort)
    session.painkiller = session.painkiller or fact.painkiller
    session.cut_short = session.cut_short or fact.cut_short
    if fact.energy_step is not None:
        step = ENERGY_INDEX[fact.energy_step]
        known = session.energy_step
        session.energy_step = step if known is None else min(known, step)


def _add_run(page: Page, fact: RunReported) -> None:
    run = page.run
    if run is None:
        run = page.run = Run(
            step=None if fact.prescribed_step is None else RUN_INDEX[fact.prescribed_step],
            prescribed_minutes=fact.prescribed_minutes,
            easy=fact.easy,
        )
    run.minutes += fact.minutes
    run.pain_during = worst(run.pain_during, fact.pain_during)
    run.pain_after = worst(run.pain_after, fact.pain_after)
    run.hills |= fact.hills
    run.fast |= fact.fast
    run.painkiller |= fact.painkiller


def worst(one: float | None, other: float | None) -> float | None:
    """Return the higher of two scores; None is not reported."""
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


def add(page: Page, fact: Fact) -> None:
    """Note what a fact tells; what is no news of a day (a Voided, a note) is left out."""
    if (note := _NOTES.get(type(fact))) is not None:
        note(page, fact)


def _skip(page: Page, _fact: Fact) -> None:
    page.skipped = True


def _notice(page: Page, fact: RunNoticed) -> None:
    page.noticed = fact


def _set_up(page: Page, fact: SetUp) -> None:
    page.set_up = fact


_NOTES: Final[Mapping[type[Fact], Callable[[Page, Any], None]]] = {
    MorningChecked: _add_morning,
    SessionReported: _add_session,
    RunReported: _add_run,
    RunNoticed: _notice,
    SetUp: _set_up,
    TestLogged: lambda page, fact: page.tests.append(fact),
    EventLogged: lambda page, fact: page.events.append(fact),
    SessionSkipped: _skip,
    WeeklyChecked: _add_weekly,
    VisaHReported: _add_weekly,
    **dict.fromkeys(
        (OptionsChanged, RulesAdopted, ProtocolAdopted),
        lambda page, fact: page.settings.append(fact),
    ),
    **dict.fromkeys(
        (SymptomsReported, Unlocked, Paused, Resumed, StageConfirmed, StageSet, SideAdded),
        lambda page, fact: page.controls.append(fact),
    ),
}
