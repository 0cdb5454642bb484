"""What every course keeps, whatever happens in it: read from its days after they were lived."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from custom_components.pht_rehab.domain.both import shares_of
from custom_components.pht_rehab.domain.exercises import EXERCISES, Strand
from custom_components.pht_rehab.domain.model import Response, Stage
from custom_components.pht_rehab.domain.pair import Share
from custom_components.pht_rehab.domain.protocol import LADDER
from custom_components.pht_rehab.domain.records import SessionRecord
from custom_components.pht_rehab.domain.state import State
from custom_components.pht_rehab.domain.strands import RUNS
from tests.domain.builders import History

DAILY = (Stage.SETTLE, Stage.ISOMETRIC)
NAMES = ("hamstring", "hops", "running")
CAPPED = ("R10", "R11", "R12", "R13", "R14", "R15", "R16")


@dataclass
class Lived:
    """One side's days: its state of every evening, and what was done, by strand and date."""

    states: list[State] = field(default_factory=list)
    done: dict[str, dict[date, SessionRecord]] = field(
        default_factory=lambda: {name: {} for name in NAMES}
    )
    rises: list[tuple[date, str]] = field(default_factory=list)

    def days(self, name: str) -> list[date]:
        """Return when something of a strand was done."""
        return sorted(self.done[name])


def keeps(history: History, last: int) -> tuple[Lived, ...]:
    """Look at all days again; assert spacing, order and caps, and return each side's."""
    sides = {one.set_up.side: Lived() for one in history.course.sides}
    for day in range(last + 1):
        known = {side: history.at(day, side=side) for side in sides}
        for side, share in shares_of(known).items():
            _take(sides[side], known[side].state)
            _within_cap(known[side].state, share)
    for told in sides.values():
        _spaced(told)
        _one_at_a_time(told)
        _capped(told)
        _hard_runs(told)
    return tuple(sides.values())


def _take(told: Lived, state: State) -> None:
    if told.states:
        told.rises += [(state.day, name) for name in _risen(told.states[-1], state)]
    told.states.append(state)
    for name, records in zip(NAMES, state.strands(), strict=True):
        for record in records:
            if record.hamstring and not (name == "hamstring" and record.light):
                told.done[name][record.on] = record


def _risen(before: State, now: State) -> Iterable[str]:
    """Yield the strands of which a harder step was done for the first time; a stage is no step."""
    if now.stage is before.stage and now.step > before.step:
        yield "hamstring"
    for name, one, other in (
        ("hops", before.energy, now.energy),
        ("running", before.running, now.running),
    ):
        if one.step is not None and (other.step or 0) > one.step:
            yield name


def _apart(days: Sequence[date], least: int) -> None:
    assert all((later - earlier).days >= least for earlier, later in pairwise(days)), days


def _most(days: Sequence[date], most: int) -> None:
    """Assert that no seven days hold more than ``most`` of them."""
    for number in range(len(days) - most):
        assert (days[number + most] - days[number]).days >= 7, days[number]


def _spaced(told: Lived) -> None:
    """(b1, c10-25) 48 h between runs and between strength, every third day for hops."""
    strength = [on for on, record in told.done["hamstring"].items() if record.stage not in DAILY]
    late = (Stage.ENERGY_STORAGE, Stage.RETURN_TO_SPORT)
    _apart(told.days("running"), 2)
    _most(told.days("running"), 4)
    _apart(told.days("hops"), 3)
    _most(told.days("hops"), 2)
    _apart(sorted(strength), 2)
    _most(sorted(strength), 3)
    _most([on for on, record in told.done["hamstring"].items() if record.stage in late], 2)
    loaded = sorted({*strength, *told.done["hops"], *told.done["running"]})
    for first, _second, third in zip(loaded, loaded[1:], loaded[2:], strict=False):
        assert (third - first).days > 2, f"three days in a row: {first}"
    for on, run in told.done["running"].items():
        if RUNS[run.step].id in CAPPED[2:]:  # (d4) the day after it is off
            assert not [day for day in loaded if (day - on).days == 1], on


def _one_at_a_time(told: Lived) -> None:
    """(c3, c10-30) no two strands on a day, strength and running never within 72 hours."""
    for (on, one), (later, other) in pairwise(told.rises):
        if one != other:
            assert (later - on).days >= (1 if "hops" in (one, other) else 3), (on, one, other)
    hills = [
        on for on, run in told.done["running"].items() if RUNS[run.step].id == "R16" and run.hard
    ]
    for on, name in told.rises:  # (d2 R16) never in the same week as another step up
        assert name == "running" or not [day for day in hills if abs((day - on).days) < 7], on
    for name in ("hops", "running"):
        _greens(told, name)


def _greens(told: Lived, name: str) -> None:
    """(c3, d2) two GREENs in a row before every step up, and no step left out."""
    for before, now in pairwise(told.states):
        if (now.day, name) not in told.rises:
            continue
        steps = [
            (state.energy if name == "hops" else state.running).step or 0 for state in (before, now)
        ]
        entry = name == "running" and not steps[0]  # whoever ran on enters the steps once (d1)
        assert entry or steps[1] == steps[0] + 1, now.day
        judged = [
            record.response
            for on, record in sorted(told.done[name].items())
            if on < now.day and record.counts and not record.gap
        ]
        assert entry or judged[-2:] == [Response.GREEN] * 2, now.day


def _capped(told: Lived) -> None:
    """(d1) half of the usual week for who runs on, and from R10 at most 15 % more a week (d2)."""
    runs = told.done["running"]
    states = {state.day: state for state in told.states}
    for on, run in runs.items():
        weeks = [0.0] * 5
        for day, other in runs.items():
            if 0 <= (number := (on - day).days // 7) < len(weeks):
                weeks[number] += other.minutes
        usual = states[on].running_minutes
        if states[on].running.kept:
            assert run.minutes <= 45, on
            assert usual is None or weeks[0] <= usual / 2, on
        if RUNS[run.step].id in CAPPED and max(weeks[1:]):
            assert weeks[0] <= 1.15 * max(weeks[1:]) + 1e-6, on


def _hard_runs(told: Lived) -> None:
    """(d2 R14 to R16) hills and tempo once a week, and none of them below R11."""
    hard = {on: run for on, run in told.done["running"].items() if run.hard}
    assert all(RUNS[run.step].id in (*CAPPED[1:], "R17") for run in hard.values())
    _apart([on for on, run in sorted(hard.items()) if RUNS[run.step].id in CAPPED[4:]], 7)


def _within_cap(state: State, share: Share) -> None:
    """(b1) no exercise of a dose step bends the loaded hip further than the step allows."""
    dose = LADDER[share.step]
    cap = state.rules.hip_flexion_cap(dose)
    passing = state.rules.stages[dose.stage].passing_cap
    for item in share.items:
        if cap is None or item.strand is not Strand.HAMSTRING or item.range_limit is not None:
            assert cap is None or (item.range_limit or 0) <= cap, (state.day, item.id)
        else:
            assert EXERCISES[item.id].stays_within(cap, passing=passing), (state.day, item.id)


def trail(told: Lived, *, strength: bool = False) -> list[str]:
    """Return the days on which stage, runs or hops changed, as lines; strength too if asked."""
    found: list[str] = []
    for day, state in enumerate(told.states):
        names = [state.stage.value[:6], state.running.step_id or "-", state.energy.step_id or "-"]
        now = " ".join([*names, state.dose.id] if strength else names)
        if not found or found[-1].partition(" ")[2] != now:
            found.append(f"{day} {now}")
    return found
