import { type ChainLink, GENESIS } from '../../core/chain.ts';
import type { Tx } from '../../db/tx.ts';

/** The last link of the workspace's chain; the genesis before anything was appended. */
export async function readHead(tx: Tx, workspaceId: string): Promise<ChainLink> {
  const [row] = await tx<ChainLink[]>`
    select seq, hash from audit_head where workspace_id = ${workspaceId}`;
  return row ?? GENESIS;
}
