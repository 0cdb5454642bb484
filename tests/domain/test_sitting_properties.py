"""How long to sit on end, whatever happens: examples drawn by chance (e1, c5)."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from custom_components.pht_rehab.domain.sitting import limit
from tests.domain.test_properties import Day, days, live, quick, starts, tell
from tests.domain.test_sitting import CAPS, after, at, longest, morning, sits

pytestmark = pytest.mark.filterwarnings(
    # Home Assistant's own test helpers leave Hypothesis a generator nobody keeps.
    "ignore:It looks like .register_random.:hypothesis.errors.HypothesisWarning"
)

lives = st.lists(days, min_size=8, max_size=25)
SCORES = st.lists(
    st.one_of(st.none(), st.integers(0, 20).map(lambda twice: twice / 2)), max_size=40
)


@quick
@given(starts, lives)
def test_always_between_floor_and_cap(
    start: tuple[str, Sequence[str], float], life: list[Day]
) -> None:
    history = live(start, life)
    for number in range(len(life) + 1):
        state = history.state(number)
        minutes = limit(state, state.day)
        cap = CAPS[state.stage]
        assert (minutes is None) == (state.stopped or (cap is None and state.flare is None))
        if minutes is not None:
            assert 5 <= minutes <= (cap or 20)
            assert state.flare is None or minutes <= 20


@quick
@given(starts, lives, st.sampled_from(["morning", "rest", "pain", "after"]), st.integers(1, 20))
def test_more_pain_is_never_a_longer_limit(
    start: tuple[str, Sequence[str], float], life: list[Day], what: str, twice: int
) -> None:
    *before, last = life
    pain: float = getattr(last, what) or 0
    told = [
        live(start, [*before, replace(last, event=None, **{what: score})])  # type: ignore[arg-type]
        for score in (pain, min(10, pain + twice / 2))
    ]
    for history in told:
        tell(history, len(life), Day(trained=False))
    for number in (len(life) - 1, len(life), len(life) + 1):
        calmer, sorer = (longest(sits(history, number)) for history in told)
        assert sorer <= calmer


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.sampled_from([*CAPS]), st.one_of(st.none(), st.integers(5, 60)), SCORES, st.data())
def test_a_life_with_more_pain_all_along_sits_no_longer(
    stage: str, own: int | None, scores: list[float | None], data: st.DataObject
) -> None:
    calm, sore = at(stage, own), at(stage, own)
    for pain in scores:
        if pain is None:
            continue
        worse = min(10, pain + data.draw(st.sampled_from([0, 0, 0, 0.5, 2])))
        assert longest(after(sore, morning(worse))) <= longest(after(calm, morning(pain)))
