"""The report for the clinician: one page that prints well, and the same days as a table."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any, Final

from homeassistant.util import dt as dt_util

from .coordinator import RehabCoordinator
from .domain.capacity import symmetry
from .domain.facts import TestLogged
from .domain.model import RehabError
from .domain.report import FlareSpan, Report, report
from .domain.trend import TrendDay
from .protocol_choice import describe
from .report_plot import plot
from .texts import Texts

STYLE: Final = """
@page { size: A4; margin: 10mm }
body { font: 10pt/1.3 system-ui, sans-serif; color: #1c2430; max-width: 190mm; margin: 8mm auto }
h1 { font-size: 1.6em; margin: 0 } h2 { font-size: 1.1em; margin: 0 0 2pt }
p, ul { margin: 2pt 0 } ul { padding-left: 12pt }
section { margin-top: 6pt } h2 { break-after: avoid } li, tr { break-inside: avoid }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: 1pt 4pt 1pt 0; border-bottom: .5pt solid #ccd3da }
svg { width: 100%; height: auto } small, .quiet { color: #56616e }
article > h1, .columns { margin-top: 6pt } .columns > section:first-child { margin-top: 0 }
@media (min-width: 150mm) {
  .columns { columns: 2; column-gap: 6mm } td:first-child { white-space: nowrap }
}
@media screen { section { overflow-x: auto } }
@media print { body { margin: 0 } article ~ article { break-before: page } }
"""
LARGEST: Final = 8.5
"""(design) points of the type on paper; ``_size`` takes less where a sheet is to hold more."""
SMALLEST: Final = 6.0


def clinician_report(
    programme: RehabCoordinator,
    texts: Texts,
    start_date: date | None = None,
    end_date: date | None = None,
    *,
    with_name: bool = False,
) -> dict[str, Any]:
    """Answer with a page (``html``) and a table (``csv``) about some weeks of the programme."""
    today = programme.data.today
    if end_date is not None and end_date > today:
        raise RehabError("date_in_future", field="end_date")
    last = end_date or today
    sides = [one.set_up.side for one in programme.course.sides if one.start <= last]
    found = {
        side: report(programme.course, start_date, last, side=side)
        for side in sides or [programme.course.set_up.side]
    }
    return {"html": _page(programme, texts, found, with_name=with_name), "csv": _table(found)}


def _page(
    programme: RehabCoordinator, texts: Texts, sides: Mapping[str, Report], *, with_name: bool
) -> str:
    found = next(iter(sides.values()))
    first, last = (texts.full_date(found.days[end].on) for end in (0, -1))
    dates = texts.say("report_span", first=first, last=last)
    name = programme.config_entry.title if with_name else ""
    side = texts.say(f"report_side_{programme.course.side}")
    made = texts.full_date(dt_util.now().date())
    protocol = describe(programme, texts)
    head = [
        f"<h1>{escape(texts.say('report_title'))}</h1>",
        f"<p>{escape(' · '.join(filter(None, (name, side, dates))))}</p>",
        f"<p class=quiet><small>{escape(texts.say('report_purpose', date=made))}</small></p>",
        f"<p class=quiet><small>{escape(texts.say('report_protocol', **protocol))}</small></p>",
    ]
    whole = [
        *_section(texts.say("report_weekly"), [_weekly(found, texts)]),
        *_section(texts.say("report_visa_h"), [_visa_h(found, texts)]),
    ]
    sheets = list(_sheets(texts, sides, whole))
    size = min(map(_size, sheets))
    return (
        f'<!doctype html><html lang="{texts.language}"><meta charset="utf-8">'
        f"<title>{escape(texts.say('report_title'))}</title>"
        f"<style>{STYLE}@media print {{ body {{ font-size: {size:.1f}pt }} }}</style>"
        f"{''.join([*head, *sheets])}</html>"
    )


def _size(sheet: str) -> float:
    """Return the points at which this much fits a sheet: measured with full logs in wide type."""
    told = len(re.sub("<svg.*?</svg>", "", sheet))
    return max(SMALLEST, min(LARGEST, 10.9 - told / 1500))


def _sheets(texts: Texts, sides: Mapping[str, Report], whole: list[str]) -> Iterator[str]:
    """Yield all that is told of each side, under its name where there are two, then the rest."""
    two = len(sides) > 1
    *_, last = sides
    for side, found in sides.items():
        heading = f"<h1>{escape(texts.say(f'report_side_{side}'))}</h1>" if two else ""
        own, both = "".join(_details(texts, found)), "".join(whole) if side == last else ""
        columns = [own, both] if two else [own + both]
        told = "".join(f"<div class=columns>{one}</div>" for one in columns if one)
        yield f"<article>{heading}{''.join(_course(texts, found))}{told}</article>"


def _course(texts: Texts, found: Report) -> Iterator[str]:
    yield from _section(texts.say("report_course"), [_stages(found, texts)])
    yield from _section(texts.say("report_pain"), [plot(found), _legend(found, texts)])
    yield from _section(texts.say("report_tests"), [_tests(found, texts)])


def _details(texts: Texts, found: Report) -> Iterator[str]:
    yield from _section(texts.say("report_running"), [_run_weeks(found, texts)])
    yield from _section(texts.say("report_strand_steps"), [_strand_steps(found, texts)])
    yield from _section(texts.say("report_gate"), [_gate(found, texts)])
    yield from _section(texts.say("report_flare_ups"), [_flare_ups(found, texts)])
    patterns = _list(map(texts.pattern, found.patterns))
    yield from _section(texts.say("report_patterns"), [patterns])
    yield from _section(texts.say("report_open"), [_open(found, texts)])


def _dates(texts: Texts, first: date, last: date) -> str:
    return texts.say("report_span", first=texts.date(first), last=texts.date(last))


def _section(title: str, content: Iterable[str]) -> list[str]:
    told = "".join(content)
    return [f"<section><h2>{escape(title)}</h2>{told}</section>"] if told else []


def _list(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _stages(found: Report, texts: Texts) -> str:
    return _list(
        texts.say(
            "report_stage",
            stage=texts.stage(span.stage),
            first=texts.date(span.first),
            last=texts.date(span.last),
            steps=" → ".join(dict.fromkeys(span.steps)),
        )
        for span in found.stages
    )


def _run_weeks(found: Report, texts: Texts) -> str:
    rows = (
        (
            texts.day(week.first),
            f"{week.runs}",
            f"{week.minutes:g}",
            f"{week.longest:g}",
            _figure(texts, week.pain),
            ", ".join(f"{count} {texts.response(each)}" for each, count in week.responses),
        )
        for week in found.runs
    )
    return _rows(texts, ("week", "runs", "minutes", "longest", "pain", "responses"), rows)


def _strand_steps(found: Report, texts: Texts) -> str:
    courses = (("report_energy_steps", found.energy_steps), ("report_run_steps", found.run_steps))
    return _list(
        texts.say(key, steps=" → ".join(f"{step} ({texts.date(on)})" for on, step in course))
        for key, course in courses
        if course
    )


def _gate(found: Report, texts: Texts) -> str:
    return _list(
        texts.say("report_line_met" if line.met else "report_line_open", line=texts.criterion(line))
        for line in found.gate
    )


def _legend(found: Report, texts: Texts) -> str:
    share = "" if found.adherence is None else f"{round(100 * found.adherence)} %"
    lines = [texts.say("report_legend", calm=f"{found.calm_max:g}")]
    if share:
        lines.append(texts.say("report_adherence", share=share))
    return f"<p class=quiet><small>{escape(' '.join(lines))}</small></p>"


def _flare_ups(found: Report, texts: Texts) -> str:
    return _list(_flare_up(span, texts) for span in found.flare_ups)


def _flare_up(span: FlareSpan, texts: Texts) -> str:
    before = [texts.event(event) for event in span.events]
    before += [texts.say("report_too_much", date=texts.date(on)) for on in span.too_much]
    if span.step_up:
        before.append(texts.say("report_step_up"))
    dates = _dates(texts, span.first, span.last)
    if not before:
        return dates
    return texts.say("report_before", dates=dates, what=", ".join(before))


def _rows(texts: Texts, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table with translated heads; nothing without a row."""
    told = "".join(f"<tr>{_cells('td', row)}</tr>" for row in rows)
    head = _cells("th", (texts.say(f"report_head_{name}") for name in heads))
    return f"<table><thead><tr>{head}</tr></thead>{told}</table>" if told else ""


def _cells(tag: str, cells: Iterable[str]) -> str:
    return "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells)


def _figure(texts: Texts, value: float | None) -> str:
    return texts.say("not_known") if value is None else f"{value:g}"


def _tests(found: Report, texts: Texts) -> str:
    """Return a row a test, the newest last: its results from the first to the newest."""
    by_test: dict[str, list[TestLogged]] = {}
    for one in found.tests:
        by_test[one.test] = [*by_test.pop(one.test, []), one]
    rows = (
        (
            texts.day(told[-1].on),
            texts.test(test),
            _change(texts, [one.value for one in told]),
            _change(texts, [one.other_side for one in told]),
            _figure(texts, symmetry(told[-1].value, told[-1].other_side)),
            _change(texts, [one.pain for one in told]),
        )
        for test, told in by_test.items()
    )
    return _rows(texts, ("date", "test", "value", "other_side", "symmetry", "pain"), rows)


def _change(texts: Texts, values: Sequence[float | None]) -> str:
    told = [_figure(texts, value) for value in values]
    return " → ".join(dict.fromkeys((told[0], told[-1])))


def _weekly(found: Report, texts: Texts) -> str:
    rows = (
        (
            texts.day(score.on),
            f"{total}",
            texts.say("not_known") if change is None else f"{change:+d}",
            _figure(texts, score.overall),
        )
        for score, total, change in found.weekly
    )
    return _rows(texts, ("date", "total", "change", "overall"), rows)


def _visa_h(found: Report, texts: Texts) -> str:
    rows = ((texts.day(on), f"{total:g}") for on, total in found.visa_h)
    return _rows(texts, ("date", "total"), rows)


def _open(found: Report, texts: Texts) -> str:
    return _list(texts.criterion(line) for line in found.criteria if line.met is not True)


def _table(told: Mapping[str, Report]) -> str:
    """Return a row a day, and of two sides one of each."""
    names = ("date", "stage", "dose_step", "morning_pain", "pain_during", "pain_after")
    found = io.StringIO()
    writer = csv.writer(found, lineterminator="\r\n")
    strands = ("energy_step", "run_step", "run_minutes", "run_pain_during", "run_pain_after")
    own = ("side",) if len(told) > 1 else ()
    writer.writerow(
        [*own, *names, "response", "load_seconds", "flare_up", *strands, "run_response"]
    )
    for side, one in told.items():
        for day in one.days:
            writer.writerow([*(side for _ in own), *_row(day)])
    return found.getvalue()


def _row(day: TrendDay) -> list[object]:
    scores = _scores(day.morning, day.pain_during, day.pain_after)
    judged = day.response.value if day.response is not None else ""
    row = [day.on.isoformat(), day.stage.value, day.step, *scores, judged, day.load]
    row += [int(day.flare_up), day.energy_step or "", day.run_step or ""]
    run = day.run
    if run is None:
        return [*row, "", "", "", ""]
    ran = _scores(run.minutes, run.pain_during, run.pain_after)
    return [*row, *ran, run.response.value]


def _scores(*told: float | None) -> list[str]:
    return ["" if value is None else f"{value:g}" for value in told]
