"""Screening questions (g1) and placement (b3): may the programme start, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .model import Stage
from .protocol import FIRST_STEP, LOAD_TESTS, STEP_INDEX
from .rules import Rules


class Screen(StrEnum):
    """What a yes leads to at set-up."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Question:
    """One screening question: its number in (g1), what a yes does at set-up and later on."""

    number: str
    at_set_up: Screen
    locks: bool
    emergency: bool = False


SCREENING: Final[Mapping[str, Question]] = MappingProxyType(
    {
        "sudden_onset": Question("K1", Screen.BLOCK, locks=True),
        "bruise_or_weakness": Question("K2", Screen.BLOCK, locks=True),
        "under_18": Question("K3", Screen.BLOCK, locks=True),
        "saddle_numbness": Question("K4", Screen.BLOCK, locks=True, emergency=True),
        # New numbness or weakness is a STOP in (c1), although (g1) only warns at set-up.
        "leg_numbness": Question("K5", Screen.WARN, locks=True),
        "swollen_calf": Question("K6", Screen.BLOCK, locks=True, emergency=True),
        "unrelenting_pain": Question("K7", Screen.BLOCK, locks=True),
        "fever_or_weight_loss": Question("K8", Screen.BLOCK, locks=True),
        "bone_stress": Question("K9", Screen.WARN, locks=False),
        "inflammatory": Question("K10", Screen.WARN, locks=False),
        "fluoroquinolone_or_steroids": Question("K11", Screen.WARN, locks=False),
        "injection_or_surgery": Question("K12", Screen.WARN, locks=False),
        "pregnancy_or_heart": Question("K13", Screen.WARN, locks=False),
        "slow_healing": Question("K15", Screen.WARN, locks=False),
        "other_side": Question("K16", Screen.NOTE, locks=False),
        "low_mood": Question("K17", Screen.NOTE, locks=False),
    }
)

URGENCY: Final = (
    "saddle_numbness",
    "swollen_calf",
    "bruise_or_weakness",
    "sudden_onset",
    "fever_or_weight_loss",
    "unrelenting_pain",
    "under_18",
)
"""The blocking answers, those that bear no delay first."""

REPEATED: Final = (
    "bruise_or_weakness",
    "saddle_numbness",
    "leg_numbness",
    "swollen_calf",
    "unrelenting_pain",
    "fever_or_weight_loss",
)
"""Asked again every month and after any STOP or RED: K2, K4-K8."""

PRESCRIBER: Final = frozenset({"fluoroquinolone_or_steroids"})
"""Heavy and energy strands wait for the prescriber (K11)."""

IMPACT: Final = frozenset({"bone_stress"})
"""Neither running nor hopping until a clinician has cleared it (K9)."""

GUIDED: Final = frozenset(
    {"leg_numbness", "inflammatory", "injection_or_surgery", "pregnancy_or_heart"}
)
"""The programme runs in clinician-guided mode (K5, K10, K12, K13)."""


def blocking(symptoms: Iterable[str]) -> list[str]:
    """Return the answers with which the programme cannot start, the most urgent first."""
    found = [key for key in symptoms if SCREENING[key].at_set_up is Screen.BLOCK]
    return sorted(found, key=URGENCY.index)


def warning(symptoms: Iterable[str], *, clinician_confirmed: bool) -> bool:
    """Return whether the answers need a clinician's form to be acknowledged (K14 included)."""
    warned = any(SCREENING[key].at_set_up is Screen.WARN for key in symptoms)
    return warned or not clinician_confirmed


def locking(symptoms: Iterable[str]) -> tuple[str, ...]:
    """Return the reported symptoms that lock a running programme."""
    return tuple(key for key in symptoms if SCREENING[key].locks)


def withholding(symptoms: Iterable[str]) -> bool:
    """Return whether, once reported, only a clinician's word gives exercise back."""
    return any(SCREENING[key].locks or key in PRESCRIBER for key in symptoms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Irritability:
    """What decides whether the tendon is highly irritable (b3-1); None = not reported."""

    rest_pain: float | None = None
    sitting_minutes: float | None = None
    lasting_symptoms: bool | None = None
    night_waking: bool | None = None


def place(
    rules: Rules, irritable: Irritability, morning_pain: float, tests: Mapping[str, float]
) -> tuple[Stage, int]:
    """Return stage and dose step (ladder index) by (b3) and (c10-2).

    ``tests`` maps load tests to scores; a test not done ends the ladder.
    """
    if _highly(rules, irritable):
        return Stage.SETTLE, FIRST_STEP[Stage.SETTLE]
    most = rules.place_test_max
    two_leg = tests.get(LOAD_TESTS[0], morning_pain)
    if two_leg > most:
        return Stage.SETTLE, FIRST_STEP[Stage.SETTLE]
    one_leg, long_lever, arabesques = (tests.get(test) for test in LOAD_TESTS[1:])
    if one_leg is None or one_leg > most:
        return Stage.ISOMETRIC, FIRST_STEP[Stage.ISOMETRIC]
    if long_lever is None or long_lever > most:
        return Stage.ISOTONIC, FIRST_STEP[Stage.ISOTONIC]
    if arabesques is None or arabesques > most:
        return Stage.ISOTONIC, STEP_INDEX["S2.2"]
    return Stage.HIP_FLEXION, FIRST_STEP[Stage.HIP_FLEXION]


def _highly(rules: Rules, irritable: Irritability) -> bool:
    rest, sitting = irritable.rest_pain, irritable.sitting_minutes
    return (
        (rest is not None and rest >= rules.place_rest_pain)
        or (sitting is not None and sitting <= rules.place_sitting_minutes)
        or irritable.lasting_symptoms is True
        or irritable.night_waking is True
    )
