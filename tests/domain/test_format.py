"""What a stored entry means where a field was left out: part of the format, for ever."""

from dataclasses import fields

from custom_components.pht_rehab.domain.codec import decode, encode
from custom_components.pht_rehab.domain.facts import FACTS

# kind: fields an entry must have beside id, date and time | what the others mean when left out
FORMAT: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "set_up": (
        {
            "side": "left", "goal": "everyday", "training_days": ["mon"], "session_time": "18:00",
            "morning_time": "07:00", "rules_version": 1, "morning_pain": 0,
        },
        {
            "equipment": (), "symptoms": (), "clinician_confirmed": False, "rest_pain": None,
            "sitting_minutes": None, "lasting_symptoms": None, "running_now": None,
            "running_minutes": None, "tests": {}, "stage": None,
        },
    ),
    "options": (
        {},
        {
            "goal": None, "training_days": None, "equipment": None, "session_time": None,
            "morning_time": None,
        },
    ),
    "rules": ({"rules_version": 1}, {}),
    "session": (
        {"prescribed_step": "S2.1"},
        {
            "prescribed": (), "light": False, "exercises": None, "pain_during": None,
            "pain_after": None, "effort": None, "completed": 100, "painkiller": False,
            "cut_short": False, "dose_step": None, "session_id": None, "score_only": False,
            "energy_step": None, "whole": False, "side": None, "shared": False,
        },
    ),
    "run": (
        {"minutes": 6},
        {
            "pain_during": None, "pain_after": None, "distance": None, "hills": False,
            "fast": False, "painkiller": False, "prescribed_step": None,
            "prescribed_minutes": None, "easy": False, "session_id": None,
            "side": None,
        },
    ),
    "morning_check": (
        {"test": "arabesques", "pain": 0},
        {
            "pain_after": None, "rest_pain": None, "sitting_minutes": None, "night_waking": None,
            "painkiller": False, "side": None,
        },
    ),
    "test": (
        {"test": "rdl"},
        {"value": None, "other_side": None, "pain": None, "painkiller": False, "side": None},
    ),
    "event": ({"event": "travel"}, {"minutes": None}),
    "weekly_check": (
        {
            "longest_sitting": 45, "worst_pain": 3, "bending_pain": 2, "walking_pain": 1,
            "activity_share": 60, "hardest_activity": "moderate", "confidence": 7,
            "disturbed_nights": 1,
        },
        {"morning_mean": None, "bridge_reps": None, "overall": None},
    ),
    "run_noticed": ({"kilometres": 4.2}, {}),
    "visa_h": ({"visa_h_total": 64}, {}),
    "symptoms": ({"symptoms": []}, {}),
    "unlock": ({"reason": "seen"}, {}),
    "progress": ({"stage": "isotonic"}, {"anyway": False, "reason": None, "side": None}),
    "set_stage": (
        {"stage": "isotonic"}, {"dose_step": None, "reason": None, "side": None}
    ),
    "pause": ({}, {"until": None, "reason": None}),
    "resume": ({}, {"reason": None}),
    "skip_session": ({}, {"reason": None}),
    "void": ({"target": "a"}, {}),
    "side": (
        {"side": "right", "morning_pain": 0},
        {
            "rest_pain": None, "sitting_minutes": None, "lasting_symptoms": None,
            "running_now": None, "running_minutes": None, "tests": {}, "stage": None,
        },
    ),
    "note": ({"target": "a", "text": "slept badly"}, {}),
    "protocol": (
        {
            "rules_version": 1, "source": "b.yaml", "name": "B", "content": "{}",
            "digest": "44136fa3",
        },
        {},
    ),
}  # fmt: skip
COMMON = {"log_id": "b", "on": "2026-01-05", "logged_at": "2026-01-05T18:30:00+00:00"}


def test_what_is_left_out_means_the_same_for_ever() -> None:
    assert {fact.kind for fact in FACTS} == set(FORMAT)
    for kind, (needed, left_out) in FORMAT.items():
        entry = {"kind": kind, **COMMON, **needed}
        fact = decode(entry)
        assert encode(fact) == entry
        assert {name: getattr(fact, name) for name in left_out} == left_out
        names = {field.name for field in fields(fact)}
        assert names == {*COMMON, *needed, *left_out}
