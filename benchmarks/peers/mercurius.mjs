// Mercurius with graphql-jit, and loaders by hand: one prepared statement for each kind of row of a
// level, to-one relations joined where that saves one. It takes the product's own documents.
// Arguments: port, folder of PostgreSQL's socket, number of connections. Who asks stands in headers.
import DataLoader from 'dataloader';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import pg from 'pg';

const [port, host, max] = process.argv.slice(2);
for (const asText of [1082, 1184]) pg.types.setTypeParser(asText, (text) => text.replace(' ', 'T'));
// Plans are kept, and not made anew because that looks cheaper: drill-down takes a third less so.
const options = '-c timezone=UTC -c plan_cache_mode=force_generic_plan';
const pool = new pg.Pool({ host, user: 'coaching', database: 'coaching', max: +max, options });
const rows = (name, text, values) => pool.query({ name, text, values }).then((found) => found.rows);

const schema = `
scalar Date scalar DateTime
type Query { viewer: Viewer! dashboard: Dashboard!
  assignments(first: Int!, after: String, filter: AssignmentFilter, orderBy: AssignmentOrder): Assignments!
  coachingMonitor(first: Int!, after: String, filter: MonitorFilter): Monitor! }
input AssignmentFilter { statuses: [String!] } input AssignmentOrder { by: String }
input Days { from: Date to: Date } input DateFilter { assignedOn: Days }
input MonitorFilter { date: DateFilter }
type Viewer { name: String! agent: Agent } type Dashboard { agentsInCoaching: Int! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type Assignments { totalCount: Int! pageInfo: PageInfo! edges: [Edge!]! nodes: [AssignedCoaching!]! }
type Edge { cursor: String! node: AssignedCoaching! }
type AgentAssignments { nodes: [Assignment!]! }
interface AssignedCoaching { id: ID! name: String! coachingType: String areas: [Named!]! assignedAt: DateTime
  followUpOn: Date status: String conversationCount: Int! agentAssignments(first: Int!): AgentAssignments! }
type Assignment implements AssignedCoaching { id: ID! name: String! coachingType: String areas: [Named!]!
  assignedAt: DateTime followUpOn: Date status: String conversationCount: Int! version: Int! itemsTotal: Int!
  itemsReviewed: Int! agent: Agent! group: Group agentAssignments(first: Int!): AgentAssignments! conversations: [Item!]! }
type CoachingGroup implements AssignedCoaching { id: ID! name: String! coachingType: String areas: [Named!]!
  assignedAt: DateTime followUpOn: Date status: String conversationCount: Int! agentAssignments(first: Int!): AgentAssignments! }
type Named { id: ID! name: String! } type Group { id: ID! name: String! agentCount: Int! }
type Agent { id: ID! agentId: String! name: String! }
type Item { id: ID! reviewedAt: DateTime conversation: Conversation! }
type Conversation { id: ID! startedAt: DateTime! topic: String intent: String queue: Named! koreEvaluationScore: Float
  supervisorAuditScore: Float sentimentScore: Float transcript: [Message!]! insights: [Insight!]! evaluations: [Evaluation!]! }
type Message { position: Int! speaker: String! sentAt: DateTime! text: String! } type Insight { title: String! text: String! }
type Evaluation { id: ID! source: String! evaluatedAt: DateTime! evaluatedBy: String! total: Float passed: Boolean
  reviewState: String form: Form! scores: [Score!]! history: [Entry!]! }
type Form { id: ID! name: String! passScore: Float! } type Metric { id: ID! name: String! weight: Float! }
type Score { metric: Metric! adherence: Float points: Float comment: String } type Entry { at: DateTime! actor: String! action: String! }
type Monitor { nodes: [MonitorRow!]! pageInfo: PageInfo! }
type MonitorRow { agent: Agent! assignedAt: DateTime! followUpOn: Date! attributes: [Named!]! agentScorecardScore: Float
  koreEvaluationScore: Float compare: Comparison! }
type Comparison { agentScorecard: Change! koreEvaluation: Change! }
type Change { atAssignedDate: Float difference: Float trend: String }`;

const one = (name, text) => (space) => new DataLoader(async (keys) => {
  const found = new Map((await rows(name, text, [space, keys])).map((row) => [row.id, row]));
  return keys.map((key) => found.get(key));
}, { maxBatchSize: 10000 });
const many = (name, text) => (space) => new DataLoader(async (keys) => {
  const found = new Map(keys.map((key) => [key, []]));
  for (const row of await rows(name, text, [space, keys])) found.get(row.parent).push(row);
  return keys.map((key) => found.get(key));
}, { maxBatchSize: 10000 });
const of = (parent, table = 'x') => `${table}.workspace_id = $1 AND ${table}.${parent} = ANY($2::uuid[])`;

const loaders = {
  agent: one('agent', `SELECT id, agent_id AS "agentId", name FROM agent x WHERE ${of('id')}`),
  areas: many('areas', `SELECT coaching_id AS parent, id, name FROM peer.area x WHERE ${of('coaching_id')} ORDER BY name_key, id`),
  agentAssignments: many('agents', `SELECT * FROM (SELECT coaching_id AS parent, id, agent_id, status,
    conversation_count AS "conversationCount", row_number() OVER (PARTITION BY coaching_id ORDER BY agent_name_key, id) AS number
    FROM peer.agent_assignment x WHERE ${of('coaching_id')}) x WHERE number <= 101 ORDER BY parent, number`),
  items: many('items', `SELECT i.assignment_id AS parent, i.id AS item, i.reviewed_at AS "reviewedAt", c.id,
    c.started_at AS "startedAt", c.topic, c.intent, c.kore_evaluation_score AS "koreEvaluationScore",
    c.supervisor_audit_score AS "supervisorAuditScore", c.sentiment_score AS "sentimentScore", q.id AS queue_id, q.name AS queue_name
    FROM peer.item i JOIN peer.conversation c ON c.workspace_id = i.workspace_id AND c.id = i.conversation_id
    JOIN queue q ON q.workspace_id = c.workspace_id AND q.id = c.queue_id
    WHERE ${of('assignment_id', 'i')} ORDER BY i.position`),
  transcript: many('messages', `SELECT conversation_id AS parent, position, speaker, sent_at AS "sentAt", text
    FROM message x WHERE ${of('conversation_id')} ORDER BY conversation_id, position`),
  insights: many('insights', `SELECT conversation_id AS parent, title, text FROM insight x WHERE ${of('conversation_id')} ORDER BY position`),
  evaluations: many('evaluations', `SELECT e.conversation_id AS parent, e.id, e.source, e.evaluated_at AS "evaluatedAt",
    e.evaluated_by AS "evaluatedBy", e.total, e.passed, e.review_state AS "reviewState", e.form_id, f.name AS form_name, f.pass_score
    FROM peer.evaluation e JOIN peer.form f ON f.workspace_id = e.workspace_id AND f.id = e.form_id
    WHERE ${of('conversation_id', 'e')} ORDER BY e.source`),
  scores: many('scores', `SELECT e.id AS parent, s.adherence, s.points, s.comment, s.metric_id, m.name, m.weight
    FROM evaluation e JOIN peer.score s ON s.workspace_id = e.workspace_id AND s.evaluation_id = e.id AND s.revision = e.revision
    JOIN peer.metric m ON m.workspace_id = s.workspace_id AND m.id = s.metric_id WHERE ${of('id', 'e')} ORDER BY s.position`),
  history: many('history', `SELECT evaluation_id AS parent, at, actor, action FROM peer.history x WHERE ${of('evaluation_id')}
    ORDER BY at, position, id`),
};
const load = (name, key = 'id') => (row, _, { space, made }) => (made[name] ??= loaders[name](space)).load(row[key]);

const coaching = `kind AS "__typename", id, name, assigned_at AS "assignedAt", follow_up_on AS "followUpOn", status,
  conversation_count AS "conversationCount", version, items_total AS "itemsTotal", items_reviewed AS "itemsReviewed", agent_id`;
const cursor = (row) => Buffer.from(`${row.assignedAt},${row.id}`).toString('base64url');
const page = (found, first, more) => {
  const nodes = found.length > first ? found.slice(0, first) : found;
  return { ...more, nodes, pageInfo: { hasNextPage: found.length > first, endCursor: nodes.length ? cursor(nodes.at(-1)) : null } };
};
const first = async (name, text, values) => (await rows(name, text, values))[0];
const shared = { areas: load('areas'), agentAssignments: async (row, { first: size }, context) =>
  page(await load('agentAssignments')(row, null, context), size) };

const resolvers = {
  // Sizes are written into statements, each with a name of its own: with a parameter in its place,
  // PostgreSQL would not know how few rows it is about, and plan anew each time.
  Query: {
    viewer: (_, __, { space, user }) => first('viewer', 'SELECT name, agent_id FROM "user" WHERE workspace_id = $1 AND id = $2', [space, user]),
    dashboard: () => ({}),
    assignments: async (_, { first: size }, { space, agent }) => agent
      ? page(await rows(`own ${size}`, `SELECT ${coaching} FROM peer.own_coaching WHERE workspace_id = $1 AND agent_id = $2
          ORDER BY assigned_at DESC, id DESC LIMIT ${size + 1}`, [space, agent]), size, { agent })
      : page(await rows(`all ${size}`, `SELECT ${coaching}, coaching_type AS "coachingType" FROM peer.assignments($1, ${size + 1})`, [space]), size),
    coachingMonitor: async (_, { first: size, filter }, { space }) => page(await rows(`monitor ${size}`,
      `SELECT id, agent_id, assigned_at AS "assignedAt", follow_up_on AS "followUpOn", agent_scorecard_score AS "agentScorecardScore",
        kore_evaluation_score AS "koreEvaluationScore", scorecard_before, scorecard_change, scorecard_trend, kore_before, kore_change, kore_trend
      FROM peer.monitor WHERE workspace_id = $1
        AND assigned_at >= (SELECT $2::date::timestamp AT TIME ZONE time_zone FROM workspace WHERE id = $1)
        AND assigned_at < (SELECT ($3::date + 1)::timestamp AT TIME ZONE time_zone FROM workspace WHERE id = $1)
      ORDER BY assigned_at DESC, id DESC LIMIT ${size + 1}`,
      [space, filter.date.assignedOn.from, filter.date.assignedOn.to]), size),
  },
  Assignments: { edges: ({ nodes }) => nodes.map((node) => ({ cursor: cursor(node), node })),
    totalCount: async ({ agent }, _, { space }) => (agent
      ? await first('own-count', 'SELECT count(*)::int AS n FROM peer.own_coaching WHERE workspace_id = $1 AND agent_id = $2', [space, agent])
      : await first('count', 'SELECT peer.assignment_count($1) AS n', [space])).n },
  Dashboard: { agentsInCoaching: async (_, __, { space }) =>
    (await first('in-coaching', 'SELECT peer.agents_in_coaching($1) AS n', [space])).n },
  AssignedCoaching: { resolveType: (row) => row.__typename },
  Viewer: { agent: (row, _, context) => row.agent_id && load('agent', 'agent_id')(row, _, context) },
  Assignment: { ...shared, agent: load('agent', 'agent_id'), conversations: load('items'), group: () => null },
  CoachingGroup: shared,
  Item: { id: (row) => row.item, conversation: (row) => row },
  Conversation: { queue: (row) => ({ id: row.queue_id, name: row.queue_name }), transcript: load('transcript'),
    insights: load('insights'), evaluations: load('evaluations') },
  Evaluation: { form: (row) => ({ id: row.form_id, name: row.form_name, passScore: row.pass_score }),
    scores: load('scores'), history: load('history') },
  Score: { metric: (row) => ({ id: row.metric_id, name: row.name, weight: row.weight }) },
  MonitorRow: { agent: load('agent', 'agent_id'), attributes: load('areas'), compare: (row) => ({
    agentScorecard: { atAssignedDate: row.scorecard_before, difference: row.scorecard_change, trend: row.scorecard_trend },
    koreEvaluation: { atAssignedDate: row.kore_before, difference: row.kore_change, trend: row.kore_trend } }) },
};

const app = Fastify();
app.register(mercurius, { schema, resolvers, jit: 1, context: ({ headers }) =>
  ({ space: headers['x-workspace'], user: headers['x-user'], agent: headers['x-agent'], made: {} }) });
await app.listen({ port: +port, host: '127.0.0.1' });
