"""The picture of the next exercise."""

from datetime import timedelta
from http import HTTPStatus
from io import BytesIO

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.image import TOKEN_CHANGE_INTERVAL
from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from PIL import Image
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_capture_events,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import (  # type: ignore[import-untyped]
    ClientSessionGenerator,
)

from custom_components.pht_rehab.const import DOMAIN
from tests.entities import state


async def fetch(client: ClientSessionGenerator, path: str) -> bytes | None:
    http = await client()
    answer = await http.get(path)
    return await answer.read() if answer.status == HTTPStatus.OK else None


async def test_it_shows_what_comes_next(
    hass: HomeAssistant,
    programme: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    assert await async_setup_component(hass, "http", {})
    picture = state(hass, programme, "image", "next_exercise")
    path = picture.attributes["entity_picture"]
    first = await fetch(hass_client, path)
    assert first is not None
    with Image.open(BytesIO(first)) as shown:
        assert shown.format == "GIF"
        assert getattr(shown, "n_frames", 1) > 10
    assert await fetch(hass_client, path) == first

    freezer.tick(60)
    names = [item.prescribed.id for item in programme.runtime_data.data.items]
    data = {"exercises": names[:1]}
    await hass.services.async_call(DOMAIN, "log_session", data, blocking=True)
    moved = state(hass, programme, "image", "next_exercise")
    assert moved.state != picture.state
    second = await fetch(hass_client, moved.attributes["entity_picture"])
    assert second is not None
    assert second != first

    await hass.services.async_call(DOMAIN, "log_session", {"pain_during": 1}, blocking=True)
    done = state(hass, programme, "image", "next_exercise")
    assert done.state == STATE_UNKNOWN
    assert await fetch(hass_client, done.attributes["entity_picture"]) is None


async def test_its_address_changes_with_the_picture_alone(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    written = async_capture_events(hass, EVENT_STATE_CHANGED)
    picture = state(hass, programme, "image", "next_exercise")
    for _ in range(12):
        freezer.tick(TOKEN_CHANGE_INTERVAL + timedelta(seconds=1))
        async_fire_time_changed(hass)
        await hass.async_block_till_done()
    told = [event for event in written if event.data["entity_id"] == picture.entity_id]
    assert (told, state(hass, programme, "image", "next_exercise")) == ([], picture)

    first = programme.runtime_data.data.items[0].prescribed.id
    await hass.services.async_call(DOMAIN, "log_session", {"exercises": [first]}, blocking=True)
    moved = state(hass, programme, "image", "next_exercise")
    assert moved.attributes["access_token"] != picture.attributes["access_token"]
