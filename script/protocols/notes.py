"""What stands beside the figures in the source: comments and docstrings, by the field's name."""

import inspect
import re
from dataclasses import fields
from functools import cache


@cache
def notes(kind: type) -> dict[str, tuple[str, str]]:
    """Return what is noted of each field of a dataclass: above its paragraph, and beside it."""
    names = {field.name for field in fields(kind)}
    found: dict[str, tuple[str, str]] = {}
    paragraph: list[str] = []
    last, begun = "", False
    for line in inspect.getsource(kind).splitlines():
        text = line.strip()
        if text.startswith("#"):
            paragraph = [] if begun else paragraph
            begun = False
            paragraph.append(text.removeprefix("#").strip())
        elif (match := re.match(r"(\w+):[^#]*(?:#\s*(.*))?$", text)) and match[1] in names:
            begun, last = True, match[1]
            found[last] = (" ".join(paragraph), match[2] or "")
        elif text.startswith('"""') and last and not found[last][1]:
            found[last] = (found[last][0], text.strip('"'))
        elif not text:
            paragraph, last, begun = [], "", False
    return found


def about(kind: type) -> str:
    """Return what a class is for, in the words of its docstring."""
    return " ".join((inspect.getdoc(kind) or "").split())
