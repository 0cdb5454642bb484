"""Both sides in the real frontend: the set-up by hand, and the morning after in the card."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from script import browser as chromium
from tests.domain.builders import History

from .house import DOMAIN, House, card, dialog, score, shown

pytestmark = pytest.mark.parametrize("version", ["2026.11"], scope="module", indirect=True)
TALL: ViewportSize = {"width": 1000, "height": 1700}
PHONE: ViewportSize = {"width": 390, "height": 1400}


def test_two_sides_from_the_forms_to_the_morning_after(
    browser: Browser, house: House, pictures: Path
) -> None:
    context = chromium.context(browser, house.ha, viewport=TALL)
    page = context.new_page()
    problems = chromium.watch(page)
    _set_up(page, pictures)
    (entry,) = house.ha.entries(DOMAIN)
    entry_id = entry["entry_id"]
    at = {"config_entry_id": entry_id}
    told = house.ha.action(f"{DOMAIN}.explain", at, response=True)
    assert {side: one["stage"] for side, one in told["sides"].items()} == {
        "left": "isometric",
        "right": "settle",
    }
    page.goto("about:blank")  # the picture on the device page belongs to the programme as it was
    _live_since_yesterday(house, entry_id)
    house.dashboard("rehab-bea", card(entry_id))
    page.set_viewport_size(PHONE)
    page.goto("/rehab-bea")
    expect(shown(page).locator(".sides")).to_contain_text("Left")
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "both-today.png")
    _check_the_morning(page, pictures)
    checks = [one for one in house.log(entry_id) if one["kind"] == "morning_check"]
    assert {one["side"]: one["pain"] for one in checks} == {"left": 1, "right": 4}

    plan = house.ha.action(f"{DOMAIN}.get_plan", {**at, "days": 1}, response=True)
    sided = [one["id"] for one in plan["days"][0]["exercises"] if one["side"] == "left"]
    assert sided == ["iso_bridge_single"]
    assert _do_the_session(page, pictures) == {"left"}
    sessions = [one for one in house.log(entry_id) if one["kind"] == "session"]
    assert {one["side"]: one["pain_during"] for one in sessions} == {"left": 2, "right": 3}
    assert problems == []
    context.close()


def _set_up(page: Page, pictures: Path) -> None:
    page.goto("/config/integrations/dashboard")
    page.get_by_role("button", name="Add integration").click()
    page.get_by_placeholder("Search for a brand name").fill("PHT")
    page.get_by_text("PHT Rehab", exact=True).first.click()
    forms = page.locator("dialog-data-entry-flow")
    forms.get_by_role("textbox", name="Name").fill("Bea")
    forms.get_by_role("radio", name="Both").click()
    page.screenshot(path=pictures / "both-form-1.png")
    forms.get_by_role("button", name="Next").click()
    forms.locator("ha-switch").click()
    forms.get_by_role("button", name="Next").click()
    expect(forms.get_by_text("These scores are of your left side")).to_be_visible()
    forms.get_by_role("spinbutton", name="Today's test: worst pain").fill("2")
    page.screenshot(path=pictures / "both-form-left.png")
    forms.get_by_role("button", name=re.compile("Next|Submit")).click()
    expect(forms.get_by_text("Now the same for your other side: Right")).to_be_visible()
    forms.get_by_role("spinbutton", name="Today's test: worst pain").fill("5")
    page.screenshot(path=pictures / "both-form-right.png")
    forms.get_by_role("button", name="Submit").click()
    forms.get_by_role("button", name="Skip and finish").click()


def _live_since_yesterday(house: House, entry_id: str) -> None:
    """Put a log in that began the day before: the right a step behind the left, both daily."""
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    told = History(
        start=house.today(entry_id) - timedelta(days=1), days=week, both=True, equipment=["band"]
    )
    told.set_stage(0, "isometric", "I1.3", side="left")
    told.set_stage(0, "isometric", "I1.2", side="right")
    house.live(entry_id, told)


def _check_the_morning(page: Page, pictures: Path) -> None:
    shown(page).get_by_role("button", name="Morning check").click()
    score(page, "Worst pain in the test · Left", 1)
    score(page, "Worst pain in the test · Right", 4)
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "both-morning.png")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(dialog(page).get_by_role("status")).to_contain_text("Saved")
    page.get_by_role("button", name="Done").click()
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "both-after.png")


def _do_the_session(page: Page, pictures: Path) -> set[str]:
    """Do the whole session in fast time; return the sides the player named."""
    page.clock.install()
    page.reload()
    shown(page).get_by_role("button", name="Start session").click()
    player = page.locator("pht-rehab-player")
    named: set[str] = set()
    for _ in range(400):
        if not page.get_by_role("timer").is_visible():
            break
        found = {side for side in ("left", "right") if player.get_by_text(side.title()).count()}
        if found - named:
            page.screenshot(path=pictures / f"both-player-{min(found)}.png")
        named |= found
        page.clock.run_for(10_000)
    expect(page.get_by_role("heading", name="How was it?")).to_be_visible()
    score(page, "Worst pain during the session · Left", 2)
    score(page, "Worst pain during the session · Right", 3)
    page.screenshot(path=pictures / "both-review.png")
    page.get_by_role("button", name="Save session").click()
    expect(dialog(page).get_by_role("status")).to_contain_text("Session saved")
    page.get_by_role("button", name="Done").click()
    return named
