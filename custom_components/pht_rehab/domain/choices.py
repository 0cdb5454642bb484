"""Choices: stage, pause, days off, settings, and taking an entry back."""

from dataclasses import replace
from datetime import date

from .adopted import Protocol
from .checks import (
    NOTE_MAX,
    Decision,
    Moment,
    asked_days,
    day_of,
    logged_date,
    named,
    one,
    text,
    void,
)
from .course import Course
from .criteria import ready
from .facts import (
    NoteWritten,
    OptionsChanged,
    Paused,
    ProtocolAdopted,
    Resumed,
    RulesAdopted,
    SessionSkipped,
    SetUp,
    SideAdded,
    StageConfirmed,
    StageSet,
    Unlocked,
    Voided,
)
from .model import RehabError, Stage
from .pair import badness
from .protocol import FIRST_STEP, LAST_STEP, STEP_INDEX, next_stage
from .rules import RULES_VERSION
from .sided import belonging, together
from .state import State
from .strands import ENERGY_INDEX, RUN_INDEX


def unlock(course: Course, at: Moment, *, reason: str) -> Decision:
    """Record that a clinician cleared what holds the programme.

    Of several holds it lifts the most urgent: a lock, else the prescriber's, else that of impact.
    """
    about = logged_date(course, at, None)
    state = day_of(course, at, about).state
    if state.lock is None and not (state.prescriber_block or state.no_impact):
        raise RehabError("not_locked")
    if not (text(reason, "reason") or "").strip():
        raise RehabError("reason_needed", field="reason")
    return one(Unlocked(log_id=at.new_id(), on=about, logged_at=at.now, reason=reason))


def progress(
    course: Course,
    at: Moment,
    *,
    anyway: bool = False,
    reason: str | None = None,
    side: str | None = None,
) -> Decision:
    """Confirm the stage above; ``anyway`` needs a reason and never passes a lock.

    Without a ``side`` it is the worse one's, or both sides' where they stand alike.
    """
    about = logged_date(course, at, None)
    days, asked = asked_days(course, at, about, side)
    if side is None:
        worst = min(badness(days[name].state) for name in asked)
        asked = [name for name in asked if badness(days[name].state) == worst]
    return together(
        [
            replace(
                _confirmed(days[name].state, at, about, anyway=anyway, why=reason),
                side=named(course, name),
            )
            for name in asked
        ]
    )


def _confirmed(
    state: State, at: Moment, about: date, *, anyway: bool, why: str | None
) -> StageConfirmed:
    above = next_stage(state.stage, state.goal)
    if state.stopped or state.prescriber_block:
        raise RehabError("locked" if state.pause is None else "paused")
    if above is None:
        raise RehabError("nothing_above")
    if not ready(state, state.day):
        if not anyway:
            raise RehabError("criteria_unmet", field="anyway")
        if not (text(why, "reason") or "").strip():
            raise RehabError("reason_needed", field="reason")
    return StageConfirmed(
        log_id=at.new_id(),
        on=about,
        logged_at=at.now,
        stage=above.value,
        anyway=anyway,
        reason=text(why, "reason"),
    )


def set_stage(  # noqa: PLR0913 -- one argument a field of the action
    course: Course,
    at: Moment,
    *,
    stage: str,
    dose_step: str | None = None,
    reason: str | None = None,
    side: str | None = None,
) -> Decision:
    """Put the programme, or one side of it, at a stage, and at one of its dose steps.

    A running step, or an energy storage step of the stage it is at, sets that strand alone.
    """
    if stage not in {known.value for known in Stage}:
        raise RehabError("unknown_stage", field="stage", value=stage[:50])
    about = logged_date(course, at, None)
    days, asked = asked_days(course, at, about, side)
    for state in (days[name].state for name in asked):
        if dose_step is not None and not _step_of(dose_step, Stage(stage), state):
            raise RehabError("unknown_dose_step", field="dose_step", value=dose_step[:50])
        if state.lock is not None:
            raise RehabError("locked")
    return one(
        StageSet(
            log_id=at.new_id(),
            on=about,
            logged_at=at.now,
            stage=stage,
            dose_step=dose_step,
            reason=text(reason, "reason"),
            side=named(course, side),
        )
    )


def _step_of(dose_step: str, stage: Stage, state: State) -> bool:
    if dose_step in RUN_INDEX:
        return stage is state.stage and state.running.step is not None
    if dose_step in ENERGY_INDEX:
        return bool(state.rules.stages[stage].energy_per_week)
    step = STEP_INDEX.get(dose_step, -1)
    return FIRST_STEP[stage] <= step <= LAST_STEP[stage]


def pause(
    course: Course, at: Moment, *, until: date | None = None, reason: str | None = None
) -> Decision:
    """Pause from today; ``until`` is the first day back."""
    about = logged_date(course, at, None)
    if until is not None and until <= about:
        raise RehabError("until_not_after_today", field="until")
    return one(
        Paused(
            log_id=at.new_id(),
            on=about,
            logged_at=at.now,
            until=until,
            reason=text(reason, "reason"),
        )
    )


def resume(course: Course, at: Moment, *, reason: str | None = None) -> Decision:
    """End the pause."""
    about = logged_date(course, at, None)
    if day_of(course, at, about).state.pause is None:
        raise RehabError("not_paused")
    return one(
        Resumed(log_id=at.new_id(), on=about, logged_at=at.now, reason=text(reason, "reason"))
    )


def skip_session(
    course: Course, at: Moment, *, on: date | None = None, reason: str | None = None
) -> Decision:
    """Take a day off; already taken off adds nothing."""
    about = logged_date(course, at, on)
    if course.diary.page(about).skipped:
        return Decision()
    return one(
        SessionSkipped(
            log_id=at.new_id(), on=about, logged_at=at.now, reason=text(reason, "reason")
        )
    )


def void_entry(course: Course, at: Moment, *, log_id: str) -> Decision:
    """Take an entry back, with the one beside it about the other side.

    Set-up, settings, rules and the second side cannot be, nor what is void already.
    """
    target = course.facts.get(log_id)
    if target is None or isinstance(target, Voided | NoteWritten):
        raise RehabError("unknown_entry", field="log_id", value=log_id[:50])
    if isinstance(target, SetUp | SideAdded | OptionsChanged | RulesAdopted | ProtocolAdopted):
        raise RehabError("entry_needed", field="log_id")
    if log_id in course.voided:
        raise RehabError("already_voided", field="log_id")
    others = (fact for fact in belonging(course, target) if fact is not target)
    voids = tuple(void(at, fact.on, fact.log_id) for fact in (target, *others))
    return Decision(voids, voids[0].log_id)


def note(course: Course, at: Moment, *, log_id: str, words: str) -> Decision:
    """Write a note beside an entry; an empty one takes it away, the same again adds nothing."""
    target = course.facts.get(log_id)
    if target is None or isinstance(target, Voided | NoteWritten):
        raise RehabError("unknown_entry", field="log_id", value=log_id[:50])
    written = (text(words, "text", NOTE_MAX) or "").strip()
    if written == course.diary.note(log_id):
        return Decision()
    return one(
        NoteWritten(log_id=at.new_id(), on=target.on, logged_at=at.now, target=log_id, text=written)
    )


def add_side(course: Course, at: Moment, on: date, **answers: object) -> Decision:
    """Follow the other side too, from a date on; followed already adds nothing."""
    if course.other is not None:
        return Decision()
    fact = SideAdded(
        log_id=at.new_id(),
        on=max(course.start, min(on, at.today)),
        logged_at=at.now,
        **answers,  # type: ignore[arg-type]
    )
    if fact.side == course.set_up.side:
        raise RehabError("not_this_side", field="side", side=fact.side)
    return one(fact)


def change_options(course: Course, at: Moment, **changes: object) -> Decision:
    """Record changed settings, in force from today; unchanged ones are left out."""
    wanted = {name: value for name, value in changes.items() if value is not None}
    current = course.settings
    changed = {name: value for name, value in wanted.items() if current.get(name) != value}
    if not changed:
        return Decision()
    return one(
        OptionsChanged(
            log_id=at.new_id(),
            on=logged_date(course, at, None),
            logged_at=at.now,
            **changed,  # type: ignore[arg-type]
        )
    )


def adopt_rules(course: Course, at: Moment) -> Decision:
    """Adopt a newer edition of the built-in rules; a protocol of one's own stays in force."""
    if course.protocol is not None or course.rules_version >= RULES_VERSION:
        return Decision()
    return one(_built_in(course, at))


def adopt_protocol(
    course: Course, at: Moment, *, source: str, protocol: Protocol | None
) -> Decision:
    """Put a protocol in force from today, None for the built-in one; the same adds nothing."""
    known = course.protocol
    if protocol is None:
        return Decision() if known is None else one(_built_in(course, at))
    content = protocol.content
    if known is not None and (known.source, known.content) == (source, content):
        return Decision()
    return one(
        ProtocolAdopted(
            log_id=at.new_id(),
            on=logged_date(course, at, None),
            logged_at=at.now,
            rules_version=protocol.rules.version,
            source=source,
            name=protocol.name,
            content=content,
            digest=protocol.digest,
        )
    )


def _built_in(course: Course, at: Moment) -> RulesAdopted:
    return RulesAdopted(
        log_id=at.new_id(),
        on=logged_date(course, at, None),
        logged_at=at.now,
        rules_version=RULES_VERSION,
    )
