// graphql-ws: everything over one WebSocket.

import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

import { CHANGED, address, attempt, authorization } from './common.mjs';

export function socket(options = {}) {
  return createClient({
    url: address,
    webSocketImpl: WebSocket,
    connectionParams: () => ({ authorization }),
    ...options,
  });
}

export const run = async () => {
  const client = socket();
  const once = async (query, variables) => {
    const { value } = await client.iterate({ query, variables }).next();
    if (value.errors) throw new Error(JSON.stringify(value.errors));
    return value.data;
  };
  const done = await attempt('graphql-ws', {
    query: once,
    mutate: once,
    listen: (next, error) =>
      client.subscribe(
        { query: CHANGED },
        { next: ({ data }) => next(data), error, complete: () => {} },
      ),
  });
  await client.dispose();
  return done;
};

// Who is not known is refused as the client expects it: with 4403, after which it may try again.
export const refused = async () => {
  const client = socket({ connectionParams: { authorization: 'Bearer x' }, retryAttempts: 0 });
  try {
    await client.iterate({ query: CHANGED }).next();
  } catch (event) {
    if (event.code === 4403) return 'a token that is none: closed with 4403';
    throw event;
  }
  throw new Error('it was not refused');
};
