"""The words of a drawing: an exercise of the data, and the items of a picture."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict

from .shapes import Blobs, Circle
from .skeleton import Joints, Point, Pose, View, direction, wrapped

type Paint = Literal[
    "body", "far", "leg", "leg_far", "muscle",
    "prop", "weight", "soft", "ground", "arrow", "halo", "ghost",
]  # fmt: skip


class Exercise(TypedDict):
    """One exercise of the data."""

    view: NotRequired[View]
    work: NotRequired[list[str]]
    """What works: leg_n, leg_f, trunk; the near leg unless said otherwise."""
    muscle: list[str]
    props: NotRequired[list[list[Any]]]
    """What stands in the room: its kind and place."""
    held: NotRequired[list[list[Any]]]
    """What moves with the figure: kind, joint, layer, and a way off the joint."""
    arrow: Mapping[str, Any]
    pose: NotRequired[Pose]
    """What start and end have in common."""
    start: Pose
    end: Pose
    back: NotRequired[list[Pose]]
    """What the way back passes through, where nobody would go back the way they came."""


class Place(NamedTuple):
    """Where a shape is, and how it is turned."""

    x: float
    y: float
    angle: float


HERE = (Place(0, 0, 0),)
STILL = 1e-6


class Shape(NamedTuple):
    """A stiff part and its way through the moments; one place only if it stays."""

    paint: Paint
    blobs: Blobs
    track: tuple[Place, ...] = HERE
    halo: bool = False


class Stroke(NamedTuple):
    """A line and its way through the moments; one that fades follows the effort."""

    paint: Paint
    width: float
    track: tuple[tuple[Point, ...], ...]
    fades: bool = False


type Item = Shape | Stroke


def track(frames: Sequence[Joints], start: str, end: str) -> tuple[Place, ...]:
    """Return the way of a bone, turning on without a jump; one place if it rests."""
    places: list[Place] = []
    for joints in frames:
        angle = direction(joints[start], joints[end])
        if places:
            angle = places[-1].angle + wrapped(angle - places[-1].angle)
        places.append(Place(*joints[start], angle))
    return at_rest(places)


def at_rest(places: Sequence[Place]) -> tuple[Place, ...]:
    """Keep one place of what does not move."""
    still = all(math.dist(place, places[0]) < STILL for place in places)
    return tuple(places[:1] if still else places)


class Window(NamedTuple):
    """The part of the plane that a picture shows: its left, its top and its size."""

    left: float
    top: float
    width: float
    height: float


def window(items: Sequence[Item], ratio: float, margin: float = 0.035) -> Window:
    """Fit a window of this ratio of width to height around a picture, the floor near its foot."""
    spots: list[Circle] = [(0, -0.03, 0)]
    for item in items:
        if isinstance(item, Stroke):
            spots += [(*point, item.width / 2) for line in item.track for point in line]
        else:
            spots += [
                spot for place in item.track for blob in moved(item.blobs, place) for spot in blob
            ]
    left = min(x - r for x, _, r in spots) - margin
    right = max(x + r for x, _, r in spots) + margin
    top, foot = max(y + r for _, y, r in spots) + margin, min(y - r for _, y, r in spots) - margin
    width = max(right - left, (top - foot) * ratio)
    height = width / ratio
    top += (height - (top - foot)) * 0.6
    return Window((left + right - width) / 2, top, width, height)


def moved(blobs: Blobs, place: Place) -> Blobs:
    """Return blobs in their place."""
    sine, cosine = math.sin(math.radians(place.angle)), math.cos(math.radians(place.angle))
    return tuple(
        tuple(
            (place.x + x * cosine - y * sine, place.y + x * sine + y * cosine, radius)
            for x, y, radius in blob
        )
        for blob in blobs
    )
