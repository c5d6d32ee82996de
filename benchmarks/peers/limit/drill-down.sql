WITH found AS MATERIALIZED (SELECT * FROM peer.assignments($1, {first} + 1)),
page AS (SELECT * FROM found ORDER BY assigned_at DESC, id DESC LIMIT {first})
SELECT json_build_object('data', json_build_object('assignments', json_build_object(
  'pageInfo', json_build_object(
    'hasNextPage', (SELECT count(*) > {first} FROM found),
    'endCursor', (SELECT min(assigned_at || ',' || id) FROM page)),
  'nodes', (SELECT json_agg(json_build_object(
      'id', p.id, 'name', p.name, 'coachingType', p.coaching_type,
      'areas', (SELECT coalesce(json_agg(json_build_object('id', x.id, 'name', x.name)
          ORDER BY x.name_key, x.id), '[]') FROM peer.area x
        WHERE x.workspace_id = p.workspace_id AND x.coaching_id = p.id),
      'assignedAt', p.assigned_at, 'followUpOn', p.follow_up_on, 'status', p.status,
      'agentAssignments', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object(
          'id', c.id, 'status', c.status, 'conversationCount', c.conversation_count,
          'agent', json_build_object('id', g.id, 'agentId', g.agent_id, 'name', g.name),
          'areas', (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name)
              ORDER BY t.name_key, t.id), '[]')
            FROM assignment_area x
            JOIN attribute t ON t.workspace_id = x.workspace_id AND t.id = x.attribute_id
            WHERE x.workspace_id = c.workspace_id AND x.assignment_id = c.id),
          'conversations', i.conversations) ORDER BY c.agent_name_key, c.id), '[]')
        FROM (SELECT * FROM peer.agent_assignment y
          WHERE y.workspace_id = p.workspace_id AND y.coaching_id = p.id
          ORDER BY y.agent_name_key, y.id LIMIT 100) c
        JOIN agent g ON g.workspace_id = c.workspace_id AND g.id = c.agent_id
        CROSS JOIN LATERAL (SELECT coalesce(json_agg(json_build_object(
            'id', i.id, 'reviewedAt', i.reviewed_at,
            'conversation', json_build_object('id', v.id, 'startedAt', v.started_at,
              'topic', v.topic, 'intent', v.intent,
              'queue', json_build_object('id', q.id, 'name', q.name),
              'koreEvaluationScore', v.kore_evaluation_score,
              'supervisorAuditScore', v.supervisor_audit_score,
              'sentimentScore', v.sentiment_score,
              'transcript', (SELECT coalesce(json_agg(json_build_object('position', t.position,
                  'speaker', t.speaker, 'sentAt', t.sent_at, 'text', t.text) ORDER BY t.position),
                  '[]')
                FROM message t
                WHERE t.workspace_id = v.workspace_id AND t.conversation_id = v.id),
              'insights', (SELECT coalesce(json_agg(json_build_object('title', n.title,
                  'text', n.text) ORDER BY n.position), '[]')
                FROM insight n
                WHERE n.workspace_id = v.workspace_id AND n.conversation_id = v.id),
              'evaluations', e.evaluations)) ORDER BY i.position), '[]') AS conversations
          FROM peer.item i
          JOIN peer.conversation v ON v.workspace_id = i.workspace_id AND v.id = i.conversation_id
          JOIN queue q ON q.workspace_id = v.workspace_id AND q.id = v.queue_id
          CROSS JOIN LATERAL (SELECT coalesce(json_agg(json_build_object(
              'id', e.id, 'source', e.source, 'evaluatedAt', e.evaluated_at,
              'evaluatedBy', e.evaluated_by, 'total', e.total, 'passed', e.passed,
              'reviewState', e.review_state,
              'form', json_build_object('id', f.id, 'name', f.name, 'passScore', f.pass_score),
              'scores', (SELECT coalesce(json_agg(json_build_object(
                  'metric', json_build_object('id', m.id, 'name', m.name, 'weight', m.weight),
                  'adherence', s.adherence, 'points', s.points, 'comment', s.comment)
                  ORDER BY s.position), '[]')
                FROM peer.score s
                JOIN peer.metric m ON m.workspace_id = s.workspace_id AND m.id = s.metric_id
                WHERE s.workspace_id = e.workspace_id AND s.evaluation_id = e.id
                  AND s.revision = e.revision),
              'history', (SELECT coalesce(json_agg(json_build_object('at', h.at,
                  'actor', h.actor, 'action', h.action) ORDER BY h.at, h.position, h.id), '[]')
                FROM peer.history h
                WHERE h.workspace_id = e.workspace_id AND h.evaluation_id = e.id))
              ORDER BY e.source), '[]') AS evaluations
            FROM peer.evaluation e
            JOIN peer.form f ON f.workspace_id = e.workspace_id AND f.id = e.form_id
            WHERE e.workspace_id = v.workspace_id AND e.conversation_id = v.id) e
          WHERE i.workspace_id = c.workspace_id AND i.assignment_id = c.id) i)))
      ORDER BY p.assigned_at DESC, p.id DESC)
    FROM page p))))
