"""Serves the card, and hands Home Assistant's frontend the small loader that fetches it.

The frontend gets the loader only, never the card: a card that is evaluated before the frontend
has put its own registry of elements in place is lost for as long as the page is open.
"""

import hashlib
from pathlib import Path
from typing import Final

from homeassistant.components.frontend import add_extra_js_url
from homeassistant.components.http import StaticPathConfig
from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN

FOLDER: Final = Path(__file__).parent / "frontend"
BASE: Final = f"/{DOMAIN}_files"
CARD_URL: Final[HassKey[str]] = HassKey(f"{DOMAIN}_card_url")


async def async_setup_card(hass: HomeAssistant, _component: str) -> None:
    """Serve the files; browsers keep them, so what changes has another address."""
    await hass.http.async_register_static_paths([StaticPathConfig(BASE, str(FOLDER))])
    digest = await hass.async_add_executor_job(_digest)
    hass.data[CARD_URL] = f"{BASE}/card.js?v={digest}"
    add_extra_js_url(hass, f"{BASE}/loader.js")


def _digest() -> str:
    """Return what changes with any of the files."""
    found = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            found.update(path.read_bytes())
    return found.hexdigest()[:16]
