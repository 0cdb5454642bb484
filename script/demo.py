"""Fill a configuration folder with the demo's programme and its diary.

Called as `script/demo.py CONFIG_DIR [--runner]`, once, before Home Assistant first starts there.
Nothing is painted: six weeks of reports go through the same decisions a person's would, and stage,
doses and responses come from replaying them. The runner is further on, and on the way back to
running.
"""

import itertools
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from custom_components.pht_rehab.config_flow import OPTIONS, RehabConfigFlow
from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.codec import encode
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.criteria import check, ready
from custom_components.pht_rehab.domain.decide import Decision, Moment
from custom_components.pht_rehab.domain.facts import Fact, SetUp
from custom_components.pht_rehab.domain.strands import RUNS
from custom_components.pht_rehab.store import Journal

NAME: Final = "Alex"
ENTRY_ID: Final = "01JDEM0PR0GRAMME0000000000"
HEADER: Final = frozenset({"kind", "log_id", "on", "logged_at"})
WEEKS: Final = 6
MORNING: Final = time(7, 10)
AFTERNOON: Final = time(13, 30)
EVENING: Final = time(18, 40)
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MORNINGS: Final = {
    **dict.fromkeys(range(1, 6), 2.5),
    **dict.fromkeys(range(6, 13), 2.0),
    **dict.fromkeys(range(13, 24), 1.5),
    24: 3.0,  # the morning after a day of meetings
    33: 4.0,  # after a session that was too much
    34: 2.5,
    35: 2.0,
}
SESSION_PAIN: Final = {3: 3.0, 23: 3.5, 32: 6.0}
FORGOTTEN: Final = {5, 28}  # no session, although planned
UNSCORED: Final = {17}  # no morning check


def story(today: date, *, runner: bool = False) -> Iterator[Fact]:
    """Yield the facts of six weeks up to this morning, oldest first."""
    start = today - timedelta(weeks=WEEKS)
    ids = (f"demo-{number:04d}" for number in itertools.count(1))
    set_up = _set_up(start, today, next(ids))
    if runner:
        set_up = replace(set_up, goal="running", stage="hip_flexion", training_days=WEEKDAYS)
    yield set_up
    course = Course([set_up])
    if runner:
        at = Moment(set_up.logged_at, lambda: next(ids))
        for fact in decide.set_stage(course, at, stage="hip_flexion", dose_step="R1").facts:
            course.add(fact)
            yield fact
    for number in range(WEEKS * 7 + 1):
        day = start + timedelta(days=number)
        for clock, report in _reports(course, number, today=day == today):
            at = Moment(datetime.combine(day, clock, UTC), lambda: next(ids))
            for fact in report(at).facts:
                course.add(fact)
                yield fact


def _set_up(start: date, today: date, log_id: str) -> SetUp:
    # Today is a training day, so that there is something to tick.
    days = {(today.weekday() + shift) % 7 for shift in (0, 2, 4)}
    return SetUp(
        log_id=log_id,
        on=start,
        logged_at=datetime.combine(start, time(9), UTC),
        side="left",
        goal="everyday",
        training_days=tuple(WEEKDAYS[day] for day in sorted(days)),
        session_time="18:00",
        morning_time="07:00",
        rules_version=1,
        morning_pain=3,
        equipment=("mat", "band", "step"),
        clinician_confirmed=True,
        rest_pain=2,
        sitting_minutes=20,
        lasting_symptoms=False,
        running_now=False,
        tests={"two_leg_bridge": 3},
    )


type Report = Callable[[Moment], Decision]


def _reports(course: Course, number: int, *, today: bool) -> Iterator[tuple[time, Report]]:
    """Yield what the person reports on a day, each decided with what was known by then."""
    if number and number not in UNSCORED:
        pain = MORNINGS.get(number, 1.0)
        yield (
            MORNING,
            lambda at: decide.log_morning_check(
                course,
                at,
                pain=pain,
                pain_after=1,
                rest_pain=1,
                sitting_minutes=20 + number,
                night_waking=False,
            ),
        )
    if number == 23:  # noqa: PLR2004
        yield time(17), lambda at: decide.log_event(course, at, event="long_sitting", minutes=240)
    yield time(7, 20), lambda at: step_on(course, at)
    if today:
        return
    yield AFTERNOON, lambda at: do_run(course, at)
    if number and number % 7 == 0:
        yield EVENING, lambda at: answer_week(course, at, number // 7)
    yield EVENING, lambda at: pass_tests(course, at)
    if number not in FORGOTTEN:
        yield EVENING, lambda at: do_session(course, at, SESSION_PAIN.get(number, 1.0))


def step_on(course: Course, at: Moment) -> Decision:
    """Confirm the next stage once it is ready, and do its first morning test."""
    state = course.today(at.today, at.now.time()).state
    return decide.progress(course, at) if ready(state, at.today) else Decision()


def pass_tests(course: Course, at: Moment) -> Decision:
    """Do the capacity tests planned today, and pass them."""
    day = course.today(at.today, at.now.time())
    targets = {line.criterion.test: line.criterion.target for line in check(day.state, at.today)}
    facts: list[Fact] = []
    for test in day.plan.tests:
        reps = targets.get(test, 20) + 2
        facts += decide.log_test(course, at, test=test, value=reps, other_side=reps, pain=1).facts
    return Decision(tuple(facts))


def answer_week(course: Course, at: Moment, week: int) -> Decision:
    """Fill in the weekly check, a little better each week."""
    return decide.log_weekly_check(
        course,
        at,
        longest_sitting=(15, 30, 30, 45, 45)[week - 1],
        worst_pain=(6, 5, 5, 4, 4)[week - 1],
        bending_pain=(4, 4, 3, 3, 2)[week - 1],
        walking_pain=(3, 2, 2, 1, 1)[week - 1],
        activity_share=(20, 30, 40, 45, 50)[week - 1],
        hardest_activity="easy" if week < 3 else "moderate",  # noqa: PLR2004
        confidence=3 + week,
        disturbed_nights=max(0, 3 - week),
        bridge_reps=4 * week,
        overall=30 + 7 * week,
    )


def do_session(course: Course, at: Moment, pain: float) -> Decision:
    """Do what the day asks, if it asks anything, with this pain."""
    plan = course.today(at.today, at.now.time()).plan
    if not plan.anything:
        return Decision()
    effort = None if plan.light else 7
    return decide.log_session(course, at, pain_during=pain, effort=effort)


def do_run(course: Course, at: Moment) -> Decision:
    """Run what the day asks, if it asks for a run."""
    dose = course.today(at.today, at.now.time()).plan.run
    if dose is None:
        return Decision()
    step = RUNS[dose.step]
    minutes = dose.minutes or 40
    return decide.log_run(
        course, at, minutes=minutes, pain_during=1, pain_after=1, hills=step.hills, fast=step.fast
    )


def seed(config_dir: Path, today: date, *, runner: bool = False) -> None:
    """Write the programme's config entry and log, as Home Assistant would have left them."""
    facts = list(story(today, runner=runner))
    storage = config_dir / ".storage"
    storage.mkdir(parents=True, exist_ok=True)
    journal = Journal(storage / f"{DOMAIN}.{ENTRY_ID}.jsonl")
    journal.create(facts)
    answers = {key: value for key, value in encode(facts[0]).items() if key not in HEADER}
    entry: dict[str, object] = {
        "created_at": facts[0].logged_at.isoformat(),
        "data": {
            "name": NAME,
            "set_up": {"date": facts[0].on.isoformat(), **answers},
            "journal_created": True,
        },
        "disabled_by": None,
        "discovery_keys": {},
        "domain": DOMAIN,
        "entry_id": ENTRY_ID,
        "minor_version": RehabConfigFlow.MINOR_VERSION,
        "modified_at": facts[0].logged_at.isoformat(),
        "options": {name: answers[name] for name in OPTIONS} | {"spoken_symptoms": False},
        "pref_disable_new_entities": False,
        "pref_disable_polling": False,
        "source": "user",
        "subentries": [],
        "title": NAME,
        "unique_id": f"{NAME.lower()}_{answers['side']}",
        "version": RehabConfigFlow.VERSION,
    }
    stored = {"version": 1, "minor_version": 5, "key": "core.config_entries"}
    (storage / "core.config_entries").write_text(
        json.dumps(stored | {"data": {"entries": [entry]}})
    )


if __name__ == "__main__":
    seed(Path(sys.argv[1]), date.today(), runner="--runner" in sys.argv)  # noqa: DTZ011
