import type { ChainLink } from '../../core/chain.ts';
import type { Tx } from '../../db/tx.ts';

/** Keeps in the database, too, that an anchor left it. */
export async function insertAnchor(
  tx: Tx,
  input: { workspaceId: string; link: ChainLink; place: string },
): Promise<void> {
  await tx`
    insert into audit_anchor (workspace_id, seq, hash, place)
    values (${input.workspaceId}, ${input.link.seq}, ${input.link.hash}, ${input.place})
    on conflict do nothing`;
}
