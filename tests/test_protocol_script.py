"""`script/protocol`: what it prints, what it refuses, and the schema editors read."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from homeassistant.util.yaml import parse_yaml

from custom_components.pht_rehab.domain.protocol import LADDER, STAGES
from custom_components.pht_rehab.domain.reader import EFFORT
from custom_components.pht_rehab.domain.rules import RULES, RULES_VERSION
from script.protocols import course, files, schema
from script.protocols.__main__ import main
from tests.domain.protocols import FIGURES, faults, nested, protocol

ROOT = Path(__file__).parent.parent
FREDERICSON = ROOT / "custom_components/pht_rehab/protocols/fredericson_2005.yaml"
GUIDE = ROOT / "docs/protocol.md"


# The schema


def test_the_schema_is_current() -> None:
    """If it is not: ``script/protocol schema > docs/protocol.schema.json``."""
    assert (ROOT / "docs/protocol.schema.json").read_text("utf-8") == schema.text()


def fits(value: Any, told: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Return whether a value fits a schema, as far as ours go."""
    if "$ref" in told:
        told = whole["$defs"][told["$ref"].rpartition("/")[2]]
    kinds = told.get("type", [])
    return (
        ("anyOf" not in told or any(fits(value, one, whole) for one in told["anyOf"]))
        and value in told.get("enum", [value])
        and value == told.get("const", value)
        and (not kinds or any(_is(value, kind) for kind in _list(kinds)))
        and _inside(value, told, whole)
    )


def _inside(value: Any, told: dict[str, Any], whole: dict[str, Any]) -> bool:
    match value:
        case dict() if "properties" in told:
            known = told["properties"]
            return set(told.get("required", [])) <= value.keys() <= known.keys() and all(
                fits(item, known[name], whole) for name, item in value.items()
            )
        case list() if "items" in told:
            sized = told.get("minItems", 0) <= len(value) <= told.get("maxItems", len(value))
            return sized and all(fits(item, told["items"], whole) for item in value)
        case str() if "pattern" in told:
            return re.search(told["pattern"], value) is not None
        case int() | float() if not isinstance(value, bool):
            return bool(told.get("minimum", value) <= value <= told.get("maximum", value))
        case _:
            return True


def _list(kinds: str | list[str]) -> list[str]:
    return [kinds] if isinstance(kinds, str) else kinds


def _is(value: object, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    known: dict[str, Any] = {
        "object": dict, "array": list, "string": str, "integer": int, "number": (int, float),
        "null": type(None),
    }  # fmt: skip
    return isinstance(value, known.get(kind, ()))


WHOLE = schema.schema()


def accepts(**told: Any) -> bool:
    return fits(json.loads(json.dumps({"name": "Mine", **told})), WHOLE, WHOLE)


def test_it_accepts_the_files_there_are() -> None:
    for text in (files.built_in(), FREDERICSON.read_text("utf-8")):
        document = json.loads(json.dumps(parse_yaml(text)))
        assert fits(document, WHOLE, WHOLE)
    assert not accepts(red_min=3)
    assert not accepts(sessions={"S2.1": [["juggling"]]})
    assert not accepts(ladder={"S2.1": {"effort": "hard"}})
    assert not accepts(trunk={"1": [[{"exercise": "bird_dog"}]]})
    assert accepts(stages={"isotonic": {"exit": {"sitting": None}}})
    assert not accepts(stages={"isotonic": {"exit": {"calm": None}}})
    assert EFFORT.fullmatch("7-8")


@pytest.mark.parametrize("path", FIGURES, ids=".".join)
def test_it_has_the_range_of_every_figure(path: tuple[str, ...]) -> None:
    value = getattr(FIGURES[path], path[-1])
    assert accepts(**nested({path: value}))
    for beyond in (-1, 10**6):
        assert not accepts(**nested({path: beyond}))


def test_every_part_cites_its_section() -> None:
    told = WHOLE["properties"]
    uncited = [
        name
        for name in told
        if name not in {"format", "name", "about", "based_on"}
        and not re.search(r"\([a-z]\d|\[S\d", told[name].get("description", ""))
    ]
    assert uncited == []


# Check, print, run


def test_check_tells_every_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("name: x\nnormal: {green_max: 9}\nred: 3\n\tx", "utf-8")
    good = tmp_path / "good.yaml"
    good.write_text("name: x\nrung_up_greens: 3\n", "utf-8")
    assert main(["check", str(good)]) == 0
    assert "changes rung_up_greens" in capsys.readouterr().out
    assert main(["check", str(good), str(faulty), str(tmp_path / "none.yaml")]) == 1
    told = capsys.readouterr()
    assert "faulty.yaml: line 4: Tabs are not allowed" in told.err
    assert "none.yaml: No such file" in told.err
    faulty.write_text("name: x\nnormal: {green_max: 9}\nred: 3\n", "utf-8")
    assert main(["check", str(faulty)]) == 1
    told = capsys.readouterr()
    assert "line 2, normal.green_max: 9 is outside 0 to 5." in told.err
    assert "line 3, red: red is not known here" in told.err
    assert main(["run", str(faulty)]) == 1


def test_print_and_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["print"]) == 0
    text = capsys.readouterr().out
    assert text == files.built_in()
    assert "rung_up_min_days_slow: 7  # (c10-50)" in text
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == WHOLE


def play(scenario: str, placement: str = "settle", **told: object) -> list[str]:
    chosen = protocol(**told)
    return course.play(chosen, scenario, placement, "everyday", ("mon", "wed", "fri"))


def test_six_calm_weeks_rise() -> None:
    lines = play("six calm weeks")
    days = [line for line in lines if line.startswith("  ")]
    assert len(days) == 42
    assert "Week 6" in "".join(lines)
    assert "settle          I0.1" in days[0]
    assert "S3.a1" in days[-1]
    assert not [line for line in days if "flare" in line.casefold()]
    assert "2 calm sessions in a row" in "".join(lines)


def test_one_flare_in_week_three_comes_and_goes() -> None:
    lines = play("one flare in week three", "S2.1")
    flare = [at for at, line in enumerate(lines) if "Flare-ups are common" in line]
    assert "Week 3" in lines[flare[0] - 3 : flare[0] + 1] or "\nWeek 3" in lines
    after = lines[flare[-1] + 1 :]
    assert any("After the flare-up the dose stays" in line for line in after)
    assert any("Up from" in line for line in after)


def test_a_protocol_changes_the_course() -> None:
    built_in, slow = (
        play("six calm weeks", "S2.1"),
        play("six calm weeks", "S2.1", rung_up_greens=5),
    )
    assert sum("Up from" in line for line in built_in) > sum("Up from" in line for line in slow)


@pytest.mark.parametrize("scenario", course.SCENARIOS)
@pytest.mark.parametrize("placement", [*STAGES, *(step.id for step in LADDER[::4])])
def test_every_scenario_can_be_played_from_everywhere(scenario: str, placement: str) -> None:
    lines = course.play(
        files.read(FREDERICSON) or protocol(), scenario, placement, "everyday", ("mon", "thu")
    )
    weeks = course.SCENARIOS[scenario].weeks
    assert len([line for line in lines if line.startswith("  ")]) == 7 * weeks


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--scenario", "x"], "no such scenario: x; there are: six calm weeks"),
        (["--placement", "S9"], "no such stage or dose step: S9; the steps are: I0.1"),
        (["--days", "mon,someday"], "training days are some of: mon"),
    ],
)
def test_what_is_not_known_is_said(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        _ = main(["run", *arguments])
    assert stopped.value.code == 2
    assert said in " ".join(capsys.readouterr().err.split())


def test_it_needs_nothing_of_home_assistant() -> None:
    """The whole of it, as a program of its own: no module of Home Assistant is loaded."""
    run = (
        "import sys, runpy; sys.argv = ['x', 'run', '--scenario', 'six calm weeks'];\n"
        "try: runpy.run_module('script.protocols', run_name='__main__')\n"
        "except SystemExit as end: code = end.code\n"
        "assert not [name for name in sys.modules if name.startswith('homeassistant')]\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", run], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Built-in protocol: six calm weeks")


def test_the_example_of_the_guide_can_be_used() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    told = parse_yaml(example)
    assert isinstance(told, dict)
    assert faults(**{key: value for key, value in told.items() if key != "name"}) == []
    assert RULES[RULES_VERSION].version == RULES_VERSION
