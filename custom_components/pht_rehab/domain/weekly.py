"""The weekly check over time: what is worked out for it, its course, and when it is asked (f3, c8).

A VISA-H total is kept beside it and never compared with it: it is another scale (f1).
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from statistics import mean

from .facts import WeeklyChecked
from .model import DAY
from .page import Page
from .questions import QUESTIONS, TOTAL_MAX, WeeklyScore
from .state import State, latest, within

BRIDGE_TEST = "bridge_reps"
"""(f3) question 10 is the last C1."""


def computed(state: State, today: date) -> Mapping[str, float]:
    """Return the answers that the log gives by itself, as far as it does.

    Mornings with a painkiller are left out: they say less than was felt (c6).
    """
    found: dict[str, float] = {}
    mornings: dict[date, float] = {}
    own = state.scores.get(state.check_test, [])
    for scores in (*state.scores.values(), own):  # of two tests on a date the asked one counts
        week = latest(scores, today, state.rules.week_days)
        mornings |= {score.on: score.pain for score in week if not score.masked}
    if mornings:
        found["morning_mean"] = round(mean(mornings.values()), 1)
    last = state.tests.get(BRIDGE_TEST)
    if last is not None and last.value is not None:
        found[BRIDGE_TEST] = last.value
    return found


def take(state: State, page: Page, today: date) -> None:
    """Take in what the page of ``today`` reports."""
    if page.visa_h is not None:
        state.visa_h.append((today, page.visa_h))
    if page.weekly is not None:
        state.weekly.append(_score(page.weekly, computed(state, today)))


def _score(told: WeeklyChecked, known: Mapping[str, float]) -> WeeklyScore:
    used: list[tuple[str, float]] = []
    points: list[float] | None = []
    for question in QUESTIONS:
        answer = getattr(told, question.name)
        if answer is None and question.name in known:
            answer = known[question.name]
            used.append((question.name, answer))
        if answer is None:
            points = None
        elif points is not None:
            points.append(question.points(answer))
    return WeeklyScore(
        on=told.on,
        log_id=told.log_id,
        total=None if points is None else round(sum(points)),
        overall=told.overall,
        computed=tuple(used),
    )


def due(state: State, today: date) -> bool:
    """Return whether the check is asked: once a week, the first after a week has been lived."""
    last = state.weekly[-1].on if state.weekly else state.entry - DAY
    return not state.stopped and (today - last).days >= state.rules.week_days


def totals(state: State) -> Iterator[tuple[WeeklyScore, int, int | None]]:
    """Yield the checks that have a total, it, and its change since the one before; oldest first."""
    before: int | None = None
    for score in state.weekly:
        if score.total is not None:
            yield score, score.total, None if before is None else score.total - before
            before = score.total


def last_total(state: State) -> int | None:
    """Return the latest total, however old."""
    return next((score.total for score in reversed(state.weekly) if score.total is not None), None)


def weekly_check(state: State, today: date) -> int | None:
    """Return the latest total if it is young enough to stand for today, else None."""
    valid = state.rules.weekly_valid_days
    young = [total for score, total, _change in totals(state) if within(score.on, today, valid)]
    return young[-1] if young else None


def is_noteworthy(state: State, change: int | None) -> bool:
    """Return whether a change is worth a look; the line is arbitrary (f3)."""
    return change is not None and abs(change) >= state.rules.weekly_noteworthy


def no_gain(state: State, today: date) -> bool:
    """Return whether six weeks of checks show no gain that was possible (c8).

    Compared are the last check from before those weeks, if it is from shortly before, and the
    best within them. Without a check that stands for today nothing is said.
    """
    rules = state.rules
    begin = today - timedelta(days=rules.weekly_gain_days)
    old = [(score.on, total) for score, total, _change in totals(state) if score.on <= begin]
    if not old or weekly_check(state, today) is None:
        return False
    on, then = old[-1]
    if not within(on, begin, rules.weekly_valid_days) or then + rules.weekly_gain > TOTAL_MAX:
        return False
    best = max(total for score, total, _change in totals(state) if score.on > begin)
    return best < then + rules.weekly_gain
