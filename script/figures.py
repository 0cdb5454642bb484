"""Write the exercise figures of the card and their overview: `.venv/bin/python -m script.figures`.

With `--check` nothing is written: the files that are not as they would be are named instead.
"""

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from custom_components.pht_rehab import figures

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "custom_components" / "pht_rehab" / "frontend" / "figures"
OVERVIEW: Final = ROOT / "docs" / "exercises.png"
TEXTS: Final = ROOT / "custom_components" / "pht_rehab" / "translations" / "en.json"
COLUMNS: Final = 6
CELL: Final = (300, 200)
CAPTION: Final = 26
INK: Final = "#37474f"


def drawings() -> Iterator[tuple[Path, str]]:
    """Yield every SVG: the right side, which the card mirrors."""
    for exercise in figures.ids():
        yield FOLDER / f"{exercise}.svg", figures.svg(exercise)
        yield FOLDER / f"{exercise}.still.svg", figures.still_svg(exercise)


def overview() -> Image.Image:
    """Draw all stills with their names on one sheet."""
    width, height = CELL
    rows = -(-len(figures.ids()) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * width, rows * (height + CAPTION)), "white")
    draw = ImageDraw.Draw(sheet)
    names = json.loads(TEXTS.read_text("utf-8"))["common"]
    for place, exercise in enumerate(figures.ids()):
        x, y = place % COLUMNS * width, place // COLUMNS * (height + CAPTION)
        sheet.paste(Image.open(BytesIO(figures.png(exercise, "right", *CELL))), (x, y))
        draw.text(
            (x + width / 2, y + height),
            names[f"exercise_{exercise}"],
            INK,
            ImageFont.load_default(15),
            anchor="ma",
        )
    return sheet


def stale() -> list[Path]:
    """Return the files that are missing, left over or different."""
    wanted = dict(drawings())
    left_over = [path for path in sorted(FOLDER.glob("*")) if path not in wanted]
    different = [
        path
        for path, text in wanted.items()
        if not path.is_file() or path.read_text("utf-8") != text
    ]
    if not OVERVIEW.is_file() or not _looks_like(OVERVIEW, overview()):
        different.append(OVERVIEW)
    return [*different, *left_over]


def _looks_like(path: Path, image: Image.Image) -> bool:
    """Compare dots, not bytes: a PNG can be packed in many ways."""
    with Image.open(path) as found:
        return found.convert("RGB").tobytes() == _packed(image).convert("RGB").tobytes()


def _packed(image: Image.Image) -> Image.Image:
    return image.quantize(255, dither=Image.Dither.NONE)


def main() -> int:
    """Write the files, or name those that would change."""
    if "--check" in sys.argv[1:]:
        names = [str(path.relative_to(ROOT)) for path in stale()]
        print("\n".join(names) or "The figures are up to date.")
        return int(bool(names))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*"):
        path.unlink()
    for path, text in drawings():
        path.write_text(text, "utf-8")
    _packed(overview()).save(OVERVIEW, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
