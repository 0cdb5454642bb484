"""The stream of activities: what happened, each thing told once and without a word of health.

Some follow from a fact, the others from how the programme stands compared with how it stood
when something was last announced.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from .domain.diary import Diary
from .domain.facts import (
    Fact,
    MorningChecked,
    RunReported,
    SessionReported,
    SessionSkipped,
    Voided,
)
from .domain.model import Stage
from .domain.overview import Standing
from .domain.page import Page
from .domain.protocol import LADDER
from .domain.side import TWIN

_SWITCHES: Final = (
    ("flare_up", "flare_up_started", "flare_up_ended"),
    ("locked", "locked", "unlocked"),
    ("paused", "paused", "resumed"),
)
_SCREENING: Final = "screening:"


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that happened; ``type`` is an event type of the activity entity."""

    type: str
    attributes: dict[str, str]


class Reports:
    """What the facts themselves give to announce.

    A session may come in parts: it is told once a date, when it first counts as done. A run is
    told once a date too, whatever corrects it or is added.
    """

    def __init__(self, announced: Iterable[Fact]) -> None:
        """Take note of the sessions and runs that have been told before."""
        days: dict[date, list[Fact]] = {}
        for fact in announced:
            days.setdefault(fact.on, []).append(fact)
        self._told = {on for on, facts in days.items() if _was_finished(facts)}
        self._ran = {on for on, facts in days.items() if any(map(_is_run, facts))}

    def take(  # noqa: PLR0911 -- one a kind of fact
        self, fact: Fact, pages: Iterable[Page]
    ) -> tuple[str, dict[str, str]] | None:
        """Return type and attributes of what a new fact gives to announce, or None.

        ``pages`` are the diary's pages of its date, of each side, with the fact on them. What
        stands beside another entry, about the other side, is told with that one.
        """
        if TWIN in (fact.target if isinstance(fact, Voided) else fact.log_id):
            return None
        told = {"date": fact.on.isoformat(), "log_id": fact.log_id}
        match fact:
            case SessionReported() if fact.on not in self._told and any(map(_finished, pages)):
                self._told.add(fact.on)
                step = fact.dose_step or fact.prescribed_step
                return "session_logged", {**told, "dose_step": step}
            case RunReported() if fact.on not in self._ran:
                self._ran.add(fact.on)
                planned = {"run_step": fact.prescribed_step} if fact.prescribed_step else {}
                return "run_logged", {**told, **planned}
            case SessionSkipped():
                return "session_skipped", told
            case MorningChecked():
                return "morning_check_logged", told
            case Voided():
                return "entry_voided", {**told, "log_id": fact.target}
            case _:
                return None


def _is_run(fact: Fact) -> bool:
    return isinstance(fact, RunReported)


def _finished(page: Page) -> bool:
    return page.session is not None and page.session.finished


def _was_finished(facts: list[Fact]) -> bool:
    """Return whether a date's session counted as done at some time, taken back since or not."""
    everything = len(facts)
    voided = any(isinstance(fact, Voided) for fact in facts)
    times = range(1, everything + 1) if voided else (everything,)
    return any(_finished(Diary(facts[:time]).page(facts[0].on)) for time in times)


def differences(before: Standing, after: Standing) -> Iterator[str]:
    """Yield what to announce of a programme that stood one way and stands another now."""
    same = before.side in ("", after.side)  # where another side governs now, nothing has moved
    up = after.stage.order - before.stage.order if same else 0
    if up:
        yield "stage_advanced" if up > 0 else "stage_reduced"
    if same:
        yield from _moves(before, after)
    for name, began, ended in _SWITCHES:
        was, is_ = getattr(before, name), getattr(after, name)
        if was != is_:
            yield began if is_ else ended
    if after.ready and (up or not (same and before.ready)):
        yield "ready_to_progress"
    fresh = set(after.reviews) - set(before.reviews)
    if any(not key.startswith(_SCREENING) for key in fresh):
        yield "review_due"
    if any(key.startswith(_SCREENING) for key in fresh):
        yield "screening_due"


def _moves(before: Standing, after: Standing) -> Iterator[str]:
    """Yield whether a dose rose or fell; a strand that only now begins or ends says nothing."""
    moves = [((before.step, -before.sets_off), (after.step, -after.sets_off))]
    for strand in ("energy", "running"):
        old, new = getattr(before, strand), getattr(after, strand)
        if min(old, new) >= 0:
            moves.append(((old, 0), (new, 0)))
    if any(new > old for old, new in moves):
        yield "dose_increased"
    if any(new < old for old, new in moves):
        yield "dose_reduced"


def remembered(before: Standing | None, after: Standing) -> Standing:
    """Return the standing to compare with next; a missed session stays told."""
    if before is None or before.missed is None:
        return after
    return replace(after, missed=max(before.missed, after.missed or before.missed))


def attributes(standing: Standing, today: date) -> dict[str, str]:
    """Return what every activity says: about which date, and where the programme stands."""
    return {
        "date": today.isoformat(),
        "stage": standing.stage.value,
        "dose_step": LADDER[standing.step].id,
    }


def store_standing(standing: Standing) -> dict[str, Any]:
    """Return a standing as JSON values."""
    missed = standing.missed.isoformat() if standing.missed is not None else None
    return {**asdict(standing), "reviews": list(standing.reviews), "missed": missed}


def read_standing(stored: Mapping[str, Any] | None) -> Standing | None:
    """Return a stored standing; None if there is none that this version understands."""
    if stored is None:
        return None
    missed = stored.get("missed")
    try:
        return Standing(
            **{
                **stored,
                "stage": Stage(stored["stage"]),
                "reviews": tuple(stored["reviews"]),
                "missed": date.fromisoformat(missed) if missed is not None else None,
            }
        )
    except KeyError, TypeError, ValueError:
        return None
