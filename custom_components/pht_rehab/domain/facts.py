"""The facts of a programme: what a person reported or chose, each about one local date.

Only facts are stored, all else is replayed from them. ``on`` is the date a fact is about, whenever
it was typed in; ``logged_at`` (UTC) settles which of two about the same thing is the later one.
None means "not reported", which is never the same as 0.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .founding import (
    Fact,
    OptionsChanged,
    ProtocolAdopted,
    RulesAdopted,
    SetUp,
    SideAdded,
)

__all__ = [
    "FACTS",
    "EventLogged",
    "Fact",
    "MorningChecked",
    "NoteWritten",
    "OptionsChanged",
    "Paused",
    "ProtocolAdopted",
    "Resumed",
    "RulesAdopted",
    "RunReported",
    "SessionReported",
    "SessionSkipped",
    "SetUp",
    "SideAdded",
    "StageConfirmed",
    "StageSet",
    "SymptomsReported",
    "TestLogged",
    "Unlocked",
    "VisaHReported",
    "Voided",
    "WeeklyChecked",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReported(Fact):
    """A session, a part of one, or a score of it.

    ``prescribed_step`` and ``prescribed`` are what the plan of that date showed when this was
    logged; they are never worked out again. ``exercises`` None means all of them.
    """

    kind: ClassVar[str] = "session"
    prescribed_step: str
    prescribed: tuple[str, ...] = ()
    light: bool = False
    exercises: tuple[str, ...] | None = None
    pain_during: float | None = None
    pain_after: float | None = None
    effort: float | None = None
    completed: float = 100
    painkiller: bool = False
    cut_short: bool = False
    dose_step: str | None = None
    session_id: str | None = None
    score_only: bool = False  # a pain score that corrects the day's earlier ones
    energy_step: str | None = None  # prescribed, or chosen, in the energy storage strand
    whole: bool = False  # of a list of exercises: nothing of the session will follow
    side: str | None = None  # left or right; None: both alike
    shared: bool = False  # nothing but the other side's lower work: no step is earned by it


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReported(Fact):
    """A run. ``minutes`` of running, walks left out; ``distance`` in kilometres.

    ``prescribed_step``, ``prescribed_minutes`` and ``easy`` are what the plan of that date showed
    when this was logged, None on a day without a run; they are never worked out again.
    """

    kind: ClassVar[str] = "run"
    minutes: float
    pain_during: float | None = None
    pain_after: float | None = None
    distance: float | None = None
    hills: bool = False
    fast: bool = False
    painkiller: bool = False
    prescribed_step: str | None = None
    prescribed_minutes: float | None = None
    easy: bool = False
    session_id: str | None = None
    side: str | None = None  # left or right; None: both alike


@dataclass(frozen=True, slots=True, kw_only=True)
class RunNoticed(Fact):
    """A source counted kilometres on a date on which nobody logged a run."""

    kind: ClassVar[str] = "run_noticed"
    kilometres: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningChecked(Fact):
    """The morning's load test and what the person noticed. Pain is NRS 0-10."""

    kind: ClassVar[str] = "morning_check"
    test: str
    pain: float
    pain_after: float | None = None  # worst of the rest of the last session's day
    rest_pain: float | None = None
    sitting_minutes: float | None = None
    night_waking: bool | None = None
    painkiller: bool = False
    side: str | None = None  # left or right; None: both alike


@dataclass(frozen=True, slots=True, kw_only=True)
class TestLogged(Fact):
    """A load or capacity test; ``value`` is repetitions, seconds, kilograms or minutes."""

    __test__: ClassVar[bool] = False  # not a test case, whatever pytest thinks of its name

    kind: ClassVar[str] = "test"
    test: str
    value: float | None = None
    other_side: float | None = None
    pain: float | None = None
    painkiller: bool = False
    side: str | None = None  # left or right; None: both alike


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLogged(Fact):
    """Something outside the programme that explains or changes it."""

    kind: ClassVar[str] = "event"
    event: str
    minutes: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyChecked(Fact):
    """The answers of the weekly check (f3), as given; questions.py says what they are.

    ``morning_mean`` and ``bridge_reps`` None: worked out from the log.
    """

    kind: ClassVar[str] = "weekly_check"
    longest_sitting: float
    worst_pain: float
    bending_pain: float
    walking_pain: float
    activity_share: float
    hardest_activity: str
    confidence: float
    disturbed_nights: float
    morning_mean: float | None = None
    bridge_reps: float | None = None
    overall: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisaHReported(Fact):
    """The total of a VISA-H questionnaire filled in elsewhere, 0-100 (f2)."""

    kind: ClassVar[str] = "visa_h"
    visa_h_total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomsReported(Fact):
    """Answers to the screening questions; empty = asked, and none applies."""

    kind: ClassVar[str] = "symptoms"
    symptoms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked(Fact):
    """The person says a clinician cleared what had locked the programme."""

    kind: ClassVar[str] = "unlock"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageConfirmed(Fact):
    """The person confirmed the stage above."""

    kind: ClassVar[str] = "progress"
    stage: str
    anyway: bool = False
    reason: str | None = None
    side: str | None = None  # left or right; None: both alike


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSet(Fact):
    """The person put the programme at a stage and dose step."""

    kind: ClassVar[str] = "set_stage"
    stage: str
    dose_step: str | None = None
    reason: str | None = None
    side: str | None = None  # left or right; None: both alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Fact):
    """No programme from this date until ``until`` (the first day back) or a resume."""

    kind: ClassVar[str] = "pause"
    until: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Fact):
    """The pause is over."""

    kind: ClassVar[str] = "resume"
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSkipped(Fact):
    """The person takes this date off."""

    kind: ClassVar[str] = "skip_session"
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voided(Fact):
    """The entry ``target`` does not count any more."""

    kind: ClassVar[str] = "void"
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Fact):
    """A free text beside the entry ``target``; the latest counts, an empty one takes it away."""

    kind: ClassVar[str] = "note"
    target: str
    text: str


FACTS: tuple[type[Fact], ...] = (
    SetUp, OptionsChanged, RulesAdopted, SessionReported, RunReported, RunNoticed, MorningChecked,
    TestLogged, EventLogged, WeeklyChecked, VisaHReported, SymptomsReported, Unlocked,
    StageConfirmed, StageSet, Paused, Resumed, SessionSkipped, Voided, NoteWritten,
    ProtocolAdopted,
    SideAdded,
)  # fmt: skip
