"""Protocol files as people and machines write them: every fault with its line, nothing loaded."""

import random
from pathlib import Path

import pytest

from custom_components.pht_rehab.domain.adopted import CONTENT_MAX
from custom_components.pht_rehab.domain.rules import RULES
from custom_components.pht_rehab.protocol_yaml import DEPTH_MAX, FaultyFile, load
from script.protocols import files

BASE = RULES[1]
FREDERICSON = (
    Path(__file__).parent.parent / "custom_components/pht_rehab/protocols/fredericson_2005.yaml"
)


def faults(text: str | bytes) -> list[tuple[int, str, str]]:
    """Return line, field and fault of everything wrong with a file."""
    try:
        load(text if isinstance(text, bytes) else text.encode(), BASE)
    except FaultyFile as error:
        return [(one.line, one.where, one.problem.key) for one in error.faults]
    return []


def test_every_fault_has_its_line_and_field() -> None:
    assert faults(
        "name: Mine\n"
        "stages:\n"
        "  isotonic:\n"
        "    min_days: 300\n"
        "    exit:\n"
        "      sitting: {target: 500}\n"
        "red_mn: 3\n"
        "run_steps:\n"
        "  R4: {minutes: 30}\n"
        "running: {gate_hops: 9}\n"
        "sessions:\n"
        "  S2.1:\n"
        "    - - bridge_double_slow\n"
        "      - [prone_curl_band,\n"
        "         rdl_full]\n"
        "name: Again\n"
    ) == [
        (4, "stages.isotonic.min_days", "out_of_range"),
        (6, "stages.isotonic.exit.sitting.target", "out_of_range"),
        (7, "red_mn", "unknown"),
        (9, "run_steps.R4.minutes", "jump"),
        (10, "running.gate_hops", "out_of_range"),
        (14, "sessions.S2.1.1.2", "over_cap"),
        (16, "name", "twice"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("", 1, "not_mapping"),
        ("- a", 1, "not_mapping"),
        ("just words", 1, "not_mapping"),
        ("name: x\n\trung_up_greens: 3", 2, "tab"),
        ("name: x\nrung_up_greens: [", 2, "not_yaml"),
        ("name: \x00", 1, "not_yaml"),
        ("name: x\nb: !secret key", 2, "tag"),
        ("name: !include other.yaml", 1, "tag"),
        ("name: !!python/object/apply:os.system [ls]", 1, "tag"),
        ("name: x\nnormal: &a {green_max: 2}\nstrict: *a", 2, "anchor"),
        ("name: *a", 1, "anchor"),
        ("name: x\n---\nname: y", 2, "documents"),
        ("a: " + "[" * (DEPTH_MAX + 1), 1, "deep"),
        ("a: " + "[" * 5000, 1, "deep"),
        (b"name: x\nabout: \xe9\n", 2, "not_utf8"),
        (b"\xff\xfename", 1, "not_utf8"),
        (b"#" * (CONTENT_MAX + 1), 1, "too_big"),
    ],
)
def test_what_is_no_plain_data_is_refused(text: str | bytes, line: int, key: str) -> None:
    found = faults(text)
    assert [one[2] for one in found] == [key]
    assert found[0][0] == line


def test_keys_are_words_and_stand_there_once() -> None:
    assert (2, "", "not_key") in faults("name: x\n? [a]\n: 3\n")
    assert faults("name: x\nnormal: {green_max: 2, green_max: 3}") == [
        (2, "normal.green_max", "twice")
    ]
    assert faults("name: x\n<<: {rung_up_greens: 3}") == [(2, "<<", "unknown")]


@pytest.mark.parametrize(
    "value", ["2020-13-45", "2020-01-01", "0x", "9" * 5000, ".nan", ".inf", "yes", "~", "1:30:00"]
)
def test_a_value_yaml_reads_in_its_own_way_is_no_surprise(value: str) -> None:
    found = faults(f"name: x\nrung_up_greens: {value}")
    assert [(line, where) for line, where, _key in found] == [(2, "rung_up_greens")]


def test_a_mark_of_the_order_of_bytes_does_no_harm() -> None:
    assert load(b"\xef\xbb\xbfname: x\r\nrung_up_greens: 3\r\n", BASE).rules.rung_up_greens == 3


def test_the_built_in_printed_and_read_is_the_built_in() -> None:
    text = files.built_in()
    assert load(text.encode(), BASE).rules == BASE


def test_the_historical_one() -> None:
    found = load(FREDERICSON.read_bytes(), BASE)
    text = FREDERICSON.read_text("utf-8")
    assert "nobody here has read it" in text
    assert found.rules.companion_per_week > BASE.companion_per_week
    assert found.rules.normal == BASE.normal
    assert found.rules.coped_max == 3
    lines = {name for one in found.rules.sessions.values() for line in one[1] for name in line[-1:]}
    assert {"nordic_assisted", "slider_curl_eccentric"} <= lines
    every = [line for one in found.rules.sessions.values() for lines in one for line in lines]
    named = {name for line in every for name in line}
    assert not [name for name in named if "stretch" in name]


NOISE = "{}[]:,-#&*!|>'\"%@`?\t\n\r\0é\u2028\ufeff 0123456789abc"


def mutated(text: str, chance: random.Random) -> bytes:
    """Return the text with a few of its letters, words or lines gone, doubled or made up."""
    letters = list(text)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(letters))
        match chance.randrange(5):
            case 0:
                del letters[at : at + chance.randint(1, 20)]
            case 1:
                letters.insert(at, chance.choice(NOISE))
            case 2:
                letters[at] = chr(chance.choice([*range(0xD7FF), 0x1F600]))
            case 3:
                letters[at:at] = letters[max(0, at - chance.randint(1, 80)) : at]
            case _:
                letters[at:at] = chance.choice(["-1", "9e9", "null", "true", "[]", "{}", "'"])
    data = "".join(letters).encode()
    if chance.random() < 0.1:
        data = data[: chance.randrange(len(data))] + bytes([chance.randrange(256)])
    return data


@pytest.mark.parametrize("seed", range(20))
def test_whatever_a_file_says_it_is_a_protocol_or_faulty(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    text = FREDERICSON.read_text("utf-8") if seed % 2 else files.built_in()
    for _ in range(100):
        lines = [1]
        try:
            _ = load(mutated(text, chance), BASE).content
        except FaultyFile as error:
            lines = [one.line for one in error.faults]
        assert min(lines) > 0
