"""The limit: no GraphQL, no viewer; for each work one prepared statement whose value is the answer.

    python limit.py PORT SOCKET CONNECTIONS FILE

The file names, as JSON, what the statements are about: see `benchmarks.works`.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import uvicorn

AREAS = """coalesce((SELECT json_agg(json_build_object('id', x.id, 'name', x.name)
  ORDER BY x.name_key, x.id) FROM peer.area x
  WHERE x.workspace_id = c.workspace_id AND x.coaching_id = {of}), '[]'::json)"""
AGENT = """(SELECT json_build_object('id', g.id, 'agentId', g.agent_id, 'name', g.name)
  FROM agent g WHERE g.workspace_id = c.workspace_id AND g.id = c.agent_id)"""
PAGE_INFO = """json_build_object('hasNextPage', (SELECT count(*) > $2 FROM found),
  'endCursor', (SELECT min(assigned_at || ',' || id) FROM page))"""
ORDER = "ORDER BY c.assigned_at DESC, c.id DESC"
PAGE = f"WITH found AS MATERIALIZED ({{}}), page AS (SELECT * FROM found c {ORDER} LIMIT $2)"

LIST = f"""{PAGE}
SELECT json_build_object('data', json_build_object({{viewer}}'assignments', json_build_object(
  {{count}}'pageInfo', {PAGE_INFO}, 'edges', (SELECT json_agg(json_build_object(
    'cursor', c.assigned_at || ',' || c.id, 'node', json_build_object('__typename', c.kind,
    'id', c.id, 'name', c.name, 'coachingType', {{kind}}, 'areas', {AREAS.format(of="c.id")},
    'assignedAt', c.assigned_at, 'followUpOn', c.follow_up_on, 'status', c.status,
    'conversationCount', c.conversation_count, 'version', c.version, 'itemsTotal', c.items_total,
    'itemsReviewed', c.items_reviewed, 'agent', {AGENT}, 'group', NULL)) {ORDER}) FROM page c))))"""

ALL = LIST.replace("{}", "SELECT * FROM peer.assignments($1, $2 + 1)").replace(
    "{kind}", "c.coaching_type"
)
OWN = LIST.replace(
    "{}",
    f"SELECT * FROM peer.own_coaching c WHERE workspace_id = $1 AND agent_id = $3 {ORDER}"
    " LIMIT $2 + 1",
).replace("{kind}", "NULL")

EVALUATIONS = """(SELECT coalesce(json_agg(json_build_object('id', e.id, 'source', e.source,
    'evaluatedAt', e.evaluated_at, 'evaluatedBy', e.evaluated_by, 'total', e.total,
    'passed', e.passed, 'reviewState', e.review_state,
    'form', json_build_object('id', f.id, 'name', f.name, 'passScore', f.pass_score),
    'scores', (SELECT coalesce(json_agg(json_build_object(
        'metric', json_build_object('id', m.id, 'name', m.name, 'weight', m.weight),
        'adherence', s.adherence, 'points', s.points, 'comment', s.comment) ORDER BY s.position),
        '[]') FROM peer.score s JOIN peer.metric m
      ON m.workspace_id = s.workspace_id AND m.id = s.metric_id
      WHERE s.workspace_id = e.workspace_id AND s.evaluation_id = e.id
        AND s.revision = e.revision),
    'history', (SELECT coalesce(json_agg(json_build_object('at', h.at, 'actor', h.actor,
        'action', h.action) ORDER BY h.at, h.position, h.id), '[]') FROM peer.history h
      WHERE h.workspace_id = e.workspace_id AND h.evaluation_id = e.id)
  ) ORDER BY e.source), '[]') FROM peer.evaluation e JOIN peer.form f
    ON f.workspace_id = e.workspace_id AND f.id = e.form_id
  WHERE e.workspace_id = v.workspace_id AND e.conversation_id = v.id)"""
ITEMS = f"""(SELECT coalesce(json_agg(json_build_object('id', i.id, 'reviewedAt', i.reviewed_at,
    'conversation', json_build_object('id', v.id, 'startedAt', v.started_at, 'topic', v.topic,
    'intent', v.intent, 'queue', json_build_object('id', q.id, 'name', q.name),
    'koreEvaluationScore', v.kore_evaluation_score,
    'supervisorAuditScore', v.supervisor_audit_score, 'sentimentScore', v.sentiment_score,
    'transcript', (SELECT coalesce(json_agg(json_build_object('position', t.position,
        'speaker', t.speaker, 'sentAt', t.sent_at, 'text', t.text) ORDER BY t.position), '[]')
      FROM message t WHERE t.workspace_id = v.workspace_id AND t.conversation_id = v.id),
    'insights', (SELECT coalesce(json_agg(json_build_object('title', n.title, 'text', n.text)
        ORDER BY n.position), '[]')
      FROM insight n WHERE n.workspace_id = v.workspace_id AND n.conversation_id = v.id),
    'evaluations', {EVALUATIONS})) ORDER BY i.position), '[]')
  FROM peer.item i JOIN peer.conversation v
    ON v.workspace_id = i.workspace_id AND v.id = i.conversation_id
  JOIN queue q ON q.workspace_id = v.workspace_id AND q.id = v.queue_id
  WHERE i.workspace_id = c.workspace_id AND i.assignment_id = c.id)"""
DRILL_DOWN = f"""{PAGE.format("SELECT * FROM peer.assignments($1, $2 + 1)")}
SELECT json_build_object('data', json_build_object('assignments', json_build_object(
  'pageInfo', {PAGE_INFO}, 'nodes', (SELECT json_agg(json_build_object('id', p.id,
    'name', p.name, 'coachingType', p.coaching_type,
    'areas', {AREAS.format(of="p.id").replace("c.workspace_id", "p.workspace_id")},
    'assignedAt', p.assigned_at, 'followUpOn', p.follow_up_on, 'status', p.status,
    'agentAssignments', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object(
        'id', c.id, 'agent', {AGENT}, 'areas', {AREAS.format(of="c.id")},
        'conversationCount', c.conversation_count, 'status', c.status, 'conversations', {ITEMS})
        ORDER BY c.agent_name_key, c.id), '[]')
      FROM (SELECT * FROM peer.agent_assignment c WHERE c.workspace_id = p.workspace_id
        AND c.coaching_id = p.id ORDER BY c.agent_name_key, c.id LIMIT 100) c)))
    ORDER BY p.assigned_at DESC, p.id DESC) FROM page p))))"""

CHANGE = """json_build_object('atAssignedDate', c.{0}_before, 'difference', c.{0}_change,
  'trend', c.{0}_trend)"""
MONITOR = f"""{PAGE.format("SELECT * FROM peer.coaching_monitor($1, $3::text::timestamptz, $4::text::timestamptz) LIMIT $2 + 1")}
SELECT json_build_object('data', json_build_object('coachingMonitor', json_build_object(
  'pageInfo', {PAGE_INFO}, 'nodes', (SELECT json_agg(json_build_object('agent', {AGENT},
    'assignedAt', c.assigned_at, 'followUpOn', c.follow_up_on,
    'attributes', {AREAS.format(of="c.id")}, 'agentScorecardScore', c.agent_scorecard_score,
    'koreEvaluationScore', c.kore_evaluation_score, 'compare', json_build_object(
      'agentScorecard', {CHANGE.format("scorecard")}, 'koreEvaluation', {CHANGE.format("kore")}))
    {ORDER}) FROM page c))))"""

VIEWER = f"""'viewer', (SELECT json_build_object('name', c.name, 'agent', {AGENT})
  FROM "user" c WHERE c.workspace_id = $1 AND c.id = $4), """
OWN_COUNT = """'totalCount', (SELECT count(*) FROM peer.own_coaching
  WHERE workspace_id = $1 AND agent_id = $3), """

STATEMENTS = {
    "list": ALL.replace("{viewer}", "").replace("{count}", ""),
    "counted": ALL.replace("{viewer}", "").replace(
        "{count}", "'totalCount', peer.assignment_count($1), "
    ),
    "drill-down": DRILL_DOWN,
    "monitor": MONITOR,
    "widget": """SELECT json_build_object('data', json_build_object('dashboard',
      json_build_object('agentsInCoaching', peer.agents_in_coaching($1))))""",
    "own": OWN.replace("{viewer}", VIEWER).replace("{count}", OWN_COUNT),
}


class App:
    """Answers /WORK with the value of its statement; each connection has it prepared."""

    def __init__(self, socket: str, size: int, arguments: dict[str, list[Any]]) -> None:
        self.socket, self.size, self.arguments = socket, size, arguments
        self.free: asyncio.Queue[dict[str, Callable[..., Awaitable[bytes]]]] = asyncio.Queue()

    async def prepare(self) -> None:
        """Open the connections, all at once."""
        for _ in range(self.size):
            made = await asyncpg.connect(
                host=self.socket,
                user="coaching",
                database="coaching",
                server_settings={"timezone": "UTC"},
            )
            self.free.put_nowait(
                {
                    # As bytes: what nobody reads as text need not be decoded.
                    name: (await made.prepare(f"SELECT convert_to(x::text, 'UTF8') FROM ({text}) x(x)")).fetchval
                    for name, text in STATEMENTS.items()
                }
            )

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await self.prepare()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            return
        work = scope["path"][1:]
        prepared = await self.free.get()
        try:
            body = await prepared[work](*self.arguments[work])
        finally:
            self.free.put_nowait(prepared)
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    port, socket, size, file = sys.argv[1:]
    app = App(socket, int(size), json.loads(Path(file).read_text()))
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning", access_log=False)
