"""A house of one's own for a test module: a Home Assistant, programmes in it, and their cards.

It is eight in the morning where it stands when it is built; its calendar can be moved by days.
"""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Locator, Page, expect

from custom_components.pht_rehab.domain.codec import encode
from script.real_ha import INTEGRATION, ROOT, RealHA, empty
from tests.domain.builders import History

DOMAIN: Final = "pht_rehab"
PHONE: Final = {"width": 390, "height": 844}
AXE: Final = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
HOURS_OFF: Final = 8 - datetime.now(UTC).hour
WHERE: Final = f"Etc/GMT{-(HOURS_OFF + 24 if HOURS_OFF < -12 else HOURS_OFF):+d}"  # signs are odd


def clock(off: timedelta) -> dict[str, str]:
    """Return the variables that set a process's calendar, and nothing else, off by this much."""
    (library,) = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME": f"{round(off.total_seconds()):+d}",
        # Timeouts and timers run on the monotonic clock, which stays right.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
        # Its mending of old glibc's waits wakes threads that wait for the GIL at once, for ever.
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        "NO_FAKE_STAT": "1",
    }


type Open = Callable[..., Page]


class House:
    """A Home Assistant whose calendar can be moved, with a copy of the integration."""

    def __init__(self, folder: Path, hass: Path) -> None:
        self.folder = empty(folder / "config")
        self.integration = folder / DOMAIN
        shutil.rmtree(self.integration, ignore_errors=True)
        shutil.copytree(INTEGRATION, self.integration)
        self.hass = hass
        self.days = 0
        self.up = True
        self.ha = self._made()
        try:
            self.ha.start()
            self.ha.onboard()
        except BaseException:
            self.ha.close()
            raise

    def _made(self, port: int | None = None) -> RealHA:
        return RealHA(
            self.folder,
            hass=self.hass,
            port=port,
            components=[self.integration],
            time_zone=WHERE,
            environment=clock(timedelta(days=self.days)) if self.days else None,
        )

    def off(self) -> None:
        """Stop Home Assistant."""
        self.ha.close()
        self.up = False

    def on(self, *, days: int = 0) -> None:
        """Start it again, some days later."""
        self.days += days
        if days:  # else the recorder makes up for every five minutes of them first
            (self.folder / "home-assistant_v2.db").unlink()
        self.ha = self._made(self.ha.port)
        self.ha.start()
        self.ha.log_in("alex", "test-password")
        self.up = True

    def programme(self, name: str, **more: Any) -> str:
        """Set a programme up and return its entry's id."""
        flow = self.ha.start_flow(DOMAIN)
        flow.submit(
            {
                "name": name,
                "side": "left",
                "goal": "everyday",
                "training_days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                "session_time": "07:30:00",
                "more": {"morning_time": "06:30:00", "equipment": ["mat", "band"]},
                **more,
            }
        )
        flow.submit({"symptoms": [], "clinician_confirmed": True})
        placed = {"morning_pain": 1, "lasting_symptoms": False, "stage": "isometric"}
        flow.submit({**placed, "running_now": False})
        if more.get("side") == "both":
            flow.submit(placed)
        assert flow.result["type"] == "create_entry", flow.result
        entry_id: str = flow.result["result"]["entry_id"]
        return entry_id

    def today(self, entry_id: str) -> date:
        """Return the date the programme takes for today."""
        data = {"config_entry_id": entry_id, "days": 1}
        plan = self.ha.action(f"{DOMAIN}.get_plan", data, response=True)
        return date.fromisoformat(plan["days"][0]["date"])

    def live(self, entry_id: str, told: History) -> None:
        """Put a life that was told in the place of the programme's own."""
        at = {"config_entry_id": entry_id}
        log = self.ha.action(f"{DOMAIN}.export", at, response=True)
        log["entries"] = [encode(fact) for fact in told.course.facts.values()]
        self.ha.action(f"{DOMAIN}.import_log", {**at, "data": log})

    def dashboard(self, path: str, *cards: dict[str, Any]) -> None:
        """Show these cards under an address."""
        known = {one["url_path"] for one in self.ha.command("lovelace/dashboards/list")}
        if path not in known:
            self.ha.command(
                "lovelace/dashboards/create", url_path=path, title=path, show_in_sidebar=True
            )
        section = {"type": "grid", "cards": list(cards)}
        view = {"title": "Rehab", "type": "sections", "sections": [section]}
        self.ha.command("lovelace/config/save", url_path=path, config={"views": [view]})

    def log(self, entry_id: str) -> list[dict[str, Any]]:
        """Return what counts of the programme's log."""
        data = {"config_entry_id": entry_id}
        answer = self.ha.action(f"{DOMAIN}.get_log", data, response=True)
        return [entry for entry in answer["entries"] if not entry["voided"]]


def card(entry_id: str, **more: object) -> dict[str, object]:
    """Return a card's configuration."""
    return {"type": "custom:pht-rehab-card", "programme": entry_id, **more}


def shown(page: Page) -> Locator:
    """Return the card, once it shows a programme."""
    found = page.locator("pht-rehab-card").first
    expect(found.locator("h2")).to_be_visible()
    return found


def dialog(page: Page) -> Locator:
    """Return what the card has opened above the page."""
    return page.locator("[data-pht-rehab] dialog")


def score(page: Page, group: str, value: int) -> None:
    """Tap a score."""
    choices = page.get_by_role("radiogroup", name=group)
    choices.get_by_role("radio", name=str(value), exact=True).click()


def press(page: Page, name: str) -> None:
    """Press the player's button of this name in the same instant as it is found, if it is."""
    page.locator("pht-rehab-player button").evaluate_all(
        "(all, name) => all.find(one => one.innerText.trim().match(`^(${name})$`))?.click()", name
    )


def step_to(page: Page, what: str) -> None:
    """Go on in the player by hand, a set after another, until something of it is this."""
    player = page.locator("pht-rehab-player")
    for _ in range(200):
        if player.locator(what).count():
            return
        press(page, "Done|Go now")
    raise AssertionError(f"never {what}, last {player.locator('dialog').inner_text()}")


def violations(page: Page, tag: str) -> list[str]:
    """Return what axe finds wrong inside our own elements."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        """async tag => {
            const found = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] });
            return found.violations.flatMap(rule => rule.nodes
                .filter(node => JSON.stringify(node.target).includes(tag))
                .map(node => rule.id + ' ' + node.html.slice(0, 160)));
        }""",
        tag,
    )
    assert isinstance(found, list)
    return found


FAULTS: Final = """async tag => {
    const within = root => [...root.querySelectorAll('*')].flatMap(
        one => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
    const ours = within(document).filter(one => one.localName === tag);
    const touched = ours.flatMap(one => within(one.shadowRoot))
        .filter(one => one.matches('a, button, input, select, summary, textarea'))
        .map(one => one.matches('[type=checkbox], [type=radio]') && one.closest('label') || one);
    const small = touched.filter(one => {
        const { width, height } = one.getBoundingClientRect();
        return one.checkVisibility() && (width < 43.9 || height < 43.9);
    });
    const off = { enabled: false };
    const { violations } = await axe.run({ include: ours }, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        rules: {
            // It joins the lines of a button without the space between them.
            'label-content-name-mismatch': off,
            // A form above the page has a header and a footer of its own.
            'landmark-no-duplicate-banner': off,
            'landmark-no-duplicate-contentinfo': off,
            'landmark-unique': off,
        },
    });
    return [
        ...(touched.length ? [] : ['nothing to touch']),
        ...small.map(one => 'small ' + one.outerHTML.slice(0, 160)),
        ...violations.flatMap(rule => rule.nodes
            .map(node => rule.id + ' ' + node.html.slice(0, 160))),
    ];
}"""
"""Walks through the shadow trees: what is smaller than a thumb, and what axe finds."""


def faults(page: Page, tag: str) -> list[str]:
    """Return what is wrong with our elements of this name: hard to see, to hear or to hit."""
    page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(FAULTS, tag)
    return found
