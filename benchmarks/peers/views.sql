-- What the peers read: the product's tables in the words of its API, with numbers already divided,
-- one union for individual coaching and groups, and the monitor's scores. The comments on views
-- are PostGraphile's smart tags: keys, and relations with the names that they have in GraphQL.

DROP SCHEMA IF EXISTS peer CASCADE;
CREATE SCHEMA peer;

CREATE FUNCTION peer.word(status smallint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT (ARRAY['YET_TO_START', 'IN_PROGRESS', 'PENDING_AGENT_REVIEW', 'PENDING_SUPERVISOR_REVIEW',
    'COMPLETED', 'CANCELLED'])[status + 1]
$$;
CREATE FUNCTION peer.own_word(status smallint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT (ARRAY['START_COACHING', 'IN_PROGRESS', 'PENDING_AGENT_REVIEW',
    'PENDING_SUPERVISOR_REVIEW', 'COMPLETED', 'CANCELLED'])[status + 1]
$$;

CREATE VIEW peer.agent AS SELECT workspace_id, id, agent_id, name FROM agent;
CREATE VIEW peer.queue AS SELECT workspace_id, id, name FROM queue;
CREATE VIEW peer.person AS SELECT workspace_id, id, name, agent_id FROM "user";
CREATE VIEW peer.form AS
  SELECT workspace_id, id, name, pass_score / 100::float8 AS pass_score FROM evaluation_form;
CREATE VIEW peer.metric AS SELECT workspace_id, id, name, weight / 100::float8 AS weight FROM metric;

CREATE VIEW peer.individual_coaching AS
  SELECT a.workspace_id, a.id, 'Assignment' AS kind, 'INDIVIDUAL_AGENT' AS coaching_type, a.name,
    a.assigned_at, a.follow_up_on, peer.word(a.status) AS status,
    (SELECT count(*) FROM assignment_conversation c
      WHERE c.workspace_id = a.workspace_id AND c.assignment_id = a.id)::int AS conversation_count,
    a.version, a.items_total, a.items_reviewed, a.agent_id
  FROM assignment a WHERE a.group_id IS NULL AND a.status <> 5;
CREATE VIEW peer.group_coaching AS
  SELECT g.workspace_id, g.id, 'CoachingGroup' AS kind, 'GROUP_AGENTS' AS coaching_type, g.name,
    g.assigned_at, g.follow_up_on, peer.word(g.status) AS status,
    (SELECT count(*) FROM assignment a JOIN assignment_conversation c
        ON c.workspace_id = a.workspace_id AND c.assignment_id = a.id
      WHERE a.workspace_id = g.workspace_id AND a.group_id = g.id)::int AS conversation_count,
    NULL::int AS version, NULL::int AS items_total, NULL::int AS items_reviewed,
    NULL::uuid AS agent_id
  FROM coaching_group g WHERE g.state = 'SENT' AND g.status <> 5;
CREATE VIEW peer.coaching AS
  SELECT * FROM peer.individual_coaching UNION ALL SELECT * FROM peer.group_coaching;

-- Each half is cut off by its own index: PostgreSQL does not do so below a view's UNION ALL.
CREATE FUNCTION peer.assignments(space uuid, up_to int) RETURNS SETOF peer.coaching
LANGUAGE sql STABLE AS $$
  (SELECT * FROM peer.individual_coaching WHERE workspace_id = space
    ORDER BY assigned_at DESC, id DESC LIMIT up_to)
  UNION ALL
  (SELECT * FROM peer.group_coaching WHERE workspace_id = space
    ORDER BY assigned_at DESC, id DESC LIMIT up_to)
  ORDER BY assigned_at DESC, id DESC LIMIT up_to
$$;
CREATE FUNCTION peer.assignment_count(space uuid) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT ((SELECT count(*) FROM peer.individual_coaching WHERE workspace_id = space)
    + (SELECT count(*) FROM peer.group_coaching WHERE workspace_id = space))::int
$$;

CREATE VIEW peer.own_coaching AS
  SELECT a.workspace_id, a.id, 'Assignment' AS kind, a.name, a.assigned_at, a.follow_up_on,
    peer.own_word(a.status) AS status,
    (SELECT count(*) FROM assignment_conversation c
      WHERE c.workspace_id = a.workspace_id AND c.assignment_id = a.id)::int AS conversation_count,
    a.version, a.items_total, a.items_reviewed, a.agent_id
  FROM assignment a WHERE a.status <> 5;

CREATE VIEW peer.area AS
  SELECT x.workspace_id, x.assignment_id AS coaching_id, t.id, t.name, t.name_key
  FROM assignment_area x JOIN attribute t
    ON t.workspace_id = x.workspace_id AND t.id = x.attribute_id
  UNION ALL
  SELECT x.workspace_id, x.group_id, t.id, t.name, t.name_key
  FROM coaching_group_area x JOIN attribute t
    ON t.workspace_id = x.workspace_id AND t.id = x.attribute_id;

-- `coaching_id` is the row above: the group that it was dispatched from, or the assignment itself.
CREATE VIEW peer.agent_assignment AS
  SELECT a.workspace_id, a.id AS coaching_id, a.id, a.agent_id, peer.word(a.status) AS status,
    (SELECT count(*) FROM assignment_conversation c
      WHERE c.workspace_id = a.workspace_id AND c.assignment_id = a.id)::int AS conversation_count,
    g.name_key AS agent_name_key
  FROM assignment a JOIN agent g ON g.workspace_id = a.workspace_id AND g.id = a.agent_id
  WHERE a.group_id IS NULL
  UNION ALL
  SELECT a.workspace_id, a.group_id, a.id, a.agent_id, peer.word(a.status),
    (SELECT count(*) FROM assignment_conversation c
      WHERE c.workspace_id = a.workspace_id AND c.assignment_id = a.id)::int,
    g.name_key
  FROM assignment a JOIN agent g ON g.workspace_id = a.workspace_id AND g.id = a.agent_id
  WHERE a.group_id IS NOT NULL;

CREATE VIEW peer.item AS
  SELECT workspace_id, id, assignment_id, conversation_id, position, reviewed_at
  FROM assignment_conversation;

CREATE VIEW peer.conversation AS
  SELECT workspace_id, id, queue_id, started_at, topic, intent,
    sentiment_score / 100::float8 AS sentiment_score,
    kore_evaluation_score / 100::float8 AS kore_evaluation_score,
    supervisor_audit_score / 100::float8 AS supervisor_audit_score
  FROM conversation;
CREATE VIEW peer.message AS
  SELECT workspace_id, conversation_id, position, speaker, sent_at, text FROM message;
CREATE VIEW peer.insight AS
  SELECT workspace_id, conversation_id, position, title, text FROM insight;

CREATE VIEW peer.evaluation AS
  SELECT e.workspace_id, e.id, e.conversation_id, e.form_id, e.source, e.evaluated_at,
    coalesce(u.name, 'Auto QA') AS evaluated_by, e.total / 100::float8 AS total, e.passed,
    e.review_state, e.revision
  FROM evaluation e
  LEFT JOIN "user" u ON u.workspace_id = e.workspace_id AND u.id = e.evaluator_id;
CREATE VIEW peer.score AS
  SELECT workspace_id, evaluation_id, revision, metric_id, position,
    adherence / 10000::float8 AS adherence, points / 100::float8 AS points, comment
  FROM metric_score;
CREATE VIEW peer.history AS
  SELECT h.workspace_id, h.id, h.evaluation_id, h.at, h.position,
    coalesce(u.name, 'system') AS actor, h.action
  FROM audit_entry h
  LEFT JOIN "user" u ON u.workspace_id = h.workspace_id AND u.id = h.actor_id;

-- Points over the week before coaching was assigned and over the last one, by the agent's scorecard
-- and by Auto QA's totals. Not in functions of their own: PostgreSQL is slow to call them.
CREATE VIEW peer.monitor AS
  SELECT a.workspace_id, a.id, a.agent_id, a.assigned_at, a.follow_up_on,
    s.card_now::float8 AS agent_scorecard_score, s.kore_now::float8 AS kore_evaluation_score,
    s.card_before::float8 AS scorecard_before,
    (s.card_now - s.card_before)::float8 AS scorecard_change,
    (ARRAY['DIP', 'NO_CHANGE', 'SPIKE'])[sign(s.card_now - s.card_before) + 2] AS scorecard_trend,
    s.kore_before::float8 AS kore_before, (s.kore_now - s.kore_before)::float8 AS kore_change,
    (ARRAY['DIP', 'NO_CHANGE', 'SPIKE'])[sign(s.kore_now - s.kore_before) + 2] AS kore_trend
  FROM assignment a
  JOIN workspace space ON space.id = a.workspace_id
  JOIN agent g ON g.workspace_id = a.workspace_id AND g.id = a.agent_id
  LEFT JOIN agent_group t ON t.workspace_id = a.workspace_id AND t.id = g.agent_group_id
  LEFT JOIN scorecard d ON d.workspace_id = a.workspace_id AND d.is_default
  CROSS JOIN LATERAL (
    SELECT max(card) FILTER (WHERE past) AS card_before, max(card) FILTER (WHERE NOT past) AS card_now,
      max(kore) FILTER (WHERE past) AS kore_before, max(kore) FILTER (WHERE NOT past) AS kore_now
    FROM (
      SELECT past,
        (SELECT round(sum(w.percent * x.score) / sum(w.percent), 2)
          FROM (SELECT attribute_id, sum(earned) / (100 * sum(weight)) AS score FROM attribute_day
            WHERE workspace_id = a.workspace_id AND agent_id = a.agent_id
              AND day BETWEEN since AND since + 6
            GROUP BY attribute_id HAVING sum(weight) > 0) x
          JOIN scorecard_weight w ON w.workspace_id = a.workspace_id
            AND w.scorecard_id = coalesce(g.scorecard_id, t.scorecard_id, d.id)
            AND w.attribute_id = x.attribute_id) AS card,
        (SELECT round(sum(total) / (100 * nullif(sum(evaluations), 0)), 2) FROM agent_day
          WHERE workspace_id = a.workspace_id AND agent_id = a.agent_id
            AND day BETWEEN since AND since + 6) AS kore
      FROM (VALUES (true, (a.assigned_at AT TIME ZONE space.time_zone)::date - 7),
        (false, (now() AT TIME ZONE space.time_zone)::date - 6)) weeks(past, since)
    ) y
  ) s
  WHERE a.cancelled_at IS NULL;

CREATE FUNCTION peer.coaching_monitor(space uuid, since timestamptz, until timestamptz)
RETURNS SETOF peer.monitor LANGUAGE sql STABLE AS $$
  SELECT * FROM peer.monitor
  WHERE workspace_id = space AND assigned_at >= since AND assigned_at < until
  ORDER BY assigned_at DESC, id DESC
$$;

CREATE FUNCTION peer.agents_in_coaching(space uuid) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(agents_by_status), 0)::int FROM coaching_total WHERE workspace_id = space
$$;
