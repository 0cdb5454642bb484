"""Names shared by every module."""

from pathlib import Path
from typing import Final

from homeassistant.const import Platform

DOMAIN: Final = "pht_rehab"
PLATFORMS: Final = (
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CALENDAR,
    Platform.EVENT,
    Platform.IMAGE,
    Platform.NUMBER,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TODO,
)
LANGUAGES: Final = frozenset(
    path.stem for path in (Path(__file__).parent / "translations").glob("*.json")
)
