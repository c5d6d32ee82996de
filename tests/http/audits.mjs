// All audits of GraphQL over HTTP by the package graphql-http, MUST, SHOULD and MAY alike.
// Run by `make audit`, which names a running server in the environment.

import { serverAudits } from 'graphql-http';

const AUDITS = 61;

// The audits know of no tokens.
function fetchFn(url, { headers, ...rest } = {}) {
  const authorization = process.env.COACHING_AUTHORIZATION;
  return fetch(url, { ...rest, headers: { ...headers, authorization } });
}

let passed = 0;
const audits = serverAudits({ url: process.env.COACHING_URL, fetchFn });
for (const audit of audits) {
  const { status, reason } = await audit.fn();
  passed += status === 'ok';
  console.log([status.padEnd(6), audit.id, audit.name, reason].filter(Boolean).join(' '));
}
console.log(`${passed} of ${audits.length} audits pass; ${AUDITS} are wanted.`);
process.exitCode = passed === AUDITS && audits.length === AUDITS ? 0 : 1;
