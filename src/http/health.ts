import { Hono } from 'hono';
import type { Sql } from '../db/client.ts';
import { schemaVersion } from '../db/migrate.ts';
import { hasRoom } from '../db/room.sql.ts';
import type { Logger } from '../observe/logger.ts';
import type { Sender } from '../slack/sender/sender.ts';

export type HealthOptions = {
  readonly sql: Sql;
  /** Undefined while Slack is not configured. */
  readonly sender: Pick<Sender, 'counts' | 'isShutOut'> | undefined;
  /** How it stands with Slack, in words; where several workspaces are served, in how many the app is installed. */
  readonly slackState?: () => string;
  /** False while no Socket Mode connection stands. */
  readonly isConnected?: () => boolean;
  readonly logger: Logger;
};

/** Below this a press may still be written, and no run. */
const ROOM_BYTES = 32 * 1024 ** 2;
/** Whoever balances load asks every few seconds. */
const ROOM_MS = 60_000;

type Check = { readonly ok: boolean; readonly detail: string };

/** GET /healthz: the process is alive. GET /readyz: it can do its work, or which part cannot (503). */
export function healthRoutes(options: HealthOptions): Hono {
  const site = new Hono();
  const isFull = fullNow(options.sql);
  site.get('/healthz', (c) => c.json({ status: 'ok' }));
  site.get('/readyz', async (c) => {
    const checks = { database: await database(options, isFull), slack: slack(options) };
    const outbox = await messages(options);
    const isReady = checks.database.ok && checks.slack.ok;
    return c.json({ status: isReady ? 'ready' : 'not_ready', checks, outbox }, isReady ? 200 : 503);
  });
  return site;
}

async function database({ sql, logger }: HealthOptions, isFull: () => Promise<boolean>): Promise<Check> {
  try {
    const version = await schemaVersion(sql);
    if (await isFull())
      return { ok: false, detail: 'the disk of the database is full: free space there, or it ends' };
    return { ok: true, detail: `schema ${version}` };
  } catch (error) {
    // The message may name hosts; who asks here is not known, so it goes to the log.
    logger.warn({ err: error }, 'not ready: the database');
    return { ok: false, detail: 'the database does not answer or has another schema: see the log' };
  }
}

/** Looks for room once a minute while there is some, and each time while there is none: an answer from memory, otherwise. */
function fullNow(sql: Sql): () => Promise<boolean> {
  let seenAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - seenAt < ROOM_MS) return false;
    if ((await hasRoom(sql, ROOM_BYTES)) === false) return true;
    seenAt = performance.now();
    return false;
  };
}

function slack({ sender, slackState, isConnected }: HealthOptions): Check {
  if (!sender) return { ok: true, detail: 'not configured' };
  if (sender.isShutOut())
    return { ok: false, detail: 'Slack does not let the app in: check its token and scopes' };
  if (isConnected?.() === false)
    return { ok: false, detail: 'no Socket Mode connection stands, so no press arrives: see the log' };
  return { ok: true, detail: slackState?.() ?? 'connected' };
}

/** Dead letters and parked messages do not make the service unready: pressing and sending still work. They are here to be seen. */
async function messages({
  sender,
  logger,
}: HealthOptions): Promise<{ waiting: number; parked: number; dead: number } | undefined> {
  if (!sender) return undefined;
  try {
    const { waiting, parked, dead } = await sender.counts();
    return { waiting, parked, dead };
  } catch (error) {
    logger.warn({ err: error }, 'the outbox cannot be counted');
    return undefined;
  }
}
