"""A programme in the middle of its course, put there by hand, to look at one rule at a time."""

from collections.abc import Sequence
from datetime import date, timedelta

from custom_components.pht_rehab.domain.exercises import Strand
from custom_components.pht_rehab.domain.model import Band, Reason, ReasonId, Response, Stage
from custom_components.pht_rehab.domain.protocol import STEP_INDEX
from custom_components.pht_rehab.domain.records import SessionRecord, StrandState
from custom_components.pht_rehab.domain.state import Score, State
from custom_components.pht_rehab.domain.strands import ENERGY_INDEX, RUN_INDEX
from tests.domain.builders import History

TODAY = date(2026, 3, 2)  # a Monday
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GREEN, AMBER, RED = Response.GREEN, Response.AMBER, Response.RED
P1, P2, P3 = Stage.ISOMETRIC, Stage.ISOTONIC, Stage.HIP_FLEXION
P4, P5, P6 = Stage.ENERGY_STORAGE, Stage.RETURN_TO_SPORT, Stage.MAINTENANCE


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def standing(
    stage: Stage = P5,
    *,
    run: str | None = "R5",
    hops: str | None = None,
    goal: str = "running",
    days: Sequence[str] = WEEK,
    symptoms: Sequence[str] = (),
    kept: bool = False,
    minutes: float | None = None,
) -> State:
    """Return ``TODAY`` of somebody 40 days in a stage, rested, with a week of calm mornings."""
    state = History(
        start=ago(40),
        stage=stage.value,
        goal=goal,
        days=days,
        symptoms=symptoms,
        running=kept or None,
        running_minutes=minutes,
    ).state(0)
    state.day = TODAY
    state.screened = TODAY
    state.last_session = ago(2)
    test = state.plan.load_test
    state.check_test = test
    state.first_score = {test: 1}
    state.scores = {
        test: [
            Score(ago(day), 1, in_baseline=True, in_drift=True, week=1) for day in range(7, -1, -1)
        ]
    }
    state.today_scores = {test: 1}
    if run is not None and not kept:
        state.running.step = RUN_INDEX[run]
    if hops is not None:
        state.energy.step = ENERGY_INDEX[hops]
    return state


def done(
    state: State,
    strand: StrandState,
    days_ago: int,
    response: Response = GREEN,
    *,
    step: str | None = None,
    minutes: float = 0,
    pain: float = 1,
    gap: bool = False,
    hard: bool = False,
    light: bool = False,
    counts: bool = True,
    share: float = 1,
    effort: float | None = None,
) -> SessionRecord:
    """Add a judged session of a strand, of so many days ago; the oldest first."""
    names = RUN_INDEX if strand.strand is Strand.RUNNING else ENERGY_INDEX
    record = SessionRecord(
        on=ago(days_ago),
        step=strand.step or 0 if step is None else names[step],
        stage=state.stage,
        band=Band.NORMAL,
        share=share,
        baselines={state.plan.load_test: 1.0},
        usual=None,
        pain_during=pain,
        pain_after=1,
        effort=effort,
        painkiller=False,
        cut_short=False,
        counts=counts,
        irritable=False,
        light=light,
        response=response,
        gap=gap,
        reasons=(Reason(ReasonId(response.value)),),
        strand=strand.strand,
        minutes=minutes,
        hard=hard,
    )
    strand.records.append(record)
    strand.days.append(record.on)
    strand.last_session = record.on
    return record


def ripe(strand: StrandState, *, greens: int = 2, since: int = 30) -> None:
    """Let a strand have its GREENs, at a step done first so many days ago."""
    strand.streak = greens
    strand.step_since = ago(since)


def strengthened(state: State, days_ago: int, response: Response = GREEN) -> SessionRecord:
    """Add a judged strength session."""
    record = SessionRecord(
        on=ago(days_ago), step=state.step, stage=state.stage, band=Band.NORMAL, share=1,
        baselines={state.plan.load_test: 1.0}, usual=None, pain_during=1, pain_after=1,
        effort=None, painkiller=False, cut_short=False, counts=True, irritable=False, light=False,
        response=response, reasons=(Reason(ReasonId(response.value)),),
    )  # fmt: skip
    state.records.append(record)
    state.loading_days.append(record.on)
    state.last_loading = state.last_session = record.on
    return record


def strength_at(state: State, step: str) -> State:
    state.step = STEP_INDEX[step]
    return state


def named(why: Reason | None) -> str:
    """Return a reason as ``id/variant``, empty for none."""
    return "" if why is None else f"{why.id.value}/{why.variant}".rstrip("/")


def due(why: Reason | None) -> date | None:
    """Return the date a reason names."""
    return None if why is None else why.until
