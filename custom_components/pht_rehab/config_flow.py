"""Set-up of a programme in three short forms, its options, and a change of name or goal."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, override

import voluptuous as vol
from homeassistant.config_entries import (
    ConfigEntry,
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
from .domain.rules import RULES_VERSION
from .domain.screening import SCREENING, Screen, blocking, warning
from .protocol_choice import OPTION, Found, async_find, fault, in_force
from .run_view import CADENCE, CADENCE_LATER
from .run_watch import RUNNING_SOURCE
from .sitting import SEATS
from .texts import async_load_texts

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
                self._answers = {"side": answers["side"], "goal": answers["goal"]}
                self._answers |= forms.read_schedule(answers)
                return await self.async_step_screening()
        schema = forms.user_form(collapsed=forms.SECTION not in errors)
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
                return self._create(forms.read_placement(user_input))
        notes = _ticked(self._answers["symptoms"], Screen.NOTE)
        return self.async_show_form(
            step_id="placement",
            data_schema=self.add_suggested_values_to_schema(forms.PLACEMENT_FORM, user_input),
            errors=errors,
            description_placeholders={"notes": await _advice(self.hass, notes)},
            last_step=True,
        )

    def _create(self, placement: Mapping[str, Any]) -> ConfigFlowResult:
        today = dt_util.now().date().isoformat()
        set_up = {"date": today, "rules_version": RULES_VERSION, **self._answers, **placement}
        return self.async_create_entry(
            title=self._name,
            data={"name": self._name, "set_up": set_up},
            options={name: set_up[name] for name in OPTIONS} | {"spoken_symptoms": False},
        )

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change the programme's name or goal."""
        entry = self._get_reconfigure_entry()
        set_up: Mapping[str, Any] = entry.data["set_up"]
        known = {"name": entry.data["name"], "goal": entry.data.get("goal", set_up["goal"])}
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = forms.check_identity(user_input)
            name = user_input["name"].strip()
            unique_id = _unique_id(name, set_up["side"])
            if self._taken(unique_id, by_other_than=entry):
                errors = {"name": "name_taken"}
            if not errors:
                return self.async_update_reload_and_abort(
                    entry,
                    unique_id=unique_id,
                    title=name,
                    data_updates={"name": name, "goal": user_input["goal"]},
                )
        schema = vol.Schema(forms.identity_form())
        return self.async_show_form(
            step_id="reconfigure",
            data_schema=self.add_suggested_values_to_schema(schema, user_input or known),
            errors=errors,
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
