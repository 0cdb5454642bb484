"""Draw the pictures in custom_components/pht_rehab/brand.

The mark is a person in a hip bridge, the first exercise of the course, whose body is the line
over a rising row of bars; the back of the thigh is what the course is about.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

FOLDER: Final = Path(__file__).resolve().parent.parent / "custom_components" / "pht_rehab" / "brand"
SMOOTH: Final = 8

type Point = tuple[float, float]


class Palette(NamedTuple):
    """Colours on one kind of background."""

    body: str
    thigh: str
    bars: tuple[str, str, str]
    text: str


LIGHT: Final = Palette("#00796b", "#f4743b", ("#b2dfdb", "#80cbc4", "#4db6ac"), "#263238")
DARK: Final = Palette("#4dd0c0", "#ff8f5c", ("#1f5f58", "#26776e", "#2f9186"), "#eceff1")

# On a square of 256.
HEAD: Final[Point] = (31, 187)
HEAD_RADIUS: Final = 27
SHOULDER: Final[Point] = (76, 197)
HIP: Final[Point] = (142, 112)
KNEE: Final[Point] = (207, 51)
FOOT: Final[Point] = (211, 197)
TOE: Final[Point] = (237, 197)
LIMB: Final = 34
FLOOR: Final = 214
BARS: Final = ((122, 190), (150, 156), (178, 120))
BAR_WIDTH: Final = 20


def mark(size: int, palette: Palette) -> Image.Image:
    """Draw the mark on a transparent square of this size."""
    scale = size * SMOOTH / 256
    image = Image.new("RGBA", (size * SMOOTH, size * SMOOTH))
    draw = ImageDraw.Draw(image)

    def stroke(points: Iterable[Point], width: float, colour: str) -> None:
        line = [(x * scale, y * scale) for x, y in points]
        draw.line(line, fill=colour, width=round(width * scale), joint="curve")
        for x, y in line:
            half = width * scale / 2
            draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    for (middle, top), colour in zip(BARS, palette.bars, strict=True):
        draw.rounded_rectangle(
            tuple(v * scale for v in (middle - BAR_WIDTH / 2, top, middle + BAR_WIDTH / 2, FLOOR)),
            radius=7 * scale,
            fill=colour,
        )
    stroke((KNEE, FOOT, TOE), LIMB, palette.body)
    stroke((SHOULDER, HIP), LIMB, palette.body)
    stroke((HIP, KNEE), LIMB, palette.thigh)
    x, y = HEAD
    draw.ellipse(
        tuple(
            v * scale for v in (x - HEAD_RADIUS, y - HEAD_RADIUS, x + HEAD_RADIUS, y + HEAD_RADIUS)
        ),
        fill=palette.body,
    )
    return image.resize((size, size), Image.Resampling.LANCZOS)


def logo(height: int, palette: Palette) -> Image.Image:
    """Draw the mark with the name beside it, cut to what is drawn."""
    tall = height * SMOOTH
    font = ImageFont.load_default(tall * 0.5)
    image = Image.new("RGBA", (tall * 5, tall))
    image.paste(mark(height, palette).resize((tall, tall)), (0, 0))
    ImageDraw.Draw(image).text(
        (tall * 1.14, tall * 0.54),
        "PHT Rehab",
        font=font,
        fill=palette.text,
        anchor="lm",
        # The one font Pillow carries is a light one.
        stroke_width=tall * 0.008,
        stroke_fill=palette.text,
    )
    _, _, right, _ = image.getbbox() or (0, 0, tall, tall)
    return image.crop((0, 0, right, tall)).resize(
        (round(right / SMOOTH), height), Image.Resampling.LANCZOS
    )


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for prefix, palette in (("", LIGHT), ("dark_", DARK)):
        for suffix, size in (("", 256), ("@2x", 512)):
            mark(size, palette).save(FOLDER / f"{prefix}icon{suffix}.png", optimize=True)
            logo(size // 2, palette).save(FOLDER / f"{prefix}logo{suffix}.png", optimize=True)


if __name__ == "__main__":
    main()
