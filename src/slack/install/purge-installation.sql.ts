import type { Tx } from '../../db/tx.ts';

/** Forgets the tokens; true when there were any. The row stays, so that the trail's words have something to point at. */
export async function purgeInstallation(tx: Tx, workspaceId: string): Promise<boolean> {
  const rows = await tx`
    update installation set
      bot_token_sealed = null,
      refresh_token_sealed = null,
      token_expires_at = null,
      refresh_at = null,
      refresh_lease = null,
      refresh_lease_until = null,
      refresh_problem = null,
      uninstalled_at = now()
    where workspace_id = ${workspaceId} and uninstalled_at is null
    returning workspace_id
  `;
  return rows.length > 0;
}
