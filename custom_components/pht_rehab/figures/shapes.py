"""The parts a picture is made of, each in the frame of the joint that carries it.

A blob is the tight outline around circles (x, y, radius), listed counter-clockwise. Along a bone
x points to its far end; y points to the back of trunk and head and to the front of thigh, shin
and arm.
"""

import math
from itertools import pairwise
from typing import Final, NamedTuple

from .skeleton import Point

type Circle = tuple[float, float, float]
type Blob = tuple[Circle, ...]
type Blobs = tuple[Blob, ...]


class Arc(NamedTuple):
    """A part of an outline: counter-clockwise around a circle, angles in radians."""

    centre: Point
    radius: float
    start: float
    end: float

    def at(self, angle: float) -> Point:
        """Return the point of the circle in this direction."""
        x, y = self.centre
        return x + self.radius * math.cos(angle), y + self.radius * math.sin(angle)


def outline(blob: Blob) -> tuple[Arc, ...]:
    """Return the arcs around a blob; straight lines join them."""
    if len(blob) == 1:
        ((x, y, radius),) = blob
        return Arc((x, y), radius, 0, math.pi), Arc((x, y), radius, math.pi, math.tau)
    normals = []
    for (x, y, radius), (next_x, next_y, next_radius) in zip(
        blob, blob[1:] + blob[:1], strict=True
    ):
        gap = math.hypot(next_x - x, next_y - y)
        lean = math.acos(max(-1, min(1, (radius - next_radius) / gap)))
        normals.append(math.atan2(next_y - y, next_x - x) - lean)
    return tuple(
        Arc((x, y), radius, before, before + (after - before) % math.tau)
        for (x, y, radius), before, after in zip(
            blob, normals[-1:] + normals[:-1], normals, strict=True
        )
    )


def limb(*circles: Circle) -> Blobs:
    """Return a tapered limb through these circles."""
    return tuple(pairwise(circles))


def box(left: float, bottom: float, right: float, top: float, corner: float = 0.006) -> Blob:
    """Return a box with round corners."""
    x0, x1, y0, y1 = left + corner, right - corner, bottom + corner, top - corner
    return (x0, y0, corner), (x1, y0, corner), (x1, y1, corner), (x0, y1, corner)


PARTS: Final[dict[str, Blobs]] = {
    "thigh": limb((0.0, -0.003, 0.052), (0.1, 0.001, 0.045), (0.245, 0.0, 0.030)),
    "shin": limb((0.0, 0.0, 0.030), (0.08, -0.006, 0.030), (0.222, 0.0, 0.018)),
    "foot": (((-0.012, 0.018, 0.018), (0.118, 0.011, 0.011), (0.002, 0.036, 0.018)),),
    "upper_arm": limb((0.0, 0.0, 0.030), (0.06, 0.0, 0.028), (0.17, 0.0, 0.020)),
    "forearm": (
        *limb((0.0, 0.0, 0.020), (0.04, 0.0, 0.021), (0.145, 0.0, 0.013)),
        ((0.163, 0.0, 0.019),),
    ),
    "chest": limb((0.292, 0.006, 0.036), (0.2, -0.003, 0.050), (0.07, 0.0, 0.042)),
    "pelvis": limb((0.09, 0.0, 0.041), (0.0, 0.004, 0.050)),
    "marker": (((0.0, 0.034, 0.02), (-0.03, 0.0, 0.02), (0.0, -0.034, 0.02), (0.1, -0.004, 0.03)),),
    "neck": limb((-0.005, 0.004, 0.027), (0.07, 0.0, 0.022)),
    "head": (
        ((0.006, 0.003, 0.055),),
        ((0.0, 0.01, 0.045), (-0.028, -0.026, 0.024), (0.012, -0.014, 0.045)),
        ((-0.004, -0.05, 0.009), (-0.012, -0.057, 0.006), (0.012, -0.044, 0.008)),
    ),
}
FRONT: Final[dict[str, Blobs]] = {
    **PARTS,
    "foot": (((-0.022, 0.017, 0.017), (0.024, 0.017, 0.017), (0.0, 0.034, 0.018)),),
    "thigh": limb((0.0, 0.0, 0.046), (0.1, 0.0, 0.042), (0.245, 0.0, 0.030)),
    "shin": limb((0.0, 0.0, 0.030), (0.08, 0.0, 0.031), (0.222, 0.0, 0.018)),
    "chest": (
        (
            (0.06, 0.025, 0.044),
            (0.06, -0.025, 0.044),
            (0.272, -0.06, 0.036),
            (0.272, 0.06, 0.036),
        ),
    ),
    "pelvis": (
        ((0.0, -0.05, 0.04), (0.09, -0.022, 0.046), (0.09, 0.022, 0.046), (0.0, 0.05, 0.04)),
    ),
    "fist": (((0.005, 0.0, 0.026),),),
    "head": (((0.008, 0.0, 0.055),), ((-0.018, 0.0, 0.044), (0.01, 0.0, 0.05))),
}
MUSCLES: Final[dict[str, tuple[str, Blobs]]] = {
    "hamstring": (
        "thigh",
        limb(
            (0.03, -0.029, 0.006),
            (0.07, -0.027, 0.0135),
            (0.115, -0.0245, 0.0155),
            (0.16, -0.022, 0.0115),
            (0.205, -0.02, 0.005),
        ),
    ),
    "glute": (
        "thigh",
        limb(
            (-0.036, -0.012, 0.006),
            (-0.02, -0.025, 0.0135),
            (0.0, -0.031, 0.0125),
            (0.018, -0.035, 0.006),
        ),
    ),
    "calf": (
        "shin",
        limb(
            (0.012, -0.013, 0.004),
            (0.045, -0.018, 0.0105),
            (0.08, -0.02, 0.0115),
            (0.15, -0.011, 0.004),
        ),
    ),
    "hip_flexor": (
        "thigh",
        limb(
            (-0.05, 0.024, 0.006),
            (-0.01, 0.031, 0.013),
            (0.03, 0.031, 0.013),
            (0.1, 0.025, 0.005),
        ),
    ),
    "abdomen": (
        "chest",
        limb(
            (0.0, -0.028, 0.006),
            (0.06, -0.024, 0.0125),
            (0.12, -0.027, 0.0125),
            (0.2, -0.036, 0.006),
        ),
    ),
    "hip_side": (
        "thigh",
        limb(
            (-0.036, -0.01, 0.006),
            (-0.012, -0.024, 0.013),
            (0.02, -0.028, 0.011),
            (0.06, -0.03, 0.005),
        ),
    ),
    "flank": (
        "chest",
        limb(
            (0.02, 0.045, 0.006),
            (0.08, 0.049, 0.014),
            (0.14, 0.056, 0.014),
            (0.21, 0.07, 0.006),
        ),
    ),
}
KIT: Final[dict[str, Blobs]] = {
    "dumbbell": (
        box(-0.055, -0.011, 0.055, 0.011),
        box(-0.06, -0.034, -0.035, 0.034, 0.01),
        box(0.035, -0.034, 0.06, 0.034, 0.01),
    ),
    "plate": (((0.0, 0.0, 0.075),),),
    "hub": (((0.0, 0.0, 0.03),),),
    "kettlebell": (
        ((0.225, 0.0, 0.045),),
        *limb((0.16, -0.022, 0.008), (0.2, -0.03, 0.008)),
        *limb((0.16, 0.022, 0.008), (0.2, 0.03, 0.008)),
        *limb((0.16, -0.022, 0.008), (0.16, 0.022, 0.008)),
    ),
    "stick": limb((-0.09, 0.068, 0.008), (0.47, 0.068, 0.008)),
    "slider": (box(-0.05, 0.0, 0.045, 0.012, 0.005),),
    "shadow": limb((-0.1, -0.006, 0.006), (0.1, -0.006, 0.006)),
}
