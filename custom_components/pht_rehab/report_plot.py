"""The plot of the report for the clinician: pain, morning tests and load, day by day."""

from typing import Final

from .domain.checks import SCORE_MAX
from .domain.report import Report

WIDTH: Final = 680
HEIGHT: Final = 120
TOP: Final = 10


def plot(found: Report) -> str:
    """Return morning tests (line), session pain (points), load (bars) and flare-ups as SVG."""
    days, calm = found.days, found.calm_max
    floor, wide = HEIGHT - 14, (WIDTH - 20) / len(days)
    most = max(1, *(day.load for day in days))

    def across(index: float) -> str:
        return f"{20 + wide * (index + 0.5):.1f}"

    def up(pain: float) -> str:
        return f"{TOP + (floor - TOP) * (1 - pain / SCORE_MAX):.1f}"

    low = f'width="{WIDTH - 20}" height="{floor - float(up(calm)):.1f}" fill="#e3f1e4"'
    drawn = [f'<rect x="20" y="{up(calm)}" {low}/>']
    drawn += [
        f'<text x="2" y="{up(pain)}" font-size="9">{pain:g}</text>' for pain in (0, calm, SCORE_MAX)
    ]
    mornings = []
    for index, day in enumerate(days):
        left = f"{20 + wide * index:.1f}"
        if day.flare_up:
            size = f'width="{wide:.1f}" height="{floor - TOP}"'
            drawn.append(f'<rect x="{left}" y="{TOP}" {size} fill="#f6d8d3"/>')
        if day.load:
            high = (floor - TOP) * 0.45 * day.load / most
            drawn.append(
                f'<rect x="{left}" y="{floor - high:.1f}" width="{wide * 0.8:.1f}"'
                f' height="{high:.1f}" fill="#b9d7ea"/>'
            )
        if day.pain_during is not None:
            fill = "#c0392b" if day.pain_during > calm else "#1c2430"
            drawn.append(
                f'<circle cx="{across(index)}" cy="{up(day.pain_during)}" r="3" fill="{fill}"/>'
            )
        if day.morning is not None:
            mornings.append(f"{across(index)},{up(day.morning)}")
    line = (
        f'<polyline points="{" ".join(mornings)}" fill="none" stroke="#1769aa" stroke-width="2"/>'
    )
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{"".join(drawn)}{line}</svg>'
