"""Coaching, groups and marks of the demo workspace obey the rules of sections 3 to 6."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

import models
from models import Status

Rows = Callable[..., Awaitable[list[Any]]]


async def test_the_agent_has_coaching_in_every_status_some_of_it_through_groups(
    rows: Rows,
) -> None:
    (agent,) = await rows(models.User, models.User.email == "agent@demo.example")
    own = await rows(models.Assignment, models.Assignment.agent_id == agent.agent_id)

    assert {row.status for row in own} == set(Status)
    assert sum(row.group_id is not None for row in own) == 2


async def test_there_are_individual_and_group_assignments_and_sent_groups_in_every_status(
    rows: Rows,
) -> None:
    assignments = await rows(models.Assignment)
    sent = await rows(models.CoachingGroup, models.CoachingGroup.state == "SENT")

    assert {row.status for row in assignments if row.group_id is None} == set(Status)
    assert {row.status for row in assignments if row.group_id is not None} == set(Status)
    assert {row.status for row in sent} == set(Status)


async def test_the_monitors_default_windows_are_not_empty(rows: Rows, now: dt.datetime) -> None:
    assignments = await rows(models.Assignment)

    assert any(row.follow_up_on == now.date() for row in assignments)
    assert sum(row.assigned_at > now - dt.timedelta(days=7) for row in assignments) > 5


async def test_marks_are_in_every_state_and_one_in_a_group_is_a_members(
    rows: Rows,
) -> None:
    marks = await rows(models.Mark)
    members = {(row.group_id, row.agent_id) for row in await rows(models.CoachingGroupMember)}
    state = {row.id: row.state for row in await rows(models.CoachingGroup)}
    active = [row for row in marks if row.state is models.MarkState.ACTIVE]

    assert {row.state for row in marks} == set(models.MarkState)
    assert {row.group_id is None for row in active} == {True, False}
    for row in marks:
        assert row.group_id is None or (row.group_id, row.agent_id) in members
    for row in active:
        assert row.group_id is None or state[row.group_id] is models.GroupState.PENDING


async def test_a_mark_has_areas_and_conversations_of_its_agent(rows: Rows) -> None:
    marks = {row.id: row.agent_id for row in await rows(models.Mark)}
    areas = {row.mark_id for row in await rows(models.MarkArea)}
    owner = {row.id: row.agent_id for row in await rows(models.Conversation)}
    linked = await rows(models.MarkConversation)

    assert areas == marks.keys()
    assert {row.mark_id for row in linked} == marks.keys()
    assert all(owner[row.conversation_id] == marks[row.mark_id] for row in linked)


async def test_pending_groups_wait_with_and_without_conversations(rows: Rows) -> None:
    pending = await rows(models.CoachingGroup, models.CoachingGroup.state == "PENDING")
    marked = {row.group_id for row in await rows(models.Mark)}

    assert {row.id in marked for row in pending} == {True, False}


async def test_every_member_of_a_sent_group_has_one_assignment_under_its_own_name(
    rows: Rows,
) -> None:
    sent = await rows(models.CoachingGroup, models.CoachingGroup.state == "SENT")
    members = await rows(models.CoachingGroupMember)
    assignments = await rows(models.Assignment)

    for group in sent:
        own = [row for row in assignments if row.group_id == group.id]
        expected = {row.agent_id for row in members if row.group_id == group.id}
        assert {row.agent_id for row in own} == expected
        assert len(own) == len(expected)
        assert {row.name for row in own} == {group.assignment_name}
        assert group.name != group.assignment_name


async def test_an_assignment_is_about_its_agents_own_conversations_before_it(
    rows: Rows,
    now: dt.datetime,
) -> None:
    assignments = {row.id: row for row in await rows(models.Assignment)}
    conversations = {row.id: row for row in await rows(models.Conversation)}
    areas = {row.assignment_id for row in await rows(models.AssignmentArea)}
    items = await rows(models.AssignmentConversation)

    assert areas == assignments.keys() == {item.assignment_id for item in items}
    for item in items:
        assignment = assignments[item.assignment_id]
        conversation = conversations[item.conversation_id]
        assert conversation.agent_id == assignment.agent_id
        assert conversation.ended_at < assignment.assigned_at <= now
        assert item.reviewed_at is None or assignment.assigned_at <= item.reviewed_at <= now


async def test_best_responses_are_bookmarked_by_who_assigned_them_and_are_of_others(
    rows: Rows,
) -> None:
    assignments = {row.id: row for row in await rows(models.Assignment)}
    owner = {row.id: row.user_id for row in await rows(models.Bookmark)}
    agent = {row.id: row.agent_id for row in await rows(models.Conversation)}
    tagged = {
        (owner[row.bookmark_id], row.conversation_id)
        for row in await rows(models.BookmarkConversation)
    }
    best = await rows(models.BestResponse)

    assert len(best) >= 5
    for row in best:
        assignment = assignments[row.assignment_id]
        assert (assignment.created_by_id, row.conversation_id) in tagged
        assert agent[row.conversation_id] != assignment.agent_id
