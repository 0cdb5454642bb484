"""Protocol files: read and checked with every fault told, and the built-in one written as one."""

import sys
import textwrap
from pathlib import Path
from typing import Any, Final

import yaml  # type: ignore[import-untyped]

from custom_components.pht_rehab.domain.adopted import FORMAT, STANDARD, Protocol
from custom_components.pht_rehab.domain.plain import plain
from custom_components.pht_rehab.domain.rules import RULES, RULES_VERSION, Rules
from custom_components.pht_rehab.protocol_yaml import FaultyFile, load

from . import words
from .notes import notes

WIDTH: Final = 100
HEAD: Final = """\
The built-in protocol, whole. A protocol of one's own needs only what it changes: delete the rest.
Guide: docs/protocol.md. Sources: the letters are sections of the clinical reference."""


def read(path: Path | None) -> Protocol | None:
    """Return the protocol of a file, the built-in one without; None after its faults were told."""
    if path is None:
        return Protocol(name="Built-in protocol", about="", rules=RULES[RULES_VERSION])
    try:
        return load(path.read_bytes(), RULES[RULES_VERSION])
    except OSError as error:
        print(f"{path}: {error.strerror}", file=sys.stderr)
    except FaultyFile as error:
        for found in error.faults:
            print(f"{path}: {words.fault(found)}", file=sys.stderr)
    return None


def check(path: Path) -> int:
    """Say whether a file can be used; 0 if it can."""
    found = read(path)
    if found is None:
        return 1
    base = plain(RULES[RULES_VERSION], RULES[RULES_VERSION])
    told = plain(found.rules, RULES[RULES_VERSION])
    changed = [name for name in told if told[name] != base[name]]
    print(f"{path}: {found.name}, fingerprint {found.digest[:8]}")
    print(f"  changes {', '.join(changed) or 'nothing'}")
    return 0


def built_in() -> str:
    """Return the built-in protocol as a file, with a note on what each part is."""
    return written(RULES[RULES_VERSION], "My protocol")


def written(rules: Rules, name: str) -> str:
    """Return an edition as a whole file; read again it is the same edition."""
    parts = [_comment(HEAD), _yaml({"format": FORMAT, "name": name, "based_on": STANDARD})]
    told, last = notes(Rules), ""
    for key, value in plain(rules, RULES[rules.version]).items():
        above, beside = told.get(key, ("", ""))
        if above != last:
            parts.append(f"\n{_comment(above)}")
        last, text = above, _yaml({key: value})
        first, _, more = text.partition("\n")
        parts.append(f"{first}  # {beside}\n{more}" if beside else text)
    return "".join(parts)


def _yaml(value: dict[str, Any]) -> str:
    """Return fields as YAML, the innermost lists and mappings on a line of their own."""
    nested = any(isinstance(item, dict | list) for item in value.values())
    text: str = yaml.safe_dump(
        value,
        sort_keys=False,
        width=WIDTH,
        default_flow_style=None if nested else False,
        allow_unicode=True,
    )
    return text


def _comment(text: str) -> str:
    lines = [line for part in text.split("\n") for line in textwrap.wrap(part, WIDTH - 2)]
    return "".join(f"# {line}\n" for line in lines)
