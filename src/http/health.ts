import { Hono } from 'hono';
import type { Sql } from '../db/client.ts';
import { schemaVersion } from '../db/migrate.ts';
import type { Logger } from '../observe/logger.ts';
import type { Sender } from '../slack/sender/sender.ts';

export type HealthOptions = {
  readonly sql: Sql;
  /** Undefined while Slack is not configured. */
  readonly sender: Pick<Sender, 'counts' | 'isShutOut'> | undefined;
  readonly logger: Logger;
};

type Check = { readonly ok: boolean; readonly detail: string };

/** GET /healthz: the process is alive. GET /readyz: it can do its work, or which part cannot (503). */
export function healthRoutes(options: HealthOptions): Hono {
  const site = new Hono();
  site.get('/healthz', (c) => c.json({ status: 'ok' }));
  site.get('/readyz', async (c) => {
    const checks = { database: await database(options), slack: slack(options) };
    const outbox = await messages(options);
    const isReady = checks.database.ok && checks.slack.ok;
    return c.json({ status: isReady ? 'ready' : 'not_ready', checks, outbox }, isReady ? 200 : 503);
  });
  return site;
}

async function database({ sql, logger }: HealthOptions): Promise<Check> {
  try {
    return { ok: true, detail: `schema ${await schemaVersion(sql)}` };
  } catch (error) {
    // The message may name hosts; who asks here is not known, so it goes to the log.
    logger.warn({ err: error }, 'not ready: the database');
    return { ok: false, detail: 'the database does not answer or has another schema: see the log' };
  }
}

function slack({ sender }: HealthOptions): Check {
  if (!sender) return { ok: true, detail: 'not configured' };
  if (sender.isShutOut())
    return { ok: false, detail: 'Slack does not let the app in: check SLACK_BOT_TOKEN and scopes' };
  return { ok: true, detail: 'connected' };
}

/** Dead letters do not make the service unready: pressing and sending still work. They are here to be seen. */
async function messages({
  sender,
  logger,
}: HealthOptions): Promise<{ waiting: number; dead: number } | undefined> {
  if (!sender) return undefined;
  try {
    const { waiting, dead } = await sender.counts();
    return { waiting, dead };
  } catch (error) {
    logger.warn({ err: error }, 'the outbox cannot be counted');
    return undefined;
  }
}
