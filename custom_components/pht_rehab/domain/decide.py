"""From what a person wants to record to facts; everything that can be refused is refused here.

Each function takes the course and a ``Moment`` and returns a ``Decision``: the facts to store,
none if there is nothing new to say. ``RehabError`` names the field; nothing is changed then.
"""

from .checks import Decision, Moment
from .choices import (
    add_side,
    adopt_protocol,
    adopt_rules,
    change_options,
    note,
    pause,
    progress,
    resume,
    set_stage,
    skip_session,
    unlock,
    void_entry,
)
from .correct import correct
from .reports import (
    EVENTS,
    log_event,
    log_morning_check,
    log_sitting,
    log_test,
    report_symptoms,
    score_morning,
)
from .runs import log_run, notice_run, tick_run, untick_run
from .sessions import complete_session, log_session, score_session, tick, untick
from .weekly_report import log_weekly_check

__all__ = [
    "EVENTS",
    "Decision",
    "Moment",
    "add_side",
    "adopt_protocol",
    "adopt_rules",
    "change_options",
    "complete_session",
    "correct",
    "log_event",
    "log_morning_check",
    "log_run",
    "log_session",
    "log_sitting",
    "log_test",
    "log_weekly_check",
    "note",
    "notice_run",
    "pause",
    "progress",
    "report_symptoms",
    "resume",
    "score_morning",
    "score_session",
    "set_stage",
    "skip_session",
    "tick",
    "tick_run",
    "unlock",
    "untick",
    "untick_run",
    "void_entry",
]
