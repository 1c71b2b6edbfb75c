import { secretsOf } from '../src/config/secrets.ts';
import { connect } from '../src/db/client.ts';
import { startHttp } from '../src/http/server.ts';
import { webhookRoutes } from '../src/http/webhooks.ts';
import { createLogger } from '../src/observe/logger.ts';
import { pushTargets } from '../src/pipeline/receive/push-targets.ts';
import { BENCH_FEED } from './webhook-feed.ts';

/** The service's webhooks alone, in a process of their own; says its port to whoever started it. */
const { DATABASE_URL: url = '', WORKSPACE: workspaceId = '' } = process.env;
const sql = connect({ url, role: 'people' });
const targets = await pushTargets(sql, {
  workspaceId,
  contracts: [BENCH_FEED],
  secretsOf: (contract) => secretsOf(contract, process.env, 'webhook'),
});
const logger = createLogger({ level: 'error' });
const site = webhookRoutes({ sql, targets, publicUrl: undefined, logger });
const { port } = await startHttp({ port: 0, host: '127.0.0.1', slack: undefined, site });
process.send?.({ port });
