// What PostGraphile can't read from views: their keys, and how they relate. Of each relation the
// columns, the view that it leads to with its columns, its name there, and its name back.
const KEY = 'workspace_id';
const RELATIONS = [
  ['area', 'coaching_id', 'coaching', 'id', 'coaching', 'areas'],
  ['area', 'coaching_id', 'own_coaching', 'id', 'ownCoaching', 'areas'],
  ['area', 'coaching_id', 'agent_assignment', 'id', 'agentAssignment', 'areas'],
  ['area', 'coaching_id', 'monitor', 'id', 'monitor', 'areas'],
  ['coaching', 'agent_id', 'agent', 'id', 'agent', 'coaching'],
  ['own_coaching', 'agent_id', 'agent', 'id', 'agent', 'ownCoaching'],
  ['monitor', 'agent_id', 'agent', 'id', 'agent', 'monitor'],
  ['person', 'agent_id', 'agent', 'id', 'agent', 'people'],
  ['agent_assignment', 'agent_id', 'agent', 'id', 'agent', 'assignments'],
  ['agent_assignment', 'coaching_id', 'coaching', 'id', 'coaching', 'agentAssignments'],
  ['item', 'assignment_id', 'agent_assignment', 'id', 'assignment', 'conversations'],
  ['item', 'conversation_id', 'conversation', 'id', 'conversation', 'items'],
  ['conversation', 'queue_id', 'queue', 'id', 'queue', 'conversations'],
  ['message', 'conversation_id', 'conversation', 'id', 'conversation', 'transcript'],
  ['insight', 'conversation_id', 'conversation', 'id', 'conversation', 'insights'],
  ['evaluation', 'conversation_id', 'conversation', 'id', 'conversation', 'evaluations'],
  ['evaluation', 'form_id', 'form', 'id', 'form', 'evaluations'],
  ['score', 'evaluation_id,revision', 'evaluation', 'id,revision', 'evaluation', 'scores'],
  ['score', 'metric_id', 'metric', 'id', 'metric', 'scores'],
  ['history', 'evaluation_id', 'evaluation', 'id', 'evaluation', 'history'],
];
const KEYS = {
  message: 'conversation_id,position', insight: 'conversation_id,position',
  score: 'evaluation_id,revision,metric_id', area: 'coaching_id,id', agent_assignment: 'id',
};

export const tags = (makePgSmartTagsPlugin) => {
  const views = [...new Set(RELATIONS.flatMap(([view, , target]) => [view, target]))];
  return makePgSmartTagsPlugin(views.map((view) => ({
    kind: 'class',
    match: `peer.${view}`,
    tags: {
      primaryKey: `${KEY},${KEYS[view] ?? 'id'}`,
      unique: view === 'evaluation' ? [`${KEY},id,revision`] : undefined,
      foreignKey: RELATIONS.filter(([from]) => from === view).map(([, columns, target, theirs, name, back]) =>
        `(${KEY},${columns}) references peer.${target} (${KEY},${theirs})`
        + `|@fieldName ${name}|@foreignFieldName ${back}Connection|@foreignSimpleFieldName ${back}`),
    },
  })));
};
