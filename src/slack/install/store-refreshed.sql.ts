import type { Tx } from '../../db/tx.ts';

export type Refreshed = {
  readonly workspaceId: string;
  readonly lease: string;
  readonly botTokenSealed: string;
  readonly refreshTokenSealed: string;
  readonly expiresInS: number;
  readonly refreshInS: number;
};

/** Puts the new pair in the place of the old one; false when the lease passed on, or the app was uninstalled meanwhile. */
export async function storeRefreshed(tx: Tx, pair: Refreshed): Promise<boolean> {
  const rows = await tx`
    update installation set
      bot_token_sealed = ${pair.botTokenSealed},
      refresh_token_sealed = ${pair.refreshTokenSealed},
      token_expires_at = now() + ${pair.expiresInS}::float8 * interval '1 second',
      refresh_at = now() + ${pair.refreshInS}::float8 * interval '1 second',
      refresh_lease = null,
      refresh_lease_until = null,
      refresh_problem = null
    where workspace_id = ${pair.workspaceId} and refresh_lease = ${pair.lease} and uninstalled_at is null
    returning workspace_id
  `;
  return rows.length > 0;
}
