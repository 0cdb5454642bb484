"""Names shared by every module."""

from typing import Final

from homeassistant.const import Platform

DOMAIN: Final = "pht_rehab"
PLATFORMS: Final = (
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.EVENT,
    Platform.NUMBER,
    Platform.SENSOR,
    Platform.TODO,
)
