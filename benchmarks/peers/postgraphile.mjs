// PostGraphile 5 over the schema `peer`: relations and names come from the smart tags in tags.json5.
// Arguments: port, folder of PostgreSQL's socket, number of connections. PRINT=1 prints the schema.
import { createServer } from 'node:http';
import { grafserv } from 'grafserv/node';
import { printSchema } from 'graphql';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { makePgSmartTagsPlugin } from 'postgraphile/utils';
import { tags } from './tags.mjs';

const [port, host, max] = process.argv.slice(2);
const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [tags(makePgSmartTagsPlugin)],
  pgServices: [makePgService({
    schemas: ['peer'],
    poolConfig: { host, user: 'coaching', database: 'coaching', max: +max, options: '-c timezone=UTC -c plan_cache_mode=force_generic_plan' },
  })],
  schema: { defaultBehavior: '+list +connection -insert -update -delete -node', pgForbidSetofFunctionsToReturnNull: true },
  grafserv: { graphiql: false, watch: false, graphqlPath: '/graphql' },
  grafast: { explain: false },
};
const instance = postgraphile(preset);
if (process.env.PRINT) {
  console.log(printSchema(await instance.getSchema()));
  process.exit();
}
const server = createServer({ keepAlive: true });
await instance.createServ(grafserv).addTo(server);
server.listen(+port, '127.0.0.1');
