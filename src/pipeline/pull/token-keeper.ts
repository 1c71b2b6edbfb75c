import { createHash } from 'node:crypto';
import { Fault } from '../../core/fault.ts';
import type { OAuth } from '../../core/pull.ts';
import type { Secrets } from '../../core/secrets.ts';
import type { Sql } from '../../db/client.ts';
import { type SealKeys, seal, unseal } from '../../db/seal.ts';
import { inWorkspace } from '../../db/tx.ts';
import type { TokenKeeper } from './authorize.ts';
import { keepToken } from './keep-token.sql.ts';
import { lockToken } from './lock-token.sql.ts';

type Keeping = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly feedId: string;
  readonly keys: SealKeys | undefined;
  readonly secrets: Secrets;
};

/**
 * Keeps the refresh token of a feed's source, for sources that give a new one at each exchange. The exchange happens while the row
 * is locked: a token that works once must not be used by two processes.
 *
 * Throws: Fault('encryption_key_missing') when a token would have to be kept and there is no key to seal it with.
 */
export function tokenKeeper(auth: OAuth, { sql, workspaceId, feedId, keys, secrets }: Keeping): TokenKeeper {
  if (!auth.rotates) return { exchange: async (exchange) => (await exchange(undefined)).accessToken };
  const seed = createHash('sha256')
    .update(secrets.fill(auth.refreshToken ?? ''))
    .digest('hex');
  const about = { workspaceId, kind: 'source_token', of: feedId } as const;
  return {
    exchange: async (exchange) => {
      if (keys === undefined) throw noKey();
      return await inWorkspace(sql, workspaceId, async (tx) => {
        const kept = await lockToken(tx, { workspaceId, feedId });
        const before =
          kept.seed === seed && kept.sealed !== null ? unseal(kept.sealed, about, keys) : undefined;
        const { accessToken, refreshToken } = await exchange(before);
        if (refreshToken !== undefined) {
          await keepToken(tx, { workspaceId, feedId, sealed: seal(refreshToken, about, keys), seed });
        }
        return accessToken;
      });
    },
  };
}

const noKey = (): Fault =>
  new Fault(
    'encryption_key_missing',
    'TIEOUT_ENCRYPTION_KEY is not set, and this source gives a new refresh token each time, which is never kept unsealed; make one with: openssl rand -hex 32',
  );
