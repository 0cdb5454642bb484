"""Real Home Assistants, one for each version, and Chromium.

These tests are run by themselves (see script/test): the plugin that fakes a Home Assistant for
the other tests also forbids sockets and threads.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from script import browser as chromium
from script.real_ha import INTEGRATION, ROOT, RealHA, empty

VERSIONS = {
    "2026.10": ROOT / ".venv" / "bin" / "hass",
    "2026.11": ROOT / ".cache" / "ha-2026.11" / "bin" / "hass",
}
RESULTS = ROOT / ".cache" / "live"

expect.set_options(timeout=20_000)  # as long as clicks wait: two busy cores are slow


def clock(off: timedelta) -> dict[str, str]:
    """Return the variables that set a process's calendar, and nothing else, off by this much."""
    (library,) = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME": f"{round(off.total_seconds()):+d}",
        # Timeouts and timers run on the monotonic clock, which stays right.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }


@pytest.fixture(scope="module", params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    """The Home Assistant a test runs on; narrow it with a parametrize mark."""
    chosen: str = request.param
    return chosen


@pytest.fixture(scope="module")
def ha(version: str, request: pytest.FixtureRequest) -> Iterator[RealHA]:
    """A running, onboarded Home Assistant, one for all tests of a module and version."""
    folder = empty(RESULTS / f"{request.module.__name__.rpartition('.')[2]}-{version}")
    components = [INTEGRATION] if (INTEGRATION / "manifest.json").exists() else []
    with RealHA(folder, hass=VERSIONS[version], components=components) as running:
        running.onboard()
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with chromium.chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser, ha: RealHA, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page logged in to `ha`; a failing test leaves a picture of it beside the console log."""
    context = chromium.context(browser, ha)
    opened = context.new_page()
    failed_before = request.session.testsfailed
    yield opened
    if request.session.testsfailed > failed_before or os.environ.get("SCREENSHOTS"):
        name = "".join(c if c.isalnum() else "-" for c in request.node.name)
        opened.screenshot(path=ha.config / f"{name}.png")
    context.close()


@pytest.fixture
def pictures() -> Path:
    """A folder for pictures to look at."""
    folder = RESULTS / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
