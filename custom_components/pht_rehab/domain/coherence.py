"""What must fit together in a protocol of one's own, and what it may not loosen.

An upper line lies above its lower one, the strict band is never the looser one, heavy work keeps
its 48 hours (b1), a stage down leads down, and no exercise bends the loaded hip further than its
dose step allows (b1, h2).
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from .content import Lines
from .exercises import EXERCISES, Exercise, Strand
from .limits import Path, Problem, problem
from .model import Stage
from .protocol import LADDER, LAST_STEP, LOAD_TESTS, STEP_INDEX, DoseStep, StagePlan
from .rules import Rules
from .strands import Drill

_ORDERED: Final = (
    ("share_counts", "share_full"),
    ("high_morning_amber", "high_morning_red"),
    ("rung_up_min_days", "rung_up_min_days_slow"),
    ("red_wait_days", "red_wait_unscored_days"),
    ("adherence_stop", "adherence_min"),
    ("amber_loop", "amber_loop_of"),
    ("underload_effort_once", "underload_effort_twice"),
    ("reds_for_flare", "reds_for_prompt"),
    ("relapse_mornings", "relapse_window_days"),
    ("baseline_min_values", "baseline_window_days"),
    ("drift_min_scores", "baseline_window_days"),
    ("guard_min_values", "baseline_window_days"),
    ("flare_settle_mornings", "flare_long_days"),
)
"""Pairs of which the first is at most the second."""
_RISING: Final = (
    ("drift_creep", "drift_flare"),
    ("guard_hold", "guard_flare"),
    ("flare_first_days", "flare_long_days"),
    ("flare_long_days", "flare_unsettled_days"),
    ("gap_repeat_days", "gap_step_down_days"),
    ("gap_step_down_days", "gap_two_down_days"),
    ("gap_two_down_days", "gap_stage_down_days"),
    ("gap_stage_down_days", "gap_rescreen_days"),
)
"""Pairs of which the first is below the second."""
_GAPS: Final = ("gap_repeat_days", "gap_step_down_days", "gap_far_days", "gap_restart_days")
_BANDS: Final = ("green_max", "red_min", "delta_amber", "delta_red")
_DAILY: Final = frozenset({Stage.SETTLE, Stage.ISOMETRIC})
_SPACED: Final = 2
"""Dates between two heavy sessions (b1, c10-25)."""
_JUMP: Final = 1.5
"""(design) a run may have so much of the minutes of the step before it, as R2 and R3 have."""
_LEAST_DAYS: Final = 3
"""In a stage that has another above it."""


def discord(rules: Rules, base: Rules) -> Iterator[Problem]:
    """Yield what does not fit together in ``rules``, an edition made from ``base``."""
    for pairs, strictly in ((_ORDERED, False), (_RISING, True)):
        for low, high in pairs:
            yield from _order(rules, (low,), (high,), strictly=strictly)
    for name in ("normal", "strict"):
        yield from _order(rules, (name, "green_max"), (name, "red_min"), strictly=True)
        yield from _order(rules, (name, "delta_amber"), (name, "delta_red"))
    for name in _BANDS:
        yield from _order(rules, ("strict", name), ("normal", name))
    for low, high in pairwise(rules.letter_caps):
        if rules.letter_caps[low] > rules.letter_caps[high]:
            where = ("letter_caps", low)
            yield problem("not_above", where, other=high, value=rules.letter_caps[high])
    for stage, plan in rules.stages.items():
        for found in _plan(plan, stage, base.stages[stage]):
            yield problem(found.key, ("stages", stage.value, *found.path), **found.figures)
    yield from _doses(rules)
    yield from _companions(rules)
    for step in rules.ladder:
        yield from _lines(rules, base, step)
    yield from _sport(rules)
    yield from _hops(rules, base)
    yield from _runs(rules, base)


def _figure(rules: Rules, path: Path) -> float:
    found: Any = rules
    for name in path:
        found = getattr(found, name)
    figure: float = found
    return figure


def _order(rules: Rules, low: Path, high: Path, *, strictly: bool = False) -> Iterator[Problem]:
    less, more = _figure(rules, low), _figure(rules, high)
    if less > more or (strictly and less == more):
        key = "not_below" if strictly else "not_above"
        yield problem(key, low, other=".".join(high), value=more)


def _plan(plan: StagePlan, stage: Stage, base: StagePlan) -> Iterator[Problem]:
    if plan.max_days is not None and plan.min_days > plan.max_days:
        yield problem("not_above", ("min_days",), other="max_days", value=plan.max_days)
    if plan.planned_per_week > plan.most_per_week:
        where = ("planned_per_week",)
        yield problem("not_above", where, other="most_per_week", value=plan.most_per_week)
    if plan.daily and stage not in _DAILY:
        yield problem("not_daily", ("daily",))
    for name, least in _least(stage, base).items():
        if (value := getattr(plan, name)) < least:
            yield problem("too_few", (name,), value=value, least=least)
    if plan.energy_per_week > base.energy_per_week:
        value, known = plan.energy_per_week, base.energy_per_week
        yield problem("more_than_built_in", ("energy_per_week",), value=value, known=known)
    cap, passing = plan.hip_flexion_cap, plan.passing_cap
    if cap is not None and passing is not None and cap > passing:
        yield problem("not_above", ("hip_flexion_cap",), other="passing_cap", value=passing)
    if LOAD_TESTS.index(plan.load_test) > LOAD_TESTS.index(base.load_test):
        yield problem("test_harder", ("load_test",), value=plan.load_test, known=base.load_test)
    if plan.landing != base.landing and not _lower(plan.landing, stage):
        yield problem("lands_above", ("landing",), value=plan.landing)
    yield from _floors(plan, stage)


def _least(stage: Stage, base: StagePlan) -> Mapping[str, int]:
    """Return what some figures have to be at least, in a stage that is not daily or not open."""
    least = {"min_days": _LEAST_DAYS} if base.min_days else {}
    return least if stage in _DAILY else least | {"spacing_days": _SPACED}


def _lower(step: str, stage: Stage) -> bool:
    return not _stage(step).reaches(stage)


def _floors(plan: StagePlan, stage: Stage) -> Iterator[Problem]:
    for line in plan.exit:
        where = ("exit", line.id)
        if line.rule == "floor_step" and _stage(line.step) is not stage:
            yield problem("not_in_stage", (*where, "step"), value=line.step)
        if line.count > line.within > 0:
            yield problem("not_above", (*where, "count"), other="within", value=line.within)


def _stage(step: str) -> Stage:
    return LADDER[STEP_INDEX[step]].stage


def _doses(rules: Rules) -> Iterator[Problem]:
    for step in rules.ladder:
        where = ("ladder", step.id)
        if (step.reps is None) is (step.hold_seconds is None):
            yield problem("reps_or_hold", where)
        most = step.repetition_maximum
        if most is not None and step.reps is not None and most < step.reps:
            yield problem("not_above", (*where, "reps"), other="repetition_maximum", value=most)


def _companions(rules: Rules) -> Iterator[Problem]:
    doses = {
        (name, str(level), str(number), str(place)): dose
        for name, levels in (("trunk", rules.trunk), ("gluteal", rules.gluteal))
        for level, choices in levels.items()
        for number, choice in enumerate(choices)
        for place, dose in enumerate(choice)
    }
    for where, dose in (doses | {("calf",): rules.calf}).items():
        strand = Strand.TRUNK if where[0] == Strand.TRUNK else Strand.GLUTEAL
        if EXERCISES[dose.exercise].strand is not strand:
            yield problem("other_strand", (*where, "exercise"), value=dose.exercise, known=strand)
        if dose.first > dose.top:
            yield problem("not_above", (*where, "first"), other="top", value=dose.top)


def _lines(rules: Rules, base: Rules, step: DoseStep) -> Iterator[Problem]:
    """Yield the exercises that do not fit their dose step: strand, kind of dose, hip flexion."""
    known = {name for lines in base.sessions[step.id] for line in lines for name in line}
    strands = {EXERCISES[name].strand for name in known}
    for where, place, name in _named(("sessions", step.id), rules.sessions[step.id]):
        exercise = EXERCISES[name]
        if exercise.is_test or exercise.strand not in strands:
            yield problem("other_strand", where, value=name, known=Strand.HAMSTRING)
        elif place == 0 and not _suits(exercise, step):
            yield problem("other_dose", where, value=name, step=step.id)
        elif not (_bends_less(rules, step, name) or _limited(base, step, name)):
            cap, peak = rules.hip_flexion_cap(step), exercise.peak_hip_flexion
            yield problem("over_cap", where, value=name, peak=peak, cap=cap)


def _named(path: Path, sessions: Lines) -> Iterator[tuple[Path, int, str]]:
    """Yield every exercise of one session and the next with its path and the place of its line."""
    one, other = sessions
    for number, lines in enumerate((one, other)[: 1 + (one != other)]):
        for place, line in enumerate(lines):
            for name in line:
                yield (*path, str(number), str(place)), place, name


def _sport(rules: Rules) -> Iterator[Problem]:
    """Yield what is no strength of S6; hip flexion is free in that stage (b1)."""
    step = rules.ladder[LAST_STEP[Stage.RETURN_TO_SPORT]]
    for where, place, name in _named(("sport_sessions",), rules.sport_sessions):
        if EXERCISES[name].is_test or EXERCISES[name].strand is not Strand.HAMSTRING:
            yield problem("other_strand", where, value=name, known=Strand.HAMSTRING)
        elif place == 0 and not _suits(EXERCISES[name], step):
            yield problem("other_dose", where, value=name, step=step.id)


def _hops(rules: Rules, base: Rules) -> Iterator[Problem]:
    """Yield what does not fit the strands beside: spacing, ways back, drills (b4 P4, c7)."""
    for strand in ("energy", "energy_weekly", "runs"):
        days, least = getattr(rules, strand).spacing_days, getattr(base, strand).spacing_days
        if days < least:
            yield problem("too_few", (strand, "spacing_days"), value=days, least=least)
        for low, high in pairwise(_GAPS):
            strictly = low != _GAPS[0]
            yield from _order(rules, (strand, low), (strand, high), strictly=strictly)
    cap = rules.stages[Stage.ENERGY_STORAGE].hip_flexion_cap
    for step in rules.energy_steps:
        for name, drills in (("drills", step.drills), ("grown", step.grown)):
            for place, drill in enumerate(drills):
                where = ("energy_steps", step.id, name, str(place))
                yield from _drill(drill, EXERCISES[drill.exercise], cap, where)


def _runs(rules: Rules, base: Rules) -> Iterator[Problem]:
    """Yield the runs that jump from the one before, are left too soon, or fast ones in parts."""
    for before, step, known in zip(
        rules.run_steps, rules.run_steps[1:], base.run_steps[1:], strict=False
    ):
        where = ("run_steps", step.id)
        if step.leaves_after < (least := known.leaves_after):
            value = step.leaves_after
            yield problem("too_few", (*where, "leaves_after"), value=value, least=least)
        if step.fast and step.repeats > 1:
            yield problem("one_piece", (*where, "repeats"))
        if step.fast and step.walk_minutes:
            yield problem("one_piece", (*where, "walk_minutes"))
        minutes, usual = step.minutes or 0, known.minutes or 0
        if minutes > (most := max(usual, _JUMP * (before.minutes or 0))):
            yield problem("jump", (*where, "minutes"), value=minutes, most=most)


def _drill(drill: Drill, exercise: Exercise, cap: int | None, where: Path) -> Iterator[Problem]:
    if exercise.strand is not Strand.ENERGY_STORAGE:
        value = drill.exercise
        yield problem("other_strand", where, value=value, known=Strand.ENERGY_STORAGE)
    elif (drill.amount is None) is (exercise.metres is None):
        yield problem("metres", (*where, "amount"), value=drill.exercise)
    elif cap is not None and not exercise.stays_within(cap):
        peak = exercise.peak_hip_flexion
        yield problem("over_cap", where, value=drill.exercise, peak=peak, cap=cap)


def _suits(exercise: Exercise, step: DoseStep) -> bool:
    """Return whether the first line, which follows the step exactly, can be dosed like it."""
    asked = exercise.hold_seconds if step.hold_seconds is not None else exercise.reps
    return exercise.strand is Strand.HAMSTRING and asked is not None


def _bends_less(rules: Rules, step: DoseStep, name: str) -> bool:
    cap = rules.hip_flexion_cap(step)
    passing = rules.stages[step.stage].passing_cap
    return cap is None or EXERCISES[name].stays_within(cap, passing=passing)


def _limited(base: Rules, step: DoseStep, name: str) -> bool:
    """Return whether the built-in prescribes it past the cap too: with its range cut short."""
    named = any(name in line for lines in base.sessions[step.id] for line in lines)
    return named and not _bends_less(base, step, name)
