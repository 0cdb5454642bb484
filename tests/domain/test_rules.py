"""The numbers of the rules as the clinical reference has them (b3, b5, c1-c10)."""

from dataclasses import asdict, fields

from custom_components.pht_rehab.domain.rules import RULES, Rules

BANDS = {
    "normal": {"green_max": 3, "red_min": 6, "delta_amber": 1.5, "delta_red": 3},
    "strict": {"green_max": 2, "red_min": 5, "delta_amber": 1.5, "delta_red": 2},
}
# section -> name and number; days are counted in dates
NUMBERS: dict[str, dict[str, object]] = {
    "c1 the next morning": {
        "high_morning_amber": 4, "high_morning_red": 6, "high_morning_delta": 1, "coped_max": 3,
    },
    "c9 baseline": {"baseline_window_days": 7, "baseline_min_values": 3},
    "c3 up": {
        "rung_up_greens": 2, "rung_up_min_days_isometric": 2, "rung_up_min_days": 4,
        "rung_up_min_days_slow": 7, "effort_too_high": 9, "effort_too_high_times": 2,
    },
    "c3 down": {
        "ambers_to_reduce": 2, "failed_step_window_days": 28, "failed_step_count": 2,
        "failed_step_rest_days": 14,
    },
    "c3 underload": {
        "underload_pain_max": 1, "underload_effort_once": 5, "underload_effort_twice": 6,
        "underload_times": 2,
    },
    "c7 shares": {"share_full": 0.8, "share_counts": 0.5},
    "c3 after a RED": {
        "red_wait_days": 2, "red_wait_rise": 1, "red_wait_unscored_days": 4, "reds_for_flare": 2,
        "reds_window_days": 7, "reds_for_prompt": 3, "reds_prompt_window_days": 28,
    },
    "c10-14, c10-15": {"usual_rise": 1, "usual_values": 7, "settle_strict_days": 10},
    "c5 a flare-up": {
        "flare_rise": 2, "flare_f1_min": 4, "flare_single": 7, "flare_rest_pain": 4,
        "flare_settle_mornings": 2, "flare_settle_rise": 1, "flare_first_days": 3,
        "flare_long_days": 7, "flare_unsettled_days": 14, "flare_steady_mornings": 3,
        "flare_resume_steps_down": 2, "flare_hold_days": 7, "flare_again_days": 28,
        "consecutive_gap_days": 2,
    },
    "c4 drift, c1 guard": {
        "drift_min_scores": 5, "drift_window_days": 28, "drift_creep": 2, "drift_flare": 3,
        "drift_again_days": 7, "drift_prompt_days": 14, "guard_min_values": 3, "guard_hold": 4,
        "guard_flare": 5, "sitting_fall": 0.5,
    },
    "c7 gaps: from 5, 8, 15, past 28 and 84 days": {
        "gap_repeat_days": 5, "gap_step_down_days": 8, "gap_two_down_days": 15,
        "gap_stage_down_days": 29, "gap_rescreen_days": 85, "gap_isometric_days": 7,
    },
    "c3, c8 adherence": {
        "adherence_min": 0.75, "adherence_stop": 0.5, "adherence_window_days": 14,
        "adherence_min_sessions": 3, "isometric_days": 5, "week_days": 7,
    },
    "c10-40..44 leaving a stage": {
        "report_valid_days": 7, "test_valid_days": 28, "test_ahead_days": 7, "test_again_days": 7,
        "tests_per_day": 2, "way_back_days": 7, "way_back_window_days": 84, "steady_days": 28,
        "steady_change": 1, "symmetry_min": 0.9,
    },
    "c8 stagnation and events": {
        "amber_loop": 4, "amber_loop_of": 6, "no_green_days": 28, "no_green_sessions": 4,
        "no_green_again_days": 84, "event_steps_down": 2, "event_strict_days": 14,
        "fever_free_days": 1, "prompt_days": 28, "screening_days": 30,
    },
    "f3, c8 weekly check": {
        "weekly_valid_days": 14, "weekly_noteworthy": 10, "weekly_gain": 10,
        "weekly_gain_days": 42, "slow_course_days": 84,
    },
    "b4 P6 maintenance": {
        "relapse_rise": 2, "relapse_mornings": 3, "relapse_window_days": 7,
        "relapse_usual_days": 28, "relapse_days": 14, "maintenance_check_days": 7,
        "own_test_again_days": 7, "twice_a_week_age": 60,
    },
    "b3 placement": {
        "place_rest_pain": 4, "place_sitting_minutes": 15, "place_test_max": 3, "place_rise": 1,
    },
    "e1 sitting": {
        "sitting_caps": {"settle": 20, "isometric": 30, "isotonic": 45, "hip_flexion": 60},
        "sitting_share": 0.8, "sitting_floor": 5, "sitting_growth": 0.1, "sitting_growth_min": 2,
        "sitting_growth_days": 3, "sitting_sore": 4, "sitting_shrink": 0.2,
        "sitting_flare_share": 0.5, "sitting_break": 2, "sitting_long": 60,
    },
    "c10-31, g1 K16 the other side": {
        "newly_sore_rise": 2, "newly_sore_first": 3, "other_side_days": 90,
    },
    "b5 companions": {
        "companion_sessions": (2, 10), "companion_hold_days": 3, "settle_gluteal_sets": 2,
        "strand_hold_days": 3, "companion_per_week": 3,
        "companion_spacing_days": 2, "companion_spare_days": 2,
    },
}  # fmt: skip


def test_every_number() -> None:
    edition = RULES[1]
    held = [name for numbers in NUMBERS.values() for name in numbers]
    found = {
        section: {name: getattr(edition, name) for name in numbers}
        for section, numbers in NUMBERS.items()
    }
    assert found == NUMBERS
    assert {name: asdict(getattr(edition, name)) for name in BANDS} == BANDS
    assert edition.version == 1
    tables = ["stages", "ladder", "letter_caps", "sessions", "trunk", "gluteal", "calf"]
    tables += ["sport_sessions", "energy_steps", "energy_effort"]
    strands = ["energy", "energy_weekly", "runs", "running", "run_steps"]  # test_strand_data.py
    assert sorted([*held, *BANDS, "version", *tables, *strands]) == sorted(
        field.name for field in fields(Rules)
    )
