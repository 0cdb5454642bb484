"""How far a protocol of one's own may go: the range of each figure.

Wide enough for what clinicians use, and never past what protects: pain up to 5 is the most any
model calls acceptable [S18], an upper line is never later than the built-in one, and heavy work
keeps its 48 hours (b1). Every range is a design choice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .protocol import Criterion, DoseStep, StagePlan
from .rules import BandLimits, Rules
from .strands import Drill, RunningRules, RunStep, StrandRules

type Path = tuple[str, ...]
type Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a protocol, and where. ``key`` names the sentence, for its figures."""

    key: str
    path: Path
    figures: Mapping[str, str]


def problem(key: str, path: Path, **figures: object) -> Problem:
    """Return a problem; numbers are worded without a needless fraction."""
    told = {
        name: f"{value:g}" if isinstance(value, int | float) else str(value)
        for name, value in figures.items()
    }
    return Problem(key, path, told)


PAIN: Final[Span] = (0, 5)
ANY: Final[Span] = (0, 1000)
"""For a figure that has no range of its own yet."""

RANGES: Final[Mapping[type, Mapping[str, Span]]] = {
    BandLimits: {
        "green_max": PAIN,
        "red_min": (0.5, 6),
        "delta_amber": (0.5, 3),
        "delta_red": (0.5, 3),
    },
    StagePlan: {
        "min_days": (0, 180),
        "max_days": (7, 366),
        "hip_flexion_cap": (0, 180),
        "passing_cap": (0, 180),
        "spacing_days": (1, 14),
        "planned_per_week": (1, 7),
        "most_per_week": (1, 7),
        "rest_seconds": (15, 600),
        "plateau_days": (7, 180),
        "no_red_days": (3, 56),
        "energy_per_week": (0, 2),
    },
    DoseStep: {
        "sets": (1, 10),
        "reps": (1, 30),
        "hold_seconds": (5, 120),
        "repetition_maximum": (1, 30),
    },
    StrandRules: {
        "spacing_days": (2, 14),
        "per_week": (1, 4),
        "min_days": (2, 28),
        "red_wait_days": (2, 14),
        "plateau_days": (7, 180),
        "gap_repeat_days": (3, 28),
        "gap_step_down_days": (4, 42),
        "gap_far_days": (5, 56),
        "gap_far_steps": (1, 17),
        "gap_restart_days": (8, 70),
        "gap_restart_steps": (1, 17),
        "flare_steps_down": (1, 6),
    },
    RunningRules: {
        "frequent_per_week": (1, 5),
        "weekly_growth": (1, 1.3),
        "volume_weeks": (2, 12),
        "normal_days": (7, 56),
        "easy_week": (2, 12),
        "easy_week_share": (0.3, 1),
        "creep_share": (0.1, 1),
        "relapse_share": (0.1, 1),
        "kept_share": (0.1, 1),
        "kept_most_minutes": (5, 90),
        "normal_minutes": (10, 90),
        "much": (1, 2),
        "most_days_in_a_row": (1, 3),
        "busy_week_runs": (1, 7),
        "busy_week_strength": (1, 3),
        "reds_window_days": (7, 84),
        "reds": (1, 3),
        "reds_steps_back": (1, 17),
        "energy_shares_days": (1, 5),
        "ahead_weeks": (1, 8),
        "ahead_strength": (1, 3),
        "cadence_aim": (1, 1.1),
        "cadence_most": (1, 1.1),
        "cadence_minutes": (1, 10),
        "cadence_every": (1, 30),
        # (d1) the gate may ask for more and never for less
        "gate_walk_minutes": (30, 120),
        "gate_walk_pain": (0, 2),
        "gate_lunges": (10, 30),
        "gate_lunges_pain": (0, 2),
        "gate_hops": (10, 50),
        "gate_hops_pain": (0, 3),
    },
    RunStep: {
        "minutes": (1, 60),
        "repeats": (1, 12),
        "walk_minutes": (0, 5),
        "leaves_after": (4, 56),
    },
    Drill: {"sets": (1, 6), "amount": (1, 30)},
    Criterion: {"target": (0, 240), "count": (1, 14), "within": (1, 84), "pain_max": PAIN},
    Rules: {
        # (c1) the next morning
        "high_morning_amber": (1, 5),
        "high_morning_red": (1, 6),
        "high_morning_delta": (0, 3),
        "coped_max": PAIN,
        "baseline_window_days": (3, 28),
        "baseline_min_values": (1, 7),
        # (c3) dose steps
        "rung_up_greens": (1, 10),
        "rung_up_min_days_isometric": (1, 28),
        "rung_up_min_days": (2, 28),
        "rung_up_min_days_slow": (2, 56),
        "strand_hold_days": (3, 14),
        "effort_too_high": (6, 10),
        "effort_too_high_times": (1, 5),
        "ambers_to_reduce": (1, 4),
        "failed_step_window_days": (7, 84),
        "failed_step_count": (1, 5),
        "failed_step_rest_days": (1, 84),
        "underload_pain_max": (0, 3),
        "underload_effort_once": (1, 8),
        "underload_effort_twice": (1, 8),
        "underload_times": (1, 10),
        "share_full": (0.5, 1),
        "share_counts": (0.1, 1),
        # (c3) after a RED
        "red_wait_days": (1, 14),
        "red_wait_rise": (0, 3),
        "red_wait_unscored_days": (1, 28),
        "reds_for_flare": (1, 3),
        "reds_window_days": (1, 28),
        "reds_for_prompt": (1, 5),
        "reds_prompt_window_days": (7, 84),
        "usual_rise": (0, 3),
        "usual_values": (1, 28),
        "settle_strict_days": (0, 84),
        # (c5) flare-up
        "flare_rise": (0.5, 4),
        "flare_f1_min": (0, 6),
        "flare_single": (3, 9),
        "flare_rest_pain": (1, 8),
        "flare_settle_mornings": (1, 7),
        "flare_settle_rise": (0, 2),
        "flare_first_days": (1, 7),
        "flare_long_days": (3, 28),
        "flare_unsettled_days": (4, 56),
        "flare_steady_mornings": (2, 14),
        "flare_resume_steps_down": (1, 6),
        "flare_hold_days": (1, 42),
        "flare_again_days": (7, 84),
        "consecutive_gap_days": (1, 4),
        # (c4) drift and guard
        "drift_min_scores": (3, 7),
        "drift_window_days": (14, 56),
        "drift_creep": (0.5, 4),
        "drift_flare": (1, 6),
        "drift_again_days": (1, 28),
        "drift_prompt_days": (7, 56),
        "guard_min_values": (1, 7),
        "guard_hold": (1, 5),
        "guard_flare": (1.5, 6),
        "sitting_fall": (0.1, 0.9),
        # (c7) breaks
        "gap_repeat_days": (3, 14),
        "gap_step_down_days": (4, 28),
        "gap_two_down_days": (5, 56),
        "gap_stage_down_days": (8, 70),
        "gap_rescreen_days": (14, 180),
        "gap_isometric_days": (2, 28),
        # (c3, c10) leaving a stage
        "adherence_min": (0.3, 1),
        "adherence_stop": (0.1, 1),
        "adherence_window_days": (7, 28),
        "adherence_min_sessions": (1, 14),
        "isometric_days": (1, 7),
        "week_days": (7, 7),
        "report_valid_days": (1, 28),
        "test_valid_days": (7, 84),
        "test_ahead_days": (0, 28),
        "test_again_days": (1, 28),
        "tests_per_day": (1, 2),
        "way_back_days": (3, 56),
        "way_back_window_days": (14, 180),
        "steady_days": (14, 56),
        "steady_change": (0, 2),
        "symmetry_min": (0.5, 1),
        # (c8) stagnation and events
        "amber_loop": (2, 10),
        "amber_loop_of": (2, 14),
        "no_green_days": (14, 84),
        "no_green_sessions": (1, 20),
        "no_green_again_days": (14, 366),
        "event_steps_down": (1, 6),
        "event_strict_days": (7, 84),
        "fever_free_days": (1, 7),
        "prompt_days": (7, 84),
        "screening_days": (7, 31),
        # (f3) the weekly check
        "weekly_gain_days": (14, 84),
        "weekly_gain": (1, 50),
        "weekly_valid_days": (7, 28),
        "weekly_noteworthy": (1, 50),
        "slow_course_days": (28, 366),
        # (e1) sitting on end
        "sitting_caps": (5, 240),
        "sitting_share": (0.1, 1),
        "sitting_floor": (1, 30),
        "sitting_growth": (0, 0.5),
        "sitting_growth_min": (0, 30),
        "sitting_growth_days": (1, 14),
        "sitting_sore": (1, 6),
        "sitting_shrink": (0, 0.9),
        "sitting_flare_share": (0.1, 1),
        "sitting_break": (1, 30),
        "sitting_long": (15, 240),
        # (b4) maintenance
        "relapse_rise": (0.5, 4),
        "relapse_mornings": (1, 7),
        "relapse_window_days": (3, 14),
        "relapse_usual_days": (14, 56),
        "relapse_days": (7, 56),
        "maintenance_check_days": (1, 14),
        "own_test_again_days": (1, 14),
        "twice_a_week_age": (18, 60),  # sooner only
        # (b3) placement
        "place_rest_pain": (1, 6),
        "place_sitting_minutes": (5, 60),
        "place_test_max": PAIN,
        "place_rise": (0, 2),
        # (c10-31, g1 K16) the other side: sooner and longer only
        "newly_sore_rise": (0.5, 2),
        "newly_sore_first": (1, 3),
        "other_side_days": (90, 366),
        # (b5) companions
        "companion_sessions": (1, 50),
        "companion_hold_days": (1, 14),
        "settle_gluteal_sets": (1, 6),
        "companion_per_week": (1, 7),
        "companion_spacing_days": (1, 7),
        "companion_spare_days": (1, 7),
        "letter_caps": (0, 180),
    },
}
TARGETS: Final[Mapping[str, Span]] = {
    **dict.fromkeys(("load_test", "load_test_or_steady", "calm_mornings", "rest_pain"), PAIN),
    "sitting": (5, 240),
    "sessions": (1, 14),
    "weekly_check": (50, 100),
    "steady_weeks": (0, 3),
    "capacity": (1, 100),
}
"""What the target of an exit line may be, by how the line is worked out."""
COMPANION: Final[Mapping[str, Span]] = {
    "sets": (1, 6),
    "first": (1, 120),
    "top": (1, 120),
    "gain": (0, 30),
}


def span(owner: object, name: str) -> Span:
    """Return the range of the figure ``name`` of ``owner``."""
    if isinstance(owner, Criterion) and name == "target":
        return TARGETS.get(owner.rule, RANGES[Criterion]["target"])
    return RANGES.get(type(owner), COMPANION).get(name, ANY)
