import type { Tx } from '../../db/tx.ts';

/** Notes why the exchange failed, and when it is tried again; nothing when the lease passed on. */
export async function putOffRefresh(
  tx: Tx,
  failed: { workspaceId: string; lease: string; problem: string; againInS: number },
): Promise<void> {
  await tx`
    update installation set
      refresh_at = now() + ${failed.againInS}::float8 * interval '1 second',
      refresh_lease = null,
      refresh_lease_until = null,
      refresh_problem = ${failed.problem}
    where workspace_id = ${failed.workspaceId} and refresh_lease = ${failed.lease}
  `;
}
