"""Tables, and the rules that need no input or output."""

from models.agent import Agent, AgentGroup, AgentQueue
from models.assignment import (
    ActionStep,
    Assignment,
    AssignmentArea,
    AssignmentConversation,
    BestResponse,
)
from models.attribute import Attribute, Scorecard, ScorecardWeight
from models.audit import Action, AuditEntry
from models.base import Base
from models.bookmark import Bookmark, BookmarkConversation
from models.client import Client, RevokedToken
from models.coaching_group import (
    CoachingGroup,
    CoachingGroupArea,
    CoachingGroupMember,
    GroupState,
)
from models.coaching_total import AgentCoaching, CoachingTotal, QueueSet, QueueSetQueue
from models.conversation import Channel, Conversation, Example, Insight, Message, Speaker
from models.dispute import Decision, Dispute, DisputedMetric, DisputeState
from models.evaluation import (
    Evaluation,
    EvaluationDraft,
    EvaluationRevision,
    MetricScore,
    ReviewState,
    RevisionReason,
    Source,
)
from models.evaluation_form import (
    DisputeRouting,
    EvaluationForm,
    EvaluationFormAuditor,
    EvaluationFormQueue,
    Metric,
    MetricAttribute,
)
from models.group_total import GroupCoaching, GroupTotal
from models.idempotency import IdempotencyKey
from models.mark import Mark, MarkArea, MarkConversation, MarkState
from models.outbox import EventKind, OutboxEvent
from models.queue import Queue
from models.score_day import AgentDay, AttributeDay
from models.status import Status
from models.throttle import Throttle
from models.user import Permission, Role, User, UserQueue
from models.webhook import DeliveryState, Webhook, WebhookDelivery
from models.workspace import Workspace

__all__ = [name for name in dir() if name[0].isupper()]
