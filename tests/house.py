"""A house around a programme: a phone with the companion app, speakers, and blueprints in use."""

import asyncio
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import (
    Event,
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)
from pytest_homeassistant_custom_component.test_util.aiohttp import (  # type: ignore[import-untyped]
    AiohttpClientMocker,
)

BLUEPRINTS: Final = Path(__file__).parent.parent / "blueprints" / "automation" / "pht_rehab"
PUSH: Final = "https://push.example/send"


@dataclass
class Phone:
    """A registered phone; what was sent to it, and its owner's thumb."""

    hass: HomeAssistant
    device: str
    sent: list[dict[str, Any]]

    @property
    def shown(self) -> dict[str, dict[str, Any]]:
        """What stands on the lock screen, by tag."""
        shown: dict[str, dict[str, Any]] = {}
        for message in self.sent:
            tag = message["data"]["tag"]
            shown.pop(tag, None)
            if message["message"] != "clear_notification":
                shown[tag] = message
        return shown

    @property
    def only(self) -> dict[str, Any]:
        """The one notification that stands there."""
        (message,) = self.shown.values()
        return message

    async def press(self, title: str, reply: str | None = None, *, wait: bool = True) -> None:
        """Press a button of what stands there; do not ``wait`` for what waits itself."""
        (action,) = [one for one in self.only["data"]["actions"] if one["title"] == title]
        await self.answer(action["action"], reply, wait=wait)

    async def answer(self, action: str, reply: str | None = None, *, wait: bool = True) -> None:
        """Let the app tell of a button, whatever stands there by now."""
        told = {"action": action} | ({} if reply is None else {"reply_text": reply})
        self.hass.bus.async_fire("mobile_app_notification_action", told)
        await (self.hass.async_block_till_done() if wait else settle())


async def settle() -> None:
    """Let everything run that can, without waiting for what waits."""
    for _ in range(200):
        await asyncio.sleep(0)


async def a_phone(hass: HomeAssistant, web: AiohttpClientMocker, name: str = "Pixel") -> Phone:
    """Register a phone with Home Assistant's own companion app integration."""
    sent: list[dict[str, Any]] = []

    async def push(_method: str, _url: object, data: dict[str, Any]) -> Any:
        sent.append(data)
        return answer

    web.post(PUSH, status=201, json={})
    (answer,) = web._mocks[-1:]
    web._mocks[-1].side_effect = push
    assert await async_setup_component(hass, "mobile_app", {})
    entry = MockConfigEntry(
        domain="mobile_app",
        title=name,
        data={
            "app_data": {"push_token": "token", "push_url": PUSH},
            "app_id": "io.homeassistant.companion",
            "app_name": "Home Assistant",
            "app_version": "2026.11",
            "device_id": name,
            "device_name": name,
            "manufacturer": "Google",
            "model": "Pixel",
            "os_name": "Android",
            "os_version": "17",
            "supports_encryption": False,
            "user_id": "somebody",
            "webhook_id": f"webhook-{name}",
        },
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    return Phone(hass, device.id, sent)


@dataclass
class Speaker:
    """A voice satellite: what it said, and what it is answered."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)


async def a_speaker(hass: HomeAssistant) -> Speaker:
    """Put a satellite's actions in the house."""
    speaker = Speaker()

    async def announce(call: ServiceCall) -> None:
        speaker.said.append(call.data["message"])

    async def ask(call: ServiceCall) -> ServiceResponse:
        speaker.asked.append(call.data["question"])
        return speaker.answers.pop(0)

    hass.services.async_register("assist_satellite", "announce", announce)
    hass.services.async_register(
        "assist_satellite", "ask_question", ask, supports_response=SupportsResponse.ONLY
    )
    return speaker


def listen(hass: HomeAssistant, domain: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the list of the actions of a domain that are called from now on."""
    called: list[tuple[str, dict[str, Any]]] = []

    @callback
    def note(event: Event[Any]) -> None:
        if event.data["domain"] == domain:
            called.append((event.data["service"], event.data["service_data"]))

    hass.bus.async_listen(EVENT_CALL_SERVICE, note)
    return called


type Use = tuple[str, dict[str, Any]]


async def use(hass: HomeAssistant, *uses: Use) -> None:
    """Make automations from blueprints of this repository."""
    folder = Path(hass.config.path("blueprints", "automation", "pht_rehab"))
    await hass.async_add_executor_job(lambda: shutil.copytree(BLUEPRINTS, folder))
    made = [
        {
            "id": f"{name}-{number}",
            "alias": f"{name} {number}",
            "use_blueprint": {"path": f"pht_rehab/{name}.yaml", "input": given},
        }
        for number, (name, given) in enumerate(uses)
    ]
    assert await async_setup_component(hass, "automation", {"automation": made})
    await hass.async_block_till_done()
    states = {state.state for state in hass.states.async_all("automation")}
    assert states == {"on"}, "an automation that is not valid is unavailable"


async def turn(hass: HomeAssistant, to: str) -> None:
    """Turn every automation on or off."""
    entities = {"entity_id": "all", **({"stop_actions": True} if to == "off" else {})}
    await hass.services.async_call("automation", f"turn_{to}", entities, blocking=True)
    await hass.async_block_till_done()


async def restart(hass: HomeAssistant) -> None:
    """Let every automation forget what it was in the middle of."""
    await turn(hass, "off")
    await turn(hass, "on")
