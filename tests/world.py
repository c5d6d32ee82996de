"""A small workspace to test in, and clients that ask the real application over HTTP.

`World` makes rows with as few words as a test needs; what a test does not mention is sensible.
"""

import asyncio
import contextlib
import datetime as dt
import itertools
import math
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import sqlalchemy as sa
from joserfc.jwk import ECKey

import models
from auth import token
from auth.token import Token
from auth.viewer import Viewer
from models import Permission, ReviewState, Role, Source, wall
from models.base import Base
from models.database import Database
from resolvers import facts
from schema.node import encode
from server import app, keys
from server.settings import Settings
from tests.client import Client

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
ISSUER = "https://issuer.example"
AUDIENCE = "coaching-tests"

ENDING_SECONDS = 5
"""How long what a test leaves behind may take to end."""

AGENT = (Permission.AGENT_DASHBOARD, Permission.COACHING_ASSIGNMENTS)
SUPERVISOR = (Permission.COACHING_ASSIGNMENTS,)
COACH = (Permission.COACHING_ASSIGNMENTS, Permission.QA_FUNCTIONALITIES)
EVERYWHERE = (*COACH, Permission.CROSS_QUEUE_DATA_ACCESS)


@dataclass
class World:
    """One workspace in a database, and the application that serves it."""

    database: Database
    http: httpx2.AsyncClient
    key: ECKey
    workspace_id: uuid.UUID = field(default_factory=uuid.uuid4)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def add(self, *rows: Base) -> None:
        """Store rows, each after those that it points to."""
        async with self.database.write() as session:
            for row in rows:
                session.add(row)
                await session.flush()

    async def workspace(self, **settings: Any) -> None:
        number = next(self.numbers)
        await self.add(
            models.Workspace(
                id=self.workspace_id, name=f"Workspace {number}", created_at=NOW, **settings
            )
        )

    def _imported(self, name: str) -> dict[str, Any]:
        return {
            "workspace_id": self.workspace_id,
            "id": uuid.uuid4(),
            "external_id": f"{name}-{next(self.numbers)}",
            "digest": bytes(32),
        }

    async def queue(self, name: str = "Billing") -> models.Queue:
        made = models.Queue(**self._imported("queue"), name=name)
        await self.add(made)
        return made

    async def attribute(self, name: str = "Empathy") -> models.Attribute:
        made = models.Attribute(**self._imported("attribute"), name=name)
        await self.add(made)
        return made

    async def agent(self, name: str = "Ann", *queues: models.Queue, **values: Any) -> models.Agent:
        base = self._imported("agent")
        values.setdefault("agent_id", base["external_id"].upper())
        made = models.Agent(**base, name=name, **values)
        works = [
            models.AgentQueue(
                workspace_id=self.workspace_id, agent_id=base["id"], queue_id=queue.id
            )
            for queue in queues
        ]
        await self.add(made, *works)
        return made

    async def form(self, *attributes: models.Attribute, **policy: Any) -> models.EvaluationForm:
        """A form with one metric of weight 10 for each attribute."""
        made = models.EvaluationForm(
            **self._imported("form"),
            name="Chat quality",
            form_version=1,
            channel=models.Channel.CHAT,
            pass_score=70,
            **policy,
        )
        rows: list[Base] = [made]
        for position, attribute in enumerate(attributes, start=1):
            metric = models.Metric(
                workspace_id=self.workspace_id,
                id=uuid.uuid4(),
                form_id=made.id,
                position=position,
                key=f"metric-{position}",
                name=f"Shows {attribute.name}",
                weight=10,
            )
            feeds = models.MetricAttribute(
                workspace_id=self.workspace_id, metric_id=metric.id, attribute_id=attribute.id
            )
            rows += [metric, feeds]
        await self.add(*rows)
        return made

    async def conversation(
        self,
        agent: models.Agent,
        queue: models.Queue,
        *,
        form: models.EvaluationForm | None = None,
        messages: int = 2,
        **values: Any,
    ) -> models.Conversation:
        """A conversation; evaluated by Auto QA, with 80 points, where a form is given."""
        values.setdefault("started_at", NOW - dt.timedelta(hours=next(self.numbers)))
        made = models.Conversation(
            **self._imported("conversation"),
            agent_id=agent.id,
            queue_id=queue.id,
            channel=models.Channel.CHAT,
            ended_at=values["started_at"] + dt.timedelta(minutes=5),
            **values,
        )
        said = [
            models.Message(
                workspace_id=self.workspace_id,
                conversation_id=made.id,
                position=position,
                speaker=models.Speaker.CUSTOMER if position % 2 else models.Speaker.AGENT,
                sent_at=made.started_at + dt.timedelta(seconds=position),
                text=f"Message {position}",
            )
            for position in range(1, messages + 1)
        ]
        await self.add(made, *said)
        if form is not None:
            await self.evaluation(made, form)
        return made

    async def evaluation(
        self,
        conversation: models.Conversation,
        form: models.EvaluationForm,
        *,
        by: models.User | None = None,
        review_state: ReviewState | None = None,
        total: float = 80,
    ) -> models.Evaluation:
        """An evaluation by Auto QA, or a manual one where an evaluator is named."""
        made = models.Evaluation(
            workspace_id=self.workspace_id,
            id=uuid.uuid4(),
            conversation_id=conversation.id,
            agent_id=conversation.agent_id,
            form_id=form.id,
            source=Source.AUTO if by is None else Source.MANUAL,
            evaluator_id=by.id if by else None,
            evaluated_at=conversation.ended_at,
            total=total,
            passed=total >= 70,
            review_state=(review_state or ReviewState.AUDITED) if by else None,
        )
        revision = models.EvaluationRevision(
            workspace_id=self.workspace_id,
            evaluation_id=made.id,
            number=1,
            reason=models.RevisionReason.AUDIT,
            evaluator_id=made.evaluator_id,
            created_at=made.evaluated_at,
            total=total,
            passed=made.passed,
        )
        async with self.database.read() as session:
            metrics = (
                await session.scalars(
                    sa.select(models.Metric)
                    .where(models.Metric.form_id == form.id)
                    .order_by(models.Metric.position)
                )
            ).all()
        scores = [
            models.MetricScore(
                workspace_id=self.workspace_id,
                evaluation_id=made.id,
                revision=1,
                metric_id=metric.id,
                position=metric.position,
                adherence=total / 100,
                points=round(total / len(metrics), 2),
            )
            for metric in metrics
        ]
        await self.add(made, revision, *scores)
        async with self.database.write() as session:
            await facts.refresh_of_conversations(session, self.workspace_id, [conversation.id])
        return made

    async def user(
        self,
        role: Role,
        *permissions: Permission,
        queues: tuple[models.Queue, ...] = (),
        agent: models.Agent | None = None,
        **values: Any,
    ) -> models.User:
        number = next(self.numbers)
        values.setdefault("name", f"User {number}")
        made = models.User(
            workspace_id=self.workspace_id,
            id=uuid.uuid4(),
            email=f"user-{number}-{uuid.uuid4().hex}@tests.example",
            role=role,
            permissions=frozenset(permissions),
            agent_id=agent.id if agent else None,
            created_at=NOW,
            **values,
        )
        works = [
            models.UserQueue(workspace_id=self.workspace_id, user_id=made.id, queue_id=queue.id)
            for queue in queues
        ]
        await self.add(made, *works)
        return made

    async def assignment(
        self,
        agent: models.Agent,
        by: models.User,
        *conversations: models.Conversation,
        areas: tuple[models.Attribute, ...] = (),
        best: tuple[models.Conversation, ...] = (),
        reviewed: int = 0,
        **values: Any,
    ) -> models.Assignment:
        """An assignment of which the first `reviewed` conversations are reviewed."""
        values.setdefault("name", f"Coaching {next(self.numbers)}")
        values.setdefault("assigned_at", NOW - dt.timedelta(days=1, minutes=next(self.numbers)))
        values.setdefault("follow_up_on", NOW.date() + dt.timedelta(days=7))
        values.setdefault("id", uuid.uuid4())
        owner = {"workspace_id": self.workspace_id}
        made = models.Assignment(**owner, agent_id=agent.id, created_by_id=by.id, **values)
        of = {**owner, "assignment_id": made.id}
        rows: list[Base] = [made]
        rows += [models.AssignmentArea(**of, attribute_id=area.id) for area in areas]
        for position, conversation in enumerate(conversations, start=1):
            seen = NOW if position <= reviewed else None
            rows.append(
                models.AssignmentConversation(
                    **of,
                    id=uuid.uuid4(),
                    conversation_id=conversation.id,
                    position=position,
                    reviewed_at=seen,
                )
            )
        rows += [
            models.BestResponse(
                **of, id=uuid.uuid4(), conversation_id=conversation.id, position=position
            )
            for position, conversation in enumerate(best, start=1)
        ]
        await self.add(*rows)
        await self.refresh(made)
        return made

    async def group(
        self, by: models.User, *agents: models.Agent, sent: bool = True, **values: Any
    ) -> models.CoachingGroup:
        """A coaching group; sent ones still need their assignments, see `assignment(group_id=)`."""
        values.setdefault("name", f"Group {next(self.numbers)}")
        if sent:
            values.setdefault("assigned_at", NOW - dt.timedelta(days=1))
            values.setdefault("follow_up_on", NOW.date() + dt.timedelta(days=7))
            values.setdefault("assignment_name", "Coaching")
        owner = {"workspace_id": self.workspace_id}
        state = models.GroupState.SENT if sent else models.GroupState.PENDING
        made = models.CoachingGroup(
            **owner, id=uuid.uuid4(), created_by_id=by.id, created_at=NOW, state=state, **values
        )
        members = [
            models.CoachingGroupMember(**owner, group_id=made.id, agent_id=agent.id, added_at=NOW)
            for agent in agents
        ]
        await self.add(made, *members)
        return made

    async def refresh(self, *assignments: models.Assignment) -> None:
        """Bring stored facts up to date after rows were changed by hand."""
        async with self.database.write() as session:
            ids = [each.id for each in assignments]
            await facts.refresh(session, self.workspace_id, assignment_ids=ids)

    async def bookmark(self, user: models.User, *conversations: models.Conversation) -> None:
        made = models.Bookmark(
            workspace_id=self.workspace_id,
            id=uuid.uuid4(),
            user_id=user.id,
            name=f"Bookmark {next(self.numbers)}",
            colour="#00aa55",
            created_at=NOW,
        )
        tags = [
            models.BookmarkConversation(
                workspace_id=self.workspace_id, bookmark_id=made.id, conversation_id=each.id
            )
            for each in conversations
        ]
        await self.add(made, *tags)

    def client(self, user: models.User) -> Client:
        """The user, signed in."""
        bearer = token.issue(
            self.key,
            issuer=ISSUER,
            audience=AUDIENCE,
            user_id=user.id,
            now=dt.datetime.now(dt.UTC),
        )
        return Client(self.http, bearer)

    @contextlib.contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Collects the SQL statements that run meanwhile."""
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            # Whether a connection must be told for whom it works depends on what it did before.
            if statement not in {wall.BECOME, wall.BECOME_FOR_NOW}:
                seen.append(statement)

        engine = self.database.engine.sync_engine
        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)


@contextlib.asynccontextmanager
async def world(
    database_url: str,
    folder: Path,
    database: Database | None = None,
    /,
    *,
    connections: int = 10,
    **settings_beside: Any,
) -> AsyncIterator[World]:
    """The application on a migrated database, with one empty workspace."""
    chosen: dict[str, Any] = {
        "database_url": database_url,
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "development_key": folder / "key.json",
        # Buckets that are empty again at once: answers tell the same however fast they come.
        # And rows that tests change are read anew.
        "throttle_rate": 1_000_000_000,
        "caller_seconds": 0,
        **settings_beside,
    }
    settings = Settings(**chosen)
    database = database or Database(database_url, pool_size=connections)
    before = asyncio.all_tasks()
    application = app.create(settings, database)
    transport = httpx2.ASGITransport(app=application)
    try:
        async with httpx2.AsyncClient(transport=transport, base_url="http://tests") as http:
            key = keys.signing(settings) or token.new_key()
            made = World(database.everywhere(), http, key)
            await made.workspace()
            yield made
    finally:  # what is not closed is told in whatever test collects it
        await _ended(asyncio.all_tasks() - before)
        await database.close()


async def _ended(tasks: set[asyncio.Task[Any]]) -> None:
    """Let what was stopped give back its connections: a loop that is closed stops it once more."""
    tasks.discard(asyncio.current_task())
    if tasks:
        await asyncio.wait(tasks, timeout=ENDING_SECONDS)


def proof(user_id: uuid.UUID, **said: Any) -> Token:
    """What a good token for a user says, for tests below HTTP."""
    given = {"client_id": "tests", "jti": None, "scopes": None, "expires": math.inf, **said}
    return Token(issuer=ISSUER, subject=str(user_id), user_id=user_id, **given)


def viewer(user: models.User) -> Viewer:
    """The viewer that a user would be, for tests below HTTP."""
    return Viewer(
        role=user.role,
        permissions=user.permissions,
        user_id=user.id,
        name=user.name,
        email=user.email,
        agent_id=user.agent_id,
        workspace_id=user.workspace_id,
        workspace_name="Workspace",
        time_zone="UTC",
        accept_and_dispute=False,
        auto_qa=True,
        hide_auditor_details=False,
    )


def global_id(row: Base) -> str:
    """The opaque id of a row."""
    return encode(type(row).__name__, row.id)  # type: ignore[attr-defined]
