"""Today's list: a tick logs, an untick takes it back, and nothing else can be changed."""

import re
from typing import Any

import pytest
from homeassistant.components.todo import TodoItem, TodoItemStatus
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.entity_component import DATA_INSTANCES
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
)

from custom_components.pht_rehab.domain import decide
from custom_components.pht_rehab.domain.facts import SessionReported
from custom_components.pht_rehab.todo import TodayList
from tests.entities import registered, state


async def listed(hass: HomeAssistant, programme: MockConfigEntry) -> list[dict[str, Any]]:
    """Return the items as the action gives them."""
    entity_id = registered(hass, programme, "todo", "today").entity_id
    answer = await hass.services.async_call(
        "todo", "get_items", {"entity_id": entity_id}, blocking=True, return_response=True
    )
    items: list[dict[str, Any]] = answer[entity_id]["items"]  # type: ignore[index,assignment,call-overload]
    return items


async def update(hass: HomeAssistant, programme: MockConfigEntry, **fields: str) -> None:
    """Change an item."""
    entity_id = registered(hass, programme, "todo", "today").entity_id
    await hass.services.async_call(
        "todo", "update_item", {"entity_id": entity_id, **fields}, blocking=True
    )
    await hass.async_block_till_done()


def done(programme: MockConfigEntry) -> list[str]:
    """Return the exercises that count as done."""
    return [item.prescribed.id for item in programme.runtime_data.data.items if item.done]


async def test_one_item_an_exercise(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    items = await listed(hass, programme)
    prescribed = [item.prescribed for item in programme.runtime_data.data.items]
    assert [item["uid"] for item in items] == [f"2026-03-02:{item.id}" for item in prescribed]
    assert {item["status"] for item in items} == {"needs_action"}
    assert state(hass, programme, "todo", "today").state == str(len(items))
    texts = programme.runtime_data.texts
    for item, wanted in zip(items, prescribed, strict=True):
        assert item["summary"] == texts.exercise(wanted.id)
        assert texts.dose(wanted) in item["description"]
        assert texts.how_to(wanted.id) in item["description"]
        assert not re.search(r"\b(pain|symptom)", item["description"], re.IGNORECASE)


async def test_a_tick_logs_and_an_untick_takes_it_back(
    hass: HomeAssistant, programme: MockConfigEntry
) -> None:
    first, second, *_ = await listed(hass, programme)
    await update(hass, programme, item=first["uid"], status="completed")
    await update(hass, programme, item=second["uid"], rename=second["summary"], status="completed")
    names = [item["uid"].partition(":")[2] for item in (first, second)]
    assert done(programme) == names
    facts = programme.runtime_data.course.facts.values()
    told = [fact for fact in facts if isinstance(fact, SessionReported)]
    assert [(fact.exercises, fact.pain_during) for fact in told] == [
        ((name,), None) for name in names
    ]
    await update(hass, programme, item=first["uid"], status="needs_action")
    assert done(programme) == names[1:]


async def test_the_same_again_adds_nothing(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    first, *_ = await listed(hass, programme)
    await update(hass, programme, item=first["uid"], status="completed")
    count = len(programme.runtime_data.course.facts)
    await update(hass, programme, item=first["uid"], status="completed")
    assert len(programme.runtime_data.course.facts) == count


async def test_the_texts_cannot_be_edited(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    first, *_ = await listed(hass, programme)
    with pytest.raises(ServiceValidationError) as refused:
        await update(hass, programme, item=first["uid"], rename="Sofa", status="completed")
    assert refused.value.translation_key == "todo_text_fixed"
    with pytest.raises(ServiceValidationError):
        await update(hass, programme, item=first["uid"], description="Sofa")
    assert done(programme) == []


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("add_item", {"item": "Sofa"}),
        ("remove_item", {"item": "Two-leg bridge, slow"}),
        ("remove_completed_items", {}),
    ],
)
@pytest.mark.no_fail_on_log_exception
async def test_the_plan_alone_makes_the_items(
    hass: HomeAssistant, programme: MockConfigEntry, action: str, data: dict[str, str]
) -> None:
    entity_id = registered(hass, programme, "todo", "today").entity_id
    with pytest.raises(HomeAssistantError):
        await hass.services.async_call(
            "todo", action, {"entity_id": entity_id, **data}, blocking=True
        )


async def test_yesterdays_item_is_gone(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    entity_id = registered(hass, programme, "todo", "today").entity_id
    entity = hass.data[DATA_INSTANCES]["todo"].get_entity(entity_id)
    assert isinstance(entity, TodayList)
    stale = TodoItem(uid="2026-03-01:bridge_double_slow", status=TodoItemStatus.COMPLETED)
    with pytest.raises(ServiceValidationError) as refused:
        await entity.async_update_todo_item(stale)
    assert refused.value.translation_key == "todo_item_gone"


async def test_a_pause_empties_the_list(hass: HomeAssistant, programme: MockConfigEntry) -> None:
    await programme.runtime_data.async_record(decide.pause)
    await hass.async_block_till_done()
    assert state(hass, programme, "todo", "today").state == "0"
    assert await listed(hass, programme) == []
