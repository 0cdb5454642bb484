"""The whole log out and in again; whatever is wrong with it, nothing is changed."""

import asyncio
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_capture_events,
)

from custom_components.pht_rehab import transfer
from custom_components.pht_rehab.const import DOMAIN
from custom_components.pht_rehab.store import JournalError
from tests.conftest import OPTIONS, SET_UP
from tests.domain.builders import ANSWERS

type Log = dict[str, Any]
FORMULA = "=cmd|' /C calc'!A0, \"quoted\"\r\nsecond line 😀"


async def call(hass: HomeAssistant, action: str, **data: Any) -> Any:
    answer = await hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True
    )
    await hass.async_block_till_done()
    return answer


@pytest.fixture
async def lived(
    hass: HomeAssistant, programme: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> MockConfigEntry:
    """Return a programme with an entry of many kinds."""
    for action, data in (
        ("log_session", {"pain_during": 0, "effort": 6.5, "session_id": "'=1+1"}),
        ("log_morning_check", {"pain": 0, "night_waking": False, "sitting_minutes": 45}),
        ("log_test", {"test": "rdl", "value": 12, "pain": 1}),
        ("log_event", {"kind": "travel", "minutes": 90}),
        ("log_weekly_check", {**ANSWERS, "bridge_reps": 12, "overall": 70}),
        ("log_weekly_check", {"visa_h_total": 64.5}),
        ("report_symptoms", {"symptoms": ["low_mood"]}),
        ("set_stage", {"stage": "isotonic", "dose_step": "S2.3", "reason": FORMULA}),
        ("pause", {"until": "2026-03-09", "reason": "-"}),
        ("resume", {}),
    ):
        freezer.tick()
        await call(hass, action, **data)
    made = await call(hass, "skip_session", reason="{{ states }} <b>")
    await call(hass, "void_entry", log_id=made["log_id"])
    return programme


async def another(hass: HomeAssistant, side: str = "right") -> MockConfigEntry:
    """Return a programme in which nothing was reported yet."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="New",
        data={"name": "New", "set_up": {**SET_UP, "side": side}},
        options=OPTIONS,
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


def journal(hass: HomeAssistant, entry: MockConfigEntry) -> Path:
    return Path(hass.config.path(".storage", f"{DOMAIN}.{entry.entry_id}.jsonl"))


def as_answered(exported: Log) -> object:
    return exported


def as_text(exported: Log) -> object:
    return exported["csv"] if "csv" in exported else json.dumps(exported)


@pytest.mark.parametrize("how", [as_answered, as_text])
@pytest.mark.parametrize("form", ["json", "csv"])
async def test_a_log_moves_to_a_new_programme(
    hass: HomeAssistant,
    lived: MockConfigEntry,
    form: str,
    how: Callable[[Log], object],
) -> None:
    exported = await call(hass, "export", format=form)
    facts = list(lived.runtime_data.course.facts.values())
    view = lived.runtime_data.data
    entry = await another(hass)
    heard = async_capture_events(hass, "state_changed")
    told = await call(hass, "import_log", config_entry_id=entry.entry_id, data=how(exported))
    assert told == {"added": len(facts)}
    assert list(entry.runtime_data.course.facts.values()) == facts
    assert entry.runtime_data.data == view
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert list(entry.runtime_data.course.facts.values()) == facts
    activities = [
        event.data["new_state"].state
        for event in heard
        if event.data["entity_id"] == "event.new_activity" and event.data["new_state"] is not None
    ]
    assert set(activities) <= {"unavailable", "unknown"}
    assert journal(hass, entry).stat().st_mode & 0o777 == 0o600


async def test_renaming_does_not_take_the_goal_of_the_log_away(
    hass: HomeAssistant, lived: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(lived, data={**lived.data, "goal": "running"})
    await hass.config_entries.async_reload(lived.entry_id)
    exported = await call(hass, "export")
    entry = await another(hass)
    await call(hass, "import_log", config_entry_id=entry.entry_id, data=exported)
    form = await entry.start_reconfigure_flow(hass)
    shown = {str(key): key.description for key in form["data_schema"].schema}
    assert shown["goal"] == {"suggested_value": "running"}
    told = {"name": "Mine", "goal": shown["goal"]["suggested_value"], "follow_both": False}
    await hass.config_entries.flow.async_configure(form["flow_id"], told)
    await hass.async_block_till_done()
    assert entry.title == "Mine"
    assert entry.runtime_data.course.settings["goal"] == "running"


async def test_the_copies_of_the_log_before_add_nothing_to_the_one_taken_in(
    hass: HomeAssistant, lived: MockConfigEntry
) -> None:
    exported = await call(hass, "export", config_entry_id=lived.entry_id)
    entry = await another(hass)
    path = journal(hass, entry)
    await call(hass, "import_log", config_entry_id=entry.entry_id, data=exported)
    taken = [told["log_id"] for told in exported["entries"]]
    (copy,) = path.parent.glob(f"{path.stem}.*.json")
    copied = json.loads(copy.read_text())["entries"]
    assert [told["log_id"] for told in copied] == taken
    assert [*path.parent.glob(f"{copy.name}.other-*")]
    await call(hass, "log_event", config_entry_id=entry.entry_id, kind="other")
    facts = list(entry.runtime_data.course.facts.values())
    assert await hass.config_entries.async_unload(entry.entry_id)
    lines = path.read_bytes().splitlines(keepends=True)
    (last,) = (number for number, line in enumerate(lines) if facts[-1].log_id.encode() in line)
    for number in (1, 3, last):  # the set-up, an entry taken in, one reported here
        lines[number] = b"rubbish\n"
    path.write_bytes(b"".join(lines))
    assert await hass.config_entries.async_setup(entry.entry_id)
    found = entry.runtime_data.course.facts.values()
    assert sorted(found, key=facts.index) == facts[:-1]
    assert entry.runtime_data.loaded.recovered == 2


async def test_a_table_can_be_read_by_a_spreadsheet_and_holds_no_formula(
    hass: HomeAssistant, lived: MockConfigEntry
) -> None:
    exported = await call(hass, "export", format="csv")
    rows = list(csv.DictReader(io.StringIO(exported["csv"], newline="")))
    assert len(rows) == len(lived.runtime_data.course.facts)
    assert list(rows[0])[:4] == ["kind", "on", "log_id", "logged_at"]
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    (session,) = [row for row in rows if row["kind"] == "session"]
    assert (session["pain_during"], session["effort"], session["sitting_minutes"]) == (
        "0",
        "6.5",
        "",
    )


async def test_a_copy_of_the_same_log_brings_back_what_is_missing(
    hass: HomeAssistant, lived: MockConfigEntry
) -> None:
    exported = await call(hass, "export")
    known = len(exported["entries"])
    as_it_was = lived.runtime_data
    assert await call(hass, "import_log", data=exported) == {"added": 0}
    assert lived.runtime_data is as_it_was
    await hass.config_entries.async_unload(lived.entry_id)
    path = journal(hass, lived)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:5]))
    path.with_name(f"{path.name}.old").unlink(missing_ok=True)
    assert await hass.config_entries.async_setup(lived.entry_id)
    left = len(lived.runtime_data.course.facts)
    assert left < known
    assert await call(hass, "import_log", data=exported) == {"added": known - left}
    facts = lived.runtime_data.course.facts
    assert {fact["log_id"] for fact in exported["entries"]} <= set(facts)


def without(name: str) -> Callable[[Log], Log]:
    return lambda exported: {key: value for key, value in exported.items() if key != name}


def changed(**changes: object) -> Callable[[Log], Log]:
    return lambda exported: {**exported, **changes}


def entry_changed(**changes: object) -> Callable[[Log], Log]:
    def change(exported: Log) -> Log:
        first, second, *others = exported["entries"]
        return {**exported, "entries": [first, {**second, **changes}, *others]}

    return change


HOSTILE: dict[str, tuple[Callable[[Log], object], str]] = {
    "nothing": (lambda _: "", "not_an_export"),
    "a number": (lambda _: 7, "not_an_export"),
    "a list": (lambda exported: exported["entries"], "not_an_export"),
    "half of it": (lambda exported: json.dumps(exported)[:-40], "not_an_export"),
    "no entries": (without("entries"), "not_an_export"),
    "no schema": (without("schema"), "not_an_export"),
    "a newer schema": (changed(schema=[2, 0]), "import_newer"),
    "a schema of texts": (changed(schema=["1", "1"]), "not_an_export"),
    "entries that are none": (changed(entries=[1, None]), "not_an_export"),
    "entries that are text": (changed(entries="x"), "not_an_export"),
    "none at all": (changed(entries=[]), "import_empty"),
    "an unknown kind": (entry_changed(kind="miracle"), "import_newer"),
    "a text for a number": (entry_changed(pain_during="3"), "not_an_export"),
    "true for a number": (entry_changed(pain_during=True), "not_an_export"),
    "too much pain": (entry_changed(pain_during=11), "import_bad_entry"),
    "an impossible date": (entry_changed(on="2026-02-30"), "not_an_export"),
    "a surrogate for a date": (entry_changed(on="\ud800" * 10), "not_an_export"),
    "a surrogate": (entry_changed(session_id="\ud800"), "import_bad_entry"),
    "tomorrow": (entry_changed(on="2026-03-03"), "import_bad_entry"),
    "another set-up": (lambda exported: {**exported, "entries": exported["entries"][1:]},
                       "import_no_set_up"),
    "a table of one column": (lambda _: "kind\nset_up\n", "not_an_export"),
    "a table with a NUL": (lambda _: "kind,on\n\0,\0\n", "not_an_export"),
    "an endless cell": (lambda _: 'kind,on\n"' + "x" * 200_000, "not_an_export"),
    "a zip": (lambda _: "PK\x03\x04" + "\x00" * 100, "not_an_export"),
}  # fmt: skip


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_file_changes_nothing(
    hass: HomeAssistant, programme: MockConfigEntry, name: str
) -> None:
    make, key = HOSTILE[name]
    hostile = make(await call(hass, "export", config_entry_id=programme.entry_id))
    entry = await another(hass)
    before, coordinator = journal(hass, entry).read_bytes(), entry.runtime_data
    with pytest.raises(ServiceValidationError) as refused:
        await call(hass, "import_log", config_entry_id=entry.entry_id, data=hostile)
    assert refused.value.translation_key == key
    assert str(refused.value).startswith("data: ")
    assert journal(hass, entry).read_bytes() == before
    assert entry.runtime_data is coordinator
    assert await call(hass, "log_session", config_entry_id=entry.entry_id, pain_during=1)


async def test_a_full_disk_takes_nothing_in(
    hass: HomeAssistant, lived: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported = await call(hass, "export", config_entry_id=lived.entry_id)
    entry = await another(hass)
    facts = dict(entry.runtime_data.course.facts)
    before = journal(hass, entry).read_bytes()

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("custom_components.pht_rehab.files.write", full)
        with pytest.raises(HomeAssistantError) as refused:
            await call(hass, "import_log", config_entry_id=entry.entry_id, data=exported)
    assert refused.value.translation_key == "save_failed"
    assert journal(hass, entry).read_bytes() == before
    assert entry.runtime_data.course.facts == facts
    assert entry.state is ConfigEntryState.LOADED


async def test_a_disk_that_refuses_after_an_import_leaves_no_gap(
    hass: HomeAssistant, lived: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_standing: object) -> None:
        raise JournalError("save_failed")

    exported = await call(hass, "export", config_entry_id=lived.entry_id)
    entry = await another(hass)
    monkeypatch.setattr(entry.runtime_data.journal, "announce", full)
    told = await call(hass, "import_log", config_entry_id=entry.entry_id, data=exported)
    facts = list(lived.runtime_data.course.facts.values())
    assert told == {"added": len(facts)}
    assert list(entry.runtime_data.course.facts.values()) == facts


async def test_a_cancelled_import_leaves_no_gap(
    hass: HomeAssistant, lived: MockConfigEntry
) -> None:
    exported = await call(hass, "export", config_entry_id=lived.entry_id)
    entry = await another(hass)
    told = transfer.read(exported)
    task = hass.async_create_task(entry.runtime_data.async_take_in(told))  # begins at once
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await hass.async_block_till_done()
    facts = list(entry.runtime_data.course.facts.values())
    assert facts == list(lived.runtime_data.course.facts.values())


async def test_the_other_side_is_another_programme(
    hass: HomeAssistant, lived: MockConfigEntry
) -> None:
    exported = await call(hass, "export", config_entry_id=lived.entry_id)
    entry = await another(hass, "left")
    with pytest.raises(ServiceValidationError, match="other side"):
        await call(hass, "import_log", config_entry_id=entry.entry_id, data=exported)


async def test_a_form_nobody_knows(hass: HomeAssistant, lived: MockConfigEntry) -> None:
    with pytest.raises(ServiceValidationError, match=r"^format: "):
        await call(hass, "export", config_entry_id=lived.entry_id, format="xml")
