"""The demo's dashboard, of built-in cards only."""

from collections.abc import Mapping
from typing import Any

type Config = dict[str, Any]


def dashboard(entities: Mapping[str, str]) -> Config:
    """Build the dashboard.

    Args:
        entities: Entity ids by key (the unique id without the entry's); what is not there is
            left out.
    """
    sections = [
        _section(
            "Today",
            "mdi:calendar-today",
            [
                _todo(entities.get("today")),
                _button(entities, "complete_session", "All done", "mdi:check-all", "green"),
                _button(entities, "skip_session", "Skip today", "mdi:debug-step-over", "grey"),
                _tile(entities, "next_session", columns=12),
            ],
            badges=[
                _badge(entities, "exercises_today"),
                _badge(entities, "session_due", "orange", only_on=True),
            ],
        ),
        _section(
            "How does it feel?",
            "mdi:emoticon-outline",
            [
                _pain_input(entities, "log_morning_pain", "Morning check"),
                _pain_input(entities, "log_session_pain", "Pain during the session"),
                _tile(entities, "response", "teal", columns=12),
            ],
            badges=[_badge(entities, "morning_check_due", "orange", only_on=True)],
        )
        + _section(
            "The way back",
            "mdi:stairs-up",
            [
                _tile(entities, "stage", "teal", columns=12),
                _tile(entities, "days_to_next_progression", "teal", name="Next step in"),
                _tile(entities, "days_to_next_stage", "teal", name="Next stage in"),
                _only_while(
                    entities.get("ready_to_progress"),
                    _button(entities, "confirm_progression", "Move on", "mdi:stairs-up", "green"),
                ),
                _tile(entities, "dose_step"),
                _tile(entities, "adherence", "teal"),
                _tile(entities, "flare_up", "red"),
            ],
            badges=[_badge(entities, "ready_to_progress", "green", only_on=True)],
        ),
        _section(
            "Diary",
            "mdi:notebook-outline",
            [_pain_history(entities), _log(entities.get("activity"))],
            badges=[],
        ),
    ]
    view = {
        "title": "Rehab",
        "path": "today",
        "icon": "mdi:human-handsup",
        "type": "sections",
        "max_columns": 3,
        "sections": [{"type": "grid", "cards": cards} for cards in sections if cards],
    }
    return {"views": [view]}


def _section(
    title: str, icon: str, cards: list[Config | None], badges: list[Config | None]
) -> list[Config]:
    """Return a heading and its cards; nothing without cards."""
    shown = [card for card in cards if card is not None]
    if not shown:
        return []
    heading = {
        "type": "heading",
        "heading": title,
        "icon": icon,
        "badges": [badge for badge in badges if badge is not None],
    }
    return [heading, *shown]


def _only_while(entity: str | None, card: Config | None) -> Config | None:
    if entity is None or card is None:
        return None
    shown_while = {"condition": "state", "entity": entity, "state": "on"}
    return {**card, "visibility": [shown_while]}


def _badge(
    entities: Mapping[str, str], key: str, colour: str = "primary", *, only_on: bool = False
) -> Config | None:
    if (entity := entities.get(key)) is None:
        return None
    badge: Config = {"type": "entity", "entity": entity, "color": colour}
    if only_on:
        return _only_while(entity, {**badge, "name": {"type": "entity"}, "state_content": "name"})
    return badge


def _todo(entity: str | None) -> Config | None:
    if entity is None:
        return None
    return {
        "type": "todo-list",
        "entity": entity,
        "hide_create": True,
        "grid_options": {"columns": 12},
    }


def _tile(
    entities: Mapping[str, str],
    key: str,
    colour: str = "primary",
    columns: int = 6,
    name: str | None = None,
) -> Config | None:
    if (entity := entities.get(key)) is None:
        return None
    return {
        "type": "tile",
        "entity": entity,
        "name": {"type": "entity"} if name is None else name,
        "color": colour,
        "grid_options": {"columns": columns},
    }


def _button(
    entities: Mapping[str, str], key: str, name: str, icon: str, colour: str
) -> Config | None:
    if (entity := entities.get(key)) is None:
        return None
    press = {
        "action": "perform-action",
        "perform_action": "button.press",
        "target": {"entity_id": entity},
    }
    return {
        "type": "tile",
        "entity": entity,
        "name": name,
        "icon": icon,
        "color": colour,
        "hide_state": True,
        "tap_action": press,
        "icon_tap_action": press,
    }


def _pain_input(entities: Mapping[str, str], key: str, name: str) -> Config | None:
    if (entity := entities.get(key)) is None:
        return None
    return {
        "type": "tile",
        "entity": entity,
        "name": name,
        "icon": "mdi:gauge",
        "color": "teal",
        "features": [{"type": "numeric-input", "style": "slider"}],
        "grid_options": {"columns": 12},
    }


def _pain_history(entities: Mapping[str, str]) -> Config | None:
    shown = [
        {"entity": entities[key], "name": name}
        for key, name in (("morning_pain", "Morning"), ("session_pain", "Session"))
        if key in entities
    ]
    if not shown:
        return None
    return {
        "type": "statistics-graph",
        "title": "Pain, 0 to 10",
        "entities": shown,
        "days_to_show": 42,
        "period": "day",
        "stat_types": ["mean"],
        "chart_type": "line",
        "min_y_axis": 0,
        "max_y_axis": 10,
        "grid_options": {"columns": 12},
    }


def _log(entity: str | None) -> Config | None:
    if entity is None:
        return None
    return {
        "type": "logbook",
        "target": {"entity_id": [entity]},
        "hours_to_show": 24 * 14,
        "grid_options": {"columns": 12, "rows": 4},
    }
