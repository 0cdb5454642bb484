"""The report for the clinician: what it says, what it leaves out, and that it is harmless."""

import csv
import io
from html.parser import HTMLParser
from typing import override

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from tests.actions import act
from tests.conftest import run
from tests.domain.builders import ANSWERS


class Page(HTMLParser):
    """What a page says, and with which elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    @override
    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)

    @override
    def handle_data(self, data: str) -> None:
        """Note words."""
        self.words.append(data)

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(self.words)


@pytest.fixture
async def weeks(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> MockConfigEntry:
    """Four weeks, with a day of travel and a flare-up after it."""
    sore = {16: 4, 17: 5, 18: 5}
    for day in range(28):
        await act(hass, "log_morning_check", pain=sore.get(day, 1))
        freezer.tick(11 * 3600)
        if day == 15:
            await act(hass, "log_event", kind="travel")
        if day % 7 in {0, 2, 4} and day not in sore:
            await act(hass, "log_session", pain_during=2, effort=7)
        if day == 9:
            await act(hass, "log_test", test="bridge_reps", value=18, other_side=24, pain=2)
        if day == 23:
            await act(hass, "log_test", test="bridge_reps", value=22, other_side=24, pain=1)
        if day in {13, 20}:
            answers = ANSWERS | {"confidence": 7 if day == 13 else 1}
            await act(hass, "log_weekly_check", **answers, morning_mean=1, overall=65)
            await act(hass, "log_weekly_check", visa_h_total=59 + day)
        freezer.tick(13 * 3600)
    return programme


@pytest.mark.usefixtures("weeks")
async def test_what_it_says(hass: HomeAssistant) -> None:
    found = await act(hass, "clinician_report")
    page = Page(found["html"])
    for told in (
        "Report for the clinician",
        "Right side",
        "Monday 2 March 2026 to Monday 30 March 2026",
        "No diagnosis and no medical device. Made on Monday 30 March 2026.",
        "Slow strength: Monday 2 March to Monday 30 March",
        "before: Travel",
        "25 March one-leg bridges, both sides 18 → 22 24 91 2 → 1",
        "Minutes of sitting: not known",
        "Green: 0 to 3.",
        "Weekly check, 0 to 100 (of this planner's own, not validated)",
        "15 March 74 not known 65",
        "22 March 68 -6 65",
        "VISA-H total, 0 to 100 (typed in; another scale)",
        "22 March 79",
    ):
        assert told in page.text
    assert "Anna" not in page.text
    assert {"svg", "polyline", "circle", "table"} <= set(page.tags)
    assert not {"script", "link", "img"} & set(page.tags)
    assert "http" not in found["html"]


@pytest.mark.usefixtures("programme")
async def test_a_pattern_in_words_and_figures(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await act(hass, "set_stage", stage="settle")
    for day in range(60):
        await act(hass, "log_morning_check", pain=2.5 if day % 6 == 1 else 1)
        if day % 6 == 0:
            await act(hass, "log_event", kind="long_sitting", minutes=240)
        freezer.tick(24 * 3600)
    (found,) = (await act(hass, "explain"))["patterns"]
    words = (
        "After 9 of 9 days with long sitting or travel the next morning was worse than usual; "
        "after other days 0 of 48."
    )
    assert found == {
        "id": "long_sitting",
        "lag_days": 1,
        "worse": 9,
        "days": 9,
        "other_worse": 0,
        "other_days": 48,
        "text": words,
    }
    page = Page((await act(hass, "clinician_report"))["html"])
    assert f"Patterns in the log of up to twelve weeks; not causes {words}" in page.text


@pytest.mark.usefixtures("weeks")
async def test_the_table_has_the_same_days(hass: HomeAssistant) -> None:
    found = await act(hass, "clinician_report", start_date="2026-03-09", end_date="2026-03-22")
    rows = list(csv.DictReader(io.StringIO(found["csv"])))
    assert [row["date"] for row in rows] == [f"2026-03-{day:02}" for day in range(9, 23)]
    by_date = {row["date"]: row for row in rows}
    assert by_date["2026-03-18"]["morning_pain"] == "4"
    assert by_date["2026-03-18"]["pain_during"] == ""
    assert by_date["2026-03-16"]["response"] == "green"
    assert {row["flare_up"] for row in rows} == {"0", "1"}
    assert int(by_date["2026-03-16"]["load_seconds"]) > 0


async def test_a_name_only_if_wanted_and_never_as_code(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    await hass.config_entries.async_unload(programme.entry_id)
    entry = await run(hass, "<script>alert(1)</script>")
    page = Page((await act(hass, "clinician_report", with_name=True))["html"])
    assert "<script>alert(1)</script>" in page.text
    assert "script" not in page.tags
    assert "<script>" not in Page((await act(hass, "clinician_report"))["html"]).text
    await hass.config_entries.async_unload(entry.entry_id)


async def test_runs_by_the_week_and_the_steps_of_both_strands(
    hass: HomeAssistant, berlin: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    entry = await run(berlin, "Anna", goal="running", stage="energy_storage")
    await act(hass, "set_stage", stage="energy_storage", dose_step="R5")
    await act(hass, "log_run", minutes=19, pain_during=2, pain_after=1.5)
    freezer.tick(24 * 3600)
    await act(hass, "log_morning_check", pain=1)
    found = await act(hass, "clinician_report")
    page = Page(found["html"])
    for told in (
        "Week from Runs Minutes run Longest, min Pain Responses",
        "2 March 1 19 19 2 1 Green",
        "Hops and swings: E1 (Monday 2 March)",
        "Running: R5 (Monday 2 March)",
        "Running step: R5, at least R9",
    ):
        assert told in page.text
    assert "Way back to running" not in page.text
    first, second = csv.DictReader(io.StringIO(found["csv"]))
    ran = ("energy_step", "run_step", "run_minutes", "run_pain_during", "run_pain_after")
    assert [first[name] for name in ran] == ["E1", "R5", "19", "2", "1.5"]
    assert (first["run_response"], first["response"], first["pain_during"]) == (
        "green",
        "green",
        "2",
    )
    assert [second[name] for name in ran] == ["E1", "R5", "", "", ""]
    await berlin.config_entries.async_unload(entry.entry_id)


async def test_the_way_back_to_running_line_by_line(
    hass: HomeAssistant, berlin: HomeAssistant
) -> None:
    entry = await run(berlin, "Anna", goal="running", stage="hip_flexion")
    words = Page((await act(hass, "clinician_report"))["html"]).text
    assert "Way back to running Met. Stage: Strength in hip flexion" in words
    assert 'Open. Minutes of the test "brisk walk": not known' in words
    await berlin.config_entries.async_unload(entry.entry_id)


@pytest.mark.usefixtures("weeks")
async def test_a_report_of_the_past_leaves_the_present_alone(hass: HomeAssistant) -> None:
    before = await act(hass, "explain")
    await act(hass, "clinician_report", end_date="2026-03-10")
    assert await act(hass, "explain") == before


@pytest.mark.parametrize(
    ("dates", "key"),
    [
        ({"end_date": "2026-04-20"}, "date_in_future"),
        ({"end_date": "2026-03-01"}, "before_start"),
        ({"start_date": "2026-03-20", "end_date": "2026-03-10"}, "end_before_start"),
        ({"start_date": "March"}, "not_a_date"),
    ],
)
@pytest.mark.usefixtures("weeks")
async def test_dates_that_make_no_span(
    hass: HomeAssistant, dates: dict[str, str], key: str
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await act(hass, "clinician_report", **dates)
    assert refused.value.translation_key == key
