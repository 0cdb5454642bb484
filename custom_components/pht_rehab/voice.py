"""What can be said to a programme, and what it answers: intents, models and sentences share it.

Whoever stands in the room hears an answer, and a chat cannot be told from a speaker. So none of
them says a word about pain or symptoms unless the programme's options allow it; only that a
symptom may need help at once is said in any case, to the person who has just reported it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import voluptuous as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    SelectSelector,
    SelectSelectorConfig,
)

from .coordinator import RehabCoordinator
from .domain import decide
from .domain.model import Outcome, ReasonId
from .domain.screening import SCREENING, withholding
from .texts import Texts

QUIET: Final = frozenset(
    {
        ReasonId.ADHERENCE_LOW,
        ReasonId.CHOSEN,
        ReasonId.CONFIRMATION,
        ReasonId.CRITERIA_UNMET,
        ReasonId.GAP_REPEAT,
        ReasonId.GAP_STAGE_DOWN,
        ReasonId.GAP_STEP_DOWN,
        ReasonId.MINIMUM_DAYS,
        ReasonId.NO_TRAINING_DAYS,
        ReasonId.ONE_CHANGE_AT_A_TIME,
        ReasonId.OTHER_STRAND,
        ReasonId.PAUSED,
        ReasonId.REST_DAY,
        ReasonId.SKIPPED,
        ReasonId.SPACING,
        ReasonId.STAGE_UP,
        ReasonId.TEST_NEEDED,
        ReasonId.TOP_STEP,
    }
)
"""The reasons whose sentences are about neither pain nor symptoms."""


class Unanswered(Exception):  # noqa: N818
    """What was said changed nothing; ``key`` names the sentence that says why."""

    def __init__(self, key: str, **figures: str) -> None:
        super().__init__(key)
        self.key = key
        self.figures = figures


class _Told:
    """Tells a model what is wanted, and takes what comes: the rules check it and say why not."""

    def __call__(self, data: Any) -> Any:
        return data


class _Score(_Told, NumberSelector):
    """A score 0-10."""


class _Symptoms(_Told, SelectSelector):
    """Screening questions answered with yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that can be said: its intent, how a model is told of it, and the answer."""

    intent: str
    description: str
    answer: Callable[..., Awaitable[str]]
    policy: str = POLICY_READ
    slots: Mapping[vol.Marker, Any] = field(default_factory=dict)


def _aloud(programme: RehabCoordinator) -> bool:
    allowed: bool = programme.config_entry.options.get("spoken_symptoms", False)
    return allowed


async def exercises_today(programme: RehabCoordinator, texts: Texts) -> str:
    """Say what is left of today."""
    return texts.summary(programme.data)


async def days_to_next_stage(programme: RehabCoordinator, texts: Texts) -> str:
    """Say how long it is to the next stage."""
    days = programme.data.days_to_next_stage
    if days is None:
        return texts.voice("stage_unknown")
    return texts.voice("stage_days", days=str(days)) if days else texts.voice("stage_today")


async def why_held(programme: RehabCoordinator, texts: Texts) -> str:
    """Say why the programme is where it is, as far as that may be said aloud."""
    why = programme.data.explanation
    if _aloud(programme):
        return " ".join(texts.reason(reason) for reason in why.reasons)
    said = [texts.reason(reason) for reason in why.reasons if reason.id in QUIET]
    if not said:
        free = why.outcome is Outcome.PROGRESS
        said.append(texts.voice("not_held") if free else texts.voice("held"))
    return " ".join([*said, texts.voice("more")])


async def log_session(
    programme: RehabCoordinator,
    texts: Texts,
    pain: float | None = None,
    effort: float | None = None,
) -> str:
    """Log today's session as done."""
    await programme.async_record(
        lambda course, at: decide.complete_session(course, at, pain=pain, effort=effort)
    )
    score = programme.data.session_pain_today
    if score is None:
        return texts.voice("session_unscored")
    if pain is None or not _aloud(programme):
        return texts.voice("session_logged")
    return texts.voice("session_pain", pain=f"{score:g}")


async def log_morning_score(programme: RehabCoordinator, texts: Texts, pain: float) -> str:
    """Log this morning's score."""
    await programme.async_record(lambda course, at: decide.score_morning(course, at, pain))
    if _aloud(programme):
        return texts.voice("morning_pain", pain=f"{pain:g}")
    return texts.voice("morning_logged")


async def report_symptoms(
    programme: RehabCoordinator, texts: Texts, symptoms: object, *, confirmed: bool = False
) -> str:
    """Report symptoms; what takes exercise away is asked back first."""
    keys = _known(symptoms)
    urgent = any(SCREENING[key].emergency for key in keys)
    said = [texts.voice("emergency")] if urgent else []
    if withholding(keys) and not confirmed:
        return " ".join([*said, texts.voice("confirm")])
    await programme.async_record(
        lambda course, at: decide.report_symptoms(course, at, symptoms=keys)
    )
    held = programme.data.standing.locked
    said.append(texts.voice("symptom_held") if held else texts.voice("symptom_logged"))
    return " ".join(said)


def _known(symptoms: object) -> tuple[str, ...]:
    """Return the symptoms. None is no answer: every screening question has to be read for it."""
    given = symptoms if isinstance(symptoms, list) else [symptoms]
    keys = tuple(str(symptom) for symptom in given)
    if not keys or not SCREENING.keys() >= set(keys):
        raise Unanswered("unknown_symptom")
    return keys


_SCORE: Final = _Score(NumberSelectorConfig(min=0, max=10, step=0.5))
_PAIN: Final = "Worst pain, 0 to 10, as the person gave it; never a guess"

SAID: Final = (
    Said(
        intent="PhtRehabExercisesToday",
        description="Tells which rehabilitation exercises are left today, with their doses",
        answer=exercises_today,
    ),
    Said(
        intent="PhtRehabDaysToNextStage",
        description="Tells how many days it is to the next stage of the rehabilitation programme",
        answer=days_to_next_stage,
    ),
    Said(
        intent="PhtRehabWhyHeld",
        description="Tells why the rehabilitation programme is held back or where it stands",
        answer=why_held,
    ),
    Said(
        intent="PhtRehabLogSession",
        description="Logs today's rehabilitation session as done, or corrects its pain score",
        answer=log_session,
        policy=POLICY_CONTROL,
        slots={
            vol.Optional("pain", description=f"{_PAIN}, during the session"): _SCORE,
            vol.Optional("effort", description="How hard it was, 0 to 10"): _SCORE,
        },
    ),
    Said(
        intent="PhtRehabLogMorningScore",
        description="Logs the pain score of this morning's load test",
        answer=log_morning_score,
        policy=POLICY_CONTROL,
        slots={vol.Required("pain", description=f"{_PAIN}, in the test"): _SCORE},
    ),
    Said(
        intent="PhtRehabReportSymptoms",
        description=(
            "Reports new symptoms to the rehabilitation programme, which may put it on hold. "
            "If the answer asks for confirmation, ask the person; call again with confirmed "
            "only after a clear yes. Never guess: what is not on the list cannot be reported."
        ),
        answer=report_symptoms,
        policy=POLICY_CONTROL,
        slots={
            vol.Required("symptoms"): _Symptoms(
                SelectSelectorConfig(options=list(SCREENING), multiple=True)
            ),
            vol.Optional("confirmed", description="The person has said yes to it"): cv.boolean,
        },
    ),
)
