"""The one place where errors of the programme become errors of Home Assistant."""

from collections.abc import Iterator
from contextlib import contextmanager

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .const import DOMAIN
from .domain.model import RehabError
from .store import JournalError


@contextmanager
def translated() -> Iterator[None]:
    """Raise what goes wrong inside as errors with a translated message."""
    try:
        yield
    except RehabError as error:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key=error.key,
            translation_placeholders=error.placeholders,
        ) from error
    except JournalError as error:
        raise HomeAssistantError(translation_domain=DOMAIN, translation_key=error.key) from error
