import { Hono } from 'hono';
import type { Organisation } from '../../src/core/organisation.ts';
import { connect } from '../../src/db/client.ts';
import { startHttp } from '../../src/http/server.ts';
import { startSlaSweep } from '../../src/jobs/sla-sweep.ts';
import { createLogger } from '../../src/observe/logger.ts';
import { type SlackSettings, startSlack } from '../../src/slack/app.ts';

/** What app-child.ts tells the process; nothing of the tests is loaded here, so that it starts soon. */
export type AppOrder = {
  readonly databaseUrl: string;
  readonly workspaceId: string;
  readonly settings: Omit<SlackSettings, 'appToken'>;
  readonly organisation: Organisation;
  /** Whether time makes things happen, as with `serve`; most tests do that themselves. */
  readonly hasClocks?: boolean;
};

/** The product's Slack side as a process of its own, for app-child.ts. Prints its port once it serves. */
const { databaseUrl, hasClocks, ...order } = JSON.parse(process.argv[2] ?? '') as AppOrder;
const sql = connect({ url: databaseUrl, role: 'people' });
const logger = createLogger({ level: 'warn' });
const app = await startSlack({ ...order, sql, logger });
if (hasClocks) startSlaSweep({ ...order, sql, logger });
const http = await startHttp({ port: 0, host: '127.0.0.1', slack: app.requestListener, site: new Hono() });
console.log(http.port);
