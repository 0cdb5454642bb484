"""Pictures of dots, by Pillow: a still PNG, and a GIF that repeats."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageColor, ImageDraw, ImageOps

from .paints import COLOURS, HALO
from .parts import Item, Stroke, Window, moved
from .scene import Scene
from .shapes import Blobs, limb, outline
from .skeleton import Point

FINE: Final = 4
COARSE: Final = 3
GIF_STEPS: Final = 20
STEP_MS: Final = 3000 // GIF_STEPS
HOLD_MS: Final = 1000
COLOUR_COUNT: Final = 32


class Canvas:
    """A white ground to draw blobs on, finer than it will be in the end."""

    def __init__(self, seen: Window, size: tuple[int, int], finer: int) -> None:
        wide, high = size[0] * finer, size[1] * finer
        self._scale = min(wide / seen.width, high / seen.height)
        self._left = seen.left - (wide / self._scale - seen.width) / 2
        self._top = seen.top + (high / self._scale - seen.height) / 2
        self._size = size
        self._image = Image.new("RGB", (wide, high), COLOURS["halo"])
        self._draw = ImageDraw.Draw(self._image)

    def item(self, item: Item, frame: int, effort: float) -> None:
        """Draw an item as it is in this frame."""
        if isinstance(item, Stroke):
            line = dict.fromkeys(item.track[frame % len(item.track)])
            blobs: Blobs = limb(*((x, y, item.width / 2) for x, y in line))
            colour = ImageColor.getrgb(COLOURS[item.paint])
            share = 0.2 + 0.8 * effort if item.fades else 1
            self._fill(blobs, tuple(round(255 + (part - 255) * share) for part in colour))
            return
        blobs = moved(item.blobs, item.track[frame % len(item.track)])
        if item.halo:
            wide = (tuple((x, y, radius + HALO) for x, y, radius in blob) for blob in blobs)
            self._fill(tuple(wide), COLOURS["halo"])
        self._fill(blobs, COLOURS[item.paint])

    def _fill(self, blobs: Blobs, colour: str | tuple[int, ...]) -> None:
        for blob in blobs:
            points = [
                self._pixel(arc.at(arc.start + (arc.end - arc.start) * step / 12))
                for arc in outline(blob)
                for step in range(13)
            ]
            self._draw.polygon(points, fill=colour)

    def _pixel(self, point: Point) -> Point:
        x, y = point
        return (x - self._left) * self._scale, (self._top - y) * self._scale

    def finished(self) -> Image.Image:
        """Return the picture in its size."""
        return self._image.resize(self._size, Image.Resampling.LANCZOS)


def picture(
    scene: Scene, size: tuple[int, int], *, finer: int = FINE, frame: int = 0, effort: float = 1
) -> Image.Image:
    """Draw a whole picture."""
    canvas = Canvas(scene.seen, size, finer)
    for item in scene.items:
        canvas.item(item, frame, effort)
    return canvas.finished()


def still(scene: Scene, size: tuple[int, int], *, mirrored: bool) -> bytes:
    """Return a PNG."""
    file = BytesIO()
    image = picture(scene, size)
    image = ImageOps.mirror(image) if mirrored else image
    image.quantize(128).save(file, "PNG", optimize=True)
    return file.getvalue()


def moving(first: Scene, scene: Scene, size: tuple[int, int], *, mirrored: bool) -> bytes:
    """Return a GIF that stays at the end, comes back, rests and goes there, again and again.

    ``first`` is the end as it is shown while it stays.
    """
    there = [step / GIF_STEPS for step in range(GIF_STEPS + 1)]
    efforts = [*there, *there[::-1]]
    del efforts[GIF_STEPS + 1], efforts[-1]  # the end, again, and the start, again
    frames = [
        picture(scene, size, finer=COARSE, frame=step + (step > GIF_STEPS), effort=effort)
        for step, effort in enumerate(efforts)
    ]
    frames = [picture(first, size, finer=COARSE), *frames[GIF_STEPS + 1 :], *frames[:GIF_STEPS]]
    frames = [ImageOps.mirror(frame) for frame in frames] if mirrored else frames
    few = Image.Quantize.MAXCOVERAGE  # a small muscle keeps its colour
    palette = frames[0].quantize(COLOUR_COUNT, method=few, dither=Image.Dither.NONE)
    begin, *others = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    waits = [STEP_MS] * len(frames)
    waits[0] = waits[-GIF_STEPS] = HOLD_MS
    file = BytesIO()
    begin.save(file, "GIF", save_all=True, append_images=others, duration=waits, loop=0)
    return file.getvalue()
