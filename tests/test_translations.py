"""Every text the code asks for exists, says what it is given, and is asked for by something."""

import ast
import inspect
import json
import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path
from string import Formatter
from typing import Any, Final

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.selector import SelectSelector
from homeassistant.util.yaml import load_yaml_dict
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab import (
    binary_sensor,
    button,
    calendar,
    config_flow,
    event,
    flow_forms as forms,
    image,
    intent,
    number,
    sensor,
    switch,
    todo,
    voice,
)
from custom_components.pht_rehab.condition import CONDITIONS
from custom_components.pht_rehab.const import DOMAIN, PLATFORMS
from custom_components.pht_rehab.domain import patterns
from custom_components.pht_rehab.domain.capacity import TEST_FORMS, Unit
from custom_components.pht_rehab.domain.cross_training import CROSS_TRAINING
from custom_components.pht_rehab.domain.exercises import EXERCISES
from custom_components.pht_rehab.domain.facts import FACTS
from custom_components.pht_rehab.domain.guide import Act
from custom_components.pht_rehab.domain.model import Goal, ReasonId, Response, Stage
from custom_components.pht_rehab.domain.protocol import CAPACITY_TESTS, LOAD_TESTS, exit_list
from custom_components.pht_rehab.domain.questions import QUESTIONS
from custom_components.pht_rehab.domain.remarks import EXPLAINED
from custom_components.pht_rehab.domain.reports import EVENTS
from custom_components.pht_rehab.domain.rules import RULES
from custom_components.pht_rehab.domain.screening import SCREENING, URGENCY, Screen
from custom_components.pht_rehab.domain.strands import RUNNING_RULES, run_gate
from custom_components.pht_rehab.services import IMPORT, READING, WRITING
from custom_components.pht_rehab.trigger import TRIGGERS
from tests.entities import state

ROOT: Final = Path(inspect.getfile(config_flow)).parent
TEXTS: Final[dict[str, Any]] = json.loads((ROOT / "translations" / "en.json").read_text("utf-8"))
ICONS: Final[dict[str, Any]] = json.loads((ROOT / "icons.json").read_text("utf-8"))
ACTIONS: Final[dict[str, Any]] = {
    name: told
    for name, told in load_yaml_dict(str(ROOT / "services.yaml")).items()
    if not name.startswith(".")  # what they share
}
TAKEN: Final = {
    **{name: action.fields for name, action in WRITING.items()},
    **{name: action.fields for name, action in READING.items()},
    "import_log": IMPORT,
}
AUTOMATION: Final[dict[str, tuple[str, Collection[str]]]] = {
    "triggers": ("trigger", TRIGGERS),
    "conditions": ("condition", CONDITIONS),
}
"""Sections of the texts: what an icon is for there, and what the code offers."""
SOURCES: Final = [(path, ast.parse(path.read_text("utf-8"))) for path in sorted(ROOT.rglob("*.py"))]
DESCRIPTIONS: Final[dict[str, tuple[EntityDescription, ...]]] = {
    "binary_sensor": (*binary_sensor.BINARY_SENSORS, binary_sensor.SITTING_BREAK_DUE),
    "button": button.BUTTONS,
    "calendar": (calendar.PLAN,),
    "event": (event.ACTIVITY,),
    "image": (image.NEXT,),
    "number": number.NUMBERS,
    "sensor": (
        *sensor.SENSORS,
        sensor.EXERCISES_TODAY,
        sensor.SITTING_TIME,
        sensor.SITTING_TODAY,
    ),
    "switch": (switch.ACTIVE,),
    "todo": (todo.TODAY,),
}
FORMS: Final = {
    "config": {
        "user": forms.user_form("", collapsed=True),
        "screening": forms.SCREENING_FORM,
        "clinician": forms.CLINICIAN_FORM,
        "placement": forms.PLACEMENT_FORM,
        "other_side": forms.OTHER_SIDE_FORM,
        "reconfigure": forms.reconfigure_form("", alone=True),
    },
    "options": {"init": forms.options_form()},
}
FLOWS: Final[dict[str, type]] = {
    "config": config_flow.RehabConfigFlow,
    "options": config_flow.RehabOptionsFlow,
}
SHOWN: Final = {
    ("config", "clinician"): {"advice"},
    ("config", "placement"): {"notes"},
    ("config", "other_side"): {"side"},
    ("options", "init"): {"faulty"},
}
HEALTH: Final = re.compile(r"\b(pain|hurt|symptom|sore|ache|flare|tendon)", re.IGNORECASE)
CRITERION: Final = {"value", "target", "step", "days", "pain", "test"}


def leaves(texts: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text with its path."""
    for key, value in texts.items():
        if isinstance(value, str):
            yield f"{path}{key}", value
        else:
            yield from leaves(value, f"{path}{key}.")


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _text, name, _spec, _how in Formatter().parse(text) if name is not None}


def calls(*names: str) -> Iterator[ast.Call]:
    """Yield every call of a function or class with one of these names."""
    for _path, tree in SOURCES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if name in names:
                    yield node


def constants(node: ast.AST) -> set[str]:
    """Return the texts an expression can be, as far as it can be read off."""
    match node:
        case ast.Constant(value=str(value)):
            return {value}
        case ast.IfExp(body=body, orelse=orelse):
            return constants(body) | constants(orelse)
        case _:
            return set()


def test_every_text_is_plain() -> None:
    for path, text in leaves(TEXTS):
        assert re.fullmatch(r"[a-z0-9_.-]+", path)
        assert text.strip() == text != "", path
        assert not re.search(r"https?:|www\.|<[a-z/]|\[%key|'\{\w+\}'", text), path
        assert not placeholders(text) & {"", "0"}, path


@pytest.mark.parametrize("flow", FLOWS)
def test_every_step_has_a_form_here(flow: str) -> None:
    steps = {name.removeprefix("async_step_") for name in vars(FLOWS[flow]) if "_step_" in name}
    assert steps == FORMS[flow].keys() == TEXTS[flow]["step"].keys()


@pytest.mark.parametrize(("flow", "step"), [(flow, step) for flow in FORMS for step in FORMS[flow]])
def test_every_field_has_a_label_and_a_description(flow: str, step: str) -> None:
    texts, schema = TEXTS[flow]["step"][step], FORMS[flow][step].schema
    assert texts["title"]
    assert texts["description"]
    assert set().union(*(placeholders(text) for _, text in leaves(texts))) == SHOWN.get(
        (flow, step), set()
    )
    sections = {str(key): box for key, box in schema.items() if isinstance(box, section)}
    assert texts.get("sections", {}).keys() == sections.keys()
    fields = {str(key) for key in schema} - sections.keys()
    assert texts["data"].keys() == texts["data_description"].keys() == fields
    for key, box in sections.items():
        inner = texts["sections"][key]
        assert inner["name"]
        assert inner["data"].keys() == inner["data_description"].keys()
        assert inner["data"].keys() == {str(field) for field in box.schema.schema}


def test_what_a_step_is_given_it_shows() -> None:
    given = set()
    for call in calls("async_show_form"):
        words = {word.arg: word.value for word in call.keywords}
        shown = words.get("description_placeholders")
        if isinstance(shown, ast.Dict):
            (step,) = constants(words["step_id"])
            given.add(
                (step, frozenset(chain.from_iterable(constants(key) for key in shown.keys if key)))
            )
    assert given == {(step, frozenset(names)) for (_flow, step), names in SHOWN.items()}


def test_every_error_of_a_form_has_a_text() -> None:
    source = inspect.getsource(config_flow) + inspect.getsource(forms)
    raised = set(re.findall(r'(?:errors\[[\w".]+\] = |\{"\w+": )"(\w+)"', source))
    raised -= {"advice", "notes", "protocol_faulty"}
    assert raised | {"not_a_score"} == TEXTS["config"]["error"].keys()
    offered = {"days_too_close", "morning_too_late", "protocol_faulty"}
    assert TEXTS["options"]["error"].keys() == offered


def test_every_fault_of_a_protocol_has_a_sentence_with_its_figures() -> None:
    told = {"fault": {"line", "where", "what"}, "fault_line": {"line", "what"}}
    for call in calls("problem", "_refuse"):
        figures = {word.arg for word in call.keywords if word.arg}
        for key in constants(call.args[0]):
            told.setdefault(key, figures)
            assert told[key] == figures, key
    told |= {"unknown": {"value"}, "unknown_near": {"value", "near"}}
    told |= {"not_above": {"other", "value"}, "not_below": {"other", "value"}}
    told |= {key: set() for key in ("anchor", "tag", "deep", "documents", "tab", "not_yaml")}
    common = TEXTS["common"]
    assert {f"protocol_{key}" for key in told} == {k for k in common if k.startswith("protocol_")}
    for key, figures in told.items():
        assert placeholders(common[f"protocol_{key}"]) <= figures, key


def test_every_blocking_answer_says_what_to_do() -> None:
    blocks = {key for key, asked in SCREENING.items() if asked.at_set_up is Screen.BLOCK}
    assert set(URGENCY) == blocks
    wanted = {"already_configured"} | {f"blocked_{key}" for key in blocks}
    assert TEXTS["config"]["abort"].keys() == wanted


def test_every_other_answer_has_its_advice() -> None:
    asked = {key for key, ask in SCREENING.items() if ask.at_set_up is not Screen.BLOCK}
    advice = TEXTS["selector"]["advice"]["options"]
    assert advice.keys() == asked | {config_flow.UNCONFIRMED, config_flow.LEFT_FIRST}


def selectors() -> Iterator[tuple[str, list[str]]]:
    """Yield every list of choices, of forms and of actions."""
    boxes = [
        box for flow in FORMS.values() for form in flow.values() for box in form.schema.values()
    ]
    boxes += [
        inner for box in boxes if isinstance(box, section) for inner in box.schema.schema.values()
    ]
    for box in boxes:
        if isinstance(box, SelectSelector):
            yield box.config["translation_key"], [str(option) for option in box.config["options"]]
    for _action, _field, told in fields():
        if chosen := (told.get("selector") or {}).get("select"):
            yield chosen["translation_key"], chosen["options"]
    chosen = automation_yaml("conditions")["is_stage"]["fields"]["stage"]["selector"]["select"]
    assert chosen["options"] == list(Stage)
    yield chosen["translation_key"], chosen["options"]


def fields() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield action, field and what is told of it, also from inside sections."""
    for action, told in ACTIONS.items():
        for name, field in ((told or {}).get("fields") or {}).items():
            inner = (field or {}).get("fields")
            for key, value in (inner or {name: field}).items():
                yield action, key, value or {}


def test_every_choice_has_a_label() -> None:
    for key, options in selectors():
        assert set(options) <= TEXTS["selector"][key]["options"].keys(), key


def test_every_action_offers_all_it_takes() -> None:
    taken = {
        "stage": list(Stage),
        "test": list(TEST_FORMS),
        "kind": list(EVENTS),
        "symptoms": list(SCREENING),
    }
    for _action, name, told in fields():
        if name in taken:
            assert told["selector"]["select"]["options"] == taken[name]


def test_every_list_of_labels_is_used() -> None:
    used = {key for key, _options in selectors()} | {"advice"}
    assert TEXTS["selector"].keys() == used


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_entity_has_a_name_and_an_icon(platform: str) -> None:
    keys = [description.key for description in DESCRIPTIONS[platform]]
    assert TEXTS["entity"][platform].keys() == ICONS["entity"][platform].keys() == set(keys)
    assert len(set(keys)) == len(keys)
    for key in keys:
        assert TEXTS["entity"][platform][key]["name"]
        assert ICONS["entity"][platform][key]["default"]


def test_there_are_no_texts_of_entities_that_do_not_exist() -> None:
    assert TEXTS["entity"].keys() == ICONS["entity"].keys() == set(PLATFORMS)


@pytest.mark.parametrize("key", ["stage", "response"])
def test_every_state_has_a_word_and_an_icon(key: str) -> None:
    (options,) = (told.options for told in sensor.SENSORS if told.key == key)
    assert options is not None
    assert TEXTS["entity"]["sensor"][key]["state"].keys() == set(options)
    assert ICONS["entity"]["sensor"][key]["state"].keys() == set(options)


def test_every_activity_has_a_word_and_an_icon() -> None:
    types = set(event.ACTIVITY.event_types or ())
    for texts in (TEXTS, ICONS):
        told = texts["entity"]["event"]["activity"]["state_attributes"]["event_type"]["state"]
        assert told.keys() == types


def test_every_activity_that_is_announced_is_an_event_type() -> None:
    tree = next(tree for path, tree in SOURCES if path.name == "activity.py")
    yielded = [node.value for node in ast.walk(tree) if isinstance(node, ast.Yield) and node.value]
    told = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return)]
    pairs = [node.elts[0] for node in told if isinstance(node, ast.Tuple)]
    announced = set(chain.from_iterable(constants(node) for node in [*yielded, *pairs]))
    assert announced
    assert announced <= set(event.ACTIVITY.event_types or ())


def raised() -> Iterator[tuple[str, set[str] | None]]:
    """Yield every key of an exception with the placeholders it is given, None if unreadable."""
    for call in calls("RehabError", "JournalError"):
        names = {word.arg for word in call.keywords if word.arg} | {"field"}
        for key in constants(call.args[0]) if call.args else ():
            yield key, names
    for _path, tree in SOURCES:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                given = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
                for argument, default in given:
                    if argument.arg == "key" and default is not None:
                        yield from ((key, None) for key in constants(default))
            elif isinstance(node, ast.keyword) and node.arg in {"key", "translation_key"}:
                yield from ((key, None) for key in constants(node.value))


def test_every_exception_has_a_text_that_says_what_it_is_given() -> None:
    texts = TEXTS["exceptions"]
    entities = {told.key for told in chain.from_iterable(DESCRIPTIONS.values())}
    wanted = {key for key, _names in raised()} - entities
    issues = set(TEXTS.get("issues", {}))
    assert wanted - issues - texts.keys() == set()
    assert texts.keys() - wanted == set(), "never raised"
    for key, names in raised():
        if names is not None and key in texts:
            assert placeholders(texts[key]["message"]) <= names, key


def test_every_action_and_field_has_a_name_and_a_description() -> None:
    texts = TEXTS.get("services", {})
    assert texts.keys() == ACTIONS.keys()
    assert ICONS.get("services", {}).keys() == ACTIONS.keys()
    for action, told in texts.items():
        assert told["name"]
        assert told["description"]
        known = {field for name, field, _told in fields() if name == action}
        assert told.get("fields", {}).keys() == known, action
        taken = TAKEN[action]
        assert known == {str(field) for field in taken.schema.schema}
        folded = {
            name for name, field in ACTIONS[action]["fields"].items() if "fields" in (field or {})
        }
        assert told.get("sections", {}).keys() == folded == ({"wording"} if taken.worded else set())
        assert all(box["name"] and box["description"] for box in told.get("sections", {}).values())
        for field in told.get("fields", {}).values():
            assert field["name"]
            assert field["description"]


@pytest.mark.parametrize("section", AUTOMATION)
def test_every_trigger_and_condition_is_described(section: str) -> None:
    kind, offered = AUTOMATION[section]
    described = automation_yaml(section)
    assert described.keys() == TEXTS[section].keys() == ICONS[section].keys() == set(offered)
    for name, told in described.items():
        texts = TEXTS[section][name]
        assert texts["name"]
        assert texts["description"].startswith(("Triggers when ", "Tests if "))
        assert texts.get("fields", {}).keys() == told.get("fields", {}).keys(), name
        assert all(field["name"] for field in texts.get("fields", {}).values())
        assert ICONS[section][name].keys() == {kind}
        assert told["target"]["entity"]["integration"] == "pht_rehab"


def automation_yaml(section: str) -> dict[str, Any]:
    """Return what describes triggers or conditions to the editor, without the shared parts."""
    described = load_yaml_dict(str(ROOT / f"{section}.yaml"))
    return {name: told for name, told in described.items() if not name.startswith(".")}


def reasons() -> Iterator[tuple[str, set[str] | None, set[str] | None]]:
    """Yield every reason given: its id, its variants (None: only known at run time), figures."""
    for call in calls("reason", "Reason"):
        if not call.args or not isinstance(call.args[0], ast.Attribute):
            continue
        variant = call.args[1] if len(call.args) > 1 else ast.Constant("")
        starred = any(word.arg is None for word in call.keywords)
        figures = None if starred else {word.arg for word in call.keywords if word.arg}
        yield ReasonId[call.args[0].attr].value, constants(variant) or None, figures


def test_every_reason_has_a_sentence_with_its_figures() -> None:
    common = TEXTS["common"]
    for name, variants, figures in reasons():
        if variants is None:
            assert any(key.startswith(f"reason_{name}_") for key in common), name
        for variant in variants or ():
            key = f"reason_{name}_{variant}".rstrip("_")
            assert key in common
            if figures is not None:
                assert placeholders(common[key]) <= figures, key


def test_every_sentence_is_about_a_reason() -> None:
    ids = tuple(f"reason_{id_.value}" for id_ in ReasonId)
    assert all(key.startswith(ids) for key in TEXTS["common"] if key.startswith("reason_"))


def test_every_exit_criterion_has_its_line() -> None:
    common = TEXTS["common"]
    asked = {
        f"criterion_{line.id}"
        for rules in RULES.values()
        for stage, plan in rules.stages.items()
        for goal in Goal
        for line in (*exit_list(plan, stage, goal), *run_gate(RUNNING_RULES))
    }
    written = {key for key in common if key.startswith("criterion_")}
    assert asked == {key.removesuffix("_until") for key in written}
    for key in written:
        assert placeholders(common[key]) <= CRITERION


def test_every_exercise_stage_and_test_has_its_words() -> None:
    common = TEXTS["common"]
    for exercise in EXERCISES:
        assert {f"exercise_{exercise}{part}" for part in ("", "_how_to", "_equipment")} <= set(
            common
        )
    assert {f"stage_{stage}" for stage in Stage} <= set(common)
    assert {f"test_{test}" for test in (*LOAD_TESTS, *CAPACITY_TESTS)} <= set(common)


def test_every_question_answer_pattern_and_remark_has_its_words() -> None:
    common = TEXTS["common"]
    asked = {f"weekly_question_{question.name}" for question in QUESTIONS}
    asked |= {
        f"weekly_choice_{question.name}_{choice}"
        for question in QUESTIONS
        for choice in question.choices
    }
    found = {f"pattern_{source}" for source in patterns.SOURCES}
    found |= {f"pattern_morning_{lag}" for lag in patterns.LAGS}
    assert found == {key for key in common if key.startswith("pattern_")}
    said = {f"remark_{event}" for event in EXPLAINED} | {"remark_masked_test"}
    said |= {f"remark_computed_{question.name}" for question in QUESTIONS if question.computed}
    assert asked == {key for key in common if key.startswith("weekly_")}
    assert said == {key for key in common if key.startswith("remark_")}


def test_every_activity_and_condition_has_its_words() -> None:
    cells = [cell for row in CROSS_TRAINING.values() for cell in row if cell is not None]
    asked = {f"activity_{activity}" for activity in CROSS_TRAINING}
    asked |= {f"activity_how_{cell.how}" for cell in cells if cell.how is not None}
    asked |= {"activity_minutes", "activity_pain", "activity_rule"}
    assert asked == {key for key in TEXTS["common"] if key.startswith("activity_")}


def test_nothing_of_a_visa_h_is_here() -> None:
    """Its items and wording are not ours to print (f2): the name stands beside a total alone."""
    for path, text in leaves(TEXTS):
        if "VISA" in text:
            assert re.search(r"total|elsewhere|VISA-H$", text), path


def test_a_stage_has_one_name_everywhere() -> None:
    common = {stage.value: TEXTS["common"][f"stage_{stage}"] for stage in Stage}
    assert TEXTS["entity"]["sensor"]["stage"]["state"] == common
    assert TEXTS["selector"]["stage"]["options"] == common


def test_every_spoken_answer_has_a_sentence_with_its_figures() -> None:
    asked = {f"voice_{key}": set[str]() for key in intent.REFUSALS}
    for call in calls("voice", "Unanswered"):
        figures = {word.arg for word in call.keywords if word.arg}
        asked |= {f"voice_{key}": figures for key in constants(call.args[0])}
    common = TEXTS["common"]
    assert asked.keys() == {key for key in common if key.startswith("voice_")}
    for key, figures in asked.items():
        assert placeholders(common[key]) == figures, key


def test_what_is_spoken_in_any_room_is_not_about_pain() -> None:
    common = TEXTS["common"]
    quiet = tuple(f"reason_{id_}" for id_ in voice.QUIET)
    told = {key for key in common if key.startswith(("voice_", *quiet))}
    told -= {"voice_session_pain", "voice_morning_pain"}  # only where the options allow it
    told -= {"voice_confirm", "voice_unknown_symptom"}  # the word alone, to who has just said it
    assert len(told) > len(quiet)
    for key in told:
        assert not re.search(rf"{HEALTH.pattern}|calm|too much", common[key], re.IGNORECASE), key


def test_what_an_item_of_the_list_says_is_not_about_pain() -> None:
    parts = ("", "_how_to", "_equipment", "_alternative")
    shown = {f"exercise_{key}{part}" for key in EXERCISES for part in parts}
    shown |= {"tempo", "range_limit", "rest_between"}
    shown |= {key for key in TEXTS["common"] if key.startswith(("dose_", "load_", "summary_"))}
    for key in shown & TEXTS["common"].keys():
        assert not HEALTH.search(TEXTS["common"][key]), key


LANGUAGES: Final = sorted(path.stem for path in (ROOT / "translations").glob("*.json"))


def flat(texts: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text by its path."""
    for key, value in texts.items():
        path = f"{before}.{key}" if before else key
        if isinstance(value, str):
            yield path, value
        else:
            yield from flat(value, path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_figures(language: str) -> None:
    said = json.loads((ROOT / "translations" / f"{language}.json").read_text("utf-8"))
    own, english = dict(flat(said)), dict(flat(TEXTS))
    assert list(own) == list(english)
    for key, text in english.items():
        assert placeholders(own[key]) == placeholders(text), key
        assert own[key].strip(), key
    same = [key for key, text in english.items() if own[key] == text and len(text) > 24]
    assert not same or language == "en", same


def test_every_sentence_is_asked_for() -> None:
    nodes = [node for _path, tree in SOURCES for node in ast.walk(tree)]
    asked = set(chain.from_iterable(map(constants, nodes)))
    made = [node.values[0] for node in nodes if isinstance(node, ast.JoinedStr)]
    begun = tuple(text for node in made for text in constants(node) if text.endswith("_"))
    for key in TEXTS["common"]:
        assert key in asked or key.startswith((*begun, "card_")), key


CARD: Final = ROOT.parents[1] / "frontend" / "src"
ASKED: Final[dict[str, set[str]]] = {
    "act_": {act.value for act in Act},
    "phase_": {"out", "pause", "back"},
    "response_": {response.value for response in Response},
    "side_": {"left", "right"},
    "least_": {"pain", "effort", "confidence", "share"},
    "most_": {"pain", "effort", "confidence", "share"},
    "entry_": {fact.kind for fact in FACTS} - {"note", "void", "rules"},
    "field_": {"pain", "pain_during", "pain_after", "rest_pain", "effort", "value"}
    | {"total", "visa_h_total", "minutes", "distance"},
    "test_": {unit.value for unit in Unit},
    "config_": {"programme", "title", "voice", "voice_help", "compact", "compact_help"},
}
"""The keys of the card's texts that are put together, by how they begin."""


def test_the_card_finds_its_words_and_uses_them_all() -> None:
    code = "".join(path.read_text("utf-8") for path in sorted(CARD.glob("*.ts")))
    asked = set(re.findall(r'\bt\(\s*"(\w+)"', code))
    made = set(re.findall(r"\bt\(`(\w+?_)\$", code))
    assert made == ASKED.keys()
    asked |= {f"{prefix}{end}" for prefix, ends in ASKED.items() for end in ends}
    asked |= {"today", "progress", "loading", "unauthorized", "not_found", "lost"}  # by value
    counted = set(re.findall(r'\bplural\(\s*"(\w+)"', code))
    asked |= {f"{key}_{form}" for key in counted for form in ("one", "other")}
    asked |= {"met", "not_met", "unknown"}
    known = {key.removeprefix("card_") for key in TEXTS["common"] if key.startswith("card_")}
    assert asked - known == set()
    assert known - asked == set()


def test_german_is_there() -> None:
    assert LANGUAGES == ["de", "en"]


def test_every_language_can_be_asked_for() -> None:
    offered = [told["selector"]["language"] for _, name, told in fields() if name == "language"]
    assert offered
    assert all(one == {"languages": LANGUAGES} for one in offered)


async def test_german_is_spoken_where_home_assistant_does(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    await hass.config.async_update(language="de")
    await hass.async_block_till_done()
    summary = state(hass, programme, "sensor", "exercises_today").attributes["summary"]
    assert summary.startswith("Heute: Beidbeinige Brücke, langsam, 3")
    answer = await hass.services.async_call(
        DOMAIN, "explain", {}, blocking=True, return_response=True
    )
    assert "Tage in dieser Phase" in str(answer)
