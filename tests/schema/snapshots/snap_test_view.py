# -*- coding: utf-8 -*-
# snapshottest: v1 - https://goo.gl/zC4yUc
from __future__ import unicode_literals

from snapshottest import Snapshot


snapshots = Snapshot()

snapshots['test_a_change_of_a_view_shows_in_its_snapshot[agent] sdl of agent'] = '''"""A row of the Assignments tab: coaching that was assigned."""
interface AssignedCoaching implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the coaching session."""
  name: String!

  """When it was assigned."""
  assignedAt: DateTime

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date

  """Skills that are coached."""
  areas: [Attribute!]!

  """Number of conversations to review."""
  conversationCount: Int!

  """Where it stands."""
  status: AssignmentStatus

  """The coaching of each agent, by the agent\'s name."""
  agentAssignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AssignmentConnection!
}

"""An object with an id."""
interface Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!
}

"""Date with time (isoformat)"""
scalar DateTime

"""Date (isoformat)"""
scalar Date

"""A skill: what is scored, and what is coached."""
type Attribute implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the skill."""
  name: String!
}

"""Where coaching stands."""
enum AssignmentStatus {
  """Ready to begin: nothing is reviewed yet."""
  START_COACHING

  """The agent has reviewed something."""
  IN_PROGRESS

  """A manual evaluation waits for the agent to accept or dispute."""
  PENDING_AGENT_REVIEW

  """A dispute waits for a supervisor."""
  PENDING_SUPERVISOR_REVIEW

  """Everything is reviewed."""
  COMPLETED

  """Called off. Lists leave it out unless asked for."""
  CANCELLED
}

"""A page of a list."""
type AssignmentConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AssignmentEdge!]!

  """The page\'s objects."""
  nodes: [Assignment!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AssignmentEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Assignment!
}

"""One agent\'s coaching."""
type Assignment implements AssignedCoaching & Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the coaching session."""
  name: String!

  """When it was assigned."""
  assignedAt: DateTime!

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date!

  """Skills that are coached."""
  areas: [Attribute!]!

  """Number of conversations to review."""
  conversationCount: Int!

  """Where it stands."""
  status: AssignmentStatus!

  """The coaching of each agent, by the agent\'s name."""
  agentAssignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AssignmentConnection!

  """Feedback: what went well."""
  strengths: String!

  """Feedback: what to improve."""
  improvements: String!

  """When it was cancelled; null while it stands."""
  cancelledAt: DateTime

  """Counts up with every change of content; a change names it."""
  version: Int!

  """Number of conversations and best responses to review."""
  itemsTotal: Int!

  """Number of them that the agent has reviewed."""
  itemsReviewed: Int!

  """Number of its manual evaluations that wait for the agent."""
  agentTurns: Int!

  """Number of its manual evaluations that wait for a supervisor."""
  supervisorTurns: Int!

  """Agent who is coached."""
  agent: Agent!

  """Conversations to review, in order."""
  conversations: [AssignmentConversation!]!

  """Good examples to look at, in order."""
  bestResponses: [BestResponse!]!

  """Steps to take, in order."""
  actionPlan: [ActionStep!]!

  """Name of who assigned it."""
  assignedBy: String!

  """Reviews of the manual evaluations of its conversations."""
  review: ReviewSection!

  """What you may do to it now."""
  viewerActions: [ViewerAction!]!
}

"""A person whose conversations are evaluated."""
type Agent implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """The organisation\'s own id for this person."""
  agentId: String!

  """Name of the person."""
  name: String!
}

"""Where conversations are handled."""
type Queue implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the queue."""
  name: String!
}

"""A conversation that the agent is to review."""
type AssignmentConversation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Place in the list, from 1."""
  position: Int!

  """When the agent reviewed it first; null while they have not."""
  reviewedAt: DateTime

  """The conversation."""
  conversation: Conversation!

  """Skills that are coached with it."""
  areas: [Attribute!]!
}

"""One customer interaction of one agent."""
type Conversation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """When it began."""
  startedAt: DateTime!

  """When it ended."""
  endedAt: DateTime!

  """Channel that it came by."""
  channel: Channel!

  """What it was about."""
  topic: String

  """What the customer wanted."""
  intent: String

  """Customer\'s sentiment, -100 to 100."""
  sentimentScore: Float

  """Total of Auto QA\'s evaluation, in points; null without one."""
  koreEvaluationScore: Float

  """
  Total of the manual evaluation's newest revision, in points; null without one.
  """
  supervisorAuditScore: Float

  """Agent who handled it."""
  agent: Agent

  """Queue that it was handled in."""
  queue: Queue!

  """What was said, in order."""
  transcript: [Message!]!

  """AI insights, in the sender\'s order."""
  insights: [Insight!]!

  """Its evaluations, at most one by Auto QA and one manual."""
  evaluations: [Evaluation!]!
}

"""How customer and agent talk."""
enum Channel {
  """In writing, live."""
  CHAT

  """By e-mail."""
  EMAIL

  """On the telephone."""
  VOICE
}

"""One utterance of a transcript."""
type Message {
  """Place in the transcript, from 1."""
  position: Int!

  """Who says it."""
  speaker: Speaker!

  """When it was said."""
  sentAt: DateTime!

  """What was said."""
  text: String!
}

"""Who says a message."""
enum Speaker {
  """The agent."""
  AGENT

  """The customer."""
  CUSTOMER
}

"""An AI insight, as the sender gave it."""
type Insight {
  """What it is about."""
  title: String!

  """What it says."""
  text: String!
}

"""Where a page lies in its list."""
type PageInfo {
  """Whether the list goes on behind the page."""
  hasNextPage: Boolean!

  """Whether the list has more in front of the page."""
  hasPreviousPage: Boolean!

  """Cursor of the page\'s first object; null on an empty page."""
  startCursor: String

  """Cursor of the page\'s last object; null on an empty page."""
  endCursor: String
}

"""One version of a form; only its pool changes."""
type EvaluationForm implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the form."""
  name: String!

  """Number of the version."""
  formVersion: Int!

  """Channel that it is for."""
  channel: Channel!

  """Points from which an evaluation is passed."""
  passScore: Float!

  """Who settles disputes; null where scores can\'t be disputed."""
  disputeRouting: DisputeRouting

  """Whether a settled score may be disputed again."""
  allowReDisputes: Boolean!

  """Most rounds of a dispute, in total."""
  maxDisputeRounds: Int!

  """Days that an agent has to answer; null for any time."""
  reviewWindowDays: Int

  """Its metrics, in order."""
  metrics: [Metric!]!
}

"""Who settles a dispute."""
enum DisputeRouting {
  """The auditor who scored."""
  SAME_AUDITOR

  """Another auditor: of the form\'s pool, or any if it names nobody."""
  DIFFERENT_AUDITOR
}

"""One criterion of an evaluation form."""
type Metric implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """The sender\'s own name for it, unique in its form."""
  key: String!

  """What is asked."""
  name: String!

  """Weight among the form\'s metrics: a part, not percent."""
  weight: Float!

  """What failing it takes away, in the same parts."""
  negativeWeight: Float!

  """Whether failing it makes the whole score 0."""
  fatal: Boolean!

  """Skills that it says something about."""
  attributes: [Attribute!]!
}

"""A good example that the agent is to look at."""
type BestResponse implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Place in the list, from 1."""
  position: Int!

  """When the agent looked at it first; null while they have not."""
  reviewedAt: DateTime

  """What was said."""
  example: Example!
}

"""A conversation as a good example: what was said, not who said it."""
type Example implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """When it began."""
  startedAt: DateTime!

  """When it ended."""
  endedAt: DateTime!

  """Channel that it came by."""
  channel: Channel!

  """What it was about."""
  topic: String

  """What the customer wanted."""
  intent: String

  """Queue that it was handled in."""
  queue: Queue!

  """What was said, in order."""
  transcript: [Message!]!
}

"""A step of an action plan."""
type ActionStep {
  """Place in the plan, from 1."""
  position: Int!

  """What to do."""
  text: String!
}

"""Reviews of the manual evaluations of an assignment\'s conversations."""
type ReviewSection {
  """
  Those that wait for the agent or for a supervisor, last evaluated first.
  """
  pending: [ReviewItem!]!

  """Those of them that were disputed, last evaluated first."""
  disputes: [ReviewItem!]!

  """Those that are resolved or closed, last evaluated first."""
  resolved: [ReviewItem!]!
}

"""A manual evaluation as the review section shows it."""
type ReviewItem {
  """The evaluation."""
  evaluation: Evaluation!

  """The conversation, with its date and time, queue, topic and intent."""
  conversation: Conversation

  """Total of the newest revision, in points; null without one."""
  supervisorAuditScore: Float

  """Whose turn it is, or how it ended."""
  reviewStatus: ReviewState!

  """Number of dispute rounds that are completed."""
  disputeRounds: Int!

  """When the review ended; null while it goes on."""
  completedAt: DateTime
}

"""Where the review of a manual evaluation stands."""
enum ReviewState {
  """Scored; no review is asked for."""
  AUDITED

  """It is the agent\'s turn to accept or dispute."""
  PENDING_AGENT_REVIEW

  """It is a supervisor\'s turn to settle a dispute."""
  PENDING_SUPERVISOR_REVIEW

  """Accepted, or the dispute was withdrawn."""
  RESOLVED

  """Settled for good."""
  CLOSED
}

"""Whether you may do something now."""
type ViewerAction {
  """What to do."""
  action: ViewerActionName!

  """Whether you may do it now."""
  allowed: Boolean!

  """Why not; null where you may."""
  reason: ErrorCode
}

"""
Something that may be done to an object: the mutation of the same name.
"""
enum ViewerActionName {
  """See `reviewConversation`."""
  REVIEW_CONVERSATION

  """See `reviewBestResponse`."""
  REVIEW_BEST_RESPONSE

  """See `respondToEvaluation`."""
  RESPOND_TO_EVALUATION

  """See `withdrawDispute`."""
  WITHDRAW_DISPUTE
}

"""Why a write was refused. A refusal changes nothing."""
enum ErrorCode {
  """The coaching was cancelled."""
  ALREADY_CANCELLED

  """The coaching is completed."""
  ALREADY_COMPLETED

  """The dispute is not open any more."""
  DISPUTE_NOT_OPEN

  """You may not do this to this object."""
  FORBIDDEN

  """The idempotency key was used with another input."""
  IDEMPOTENCY_KEY_REUSED

  """A value is not allowed; the message says why."""
  INVALID

  """A mark is not active, or not of this agent."""
  MARK_NOT_ACTIVE

  """Another of yours has this name."""
  NAME_TAKEN

  """A best response is not among your bookmarked conversations."""
  NOT_BOOKMARKED

  """A metric can\'t be disputed in this round."""
  NOT_DISPUTABLE

  """A conversation has no evaluation."""
  NOT_EVALUATED

  """You reach no such object."""
  NOT_FOUND

  """The evaluation does not wait for the agent."""
  NOT_WAITING_FOR_AGENT

  """Nobody else could settle the dispute."""
  NO_AUDITOR

  """A conversation is another agent\'s."""
  OTHER_AGENT

  """The review of the evaluation is closed for good."""
  REVIEW_CLOSED

  """Somebody changed the object since you read it."""
  STALE

  """The evaluation has a newer revision than the one you answer."""
  STALE_EVALUATION

  """The evaluation waits for the agent."""
  WAITING_FOR_AGENT
}

"""Somebody\'s word that an agent needs coaching, and because of what."""
type Mark implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Where it stands."""
  state: MarkState!

  """When it was made."""
  createdAt: DateTime!

  """Counts up with every change of content; a change names it."""
  version: Int!

  """Agent who is marked."""
  agent: Agent!

  """Skills that need coaching."""
  areas: [Attribute!]!

  """Conversations that it is about, oldest first."""
  conversations: [Conversation!]!

  """Name of who made it."""
  markedBy: String!

  """What you may do to it now."""
  viewerActions: [ViewerAction!]!
}

"""Where a mark stands."""
enum MarkState {
  """It waits for coaching."""
  ACTIVE
}

"""A scored form for one conversation, at its newest revision."""
type Evaluation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Who scored."""
  source: EvaluationSource!

  """When it was scored first."""
  evaluatedAt: DateTime!

  """Number of the newest revision."""
  revision: Int!

  """Total in points, -100 to 100; null where no metric applied."""
  total: Float

  """Whether the total reached the form\'s pass score; null without a total."""
  passed: Boolean

  """Where its review stands; null for Auto QA."""
  reviewState: ReviewState

  """When an unanswered review closes; null where it does not."""
  reviewUntil: DateTime

  """Dispute rounds so far."""
  disputeRounds: Int!

  """When its review ended; null while it goes on, or never began."""
  completedAt: DateTime

  """The form."""
  form: EvaluationForm!

  """Agent who was scored."""
  agent: Agent

  """Conversation that was scored."""
  conversation: Conversation

  """Scores of the newest revision, in the form\'s order."""
  scores: [MetricScore!]!

  """All revisions, oldest first."""
  revisions: [EvaluationRevision!]!

  """Rounds of disputes, first to last."""
  disputes: [Dispute!]!

  """What was done with it, oldest first."""
  history: [AuditEntry!]!

  """Name of who scored; `Auto QA` for the product itself."""
  evaluatedBy: String!

  """Metrics that the agent can dispute now, in the form\'s order."""
  disputableMetrics: [Metric!]!

  """What you may do to it now; nothing to Auto QA\'s."""
  viewerActions: [ViewerAction!]!
}

"""Who scored."""
enum EvaluationSource {
  """Auto QA."""
  AUTO

  """A supervisor or QA user."""
  MANUAL
}

"""How one metric of an evaluation was scored."""
type MetricScore {
  """The metric."""
  metric: Metric!

  """0 for not at all to 1 for fully; null where the metric did not apply."""
  adherence: Float

  """What it adds to the total, in points; null where it did not apply."""
  points: Float

  """What the auditor wrote about it."""
  comment: String
}

"""One complete scoring of an evaluation."""
type EvaluationRevision {
  """Number of the revision, from 1."""
  number: Int!

  """Why it was written."""
  reason: RevisionReason!

  """When it was written."""
  createdAt: DateTime!

  """Total in points, -100 to 100; null where no metric applied."""
  total: Float

  """Whether the total reached the form\'s pass score; null without a total."""
  passed: Boolean

  """What the auditor wrote about it."""
  comment: String

  """Name of who scored; `Auto QA` for the product itself."""
  evaluatedBy: String!

  """Its scores, in the form\'s order."""
  scores: [MetricScore!]!
}

"""Why a revision was written."""
enum RevisionReason {
  """The first scoring."""
  AUDIT

  """Somebody scored anew."""
  RE_AUDIT

  """A dispute was settled."""
  RESOLUTION

  """The sender sent it anew."""
  RE_IMPORT
}

"""One round of an agent\'s objection to a manual evaluation."""
type Dispute implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Number of the round, from 1."""
  round: Int!

  """Number of the revision that is disputed."""
  revision: Int!

  """Where it stands."""
  state: DisputeState!

  """When the agent opened it."""
  openedAt: DateTime!

  """When it was settled or withdrawn; null while it is open."""
  closedAt: DateTime

  """Counts up with every change; a change of the assignee names it."""
  version: Int!

  """The evaluation."""
  evaluation: Evaluation

  """What is disputed, in the form\'s order."""
  metrics: [DisputedMetric!]!

  """Name of who is to settle it."""
  assignee: String!

  """What you may do to it now."""
  viewerActions: [ViewerAction!]!
}

"""Where a round of a dispute stands."""
enum DisputeState {
  """It waits for a supervisor."""
  OPEN

  """A supervisor decided."""
  RESOLVED

  """The agent took it back."""
  WITHDRAWN
}

"""A disputed score, and what was decided about it."""
type DisputedMetric {
  """The metric."""
  metric: Metric!

  """Why the agent objects."""
  comment: String!

  """What was decided; null while the dispute is open, or if withdrawn."""
  decision: DisputeDecision

  """The new adherence, where it was revised; null if not applicable."""
  newAdherence: Float

  """Why it was decided so."""
  decisionComment: String
}

"""What is decided about a disputed score."""
enum DisputeDecision {
  """It stays."""
  UPHOLD

  """It is changed."""
  REVISE
}

"""Who did what, and when."""
type AuditEntry {
  """When it was done."""
  at: DateTime!

  """What was done."""
  action: AuditAction!

  """Agent whom it is about; null where it is nobody\'s."""
  agent: Agent

  """Coaching that it is about; null where it is about none in reach."""
  assignment: Assignment

  """Evaluation that it is about; null where it is about none in reach."""
  evaluation: Evaluation

  """Name of who did it; `system` for the product itself."""
  actor: String!

  """Values that were changed."""
  changes: [AuditChange!]!
}

"""What was done."""
enum AuditAction {
  """A manual evaluation was submitted."""
  EVALUATION_SUBMITTED

  """A manual evaluation was scored anew."""
  EVALUATION_RE_AUDITED

  """The agent answered an evaluation."""
  EVALUATION_ANSWERED

  """The agent disputed scores."""
  DISPUTE_OPENED

  """A dispute was settled."""
  DISPUTE_RESOLVED

  """The agent withdrew a dispute."""
  DISPUTE_WITHDRAWN

  """A dispute was given to somebody else."""
  DISPUTE_REASSIGNED

  """A review was closed, unanswered."""
  REVIEW_CLOSED
}

"""A value that was changed."""
type AuditChange {
  """Name of what was changed."""
  field: String!

  """Its value before, as JSON; null where it had none."""
  before: String

  """
  Its value after, as JSON; null where it has none. Objects are told by id.
  """
  after: String
}

"""Everything that can be read."""
type Query {
  """Who is asking."""
  viewer: Viewer!

  """The workspace that you belong to."""
  workspace: Workspace!

  """The object with this id; null where you reach none."""
  node(
    """Id of the object."""
    id: ID!
  ): Node

  """
  The objects with these ids, in order; null for each that you do not reach.
  """
  nodes(
    """Ids of the objects, at most 100."""
    ids: [ID!]!
  ): [Node]!

  """Coaching in your reach, newest first unless told otherwise."""
  assignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which coaching."""
    filter: AssignmentFilter = null

    """In which order."""
    orderBy: AssignmentOrder = null
  ): AssignedCoachingConnection!

  """The assignment with this id; null where you reach none."""
  assignment(
    """Id of the assignment."""
    id: ID!
  ): Assignment

  """The conversation with this id; null where you reach none."""
  conversation(
    """Id of the conversation."""
    id: ID!
  ): Conversation

  """Skills, by name."""
  attributes(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): AttributeConnection!

  """Marks for coaching in your reach, newest first."""
  marks(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which marks."""
    filter: MarkFilter = null
  ): MarkConnection!

  """The mark with this id; null where you reach none."""
  mark(
    """Id of the mark."""
    id: ID!
  ): Mark
}

"""Who is asking: the signed-in user."""
type Viewer {
  """Name."""
  name: String!

  """E-mail address."""
  email: String!

  """What they are."""
  role: Role!

  """What they may do."""
  permissions: [Permission!]!

  """Workspace that they belong to."""
  workspace: Workspace!

  """The agent who is signed in; null for everybody else."""
  agent: Agent
}

"""What somebody is."""
enum Role {
  """Handles conversations, and is coached."""
  AGENT

  """Coaches agents."""
  SUPERVISOR

  """Audits conversations."""
  QA

  """A machine of another organisation."""
  PARTNER
}

"""What somebody may do."""
enum Permission {
  """See one\'s own dashboard."""
  AGENT_DASHBOARD

  """See coaching assignments."""
  COACHING_ASSIGNMENTS

  """See what one is marked for."""
  MARKED_FOR_COACHING_VIEW

  """Manage coaching."""
  QA_FUNCTIONALITIES

  """Reach every queue of the workspace."""
  CROSS_QUEUE_DATA_ACCESS

  """Change the workspace\'s settings."""
  MANAGE_SETTINGS

  """Send conversations in."""
  IMPORT_CONVERSATIONS
}

"""Your organisation, and how it uses the product."""
type Workspace {
  """Name."""
  name: String!

  """IANA time zone that its days are in."""
  timeZone: String!

  """Whether agents accept or dispute manual evaluations."""
  acceptAndDispute: Boolean!

  """Whether Auto QA scores conversations."""
  autoQa: Boolean!

  """Whether agents read `Anonymous` instead of an auditor\'s name."""
  hideAuditorDetails: Boolean!

  """Counts up with every change of settings; a change names it."""
  version: Int!
}

"""A page of a list."""
type AssignedCoachingConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AssignedCoachingEdge!]!

  """The page\'s objects."""
  nodes: [AssignedCoaching!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AssignedCoachingEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AssignedCoaching!
}

"""Which coaching. Conditions combine by and, lists inside by or."""
input AssignmentFilter {
  """With one of these; without it, all but cancelled coaching."""
  statuses: [AssignmentStatus!] = null

  """With one of these skills."""
  areaIds: [ID!] = null
}

"""What to sort by, and which way."""
input AssignmentOrder {
  """What to sort by."""
  by: AssignmentSort! = ASSIGNED_AT

  """From the last to the first: newest, latest, Z to A."""
  descending: Boolean! = true
}

"""What coaching can be sorted by."""
enum AssignmentSort {
  """When it was assigned."""
  ASSIGNED_AT

  """When it is followed up."""
  FOLLOW_UP_ON

  """Its name."""
  NAME

  """Its status, from not started to cancelled; then when it was assigned."""
  STATUS
}

"""A page of a list."""
type AttributeConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AttributeEdge!]!

  """The page\'s objects."""
  nodes: [Attribute!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AttributeEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Attribute!
}

"""A page of a list."""
type MarkConnection {
  """The page\'s objects, each with its cursor."""
  edges: [MarkEdge!]!

  """The page\'s objects."""
  nodes: [Mark!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type MarkEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Mark!
}

"""Which marks. Conditions combine by and, lists inside by or."""
input MarkFilter {
  """Of these agents."""
  agentIds: [ID!] = null

  """With one of these skills."""
  areaIds: [ID!] = null
}

"""Why a write was refused."""
type UserError {
  """What to tell it apart by."""
  code: ErrorCode!

  """What to tell a person."""
  message: String!

  """
  Way into the input to the value that it is about; empty for the whole input.
  """
  path: [String!]!
}

"""Everything that can be written."""
type Mutation {
  """Note that you reviewed a conversation; the first time is kept."""
  reviewConversation(
    """The conversation."""
    input: ReviewConversationInput!
  ): ReviewConversationPayload!

  """Note that you looked at a best response; the first time is kept."""
  reviewBestResponse(
    """The best response."""
    input: ReviewBestResponseInput!
  ): ReviewBestResponsePayload!

  """Accept or dispute the scores of an evaluation that waits for you."""
  respondToEvaluation(
    """The answer."""
    input: RespondToEvaluationInput!
  ): RespondToEvaluationPayload!

  """Take back an open dispute; the scores stand, and the round counts."""
  withdrawDispute(
    """The dispute."""
    input: WithdrawDisputeInput!
  ): WithdrawDisputePayload!
}

"""What came of `reviewConversation`."""
type ReviewConversationPayload {
  """The assignment as it now is."""
  assignment: Assignment

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A conversation that you have reviewed."""
input ReviewConversationInput {
  """Your assignment."""
  assignmentId: ID!

  """Conversation of it."""
  conversationId: ID!
}

"""What came of `reviewBestResponse`."""
type ReviewBestResponsePayload {
  """The assignment as it now is."""
  assignment: Assignment

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A best response that you have looked at."""
input ReviewBestResponseInput {
  """Best response of your assignment."""
  bestResponseId: ID!
}

"""What came of `respondToEvaluation`."""
type RespondToEvaluationPayload {
  """The evaluation as it now is."""
  evaluation: Evaluation

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Your answer to an evaluation."""
input RespondToEvaluationInput {
  """Evaluation of yours."""
  evaluationId: ID!

  """Revision that you answer."""
  revision: Int!

  """Your answers; you accept the metrics that you do not name."""
  decisions: [MetricAnswerInput!]!
}

"""Your answer to one score."""
input MetricAnswerInput {
  """Metric of the evaluation."""
  metricId: ID!

  """Whether you accept its score."""
  decision: EvaluationAnswer!

  """Why you object; required to dispute, and only there."""
  comment: String = null
}

"""What the agent says to a score."""
enum EvaluationAnswer {
  """It is right."""
  ACCEPT

  """It is not; a supervisor is to look again."""
  DISPUTE
}

"""What came of `withdrawDispute`."""
type WithdrawDisputePayload {
  """The dispute as it now is."""
  dispute: Dispute

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A dispute to take back."""
input WithdrawDisputeInput {
  """Open dispute of yours."""
  disputeId: ID!

  """Revision that it disputes."""
  revision: Int!
}

"""What is told when it happens, one field to an operation."""
type Subscription {
  """Coaching in your reach that was assigned or has changed."""
  assignmentChanged(
    """This assignment only."""
    id: ID = null
  ): AssignmentChanged!

  """Evaluations in your reach that were made or have changed."""
  evaluationChanged(
    """This evaluation only."""
    id: ID = null
  ): EvaluationChanged!
}

"""An assignment was made, or changed."""
type AssignmentChanged {
  """Id of the assignment."""
  assignmentId: ID!

  """The assignment as it is now; null where you reach it no more."""
  assignment: Assignment
}

"""An evaluation was made or scored anew, answered, or settled."""
type EvaluationChanged {
  """Id of the evaluation."""
  evaluationId: ID!

  """The evaluation as it is now; null where you reach it no more."""
  evaluation: Evaluation
}
'''

snapshots['test_a_change_of_a_view_shows_in_its_snapshot[partner] sdl of partner'] = '''"""A row of the Assignments tab: coaching that was assigned."""
interface AssignedCoaching implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the coaching session."""
  name: String!

  """When it was assigned."""
  assignedAt: DateTime

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date

  """Skills that are coached."""
  areas: [Attribute!]!

  """Number of conversations to review."""
  conversationCount: Int!

  """Where it stands."""
  status: AssignmentStatus

  """The coaching of each agent, by the agent\'s name."""
  agentAssignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AssignmentConnection!
}

"""An object with an id."""
interface Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!
}

"""Date with time (isoformat)"""
scalar DateTime

"""Date (isoformat)"""
scalar Date

"""A skill: what is scored, and what is coached."""
type Attribute implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the skill."""
  name: String!
}

"""Where coaching stands."""
enum AssignmentStatus {
  """The agent has reviewed nothing yet."""
  YET_TO_START

  """The agent has reviewed something."""
  IN_PROGRESS

  """A manual evaluation waits for the agent to accept or dispute."""
  PENDING_AGENT_REVIEW

  """A dispute waits for a supervisor."""
  PENDING_SUPERVISOR_REVIEW

  """Everything is reviewed."""
  COMPLETED

  """Called off. Lists leave it out unless asked for."""
  CANCELLED
}

"""A page of a list."""
type AssignmentConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AssignmentEdge!]!

  """The page\'s objects."""
  nodes: [Assignment!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AssignmentEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Assignment!
}

"""One agent\'s coaching."""
type Assignment implements AssignedCoaching & Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the coaching session."""
  name: String!

  """When it was assigned."""
  assignedAt: DateTime!

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date!

  """Skills that are coached."""
  areas: [Attribute!]!

  """Number of conversations to review."""
  conversationCount: Int!

  """Where it stands."""
  status: AssignmentStatus!

  """The coaching of each agent, by the agent\'s name."""
  agentAssignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AssignmentConnection!

  """Feedback: what went well."""
  strengths: String!

  """Feedback: what to improve."""
  improvements: String!

  """When it was cancelled; null while it stands."""
  cancelledAt: DateTime

  """Counts up with every change of content; a change names it."""
  version: Int!

  """Number of conversations and best responses to review."""
  itemsTotal: Int!

  """Number of them that the agent has reviewed."""
  itemsReviewed: Int!

  """Number of its manual evaluations that wait for the agent."""
  agentTurns: Int!

  """Number of its manual evaluations that wait for a supervisor."""
  supervisorTurns: Int!

  """Agent who is coached."""
  agent: Agent!

  """Conversations to review, in order."""
  conversations: [AssignmentConversation!]!

  """Good examples to look at, in order."""
  bestResponses: [BestResponse!]!

  """Steps to take, in order."""
  actionPlan: [ActionStep!]!

  """Name of who assigned it."""
  assignedBy: String!

  """Reviews of the manual evaluations of its conversations."""
  review: ReviewSection!
}

"""A person whose conversations are evaluated."""
type Agent implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """The organisation\'s own id for this person."""
  agentId: String!

  """Name of the person."""
  name: String!

  """Team or experience level."""
  agentGroup: AgentGroup

  """Queues that this person works in."""
  queues: [Queue!]!
}

"""
A team or experience level in the organisation; has nothing to do with coaching.
"""
type AgentGroup implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the team or level."""
  name: String!
}

"""Where conversations are handled."""
type Queue implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the queue."""
  name: String!
}

"""A conversation that the agent is to review."""
type AssignmentConversation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Place in the list, from 1."""
  position: Int!

  """When the agent reviewed it first; null while they have not."""
  reviewedAt: DateTime

  """The conversation."""
  conversation: Conversation!

  """Skills that are coached with it."""
  areas: [Attribute!]!
}

"""One customer interaction of one agent."""
type Conversation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """When it began."""
  startedAt: DateTime!

  """When it ended."""
  endedAt: DateTime!

  """Channel that it came by."""
  channel: Channel!

  """What it was about."""
  topic: String

  """What the customer wanted."""
  intent: String

  """Customer\'s sentiment, -100 to 100."""
  sentimentScore: Float

  """Total of Auto QA\'s evaluation, in points; null without one."""
  koreEvaluationScore: Float

  """
  Total of the manual evaluation's newest revision, in points; null without one.
  """
  supervisorAuditScore: Float

  """Agent who handled it."""
  agent: Agent

  """Queue that it was handled in."""
  queue: Queue!

  """What was said, in order."""
  transcript: [Message!]!

  """AI insights, in the sender\'s order."""
  insights: [Insight!]!

  """Its evaluations, at most one by Auto QA and one manual."""
  evaluations: [Evaluation!]!

  """Coaching that contains it, newest first, for its feedback."""
  assignments: [Assignment!]!
}

"""How customer and agent talk."""
enum Channel {
  """In writing, live."""
  CHAT

  """By e-mail."""
  EMAIL

  """On the telephone."""
  VOICE
}

"""One utterance of a transcript."""
type Message {
  """Place in the transcript, from 1."""
  position: Int!

  """Who says it."""
  speaker: Speaker!

  """When it was said."""
  sentAt: DateTime!

  """What was said."""
  text: String!
}

"""Who says a message."""
enum Speaker {
  """The agent."""
  AGENT

  """The customer."""
  CUSTOMER
}

"""An AI insight, as the sender gave it."""
type Insight {
  """What it is about."""
  title: String!

  """What it says."""
  text: String!
}

"""A page of a list."""
type ConversationConnection {
  """The page\'s objects, each with its cursor."""
  edges: [ConversationEdge!]!

  """The page\'s objects."""
  nodes: [Conversation!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type ConversationEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Conversation!
}

"""Where a page lies in its list."""
type PageInfo {
  """Whether the list goes on behind the page."""
  hasNextPage: Boolean!

  """Whether the list has more in front of the page."""
  hasPreviousPage: Boolean!

  """Cursor of the page\'s first object; null on an empty page."""
  startCursor: String

  """Cursor of the page\'s last object; null on an empty page."""
  endCursor: String
}

"""One version of a form; only its pool changes."""
type EvaluationForm implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the form."""
  name: String!

  """Number of the version."""
  formVersion: Int!

  """Channel that it is for."""
  channel: Channel!

  """Points from which an evaluation is passed."""
  passScore: Float!

  """Who settles disputes; null where scores can\'t be disputed."""
  disputeRouting: DisputeRouting

  """Whether a settled score may be disputed again."""
  allowReDisputes: Boolean!

  """Most rounds of a dispute, in total."""
  maxDisputeRounds: Int!

  """Days that an agent has to answer; null for any time."""
  reviewWindowDays: Int

  """
  Its pool: who settles disputes where another auditor is to. Empty is everybody.
  """
  auditors: [User!]!

  """Its metrics, in order."""
  metrics: [Metric!]!

  """Queues that it is for."""
  queues: [Queue!]!
}

"""Who settles a dispute."""
enum DisputeRouting {
  """The auditor who scored."""
  SAME_AUDITOR

  """Another auditor: of the form\'s pool, or any if it names nobody."""
  DIFFERENT_AUDITOR
}

"""Somebody who audits."""
type User {
  """Opaque id, to name them by."""
  id: ID!

  """Name."""
  name: String!
}

"""One criterion of an evaluation form."""
type Metric implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """The sender\'s own name for it, unique in its form."""
  key: String!

  """What is asked."""
  name: String!

  """Weight among the form\'s metrics: a part, not percent."""
  weight: Float!

  """What failing it takes away, in the same parts."""
  negativeWeight: Float!

  """Whether failing it makes the whole score 0."""
  fatal: Boolean!

  """Skills that it says something about."""
  attributes: [Attribute!]!
}

"""A good example that the agent is to look at."""
type BestResponse implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Place in the list, from 1."""
  position: Int!

  """When the agent looked at it first; null while they have not."""
  reviewedAt: DateTime

  """What was said."""
  example: Example!

  """The whole conversation."""
  conversation: Conversation
}

"""A conversation as a good example: what was said, not who said it."""
type Example implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """When it began."""
  startedAt: DateTime!

  """When it ended."""
  endedAt: DateTime!

  """Channel that it came by."""
  channel: Channel!

  """What it was about."""
  topic: String

  """What the customer wanted."""
  intent: String

  """Queue that it was handled in."""
  queue: Queue!

  """What was said, in order."""
  transcript: [Message!]!
}

"""A step of an action plan."""
type ActionStep {
  """Place in the plan, from 1."""
  position: Int!

  """What to do."""
  text: String!
}

"""Reviews of the manual evaluations of an assignment\'s conversations."""
type ReviewSection {
  """
  Those that wait for the agent or for a supervisor, last evaluated first.
  """
  pending: [ReviewItem!]!

  """Those of them that were disputed, last evaluated first."""
  disputes: [ReviewItem!]!

  """Those that are resolved or closed, last evaluated first."""
  resolved: [ReviewItem!]!
}

"""A manual evaluation as the review section shows it."""
type ReviewItem {
  """The evaluation."""
  evaluation: Evaluation!

  """The conversation, with its date and time, queue, topic and intent."""
  conversation: Conversation

  """Total of the newest revision, in points; null without one."""
  supervisorAuditScore: Float

  """Whose turn it is, or how it ended."""
  reviewStatus: ReviewState!

  """Number of dispute rounds that are completed."""
  disputeRounds: Int!

  """When the review ended; null while it goes on."""
  completedAt: DateTime
}

"""Where the review of a manual evaluation stands."""
enum ReviewState {
  """Scored; no review is asked for."""
  AUDITED

  """It is the agent\'s turn to accept or dispute."""
  PENDING_AGENT_REVIEW

  """It is a supervisor\'s turn to settle a dispute."""
  PENDING_SUPERVISOR_REVIEW

  """Accepted, or the dispute was withdrawn."""
  RESOLVED

  """Settled for good."""
  CLOSED
}

"""Why a write was refused. A refusal changes nothing."""
enum ErrorCode {
  """The coaching was cancelled."""
  ALREADY_CANCELLED

  """The coaching is completed."""
  ALREADY_COMPLETED

  """The dispute is not open any more."""
  DISPUTE_NOT_OPEN

  """You may not do this to this object."""
  FORBIDDEN

  """The idempotency key was used with another input."""
  IDEMPOTENCY_KEY_REUSED

  """A value is not allowed; the message says why."""
  INVALID

  """A mark is not active, or not of this agent."""
  MARK_NOT_ACTIVE

  """Another of yours has this name."""
  NAME_TAKEN

  """A best response is not among your bookmarked conversations."""
  NOT_BOOKMARKED

  """A metric can\'t be disputed in this round."""
  NOT_DISPUTABLE

  """A conversation has no evaluation."""
  NOT_EVALUATED

  """You reach no such object."""
  NOT_FOUND

  """The evaluation does not wait for the agent."""
  NOT_WAITING_FOR_AGENT

  """Nobody else could settle the dispute."""
  NO_AUDITOR

  """A conversation is another agent\'s."""
  OTHER_AGENT

  """The review of the evaluation is closed for good."""
  REVIEW_CLOSED

  """Somebody changed the object since you read it."""
  STALE

  """The evaluation has a newer revision than the one you answer."""
  STALE_EVALUATION

  """The evaluation waits for the agent."""
  WAITING_FOR_AGENT
}

"""Number of assignments with a status."""
type StatusCount {
  """The status."""
  status: AssignmentStatus!

  """How many have it."""
  count: Int!
}

"""A scored form for one conversation, at its newest revision."""
type Evaluation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Who scored."""
  source: EvaluationSource!

  """When it was scored first."""
  evaluatedAt: DateTime!

  """Number of the newest revision."""
  revision: Int!

  """Total in points, -100 to 100; null where no metric applied."""
  total: Float

  """Whether the total reached the form\'s pass score; null without a total."""
  passed: Boolean

  """Where its review stands; null for Auto QA."""
  reviewState: ReviewState

  """When an unanswered review closes; null where it does not."""
  reviewUntil: DateTime

  """Dispute rounds so far."""
  disputeRounds: Int!

  """When its review ended; null while it goes on, or never began."""
  completedAt: DateTime

  """The form."""
  form: EvaluationForm!

  """Agent who was scored."""
  agent: Agent

  """Conversation that was scored."""
  conversation: Conversation

  """Scores of the newest revision, in the form\'s order."""
  scores: [MetricScore!]!

  """All revisions, oldest first."""
  revisions: [EvaluationRevision!]!

  """Rounds of disputes, first to last."""
  disputes: [Dispute!]!

  """What was done with it, oldest first."""
  history: [AuditEntry!]!

  """Name of who scored; `Auto QA` for the product itself."""
  evaluatedBy: String!

  """Metrics that the agent can dispute now, in the form\'s order."""
  disputableMetrics: [Metric!]!
}

"""Who scored."""
enum EvaluationSource {
  """Auto QA."""
  AUTO

  """A supervisor or QA user."""
  MANUAL
}

"""How one metric of an evaluation was scored."""
type MetricScore {
  """The metric."""
  metric: Metric!

  """0 for not at all to 1 for fully; null where the metric did not apply."""
  adherence: Float

  """What it adds to the total, in points; null where it did not apply."""
  points: Float

  """What the auditor wrote about it."""
  comment: String
}

"""One complete scoring of an evaluation."""
type EvaluationRevision {
  """Number of the revision, from 1."""
  number: Int!

  """Why it was written."""
  reason: RevisionReason!

  """When it was written."""
  createdAt: DateTime!

  """Total in points, -100 to 100; null where no metric applied."""
  total: Float

  """Whether the total reached the form\'s pass score; null without a total."""
  passed: Boolean

  """What the auditor wrote about it."""
  comment: String

  """Name of who scored; `Auto QA` for the product itself."""
  evaluatedBy: String!

  """Its scores, in the form\'s order."""
  scores: [MetricScore!]!
}

"""Why a revision was written."""
enum RevisionReason {
  """The first scoring."""
  AUDIT

  """Somebody scored anew."""
  RE_AUDIT

  """A dispute was settled."""
  RESOLUTION

  """The sender sent it anew."""
  RE_IMPORT
}

"""One round of an agent\'s objection to a manual evaluation."""
type Dispute implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Number of the round, from 1."""
  round: Int!

  """Number of the revision that is disputed."""
  revision: Int!

  """Where it stands."""
  state: DisputeState!

  """When the agent opened it."""
  openedAt: DateTime!

  """When it was settled or withdrawn; null while it is open."""
  closedAt: DateTime

  """Counts up with every change; a change of the assignee names it."""
  version: Int!

  """The evaluation."""
  evaluation: Evaluation

  """What is disputed, in the form\'s order."""
  metrics: [DisputedMetric!]!

  """Name of who is to settle it."""
  assignee: String!
}

"""Where a round of a dispute stands."""
enum DisputeState {
  """It waits for a supervisor."""
  OPEN

  """A supervisor decided."""
  RESOLVED

  """The agent took it back."""
  WITHDRAWN
}

"""A disputed score, and what was decided about it."""
type DisputedMetric {
  """The metric."""
  metric: Metric!

  """Why the agent objects."""
  comment: String!

  """What was decided; null while the dispute is open, or if withdrawn."""
  decision: DisputeDecision

  """The new adherence, where it was revised; null if not applicable."""
  newAdherence: Float

  """Why it was decided so."""
  decisionComment: String
}

"""What is decided about a disputed score."""
enum DisputeDecision {
  """It stays."""
  UPHOLD

  """It is changed."""
  REVISE
}

"""Who did what, and when."""
type AuditEntry {
  """When it was done."""
  at: DateTime!

  """What was done."""
  action: AuditAction!

  """Agent whom it is about; null where it is nobody\'s."""
  agent: Agent

  """Coaching that it is about; null where it is about none in reach."""
  assignment: Assignment

  """Evaluation that it is about; null where it is about none in reach."""
  evaluation: Evaluation

  """Name of who did it; `system` for the product itself."""
  actor: String!

  """Values that were changed."""
  changes: [AuditChange!]!
}

"""What was done."""
enum AuditAction {
  """A manual evaluation was submitted."""
  EVALUATION_SUBMITTED

  """A manual evaluation was scored anew."""
  EVALUATION_RE_AUDITED

  """The agent answered an evaluation."""
  EVALUATION_ANSWERED

  """The agent disputed scores."""
  DISPUTE_OPENED

  """A dispute was settled."""
  DISPUTE_RESOLVED

  """The agent withdrew a dispute."""
  DISPUTE_WITHDRAWN

  """A dispute was given to somebody else."""
  DISPUTE_REASSIGNED

  """A review was closed, unanswered."""
  REVIEW_CLOSED
}

"""A value that was changed."""
type AuditChange {
  """Name of what was changed."""
  field: String!

  """Its value before, as JSON; null where it had none."""
  before: String

  """
  Its value after, as JSON; null where it has none. Objects are told by id.
  """
  after: String
}

"""Everything that can be read."""
type Query {
  """Who is asking."""
  viewer: Viewer!

  """The workspace that you belong to."""
  workspace: Workspace!

  """The object with this id; null where you reach none."""
  node(
    """Id of the object."""
    id: ID!
  ): Node

  """
  The objects with these ids, in order; null for each that you do not reach.
  """
  nodes(
    """Ids of the objects, at most 100."""
    ids: [ID!]!
  ): [Node]!

  """Coaching in your reach, newest first unless told otherwise."""
  assignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which coaching."""
    filter: AssignmentFilter = null

    """In which order."""
    orderBy: AssignmentOrder = null
  ): AssignedCoachingConnection!

  """The assignment with this id; null where you reach none."""
  assignment(
    """Id of the assignment."""
    id: ID!
  ): Assignment

  """Conversations in your reach, newest first: an agent\'s Evaluation tab."""
  conversations(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which conversations."""
    filter: ConversationFilter = null
  ): ConversationConnection!

  """The conversation with this id; null where you reach none."""
  conversation(
    """Id of the conversation."""
    id: ID!
  ): Conversation

  """Agents in your reach, by name."""
  agents(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AgentConnection!

  """The agent with this id; null where you reach none."""
  agent(
    """Id of the agent."""
    id: ID!
  ): Agent

  """Teams and levels, by name."""
  agentGroups(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): AgentGroupConnection!

  """Skills, by name."""
  attributes(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): AttributeConnection!

  """Queues in your reach, by name."""
  queues(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): QueueConnection!

  """Evaluation forms, by name."""
  evaluationForms(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): EvaluationFormConnection!

  """Figures about the coaching in your reach."""
  dashboard: Dashboard!
}

"""Who is asking: the signed-in user."""
type Viewer {
  """Name."""
  name: String!

  """E-mail address."""
  email: String!

  """What they are."""
  role: Role!

  """What they may do."""
  permissions: [Permission!]!

  """Workspace that they belong to."""
  workspace: Workspace!

  """The agent who is signed in; null for everybody else."""
  agent: Agent
}

"""What somebody is."""
enum Role {
  """Handles conversations, and is coached."""
  AGENT

  """Coaches agents."""
  SUPERVISOR

  """Audits conversations."""
  QA

  """A machine of another organisation."""
  PARTNER
}

"""What somebody may do."""
enum Permission {
  """See one\'s own dashboard."""
  AGENT_DASHBOARD

  """See coaching assignments."""
  COACHING_ASSIGNMENTS

  """See what one is marked for."""
  MARKED_FOR_COACHING_VIEW

  """Manage coaching."""
  QA_FUNCTIONALITIES

  """Reach every queue of the workspace."""
  CROSS_QUEUE_DATA_ACCESS

  """Change the workspace\'s settings."""
  MANAGE_SETTINGS

  """Send conversations in."""
  IMPORT_CONVERSATIONS
}

"""Your organisation, and how it uses the product."""
type Workspace {
  """Name."""
  name: String!

  """IANA time zone that its days are in."""
  timeZone: String!

  """Whether agents accept or dispute manual evaluations."""
  acceptAndDispute: Boolean!

  """Whether Auto QA scores conversations."""
  autoQa: Boolean!

  """Whether agents read `Anonymous` instead of an auditor\'s name."""
  hideAuditorDetails: Boolean!

  """Counts up with every change of settings; a change names it."""
  version: Int!
}

"""A page of a list."""
type AssignedCoachingConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AssignedCoachingEdge!]!

  """The page\'s objects."""
  nodes: [AssignedCoaching!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AssignedCoachingEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AssignedCoaching!
}

"""Which coaching. Conditions combine by and, lists inside by or."""
input AssignmentFilter {
  """With one of these; without it, all but cancelled coaching."""
  statuses: [AssignmentStatus!] = null

  """With one of these skills."""
  areaIds: [ID!] = null
}

"""What to sort by, and which way."""
input AssignmentOrder {
  """What to sort by."""
  by: AssignmentSort! = ASSIGNED_AT

  """From the last to the first: newest, latest, Z to A."""
  descending: Boolean! = true
}

"""What coaching can be sorted by."""
enum AssignmentSort {
  """When it was assigned."""
  ASSIGNED_AT

  """When it is followed up."""
  FOLLOW_UP_ON

  """Its name."""
  NAME

  """Its status, from not started to cancelled; then when it was assigned."""
  STATUS
}

"""Which conversations. Conditions combine by and, lists inside by or."""
input ConversationFilter {
  """Of these agents."""
  agentIds: [ID!] = null

  """Of these queues."""
  queueIds: [ID!] = null

  """Begun then or later."""
  startedFrom: DateTime = null

  """Begun earlier than that."""
  startedBefore: DateTime = null

  """With at least so many points from Auto QA."""
  koreScoreFrom: Float = null

  """With at most so many points from Auto QA."""
  koreScoreTo: Float = null

  """With at least so many points from the audit."""
  auditScoreFrom: Float = null

  """With at most so many points from the audit."""
  auditScoreTo: Float = null
}

"""A page of a list."""
type AgentConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AgentEdge!]!

  """The page\'s objects."""
  nodes: [Agent!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AgentEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Agent!
}

"""A page of a list."""
type AgentGroupConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AgentGroupEdge!]!

  """The page\'s objects."""
  nodes: [AgentGroup!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AgentGroupEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AgentGroup!
}

"""A page of a list."""
type AttributeConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AttributeEdge!]!

  """The page\'s objects."""
  nodes: [Attribute!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AttributeEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Attribute!
}

"""A page of a list."""
type QueueConnection {
  """The page\'s objects, each with its cursor."""
  edges: [QueueEdge!]!

  """The page\'s objects."""
  nodes: [Queue!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type QueueEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Queue!
}

"""A page of a list."""
type EvaluationFormConnection {
  """The page\'s objects, each with its cursor."""
  edges: [EvaluationFormEdge!]!

  """The page\'s objects."""
  nodes: [EvaluationForm!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type EvaluationFormEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: EvaluationForm!
}

"""Why a write was refused."""
type UserError {
  """What to tell it apart by."""
  code: ErrorCode!

  """What to tell a person."""
  message: String!

  """
  Way into the input to the value that it is about; empty for the whole input.
  """
  path: [String!]!
}

"""
Figures about the coaching in your reach. Each is counted only when selected.
"""
type Dashboard {
  """
  Number of agents with coaching that is neither completed nor cancelled; each counts once, whatever coaching they have.
  """
  agentsInCoaching: Int!

  """
  Number of assignments by status, each agent's counted, in the order of status.
  """
  assignmentsByStatus: [StatusCount!]!

  """
  Number of assignments that are neither completed nor cancelled, and whose follow-up day is over.
  """
  overdueFollowUps: Int!

  """Manual evaluations that wait for somebody."""
  pendingReviews: PendingReviews!

  """Rounds of disputes."""
  disputes: DisputeFigures!
}

"""
Manual evaluations that wait, by whom they wait for; none where agents don't accept and dispute.
"""
type PendingReviews {
  """Number that wait for their agent\'s answer."""
  agent: Int!

  """Number that wait for a dispute to be settled."""
  supervisor: Int!
}

"""Rounds of disputes."""
type DisputeFigures {
  """Number that wait to be settled."""
  open: Int!

  """Number that were decided in the last 30 days."""
  settled: Int!

  """Number that were decided in the last 30 days, and changed a score."""
  overturned: Int!
}

"""Everything that can be written."""
type Mutation {
  """
  Import conversations and what belongs to them. What is known by its `externalId` is changed, or left alone where it is the same, so that sending a record again changes nothing. A bad record keeps no other out. Without access to every queue, conversations and evaluations of your own queues can be imported.
  """
  importConversations(
    """The records."""
    input: ImportConversationsInput!
  ): ImportConversationsPayload!
}

"""What came of `importConversations`."""
type ImportConversationsPayload {
  """What became of each record, in the order of the input."""
  results: [ImportedRecord!]

  """
  Why nothing was imported; what is wrong with a record is in its result.
  """
  errors: [UserError!]!
}

"""What became of one record."""
type ImportedRecord {
  """The record\'s `externalId`, as it was sent."""
  externalId: String!

  """What became of it."""
  outcome: ImportOutcome!

  """Why it was rejected; null where it was not."""
  error: UserError
}

"""What became of a record."""
enum ImportOutcome {
  """It was not there before."""
  CREATED

  """It was there in other words."""
  CHANGED

  """It was there in the same words."""
  UNCHANGED

  """It was not imported; the error says why."""
  REJECTED
}

"""
Records of the import format (I1), typed; what they may say is decided by the same rules as for files. What is no such type at all, such as a missing field, refuses the whole call before anything is imported; what breaks a rule, refuses its record alone.
"""
input ImportConversationsInput {
  """
  The records, 1 to 200, of any kinds. A record may refer to what is stored, and to records of the call, wherever they stand.
  """
  records: [ImportRecord!]!

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""One record, of one kind."""
input ImportRecord @oneOf {
  """A skill."""
  attribute: ImportNamed

  """Where conversations are handled."""
  queue: ImportNamed

  """A team or experience level."""
  agentGroup: ImportNamed

  """An agent."""
  agent: ImportAgent

  """A version of an evaluation form."""
  form: ImportForm

  """A conversation, with its transcript."""
  conversation: ImportConversation

  """An evaluation by Auto QA."""
  evaluation: ImportEvaluation
}

"""Something of the workspace that has nothing but a name."""
input ImportNamed {
  """Your own id, unique for its kind."""
  externalId: String!

  """Name, 1 to 120 characters."""
  name: String!
}

"""A person whose conversations are evaluated."""
input ImportAgent {
  """Your own id, unique for its kind."""
  externalId: String!

  """The id that is shown and searched by."""
  agentId: String!

  """Name, 1 to 120 characters."""
  name: String!

  """External ids of the queues that the agent works in."""
  queues: [String!]!

  """External id of the team or experience level."""
  agentGroup: String = null
}

"""
One version of an evaluation form. A version never changes: send a newer one.
"""
input ImportForm {
  """Your own id, unique for its kind."""
  externalId: String!

  """Version, from 1."""
  version: Int!

  """Name, 1 to 120 characters."""
  name: String!

  """Channel that it is for."""
  channel: Channel!

  """External ids of the queues that it is for."""
  queues: [String!]!

  """Points from which on it is passed."""
  passScore: Float!

  """Its metrics, in order."""
  metrics: [ImportMetric!]!

  """Without one, no review is asked for."""
  disputePolicy: ImportDisputePolicy = null
}

"""One criterion of a form."""
input ImportMetric {
  """Your own id of it, unique in the form."""
  key: String!

  """Name, 1 to 120 characters."""
  name: String!

  """Weight in parts, above 0, with two decimals."""
  weight: Float!

  """What a failure takes away, 0 to `weight`, with two decimals."""
  negativeWeight: Float!

  """Whether failing it makes the whole score 0."""
  fatal: Boolean!

  """External ids of the skills that it feeds."""
  attribute: [String!]!
}

"""What an agent may do about an evaluation by a form."""
input ImportDisputePolicy {
  """Who settles a dispute."""
  routing: DisputeRouting!

  """Whether a settled metric can be disputed again."""
  allowReDisputes: Boolean!

  """Most rounds, 1 to 100."""
  maxRounds: Int!

  """Days until an unanswered review closes; none closes without."""
  reviewWindowDays: Int = null
}

"""One customer interaction of one agent; it never changes hands."""
input ImportConversation {
  """Your own id, unique for its kind."""
  externalId: String!

  """External id of the agent."""
  agent: String!

  """External id of the queue."""
  queue: String!

  """How they talked."""
  channel: Channel!

  """When it began, with offset."""
  startedAt: DateTime!

  """When it ended, with offset."""
  endedAt: DateTime!

  """The transcript, in order."""
  messages: [ImportMessage!]!

  """What it was about."""
  topic: String = null

  """What the customer wanted."""
  intent: String = null

  """The customer\'s mood, -100 to 100."""
  sentimentScore: Float = null

  """AI insights, in order."""
  insights: [ImportInsight!] = null
}

"""One utterance of a transcript."""
input ImportMessage {
  """Who says it."""
  speaker: Speaker!

  """When, with offset."""
  at: DateTime!

  """What is said, at most 10,000 characters."""
  text: String!
}

"""An AI insight of yours, shown as it is."""
input ImportInsight {
  """Its title, 1 to 120 characters."""
  title: String!

  """What it says, at most 10,000 characters."""
  text: String!
}

"""A form filled in by Auto QA; its total is computed here."""
input ImportEvaluation {
  """Your own id, unique for its kind."""
  externalId: String!

  """External id of the conversation."""
  conversation: String!

  """External id of the form."""
  form: String!

  """Version of the form."""
  formVersion: Int!

  """When it was scored, with offset."""
  evaluatedAt: DateTime!

  """Each metric of the form, once."""
  metrics: [ImportAdherence!]!
}

"""How far one metric was kept."""
input ImportAdherence {
  """The metric\'s key."""
  key: String!

  """0 for not at all to 1 for fully; null where it did not apply."""
  adherence: Float = null
}

"""What is told when it happens, one field to an operation."""
type Subscription {
  """Coaching in your reach that was assigned or has changed."""
  assignmentChanged(
    """This assignment only."""
    id: ID = null

    """This agent\'s only."""
    agentId: ID = null
  ): AssignmentChanged!

  """Evaluations in your reach that were made or have changed."""
  evaluationChanged(
    """This evaluation only."""
    id: ID = null

    """This agent\'s only."""
    agentId: ID = null
  ): EvaluationChanged!
}

"""An assignment was made, or changed."""
type AssignmentChanged {
  """Id of the assignment."""
  assignmentId: ID!

  """The assignment as it is now; null where you reach it no more."""
  assignment: Assignment
}

"""An evaluation was made or scored anew, answered, or settled."""
type EvaluationChanged {
  """Id of the evaluation."""
  evaluationId: ID!

  """The evaluation as it is now; null where you reach it no more."""
  evaluation: Evaluation
}
'''

snapshots['test_a_change_of_a_view_shows_in_its_snapshot[qa] sdl of qa'] = '''"""Agents who are coached together."""
type CoachingGroup implements AssignedCoaching & Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the coaching session."""
  name: String!

  """When it was assigned."""
  assignedAt: DateTime

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date

  """Skills that are coached."""
  areas: [Attribute!]!

  """Number of conversations to review."""
  conversationCount: Int!

  """Whether it is one agent\'s or a coaching group\'s."""
  coachingType: CoachingType

  """Where its coaching stands; null until it is sent."""
  status: AssignmentStatus

  """The coaching of each agent, by the agent\'s name."""
  agentAssignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AssignmentConnection!

  """What it is for; agents never read it."""
  description: String!

  """Where it stands."""
  state: CoachingGroupState!

  """When it was made."""
  createdAt: DateTime!

  """Name that its assignments were given; null until it is sent."""
  assignmentName: String

  """Counts up with every change of content; a change names it."""
  version: Int!

  """Agents in it, by name."""
  members: [Agent!]!

  """Number of agents who got an assignment."""
  agentCount: Int!

  """Active marks in it, oldest first; none once it is sent."""
  marks: [Mark!]!

  """Number of different conversations of the marks in it."""
  markedConversationCount: Int!

  """Whether there is anything to send: a marked conversation."""
  canAssign: Boolean!

  """What you may do to it now."""
  viewerActions: [ViewerAction!]!

  """What came of it; null until it is sent."""
  outcome: GroupOutcome

  """
  Whether it helped, for each skill that it coaches; none until it is sent.
  """
  effect: [AttributeEffect!]!
}

"""A row of the Assignments tab: coaching that was assigned."""
interface AssignedCoaching implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the coaching session."""
  name: String!

  """When it was assigned."""
  assignedAt: DateTime

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date

  """Skills that are coached."""
  areas: [Attribute!]!

  """Number of conversations to review."""
  conversationCount: Int!

  """Whether it is one agent\'s or a coaching group\'s."""
  coachingType: CoachingType

  """Where it stands."""
  status: AssignmentStatus

  """The coaching of each agent, by the agent\'s name."""
  agentAssignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AssignmentConnection!
}

"""An object with an id."""
interface Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!
}

"""Date with time (isoformat)"""
scalar DateTime

"""Date (isoformat)"""
scalar Date

"""A skill: what is scored, and what is coached."""
type Attribute implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the skill."""
  name: String!
}

"""What a row of the Assignments tab stands for."""
enum CoachingType {
  """One agent."""
  INDIVIDUAL_AGENT

  """The agents of a coaching group."""
  GROUP_AGENTS
}

"""Where coaching stands."""
enum AssignmentStatus {
  """The agent has reviewed nothing yet."""
  YET_TO_START

  """The agent has reviewed something."""
  IN_PROGRESS

  """A manual evaluation waits for the agent to accept or dispute."""
  PENDING_AGENT_REVIEW

  """A dispute waits for a supervisor."""
  PENDING_SUPERVISOR_REVIEW

  """Everything is reviewed."""
  COMPLETED

  """Called off. Lists leave it out unless asked for."""
  CANCELLED
}

"""A page of a list."""
type AssignmentConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AssignmentEdge!]!

  """The page\'s objects."""
  nodes: [Assignment!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AssignmentEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Assignment!
}

"""One agent\'s coaching."""
type Assignment implements AssignedCoaching & Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the coaching session."""
  name: String!

  """When it was assigned."""
  assignedAt: DateTime!

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date!

  """Skills that are coached."""
  areas: [Attribute!]!

  """Number of conversations to review."""
  conversationCount: Int!

  """Whether it is one agent\'s or a coaching group\'s."""
  coachingType: CoachingType

  """Where it stands."""
  status: AssignmentStatus!

  """The coaching of each agent, by the agent\'s name."""
  agentAssignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AssignmentConnection!

  """Feedback: what went well."""
  strengths: String!

  """Feedback: what to improve."""
  improvements: String!

  """When it was cancelled; null while it stands."""
  cancelledAt: DateTime

  """Counts up with every change of content; a change names it."""
  version: Int!

  """Number of conversations and best responses to review."""
  itemsTotal: Int!

  """Number of them that the agent has reviewed."""
  itemsReviewed: Int!

  """Number of its manual evaluations that wait for the agent."""
  agentTurns: Int!

  """Number of its manual evaluations that wait for a supervisor."""
  supervisorTurns: Int!

  """Agent who is coached."""
  agent: Agent!

  """Conversations to review, in order."""
  conversations: [AssignmentConversation!]!

  """Good examples to look at, in order."""
  bestResponses: [BestResponse!]!

  """Steps to take, in order."""
  actionPlan: [ActionStep!]!

  """Coaching group that it was dispatched from."""
  group: CoachingGroup

  """Name of who assigned it."""
  assignedBy: String!

  """Reviews of the manual evaluations of its conversations."""
  review: ReviewSection!

  """How the agent\'s score changed in each skill that is coached."""
  progress: [AttributeProgress!]!

  """What you may do to it now."""
  viewerActions: [ViewerAction!]!
}

"""A person whose conversations are evaluated."""
type Agent implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """The organisation\'s own id for this person."""
  agentId: String!

  """Name of the person."""
  name: String!

  """Team or experience level."""
  agentGroup: AgentGroup

  """Queues that this person works in."""
  queues: [Queue!]!
}

"""
A team or experience level in the organisation; has nothing to do with coaching.
"""
type AgentGroup implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the team or level."""
  name: String!
}

"""Where conversations are handled."""
type Queue implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the queue."""
  name: String!
}

"""A conversation that the agent is to review."""
type AssignmentConversation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Place in the list, from 1."""
  position: Int!

  """When the agent reviewed it first; null while they have not."""
  reviewedAt: DateTime

  """The conversation."""
  conversation: Conversation!

  """Skills that are coached with it."""
  areas: [Attribute!]!
}

"""One customer interaction of one agent."""
type Conversation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """When it began."""
  startedAt: DateTime!

  """When it ended."""
  endedAt: DateTime!

  """Channel that it came by."""
  channel: Channel!

  """What it was about."""
  topic: String

  """What the customer wanted."""
  intent: String

  """Customer\'s sentiment, -100 to 100."""
  sentimentScore: Float

  """Total of Auto QA\'s evaluation, in points; null without one."""
  koreEvaluationScore: Float

  """
  Total of the manual evaluation's newest revision, in points; null without one.
  """
  supervisorAuditScore: Float

  """Agent who handled it."""
  agent: Agent

  """Queue that it was handled in."""
  queue: Queue!

  """What was said, in order."""
  transcript: [Message!]!

  """AI insights, in the sender\'s order."""
  insights: [Insight!]!

  """Its evaluations, at most one by Auto QA and one manual."""
  evaluations: [Evaluation!]!

  """Coaching that contains it, newest first, for its feedback."""
  assignments: [Assignment!]!

  """Your bookmarks on it, by name."""
  bookmarks: [Bookmark!]!

  """Your own manual evaluation that is not submitted; null without one."""
  evaluationDraft: EvaluationDraft
}

"""How customer and agent talk."""
enum Channel {
  """In writing, live."""
  CHAT

  """By e-mail."""
  EMAIL

  """On the telephone."""
  VOICE
}

"""One utterance of a transcript."""
type Message {
  """Place in the transcript, from 1."""
  position: Int!

  """Who says it."""
  speaker: Speaker!

  """When it was said."""
  sentAt: DateTime!

  """What was said."""
  text: String!
}

"""Who says a message."""
enum Speaker {
  """The agent."""
  AGENT

  """The customer."""
  CUSTOMER
}

"""An AI insight, as the sender gave it."""
type Insight {
  """What it is about."""
  title: String!

  """What it says."""
  text: String!
}

"""A tag of your own on conversations; nobody else sees it."""
type Bookmark implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name, unique among your bookmarks in any case."""
  name: String!

  """Colour as #rrggbb."""
  colour: String!

  """When it was made."""
  createdAt: DateTime!

  """Number of conversations in reach that carry it."""
  conversationCount: Int!

  """Conversations in reach that carry it, newest first."""
  conversations(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null
  ): ConversationConnection!
}

"""A page of a list."""
type ConversationConnection {
  """The page\'s objects, each with its cursor."""
  edges: [ConversationEdge!]!

  """The page\'s objects."""
  nodes: [Conversation!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type ConversationEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Conversation!
}

"""Where a page lies in its list."""
type PageInfo {
  """Whether the list goes on behind the page."""
  hasNextPage: Boolean!

  """Whether the list has more in front of the page."""
  hasPreviousPage: Boolean!

  """Cursor of the page\'s first object; null on an empty page."""
  startCursor: String

  """Cursor of the page\'s last object; null on an empty page."""
  endCursor: String
}

"""A manual evaluation that only its author sees."""
type EvaluationDraft {
  """The form."""
  form: EvaluationForm!

  """What you wrote about it all."""
  comment: String

  """When you saved it."""
  savedAt: DateTime!

  """Counts up each time you save it."""
  version: Int!

  """The scores so far."""
  scores: [DraftScore!]!
}

"""One version of a form; only its pool changes."""
type EvaluationForm implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the form."""
  name: String!

  """Number of the version."""
  formVersion: Int!

  """Channel that it is for."""
  channel: Channel!

  """Points from which an evaluation is passed."""
  passScore: Float!

  """Who settles disputes; null where scores can\'t be disputed."""
  disputeRouting: DisputeRouting

  """Whether a settled score may be disputed again."""
  allowReDisputes: Boolean!

  """Most rounds of a dispute, in total."""
  maxDisputeRounds: Int!

  """Days that an agent has to answer; null for any time."""
  reviewWindowDays: Int

  """
  Its pool: who settles disputes where another auditor is to. Empty is everybody.
  """
  auditors: [User!]!

  """Its metrics, in order."""
  metrics: [Metric!]!

  """Queues that it is for."""
  queues: [Queue!]!
}

"""Who settles a dispute."""
enum DisputeRouting {
  """The auditor who scored."""
  SAME_AUDITOR

  """Another auditor: of the form\'s pool, or any if it names nobody."""
  DIFFERENT_AUDITOR
}

"""Somebody who audits."""
type User {
  """Opaque id, to name them by."""
  id: ID!

  """Name."""
  name: String!
}

"""One criterion of an evaluation form."""
type Metric implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """The sender\'s own name for it, unique in its form."""
  key: String!

  """What is asked."""
  name: String!

  """Weight among the form\'s metrics: a part, not percent."""
  weight: Float!

  """What failing it takes away, in the same parts."""
  negativeWeight: Float!

  """Whether failing it makes the whole score 0."""
  fatal: Boolean!

  """Skills that it says something about."""
  attributes: [Attribute!]!
}

"""How one metric is scored in a draft."""
type DraftScore {
  """Id of the metric."""
  metricId: ID!

  """Whether it is scored yet."""
  scored: Boolean!

  """0 for not at all to 1 for fully; null where the metric does not apply."""
  adherence: Float

  """What you wrote about it."""
  comment: String
}

"""A good example that the agent is to look at."""
type BestResponse implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Place in the list, from 1."""
  position: Int!

  """When the agent looked at it first; null while they have not."""
  reviewedAt: DateTime

  """What was said."""
  example: Example!

  """The whole conversation."""
  conversation: Conversation
}

"""A conversation as a good example: what was said, not who said it."""
type Example implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """When it began."""
  startedAt: DateTime!

  """When it ended."""
  endedAt: DateTime!

  """Channel that it came by."""
  channel: Channel!

  """What it was about."""
  topic: String

  """What the customer wanted."""
  intent: String

  """Queue that it was handled in."""
  queue: Queue!

  """What was said, in order."""
  transcript: [Message!]!
}

"""A step of an action plan."""
type ActionStep {
  """Place in the plan, from 1."""
  position: Int!

  """What to do."""
  text: String!
}

"""Reviews of the manual evaluations of an assignment\'s conversations."""
type ReviewSection {
  """
  Those that wait for the agent or for a supervisor, last evaluated first.
  """
  pending: [ReviewItem!]!

  """Those of them that were disputed, last evaluated first."""
  disputes: [ReviewItem!]!

  """Those that are resolved or closed, last evaluated first."""
  resolved: [ReviewItem!]!
}

"""A manual evaluation as the review section shows it."""
type ReviewItem {
  """The evaluation."""
  evaluation: Evaluation!

  """The conversation, with its date and time, queue, topic and intent."""
  conversation: Conversation

  """Total of the newest revision, in points; null without one."""
  supervisorAuditScore: Float

  """Whose turn it is, or how it ended."""
  reviewStatus: ReviewState!

  """Number of dispute rounds that are completed."""
  disputeRounds: Int!

  """When the review ended; null while it goes on."""
  completedAt: DateTime
}

"""Where the review of a manual evaluation stands."""
enum ReviewState {
  """Scored; no review is asked for."""
  AUDITED

  """It is the agent\'s turn to accept or dispute."""
  PENDING_AGENT_REVIEW

  """It is a supervisor\'s turn to settle a dispute."""
  PENDING_SUPERVISOR_REVIEW

  """Accepted, or the dispute was withdrawn."""
  RESOLVED

  """Settled for good."""
  CLOSED
}

"""How an agent\'s score in a coached skill changed."""
type AttributeProgress {
  """The skill."""
  attribute: Attribute!

  """Its score at the assigned date and now."""
  score: ScoreChange!
}

"""A score at the assigned date and now, each over 7 days."""
type ScoreChange {
  """
  Score over the 7 days before the assigned date, in points; null without data.
  """
  atAssignedDate: Float

  """Score over today and the 6 days before, in points; null without data."""
  current: Float

  """Current minus assigned date, in points; null where one of them is."""
  difference: Float

  """Which way it went; null where there is no difference."""
  trend: ScoreTrend
}

"""Which way a score went since the assigned date."""
enum ScoreTrend {
  """Up."""
  SPIKE

  """Down."""
  DIP

  """Neither."""
  NO_CHANGE
}

"""Whether you may do something now."""
type ViewerAction {
  """What to do."""
  action: ViewerActionName!

  """Whether you may do it now."""
  allowed: Boolean!

  """Why not; null where you may."""
  reason: ErrorCode
}

"""
Something that may be done to an object: the mutation of the same name.
"""
enum ViewerActionName {
  """See `updateAssignment`."""
  UPDATE_ASSIGNMENT

  """See `cancelAssignment`."""
  CANCEL_ASSIGNMENT

  """See `addConversationsToMark`."""
  ADD_CONVERSATIONS_TO_MARK

  """See `removeMark`."""
  REMOVE_MARK

  """See `updateCoachingGroup`."""
  UPDATE_COACHING_GROUP

  """See `deleteCoachingGroup`."""
  DELETE_COACHING_GROUP

  """See `addAgentsToGroup`."""
  ADD_AGENTS_TO_GROUP

  """See `removeAgentsFromGroup`."""
  REMOVE_AGENTS_FROM_GROUP

  """See `moveMarksToGroup`."""
  MOVE_MARKS_TO_GROUP

  """See `dispatchCoachingGroup`."""
  DISPATCH_COACHING_GROUP

  """See `submitEvaluation`."""
  SUBMIT_EVALUATION

  """See `resolveDispute`."""
  RESOLVE_DISPUTE

  """See `reassignDispute`."""
  REASSIGN_DISPUTE
}

"""Why a write was refused. A refusal changes nothing."""
enum ErrorCode {
  """The coaching was cancelled."""
  ALREADY_CANCELLED

  """The coaching is completed."""
  ALREADY_COMPLETED

  """The dispute is not open any more."""
  DISPUTE_NOT_OPEN

  """You have marked this agent for this skill already."""
  DUPLICATE_MARK

  """You may not do this to this object."""
  FORBIDDEN

  """The coaching group was sent."""
  GROUP_ALREADY_SENT

  """No member of the coaching group has a conversation."""
  GROUP_HAS_NO_CONVERSATIONS

  """Another unsent coaching group has this name."""
  GROUP_NAME_TAKEN

  """The idempotency key was used with another input."""
  IDEMPOTENCY_KEY_REUSED

  """A value is not allowed; the message says why."""
  INVALID

  """The mark was assigned."""
  MARK_ALREADY_ASSIGNED

  """A mark is not active, or not of this agent."""
  MARK_NOT_ACTIVE

  """Another of yours has this name."""
  NAME_TAKEN

  """A best response is not among your bookmarked conversations."""
  NOT_BOOKMARKED

  """A metric can\'t be disputed in this round."""
  NOT_DISPUTABLE

  """A conversation has no evaluation."""
  NOT_EVALUATED

  """You reach no such object."""
  NOT_FOUND

  """The evaluation does not wait for the agent."""
  NOT_WAITING_FOR_AGENT

  """Nobody else could settle the dispute."""
  NO_AUDITOR

  """A conversation is another agent\'s."""
  OTHER_AGENT

  """The review of the evaluation is closed for good."""
  REVIEW_CLOSED

  """Somebody changed the object since you read it."""
  STALE

  """The evaluation has a newer revision than the one you answer."""
  STALE_EVALUATION

  """The evaluation waits for the agent."""
  WAITING_FOR_AGENT
}

"""Where a coaching group stands."""
enum CoachingGroupState {
  """Agents are being gathered."""
  PENDING

  """Every member has an assignment."""
  SENT

  """Called off before it was sent."""
  DELETED
}

"""Somebody\'s word that an agent needs coaching, and because of what."""
type Mark implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Where it stands."""
  state: MarkState!

  """When it was made."""
  createdAt: DateTime!

  """Counts up with every change of content; a change names it."""
  version: Int!

  """Agent who is marked."""
  agent: Agent!

  """Skills that need coaching."""
  areas: [Attribute!]!

  """Conversations that it is about, oldest first."""
  conversations: [Conversation!]!

  """Pending coaching group that it is in."""
  group: CoachingGroup

  """Coaching that was assigned because of it."""
  assignment: Assignment

  """Name of who made it."""
  markedBy: String!

  """What you may do to it now."""
  viewerActions: [ViewerAction!]!
}

"""Where a mark stands."""
enum MarkState {
  """It waits for coaching."""
  ACTIVE

  """Coaching was assigned because of it."""
  ASSIGNED

  """It was taken back."""
  REMOVED
}

"""
What came of a coaching group that was sent, for the members in your reach.
"""
type GroupOutcome {
  """Number of its assignments by status, in the order of status."""
  statuses: [StatusCount!]!

  """
  Changes in each skill that it coaches; cancelled coaching does not count.
  """
  attributes: [AttributeOutcome!]!
}

"""Number of assignments with a status."""
type StatusCount {
  """The status."""
  status: AssignmentStatus!

  """How many have it."""
  count: Int!
}

"""How a group\'s members changed in a coached skill."""
type AttributeOutcome {
  """The skill."""
  attribute: Attribute!

  """
  Mean of the members' differences, in points; null where none has both scores.
  """
  meanChange: Float

  """Number of members whose score went up."""
  improved: Int!

  """Number of members whose score went down."""
  declined: Int!

  """Number of members whose score stayed as it was."""
  unchanged: Int!

  """Number of members without a score then or now."""
  withoutData: Int!
}

"""
What coaching a group in a skill changed, beyond what changed without coaching: the members against comparable agents who were not coached in it over the same days.
"""
type AttributeEffect {
  """The skill."""
  attribute: Attribute!

  """Whether there is enough data."""
  result: EffectResult!

  """
  Members' mean change minus that of comparable agents who started where the members started, in points.
  """
  difference: Float

  """Lower end of the 95 % interval of the difference, in points."""
  low: Float

  """Upper end of the 95 % interval of the difference, in points."""
  high: Float

  """Mean change of the members that are compared, in points."""
  memberChange: Float

  """
  Mean change, in points, of comparable agents who started where the members started.
  """
  comparableChange: Float

  """Number of members that are compared."""
  members: Int!

  """Number of agents that they are compared with."""
  comparableAgents: Int!
}

"""Whether there is enough data to tell an effect from."""
enum EffectResult {
  """There is."""
  MEASURED

  """
  Too few members or comparable agents have scores, or the coaching is younger than 7 days.
  """
  INSUFFICIENT_DATA
}

"""A scored form for one conversation, at its newest revision."""
type Evaluation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Who scored."""
  source: EvaluationSource!

  """When it was scored first."""
  evaluatedAt: DateTime!

  """Number of the newest revision."""
  revision: Int!

  """Total in points, -100 to 100; null where no metric applied."""
  total: Float

  """Whether the total reached the form\'s pass score; null without a total."""
  passed: Boolean

  """Where its review stands; null for Auto QA."""
  reviewState: ReviewState

  """When an unanswered review closes; null where it does not."""
  reviewUntil: DateTime

  """Dispute rounds so far."""
  disputeRounds: Int!

  """When its review ended; null while it goes on, or never began."""
  completedAt: DateTime

  """The form."""
  form: EvaluationForm!

  """Agent who was scored."""
  agent: Agent

  """Conversation that was scored."""
  conversation: Conversation

  """Scores of the newest revision, in the form\'s order."""
  scores: [MetricScore!]!

  """All revisions, oldest first."""
  revisions: [EvaluationRevision!]!

  """Rounds of disputes, first to last."""
  disputes: [Dispute!]!

  """What was done with it, oldest first."""
  history: [AuditEntry!]!

  """Name of who scored; `Auto QA` for the product itself."""
  evaluatedBy: String!

  """Metrics that the agent can dispute now, in the form\'s order."""
  disputableMetrics: [Metric!]!

  """What you may do to it now; nothing to Auto QA\'s."""
  viewerActions: [ViewerAction!]!
}

"""Who scored."""
enum EvaluationSource {
  """Auto QA."""
  AUTO

  """A supervisor or QA user."""
  MANUAL
}

"""How one metric of an evaluation was scored."""
type MetricScore {
  """The metric."""
  metric: Metric!

  """0 for not at all to 1 for fully; null where the metric did not apply."""
  adherence: Float

  """What it adds to the total, in points; null where it did not apply."""
  points: Float

  """What the auditor wrote about it."""
  comment: String
}

"""One complete scoring of an evaluation."""
type EvaluationRevision {
  """Number of the revision, from 1."""
  number: Int!

  """Why it was written."""
  reason: RevisionReason!

  """When it was written."""
  createdAt: DateTime!

  """Total in points, -100 to 100; null where no metric applied."""
  total: Float

  """Whether the total reached the form\'s pass score; null without a total."""
  passed: Boolean

  """What the auditor wrote about it."""
  comment: String

  """Name of who scored; `Auto QA` for the product itself."""
  evaluatedBy: String!

  """Its scores, in the form\'s order."""
  scores: [MetricScore!]!
}

"""Why a revision was written."""
enum RevisionReason {
  """The first scoring."""
  AUDIT

  """Somebody scored anew."""
  RE_AUDIT

  """A dispute was settled."""
  RESOLUTION

  """The sender sent it anew."""
  RE_IMPORT
}

"""One round of an agent\'s objection to a manual evaluation."""
type Dispute implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Number of the round, from 1."""
  round: Int!

  """Number of the revision that is disputed."""
  revision: Int!

  """Where it stands."""
  state: DisputeState!

  """When the agent opened it."""
  openedAt: DateTime!

  """When it was settled or withdrawn; null while it is open."""
  closedAt: DateTime

  """Counts up with every change; a change of the assignee names it."""
  version: Int!

  """The evaluation."""
  evaluation: Evaluation

  """What is disputed, in the form\'s order."""
  metrics: [DisputedMetric!]!

  """Name of who is to settle it."""
  assignee: String!

  """Those who may settle it, by name."""
  auditors: [Auditor!]!

  """What you may do to it now."""
  viewerActions: [ViewerAction!]!
}

"""Where a round of a dispute stands."""
enum DisputeState {
  """It waits for a supervisor."""
  OPEN

  """A supervisor decided."""
  RESOLVED

  """The agent took it back."""
  WITHDRAWN
}

"""A disputed score, and what was decided about it."""
type DisputedMetric {
  """The metric."""
  metric: Metric!

  """Why the agent objects."""
  comment: String!

  """What was decided; null while the dispute is open, or if withdrawn."""
  decision: DisputeDecision

  """The new adherence, where it was revised; null if not applicable."""
  newAdherence: Float

  """Why it was decided so."""
  decisionComment: String
}

"""What is decided about a disputed score."""
enum DisputeDecision {
  """It stays."""
  UPHOLD

  """It is changed."""
  REVISE
}

"""Somebody who may settle a dispute."""
type Auditor {
  """Opaque id, to name them by."""
  id: ID!

  """Name."""
  name: String!

  """Open disputes that they are to settle."""
  openDisputes: Int!
}

"""Who did what, and when."""
type AuditEntry {
  """When it was done."""
  at: DateTime!

  """What was done."""
  action: AuditAction!

  """Agent whom it is about; null where it is nobody\'s."""
  agent: Agent

  """Coaching that it is about; null where it is about none in reach."""
  assignment: Assignment

  """Evaluation that it is about; null where it is about none in reach."""
  evaluation: Evaluation

  """Coaching group that it is about."""
  group: CoachingGroup

  """Mark that it is about."""
  mark: Mark

  """Name of who did it; `system` for the product itself."""
  actor: String!

  """Values that were changed."""
  changes: [AuditChange!]!
}

"""What was done."""
enum AuditAction {
  """An agent was marked for coaching."""
  MARK_CREATED

  """Conversations were added to a mark."""
  MARK_CONVERSATIONS_ADDED

  """A mark was removed."""
  MARK_REMOVED

  """A coaching group was made."""
  GROUP_CREATED

  """A coaching group was changed."""
  GROUP_UPDATED

  """A coaching group was deleted."""
  GROUP_DELETED

  """Agents joined a coaching group."""
  GROUP_AGENTS_ADDED

  """Agents left a coaching group."""
  GROUP_AGENTS_REMOVED

  """Marks were moved to a coaching group."""
  GROUP_MARKS_MOVED

  """A coaching group was sent."""
  GROUP_DISPATCHED

  """Coaching was assigned."""
  ASSIGNMENT_CREATED

  """Coaching was changed."""
  ASSIGNMENT_UPDATED

  """Coaching was cancelled."""
  ASSIGNMENT_CANCELLED

  """The agent reviewed a conversation."""
  CONVERSATION_REVIEWED

  """The agent looked at a best response."""
  BEST_RESPONSE_REVIEWED

  """A manual evaluation was submitted."""
  EVALUATION_SUBMITTED

  """A manual evaluation was scored anew."""
  EVALUATION_RE_AUDITED

  """The agent answered an evaluation."""
  EVALUATION_ANSWERED

  """The agent disputed scores."""
  DISPUTE_OPENED

  """A dispute was settled."""
  DISPUTE_RESOLVED

  """The agent withdrew a dispute."""
  DISPUTE_WITHDRAWN

  """A dispute was given to somebody else."""
  DISPUTE_REASSIGNED

  """A review was closed, unanswered."""
  REVIEW_CLOSED

  """The pool of auditors of an evaluation form was changed."""
  FORM_UPDATED

  """The workspace\'s settings were changed."""
  WORKSPACE_UPDATED
}

"""A value that was changed."""
type AuditChange {
  """Name of what was changed."""
  field: String!

  """Its value before, as JSON; null where it had none."""
  before: String

  """
  Its value after, as JSON; null where it has none. Objects are told by id.
  """
  after: String
}

"""Everything that can be read."""
type Query {
  """Who is asking."""
  viewer: Viewer!

  """The workspace that you belong to."""
  workspace: Workspace!

  """The object with this id; null where you reach none."""
  node(
    """Id of the object."""
    id: ID!
  ): Node

  """
  The objects with these ids, in order; null for each that you do not reach.
  """
  nodes(
    """Ids of the objects, at most 100."""
    ids: [ID!]!
  ): [Node]!

  """Coaching in your reach, newest first unless told otherwise."""
  assignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which coaching."""
    filter: AssignmentFilter = null

    """In which order."""
    orderBy: AssignmentOrder = null
  ): AssignedCoachingConnection!

  """The assignment with this id; null where you reach none."""
  assignment(
    """Id of the assignment."""
    id: ID!
  ): Assignment

  """Coaching groups in your reach that are not sent yet, by name."""
  coachingGroups(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): CoachingGroupConnection!

  """Whether no other unsent coaching group has this name."""
  groupNameAvailable(
    """Name, in any case."""
    name: String!
  ): Boolean!

  """The coaching group with this id; null where you reach none."""
  coachingGroup(
    """Id of the group."""
    id: ID!
  ): CoachingGroup

  """Conversations in your reach, newest first: an agent\'s Evaluation tab."""
  conversations(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which conversations."""
    filter: ConversationFilter = null
  ): ConversationConnection!

  """The conversation with this id; null where you reach none."""
  conversation(
    """Id of the conversation."""
    id: ID!
  ): Conversation

  """Agents in your reach, by name."""
  agents(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AgentConnection!

  """The agent with this id; null where you reach none."""
  agent(
    """Id of the agent."""
    id: ID!
  ): Agent

  """Teams and levels, by name."""
  agentGroups(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): AgentGroupConnection!

  """Skills, by name."""
  attributes(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): AttributeConnection!

  """Queues in your reach, by name."""
  queues(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): QueueConnection!

  """Evaluation forms, by name."""
  evaluationForms(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): EvaluationFormConnection!

  """Supervisors and QA users by name: those whom a form\'s pool may name."""
  auditors(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null
  ): UserConnection!

  """Your bookmarks, by name; none where Auto QA is off."""
  bookmarks(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): BookmarkConnection!

  """
  Who did what to what is in your reach, newest first unless told otherwise.
  """
  auditHistory(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which entries."""
    filter: AuditFilter = null

    """From the oldest to the newest."""
    oldestFirst: Boolean! = false
  ): AuditEntryConnection!

  """Marks for coaching in your reach, newest first."""
  marks(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which marks."""
    filter: MarkFilter = null
  ): MarkConnection!

  """The mark with this id; null where you reach none."""
  mark(
    """Id of the mark."""
    id: ID!
  ): Mark

  """Agents in your reach who wait for coaching of their own, by name."""
  coachingCandidates(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): CoachingCandidateConnection!

  """What sending this coaching group would create; nothing is written."""
  previewDispatch(
    """Pending group."""
    groupId: ID!
  ): DispatchPreview!

  """
  Coaching in your reach with the agents' scores; by assigned date the newest first, by follow-up date the earliest.
  """
  coachingMonitor(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which coaching."""
    filter: MonitorFilter = null
  ): CoachingMonitorRowConnection!

  """
  Agents in your reach with evaluations by Auto QA, the highest score first; with `last`, the lowest scores of the list. Empty where Auto QA is off.
  """
  agentLeaderboard(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which agents."""
    filter: AgentLeaderboardFilter = null
  ): AgentLeaderboardRowConnection!

  """Figures about the coaching in your reach."""
  dashboard: Dashboard!
}

"""Who is asking: the signed-in user."""
type Viewer {
  """Name."""
  name: String!

  """E-mail address."""
  email: String!

  """What they are."""
  role: Role!

  """What they may do."""
  permissions: [Permission!]!

  """Workspace that they belong to."""
  workspace: Workspace!

  """The agent who is signed in; null for everybody else."""
  agent: Agent
}

"""What somebody is."""
enum Role {
  """Handles conversations, and is coached."""
  AGENT

  """Coaches agents."""
  SUPERVISOR

  """Audits conversations."""
  QA

  """A machine of another organisation."""
  PARTNER
}

"""What somebody may do."""
enum Permission {
  """See one\'s own dashboard."""
  AGENT_DASHBOARD

  """See coaching assignments."""
  COACHING_ASSIGNMENTS

  """See what one is marked for."""
  MARKED_FOR_COACHING_VIEW

  """Manage coaching."""
  QA_FUNCTIONALITIES

  """Reach every queue of the workspace."""
  CROSS_QUEUE_DATA_ACCESS

  """Change the workspace\'s settings."""
  MANAGE_SETTINGS

  """Send conversations in."""
  IMPORT_CONVERSATIONS
}

"""Your organisation, and how it uses the product."""
type Workspace {
  """Name."""
  name: String!

  """IANA time zone that its days are in."""
  timeZone: String!

  """Whether agents accept or dispute manual evaluations."""
  acceptAndDispute: Boolean!

  """Whether Auto QA scores conversations."""
  autoQa: Boolean!

  """Whether agents read `Anonymous` instead of an auditor\'s name."""
  hideAuditorDetails: Boolean!

  """Counts up with every change of settings; a change names it."""
  version: Int!
}

"""A page of a list."""
type AssignedCoachingConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AssignedCoachingEdge!]!

  """The page\'s objects."""
  nodes: [AssignedCoaching!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AssignedCoachingEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AssignedCoaching!
}

"""Which coaching. Conditions combine by and, lists inside by or."""
input AssignmentFilter {
  """Only individual coaching, or only groups\'."""
  coachingType: CoachingType = null

  """With one of these; without it, all but cancelled coaching."""
  statuses: [AssignmentStatus!] = null

  """With one of these skills."""
  areaIds: [ID!] = null
}

"""What to sort by, and which way."""
input AssignmentOrder {
  """What to sort by."""
  by: AssignmentSort! = ASSIGNED_AT

  """From the last to the first: newest, latest, Z to A."""
  descending: Boolean! = true
}

"""What coaching can be sorted by."""
enum AssignmentSort {
  """When it was assigned."""
  ASSIGNED_AT

  """When it is followed up."""
  FOLLOW_UP_ON

  """Its name."""
  NAME

  """Its status, from not started to cancelled; then when it was assigned."""
  STATUS
}

"""A page of a list."""
type CoachingGroupConnection {
  """The page\'s objects, each with its cursor."""
  edges: [CoachingGroupEdge!]!

  """The page\'s objects."""
  nodes: [CoachingGroup!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type CoachingGroupEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: CoachingGroup!
}

"""Which conversations. Conditions combine by and, lists inside by or."""
input ConversationFilter {
  """Of these agents."""
  agentIds: [ID!] = null

  """Of these queues."""
  queueIds: [ID!] = null

  """Begun then or later."""
  startedFrom: DateTime = null

  """Begun earlier than that."""
  startedBefore: DateTime = null

  """With at least so many points from Auto QA."""
  koreScoreFrom: Float = null

  """With at most so many points from Auto QA."""
  koreScoreTo: Float = null

  """With at least so many points from the audit."""
  auditScoreFrom: Float = null

  """With at most so many points from the audit."""
  auditScoreTo: Float = null
}

"""A page of a list."""
type AgentConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AgentEdge!]!

  """The page\'s objects."""
  nodes: [Agent!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AgentEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Agent!
}

"""A page of a list."""
type AgentGroupConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AgentGroupEdge!]!

  """The page\'s objects."""
  nodes: [AgentGroup!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AgentGroupEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AgentGroup!
}

"""A page of a list."""
type AttributeConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AttributeEdge!]!

  """The page\'s objects."""
  nodes: [Attribute!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AttributeEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Attribute!
}

"""A page of a list."""
type QueueConnection {
  """The page\'s objects, each with its cursor."""
  edges: [QueueEdge!]!

  """The page\'s objects."""
  nodes: [Queue!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type QueueEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Queue!
}

"""A page of a list."""
type EvaluationFormConnection {
  """The page\'s objects, each with its cursor."""
  edges: [EvaluationFormEdge!]!

  """The page\'s objects."""
  nodes: [EvaluationForm!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type EvaluationFormEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: EvaluationForm!
}

"""A page of a list."""
type UserConnection {
  """The page\'s objects, each with its cursor."""
  edges: [UserEdge!]!

  """The page\'s objects."""
  nodes: [User!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type UserEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: User!
}

"""A page of a list."""
type BookmarkConnection {
  """The page\'s objects, each with its cursor."""
  edges: [BookmarkEdge!]!

  """The page\'s objects."""
  nodes: [Bookmark!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type BookmarkEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Bookmark!
}

"""A page of a list."""
type AuditEntryConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AuditEntryEdge!]!

  """The page\'s objects."""
  nodes: [AuditEntry!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AuditEntryEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AuditEntry!
}

"""Which entries. Conditions combine by and, lists inside by or."""
input AuditFilter {
  """About these agents."""
  agentIds: [ID!] = null

  """About this coaching."""
  assignmentIds: [ID!] = null

  """About these evaluations."""
  evaluationIds: [ID!] = null

  """About these marks."""
  markIds: [ID!] = null

  """About these coaching groups."""
  groupIds: [ID!] = null

  """Of these kinds of writes."""
  actions: [AuditAction!] = null

  """Done then or later."""
  from: DateTime = null

  """Done earlier than that."""
  before: DateTime = null
}

"""A page of a list."""
type MarkConnection {
  """The page\'s objects, each with its cursor."""
  edges: [MarkEdge!]!

  """The page\'s objects."""
  nodes: [Mark!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type MarkEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Mark!
}

"""Which marks. Conditions combine by and, lists inside by or."""
input MarkFilter {
  """Of these agents."""
  agentIds: [ID!] = null

  """With one of these skills."""
  areaIds: [ID!] = null

  """In one of these states; without it, active marks only."""
  states: [MarkState!] = null
}

"""A page of a list."""
type CoachingCandidateConnection {
  """The page\'s objects, each with its cursor."""
  edges: [CoachingCandidateEdge!]!

  """The page\'s objects."""
  nodes: [CoachingCandidate!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type CoachingCandidateEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: CoachingCandidate!
}

"""An agent with active marks that are in no coaching group."""
type CoachingCandidate {
  """The agent."""
  agent: Agent!

  """Skills of all of the marks, by name."""
  areas: [Attribute!]!

  """Number of different conversations of the marks."""
  conversationCount: Int!

  """The marks, oldest first."""
  marks: [Mark!]!
}

"""What sending a coaching group would do now."""
type DispatchPreview {
  """What would be created, by the agents\' names."""
  assignments: [PlannedAssignment!]!

  """Why it would be refused."""
  errors: [UserError!]!

  """Agents who would get nothing: they have no conversation."""
  skipped: [Agent!]!
}

"""An assignment that sending a group would create."""
type PlannedAssignment {
  """Agent who would get it."""
  agent: Agent

  """Conversations to review, oldest first."""
  conversations: [Conversation!]!

  """Skills to coach: the group\'s."""
  areas: [Attribute!]!
}

"""Why a write was refused."""
type UserError {
  """What to tell it apart by."""
  code: ErrorCode!

  """What to tell a person."""
  message: String!

  """
  Way into the input to the value that it is about; empty for the whole input.
  """
  path: [String!]!
}

"""A page of a list."""
type CoachingMonitorRowConnection {
  """The page\'s objects, each with its cursor."""
  edges: [CoachingMonitorRowEdge!]!

  """The page\'s objects."""
  nodes: [CoachingMonitorRow!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type CoachingMonitorRowEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: CoachingMonitorRow!
}

"""One agent\'s coaching, with how the agent scores."""
type CoachingMonitorRow {
  """The coaching."""
  assignment: Assignment!

  """Agent who is coached."""
  agent: Agent!

  """When it was assigned."""
  assignedAt: DateTime!

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date!

  """Skills that are coached."""
  attributes: [Attribute!]!

  """
  The agent's current score by their scorecard, in points, over today and the 6 days before; null without data, scorecard or Auto QA.
  """
  agentScorecardScore: Float

  """
  Current mean of the agent's evaluations by Auto QA, in points, over today and the 6 days before; null without data or Auto QA.
  """
  koreEvaluationScore: Float

  """The same at the assigned date, and what changed since."""
  compare: MonitorComparison!
}

"""The agent\'s scores at the assigned date and now."""
type MonitorComparison {
  """Score by the agent\'s scorecard."""
  agentScorecard: ScoreChange!

  """Mean of Auto QA\'s evaluations."""
  koreEvaluation: ScoreChange!
}

"""Which coaching. Conditions combine by and, lists inside by or."""
input MonitorFilter {
  """By date; without it, what was assigned in the last 7 days."""
  date: MonitorDateFilter = null

  """With one of these skills."""
  attributeIds: [ID!] = null

  """Of agents of these teams or levels."""
  agentGroupIds: [ID!] = null

  """Of these agents."""
  agentIds: [ID!] = null
}

"""Which of its two dates coaching is looked for by."""
input MonitorDateFilter @oneOf {
  """
  Day that it was assigned; today and the 6 days before, if none is named.
  """
  assignedOn: MonitorDays

  """Day of its follow-up; today, if none is named."""
  followUpOn: MonitorDays
}

"""
Days of the workspace's time zone, both included. Without one, that end is open; without both, the filter's own default holds.
"""
input MonitorDays {
  """The first of them."""
  from: Date = null

  """The last of them."""
  to: Date = null
}

"""A page of a list."""
type AgentLeaderboardRowConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AgentLeaderboardRowEdge!]!

  """The page\'s objects."""
  nodes: [AgentLeaderboardRow!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AgentLeaderboardRowEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AgentLeaderboardRow!
}

"""An agent in a ranking."""
type AgentLeaderboardRow {
  """Place, from 1; agents of equal scores share theirs."""
  rank: Int!

  """The agent."""
  agent: Agent!

  """Number of evaluations by Auto QA with a score."""
  evaluationCount: Int!

  """Mean of the evaluations by Auto QA, in points."""
  koreEvaluationScore: Float

  """
  Score by the agent's scorecard over the same days, in points; null without data or scorecard.
  """
  agentScorecardScore: Float
}

"""
Which agents, over which days. Conditions combine by and, lists inside by or.
"""
input AgentLeaderboardFilter {
  """First day, of the workspace\'s time zone; without days, the last 7."""
  from: Date = null

  """Last day; at most 92 days in all."""
  to: Date = null

  """Agents who work in one of these queues."""
  queueIds: [ID!] = null

  """Agents of these teams or levels."""
  agentGroupIds: [ID!] = null
}

"""
Figures about the coaching in your reach. Each is counted only when selected.
"""
type Dashboard {
  """
  Number of agents with coaching that is neither completed nor cancelled; each counts once, whatever coaching they have.
  """
  agentsInCoaching: Int!

  """
  Number of assignments by status, each agent's counted, in the order of status.
  """
  assignmentsByStatus: [StatusCount!]!

  """
  Number of assignments that are neither completed nor cancelled, and whose follow-up day is over.
  """
  overdueFollowUps: Int!

  """Manual evaluations that wait for somebody."""
  pendingReviews: PendingReviews!

  """Rounds of disputes."""
  disputes: DisputeFigures!
}

"""
Manual evaluations that wait, by whom they wait for; none where agents don't accept and dispute.
"""
type PendingReviews {
  """Number that wait for their agent\'s answer."""
  agent: Int!

  """Number that wait for a dispute to be settled."""
  supervisor: Int!
}

"""Rounds of disputes."""
type DisputeFigures {
  """Number that wait to be settled."""
  open: Int!

  """Number that were decided in the last 30 days."""
  settled: Int!

  """Number that were decided in the last 30 days, and changed a score."""
  overturned: Int!
}

"""Everything that can be written."""
type Mutation {
  """Assign coaching to one agent."""
  createAssignment(
    """The coaching."""
    input: CreateAssignmentInput!
  ): CreateAssignmentPayload!

  """Change an assignment that is not completed."""
  updateAssignment(
    """The change."""
    input: UpdateAssignmentInput!
  ): UpdateAssignmentPayload!

  """Cancel an assignment that is not completed."""
  cancelAssignment(
    """The assignment."""
    input: CancelAssignmentInput!
  ): CancelAssignmentPayload!

  """Make a bookmark of your own."""
  createBookmark(
    """The bookmark."""
    input: CreateBookmarkInput!
  ): CreateBookmarkPayload!

  """Rename or recolour a bookmark."""
  updateBookmark(
    """The change."""
    input: UpdateBookmarkInput!
  ): UpdateBookmarkPayload!

  """Delete a bookmark; the conversations that carry it stay."""
  deleteBookmark(
    """The bookmark."""
    input: DeleteBookmarkInput!
  ): DeleteBookmarkPayload!

  """Put a bookmark on conversations; doing it again changes nothing."""
  tagConversations(
    """The conversations."""
    input: TagConversationsInput!
  ): TagConversationsPayload!

  """Take a bookmark off conversations; doing it again changes nothing."""
  untagConversations(
    """The conversations."""
    input: UntagConversationsInput!
  ): UntagConversationsPayload!

  """Change the workspace\'s settings."""
  updateWorkspace(
    """The settings."""
    input: UpdateWorkspaceInput!
  ): UpdateWorkspacePayload!

  """
  Set the pool of a version of a form: who settles disputes of others' scores.
  """
  updateEvaluationFormAuditors(
    """The pool."""
    input: UpdateEvaluationFormAuditorsInput!
  ): UpdateEvaluationFormAuditorsPayload!

  """Keep a manual evaluation that only you see."""
  saveEvaluationDraft(
    """The draft."""
    input: SaveEvaluationDraftInput!
  ): SaveEvaluationDraftPayload!

  """
  Score a conversation, for the first time or anew. Your draft is deleted.
  """
  submitEvaluation(
    """The scores."""
    input: SubmitEvaluationInput!
  ): SubmitEvaluationPayload!

  """Settle a dispute: uphold or revise each disputed score."""
  resolveDispute(
    """The decisions."""
    input: ResolveDisputeInput!
  ): ResolveDisputePayload!

  """Give an open dispute to another auditor."""
  reassignDispute(
    """Who is to settle it."""
    input: ReassignDisputeInput!
  ): ReassignDisputePayload!

  """Mark an evaluated agent for coaching."""
  markForCoaching(
    """The mark."""
    input: MarkForCoachingInput!
  ): MarkForCoachingPayload!

  """Add conversations to an active mark."""
  addConversationsToMark(
    """The conversations."""
    input: AddConversationsToMarkInput!
  ): AddConversationsToMarkPayload!

  """Take an active mark back."""
  removeMark(
    """The mark."""
    input: RemoveMarkInput!
  ): RemoveMarkPayload!

  """Make a coaching group."""
  createCoachingGroup(
    """The group."""
    input: CreateCoachingGroupInput!
  ): CreateCoachingGroupPayload!

  """Change a coaching group that is not sent."""
  updateCoachingGroup(
    """The change."""
    input: UpdateCoachingGroupInput!
  ): UpdateCoachingGroupPayload!

  """Call off a coaching group; its marks wait for coaching again."""
  deleteCoachingGroup(
    """The group."""
    input: DeleteCoachingGroupInput!
  ): DeleteCoachingGroupPayload!

  """Add agents to a coaching group."""
  addAgentsToGroup(
    """The agents."""
    input: AddAgentsToGroupInput!
  ): AddAgentsToGroupPayload!

  """
  Take agents out of a coaching group; their marks wait for coaching again.
  """
  removeAgentsFromGroup(
    """The agents."""
    input: RemoveAgentsFromGroupInput!
  ): RemoveAgentsFromGroupPayload!

  """Move marks, from other coaching groups or none, to a coaching group."""
  moveMarksToGroup(
    """The marks."""
    input: MoveMarksToGroupInput!
  ): MoveMarksToGroupPayload!

  """Assign coaching to one agent, from the marks that wait for it."""
  assignCandidate(
    """The coaching."""
    input: AssignCandidateInput!
  ): AssignCandidatePayload!

  """
  Send a coaching group: every agent with a conversation gets an assignment.
  """
  dispatchCoachingGroup(
    """The group."""
    input: DispatchCoachingGroupInput!
  ): DispatchCoachingGroupPayload!

  """
  Import conversations and what belongs to them. What is known by its `externalId` is changed, or left alone where it is the same, so that sending a record again changes nothing. A bad record keeps no other out. Without access to every queue, conversations and evaluations of your own queues can be imported.
  """
  importConversations(
    """The records."""
    input: ImportConversationsInput!
  ): ImportConversationsPayload!
}

"""What came of `createAssignment`."""
type CreateAssignmentPayload {
  """The new assignment."""
  assignment: Assignment

  """Why there is none."""
  errors: [UserError!]!
}

"""Coaching for one agent."""
input CreateAssignmentInput {
  """Agent to coach."""
  agentId: ID!

  """Name of the session, 1 to 120 characters."""
  name: String!

  """Skills to coach, 1 to 50."""
  areaIds: [ID!]!

  """Evaluated conversations of this agent to review, 1 to 100."""
  conversationIds: [ID!]!

  """Day of the follow-up: today or later, in the workspace\'s time zone."""
  followUpOn: Date!

  """Conversations from your bookmarks as good examples, at most 100."""
  bestResponseIds: [ID!]! = []

  """Feedback: what went well."""
  strengths: String! = ""

  """Feedback: what to improve."""
  improvements: String! = ""

  """Steps to take, in order, at most 50."""
  actionPlan: [String!]! = []

  """Active marks of this agent that it settles."""
  markIds: [ID!]! = []

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `updateAssignment`."""
type UpdateAssignmentPayload {
  """The assignment as it now is."""
  assignment: Assignment

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""What to change of an assignment; what is left out stays."""
input UpdateAssignmentInput {
  """Assignment to change."""
  assignmentId: ID!

  """Its version when you read it."""
  expectedVersion: Int!

  """New name."""
  name: String = null

  """New day of the follow-up, today or later."""
  followUpOn: Date = null

  """New feedback: strengths."""
  strengths: String = null

  """New feedback: improvements."""
  improvements: String = null

  """New action plan."""
  actionPlan: [String!] = null

  """New list of skills."""
  areaIds: [ID!] = null

  """Conversations to add."""
  addConversationIds: [ID!]! = []
}

"""What came of `cancelAssignment`."""
type CancelAssignmentPayload {
  """The assignment as it now is."""
  assignment: Assignment

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""An assignment to call off."""
input CancelAssignmentInput {
  """Assignment to cancel."""
  assignmentId: ID!

  """Its version when you read it."""
  expectedVersion: Int!
}

"""What came of `createBookmark`."""
type CreateBookmarkPayload {
  """The bookmark as it now is."""
  bookmark: Bookmark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A new bookmark."""
input CreateBookmarkInput {
  """Name, 1 to 120 characters, unique among your bookmarks in any case."""
  name: String!

  """Colour as #rrggbb."""
  colour: String!

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `updateBookmark`."""
type UpdateBookmarkPayload {
  """The bookmark as it now is."""
  bookmark: Bookmark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""What to change of a bookmark; what is left out stays."""
input UpdateBookmarkInput {
  """Bookmark to change."""
  bookmarkId: ID!

  """New name."""
  name: String = null

  """New colour as #rrggbb."""
  colour: String = null
}

"""What came of `deleteBookmark`."""
type DeleteBookmarkPayload {
  """Id of the bookmark that is there no longer."""
  deletedId: ID

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A bookmark to delete."""
input DeleteBookmarkInput {
  """Bookmark to delete."""
  bookmarkId: ID!
}

"""What came of `tagConversations`."""
type TagConversationsPayload {
  """The bookmark as it now is."""
  bookmark: Bookmark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Conversations to put a bookmark on."""
input TagConversationsInput {
  """The bookmark."""
  bookmarkId: ID!

  """Conversations in your reach, 1 to 100."""
  conversationIds: [ID!]!
}

"""What came of `untagConversations`."""
type UntagConversationsPayload {
  """The bookmark as it now is."""
  bookmark: Bookmark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Conversations to take a bookmark off."""
input UntagConversationsInput {
  """The bookmark."""
  bookmarkId: ID!

  """Conversations in your reach, 1 to 100."""
  conversationIds: [ID!]!
}

"""What came of `updateWorkspace`."""
type UpdateWorkspacePayload {
  """The workspace as it now is."""
  workspace: Workspace

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Settings to change; what is left out stays."""
input UpdateWorkspaceInput {
  """The version when you read them."""
  expectedVersion: Int!

  """
  IANA time zone. Sums of scores by day are counted anew, which may take long.
  """
  timeZone: String = null

  """Whether agents accept or dispute manual evaluations."""
  acceptAndDispute: Boolean = null

  """Whether Auto QA scores conversations."""
  autoQa: Boolean = null

  """Whether agents read `Anonymous` instead of an auditor\'s name."""
  hideAuditorDetails: Boolean = null
}

"""What came of `updateEvaluationFormAuditors`."""
type UpdateEvaluationFormAuditorsPayload {
  """The form as it now is."""
  evaluationForm: EvaluationForm

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Who settles disputes of a version of a form."""
input UpdateEvaluationFormAuditorsInput {
  """Version of the form."""
  formId: ID!

  """
  The whole pool, at most 100 supervisors and QA users; empty for everybody.
  """
  userIds: [ID!]!

  """The pool when you read it. Left out, yours replaces whatever there is."""
  expectedUserIds: [ID!] = null
}

"""What came of `saveEvaluationDraft`."""
type SaveEvaluationDraftPayload {
  """The draft as it now is."""
  draft: EvaluationDraft

  """Why nothing was saved."""
  errors: [UserError!]!
}

"""A manual evaluation that only you see."""
input SaveEvaluationDraftInput {
  """Conversation to score."""
  conversationId: ID!

  """
  Form to score by; without it that of the evaluation, or else the active one of the conversation's queue and channel.
  """
  formId: ID = null

  """The scores so far; metrics may be left out."""
  scores: [MetricScoreInput!]!

  """What to say about it all."""
  comment: String = null

  """The draft\'s version when you read it."""
  expectedVersion: Int = null
}

"""How one metric is scored."""
input MetricScoreInput {
  """Metric of the form."""
  metricId: ID!

  """
  0 for not at all to 1 for fully, with at most four decimals; null where the metric does not apply. Only a draft may leave it out.
  """
  adherence: Float

  """What to say about it."""
  comment: String = null
}

"""What came of `submitEvaluation`."""
type SubmitEvaluationPayload {
  """The evaluation as it now is."""
  evaluation: Evaluation

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A manual evaluation."""
input SubmitEvaluationInput {
  """Conversation to score."""
  conversationId: ID!

  """
  Form to score by; without it that of the evaluation, or else the active one of the conversation's queue and channel.
  """
  formId: ID = null

  """A score for every metric."""
  scores: [MetricScoreInput!]!

  """What to say about it all."""
  comment: String = null

  """
  Newest revision when you read it, to score anew; null for the first audit.
  """
  expectedRevision: Int = null

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `resolveDispute`."""
type ResolveDisputePayload {
  """The dispute as it now is."""
  dispute: Dispute

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""What you decide about a dispute."""
input ResolveDisputeInput {
  """Open dispute."""
  disputeId: ID!

  """Revision that it disputes."""
  revision: Int!

  """A decision for every disputed metric."""
  decisions: [MetricDecisionInput!]!
}

"""What you decide about one disputed score."""
input MetricDecisionInput {
  """Disputed metric."""
  metricId: ID!

  """Whether its score stays."""
  decision: DisputeDecision!

  """
  New adherence of a revised score, 0 to 1 with at most four decimals; null where the metric does not apply. Left out where the score stays.
  """
  adherence: Float

  """Why."""
  comment: String!
}

"""What came of `reassignDispute`."""
type ReassignDisputePayload {
  """The dispute as it now is."""
  dispute: Dispute

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A dispute to hand on."""
input ReassignDisputeInput {
  """Open dispute."""
  disputeId: ID!

  """Who is to settle it: one of the dispute\'s `auditors`."""
  assigneeId: ID!

  """Its version when you read it."""
  expectedVersion: Int!
}

"""What came of `markForCoaching`."""
type MarkForCoachingPayload {
  """The new mark."""
  mark: Mark

  """With `DUPLICATE_MARK`: your mark of this agent that is there already."""
  existingMark: Mark

  """Why there is no new one."""
  errors: [UserError!]!
}

"""An evaluation that shows a need for coaching."""
input MarkForCoachingInput {
  """Evaluation of the agent and the conversation that are marked."""
  evaluationId: ID!

  """Skills that need coaching, 1 to 50."""
  areaIds: [ID!]!

  """Pending coaching group that mark and agent join."""
  groupId: ID = null

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `addConversationsToMark`."""
type AddConversationsToMarkPayload {
  """The mark as it now is."""
  mark: Mark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Conversations to add to a mark."""
input AddConversationsToMarkInput {
  """Active mark."""
  markId: ID!

  """Evaluated conversations of the same agent, 1 to 100."""
  conversationIds: [ID!]!

  """The mark\'s version when you read it."""
  expectedVersion: Int!
}

"""What came of `removeMark`."""
type RemoveMarkPayload {
  """The mark as it now is."""
  mark: Mark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A mark to take back."""
input RemoveMarkInput {
  """Active mark."""
  markId: ID!

  """Its version when you read it."""
  expectedVersion: Int!
}

"""What came of `createCoachingGroup`."""
type CreateCoachingGroupPayload {
  """The new group."""
  coachingGroup: CoachingGroup

  """Why there is none."""
  errors: [UserError!]!
}

"""A new coaching group."""
input CreateCoachingGroupInput {
  """Name, 1 to 120 characters; no other unsent group has it."""
  name: String!

  """Skills for all of it, 1 to 50."""
  areaIds: [ID!]!

  """What it is for."""
  description: String! = ""

  """
  Agents who join with their active marks that are in no group, at most 250.
  """
  agentIds: [ID!]! = []

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `updateCoachingGroup`."""
type UpdateCoachingGroupPayload {
  """The group as it now is."""
  coachingGroup: CoachingGroup

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""What to change of a coaching group; what is left out stays."""
input UpdateCoachingGroupInput {
  """Pending group."""
  groupId: ID!

  """Its version when you read it."""
  expectedVersion: Int!

  """New name."""
  name: String = null

  """New description."""
  description: String = null

  """New list of skills."""
  areaIds: [ID!] = null
}

"""What came of `deleteCoachingGroup`."""
type DeleteCoachingGroupPayload {
  """The group as it last was."""
  coachingGroup: CoachingGroup

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A coaching group to call off."""
input DeleteCoachingGroupInput {
  """Pending group."""
  groupId: ID!

  """Its version when you read it."""
  expectedVersion: Int!
}

"""What came of `addAgentsToGroup`."""
type AddAgentsToGroupPayload {
  """The group as it now is."""
  coachingGroup: CoachingGroup

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Agents to add to a coaching group."""
input AddAgentsToGroupInput {
  """Pending group."""
  groupId: ID!

  """Agents, 1 to 250."""
  agentIds: [ID!]!

  """Whether their active marks that are in no group join, too."""
  withMarks: Boolean! = true
}

"""What came of `removeAgentsFromGroup`."""
type RemoveAgentsFromGroupPayload {
  """The group as it now is."""
  coachingGroup: CoachingGroup

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Agents to take out of a coaching group."""
input RemoveAgentsFromGroupInput {
  """Pending group."""
  groupId: ID!

  """Agents in it, 1 to 250."""
  agentIds: [ID!]!
}

"""What came of `moveMarksToGroup`."""
type MoveMarksToGroupPayload {
  """The group as it now is."""
  coachingGroup: CoachingGroup

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Marks to move to a coaching group."""
input MoveMarksToGroupInput {
  """Pending group that they move to."""
  groupId: ID!

  """Active marks, 1 to 250; their agents join the group."""
  markIds: [ID!]!
}

"""What came of `assignCandidate`."""
type AssignCandidatePayload {
  """The new assignment."""
  assignment: Assignment

  """Why there is none."""
  errors: [UserError!]!
}

"""Coaching for an agent, from all of the marks that wait for it."""
input AssignCandidateInput {
  """Agent to coach."""
  agentId: ID!

  """Name of the session, 1 to 120 characters."""
  name: String!

  """Day of the follow-up: today or later, in the workspace\'s time zone."""
  followUpOn: Date!

  """Feedback: what went well."""
  strengths: String! = ""

  """Feedback: what to improve."""
  improvements: String! = ""

  """Steps to take, in order, at most 50."""
  actionPlan: [String!]! = []

  """Skills to coach, 1 to 50; those of the marks without it."""
  areaIds: [ID!] = null

  """Conversations from your bookmarks as good examples, at most 100."""
  bestResponseIds: [ID!]! = []

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `dispatchCoachingGroup`."""
type DispatchCoachingGroupPayload {
  """The group as it now is."""
  coachingGroup: CoachingGroup

  """What its agents got, by their names."""
  assignments: [Assignment!]!

  """Agents who got nothing, because they have no marked conversation."""
  skipped: [Agent!]!

  """Why it was not sent."""
  errors: [UserError!]!
}

"""A coaching group to send, and what every agent of it reads."""
input DispatchCoachingGroupInput {
  """Pending group."""
  groupId: ID!

  """
  Name of the sessions, 1 to 120 characters; agents read it, unlike the group's.
  """
  name: String!

  """Day of the follow-up: today or later, in the workspace\'s time zone."""
  followUpOn: Date!

  """The group\'s version when you read it."""
  expectedVersion: Int = null

  """Feedback: what went well."""
  strengths: String! = ""

  """Feedback: what to improve."""
  improvements: String! = ""

  """Steps to take, in order, at most 50."""
  actionPlan: [String!]! = []

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `importConversations`."""
type ImportConversationsPayload {
  """What became of each record, in the order of the input."""
  results: [ImportedRecord!]

  """
  Why nothing was imported; what is wrong with a record is in its result.
  """
  errors: [UserError!]!
}

"""What became of one record."""
type ImportedRecord {
  """The record\'s `externalId`, as it was sent."""
  externalId: String!

  """What became of it."""
  outcome: ImportOutcome!

  """Why it was rejected; null where it was not."""
  error: UserError
}

"""What became of a record."""
enum ImportOutcome {
  """It was not there before."""
  CREATED

  """It was there in other words."""
  CHANGED

  """It was there in the same words."""
  UNCHANGED

  """It was not imported; the error says why."""
  REJECTED
}

"""
Records of the import format (I1), typed; what they may say is decided by the same rules as for files. What is no such type at all, such as a missing field, refuses the whole call before anything is imported; what breaks a rule, refuses its record alone.
"""
input ImportConversationsInput {
  """
  The records, 1 to 200, of any kinds. A record may refer to what is stored, and to records of the call, wherever they stand.
  """
  records: [ImportRecord!]!

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""One record, of one kind."""
input ImportRecord @oneOf {
  """A skill."""
  attribute: ImportNamed

  """Where conversations are handled."""
  queue: ImportNamed

  """A team or experience level."""
  agentGroup: ImportNamed

  """An agent."""
  agent: ImportAgent

  """A version of an evaluation form."""
  form: ImportForm

  """A conversation, with its transcript."""
  conversation: ImportConversation

  """An evaluation by Auto QA."""
  evaluation: ImportEvaluation
}

"""Something of the workspace that has nothing but a name."""
input ImportNamed {
  """Your own id, unique for its kind."""
  externalId: String!

  """Name, 1 to 120 characters."""
  name: String!
}

"""A person whose conversations are evaluated."""
input ImportAgent {
  """Your own id, unique for its kind."""
  externalId: String!

  """The id that is shown and searched by."""
  agentId: String!

  """Name, 1 to 120 characters."""
  name: String!

  """External ids of the queues that the agent works in."""
  queues: [String!]!

  """External id of the team or experience level."""
  agentGroup: String = null
}

"""
One version of an evaluation form. A version never changes: send a newer one.
"""
input ImportForm {
  """Your own id, unique for its kind."""
  externalId: String!

  """Version, from 1."""
  version: Int!

  """Name, 1 to 120 characters."""
  name: String!

  """Channel that it is for."""
  channel: Channel!

  """External ids of the queues that it is for."""
  queues: [String!]!

  """Points from which on it is passed."""
  passScore: Float!

  """Its metrics, in order."""
  metrics: [ImportMetric!]!

  """Without one, no review is asked for."""
  disputePolicy: ImportDisputePolicy = null
}

"""One criterion of a form."""
input ImportMetric {
  """Your own id of it, unique in the form."""
  key: String!

  """Name, 1 to 120 characters."""
  name: String!

  """Weight in parts, above 0, with two decimals."""
  weight: Float!

  """What a failure takes away, 0 to `weight`, with two decimals."""
  negativeWeight: Float!

  """Whether failing it makes the whole score 0."""
  fatal: Boolean!

  """External ids of the skills that it feeds."""
  attribute: [String!]!
}

"""What an agent may do about an evaluation by a form."""
input ImportDisputePolicy {
  """Who settles a dispute."""
  routing: DisputeRouting!

  """Whether a settled metric can be disputed again."""
  allowReDisputes: Boolean!

  """Most rounds, 1 to 100."""
  maxRounds: Int!

  """Days until an unanswered review closes; none closes without."""
  reviewWindowDays: Int = null
}

"""One customer interaction of one agent; it never changes hands."""
input ImportConversation {
  """Your own id, unique for its kind."""
  externalId: String!

  """External id of the agent."""
  agent: String!

  """External id of the queue."""
  queue: String!

  """How they talked."""
  channel: Channel!

  """When it began, with offset."""
  startedAt: DateTime!

  """When it ended, with offset."""
  endedAt: DateTime!

  """The transcript, in order."""
  messages: [ImportMessage!]!

  """What it was about."""
  topic: String = null

  """What the customer wanted."""
  intent: String = null

  """The customer\'s mood, -100 to 100."""
  sentimentScore: Float = null

  """AI insights, in order."""
  insights: [ImportInsight!] = null
}

"""One utterance of a transcript."""
input ImportMessage {
  """Who says it."""
  speaker: Speaker!

  """When, with offset."""
  at: DateTime!

  """What is said, at most 10,000 characters."""
  text: String!
}

"""An AI insight of yours, shown as it is."""
input ImportInsight {
  """Its title, 1 to 120 characters."""
  title: String!

  """What it says, at most 10,000 characters."""
  text: String!
}

"""A form filled in by Auto QA; its total is computed here."""
input ImportEvaluation {
  """Your own id, unique for its kind."""
  externalId: String!

  """External id of the conversation."""
  conversation: String!

  """External id of the form."""
  form: String!

  """Version of the form."""
  formVersion: Int!

  """When it was scored, with offset."""
  evaluatedAt: DateTime!

  """Each metric of the form, once."""
  metrics: [ImportAdherence!]!
}

"""How far one metric was kept."""
input ImportAdherence {
  """The metric\'s key."""
  key: String!

  """0 for not at all to 1 for fully; null where it did not apply."""
  adherence: Float = null
}

"""What is told when it happens, one field to an operation."""
type Subscription {
  """Coaching in your reach that was assigned or has changed."""
  assignmentChanged(
    """This assignment only."""
    id: ID = null

    """This agent\'s only."""
    agentId: ID = null
  ): AssignmentChanged!

  """Evaluations in your reach that were made or have changed."""
  evaluationChanged(
    """This evaluation only."""
    id: ID = null

    """This agent\'s only."""
    agentId: ID = null
  ): EvaluationChanged!

  """
  Coaching groups in your reach that were made, changed, sent or deleted.
  """
  coachingGroupChanged(
    """This coaching group only."""
    id: ID = null
  ): CoachingGroupChanged!

  """
  Agents in your reach whose marks have changed, so that the list of candidates may have.
  """
  candidatesChanged: CandidatesChanged!
}

"""An assignment was made, or changed."""
type AssignmentChanged {
  """Id of the assignment."""
  assignmentId: ID!

  """The assignment as it is now; null where you reach it no more."""
  assignment: Assignment
}

"""An evaluation was made or scored anew, answered, or settled."""
type EvaluationChanged {
  """Id of the evaluation."""
  evaluationId: ID!

  """The evaluation as it is now; null where you reach it no more."""
  evaluation: Evaluation
}

"""A coaching group was made, changed, sent or deleted."""
type CoachingGroupChanged {
  """Id of the coaching group."""
  coachingGroupId: ID!

  """
  The coaching group as it is now; null where it is deleted, or out of reach.
  """
  coachingGroup: CoachingGroup
}

"""
Agents may have become candidates, or have other marks, or be candidates no more.
"""
type CandidatesChanged {
  """
  Id of the agent; null where a coaching group changed: read the list anew.
  """
  agentId: ID

  """
  The candidate as they are now; null where the agent is none, or none is named.
  """
  candidate: CoachingCandidate
}
'''

snapshots['test_a_change_of_a_view_shows_in_its_snapshot[schema] sdl of schema'] = '''"""Agents who are coached together."""
type CoachingGroup implements AssignedCoaching & Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the coaching session."""
  name: String!

  """When it was assigned."""
  assignedAt: DateTime

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date

  """Skills that are coached."""
  areas: [Attribute!]!

  """Number of conversations to review."""
  conversationCount: Int!

  """Whether it is one agent\'s or a coaching group\'s."""
  coachingType: CoachingType

  """Where its coaching stands; null until it is sent."""
  status: AssignmentStatus

  """The coaching of each agent, by the agent\'s name."""
  agentAssignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AssignmentConnection!

  """What it is for; agents never read it."""
  description: String!

  """Where it stands."""
  state: CoachingGroupState!

  """When it was made."""
  createdAt: DateTime!

  """Name that its assignments were given; null until it is sent."""
  assignmentName: String

  """Counts up with every change of content; a change names it."""
  version: Int!

  """Agents in it, by name."""
  members: [Agent!]!

  """Number of agents who got an assignment."""
  agentCount: Int!

  """Active marks in it, oldest first; none once it is sent."""
  marks: [Mark!]!

  """Number of different conversations of the marks in it."""
  markedConversationCount: Int!

  """Whether there is anything to send: a marked conversation."""
  canAssign: Boolean!

  """What you may do to it now."""
  viewerActions: [ViewerAction!]!

  """What came of it; null until it is sent."""
  outcome: GroupOutcome

  """
  Whether it helped, for each skill that it coaches; none until it is sent.
  """
  effect: [AttributeEffect!]!
}

"""A row of the Assignments tab: coaching that was assigned."""
interface AssignedCoaching implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the coaching session."""
  name: String!

  """When it was assigned."""
  assignedAt: DateTime

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date

  """Skills that are coached."""
  areas: [Attribute!]!

  """Number of conversations to review."""
  conversationCount: Int!

  """Whether it is one agent\'s or a coaching group\'s."""
  coachingType: CoachingType

  """Where it stands."""
  status: AssignmentStatus

  """The coaching of each agent, by the agent\'s name."""
  agentAssignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AssignmentConnection!
}

"""An object with an id."""
interface Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!
}

"""Date with time (isoformat)"""
scalar DateTime

"""Date (isoformat)"""
scalar Date

"""A skill: what is scored, and what is coached."""
type Attribute implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the skill."""
  name: String!
}

"""What a row of the Assignments tab stands for."""
enum CoachingType {
  """One agent."""
  INDIVIDUAL_AGENT

  """The agents of a coaching group."""
  GROUP_AGENTS
}

"""Where coaching stands."""
enum AssignmentStatus {
  """Ready to begin: nothing is reviewed yet."""
  START_COACHING

  """The agent has reviewed nothing yet."""
  YET_TO_START

  """The agent has reviewed something."""
  IN_PROGRESS

  """A manual evaluation waits for the agent to accept or dispute."""
  PENDING_AGENT_REVIEW

  """A dispute waits for a supervisor."""
  PENDING_SUPERVISOR_REVIEW

  """Everything is reviewed."""
  COMPLETED

  """Called off. Lists leave it out unless asked for."""
  CANCELLED
}

"""A page of a list."""
type AssignmentConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AssignmentEdge!]!

  """The page\'s objects."""
  nodes: [Assignment!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AssignmentEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Assignment!
}

"""One agent\'s coaching."""
type Assignment implements AssignedCoaching & Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the coaching session."""
  name: String!

  """When it was assigned."""
  assignedAt: DateTime!

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date!

  """Skills that are coached."""
  areas: [Attribute!]!

  """Number of conversations to review."""
  conversationCount: Int!

  """Whether it is one agent\'s or a coaching group\'s."""
  coachingType: CoachingType

  """Where it stands."""
  status: AssignmentStatus!

  """The coaching of each agent, by the agent\'s name."""
  agentAssignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AssignmentConnection!

  """Feedback: what went well."""
  strengths: String!

  """Feedback: what to improve."""
  improvements: String!

  """When it was cancelled; null while it stands."""
  cancelledAt: DateTime

  """Counts up with every change of content; a change names it."""
  version: Int!

  """Number of conversations and best responses to review."""
  itemsTotal: Int!

  """Number of them that the agent has reviewed."""
  itemsReviewed: Int!

  """Number of its manual evaluations that wait for the agent."""
  agentTurns: Int!

  """Number of its manual evaluations that wait for a supervisor."""
  supervisorTurns: Int!

  """Agent who is coached."""
  agent: Agent!

  """Conversations to review, in order."""
  conversations: [AssignmentConversation!]!

  """Good examples to look at, in order."""
  bestResponses: [BestResponse!]!

  """Steps to take, in order."""
  actionPlan: [ActionStep!]!

  """Coaching group that it was dispatched from."""
  group: CoachingGroup

  """Name of who assigned it."""
  assignedBy: String!

  """Reviews of the manual evaluations of its conversations."""
  review: ReviewSection!

  """How the agent\'s score changed in each skill that is coached."""
  progress: [AttributeProgress!]!

  """What you may do to it now."""
  viewerActions: [ViewerAction!]!
}

"""A person whose conversations are evaluated."""
type Agent implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """The organisation\'s own id for this person."""
  agentId: String!

  """Name of the person."""
  name: String!

  """Team or experience level."""
  agentGroup: AgentGroup

  """Queues that this person works in."""
  queues: [Queue!]!
}

"""
A team or experience level in the organisation; has nothing to do with coaching.
"""
type AgentGroup implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the team or level."""
  name: String!
}

"""Where conversations are handled."""
type Queue implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the queue."""
  name: String!
}

"""A conversation that the agent is to review."""
type AssignmentConversation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Place in the list, from 1."""
  position: Int!

  """When the agent reviewed it first; null while they have not."""
  reviewedAt: DateTime

  """The conversation."""
  conversation: Conversation!

  """Skills that are coached with it."""
  areas: [Attribute!]!
}

"""One customer interaction of one agent."""
type Conversation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """When it began."""
  startedAt: DateTime!

  """When it ended."""
  endedAt: DateTime!

  """Channel that it came by."""
  channel: Channel!

  """What it was about."""
  topic: String

  """What the customer wanted."""
  intent: String

  """Customer\'s sentiment, -100 to 100."""
  sentimentScore: Float

  """Total of Auto QA\'s evaluation, in points; null without one."""
  koreEvaluationScore: Float

  """
  Total of the manual evaluation's newest revision, in points; null without one.
  """
  supervisorAuditScore: Float

  """Agent who handled it."""
  agent: Agent

  """Queue that it was handled in."""
  queue: Queue!

  """What was said, in order."""
  transcript: [Message!]!

  """AI insights, in the sender\'s order."""
  insights: [Insight!]!

  """Its evaluations, at most one by Auto QA and one manual."""
  evaluations: [Evaluation!]!

  """Coaching that contains it, newest first, for its feedback."""
  assignments: [Assignment!]!

  """Your bookmarks on it, by name."""
  bookmarks: [Bookmark!]!

  """Your own manual evaluation that is not submitted; null without one."""
  evaluationDraft: EvaluationDraft
}

"""How customer and agent talk."""
enum Channel {
  """In writing, live."""
  CHAT

  """By e-mail."""
  EMAIL

  """On the telephone."""
  VOICE
}

"""One utterance of a transcript."""
type Message {
  """Place in the transcript, from 1."""
  position: Int!

  """Who says it."""
  speaker: Speaker!

  """When it was said."""
  sentAt: DateTime!

  """What was said."""
  text: String!
}

"""Who says a message."""
enum Speaker {
  """The agent."""
  AGENT

  """The customer."""
  CUSTOMER
}

"""An AI insight, as the sender gave it."""
type Insight {
  """What it is about."""
  title: String!

  """What it says."""
  text: String!
}

"""A tag of your own on conversations; nobody else sees it."""
type Bookmark implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name, unique among your bookmarks in any case."""
  name: String!

  """Colour as #rrggbb."""
  colour: String!

  """When it was made."""
  createdAt: DateTime!

  """Number of conversations in reach that carry it."""
  conversationCount: Int!

  """Conversations in reach that carry it, newest first."""
  conversations(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null
  ): ConversationConnection!
}

"""A page of a list."""
type ConversationConnection {
  """The page\'s objects, each with its cursor."""
  edges: [ConversationEdge!]!

  """The page\'s objects."""
  nodes: [Conversation!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type ConversationEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Conversation!
}

"""Where a page lies in its list."""
type PageInfo {
  """Whether the list goes on behind the page."""
  hasNextPage: Boolean!

  """Whether the list has more in front of the page."""
  hasPreviousPage: Boolean!

  """Cursor of the page\'s first object; null on an empty page."""
  startCursor: String

  """Cursor of the page\'s last object; null on an empty page."""
  endCursor: String
}

"""A manual evaluation that only its author sees."""
type EvaluationDraft {
  """The form."""
  form: EvaluationForm!

  """What you wrote about it all."""
  comment: String

  """When you saved it."""
  savedAt: DateTime!

  """Counts up each time you save it."""
  version: Int!

  """The scores so far."""
  scores: [DraftScore!]!
}

"""One version of a form; only its pool changes."""
type EvaluationForm implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the form."""
  name: String!

  """Number of the version."""
  formVersion: Int!

  """Channel that it is for."""
  channel: Channel!

  """Points from which an evaluation is passed."""
  passScore: Float!

  """Who settles disputes; null where scores can\'t be disputed."""
  disputeRouting: DisputeRouting

  """Whether a settled score may be disputed again."""
  allowReDisputes: Boolean!

  """Most rounds of a dispute, in total."""
  maxDisputeRounds: Int!

  """Days that an agent has to answer; null for any time."""
  reviewWindowDays: Int

  """
  Its pool: who settles disputes where another auditor is to. Empty is everybody.
  """
  auditors: [User!]!

  """Its metrics, in order."""
  metrics: [Metric!]!

  """Queues that it is for."""
  queues: [Queue!]!
}

"""Who settles a dispute."""
enum DisputeRouting {
  """The auditor who scored."""
  SAME_AUDITOR

  """Another auditor: of the form\'s pool, or any if it names nobody."""
  DIFFERENT_AUDITOR
}

"""Somebody who audits."""
type User {
  """Opaque id, to name them by."""
  id: ID!

  """Name."""
  name: String!
}

"""One criterion of an evaluation form."""
type Metric implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """The sender\'s own name for it, unique in its form."""
  key: String!

  """What is asked."""
  name: String!

  """Weight among the form\'s metrics: a part, not percent."""
  weight: Float!

  """What failing it takes away, in the same parts."""
  negativeWeight: Float!

  """Whether failing it makes the whole score 0."""
  fatal: Boolean!

  """Skills that it says something about."""
  attributes: [Attribute!]!
}

"""How one metric is scored in a draft."""
type DraftScore {
  """Id of the metric."""
  metricId: ID!

  """Whether it is scored yet."""
  scored: Boolean!

  """0 for not at all to 1 for fully; null where the metric does not apply."""
  adherence: Float

  """What you wrote about it."""
  comment: String
}

"""A good example that the agent is to look at."""
type BestResponse implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Place in the list, from 1."""
  position: Int!

  """When the agent looked at it first; null while they have not."""
  reviewedAt: DateTime

  """What was said."""
  example: Example!

  """The whole conversation."""
  conversation: Conversation
}

"""A conversation as a good example: what was said, not who said it."""
type Example implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """When it began."""
  startedAt: DateTime!

  """When it ended."""
  endedAt: DateTime!

  """Channel that it came by."""
  channel: Channel!

  """What it was about."""
  topic: String

  """What the customer wanted."""
  intent: String

  """Queue that it was handled in."""
  queue: Queue!

  """What was said, in order."""
  transcript: [Message!]!
}

"""A step of an action plan."""
type ActionStep {
  """Place in the plan, from 1."""
  position: Int!

  """What to do."""
  text: String!
}

"""Reviews of the manual evaluations of an assignment\'s conversations."""
type ReviewSection {
  """
  Those that wait for the agent or for a supervisor, last evaluated first.
  """
  pending: [ReviewItem!]!

  """Those of them that were disputed, last evaluated first."""
  disputes: [ReviewItem!]!

  """Those that are resolved or closed, last evaluated first."""
  resolved: [ReviewItem!]!
}

"""A manual evaluation as the review section shows it."""
type ReviewItem {
  """The evaluation."""
  evaluation: Evaluation!

  """The conversation, with its date and time, queue, topic and intent."""
  conversation: Conversation

  """Total of the newest revision, in points; null without one."""
  supervisorAuditScore: Float

  """Whose turn it is, or how it ended."""
  reviewStatus: ReviewState!

  """Number of dispute rounds that are completed."""
  disputeRounds: Int!

  """When the review ended; null while it goes on."""
  completedAt: DateTime
}

"""Where the review of a manual evaluation stands."""
enum ReviewState {
  """Scored; no review is asked for."""
  AUDITED

  """It is the agent\'s turn to accept or dispute."""
  PENDING_AGENT_REVIEW

  """It is a supervisor\'s turn to settle a dispute."""
  PENDING_SUPERVISOR_REVIEW

  """Accepted, or the dispute was withdrawn."""
  RESOLVED

  """Settled for good."""
  CLOSED
}

"""How an agent\'s score in a coached skill changed."""
type AttributeProgress {
  """The skill."""
  attribute: Attribute!

  """Its score at the assigned date and now."""
  score: ScoreChange!
}

"""A score at the assigned date and now, each over 7 days."""
type ScoreChange {
  """
  Score over the 7 days before the assigned date, in points; null without data.
  """
  atAssignedDate: Float

  """Score over today and the 6 days before, in points; null without data."""
  current: Float

  """Current minus assigned date, in points; null where one of them is."""
  difference: Float

  """Which way it went; null where there is no difference."""
  trend: ScoreTrend
}

"""Which way a score went since the assigned date."""
enum ScoreTrend {
  """Up."""
  SPIKE

  """Down."""
  DIP

  """Neither."""
  NO_CHANGE
}

"""Whether you may do something now."""
type ViewerAction {
  """What to do."""
  action: ViewerActionName!

  """Whether you may do it now."""
  allowed: Boolean!

  """Why not; null where you may."""
  reason: ErrorCode
}

"""
Something that may be done to an object: the mutation of the same name.
"""
enum ViewerActionName {
  """See `updateAssignment`."""
  UPDATE_ASSIGNMENT

  """See `cancelAssignment`."""
  CANCEL_ASSIGNMENT

  """See `reviewConversation`."""
  REVIEW_CONVERSATION

  """See `reviewBestResponse`."""
  REVIEW_BEST_RESPONSE

  """See `addConversationsToMark`."""
  ADD_CONVERSATIONS_TO_MARK

  """See `removeMark`."""
  REMOVE_MARK

  """See `updateCoachingGroup`."""
  UPDATE_COACHING_GROUP

  """See `deleteCoachingGroup`."""
  DELETE_COACHING_GROUP

  """See `addAgentsToGroup`."""
  ADD_AGENTS_TO_GROUP

  """See `removeAgentsFromGroup`."""
  REMOVE_AGENTS_FROM_GROUP

  """See `moveMarksToGroup`."""
  MOVE_MARKS_TO_GROUP

  """See `dispatchCoachingGroup`."""
  DISPATCH_COACHING_GROUP

  """See `submitEvaluation`."""
  SUBMIT_EVALUATION

  """See `respondToEvaluation`."""
  RESPOND_TO_EVALUATION

  """See `resolveDispute`."""
  RESOLVE_DISPUTE

  """See `withdrawDispute`."""
  WITHDRAW_DISPUTE

  """See `reassignDispute`."""
  REASSIGN_DISPUTE
}

"""Why a write was refused. A refusal changes nothing."""
enum ErrorCode {
  """The coaching was cancelled."""
  ALREADY_CANCELLED

  """The coaching is completed."""
  ALREADY_COMPLETED

  """The dispute is not open any more."""
  DISPUTE_NOT_OPEN

  """You have marked this agent for this skill already."""
  DUPLICATE_MARK

  """You may not do this to this object."""
  FORBIDDEN

  """The coaching group was sent."""
  GROUP_ALREADY_SENT

  """No member of the coaching group has a conversation."""
  GROUP_HAS_NO_CONVERSATIONS

  """Another unsent coaching group has this name."""
  GROUP_NAME_TAKEN

  """The idempotency key was used with another input."""
  IDEMPOTENCY_KEY_REUSED

  """A value is not allowed; the message says why."""
  INVALID

  """The mark was assigned."""
  MARK_ALREADY_ASSIGNED

  """A mark is not active, or not of this agent."""
  MARK_NOT_ACTIVE

  """Another of yours has this name."""
  NAME_TAKEN

  """A best response is not among your bookmarked conversations."""
  NOT_BOOKMARKED

  """A metric can\'t be disputed in this round."""
  NOT_DISPUTABLE

  """A conversation has no evaluation."""
  NOT_EVALUATED

  """You reach no such object."""
  NOT_FOUND

  """The evaluation does not wait for the agent."""
  NOT_WAITING_FOR_AGENT

  """Nobody else could settle the dispute."""
  NO_AUDITOR

  """A conversation is another agent\'s."""
  OTHER_AGENT

  """The review of the evaluation is closed for good."""
  REVIEW_CLOSED

  """Somebody changed the object since you read it."""
  STALE

  """The evaluation has a newer revision than the one you answer."""
  STALE_EVALUATION

  """The evaluation waits for the agent."""
  WAITING_FOR_AGENT
}

"""Where a coaching group stands."""
enum CoachingGroupState {
  """Agents are being gathered."""
  PENDING

  """Every member has an assignment."""
  SENT

  """Called off before it was sent."""
  DELETED
}

"""Somebody\'s word that an agent needs coaching, and because of what."""
type Mark implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Where it stands."""
  state: MarkState!

  """When it was made."""
  createdAt: DateTime!

  """Counts up with every change of content; a change names it."""
  version: Int!

  """Agent who is marked."""
  agent: Agent!

  """Skills that need coaching."""
  areas: [Attribute!]!

  """Conversations that it is about, oldest first."""
  conversations: [Conversation!]!

  """Pending coaching group that it is in."""
  group: CoachingGroup

  """Coaching that was assigned because of it."""
  assignment: Assignment

  """Name of who made it."""
  markedBy: String!

  """What you may do to it now."""
  viewerActions: [ViewerAction!]!
}

"""Where a mark stands."""
enum MarkState {
  """It waits for coaching."""
  ACTIVE

  """Coaching was assigned because of it."""
  ASSIGNED

  """It was taken back."""
  REMOVED
}

"""
What came of a coaching group that was sent, for the members in your reach.
"""
type GroupOutcome {
  """Number of its assignments by status, in the order of status."""
  statuses: [StatusCount!]!

  """
  Changes in each skill that it coaches; cancelled coaching does not count.
  """
  attributes: [AttributeOutcome!]!
}

"""Number of assignments with a status."""
type StatusCount {
  """The status."""
  status: AssignmentStatus!

  """How many have it."""
  count: Int!
}

"""How a group\'s members changed in a coached skill."""
type AttributeOutcome {
  """The skill."""
  attribute: Attribute!

  """
  Mean of the members' differences, in points; null where none has both scores.
  """
  meanChange: Float

  """Number of members whose score went up."""
  improved: Int!

  """Number of members whose score went down."""
  declined: Int!

  """Number of members whose score stayed as it was."""
  unchanged: Int!

  """Number of members without a score then or now."""
  withoutData: Int!
}

"""
What coaching a group in a skill changed, beyond what changed without coaching: the members against comparable agents who were not coached in it over the same days.
"""
type AttributeEffect {
  """The skill."""
  attribute: Attribute!

  """Whether there is enough data."""
  result: EffectResult!

  """
  Members' mean change minus that of comparable agents who started where the members started, in points.
  """
  difference: Float

  """Lower end of the 95 % interval of the difference, in points."""
  low: Float

  """Upper end of the 95 % interval of the difference, in points."""
  high: Float

  """Mean change of the members that are compared, in points."""
  memberChange: Float

  """
  Mean change, in points, of comparable agents who started where the members started.
  """
  comparableChange: Float

  """Number of members that are compared."""
  members: Int!

  """Number of agents that they are compared with."""
  comparableAgents: Int!
}

"""Whether there is enough data to tell an effect from."""
enum EffectResult {
  """There is."""
  MEASURED

  """
  Too few members or comparable agents have scores, or the coaching is younger than 7 days.
  """
  INSUFFICIENT_DATA
}

"""A scored form for one conversation, at its newest revision."""
type Evaluation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Who scored."""
  source: EvaluationSource!

  """When it was scored first."""
  evaluatedAt: DateTime!

  """Number of the newest revision."""
  revision: Int!

  """Total in points, -100 to 100; null where no metric applied."""
  total: Float

  """Whether the total reached the form\'s pass score; null without a total."""
  passed: Boolean

  """Where its review stands; null for Auto QA."""
  reviewState: ReviewState

  """When an unanswered review closes; null where it does not."""
  reviewUntil: DateTime

  """Dispute rounds so far."""
  disputeRounds: Int!

  """When its review ended; null while it goes on, or never began."""
  completedAt: DateTime

  """The form."""
  form: EvaluationForm!

  """Agent who was scored."""
  agent: Agent

  """Conversation that was scored."""
  conversation: Conversation

  """Scores of the newest revision, in the form\'s order."""
  scores: [MetricScore!]!

  """All revisions, oldest first."""
  revisions: [EvaluationRevision!]!

  """Rounds of disputes, first to last."""
  disputes: [Dispute!]!

  """What was done with it, oldest first."""
  history: [AuditEntry!]!

  """Name of who scored; `Auto QA` for the product itself."""
  evaluatedBy: String!

  """Metrics that the agent can dispute now, in the form\'s order."""
  disputableMetrics: [Metric!]!

  """What you may do to it now; nothing to Auto QA\'s."""
  viewerActions: [ViewerAction!]!
}

"""Who scored."""
enum EvaluationSource {
  """Auto QA."""
  AUTO

  """A supervisor or QA user."""
  MANUAL
}

"""How one metric of an evaluation was scored."""
type MetricScore {
  """The metric."""
  metric: Metric!

  """0 for not at all to 1 for fully; null where the metric did not apply."""
  adherence: Float

  """What it adds to the total, in points; null where it did not apply."""
  points: Float

  """What the auditor wrote about it."""
  comment: String
}

"""One complete scoring of an evaluation."""
type EvaluationRevision {
  """Number of the revision, from 1."""
  number: Int!

  """Why it was written."""
  reason: RevisionReason!

  """When it was written."""
  createdAt: DateTime!

  """Total in points, -100 to 100; null where no metric applied."""
  total: Float

  """Whether the total reached the form\'s pass score; null without a total."""
  passed: Boolean

  """What the auditor wrote about it."""
  comment: String

  """Name of who scored; `Auto QA` for the product itself."""
  evaluatedBy: String!

  """Its scores, in the form\'s order."""
  scores: [MetricScore!]!
}

"""Why a revision was written."""
enum RevisionReason {
  """The first scoring."""
  AUDIT

  """Somebody scored anew."""
  RE_AUDIT

  """A dispute was settled."""
  RESOLUTION

  """The sender sent it anew."""
  RE_IMPORT
}

"""One round of an agent\'s objection to a manual evaluation."""
type Dispute implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Number of the round, from 1."""
  round: Int!

  """Number of the revision that is disputed."""
  revision: Int!

  """Where it stands."""
  state: DisputeState!

  """When the agent opened it."""
  openedAt: DateTime!

  """When it was settled or withdrawn; null while it is open."""
  closedAt: DateTime

  """Counts up with every change; a change of the assignee names it."""
  version: Int!

  """The evaluation."""
  evaluation: Evaluation

  """What is disputed, in the form\'s order."""
  metrics: [DisputedMetric!]!

  """Name of who is to settle it."""
  assignee: String!

  """Those who may settle it, by name."""
  auditors: [Auditor!]!

  """What you may do to it now."""
  viewerActions: [ViewerAction!]!
}

"""Where a round of a dispute stands."""
enum DisputeState {
  """It waits for a supervisor."""
  OPEN

  """A supervisor decided."""
  RESOLVED

  """The agent took it back."""
  WITHDRAWN
}

"""A disputed score, and what was decided about it."""
type DisputedMetric {
  """The metric."""
  metric: Metric!

  """Why the agent objects."""
  comment: String!

  """What was decided; null while the dispute is open, or if withdrawn."""
  decision: DisputeDecision

  """The new adherence, where it was revised; null if not applicable."""
  newAdherence: Float

  """Why it was decided so."""
  decisionComment: String
}

"""What is decided about a disputed score."""
enum DisputeDecision {
  """It stays."""
  UPHOLD

  """It is changed."""
  REVISE
}

"""Somebody who may settle a dispute."""
type Auditor {
  """Opaque id, to name them by."""
  id: ID!

  """Name."""
  name: String!

  """Open disputes that they are to settle."""
  openDisputes: Int!
}

"""Who did what, and when."""
type AuditEntry {
  """When it was done."""
  at: DateTime!

  """What was done."""
  action: AuditAction!

  """Agent whom it is about; null where it is nobody\'s."""
  agent: Agent

  """Coaching that it is about; null where it is about none in reach."""
  assignment: Assignment

  """Evaluation that it is about; null where it is about none in reach."""
  evaluation: Evaluation

  """Coaching group that it is about."""
  group: CoachingGroup

  """Mark that it is about."""
  mark: Mark

  """Name of who did it; `system` for the product itself."""
  actor: String!

  """Values that were changed."""
  changes: [AuditChange!]!
}

"""What was done."""
enum AuditAction {
  """An agent was marked for coaching."""
  MARK_CREATED

  """Conversations were added to a mark."""
  MARK_CONVERSATIONS_ADDED

  """A mark was removed."""
  MARK_REMOVED

  """A coaching group was made."""
  GROUP_CREATED

  """A coaching group was changed."""
  GROUP_UPDATED

  """A coaching group was deleted."""
  GROUP_DELETED

  """Agents joined a coaching group."""
  GROUP_AGENTS_ADDED

  """Agents left a coaching group."""
  GROUP_AGENTS_REMOVED

  """Marks were moved to a coaching group."""
  GROUP_MARKS_MOVED

  """A coaching group was sent."""
  GROUP_DISPATCHED

  """Coaching was assigned."""
  ASSIGNMENT_CREATED

  """Coaching was changed."""
  ASSIGNMENT_UPDATED

  """Coaching was cancelled."""
  ASSIGNMENT_CANCELLED

  """The agent reviewed a conversation."""
  CONVERSATION_REVIEWED

  """The agent looked at a best response."""
  BEST_RESPONSE_REVIEWED

  """A manual evaluation was submitted."""
  EVALUATION_SUBMITTED

  """A manual evaluation was scored anew."""
  EVALUATION_RE_AUDITED

  """The agent answered an evaluation."""
  EVALUATION_ANSWERED

  """The agent disputed scores."""
  DISPUTE_OPENED

  """A dispute was settled."""
  DISPUTE_RESOLVED

  """The agent withdrew a dispute."""
  DISPUTE_WITHDRAWN

  """A dispute was given to somebody else."""
  DISPUTE_REASSIGNED

  """A review was closed, unanswered."""
  REVIEW_CLOSED

  """The pool of auditors of an evaluation form was changed."""
  FORM_UPDATED

  """The workspace\'s settings were changed."""
  WORKSPACE_UPDATED
}

"""A value that was changed."""
type AuditChange {
  """Name of what was changed."""
  field: String!

  """Its value before, as JSON; null where it had none."""
  before: String

  """
  Its value after, as JSON; null where it has none. Objects are told by id.
  """
  after: String
}

"""Everything that can be read."""
type Query {
  """Who is asking."""
  viewer: Viewer!

  """The workspace that you belong to."""
  workspace: Workspace!

  """The object with this id; null where you reach none."""
  node(
    """Id of the object."""
    id: ID!
  ): Node

  """
  The objects with these ids, in order; null for each that you do not reach.
  """
  nodes(
    """Ids of the objects, at most 100."""
    ids: [ID!]!
  ): [Node]!

  """Coaching in your reach, newest first unless told otherwise."""
  assignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which coaching."""
    filter: AssignmentFilter = null

    """In which order."""
    orderBy: AssignmentOrder = null
  ): AssignedCoachingConnection!

  """The assignment with this id; null where you reach none."""
  assignment(
    """Id of the assignment."""
    id: ID!
  ): Assignment

  """Coaching groups in your reach that are not sent yet, by name."""
  coachingGroups(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): CoachingGroupConnection!

  """Whether no other unsent coaching group has this name."""
  groupNameAvailable(
    """Name, in any case."""
    name: String!
  ): Boolean!

  """The coaching group with this id; null where you reach none."""
  coachingGroup(
    """Id of the group."""
    id: ID!
  ): CoachingGroup

  """Conversations in your reach, newest first: an agent\'s Evaluation tab."""
  conversations(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which conversations."""
    filter: ConversationFilter = null
  ): ConversationConnection!

  """The conversation with this id; null where you reach none."""
  conversation(
    """Id of the conversation."""
    id: ID!
  ): Conversation

  """Agents in your reach, by name."""
  agents(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AgentConnection!

  """The agent with this id; null where you reach none."""
  agent(
    """Id of the agent."""
    id: ID!
  ): Agent

  """Teams and levels, by name."""
  agentGroups(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): AgentGroupConnection!

  """Skills, by name."""
  attributes(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): AttributeConnection!

  """Queues in your reach, by name."""
  queues(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): QueueConnection!

  """Evaluation forms, by name."""
  evaluationForms(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): EvaluationFormConnection!

  """Supervisors and QA users by name: those whom a form\'s pool may name."""
  auditors(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null
  ): UserConnection!

  """Your bookmarks, by name; none where Auto QA is off."""
  bookmarks(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): BookmarkConnection!

  """
  Who did what to what is in your reach, newest first unless told otherwise.
  """
  auditHistory(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which entries."""
    filter: AuditFilter = null

    """From the oldest to the newest."""
    oldestFirst: Boolean! = false
  ): AuditEntryConnection!

  """Marks for coaching in your reach, newest first."""
  marks(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which marks."""
    filter: MarkFilter = null
  ): MarkConnection!

  """The mark with this id; null where you reach none."""
  mark(
    """Id of the mark."""
    id: ID!
  ): Mark

  """Agents in your reach who wait for coaching of their own, by name."""
  coachingCandidates(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): CoachingCandidateConnection!

  """What sending this coaching group would create; nothing is written."""
  previewDispatch(
    """Pending group."""
    groupId: ID!
  ): DispatchPreview!

  """
  Coaching in your reach with the agents' scores; by assigned date the newest first, by follow-up date the earliest.
  """
  coachingMonitor(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which coaching."""
    filter: MonitorFilter = null
  ): CoachingMonitorRowConnection!

  """
  Agents in your reach with evaluations by Auto QA, the highest score first; with `last`, the lowest scores of the list. Empty where Auto QA is off.
  """
  agentLeaderboard(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which agents."""
    filter: AgentLeaderboardFilter = null
  ): AgentLeaderboardRowConnection!

  """Figures about the coaching in your reach."""
  dashboard: Dashboard!
}

"""Who is asking: the signed-in user."""
type Viewer {
  """Name."""
  name: String!

  """E-mail address."""
  email: String!

  """What they are."""
  role: Role!

  """What they may do."""
  permissions: [Permission!]!

  """Workspace that they belong to."""
  workspace: Workspace!

  """The agent who is signed in; null for everybody else."""
  agent: Agent
}

"""What somebody is."""
enum Role {
  """Handles conversations, and is coached."""
  AGENT

  """Coaches agents."""
  SUPERVISOR

  """Audits conversations."""
  QA

  """A machine of another organisation."""
  PARTNER
}

"""What somebody may do."""
enum Permission {
  """See one\'s own dashboard."""
  AGENT_DASHBOARD

  """See coaching assignments."""
  COACHING_ASSIGNMENTS

  """See what one is marked for."""
  MARKED_FOR_COACHING_VIEW

  """Manage coaching."""
  QA_FUNCTIONALITIES

  """Reach every queue of the workspace."""
  CROSS_QUEUE_DATA_ACCESS

  """Change the workspace\'s settings."""
  MANAGE_SETTINGS

  """Send conversations in."""
  IMPORT_CONVERSATIONS
}

"""Your organisation, and how it uses the product."""
type Workspace {
  """Name."""
  name: String!

  """IANA time zone that its days are in."""
  timeZone: String!

  """Whether agents accept or dispute manual evaluations."""
  acceptAndDispute: Boolean!

  """Whether Auto QA scores conversations."""
  autoQa: Boolean!

  """Whether agents read `Anonymous` instead of an auditor\'s name."""
  hideAuditorDetails: Boolean!

  """Counts up with every change of settings; a change names it."""
  version: Int!
}

"""A page of a list."""
type AssignedCoachingConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AssignedCoachingEdge!]!

  """The page\'s objects."""
  nodes: [AssignedCoaching!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AssignedCoachingEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AssignedCoaching!
}

"""Which coaching. Conditions combine by and, lists inside by or."""
input AssignmentFilter {
  """Only individual coaching, or only groups\'."""
  coachingType: CoachingType = null

  """With one of these; without it, all but cancelled coaching."""
  statuses: [AssignmentStatus!] = null

  """With one of these skills."""
  areaIds: [ID!] = null
}

"""What to sort by, and which way."""
input AssignmentOrder {
  """What to sort by."""
  by: AssignmentSort! = ASSIGNED_AT

  """From the last to the first: newest, latest, Z to A."""
  descending: Boolean! = true
}

"""What coaching can be sorted by."""
enum AssignmentSort {
  """When it was assigned."""
  ASSIGNED_AT

  """When it is followed up."""
  FOLLOW_UP_ON

  """Its name."""
  NAME

  """Its status, from not started to cancelled; then when it was assigned."""
  STATUS
}

"""A page of a list."""
type CoachingGroupConnection {
  """The page\'s objects, each with its cursor."""
  edges: [CoachingGroupEdge!]!

  """The page\'s objects."""
  nodes: [CoachingGroup!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type CoachingGroupEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: CoachingGroup!
}

"""Which conversations. Conditions combine by and, lists inside by or."""
input ConversationFilter {
  """Of these agents."""
  agentIds: [ID!] = null

  """Of these queues."""
  queueIds: [ID!] = null

  """Begun then or later."""
  startedFrom: DateTime = null

  """Begun earlier than that."""
  startedBefore: DateTime = null

  """With at least so many points from Auto QA."""
  koreScoreFrom: Float = null

  """With at most so many points from Auto QA."""
  koreScoreTo: Float = null

  """With at least so many points from the audit."""
  auditScoreFrom: Float = null

  """With at most so many points from the audit."""
  auditScoreTo: Float = null
}

"""A page of a list."""
type AgentConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AgentEdge!]!

  """The page\'s objects."""
  nodes: [Agent!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AgentEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Agent!
}

"""A page of a list."""
type AgentGroupConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AgentGroupEdge!]!

  """The page\'s objects."""
  nodes: [AgentGroup!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AgentGroupEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AgentGroup!
}

"""A page of a list."""
type AttributeConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AttributeEdge!]!

  """The page\'s objects."""
  nodes: [Attribute!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AttributeEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Attribute!
}

"""A page of a list."""
type QueueConnection {
  """The page\'s objects, each with its cursor."""
  edges: [QueueEdge!]!

  """The page\'s objects."""
  nodes: [Queue!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type QueueEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Queue!
}

"""A page of a list."""
type EvaluationFormConnection {
  """The page\'s objects, each with its cursor."""
  edges: [EvaluationFormEdge!]!

  """The page\'s objects."""
  nodes: [EvaluationForm!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type EvaluationFormEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: EvaluationForm!
}

"""A page of a list."""
type UserConnection {
  """The page\'s objects, each with its cursor."""
  edges: [UserEdge!]!

  """The page\'s objects."""
  nodes: [User!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type UserEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: User!
}

"""A page of a list."""
type BookmarkConnection {
  """The page\'s objects, each with its cursor."""
  edges: [BookmarkEdge!]!

  """The page\'s objects."""
  nodes: [Bookmark!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type BookmarkEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Bookmark!
}

"""A page of a list."""
type AuditEntryConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AuditEntryEdge!]!

  """The page\'s objects."""
  nodes: [AuditEntry!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AuditEntryEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AuditEntry!
}

"""Which entries. Conditions combine by and, lists inside by or."""
input AuditFilter {
  """About these agents."""
  agentIds: [ID!] = null

  """About this coaching."""
  assignmentIds: [ID!] = null

  """About these evaluations."""
  evaluationIds: [ID!] = null

  """About these marks."""
  markIds: [ID!] = null

  """About these coaching groups."""
  groupIds: [ID!] = null

  """Of these kinds of writes."""
  actions: [AuditAction!] = null

  """Done then or later."""
  from: DateTime = null

  """Done earlier than that."""
  before: DateTime = null
}

"""A page of a list."""
type MarkConnection {
  """The page\'s objects, each with its cursor."""
  edges: [MarkEdge!]!

  """The page\'s objects."""
  nodes: [Mark!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type MarkEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Mark!
}

"""Which marks. Conditions combine by and, lists inside by or."""
input MarkFilter {
  """Of these agents."""
  agentIds: [ID!] = null

  """With one of these skills."""
  areaIds: [ID!] = null

  """In one of these states; without it, active marks only."""
  states: [MarkState!] = null
}

"""A page of a list."""
type CoachingCandidateConnection {
  """The page\'s objects, each with its cursor."""
  edges: [CoachingCandidateEdge!]!

  """The page\'s objects."""
  nodes: [CoachingCandidate!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type CoachingCandidateEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: CoachingCandidate!
}

"""An agent with active marks that are in no coaching group."""
type CoachingCandidate {
  """The agent."""
  agent: Agent!

  """Skills of all of the marks, by name."""
  areas: [Attribute!]!

  """Number of different conversations of the marks."""
  conversationCount: Int!

  """The marks, oldest first."""
  marks: [Mark!]!
}

"""What sending a coaching group would do now."""
type DispatchPreview {
  """What would be created, by the agents\' names."""
  assignments: [PlannedAssignment!]!

  """Why it would be refused."""
  errors: [UserError!]!

  """Agents who would get nothing: they have no conversation."""
  skipped: [Agent!]!
}

"""An assignment that sending a group would create."""
type PlannedAssignment {
  """Agent who would get it."""
  agent: Agent

  """Conversations to review, oldest first."""
  conversations: [Conversation!]!

  """Skills to coach: the group\'s."""
  areas: [Attribute!]!
}

"""Why a write was refused."""
type UserError {
  """What to tell it apart by."""
  code: ErrorCode!

  """What to tell a person."""
  message: String!

  """
  Way into the input to the value that it is about; empty for the whole input.
  """
  path: [String!]!
}

"""A page of a list."""
type CoachingMonitorRowConnection {
  """The page\'s objects, each with its cursor."""
  edges: [CoachingMonitorRowEdge!]!

  """The page\'s objects."""
  nodes: [CoachingMonitorRow!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type CoachingMonitorRowEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: CoachingMonitorRow!
}

"""One agent\'s coaching, with how the agent scores."""
type CoachingMonitorRow {
  """The coaching."""
  assignment: Assignment!

  """Agent who is coached."""
  agent: Agent!

  """When it was assigned."""
  assignedAt: DateTime!

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date!

  """Skills that are coached."""
  attributes: [Attribute!]!

  """
  The agent's current score by their scorecard, in points, over today and the 6 days before; null without data, scorecard or Auto QA.
  """
  agentScorecardScore: Float

  """
  Current mean of the agent's evaluations by Auto QA, in points, over today and the 6 days before; null without data or Auto QA.
  """
  koreEvaluationScore: Float

  """The same at the assigned date, and what changed since."""
  compare: MonitorComparison!
}

"""The agent\'s scores at the assigned date and now."""
type MonitorComparison {
  """Score by the agent\'s scorecard."""
  agentScorecard: ScoreChange!

  """Mean of Auto QA\'s evaluations."""
  koreEvaluation: ScoreChange!
}

"""Which coaching. Conditions combine by and, lists inside by or."""
input MonitorFilter {
  """By date; without it, what was assigned in the last 7 days."""
  date: MonitorDateFilter = null

  """With one of these skills."""
  attributeIds: [ID!] = null

  """Of agents of these teams or levels."""
  agentGroupIds: [ID!] = null

  """Of these agents."""
  agentIds: [ID!] = null
}

"""Which of its two dates coaching is looked for by."""
input MonitorDateFilter @oneOf {
  """
  Day that it was assigned; today and the 6 days before, if none is named.
  """
  assignedOn: MonitorDays

  """Day of its follow-up; today, if none is named."""
  followUpOn: MonitorDays
}

"""
Days of the workspace's time zone, both included. Without one, that end is open; without both, the filter's own default holds.
"""
input MonitorDays {
  """The first of them."""
  from: Date = null

  """The last of them."""
  to: Date = null
}

"""A page of a list."""
type AgentLeaderboardRowConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AgentLeaderboardRowEdge!]!

  """The page\'s objects."""
  nodes: [AgentLeaderboardRow!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AgentLeaderboardRowEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AgentLeaderboardRow!
}

"""An agent in a ranking."""
type AgentLeaderboardRow {
  """Place, from 1; agents of equal scores share theirs."""
  rank: Int!

  """The agent."""
  agent: Agent!

  """Number of evaluations by Auto QA with a score."""
  evaluationCount: Int!

  """Mean of the evaluations by Auto QA, in points."""
  koreEvaluationScore: Float

  """
  Score by the agent's scorecard over the same days, in points; null without data or scorecard.
  """
  agentScorecardScore: Float
}

"""
Which agents, over which days. Conditions combine by and, lists inside by or.
"""
input AgentLeaderboardFilter {
  """First day, of the workspace\'s time zone; without days, the last 7."""
  from: Date = null

  """Last day; at most 92 days in all."""
  to: Date = null

  """Agents who work in one of these queues."""
  queueIds: [ID!] = null

  """Agents of these teams or levels."""
  agentGroupIds: [ID!] = null
}

"""
Figures about the coaching in your reach. Each is counted only when selected.
"""
type Dashboard {
  """
  Number of agents with coaching that is neither completed nor cancelled; each counts once, whatever coaching they have.
  """
  agentsInCoaching: Int!

  """
  Number of assignments by status, each agent's counted, in the order of status.
  """
  assignmentsByStatus: [StatusCount!]!

  """
  Number of assignments that are neither completed nor cancelled, and whose follow-up day is over.
  """
  overdueFollowUps: Int!

  """Manual evaluations that wait for somebody."""
  pendingReviews: PendingReviews!

  """Rounds of disputes."""
  disputes: DisputeFigures!
}

"""
Manual evaluations that wait, by whom they wait for; none where agents don't accept and dispute.
"""
type PendingReviews {
  """Number that wait for their agent\'s answer."""
  agent: Int!

  """Number that wait for a dispute to be settled."""
  supervisor: Int!
}

"""Rounds of disputes."""
type DisputeFigures {
  """Number that wait to be settled."""
  open: Int!

  """Number that were decided in the last 30 days."""
  settled: Int!

  """Number that were decided in the last 30 days, and changed a score."""
  overturned: Int!
}

"""Everything that can be written."""
type Mutation {
  """Assign coaching to one agent."""
  createAssignment(
    """The coaching."""
    input: CreateAssignmentInput!
  ): CreateAssignmentPayload!

  """Change an assignment that is not completed."""
  updateAssignment(
    """The change."""
    input: UpdateAssignmentInput!
  ): UpdateAssignmentPayload!

  """Cancel an assignment that is not completed."""
  cancelAssignment(
    """The assignment."""
    input: CancelAssignmentInput!
  ): CancelAssignmentPayload!

  """Note that you reviewed a conversation; the first time is kept."""
  reviewConversation(
    """The conversation."""
    input: ReviewConversationInput!
  ): ReviewConversationPayload!

  """Note that you looked at a best response; the first time is kept."""
  reviewBestResponse(
    """The best response."""
    input: ReviewBestResponseInput!
  ): ReviewBestResponsePayload!

  """Make a bookmark of your own."""
  createBookmark(
    """The bookmark."""
    input: CreateBookmarkInput!
  ): CreateBookmarkPayload!

  """Rename or recolour a bookmark."""
  updateBookmark(
    """The change."""
    input: UpdateBookmarkInput!
  ): UpdateBookmarkPayload!

  """Delete a bookmark; the conversations that carry it stay."""
  deleteBookmark(
    """The bookmark."""
    input: DeleteBookmarkInput!
  ): DeleteBookmarkPayload!

  """Put a bookmark on conversations; doing it again changes nothing."""
  tagConversations(
    """The conversations."""
    input: TagConversationsInput!
  ): TagConversationsPayload!

  """Take a bookmark off conversations; doing it again changes nothing."""
  untagConversations(
    """The conversations."""
    input: UntagConversationsInput!
  ): UntagConversationsPayload!

  """Change the workspace\'s settings."""
  updateWorkspace(
    """The settings."""
    input: UpdateWorkspaceInput!
  ): UpdateWorkspacePayload!

  """
  Set the pool of a version of a form: who settles disputes of others' scores.
  """
  updateEvaluationFormAuditors(
    """The pool."""
    input: UpdateEvaluationFormAuditorsInput!
  ): UpdateEvaluationFormAuditorsPayload!

  """Keep a manual evaluation that only you see."""
  saveEvaluationDraft(
    """The draft."""
    input: SaveEvaluationDraftInput!
  ): SaveEvaluationDraftPayload!

  """
  Score a conversation, for the first time or anew. Your draft is deleted.
  """
  submitEvaluation(
    """The scores."""
    input: SubmitEvaluationInput!
  ): SubmitEvaluationPayload!

  """Accept or dispute the scores of an evaluation that waits for you."""
  respondToEvaluation(
    """The answer."""
    input: RespondToEvaluationInput!
  ): RespondToEvaluationPayload!

  """Take back an open dispute; the scores stand, and the round counts."""
  withdrawDispute(
    """The dispute."""
    input: WithdrawDisputeInput!
  ): WithdrawDisputePayload!

  """Settle a dispute: uphold or revise each disputed score."""
  resolveDispute(
    """The decisions."""
    input: ResolveDisputeInput!
  ): ResolveDisputePayload!

  """Give an open dispute to another auditor."""
  reassignDispute(
    """Who is to settle it."""
    input: ReassignDisputeInput!
  ): ReassignDisputePayload!

  """Mark an evaluated agent for coaching."""
  markForCoaching(
    """The mark."""
    input: MarkForCoachingInput!
  ): MarkForCoachingPayload!

  """Add conversations to an active mark."""
  addConversationsToMark(
    """The conversations."""
    input: AddConversationsToMarkInput!
  ): AddConversationsToMarkPayload!

  """Take an active mark back."""
  removeMark(
    """The mark."""
    input: RemoveMarkInput!
  ): RemoveMarkPayload!

  """Make a coaching group."""
  createCoachingGroup(
    """The group."""
    input: CreateCoachingGroupInput!
  ): CreateCoachingGroupPayload!

  """Change a coaching group that is not sent."""
  updateCoachingGroup(
    """The change."""
    input: UpdateCoachingGroupInput!
  ): UpdateCoachingGroupPayload!

  """Call off a coaching group; its marks wait for coaching again."""
  deleteCoachingGroup(
    """The group."""
    input: DeleteCoachingGroupInput!
  ): DeleteCoachingGroupPayload!

  """Add agents to a coaching group."""
  addAgentsToGroup(
    """The agents."""
    input: AddAgentsToGroupInput!
  ): AddAgentsToGroupPayload!

  """
  Take agents out of a coaching group; their marks wait for coaching again.
  """
  removeAgentsFromGroup(
    """The agents."""
    input: RemoveAgentsFromGroupInput!
  ): RemoveAgentsFromGroupPayload!

  """Move marks, from other coaching groups or none, to a coaching group."""
  moveMarksToGroup(
    """The marks."""
    input: MoveMarksToGroupInput!
  ): MoveMarksToGroupPayload!

  """Assign coaching to one agent, from the marks that wait for it."""
  assignCandidate(
    """The coaching."""
    input: AssignCandidateInput!
  ): AssignCandidatePayload!

  """
  Send a coaching group: every agent with a conversation gets an assignment.
  """
  dispatchCoachingGroup(
    """The group."""
    input: DispatchCoachingGroupInput!
  ): DispatchCoachingGroupPayload!

  """
  Import conversations and what belongs to them. What is known by its `externalId` is changed, or left alone where it is the same, so that sending a record again changes nothing. A bad record keeps no other out. Without access to every queue, conversations and evaluations of your own queues can be imported.
  """
  importConversations(
    """The records."""
    input: ImportConversationsInput!
  ): ImportConversationsPayload!
}

"""What came of `createAssignment`."""
type CreateAssignmentPayload {
  """The new assignment."""
  assignment: Assignment

  """Why there is none."""
  errors: [UserError!]!
}

"""Coaching for one agent."""
input CreateAssignmentInput {
  """Agent to coach."""
  agentId: ID!

  """Name of the session, 1 to 120 characters."""
  name: String!

  """Skills to coach, 1 to 50."""
  areaIds: [ID!]!

  """Evaluated conversations of this agent to review, 1 to 100."""
  conversationIds: [ID!]!

  """Day of the follow-up: today or later, in the workspace\'s time zone."""
  followUpOn: Date!

  """Conversations from your bookmarks as good examples, at most 100."""
  bestResponseIds: [ID!]! = []

  """Feedback: what went well."""
  strengths: String! = ""

  """Feedback: what to improve."""
  improvements: String! = ""

  """Steps to take, in order, at most 50."""
  actionPlan: [String!]! = []

  """Active marks of this agent that it settles."""
  markIds: [ID!]! = []

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `updateAssignment`."""
type UpdateAssignmentPayload {
  """The assignment as it now is."""
  assignment: Assignment

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""What to change of an assignment; what is left out stays."""
input UpdateAssignmentInput {
  """Assignment to change."""
  assignmentId: ID!

  """Its version when you read it."""
  expectedVersion: Int!

  """New name."""
  name: String = null

  """New day of the follow-up, today or later."""
  followUpOn: Date = null

  """New feedback: strengths."""
  strengths: String = null

  """New feedback: improvements."""
  improvements: String = null

  """New action plan."""
  actionPlan: [String!] = null

  """New list of skills."""
  areaIds: [ID!] = null

  """Conversations to add."""
  addConversationIds: [ID!]! = []
}

"""What came of `cancelAssignment`."""
type CancelAssignmentPayload {
  """The assignment as it now is."""
  assignment: Assignment

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""An assignment to call off."""
input CancelAssignmentInput {
  """Assignment to cancel."""
  assignmentId: ID!

  """Its version when you read it."""
  expectedVersion: Int!
}

"""What came of `reviewConversation`."""
type ReviewConversationPayload {
  """The assignment as it now is."""
  assignment: Assignment

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A conversation that you have reviewed."""
input ReviewConversationInput {
  """Your assignment."""
  assignmentId: ID!

  """Conversation of it."""
  conversationId: ID!
}

"""What came of `reviewBestResponse`."""
type ReviewBestResponsePayload {
  """The assignment as it now is."""
  assignment: Assignment

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A best response that you have looked at."""
input ReviewBestResponseInput {
  """Best response of your assignment."""
  bestResponseId: ID!
}

"""What came of `createBookmark`."""
type CreateBookmarkPayload {
  """The bookmark as it now is."""
  bookmark: Bookmark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A new bookmark."""
input CreateBookmarkInput {
  """Name, 1 to 120 characters, unique among your bookmarks in any case."""
  name: String!

  """Colour as #rrggbb."""
  colour: String!

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `updateBookmark`."""
type UpdateBookmarkPayload {
  """The bookmark as it now is."""
  bookmark: Bookmark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""What to change of a bookmark; what is left out stays."""
input UpdateBookmarkInput {
  """Bookmark to change."""
  bookmarkId: ID!

  """New name."""
  name: String = null

  """New colour as #rrggbb."""
  colour: String = null
}

"""What came of `deleteBookmark`."""
type DeleteBookmarkPayload {
  """Id of the bookmark that is there no longer."""
  deletedId: ID

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A bookmark to delete."""
input DeleteBookmarkInput {
  """Bookmark to delete."""
  bookmarkId: ID!
}

"""What came of `tagConversations`."""
type TagConversationsPayload {
  """The bookmark as it now is."""
  bookmark: Bookmark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Conversations to put a bookmark on."""
input TagConversationsInput {
  """The bookmark."""
  bookmarkId: ID!

  """Conversations in your reach, 1 to 100."""
  conversationIds: [ID!]!
}

"""What came of `untagConversations`."""
type UntagConversationsPayload {
  """The bookmark as it now is."""
  bookmark: Bookmark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Conversations to take a bookmark off."""
input UntagConversationsInput {
  """The bookmark."""
  bookmarkId: ID!

  """Conversations in your reach, 1 to 100."""
  conversationIds: [ID!]!
}

"""What came of `updateWorkspace`."""
type UpdateWorkspacePayload {
  """The workspace as it now is."""
  workspace: Workspace

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Settings to change; what is left out stays."""
input UpdateWorkspaceInput {
  """The version when you read them."""
  expectedVersion: Int!

  """
  IANA time zone. Sums of scores by day are counted anew, which may take long.
  """
  timeZone: String = null

  """Whether agents accept or dispute manual evaluations."""
  acceptAndDispute: Boolean = null

  """Whether Auto QA scores conversations."""
  autoQa: Boolean = null

  """Whether agents read `Anonymous` instead of an auditor\'s name."""
  hideAuditorDetails: Boolean = null
}

"""What came of `updateEvaluationFormAuditors`."""
type UpdateEvaluationFormAuditorsPayload {
  """The form as it now is."""
  evaluationForm: EvaluationForm

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Who settles disputes of a version of a form."""
input UpdateEvaluationFormAuditorsInput {
  """Version of the form."""
  formId: ID!

  """
  The whole pool, at most 100 supervisors and QA users; empty for everybody.
  """
  userIds: [ID!]!

  """The pool when you read it. Left out, yours replaces whatever there is."""
  expectedUserIds: [ID!] = null
}

"""What came of `saveEvaluationDraft`."""
type SaveEvaluationDraftPayload {
  """The draft as it now is."""
  draft: EvaluationDraft

  """Why nothing was saved."""
  errors: [UserError!]!
}

"""A manual evaluation that only you see."""
input SaveEvaluationDraftInput {
  """Conversation to score."""
  conversationId: ID!

  """
  Form to score by; without it that of the evaluation, or else the active one of the conversation's queue and channel.
  """
  formId: ID = null

  """The scores so far; metrics may be left out."""
  scores: [MetricScoreInput!]!

  """What to say about it all."""
  comment: String = null

  """The draft\'s version when you read it."""
  expectedVersion: Int = null
}

"""How one metric is scored."""
input MetricScoreInput {
  """Metric of the form."""
  metricId: ID!

  """
  0 for not at all to 1 for fully, with at most four decimals; null where the metric does not apply. Only a draft may leave it out.
  """
  adherence: Float

  """What to say about it."""
  comment: String = null
}

"""What came of `submitEvaluation`."""
type SubmitEvaluationPayload {
  """The evaluation as it now is."""
  evaluation: Evaluation

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A manual evaluation."""
input SubmitEvaluationInput {
  """Conversation to score."""
  conversationId: ID!

  """
  Form to score by; without it that of the evaluation, or else the active one of the conversation's queue and channel.
  """
  formId: ID = null

  """A score for every metric."""
  scores: [MetricScoreInput!]!

  """What to say about it all."""
  comment: String = null

  """
  Newest revision when you read it, to score anew; null for the first audit.
  """
  expectedRevision: Int = null

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `respondToEvaluation`."""
type RespondToEvaluationPayload {
  """The evaluation as it now is."""
  evaluation: Evaluation

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Your answer to an evaluation."""
input RespondToEvaluationInput {
  """Evaluation of yours."""
  evaluationId: ID!

  """Revision that you answer."""
  revision: Int!

  """Your answers; you accept the metrics that you do not name."""
  decisions: [MetricAnswerInput!]!
}

"""Your answer to one score."""
input MetricAnswerInput {
  """Metric of the evaluation."""
  metricId: ID!

  """Whether you accept its score."""
  decision: EvaluationAnswer!

  """Why you object; required to dispute, and only there."""
  comment: String = null
}

"""What the agent says to a score."""
enum EvaluationAnswer {
  """It is right."""
  ACCEPT

  """It is not; a supervisor is to look again."""
  DISPUTE
}

"""What came of `withdrawDispute`."""
type WithdrawDisputePayload {
  """The dispute as it now is."""
  dispute: Dispute

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A dispute to take back."""
input WithdrawDisputeInput {
  """Open dispute of yours."""
  disputeId: ID!

  """Revision that it disputes."""
  revision: Int!
}

"""What came of `resolveDispute`."""
type ResolveDisputePayload {
  """The dispute as it now is."""
  dispute: Dispute

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""What you decide about a dispute."""
input ResolveDisputeInput {
  """Open dispute."""
  disputeId: ID!

  """Revision that it disputes."""
  revision: Int!

  """A decision for every disputed metric."""
  decisions: [MetricDecisionInput!]!
}

"""What you decide about one disputed score."""
input MetricDecisionInput {
  """Disputed metric."""
  metricId: ID!

  """Whether its score stays."""
  decision: DisputeDecision!

  """
  New adherence of a revised score, 0 to 1 with at most four decimals; null where the metric does not apply. Left out where the score stays.
  """
  adherence: Float

  """Why."""
  comment: String!
}

"""What came of `reassignDispute`."""
type ReassignDisputePayload {
  """The dispute as it now is."""
  dispute: Dispute

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A dispute to hand on."""
input ReassignDisputeInput {
  """Open dispute."""
  disputeId: ID!

  """Who is to settle it: one of the dispute\'s `auditors`."""
  assigneeId: ID!

  """Its version when you read it."""
  expectedVersion: Int!
}

"""What came of `markForCoaching`."""
type MarkForCoachingPayload {
  """The new mark."""
  mark: Mark

  """With `DUPLICATE_MARK`: your mark of this agent that is there already."""
  existingMark: Mark

  """Why there is no new one."""
  errors: [UserError!]!
}

"""An evaluation that shows a need for coaching."""
input MarkForCoachingInput {
  """Evaluation of the agent and the conversation that are marked."""
  evaluationId: ID!

  """Skills that need coaching, 1 to 50."""
  areaIds: [ID!]!

  """Pending coaching group that mark and agent join."""
  groupId: ID = null

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `addConversationsToMark`."""
type AddConversationsToMarkPayload {
  """The mark as it now is."""
  mark: Mark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Conversations to add to a mark."""
input AddConversationsToMarkInput {
  """Active mark."""
  markId: ID!

  """Evaluated conversations of the same agent, 1 to 100."""
  conversationIds: [ID!]!

  """The mark\'s version when you read it."""
  expectedVersion: Int!
}

"""What came of `removeMark`."""
type RemoveMarkPayload {
  """The mark as it now is."""
  mark: Mark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A mark to take back."""
input RemoveMarkInput {
  """Active mark."""
  markId: ID!

  """Its version when you read it."""
  expectedVersion: Int!
}

"""What came of `createCoachingGroup`."""
type CreateCoachingGroupPayload {
  """The new group."""
  coachingGroup: CoachingGroup

  """Why there is none."""
  errors: [UserError!]!
}

"""A new coaching group."""
input CreateCoachingGroupInput {
  """Name, 1 to 120 characters; no other unsent group has it."""
  name: String!

  """Skills for all of it, 1 to 50."""
  areaIds: [ID!]!

  """What it is for."""
  description: String! = ""

  """
  Agents who join with their active marks that are in no group, at most 250.
  """
  agentIds: [ID!]! = []

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `updateCoachingGroup`."""
type UpdateCoachingGroupPayload {
  """The group as it now is."""
  coachingGroup: CoachingGroup

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""What to change of a coaching group; what is left out stays."""
input UpdateCoachingGroupInput {
  """Pending group."""
  groupId: ID!

  """Its version when you read it."""
  expectedVersion: Int!

  """New name."""
  name: String = null

  """New description."""
  description: String = null

  """New list of skills."""
  areaIds: [ID!] = null
}

"""What came of `deleteCoachingGroup`."""
type DeleteCoachingGroupPayload {
  """The group as it last was."""
  coachingGroup: CoachingGroup

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A coaching group to call off."""
input DeleteCoachingGroupInput {
  """Pending group."""
  groupId: ID!

  """Its version when you read it."""
  expectedVersion: Int!
}

"""What came of `addAgentsToGroup`."""
type AddAgentsToGroupPayload {
  """The group as it now is."""
  coachingGroup: CoachingGroup

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Agents to add to a coaching group."""
input AddAgentsToGroupInput {
  """Pending group."""
  groupId: ID!

  """Agents, 1 to 250."""
  agentIds: [ID!]!

  """Whether their active marks that are in no group join, too."""
  withMarks: Boolean! = true
}

"""What came of `removeAgentsFromGroup`."""
type RemoveAgentsFromGroupPayload {
  """The group as it now is."""
  coachingGroup: CoachingGroup

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Agents to take out of a coaching group."""
input RemoveAgentsFromGroupInput {
  """Pending group."""
  groupId: ID!

  """Agents in it, 1 to 250."""
  agentIds: [ID!]!
}

"""What came of `moveMarksToGroup`."""
type MoveMarksToGroupPayload {
  """The group as it now is."""
  coachingGroup: CoachingGroup

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Marks to move to a coaching group."""
input MoveMarksToGroupInput {
  """Pending group that they move to."""
  groupId: ID!

  """Active marks, 1 to 250; their agents join the group."""
  markIds: [ID!]!
}

"""What came of `assignCandidate`."""
type AssignCandidatePayload {
  """The new assignment."""
  assignment: Assignment

  """Why there is none."""
  errors: [UserError!]!
}

"""Coaching for an agent, from all of the marks that wait for it."""
input AssignCandidateInput {
  """Agent to coach."""
  agentId: ID!

  """Name of the session, 1 to 120 characters."""
  name: String!

  """Day of the follow-up: today or later, in the workspace\'s time zone."""
  followUpOn: Date!

  """Feedback: what went well."""
  strengths: String! = ""

  """Feedback: what to improve."""
  improvements: String! = ""

  """Steps to take, in order, at most 50."""
  actionPlan: [String!]! = []

  """Skills to coach, 1 to 50; those of the marks without it."""
  areaIds: [ID!] = null

  """Conversations from your bookmarks as good examples, at most 100."""
  bestResponseIds: [ID!]! = []

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `dispatchCoachingGroup`."""
type DispatchCoachingGroupPayload {
  """The group as it now is."""
  coachingGroup: CoachingGroup

  """What its agents got, by their names."""
  assignments: [Assignment!]!

  """Agents who got nothing, because they have no marked conversation."""
  skipped: [Agent!]!

  """Why it was not sent."""
  errors: [UserError!]!
}

"""A coaching group to send, and what every agent of it reads."""
input DispatchCoachingGroupInput {
  """Pending group."""
  groupId: ID!

  """
  Name of the sessions, 1 to 120 characters; agents read it, unlike the group's.
  """
  name: String!

  """Day of the follow-up: today or later, in the workspace\'s time zone."""
  followUpOn: Date!

  """The group\'s version when you read it."""
  expectedVersion: Int = null

  """Feedback: what went well."""
  strengths: String! = ""

  """Feedback: what to improve."""
  improvements: String! = ""

  """Steps to take, in order, at most 50."""
  actionPlan: [String!]! = []

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `importConversations`."""
type ImportConversationsPayload {
  """What became of each record, in the order of the input."""
  results: [ImportedRecord!]

  """
  Why nothing was imported; what is wrong with a record is in its result.
  """
  errors: [UserError!]!
}

"""What became of one record."""
type ImportedRecord {
  """The record\'s `externalId`, as it was sent."""
  externalId: String!

  """What became of it."""
  outcome: ImportOutcome!

  """Why it was rejected; null where it was not."""
  error: UserError
}

"""What became of a record."""
enum ImportOutcome {
  """It was not there before."""
  CREATED

  """It was there in other words."""
  CHANGED

  """It was there in the same words."""
  UNCHANGED

  """It was not imported; the error says why."""
  REJECTED
}

"""
Records of the import format (I1), typed; what they may say is decided by the same rules as for files. What is no such type at all, such as a missing field, refuses the whole call before anything is imported; what breaks a rule, refuses its record alone.
"""
input ImportConversationsInput {
  """
  The records, 1 to 200, of any kinds. A record may refer to what is stored, and to records of the call, wherever they stand.
  """
  records: [ImportRecord!]!

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""One record, of one kind."""
input ImportRecord @oneOf {
  """A skill."""
  attribute: ImportNamed

  """Where conversations are handled."""
  queue: ImportNamed

  """A team or experience level."""
  agentGroup: ImportNamed

  """An agent."""
  agent: ImportAgent

  """A version of an evaluation form."""
  form: ImportForm

  """A conversation, with its transcript."""
  conversation: ImportConversation

  """An evaluation by Auto QA."""
  evaluation: ImportEvaluation
}

"""Something of the workspace that has nothing but a name."""
input ImportNamed {
  """Your own id, unique for its kind."""
  externalId: String!

  """Name, 1 to 120 characters."""
  name: String!
}

"""A person whose conversations are evaluated."""
input ImportAgent {
  """Your own id, unique for its kind."""
  externalId: String!

  """The id that is shown and searched by."""
  agentId: String!

  """Name, 1 to 120 characters."""
  name: String!

  """External ids of the queues that the agent works in."""
  queues: [String!]!

  """External id of the team or experience level."""
  agentGroup: String = null
}

"""
One version of an evaluation form. A version never changes: send a newer one.
"""
input ImportForm {
  """Your own id, unique for its kind."""
  externalId: String!

  """Version, from 1."""
  version: Int!

  """Name, 1 to 120 characters."""
  name: String!

  """Channel that it is for."""
  channel: Channel!

  """External ids of the queues that it is for."""
  queues: [String!]!

  """Points from which on it is passed."""
  passScore: Float!

  """Its metrics, in order."""
  metrics: [ImportMetric!]!

  """Without one, no review is asked for."""
  disputePolicy: ImportDisputePolicy = null
}

"""One criterion of a form."""
input ImportMetric {
  """Your own id of it, unique in the form."""
  key: String!

  """Name, 1 to 120 characters."""
  name: String!

  """Weight in parts, above 0, with two decimals."""
  weight: Float!

  """What a failure takes away, 0 to `weight`, with two decimals."""
  negativeWeight: Float!

  """Whether failing it makes the whole score 0."""
  fatal: Boolean!

  """External ids of the skills that it feeds."""
  attribute: [String!]!
}

"""What an agent may do about an evaluation by a form."""
input ImportDisputePolicy {
  """Who settles a dispute."""
  routing: DisputeRouting!

  """Whether a settled metric can be disputed again."""
  allowReDisputes: Boolean!

  """Most rounds, 1 to 100."""
  maxRounds: Int!

  """Days until an unanswered review closes; none closes without."""
  reviewWindowDays: Int = null
}

"""One customer interaction of one agent; it never changes hands."""
input ImportConversation {
  """Your own id, unique for its kind."""
  externalId: String!

  """External id of the agent."""
  agent: String!

  """External id of the queue."""
  queue: String!

  """How they talked."""
  channel: Channel!

  """When it began, with offset."""
  startedAt: DateTime!

  """When it ended, with offset."""
  endedAt: DateTime!

  """The transcript, in order."""
  messages: [ImportMessage!]!

  """What it was about."""
  topic: String = null

  """What the customer wanted."""
  intent: String = null

  """The customer\'s mood, -100 to 100."""
  sentimentScore: Float = null

  """AI insights, in order."""
  insights: [ImportInsight!] = null
}

"""One utterance of a transcript."""
input ImportMessage {
  """Who says it."""
  speaker: Speaker!

  """When, with offset."""
  at: DateTime!

  """What is said, at most 10,000 characters."""
  text: String!
}

"""An AI insight of yours, shown as it is."""
input ImportInsight {
  """Its title, 1 to 120 characters."""
  title: String!

  """What it says, at most 10,000 characters."""
  text: String!
}

"""A form filled in by Auto QA; its total is computed here."""
input ImportEvaluation {
  """Your own id, unique for its kind."""
  externalId: String!

  """External id of the conversation."""
  conversation: String!

  """External id of the form."""
  form: String!

  """Version of the form."""
  formVersion: Int!

  """When it was scored, with offset."""
  evaluatedAt: DateTime!

  """Each metric of the form, once."""
  metrics: [ImportAdherence!]!
}

"""How far one metric was kept."""
input ImportAdherence {
  """The metric\'s key."""
  key: String!

  """0 for not at all to 1 for fully; null where it did not apply."""
  adherence: Float = null
}

"""What is told when it happens, one field to an operation."""
type Subscription {
  """Coaching in your reach that was assigned or has changed."""
  assignmentChanged(
    """This assignment only."""
    id: ID = null

    """This agent\'s only."""
    agentId: ID = null
  ): AssignmentChanged!

  """Evaluations in your reach that were made or have changed."""
  evaluationChanged(
    """This evaluation only."""
    id: ID = null

    """This agent\'s only."""
    agentId: ID = null
  ): EvaluationChanged!

  """
  Coaching groups in your reach that were made, changed, sent or deleted.
  """
  coachingGroupChanged(
    """This coaching group only."""
    id: ID = null
  ): CoachingGroupChanged!

  """
  Agents in your reach whose marks have changed, so that the list of candidates may have.
  """
  candidatesChanged: CandidatesChanged!
}

"""An assignment was made, or changed."""
type AssignmentChanged {
  """Id of the assignment."""
  assignmentId: ID!

  """The assignment as it is now; null where you reach it no more."""
  assignment: Assignment
}

"""An evaluation was made or scored anew, answered, or settled."""
type EvaluationChanged {
  """Id of the evaluation."""
  evaluationId: ID!

  """The evaluation as it is now; null where you reach it no more."""
  evaluation: Evaluation
}

"""A coaching group was made, changed, sent or deleted."""
type CoachingGroupChanged {
  """Id of the coaching group."""
  coachingGroupId: ID!

  """
  The coaching group as it is now; null where it is deleted, or out of reach.
  """
  coachingGroup: CoachingGroup
}

"""
Agents may have become candidates, or have other marks, or be candidates no more.
"""
type CandidatesChanged {
  """
  Id of the agent; null where a coaching group changed: read the list anew.
  """
  agentId: ID

  """
  The candidate as they are now; null where the agent is none, or none is named.
  """
  candidate: CoachingCandidate
}
'''

snapshots['test_a_change_of_a_view_shows_in_its_snapshot[supervisor] sdl of supervisor'] = '''"""A row of the Assignments tab: coaching that was assigned."""
interface AssignedCoaching implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the coaching session."""
  name: String!

  """When it was assigned."""
  assignedAt: DateTime

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date

  """Skills that are coached."""
  areas: [Attribute!]!

  """Number of conversations to review."""
  conversationCount: Int!

  """Where it stands."""
  status: AssignmentStatus

  """The coaching of each agent, by the agent\'s name."""
  agentAssignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AssignmentConnection!
}

"""An object with an id."""
interface Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!
}

"""Date with time (isoformat)"""
scalar DateTime

"""Date (isoformat)"""
scalar Date

"""A skill: what is scored, and what is coached."""
type Attribute implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the skill."""
  name: String!
}

"""Where coaching stands."""
enum AssignmentStatus {
  """The agent has reviewed nothing yet."""
  YET_TO_START

  """The agent has reviewed something."""
  IN_PROGRESS

  """A manual evaluation waits for the agent to accept or dispute."""
  PENDING_AGENT_REVIEW

  """A dispute waits for a supervisor."""
  PENDING_SUPERVISOR_REVIEW

  """Everything is reviewed."""
  COMPLETED

  """Called off. Lists leave it out unless asked for."""
  CANCELLED
}

"""A page of a list."""
type AssignmentConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AssignmentEdge!]!

  """The page\'s objects."""
  nodes: [Assignment!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AssignmentEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Assignment!
}

"""One agent\'s coaching."""
type Assignment implements AssignedCoaching & Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the coaching session."""
  name: String!

  """When it was assigned."""
  assignedAt: DateTime!

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date!

  """Skills that are coached."""
  areas: [Attribute!]!

  """Number of conversations to review."""
  conversationCount: Int!

  """Where it stands."""
  status: AssignmentStatus!

  """The coaching of each agent, by the agent\'s name."""
  agentAssignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AssignmentConnection!

  """Feedback: what went well."""
  strengths: String!

  """Feedback: what to improve."""
  improvements: String!

  """When it was cancelled; null while it stands."""
  cancelledAt: DateTime

  """Counts up with every change of content; a change names it."""
  version: Int!

  """Number of conversations and best responses to review."""
  itemsTotal: Int!

  """Number of them that the agent has reviewed."""
  itemsReviewed: Int!

  """Number of its manual evaluations that wait for the agent."""
  agentTurns: Int!

  """Number of its manual evaluations that wait for a supervisor."""
  supervisorTurns: Int!

  """Agent who is coached."""
  agent: Agent!

  """Conversations to review, in order."""
  conversations: [AssignmentConversation!]!

  """Good examples to look at, in order."""
  bestResponses: [BestResponse!]!

  """Steps to take, in order."""
  actionPlan: [ActionStep!]!

  """Name of who assigned it."""
  assignedBy: String!

  """Reviews of the manual evaluations of its conversations."""
  review: ReviewSection!

  """How the agent\'s score changed in each skill that is coached."""
  progress: [AttributeProgress!]!

  """What you may do to it now."""
  viewerActions: [ViewerAction!]!
}

"""A person whose conversations are evaluated."""
type Agent implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """The organisation\'s own id for this person."""
  agentId: String!

  """Name of the person."""
  name: String!

  """Team or experience level."""
  agentGroup: AgentGroup

  """Queues that this person works in."""
  queues: [Queue!]!
}

"""
A team or experience level in the organisation; has nothing to do with coaching.
"""
type AgentGroup implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the team or level."""
  name: String!
}

"""Where conversations are handled."""
type Queue implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the queue."""
  name: String!
}

"""A conversation that the agent is to review."""
type AssignmentConversation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Place in the list, from 1."""
  position: Int!

  """When the agent reviewed it first; null while they have not."""
  reviewedAt: DateTime

  """The conversation."""
  conversation: Conversation!

  """Skills that are coached with it."""
  areas: [Attribute!]!
}

"""One customer interaction of one agent."""
type Conversation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """When it began."""
  startedAt: DateTime!

  """When it ended."""
  endedAt: DateTime!

  """Channel that it came by."""
  channel: Channel!

  """What it was about."""
  topic: String

  """What the customer wanted."""
  intent: String

  """Customer\'s sentiment, -100 to 100."""
  sentimentScore: Float

  """Total of Auto QA\'s evaluation, in points; null without one."""
  koreEvaluationScore: Float

  """
  Total of the manual evaluation's newest revision, in points; null without one.
  """
  supervisorAuditScore: Float

  """Agent who handled it."""
  agent: Agent

  """Queue that it was handled in."""
  queue: Queue!

  """What was said, in order."""
  transcript: [Message!]!

  """AI insights, in the sender\'s order."""
  insights: [Insight!]!

  """Its evaluations, at most one by Auto QA and one manual."""
  evaluations: [Evaluation!]!

  """Coaching that contains it, newest first, for its feedback."""
  assignments: [Assignment!]!

  """Your bookmarks on it, by name."""
  bookmarks: [Bookmark!]!

  """Your own manual evaluation that is not submitted; null without one."""
  evaluationDraft: EvaluationDraft
}

"""How customer and agent talk."""
enum Channel {
  """In writing, live."""
  CHAT

  """By e-mail."""
  EMAIL

  """On the telephone."""
  VOICE
}

"""One utterance of a transcript."""
type Message {
  """Place in the transcript, from 1."""
  position: Int!

  """Who says it."""
  speaker: Speaker!

  """When it was said."""
  sentAt: DateTime!

  """What was said."""
  text: String!
}

"""Who says a message."""
enum Speaker {
  """The agent."""
  AGENT

  """The customer."""
  CUSTOMER
}

"""An AI insight, as the sender gave it."""
type Insight {
  """What it is about."""
  title: String!

  """What it says."""
  text: String!
}

"""A tag of your own on conversations; nobody else sees it."""
type Bookmark implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name, unique among your bookmarks in any case."""
  name: String!

  """Colour as #rrggbb."""
  colour: String!

  """When it was made."""
  createdAt: DateTime!

  """Number of conversations in reach that carry it."""
  conversationCount: Int!

  """Conversations in reach that carry it, newest first."""
  conversations(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null
  ): ConversationConnection!
}

"""A page of a list."""
type ConversationConnection {
  """The page\'s objects, each with its cursor."""
  edges: [ConversationEdge!]!

  """The page\'s objects."""
  nodes: [Conversation!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type ConversationEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Conversation!
}

"""Where a page lies in its list."""
type PageInfo {
  """Whether the list goes on behind the page."""
  hasNextPage: Boolean!

  """Whether the list has more in front of the page."""
  hasPreviousPage: Boolean!

  """Cursor of the page\'s first object; null on an empty page."""
  startCursor: String

  """Cursor of the page\'s last object; null on an empty page."""
  endCursor: String
}

"""A manual evaluation that only its author sees."""
type EvaluationDraft {
  """The form."""
  form: EvaluationForm!

  """What you wrote about it all."""
  comment: String

  """When you saved it."""
  savedAt: DateTime!

  """Counts up each time you save it."""
  version: Int!

  """The scores so far."""
  scores: [DraftScore!]!
}

"""One version of a form; only its pool changes."""
type EvaluationForm implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Name of the form."""
  name: String!

  """Number of the version."""
  formVersion: Int!

  """Channel that it is for."""
  channel: Channel!

  """Points from which an evaluation is passed."""
  passScore: Float!

  """Who settles disputes; null where scores can\'t be disputed."""
  disputeRouting: DisputeRouting

  """Whether a settled score may be disputed again."""
  allowReDisputes: Boolean!

  """Most rounds of a dispute, in total."""
  maxDisputeRounds: Int!

  """Days that an agent has to answer; null for any time."""
  reviewWindowDays: Int

  """
  Its pool: who settles disputes where another auditor is to. Empty is everybody.
  """
  auditors: [User!]!

  """Its metrics, in order."""
  metrics: [Metric!]!

  """Queues that it is for."""
  queues: [Queue!]!
}

"""Who settles a dispute."""
enum DisputeRouting {
  """The auditor who scored."""
  SAME_AUDITOR

  """Another auditor: of the form\'s pool, or any if it names nobody."""
  DIFFERENT_AUDITOR
}

"""Somebody who audits."""
type User {
  """Opaque id, to name them by."""
  id: ID!

  """Name."""
  name: String!
}

"""One criterion of an evaluation form."""
type Metric implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """The sender\'s own name for it, unique in its form."""
  key: String!

  """What is asked."""
  name: String!

  """Weight among the form\'s metrics: a part, not percent."""
  weight: Float!

  """What failing it takes away, in the same parts."""
  negativeWeight: Float!

  """Whether failing it makes the whole score 0."""
  fatal: Boolean!

  """Skills that it says something about."""
  attributes: [Attribute!]!
}

"""How one metric is scored in a draft."""
type DraftScore {
  """Id of the metric."""
  metricId: ID!

  """Whether it is scored yet."""
  scored: Boolean!

  """0 for not at all to 1 for fully; null where the metric does not apply."""
  adherence: Float

  """What you wrote about it."""
  comment: String
}

"""A good example that the agent is to look at."""
type BestResponse implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Place in the list, from 1."""
  position: Int!

  """When the agent looked at it first; null while they have not."""
  reviewedAt: DateTime

  """What was said."""
  example: Example!

  """The whole conversation."""
  conversation: Conversation
}

"""A conversation as a good example: what was said, not who said it."""
type Example implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """When it began."""
  startedAt: DateTime!

  """When it ended."""
  endedAt: DateTime!

  """Channel that it came by."""
  channel: Channel!

  """What it was about."""
  topic: String

  """What the customer wanted."""
  intent: String

  """Queue that it was handled in."""
  queue: Queue!

  """What was said, in order."""
  transcript: [Message!]!
}

"""A step of an action plan."""
type ActionStep {
  """Place in the plan, from 1."""
  position: Int!

  """What to do."""
  text: String!
}

"""Reviews of the manual evaluations of an assignment\'s conversations."""
type ReviewSection {
  """
  Those that wait for the agent or for a supervisor, last evaluated first.
  """
  pending: [ReviewItem!]!

  """Those of them that were disputed, last evaluated first."""
  disputes: [ReviewItem!]!

  """Those that are resolved or closed, last evaluated first."""
  resolved: [ReviewItem!]!
}

"""A manual evaluation as the review section shows it."""
type ReviewItem {
  """The evaluation."""
  evaluation: Evaluation!

  """The conversation, with its date and time, queue, topic and intent."""
  conversation: Conversation

  """Total of the newest revision, in points; null without one."""
  supervisorAuditScore: Float

  """Whose turn it is, or how it ended."""
  reviewStatus: ReviewState!

  """Number of dispute rounds that are completed."""
  disputeRounds: Int!

  """When the review ended; null while it goes on."""
  completedAt: DateTime
}

"""Where the review of a manual evaluation stands."""
enum ReviewState {
  """Scored; no review is asked for."""
  AUDITED

  """It is the agent\'s turn to accept or dispute."""
  PENDING_AGENT_REVIEW

  """It is a supervisor\'s turn to settle a dispute."""
  PENDING_SUPERVISOR_REVIEW

  """Accepted, or the dispute was withdrawn."""
  RESOLVED

  """Settled for good."""
  CLOSED
}

"""How an agent\'s score in a coached skill changed."""
type AttributeProgress {
  """The skill."""
  attribute: Attribute!

  """Its score at the assigned date and now."""
  score: ScoreChange!
}

"""A score at the assigned date and now, each over 7 days."""
type ScoreChange {
  """
  Score over the 7 days before the assigned date, in points; null without data.
  """
  atAssignedDate: Float

  """Score over today and the 6 days before, in points; null without data."""
  current: Float

  """Current minus assigned date, in points; null where one of them is."""
  difference: Float

  """Which way it went; null where there is no difference."""
  trend: ScoreTrend
}

"""Which way a score went since the assigned date."""
enum ScoreTrend {
  """Up."""
  SPIKE

  """Down."""
  DIP

  """Neither."""
  NO_CHANGE
}

"""Whether you may do something now."""
type ViewerAction {
  """What to do."""
  action: ViewerActionName!

  """Whether you may do it now."""
  allowed: Boolean!

  """Why not; null where you may."""
  reason: ErrorCode
}

"""
Something that may be done to an object: the mutation of the same name.
"""
enum ViewerActionName {
  """See `submitEvaluation`."""
  SUBMIT_EVALUATION

  """See `resolveDispute`."""
  RESOLVE_DISPUTE

  """See `reassignDispute`."""
  REASSIGN_DISPUTE
}

"""Why a write was refused. A refusal changes nothing."""
enum ErrorCode {
  """The coaching was cancelled."""
  ALREADY_CANCELLED

  """The coaching is completed."""
  ALREADY_COMPLETED

  """The dispute is not open any more."""
  DISPUTE_NOT_OPEN

  """You may not do this to this object."""
  FORBIDDEN

  """The idempotency key was used with another input."""
  IDEMPOTENCY_KEY_REUSED

  """A value is not allowed; the message says why."""
  INVALID

  """A mark is not active, or not of this agent."""
  MARK_NOT_ACTIVE

  """Another of yours has this name."""
  NAME_TAKEN

  """A best response is not among your bookmarked conversations."""
  NOT_BOOKMARKED

  """A metric can\'t be disputed in this round."""
  NOT_DISPUTABLE

  """A conversation has no evaluation."""
  NOT_EVALUATED

  """You reach no such object."""
  NOT_FOUND

  """The evaluation does not wait for the agent."""
  NOT_WAITING_FOR_AGENT

  """Nobody else could settle the dispute."""
  NO_AUDITOR

  """A conversation is another agent\'s."""
  OTHER_AGENT

  """The review of the evaluation is closed for good."""
  REVIEW_CLOSED

  """Somebody changed the object since you read it."""
  STALE

  """The evaluation has a newer revision than the one you answer."""
  STALE_EVALUATION

  """The evaluation waits for the agent."""
  WAITING_FOR_AGENT
}

"""Number of assignments with a status."""
type StatusCount {
  """The status."""
  status: AssignmentStatus!

  """How many have it."""
  count: Int!
}

"""A scored form for one conversation, at its newest revision."""
type Evaluation implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Who scored."""
  source: EvaluationSource!

  """When it was scored first."""
  evaluatedAt: DateTime!

  """Number of the newest revision."""
  revision: Int!

  """Total in points, -100 to 100; null where no metric applied."""
  total: Float

  """Whether the total reached the form\'s pass score; null without a total."""
  passed: Boolean

  """Where its review stands; null for Auto QA."""
  reviewState: ReviewState

  """When an unanswered review closes; null where it does not."""
  reviewUntil: DateTime

  """Dispute rounds so far."""
  disputeRounds: Int!

  """When its review ended; null while it goes on, or never began."""
  completedAt: DateTime

  """The form."""
  form: EvaluationForm!

  """Agent who was scored."""
  agent: Agent

  """Conversation that was scored."""
  conversation: Conversation

  """Scores of the newest revision, in the form\'s order."""
  scores: [MetricScore!]!

  """All revisions, oldest first."""
  revisions: [EvaluationRevision!]!

  """Rounds of disputes, first to last."""
  disputes: [Dispute!]!

  """What was done with it, oldest first."""
  history: [AuditEntry!]!

  """Name of who scored; `Auto QA` for the product itself."""
  evaluatedBy: String!

  """Metrics that the agent can dispute now, in the form\'s order."""
  disputableMetrics: [Metric!]!

  """What you may do to it now; nothing to Auto QA\'s."""
  viewerActions: [ViewerAction!]!
}

"""Who scored."""
enum EvaluationSource {
  """Auto QA."""
  AUTO

  """A supervisor or QA user."""
  MANUAL
}

"""How one metric of an evaluation was scored."""
type MetricScore {
  """The metric."""
  metric: Metric!

  """0 for not at all to 1 for fully; null where the metric did not apply."""
  adherence: Float

  """What it adds to the total, in points; null where it did not apply."""
  points: Float

  """What the auditor wrote about it."""
  comment: String
}

"""One complete scoring of an evaluation."""
type EvaluationRevision {
  """Number of the revision, from 1."""
  number: Int!

  """Why it was written."""
  reason: RevisionReason!

  """When it was written."""
  createdAt: DateTime!

  """Total in points, -100 to 100; null where no metric applied."""
  total: Float

  """Whether the total reached the form\'s pass score; null without a total."""
  passed: Boolean

  """What the auditor wrote about it."""
  comment: String

  """Name of who scored; `Auto QA` for the product itself."""
  evaluatedBy: String!

  """Its scores, in the form\'s order."""
  scores: [MetricScore!]!
}

"""Why a revision was written."""
enum RevisionReason {
  """The first scoring."""
  AUDIT

  """Somebody scored anew."""
  RE_AUDIT

  """A dispute was settled."""
  RESOLUTION

  """The sender sent it anew."""
  RE_IMPORT
}

"""One round of an agent\'s objection to a manual evaluation."""
type Dispute implements Node {
  """Opaque id, the same for ever and known to `node`."""
  id: ID!

  """Number of the round, from 1."""
  round: Int!

  """Number of the revision that is disputed."""
  revision: Int!

  """Where it stands."""
  state: DisputeState!

  """When the agent opened it."""
  openedAt: DateTime!

  """When it was settled or withdrawn; null while it is open."""
  closedAt: DateTime

  """Counts up with every change; a change of the assignee names it."""
  version: Int!

  """The evaluation."""
  evaluation: Evaluation

  """What is disputed, in the form\'s order."""
  metrics: [DisputedMetric!]!

  """Name of who is to settle it."""
  assignee: String!

  """Those who may settle it, by name."""
  auditors: [Auditor!]!

  """What you may do to it now."""
  viewerActions: [ViewerAction!]!
}

"""Where a round of a dispute stands."""
enum DisputeState {
  """It waits for a supervisor."""
  OPEN

  """A supervisor decided."""
  RESOLVED

  """The agent took it back."""
  WITHDRAWN
}

"""A disputed score, and what was decided about it."""
type DisputedMetric {
  """The metric."""
  metric: Metric!

  """Why the agent objects."""
  comment: String!

  """What was decided; null while the dispute is open, or if withdrawn."""
  decision: DisputeDecision

  """The new adherence, where it was revised; null if not applicable."""
  newAdherence: Float

  """Why it was decided so."""
  decisionComment: String
}

"""What is decided about a disputed score."""
enum DisputeDecision {
  """It stays."""
  UPHOLD

  """It is changed."""
  REVISE
}

"""Somebody who may settle a dispute."""
type Auditor {
  """Opaque id, to name them by."""
  id: ID!

  """Name."""
  name: String!

  """Open disputes that they are to settle."""
  openDisputes: Int!
}

"""Who did what, and when."""
type AuditEntry {
  """When it was done."""
  at: DateTime!

  """What was done."""
  action: AuditAction!

  """Agent whom it is about; null where it is nobody\'s."""
  agent: Agent

  """Coaching that it is about; null where it is about none in reach."""
  assignment: Assignment

  """Evaluation that it is about; null where it is about none in reach."""
  evaluation: Evaluation

  """Name of who did it; `system` for the product itself."""
  actor: String!

  """Values that were changed."""
  changes: [AuditChange!]!
}

"""What was done."""
enum AuditAction {
  """Coaching was assigned."""
  ASSIGNMENT_CREATED

  """Coaching was changed."""
  ASSIGNMENT_UPDATED

  """Coaching was cancelled."""
  ASSIGNMENT_CANCELLED

  """The agent reviewed a conversation."""
  CONVERSATION_REVIEWED

  """The agent looked at a best response."""
  BEST_RESPONSE_REVIEWED

  """A manual evaluation was submitted."""
  EVALUATION_SUBMITTED

  """A manual evaluation was scored anew."""
  EVALUATION_RE_AUDITED

  """The agent answered an evaluation."""
  EVALUATION_ANSWERED

  """The agent disputed scores."""
  DISPUTE_OPENED

  """A dispute was settled."""
  DISPUTE_RESOLVED

  """The agent withdrew a dispute."""
  DISPUTE_WITHDRAWN

  """A dispute was given to somebody else."""
  DISPUTE_REASSIGNED

  """A review was closed, unanswered."""
  REVIEW_CLOSED

  """The pool of auditors of an evaluation form was changed."""
  FORM_UPDATED

  """The workspace\'s settings were changed."""
  WORKSPACE_UPDATED
}

"""A value that was changed."""
type AuditChange {
  """Name of what was changed."""
  field: String!

  """Its value before, as JSON; null where it had none."""
  before: String

  """
  Its value after, as JSON; null where it has none. Objects are told by id.
  """
  after: String
}

"""Everything that can be read."""
type Query {
  """Who is asking."""
  viewer: Viewer!

  """The workspace that you belong to."""
  workspace: Workspace!

  """The object with this id; null where you reach none."""
  node(
    """Id of the object."""
    id: ID!
  ): Node

  """
  The objects with these ids, in order; null for each that you do not reach.
  """
  nodes(
    """Ids of the objects, at most 100."""
    ids: [ID!]!
  ): [Node]!

  """Coaching in your reach, newest first unless told otherwise."""
  assignments(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which coaching."""
    filter: AssignmentFilter = null

    """In which order."""
    orderBy: AssignmentOrder = null
  ): AssignedCoachingConnection!

  """The assignment with this id; null where you reach none."""
  assignment(
    """Id of the assignment."""
    id: ID!
  ): Assignment

  """Conversations in your reach, newest first: an agent\'s Evaluation tab."""
  conversations(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which conversations."""
    filter: ConversationFilter = null
  ): ConversationConnection!

  """The conversation with this id; null where you reach none."""
  conversation(
    """Id of the conversation."""
    id: ID!
  ): Conversation

  """Agents in your reach, by name."""
  agents(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in name or agent id, in any case."""
    search: String = null
  ): AgentConnection!

  """The agent with this id; null where you reach none."""
  agent(
    """Id of the agent."""
    id: ID!
  ): Agent

  """Teams and levels, by name."""
  agentGroups(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): AgentGroupConnection!

  """Skills, by name."""
  attributes(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): AttributeConnection!

  """Queues in your reach, by name."""
  queues(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): QueueConnection!

  """Evaluation forms, by name."""
  evaluationForms(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): EvaluationFormConnection!

  """Your bookmarks, by name; none where Auto QA is off."""
  bookmarks(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Only those with this text in the name, in any case."""
    search: String = null
  ): BookmarkConnection!

  """
  Who did what to what is in your reach, newest first unless told otherwise.
  """
  auditHistory(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which entries."""
    filter: AuditFilter = null

    """From the oldest to the newest."""
    oldestFirst: Boolean! = false
  ): AuditEntryConnection!

  """
  Coaching in your reach with the agents' scores; by assigned date the newest first, by follow-up date the earliest.
  """
  coachingMonitor(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which coaching."""
    filter: MonitorFilter = null
  ): CoachingMonitorRowConnection!

  """
  Agents in your reach with evaluations by Auto QA, the highest score first; with `last`, the lowest scores of the list. Empty where Auto QA is off.
  """
  agentLeaderboard(
    """How many to give, from the start or behind `after`: 1 to 100."""
    first: Int = null

    """Cursor behind which the page begins."""
    after: String = null

    """How many to give, from the end or in front of `before`: 1 to 100."""
    last: Int = null

    """Cursor in front of which the page ends."""
    before: String = null

    """Which agents."""
    filter: AgentLeaderboardFilter = null
  ): AgentLeaderboardRowConnection!

  """Figures about the coaching in your reach."""
  dashboard: Dashboard!
}

"""Who is asking: the signed-in user."""
type Viewer {
  """Name."""
  name: String!

  """E-mail address."""
  email: String!

  """What they are."""
  role: Role!

  """What they may do."""
  permissions: [Permission!]!

  """Workspace that they belong to."""
  workspace: Workspace!

  """The agent who is signed in; null for everybody else."""
  agent: Agent
}

"""What somebody is."""
enum Role {
  """Handles conversations, and is coached."""
  AGENT

  """Coaches agents."""
  SUPERVISOR

  """Audits conversations."""
  QA

  """A machine of another organisation."""
  PARTNER
}

"""What somebody may do."""
enum Permission {
  """See one\'s own dashboard."""
  AGENT_DASHBOARD

  """See coaching assignments."""
  COACHING_ASSIGNMENTS

  """See what one is marked for."""
  MARKED_FOR_COACHING_VIEW

  """Manage coaching."""
  QA_FUNCTIONALITIES

  """Reach every queue of the workspace."""
  CROSS_QUEUE_DATA_ACCESS

  """Change the workspace\'s settings."""
  MANAGE_SETTINGS

  """Send conversations in."""
  IMPORT_CONVERSATIONS
}

"""Your organisation, and how it uses the product."""
type Workspace {
  """Name."""
  name: String!

  """IANA time zone that its days are in."""
  timeZone: String!

  """Whether agents accept or dispute manual evaluations."""
  acceptAndDispute: Boolean!

  """Whether Auto QA scores conversations."""
  autoQa: Boolean!

  """Whether agents read `Anonymous` instead of an auditor\'s name."""
  hideAuditorDetails: Boolean!

  """Counts up with every change of settings; a change names it."""
  version: Int!
}

"""A page of a list."""
type AssignedCoachingConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AssignedCoachingEdge!]!

  """The page\'s objects."""
  nodes: [AssignedCoaching!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AssignedCoachingEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AssignedCoaching!
}

"""Which coaching. Conditions combine by and, lists inside by or."""
input AssignmentFilter {
  """With one of these; without it, all but cancelled coaching."""
  statuses: [AssignmentStatus!] = null

  """With one of these skills."""
  areaIds: [ID!] = null
}

"""What to sort by, and which way."""
input AssignmentOrder {
  """What to sort by."""
  by: AssignmentSort! = ASSIGNED_AT

  """From the last to the first: newest, latest, Z to A."""
  descending: Boolean! = true
}

"""What coaching can be sorted by."""
enum AssignmentSort {
  """When it was assigned."""
  ASSIGNED_AT

  """When it is followed up."""
  FOLLOW_UP_ON

  """Its name."""
  NAME

  """Its status, from not started to cancelled; then when it was assigned."""
  STATUS
}

"""Which conversations. Conditions combine by and, lists inside by or."""
input ConversationFilter {
  """Of these agents."""
  agentIds: [ID!] = null

  """Of these queues."""
  queueIds: [ID!] = null

  """Begun then or later."""
  startedFrom: DateTime = null

  """Begun earlier than that."""
  startedBefore: DateTime = null

  """With at least so many points from Auto QA."""
  koreScoreFrom: Float = null

  """With at most so many points from Auto QA."""
  koreScoreTo: Float = null

  """With at least so many points from the audit."""
  auditScoreFrom: Float = null

  """With at most so many points from the audit."""
  auditScoreTo: Float = null
}

"""A page of a list."""
type AgentConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AgentEdge!]!

  """The page\'s objects."""
  nodes: [Agent!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AgentEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Agent!
}

"""A page of a list."""
type AgentGroupConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AgentGroupEdge!]!

  """The page\'s objects."""
  nodes: [AgentGroup!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AgentGroupEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AgentGroup!
}

"""A page of a list."""
type AttributeConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AttributeEdge!]!

  """The page\'s objects."""
  nodes: [Attribute!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AttributeEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Attribute!
}

"""A page of a list."""
type QueueConnection {
  """The page\'s objects, each with its cursor."""
  edges: [QueueEdge!]!

  """The page\'s objects."""
  nodes: [Queue!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type QueueEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Queue!
}

"""A page of a list."""
type EvaluationFormConnection {
  """The page\'s objects, each with its cursor."""
  edges: [EvaluationFormEdge!]!

  """The page\'s objects."""
  nodes: [EvaluationForm!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type EvaluationFormEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: EvaluationForm!
}

"""A page of a list."""
type BookmarkConnection {
  """The page\'s objects, each with its cursor."""
  edges: [BookmarkEdge!]!

  """The page\'s objects."""
  nodes: [Bookmark!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type BookmarkEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: Bookmark!
}

"""A page of a list."""
type AuditEntryConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AuditEntryEdge!]!

  """The page\'s objects."""
  nodes: [AuditEntry!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AuditEntryEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AuditEntry!
}

"""Which entries. Conditions combine by and, lists inside by or."""
input AuditFilter {
  """About these agents."""
  agentIds: [ID!] = null

  """About this coaching."""
  assignmentIds: [ID!] = null

  """About these evaluations."""
  evaluationIds: [ID!] = null

  """Of these kinds of writes."""
  actions: [AuditAction!] = null

  """Done then or later."""
  from: DateTime = null

  """Done earlier than that."""
  before: DateTime = null
}

"""Why a write was refused."""
type UserError {
  """What to tell it apart by."""
  code: ErrorCode!

  """What to tell a person."""
  message: String!

  """
  Way into the input to the value that it is about; empty for the whole input.
  """
  path: [String!]!
}

"""A page of a list."""
type CoachingMonitorRowConnection {
  """The page\'s objects, each with its cursor."""
  edges: [CoachingMonitorRowEdge!]!

  """The page\'s objects."""
  nodes: [CoachingMonitorRow!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type CoachingMonitorRowEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: CoachingMonitorRow!
}

"""One agent\'s coaching, with how the agent scores."""
type CoachingMonitorRow {
  """The coaching."""
  assignment: Assignment!

  """Agent who is coached."""
  agent: Agent!

  """When it was assigned."""
  assignedAt: DateTime!

  """Day of the follow-up, in the workspace\'s time zone."""
  followUpOn: Date!

  """Skills that are coached."""
  attributes: [Attribute!]!

  """
  The agent's current score by their scorecard, in points, over today and the 6 days before; null without data, scorecard or Auto QA.
  """
  agentScorecardScore: Float

  """
  Current mean of the agent's evaluations by Auto QA, in points, over today and the 6 days before; null without data or Auto QA.
  """
  koreEvaluationScore: Float

  """The same at the assigned date, and what changed since."""
  compare: MonitorComparison!
}

"""The agent\'s scores at the assigned date and now."""
type MonitorComparison {
  """Score by the agent\'s scorecard."""
  agentScorecard: ScoreChange!

  """Mean of Auto QA\'s evaluations."""
  koreEvaluation: ScoreChange!
}

"""Which coaching. Conditions combine by and, lists inside by or."""
input MonitorFilter {
  """By date; without it, what was assigned in the last 7 days."""
  date: MonitorDateFilter = null

  """With one of these skills."""
  attributeIds: [ID!] = null

  """Of agents of these teams or levels."""
  agentGroupIds: [ID!] = null

  """Of these agents."""
  agentIds: [ID!] = null
}

"""Which of its two dates coaching is looked for by."""
input MonitorDateFilter @oneOf {
  """
  Day that it was assigned; today and the 6 days before, if none is named.
  """
  assignedOn: MonitorDays

  """Day of its follow-up; today, if none is named."""
  followUpOn: MonitorDays
}

"""
Days of the workspace's time zone, both included. Without one, that end is open; without both, the filter's own default holds.
"""
input MonitorDays {
  """The first of them."""
  from: Date = null

  """The last of them."""
  to: Date = null
}

"""A page of a list."""
type AgentLeaderboardRowConnection {
  """The page\'s objects, each with its cursor."""
  edges: [AgentLeaderboardRowEdge!]!

  """The page\'s objects."""
  nodes: [AgentLeaderboardRow!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!

  """How many objects the whole list has; counted only when asked."""
  totalCount: Int!
}

"""An object in a list, with its place."""
type AgentLeaderboardRowEdge {
  """Opaque place of the object in this list."""
  cursor: String!

  """The object."""
  node: AgentLeaderboardRow!
}

"""An agent in a ranking."""
type AgentLeaderboardRow {
  """Place, from 1; agents of equal scores share theirs."""
  rank: Int!

  """The agent."""
  agent: Agent!

  """Number of evaluations by Auto QA with a score."""
  evaluationCount: Int!

  """Mean of the evaluations by Auto QA, in points."""
  koreEvaluationScore: Float

  """
  Score by the agent's scorecard over the same days, in points; null without data or scorecard.
  """
  agentScorecardScore: Float
}

"""
Which agents, over which days. Conditions combine by and, lists inside by or.
"""
input AgentLeaderboardFilter {
  """First day, of the workspace\'s time zone; without days, the last 7."""
  from: Date = null

  """Last day; at most 92 days in all."""
  to: Date = null

  """Agents who work in one of these queues."""
  queueIds: [ID!] = null

  """Agents of these teams or levels."""
  agentGroupIds: [ID!] = null
}

"""
Figures about the coaching in your reach. Each is counted only when selected.
"""
type Dashboard {
  """
  Number of agents with coaching that is neither completed nor cancelled; each counts once, whatever coaching they have.
  """
  agentsInCoaching: Int!

  """
  Number of assignments by status, each agent's counted, in the order of status.
  """
  assignmentsByStatus: [StatusCount!]!

  """
  Number of assignments that are neither completed nor cancelled, and whose follow-up day is over.
  """
  overdueFollowUps: Int!

  """Manual evaluations that wait for somebody."""
  pendingReviews: PendingReviews!

  """Rounds of disputes."""
  disputes: DisputeFigures!
}

"""
Manual evaluations that wait, by whom they wait for; none where agents don't accept and dispute.
"""
type PendingReviews {
  """Number that wait for their agent\'s answer."""
  agent: Int!

  """Number that wait for a dispute to be settled."""
  supervisor: Int!
}

"""Rounds of disputes."""
type DisputeFigures {
  """Number that wait to be settled."""
  open: Int!

  """Number that were decided in the last 30 days."""
  settled: Int!

  """Number that were decided in the last 30 days, and changed a score."""
  overturned: Int!
}

"""Everything that can be written."""
type Mutation {
  """Make a bookmark of your own."""
  createBookmark(
    """The bookmark."""
    input: CreateBookmarkInput!
  ): CreateBookmarkPayload!

  """Rename or recolour a bookmark."""
  updateBookmark(
    """The change."""
    input: UpdateBookmarkInput!
  ): UpdateBookmarkPayload!

  """Delete a bookmark; the conversations that carry it stay."""
  deleteBookmark(
    """The bookmark."""
    input: DeleteBookmarkInput!
  ): DeleteBookmarkPayload!

  """Put a bookmark on conversations; doing it again changes nothing."""
  tagConversations(
    """The conversations."""
    input: TagConversationsInput!
  ): TagConversationsPayload!

  """Take a bookmark off conversations; doing it again changes nothing."""
  untagConversations(
    """The conversations."""
    input: UntagConversationsInput!
  ): UntagConversationsPayload!

  """Keep a manual evaluation that only you see."""
  saveEvaluationDraft(
    """The draft."""
    input: SaveEvaluationDraftInput!
  ): SaveEvaluationDraftPayload!

  """
  Score a conversation, for the first time or anew. Your draft is deleted.
  """
  submitEvaluation(
    """The scores."""
    input: SubmitEvaluationInput!
  ): SubmitEvaluationPayload!

  """Settle a dispute: uphold or revise each disputed score."""
  resolveDispute(
    """The decisions."""
    input: ResolveDisputeInput!
  ): ResolveDisputePayload!

  """Give an open dispute to another auditor."""
  reassignDispute(
    """Who is to settle it."""
    input: ReassignDisputeInput!
  ): ReassignDisputePayload!
}

"""What came of `createBookmark`."""
type CreateBookmarkPayload {
  """The bookmark as it now is."""
  bookmark: Bookmark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A new bookmark."""
input CreateBookmarkInput {
  """Name, 1 to 120 characters, unique among your bookmarks in any case."""
  name: String!

  """Colour as #rrggbb."""
  colour: String!

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `updateBookmark`."""
type UpdateBookmarkPayload {
  """The bookmark as it now is."""
  bookmark: Bookmark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""What to change of a bookmark; what is left out stays."""
input UpdateBookmarkInput {
  """Bookmark to change."""
  bookmarkId: ID!

  """New name."""
  name: String = null

  """New colour as #rrggbb."""
  colour: String = null
}

"""What came of `deleteBookmark`."""
type DeleteBookmarkPayload {
  """Id of the bookmark that is there no longer."""
  deletedId: ID

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A bookmark to delete."""
input DeleteBookmarkInput {
  """Bookmark to delete."""
  bookmarkId: ID!
}

"""What came of `tagConversations`."""
type TagConversationsPayload {
  """The bookmark as it now is."""
  bookmark: Bookmark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Conversations to put a bookmark on."""
input TagConversationsInput {
  """The bookmark."""
  bookmarkId: ID!

  """Conversations in your reach, 1 to 100."""
  conversationIds: [ID!]!
}

"""What came of `untagConversations`."""
type UntagConversationsPayload {
  """The bookmark as it now is."""
  bookmark: Bookmark

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""Conversations to take a bookmark off."""
input UntagConversationsInput {
  """The bookmark."""
  bookmarkId: ID!

  """Conversations in your reach, 1 to 100."""
  conversationIds: [ID!]!
}

"""What came of `saveEvaluationDraft`."""
type SaveEvaluationDraftPayload {
  """The draft as it now is."""
  draft: EvaluationDraft

  """Why nothing was saved."""
  errors: [UserError!]!
}

"""A manual evaluation that only you see."""
input SaveEvaluationDraftInput {
  """Conversation to score."""
  conversationId: ID!

  """
  Form to score by; without it that of the evaluation, or else the active one of the conversation's queue and channel.
  """
  formId: ID = null

  """The scores so far; metrics may be left out."""
  scores: [MetricScoreInput!]!

  """What to say about it all."""
  comment: String = null

  """The draft\'s version when you read it."""
  expectedVersion: Int = null
}

"""How one metric is scored."""
input MetricScoreInput {
  """Metric of the form."""
  metricId: ID!

  """
  0 for not at all to 1 for fully, with at most four decimals; null where the metric does not apply. Only a draft may leave it out.
  """
  adherence: Float

  """What to say about it."""
  comment: String = null
}

"""What came of `submitEvaluation`."""
type SubmitEvaluationPayload {
  """The evaluation as it now is."""
  evaluation: Evaluation

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A manual evaluation."""
input SubmitEvaluationInput {
  """Conversation to score."""
  conversationId: ID!

  """
  Form to score by; without it that of the evaluation, or else the active one of the conversation's queue and channel.
  """
  formId: ID = null

  """A score for every metric."""
  scores: [MetricScoreInput!]!

  """What to say about it all."""
  comment: String = null

  """
  Newest revision when you read it, to score anew; null for the first audit.
  """
  expectedRevision: Int = null

  """
  Sent again within 24 hours, the same key and input give the first answer.
  """
  idempotencyKey: String = null
}

"""What came of `resolveDispute`."""
type ResolveDisputePayload {
  """The dispute as it now is."""
  dispute: Dispute

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""What you decide about a dispute."""
input ResolveDisputeInput {
  """Open dispute."""
  disputeId: ID!

  """Revision that it disputes."""
  revision: Int!

  """A decision for every disputed metric."""
  decisions: [MetricDecisionInput!]!
}

"""What you decide about one disputed score."""
input MetricDecisionInput {
  """Disputed metric."""
  metricId: ID!

  """Whether its score stays."""
  decision: DisputeDecision!

  """
  New adherence of a revised score, 0 to 1 with at most four decimals; null where the metric does not apply. Left out where the score stays.
  """
  adherence: Float

  """Why."""
  comment: String!
}

"""What came of `reassignDispute`."""
type ReassignDisputePayload {
  """The dispute as it now is."""
  dispute: Dispute

  """Why nothing was changed."""
  errors: [UserError!]!
}

"""A dispute to hand on."""
input ReassignDisputeInput {
  """Open dispute."""
  disputeId: ID!

  """Who is to settle it: one of the dispute\'s `auditors`."""
  assigneeId: ID!

  """Its version when you read it."""
  expectedVersion: Int!
}

"""What is told when it happens, one field to an operation."""
type Subscription {
  """Coaching in your reach that was assigned or has changed."""
  assignmentChanged(
    """This assignment only."""
    id: ID = null

    """This agent\'s only."""
    agentId: ID = null
  ): AssignmentChanged!

  """Evaluations in your reach that were made or have changed."""
  evaluationChanged(
    """This evaluation only."""
    id: ID = null

    """This agent\'s only."""
    agentId: ID = null
  ): EvaluationChanged!
}

"""An assignment was made, or changed."""
type AssignmentChanged {
  """Id of the assignment."""
  assignmentId: ID!

  """The assignment as it is now; null where you reach it no more."""
  assignment: Assignment
}

"""An evaluation was made or scored anew, answered, or settled."""
type EvaluationChanged {
  """Id of the evaluation."""
  evaluationId: ID!

  """The evaluation as it is now; null where you reach it no more."""
  evaluation: Evaluation
}
'''
