"""Two sides shown as one: the worse side governs, the other is told beside it (c1, c10-31)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, Final

from .course import Course, Today
from .facts import MorningChecked, SetUp, SymptomsReported
from .model import DayKind
from .pair import Share, badness, share_out
from .rules import Rules
from .schedule import DayPlan

if TYPE_CHECKING:
    from .overview import Overview, Running, Standing

_BUSY: Final = (DayKind.LOADING, DayKind.LIGHT, DayKind.TEST)


def shares_of(days: Mapping[str, Today]) -> dict[str, Share]:
    """Return what each side does of a day."""
    return share_out({side: (day.state, day.plan) for side, day in days.items()})


def worse_of(views: Mapping[str, Overview], days: Mapping[str, Today]) -> str:
    """Return the side that governs: in a flare-up, at the lower step, or later to rise."""

    def order(side: str) -> tuple[object, ...]:
        then = views[side].next_progression
        late = date.max if then is None else then
        return (badness(days[side].state), -late.toordinal())

    return min(views, key=order)


def combined(
    views: Mapping[str, Overview], days: Mapping[str, Today], parts: Mapping[str, Share]
) -> Overview:
    """Return the worse side's view, with what both sides do (``parts``) and what is open."""
    worse = worse_of(views, days)
    view = views[worse]
    ahead = [one.next_session for one in views.values() if one.next_session is not None]
    limits = [one.sitting_limit for one in views.values() if one.sitting_limit is not None]
    return replace(
        view,
        plan=plan_of({side: part.plan for side, part in parts.items()}, worse),
        next_session=min(ahead, default=None),
        session_open=any(one.session_open for one in views.values()),
        morning_check_open=any(one.morning_check_open for one in views.values()),
        standing=_standing(view.standing, views),
        running=_running(view.running, views, parts[worse].plan),
        sitting_limit=min(limits, default=None),
        sides=tuple(views.items()),
    )


def plan_of(plans: Mapping[str, DayPlan], worse: str) -> DayPlan:
    """Return the day's plan as it is shown: the worse side's, with the tests of both."""
    plan = plans[worse]
    kinds = [one.kind for one in plans.values()]
    kind = next((kind for kind in _BUSY if kind in kinds), plan.kind)
    tests = [test for one in (plan, *plans.values()) for test in one.tests]
    return replace(plan, kind=kind, tests=tuple(dict.fromkeys(tests)))


def _standing(worse: Standing, views: Mapping[str, Overview]) -> Standing:
    reviews = {key for one in views.values() for key in one.standing.reviews}
    flare_up = any(one.standing.flare_up for one in views.values())
    told = [one.standing.missed for one in views.values()]
    missed = max((on for on in told if on is not None), default=None)
    return replace(worse, flare_up=flare_up, reviews=tuple(sorted(reviews)), missed=missed)


def _running(worse: Running | None, views: Mapping[str, Overview], plan: DayPlan) -> Running | None:
    """Return where running stands: only as the worse side allows."""
    if worse is None:
        return None
    told = [one.running for one in views.values() if one.running is not None]
    held = next((one.not_today for one in told if one.not_today is not None), None)
    return replace(worse, today=plan.run, not_today=held)


def other_hurts(course: Course, rules: Rules, today: date) -> bool:
    """Return whether the side that is not followed was said to hurt (g1 K16, c10-31)."""
    scores: list[float] = []
    for on in course.diary.dates(today - timedelta(days=rules.other_side_days), today):
        for fact in course.diary.counted(on):
            if isinstance(fact, SetUp | SymptomsReported) and "other_side" in fact.symptoms:
                return True
            if isinstance(fact, MorningChecked) and fact.side not in (None, course.set_up.side):
                scores.append(fact.pain)
    if not scores:
        return False
    *before, last = scores
    rise = last - median(before or [last])
    return last >= rules.newly_sore_first or rise >= rules.newly_sore_rise
