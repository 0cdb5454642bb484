"""A capacity test beside the other side's."""

import pytest

from custom_components.pht_rehab.domain.capacity import symmetry


@pytest.mark.parametrize(
    ("value", "other", "percent"),
    [
        (18, 20, 90),
        (17.9, 20, 89),
        (20, 18, 111),
        (0, 20, 0),
        (20, 0, 100),
        (0, 0, 100),
        (None, 20, None),
        (18, None, None),
    ],
)
def test_symmetry_is_rounded_down(
    value: float | None, other: float | None, percent: int | None
) -> None:
    assert symmetry(value, other) == percent
