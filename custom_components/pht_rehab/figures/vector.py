"""Pictures of lines: SVG, still or moving, whose colours a page may change."""

import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from .paints import HALO, STYLES
from .parts import HERE, Item, Place, Stroke
from .scene import Scene
from .shapes import Blobs, outline
from .skeleton import Point

SCALE: Final = 200
SECONDS: Final = 8
STEPS: Final = 12
UP: Final = 3 / SECONDS
DOWN: Final = 4 / SECONDS
EASED_TIMES: Final = (
    *(UP * step / STEPS for step in range(STEPS + 1)),
    *(DOWN + UP * step / STEPS for step in range(STEPS + 1)),
    1,
)
ROOT: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="pht-figure" role="img" viewBox="{}"'
    ' data-up="0 3" data-hold="3 4" data-down="4 7" data-rest="7 8">'
)
CSS: Final = (
    ".pht-figure path{{fill:currentColor}}"
    ".pht-figure .s{{fill:none;stroke:currentColor;stroke-linecap:round;stroke-linejoin:round}}"
    ".pht-figure .h{{stroke:{halo};stroke-width:{width};stroke-linejoin:round;paint-order:stroke}}"
    ".pht-figure .ghost{{opacity:.14}}"
)


def drawing(scene: Scene, *, mirrored: bool) -> str:
    """Return the text of an SVG."""
    items, seen = scene
    used = {item.paint for item in items}
    css = CSS.format(halo=STYLES["halo"], width=_number(2 * HALO * SCALE)) + "".join(
        f".pht-figure .{paint}{{color:{colour}}}"
        for paint, colour in STYLES.items()
        if paint in used
    )
    left = -seen.left - seen.width if mirrored else seen.left
    box = (left * SCALE, -seen.top * SCALE, seen.width * SCALE, seen.height * SCALE)
    parts = [ROOT.format(" ".join(map(_number, box))), f"<style>{css}</style>"]
    parts.append('<g transform="scale(-1 1)">' if mirrored else "<g>")
    for ghost, group in groupby(items, lambda item: item.paint == "ghost"):
        drawn = "".join(map(_item, group))
        parts.append(f'<g class="ghost">{drawn}</g>' if ghost else drawn)
    return "".join([*parts, "</g></svg>\n"])


def _item(item: Item) -> str:
    if isinstance(item, Stroke):
        lines = [_line(points) for points in item.track]
        inner = _animate("animate", lines, 'attributeName="d"') if len(lines) > 1 else ""
        if item.fades:
            inner += (
                f'<animate attributeName="opacity" dur="{SECONDS}s" repeatCount="indefinite"'
                f' keyTimes="0;{UP};{DOWN};{DOWN + UP};1" values=".2;1;1;.2;.2"/>'
            )
        width = _number(item.width * SCALE)
        look = f'class="s {item.paint}" stroke-width="{width}"'
        return f'<path {look} d="{lines[len(lines) // 2]}">{inner}</path>'
    look = "" if item.paint == "ghost" else f'class="{item.paint}{" h" * item.halo}" '
    return f'<path {look}d="{_path(item.blobs)}"{_way(item.track)}'


def _way(track: tuple[Place, ...]) -> str:
    """Return the attributes and the inside of a shape on its way."""
    if track == HERE:
        return "/>"
    spots = [f"{_number(x * SCALE)} {_number(-y * SCALE)}" for x, y, _ in track]
    turns = [_number(-angle) for *_, angle in track]
    half = len(track) // 2
    placed = f' transform="translate({spots[half]})rotate({turns[half]})"'
    if len(track) == 1:
        return placed + "/>"
    kind = 'attributeName="transform" type="{}" additive="{}"'
    return (
        f"{placed}>{_animate('animateTransform', spots, kind.format('translate', 'replace'))}"
        f"{_animate('animateTransform', turns, kind.format('rotate', 'sum'))}</path>"
    )


def _animate(tag: str, values: Sequence[str], what: str) -> str:
    """Go there, stay, come back and rest."""
    there_and_back = ";".join([*values, values[0]])
    times = ";".join(_number(time, 4) for time in EASED_TIMES)
    return (
        f'<{tag} {what} dur="{SECONDS}s" repeatCount="indefinite"'
        f' keyTimes="{times}" values="{there_and_back}"/>'
    )


def _path(blobs: Blobs) -> str:
    text = []
    for blob in blobs:
        for first, arc in enumerate(outline(blob)):
            radius = _number(arc.radius * SCALE)
            large = int(arc.end - arc.start > math.pi)
            text.append(
                f"{'L' if first else 'M'}{_spot(arc.at(arc.start))}"
                f"A{radius} {radius} 0 {large} 0 {_spot(arc.at(arc.end))}"
            )
        text.append("Z")
    return "".join(text)


def _line(points: Iterable[Point]) -> str:
    return "M" + "L".join(map(_spot, points))


def _spot(point: Point) -> str:
    return f"{_number(point[0] * SCALE)} {_number(-point[1] * SCALE)}"


def _number(value: float, digits: int = 1) -> str:
    return f"{round(value, digits) + 0:g}"
