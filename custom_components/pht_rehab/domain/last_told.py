"""The newest of what was reported: scores, verdict, load."""

from .course import Today
from .model import BADNESS, Response
from .state import State, within


def today_score(today: Today) -> float | None:
    """Return this morning's score; a new stage's first test counts once it is in."""
    state = today.state
    wanted = today.plan.morning_test or state.check_test
    return state.today_scores.get(wanted)


def last_response(state: State) -> Response | None:
    """Return the verdict on the last session or run; of several on one day the worst."""
    strength = next((item for item in reversed(state.records) if item.hamstring), None)
    others = (strand.records[-1] for strand in (state.energy, state.running) if strand.records)
    last = [item for item in (strength, *others) if item is not None]
    newest = max((item.on for item in last), default=None)
    found = [item.response for item in last if item.on == newest]
    return max(found, key=BADNESS.index, default=None)


def weekly_load(state: State) -> int:
    """Return the seconds under tension of the week that ends today."""
    days = state.rules.week_days
    week = [record for record in state.records if within(record.on, state.day, days)]
    return round(sum(record.load for record in week))


def last_pain(state: State) -> float | None:
    """Return the worst pain told of the newest day with a session or run."""
    told = [*state.records, *state.energy.records, *state.running.records]
    scored = [record for record in told if record.pain_during is not None]
    newest = max((record.on for record in scored), default=None)
    pains = [record.pain_during for record in scored if record.on == newest]
    return max((pain for pain in pains if pain is not None), default=None)


def last_score(state: State) -> float | None:
    """Return the newest morning score."""
    newest = max(
        (scores[-1] for scores in state.scores.values() if scores),
        key=lambda score: score.on,
        default=None,
    )
    own = state.today_scores.get(state.check_test)
    return own if own is not None or newest is None else newest.pain
