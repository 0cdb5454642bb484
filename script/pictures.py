"""Make the pictures in docs, from the demo: `.venv/bin/python -m script.pictures`."""

import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from script import browser, serve
from script.demo import seed
from script.real_ha import INTEGRATION, ROOT, RealHA

FOLDER: Final = ROOT / "docs"
WIDE: Final[ViewportSize] = {"width": 1400, "height": 1000}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
SCALE: Final = 1.5
COLOURS: Final = 256
FRAME_MS: Final = 60
SMALL: Final = (293, 633)
SECONDS: Final = 15


def main() -> None:
    """Start the demo in a folder that is thrown away, and take its pictures."""
    with tempfile.TemporaryDirectory() as folder:
        seed(Path(folder), datetime.now(UTC).date())
        with (
            RealHA(Path(folder), components=[INTEGRATION]) as ha,
            browser.chromium() as chromium,
        ):
            serve.furnish(ha, new=True)
            _save("dashboard.png", [_dashboard(chromium, ha)])
            _save("card.png", _phone(chromium, ha))
            _film(chromium, ha)


def _dashboard(chromium: Browser, ha: RealHA) -> bytes:
    with browser.context(chromium, ha, viewport=WIDE, device_scale_factor=SCALE) as context:
        context.add_init_script("localStorage.setItem('dockedSidebar', '\"always_hidden\"')")
        page = context.new_page()
        _open(page)
        expect(page.locator("hui-statistics-graph-card canvas").first).to_be_visible()
        page.wait_for_timeout(2000)  # the lines of the graph are drawn slowly, for show
        return page.screenshot()


def _open(page: Page) -> None:
    page.goto(f"/{serve.URL_PATH}")
    expect(page.locator("pht-rehab-card").get_by_role("tab", name="Today")).to_be_visible()
    page.wait_for_function("document.fonts.status === 'loaded'")


def _phone(chromium: Browser, ha: RealHA) -> list[bytes]:
    """Return today, the weeks behind, and the player, the last in the dark."""
    taken: list[bytes] = []
    for scheme in ("light", "dark"):
        with browser.context(
            chromium, ha, viewport=PHONE, device_scale_factor=SCALE, color_scheme=scheme
        ) as context:
            page = context.new_page()
            page.clock.install()
            _open(page)
            page.wait_for_timeout(1000)
            card = page.locator("pht-rehab-card")
            if scheme == "light":
                taken.append(page.screenshot())
                card.get_by_role("tab", name="Progress").click()
                expect(card.get_by_role("slider")).to_be_visible()
                page.wait_for_timeout(1000)
            else:
                card.get_by_role("button", name="Start session").click()
                page.clock.run_for(14_000)
                page.wait_for_timeout(500)
            taken.append(page.screenshot())
    return taken


def _film(chromium: Browser, ha: RealHA) -> None:
    """Film the beginning of a session, in its own tempo."""
    frames: list[Image.Image] = []
    shown: list[float] = []
    with browser.context(chromium, ha, viewport=PHONE) as context:
        page = context.new_page()
        _open(page)
        page.locator("pht-rehab-card").get_by_role("button", name="Start session").click()
        page.get_by_role("button", name="Go now").click()
        began = time.monotonic()
        while (now := time.monotonic() - began) < SECONDS:
            frame = Image.open(BytesIO(page.screenshot())).convert("RGB")
            frames.append(frame.resize(SMALL).quantize(64, dither=Image.Dither.NONE))
            shown.append(now)
            page.wait_for_timeout(FRAME_MS)
    first, *others = frames
    first.save(
        FOLDER / "session.gif",
        save_all=True,
        append_images=others,
        duration=[round(1000 * (after - at)) for at, after in pairwise([*shown, float(SECONDS)])],
        loop=0,
        optimize=True,
    )


def _save(name: str, pictures: Sequence[bytes]) -> None:
    """Save pictures beside each other."""
    opened = [Image.open(BytesIO(picture)).convert("RGB") for picture in pictures]
    size = sum(one.width for one in opened), max(one.height for one in opened)
    together = Image.new("RGB", size, "white")
    left = 0
    for one in opened:
        together.paste(one, (left, 0))
        left += one.width
    FOLDER.mkdir(exist_ok=True)
    few = together.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
