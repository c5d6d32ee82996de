"""Three agents, a QA user and marks: what tests of marks, groups and dispatches begin with."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

import models
from models import Action, MarkState, Role
from models.base import Base
from tests.client import Client
from tests.world import EVERYWHERE, NOW, World, global_id

TOMORROW = (NOW.date() + dt.timedelta(days=1)).isoformat()


@dataclass
class Scene:
    world: World
    billing: models.Queue
    empathy: models.Attribute
    calm: models.Attribute
    form: models.EvaluationForm
    ann: models.Agent
    ben: models.Agent
    cara: models.Agent
    qa: models.User
    client: Client

    async def ask(self, text: str, client: Client | None = None, /, **given: Any) -> Any:
        """The one member of an answer; `input` is made of what is given."""
        answer = await (client or self.client).ask(text, **given)
        (payload,) = answer.data.values()
        return payload

    async def do(self, text: str, client: Client | None = None, /, **given: Any) -> Any:
        """What came of a mutation with this input."""
        return await self.ask(text, client, input=given)

    async def talk(self, agent: models.Agent, queue: models.Queue | None = None, **values: Any):
        """An evaluated conversation."""
        return await self.world.conversation(agent, queue or self.billing, form=self.form, **values)

    async def evaluation(self, talk: models.Conversation) -> models.Evaluation:
        async with self.world.database.read() as session:
            wanted = sa.select(models.Evaluation).filter_by(conversation_id=talk.id)
            return (await session.scalars(wanted)).one()

    async def mark(
        self,
        agent: models.Agent,
        *talks: models.Conversation,
        areas: tuple[models.Attribute, ...] = (),
        by: models.User | None = None,
        group: models.CoachingGroup | None = None,
        state: MarkState = MarkState.ACTIVE,
        assignment: models.Assignment | None = None,
        **values: Any,
    ) -> models.Mark:
        """A mark; of a new conversation and of Empathy where nothing else is said."""
        owner = {"workspace_id": self.world.workspace_id}
        values.setdefault("created_at", NOW - dt.timedelta(minutes=next(self.world.numbers)))
        made = models.Mark(
            **owner,
            id=uuid.uuid4(),
            agent_id=agent.id,
            marked_by_id=(by or self.qa).id,
            state=state,
            group_id=group.id if group else None,
            assignment_id=assignment.id if assignment else None,
            **values,
        )
        of = {**owner, "mark_id": made.id}
        rows: list[Base] = [made]
        rows += [
            models.MarkArea(
                **of,
                attribute_id=area.id,
                agent_id=agent.id,
                marked_by_id=made.marked_by_id,
                active=state is MarkState.ACTIVE,
            )
            for area in areas or (self.empathy,)
        ]
        about = talks or (await self.talk(agent),)
        rows += [models.MarkConversation(**of, conversation_id=talk.id) for talk in about]
        await self.world.add(*rows)
        return made

    async def group(self, *agents: models.Agent, **values: Any) -> models.CoachingGroup:
        """A pending group that coaches Empathy."""
        made = await self.world.group(values.pop("by", self.qa), *agents, sent=False, **values)
        area = models.CoachingGroupArea(
            workspace_id=self.world.workspace_id, group_id=made.id, attribute_id=self.empathy.id
        )
        await self.world.add(area)
        return made

    async def full_group(self) -> tuple[models.CoachingGroup, list[models.Mark]]:
        """A group of Ann with two marks, Ben with one, and Cara without any."""
        group = await self.group(self.ann, self.ben, self.cara, name="Secret")
        marks = [
            await self.mark(self.ann, group=group),
            await self.mark(self.ann, areas=(self.calm,), group=group),
            await self.mark(self.ben, group=group),
        ]
        return group, marks

    async def row(self, row: Any) -> Any:
        """The row as it now is."""
        async with self.world.database.read() as session:
            wanted = sa.select(type(row)).where(type(row).id == row.id)
            return (await session.scalars(wanted)).one()

    async def rows(self, model: Any, **values: Any) -> list[Any]:
        async with self.world.database.read() as session:
            return list(await session.scalars(sa.select(model).filter_by(**values)))

    async def count(self, model: type[Base], **values: Any) -> int:
        return len(await self.rows(model, **values))

    async def entry(self, action: Action) -> models.AuditEntry:
        """The one entry of this kind, which has an event of its own."""
        (entry,) = await self.rows(models.AuditEntry, action=action)
        (event,) = await self.rows(models.OutboxEvent, at=entry.at, position=entry.position)
        assert event.kind is action.event
        return entry  # type: ignore[no-any-return]

    def dispatch(self, group: models.CoachingGroup, **changes: Any) -> dict[str, Any]:
        """A sound input for `dispatchCoachingGroup`."""
        sound = {"groupId": global_id(group), "name": "Kindness", "followUpOn": TOMORROW}
        return {**sound, **changes}


async def scene(world: World) -> Scene:
    billing = await world.queue()
    empathy, calm = await world.attribute("Empathy"), await world.attribute("Calm")
    form = await world.form(empathy)
    ann, ben, cara = [await world.agent(name, billing) for name in ("Ann", "Ben", "Cara")]
    qa = await world.user(Role.QA, *EVERYWHERE, name="Quinn")
    return Scene(world, billing, empathy, calm, form, ann, ben, cara, qa, world.client(qa))


def refusals(payload: Any) -> list[tuple[str, list[str]]]:
    """Codes and paths of a payload without an object."""
    rest = {key: value for key, value in payload.items() if key not in {"errors", "existingMark"}}
    assert not any(rest.values()), rest
    return [(error["code"], error["path"]) for error in payload["errors"]]


GROUP = """coachingGroup { id name description state version canAssign markedConversationCount
    members { name } areas { name } marks { id } } errors { code path }"""


def changing_a_group(name: str) -> str:
    """The document of a mutation that changes a coaching group."""
    kind = name[0].upper() + name[1:]
    return f"mutation($input: {kind}Input!) {{ {name}(input: $input) {{ {GROUP} }} }}"
