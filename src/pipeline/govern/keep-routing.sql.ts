import type { Tx } from '../../db/tx.ts';

/** Keeps which ownership matrix holds; true when it was another one before. */
export async function keepRouting(
  tx: Tx,
  { workspaceId, sha256 }: { workspaceId: string; sha256: string },
): Promise<boolean> {
  const rows = await tx`
    update workspace set routing_sha256 = ${sha256}
    where workspace_id = ${workspaceId} and routing_sha256 is distinct from ${sha256}
    returning workspace_id`;
  return rows.length > 0;
}
