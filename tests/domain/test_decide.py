"""What can be recorded, and every refusal with its key and its field; nothing changes then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.checks import first_day
from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.decide import EVENTS, Decision, Moment
from custom_components.pht_rehab.domain.facts import (
    MorningChecked,
    OptionsChanged,
    RulesAdopted,
    SessionReported,
    StageConfirmed,
    Unlocked,
    Voided,
)
from custom_components.pht_rehab.domain.model import RehabError, Response, Stage
from custom_components.pht_rehab.domain.rules import RULES
from tests.domain.builders import EVENING, START, History

NUMBERS = count()


def at(day: int, hour: int = 20) -> Moment:
    now = datetime.combine(START, datetime.min.time(), UTC) + timedelta(days=day, hours=hour)
    return Moment(now, lambda: f"new-{next(NUMBERS)}")


def on(day: int) -> date:
    return START + timedelta(days=day)


def told() -> History:
    return History(step="S2.3").calm(0, 6)


def locked() -> History:
    return told().symptoms(6, "unrelenting_pain")


def paused() -> History:
    return told().pause(7)


def held() -> History:
    return told().symptoms(7, "fluoroquinolone_or_steroids")


type Act = Callable[[Course], Decision]

BAD_SCORES: list[Any] = [-0.5, 10.5, 0.25, 3.3, True, "3", float("nan"), float("inf"), [3]]
BAD_AMOUNTS: list[Any] = [-1, float("inf"), float("nan"), True, "30"]


def session(**values: Any) -> Act:
    return lambda course: decide.log_session(course, at(7), **values)


def morning(**values: Any) -> Act:
    return lambda course: decide.log_morning_check(course, at(7), **values)


def test_of(**values: Any) -> Act:
    return lambda course: decide.log_test(course, at(7), **values)


test_of.__test__ = False  # type: ignore[attr-defined]


def event(**values: Any) -> Act:
    return lambda course: decide.log_event(course, at(7), **values)


def stage(**values: Any) -> Act:
    return lambda course: decide.set_stage(course, at(7), **values)


def progress(**values: Any) -> Act:
    return lambda course: decide.progress(course, at(7), **values)


LONG = "x" * 501

SCORED: list[tuple[str, Callable[[Any], Act]]] = [
    ("pain_during", lambda value: session(pain_during=value)),
    ("pain_after", lambda value: session(pain_after=value)),
    ("effort", lambda value: session(effort=value)),
    ("pain", lambda value: morning(pain=value)),
    ("pain_after", lambda value: morning(pain=1, pain_after=value)),
    ("rest_pain", lambda value: morning(pain=1, rest_pain=value)),
    ("pain", lambda value: test_of(test="arabesques", value=1, pain=value)),
]
COUNTED: list[tuple[str, Callable[[Any], Act]]] = [
    ("completed", lambda value: session(completed=value)),
    ("sitting_minutes", lambda value: morning(pain=1, sitting_minutes=value)),
    ("value", lambda value: test_of(test="hops", value=value)),
    ("other_side", lambda value: test_of(test="hops", value=1, other_side=value)),
    ("minutes", lambda value: event(event="travel", minutes=value)),
]
DATED: list[Callable[[date], Act]] = [
    lambda about: session(on=about),
    lambda about: morning(pain=1, on=about),
    lambda about: test_of(test="hops", value=1, on=about),
    lambda about: event(event="travel", on=about),
    lambda about: lambda course: decide.skip_session(course, at(7), on=about),
]

REFUSALS: list[tuple[Callable[[], History], Act, str, str]] = [
    # scores are 0 to 10 in halves
    *[(told, make(value), "not_a_score", field) for value in BAD_SCORES for field, make in SCORED],
    (told, morning(pain=None), "not_a_score", "pain"),
    (told, lambda course: decide.score_session(course, at(7), 11), "not_a_score", "pain_during"),
    (told, lambda course: decide.score_morning(course, at(7), 11), "not_a_score", "pain"),
    # amounts
    *[
        (told, make(value), "out_of_range", field)
        for value in BAD_AMOUNTS
        for field, make in COUNTED
    ],
    (told, session(completed=100.5), "out_of_range", "completed"),
    (told, morning(pain=1, sitting_minutes=1441), "out_of_range", "sitting_minutes"),
    (told, test_of(test="hops", value=1001), "out_of_range", "value"),
    (told, event(event="travel", minutes=1441), "out_of_range", "minutes"),
    # dates
    *[
        (told, make(on(day)), key, "date")
        for day, key in ((8, "date_in_future"), (-1, "before_start"))
        for make in DATED
    ],
    (
        lambda: History().quiet(1, 20),
        lambda course: decide.log_session(course, at(20), on=on(5)),
        "date_too_old",
        "date",
    ),
    # names
    (told, session(exercises=["nothing"]), "unknown_exercise", "exercises"),
    (told, session(exercises=["arabesque_test"]), "unknown_exercise", "exercises"),
    (told, session(dose_step="S9.9"), "unknown_dose_step", "dose_step"),
    (told, lambda course: decide.tick(course, at(7), "nothing"), "unknown_exercise", "exercises"),
    (told, test_of(test="nothing", value=1), "unknown_test", "test"),
    (told, test_of(test="hops"), "nothing_given", "value"),
    (told, test_of(test="hops", other_side=3), "nothing_given", "value"),
    (told, event(event="nothing"), "unknown_event", "kind"),
    (
        told,
        lambda course: decide.report_symptoms(course, at(7), symptoms=["nothing"]),
        "unknown_symptom",
        "symptoms",
    ),
    (told, stage(stage="nothing"), "unknown_stage", "stage"),
    (told, stage(stage="isotonic", dose_step="E2"), "unknown_dose_step", "dose_step"),
    (told, stage(stage="maintenance", dose_step="E2"), "unknown_dose_step", "dose_step"),
    (told, stage(stage="energy_storage", dose_step="S3.b3"), "unknown_dose_step", "dose_step"),
    (told, stage(stage="energy_storage", dose_step="S6"), "unknown_dose_step", "dose_step"),
    (told, stage(stage="return_to_sport", dose_step="S3.c3"), "unknown_dose_step", "dose_step"),
    (told, stage(stage="isotonic", dose_step="R10"), "unknown_dose_step", "dose_step"),
    (
        lambda: History(stage="hip_flexion", goal="running"),
        stage(stage="energy_storage", dose_step="R10"),  # a run belongs to the stage it is at
        "unknown_dose_step",
        "dose_step",
    ),
    (told, stage(stage="isotonic", dose_step="S3.a1"), "unknown_dose_step", "dose_step"),
    (told, stage(stage="isotonic", dose_step="nothing"), "unknown_dose_step", "dose_step"),
    # texts
    (told, session(session_id=LONG), "too_long", "session_id"),
    (told, session(session_id="\ud800"), "not_text", "session_id"),
    (told, stage(stage="isotonic", reason=LONG), "too_long", "reason"),
    (told, lambda course: decide.pause(course, at(7), reason=LONG), "too_long", "reason"),
    (paused, lambda course: decide.resume(course, at(7), reason=LONG), "too_long", "reason"),
    (told, lambda course: decide.skip_session(course, at(7), reason=LONG), "too_long", "reason"),
    (locked, lambda course: decide.unlock(course, at(7), reason=LONG), "too_long", "reason"),
    (told, progress(anyway=True, reason=LONG), "too_long", "reason"),
    # locked and paused
    (locked, session(), "locked", "date"),
    (locked, lambda course: decide.score_session(course, at(7), 3), "locked", "date"),
    (locked, lambda course: decide.tick(course, at(7), "front_plank"), "locked", "date"),
    (paused, session(), "paused", "date"),
    (paused, lambda course: decide.score_session(course, at(7), 3), "paused", "date"),
    (locked, progress(anyway=True, reason="mine"), "locked", ""),
    (held, progress(anyway=True, reason="mine"), "locked", ""),
    (paused, progress(anyway=True, reason="mine"), "paused", ""),
    (locked, stage(stage="isotonic"), "locked", ""),
    # stages
    (told, progress(), "criteria_unmet", "anyway"),
    (told, progress(anyway=True), "reason_needed", "reason"),
    (told, progress(anyway=True, reason="  "), "reason_needed", "reason"),
    (lambda: History(stage="maintenance"), progress(anyway=True), "nothing_above", ""),
    (
        lambda: History(stage="maintenance", goal="running"),
        progress(anyway=True, reason="mine"),
        "nothing_above",
        "",
    ),
    # unlocking
    (told, lambda course: decide.unlock(course, at(7), reason="fine"), "not_locked", ""),
    (locked, lambda course: decide.unlock(course, at(7), reason=" "), "reason_needed", "reason"),
    (held, lambda course: decide.unlock(course, at(7), reason=""), "reason_needed", "reason"),
    # pauses
    (told, lambda c: decide.pause(c, at(7), until=on(7)), "until_not_after_today", "until"),
    (told, lambda c: decide.pause(c, at(7), until=on(3)), "until_not_after_today", "until"),
    (told, lambda course: decide.resume(course, at(7)), "not_paused", ""),
    # taking back
    (told, lambda c: decide.void_entry(c, at(7), log_id="nothing"), "unknown_entry", "log_id"),
    (told, lambda c: decide.void_entry(c, at(7), log_id="set-up"), "entry_needed", "log_id"),
]


@pytest.mark.parametrize(("story", "act", "key", "field"), REFUSALS)
def test_refused(story: Callable[[], History], act: Act, key: str, field: str) -> None:
    course = story().course
    before = dict(course.facts)
    with pytest.raises(RehabError, match=f"^{key}$") as refused:
        act(course)
    assert (refused.value.key, refused.value.field) == (key, field)
    assert refused.value.placeholders["field"] == field
    assert course.facts == before


def test_long_names_are_shortened_in_the_message() -> None:
    with pytest.raises(RehabError) as refused:
        decide.log_event(told().course, at(7), event="x" * 400)
    assert len(refused.value.placeholders["value"]) == 50


@pytest.mark.parametrize("value", [0, 0.5, 3, 9.5, 10, None])
def test_scores_that_are_taken(value: float | None) -> None:
    made = decide.log_session(told().course, at(7), pain_during=value, effort=value)
    fact = made.facts[0]
    assert isinstance(fact, SessionReported)
    assert (fact.pain_during, fact.effort) == (value, value)


@pytest.mark.parametrize("event_", EVENTS)
def test_every_event_is_taken(event_: str) -> None:
    assert decide.log_event(told().course, at(7), event=event_, minutes=0).facts


def test_fourteen_days_back_are_open() -> None:
    course = History().quiet(1, 20).course
    made = decide.log_morning_check(course, at(20), pain=1, on=on(6))
    assert made.facts[0].on == on(6)


def test_a_clock_set_back_before_the_start_is_the_start() -> None:
    made = decide.log_event(History().course, at(-3), event="travel")
    assert made.facts[0].on == START


def test_lone_surrogates_are_no_text_but_line_breaks_are() -> None:
    made = decide.skip_session(told().course, at(7), reason="one\ntwo 😀")
    assert made.facts


def test_a_course_needs_a_set_up() -> None:
    with pytest.raises(RehabError, match="no_set_up"):
        Course([])


def test_the_set_up_counts_whenever_it_was_typed_in() -> None:
    story = History().quiet(1, 3)
    facts = list(story.course.facts.values())
    first = replace(facts[0], logged_at=facts[-1].logged_at + timedelta(days=1))
    course = Course([*facts[1:], first])
    assert course.set_up == first
    assert course.start == START


def test_an_edition_of_the_rules_is_in_force_from_its_day() -> None:
    story = told()
    plain = story.at(7).plan
    story.add(RulesAdopted(log_id="rules", on=on(5), logged_at=at(5).now, rules_version=1))
    assert story.state(7).rules is RULES[1]
    assert story.at(7).plan == plain


# Sessions


def test_the_same_session_id_records_once() -> None:
    story = told()
    first = decide.log_session(story.course, at(7), pain_during=1, session_id="s-1")
    story.take(first)
    again = decide.log_session(story.course, at(7), pain_during=9, session_id="s-1")
    assert again == Decision((), first.log_id)
    other = decide.log_session(story.course, at(7), pain_during=1, session_id="s-2")
    assert len(other.facts) == 1
    story.take(decide.pause(story.course, at(8)))
    late = decide.log_session(story.course, at(8), session_id="s-1")  # even while paused
    assert late == Decision((), first.log_id)


def test_a_session_taken_back_may_be_reported_again() -> None:
    story = told()
    story.take(decide.log_session(story.course, at(7), pain_during=1, session_id="s-1"))
    story.void(7)
    assert decide.log_session(story.course, at(7), pain_during=1, session_id="s-1").facts


def test_a_session_carries_the_step_its_plan_showed() -> None:
    story = told()
    fact = decide.log_session(story.course, at(7)).facts[0]
    assert isinstance(fact, SessionReported)
    assert fact.prescribed_step == story.planned(7)
    assert fact.exercises is None
    assert [item.prescribed.id for item in story.overview(7).items] == list(fact.prescribed)


def test_ticks_and_unticks() -> None:
    story = told()
    names = [item.prescribed.id for item in story.overview(7).items]
    for name in names[:2]:
        story.take(decide.tick(story.course, at(7), name))
    assert decide.tick(story.course, at(7), names[0]) == Decision()  # done already
    assert [item.done for item in story.overview(7).items] == [True, True] + [False] * (
        len(names) - 2
    )
    assert story.overview(7).session_open
    story.take(decide.untick(story.course, at(7), names[0]))
    assert [item.done for item in story.overview(7).items][:2] == [False, True]
    assert decide.untick(story.course, at(7), names[0]) == Decision()
    story.take(decide.tick(story.course, at(7), names[0]))
    for name in names[2:]:
        story.take(decide.tick(story.course, at(7), name))
    assert not story.overview(7).session_open


def test_all_ticked_is_done_and_not_green() -> None:
    story = told()
    for item in story.overview(7).items:
        story.take(decide.tick(story.course, at(7), item.prescribed.id))
    story.morning(8)
    record = story.record(7)
    assert (record.share, record.response, record.gap) == (1, Response.AMBER, True)
    story.take(decide.score_session(story.course, at(7), 1))
    assert story.verdict(7) is Response.GREEN


def test_one_exercise_with_its_score_leaves_the_rest_to_do() -> None:
    story = told()
    first, *others = [item.prescribed.id for item in story.overview(7).items]
    story.session(7, 2, exercises=[first])
    now = story.overview(7)
    assert (now.session_open, now.session_pain_today, now.next_session) == (True, 2, on(7))
    assert [item.done for item in now.items] == [True] + [False] * len(others)
    for name in others:
        assert story.overview(7).session_open
        story.take(decide.tick(story.course, at(7), name))
    assert not story.overview(7).session_open


@pytest.mark.parametrize("rest", [{}, {"exercises": [], "cut_short": True}])
def test_the_whole_or_its_end_completes_a_session_begun(rest: dict[str, Any]) -> None:
    story = told()
    story.session(7, 2, exercises=["long_lever_bridge_double"])
    assert story.overview(7).session_open
    story.session(7, 3, **rest)
    assert not story.overview(7).session_open


def test_a_part_with_its_score_is_judged_as_it_is() -> None:
    story = told()
    name = story.overview(7).items[0].prescribed.id
    story.session(7, 6, exercises=[name])
    assert story.overview(7).session_open
    assert story.verdict(7, 7) is Response.RED


def test_an_exercise_taken_back_from_a_whole_session_is_to_do_again() -> None:
    story = told().session(7, 2)
    name = story.overview(7).items[0].prescribed.id
    assert not story.overview(7).session_open
    story.take(decide.untick(story.course, at(7, 21), name))
    assert story.overview(7, "22:00").session_open


def test_unticking_a_whole_session_keeps_its_pain() -> None:
    story = told()
    story.session(7, 2, effort=6)
    names = [item.prescribed.id for item in story.overview(7).items]
    for name in names:
        story.take(decide.untick(story.course, at(7, 21), name))
    assert not any(item.done for item in story.overview(7, "22:00").items)
    assert story.overview(7, "22:00").session_pain_today == 2
    assert story.record(7, 7).share == 0


def test_unticking_the_only_exercise_leaves_nothing() -> None:
    story = told()
    name = story.overview(7).items[0].prescribed.id
    story.take(decide.tick(story.course, at(7), name))
    made = decide.untick(story.course, at(7), name)
    assert [type(fact) for fact in made.facts] == [Voided]
    story.take(made)
    assert story.at(7).page.session is None


# A score given again adds nothing


def test_the_score_of_a_session_again() -> None:
    story = told()
    story.take(decide.score_session(story.course, at(7), 3))
    assert decide.score_session(story.course, at(7), 3) == Decision()
    assert decide.score_session(story.course, at(7), 3.0) == Decision()
    assert decide.score_session(story.course, at(7), 2).facts
    assert story.overview(7).session_pain_today == 3
    assert story.state(7).last_session != story.on(7)  # a score is no session


def test_a_lower_score_corrects_the_day() -> None:
    story = told().session(7, 6)
    assert story.verdict(7, 7) is Response.RED
    story.take(decide.score_session(story.course, at(7, 21), 2)).morning(8)
    assert story.verdict(7) is Response.GREEN


def test_a_whole_session_again() -> None:
    story = told()
    name = story.overview(7).items[0].prescribed.id
    story.take(decide.tick(story.course, at(7), name))
    story.take(decide.complete_session(story.course, at(7)))
    assert not story.overview(7).session_open
    assert decide.complete_session(story.course, at(7)) == Decision()
    story.take(decide.complete_session(story.course, at(7), pain=6, effort=5))
    assert decide.complete_session(story.course, at(7), pain=6, effort=5) == Decision()
    assert decide.complete_session(story.course, at(7)) == Decision()
    story.take(decide.complete_session(story.course, at(7), pain=1))
    session = story.at(7).page.session
    assert session is not None
    assert (session.pain_during, session.effort) == (1, 5)


def test_the_score_of_a_session_reported_before_a_lock_again() -> None:
    story = told().session(7, 3, clock="08:00").symptoms(7, "unrelenting_pain")
    assert decide.score_session(story.course, at(7), 3) == Decision()


def test_the_score_of_the_morning_again() -> None:
    story = told().morning(7, 2)
    assert decide.score_morning(story.course, at(7), 2) == Decision()
    made = decide.score_morning(story.course, at(7), 3)
    fact = made.facts[0]
    assert isinstance(fact, MorningChecked)
    assert (fact.pain, fact.test) == (3, "long_lever_bridges")
    assert story.take(made).overview(7).morning_pain_today == 3


def test_a_day_off_again() -> None:
    story = told().skip(7)
    assert decide.skip_session(story.course, at(7)) == Decision()


# Choices


def test_anyway_keeps_its_reason() -> None:
    fact = decide.progress(told().course, at(7), anyway=True, reason="mine").facts[0]
    assert isinstance(fact, StageConfirmed)
    assert (fact.stage, fact.anyway, fact.reason) == ("hip_flexion", True, "mine")


def test_unlock_keeps_its_reason() -> None:
    fact = decide.unlock(locked().course, at(8), reason="seen on Monday").facts[0]
    assert isinstance(fact, Unlocked)
    assert fact.reason == "seen on Monday"


def test_a_stage_may_be_set_in_a_pause() -> None:
    story = paused()
    story.take(decide.set_stage(story.course, at(7), stage="isometric", dose_step="I1.2"))
    assert story.state(7, EVENING).stage is Stage.ISOMETRIC
    assert story.step(7) == "I1.2"


def test_taking_back_twice() -> None:
    story = told().session(7, 9)
    entry = story.ids[-1]
    story.void(7, entry)
    with pytest.raises(RehabError, match="already_voided"):
        decide.void_entry(story.course, at(7), log_id=entry)
    gone = next(fact for fact in story.course.facts.values() if isinstance(fact, Voided))
    with pytest.raises(RehabError, match="unknown_entry"):
        decide.void_entry(story.course, at(7), log_id=gone.log_id)


def test_settings_cannot_be_taken_back() -> None:
    story = told().options(6, goal="sport")
    with pytest.raises(RehabError, match="entry_needed"):
        decide.void_entry(story.course, at(7), log_id=story.ids[-1])


def test_only_changed_settings_are_recorded() -> None:
    story = told()
    days = ("mon", "wed", "fri")
    same = decide.change_options(story.course, at(7), goal="everyday", training_days=days)
    assert same == Decision()
    made = decide.change_options(
        story.course, at(7), goal="sport", training_days=days, equipment=None
    )
    fact = made.facts[0]
    assert isinstance(fact, OptionsChanged)
    assert (fact.goal, fact.training_days, fact.equipment) == ("sport", None, None)
    story.take(made)
    assert decide.change_options(story.course, at(8), goal="sport") == Decision()
    assert decide.change_options(story.course, at(8), goal="everyday").facts


def test_settings_are_in_force_from_their_day() -> None:
    story = told().options(7, training_days=("tue", "thu"), equipment=("band",))
    assert story.kind(4).value == "loading"  # the past stays
    assert story.planned(9) is None  # a Wednesday
    assert story.planned(10) is not None
    assert story.course.settings["training_days"] == ("tue", "thu")


def test_an_empty_session_id_is_none() -> None:
    told = History()
    for _ in range(2):
        told.take(decide.log_session(told.course, told.moment(0, "18:00"), session_id=""))
    assert len(told.course.reported_sessions(told.on(0))) == 2


@pytest.mark.parametrize(("today", "oldest"), [(0, 0), (13, 0), (14, 0), (15, 1)])
def test_the_oldest_date_that_can_be_told(today: int, oldest: int) -> None:
    history = told()
    assert first_day(history.course, history.on(today)) == history.on(oldest)


@pytest.mark.parametrize(("whole", "due"), [(False, True), (True, False)])
def test_a_part_leaves_the_rest_due_unless_nothing_follows(*, whole: bool, due: bool) -> None:
    told = History(stage="isotonic")
    first = told.at(0).plan
    assert first.dose is not None
    exercise = told.overview(0).items[0].prescribed.id
    moment = told.moment(0, "19:00")
    told.take(
        decide.log_session(told.course, moment, pain_during=1, exercises=[exercise], whole=whole)
    )
    assert told.overview(0).session_open is due
    session = told.at(0).page.session
    assert session is not None
    assert session.covered == {exercise: 1}
