"""The morning load test: which one, its baseline, and the two watchers over weeks.

Implements (c1), (c4) and (c10-19..24). Scores of one test are only compared with that test.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median

from .model import DAY, Stage
from .page import Page
from .protocol import below
from .state import MEMORY_DAYS, Score, State, latest, within
from .steps import gap_days


def due_test(state: State, today: date) -> str:
    """Return today's load test: the stage's, or the one below while that still hurts (c10-19)."""
    if state.flare is not None:
        return state.flare.test
    own = state.plan.load_test
    if new_test_needed(state):
        return own
    if state.day == today and state.check_test in state.today_scores:
        return state.check_test  # done: its score says nothing about this morning's test
    last = last_score(state, own)
    if last is None or last.pain <= state.rules.place_test_max or _compared(state, own, last):
        return own
    if (today - last.on).days >= state.rules.own_test_again_days:
        return own
    return below(own)


def _compared(state: State, test: str, last: Score) -> bool:
    """Return whether a RED wait or a possible flare-up asks for this very test once more.

    Both compare with an earlier score of the same test (F1, c10-19, c10-29); an easier one
    would hide the rise.
    """
    if state.red_wait is not None and test in dict(state.red_wait.baselines):
        return True
    before = baseline(state, test, last.on - DAY)
    return before is not None and last.pain - before >= state.rules.flare_rise


def is_due(state: State, today: date) -> bool:
    """Return whether a morning check is asked today; weekly in maintenance (c10-47)."""
    if state.pause is not None or (state.lock is not None and state.lock.symptoms):
        return False
    if state.stage is not Stage.MAINTENANCE or state.flare is not None:
        return True
    if state.daily_checks_until is not None and today <= state.daily_checks_until:
        return True
    run = state.running.pending
    if run is not None and run.counts and run.on == today - DAY:
        return True  # a step of running is not left behind without its morning
    walk = state.tests.get("brisk_walk")
    if state.running.at_gate and walk is not None and walk.on == today - DAY:
        return True  # nor the walk that leads back to it (d1)
    last = last_score(state, due_test(state, today))
    age = None if last is None else (today - last.on).days
    after_session = state.last_session == today - DAY
    week = state.rules.maintenance_check_days
    return age is None or age >= week or (after_session and age >= week - 1)


def new_test_needed(state: State) -> bool:
    """Return whether the first session of this stage waits for its test's first score (c10-20)."""
    own = state.plan.load_test
    return own not in state.first_score and own not in state.last_baseline


def unscored(state: State, today: date) -> bool:
    """Return whether the stage's load test was not done in the last week (c7)."""
    last = last_score(state, state.plan.load_test)
    return last is None or not within(last.on, today, state.rules.week_days)


def retest_needed(state: State, today: date) -> bool:
    """Return whether the first session after a long break waits for the stage's load test (c7).

    The daily stages have no table, and maintenance only its last line (c10-28).
    """
    if state.plan.daily or state.stage is Stage.MAINTENANCE:
        return False
    return gap_days(state, today) >= state.rules.gap_two_down_days and unscored(state, today)


def last_score(state: State, test: str) -> Score | None:
    """Return the newest score on ``test`` that is remembered."""
    scores = state.scores.get(test)
    return scores[-1] if scores else None


def told_scores(state: State, test: str, calm: float) -> Iterator[Score]:
    """Yield the scores on ``test`` that say something, the newest first.

    A masked one says only "not calm".
    """
    scores = reversed(state.scores.get(test, ()))
    return (score for score in scores if not score.masked or score.pain > calm)


def baseline(state: State, test: str, today: date) -> float | None:
    """Return B of ``test`` up to and including today, or None if it was never scored (c10-21)."""
    frozen = state.flare
    if frozen is not None and frozen.test == test:
        return frozen.baseline
    begins = state.window_from.get(test, date.min)
    for score in reversed(state.scores.get(test, ())):
        if score.on <= begins:  # the morning that ended a flare-up is one of its own
            break
        if score.on > today or score.week is None:
            continue
        week = score.week if score.on == today else _week(state, test, today)
        return score.week if week is None else week
    since, kept = state.last_baseline.get(test, (date.max, None))
    return kept if since <= today else state.first_score.get(test)


def _week(state: State, test: str, today: date) -> float | None:
    """Return B worked out from the week's own scores, or None with too few of them."""
    values = [score.pain for score in _window(state, test, today) if score.in_baseline]
    return median(values) if len(values) >= state.rules.baseline_min_values else None


def _window(state: State, test: str, today: date) -> list[Score]:
    """Return the week's scores on ``test``, not reaching back behind a flare or a new test."""
    if (known := state.windows.get((test, today))) is not None:
        return known
    begins = state.window_from.get(test, date.min)
    week = latest(state.scores.get(test, ()), today, state.rules.baseline_window_days)
    found = [score for score in week if score.on >= begins]
    state.windows[test, today] = found
    return found


def recent(state: State, test: str, today: date) -> list[float]:
    """Return the unmasked scores on ``test`` of the last 7 days, flare mornings left out."""
    return [score.pain for score in _window(state, test, today) if score.in_drift]


def usual_rest_pain(state: State) -> float | None:
    """Return the person's usual rest ache (c10-14), or None if it was never reported."""
    return median(state.usual_rest) if state.usual_rest else None


def record(state: State, page: Page, today: date) -> None:
    """Store the morning's scores and reports of ``today``."""
    for test, (pain, masked) in page.scores.items():
        scores = state.scores.setdefault(test, [])
        after_red = state.was_red(today - DAY)
        in_flare = state.flare is not None
        state.first_score.setdefault(test, pain)
        if scores and scores[-1].on == today:  # the set-up score, given again
            scores.pop()
        in_baseline = not (masked or after_red or in_flare)
        before = _window(state, test, today)
        week = [score.pain for score in before if score.in_baseline]
        if in_baseline:
            week.append(pain)
        known = median(week) if len(week) >= state.rules.baseline_min_values else None
        score = Score(
            today,
            pain,
            in_baseline,
            in_drift=not (masked or in_flare),
            masked=masked,
            week=known,
        )
        scores.append(score)
        state.windows[test, today] = [score, *before]
        # The last one before them stays, however old: B and the flare rules go by it (c10-21).
        while len(scores) > 1 and (today - scores[1].on).days > MEMORY_DAYS:
            scores.pop(0)
        if known is not None:
            state.last_baseline[test] = (today, known)  # outlives the scores (c10-21)
    _record_reports(state, page, today)


def _record_reports(state: State, page: Page, today: date) -> None:
    if page.rest_pain is not None:
        state.rest_pain = (today, page.rest_pain)
        if state.flare is None:
            state.usual_rest.append(page.rest_pain)
            del state.usual_rest[: -state.rules.usual_values]
    if page.sitting_minutes is not None:
        state.sitting.append((today, page.sitting_minutes))
        _forget(state.sitting, today, state.rules.baseline_window_days)
    if page.night_waking is not None:
        state.night_waking = (today, page.night_waking)


def drift(state: State, test: str, today: date) -> float | None:
    """Remember today's 7-day median and return its rise over the lowest of 28 days (c4).

    None with too few scores to tell.
    """
    rules = state.rules
    values = recent(state, test, today)
    if len(values) < rules.drift_min_scores:
        return None
    now = median(values)
    known = state.medians.setdefault(test, [])
    known.append((today, now))
    # One week more than the longest window, so that a missed morning at its start does no harm.
    longest = max(rules.drift_window_days, rules.steady_days) + rules.week_days
    _forget(known, today, longest)
    before = today - timedelta(days=rules.drift_window_days)
    return now - min([value for on, value in known if on > before])


def _forget(known: list[tuple[date, float]], today: date, days: int) -> None:
    """Drop what lies outside the window of ``days`` that includes today; oldest come first."""
    before = today - timedelta(days=days)
    while known and known[0][0] <= before:
        known.pop(0)


def sitting_fell(state: State, today: date) -> bool:
    """Return whether the 7-day median of sitting minutes fell below half its best (c4)."""
    rules = state.rules
    before = today - timedelta(days=rules.baseline_window_days)
    values = [minutes for on, minutes in state.sitting if on > before]
    if len(values) < rules.drift_min_scores:
        return False
    now = median(values)
    known = state.sitting_medians
    known.append((today, now))
    _forget(known, today, rules.drift_window_days)
    return now < rules.sitting_fall * max([value for _on, value in known])


def guard(state: State, test: str, today: date) -> float | None:
    """Return the 7-day median the absolute guard looks at, or None with too few scores."""
    values = recent(state, test, today)
    return median(values) if len(values) >= state.rules.guard_min_values else None


def sorest_week(state: State, today: date) -> float | None:
    """Return the highest 7-day median of a test, None while none has scores enough (c1, c10-23).

    Of every test asked lately: the day the stage's own is tried says nothing of the week.
    """
    weeks = [week for test in state.scores if (week := guard(state, test, today)) is not None]
    return max(weeks, default=None)


def restart_windows(state: State, today: date) -> None:
    """Start drift anew after a flare or a change of stage (c10-38)."""
    state.windows.clear()
    state.medians.clear()
    state.sitting_medians.clear()
    for test in state.scores:
        state.window_from[test] = today


def usual_score(state: State, test: str, today: date) -> float | None:
    """Return the median of the 28 days before the last 7, else the last known B (c10-47)."""
    rules = state.rules
    last = today - timedelta(days=rules.relapse_window_days)
    values = [
        score.pain
        for score in latest(state.scores.get(test, ()), last, rules.relapse_usual_days)
        if score.in_drift
    ]
    return median(values) if values else baseline(state, test, last)
