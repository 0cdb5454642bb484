"""The words of the programme: enumerations and small values shared by every rule."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

DAY: Final = timedelta(days=1)
BACK_DAYS: Final = 14
"""How long ago something may be that is reported."""


class Side(StrEnum):
    """The affected side; of ``both`` each is followed by itself."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


def other_side(side: str) -> str:
    """Return the side opposite."""
    return Side.LEFT.value if side == Side.RIGHT else Side.RIGHT.value


class Goal(StrEnum):
    """What the person wants to return to; it decides the course of stages."""

    EVERYDAY = "everyday"
    SPORT = "sport"
    RUNNING = "running"


class Stage(StrEnum):
    """The clinical phases P0 to P6 (b1), in order."""

    SETTLE = "settle"
    ISOMETRIC = "isometric"
    ISOTONIC = "isotonic"
    HIP_FLEXION = "hip_flexion"
    ENERGY_STORAGE = "energy_storage"
    RETURN_TO_SPORT = "return_to_sport"
    MAINTENANCE = "maintenance"

    @property
    def order(self) -> int:
        """Its place in the course, from 0."""
        return _ORDER[self]

    def reaches(self, least: Stage) -> bool:
        """Return whether it is this stage or a later one."""
        return self.order >= least.order


_ORDER: Final = {stage: place for place, stage in enumerate(Stage)}


class Response(StrEnum):
    """The verdict on one session (c1)."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    STOP = "stop"
    AWAITING = "awaiting_morning_check"


BADNESS: Final = (
    Response.GREEN,
    Response.AWAITING,
    Response.AMBER,
    Response.RED,
    Response.STOP,
)
"""Of several verdicts on one day the last in this order counts."""


class Band(StrEnum):
    """Which pain limits apply (c1)."""

    NORMAL = "normal"
    STRICT = "strict"


class DayKind(StrEnum):
    """What a day of the plan is."""

    LOADING = "loading"
    LIGHT = "light"
    TEST = "test"
    REST = "rest"
    PAUSED = "paused"
    LOCKED = "locked"


class Outcome(StrEnum):
    """Where the programme stands, in one word."""

    PROGRESS = "progress"
    HOLD = "hold"
    REDUCE = "reduce"
    FLARE_UP = "flare_up"
    LOCKED = "locked"
    PAUSED = "paused"


class Waiting(StrEnum):
    """What the next progression waits for."""

    TIME = "time"
    SESSIONS = "sessions"
    TEST = "test"
    REPORT = "report"
    CONFIRMATION = "confirmation"
    CALM_MORNING = "calm_morning"


class ReasonId(StrEnum):
    """Stable names of the reasons behind a decision."""

    TWO_GREEN = "two_green"
    UNDERLOAD = "underload"
    AMBER = "amber"
    TWO_AMBERS = "two_ambers"
    RED = "red"
    AWAITING_MORNING_CHECK = "awaiting_morning_check"
    INFORMATION_GAP = "information_gap"
    PAINKILLER = "painkiller"
    MINIMUM_DAYS = "minimum_days"
    ONE_CHANGE_AT_A_TIME = "one_change_at_a_time"
    CRITERIA_UNMET = "criteria_unmet"
    TEST_NEEDED = "test_needed"
    REPORT_NEEDED = "report_needed"
    CONFIRMATION = "confirmation"
    GAP_REPEAT = "gap_repeat"
    GAP_STEP_DOWN = "gap_step_down"
    GAP_STAGE_DOWN = "gap_stage_down"
    RESCREEN = "rescreen"
    FLARE_UP = "flare_up"
    FLARE_SETTLING = "flare_settling"
    HOLD_AFTER_FLARE = "hold_after_flare"
    DRIFT = "drift"
    ADHERENCE_LOW = "adherence_low"
    PLATEAU = "plateau"
    RELAPSE = "relapse"
    OTHER_STRAND = "other_strand"
    CLINICIAN = "clinician"
    CONTACT_PRESCRIBER = "contact_prescriber"
    EMERGENCY = "emergency"
    PAUSED = "paused"
    LOCKED = "locked"
    # Not in the first list of names; added because nothing there says them.
    GREEN = "green"
    REST_DAY = "rest_day"
    SPACING = "spacing"
    SKIPPED = "skipped"
    ILLNESS = "illness"
    PLACED = "placed"
    CHOSEN = "chosen"
    STAGE_UP = "stage_up"
    TOP_STEP = "top_step"
    EFFORT_HIGH = "effort_high"
    GUARD = "guard"
    NO_TRAINING_DAYS = "no_training_days"
    RUN_GATE = "run_gate"
    VOLUME = "volume"
    OTHER_SIDE = "other_side"


type Figure = str | float | date


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is: a stable id, its figures, and until when it holds.

    ``variant`` picks the sentence where one id has several; ``figures`` fill its placeholders.
    """

    id: ReasonId
    variant: str = ""
    figures: tuple[tuple[str, Figure], ...] = ()
    until: date | None = None


def reason(
    id_: ReasonId, variant: str = "", *, until: date | None = None, **figures: Figure
) -> Reason:
    """Return a reason with its figures in the order given."""
    return Reason(id_, variant, tuple(figures.items()), until)


@dataclass(frozen=True, slots=True)
class Budget:
    """How long the person may sit on end, in minutes, by their own reports and days (e1).

    None while nothing has moved it: as long as the stage allows. ``greens``: calm days in a row.
    """

    minutes: float | None = None
    greens: int = 0


class RehabError(Exception):
    """Bad input. ``key`` names the translated message, ``field`` the input it is about.

    Raised by ``decide`` and ``codec``; the Home Assistant side translates it in one place.
    """

    def __init__(self, key: str, *, field: str = "", **placeholders: str) -> None:
        """Keep the message's key and placeholders; ``field`` becomes a placeholder too."""
        super().__init__(key)
        self.key = key
        self.field = field
        self.placeholders = {"field": field, **placeholders}
