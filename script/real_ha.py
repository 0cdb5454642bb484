"""A real Home Assistant on a configuration folder, and an administrator's hands in it.

For the demo, the live tests and the screenshots. Everything is synchronous, so that it mixes
with Playwright's synchronous pages:

    with RealHA(folder, components=[INTEGRATION]) as ha:
        ha.onboard()
        flow = ha.start_flow("pht_rehab")
        flow.submit({"name": "Alex", ...})
        ha.command("config/entity_registry/list")
"""

import asyncio
import contextlib
import itertools
import json
import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, Self

import aiohttp

ROOT: Final = Path(__file__).resolve().parent.parent
INTEGRATION: Final = ROOT / "custom_components" / "pht_rehab"
RESTART_EXIT_CODE: Final = 100
# Seconds. Only a failure waits this long, and a start beside other work takes a minute.
PATIENCE: Final = 240

_RECORD: Final = re.compile(r"^(?=\d{4}-\d\d-\d\d \d\d:)", re.MULTILINE)
_GONE: Final = "Cannot write to closing transport"
"""Home Assistant says it of a browser that left while a long message was being sent to it."""

# No http: section. It would be imported as a pending configuration, which puts a dialog over
# the frontend and, five minutes on, restarts Home Assistant on the default port.
CONFIGURATION: Final = """\
automation: !include automations.yaml
config:
conversation:
energy:
frontend:
history:
logbook:
mobile_app:
my:
scene: !include scenes.yaml
script: !include scripts.yaml
sun:
system_health:
logger:
  default: warning
  logs:
    # Complain of what a bare machine lacks and nothing here uses.
    haffmpeg: fatal
    homeassistant.components.camera.img_util: fatal
"""


class CommandError(Exception):
    """Home Assistant refused a command or a request; the message is its own."""


def free_port() -> int:
    """Return a port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def port_is_free(port: int) -> bool:
    """Say whether Home Assistant could listen on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


class RealHA:
    """One Home Assistant process.

    Args:
        config: The configuration folder; made when absent, kept otherwise.
        hass: The `hass` program; by default that of the running Python's environment.
        port: By default a free one.
        components: Folders of custom integrations, linked into the configuration.
        time_zone: The home's, in a new configuration.
        configuration: Lines added to a new configuration.yaml.
        environment: Variables added to those of this process.
    """

    def __init__(  # noqa: PLR0913
        self,
        config: Path,
        *,
        hass: Path | None = None,
        port: int | None = None,
        components: Iterable[Path] = (),
        time_zone: str = "UTC",
        configuration: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.config = config
        self.port = port or free_port()
        self.url = f"http://localhost:{self.port}"
        self.client_id = f"{self.url}/"
        self.time_zone = time_zone
        self.token: str | None = None
        self._hass = hass or Path(sys.executable).with_name("hass")
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self._loop: _LoopThread | None = None
        self._connection: _Connection | None = None
        self._prepare(tuple(components), configuration)

    def __enter__(self) -> Self:
        """Start."""
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.close()

    # Process

    def start(self, timeout: float = PATIENCE) -> None:
        """Start, and return once it answers; once all is set up, when a token is at hand."""
        self._write_storage(
            "http",
            2,
            2,
            {
                "stable": {
                    "server_host": ["127.0.0.1"],
                    "server_port": self.port,
                    "cors_allowed_origins": [],
                    "login_attempts_threshold": -1,
                    "ip_ban_enabled": False,
                    "ssl_profile": "modern",
                    "use_x_frame_options": True,
                    "created_at": "2026-01-01T00:00:00+00:00",
                    "error": None,
                    "error_message": None,
                },
                "pending": None,
                "yaml_migration_done": True,
            },
        )
        with self.console.open("ab") as console:
            self._process = subprocess.Popen(
                [self._hass, "--config", self.config, "--skip-pip", "--log-no-color"],
                stdout=console,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=self._environment,
                # Ctrl-C at a terminal is for whoever runs this; they stop it in order.
                start_new_session=True,
            )
        self._wait("answers", lambda: self._status("/manifest.json") == HTTPStatus.OK, timeout)
        if self.token is not None:
            self.wait_running(timeout)

    def wait_running(self, timeout: float = PATIENCE) -> None:
        """Wait for every integration; HTTP answers some two seconds before that."""
        self._wait(
            "runs", lambda: self.request("GET", "/api/config")["state"] == "RUNNING", timeout
        )

    def stop(self) -> None:
        """Stop in order, so that everything is written; `start` may follow."""
        self._disconnect()
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None

    def kill(self) -> None:
        """Stop as a power cut would; `start` may follow.

        Home Assistant writes its users minutes after its first start, so `restart` before this.
        """
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self.stop()

    def restart(self) -> None:
        """Stop and start again, on the same folder and port."""
        self.stop()
        self.start()

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        if self._loop is not None:
            self._loop.close()
            self._loop = None

    def wait(self) -> int:
        """Wait for the process to end by itself and return its exit code."""
        if self._process is None:
            raise RuntimeError("not started")
        return self._process.wait()

    @property
    def console(self) -> Path:
        """Everything the process has printed."""
        return self.config / "console.log"

    def errors(self) -> list[str]:
        """Return what was logged as an error, with its traceback."""
        records = _RECORD.split(self.console.read_text(encoding="utf-8"))
        return [
            record
            for record in records
            if re.match(r"\S+ \S+ (ERROR|CRITICAL) ", record) and _GONE not in record
        ]

    # Users

    def onboard(
        self,
        name: str = "Alex",
        username: str = "alex",
        password: str = "test-password",  # noqa: S107
    ) -> None:
        """Create the owner, and keep a token of theirs."""
        path = "/api/onboarding"
        # These views come late; until then they are not found.
        self._wait("can be onboarded", lambda: self._status(path) == HTTPStatus.OK)
        answer = self.request(
            "POST",
            f"{path}/users",
            json={
                "client_id": self.client_id,
                "name": name,
                "username": username,
                "password": password,
                "language": "en",
            },
        )
        self._exchange(answer["auth_code"])
        self.request(
            "POST",
            f"{path}/integration",
            json={"client_id": self.client_id, "redirect_uri": self.client_id},
        )
        self._keep_token()

    def log_in(self, username: str, password: str) -> None:
        """Take up a user of a configuration that was onboarded before."""
        flow = self.request(
            "POST",
            "/auth/login_flow",
            json={
                "client_id": self.client_id,
                "handler": ["homeassistant", None],
                "redirect_uri": self.client_id,
            },
        )
        answer = self.request(
            "POST",
            f"/auth/login_flow/{flow['flow_id']}",
            json={"client_id": self.client_id, "username": username, "password": password},
        )
        if answer["type"] != "create_entry":
            raise CommandError(f"cannot log in as {username}: {answer.get('errors')}")
        self._exchange(answer["result"])
        self._keep_token()

    def add_user(self, name: str, group: str = "system-users") -> str:
        """Create one more user and return a token of theirs."""
        username, password = name.lower(), f"{name}-password"
        user = self.command("config/auth/create", name=name, group_ids=[group])["user"]
        self.command(
            "config/auth_provider/homeassistant/create",
            user_id=user["id"],
            username=username,
            password=password,
        )
        mine, connection = self.token, self._connection
        self._connection = None
        try:
            self.log_in(username, password)
            assert self.token is not None  # noqa: S101
            return self.token
        finally:
            self._disconnect()
            self.token, self._connection = mine, connection

    def browser_tokens(self) -> dict[str, Any]:
        """Return what the frontend keeps in localStorage as `hassTokens` once logged in."""
        return {
            "access_token": self.token,
            "token_type": "Bearer",
            "refresh_token": "",
            "expires_in": 10**9,
            "expires": 4102444800000,
            "hassUrl": self.url,
            "clientId": self.client_id,
        }

    # API

    def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        data: Mapping[str, str] | None = None,
    ) -> Any:
        """Send a request and return the JSON (or else the text) it is answered with."""

        async def send() -> Any:
            async with connection.session.request(
                method, self.url + path, json=json, data=data, headers=headers
            ) as response:
                body = await response.text()
                if response.status >= HTTPStatus.BAD_REQUEST:
                    raise CommandError(f"{method} {path}: {response.status} {body}")
                return await response.json() if "json" in response.content_type else body

        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        connection = self._connected()
        return self._run(send())

    def command(self, command: str, **fields: Any) -> Any:
        """Send a websocket command and return its result."""
        return self._run(self._connected().command(self.token, command, fields))

    def subscribe(self, command: str, **fields: Any) -> queue.Queue[Any]:
        """Send a websocket command that subscribes; its events arrive in the queue."""
        events: queue.Queue[Any] = queue.Queue()
        self._run(self._connected().command(self.token, command, fields, events))
        return events

    def action(
        self,
        name: str,
        data: Mapping[str, Any] | None = None,
        *,
        target: Mapping[str, Any] | None = None,
        response: bool = False,
    ) -> Any:
        """Perform an action (`domain.name`) and return its response, if one is asked for."""
        domain, service = name.split(".", 1)
        fields: dict[str, Any] = {"service_data": data or {}, "return_response": response}
        if target is not None:
            fields["target"] = target
        result = self.command("call_service", domain=domain, service=service, **fields)
        return result.get("response")

    def state(self, entity_id: str) -> dict[str, Any]:
        """Return an entity's state object."""
        state: dict[str, Any] = self.request("GET", f"/api/states/{entity_id}")
        return state

    def wait_state(self, entity_id: str, state: str, timeout: float = PATIENCE) -> None:
        """Wait until an entity's state is this one."""
        self._wait(
            f"has {entity_id} at {state}",
            lambda: self.state(entity_id)["state"] == state,
            timeout,
        )

    def entities(self, platform: str, entry_id: str | None = None) -> dict[str, str]:
        """Return an integration's entity ids by key, the part of the unique id after the entry's.

        Disabled entities are among them.
        """
        return {
            entity["unique_id"].removeprefix(f"{entity['config_entry_id']}_"): entity["entity_id"]
            for entity in self.command("config/entity_registry/list")
            if entity["platform"] == platform and entry_id in (None, entity["config_entry_id"])
        }

    def entries(self, domain: str) -> list[dict[str, Any]]:
        """Return an integration's config entries."""
        entries: list[dict[str, Any]] = self.command("config_entries/get", domain=domain)
        return entries

    def start_flow(self, domain: str, **fields: Any) -> Flow:
        """Begin a config flow; with `entry_id`, to reconfigure that entry."""
        return Flow(self, "flow", {"handler": domain, **fields})

    def start_options(self, entry_id: str) -> Flow:
        """Begin an entry's options flow."""
        return Flow(self, "options/flow", {"handler": entry_id})

    def start_subentry(self, entry_id: str, kind: str, **fields: Any) -> Flow:
        """Begin a flow for a subentry; with `subentry_id`, to reconfigure that one."""
        return Flow(self, "subentries/flow", {"handler": [entry_id, kind], **fields})

    # Inside

    def _prepare(self, components: tuple[Path, ...], configuration: str) -> None:
        linked = self.config / "custom_components"
        linked.mkdir(parents=True, exist_ok=True)
        for component in components:
            link = linked / component.name
            link.unlink(missing_ok=True)
            link.symlink_to(component.resolve())
        if (self.config / "configuration.yaml").exists():
            return
        for name, text in (
            ("automations.yaml", "[]\n"),
            ("scenes.yaml", "[]\n"),
            ("scripts.yaml", "{}\n"),
            ("configuration.yaml", CONFIGURATION + configuration),
        ):
            (self.config / name).write_text(text, encoding="utf-8")
        self._write_storage(
            "core.config",
            1,
            4,
            {
                "latitude": 52.37,
                "longitude": 4.9,
                "elevation": 0,
                "unit_system_v2": "metric",
                "location_name": "Home",
                "time_zone": self.time_zone,
                "external_url": None,
                "internal_url": None,
                "currency": "EUR",
                "country": "NL",
                "language": "en",
                "radius": 100,
            },
        )
        # Left are the first step and the last, which is the one that lets a person in. Of the
        # others, core_config would start flows that need the internet.
        self._write_storage("onboarding", 4, 1, {"done": ["core_config", "analytics"]})

    def _write_storage(self, key: str, version: int, minor: int, data: Mapping[str, Any]) -> None:
        path = self.config / ".storage" / key
        path.parent.mkdir(exist_ok=True)
        content = {"version": version, "minor_version": minor, "key": key, "data": data}
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")

    def _exchange(self, code: str) -> None:
        answer = self.request(
            "POST",
            "/auth/token",
            data={
                "client_id": self.client_id,
                "grant_type": "authorization_code",
                "code": code,
            },
        )
        self.token = answer["access_token"]
        self.wait_running()

    def _keep_token(self) -> None:
        """Trade the token for one that lasts longer than half an hour."""
        self.token = self.command(
            "auth/long_lived_access_token",
            client_name=f"{self.config.name} {time.time_ns()}",
            lifespan=365,
        )

    def _status(self, path: str) -> int:
        async def ask() -> int:
            async with connection.session.get(self.url + path) as response:
                return response.status

        connection = self._connected()
        with contextlib.suppress(aiohttp.ClientError):
            return self._run(ask())
        return 0

    def _wait(self, what: str, holds: Callable[[], bool], timeout: float = PATIENCE) -> None:
        deadline = time.monotonic() + timeout
        while not holds():
            if self._process is None or (code := self._process.poll()) is not None:
                last = "\n".join(self.console.read_text(encoding="utf-8").splitlines()[-20:])
                raise RuntimeError(f"Home Assistant ended by itself ({code}):\n{last}")
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"waited {timeout:.0f} s until Home Assistant {what}; it was at:\n{self._at()}"
                )
            time.sleep(0.1)

    def _at(self) -> str:
        """End Home Assistant, and return what each of its threads was doing."""
        assert self._process is not None  # noqa: S101
        self._process.send_signal(signal.SIGABRT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        return (self.config / "home-assistant.log.fault").read_text(encoding="utf-8")

    def _connected(self) -> _Connection:
        if self._loop is None:
            self._loop = _LoopThread()
        if self._connection is None:
            self._connection = _Connection(self.url)
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._run(self._connection.close())
        self._connection = None

    def _run[T](self, coroutine: Coroutine[Any, Any, T]) -> T:
        assert self._loop is not None  # noqa: S101
        return self._loop.run(coroutine)


class Flow:
    """A config, options or subentry flow under way; `result` is what it answered last."""

    def __init__(self, ha: RealHA, kind: str, handler: Mapping[str, Any]) -> None:
        self._ha = ha
        self._path = f"/api/config/config_entries/{kind}"
        self.result: dict[str, Any] = ha.request("POST", self._path, json=handler)

    @property
    def step(self) -> str | None:
        """The step that is waiting for an answer."""
        return self.result.get("step_id")

    def submit(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Answer the step and return what comes next: form, abort or create_entry."""
        path = f"{self._path}/{self.result['flow_id']}"
        self.result = self._ha.request("POST", path, json=data)
        return self.result


class _LoopThread:
    """An event loop in a thread of its own, because Playwright's occupies the caller's."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run[T](self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(PATIENCE + 10)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class _Connection:
    """An HTTP session and, from the first command on, a websocket."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._ids = itertools.count(1)
        self._results: dict[int, asyncio.Future[Any]] = {}
        self._events: dict[int, queue.Queue[Any]] = {}

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session; to be asked for inside the loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        return self._session

    async def command(
        self,
        token: str | None,
        command: str,
        fields: Mapping[str, Any],
        events: queue.Queue[Any] | None = None,
    ) -> Any:
        if self._socket is None or self._socket.closed:
            await self._open(token)
        assert self._socket is not None  # noqa: S101
        number = next(self._ids)
        self._results[number] = asyncio.get_running_loop().create_future()
        if events is not None:
            self._events[number] = events
        await self._socket.send_json({"id": number, "type": command, **fields})
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._results[number]
        finally:
            del self._results[number]

    async def close(self) -> None:
        if self._socket is not None:
            await self._socket.close()
        if self._reader is not None:
            await self._reader
        if self._session is not None:
            await self._session.close()

    async def _open(self, token: str | None) -> None:
        socket_ = await self.session.ws_connect(f"{self._url}/api/websocket", max_msg_size=0)
        await socket_.receive_json()
        await socket_.send_json({"type": "auth", "access_token": token})
        answer = await socket_.receive_json()
        if answer["type"] != "auth_ok":
            raise CommandError(str(answer))
        self._socket = socket_
        self._reader = asyncio.create_task(self._read(socket_))

    async def _read(self, socket_: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket_:
            content = message.json()
            number = content["id"]
            if content["type"] == "event":
                if number in self._events:
                    self._events[number].put(content["event"])
            elif (future := self._results.get(number)) is not None and not future.done():
                if content["success"]:
                    future.set_result(content["result"])
                else:
                    error = content["error"]
                    future.set_exception(CommandError(f"{error['code']}: {error['message']}"))
        for future in self._results.values():
            if not future.done():
                future.set_exception(CommandError("the connection was closed"))


def empty(folder: Path) -> Path:
    """Return the folder, emptied."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
