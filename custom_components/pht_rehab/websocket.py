"""What the card talks to: the read model as it changes, notes, and where the card's code is."""

from collections.abc import Callable
from typing import Any, Final

import voluptuous as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.components import websocket_api
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.service import async_get_config_entry

from . import read_model
from .card import CARD_URL
from .const import DOMAIN
from .coordinator import RehabConfigEntry
from .domain import decide
from .fields import PATTERN_MOST
from .rights import async_check_user, may, without_log
from .texts import Texts, async_load_texts

type Message = dict[str, Any]
type Connection = websocket_api.ActiveConnection

_LANGUAGE: Final = "language"
_DATES: Final = "date_pattern"


@callback
def async_setup_websocket(hass: HomeAssistant) -> None:
    """Register the commands; they live as long as Home Assistant does."""
    for command in (ws_programmes, ws_subscribe, ws_correct, ws_note, ws_frontend):
        websocket_api.async_register_command(hass, command)


@callback
@websocket_api.websocket_command({vol.Required("type"): f"{DOMAIN}/frontend"})
def ws_frontend(hass: HomeAssistant, connection: Connection, msg: Message) -> None:
    """Answer with the address of the card; it changes when the card does."""
    connection.send_result(msg["id"], {"url": hass.data[CARD_URL]})


@callback
@websocket_api.websocket_command({vol.Required("type"): f"{DOMAIN}/programmes"})
def ws_programmes(hass: HomeAssistant, connection: Connection, msg: Message) -> None:
    """Answer with the programmes this user may read, for a card to choose from."""
    entries = hass.config_entries.async_loaded_entries(DOMAIN)
    found = [
        {"entry_id": entry.entry_id, "name": entry.title}
        for entry in entries
        if may(hass, connection.user, entry, POLICY_READ)
    ]
    connection.send_result(msg["id"], {"programmes": found})


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/subscribe",
        vol.Required("config_entry_id"): str,
        vol.Optional(_LANGUAGE): str,
        vol.Optional(_DATES): vol.All(str, vol.Length(max=PATTERN_MOST)),
    }
)
@websocket_api.async_response
async def ws_subscribe(hass: HomeAssistant, connection: Connection, msg: Message) -> None:
    """Send the read model, and again whenever it changes; null once the programme is gone.

    Without what was reported, to who may read the programme but not control it.
    """
    # Takes time, so it comes first.
    texts = await async_load_texts(hass, msg.get(_LANGUAGE), msg.get(_DATES))
    entry: RehabConfigEntry = async_get_config_entry(hass, DOMAIN, msg["config_entry_id"])
    await async_check_user(hass, connection.context(msg), entry, POLICY_READ)
    stream = _Stream(hass, connection, msg["id"], entry, texts)
    connection.subscriptions[msg["id"]] = stream.async_stop
    connection.send_result(msg["id"])
    await stream.async_start()


class _Stream:
    """One card's view of a programme: at most one reading under way, and none missed."""

    def __init__(
        self,
        hass: HomeAssistant,
        connection: Connection,
        number: int,
        entry: RehabConfigEntry,
        texts: Texts,
    ) -> None:
        self._hass = hass
        self._connection = connection
        self._number = number
        self._entry = entry
        self._texts = texts
        self._programme = entry.runtime_data
        self._sent: object = None
        self._reading = False
        self._again = False
        self._stopped = False
        self._stop_listening: Callable[[], None] | None = None

    async def async_start(self) -> None:
        """Send what there is, and listen."""
        self._stop_listening = self._programme.async_add_listener(self._async_changed)
        self._programme.on_gone.add(self._async_gone)
        if (seats := self._programme.seats) is not None:
            seats.on_bout.add(self._async_changed)
        await self._async_send()

    @callback
    def async_stop(self) -> None:
        """Nobody looks any more."""
        self._stopped = True
        self._sent = None
        self._programme.on_gone.discard(self._async_gone)
        if (seats := self._programme.seats) is not None:
            seats.on_bout.discard(self._async_changed)
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None

    @callback
    def _async_gone(self) -> None:
        if not self._stopped:
            self._connection.send_event(self._number, None)
            self.async_stop()

    @callback
    def _async_changed(self) -> None:
        if self._reading:
            self._again = True
            return
        send = self._async_send()
        _ = self._entry.async_create_background_task(self._hass, send, f"{DOMAIN} card")

    async def _async_send(self) -> None:
        self._reading = True
        try:
            self._again = True
            while self._again and not self._stopped:
                self._again = False
                found = await self._programme.async_read(
                    lambda programme: read_model.read_model(programme, self._texts)
                )
                user = self._connection.user
                control = may(self._hass, user, self._entry, POLICY_CONTROL)
                found = {**(found if control else without_log(found)), "control": control}
                if not may(self._hass, user, self._entry, POLICY_READ):
                    self._async_gone()
                elif found != self._sent and not self._stopped:
                    self._sent = found
                    self._connection.send_event(self._number, found)
        finally:
            self._reading = False


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/correct",
        vol.Required("config_entry_id"): str,
        vol.Required("log_id"): str,
        vol.Required("scores"): dict,
    }
)
@websocket_api.async_response
async def ws_correct(hass: HomeAssistant, connection: Connection, msg: Message) -> None:
    """Put the scores of an entry right, and answer with the id of what stands in its place."""
    entry: RehabConfigEntry = async_get_config_entry(hass, DOMAIN, msg["config_entry_id"])
    await async_check_user(hass, connection.context(msg), entry, POLICY_CONTROL)
    decision = await entry.runtime_data.async_record(
        lambda course, at: decide.correct(course, at, log_id=msg["log_id"], scores=msg["scores"])
    )
    connection.send_result(msg["id"], {"log_id": decision.log_id})


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/note",
        vol.Required("config_entry_id"): str,
        vol.Required("log_id"): str,
        vol.Required("text"): str,
    }
)
@websocket_api.async_response
async def ws_note(hass: HomeAssistant, connection: Connection, msg: Message) -> None:
    """Write a note beside an entry; no action, for the recorder keeps what actions are told."""
    entry: ConfigEntry = async_get_config_entry(hass, DOMAIN, msg["config_entry_id"])
    await async_check_user(hass, connection.context(msg), entry, POLICY_CONTROL)
    programme = entry.runtime_data
    await programme.async_record(
        lambda course, at: decide.note(course, at, log_id=msg["log_id"], words=msg["text"])
    )
    connection.send_result(msg["id"])
