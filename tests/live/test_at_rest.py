"""Which files of the configuration folder hold something of a person's health, and who may read.

SECURITY.md names them. A short week is lived in a real Home Assistant with its recorder, a seat,
and words and figures that nothing else holds; then every file is searched for them.
"""

import re
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from script.real_ha import INTEGRATION, PATIENCE, ROOT, RealHA, empty

from .conftest import RESULTS, VERSIONS
from .house import clock
from .test_programme import NOTHING, PLACEMENT, USER

DOMAIN = "pht_rehab"
DAYS = 3
MORE = {"morning_time": "07:30:00", "equipment": ["mat", "band"]}
SEAT = """\
input_boolean:
  chair:
    initial: false
template:
  - binary_sensor:
      - name: Chair
        state: "{{ is_state('input_boolean.chair', 'on') }}"
"""
SECRETS = {
    "set-up": re.compile(rb'sitting_minutes"?: ?437'),
    "reports": re.compile(rb'sitting_minutes"?: ?523|canary-reason'),
    "notes": re.compile(rb"canary-note"),
    "sitting": re.compile(rb'"occupied":\s*\{\s*"binary_sensor\.chair"'),
}
HELD = {
    "pht_rehab.ID.jsonl": {"set-up", "reports", "notes"},
    "pht_rehab.ID.MONTH.json": {"set-up"},  # made by the first start
    "core.config_entries": {"set-up"},
    "core.restore_state": {"sitting"},
    "home-assistant_v2.db": {"reports"},
}
PRIVATE = {"pht_rehab.ID.jsonl", "pht_rehab.ID.MONTH.json"}


@pytest.fixture(scope="module")
def folder(version: str) -> Path:
    """Return the configuration folder of a Home Assistant that was stopped after some days."""
    place = empty(RESULTS / f"test_at_rest-{version}")
    past = RealHA(
        place,
        hass=VERSIONS[version],
        components=[INTEGRATION],
        configuration=SEAT,
        environment=clock(timedelta(days=-DAYS)),
    )
    with past:
        past.onboard()
        flow = past.start_flow(DOMAIN)
        for answers in ({**USER, "more": MORE}, NOTHING, {**PLACEMENT, "sitting_minutes": 437}):
            flow.submit(answers)
        (entry,) = past.entries(DOMAIN)
        options = {
            **{name: USER[name] for name in ("training_days", "session_time")},
            **MORE,
            "spoken_symptoms": False,
            "protocol": "standard",
            "seats": ["binary_sensor.chair"],
        }
        past.start_options(entry["entry_id"]).submit(options)
    with RealHA(place, hass=VERSIONS[version], port=past.port, components=[INTEGRATION]) as running:
        running.log_in("alex", "test-password")
        running.wait_running()  # seats are looked at from then on
        _live(running, entry["entry_id"])
    return place


def _live(ha: RealHA, entry_id: str) -> None:
    today = date.fromisoformat(ha.action(f"{DOMAIN}.get_plan", response=True)["days"][0]["date"])
    told = [
        ha.action(
            f"{DOMAIN}.log_session",
            {"date": (today - timedelta(days=back)).isoformat(), "pain_during": 1},
            response=True,
        )
        for back in range(DAYS, 0, -1)
    ]
    ha.action(f"{DOMAIN}.log_morning_check", {"pain": 1, "sitting_minutes": 523})
    ha.action(f"{DOMAIN}.skip_session", {"reason": "canary-reason"})
    note = {"config_entry_id": entry_id, "log_id": told[-1]["log_id"], "text": "canary-note"}
    ha.command(f"{DOMAIN}/note", **note)
    shown = ha.subscribe(f"{DOMAIN}/subscribe", config_entry_id=entry_id)
    ha.action("input_boolean.turn_on", target={"entity_id": "input_boolean.chair"})
    while shown.get(timeout=PATIENCE)["sitting"]["since"] is None:
        pass  # what is shown next


def _name(path: Path) -> str:
    """Return a name without what differs from one programme and month to the next."""
    found = re.sub(rf"({DOMAIN})\.[0-9A-Z]{{26}}", r"\1.ID", path.name)
    found = re.sub(r"\d{4}-\d{2}\.json$", "MONTH.json", found)
    return re.sub(r"\.db-(wal|shm)$", ".db", found)


@pytest.mark.parametrize("version", ["2026.11"], scope="module", indirect=True)
def test_every_file_with_health_data_is_known(folder: Path) -> None:
    held: dict[str, set[str]] = {}
    for path in folder.rglob("*"):
        if path.is_file() and INTEGRATION not in path.resolve().parents:
            data = path.read_bytes()
            found = {name for name, secret in SECRETS.items() if secret.search(data)}
            if found:
                held.setdefault(_name(path), set()).update(found)
                readable = bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
                assert readable == (_name(path) not in PRIVATE), path
    assert held == HELD


def test_the_security_policy_names_each() -> None:
    told = (ROOT / "SECURITY.md").read_text()
    for name in HELD:
        assert f"`{f'{DOMAIN}.*' if name.startswith(DOMAIN) else name}`" in told, name
