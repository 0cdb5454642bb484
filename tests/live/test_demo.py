"""The demo of script/run: what its dashboard shows is what the rules make of its diary."""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from custom_components.pht_rehab.domain.course import Course
from custom_components.pht_rehab.domain.overview import overview
from custom_components.pht_rehab.domain.strands import RUNS
from script import browser, serve
from script.demo import seed, story
from script.real_ha import INTEGRATION, PATIENCE, ROOT, RealHA, empty

from .conftest import RESULTS, VERSIONS


@pytest.fixture(scope="module")
def ha(version: str) -> Iterator[RealHA]:
    """A Home Assistant with six weeks of the demo's programme and its dashboard."""
    folder = empty(RESULTS / f"test_demo-{version}")
    seed(folder, datetime.now(UTC).date())
    with RealHA(folder, hass=VERSIONS[version], components=[INTEGRATION]) as running:
        serve.furnish(running, new=True)
        yield running


def test_sensors_say_what_the_rules_compute(ha: RealHA) -> None:
    now = datetime.now(UTC)
    view = overview(Course(story(now.date())), now)
    entities = ha.entities(serve.DOMAIN)
    expected = {
        "stage": view.stage.value,
        "dose_step": view.dose_step,
        "days_to_next_progression": view.days_to_next_progression,
        "days_to_next_stage": view.days_to_next_stage,
        "response": view.response and view.response.value,
        "session_pain": view.session_pain,
        "morning_pain": view.morning_pain,
        "adherence": view.adherence,
        "exercises_today": len(view.items),
    }
    assert {key: ha.state(entities[key])["state"] for key in expected} == {
        key: str(value) for key, value in expected.items()
    }


def test_the_runner_of_the_demo_runs_today() -> None:
    now = datetime.now(UTC)
    told = overview(Course(story(now.date(), runner=True)), now).running
    assert told is not None
    assert told.today is not None
    assert (told.step, RUNS[told.today.step].id) == ("R5", "R5")


def test_dashboard_shows_them(page: Page, ha: RealHA, version: str, pictures: Path) -> None:
    problems = browser.watch(page)
    page.goto(f"/{serve.URL_PATH}")
    card = page.locator("pht-rehab-card")
    expect(card.get_by_role("tab", name="Today")).to_be_visible()
    entities = ha.entities(serve.DOMAIN)
    summary = ha.state(entities["exercises_today"])["attributes"]
    for exercise in summary["exercises"]:
        expect(card.get_by_text(exercise["name"], exact=True)).to_be_visible()
    expect(page.locator("hui-statistics-graph-card canvas").first).to_be_visible()
    expect(page.locator("hui-calendar-card")).to_be_visible()
    expect(page.locator("hui-error-card")).to_have_count(0)
    page.screenshot(path=pictures / f"demo-{version}.png")
    assert problems == []
    assert ha.errors() == []


def test_the_calendar_shows_the_month(page: Page, version: str, pictures: Path) -> None:
    page.goto("/calendar")
    expect(page.get_by_text("Alex Plan")).to_be_visible()
    expect(page.get_by_text("Rest day").first).to_be_visible()
    expect(page.get_by_text("Session S2", exact=False).first).to_be_visible()
    page.screenshot(path=pictures / f"calendar-{version}.png")


def test_the_automation_editor_offers_our_triggers(
    page: Page, version: str, pictures: Path
) -> None:
    page.goto("/config/automation/edit/new")
    page.get_by_text("Add trigger").first.click()
    page.get_by_text("Services", exact=True).click()
    page.get_by_text("Alex", exact=True).first.click()
    for name in ("Session is due", "Stage changed", "Flare-up started"):
        expect(page.get_by_text(name, exact=False).first).to_be_visible()
    page.screenshot(path=pictures / f"triggers-{version}.png")


def test_every_blueprint_is_listed_as_valid(ha: RealHA) -> None:
    folder = ha.config / "blueprints" / "automation" / "pht_rehab"
    source = ROOT / "blueprints" / "automation" / "pht_rehab"
    shutil.copytree(source, folder)
    found = ha.command("blueprint/list", domain="automation")
    ours = {path: told for path, told in found.items() if path.startswith("pht_rehab/")}
    assert set(ours) == {f"pht_rehab/{file.name}" for file in source.glob("*.yaml")}
    assert all(told["metadata"]["name"].startswith("Rehab: ") for told in ours.values()), ours


def test_a_spoken_question_is_answered(ha: RealHA) -> None:
    first = ha.state(ha.entities(serve.DOMAIN)["exercises_today"])["attributes"]["exercises"][0]
    for language, text, begins in (
        ("en", "What are my exercises today?", f"Today: {first['name']}"),
        ("de", "Welche Übungen habe ich heute?", "Heute: "),
    ):
        answer = ha.command("conversation/process", text=text, language=language)
        assert answer["response"]["speech"]["plain"]["speech"].startswith(begins)


PHONE = {
    "device_id": "phone", "device_name": "Phone", "app_id": "test", "app_name": "Test",
    "app_version": "1", "manufacturer": "Google", "model": "Pixel", "os_name": "Android",
    "os_version": "17", "supports_encryption": False,
    "app_data": {"push_websocket_channel": True},
}  # fmt: skip


def test_the_blueprints_run_with_a_registered_phone(ha: RealHA) -> None:
    """The session comes due, the phone is told, its answer is logged."""
    webhook = ha.request("POST", "/api/mobile_app/registrations", json=PHONE)["webhook_id"]
    pushed = ha.subscribe("mobile_app/push_notification_channel", webhook_id=webhook)
    devices = {
        identifier[0]: device["id"]
        for device in ha.command("config/device_registry/list")
        for identifier in device["identifiers"]
    }
    given = {"programme": devices["pht_rehab"], "phone": devices["mobile_app"]}
    spoken = {"satellite": "assist_satellite.none", "presence": ["binary_sensor.none"]}
    names = [path.stem for path in (ROOT / "blueprints" / "automation" / "pht_rehab").iterdir()]
    for name in names:
        inputs = {"programme": given["programme"], **spoken} if "speaker" in name else given
        config = {
            "alias": name,
            "use_blueprint": {"path": f"pht_rehab/{name}.yaml", "input": inputs},
        }
        ha.request("POST", f"/api/config/automation/config/{name}", json=config)
    made = {f"automation.{name}" for name in names}
    until = time.monotonic() + PATIENCE
    while (on := made & {state["entity_id"] for state in ha.request("GET", "/api/states")
                         if state["state"] == "on"}) != made:  # fmt: skip
        assert time.monotonic() < until, made - on
        time.sleep(0.2)
    entities = ha.entities(serve.DOMAIN)
    soon = datetime.now(UTC) + timedelta(minutes=1)
    if soon.second > 50:  # enough time to set it before it comes
        soon += timedelta(minutes=1)
    (entry,) = ha.entries(serve.DOMAIN)
    ha.start_options(entry["entry_id"]).submit(
        {
            "training_days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            "session_time": f"{soon:%H:%M}:00",
            "morning_time": "07:00:00",
            "equipment": ["mat"],
            "spoken_symptoms": False,
        }
    )
    ha.wait_state(entities["session_due"], "off")
    ha.wait_state(entities["session_due"], "on")
    message = pushed.get(timeout=PATIENCE)
    assert message["message"].startswith("Today: ")
    button = message["data"]["actions"][0]
    assert button["title"] == "Done"
    answer = {"action": button["action"], "reply_text": "1,5"}
    ha.command("fire_event", event_type="mobile_app_notification_action", event_data=answer)
    ha.wait_state(entities["session_due"], "off")
    assert ha.state(entities["session_pain"])["state"] == "1.5"
    assert pushed.get(timeout=PATIENCE)["message"] == "clear_notification"
