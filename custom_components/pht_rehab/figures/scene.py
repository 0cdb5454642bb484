"""What is drawn, from the back to the front, for one exercise at some moments."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .kit import arrow, floor, held, standing
from .parts import Exercise, Item, Paint, Shape, Window, track, window
from .shapes import FRONT, MUSCLES, PARTS
from .skeleton import FOREARM, Joints, Pose, ease, pose_at

RATIO = 1.5
PLAIN_WIDTH = 1.15
"""Of a picture whose arrow needs not be drawn larger to be seen."""
BONES = {"thigh": ("hip_n", "knee_n"), "shin": ("knee_n", "ankle_n"), "chest": ("hip", "shoulder")}


class Scene(NamedTuple):
    """What to draw, from the back to the front, and what of it is seen."""

    items: list[Item]
    seen: Window


def still(exercise: Exercise) -> Scene:
    """Return the end, with the start as a shade and the way as an arrow."""
    items = list(_figure(exercise, [joints_at(exercise, 0)]))
    ghost = [
        item._replace(paint="ghost", halo=False)
        for item in items
        if isinstance(item, Shape) and item.halo
    ]
    return _scene(exercise, [joints_at(exercise, 1)], ghost)


def moving(exercise: Exercise, steps: int) -> Scene:
    """Return the way there in so many steps, and as many for the way back."""
    moments = [step / steps for step in range(steps + 1)]
    there = [joints_at(exercise, ease(moment)) for moment in moments]
    return _scene(exercise, there + [joints_back(exercise, moment) for moment in moments])


def opened(exercise: Exercise, steps: int) -> tuple[Scene, Scene]:
    """Return the still and the moving picture, both seen from the same place."""
    scenes = still(exercise), moving(exercise, steps)
    drawn = [scene.items[1:] for scene in scenes]  # all but the ground, from edge to edge
    seen = window([item for items in drawn for item in items], RATIO)
    first, then = (Scene([floor(exercise, seen), *items], seen) for items in drawn)
    return first, then


def joints_at(exercise: Exercise, fraction: float) -> Joints:
    """Return the joints at this fraction of the movement."""
    start, end = _poses(exercise, "start", "end")
    return pose_at(start, end, fraction, exercise.get("view", "side"))


def joints_back(exercise: Exercise, moment: float) -> Joints:
    """Return the joints on the way back: the same way, unless the data knows an easier one."""
    poses = _poses(exercise, "end", *exercise.get("back", []), "start")
    stretch = min(int(moment * (len(poses) - 1)), len(poses) - 2)
    fraction = ease(moment * (len(poses) - 1) - stretch)
    return pose_at(poses[stretch], poses[stretch + 1], fraction, exercise.get("view", "side"))


def _poses(exercise: Exercise, *names: str | Pose) -> list[Pose]:
    common = exercise.get("pose", {})
    named = {"start": exercise["start"], "end": exercise["end"]}
    return [{**common, **(named[name] if isinstance(name, str) else name)} for name in names]


def _scene(exercise: Exercise, frames: Sequence[Joints], ghost: Sequence[Item] = ()) -> Scene:
    items = [*standing(exercise, frames), *ghost, *_figure(exercise, frames)]
    if ghost or "press" in exercise["arrow"]:
        way = [joints_at(exercise, step / 12) for step in range(13)]
        size = max(1.0, window(items, RATIO).width / PLAIN_WIDTH)
        items += arrow(exercise["arrow"], way, size=size, fades=not ghost)
    seen = window(items, RATIO)
    return Scene([floor(exercise, seen), *items], seen)


def _joined(*parts: Shape) -> Iterator[Shape]:
    """Draw parts of one colour as one, with a halo around them all and none between."""
    yield from parts
    yield from (part._replace(halo=False) for part in parts[:-1] if part.paint == parts[-1].paint)


def _figure(exercise: Exercise, frames: Sequence[Joints]) -> Iterator[Item]:
    front = exercise.get("view") == "front"
    parts, work = FRONT if front else PARTS, exercise.get("work", ["leg_n"])

    def part(name: str, start: str, end: str, paint: Paint) -> Shape:
        return Shape(paint, parts[name], track(frames, start, end), halo=True)

    def leg(side: str) -> Iterator[Shape]:
        near = side == "n" or front
        if f"leg_{side}" in work:
            paint: Paint = "leg" if near else "leg_far"
        else:
            paint = "body" if near else "far"
        foot = part("foot", f"ankle_{side}", f"toe_{side}", paint)
        shin = part("shin", f"knee_{side}", f"ankle_{side}", paint)
        return _joined(foot, shin, part("thigh", f"hip_{side}", f"knee_{side}", paint))

    def arm(side: str) -> Iterator[Shape]:
        paint: Paint = "body" if side == "n" or front else "far"
        short = math.dist(frames[0][f"elbow_{side}"], frames[0][f"hand_{side}"]) < FOREARM / 2
        upper = part("upper_arm", f"shoulder_{side}", f"elbow_{side}", paint)
        lower = "fist" if short else "forearm"
        return _joined(upper, part(lower, f"elbow_{side}", f"hand_{side}", paint))

    def trunk() -> Iterator[Shape]:
        paint: Paint = "leg" if "trunk" in work else "body"
        neck = part("neck", "shoulder", "head", "body")
        pelvis = part("pelvis", "hip", "pelvis", paint)
        return _joined(neck, pelvis, part("chest", "hip", "shoulder", paint))

    yield from held(exercise, frames, "back")
    yield from arm("f")
    if front:
        yield from trunk()
    yield from leg("f")
    yield from held(exercise, frames, "middle")
    if not front:
        yield from trunk()
    yield from leg("n")
    if "pelvis" in work:
        yield part("marker", "hip", "pelvis", "leg")
    for name in exercise["muscle"]:
        bone, blobs = MUSCLES[name]
        yield Shape("muscle", blobs, track(frames, *BONES[bone]))
    yield part("head", "head", "crown", "body")
    yield from held(exercise, frames, "front")
    yield from arm("n")
    yield from held(exercise, frames, "hand")
