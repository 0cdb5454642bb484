"""Real Home Assistants, one for each version, and Chromium.

These tests are run by themselves (see script/test): the plugin that fakes a Home Assistant for
the other tests also forbids sockets and threads.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from script import browser as chromium
from script.real_ha import INTEGRATION, ROOT, RealHA, empty

from .house import House, Open, card

VERSIONS = {
    "2026.10": ROOT / ".venv" / "bin" / "hass",
    "2026.11": ROOT / ".cache" / "ha-2026.11" / "bin" / "hass",
}
RESULTS = ROOT / ".cache" / "live"
LONGEST: Final = ("test_soak", "test_card", "test_newcomer")
UNREACHABLE: Final = re.compile("WebSocket|dynamically imported module")


expect.set_options(timeout=120_000)  # as long as clicks wait: two busy cores are slow


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the modules that take longest first, so that no worker is left with one at the end."""
    items.sort(key=lambda item: item.path.stem not in LONGEST)


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


@pytest.fixture(scope="module")
def house(version: str, request: pytest.FixtureRequest) -> Iterator[House]:
    """A house of its own, with no programme yet."""
    built = House(
        RESULTS / f"{request.module.__name__.rpartition('.')[2]}-{version}", VERSIONS[version]
    )
    yield built
    built.off()


@pytest.fixture(scope="module")
def anna(house: House) -> str:
    """A programme on a dashboard of its own, with holds and repetitions on its first day."""
    entry_id = house.programme("Anna")
    house.dashboard("rehab-anna", card(entry_id))
    return entry_id


@pytest.fixture
def opened(browser: Browser, house: House) -> Iterator[Open]:
    """Open a page as somebody, of some size; nothing may go wrong in it unnoticed."""
    if not house.up:  # a test before this one ended in the middle
        house.on()
    contexts: list[BrowserContext] = []
    pages: list[tuple[Page, list[str]]] = []

    def open_page(path: str, *, tokens: str | None = None, **options: Any) -> Page:
        context = chromium.context(browser, house.ha, logged_in=tokens is None, **options)
        contexts.append(context)
        if tokens is not None:
            context.add_init_script(f"localStorage.setItem('hassTokens', {json.dumps(tokens)})")
        page = context.new_page()
        pages.append((page, chromium.watch(page)))
        page.goto(path)
        return page

    yield open_page
    for page, problems in pages:
        if page.is_closed():  # in the middle of fetching something, perhaps
            continue
        page.screenshot(path=house.folder / "last.png")
        assert [problem for problem in problems if not UNREACHABLE.search(problem)] == []
    for context in contexts:
        context.close()
