"""Storing facts, and putting them together day by day, whatever order they arrive in."""

import itertools
import json
from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from custom_components.pht_rehab.domain.codec import CodecError, decode, encode
from custom_components.pht_rehab.domain.diary import Diary
from custom_components.pht_rehab.domain.facts import (
    FACTS,
    EventLogged,
    Fact,
    MorningChecked,
    NoteWritten,
    OptionsChanged,
    Paused,
    ProtocolAdopted,
    Resumed,
    RulesAdopted,
    RunNoticed,
    RunReported,
    SessionReported,
    SessionSkipped,
    SetUp,
    SideAdded,
    StageConfirmed,
    StageSet,
    SymptomsReported,
    TestLogged,
    Unlocked,
    VisaHReported,
    Voided,
    WeeklyChecked,
)
from custom_components.pht_rehab.domain.model import Response
from custom_components.pht_rehab.domain.page import Page, Session
from custom_components.pht_rehab.domain.protocol import STEP_INDEX
from tests.domain.builders import ANSWERS, History

ON = date(2026, 1, 5)
AT = datetime(2026, 1, 5, 18, 30, 15, 250000, tzinfo=UTC)
NEW_YORK = timezone(timedelta(hours=-5))


def base(log_id: str = "a", *, minutes: int = 0, on: date = ON) -> dict[str, Any]:
    return {"log_id": log_id, "on": on, "logged_at": AT + timedelta(minutes=minutes)}


LEAST: list[Fact] = [
    SetUp(
        **base(),
        side="left",
        goal="everyday",
        training_days=("mon",),
        session_time="18:00",
        morning_time="07:00",
        rules_version=1,
        morning_pain=0,
    ),
    OptionsChanged(**base()),
    RulesAdopted(**base(), rules_version=1),
    SessionReported(**base(), prescribed_step="S2.1"),
    MorningChecked(**base(), test="arabesques", pain=0),
    RunReported(**base(), minutes=6),
    RunNoticed(**base(), kilometres=4.2),
    TestLogged(**base(), test="rdl"),
    EventLogged(**base(), event="ball"),
    WeeklyChecked(**base(), **ANSWERS),
    VisaHReported(**base(), visa_h_total=64),
    SymptomsReported(**base(), symptoms=()),
    Unlocked(**base(), reason=""),
    StageConfirmed(**base(), stage="isotonic"),
    StageSet(**base(), stage="isotonic"),
    Paused(**base()),
    Resumed(**base()),
    SessionSkipped(**base()),
    Voided(**base(), target="b"),
    NoteWritten(**base(), target="b", text="slept badly"),
    SideAdded(**base(), side="right", morning_pain=0),
    ProtocolAdopted(
        **base(), rules_version=1, source="b.yaml", name="B", content="{}", digest="44136fa3"
    ),
]
MOST: list[Fact] = [
    SetUp(
        **base("ß-1"),
        side="right",
        goal="running",
        training_days=("mon", "thu"),
        session_time="18:00",
        morning_time="07:00",
        rules_version=1,
        morning_pain=2.5,
        equipment=("loop_band",),
        symptoms=("slow_healing",),
        clinician_confirmed=True,
        rest_pain=0,
        sitting_minutes=0,
        lasting_symptoms=False,
        running_now=False,
        running_minutes=0,
        tests={"arabesques": 0, "one_leg_bridges": 3.5},
        stage="settle",
    ),
    OptionsChanged(
        **base(),
        goal="sport",
        training_days=(),
        equipment=("bench",),
        session_time="06:00",
        morning_time="05:30",
    ),
    SessionReported(
        **base(),
        prescribed_step="S3.a1",
        prescribed=("rdl_partial", "step_up"),
        light=True,
        exercises=(),
        pain_during=0,
        pain_after=0,
        effort=0,
        completed=0,
        painkiller=True,
        cut_short=True,
        dose_step="S2.4",
        session_id="phone-1",
        score_only=True,
        energy_step="E2",
        side="left",
        shared=True,
    ),
    RunReported(
        **base(),
        minutes=0.5,
        pain_during=0,
        pain_after=0,
        distance=0,
        hills=True,
        fast=True,
        painkiller=True,
        prescribed_step="R0",
        prescribed_minutes=0,
        easy=True,
        session_id="watch-1",
        side="right",
    ),
    MorningChecked(
        **base(),
        test="arabesques",
        pain=2.5,
        pain_after=0,
        rest_pain=0,
        sitting_minutes=0,
        night_waking=False,
        painkiller=True,
        side="left",
    ),
    TestLogged(**base(), test="rdl", value=0, other_side=0, pain=0, painkiller=True, side="right"),
    EventLogged(**base(), event="long_sitting", minutes=0),
    WeeklyChecked(**base(), **ANSWERS, morning_mean=0, bridge_reps=0, overall=0),
    VisaHReported(**base(), visa_h_total=0),
    SymptomsReported(**base(), symptoms=("low_mood", "fever_or_weight_loss")),
    Unlocked(**base(), reason='a "line"\nand 日本'),
    StageConfirmed(**base(), stage="isotonic", anyway=True, reason="", side="left"),
    StageSet(**base(), stage="isotonic", dose_step="S2.2", reason="x", side="right"),
    Paused(**base(), until=ON + timedelta(days=3), reason="x"),
    Resumed(**base(), reason="x"),
    SessionSkipped(**base(), reason="x"),
    SideAdded(
        **base(),
        side="right",
        morning_pain=2.5,
        rest_pain=0,
        sitting_minutes=0,
        lasting_symptoms=False,
        running_now=False,
        running_minutes=0,
        tests={"arabesques": 0},
        stage="settle",
    ),
    SessionSkipped(log_id="b", on=ON, logged_at=AT.astimezone(NEW_YORK)),
]


def stored(fact: Fact) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(encode(fact), allow_nan=False))
    return plain


# The codec


def test_the_examples_cover_every_fact() -> None:
    assert {type(fact) for fact in LEAST} == set(FACTS)
    assert len({fact.kind for fact in FACTS}) == len(FACTS)


@pytest.mark.parametrize("fact", [*LEAST, *MOST], ids=lambda fact: fact.kind)
def test_every_fact_comes_back_as_it_was(fact: Fact) -> None:
    assert decode(stored(fact)) == fact
    assert encode(decode(stored(fact))) == encode(fact)


@pytest.mark.parametrize("fact", LEAST, ids=lambda fact: fact.kind)
def test_what_was_not_reported_is_not_stored(fact: Fact) -> None:
    assert None not in encode(fact).values()
    absent = {field.name for field in fields(fact) if getattr(fact, field.name) is None}
    assert absent.isdisjoint(encode(fact))


def test_zero_no_and_nothing_stay_three_things() -> None:
    zero = MorningChecked(**base(), test="arabesques", pain=0, rest_pain=0, night_waking=False)
    back = decode(stored(zero))
    assert isinstance(back, MorningChecked)
    assert (back.rest_pain, back.night_waking, back.sitting_minutes) == (0, False, None)
    ticked = SessionReported(**base(), prescribed_step="S2.1", exercises=())
    assert decode(stored(ticked)) != replace(ticked, exercises=None)


@pytest.mark.parametrize("fact", LEAST, ids=lambda fact: fact.kind)
def test_a_missing_field_is_refused(fact: Fact) -> None:
    for field in fields(fact):
        entry = stored(fact)
        entry.pop(field.name, None)
        if field.default is MISSING and field.default_factory is MISSING:
            with pytest.raises(CodecError, match=field.name):
                decode(entry)
            with pytest.raises(CodecError, match=field.name):
                decode({**entry, field.name: None})
        else:
            assert decode(entry) == fact


WRONG: list[Any] = [
    [1],
    {"a": "b"},
    {"a": True},
    [None],
    ...,
    float("nan"),
    float("inf"),
    b"x",
    (1, 2),
]


@pytest.mark.parametrize("fact", [*LEAST, *MOST], ids=lambda fact: fact.kind)
@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_a_value_of_another_type_is_refused(fact: Fact, wrong: object) -> None:
    for name in encode(fact):
        with pytest.raises(CodecError):
            decode({**stored(fact), name: wrong})


@pytest.mark.parametrize(
    ("index", "name", "wrong"),
    [
        (4, "pain", "3"),
        (4, "pain", True),
        (4, "on", "2026-02-30"),
        (4, "on", "yesterday"),
        (4, "on", 5),
        (4, "logged_at", "2026-01-05T18:00:00"),  # no time zone
        (4, "logged_at", "soon"),
        (4, "painkiller", 0),
        (4, "painkiller", "no"),
        (4, "test", 4),
        (3, "prescribed", "S2.1"),
        (3, "exercises", {"a": 1}),
        (2, "rules_version", 1.0),
        (2, "rules_version", True),
        (0, "tests", {"arabesques": "3"}),
        (0, "training_days", "mon"),
    ],
)
def test_almost_right_is_refused(index: int, name: str, wrong: object) -> None:
    with pytest.raises(CodecError):
        decode({**stored(LEAST[index]), name: wrong})


@pytest.mark.parametrize("kind", [None, "", "sessions", 3, ["session"]])
def test_an_unknown_kind_is_refused(kind: object) -> None:
    entry = stored(LEAST[3])
    with pytest.raises(CodecError):
        decode({**entry, "kind": kind})
    del entry["kind"]
    with pytest.raises(CodecError):
        decode(entry)


def test_fields_of_a_newer_version_are_ignored() -> None:
    assert decode({**stored(LEAST[4]), "mood": {"deep": [1]}}) == LEAST[4]


def test_a_number_too_large_to_be_one_is_still_read_as_given() -> None:
    entry = {**stored(LEAST[4]), "pain": 10**400}
    assert decode(entry) == replace(LEAST[4], pain=10**400)  # type: ignore[call-arg]


# The diary


def page(*facts: Fact, on: date = ON) -> Page:
    """Return the page, checking that the order of arrival makes no difference."""
    pages = [Diary(order).page(on) for order in itertools.permutations(facts)]
    assert all(other == pages[0] for other in pages)
    return pages[0]


def part(log_id: str, minutes: int, **values: Any) -> SessionReported:
    values = {"prescribed_step": "S2.2", "prescribed": ("one", "two"), **values}
    return SessionReported(**base(log_id, minutes=minutes), **values)


def session(*facts: Fact) -> Session:
    found = page(*facts).session
    assert found is not None
    return found


def test_parts_of_a_session_are_one_session() -> None:
    whole = session(
        part("a", 0, exercises=("one",), pain_during=2, effort=6),
        part("b", 5, exercises=("two",), pain_during=4, effort=5, completed=50),
        part("c", 9, exercises=(), pain_after=1, painkiller=True),
    )
    assert whole.covered == {"one": 1, "two": 0.5}
    assert (whole.pain_during, whole.pain_after, whole.effort) == (4, 1, 6)
    assert (whole.painkiller, whole.cut_short) == (True, False)


def test_ticks_alone_are_no_report_of_a_session() -> None:
    assert not session(part("a", 0, exercises=("one",)), part("b", 1, exercises=("two",))).whole


def test_not_reported_is_not_zero_when_parts_meet() -> None:
    assert session(part("a", 0), part("b", 1)).pain_during is None
    assert session(part("a", 0, pain_during=0), part("b", 1)).pain_during == 0
    assert session(part("a", 0), part("b", 1, pain_during=0)).pain_during == 0


def test_a_session_reported_whole_covers_all_of_it() -> None:
    whole = session(part("a", 0, completed=80))
    assert whole.covered == {"one": 0.8, "two": 0.8}
    assert whole.whole


def test_the_most_done_of_an_exercise_counts() -> None:
    twice = session(
        part("a", 0, exercises=("one",), completed=100),
        part("b", 1, exercises=("one",), completed=40),
    )
    assert twice.covered == {"one": 1}


def test_a_score_corrects_earlier_ones_and_not_later_ones() -> None:
    score = part("b", 5, exercises=(), pain_during=2, score_only=True)
    assert session(part("a", 0, pain_during=6), score).pain_during == 2
    assert session(score, part("c", 9, pain_during=4)).pain_during == 4
    assert session(score, part("c", 9)).pain_during == 2
    again = part("d", 7, exercises=(), pain_during=1, score_only=True)
    assert session(score, again).pain_during == 1


def test_the_lower_of_two_prescribed_steps_was_done() -> None:
    two = (part("a", 0), part("b", 1, prescribed_step="S2.3"))
    assert session(*two).step == STEP_INDEX["S2.2"]


def test_a_step_the_person_names_is_the_one_done() -> None:
    named = part("b", 1, dose_step="S2.4")
    assert session(part("a", 0), named).step == STEP_INDEX["S2.4"]
    assert session(named, part("c", 2)).step == STEP_INDEX["S2.4"]
    assert session(named, part("c", 2, dose_step="S2.1")).step == STEP_INDEX["S2.1"]


def morning(log_id: str, minutes: int, **values: Any) -> MorningChecked:
    values = {"test": "arabesques", "pain": 1, **values}
    return MorningChecked(**base(log_id, minutes=minutes), **values)


def test_the_later_morning_report_corrects_what_it_repeats() -> None:
    told = page(
        morning("a", 0, pain=4, rest_pain=3, sitting_minutes=20, painkiller=True),
        morning("b", 5, pain=2, sitting_minutes=30),
    )
    assert told.scores == {"arabesques": (2, False)}
    assert (told.rest_pain, told.sitting_minutes, told.night_waking) == (3, 30, None)


def test_two_tests_of_one_morning_stay_apart() -> None:
    told = page(morning("a", 0, pain=4), morning("b", 5, test="one_leg_bridges", pain=1))
    assert told.scores == {"arabesques": (4, False), "one_leg_bridges": (1, False)}
    assert told.check_test == "one_leg_bridges"


def test_a_load_test_logged_as_a_test_is_a_score_unless_the_morning_gave_one() -> None:
    test = TestLogged(**base("t", minutes=9), test="arabesques", pain=5)
    assert page(test).scores == {"arabesques": (5, False)}
    assert page(test, morning("a", 0)).scores == {"arabesques": (1, False)}
    strength = TestLogged(**base("t"), test="bridge_reps", value=20, pain=5)
    assert page(strength).scores == {}


def test_the_rest_of_the_day_belongs_to_the_session_before() -> None:
    day = timedelta(days=1)
    later = replace(morning("m", 0, pain_after=4), on=ON + day)
    assert session(part("a", 0), later).pain_after == 4
    assert session(part("a", 0, pain_after=1), later).pain_after == 4
    assert session(part("a", 0, pain_after=5), later).pain_after == 5
    same = morning("m", 0, pain_after=4)
    assert session(part("a", 0), same).pain_after is None
    second = replace(morning("n", 9, pain_after=7), on=ON + 2 * day)
    assert session(part("a", 0), later, second).pain_after == 4


def test_the_rest_of_the_day_can_be_corrected() -> None:
    later = replace(morning("m", 0, pain_after=4), on=ON + timedelta(days=1))
    lower = replace(later, log_id="n", logged_at=AT + timedelta(minutes=5), pain_after=2)
    assert session(part("a", 0), later, lower).pain_after == 2


def void(log_id: str, target: str) -> Voided:
    return Voided(**base(log_id, minutes=60), target=target)


def test_a_void_restores_what_was_before() -> None:
    first, second = morning("a", 0, pain=4), morning("b", 5, pain=2)
    assert page(first, second, void("v", "b")) == page(first)
    assert page(first, second, void("v", "a")) == page(second)
    assert page(first, void("v", "a")) == Page()


def test_a_void_takes_a_part_out_of_a_session() -> None:
    one, two = part("a", 0, exercises=("one",)), part("b", 1, exercises=("two",), pain_during=7)
    assert page(one, two, void("v", "b")) == page(one)
    assert page(two, void("v", "b")).session is None


def test_a_void_of_a_void_is_no_undo() -> None:
    told = morning("a", 0)
    assert page(told, void("v", "a"), void("w", "v")).scores == {}


def test_reports_made_at_the_same_instant_have_one_order() -> None:
    assert page(morning("a", 0, pain=4), morning("b", 0, pain=2)).scores["arabesques"][0] == 2


def test_pages_are_by_the_date_a_fact_is_about() -> None:
    late = replace(part("a", 60 * 24 * 3), on=ON)
    assert Diary([late]).page(ON).session is not None
    assert Diary([late]).page(ON).session is not None
    assert Diary([late]).page(ON + timedelta(days=3)) == Page()


# The same through the front door


def test_a_voided_red_never_was() -> None:
    history = History(step="S2.3").session(0, 7)
    assert history.step(1) == "S2.2"
    history.void(2)
    assert history.step(2) == "S2.3"
    assert history.state(2).records == []
    assert history.state(2).red_wait is None


def test_a_late_session_changes_what_follows_but_not_the_step_it_was_done_at() -> None:
    history = History(step="S2.1").quiet(1, 4).session(0).session(4)
    assert history.planned(4) == "S2.1"
    history.session(2, typed=5)
    assert history.state(5).records[-1].step == STEP_INDEX["S2.1"]
    assert history.step(5) == "S2.1"


def test_a_later_correction_of_an_option_of_the_past_moves_no_past_dose() -> None:
    history = History(step="S2.2").session(0, 4).morning(1).session(2, 4).morning(3).morning(4)
    first = history.ids[1]  # the first session
    assert history.session(4).record(4, seen=4).step == STEP_INDEX["S2.1"]
    history.void(4, log_id=first)  # only one amber is left: no step down had been due
    state = history.state(4)
    assert history.planned(4) == "S2.2"
    assert state.records[-1].step == STEP_INDEX["S2.1"]
    assert state.dose.id == "S2.1"  # what was done is in force (c10-3)


def test_ticks_add_up_to_a_session_without_pain() -> None:
    history = History().morning(0)
    for item in history.overview(0).items:
        history.session(0, None, exercises=[item.prescribed.id])
    assert not history.overview(0).session_open
    history.morning(1)
    assert (history.verdict(0), history.record(0).gap) == (Response.AMBER, True)


def test_what_json_has_no_word_for_is_refused() -> None:
    plain = SessionReported(**base(), prescribed_step="S2.1")
    strange = replace(plain, session_id=object())  # type: ignore[arg-type]
    with pytest.raises(CodecError, match="cannot be stored"):
        encode(strange)
