"""Four people's logs as they are stored, and what the rules made of each day.

``python -m tests.domain.golden`` writes the files anew: do that only for a change that is meant
to move them, and read the difference before keeping it.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Final

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.codec import encode
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.facts import Fact
from custom_components.pht_rehab.domain.model import DayKind
from tests.domain.builders import History

FOLDER: Final = Path(__file__).parent / "golden"
EVENING: Final = time(22)

type Row = list[str | int | None]


def trail(facts: Iterable[Fact]) -> list[Row]:
    """Return date, stage, dose step, kind of day and response, from the first day to the last."""
    course = Course(facts)
    last = max(fact.on for fact in course.facts.values())
    final = course.today(last, EVENING)
    rows: list[Row] = []
    on: date = course.start
    while on <= last:
        now = course.today(on, EVENING)
        judged = course.judgement(on, course.today(min(on + timedelta(days=2), last), EVENING))
        rows.append(
            [
                on.isoformat(),
                now.state.stage.value,
                now.state.dose.id,
                now.plan.kind.value,
                None if judged is None else judged.response.value,
            ]
        )
        on += timedelta(days=1)
    assert final.state.day == last
    return rows


def _live(told: History, first: int, last: int, mornings: str, pains: str = "1") -> None:
    """Live days; the strings hold whole scores by turns, ``-`` for none."""
    for day in range(first, last + 1):
        score = mornings[(day - first) % len(mornings)]
        if day and score != "-":
            told.morning(day, float(score), rest=1, sitting=40 + day % 3 * 5, night=False)
        if told.overview(day, "08:00").standing.ready:
            told.confirm(day, clock="09:00")
            now = told.at(day, "09:30").plan.morning_test
            if now is not None and now not in told.at(day, "09:30").state.today_scores:
                told.morning(day, 1, clock="09:40")
        pain = pains[day % len(pains)]
        if told.at(day).plan.anything and pain != "-":
            told.session(day, float(pain), min(3, float(pain)), effort=7)
            for test in told.at(day).plan.tests:
                told.test(day, test, 24, other=25, pain=1)


def calm() -> History:
    """A calm course from placement in P1, on Mondays, Wednesdays and Fridays."""
    told = History(
        stage=None,
        morning_pain=2,
        rest_pain=1,
        sitting=30,
        tests={"one_leg_bridges": 4},
        equipment=("mat", "band"),
    )
    _live(told, 0, 63, "2211", "2132")
    return told


def flare() -> History:
    """P2 to P3 with a flare-up after a journey, and a RED later on."""
    told = History(stage="isotonic", step="S2.3", rest_pain=1, sitting=45, equipment=("sliders",))
    _live(told, 0, 17, "112", "12")
    told.event(18, "travel", minutes=420)
    for day, pain in enumerate((4, 5, 4, 3, 2, 2), 18):
        told.morning(day, pain, rest=2 if pain > 3 else 1, sitting=15, night=pain > 4)
        if told.at(day).plan.dose is not None:
            told.session(day, 2, 2)
    _live(told, 24, 40, "121", "12")
    day = next(day for day in range(41, 50) if told.kind(day) is DayKind.LOADING)
    _live(told, 41, day - 1, "1", "1")
    told.morning(day, 1).session(day, 6, cut_short=True)
    told.symptoms(day + 1)
    _live(told, day + 1, day + 21, "112", "12")
    return told


def gaps() -> History:
    """Holidays, an illness, days off, extra sessions and a pause, in P3 with a running goal."""
    told = History(
        stage="hip_flexion",
        step="S3.a3",
        goal="running",
        days=("mon", "tue", "thu", "sat"),
        rest_pain=0,
        sitting=60,
        equipment=("mat", "weights", "bench", "step"),
    )
    _live(told, 0, 12, "11", "12")
    told.skip(14)
    told.session(15, 1).session(16, 2)  # the day after: an extra one
    _live(told, 17, 21, "1")
    told.event(22, "illness_started").event(28, "illness_ended")
    _live(told, 29, 40, "1-1", "1")
    told.pause(41, until=60)
    _live(told, 60, 75, "12", "2")
    told.options(75, training_days=("mon", "wed", "fri"))
    _live(told, 76, 92, "1", "1")
    return told


def missing() -> History:
    """Half of it never reported, some of it late, some of it wrong and taken back."""
    told = History(stage="isometric", step="I1.2", rest_pain=2, equipment=("mat",))
    for day in range(40):
        if day and day % 3 != 1:
            told.morning(day, 1 + day % 2, painkiller=day % 11 == 5)
        now = told.at(day)
        if not now.plan.anything:
            continue
        if day % 4 == 0:  # ticked, with no pain told
            for item in told.overview(day).items:
                moment = told.moment(day, "19:00")
                told.take(decide.tick(told.course, moment, item.prescribed.id))
        elif day % 4 in (1, 2):
            told.session(day, day % 3, done=60 if day % 5 == 0 else 100)
        if day == 13:
            told.session(13, 8).void(13)  # a slip of the finger
        if day == 20:
            told.session(17, 2, typed=20).morning(16, 1, typed=20)
        if day == 23:
            told.confirm(23, anyway=True)
    return told


STORIES: Final[dict[str, Callable[[], History]]] = {
    "calm": calm,
    "flare": flare,
    "gaps": gaps,
    "missing": missing,
}


def _lines(rows: Iterable[object]) -> str:
    return ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def write() -> None:
    """Write every story's log and trail."""
    for name, story in STORIES.items():
        facts = list(story().course.facts.values())
        stored = _lines(encode(fact) for fact in facts)
        days = _lines(trail(facts))
        path = FOLDER / f"{name}.json"
        path.write_text(f'{{"facts": [\n{stored}\n], "trail": [\n{days}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    write()
