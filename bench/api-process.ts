import { Hono } from 'hono';
import { connect } from '../src/db/client.ts';
import { apiRoutes } from '../src/http/api/api.ts';
import { startHttp } from '../src/http/server.ts';
import { createLogger } from '../src/observe/logger.ts';
import { ORGANISATION } from '../test/support/ledger.ts';
import { HELD_SPEC } from './held-orders.ts';

/** The API as a process of its own, for api-child.ts. Prints its port once it serves. */
const [databaseUrl = '', workspaceId = ''] = process.argv.slice(2);
const site = new Hono();
const api = apiRoutes({
  sql: connect({ url: databaseUrl, role: 'api' }),
  workspaces: [{ workspaceId, organisation: ORGANISATION, reconciliations: [HELD_SPEC] }],
  logger: createLogger({ level: 'warn' }),
});
site.route('/', api);
const http = await startHttp({ port: 0, host: '127.0.0.1', slack: undefined, site });
console.log(http.port);
