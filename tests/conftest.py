"""A programme of a right-sided tendon, in the stage of slow strength, on a Monday in Berlin."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

# Imported before Home Assistant starts: it has to find this package of custom components, not
# the one of its test plugin.
from custom_components.pht_rehab.const import DOMAIN

START: Final = "2026-03-02T08:00:00+01:00"
OPTIONS: Final[dict[str, Any]] = {
    "training_days": ["mon", "wed", "fri"],
    "equipment": ["mat", "band"],
    "session_time": "18:00",
    "morning_time": "07:00",
    "spoken_symptoms": False,
}
SET_UP: Final[dict[str, Any]] = {
    "date": "2026-03-02",
    "rules_version": 1,
    "side": "right",
    "goal": "everyday",
    "training_days": ["mon", "wed", "fri"],
    "equipment": ["mat", "band"],
    "session_time": "18:00",
    "morning_time": "07:00",
    "symptoms": [],
    "clinician_confirmed": True,
    "morning_pain": 1,
    "lasting_symptoms": False,
    "running_now": False,
    "tests": {},
    "stage": "isotonic",
}


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    """Keep journals out of the shared folder of the test plugin."""
    return str(tmp_path)


@pytest.fixture(autouse=True)
def _custom(enable_custom_integrations: None) -> None:
    """Let Home Assistant load what is tested."""


@pytest.fixture
async def berlin(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> HomeAssistant:
    """Return Home Assistant on Monday 2026-03-02 at 08:00 in Berlin."""
    freezer.move_to(START)
    await hass.config.async_set_time_zone("Europe/Berlin")
    return hass


async def run(
    hass: HomeAssistant, name: str, seats: Sequence[str] = (), **answers: object
) -> MockConfigEntry:
    """Set a programme up, with other answers than usual where they are given, or with seats."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title=name,
        unique_id=f"{name.lower()}_right",
        data={"name": name, "set_up": {**SET_UP, **answers}},
        options=OPTIONS | ({"seats": [*seats]} if seats else {}),
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


@pytest.fixture
async def programme(berlin: HomeAssistant) -> AsyncIterator[MockConfigEntry]:
    """Return the entry of a running programme."""
    entry = await run(berlin, "Anna")
    yield entry
    await berlin.config_entries.async_unload(entry.entry_id)


@pytest.fixture
async def other(berlin: HomeAssistant) -> AsyncIterator[MockConfigEntry]:
    """Return the entry of a second programme, of somebody else."""
    entry = await run(berlin, "Ben")
    yield entry
    await berlin.config_entries.async_unload(entry.entry_id)
