"""Pictures of dots, by Pillow: a still PNG, and a GIF that repeats."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageOps

from .paints import COLOURS, HALO
from .parts import Item, Shape, Stroke, Window, moved
from .shapes import Blob, limb, outline
from .skeleton import Point

SMOOTH: Final = 3


class Canvas:
    """A white ground to draw blobs on, finer than it will be in the end."""

    def __init__(self, seen: Window, size: tuple[int, int]) -> None:
        self._seen, self._size = seen, size
        self._image = Image.new("RGB", (size[0] * SMOOTH, size[1] * SMOOTH), COLOURS["halo"])
        self._draw = ImageDraw.Draw(self._image)
        self._scale = size[0] * SMOOTH / seen.width

    def item(self, item: Item, frame: int) -> None:
        """Draw an item as it is in this frame."""
        if isinstance(item, Stroke):
            line = item.track[frame % len(item.track)]
            radius = item.width / 2
            self.blobs(limb(*((x, y, radius) for x, y in dict.fromkeys(line))), COLOURS[item.paint])
            return
        blobs = moved(item.blobs, item.track[frame % len(item.track)])
        if item.halo:
            wide = (tuple((x, y, r + HALO) for x, y, r in blob) for blob in blobs)
            self.blobs(tuple(wide), COLOURS["halo"])
        self.blobs(blobs, COLOURS[item.paint])

    def blobs(self, blobs: Sequence[Blob], colour: str) -> None:
        """Fill these blobs."""
        for blob in blobs:
            points = [
                self._pixel(arc.at(arc.start + (arc.end - arc.start) * step / 12))
                for arc in outline(blob)
                for step in range(13)
            ]
            self._draw.polygon(points, fill=colour)

    def _pixel(self, point: Point) -> Point:
        x, y = point
        return (x - self._seen.left) * self._scale, (self._seen.top - y) * self._scale

    def finished(self, *, mirrored: bool) -> Image.Image:
        """Return the picture in its size."""
        image = self._image.resize(self._size, Image.Resampling.LANCZOS)
        return ImageOps.mirror(image) if mirrored else image


def picture(items: Sequence[Item], seen: Window, size: tuple[int, int], frame: int = 0) -> Canvas:
    """Draw a whole picture."""
    canvas = Canvas(seen, size)
    for item in items:
        canvas.item(item, frame)
    return canvas
