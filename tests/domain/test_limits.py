"""The ranges of a protocol's figures: what a file may say, so none of them moves by accident."""

import json
from pathlib import Path

from custom_components.pht_rehab.domain.cadence import LEAST, MOST
from custom_components.pht_rehab.domain.limits import COMPANION, PAIN, RANGES, TARGETS

GOLDEN = Path(__file__).with_name("ranges.json")


def test_the_ranges() -> None:
    """A change that is meant goes into the file as well."""
    found = {
        **{
            f"{owner.__name__}.{name}": [*span]
            for owner, spans in RANGES.items()
            for name, span in spans.items()
        },
        **{f"target.{name}": [*span] for name, span in TARGETS.items()},
        **{f"companion.{name}": [*span] for name, span in COMPANION.items()},
        "pain": [*PAIN],
        "cadence": [LEAST, MOST],
    }
    assert found == json.loads(GOLDEN.read_text())
