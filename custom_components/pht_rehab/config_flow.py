"""Set-up of a programme in three short forms, its options, and a change of name or goal."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, override

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigEntryState,
    ConfigFlow,
    ConfigFlowResult,
    OptionsFlowWithReload,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util, slugify

from . import flow_forms as forms
from .const import DOMAIN
from .domain.adopted import STANDARD
from .domain.model import Side, other_side
from .domain.rules import RULES_VERSION
from .domain.screening import SCREENING, Screen, blocking, warning
from .opening import OTHER_SIDE
from .protocol_choice import OPTION, Found, async_find, fault, in_force
from .run_view import CADENCE, CADENCE_LATER
from .run_watch import RUNNING_SOURCE
from .sitting import SEATS
from .texts import async_load_texts

LEFT_FIRST: Final = "left_first"
PERSONAL: Final = ("sitting_minutes", "running_now", "running_minutes")
"""What of the first side's answers is the person's, and so the second side's too."""
UNCONFIRMED: Final = "no_clinician"
RUNNING: Final = (RUNNING_SOURCE, CADENCE, CADENCE_LATER)
OPTIONS: Final = ("training_days", "equipment", "session_time", "morning_time")


async def _advice(hass: HomeAssistant, answers: Iterable[str]) -> str:
    """Return each answer with the advice to it, as a list."""
    texts = await async_get_translations(hass, hass.config.language, "selector", [DOMAIN])
    prefix = f"component.{DOMAIN}.selector.advice.options."
    return "\n".join(f"- {texts.get(prefix + answer, answer)}" for answer in answers)


def _ticked(symptoms: Iterable[str], screen: Screen) -> list[str]:
    return [key for key in symptoms if SCREENING[key].at_set_up is screen]


def _unique_id(name: str, side: str) -> str:
    return f"{slugify(name)}_{side}"


class RehabConfigFlow(ConfigFlow, domain=DOMAIN):
    """Sets up one programme."""

    VERSION = 1
    MINOR_VERSION = 1

    def __init__(self) -> None:
        self._name = ""
        self._answers: dict[str, Any] = {}
        self._both = False
        self._placement: dict[str, Any] = {}

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> RehabOptionsFlow:
        """Return the flow that changes the options."""
        return RehabOptionsFlow()

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask whose programme it is, what for, and when."""
        errors: dict[str, str] = {}
        if user_input is not None:
            answers = {**user_input, **user_input[forms.SECTION]}
            errors = forms.check_identity(answers) | forms.check_schedule(answers)
            if "morning_time" in errors:  # the frontend shows no errors inside a section
                errors[forms.SECTION] = errors.pop("morning_time")
            if not errors:
                self._name = answers["name"].strip()
                await self.async_set_unique_id(_unique_id(self._name, answers["side"]))
                self._abort_if_unique_id_configured()
                self._both = answers["side"] == Side.BOTH
                first = Side.LEFT.value if self._both else answers["side"]
                self._answers = {"side": first, "goal": answers["goal"]}
                self._answers |= forms.read_schedule(answers)
                return await self.async_step_screening()
        texts = await async_load_texts(self.hass)  # a flow is not told its user's language
        name = texts.say("programme_name")
        schema = forms.user_form(name, collapsed=forms.SECTION not in errors)
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(schema, user_input),
            errors=errors,
            last_step=False,
        )

    async def async_step_screening(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for what speaks against exercise without a clinician (g1)."""
        if user_input is None:
            return self.async_show_form(
                step_id="screening", data_schema=forms.SCREENING_FORM, last_step=False
            )
        symptoms = [key for key in SCREENING if key in user_input["symptoms"]]
        if stops := blocking(symptoms):
            return self.async_abort(reason=f"blocked_{stops[0]}")
        confirmed: bool = user_input["clinician_confirmed"]
        self._answers |= {"symptoms": symptoms, "clinician_confirmed": confirmed}
        if warning(symptoms, clinician_confirmed=confirmed):
            return await self.async_step_clinician()
        return await self.async_step_placement()

    async def async_step_clinician(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Have the warnings acknowledged."""
        if user_input is not None and user_input["acknowledged"]:
            return await self.async_step_placement()
        warned = _ticked(self._answers["symptoms"], Screen.WARN)
        if not self._answers["clinician_confirmed"]:
            warned.append(UNCONFIRMED)
        return self.async_show_form(
            step_id="clinician",
            data_schema=forms.CLINICIAN_FORM,
            errors={} if user_input is None else {"acknowledged": "not_acknowledged"},
            description_placeholders={"advice": await _advice(self.hass, warned)},
            last_step=False,
        )

    async def async_step_placement(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for today's scores, which decide where the programme starts (b3)."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = forms.check_placement(user_input)
            if not errors:
                self._placement = forms.read_placement(user_input)
                return await self.async_step_other_side() if self._both else self._create()
        notes = _ticked(self._answers["symptoms"], Screen.NOTE)
        if self._both:
            notes = [LEFT_FIRST, *(note for note in notes if note != "other_side")]
        return self.async_show_form(
            step_id="placement",
            data_schema=self.add_suggested_values_to_schema(forms.PLACEMENT_FORM, user_input),
            errors=errors,
            description_placeholders={"notes": await _advice(self.hass, notes)},
            last_step=not self._both,
        )

    async def async_step_other_side(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the scores of the second side, which is placed by itself (b3)."""
        errors: dict[str, str] = {}
        changes = self.source == SOURCE_RECONFIGURE
        first = self._get_reconfigure_entry().data["set_up"] if changes else self._answers
        side = other_side(first["side"])
        if user_input is not None:
            errors = forms.check_placement(user_input)
            if not errors:
                told = {"side": side, **forms.read_placement(user_input)}
                return self._follow(told) if changes else self._create(told)
        texts = await async_get_translations(
            self.hass, self.hass.config.language, "selector", [DOMAIN]
        )
        name = texts.get(f"component.{DOMAIN}.selector.side.options.{side}", side)
        return self.async_show_form(
            step_id="other_side",
            data_schema=self.add_suggested_values_to_schema(forms.OTHER_SIDE_FORM, user_input),
            errors=errors,
            description_placeholders={"side": name},
            last_step=True,
        )

    def _create(self, other: Mapping[str, Any] | None = None) -> ConfigFlowResult:
        today = dt_util.now().date().isoformat()
        placed = self._placement
        set_up = {"date": today, "rules_version": RULES_VERSION, **self._answers, **placed}
        data: dict[str, Any] = {"name": self._name, "set_up": set_up}
        if other is not None:
            shared = {name: placed[name] for name in PERSONAL if name in placed}
            data[OTHER_SIDE] = {"date": today, **shared, **other}
        return self.async_create_entry(
            title=self._name,
            data=data,
            options={name: set_up[name] for name in OPTIONS} | {"spoken_symptoms": False},
        )

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change the programme's name or goal, or follow the other side too."""
        entry = self._get_reconfigure_entry()
        set_up: Mapping[str, Any] = entry.data["set_up"]
        loaded = entry.state is ConfigEntryState.LOADED
        # Loaded, the log knows better: it may have been brought from another programme.
        course = entry.runtime_data.course if loaded else None
        alone = OTHER_SIDE not in entry.data and (course is None or course.other is None)
        goal = entry.data.get("goal", set_up["goal"])
        if course is not None:
            goal = course.settings["goal"]
        known = {"name": entry.title, "goal": goal}
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = forms.check_identity(user_input)
            name = user_input["name"].strip()
            self._both = not alone or user_input["follow_both"]
            side = Side.BOTH.value if self._both else set_up["side"]
            unique_id = _unique_id(name, side)
            if self._taken(unique_id, by_other_than=entry):
                errors = {"name": "name_taken"}
            if not errors:
                self._name = name
                self._answers = {"unique_id": unique_id, "goal": user_input["goal"]}
                if alone and self._both:
                    return await self.async_step_other_side()
                return self._follow(None)
        schema = forms.reconfigure_form(entry.title, alone=alone)
        return self.async_show_form(
            step_id="reconfigure",
            data_schema=self.add_suggested_values_to_schema(schema, user_input or known),
            errors=errors,
        )

    def _follow(self, other: Mapping[str, Any] | None) -> ConfigFlowResult:
        """Store what was changed; ``other``: the second side's scores, from today on."""
        data: dict[str, Any] = {"name": self._name, "goal": self._answers["goal"]}
        if other is not None:
            data[OTHER_SIDE] = {"date": dt_util.now().date().isoformat(), **other}
        return self.async_update_reload_and_abort(
            self._get_reconfigure_entry(),
            unique_id=self._answers["unique_id"],
            title=self._name,
            data_updates=data,
        )

    def _taken(self, unique_id: str, *, by_other_than: ConfigEntry) -> bool:
        return any(
            entry.unique_id == unique_id and entry.entry_id != by_other_than.entry_id
            for entry in self._async_current_entries(include_ignore=True)
        )


class RehabOptionsFlow(OptionsFlowWithReload):
    """Changes days, times, equipment, what may be said aloud, the seats, and what runs need."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the options."""
        errors: dict[str, str] = {}
        found = await async_find(self.hass)
        current = self._protocol()
        if user_input is not None:
            errors = forms.check_schedule(user_input)
            chosen = user_input[OPTION]
            if chosen not in {current, STANDARD} and not _usable(found.get(chosen)):
                errors[OPTION] = "protocol_faulty"
            if not errors:
                kept = {name: user_input[name] for name in ("spoken_symptoms", OPTION)}
                kept |= {SEATS: user_input.get(SEATS, [])}
                kept |= {name: user_input[name] for name in RUNNING if name in user_input}
                return self.async_create_entry(data=forms.read_schedule(user_input) | kept)
        usable = [source for source, file in found.items() if _usable(file)]
        form = forms.options_form(dict.fromkeys((STANDARD, *usable, current)), current)
        known = user_input or {**self.config_entry.options, OPTION: current}
        texts = await async_load_texts(self.hass)
        faults = [
            f"- {file.source}: {fault(texts, file)}" for file in found.values() if file.faults
        ]
        faulty = "\n\n" + texts.say("options_faulty", files="\n".join(faults)) if faults else ""
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(form, known),
            errors=errors,
            description_placeholders={"faulty": faulty},
        )

    def _protocol(self) -> str:
        """Return the source of the protocol in force, as far as it is known."""
        programme = getattr(self.config_entry, "runtime_data", None)
        if programme is not None:
            return in_force(programme)
        return str(self.config_entry.options.get(OPTION, STANDARD))


def _usable(found: Found | None) -> bool:
    return found is not None and found.protocol is not None
