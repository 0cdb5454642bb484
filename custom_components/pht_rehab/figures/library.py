"""The exercises of poses.json, read once, when the package is imported."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from .parts import Exercise

EXERCISES: Final[Mapping[str, Exercise]] = json.loads(
    files(__package__).joinpath("poses.json").read_text("utf-8")
)
