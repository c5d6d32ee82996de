WITH found AS MATERIALIZED (SELECT * FROM peer.assignments($1, {first} + 1)),
page AS (SELECT * FROM found ORDER BY assigned_at DESC, id DESC LIMIT {first})
SELECT json_build_object('data', json_build_object(
  'assignments', json_build_object(
    'totalCount', peer.assignment_count($1),
    'pageInfo', json_build_object(
      'hasNextPage', (SELECT count(*) > {first} FROM found),
      'endCursor', (SELECT min(assigned_at || ',' || id) FROM page)),
    'edges', (SELECT json_agg(json_build_object(
      'cursor', c.assigned_at || ',' || c.id,
      'node', json_build_object(
        '__typename', c.kind, 'id', c.id, 'name', c.name, 'coachingType', c.coaching_type,
        'areas', coalesce(CASE c.kind WHEN 'Assignment' THEN (
            SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name_key, t.id)
            FROM assignment_area x
            JOIN attribute t ON t.workspace_id = x.workspace_id AND t.id = x.attribute_id
            WHERE x.workspace_id = c.workspace_id AND x.assignment_id = c.id)
          ELSE (
            SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name_key, t.id)
            FROM coaching_group_area x
            JOIN attribute t ON t.workspace_id = x.workspace_id AND t.id = x.attribute_id
            WHERE x.workspace_id = c.workspace_id AND x.group_id = c.id) END, '[]'),
        'assignedAt', c.assigned_at, 'followUpOn', c.follow_up_on, 'status', c.status,
        'conversationCount', c.conversation_count, 'version', c.version,
        'itemsTotal', c.items_total, 'itemsReviewed', c.items_reviewed,
        'agent', CASE WHEN g.id IS NOT NULL THEN
          json_build_object('id', g.id, 'agentId', g.agent_id, 'name', g.name) END,
        'group', NULL)) ORDER BY c.assigned_at DESC, c.id DESC)
      FROM page c LEFT JOIN agent g ON g.workspace_id = c.workspace_id AND g.id = c.agent_id))))
