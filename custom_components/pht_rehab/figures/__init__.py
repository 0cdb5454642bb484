"""Pictures of the exercises: what a repetition looks like, for those who never saw one.

Everything is computed from poses.json; nothing here knows Home Assistant. A moving picture
takes eight seconds: three there, one of rest, three back, one of rest. It slows down towards
both ends by itself, so a player only needs to run its time evenly: `pauseAnimations()`, then
`setCurrentTime(3 * fraction)`.
"""

from typing import Literal

from . import raster, scene, vector
from .library import EXERCISES

__all__ = ["Side", "gif", "ids", "png", "still_svg", "svg"]

type Side = Literal["left", "right"]


def ids() -> tuple[str, ...]:
    """Return the exercises there are pictures of."""
    return tuple(EXERCISES)


def svg(exercise: str, side: Side = "right") -> str:
    """Return a moving SVG."""
    drawn = scene.moving(EXERCISES[exercise], vector.STEPS)
    return vector.drawing(drawn, mirrored=side == "left")


def still_svg(exercise: str, side: Side = "right") -> str:
    """Return an SVG of the end, with the start as a shade and the way as an arrow."""
    return vector.drawing(scene.still(EXERCISES[exercise]), mirrored=side == "left")


def png(exercise: str, side: Side = "right", width: int = 480, height: int = 320) -> bytes:
    """Return the still picture as a PNG on white."""
    drawn = scene.still(EXERCISES[exercise])
    return raster.still(drawn, (width, height), mirrored=side == "left")


def gif(exercise: str, side: Side = "right", width: int = 360, height: int = 240) -> bytes:
    """Return the moving picture as a GIF on white that repeats.

    It begins with the still one, held: a notification on Android shows nothing but that.
    """
    first, then = scene.opened(EXERCISES[exercise], raster.GIF_STEPS)
    return raster.moving(first, then, (width, height), mirrored=side == "left")
