import type { Tx } from '../../db/tx.ts';

/** Every team that the record knows, also those that are gone: what they had is still on it. */
export async function teamKeys(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx<
    { key: string }[]
  >`select key from team where workspace_id = ${workspaceId} order by key`;
  return rows.map(({ key }) => key);
}
