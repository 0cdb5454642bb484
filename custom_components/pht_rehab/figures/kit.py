"""Things around the figure, things it carries, and the arrow."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from .parts import Exercise, Item, Paint, Place, Shape, Stroke, Window, at_rest, track
from .shapes import KIT, Blobs, box, limb
from .skeleton import Joints, Point, along, direction

MAT: Final = 0.022
SOFT: Final = {"mat", "cushion", "slider"}
BANDS: Final[dict[str, tuple[Paint, float]]] = {
    "band": ("soft", 0.016),  # from a fixed place to a joint
    "loop": ("soft", 0.03),  # between two joints
    "belt": ("halo", 0.012),  # a line that shows how the pelvis lies
}
ARROW: Final = 0.018
BARB: Final = 0.05


def _bench(_: float, x: float, right: float, top: float) -> Blobs:
    legs = [box(leg - 0.015, 0, leg + 0.015, top) for leg in (x + 0.04, right - 0.04)]
    return (*legs, box(x, top - 0.055, right, top, 0.022))


def _chair(_: float, x: float, top: float) -> Blobs:
    back = limb((x, 0.011, 0.011), (x + 0.02, 0.25, 0.011), (x, top, 0.011))
    leg = limb((x + 0.23, 0.25, 0.011), (x + 0.24, 0.011, 0.011))
    return (*back, *leg, box(x, 0.235, x + 0.25, 0.265, 0.012))


def _sofa(_: float, x: float, right: float) -> Blobs:
    legs = [box(leg, 0, leg + 0.025, 0.12) for leg in (x + 0.03, right - 0.05)]
    return (*legs, box(x, 0.085, right, 0.27, 0.03), box(x, 0.085, x + 0.13, 0.46, 0.04))


THINGS: Final[dict[str, Callable[..., Blobs]]] = {
    # Each is given the height of the ground and its own numbers: left, right, top.
    "mat": lambda base, x, right: (box(x, base, right, 0, 0.01),),
    "cushion": lambda base, x, right, top: (box(x, base, right, top, 0.012),),
    "step": lambda base, x, right, top: (box(x, base, right, top, 0.01),),
    "wall": lambda base, x: (box(x, base, x + 0.035, 1),),
    "post": lambda base, x, top: (box(x - 0.012, base, x + 0.012, top),),
    "bench": _bench,
    "chair": _chair,
    "sofa": _sofa,
}


def ground(exercise: Exercise) -> float:
    """Return how high the ground is: lower where a mat lies under the figure."""
    return -MAT if any(kind == "mat" for kind, *_ in exercise.get("props", [])) else 0


def floor(exercise: Exercise, seen: Window) -> Stroke:
    """Draw the ground from side to side."""
    y = ground(exercise) - 0.004
    line = (seen.left + 0.02, y), (seen.left + seen.width - 0.02, y)
    return Stroke("ground", 0.008, (line,))


def standing(exercise: Exercise, frames: Sequence[Joints]) -> Iterator[Item]:
    """Draw what stands in the room, and the shadow of a leap."""
    base = ground(exercise)
    for kind, *numbers in exercise.get("props", []):
        if kind == "shadow":
            places = [Place(joints["hip"][0], 0, 0) for joints in frames]
            yield Shape("ground", KIT[kind], at_rest(places))
        else:
            yield Shape("soft" if kind in SOFT else "prop", THINGS[kind](base, *numbers))


def held(exercise: Exercise, frames: Sequence[Joints], layer: str) -> Iterator[Item]:
    """Draw what moves with the figure in one layer."""
    for kind, joint, where, *more in exercise.get("held", []):
        if where != layer:
            continue
        if kind in BANDS:
            yield _band(kind, joint, more, frames)
            continue
        places = _way(kind, joint, more, frames)
        yield Shape("soft" if kind in SOFT else "weight", KIT[kind], places)
        if kind == "plate":
            yield Shape("prop", KIT["hub"], places)


def _band(kind: str, joint: str, more: Sequence[Any], frames: Sequence[Joints]) -> Stroke:
    def other(joints: Joints) -> Point:
        return joints[more[0]] if isinstance(more[0], str) else (more[0], more[1])

    lines = [(other(joints), joints[joint]) for joints in frames]
    paint, width = BANDS[kind]
    return Stroke(paint, width, tuple(lines[:1] if len(set(lines)) == 1 else lines))


def _way(
    kind: str, joint: str, more: Sequence[float], frames: Sequence[Joints]
) -> tuple[Place, ...]:
    """Return where a carried thing is: it hangs, lies along the back, or slides on the floor."""
    if kind == "stick":
        return track(frames, "hip", "shoulder")
    if kind == "kettlebell":
        return track(frames, joint, joint.replace("elbow", "hand"))
    dx, dy = more or (0, 0)
    spots = [joints[joint] for joints in frames]
    return at_rest([Place(x + dx, 0 if kind == "slider" else y + dy, 0) for x, y in spots])


def arrow(
    given: Mapping[str, Any], way: Sequence[Joints], *, size: float, fades: bool
) -> Iterator[Stroke]:
    """Draw where a joint goes, beside its way; with a bar at its tip where it stays."""
    points = _shaft(given, way)
    tip, angle = points[-1], direction(points[-2], points[-1])
    lines = [points]
    if given.get("hold"):
        half = BARB * 0.9 * size
        lines.append([along(tip, angle + 90, half), along(tip, angle - 90, half)])
        tip = along(tip, angle, -0.014 * size)
    lines.append(_head(tip, angle, size))
    if given.get("both"):
        lines.append(_head(points[0], direction(points[1], points[0]), size))
    width = ARROW * size
    yield from (Stroke("halo", width + 0.016, (tuple(line),), fades) for line in lines)
    yield from (Stroke("arrow", width, (tuple(line),), fades) for line in lines)


def _shaft(given: Mapping[str, Any], way: Sequence[Joints]) -> list[Point]:
    """Return the line of an arrow: a short straight one, a turn, or the way of its joint."""
    dx, dy = given.get("by", (0, 0))
    points = [(joints[given["at"]][0] + dx, joints[given["at"]][1] + dy) for joints in way]
    if straight := given.get("press") or given.get("go"):
        return [points[-1], along(points[-1], *straight)]
    if "turn" in given:
        radius, first, last = given["turn"]
        steps = [first + (last - first) * step / 12 for step in range(13)]
        return [along(points[-1], angle, radius) for angle in steps]
    return points[1:-1]


def _head(tip: Point, angle: float, size: float) -> list[Point]:
    barb = BARB * size
    return [along(tip, angle + 145, barb), tip, along(tip, angle - 145, barb)]
