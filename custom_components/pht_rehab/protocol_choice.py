"""The protocols there are to choose from, and the one a programme follows.

A file is read when it is chosen and adopted whole into the log; from then on the log alone says
what is in force. A changed file is only told of, until somebody adopts it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from .const import DOMAIN
from .coordinator import RehabCoordinator
from .domain import decide
from .domain.adopted import CONTENT_MAX, SHORT, STANDARD, Protocol, rules_of
from .domain.facts import ProtocolAdopted
from .domain.limits import problem
from .domain.rules import RULES, RULES_VERSION, Rules
from .flow_forms import PROTOCOLS
from .issues import forget_protocol, tell_changed, tell_faulty
from .protocol_yaml import Fault, FaultyFile, load
from .texts import Texts

OPTION: Final = "protocol"
SHIPPED: Final = PROTOCOLS[1:]
FILES_MAX: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A protocol file: what it holds, or what is wrong with it. ``source`` names it."""

    source: str
    protocol: Protocol | None = None
    faults: tuple[Fault, ...] = ()


async def async_find(hass: HomeAssistant, only: str | None = None) -> Mapping[str, Found]:
    """Return the protocols of the integration and of the configuration folder, by their source.

    ``only`` one of them, where no other is asked for.
    """
    folder = Path(hass.config.path(DOMAIN, "protocols"))
    return await hass.async_add_executor_job(_find, folder, only)


def _find(folder: Path, only: str | None) -> Mapping[str, Found]:
    return {
        source: _read(source, path)
        for source, path in _files(folder)
        if only is None or source == only
    }


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    own = Path(__file__).parent / "protocols"
    yield from ((name, own / f"{name}.yaml") for name in SHIPPED)
    names = sorted(path.name for path in folder.glob("[!.]*.yaml") if path.is_file())
    yield from ((name, folder / name) for name in names[:FILES_MAX] if name.isprintable())


def _read(source: str, path: Path) -> Found:
    """Read one file; a size the loader refuses anyway is not read at all."""
    try:
        data = path.read_bytes() if path.stat().st_size <= CONTENT_MAX else bytes(CONTENT_MAX + 1)
        return Found(source=source, protocol=load(data, RULES[RULES_VERSION]))
    except OSError:
        return Found(source=source, faults=(Fault(1, problem("unreadable", ())),))
    except FaultyFile as error:
        return Found(source=source, faults=error.faults)


def in_force(programme: RehabCoordinator) -> str:
    """Return the source of the protocol in force."""
    known = programme.course.protocol
    return STANDARD if known is None else known.source


def describe(programme: RehabCoordinator, texts: Texts) -> dict[str, str]:
    """Return source, name and the first letters of the digest of the protocol in force."""
    known = programme.course.protocol
    if known is not None:
        return {"source": known.source, "name": known.name, "digest": known.digest[:SHORT]}
    name = texts.say(f"selector.protocol.options.{STANDARD}")
    return {"source": STANDARD, "name": name, "digest": _built_in(programme.course.rules_version)}


@cache
def _built_in(rules_version: int) -> str:
    return Protocol(name=STANDARD, about="", rules=RULES[rules_version]).digest[:SHORT]


def fault(texts: Texts, found: Found) -> str:
    """Return the first fault of a file as a sentence."""
    first = found.faults[0]
    what = texts.say(f"protocol_{first.problem.key}", **first.problem.figures)
    if not first.where:
        return texts.say("protocol_fault_line", line=str(first.line), what=what)
    return texts.say("protocol_fault", line=str(first.line), where=first.where, what=what)


async def async_follow(hass: HomeAssistant, programme: RehabCoordinator) -> None:
    """Adopt what the options choose, and tell of a file that is not what is in force."""
    entry: ConfigEntry[Any] = programme.config_entry
    known, current = programme.course.protocol, in_force(programme)
    chosen = entry.options.get(OPTION, current)
    forget_protocol(hass, entry)
    if chosen == current == STANDARD:
        return
    file = (await async_find(hass, chosen)).get(chosen)
    if file is not None and file.protocol is None:
        tell_faulty(hass, entry, file.source, fault(programme.texts, file))
    elif chosen != current and (file is not None or chosen == STANDARD):
        await async_adopt(programme, chosen, file.protocol if file is not None else None)
    elif known and file and file.protocol and file.protocol.rules != _adopted(known):
        tell_changed(hass, entry, known.name, file.source)


def _adopted(known: ProtocolAdopted) -> Rules:
    return rules_of(known.content, known.rules_version)


async def async_adopt(programme: RehabCoordinator, source: str, protocol: Protocol | None) -> None:
    """Put a protocol in force from today, None for the built-in one."""
    await programme.async_record(
        lambda course, at: decide.adopt_protocol(course, at, source=source, protocol=protocol)
    )
