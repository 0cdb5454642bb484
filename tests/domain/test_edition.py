"""What a protocol of one's own can change, how far, and what it is told when it goes too far."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from custom_components.pht_rehab.domain.adopted import (
    ABOUT_MAX,
    NAME_MAX,
    Protocol,
    ProtocolError,
    check_content,
    digest,
    read_protocol,
    rules_of,
)
from custom_components.pht_rehab.domain.coherence import _BANDS, _ORDERED, _RISING
from custom_components.pht_rehab.domain.edition import EditionReader
from custom_components.pht_rehab.domain.limits import ANY, COMPANION, RANGES, span
from custom_components.pht_rehab.domain.model import Goal, Stage
from custom_components.pht_rehab.domain.plain import open_figures, plain
from custom_components.pht_rehab.domain.protocol import LADDER, STAGES, Criterion, exit_list
from custom_components.pht_rehab.domain.rules import RULES
from tests.domain.protocols import BASE, FIGURES, faults, nested, protocol


def told() -> dict[str, Any]:
    """Return the built-in protocol as a file says it."""
    found: dict[str, Any] = json.loads(json.dumps(plain(BASE, BASE)))
    return found


# The whole of it


def test_the_built_in_told_and_read_is_the_built_in() -> None:
    reader = EditionReader(BASE, trusted=False)
    assert reader.read(told()) == BASE
    assert reader.problems == []
    assert protocol().rules == BASE
    assert protocol(based_on="standard", format=1).rules == RULES[1]


def test_a_protocol_told_and_read_is_the_same() -> None:
    mine = protocol(
        normal={"green_max": 2},
        stages={
            "isotonic": {
                "min_days": 30,
                "exit": {"sitting": None, "test_hip_hinge": {"target": 5}, "test_rdl": {}},
            }
        },
        ladder={"I1.1": {"reps": 12, "hold_seconds": None, "sets": 3, "effort": 5}},
        sessions={"I1.1": [["bridge_double_slow"]]},
        trunk={"1": [[{"exercise": "bird_dog", "sets": 2, "first": 6}]]},
        letter_caps={"b": 95},
        companion_sessions=[3, 8],
        run_steps={"R1": {"minutes": 4, "repeats": 4, "walk_minutes": 2.5, "leaves_after": 7}},
        running={"gate_hops": 20},
    )
    again = check_content(mine.content, 1)
    assert again == mine
    assert rules_of(mine.content, 1) == mine.rules
    plan = mine.rules.stages[Stage.ISOTONIC]
    ids = [line.id for line in plan.exit]
    assert "sitting" not in ids
    assert ids[-1] == "test_rdl"
    assert next(line.target for line in plan.exit if line.id == "test_hip_hinge") == 5
    assert mine.rules.sessions["I1.1"] == ((("bridge_double_slow",),),) * 2
    (dose,) = mine.rules.trunk[1][0]
    assert (dose.first, dose.top, dose.gain) == (6, 6, 0)


def test_figures_said_twice_follow_the_one_that_is_told() -> None:
    mine = protocol(
        adherence_min=0.5,
        stages={"isotonic": {"min_days": 30, "no_red_days": 20, "load_test": "one_leg_bridges"}},
    )
    lines = {line.id: line for line in mine.rules.stages[Stage.ISOTONIC].exit}
    assert lines["days_in_stage"].target == 30
    assert lines["no_red"].within == 20
    assert lines["adherence"].target == 50
    assert lines["load_test"].test == "one_leg_bridges"
    assert mine.rules.stages[Stage.SETTLE] != BASE.stages[Stage.SETTLE]  # its adherence line


def test_every_fault_is_told_at_once() -> None:
    assert faults(
        normal={"green_max": 7},
        redmin=3,
        ladder={"I0.1": {"sets": 0}},
        stages={"warm_up": {}},
        trunk={"8": [], "9": []},
    ) == [
        ("normal.green_max", "out_of_range"),
        ("redmin", "unknown"),
        ("ladder.I0.1.sets", "out_of_range"),
        ("stages.warm_up", "unknown"),
        ("trunk.8", "unknown"),
        ("trunk.9", "unknown"),
    ]


def test_a_range_is_told_whole() -> None:
    with pytest.raises(ProtocolError) as refused:
        protocol(normal={"green_max": 7})
    (one,) = refused.value.problems
    least, most = span(BASE.normal, "green_max")
    assert one.figures == {"value": "7", "least": f"{least:g}", "most": f"{most:g}"}


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("name", None, "not_name"),
        ("name", "  ", "not_name"),
        ("name", "x" * (NAME_MAX + 1), "not_name"),
        ("name", "a\nb", "not_name"),
        ("name", 7, "not_name"),
        ("about", "x" * (ABOUT_MAX + 1), "not_name"),
        ("about", "a\x00b", "not_name"),
        ("format", 2, "newer_format"),
        ("format", True, "newer_format"),
        ("based_on", "other", "unknown_base"),
    ],
)
def test_the_head_of_a_file(field: str, value: object, key: str) -> None:
    assert faults(**{field: value}) == [(field, key)]


def test_the_head_as_it_may_be() -> None:
    mine = protocol(name=" " + "x" * (NAME_MAX - 1), about="a\nb" + "c" * (ABOUT_MAX - 3))
    assert mine.name == "x" * (NAME_MAX - 1)
    assert mine.about.startswith("a\nb")


@pytest.mark.parametrize("document", [None, [], "text", 3])
def test_a_file_holds_fields(document: object) -> None:
    with pytest.raises(ProtocolError, match="not_mapping"):
        read_protocol(document, BASE)


# Every figure, on both sides of its range


def test_every_figure_has_a_range_of_its_own() -> None:
    without = {".".join(path) for path, owner in FIGURES.items() if span(owner, path[-1]) == ANY}
    assert without == set()


@pytest.mark.parametrize("path", FIGURES, ids=".".join)
def test_a_figure_is_refused_on_both_sides_of_its_range(path: tuple[str, ...]) -> None:
    least, most = span(FIGURES[path], path[-1])
    value = getattr(FIGURES[path], path[-1])
    assert least <= value <= most
    where = ".".join(path)
    for beyond in (least - 1, most + 1):
        assert (where, "out_of_range") in faults(**nested({path: beyond}))
    for inside in (least, most):
        assert (where, "out_of_range") not in faults(**nested({path: inside}))
    for wrong, key in (("3", "not_number"), (True, "not_number"), ([3], "not_number")):
        assert (where, key) in faults(**nested({path: wrong}))
    assert (where, "empty") in faults(**nested({path: None}))


@pytest.mark.parametrize("figure", ["sets", "reps", "hold_seconds", "repetition_maximum"])
@pytest.mark.parametrize("step", [step.id for step in LADDER])
def test_a_dose_is_refused_on_both_sides_of_its_range(step: str, figure: str) -> None:
    dose = LADDER[[item.id for item in LADDER].index(step)]
    least, most = span(dose, figure)
    for beyond in (least - 1, most + 1):
        found = faults(ladder={step: {figure: beyond}})
        assert (f"ladder.{step}.{figure}", "out_of_range") in found
    assert not faults(ladder={step: {figure: getattr(dose, figure)}})


@pytest.mark.parametrize(
    ("stage", "line"),
    [(stage, line) for stage, plan in STAGES.items() for line in plan.exit],
    ids=lambda value: value.id if isinstance(value, Criterion) else value.value,
)
def test_an_exit_line_is_refused_on_both_sides_of_its_ranges(stage: Stage, line: Criterion) -> None:
    where = ("stages", stage.value, "exit", line.id)
    for name in open_figures(line):
        value = getattr(line, name)
        if isinstance(value, bool):
            assert faults(**nested({(*where, name): 1})) == [(".".join((*where, name)), "not_flag")]
        elif isinstance(value, int | float):
            least, most = span(line, name)
            for beyond in (least - 1, most + 1):
                found = faults(**nested({(*where, name): beyond}))
                assert (".".join((*where, name)), "out_of_range") in found
        else:
            found = faults(**nested({(*where, name): "S9.9"}))
            assert [key for _path, key in found] in (["unknown"], ["unknown_near"])
    if not open_figures(line):
        assert faults(**nested({(*where, "target"): 3})) == [(".".join(where), "no_figures")]
        assert not faults(**nested({where: {}}))


@pytest.mark.parametrize("figure", COMPANION)
def test_a_companion_is_refused_on_both_sides_of_its_ranges(figure: str) -> None:
    dose = {"exercise": "bird_dog", "sets": 2, "first": 8, "top": 8, "gain": 0}
    least, most = COMPANION[figure]
    for beyond in (least - 1, most + 1):
        found = faults(trunk={"2": [[dose | {figure: beyond}]]})
        assert (f"trunk.2.0.0.{figure}", "out_of_range") in found
    assert not faults(trunk={2: [[dose]]})


def test_a_whole_number_is_whole_and_every_number_is_one() -> None:
    assert faults(rung_up_greens=2.5) == [("rung_up_greens", "not_whole")]
    strange: list[object] = [float("nan"), float("inf"), 10**400, "x", {}]
    for wrong in strange:
        assert faults(rung_up_greens=wrong) == [("rung_up_greens", "not_number")]
    assert faults(companion_sessions=[1]) == [("companion_sessions", "not_numbers")]
    assert faults(companion_sessions=3) == [("companion_sessions", "not_numbers")]
    assert faults(companion_sessions=[1, 0]) == [("companion_sessions.1", "out_of_range")]
    assert faults(letter_caps={"a": -1}) == [("letter_caps.a", "out_of_range")]
    assert faults(letter_caps={"d": 9}) == [("letter_caps.d", "unknown")]
    assert faults(letter_caps=9) == [("letter_caps", "not_mapping")]


def test_ranges_name_fields_that_are_there() -> None:
    for kind, ranges in RANGES.items():
        assert ranges.keys() <= {field.name for field in fields(kind)}, kind


# What fits together


E_STEP, R_STEP = "exit.energy_step.step", "exit.run_step.step"


def at(path: str, value: object) -> dict[str, Any]:
    return nested({tuple(path.split(".")): value})


@pytest.mark.parametrize(("low", "high"), _ORDERED)
def test_one_is_at_most_the_other(low: str, high: str) -> None:
    limit = getattr(BASE, high)
    assert not [key for path, key in faults(**at(low, limit)) if path == low and "above" in key]
    least, most = span(BASE, low)
    step = 1 if isinstance(getattr(BASE, low), int) and isinstance(limit, int) else 0.01
    if limit + step <= most:
        assert (low, "not_above") in faults(**at(low, limit + step))
    lowest = max(span(BASE, high)[0], least)
    assert (low, "not_above") in faults(**{low: most, high: lowest})


@pytest.mark.parametrize(("low", "high"), _RISING)
def test_one_is_below_the_other(low: str, high: str) -> None:
    limit = getattr(BASE, high)
    assert (low, "not_below") in faults(**at(low, limit)) or limit > span(BASE, low)[1]
    assert (low, "not_below") not in faults(**at(low, limit - 1))


@pytest.mark.parametrize("name", _BANDS)
def test_the_strict_band_is_never_the_looser_one(name: str) -> None:
    value = getattr(BASE.normal, name)
    assert not [path for path, _key in faults(strict={name: value}) if path == f"strict.{name}"]
    step = 0.5
    assert (f"strict.{name}", "not_above") in faults(
        strict={name: value}, normal={name: value - step}
    )


def test_a_band_is_in_order() -> None:
    assert ("normal.green_max", "not_below") in faults(normal={"green_max": 5, "red_min": 5})
    assert not faults(normal={"green_max": 5}, strict={"green_max": 4})
    assert ("strict.delta_amber", "not_above") in faults(strict={"delta_amber": 2.5})
    assert not faults(strict={"delta_amber": 1.5})


def test_caps_rise_with_the_letters() -> None:
    assert faults(letter_caps={"a": 100}) == [("letter_caps.a", "not_above")]
    assert not faults(letter_caps={"a": 90})


@pytest.mark.parametrize(
    ("stage", "change", "path", "key"),
    [
        ("isotonic", {"min_days": 85}, "min_days", "not_above"),
        ("isotonic", {"min_days": 2}, "min_days", "too_few"),
        ("isotonic", {"planned_per_week": 4}, "planned_per_week", "not_above"),
        ("isotonic", {"daily": True}, "daily", "not_daily"),
        ("isotonic", {"spacing_days": 1}, "spacing_days", "too_few"),
        ("isotonic", {"passing_cap": 20, "hip_flexion_cap": 21}, "hip_flexion_cap", "not_above"),
        ("isotonic", {"landing": "S2.2"}, "landing", "lands_above"),
        ("isotonic", {"landing": "S3.a1"}, "landing", "lands_above"),
        ("settle", {"landing": "I0.2"}, "landing", "lands_above"),
        ("isotonic", {"load_test": "arabesques"}, "load_test", "test_harder"),
        (
            "isotonic",
            {"exit": {"floor_step": {"step": "I1.4"}}},
            "exit.floor_step.step",
            "not_in_stage",
        ),
        ("isotonic", {"exit": {"floor_step": {"count": 4}}}, "exit.floor_step.count", "not_above"),
        ("isotonic", {"exit": {"calm": None}}, "exit.calm", "always_asked"),
        ("settle", {"exit": {"rest_pain": None}}, "exit.rest_pain", "always_asked"),
        ("isotonic", {"exit": {"nothing": {}}}, "exit.nothing", "unknown"),
        ("isotonic", {"exit": []}, "exit", "not_mapping"),
        ("isotonic", {"exit": {"calm_mornings": {}}}, "exit.calm_mornings", "unknown"),
        ("maintenance", {"exit": {"sitting": {}}}, "exit.sitting", "unknown"),
        ("isotonic", {"tempo": "hold"}, "tempo", "unknown"),
        ("isotonic", {"daily": 0}, "daily", "not_flag"),
        ("isotonic", {"energy_per_week": 1}, "energy_per_week", "more_than_built_in"),
        (
            "energy_storage",
            {"exit": {"energy_step": {"step": "S2.1"}}},
            "exit.energy_step.step",
            "unknown",
        ),
        (
            "energy_storage",
            {"exit": {"run_step": {"step": "R99"}}},
            "exit.run_step.step",
            "unknown_near",
        ),
        ("return_to_sport", {"landing": "S6"}, "landing", "lands_above"),
        ("isotonic", {"landing": 3}, "landing", "unknown"),
        ("isotonic", {"max_days": None}, "max_days", "empty"),
    ],
)
def test_a_stage_holds_together(stage: str, change: object, path: str, key: str) -> None:
    assert (f"stages.{stage}.{path}", key) in faults(stages={stage: change})


@pytest.mark.parametrize(
    ("stage", "change"),
    [
        ("isotonic", {"min_days": 84}),
        ("isotonic", {"min_days": 3}),
        ("isotonic", {"planned_per_week": 3}),
        ("settle", {"daily": False}),
        ("settle", {"spacing_days": 1}),
        ("settle", {"max_days": 40, "plateau_days": 10}),
        ("isotonic", {"passing_cap": 50, "hip_flexion_cap": 50}),
        ("isotonic", {"landing": "I0.1"}),
        ("isotonic", {"load_test": "two_leg_bridge"}),
        ("isotonic", {"exit": {"floor_step": {"step": "S2.4", "count": 3}}}),
        ("settle", {"exit": {"rest_pain": {"target": 1}}}),
        ("maintenance", {"min_days": 0}),
        ("energy_storage", {"energy_per_week": 1, "exit": {"run_step": {"step": "R8"}}}),
        ("maintenance", {"hip_flexion_cap": 120, "passing_cap": None}),
    ],
)
def test_a_stage_may_be_like_this(stage: str, change: object) -> None:
    assert not faults(stages={stage: change})


def test_the_line_of_the_load_test_serves_those_who_do_not_run_too() -> None:
    mine = protocol(stages={"hip_flexion": {"exit": {"load_test": {"target": 1}}}})
    plan = mine.rules.stages[Stage.HIP_FLEXION]
    for goal in Goal:
        line = exit_list(plan, Stage.HIP_FLEXION, goal)[0]
        assert (line.id, line.target, line.test) == ("load_test", 1, "arabesques")


# Doses and exercises


@pytest.mark.parametrize(
    ("change", "path", "key"),
    [
        ({"ladder": {"I0.1": {"reps": 10}}}, "ladder.I0.1", "reps_or_hold"),
        ({"ladder": {"I0.1": {"hold_seconds": None}}}, "ladder.I0.1", "reps_or_hold"),
        ({"ladder": {"S2.1": {"reps": 16}}}, "ladder.S2.1.reps", "not_above"),
        ({"ladder": {"S2.5": {}}}, "ladder.S2.5", "unknown_near"),
        ({"ladder": {"S2.1": {"stage": "settle"}}}, "ladder.S2.1.stage", "unknown"),
        ({"ladder": {"S2.1": {"effort": "11"}}}, "ladder.S2.1.effort", "not_effort"),
        ({"ladder": {"S2.1": {"effort": "8-7"}}}, "ladder.S2.1.effort", "not_effort"),
        ({"ladder": {"S2.1": {"effort": 7.5}}}, "ladder.S2.1.effort", "not_effort"),
        ({"sessions": {"S2.1": []}}, "sessions.S2.1", "not_list"),
        ({"sessions": {"S2.1": [[], []]}}, "sessions.S2.1.0", "not_list"),
        ({"sessions": {"S2.1": [["bridge_double_slow"]] * 3}}, "sessions.S2.1", "not_list"),
        ({"sessions": {"S2.1": [["bridge_double"]]}}, "sessions.S2.1.0.0", "unknown_near"),
        ({"sessions": {"S2.1": [[7]]}}, "sessions.S2.1.0.0", "not_list"),
        ({"sessions": {"S2.1": [["rdl_partial"]]}}, "sessions.S2.1.0.0", "over_cap"),
        ({"sessions": {"S2.1": [["iso_bridge_single"]]}}, "sessions.S2.1.0.0", "other_dose"),
        ({"sessions": {"S2.1": [["single_leg_calf_raise"]]}}, "sessions.S2.1.0.0", "other_dose"),
        ({"sessions": {"S2.1": [["arabesque_test"]]}}, "sessions.S2.1.0.0", "other_strand"),
        (
            {"sessions": {"I0.1": [["iso_bridge_double", "hip_hike_step"]]}},
            "sessions.I0.1.0.1",
            "other_strand",
        ),
        (
            {"sessions": {"S3.b1": [["rdl_full"], ["step_up", "rdl_full", "pogo_hops"]]}},
            "sessions.S3.b1.1.2",
            "other_strand",
        ),
        ({"sessions": {"S2.5": []}}, "sessions.S2.5", "unknown_near"),
        ({"stages": {"isotonic": {"passing_cap": 40}}}, "sessions.S2.1.0.0", "over_cap"),
        ({"letter_caps": {"a": 60}}, "sessions.S3.a1.0.0", "over_cap"),
        ({"trunk": {"4": []}}, "trunk.4", "unknown"),
        ({"trunk": {"1": []}}, "trunk.1", "not_list"),
        ({"trunk": {"1": [[{}]]}}, "trunk.1.0.0.exercise", "missing"),
        ({"trunk": {"1": [[{"exercise": "bird_dog", "sets": 1}]]}}, "trunk.1.0.0.first", "missing"),
        (
            {"trunk": {"1": [[{"exercise": "hip_hike_step", "sets": 1, "first": 9}]]}},
            "trunk.1.0.0.exercise",
            "other_strand",
        ),
        (
            {"gluteal": {"1": [[{"exercise": "bird_dog", "sets": 1, "first": 9}]]}},
            "gluteal.1.0.0.exercise",
            "other_strand",
        ),
        (
            {"gluteal": {"1": [[{"exercise": "hip_hike_step", "sets": 1, "first": 9, "top": 8}]]}},
            "gluteal.1.0.0.first",
            "not_above",
        ),
        ({"calf": {"exercise": "bird_dog"}}, "calf.exercise", "other_strand"),
        ({"sport_sessions": []}, "sport_sessions", "not_list"),
        ({"sport_sessions": [["step_up"], ["a_skip"]]}, "sport_sessions.1.0", "other_strand"),
        ({"sport_sessions": [["iso_bridge_single"]]}, "sport_sessions.0.0", "other_dose"),
        ({"energy_steps": {"E4": {}}}, "energy_steps.E4", "unknown"),
        ({"energy_steps": {"E1": {"drills": []}}}, "energy_steps.E1.drills", "not_list"),
        ({"energy_steps": {"E1": {"drills": [{}]}}}, "energy_steps.E1.drills.0.sets", "missing"),
        ({"energy_effort": "0"}, "energy_effort", "not_effort"),
        ({"energy": {"spacing_days": 2}}, "energy.spacing_days", "too_few"),
        ({"runs": {"gap_step_down_days": 15}}, "runs.gap_step_down_days", "not_below"),
        ({"runs": {"gap_restart_step": "E1"}}, "runs.gap_restart_step", "unknown"),
        ({"calf": {"first": 16}}, "calf.first", "not_above"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_dose_has_an_exercise_that_suits_it(change: Any, path: str, key: str) -> None:
    assert (path, key) in faults(**change)


def test_doses_may_be_like_this() -> None:
    assert not faults(ladder={"S2.1": {"effort": "7-8", "reps": 15}})
    assert not faults(ladder={"S2.1": {"effort": 7}})
    assert not faults(
        letter_caps={"a": 65}, sessions={f"S3.a{n}": [["rdl_partial"]] for n in "123"}
    )
    assert not faults(letter_caps={"b": 90}, sessions={"S3.b1": [["rdl_full"]]})  # cut at the cap
    assert not faults(sessions={"S2.1": [["bridge_double_slow", ["prone_curl_band"]]]})
    assert faults(sessions={"S3.b1": [["single_leg_rdl"]]}) == [("sessions.S3.b1.0.0", "over_cap")]
    assert not faults(calf={"exercise": "hip_hike_step"})


@pytest.mark.parametrize(
    ("step", "figures", "key"),
    [
        ("R1", {"minutes": 6}, None),
        ("R1", {"minutes": 7}, ("minutes", "jump")),  # never more than the built-in's to begin with
        ("R4", {"minutes": 18}, None),
        ("R4", {"minutes": 18.5}, ("minutes", "jump")),  # R3 has 12
        ("R4", {"minutes": 1}, None),
        ("R9", {"minutes": 30}, None),
        ("R9", {"minutes": 31}, ("minutes", "jump")),
        ("R8", {"repeats": 2, "walk_minutes": 2}, None),
        ("R12", {"repeats": 2}, ("repeats", "one_piece")),
        ("R12", {"walk_minutes": 1}, ("walk_minutes", "one_piece")),
        ("R12", {"repeats": 1, "walk_minutes": 0, "minutes": 40}, None),
        ("R10", {"leaves_after": 14}, None),
        ("R10", {"leaves_after": 13}, ("leaves_after", "too_few")),
        ("R5", {"leaves_after": 7}, None),
        ("R5", {"hills": True}, ("hills", "unknown")),
        ("R5", {"minutes": None}, ("minutes", "empty")),
    ],
)
def test_a_run_is_no_jump_from_the_one_before(
    step: str, figures: dict[str, object], key: tuple[str, str] | None
) -> None:
    known = faults(run_steps={step: figures})
    assert known == ([] if key is None else [(f"run_steps.{step}.{key[0]}", key[1])])


def test_a_jump_is_measured_by_the_protocols_own_run_before() -> None:
    """And never more than is built in counts as one."""
    assert not faults(run_steps={"R3": {"minutes": 10}, "R4": {"minutes": 15}})
    assert not faults(run_steps={"R3": {"minutes": 4}, "R4": {"minutes": 15}})
    assert not faults(run_steps={"R12": {"minutes": 40}, "R13": {"minutes": 60}})
    assert faults(run_steps={"R3": {"minutes": 4}, "R4": {"minutes": 16}})


@pytest.mark.parametrize("step", ["R0", "R17", "R18"])
def test_the_gate_and_normal_training_have_no_minutes(step: str) -> None:
    assert faults(run_steps={step: {"minutes": 3}}) == [(f"run_steps.{step}", "unknown_near")]


def drill(**figures: object) -> list[tuple[str, str]]:
    return faults(energy_steps={"E2": {"drills": [{"sets": 3, **figures}]}})


def test_a_drill_is_fast_work_counted_as_the_library_counts_it() -> None:
    where = "energy_steps.E2.drills.0"
    assert not drill(exercise="pogo_hops", amount=12, sides="each")
    assert not drill(exercise="a_skip")
    assert not faults(energy_steps={"E3": {"grown": []}})
    assert drill(exercise="bird_dog", amount=3) == [(where, "other_strand")]
    assert drill(exercise="a_skip", amount=3) == [(f"{where}.amount", "metres")]
    assert drill(exercise="pogo_hops") == [(f"{where}.amount", "metres")]
    assert (
        drill(exercise="pogo_hops", amount=31)
        == [(f"{where}.amount", "out_of_range"), (f"{where}.amount", "metres")][:1]
    )
    assert drill(exercise="pogo_hops", amount=9, sides="one") == [(f"{where}.sides", "unknown")]
    cap = {"energy_storage": {"hip_flexion_cap": 84}}
    swing = {"exercise": "fast_hinge_swing", "sets": 3, "amount": 12}
    steps = {f"E{n}": {"drills": [swing], "grown": []} for n in (1, 2, 3)}
    assert (where, "over_cap") in faults(stages=cap, energy_steps=steps)
    cap["energy_storage"]["hip_flexion_cap"] = 85
    assert not faults(stages=cap, energy_steps=steps)


def test_a_fault_of_both_sessions_is_told_once() -> None:
    assert faults(sessions={"S2.1": [["rdl_full"]]}) == [("sessions.S2.1.0.0", "over_cap")]


# What the log keeps


def test_what_was_adopted_is_read_as_it_was() -> None:
    content = json.loads(protocol().content)
    content["normal"]["red_min"] = 9  # a range that has become narrower since
    content["drift_creep"] = 6  # an order that is asked only now
    content["from_a_newer_version"] = {"a": 1}
    content["stages"]["settle"]["something_new"] = 3
    rules = rules_of(json.dumps(content), 1)
    assert (rules.normal.red_min, rules.drift_creep) == (9, 6)
    assert rules.stages[Stage.SETTLE] == BASE.stages[Stage.SETTLE]
    with pytest.raises(ProtocolError):
        check_content(json.dumps(content), 1)


FROZEN = json.loads((Path(__file__).parent.parent / "frozen/protocol.json").read_text("utf-8"))


def holds(told: Any, kept: Any) -> bool:
    """Return whether everything that was kept is told, whatever has come beside it."""
    if isinstance(kept, dict):
        return all(name in told and holds(told[name], kept[name]) for name in kept)
    return bool(told == kept)


@pytest.mark.parametrize("name", FROZEN)
def test_what_a_version_has_stored_means_the_same_for_ever(name: str) -> None:
    """The contents are never written anew; figures that came later are the built-in's."""
    stored = FROZEN[name]
    assert digest(stored["content"]) == stored["digest"]
    rules = rules_of(stored["content"], stored["rules_version"])
    told: dict[str, Any] = json.loads(json.dumps(plain(rules, RULES[stored["rules_version"]])))
    kept = json.loads(stored["content"])
    assert holds(told, {part: kept[part] for part in kept.keys() & told.keys()})
    assert kept.keys() - told.keys() == {"format", "name", "about"}


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"sessions": {"S2.1": [["juggling"]]}}', "[" * 100_000]
)
def test_what_makes_no_sense_is_no_protocol(content: str) -> None:
    with pytest.raises(ProtocolError):
        rules_of(content, 1)
    with pytest.raises(ProtocolError):
        check_content(content, 1)


def test_a_content_of_any_size_is_not_read() -> None:
    with pytest.raises(ProtocolError, match="too_big") as refused:
        check_content(" " * (256 * 1024 + 1), 1)
    assert refused.value.problems[0].figures == {"most": "256"}


def test_the_digest_is_that_of_the_content() -> None:
    one, other = protocol(), protocol(rung_up_greens=3)
    assert one.digest == digest(one.content) == Protocol(name="Mine", about="", rules=BASE).digest
    assert one.digest != other.digest
    assert len(one.digest) == 64
    assert digest("\ud800") != digest("")
