"""Two workspaces with a row of each sort at each position."""

import dataclasses
import uuid
from typing import Any

import sqlalchemy as sa

import models
from models import Role
from models.base import Base
from resolvers import rebuilding
from tests.matrix.cluster import Cluster
from tests.matrix.rows import FOREIGN, OTHER, OWN, SAME, WORKSPACE
from tests.matrix.stage import Stage
from tests.world import EVERYWHERE, World


async def build(world: World) -> Stage:
    """Two workspaces: one with two queues, of which the first has two agents, and a foreign one."""
    await _set(world, models.Workspace, accept_and_dispute=True)
    billing, travel = await world.queue("Billing"), await world.queue("Travel")
    ann = await world.agent("Ann", billing, agent_group_id=(await _team(world)).id)
    user = await world.user(Role.AGENT, agent=ann, name="Ann")
    vic = await world.user(Role.SUPERVISOR, queues=(billing,), name="Vic")
    quinn = await world.user(Role.QA, *EVERYWHERE, name="Quinn")
    stage = Stage(world, user, vic, billing)
    area = await _scorecard(world)
    stage.keep("Queue", OWN, billing)
    stage.keep("Queue", SAME, billing)
    stage.keep("Queue", OTHER, travel)
    bob = await world.agent("Bob", billing, agent_group_id=(await _team(world)).id)
    cy = await world.agent("Cy", travel, agent_group_id=(await _team(world)).id)
    await Cluster(stage, world, OWN, ann, billing, quinn, vic, area).fill()
    await Cluster(stage, world, SAME, bob, billing, quinn, quinn, area).fill()
    await Cluster(stage, world, OTHER, cy, travel, quinn, quinn, area).fill()
    await _crossing(stage, ann, cy, travel, quinn)
    foreign = dataclasses.replace(world, workspace_id=uuid.uuid4())
    await foreign.workspace(accept_and_dispute=True)
    queue = await foreign.queue("Cards")
    dee = await foreign.agent("Dee", queue, agent_group_id=(await _team(foreign)).id)
    lee = await foreign.user(Role.QA, *EVERYWHERE, name="Lee")
    stage.keep("Queue", FOREIGN, queue)
    area = await _scorecard(foreign)
    await Cluster(stage, foreign, FOREIGN, dee, queue, lee, lee, area).fill()
    await _keep_words(stage)
    await _set(world, models.MetricScore, comment="Well said")
    await _set(world, models.EvaluationRevision, comment="All in all")
    await rebuilding.run(world.database)
    return stage


async def _set(world: World, model: type[Base], **values: Any) -> None:
    async with world.database.write() as session:
        await session.execute(sa.update(model).values(**values))


async def _team(world: World) -> models.AgentGroup:
    made = models.AgentGroup(**world._imported("team"), name="New hires")  # noqa: SLF001
    await world.add(made)
    return made


async def _scorecard(world: World) -> models.Attribute:
    """The skill that all forms feed, which makes the whole default scorecard."""
    area = await world.attribute("Empathy")
    card = models.Scorecard(**world._imported("card"), name="Card", is_default=True)  # noqa: SLF001
    owner = {"workspace_id": world.workspace_id, "scorecard_id": card.id}
    await world.add(card, models.ScorecardWeight(**owner, attribute_id=area.id, percent=100))
    return area


async def _crossing(
    stage: Stage, ann: models.Agent, cy: models.Agent, travel: models.Queue, by: models.User
) -> None:
    """What lies across two queues, and groups that are reached otherwise than by a member."""
    world = stage.world
    form = stage.rows["EvaluationForm", OTHER][0]
    talk = await world.conversation(ann, travel)
    stage.keep("conversation elsewhere", OWN, talk)
    stage.keep("evaluation elsewhere", OWN, await world.evaluation(talk, form, by=by))
    stage.keep("group across queues", OWN, await world.group(by, ann, cy, sent=False))
    stage.keep("group of one's own making", OWN, await world.group(stage.vic, sent=False))
    gone = await world.group(by, ann, sent=False)
    async with world.database.write() as session:
        deleted = sa.update(models.CoachingGroup).where(models.CoachingGroup.id == gone.id)
        await session.execute(deleted.values(state=models.GroupState.DELETED))
    stage.keep("deleted group", OWN, gone)


async def _keep_words(stage: Stage) -> None:
    """What is not about an agent: as many as there are, spread over the workspace's positions."""
    models_: tuple[Any, ...] = (models.Attribute, models.AgentGroup, models.Metric)
    for model in models_:
        async with stage.world.database.read() as session:
            found = list(await session.scalars(sa.select(model).order_by(model.id)))
        ours = [row for row in found if row.workspace_id == stage.world.workspace_id]
        for number, row in enumerate(ours):
            stage.keep(model.__name__, WORKSPACE[number % len(WORKSPACE)], row)
        stage.keep(model.__name__, FOREIGN, *(row for row in found if row not in ours))
