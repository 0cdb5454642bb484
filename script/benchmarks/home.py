"""A Home Assistant inside this process, with programmes and floors in it."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from time import thread_time
from typing import Any, Final
from unittest.mock import patch

from homeassistant import loader
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_test_home_assistant,
)

from custom_components.pht_rehab.domain.codec import encode
from custom_components.pht_rehab.domain.facts import SetUp

from .life import END, facts

DOMAIN: Final = "pht_rehab"
FLOOR: Final = "perf_floor"
NOW: Final = datetime.combine(END, time(8), UTC)
FLOOR_FOLDER: Final = Path(__file__).parent / "floor" / "custom_components" / FLOOR
MANIFEST: Final = {
    "domain": FLOOR,
    "name": "Floor",
    "codeowners": [],
    "config_flow": True,
    "dependencies": [],
    "documentation": "https://example.invalid",
    "integration_type": "service",
    "iot_class": "calculated",
    "requirements": [],
    "version": "0.0.1",
}
OPTIONS: Final = ("training_days", "equipment", "session_time", "morning_time")


@asynccontextmanager
async def home(config: Path) -> AsyncIterator[HomeAssistant]:
    """A real core without network, storing in ``config``."""
    # Not in the repository: who looks there for integrations must find one only.
    await asyncio.to_thread((FLOOR_FOLDER / "manifest.json").write_text, json.dumps(MANIFEST))
    async with async_test_home_assistant(config_dir=str(config)) as hass:
        await hass.config.async_set_time_zone("UTC")
        hass.data.pop(loader.DATA_CUSTOM_COMPONENTS)
        try:
            yield hass
        finally:
            await hass.async_stop(force=True)


def programme(name: str, number: int = 0, seats: Sequence[str] = ()) -> MockConfigEntry:
    """Return the entry of a programme; its journal tells what it has lived through."""
    set_up = facts(0)[0]
    assert isinstance(set_up, SetUp)  # noqa: S101
    answers = encode(set_up)
    return MockConfigEntry(
        domain=DOMAIN,
        entry_id=f"{name}{number:04}",
        title=f"{name} {number}",
        data={"name": name, "journal_created": True, "set_up": {"date": answers["on"], **answers}},
        options={name: answers[name] for name in OPTIONS}
        | {"spoken_symptoms": False, "seats": [*seats]},
    )


def floor(number: int = 0) -> MockConfigEntry:
    """Return an entry of the empty integration."""
    return MockConfigEntry(domain=FLOOR, entry_id=f"floor{number:04}", title=f"Floor {number}")


async def set_up(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Set up one entry and wait until all is quiet."""
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED, entry.reason  # noqa: S101


class Blocks:
    """The longest callback of the event loop, in seconds of its thread's CPU."""

    def __init__(self) -> None:
        self.longest = 0.0

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Time every callback meanwhile."""
        self.longest = 0.0
        run = asyncio.Handle._run  # noqa: SLF001

        def timed(handle: Any) -> Any:
            began = thread_time()
            try:
                return run(handle)
            finally:
                self.longest = max(self.longest, thread_time() - began)

        with patch.object(asyncio.Handle, "_run", timed):
            yield


def resident() -> int:
    """Return the memory of this process in bytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096
