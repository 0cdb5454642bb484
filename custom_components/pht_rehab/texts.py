"""Sentences for people, in the language of who reads them: exercises, doses, reasons, criteria.

The words live in the ``common`` section of the translations; here their figures are filled in.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from .const import DOMAIN, LANGUAGES
from .domain.cross_training import Allowed
from .domain.exercises import EXERCISES, Sides
from .domain.exit_line import Result
from .domain.model import DayKind, Figure, Reason, Side
from .domain.overview import Overview
from .domain.patterns import Pattern
from .domain.prescription import Prescribed
from .domain.remarks import Remark
from .domain.strand_steps import StrandDose
from .domain.strands import RUN_INDEX, RUNS

_NAMED = ("stage", "test")
"""Figures that are keys, shown by their translated name."""
_PLACES: Final = re.compile("Y+|M+|D+")


async def async_load_texts(
    hass: HomeAssistant, language: str | None = None, date_pattern: str | None = None
) -> Texts:
    """Return the sentences in a language, Home Assistant's own unless told; else in English.

    Their dates are in words, or as in a pattern like ``DD.MM.YYYY`` behind the weekday.
    """
    wanted = language or hass.config.language
    found = (each for each in (wanted, wanted.partition("-")[0].lower()) if each in LANGUAGES)
    language = next(found, "en")  # Home Assistant would keep a copy of English for every other
    prefix = f"component.{DOMAIN}."
    texts: dict[str, str] = {}
    for category in ("entity", "common", "selector"):
        told = await async_get_translations(hass, language, category, [DOMAIN])
        texts |= {key.removeprefix(prefix): text for key, text in told.items()}
    sentences = {key.removeprefix("common."): text for key, text in texts.items()}
    return Texts(sentences, language, date_pattern or None)


def _figure(on: date, place: str) -> str:
    value = {"Y": on.year, "M": on.month, "D": on.day}[place[0]]
    return str(value).zfill(len(place))


class Texts:
    """The translated sentences of one language."""

    def __init__(self, sentences: Mapping[str, str], language: str, dates: str | None) -> None:
        """Take the ``common`` section: key to text with ``str.format`` placeholders.

        And, below ``entity.`` and ``selector.``, the names of what entities and forms show.
        """
        self.language = language
        self._sentences = sentences
        self._date_pattern = dates

    def say(self, key: str, **figures: str) -> str:
        """Return a sentence with its figures filled in."""
        return self._sentences[key].format_map(figures)

    def reason(self, why: Reason) -> str:
        """Return a reason as a sentence with its figures."""
        key = f"reason_{why.id}"
        if why.variant:
            key = f"{key}_{why.variant}"
        figures = {name: self._figure(name, value) for name, value in why.figures}
        if why.until is not None:
            figures["until"] = self.date(why.until)
        return self.say(key, **figures)

    def _figure(self, name: str, value: Figure) -> str:
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, str):
            if name == "event":
                return self.event(value)
            return self.say(f"{name}_{value}") if name in _NAMED else value
        return f"{value:g}"

    def day(self, on: date) -> str:
        """Return a date in words, without the year and the weekday, or in the figures asked for."""
        if self._date_pattern is not None:
            return _PLACES.sub(lambda place: _figure(on, place[0]), self._date_pattern)
        return self.say("date_day", day=str(on.day), month=self.say(f"month_{on.month}"))

    def full_date(self, on: date) -> str:
        """Return a date for what is kept beyond the year."""
        if self._date_pattern is not None:
            return self.date(on)
        return self.say("date_year", date=self.date(on), year=str(on.year))

    def date(self, on: date) -> str:
        """Return a date in words, without the year, or in the figures asked for."""
        weekday = self.say(f"weekday_{on.weekday()}")
        if self._date_pattern is not None:
            return self.say("date_figures", weekday=weekday, date=self.day(on))
        month = self.say(f"month_{on.month}")
        return self.say("date", weekday=weekday, day=str(on.day), month=month)

    def criterion(self, result: Result) -> str:
        """Return an exit criterion as a line with its figure."""
        if result.value is None:
            found = self.say("not_known")
        elif result.id == "stage_passed":
            found = self.stage(str(result.value))
        elif isinstance(result.value, str):
            known = result.value in RUN_INDEX
            found = result.value if known else self.date(date.fromisoformat(result.value))
        else:
            found = f"{result.value:g}"
        target = result.target if isinstance(result.target, str) else f"{result.target:g}"
        line = result.criterion
        key = f"criterion_{result.id}"
        if result.value is not None and f"{key}_until" in self._sentences:
            key = f"{key}_until"
        return self.say(
            key,
            value=found,
            target=target,
            step=line.step,
            days=str(line.within),
            pain=f"{line.pain_max:g}",
            test=self.say(f"test_{line.test}") if line.test else "",
        )

    def response(self, response: str) -> str:
        """Return the word for a response."""
        return self.say(f"entity.sensor.response.state.{response}")

    def stage(self, stage: str) -> str:
        """Return a stage's name."""
        return self.say(f"stage_{stage}")

    def test(self, test: str) -> str:
        """Return a load or capacity test's name."""
        return self.say(f"test_{test}")

    def exercise(self, exercise: str) -> str:
        """Return an exercise's name."""
        return self.say(f"exercise_{exercise}")

    def how_to(self, exercise: str) -> str:
        """Return how an exercise is done, in a sentence or two."""
        return self.say(f"exercise_{exercise}_how_to")

    def cues(self, exercise: str) -> str:
        """Return what to keep in mind while an exercise is done."""
        return self.say(f"exercise_{exercise}_cues")

    def cautions(self, exercise: str) -> str:
        """Return what to be careful about; empty where nothing is special."""
        return self._sentences.get(f"exercise_{exercise}_cautions", "")

    def pattern(self, found: Pattern) -> str:
        """Return a pattern with its counts, as what it is."""
        return self.say(
            "pattern",
            what=self.say(f"pattern_{found.source}"),
            when=self.say(f"pattern_morning_{found.lag}"),
            worse=str(found.worse),
            days=str(found.days),
            other_worse=str(found.other_worse),
            other_days=str(found.other_days),
        )

    def remark(self, remark: Remark) -> str:
        """Return what to say to an entry."""
        figure = "" if remark.figure is None else f"{remark.figure:g}"
        return self.say(f"remark_{remark.id}", figure=figure)

    def question(self, name: str) -> str:
        """Return a question of the weekly check."""
        return self.say(f"weekly_question_{name}")

    def choice(self, question: str, answer: str) -> str:
        """Return one of the answers a question of the weekly check offers."""
        return self.say(f"weekly_choice_{question}_{answer}")

    def event(self, event: str) -> str:
        """Return what an event outside the programme is called."""
        return self.say(f"selector.event_kind.options.{event}")

    def symptom(self, symptom: str) -> str:
        """Return a screening question's answer in full."""
        return self.say(f"selector.symptoms.options.{symptom}")

    def equipment(self, item: Prescribed) -> str:
        """Return what an exercise needs: the no-equipment version where the kit is lacking."""
        key = f"exercise_{item.id}_alternative"
        if not item.equipped and key in self._sentences:
            return self._sentences[key]
        return self.say(f"exercise_{item.id}_equipment")

    def dose(self, item: Prescribed) -> str:
        """Return sets and repetitions, or sets and seconds, short enough for a list."""
        metres = EXERCISES[item.id].metres
        if item.hold_seconds is not None:
            dose = self.say("dose_hold", sets=str(item.sets), seconds=str(item.hold_seconds))
        elif item.reps is not None:
            dose = self.say("dose_reps", sets=str(item.sets), reps=str(item.reps))
        else:
            return self.say("dose_metres", sets=str(item.sets), metres=str(metres))
        match item.sides:
            case Sides.BOTH:
                return dose
            case Side():
                return self.say(f"dose_{item.sides}", dose=dose)
            case _:
                return self.say("dose_each_side", dose=dose)

    def run(self, dose: StrandDose) -> str:
        """Return a run in words, short enough for a list."""
        step = RUNS[dose.step]
        minutes = "" if dose.minutes is None else f"{dose.minutes:g}"
        if not dose.step:
            return self.say("run_kept", minutes=minutes)
        if dose.easy or dose.minutes is None:
            return self.say("run_easy" if dose.easy else "run_normal", minutes=minutes)
        if dose.repeats > 1 or dose.walk_minutes:
            each = dose.minutes / dose.repeats
            return self.say(
                "run_intervals",
                repeats=str(dose.repeats),
                run=f"{each:g}",
                walk=f"{dose.walk_minutes:g}",
            )
        key = f"run_{step.id.lower()}"
        return self.say(key if key in self._sentences else "run_steady", minutes=minutes)

    def activity(self, allowed: Allowed) -> str:
        """Return an activity, and what it may cost or how it is done."""
        parts = [self.say(f"activity_{allowed.id}")]
        if allowed.how is not None:
            parts.append(self.say(f"activity_how_{allowed.how}"))
        if allowed.minutes is not None:
            least, most = map(str, allowed.minutes)
            parts.append(self.say("activity_minutes", least=least, most=most))
        if allowed.pain is not None:
            parts.append(self.say("activity_pain", pain=str(allowed.pain)))
        return ", ".join(parts)

    def load(self, item: Prescribed) -> str:
        """Return how hard or how heavy it should be."""
        if item.effort is None:
            return self.say("load_easy")
        if item.repetition_maximum is None:
            return self.say("load_effort", effort=item.effort)
        most = item.repetition_maximum
        return self.say("load_repetitions", effort=item.effort, reps=str(most))

    def details(self, item: Prescribed) -> str:
        """Return dose, load, tempo, rest and range, as sentences above an exercise's how-to."""
        parts = [self.say("dose_sentence", dose=self.dose(item)), self.load(item)]
        if "-" in item.tempo:
            first, pause, back = item.tempo.split("-")
            key = "tempo" if int(pause) else "tempo_no_pause"
            parts.append(self.say(key, first=first, pause=pause, back=back))
        parts.append(self.say("rest_between", seconds=str(item.rest_seconds)))
        if item.range_limit is not None:
            parts.append(self.say("range_limit", degrees=str(item.range_limit)))
        return " ".join(parts)

    def voice(self, key: str, **figures: str) -> str:
        """Return an answer to somebody who spoke to the programme."""
        return self.say(f"voice_{key}", **figures)

    def summary(self, overview: Overview) -> str:
        """Return today in one sentence that a speaker can read out, without pain or symptoms."""
        kind = overview.plan.kind
        if kind in (DayKind.LOCKED, DayKind.PAUSED):
            return self.say(f"summary_{kind}")
        run = overview.running.today if overview.running is not None else None
        names = [
            self.say(
                "summary_item",
                name=self.exercise(item.prescribed.id),
                dose=self.dose(item.prescribed),
            )
            for item in overview.items
            if not item.done
        ]
        if run is not None and overview.running is not None and not overview.running.done:
            names.append(self.say("summary_run", run=self.run(run)))
        if not overview.items and run is None:
            return self.say("summary_rest")
        if not names:
            return self.say("summary_done")
        return self.say("summary_exercises", exercises="; ".join(names))
