"""All that the card opens, looked at by light and in the dark; and hands that hold no mouse."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.domain.builders import History

from .house import DOMAIN, PHONE, House, Open, card, dialog, faults, press, score, shown, step_to

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LINES: Final = "e => e.getClientRects().length"
WALLS: Final = [(1280, 800), (800, 480)]
SMALL: Final = {"width": 800, "height": 480}

pytestmark = pytest.mark.parametrize("version", ["2026.11"], scope="module", indirect=True)


def lived(house: House, name: str, life: Callable[[date], History], **more: object) -> str:
    """Set up a programme with a life behind it, on a dashboard; return its entry's id."""
    entry_id = house.programme(name, **more)
    house.live(entry_id, life(house.today(entry_id)))
    house.dashboard(f"rehab-{name.lower()}", card(entry_id))
    return entry_id


@pytest.fixture(scope="module")
def mia(house: House) -> str:
    """A month that went well: a morning check, tests and the weekly check wait, and a stage."""

    def life(today: date) -> History:
        start = today - timedelta(days=30)
        told = History(
            start=start, stage="isometric", goal="running", days=WEEK, equipment=["band"]
        )
        return told.thrive(0, 29)

    return lived(house, "Mia", life, goal="running")


SETTLED: Final = """dark => {
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
    return document.querySelector('home-assistant').hass.themes.darkMode === dark;
}"""
POLLING: Final = 100  # ms: a page that draws nothing new may be given no frame to ask in


class Lit:
    """Looks at what is open over the page of a card, by light and in the dark."""

    def __init__(self, page: Page, pictures: Path) -> None:
        self.page = page
        self.pictures = pictures
        self.found: dict[str, list[str]] = {}

    def look(self, name: str, tag: str) -> None:
        """Note what is wrong with the elements of this name as they are."""
        shown(self.page)
        wrong: list[str] = []
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            self.page.wait_for_function(SETTLED, arg=scheme == "dark", polling=POLLING)
            for _ in range(20):  # Home Assistant fades from one scheme to the other
                wrong = faults(self.page, tag)
                if not wrong:
                    break
                self.page.wait_for_timeout(100)
            if wrong:
                self.found[f"{name}, {scheme}"] = wrong
            self.page.screenshot(path=self.pictures / f"scene-{name}-{scheme}.png")

    def close(self) -> None:
        """Close what is open."""
        self.page.get_by_role("button", name="Close").click()
        expect(dialog(self.page)).to_have_count(0)


def test_every_sheet_by_light_and_in_the_dark(
    house: House, mia: str, opened: Open, pictures: Path
) -> None:
    assert mia
    page = opened("/rehab-mia", viewport=PHONE)
    lit = Lit(page, pictures)
    lit.look("card", "pht-rehab-card")
    for name, button in (
        ("morning", "Morning check"),
        ("confirm", re.compile("Move on to")),
        ("weekly", "Weekly check"),
        ("tests", re.compile("^Tests")),
        ("event", "Something else happened"),
        ("run", "Log run"),
        ("symptoms", "Something feels wrong"),
    ):
        shown(page).get_by_role("button", name=button).click()
        for more in dialog(page).locator("summary").all():
            more.click()
        lit.look(name, f"pht-rehab-{name}")
        if name == "tests":
            dialog(page).get_by_role("button", name="bridges").first.click()
            expect(page.get_by_role("spinbutton").first).to_be_visible()
            lit.look("test", "pht-rehab-tests")
        if name == "symptoms":
            for box in dialog(page).get_by_role("checkbox").all():
                box.check()
            expect(page.get_by_role("alert")).to_contain_text("emergency number")
            lit.look("symptoms-told", "pht-rehab-symptoms")
        lit.close()
    shown(page).get_by_role("tab", name="Progress").click()
    page.get_by_role("button", name=re.compile("^.*Session")).first.click()
    lit.look("entry", "pht-rehab-entry")
    lit.close()
    shown(page).get_by_role("button", name="Report for the clinician").click()
    lit.look("report", "pht-rehab-report")
    dialog(page).get_by_role("button", name="Make the report").click()
    expect(page.get_by_role("link", name="Open the page")).to_be_visible()
    lit.look("report-made", "pht-rehab-report")
    _those_that_stop(house, page, lit)
    assert lit.found == {}


def _those_that_stop(house: House, page: Page, lit: Lit) -> None:
    """Look at the sheets that lead out of a pause and out of a lock."""
    entry_id = house.programme("Paul")
    at = {"config_entry_id": entry_id}
    house.dashboard("rehab-paul", card(entry_id))
    house.ha.action(f"{DOMAIN}.pause", at)
    page.goto("/rehab-paul")
    shown(page).get_by_role("button", name="Resume the programme").click()
    lit.look("resume", "pht-rehab-resume")
    dialog(page).get_by_role("button", name="Resume the programme").click()
    lit.look("saved", "pht-rehab-resume")
    page.get_by_role("button", name="Done").click()
    house.ha.action(f"{DOMAIN}.report_symptoms", {**at, "symptoms": ["swollen_calf"]})
    shown(page).get_by_role("button", name="A clinician cleared me").click()
    lit.look("unlock", "pht-rehab-unlock")


def test_every_scene_of_the_player(anna: str, opened: Open, pictures: Path) -> None:
    assert anna
    page = opened("/rehab-anna", viewport=PHONE)
    lit = Lit(page, pictures)
    shown(page).get_by_role("button", name="Start session").click()
    for act in ("ready", "hold", "rest", "reps"):
        step_to(page, f".ring.{act}")
        page.get_by_role("button", name="Pause").click()
        lit.look(f"player-{act}", "pht-rehab-player")
        page.get_by_role("button", name="Resume").click()
    page.get_by_role("button", name="That hurts").click()
    score(page, "Pain now", 7)
    expect(page.get_by_role("alert")).to_contain_text("This exercise ends here")
    lit.look("player-hurts", "pht-rehab-player")
    page.get_by_role("button", name="Go on").click()
    while page.get_by_role("timer").is_visible():
        press(page, "Skip this exercise")
    expect(page.get_by_role("heading", name="How was it?")).to_be_visible()
    lit.look("player-review", "pht-rehab-player")
    page.get_by_role("button", name="Save session").click()
    expect(dialog(page).get_by_role("status")).to_contain_text("Session saved")
    lit.look("player-saved", "pht-rehab-player")
    assert lit.found == {}


FOCUSED: Final = """() => {
    let on = document.activeElement;
    let ours = false;
    while (on?.shadowRoot?.activeElement) {
        ours ||= on.localName.startsWith('pht-rehab');
        on = on.shadowRoot.activeElement;
    }
    const { outlineStyle, outlineWidth } = getComputedStyle(on);
    return {
        ours,
        name: on.getAttribute('aria-label') ?? on.innerText ?? '',
        seen: on.matches(':focus-visible') && outlineStyle !== 'none'
            && parseFloat(outlineWidth) >= 2,
    };
}"""


def test_a_session_with_tab_enter_and_escape(house: House, opened: Open) -> None:
    entry_id = house.programme("Kim")
    house.dashboard("rehab-kim", card(entry_id))
    page = opened("/rehab-kim")
    shown(page)
    _tab_to(page, "Start Pelvic tilt and hold")
    page.keyboard.press("Enter")
    timer = page.get_by_role("timer")
    expect(timer).to_contain_text("Get ready")
    page.keyboard.press("Escape")
    expect(timer).to_have_count(0)
    assert page.evaluate(FOCUSED)["name"].startswith("Start Pelvic tilt and hold")
    _tab_to(page, "Something feels wrong")
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_visible()
    _tab_to(page, "Cancel")
    page.keyboard.press("Enter")
    expect(dialog(page)).to_have_count(0)
    assert page.evaluate(FOCUSED)["name"] == "Something feels wrong"

    _tab_to(page, "Start Pelvic tilt and hold", keys="Shift+Tab")
    page.keyboard.press("Enter")
    expect(timer).to_contain_text("Get ready")
    _tab_to(page, "Go now")
    for _ in range(50):
        if not timer.is_visible():
            break
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="How was it?")).to_be_visible()
    _tab_to(page, "0")
    page.keyboard.press("Enter")
    _tab_to(page, "Save session")
    page.keyboard.press("Enter")
    expect(dialog(page).get_by_role("status")).to_contain_text("Session saved")
    _tab_to(page, "Done")
    page.keyboard.press("Enter")
    expect(dialog(page)).to_have_count(0)
    assert page.evaluate(FOCUSED)["name"].startswith("Start Pelvic tilt and hold")
    (told,) = [one for one in house.log(entry_id) if one["kind"] == "session"]
    assert told["exercises"] == ["pelvic_tilt_supine"]
    assert told["pain_during"] == 0
    assert "effort" not in told


def _tab_to(page: Page, name: str, keys: str = "Tab") -> None:
    """Press a key until something of this name has the focus; all of ours on the way shows it."""
    passed: list[str] = []
    for _ in range(100):
        page.keyboard.press(keys)
        focused = page.evaluate(FOCUSED)
        if focused["ours"]:
            assert focused["seen"], focused
            if focused["name"].split("\n")[0].startswith(name):
                return
            passed.append(focused["name"])
    raise AssertionError(f"{name} is not reached, only {passed}")


MOVED: Final = """figure => {
    const drawing = figure.shadowRoot.querySelector('svg');
    const whole = figure.getBoundingClientRect();
    const spots = [...drawing.querySelectorAll('.leg')].map(one => {
        const { x, width } = one.getBoundingClientRect();
        return (x + width / 2 - whole.x) / whole.width;
    });
    return { time: drawing.getCurrentTime(), leg: spots.reduce((a, b) => a + b) / spots.length };
}"""
TIMES: Final = {"Move": (0, 3), "Hold": (3.5, 3.5), "And back, slowly": (4, 7)}


def test_the_drawing_moves_with_the_repetition_on_its_side(mia: str, opened: Open) -> None:
    assert mia
    page = opened("/rehab-mia", viewport=PHONE)
    page.clock.install()
    page.reload()
    shown(page).get_by_role("button", name="Start Standing band kick-back").click()
    player = page.locator("pht-rehab-player")
    figure = player.locator("pht-rehab-figure")
    expect(figure.locator("svg")).to_be_visible()
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    expect(player.locator("strong")).to_have_text("Left")
    left = figure.evaluate(MOVED)["leg"]
    player.get_by_role("button", name="Go now").click()
    seen: dict[str, list[dict[str, float]]] = {phase: [] for phase in TIMES}
    for _ in range(24):  # a quarter of a second each, together one repetition of 2-1-3
        page.clock.run_for(240)
        phase = player.locator(".ring span").first.inner_text()
        seen[phase].append(figure.evaluate(MOVED))
    for phase, (first, last) in TIMES.items():
        times = [one["time"] for one in seen[phase]]
        assert times == sorted(times)
        assert first <= times[0]
        assert times[-1] <= last
        assert times[-1] - times[0] >= 0.75 * (last - first)
    (still, *_), (there, *_) = seen["Move"], seen["Hold"]
    assert abs(there["leg"] - still["leg"]) > 0.01
    player.get_by_role("button", name="Done").click()
    player.get_by_role("button", name="Go now").click()
    page.clock.run_for(100)
    expect(player.locator("strong")).to_have_text("Right")
    right = figure.evaluate(MOVED)
    assert right["time"] < 1
    assert left + right["leg"] == pytest.approx(1, abs=0.02)
    assert abs(left - right["leg"]) > 0.02


@pytest.mark.parametrize(("width", "height"), WALLS)
def test_compact_on_a_wall(
    house: House, mia: str, opened: Open, pictures: Path, width: int, height: int
) -> None:
    house.dashboard("rehab-wall", card(mia, compact=True))
    page = opened("/rehab-wall", viewport={"width": width, "height": height})
    page.wait_for_function("document.fonts.status === 'loaded'")
    inside = shown(page).locator("ha-card")
    assert inside.evaluate(
        "e => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=pictures / f"wall-{width}.png")
    names = shown(page).locator(".course li")
    assert names.count() == 7
    for name in names.all():
        broken = name.locator("span").first.evaluate(LINES)
        name.evaluate("e => { e.style.overflowWrap = 'normal'; }")
        assert name.locator("span").first.evaluate(LINES) == broken, name.inner_text()
    box = shown(page).locator(".primary").last.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= height


@pytest.mark.parametrize("stage", ["isometric", "hip_flexion"])
def test_a_session_fits_on_a_small_wall(
    house: House, opened: Open, pictures: Path, stage: str
) -> None:
    entry_id = house.programme(f"Willi {stage}", goal="running")
    start = house.today(entry_id) - timedelta(days=2)
    told = History(start=start, stage=stage, goal="running", days=WEEK, equipment=["band"])
    house.live(entry_id, told.mornings(1, 1, 1))
    house.dashboard("rehab-willi", card(entry_id, compact=True))
    for scheme in ("light", "dark"):
        page = opened("/rehab-willi", viewport=SMALL, color_scheme=scheme)
        found = shown(page)
        expect(found.get_by_role("button", name="Start session")).to_be_visible()
        page.wait_for_function("document.fonts.status === 'loaded'")
        assert found.locator(".list li").count() >= 3
        assert page.evaluate("document.documentElement.scrollHeight") <= SMALL["height"]
        for part in (found, found.get_by_role("button", name="Something feels wrong")):
            box = part.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= SMALL["height"]
        assert found.locator("ha-card").evaluate(
            "e => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth"
        )
        page.wait_for_function(SETTLED, arg=scheme == "dark", polling=POLLING)
        assert faults(page, "pht-rehab-card") == []
        page.screenshot(path=pictures / f"wall-{stage}-{scheme}.png")


def a_full_life(today: date, *, both: bool) -> History:
    """Tell of 84 days with all that a report has a place for."""
    told = History(
        start=today - timedelta(days=84), goal="running", days=WEEK, both=both, equipment=["band"]
    )
    sore = {30: 4.0, 31: 5, 32: 4.5, 60: 5, 61: 5}
    for day in range(84):
        if day % 6 == 0:
            told.event(day, "long_sitting", 240)
        if day in sore or day % 6 == 1:
            for side in ("left", "right") if both else (None,):
                pain = sore.get(day, 2.5)
                told.morning(day, pain, rest=0, sitting=60, night=False, side=side)
        else:
            told.thrive(day, day, rest=0)
        if day % 7 == 6:
            told.weekly(day, morning_mean=1, bridge_reps=10, overall=60, confidence=3 + day % 6)
        if day % 28 == 27:
            told.visa_h(day, 50 + day // 4)
    return told


@pytest.mark.parametrize(("side", "sheets"), [("left", 1), ("both", 2)])
def test_the_report_is_a_sheet_of_paper_a_side(
    house: House, browser: Browser, pictures: Path, side: str, sheets: int
) -> None:
    entry_id = house.programme(f"Ruth {side}", goal="running", side=side)
    house.live(entry_id, a_full_life(house.today(entry_id), both=side == "both"))
    at = {"config_entry_id": entry_id}
    report = house.ha.action(f"{DOMAIN}.clinician_report", at, response=True)
    assert len(report["csv"].splitlines()) == 1 + 84 * sheets
    page = browser.new_page(viewport={"width": 718, "height": 1046})  # A4 without its margins
    page.set_content(report["html"])
    assert page.locator("h2").count() == 2 + 8 * sheets
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == sheets
    page.emulate_media(media="print")
    page.screenshot(path=pictures / f"report-{side}.png", full_page=True)
    page.close()
