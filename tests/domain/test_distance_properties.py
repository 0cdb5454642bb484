"""What a distance counter is taken for, whatever it reads."""

from datetime import timedelta

from hypothesis import given, strategies as st

from custom_components.pht_rehab.domain.distance import MARATHON, Meter
from tests.domain.test_distance import EVER, NOON


@given(
    st.lists(
        st.tuples(
            st.none() | st.floats(-10, 2000) | st.sampled_from([0.0, 20.0, float("nan")]),
            st.floats(0, 72),
        ),
        max_size=30,
    )
)
def test_it_is_never_negative_and_never_more_than_can_be_run(
    readings: list[tuple[float | None, float]],
) -> None:
    meter, now = Meter(), NOON
    for reading, hours in readings:
        now += timedelta(hours=hours)
        meter.see(reading, now)
        assert all(each.kilometres >= 0 for each in meter.before(EVER))
        assert all(each.since <= each.on for each in meter.before(EVER))
    whole = sum(each.kilometres for each in meter.before(EVER))
    hours = (now - NOON) / timedelta(hours=1)
    assert whole <= MARATHON * (hours + len(readings) + 1)
