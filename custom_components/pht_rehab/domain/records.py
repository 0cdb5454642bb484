"""What the rules remember of one strand: its sessions, and where it stands."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from .exercises import Strand
from .model import Band, Reason, Response, Stage
from .strands import STEPS


@dataclass(slots=True, kw_only=True)
class SessionRecord:
    """One judged or waiting session of a strand; ``step`` indexes the strand's own steps."""

    on: date
    step: int
    stage: Stage
    band: Band
    share: float
    baselines: dict[str, float]
    usual: float | None
    pain_during: float | None
    pain_after: float | None
    effort: float | None
    painkiller: bool
    cut_short: bool
    counts: bool  # may add to the streak: the planned session, at the planned step
    irritable: bool  # P0, P1 or flare: rest-of-day pain counts from above the usual (c10-14)
    light: bool
    hamstring: bool = True
    done: Mapping[str, float] = field(default_factory=dict)  # exercise -> share, 0 to 1
    set_less: bool = False
    load: float = 0  # seconds under tension, by the edition of that day
    companions: tuple[str, ...] = ()
    response: Response = Response.AWAITING
    gap: bool = False  # amber only for want of information
    led_to_flare: bool = False
    reasons: tuple[Reason, ...] = ()
    strand: Strand = Strand.HAMSTRING
    minutes: float = 0  # of running
    hard: bool = False  # of running: hills, or fast

    @property
    def step_id(self) -> str:
        """The name of its step."""
        return STEPS[self.strand][self.step]


@dataclass(frozen=True, slots=True)
class RedWait:
    """After a RED the next loading waits for a calm morning (c3)."""

    on: date
    baselines: tuple[tuple[str, float], ...]


@dataclass(slots=True, kw_only=True)
class StrandState:
    """Where the energy storage or the running strand stands.

    ``step`` indexes its steps (``STEPS``), None before it has begun. ``kept``: of running, still
    running at set-up (d1, track A).
    """

    strand: Strand
    step: int | None = None
    kept: bool = False
    set_less: int = 0  # 1: a set or part fewer than the step has; 2: less still (c7)
    step_since: date | None = None  # the first session done at this step
    raised_on: date | None = None
    reduced_on: date | None = None
    loop_on: date | None = None  # the last time too many AMBERs among the latest took a step down
    streak: int = 0
    ambers: int = 0
    last_session: date | None = None
    gap_from: date | None = None
    days: list[date] = field(default_factory=list)
    records: list[SessionRecord] = field(default_factory=list)
    pending: SessionRecord | None = None
    red_wait: RedWait | None = None
    fails: list[tuple[date, int]] = field(default_factory=list)
    frequent_since: date | None = None  # of running: when its weeks began to be counted (d2)
    waits_for_green: bool = False  # (c5) after a flare-up, of the hamstring strand
    last_change: Reason | None = None

    @property
    def step_id(self) -> str:
        """The name of the step in force; empty before the strand has begun."""
        return "" if self.step is None else STEPS[self.strand][self.step]

    @property
    def at_gate(self) -> bool:
        """Whether it is running, and the way back to it has still to be opened (d1, R0)."""
        return self.strand is Strand.RUNNING and self.step == 0 and not self.kept

    def copy(self) -> Self:
        """Return an independent copy."""
        twin = copy.copy(self)
        twin.days, twin.fails = list(self.days), list(self.fails)
        twin.records = list(self.records)
        if self.pending is not None:
            twin.pending = copy.copy(self.pending)
            twin.records[-1] = twin.pending
        return twin
