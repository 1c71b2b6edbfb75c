import type { Tx } from '../../db/tx.ts';

/** Every feed of the workspace, by key. */
export async function feedKeys(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx<{ key: string }[]>`
    select f.key from feed f where f.workspace_id = ${workspaceId} order by f.key`;
  return rows.map((row) => row.key);
}
