import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';

/** Adds reconciliations not known yet; returns their keys. */
export async function insertReconciliations(
  tx: Tx,
  { workspaceId, keys }: { workspaceId: string; keys: readonly string[] },
): Promise<string[]> {
  const rows = await tx<{ key: string }[]>`
    insert into reconciliation (workspace_id, reconciliation_id, key)
    select ${workspaceId}::uuid, w.reconciliation_id, w.key
    from unnest(${keys.map(newId)}::uuid[], ${[...keys]}::text[]) as w (reconciliation_id, key)
    on conflict (workspace_id, key) do nothing
    returning key`;
  return rows.map(({ key }) => key);
}
