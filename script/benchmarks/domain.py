"""The rules alone: replay, one fact more, the forecast."""

import json
from datetime import UTC, datetime, time, timedelta

from custom_components.pht_rehab.domain.codec import decode, encode
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.facts import MorningChecked
from custom_components.pht_rehab.domain.forecast import HORIZON_DAYS, project
from custom_components.pht_rehab.domain.overview import overview

from .figures import Board, cpu
from .life import END, facts, live, years

GROUP = "rules"
MORNING = datetime.combine(END, time(8), UTC)


def measure(board: Board, *, quick: bool) -> None:
    """Measure the domain."""
    runs = 2 if quick else 5
    for number in (1,) if quick else (1, 5, 10):
        _years(board, number, runs)
    start = tuple(live(END - timedelta(days=1)))
    fresh = Course(start)
    today = fresh.today(END, time(8))

    def whole_course() -> None:
        last = END + timedelta(days=HORIZON_DAYS)
        for _day in project(fresh, today.plan.on, last, check_open=True):
            pass

    board.time(GROUP, "forecast until the next stage", cpu(lambda: overview(fresh, MORNING), runs))
    board.time(GROUP, "forecast of a whole course", cpu(whole_course, runs))


def _years(board: Board, number: int, runs: int) -> None:
    known = facts(years(number))
    stored = [json.dumps(encode(fact)) for fact in known]
    board.time(
        GROUP,
        f"floor: read {number} y of JSON",
        cpu(lambda: [json.loads(line) for line in stored], runs),
    )
    plain = [json.loads(line) for line in stored]
    board.time(GROUP, f"decode {number} y", cpu(lambda: [decode(entry) for entry in plain], runs))
    board.time(
        GROUP,
        f"replay {number} y, {len(known):,} facts",
        cpu(lambda: overview(Course(known), MORNING), runs),
    )
    course = Course(known)
    overview(course, MORNING)
    told = 0

    def one_more() -> None:
        nonlocal told
        told += 1
        fact = MorningChecked(
            log_id=f"more-{told}",
            on=END,
            logged_at=MORNING + timedelta(seconds=told),
            test="arabesques",
            pain=1,
        )
        course.add(fact)
        overview(course, MORNING + timedelta(minutes=1))

    board.time(GROUP, f"one new fact on {number} y", cpu(one_more, 4 * runs))
