"""Random sequences of what several users do to one evaluation, against a small model of section 8.

After each action over HTTP, code, state, revision, total, rounds and what can be disputed must be
the model's; at the end `coaching check` must agree.
"""

import datetime as dt
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

import models
from models import DisputeRouting
from resolvers import closing
from schema.node import encode
from tests import reviewing
from tests.review_model import METRICS, QUINN, SUE, Action, Model, Policy, flipped
from tests.reviewing import Scene, make_form, metrics_of
from tests.world import World, global_id

ANYTHING = ("submit", "respond", "resolve", "withdraw", "reassign", "close", "enable")
SENSIBLE: dict[str | None, tuple[str, ...]] = {
    None: ("submit",),
    "AUDITED": ("submit", "enable"),
    "PENDING_AGENT_REVIEW": ("respond", "respond", "respond", "respond", "close"),
    "PENDING_SUPERVISOR_REVIEW": ("resolve", "resolve", "resolve", "withdraw", "submit"),
    "RESOLVED": ("submit",),
    "CLOSED": ANYTHING,
}


def some_action(model: Model, random: Random) -> Action:
    """Mostly what somebody would do now, so that sequences get far; sometimes anything."""
    places = list(range(METRICS))
    if model.state == "PENDING_AGENT_REVIEW" and random.random() < 0.9:
        places = sorted(model.open_)
    disputes = random.sample(places, random.randint(random.random() < 0.8, len(places)))
    return Action(
        kind=random.choice(SENSIBLE[model.state] if random.random() < 0.75 else ANYTHING),
        who=random.choice([QUINN, SUE]),
        behind=random.random() < 0.1,
        places=tuple(disputes),
        scores=tuple(random.choice([None, 0, 1, 2, 4]) for _ in range(METRICS)),
    )


def some_policy(random: Random) -> Policy:
    return Policy(
        routing=random.choice([*DisputeRouting, *DisputeRouting, *DisputeRouting, None]),
        pool=random.choice([(), (QUINN,), (QUINN, SUE)]),
        again=random.random() < 0.7,
        rounds=random.randint(1, 3),
        window=random.random() < 0.5,
    )


class Driver:
    """Does the actions to the product."""

    def __init__(self, scene: Scene, model: Model) -> None:
        self.scene = scene
        self.model = model
        self.clients = {QUINN: scene.qa, SUE: scene.supervisor}
        self.id = ""
        self.dispute = ""

    async def begin(self) -> None:
        """A conversation of a new queue and its form."""
        scene, policy = self.scene, self.model.policy
        world = scene.world
        await scene.set(models.Workspace, accept_and_dispute=True)
        form = await make_form(
            world,
            scene.billing,
            active=False,
            dispute_routing=policy.routing,
            allow_re_disputes=policy.again,
            max_dispute_rounds=policy.rounds,
            review_window_days=3 if policy.window else None,
        )
        owner = {"workspace_id": world.workspace_id, "form_id": form.id}
        for user in (scene.quinn, scene.sue):
            if user.name in policy.pool:
                await world.add(models.EvaluationFormAuditor(**owner, user_id=user.id))
        scene.form, scene.metrics = form, await metrics_of(world, form)
        scene.talk = await world.conversation(scene.ann, scene.billing)
        await world.assignment(scene.ann, scene.quinn, scene.talk)

    async def do(self, action: Action) -> str | None:
        """Do it; the code if it is refused."""
        payload = await getattr(self, f"_{action.kind}")(action)
        errors = payload["errors"] if payload else []
        return errors[0]["code"] if errors else None

    async def _enable(self, _: Action) -> None:
        enabled = not self.model.enabled
        await self.scene.set(models.Workspace, accept_and_dispute=enabled)

    async def _submit(self, action: Action) -> Any:
        scene = self.scene
        newest = self.model.revision - action.behind
        payload = await scene.submit(
            *(None if each is None else each / 4 for each in action.scores),
            by=self.clients[action.who],
            formId=global_id(scene.form),
            comment="As heard",
            expectedRevision=newest if self.id or action.behind else None,
        )
        if payload["evaluation"]:
            self.id = payload["evaluation"]["id"]
        return payload

    async def _respond(self, action: Action) -> Any:
        revision = self.model.revision - action.behind
        payload = await self.scene.respond(self.id, *action.places, revision=revision)
        if payload["evaluation"] and action.places:
            self.dispute = payload["evaluation"]["disputes"][-1]["id"]
        return payload

    async def _resolve(self, action: Action) -> Any:
        new: dict[int, float | None] = {}
        for place in sorted(self.model.disputed):
            old = self.model.scores[place]
            wanted = flipped(old, action.scores[place])
            new[place] = -1 if wanted == old or wanted is None else float(wanted)
        revision = self.model.revision - action.behind
        who = self.clients[action.who]
        return await self.scene.resolve(self.dispute, new, revision=revision, by=who)

    async def _withdraw(self, action: Action) -> Any:
        return await self.scene.withdraw(self.dispute, revision=self.model.revision - action.behind)

    async def _reassign(self, action: Action) -> Any:
        user = {QUINN: self.scene.quinn, SUE: self.scene.sue}[action.who]
        version = self.model.versions[-1] - action.behind
        to = encode("User", user.id)
        return await self.scene.reassign(self.dispute, to, version=version)

    async def _close(self, _: Action) -> None:
        async with self.scene.world.database.write() as session:
            await session.execute(
                sa.update(models.Evaluation)
                .where(models.Evaluation.review_until.is_not(None))
                .values(review_until=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
            )
        await closing.run(self.scene.world.database, now=dt.datetime.now(dt.UTC))

    async def compare(self) -> None:
        """Read what there is, as the QA user and as the agent."""
        model = self.model
        shown = await self.scene.read(self.id)
        mine = await self.scene.read(self.id, by=self.scene.agent)
        told = ("revision", "total", "reviewState", "disputeRounds", "disputableMetrics")
        assert [shown[key] for key in told] == [mine[key] for key in told]
        waiting = model.state == "PENDING_AGENT_REVIEW"
        open_ = [global_id(m) for n, m in enumerate(self.scene.metrics) if n in model.open_]
        assert {
            "state": shown["reviewState"],
            "revision": shown["revision"],
            "total": shown["total"],
            "rounds": shown["disputeRounds"],
            "auditor": shown["evaluatedBy"],
            "open": [each["id"] for each in shown["disputableMetrics"]],
            "disputes": [each["state"] for each in shown["disputes"]],
            "versions": [each["version"] for each in shown["disputes"]],
            "ended": shown["completedAt"] is not None,
        } == {
            "state": model.state,
            "revision": model.revision,
            "total": model.total(),
            "rounds": model.rounds,
            "auditor": model.auditor,
            "open": open_ if waiting else [],
            "disputes": model.disputes,
            "versions": model.versions,
            "ended": model.state in {"RESOLVED", "CLOSED"},
        }
        for each in shown["disputes"]:
            if each["state"] == "OPEN":
                assert model.may_settle(each["assignee"])


@pytest.fixture
async def scene(world: World) -> Scene:
    return await reviewing.scene(world)


# One world for all examples of a database: each has a conversation and a form of its own.
@settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Evenly at random: Hypothesis' own choices, few as they are, dwell on the smallest.
@given(random=st.randoms(use_true_random=True))
async def test_any_sequence_of_actions_ends_where_section_8_says(scene: Scene, random: Random):
    driver = Driver(scene, Model(some_policy(random)))
    model = driver.model
    await driver.begin()
    for _ in range(14):
        action = some_action(model, random)
        if model.state is None and action.kind not in {"submit", "enable"}:
            continue
        if not model.disputes and action.kind in {"resolve", "withdraw", "reassign"}:
            continue
        found = await driver.do(action)
        event(f"{action.kind}: {found or 'done'}")
        assert found == model.apply(action), action
        if model.state is not None:
            await driver.compare()
        if model.state == "CLOSED" and random.random() < 0.4:
            break
    event(f"rounds: {model.rounds}")
    assert await scene.agrees()
