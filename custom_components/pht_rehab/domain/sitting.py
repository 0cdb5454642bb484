"""How long to sit on end: the stage's cap, and the person's own budget below it (e1, c5).

Readings of (e1), settled here:

- A report of the minutes until it hurts more than 3 sets the budget to 80 % of them at first.
  Later ones bound it: never longer than the minutes told, never shorter than 80 % of them. So
  who stands up in time and reports just that is not talked down step by step.
- A day is sore if any score about it is above 4: the morning test, session or run, the rest of the
  day, ache at rest, another test. It is green if something was told, nothing above 3, and no
  painkiller was taken. Other told days begin the row of three anew; a day of which nothing is
  known does neither.
- A day counts from the day after. In a flare-up and the seven days held after it nothing grows.
- In a flare-up, whatever the stage, half the budget, within the limits of the settle stage.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from .model import Budget, Stage
from .page import Page
from .state import State, within

ADVICE: Final[Mapping[Stage, tuple[str, ...]]] = {
    Stage.SETTLE: ("cushion", "driving"),
    Stage.ISOMETRIC: ("cushion", "driving"),
    Stage.ISOTONIC: ("cushion_optional", "driving"),
    Stage.HIP_FLEXION: ("cushion_wean",),
}
"""(e1) what is said of the seat and of driving; a stage that is not here sits as it likes."""


def advice(state: State) -> tuple[str, ...]:
    """Return how to sit and drive; in a flare-up as in the settle stage, stopped nothing."""
    if state.stopped:
        return ()
    return ADVICE.get(Stage.SETTLE if state.flare is not None else state.stage, ())


def begin(state: State, minutes: float) -> None:
    """Set the first budget from the minutes told at set-up."""
    rules = state.rules
    state.sitting_budget = Budget(max(rules.sitting_floor, rules.sitting_share * minutes))


def limit(state: State, today: date) -> int | None:
    """Return how many minutes on end may be sat; None if free, or while nothing is asked."""
    rules = state.rules
    if state.stopped:
        return None
    budget = _budget(state)
    bounds = [] if budget is None else [budget]
    if state.flare is not None:
        bounds = [minutes * rules.sitting_flare_share for minutes in bounds]
    if state.flare is not None or state.stage is Stage.SETTLE:
        bounds.append(rules.sitting_caps[Stage.SETTLE])
        if state.sitting and within(state.sitting[-1][0], today, rules.report_valid_days):
            bounds.append(rules.sitting_share * state.sitting[-1][1])
    # Rounded first: 0.8 of a whole number of minutes may fall short by a hair.
    return int(max(rules.sitting_floor, round(min(bounds), 6))) if bounds else None


def _budget(state: State) -> float | None:
    """Return the budget below the stage's cap; None if the stage sets none."""
    cap, own = state.rules.sitting_caps.get(state.stage), state.sitting_budget.minutes
    return cap if cap is None or own is None else min(cap, own)


def take_report(state: State, page: Page, today: date) -> None:
    """Let the minutes told today bound the budget."""
    minutes, own = page.sitting_minutes, state.sitting_budget.minutes
    if minutes is None:
        return
    if own is None:
        begin(state, minutes)
        return
    least = own if _held(state, today) else state.rules.sitting_share * minutes
    bounded = max(state.rules.sitting_floor, min(max(own, least), minutes))
    state.sitting_budget = replace(state.sitting_budget, minutes=bounded)


def take_day(state: State, page: Page, today: date) -> None:
    """Move the budget by what is known of ``today`` at its end."""
    rules, known = state.rules, state.sitting_budget
    budget = _budget(state)
    if budget is None:
        return
    pains = list(_pains(page))
    if not pains:
        return
    if max(pains) > rules.sitting_sore:
        less = budget * (1 - rules.sitting_shrink)
        state.sitting_budget = Budget(max(rules.sitting_floor, less))
    elif max(pains) > rules.coped_max or state.flare is not None:
        state.sitting_budget = replace(known, greens=0)
    elif not _masked(page):
        greens = known.greens + 1
        if greens < rules.sitting_growth_days or _held(state, today):
            state.sitting_budget = replace(known, greens=greens)
        else:
            state.sitting_budget = Budget(_grown(state))


def _grown(state: State) -> float | None:
    """Return the budget a step longer; one that is above the cap stays for the next stage."""
    rules, own = state.rules, state.sitting_budget.minutes
    if own is None:
        return None
    step = max(rules.sitting_growth_min, own * rules.sitting_growth)
    return max(own, min(rules.sitting_caps[state.stage], own + step))


def _held(state: State, today: date) -> bool:
    """Return whether nothing may rise: in a flare-up, and for some days after it (c5)."""
    held = state.hold_until is not None and today <= state.hold_until
    return state.flare is not None or held


def _pains(page: Page) -> Iterator[float]:
    """Yield every score about the day."""
    yield from (pain for pain, _masked in page.scores.values())
    told = [page.rest_pain, *(test.pain for test in page.tests)]
    for done in (page.session, page.run):
        if done is not None:
            told += [done.pain_during, done.pain_after]
    yield from (pain for pain in told if pain is not None)


def _masked(page: Page) -> bool:
    """Return whether a painkiller may have made the day look calm (c6)."""
    trained = (done for done in (page.session, page.run) if done is not None)
    masked = any(masked for _pain, masked in page.scores.values())
    return masked or any(told.painkiller for told in (*trained, *page.tests))
