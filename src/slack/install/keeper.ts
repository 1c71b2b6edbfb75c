import type { Sql } from '../../db/client.ts';
import type { SealKeys } from '../../db/seal.ts';
import type { Logger } from '../../observe/logger.ts';
import { type Access, readAccess, reseal } from './access.ts';
import { INSTALLATIONS } from './notify-installation.sql.ts';
import { type ExchangeRefreshToken, refreshIfDue } from './refresh.ts';

export type KeeperOptions = {
  readonly sql: Sql;
  readonly workspaceIds: readonly string[];
  readonly keys: SealKeys;
  readonly exchange: ExchangeRefreshToken;
  /** Told at every look; undefined when the app is not installed. Looks at one workspace never overlap. */
  readonly onAccess: (workspaceId: string, access: Access | undefined) => Promise<void>;
  readonly logger: Logger;
};

export type Keeper = {
  /** Looks now, and resolves when what it found was told. */
  readonly look: (workspaceId: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Other instances say when they changed something; this is for words that got lost. */
const ROUND_MS = 30_000;
const SOONEST_MS = 250;

/**
 * Keeps every workspace's access as it is on the record: what another instance installed, exchanged or purged is known
 * here at once, and tokens are exchanged before they expire whether anybody presses or not.
 *
 * Throws: Fault when the first look at the database fails.
 */
export async function startKeeper(options: KeeperOptions): Promise<Keeper> {
  const { sql, workspaceIds, logger } = options;
  const watches = new Map(workspaceIds.map((id) => [id, watchOver(options, id)]));
  for (const workspaceId of workspaceIds) await resealNow(options, workspaceId);
  const look = async (workspaceId: string): Promise<void> => watches.get(workspaceId)?.look();
  await Promise.all(workspaceIds.map(look));
  for (const watch of watches.values()) watch.begin();
  const subscription = await sql
    .listen(INSTALLATIONS, (workspaceId) => watches.get(workspaceId)?.soon())
    .catch((error: unknown) => {
      logger.warn({ err: error }, 'cannot listen for installations; looking every half minute');
      return undefined;
    });
  return {
    look,
    stop: async () => {
      await subscription?.unlisten().catch(() => {}); // the connection is gone, and with it the subscription
      await Promise.all([...watches.values()].map((watch) => watch.stop()));
    },
  };
}

async function resealNow({ sql, keys, logger }: KeeperOptions, workspaceId: string): Promise<void> {
  if (await reseal({ sql, workspaceId, keys })) {
    logger.info({ workspaceId }, 'tokens sealed anew with the first key of TIEOUT_ENCRYPTION_KEY');
  }
}

type Watch = {
  readonly look: () => Promise<void>;
  readonly begin: () => void;
  readonly soon: () => void;
  readonly stop: () => Promise<void>;
};

function watchOver(options: KeeperOptions, workspaceId: string): Watch {
  let last: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  /** One look after the other; each resolves when what it found was told. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
  const round = (): void => {
    clearTimeout(timer);
    if (isOver) return;
    void inTurn(() => lookAndRefresh(options, workspaceId))
      .catch((error: unknown) => {
        options.logger.warn({ err: error, workspaceId }, 'an installation cannot be looked at; trying again');
        return ROUND_MS;
      })
      .then((waitMs) => {
        clearTimeout(timer);
        if (!isOver) timer = setTimeout(round, waitMs).unref();
      });
  };
  return {
    look: () => inTurn(async () => void (await tell(options, workspaceId))),
    begin: round,
    soon: round,
    stop: async () => {
      isOver = true;
      clearTimeout(timer);
      await last;
    },
  };
}

/** Tells what is on the record, exchanges the token when that is due, and returns when to look again. */
async function lookAndRefresh(options: KeeperOptions, workspaceId: string): Promise<number> {
  const refreshInMs = await tell(options, workspaceId);
  if (refreshInMs === undefined) return ROUND_MS;
  if (refreshInMs > 0) return Math.min(ROUND_MS, refreshInMs + SOONEST_MS);
  if (!(await exchangeToken(options, workspaceId))) return ROUND_MS;
  return Math.min(ROUND_MS, Math.max(SOONEST_MS, (await tell(options, workspaceId)) ?? ROUND_MS));
}

async function exchangeToken(options: KeeperOptions, workspaceId: string): Promise<boolean> {
  const { sql, keys, exchange, logger } = options;
  const isDone = await refreshIfDue({ sql, workspaceId, keys, exchange, logger });
  if (isDone) logger.info({ workspaceId }, 'the Slack token was exchanged');
  return isDone;
}

async function tell(options: KeeperOptions, workspaceId: string): Promise<number | undefined> {
  const { sql, keys, onAccess, logger } = options;
  let now = await readAccess({ sql, workspaceId, keys });
  // Nothing stood by for as long as a token lives: whatever is called with it would be refused.
  if (now.kind === 'installed' && now.isExpired && (await exchangeToken(options, workspaceId))) {
    now = await readAccess({ sql, workspaceId, keys });
  }
  if (now.kind === 'sealed_shut') {
    logger.error(
      { workspaceId },
      'no key of TIEOUT_ENCRYPTION_KEY opens the Slack token: add the older key, or install again at /slack/install',
    );
  }
  await onAccess(workspaceId, now.kind === 'installed' ? now.access : undefined);
  return now.kind === 'installed' ? now.refreshInMs : undefined;
}
