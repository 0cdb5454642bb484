"""A run as actions, to-do list and card show it."""

from typing import Any, Final

from .coordinator import RehabCoordinator
from .domain.cadence import cue, kept
from .domain.course import Today
from .domain.model import ReasonId, reason
from .domain.overview import Overview
from .domain.strand_steps import StrandDose
from .domain.strands import RUNS
from .domain.unlogged import asked
from .texts import Texts

CADENCE: Final = "cadence"
"""Key of the options: steps a minute, measured while running."""
CADENCE_LATER: Final = "cadence_later"
"""Key of the options: whether the cue goes on where it is off by default."""


def run(programme: RehabCoordinator, texts: Texts, dose: StrandDose) -> dict[str, Any]:
    """Return a planned run: minutes of running and of each walk between, and it in words.

    ``cue`` is one more sentence, None unless a cadence is in the options.
    """
    step = RUNS[dose.step]
    return {
        "step": step.id,
        "minutes": dose.minutes,
        "repeats": dose.repeats,
        "walk_minutes": dose.walk_minutes,
        "easy": dose.easy,
        "hills": step.hills and not dose.easy,
        "fast": step.fast and not dose.easy,
        "dose": texts.run(dose),
        "cue": cadence_cue(programme, texts, dose),
    }


def how_to(programme: RehabCoordinator, texts: Texts, step: int) -> str:
    """Return how to run at a step, with what of ground and shoes to leave as it is."""
    until = kept(programme.course.rules, step)
    told = (texts.say(f"run_{what}", step=name) for what, name in until)
    return " ".join((texts.say("run_how_to"), *told))


def impact_hold(view: Overview, texts: Texts) -> str | None:
    """Return why neither a run nor hops come until a clinician has cleared it, if so (g1 K9)."""
    held = reason(ReasonId.CLINICIAN, "impact")
    return texts.reason(held) if held in view.explanation.reasons else None


def noticed(today: Today, texts: Texts) -> list[dict[str, Any]]:
    """Return the runs nobody logged, each with the entry to take back if it was none."""
    asks = asked(today.state)
    return [
        {"log_id": run.log_id, "date": run.on.isoformat(), "text": texts.reason(why)}
        for run, why in zip(today.state.unlogged, asks, strict=False)  # none while it is stopped
    ]


def cadence_cue(programme: RehabCoordinator, texts: Texts, dose: StrandDose) -> str | None:
    """Return what to try with the steps of a run, if anything."""
    options = programme.config_entry.options
    later = bool(options.get(CADENCE_LATER))
    found = cue(programme.course.rules, dose.step, options.get(CADENCE), later=later)
    if found is None:
        return None
    return texts.say(
        "run_cadence",
        aim=str(found.aim),
        most=str(found.most),
        minutes=str(found.minutes),
        every=str(found.every),
    )
