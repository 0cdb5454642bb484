"""The colours of a picture, as they are and as a page may change them."""

from typing import Final

from .parts import Paint

HALO: Final = 0.007
COLOURS: Final[dict[Paint, str]] = {
    "body": "#546e7a",
    "far": "#b1bdc3",
    "leg": "#0288d1",
    "leg_far": "#8ac8ea",
    "muscle": "#ff7043",
    "prop": "#cfd8dc",
    "weight": "#37474f",
    "soft": "#4db6ac",
    "ground": "#b0bec5",
    "arrow": "#f9a825",
    "halo": "#ffffff",
    "ghost": "#e6eaec",
}
