WITH found AS MATERIALIZED (
  SELECT * FROM peer.coaching_monitor($1, $2::text::timestamptz, $3::text::timestamptz) LIMIT {first} + 1
),
page AS (SELECT * FROM found ORDER BY assigned_at DESC, id DESC LIMIT {first})
SELECT json_build_object('data', json_build_object(
  'coachingMonitor', json_build_object(
    'pageInfo', json_build_object(
      'hasNextPage', (SELECT count(*) > {first} FROM found),
      'endCursor', (SELECT min(assigned_at || ',' || id) FROM page)),
    'nodes', (SELECT json_agg(json_build_object(
        'agent', json_build_object('id', g.id, 'agentId', g.agent_id, 'name', g.name),
        'assignedAt', c.assigned_at, 'followUpOn', c.follow_up_on,
        'attributes', coalesce((
          SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name_key, t.id)
          FROM assignment_area x
          JOIN attribute t ON t.workspace_id = x.workspace_id AND t.id = x.attribute_id
          WHERE x.workspace_id = c.workspace_id AND x.assignment_id = c.id), '[]'),
        'agentScorecardScore', c.agent_scorecard_score,
        'koreEvaluationScore', c.kore_evaluation_score,
        'compare', json_build_object(
          'agentScorecard', json_build_object('atAssignedDate', c.scorecard_before,
            'difference', c.scorecard_change, 'trend', c.scorecard_trend),
          'koreEvaluation', json_build_object('atAssignedDate', c.kore_before,
            'difference', c.kore_change, 'trend', c.kore_trend)))
        ORDER BY c.assigned_at DESC, c.id DESC)
      FROM page c JOIN agent g ON g.workspace_id = c.workspace_id AND g.id = c.agent_id))))
