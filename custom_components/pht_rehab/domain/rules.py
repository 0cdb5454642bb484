"""The thresholds of the programme, as data: a physiotherapist reads and corrects this file.

Scores are NRS 0-10 at the sit bone. Days are local calendar dates. Sources: section letters
of the clinical reference, source numbers in brackets. Where no source is named the number is
a design choice inside the range clinicians use; expert consensus, not trial evidence.

A change of any number is a new ``Rules`` with the next version in ``RULES``: programmes keep
the version that was in force on each past day, so an update moves nobody in retrospect. What
the stages prescribe and ask is part of an edition too; it stands in protocol.py and content.py.
The same in every edition are which steps of running there are and what they wait for (strands.py),
the holds of a flare-up (flare.py) and the companions' highest level of a stage (companions.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from .content import (
    CALF,
    ENERGY_EFFORT,
    GLUTEAL,
    SESSIONS,
    SPORT_SESSIONS,
    TRUNK,
    CompanionDose,
    Levels,
    Lines,
)
from .model import Stage
from .protocol import LADDER, LETTER_CAPS, STAGES, DoseStep, StagePlan
from .strands import (
    ENERGY,
    ENERGY_RULES,
    ENERGY_WEEKLY_RULES,
    RUN_RULES,
    RUNNING_RULES,
    RUNS,
    EnergyStep,
    RunningRules,
    RunStep,
    StrandRules,
)

SITTING_CAPS: Final[Mapping[Stage, float]] = MappingProxyType(
    {Stage.SETTLE: 20, Stage.ISOMETRIC: 30, Stage.ISOTONIC: 45, Stage.HIP_FLEXION: 60}
)
"""(e1) minutes of sitting on end; a stage that is not here is free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BandLimits:
    """The limits of one pain band (c1): above ``green_max`` amber, from ``red_min`` red."""

    green_max: float
    red_min: float
    delta_amber: float
    delta_red: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """One edition of the rules; every field is a number of (c9) or (c10)."""

    version: int

    # (b1, b4) protocol.py.
    stages: Mapping[Stage, StagePlan]  # what each stage prescribes, and asks before the next
    ladder: tuple[DoseStep, ...]  # the dose steps
    letter_caps: Mapping[str, int]  # loaded hip flexion of S3.a, S3.b and S3.c in degrees

    # (b4, b5) content.py.
    sessions: Mapping[str, Lines]  # the exercises of a dose step, one session and the next
    sport_sessions: Lines  # the strength of S6 while returning to sport
    energy_steps: tuple[EnergyStep, ...]  # the drills of each step; grown once it was calm
    energy_effort: str  # RPE
    trunk: Levels  # level by level, one day and the next
    gluteal: Levels
    calf: CompanionDose  # the heel raise that runners add

    # (c1) 0-3 coped, 4-5 allowed but does not count, 6 and up too much; the next morning has
    # the last word. The 0-3 line: [S1, S3]; up to 5 is usually taught as acceptable [S18].
    normal: BandLimits
    strict: BandLimits
    high_morning_amber: float = 4
    high_morning_red: float = 6
    high_morning_delta: float = 1
    coped_max: float = 3

    # (c0, c10-21) baseline: median of the morning test over this many days.
    baseline_window_days: int = 7
    baseline_min_values: int = 3

    # (c3) dose steps.
    rung_up_greens: int = 2
    rung_up_min_days_isometric: int = 2
    rung_up_min_days: int = 4
    rung_up_min_days_slow: int = 7  # (c10-50) K15, from the isotonic stages on
    strand_hold_days: int = 3  # (c3, c10-30) 72 h between a step up of strength and one of running
    effort_too_high: float = 9  # (c10-9)
    effort_too_high_times: int = 2
    ambers_to_reduce: int = 2
    failed_step_window_days: int = 28  # (c10-7)
    failed_step_count: int = 2
    failed_step_rest_days: int = 14
    underload_pain_max: float = 1  # (c3, c10-8)
    underload_effort_once: float = 5
    underload_effort_twice: float = 6
    underload_times: int = 2

    # (c2, c6, c7) how much of a session was done.
    share_full: float = 0.8
    share_counts: float = 0.5

    # (c3, c10-29) after a RED: dates to wait, and when to offer the lower step unscored.
    red_wait_days: int = 2
    red_wait_rise: float = 1
    red_wait_unscored_days: int = 4
    reds_for_flare: int = 2
    reds_window_days: int = 7
    reds_for_prompt: int = 3
    reds_prompt_window_days: int = 28

    # (c10-14) rest-of-day pain this far above the person's usual is ignored while irritable.
    usual_rise: float = 1
    usual_values: int = 7

    # (c10-15) the settle stage leaves the strict band after this many quiet days.
    settle_strict_days: int = 10

    # (c5, c10-32..36) flare-up.
    flare_rise: float = 2
    flare_f1_min: float = 4
    flare_single: float = 7
    flare_rest_pain: float = 4
    flare_settle_mornings: int = 2
    flare_settle_rise: float = 1
    flare_first_days: int = 3  # day 0-2
    flare_long_days: int = 7
    flare_unsettled_days: int = 14
    flare_steady_mornings: int = 3
    flare_resume_steps_down: int = 2
    flare_hold_days: int = 7
    flare_again_days: int = 28
    consecutive_gap_days: int = 2  # (c10-24)

    # (c4, c10-23, c10-38) drift and the absolute guard.
    drift_min_scores: int = 5
    drift_window_days: int = 28
    drift_creep: float = 2
    drift_flare: float = 3
    drift_again_days: int = 7
    drift_prompt_days: int = 14
    guard_min_values: int = 3
    guard_hold: float = 4
    guard_flare: float = 5
    sitting_fall: float = 0.5

    # (c7, c10-28) days since the last session of the strand.
    gap_repeat_days: int = 5
    gap_step_down_days: int = 8
    gap_two_down_days: int = 15
    gap_stage_down_days: int = 29
    gap_rescreen_days: int = 85
    gap_isometric_days: int = 7

    # (c3, c10) leaving a stage.
    adherence_min: float = 0.75
    adherence_stop: float = 0.5
    adherence_window_days: int = 14
    adherence_min_sessions: int = 3
    isometric_days: int = 5  # (c10-26) daily work, target 5 of 7
    week_days: int = 7
    report_valid_days: int = 7  # (c10-44) rest ache, sitting minutes, night waking
    test_valid_days: int = 28  # (c10-42)
    test_ahead_days: int = 7
    test_again_days: int = 7
    tests_per_day: int = 2  # (b3-3)
    way_back_days: int = 7  # (c10-40)
    way_back_window_days: int = 84
    steady_days: int = 28  # (c10-43)
    steady_change: float = 1
    symmetry_min: float = 0.9  # (b4) 90 % of the other side

    # (c8, c10-45) stagnation and events.
    amber_loop: int = 4
    amber_loop_of: int = 6
    no_green_days: int = 28
    no_green_sessions: int = 4
    no_green_again_days: int = 84
    event_steps_down: int = 2
    event_strict_days: int = 14
    fever_free_days: int = 1
    prompt_days: int = 28  # how long a prompt to see a clinician stays up
    screening_days: int = 30  # (g1) asked again every month and after RED or STOP

    # (f3, c8) the weekly check, a sum 0-100 of our own: how long one stands for today (one week
    # may be left out), the change worth a look (arbitrary), and the gain that six weeks of a
    # programme that works should bring; below hip flexion at twelve weeks is slow too.
    weekly_valid_days: int = 14
    weekly_noteworthy: float = 10
    weekly_gain: float = 10
    weekly_gain_days: int = 42
    slow_course_days: int = 84

    # (b4, c10-47) maintenance.
    relapse_rise: float = 2
    relapse_mornings: int = 3
    relapse_window_days: int = 7
    relapse_usual_days: int = 28
    relapse_days: int = 14
    maintenance_check_days: int = 7
    own_test_again_days: int = 7  # (c10-19)
    twice_a_week_age: int = 60  # from here on strength is better kept by two sessions [S51]

    # (b3) placement: high irritability if any.
    place_rest_pain: float = 4
    place_sitting_minutes: float = 15
    place_test_max: float = 3
    place_rise: float = 1

    # (c10-31, g1 K16) the other side: how far above its own B a morning is newly sore, where it
    # has no history from what score on, and how long back it may have hurt to ask for it.
    newly_sore_rise: float = 2
    newly_sore_first: float = 3
    other_side_days: int = 90

    # (b5, c10-30) companions.
    companion_sessions: tuple[int, ...] = (2, 10)  # calm ones, to leave level 1 and level 2
    companion_hold_days: int = 3
    companion_per_week: int = 3
    companion_spacing_days: int = 2  # (b4 P0) every second day
    settle_gluteal_sets: int = 2  # (b4 P0)
    companion_spare_days: int = 2  # this many free training days a week take them over

    # (e1) minutes of sitting on end, all (design). Avoidance is for the irritable weeks only,
    # followed by graded return [S47]; under 30 minutes marks intolerance in trials [S22].
    sitting_caps: Mapping[Stage, float] = SITTING_CAPS
    sitting_share: float = 0.8  # of the minutes to 3/10
    sitting_floor: float = 5
    sitting_growth: float = 0.1
    sitting_growth_min: float = 2
    sitting_growth_days: int = 3
    sitting_sore: float = 4  # a day above this
    sitting_shrink: float = 0.2
    sitting_flare_share: float = 0.5  # (c5) sitting budget halved
    sitting_break: float = 2  # minutes on the feet, the lower end of 2-3
    sitting_long: float = 60  # minutes; above it a load event

    # (b4 P4, c, d) the strands beside the hamstring's: strands.py.
    energy: StrandRules = ENERGY_RULES
    energy_weekly: StrandRules = ENERGY_WEEKLY_RULES
    runs: StrandRules = RUN_RULES
    run_steps: tuple[RunStep, ...] = RUNS  # (d2) minutes, parts and walks of each run
    running: RunningRules = RUNNING_RULES

    def hip_flexion_cap(self, step: DoseStep) -> int | None:
        """Return the loaded hip flexion a dose step may reach, in degrees; None = free (b1)."""
        if step.stage is Stage.HIP_FLEXION:
            return self.letter_caps[step.id[3]]
        return self.stages[step.stage].hip_flexion_cap


_V1: Final = Rules(
    version=1,
    stages=STAGES,
    ladder=LADDER,
    letter_caps=LETTER_CAPS,
    sessions=SESSIONS,
    sport_sessions=SPORT_SESSIONS,
    energy_steps=ENERGY,
    energy_effort=ENERGY_EFFORT,
    trunk=TRUNK,
    gluteal=GLUTEAL,
    calf=CALF,
    normal=BandLimits(green_max=3, red_min=6, delta_amber=1.5, delta_red=3),
    strict=BandLimits(green_max=2, red_min=5, delta_amber=1.5, delta_red=2),
)

RULES: Final[Mapping[int, Rules]] = {1: _V1}
RULES_VERSION: Final = max(RULES)
