"""The card in a real frontend, beside a card of Home Assistant's own that shows nothing."""

import gzip
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession, Page

from script import browser
from script.demo import ENTRY_ID, seed
from script.real_ha import INTEGRATION, RealHA

from .figures import Board

GROUP: Final = "card"
SLOWED: Final = 4
OPENINGS: Final = 100
OPENED: Final = {"a form": "Something feels wrong", "the player": "Start session"}
CARDS: Final[dict[str, dict[str, Any]]] = {
    "ours": {"type": "custom:pht-rehab-card", "programme": ENTRY_ID},
    "floor": {"type": "markdown", "content": "nothing"},
}
PAINTED: Final = {"ours": "h2", "floor": "p"}
FOUND: Final = """([card, painted]) => {
    const within = root => {
        for (const one of root.querySelectorAll('*')) {
            const inner = one.shadowRoot;
            if (one.localName === card && inner) return inner;
            const deeper = inner && within(inner);
            if (deeper) return deeper;
        }
    };
    const deep = root => root && (root.querySelector(painted)
        || [...root.querySelectorAll('*')].some(one => one.shadowRoot && deep(one.shadowRoot)));
    return deep(within(document)) ? performance.now() : 0;
}"""
FRAMES: Final = """() => new Promise(done => {
    let count = 0;
    const until = performance.now() + 3000;
    const frame = now => {
        count += 1;
        now < until ? requestAnimationFrame(frame) : done(count / 3);
    };
    requestAnimationFrame(frame);
})"""


def measure(board: Board, *, quick: bool) -> None:
    """Measure sizes, the way to the first content, frames of the player, and what it leaves."""
    for name in ("card.js", "loader.js"):
        raw = (INTEGRATION / "frontend" / name).read_bytes()
        board.count(GROUP, f"{name}, gzipped", len(gzip.compress(raw)), "B")
    with _house() as (ha, chromium):
        _contents(board, ha, chromium, 2 if quick else 6)
        _player(board, ha, chromium, 10 if quick else OPENINGS)


@contextmanager
def _house() -> Iterator[tuple[RealHA, Browser]]:
    with tempfile.TemporaryDirectory() as folder:
        seed(Path(folder), datetime.now(UTC).date())
        with RealHA(Path(folder), components=[INTEGRATION]) as ha, browser.chromium() as chromium:
            ha.onboard()
            for name, card in CARDS.items():
                ha.command("lovelace/dashboards/create", url_path=f"bench-{name}", title=name)
                config = {"views": [{"cards": [card]}]}
                ha.command("lovelace/config/save", url_path=f"bench-{name}", config=config)
            yield ha, chromium


def _contents(board: Board, ha: RealHA, chromium: Browser, runs: int) -> None:
    """Open cold pages in turn, so that a busy machine slows both."""
    spent: dict[str, list[float]] = {name: [] for name in CARDS}
    for _ in range(runs):
        for name in CARDS:
            with browser.context(chromium, ha) as context:
                page = context.new_page()
                page.goto(f"/bench-{name}", wait_until="commit")
                element = "pht-rehab-card" if name == "ours" else "hui-markdown-card"
                found = page.wait_for_function(FOUND, arg=[element, PAINTED[name]], polling="raf")
                spent[name].append(float(found.json_value()) / 1000)
    board.floors["an empty card"] = min(spent["floor"])
    board.time(GROUP, "first content of an empty card", spent["floor"])
    board.time(GROUP, "first content of the card", spent["ours"], "an empty card")


def _player(board: Board, ha: RealHA, chromium: Browser, openings: int) -> None:
    with browser.context(chromium, ha, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto("/bench-ours")
        page.get_by_role("button", name="Start session").wait_for()
        devtools = context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        still = float(page.evaluate(FRAMES))
        page.get_by_role("button", name="Start session").click()
        page.get_by_role("button", name="Go now").click()
        board.count(
            GROUP,
            f"frames of the player, CPU {SLOWED} x slower",
            page.evaluate(FRAMES),
            "/s",
            still,
        )
        page.get_by_role("button", name="Close").click()
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        for what, button in OPENED.items():
            _open_and_close(page, button)  # what is fetched once is not left over
            before = _heap(devtools)
            for _ in range(openings):
                _open_and_close(page, button)
            left = (_heap(devtools) - before) / openings
            board.count(GROUP, f"memory left by an opening of {what}, of {openings}", left, "B")


def _open_and_close(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).click()
    page.locator("[data-pht-rehab] dialog").wait_for()
    page.get_by_role("button", name="Close").click()
    page.locator("[data-pht-rehab]").wait_for(state="detached")


def _heap(devtools: CDPSession) -> float:
    devtools.send("HeapProfiler.collectGarbage")
    devtools.send("Performance.enable")
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize"))
