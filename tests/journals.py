"""What the tests of the log's files begin with."""

from datetime import UTC, date, datetime
from typing import Final

from custom_components.pht_rehab.domain.facts import SetUp

AT: Final = datetime(2026, 3, 2, 7, tzinfo=UTC)
SET_UP: Final = SetUp(
    log_id="set-up",
    on=date(2026, 3, 2),
    logged_at=AT,
    side="left",
    goal="everyday",
    training_days=("mon", "thu"),
    session_time="18:00",
    morning_time="08:00",
    rules_version=1,
    morning_pain=0,
)
