"""The facts of a programme: what a person reported or chose, each about one local date.

Only facts are stored; stages, doses, responses and plans are replayed from them. A fact is
about ``on`` whenever it was typed in; ``logged_at`` (UTC) settles which of two reports about
the same thing is the later one. None means "not reported", which is never the same as 0.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact carries."""

    kind: ClassVar[str]
    log_id: str
    on: date
    logged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp(Fact):
    """The answers of the set-up forms and the version of the rules."""

    kind: ClassVar[str] = "set_up"
    side: str
    goal: str
    training_days: tuple[str, ...]
    session_time: str  # local "HH:MM"
    morning_time: str
    rules_version: int
    morning_pain: float
    equipment: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    clinician_confirmed: bool = False
    rest_pain: float | None = None
    sitting_minutes: float | None = None
    lasting_symptoms: bool | None = None
    running_now: bool | None = None
    running_minutes: float | None = None  # a usual week's, over the last four (d1)
    tests: dict[str, float] = field(default_factory=dict)  # load test -> score
    stage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsChanged(Fact):
    """Changed settings; None leaves one as it is."""

    kind: ClassVar[str] = "options"
    goal: str | None = None
    training_days: tuple[str, ...] | None = None
    equipment: tuple[str, ...] | None = None
    session_time: str | None = None
    morning_time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesAdopted(Fact):
    """From this date on another edition of the rules is in force."""

    kind: ClassVar[str] = "rules"
    rules_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolAdopted(Fact):
    """From this date on a protocol of one's own is in force, as it was on this date.

    ``content`` is all of it as JSON, so that its file may change or go; ``source`` names the file,
    ``digest`` is the SHA-256 of the content, ``rules_version`` the edition it was made from.
    """

    kind: ClassVar[str] = "protocol"
    rules_version: int
    source: str
    name: str
    content: str
    digest: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TestLogged(Fact):
    """A load or capacity test; ``value`` is repetitions, seconds, kilograms or minutes."""

    __test__: ClassVar[bool] = False  # not a test case, whatever pytest thinks of its name

    kind: ClassVar[str] = "test"
    test: str
    value: float | None = None
    other_side: float | None = None
    pain: float | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSet(Fact):
    """The person put the programme at a stage and dose step."""

    kind: ClassVar[str] = "set_stage"
    stage: str
    dose_step: str | None = None
    reason: str | None = None


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
)  # fmt: skip
