// relay-runtime, with what relay-compiler has made: HTTP, and graphql-ws for subscriptions.

import relay from 'relay-runtime';

import area from './relay/__generated__/relayAreaQuery.graphql.js';
import changed from './relay/__generated__/relayChangedSubscription.graphql.js';
import create from './relay/__generated__/relayCreateMutation.graphql.js';
import { attempt, authorization, url } from './common.mjs';
import { socket } from './sockets.mjs';

const { Environment, Network, Observable, RecordSource, Store } = relay;

export const run = async () => {
  const ws = socket();
  const network = Network.create(
    async ({ text }, variables) => {
      const headers = { authorization, 'content-type': 'application/json' };
      const body = JSON.stringify({ query: text, variables });
      return (await fetch(url, { method: 'POST', headers, body })).json();
    },
    ({ text }, variables) =>
      Observable.create((sink) => ws.subscribe({ query: text, variables }, sink)),
  );
  const environment = new Environment({ network, store: new Store(new RecordSource()) });
  const done = await attempt('Relay', {
    query: () => relay.fetchQuery(environment, area, {}).toPromise(),
    mutate: (_, variables) =>
      new Promise((onCompleted, onError) =>
        relay.commitMutation(environment, { mutation: create, variables, onCompleted, onError }),
      ),
    listen: (onNext, onError) => {
      const found = relay.requestSubscription(environment, {
        subscription: changed,
        variables: {},
        onNext,
        onError,
      });
      return () => found.dispose();
    },
  });
  await ws.dispose();
  return done;
};
