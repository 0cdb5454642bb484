"""What Home Assistant's frontend is handed: a loader that never changes, and by it the card."""

import hashlib
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import pytest
from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL, UrlManager
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from custom_components.pht_rehab import card
from custom_components.pht_rehab.card import BASE, CARD_URL, FOLDER, async_setup_card

LOADER: Final = "702710fb68e525bb87b1352c19e186c41c446158c26cb7943c3d814a0e4494de"


def test_the_loader_is_the_one_that_browsers_keep() -> None:
    """Its address has no version, for a page kept by the service worker would ask for an old one.

    So browsers go on with the bytes they have for 31 days, whatever is published meanwhile: a
    change would reach some people and not others. What is to change belongs into the card.
    """
    assert hashlib.sha256((FOLDER / "loader.js").read_bytes()).hexdigest() == LOADER


@pytest.fixture
async def served(hass: HomeAssistant) -> HomeAssistant:
    """Return a Home Assistant whose frontend has been handed what is ours."""
    for component in ("http", "websocket_api"):
        assert await async_setup_component(hass, component, {})
    hass.data[DATA_EXTRA_MODULE_URL] = UrlManager(lambda _change, _url: None, [])
    await async_setup_card(hass, "frontend")
    return hass


def test_the_frontend_is_handed_the_loader_alone(served: HomeAssistant) -> None:
    assert served.data[DATA_EXTRA_MODULE_URL].urls == {f"{BASE}/loader.js"}


async def test_browsers_may_keep_both(
    served: HomeAssistant, hass_client_no_auth: Callable[[], Awaitable[Any]]
) -> None:
    client = await hass_client_no_auth()
    for url in (f"{BASE}/loader.js", served.data[CARD_URL]):
        answer = await client.get(url)
        assert answer.status == 200
        assert "max-age=2678400" in answer.headers["Cache-Control"], url


async def test_the_card_has_another_address_once_it_changes(
    served: HomeAssistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = served.data[CARD_URL]
    changed = tmp_path / "frontend"
    shutil.copytree(FOLDER, changed)
    with (changed / "figures" / "a_skip.svg").open("a") as drawing:
        drawing.write(" ")
    monkeypatch.setattr(card, "FOLDER", changed)
    monkeypatch.setattr(card, "BASE", f"{BASE}_again")  # nothing can be served there twice
    await async_setup_card(served, "frontend")
    assert before.partition("?")[0] == f"{BASE}/card.js"
    assert before.partition("?")[2] != served.data[CARD_URL].partition("?")[2]
