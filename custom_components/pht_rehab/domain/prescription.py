"""From a day's plan to its exercises and their doses (b4, b5, h2).

A line of a session lists its exercises by preference; the first one the person's equipment
allows is taken, else the last with its no-equipment version. The first line follows the dose
step exactly, the others stay inside their own range of the library.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .content import CompanionDose, Line
from .exercises import EXERCISES, Equipment, Exercise, Sides, Strand
from .model import Goal, Side, Stage
from .progression import Dose
from .protocol import EASY_TESTS, DoseStep, StagePlan
from .records import SessionRecord
from .rules import Rules
from .schedule import DayPlan
from .strand_steps import StrandDose


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescribed:
    """One exercise of a day. Holds in seconds, rest in seconds, range limit in degrees of hip.

    ``sides`` is left or right where each side has a dose of its own.
    """

    id: str
    strand: Strand
    sides: Sides | Side
    sets: int
    reps: int | None
    hold_seconds: int | None
    tempo: str
    rest_seconds: int
    effort: str | None
    repetition_maximum: int | None
    equipped: bool
    range_limit: int | None = None

    @property
    def key(self) -> str:
        """Its id, with the side where each side has a dose of its own."""
        return f"{self.id}:{self.sides}" if isinstance(self.sides, Side) else self.id

    @property
    def seconds(self) -> float:
        """How long it takes, rests included."""
        sides = 2 if self.sides in (Sides.EACH, Sides.ALTERNATE) else 1
        work = self.hold_seconds or (self.reps or 0) * EXERCISES[self.id].rep_seconds
        return self.sets * (work * sides + self.rest_seconds)

    @property
    def loaded_seconds(self) -> float:
        """Time under tension of one side."""
        work = self.hold_seconds or (self.reps or 0) * EXERCISES[self.id].rep_seconds
        return self.sets * work


def prescribe(
    rules: Rules,
    plan: DayPlan,
    equipment: Iterable[str],
    goal: Goal,
    calm: tuple[int, int] = (0, 0),
) -> tuple[Prescribed, ...]:
    """Return the exercises of a day by the edition in force, hamstring first, then trunk, gluteal.

    ``calm``: calm sessions at the trunk and the gluteal level that the amounts have grown by.
    """
    kit = frozenset(Equipment(item) for item in equipment)
    items: list[Prescribed] = []
    if plan.energy is not None:  # fast work comes first, while fresh (b4 P4)
        items += _energy(rules, plan.energy, kit)
    if plan.dose is not None:
        items += _hamstring(rules, plan, plan.dose, kit)
    for level, content, greens in (
        (plan.trunk, rules.trunk, calm[0]),
        (plan.gluteal, rules.gluteal, calm[1]),
    ):
        if level is not None:
            choices = content[level]
            doses = choices[plan.on.toordinal() // 2 % len(choices)]
            items += [_companion(rules, plan, item, greens, kit) for item in doses]
    known = {item.id for item in items}
    runner = goal is Goal.RUNNING and plan.stage is not Stage.SETTLE
    if plan.gluteal is not None and runner and rules.calf.exercise not in known:
        items.append(_companion(rules, plan, rules.calf, calm[1], kit))
    return tuple(items)


def _hamstring(
    rules: Rules, plan: DayPlan, dose: Dose, kit: frozenset[Equipment]
) -> list[Prescribed]:
    step = rules.ladder[dose.step]
    less = 1 if dose.set_less else 0
    sport = plan.stage is Stage.RETURN_TO_SPORT
    sessions = rules.sport_sessions if sport else rules.sessions[step.id]
    lines = sessions[0 if plan.light else plan.parity]
    items = [
        _strength(rules, step, EXERCISES[_choose(line, kit)], kit, less, main=index == 0)
        for index, line in enumerate(lines)
    ]
    if not EASY_TESTS.issuperset(plan.tests) and len(items) > 1:
        return items[1:]  # the tests stand in place of the bridge or hinge line (c10-42)
    return items


def _energy(rules: Rules, dose: StrandDose, kit: frozenset[Equipment]) -> Iterator[Prescribed]:
    step = rules.energy_steps[dose.step]
    drills = step.grown if dose.grown and step.grown else step.drills
    for drill in drills:
        exercise = EXERCISES[drill.exercise]
        yield Prescribed(
            id=exercise.id,
            strand=exercise.strand,
            sides=drill.sides or exercise.sides,
            sets=max(1, drill.sets - dose.set_less),
            reps=drill.amount,
            hold_seconds=None,
            tempo=exercise.tempo,
            rest_seconds=exercise.rest_seconds[0],
            effort=rules.energy_effort,
            repetition_maximum=None,
            equipped=exercise.equipment <= kit,
        )


def _choose(line: Line, kit: frozenset[Equipment]) -> str:
    for exercise in line:
        if EXERCISES[exercise].equipment <= kit:
            return exercise
    return line[-1]


def _strength(  # noqa: PLR0913
    rules: Rules,
    step: DoseStep,
    exercise: Exercise,
    kit: frozenset[Equipment],
    less: int,
    *,
    main: bool,
) -> Prescribed:
    stage = rules.stages[step.stage]
    reps, hold = step.reps, step.hold_seconds
    sets, most = step.sets, step.repetition_maximum
    if not main:
        sets = min(sets, exercise.sets[1])
        reps = _clamp(reps, exercise.reps)
        hold = _clamp(hold, exercise.hold_seconds)
        if most is not None and reps is not None:
            most = max(most, reps)  # more repetitions than the step's need a lighter load
    return Prescribed(
        id=exercise.id,
        strand=exercise.strand,
        sides=exercise.sides,
        sets=max(1, sets - less),
        reps=reps,
        hold_seconds=hold,
        tempo=exercise.tempo,
        rest_seconds=_rest(stage, exercise),
        effort=step.effort,
        repetition_maximum=most,
        equipped=exercise.equipment <= kit,
        range_limit=_range_limit(rules.hip_flexion_cap(step), stage, exercise),
    )


def _clamp(value: int | None, bounds: tuple[int, int] | None) -> int | None:
    if bounds is None:
        return None
    low, high = bounds
    return high if value is None else max(low, min(high, value))


def _rest(stage: StagePlan, exercise: Exercise) -> int:
    low, high = exercise.rest_seconds
    return max(low, min(high, stage.rest_seconds))


def _range_limit(cap: int | None, stage: StagePlan, exercise: Exercise) -> int | None:
    """Return where the movement stops short of its full range, or None if it need not."""
    if cap is None or exercise.peak_hip_flexion <= cap:
        return None
    if stage.passing_cap is not None and exercise.peak_hip_flexion <= stage.passing_cap:
        return None
    return cap


def _companion(
    rules: Rules, plan: DayPlan, dose: CompanionDose, greens: int, kit: frozenset[Equipment]
) -> Prescribed:
    exercise = EXERCISES[dose.exercise]
    amount = min(dose.top, dose.first + dose.gain * (greens // 2))
    sets = dose.sets
    if plan.stage is Stage.SETTLE and exercise.strand is Strand.GLUTEAL:
        sets = min(sets, rules.settle_gluteal_sets)
    return Prescribed(
        id=exercise.id,
        strand=exercise.strand,
        sides=exercise.sides,
        sets=sets,
        reps=None if exercise.hold_seconds else amount,
        hold_seconds=amount if exercise.hold_seconds else None,
        tempo=exercise.tempo,
        rest_seconds=exercise.rest_seconds[0],
        effort=None,
        repetition_maximum=None,
        equipped=exercise.equipment <= kit,
    )


def seconds_under_tension(rules: Rules, session: SessionRecord) -> float:
    """Return how long the tendon's side worked in the hamstring exercises of a session."""
    step = rules.ladder[session.step]
    mains = {exercise for lines in rules.sessions[step.id] for exercise in lines[0]}
    less = 1 if session.set_less else 0
    total = 0.0
    for name, share in session.done.items():
        exercise = EXERCISES[name]
        if exercise.strand is Strand.HAMSTRING:
            item = _strength(rules, step, exercise, frozenset(), less, main=name in mains)
            total += share * item.loaded_seconds
    return total


def minutes(items: Iterable[Prescribed]) -> float:
    """Return how long the exercises take together."""
    return sum(item.seconds for item in items) / 60
