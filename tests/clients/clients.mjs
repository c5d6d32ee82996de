// The clients that front ends use, against a running server that the environment names.
// Run by `make clients`.

import * as apollo from './apollo.mjs';
import * as events from './events.mjs';
import * as relay from './relay.mjs';
import * as sockets from './sockets.mjs';
import * as urql from './urql.mjs';

const CLIENTS = {
  'graphql-ws': sockets.run,
  'graphql-ws, refused': sockets.refused,
  'graphql-sse': events.run,
  '@apollo/client over graphql-ws': apollo.run,
  '@urql/core over events': urql.overEvents,
  '@urql/core over graphql-ws': urql.overSocket,
  'relay-runtime over graphql-ws': relay.run,
};

let failed = 0;
for (const [name, run] of Object.entries(CLIENTS)) {
  try {
    console.log(`ok      ${name}: ${await run()}`);
  } catch (error) {
    failed += 1;
    console.log(`failed  ${name}:`, error);
  }
}
process.exit(failed ? 1 : 0);
