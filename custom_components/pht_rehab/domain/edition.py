"""A protocol of one's own: figures laid over a built-in edition of the rules.

The words are fixed: stages, dose steps, tests, exercises and how an exit line is worked out. A
protocol changes figures, and which exercises a dose step prescribes. What it does not name is the
built-in's.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from .coherence import discord
from .content import CompanionDose, Levels, Lines
from .exercises import EXERCISES
from .limits import Path
from .plain import open_figures, timed
from .protocol import Criterion, DoseStep, StagePlan
from .reader import Reader, Told
from .rules import Rules
from .strands import Drill, EnergyStep, RunStep

LEFT_OUT: Final = frozenset({"capacity", "sitting"})
"""Exit lines a protocol may add or do without; the others protect."""
_ANY: Final = next(iter(EXERCISES))
_UNTOLD: Final = CompanionDose(exercise=_ANY, sets=1, first=1, top=1, gain=0)
_UNTOLD_DRILL: Final = Drill(exercise=_ANY, sets=1)


class EditionReader(Reader):
    """Reads a whole edition: the tables of the rules are told by name, not by place."""

    def __init__(self, base: Rules, *, trusted: bool = False) -> None:
        super().__init__(trusted=trusted)
        self.base = base
        every = (line for plan in base.stages.values() for line in plan.exit)
        self._asked = {line.id: line for line in every if line.rule in LEFT_OUT}
        self._own = {
            (StagePlan, "exit"): self._exit,
            (Rules, "ladder"): self._ladder,
            (Rules, "sessions"): self._sessions,
            (Rules, "sport_sessions"): self._lines,
            (Rules, "energy_steps"): self._ladder,
            (EnergyStep, "drills"): self._drills,
            (EnergyStep, "grown"): self._drills,
            (Rules, "run_steps"): self._runs,
            (Rules, "trunk"): self._levels,
            (Rules, "gluteal"): self._levels,
        }

    def read(self, told: Told) -> Rules:
        """Return the edition that ``told`` makes of the base; good only without problems."""
        rules = _tied(self._record(self.base, told, ()))
        if self._trusted:
            return rules
        known = {found.path for found in self.problems}
        self.problems += [item for item in discord(rules, self.base) if item.path not in known]
        return rules

    def _exit(self, base: tuple[Criterion, ...], told: Told, path: Path) -> tuple[Criterion, ...]:
        lines = {line.id: line for line in base}
        known = (self._asked | lines) if base else {}
        for name, figures in self._mapping(told, path).items():
            line = lines.get(name) or known.get(name)
            if line is None:
                self._unknown(name, path, known)
            elif figures is not None:
                where = (*path, name)
                if names := open_figures(line):
                    line = self._record(line, figures, where, names)
                elif self._mapping(figures, where):
                    self._refuse("no_figures", where)
                lines[name] = line
            elif line.rule in LEFT_OUT:
                lines.pop(name, None)
            else:
                self._refuse("always_asked", (*path, name))
        return tuple(lines.values())

    def _ladder[T: (DoseStep, EnergyStep, RunStep)](
        self, base: tuple[T, ...], told: Told, path: Path
    ) -> tuple[T, ...]:
        steps = {step.id: step for step in base}
        for name, dose in self._mapping(told, path).items():
            if name in steps:
                steps[name] = self._record(steps[name], dose, (*path, name))
            else:
                self._unknown(name, path, steps)
        return tuple(steps.values())

    def _runs(self, base: tuple[RunStep, ...], told: Told, path: Path) -> tuple[RunStep, ...]:
        """Read the runs that have minutes; the gate and normal training have no figures."""
        read = {step.id: step for step in self._ladder(tuple(filter(timed, base)), told, path)}
        return tuple(read.get(step.id, step) for step in base)

    def _sessions(self, base: Mapping[str, Lines], told: Told, path: Path) -> Mapping[str, Lines]:
        found = dict(base)
        for name, sessions in self._mapping(told, path).items():
            if name in base:
                found[name] = self._lines(base[name], sessions, (*path, name))
            else:
                self._unknown(name, path, base)
        return found

    def _lines(self, base: Lines, told: Told, path: Path) -> Lines:
        """Read one session, or one and the next."""
        each = [
            tuple(
                self._line(line, (*path, str(number), str(place)))
                for place, line in enumerate(self._list(lines, (*path, str(number))))
            )
            for number, lines in enumerate(self._list(told, path, 2))
        ]
        return (each[0], each[-1]) if each and all(each) else base

    def _drills(self, _base: tuple[Drill, ...], told: Told, path: Path) -> tuple[Drill, ...]:
        if told == [] and path[-1] == "grown":
            return ()
        return tuple(
            self._record(
                _UNTOLD_DRILL, self._named(drill, (*path, str(place))), (*path, str(place))
            )
            for place, drill in enumerate(self._list(told, path))
        )

    def _named(self, told: Told, path: Path) -> Mapping[str, Told]:
        """Return the figures of something that has no built-in one beneath it."""
        named = self._mapping(told, path)
        for name in ("exercise", "sets"):
            if name not in named:
                self._refuse("missing", (*path, name))
        return named

    def _line(self, told: Told, path: Path) -> tuple[str, ...]:
        names = [told] if isinstance(told, str) else self._list(told, path)
        return tuple(self._one_of(EXERCISES, name, path) for name in names)

    def _levels(self, base: Levels, told: Told, path: Path) -> Levels:
        found = dict(base)
        keys = {str(level): level for level in base}
        for name, choices in self._mapping(told, path).items():
            if name not in keys:
                self._unknown(name, path, keys)
                continue
            where = (*path, name)
            found[keys[name]] = (
                tuple(
                    tuple(
                        self._companion(dose, (*where, str(number), str(place)))
                        for place, dose in enumerate(self._list(doses, (*where, str(number))))
                    )
                    for number, doses in enumerate(self._list(choices, where))
                )
                or base[keys[name]]
            )
        return found

    def _companion(self, told: Told, path: Path) -> CompanionDose:
        named = self._named(told, path)
        dose = self._record(_UNTOLD, named, path)
        if "first" not in named:
            self._refuse("missing", (*path, "first"))
        return dose if "top" in named else replace(dose, top=dose.first)


def _tied(rules: Rules) -> Rules:
    """Return the rules with the exit lines that repeat a figure told elsewhere."""
    stages = {
        stage: replace(plan, exit=tuple(_repeated(line, plan, rules) for line in plan.exit))
        for stage, plan in rules.stages.items()
    }
    return replace(rules, stages=stages)


def _repeated(line: Criterion, plan: StagePlan, rules: Rules) -> Criterion:
    match line.rule:
        case "days_in_stage":
            return replace(line, target=plan.min_days)
        case "no_red":
            return replace(line, within=plan.no_red_days)
        case "adherence":
            return replace(line, target=round(100 * rules.adherence_min))
        case "load_test" | "load_test_or_steady":
            return replace(line, test=plan.load_test)
        case _:
            return line
