import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/new-id.ts';
import { type SealKeys, seal, unseal } from '../../db/seal.ts';
import { inWorkspace } from '../../db/tx.ts';
import type { Logger } from '../../observe/logger.ts';
import type { Outcome } from '../sender/outcome.ts';
import { type Rotation, readPair, refreshInS } from './grant.ts';
import { notifyInstallation } from './notify-installation.sql.ts';
import { putOffRefresh } from './put-off-refresh.sql.ts';
import { storeRefreshed } from './store-refreshed.sql.ts';
import { takeRefresh } from './take-refresh.sql.ts';

/** Asks Slack for a new pair of tokens, with the app's own id and secret. */
export type ExchangeRefreshToken = (refreshToken: string) => Promise<Outcome>;

export type RefreshContext = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly keys: SealKeys;
  readonly exchange: ExchangeRefreshToken;
  readonly logger: Logger;
};

/** Longer than Slack is asked for, and than a short trouble of the database lasts. */
const LEASE_MS = 60_000;
const STORE_FOR_MS = 45_000;
const SOON_S = 60;
const LATER_S = 3_600;

/**
 * Exchanges the workspace's token when it is due, and returns whether a new pair is on the record. Of any number of
 * instances one asks Slack, because a refresh token works once: the lease decides, and is held in the row, not as a lock.
 *
 * An answer that got lost leaves the old pair. It is tried again when the lease ends; should Slack not know it any more,
 * the token still works until it expires, and then the app has to be installed again.
 */
export async function refreshIfDue(context: RefreshContext): Promise<boolean> {
  const { sql, workspaceId, keys, logger } = context;
  const lease = newId();
  const sealed = await inWorkspace(sql, workspaceId, (tx) =>
    takeRefresh(tx, { workspaceId, lease, leaseMs: LEASE_MS }),
  );
  if (sealed === undefined) return false;
  const refreshToken = unseal(sealed, { workspaceId, kind: 'refresh_token' }, keys);
  if (refreshToken === undefined) {
    await putOff(context, lease, { problem: 'token_unreadable', againInS: LATER_S });
    logger.error({ workspaceId }, 'no key of TIEOUT_ENCRYPTION_KEY opens the refresh token: install again');
    return false;
  }
  const outcome = await context.exchange(refreshToken);
  const pair = outcome.kind === 'done' ? readPair(outcome.body) : undefined;
  if (!pair) {
    await putOff(context, lease, failureOf(outcome));
    return false;
  }
  return await keepPair(context, lease, pair);
}

type Failure = { readonly problem: string; readonly againInS: number };

/** A refused token stays refused; anything else may be over in a minute. */
function failureOf(outcome: Outcome): Failure {
  if (outcome.kind === 'done') return { problem: 'the answer is not complete', againInS: SOON_S };
  if (outcome.kind === 'rate_limited') {
    return { problem: 'ratelimited', againInS: Math.ceil(outcome.waitMs / 1000) };
  }
  const isRefused = outcome.error.startsWith('invalid_') || outcome.kind === 'shut_out';
  return { problem: outcome.error, againInS: isRefused ? LATER_S : SOON_S };
}

async function putOff(
  { sql, workspaceId, logger }: RefreshContext,
  lease: string,
  { problem, againInS }: Failure,
): Promise<void> {
  await inWorkspace(sql, workspaceId, (tx) => putOffRefresh(tx, { workspaceId, lease, problem, againInS }));
  logger.error(
    { workspaceId, problem, againInS },
    'the Slack token could not be exchanged; it works until it expires. If this stays, install again at /slack/install',
  );
}

/** The old refresh token is spent by now: the new pair is kept trying to be stored for as long as the lease is ours. */
async function keepPair(
  { sql, workspaceId, keys, logger }: RefreshContext,
  lease: string,
  { token, rotation }: { token: string; rotation: Rotation },
): Promise<boolean> {
  const pair = {
    workspaceId,
    lease,
    botTokenSealed: seal(token, { workspaceId, kind: 'bot_token' }, keys),
    refreshTokenSealed: seal(rotation.refreshToken, { workspaceId, kind: 'refresh_token' }, keys),
    expiresInS: rotation.expiresInS,
    refreshInS: refreshInS(rotation),
  };
  const deadline = performance.now() + STORE_FOR_MS;
  for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, 5_000)) {
    try {
      return await inWorkspace(sql, workspaceId, async (tx) => {
        const isStored = await storeRefreshed(tx, pair);
        if (isStored) await notifyInstallation(tx, workspaceId);
        return isStored;
      });
    } catch (error) {
      if (performance.now() + pauseMs > deadline) throw error;
      logger.warn({ err: error, workspaceId }, 'the new Slack token could not be stored yet; trying again');
      await sleep(pauseMs);
    }
  }
}
