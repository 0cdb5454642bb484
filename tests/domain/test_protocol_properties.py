"""What must hold under every protocol of one's own: pain never pays, and replay is replay."""

import json
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import assume, given, strategies as st

from custom_components.pht_rehab.domain.adopted import (
    Protocol,
    check_content,
    digest,
    rules_of,
)
from custom_components.pht_rehab.domain.codec import decode, encode
from custom_components.pht_rehab.domain.course import Course
from tests.domain.builders import History
from tests.domain.protocols import adopt, sound_protocols
from tests.domain.test_properties import (
    Day,
    begin,
    lives,
    more,
    never_more,
    pytestmark,
    quick,
    same,
    starts,
    tell,
)

__all__ = ["pytestmark"]

type Start = tuple[str, Sequence[str], float]


def live(start: Start, life: list[Day], chosen: Protocol) -> History:
    history = adopt(begin(start), 0, chosen)
    for number, day in enumerate(life):
        tell(history, number, day)
    return history


def both(
    start: Start, life: list[Day], chosen: Protocol, what: str, by: float
) -> tuple[History, History]:
    *before, last = life
    calm = replace(last, event=None, masked=False, trained=True, done=100)
    told = getattr(calm, what)
    assume(told is not None and told < 10)
    worse = replace(calm, **{what: min(10, told + by)})
    return live(start, [*before, calm], chosen), live(start, [*before, worse], chosen)


@quick
@given(starts, lives, sound_protocols, st.sampled_from(["pain", "after"]), more)
def test_a_sorer_session_never_means_more_load_on_any_later_day(
    start: Start, life: list[Day], chosen: Protocol, what: str, by: float
) -> None:
    calm, sore = both(start, life, chosen, what, by)
    for number in range(len(life), len(life) + 20):
        never_more(calm, sore, number)
        for history in (calm, sore):
            tell(history, number, Day(pain=1, after=1))


@quick
@given(starts, lives, sound_protocols, more)
def test_a_sorer_morning_never_means_more_load_next_time(
    start: Start, life: list[Day], chosen: Protocol, by: float
) -> None:
    calm, sore = both(start, life, chosen, "morning", by)
    for number in (len(life) - 1, len(life), len(life) + 1):
        never_more(calm, sore, number)


@quick
@given(starts, lives, sound_protocols)
def test_stored_and_replayed_it_is_the_same(
    start: Start, life: list[Day], chosen: Protocol
) -> None:
    history = live(start, life, chosen)
    history.overview(len(life))
    entries = json.loads(json.dumps([encode(fact) for fact in history.course.facts.values()]))
    same(Course(decode(entry) for entry in entries), history.course, len(life), history)


@quick
@given(sound_protocols)
def test_what_is_stored_is_what_was_adopted(chosen: Protocol) -> None:
    content = chosen.content
    assert rules_of(content, 1) == chosen.rules
    assert check_content(content, 1) == chosen
    assert chosen.digest == digest(content)
