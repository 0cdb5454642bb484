"""A newcomer's first evening, clicked through by hand on what `script/run --empty` gives."""

import contextlib
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, ViewportSize, expect

from script import browser as chromium
from script.real_ha import INTEGRATION, RESTART_EXIT_CODE, RealHA, empty

from .conftest import RESULTS, VERSIONS

type Camera = Callable[[str], None]

TALL: ViewportSize = {"width": 1280, "height": 1900}
USUAL: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def ha(version: str) -> Iterator[RealHA]:
    """A Home Assistant in which nobody lives yet."""
    folder = empty(RESULTS / f"test_newcomer-{version}")
    with RealHA(folder, hass=VERSIONS[version], components=[INTEGRATION]) as running:
        yield running


@pytest.fixture
def page(browser: Browser, ha: RealHA) -> Iterator[Page]:
    """A page that nobody is logged in to; how it looked last is kept."""
    context = chromium.context(browser, ha, logged_in=False)
    opened = context.new_page()
    yield opened
    opened.screenshot(path=ha.config / "last.png")
    context.close()


@pytest.fixture
def shoot(page: Page, version: str, pictures: Path) -> Camera:
    """Take pictures to look at, numbered in their order."""
    numbers = itertools.count(1)

    def take(what: str) -> None:
        expect(page.locator("#ha-launch-screen")).to_have_count(0)
        page.screenshot(path=pictures / f"newcomer-{version}-{next(numbers):02}-{what}.png")

    return take


def test_first_evening(page: Page, ha: RealHA, shoot: Camera) -> None:
    _create_the_first_user(page, shoot)
    problems = chromium.watch(page)
    _is_sent_to_a_doctor(page, shoot)
    _set_up(page, shoot)
    _make_a_dashboard(page, shoot)
    _do_the_session(page, shoot)
    assert problems == []

    _restart(page, ha)
    problems.clear()  # of the connection that was lost meanwhile
    _find_everything_again(page, shoot)
    _look_at_the_rest(page, shoot)
    assert problems == []

    (journal,) = ha.config.glob(".storage/pht_rehab.*.jsonl")
    _delete(page, shoot)
    assert not journal.exists()
    assert not list(ha.config.glob(".storage/pht_rehab*"))
    assert problems == []
    assert ha.errors() == []


def _create_the_first_user(page: Page, shoot: Camera) -> None:
    page.goto("/")
    page.get_by_role("button", name="Create my smart home").click()
    for name, text in (
        ("Name", "Robin"),
        ("Username", "robin"),
        ("Password", "robins-password"),
        ("Confirm password", "robins-password"),
    ):
        page.get_by_role("textbox", name=f"{name}*", exact=True).fill(text)
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("link", name="Settings")).to_be_visible()
    shoot("home")


def _go(page: Page, path: str) -> None:
    """Open another page; a dialog that has just closed may still go back to its own."""
    for _ in range(5):
        page.wait_for_timeout(500)
        with contextlib.suppress(Error):  # net::ERR_ABORTED
            page.goto(path)
        page.wait_for_timeout(500)
        if path in page.url:
            return


def _open_the_forms(page: Page) -> Locator:
    _go(page, "/config/integrations/dashboard")
    page.get_by_role("button", name="Add integration").click()
    page.get_by_placeholder("Search for a brand name").fill("PHT")
    page.get_by_text("PHT Rehab", exact=True).first.click()
    dialog = page.locator("dialog-data-entry-flow")
    expect(dialog.get_by_text("Your programme")).to_be_visible()
    return dialog


def _next(dialog: Locator, button: str = "Next") -> None:
    dialog.get_by_role("button", name=button).click()


def _is_sent_to_a_doctor(page: Page, shoot: Camera) -> None:
    dialog = _open_the_forms(page)
    _next(dialog)
    dialog.get_by_text("A swollen, hot or red calf", exact=False).click()
    _next(dialog)
    expect(dialog.get_by_text("call your local emergency number now")).to_be_visible()
    expect(dialog.get_by_text("no programme was set up")).to_be_visible()
    shoot("abort")
    dialog.get_by_role("button", name="Close").last.click()


def _set_up(page: Page, shoot: Camera) -> None:
    dialog = _open_the_forms(page)
    page.set_viewport_size(TALL)
    dialog.get_by_role("textbox", name="Name").fill("Alex")
    dialog.get_by_role("radio", name="Right").click()
    dialog.get_by_text("Wednesday", exact=True).click()
    dialog.get_by_text("Friday", exact=True).click()
    dialog.get_by_role("button", name="More settings").click()
    dialog.get_by_text("Resistance band").click()
    shoot("form-1")
    _next(dialog)
    expect(dialog.get_by_text("Choose at least two training days with a day in")).to_be_visible()
    shoot("form-1-error")
    dialog.get_by_text("Thursday", exact=True).click()
    _next(dialog)

    expect(dialog.get_by_text("Before you start")).to_be_visible()
    shoot("form-2")
    _next(dialog)
    expect(dialog.get_by_text("Please talk to a clinician")).to_be_visible()
    shoot("form-2-advice")
    dialog.locator("ha-switch").click()
    _next(dialog)

    score = dialog.get_by_role("spinbutton", name="Today's test: worst pain")
    expect(score).to_have_value("")
    shoot("form-3")
    _next(dialog, "Submit")
    expect(dialog.get_by_text("Please do today's test and enter its score")).to_be_visible()
    shoot("form-3-error")
    score.fill("2")
    _next(dialog, "Submit")
    _next(dialog, "Skip and finish")
    page.set_viewport_size(USUAL)
    expect(page.get_by_text("Proximal hamstring programme").first).to_be_visible()
    expect(page.get_by_text("Isometric").first).to_be_visible()
    expect(page.get_by_text("Not due").first).to_be_visible()
    shoot("device")


def _make_a_dashboard(page: Page, shoot: Camera) -> None:
    _go(page, "/config/lovelace/dashboards")
    page.get_by_role("button", name="Add dashboard").click()
    page.get_by_role("button", name="New dashboard from scratch").click()
    page.get_by_role("textbox", name="Title").fill("Rehab")
    page.get_by_role("button", name="Create", exact=True).click()
    page.get_by_role("link", name="Rehab").click()
    page.get_by_role("button", name="Edit dashboard").click()
    for entity, search, card in (
        ("Today", "today", "To-do list"),
        ("Log session pain", "session pain", "Tile - Numeric input"),
        ("Log morning pain", "morning pain", "Tile - Numeric input"),
        ("Response", "response", "Tile"),
    ):
        page.get_by_role("button", name="Add card").first.click()
        dialog = page.locator("ha-dialog").filter(has_text="Add to dashboard")
        dialog.get_by_placeholder("Search entities").fill(search)
        dialog.get_by_text(entity, exact=True).click()
        dialog.get_by_role("button", name=card, exact=True).click()
        expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="Alex Response Unknown")).to_be_visible()
    shoot("dashboard")


def _do_the_session(page: Page, shoot: Camera) -> None:
    todo = page.locator("hui-todo-list-card")
    boxes, done = todo.get_by_role("checkbox"), todo.get_by_role("checkbox", checked=True)
    expect(boxes.first).to_be_visible()
    exercises = boxes.count()

    todo.get_by_text("Two-leg bridge hold", exact=True).click()
    dialog = page.locator("dialog-todo-item-editor")
    dose_and_how_to = re.compile(r"^\d . \d+ s\. Effort .*\nLie on your back")
    expect(dialog.get_by_role("textbox", name="Description")).to_have_value(dose_and_how_to)
    shoot("exercise")
    dialog.get_by_role("checkbox").click(force=True)
    expect(dialog.get_by_role("checkbox")).to_be_checked()
    dialog.get_by_role("button", name="Save item").click()
    expect(dialog.get_by_role("textbox", name="Description")).to_be_hidden()
    expect(done).to_have_count(1)
    for ticked in range(1, exercises):
        todo.get_by_role("checkbox", checked=False).first.dispatch_event("click")  # the list moves
        expect(done).to_have_count(ticked + 1)
    expect(page.get_by_role("button", name="Alex Response Awaiting morning check")).to_be_visible()
    shoot("ticked")

    page.get_by_role("button", name="Alex Log session pain Unknown").click()
    dialog = page.locator("ha-more-info-dialog")
    box = dialog.get_by_role("spinbutton")
    box.fill("1.5")
    box.press("Enter")
    shoot("session-pain")
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Alex Log session pain 1.5")).to_be_visible()
    shoot("session-done")


def _restart(page: Page, ha: RealHA) -> None:
    _go(page, "/config/tools/yaml")
    # The settings are loaded when first opened, which takes its time on a busy machine.
    page.get_by_role("button", name="Restart", exact=True).click()
    page.get_by_text("Restart Home Assistant", exact=True).first.click()
    page.locator("dialog-box").get_by_role("button", name="Restart", exact=True).click()
    assert ha.wait() == RESTART_EXIT_CODE
    ha.start()
    page.goto("about:blank")


def _find_everything_again(page: Page, shoot: Camera) -> None:
    _go(page, "/dashboard-rehab")
    expect(page.get_by_role("button", name="Alex Log session pain 1.5")).to_be_visible()
    expect(page.get_by_role("button", name="Alex Response Awaiting morning check")).to_be_visible()
    todo = page.locator("hui-todo-list-card")
    expect(todo.get_by_role("checkbox").first).to_be_visible()
    expect(todo.get_by_role("checkbox", checked=False)).to_have_count(0)
    shoot("after-restart")


def _look_at_the_rest(page: Page, shoot: Camera) -> None:
    page.set_viewport_size(PHONE)
    _go(page, "/todo")
    expect(page.get_by_text("Two-leg bridge hold", exact=True)).to_be_visible()
    shoot("phone-list")
    page.set_viewport_size(TALL)
    _open_the_entry(page)
    page.get_by_role("button", name="Configure").click()
    dialog = page.locator("dialog-data-entry-flow")
    expect(dialog.get_by_text("Pain and symptoms may be spoken").first).to_be_visible()
    # Chosen before the form was refused once, in the section that had closed again.
    expect(dialog.get_by_role("checkbox", name="Resistance band")).to_be_checked()
    shoot("options")
    dialog.get_by_role("button", name="Close").click()
    _choose(page, "Reconfigure")
    expect(dialog.get_by_role("textbox", name="Name")).to_have_value("Alex")
    shoot("reconfigure")
    dialog.get_by_role("button", name="Close").click()
    page.set_viewport_size(USUAL)


def _open_the_entry(page: Page) -> None:
    _go(page, "/config/integrations/integration/pht_rehab")
    expect(page.locator("ha-config-entry-row")).to_contain_text("Alex")


def _choose(page: Page, item: str) -> None:
    page.locator("ha-config-entry-row").get_by_role("button", name="Menu").first.click()
    page.get_by_role("menuitem", name=item).click()


def _delete(page: Page, shoot: Camera) -> None:
    _open_the_entry(page)
    _choose(page, "Delete")
    shoot("delete")
    page.get_by_role("button", name="Delete", exact=True).last.click()
    expect(page.locator("ha-config-entry-row")).to_have_count(0)
