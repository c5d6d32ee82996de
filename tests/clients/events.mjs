// graphql-sse: everything as server-sent events, each operation on a connection of its own.

import { createClient } from 'graphql-sse';

import { CHANGED, attempt, authorization, url } from './common.mjs';

export const run = async () => {
  const client = createClient({ url, headers: { authorization } });
  const once = async (query, variables) => {
    const { value } = await client.iterate({ query, variables }).next();
    if (value.errors) throw new Error(JSON.stringify(value.errors));
    return value.data;
  };
  const done = await attempt('graphql-sse', {
    query: once,
    mutate: once,
    listen: (next, error) =>
      client.subscribe(
        { query: CHANGED },
        { next: ({ data }) => next(data), error, complete: () => {} },
      ),
  });
  client.dispose();
  return done;
};
