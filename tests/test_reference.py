"""docs/reference.md names everything there is."""

import json
import re
from pathlib import Path

from homeassistant.util.yaml import load_yaml_dict

ROOT = Path(__file__).parent.parent
INTEGRATION = ROOT / "custom_components" / "pht_rehab"
NAMED = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "reference.md").read_text()))


def test_every_name_is_in_the_reference() -> None:
    texts = json.loads((INTEGRATION / "translations" / "en.json").read_text())
    entities = {key for platform in texts["entity"].values() for key in platform}
    wanted = entities.union(
        texts["services"],
        texts["triggers"],
        texts["conditions"],
    )
    assert wanted <= NAMED, wanted - NAMED


def test_every_rule_of_the_scale_has_an_answer() -> None:
    rules = load_yaml_dict(str(INTEGRATION / "quality_scale.yaml"))["rules"]
    assert len(rules) == 54
    for name, answer in rules.items():
        exempt = isinstance(answer, dict) and answer["status"] == "exempt"
        assert answer == "done" or (exempt and answer["comment"].strip()), name
