"""The facts a programme rests on: set-up, the second side, settings, rules and protocol."""

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
class Placement(Fact):
    """The answers that place a side (b3)."""

    side: str
    morning_pain: float
    rest_pain: float | None = None
    sitting_minutes: float | None = None
    lasting_symptoms: bool | None = None
    running_now: bool | None = None
    running_minutes: float | None = None  # a usual week's, over the last four (d1)
    tests: dict[str, float] = field(default_factory=dict)  # load test -> score
    stage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp(Placement):
    """The answers of the set-up forms and the version of the rules."""

    kind: ClassVar[str] = "set_up"
    goal: str
    training_days: tuple[str, ...]
    session_time: str  # local "HH:MM"
    morning_time: str
    rules_version: int
    equipment: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    clinician_confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SideAdded(Placement):
    """From this date on the other side is followed too, placed by its own first scores."""

    kind: ClassVar[str] = "side"


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
