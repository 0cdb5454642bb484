"""The forms of set-up and options: what each asks, and what its answers have to be."""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, Final, override

import voluptuous as vol
from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import Platform, UnitOfTime
from homeassistant.data_entry_flow import section
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TimeSelector,
)

from .domain import cadence
from .domain.adopted import STANDARD
from .domain.checks import amount, score, text
from .domain.controls import WEEKDAYS
from .domain.course import DEADLINE
from .domain.exercises import Equipment
from .domain.model import Goal, RehabError, Side
from .domain.protocol import LOAD_TESTS
from .domain.reports import MINUTES_MAX
from .domain.rules import RULES, RULES_VERSION
from .domain.screening import SCREENING
from .run_view import CADENCE, CADENCE_LATER
from .run_watch import RUNNING_SOURCE
from .sitting import SEATS

NAME_MAX: Final = 60
PROTOCOLS: Final = (STANDARD, "fredericson_2005")
"""What comes with the integration."""
SPACING_DAYS: Final = 2
SECTION: Final = "more"
PAINS: Final = ("morning_pain", "rest_pain", *LOAD_TESTS)


class AmountSelector(NumberSelector):
    """A number box; unlike its parent it does not take "yes" for 1."""

    @override
    def __call__(self, data: Any) -> float:
        if isinstance(data, bool):
            raise vol.Invalid("expected a number")
        return super().__call__(data)


class FiniteSelector(AmountSelector):
    """A number box whose bounds hold for what is no number as well."""

    @override
    def __call__(self, data: Any) -> float:
        number = super().__call__(data)
        if not isfinite(number):
            raise vol.Invalid("expected a number")
        return number


def _choice(key: str, options: Iterable[str], *, many: bool = False) -> SelectSelector:
    return SelectSelector(
        SelectSelectorConfig(
            options=list(options),
            multiple=many,
            mode=SelectSelectorMode.LIST,
            translation_key=key,
        )
    )


def _score() -> AmountSelector:
    return AmountSelector(
        NumberSelectorConfig(min=0, max=10, step=0.5, mode=NumberSelectorMode.BOX)
    )


def _minutes() -> AmountSelector:
    return AmountSelector(
        NumberSelectorConfig(
            min=0,
            max=MINUTES_MAX,
            step=1,
            unit_of_measurement=UnitOfTime.MINUTES,
            mode=NumberSelectorMode.BOX,
        )
    )


def _cadence() -> FiniteSelector:
    return FiniteSelector(
        NumberSelectorConfig(
            min=cadence.LEAST, max=cadence.MOST, step=1, mode=NumberSelectorMode.BOX
        )
    )


def _days() -> dict[vol.Marker, Any]:
    days = ["mon", "wed", "fri"]
    return {
        vol.Required("training_days", default=days): _choice("training_days", WEEKDAYS, many=True),
        vol.Required("session_time", default="18:00"): TimeSelector(),
    }


def _more() -> dict[vol.Marker, Any]:
    return {
        vol.Required("morning_time", default="07:30"): TimeSelector(),
        vol.Required("equipment", default=[Equipment.MAT.value]): _choice(
            "equipment", Equipment, many=True
        ),
    }


def identity_form(name: str) -> dict[vol.Marker, Any]:
    """Return what can be changed later on: the programme's name and its goal."""
    return {
        vol.Required("name", default=name): TextSelector(),
        vol.Required("goal", default=Goal.EVERYDAY.value): _choice("goal", Goal),
    }


def user_form(name: str, *, collapsed: bool) -> vol.Schema:
    """Return the first form: whose programme it is, what for, and when."""
    called, goal = identity_form(name).items()
    side = vol.Required("side", default=Side.LEFT.value)
    more = section(vol.Schema(_more()), {"collapsed": collapsed})
    first = dict([called, (side, _choice("side", Side)), goal])
    return vol.Schema(first | _days() | {vol.Required(SECTION): more})


def options_form(protocols: Iterable[str] = PROTOCOLS, in_force: str = STANDARD) -> vol.Schema:
    """Return the form of the options; ``protocols`` are those that can be chosen."""
    seats = EntitySelector(EntitySelectorConfig(domain=Platform.BINARY_SENSOR, multiple=True))
    distance = EntitySelector(
        EntitySelectorConfig(domain=Platform.SENSOR, device_class=SensorDeviceClass.DISTANCE)
    )
    return vol.Schema(
        _days()
        | _more()
        | {
            vol.Required("spoken_symptoms", default=False): BooleanSelector(),
            vol.Optional(SEATS): seats,
            vol.Optional(RUNNING_SOURCE): distance,
            vol.Optional(CADENCE): _cadence(),
            vol.Optional(CADENCE_LATER): BooleanSelector(),
            vol.Required("protocol", default=in_force): _choice("protocol", protocols),
        }
    )


SCREENING_FORM: Final = vol.Schema(
    {
        # The list last: a phone opens this form scrolled down as far as the one before, and the
        # answers that are most urgent stand at the list's beginning.
        vol.Required("clinician_confirmed", default=False): BooleanSelector(),
        vol.Required("symptoms", default=list): _choice("symptoms", SCREENING, many=True),
    }
)
CLINICIAN_FORM: Final = vol.Schema({vol.Required("acknowledged", default=False): BooleanSelector()})
PLACEMENT_FORM: Final = vol.Schema(
    {
        # Not Required: the frontend would begin such a number at 0, the score of a calm morning.
        vol.Optional("morning_pain"): _score(),
        vol.Optional("rest_pain"): _score(),
        vol.Optional("sitting_minutes"): _minutes(),
        vol.Required("lasting_symptoms", default=False): BooleanSelector(),
        vol.Required("running_now", default=False): BooleanSelector(),
        vol.Optional("running_minutes"): _minutes(),
        **{vol.Optional(test): _score() for test in LOAD_TESTS},
        vol.Optional("stage"): _choice("stage", RULES[RULES_VERSION].stages),
    }
)

OTHER_SIDE_FORM: Final = vol.Schema(
    {
        marker: box
        for marker, box in PLACEMENT_FORM.schema.items()
        if marker not in ("sitting_minutes", "running_now", "running_minutes")
    }
)
"""The second side's scores; sitting and running are the person's."""


def reconfigure_form(name: str, *, alone: bool) -> vol.Schema:
    """Return the form of what can be changed; with one side the other can be followed too."""
    more = {vol.Required("follow_both", default=False): BooleanSelector()} if alone else {}
    return vol.Schema({**identity_form(name), **more})


def check_identity(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with a programme's name."""
    try:
        name = (text(answers["name"], "name") or "").strip()
    except RehabError:
        name = ""
    return {} if 0 < len(name) <= NAME_MAX else {"name": "name_invalid"}


def check_schedule(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with training days and times."""
    errors: dict[str, str] = {}
    if not _spaced([WEEKDAYS.index(day) for day in answers["training_days"]]):
        errors["training_days"] = "days_too_close"
    if cv.time(answers["morning_time"]) >= DEADLINE:
        errors["morning_time"] = "morning_too_late"
    return errors


def _spaced(days: list[int]) -> bool:
    """Return whether two of the weekdays lie 48 hours apart, round the week."""
    return any(SPACING_DAYS <= later - day <= 7 - SPACING_DAYS for day in days for later in days)


def check_placement(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with the scores; a blank one is no score, and never 0."""
    errors: dict[str, str] = {}
    if answers.get("morning_pain") is None:
        errors["morning_pain"] = "score_needed"
    for field in PAINS:
        try:
            score(answers.get(field), field)
        except RehabError as error:
            errors[field] = error.key
    for field in ("sitting_minutes", "running_minutes"):
        try:
            amount(answers.get(field), field, MINUTES_MAX)
        except RehabError:
            errors[field] = "not_minutes"
    return errors


def read_schedule(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return training days and equipment in their own order, times as "HH:MM"."""
    return {
        "training_days": [day for day in WEEKDAYS if day in answers["training_days"]],
        "equipment": [item.value for item in Equipment if item in answers["equipment"]],
        "session_time": cv.time(answers["session_time"]).strftime("%H:%M"),
        "morning_time": cv.time(answers["morning_time"]).strftime("%H:%M"),
    }


def read_placement(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was answered, the load tests together."""
    given = {name: value for name, value in answers.items() if name not in LOAD_TESTS}
    return given | {"tests": {test: answers[test] for test in LOAD_TESTS if test in answers}}
