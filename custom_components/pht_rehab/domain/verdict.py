"""The verdict on one session (c1, c6, c10-11..15), and what it is based on.

Bad news always counts; good news must be complete. No state is changed here.
"""

from datetime import date
from typing import NamedTuple

from .model import Band, Reason, ReasonId, Response, Stage
from .morning import guard
from .records import SessionRecord
from .rules import BandLimits, Rules
from .state import State, within


def limits(rules: Rules, band: Band) -> BandLimits:
    """Return the pain limits of a band."""
    return rules.strict if band is Band.STRICT else rules.normal


def band(state: State, today: date) -> Band:
    """Return the band in force: strict in a flare, after it, after a restart, and early in P0."""
    rules = state.rules
    if state.flare is not None:
        return Band.STRICT
    if state.strict_until is not None and today <= state.strict_until:
        return Band.STRICT
    if state.stage is not Stage.SETTLE:
        return Band.NORMAL
    median = guard(state, state.plan.load_test, today)
    quiet = (
        state.days_in_stage(today) >= rules.settle_strict_days
        and median is not None
        and median <= rules.coped_max
        and not any(
            record.response is Response.RED and within(record.on, today, rules.settle_strict_days)
            for record in state.records
        )
    )
    return Band.NORMAL if quiet else Band.STRICT


def rest_of_day(record: SessionRecord, rules: Rules) -> float | None:
    """Return A as it counts: in P0, P1 and flare only above the person's usual (c10-14)."""
    after = record.pain_after
    if after is None or not record.irritable or record.usual is None:
        return after
    return None if after <= record.usual + rules.usual_rise else after


def surely_red(record: SessionRecord, rules: Rules) -> bool:
    """Return whether no morning score can save the session any more."""
    worst = max(record.pain_during or 0, rest_of_day(record, rules) or 0)
    return worst >= limits(rules, record.band).red_min


def surely_amber(record: SessionRecord, rules: Rules) -> bool:
    """Return whether no morning score can make the session GREEN any more."""
    return not judge(record, rules, None, None, masked=False).gap


class Judgement(NamedTuple):
    """A response; ``gap``: amber only for want of information (c10-12)."""

    response: Response
    gap: bool
    why: Reason


def judge(
    record: SessionRecord, rules: Rules, morning: float | None, base: float | None, *, masked: bool
) -> Judgement:
    """Judge a session.

    ``morning`` is N on a test whose baseline at the session was ``base``; either is None if
    the morning's score is missing or not comparable. ``masked``: a painkiller before N.
    """
    for response in (Response.RED, Response.AMBER):
        if (why := _bad_news(response, record, rules, morning, base)) is not None:
            return Judgement(response, gap=False, why=why)
    if record.cut_short:
        why = _told(record, ReasonId.AMBER, "cut_short")
        return Judgement(Response.AMBER, gap=False, why=why)
    if record.pain_during is None:
        why = _told(record, ReasonId.INFORMATION_GAP, "pain")
    elif morning is None or base is None:
        why = _told(record, ReasonId.INFORMATION_GAP, "morning")
    elif record.painkiller or masked:
        why = _told(record, ReasonId.PAINKILLER, "")
    else:
        figures = {"pain": record.pain_during, "morning": morning, "baseline": base}
        why = _told(record, ReasonId.GREEN, "", **figures)
        return Judgement(Response.GREEN, gap=False, why=why)
    return Judgement(Response.AMBER, gap=True, why=why)


def _bad_news(
    response: Response,
    record: SessionRecord,
    rules: Rules,
    morning: float | None,
    base: float | None,
) -> Reason | None:
    """Return why the session is RED, or at least AMBER; None if nothing reported says so."""
    red = response is Response.RED
    id_ = ReasonId.RED if red else ReasonId.AMBER
    line = limits(rules, record.band)
    limit = line.red_min if red else line.green_max
    for variant, pain in (
        ("during", record.pain_during),
        ("after", rest_of_day(record, rules)),
    ):
        if pain is not None and (pain >= limit if red else pain > limit):
            return _told(record, id_, variant, pain=pain, limit=limit)
    if morning is None or base is None:
        return None
    rise = morning - base
    least = line.delta_red if red else line.delta_amber
    high = rules.high_morning_red if red else rules.high_morning_amber
    if rise >= least or (morning >= high and rise >= rules.high_morning_delta):
        return _told(record, id_, "morning", morning=morning, baseline=base)
    return None


def _told(record: SessionRecord, id_: ReasonId, variant: str, **figures: float) -> Reason:
    return Reason(id_, variant, (("step", record.step_id), *figures.items()))
