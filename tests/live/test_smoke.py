"""Home Assistant itself starts here, and its frontend appears."""

from pathlib import Path

from playwright.sync_api import Page, expect

from script import browser
from script.real_ha import RealHA


def test_runs_the_version_it_should(ha: RealHA, version: str) -> None:
    assert ha.command("get_config")["version"].startswith(version)


def test_starts_without_errors(ha: RealHA) -> None:
    assert ha.errors() == []


def test_frontend_leaves_its_launch_screen(
    page: Page, ha: RealHA, version: str, pictures: Path
) -> None:
    problems = browser.watch(page)
    page.goto("/config/dashboard")
    expect(page.get_by_text("Devices & services")).to_be_visible()
    expect(page.locator("#ha-launch-screen")).to_have_count(0)
    page.screenshot(path=pictures / f"settings-{version}.png")
    assert problems == []
    assert ha.errors() == []


def test_remembers_its_user_after_a_restart(ha: RealHA) -> None:
    ha.restart()
    assert [user["name"] for user in ha.command("config/auth/list") if user["is_owner"]] == ["Alex"]
