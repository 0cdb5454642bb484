"""The card in the real frontend: a whole session, the morning after, and what can go wrong.

They happen where it is eight in the morning when they begin; the next day comes by starting Home
Assistant again with its calendar a day ahead, under the card that is open.
"""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.domain.builders import History

from .house import DOMAIN, PHONE, House, Open, card, dialog, score, shown, step_to, violations

SIZES: Final = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1400, 900)}
HOSTILE: Final = "<img src=x onerror=window.hacked=1> {{ 1 }} 🦵 مرحبا"
LONG: Final = HOSTILE * 180  # more than 10 kB

pytestmark = [
    pytest.mark.parametrize("version", ["2026.11"], scope="module", indirect=True),
    pytest.mark.usefixtures("anna"),
]


@pytest.fixture(scope="module")
def dora(house: House) -> str:
    """Another programme, whose session is still to be done; returns its dashboard's address."""
    house.dashboard("rehab-dora", card(house.programme("Dora")))
    return "/rehab-dora"


@pytest.fixture(scope="module")
def greta(house: House) -> str:
    """Ten weeks with a check each week and long sitting before each worse morning."""
    entry_id = house.programme("Greta")
    told = History(start=house.today(entry_id) - timedelta(days=70), stage="settle")
    for day in range(1, 70):
        told.morning(day, 2.5 if day % 6 == 1 else 1)
        if day % 6 == 0:
            told.event(day, "long_sitting", 240)
        if day % 7 == 0:
            told.weekly(day, bridge_reps=0, confidence=(3, 5, 4, 6)[day // 7 % 4], overall=60)
    told.visa_h(60, 58)
    house.live(entry_id, told)
    house.dashboard("rehab-greta", card(entry_id))
    return "/rehab-greta"


@pytest.fixture(scope="module")
def runner(house: House) -> Callable[[str, int], str]:
    """Make a runner, some days after the first run at R5; the second comes two days later."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

    def make(name: str, day: int) -> str:
        entry_id = house.programme(name, goal="running")
        start = house.today(entry_id) - timedelta(days=day)
        told = History(start=start, stage="hip_flexion", goal="running", days=days)
        told.set_stage(0, "hip_flexion", "R5")
        for number in range(day):
            if number:
                told.morning(number)
            if number % 2 == 0:
                told.run(number, 20, 1, 1)
        house.live(entry_id, told)
        house.dashboard(f"rehab-{name.lower()}", card(entry_id))
        return entry_id

    return make


def test_it_is_offered_where_cards_are_chosen(house: House, opened: Open) -> None:
    house.dashboard("rehab-new")
    page = opened("/rehab-new?edit=1")
    page.get_by_role("button", name="Add card").first.click()
    page.get_by_role("tab", name="By card").click()
    page.get_by_placeholder("Search").last.fill("PHT")
    picked = page.locator("hui-card-picker .card", has_text="PHT Rehab")
    picked.locator(".overlay").click()
    editor = page.locator("hui-dialog-edit-card")
    expect(editor.get_by_text("Compact", exact=True)).to_be_visible()
    editor.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Done").click()
    expect(shown(page)).to_contain_text("Anna")


def test_the_dashboard_in_a_few_clicks(opened: Open) -> None:
    page = opened("/config/lovelace/dashboards", viewport={"width": 1400, "height": 1000})
    page.get_by_role("button", name="Add dashboard").click()
    page.get_by_text("PHT Rehab").first.click()
    page.get_by_role("button", name="Create").click()
    page.get_by_role("link", name="Rehab", exact=True).click()
    expect(shown(page)).to_contain_text("Anna")
    expect(page.locator("hui-calendar-card")).to_be_visible()
    expect(page.locator("hui-todo-list-card")).to_be_visible()
    expect(page.locator("hui-error-card")).to_have_count(0)


def test_a_cold_page_always_shows_it(opened: Open) -> None:
    for _ in range(10):
        page = opened("/rehab-anna")
        shown(page)
        expect(page.get_by_text("Custom element doesn't exist")).to_have_count(0)
        page.close()


def test_a_session_without_a_connection_and_the_morning_after(
    house: House, anna: str, opened: Open, pictures: Path
) -> None:
    page = opened("/rehab-anna", viewport=PHONE)
    page.clock.install()
    page.reload()
    _play(page, pictures)
    house.off()  # nobody answers any more
    score(page, "Worst pain during the session", 2)
    score(page, "How hard was it? (0 to 10)", 6)
    page.get_by_role("button", name="Save session").click()
    expect(dialog(page).get_by_role("status")).to_contain_text("Saved on this device")
    page.get_by_role("button", name="Done").click()
    house.on()
    page.clock.run_for(60_000)
    expect(shown(page).get_by_text("All done for today.")).to_be_visible()
    sessions = [entry for entry in house.log(anna) if entry["kind"] == "session"]
    assert [(one["pain_during"], one["effort"], one.get("completed", 100)) for one in sessions] == [
        (2, 6, 100)
    ]
    entities = house.ha.entities(DOMAIN, anna)
    assert house.ha.state(entities["session_pain"])["state"] == "2"
    items = house.ha.action(
        "todo.get_items", target={"entity_id": entities["today"]}, response=True
    )
    assert {item["status"] for item in items[entities["today"]]["items"]} == {"completed"}

    house.off()
    house.on(days=1)
    page.clock.run_for(60_000)
    morning = shown(page).get_by_role("button", name="Morning check")
    expect(morning).to_be_visible()
    morning.click()
    page.wait_for_timeout(300)
    assert violations(page, "pht-rehab-morning") == []
    page.screenshot(path=pictures / "card-morning.png")
    score(page, "Worst pain in the test", 1)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(dialog(page).get_by_role("status")).to_contain_text("Saved")
    page.screenshot(path=pictures / "card-answer.png")
    page.get_by_role("button", name="Done").click()
    assert house.ha.state(entities["response"])["state"] == "green"


def test_a_session_goes_on_while_home_assistant_is_away(house: House, opened: Open) -> None:
    entry_id = house.programme("Lena")
    house.dashboard("rehab-lena", card(entry_id))
    page = opened("/rehab-lena", viewport=PHONE)
    page.clock.install()
    page.reload()
    shown(page).get_by_role("button", name="Start session").click()
    player = page.locator("pht-rehab-player")
    player.evaluate("e => { window.playerOfBefore = e; }")
    step_to(page, ".play:has-text('Set 2 of') .ring.hold")
    house.off()
    page.wait_for_function("!document.querySelector('home-assistant').hass.connected")
    _goes_on(page)
    step_to(page, ".play:has-text('Exercise 2 of') .ring.reps")
    _goes_on(page)

    house.on()
    page.wait_for_function("document.querySelector('home-assistant').hass.connected")
    expect(page.locator("pht-rehab-card").first.get_by_text("No connection")).to_have_count(0)
    assert player.evaluate_all("all => all.length === 1 && all[0] === window.playerOfBefore")
    _goes_on(page)
    step_to(page, "h2:has-text('How was it?')")
    score(page, "Worst pain during the session", 1)
    score(page, "How hard was it? (0 to 10)", 5)
    page.get_by_role("button", name="Save session").click()
    expect(dialog(page).get_by_role("status")).to_contain_text("Session saved")
    page.get_by_role("button", name="Done").click()
    expect(shown(page).get_by_text("All done for today.")).to_be_visible()
    sessions = [one for one in house.log(entry_id) if one["kind"] == "session"]
    assert [(one["pain_during"], one["effort"], one.get("completed", 100)) for one in sessions] == [
        (1, 5, 100)
    ]


def _goes_on(page: Page) -> None:
    """Ask that time runs in the player, and that its drawing is there."""
    player = page.locator("pht-rehab-player")
    expect(player.locator("pht-rehab-figure svg")).to_be_visible()
    ring = player.locator(".ring .now")
    before = ring.evaluate("e => e.style.strokeDashoffset")
    page.clock.run_for(1_000)
    assert ring.evaluate("e => e.style.strokeDashoffset") != before


def _play(page: Page, pictures: Path) -> None:
    """Do the whole session in fast time, with a reload in its middle."""
    page.screenshot(path=pictures / "card-today.png")
    shown(page).get_by_role("button", name="Start session").click()
    expect(page.get_by_role("timer")).to_contain_text("Get ready")
    page.clock.run_for(12_000)
    expect(page.get_by_role("timer")).to_contain_text("Hold")
    page.screenshot(path=pictures / "card-player.png")
    page.clock.run_for(32_000)
    expect(page.get_by_role("timer")).to_contain_text("Rest")  # a set is done: that is kept
    page.wait_for_timeout(2500)
    page.clock.run_for(3_000)
    page.reload()
    shown(page).get_by_role("button", name="Resume the interrupted session").click()
    page.get_by_role("button", name="Resume", exact=True).click()
    for _ in range(200):
        if not page.get_by_role("timer").is_visible():
            break
        page.clock.run_for(20_000)
    expect(page.get_by_role("heading", name="How was it?")).to_be_visible()
    page.screenshot(path=pictures / "card-review.png")


type Runner = Callable[[str, int], str]


def test_a_runner_s_evening(house: House, runner: Runner, opened: Open, pictures: Path) -> None:
    rita = runner("Rita", 2)
    house.ha.action(f"{DOMAIN}.log_morning_check", {"config_entry_id": rita, "pain": 1})
    page = opened("/rehab-rita", viewport=PHONE)
    block = shown(page).locator(".run")
    expect(block).to_contain_text("Run R5")
    assert violations(page, "pht-rehab-card") == []
    page.screenshot(path=pictures / "run-today.png")
    block.get_by_text("How to run").click()
    expect(block.get_by_text("Walk for five minutes before and after.")).to_be_visible()
    shown(page).get_by_role("button", name="Log run").click()
    expect(page.get_by_role("spinbutton").first).to_have_value("20")
    page.wait_for_timeout(300)
    assert violations(page, "pht-rehab-run") == []
    page.screenshot(path=pictures / "run-sheet.png")
    house.off()  # out of reach of the house
    score(page, "Worst pain during the run", 1)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(dialog(page).get_by_role("status")).to_contain_text("Saved on this device")
    page.get_by_role("button", name="Done").click()
    expect(shown(page).get_by_text("The run is logged.")).to_be_visible()
    house.on()
    expect(shown(page).get_by_text("waits to be sent")).to_be_hidden()
    runs = [entry for entry in house.log(rita) if entry["kind"] == "run"]
    told = [(one["minutes"], one["pain_during"], one["dose_step"]) for one in runs]
    assert told == [(20, 1, "R5")] * 2
    page.screenshot(path=pictures / "run-done.png")


def test_the_morning_after_a_run(runner: Runner, opened: Open, pictures: Path) -> None:
    runner("Rosa", 3)
    page = opened("/rehab-rosa", viewport=PHONE)
    expect(shown(page).get_by_text("No run today")).to_be_visible()
    shown(page).get_by_role("button", name="Morning check").click()
    score(page, "Worst pain in the test", 1)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(dialog(page).get_by_role("status")).to_contain_text("Saved")
    page.get_by_role("button", name="Done").click()
    shown(page).get_by_text("What else you can do now").click()
    expect(shown(page).get_by_text("Walking on the flat")).to_be_visible()
    page.wait_for_timeout(300)
    assert violations(page, "pht-rehab-card") == []
    page.screenshot(path=pictures / "run-none.png")
    shown(page).get_by_role("tab", name="Progress").click()
    ran = "Step R5 · 20 min · pain during 1 · pain later that day 1 · calm"
    expect(shown(page).get_by_role("button", name=ran)).to_have_count(2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_step_up_of_a_run(runner: Runner, opened: Open, pictures: Path, scheme: str) -> None:
    name = f"Rut{scheme}"
    runner(name, 4)
    page = opened(f"/rehab-{name.lower()}", viewport=PHONE, color_scheme=scheme)
    shown(page).get_by_role("button", name="Morning check").click()
    score(page, "Worst pain in the test", 1)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Done").click()
    expect(shown(page).locator(".run")).to_contain_text("Run R6")
    page.wait_for_timeout(300)
    assert violations(page, "pht-rehab-card") == []
    page.screenshot(path=pictures / f"run-step-{scheme}.png")
    shown(page).get_by_role("tab", name="Progress").click()
    expect(shown(page).get_by_text("20 min").first).to_be_visible()
    page.wait_for_timeout(300)
    assert violations(page, "pht-rehab-card") == []
    page.screenshot(path=pictures / f"run-progress-{scheme}.png")
    shown(page).get_by_role("tab", name="Today").click()
    shown(page).get_by_role("button", name="Log run").click()
    expect(page.get_by_role("spinbutton").first).to_have_value("21")
    page.wait_for_timeout(300)
    assert violations(page, "pht-rehab-run") == []
    page.screenshot(path=pictures / f"run-sheet-{scheme}.png")
    score(page, "Worst pain during the run", 0)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(dialog(page).get_by_role("status")).to_contain_text("awaits the morning check")
    page.get_by_role("button", name="Done").click()
    expect(shown(page).get_by_text("Run R6", exact=False).first).to_be_visible()


def test_an_open_card_follows_the_profile(
    house: House, runner: Runner, opened: Open, pictures: Path
) -> None:
    today = house.today(runner("Nora", 3))

    def choose(**formats: str) -> None:
        told = {"language": "en", "number_format": "language", "time_format": "language"}
        told |= {"date_format": "language", "time_zone": "local", "first_weekday": "language"}
        house.ha.command("frontend/set_user_data", key="language", value=told | formats)

    page = opened("/rehab-nora", viewport=PHONE)
    found = shown(page)
    expect(found).to_contain_text(re.compile(r"come on \w+ \d+ \w+"))
    try:
        choose(date_format="YMD")
        expect(found).to_contain_text(re.compile(r"come on \w+, \d{4}/\d+/\d+"))
        found.get_by_role("tab", name="Progress").click()
        expect(found).to_contain_text(f"{today:%a}, {today.year}/{today.month}/{today.day}")
        page.wait_for_timeout(300)
        page.screenshot(path=pictures / "dates-ymd.png", full_page=True)
        choose(language="de", date_format="DMY", number_format="comma_decimal")
        expect(found).to_contain_text(re.compile(r"\b(Mo|Di|Mi|Do|Fr|Sa|So), \d+\.\d+\.\d{4}"))
        page.wait_for_timeout(300)
        page.screenshot(path=pictures / "dates-dmy-de.png", full_page=True)
        found.get_by_role("tab", name="Heute").click()
        expect(found).to_contain_text(re.compile(r"\w+tag, \d+\.\d+\.\d{4}|\w+woch, "))
        page.screenshot(path=pictures / "dates-today-de.png", full_page=True)
        found.get_by_role("button", name="Lauf eintragen").click()
        dialog(page).locator("summary").click()
        expect(dialog(page).locator("label", has_text=f".{today.year}")).to_be_visible()
        page.screenshot(path=pictures / "dates-sheet-de.png")
    finally:
        choose()


def test_pain_past_the_limit_ends_the_exercise(opened: Open, dora: str) -> None:
    page = opened(dora)
    shown(page).get_by_role("button", name="Start session").click()
    page.get_by_role("button", name="Go now").click()
    page.get_by_role("button", name="Done", exact=True).click()
    before = page.locator("pht-rehab-player h2").inner_text()
    page.get_by_role("button", name="That hurts").click()
    score(page, "Pain now", 7)
    expect(page.get_by_role("alert")).to_contain_text("This exercise ends here")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("pht-rehab-player h2")).not_to_have_text(before)
    page.go_back()
    expect(page.locator("pht-rehab-player")).to_have_count(0)
    expect(shown(page).get_by_role("button", name="Resume the interrupted")).to_be_visible()


def test_by_keyboard_alone(opened: Open, dora: str) -> None:
    page = opened(dora)
    start = shown(page).get_by_role("button", name="Start session")
    start.focus()
    page.keyboard.press("Enter")
    timer = page.get_by_role("timer")
    expect(timer).to_contain_text("Get ready")
    page.get_by_role("heading", level=2).last.focus()
    page.get_by_role("button", name="Pause").focus()
    page.keyboard.press("ArrowRight")
    expect(timer).to_contain_text("Hold")
    page.keyboard.press("Space")
    expect(timer).to_contain_text("Paused")
    page.keyboard.press("Escape")
    expect(timer).to_have_count(0)
    tab = shown(page).get_by_role("tab", name="Today")
    tab.focus()
    page.keyboard.press("ArrowRight")
    chart = shown(page).get_by_role("slider")
    chart.focus()
    page.keyboard.press("Home")
    expect(chart).to_have_attribute("aria-valuenow", "0")


def test_symptoms_put_it_on_hold_and_a_clinician_frees_it(house: House, opened: Open) -> None:
    entry = house.programme("Berta")
    house.dashboard("rehab-berta", card(entry))
    page = opened("/rehab-berta", viewport=PHONE)
    shown(page).get_by_role("button", name="Something feels wrong").click()
    page.get_by_role("checkbox", name=re.compile("swollen, hot or red calf")).check()
    expect(page.get_by_role("alert")).to_contain_text("emergency number")
    page.get_by_role("button", name="Report").click()
    page.get_by_role("button", name="Done").click()
    held = shown(page)
    expect(held.get_by_role("alert")).to_contain_text("On hold")
    expect(held.get_by_role("button", name="Start session")).to_have_count(0)
    held.get_by_role("button", name="A clinician cleared me").click()
    assert violations(page, "pht-rehab-unlock") == []
    page.get_by_role("textbox").fill(HOSTILE)
    dialog(page).get_by_role("button", name="A clinician cleared me").click()
    page.get_by_role("button", name="Done").click()
    expect(shown(page).get_by_role("alert")).to_have_count(0)


def test_an_entry_is_corrected_noted_and_taken_back(
    house: House, opened: Open, pictures: Path
) -> None:
    entry = house.programme("Carla")
    house.ha.action(f"{DOMAIN}.log_session", {"config_entry_id": entry, "pain_during": 5})
    house.dashboard("rehab-carla", card(entry))
    page = opened("/rehab-carla")
    shown(page).get_by_role("tab", name="Progress").click()
    page.get_by_role("button", name=re.compile("Session")).click()
    assert violations(page, "pht-rehab-entry") == []
    score(page, "pain during", 3)
    page.get_by_role("textbox", name="Note").fill(HOSTILE)
    page.get_by_role("button", name="Save", exact=True).click()
    row = page.get_by_role("button", name=re.compile("pain during 3"))
    expect(row).to_contain_text(HOSTILE)
    (told,) = [one for one in house.log(entry) if one["kind"] == "session"]
    assert (told["pain_during"], told["note"]) == (3, HOSTILE)
    row.click()
    page.get_by_role("button", name="Take this entry back").click()
    expect(row).to_have_count(0)
    assert [one for one in house.log(entry) if one["kind"] == "session"] == []
    assert page.evaluate("window.hacked") is None
    night = {"pain": 1, "night_waking": True, "sitting_minutes": 600}
    house.ha.action(f"{DOMAIN}.log_morning_check", {"config_entry_id": entry, **night})
    page.get_by_role("button", name=re.compile("Morning check")).click()
    expect(page.get_by_role("radio", name="Yes")).to_be_checked()
    page.get_by_role("radio", name="No").click()
    page.get_by_role("spinbutton").fill("60")
    page.screenshot(path=pictures / "entry-morning.png")
    assert violations(page, "pht-rehab-entry") == []
    page.get_by_role("button", name="Save", exact=True).click()
    expect(dialog(page)).to_have_count(0)
    (told,) = [one for one in house.log(entry) if one["kind"] == "morning_check"]
    assert (told["night_waking"], told["sitting_minutes"], told["pain"]) == (False, 60, 1)


def test_two_programmes_and_hostile_names(house: House, anna: str, opened: Open) -> None:
    other = house.programme(HOSTILE, side="right")
    house.dashboard("rehab-two", card(anna, compact=True), card(other, title=LONG))
    page = opened("/rehab-two", viewport={"width": 1400, "height": 1000})
    cards = page.locator("pht-rehab-card")
    expect(cards.nth(0)).to_contain_text("Anna")
    expect(cards.nth(0).get_by_role("tab")).to_have_count(0)
    expect(cards.nth(1).get_by_role("heading").first).to_have_text(LONG)
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_who_may_only_look(house: House, opened: Open) -> None:
    user = house.ha.add_user("visitor", "system-read-only")
    page = opened("/rehab-anna", tokens=_tokens(house, user))
    looked = shown(page)
    expect(looked).to_contain_text("but not change it")
    expect(looked.get_by_role("button", name="Start session")).to_have_count(0)
    expect(looked.get_by_role("checkbox").first).to_be_disabled()


def _tokens(house: House, token: str) -> str:
    return json.dumps({**house.ha.browser_tokens(), "access_token": token})


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_how_it_looks(opened: Open, pictures: Path, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    viewport = {"width": width, "height": height}
    page = opened("/rehab-anna", viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    expect(shown(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = (
        shown(page)
        .get_by_role("button")
        .evaluate_all(
            "all => all.map(one => one.getBoundingClientRect())"
            ".filter(box => box.width && (box.width < 44 || box.height < 44)).length"
        )
    )
    assert small == 0
    page.screenshot(path=pictures / f"card-{size}-{scheme}.png")
    assert violations(page, "pht-rehab-card") == []
    shown(page).get_by_role("tab", name="Progress").click()
    expect(page.get_by_role("slider")).to_be_visible()
    page.screenshot(path=pictures / f"card-progress-{size}-{scheme}.png")
    assert violations(page, "pht-rehab-card") == []
    shown(page).get_by_role("tab", name="Today").click()
    shown(page).get_by_role("button", name="Something feels wrong").click()
    expect(page.locator("pht-rehab-symptoms dialog")).to_be_visible()
    assert violations(page, "pht-rehab-symptoms") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_weekly_check(opened: Open, greta: str, pictures: Path, scheme: str) -> None:
    page = opened(greta, viewport=PHONE, color_scheme=scheme, reduced_motion="reduce")
    shown(page).get_by_role("tab", name="Progress").click()
    expect(shown(page)).to_contain_text("After 11 of 11 days with long sitting or travel")
    expect(shown(page)).to_contain_text("VISA-H 58")
    page.screenshot(path=pictures / f"weekly-progress-{scheme}.png", full_page=True)
    assert violations(page, "pht-rehab-card") == []
    shown(page).get_by_role("button", name="Fill in the weekly check").click()
    form = dialog(page)
    expect(form).to_contain_text("9 questions left")
    page.screenshot(path=pictures / f"weekly-form-{scheme}.png")
    small = form.locator("label, button").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect())"
        ".filter(box => box.width && (box.width < 44 || box.height < 44)).length"
    )
    assert small == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page, "pht-rehab-weekly") == []
    for answer in ("45 to 89 min", "moderate", "none"):
        form.get_by_role("radio", name=answer, exact=True).last.click()
    for group, value in (
        ("Worst pain at the sit bone this week", 3),
        ("Pain today when picking", 2),
        ("Pain in ten minutes", 1),
        ("How much of your normal sport", 60),
        ("How sure you are", 9),
    ):
        score(page, group, value)
    expect(form).to_contain_text("1 question left")
    form.get_by_label("One-leg bridges in a row").fill("12")
    expect(form).not_to_contain_text("left")
    page.screenshot(path=pictures / f"weekly-filled-{scheme}.png")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_role("status")).to_contain_text("of 100")
    expect(form.get_by_role("status")).to_contain_text("since the check before")
    page.screenshot(path=pictures / f"weekly-saved-{scheme}.png")
    form.get_by_role("button", name="Done").click()


def test_something_else_happened(opened: Open, greta: str, pictures: Path) -> None:
    page = opened(greta, viewport=PHONE)
    shown(page).get_by_role("button", name="Something else happened").click()
    form = dialog(page)
    form.get_by_text("Massage ball", exact=True).click()
    page.screenshot(path=pictures / "event-form.png")
    assert violations(page, "pht-rehab-event") == []
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_role("status")).to_contain_text("Cook & Purdam")
    page.screenshot(path=pictures / "event-saved.png")
    form.get_by_role("button", name="Done").click()


@pytest.mark.parametrize("how", ["fontSize = '200%'", "dir = 'rtl'"])
def test_large_text_and_text_from_the_right(
    opened: Open, dora: str, pictures: Path, how: str
) -> None:
    page = opened(dora, viewport=PHONE)
    card_ = shown(page)
    root = "document.documentElement"
    page.evaluate(f"{root}.{'style.' if 'font' in how else ''}{how}; document.body.{how}")
    page.wait_for_timeout(300)
    name = "large" if "font" in how else "rtl"
    page.screenshot(path=pictures / f"card-{name}.png")
    assert card_.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    card_.get_by_role("button", name="Start Two-leg bridge hold").click()
    page.wait_for_timeout(300)
    page.screenshot(path=pictures / f"card-{name}-player.png")
    boxes = page.locator("pht-rehab-player .play > *").evaluate_all(
        "all => all.filter(e => !e.matches('.sr, footer')).map(e => e.getBoundingClientRect())"
    )
    for above, under in pairwise(boxes):
        assert above["bottom"] <= under["top"] + 1
    assert violations(page, "pht-rehab-player") == []


def test_it_takes_the_colours_of_a_theme_of_ones_own(opened: Open, dora: str) -> None:
    page = opened(dora)
    stage = shown(page).locator(".course .done").first
    page.evaluate("document.documentElement.style.setProperty('--primary-color', '#780078')")
    expect(stage).to_have_css("border-top-color", "rgb(120, 0, 120)")
    shown(page).get_by_role("button", name="Start Two-leg").click()
    leg = page.locator("pht-rehab-player pht-rehab-figure")
    assert leg.evaluate("e => getComputedStyle(e).getPropertyValue('--pht-leg')") == "#780078"


def test_the_drawing_stands_still_where_motion_is_unwanted(opened: Open, dora: str) -> None:
    page = opened(dora, reduced_motion="reduce")
    shown(page).get_by_role("button", name="Start Pelvic tilt and hold").click()
    page.get_by_role("button", name="Go now").click()
    drawing = page.locator("pht-rehab-player pht-rehab-figure svg")
    expect(page.get_by_role("timer")).to_contain_text("of 10")
    page.wait_for_timeout(500)
    before = drawing.evaluate("e => [e.animationsPaused(), e.getCurrentTime()]")
    page.wait_for_timeout(1500)
    assert drawing.evaluate("e => [e.animationsPaused(), e.getCurrentTime()]") == before
    assert before[0]


def test_an_update_shows_the_new_card_at_once(house: House, opened: Open) -> None:
    page = opened("/rehab-anna", service_worker=True)
    shown(page)
    code = house.integration / "frontend" / "card.js"
    code.write_text(code.read_text("utf-8") + "\nwindow.newCard = true;\n", "utf-8")
    house.off()
    house.on()
    page.reload()
    shown(page)
    assert page.evaluate("window.newCard") is True
