// urql: queries and mutations over HTTP; subscriptions as it sends them to the same URL (events),
// and over graphql-ws.

import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';

import { CHANGED, attempt, authorization, url } from './common.mjs';
import { socket } from './sockets.mjs';

const of = (exchange, options = {}) =>
  new Client({
    url,
    exchanges: [cacheExchange, ...exchange],
    fetchOptions: { headers: { authorization } },
    preferGetMethod: false,
    ...options,
  });

const data = (result) => {
  if (result.error) throw result.error;
  return result.data;
};

const tried = (name, client) =>
  attempt(name, {
    query: async (query) => data(await client.query(query, {}).toPromise()),
    mutate: async (query, variables) => data(await client.mutation(query, variables).toPromise()),
    listen: (next, error) => {
      const found = client
        .subscription(CHANGED, {})
        .subscribe((result) => (result.error ? error(result.error) : next(result.data)));
      return () => found.unsubscribe();
    },
  });

export const overEvents = () =>
  tried('urql', of([fetchExchange], { fetchSubscriptions: true }));

export const overSocket = async () => {
  const ws = socket();
  const forwarded = subscriptionExchange({
    forwardSubscription: ({ query, variables }) => ({
      subscribe: (sink) => ({ unsubscribe: ws.subscribe({ query, variables }, sink) }),
    }),
  });
  const done = await tried('urql', of([fetchExchange, forwarded]));
  await ws.dispose();
  return done;
};
