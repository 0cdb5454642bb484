"""Sentences for people, in Home Assistant's language: exercises, doses, reasons, criteria.

The words live in the ``common`` section of the translations; here their figures are filled in.
"""

from collections.abc import Mapping
from datetime import date

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from .const import DOMAIN
from .domain.criteria import Result
from .domain.exercises import EXERCISES, Sides
from .domain.model import DayKind, Figure, Reason
from .domain.overview import Overview
from .domain.prescription import Prescribed

_NAMED = ("stage", "test")
"""Figures that are keys, shown by their translated name."""


async def async_load_texts(hass: HomeAssistant, language: str | None = None) -> Texts:
    """Return the sentences in a language, Home Assistant's own unless told; else in English."""
    language = language or hass.config.language
    texts = await async_get_translations(hass, language, "common", [DOMAIN])
    prefix = f"component.{DOMAIN}.common."
    return Texts({key.removeprefix(prefix): text for key, text in texts.items()})


class Texts:
    """The translated sentences of one language."""

    def __init__(self, common: Mapping[str, str]) -> None:
        """Take the ``common`` section: key to text with ``str.format`` placeholders."""
        self._common = common

    def _say(self, key: str, **figures: str) -> str:
        return self._common[key].format_map(figures)

    def reason(self, why: Reason) -> str:
        """Return a reason as a sentence with its figures."""
        key = f"reason_{why.id}"
        if why.variant:
            key = f"{key}_{why.variant}"
        figures = {name: self._figure(name, value) for name, value in why.figures}
        if why.until is not None:
            figures["until"] = self.date(why.until)
        return self._say(key, **figures)

    def _figure(self, name: str, value: Figure) -> str:
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, str):
            return self._say(f"{name}_{value}") if name in _NAMED else value
        return f"{value:g}"

    def date(self, on: date) -> str:
        """Return a date in words, without the year."""
        return self._say(
            "date",
            weekday=self._say(f"weekday_{on.weekday()}"),
            day=str(on.day),
            month=self._say(f"month_{on.month}"),
        )

    def criterion(self, result: Result) -> str:
        """Return an exit criterion as a line with its figure."""
        if result.value is None:
            found = self._say("not_known")
        elif isinstance(result.value, str):
            found = self.date(date.fromisoformat(result.value))
        else:
            found = f"{result.value:g}"
        target = result.target if isinstance(result.target, str) else f"{result.target:g}"
        line = result.criterion
        key = f"criterion_{result.id}"
        if result.value is not None and f"{key}_until" in self._common:
            key = f"{key}_until"
        return self._say(
            key,
            value=found,
            target=target,
            step=line.step,
            days=str(line.within),
            pain=f"{line.pain_max:g}",
            test=self._say(f"test_{line.test}") if line.test else "",
        )

    def stage(self, stage: str) -> str:
        """Return a stage's name."""
        return self._say(f"stage_{stage}")

    def test(self, test: str) -> str:
        """Return a load or capacity test's name."""
        return self._say(f"test_{test}")

    def exercise(self, exercise: str) -> str:
        """Return an exercise's name."""
        return self._say(f"exercise_{exercise}")

    def how_to(self, exercise: str) -> str:
        """Return how an exercise is done, in a sentence or two."""
        return self._say(f"exercise_{exercise}_how_to")

    def equipment(self, item: Prescribed) -> str:
        """Return what an exercise needs: the no-equipment version where the kit is lacking."""
        key = f"exercise_{item.id}_alternative"
        if not item.equipped and key in self._common:
            return self._common[key]
        return self._say(f"exercise_{item.id}_equipment")

    def dose(self, item: Prescribed) -> str:
        """Return sets and repetitions, or sets and seconds, short enough for a list."""
        metres = EXERCISES[item.id].metres
        if item.hold_seconds is not None:
            dose = self._say("dose_hold", sets=str(item.sets), seconds=str(item.hold_seconds))
        elif item.reps is not None:
            dose = self._say("dose_reps", sets=str(item.sets), reps=str(item.reps))
        else:
            dose = self._say("dose_metres", sets=str(item.sets), metres=str(metres))
        return dose if item.sides is Sides.BOTH else self._say("dose_each_side", dose=dose)

    def load(self, item: Prescribed) -> str:
        """Return how hard or how heavy it should be."""
        if item.effort is None:
            return self._say("load_easy")
        if item.repetition_maximum is None:
            return self._say("load_effort", effort=item.effort)
        most = item.repetition_maximum
        return self._say("load_repetitions", effort=item.effort, reps=str(most))

    def details(self, item: Prescribed) -> str:
        """Return dose, load, tempo, rest and range, as sentences above an exercise's how-to."""
        parts = [self._say("dose_sentence", dose=self.dose(item)), self.load(item)]
        if "-" in item.tempo:
            first, pause, back = item.tempo.split("-")
            key = "tempo" if int(pause) else "tempo_no_pause"
            parts.append(self._say(key, first=first, pause=pause, back=back))
        parts.append(self._say("rest_between", seconds=str(item.rest_seconds)))
        if item.range_limit is not None:
            parts.append(self._say("range_limit", degrees=str(item.range_limit)))
        return " ".join(parts)

    def voice(self, key: str, **figures: str) -> str:
        """Return an answer to somebody who spoke to the programme."""
        return self._say(f"voice_{key}", **figures)

    def summary(self, overview: Overview) -> str:
        """Return today in one sentence that a speaker can read out, without pain or symptoms."""
        kind = overview.plan.kind
        if kind in (DayKind.LOCKED, DayKind.PAUSED):
            return self._say(f"summary_{kind}")
        names = [
            self._say(
                "summary_item",
                name=self.exercise(item.prescribed.id),
                dose=self.dose(item.prescribed),
            )
            for item in overview.items
            if not item.done
        ]
        if not overview.items:
            return self._say("summary_rest")
        if not names:
            return self._say("summary_done")
        return self._say("summary_exercises", exercises="; ".join(names))
