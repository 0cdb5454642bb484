"""Chromium, logged in to a real Home Assistant."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    sync_playwright,
)

from script.real_ha import RealHA

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
# The home page asks brands.home-assistant.io for pictures; a machine may have no internet.
HARMLESS: Final = ("status of 404", "net::ERR_")
LEFT_EARLY: Final = "disconnected"
"""What a long list of Home Assistant's own throws when it is left before it is laid out."""


def executable() -> str:
    """Return the path of the machine's Chromium."""
    for name in NAMES:
        if (path := shutil.which(name)) is not None:
            return path
    raise FileNotFoundError("no Chromium on PATH: run script/bootstrap browser")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(),
            # Root and containers cannot have a sandbox; only this machine's pages are opened.
            chromium_sandbox=False,
            args=["--disable-dev-shm-usage"],
        )
        try:
            yield browser
        finally:
            browser.close()


def context(
    browser: Browser,
    ha: RealHA,
    *,
    logged_in: bool = True,
    service_worker: bool = False,
    **options: Any,
) -> BrowserContext:
    """Open a browser profile of its own.

    Args:
        browser: As `chromium` gives it.
        ha: The Home Assistant that relative addresses mean.
        logged_in: As the user whose token `ha` holds.
        service_worker: Whether the frontend may keep files in its cache.
        options: Those of Playwright's `new_context`.
    """
    profile = browser.new_context(
        **{
            "base_url": ha.url,
            "timezone_id": ha.time_zone,
            "viewport": {"width": 1280, "height": 900},
            **options,
        }
    )
    profile.set_default_timeout(120_000)
    if not service_worker:
        # Playwright's own way of blocking makes the frontend throw.
        profile.add_init_script("delete Navigator.prototype.serviceWorker")
    if logged_in:
        tokens = json.dumps(json.dumps(ha.browser_tokens()))
        profile.add_init_script(
            f"if (location.origin === {json.dumps(ha.url)})"
            f" localStorage.setItem('hassTokens', {tokens});"
        )
    return profile


def watch(page: Page) -> list[str]:
    """Return a list that fills with the errors the page throws or prints from now on."""
    problems: list[str] = []

    def printed(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(part in message.text for part in HARMLESS):
            problems.append(message.text)

    def thrown(error: Error) -> None:
        if str(error) != LEFT_EARLY:
            problems.append(str(error))

    page.on("console", printed)
    page.on("pageerror", thrown)
    return problems
