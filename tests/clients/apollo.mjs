// @apollo/client: queries and mutations over HTTP, subscriptions over graphql-ws.

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';

import { CHANGED, attempt, authorization, url } from './common.mjs';
import { socket } from './sockets.mjs';

export const run = async () => {
  const ws = socket();
  const link = ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    new GraphQLWsLink(ws),
    new HttpLink({ uri: url, headers: { authorization } }),
  );
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const done = await attempt('Apollo', {
    query: async (query) => (await client.query({ query: gql(query) })).data,
    mutate: async (mutation, variables) =>
      (await client.mutate({ mutation: gql(mutation), variables })).data,
    listen: (next, error) => {
      const found = client.subscribe({ query: gql(CHANGED) }).subscribe({
        next: (result) => (result.error ? error(result.error) : next(result.data)),
        error,
      });
      return () => found.unsubscribe();
    },
  });
  client.stop();
  await ws.dispose();
  return done;
};
