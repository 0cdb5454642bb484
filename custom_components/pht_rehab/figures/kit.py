"""Things around the figure, things it carries, and the arrow."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .parts import Exercise, Item, Paint, Place, Shape, Stroke, Window, at_rest, track
from .shapes import KIT, Blobs, box, limb
from .skeleton import Joints, along, direction

SPINE = ("hip", "shoulder")
MAT = 0.022


def standing(exercise: Exercise, frames: Sequence[Joints]) -> Iterator[Item]:
    """Draw what stands in the room."""
    base = ground(exercise)
    for kind, *numbers in exercise.get("props", []):
        if kind == "shadow":
            yield _shadow(frames, *numbers)
        elif kind in {"mat", "cushion"}:
            yield Shape("soft", _thing(kind, base, *numbers))
        else:
            yield Shape("prop", _thing(kind, base, *numbers))


def ground(exercise: Exercise) -> float:
    """Return how high the ground is: a mat is as thick as it lies under the figure."""
    return -MAT if any(kind == "mat" for kind, *_ in exercise.get("props", [])) else 0.0


def floor(exercise: Exercise, seen: Window) -> Stroke:
    """Draw the ground from side to side."""
    y = ground(exercise) - 0.004
    line = (seen.left + 0.02, y), (seen.left + seen.width - 0.02, y)
    return Stroke("ground", 0.008, (line,))


def _thing(kind: str, base: float, x: float, *more: float) -> Blobs:
    match kind:
        case "mat":
            return (box(x, base, more[0], 0, 0.01),)
        case "cushion":
            return (box(x, 0, *more, 0.012),)
        case "step":
            return (box(x, base, *more, 0.01),)
        case "wall":
            return (box(x, 0, x + 0.035, 1.0),)
        case "post":
            return (box(x - 0.012, base, x + 0.012, more[0]),)
        case "bench":
            right, top = more
            legs = [box(leg - 0.015, 0, leg + 0.015, top) for leg in (x + 0.04, right - 0.04)]
            return (*legs, box(x, top - 0.055, right, top, 0.022))
        case "chair":
            sign, (height,) = 1, more
            back = limb((x, 0, 0.011), (x + sign * 0.02, 0.25, 0.011), (x, height, 0.011))
            return (*back, box(x, 0.235, x + 0.25, 0.265, 0.012), *limb((x + 0.23, 0.25, 0.011), (x + 0.24, 0, 0.011)))
        case "sofa":
            return (box(x, 0.065, more[0], 0.3, 0.03), box(x + 0.02, 0, x + 0.04, 0.1), box(more[0] - 0.04, 0, more[0] - 0.02, 0.1))
    raise ValueError(kind)


def _shadow(frames: Sequence[Joints], joint: str = "hip") -> Shape:
    places = [Place(joints[joint][0], 0, 0) for joints in frames]
    return Shape("ground", limb((-0.1, -0.006, 0.006), (0.1, -0.006, 0.006)), at_rest(places))


def held(exercise: Exercise, frames: Sequence[Joints], layer: str) -> Iterator[Item]:
    """Draw what moves with the figure in one layer."""
    for kind, joint, where, *more in exercise.get("held", []):
        if where == layer:
            yield from _carried(kind, joint, more, frames)


def _carried(kind: str, joint: str, more: Sequence[Any], frames: Sequence[Joints]) -> Iterator[Item]:
    paint: Paint
    if kind in {"band", "loop", "belt"}:
        lines = [
            ((more[0], more[1]) if kind == "band" else joints[more[0]], joints[joint])
            for joints in frames
        ]
        paint, width = ("halo", 0.012) if kind == "belt" else ("soft", 0.03 if kind == "loop" else 0.016)
        yield Stroke(paint, width, tuple(lines[:1] if len(set(lines)) == 1 else lines))
        return
    paint = "soft" if kind == "slider" else "weight"
    dx, dy = more or (0, 0)
    if kind == "stick":
        places = track(frames, *SPINE)
    elif kind == "kettlebell":
        places = track(frames, joint, joint.replace("elbow", "hand"))
    elif kind == "slider":
        places = at_rest([Place(joints[joint][0] + dx, 0, 0) for joints in frames])
    else:
        places = at_rest([Place(joints[joint][0] + dx, joints[joint][1] + dy, 0) for joints in frames])
    yield Shape(paint, KIT[kind], places, halo=False)
    if kind == "plate":
        yield Shape("prop", KIT["hub"], places)


def arrow(given: Mapping[str, Any], way: Sequence[Joints], *, fades: bool) -> Iterator[Item]:
    """Draw where a joint goes, or where it presses."""
    dx, dy = given.get("by", (0, 0))
    points = [(joints[given["at"]][0] + dx, joints[given["at"]][1] + dy) for joints in way]
    if "turn" in given:
        radius, first, last = given["turn"]
        centre = points[-1]
        points = [along(centre, first + (last - first) * step / 12, radius) for step in range(13)]
        angle = direction(points[-2], points[-1])
    elif "press" in given or "go" in given:
        angle, length = given.get("press") or given["go"]
        points = [points[-1], along(points[-1], angle, length)]
    else:
        points = points[1:-1]
        angle = direction(points[-3], points[-1])
    tip = points[-1]
    lines = [tuple(points)]
    if given.get("hold"):
        lines.append((along(tip, angle + 90, 0.045), along(tip, angle - 90, 0.045)))
        tip = along(tip, angle, -0.014)
    lines.append((along(tip, angle + 145, 0.05), tip, along(tip, angle - 145, 0.05)))
    if given.get("both"):
        tail, back = points[0], direction(points[1], points[0])
        lines.append((along(tail, back + 145, 0.05), tail, along(tail, back - 145, 0.05)))
    for paint, width in (("halo", 0.034), ("arrow", 0.018)):
        for line in lines:
            yield Stroke("halo" if paint == "halo" else "arrow", width, (line,), fades)
