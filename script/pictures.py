"""Make the pictures in docs, from the demo: `.venv/bin/python -m script.pictures`."""

import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import expect

from script import browser, serve
from script.demo import seed
from script.real_ha import INTEGRATION, ROOT, RealHA

FOLDER: Final = ROOT / "docs"
SIZE: Final = {"width": 1400, "height": 980}
SCALE: Final = 1.5
COLOURS: Final = 256


def main() -> None:
    """Start the demo in a folder that is thrown away, and take its pictures."""
    with tempfile.TemporaryDirectory() as folder:
        seed(Path(folder), datetime.now(UTC).date())
        with RealHA(Path(folder), components=[INTEGRATION]) as ha:
            serve.furnish(ha, new=True)
            _begin_the_session(ha)
            _save(FOLDER / "dashboard.png", _dashboard(ha))


def _begin_the_session(ha: RealHA) -> None:
    entities = ha.entities(serve.DOMAIN)
    today = {"entity_id": entities["today"]}
    for exercise in ha.state(entities["exercises_today"])["attributes"]["exercises"][:2]:
        done = {"item": exercise["name"], "status": "completed"}
        ha.action("todo.update_item", done, target=today)
    for key, pain in (("log_morning_pain", 0.5), ("log_session_pain", 1)):
        ha.action("number.set_value", {"value": pain}, target={"entity_id": entities[key]})


def _dashboard(ha: RealHA) -> bytes:
    with (
        browser.chromium() as chromium,
        browser.context(chromium, ha, viewport=SIZE, device_scale_factor=SCALE) as context,
    ):
        context.add_init_script("localStorage.setItem('dockedSidebar', '\"always_hidden\"')")
        page = context.new_page()
        page.goto(f"/{serve.URL_PATH}")
        expect(page.get_by_role("heading", name="Diary")).to_be_visible()
        expect(page.locator("hui-statistics-graph-card canvas").first).to_be_visible()
        expect(page.locator("hui-logbook-card")).to_contain_text("Morning check logged")
        page.wait_for_function("document.fonts.status === 'loaded'")
        page.wait_for_timeout(2000)  # the lines of the graph are drawn slowly, for show
        return page.screenshot()


def _save(path: Path, picture: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    few = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    main()
