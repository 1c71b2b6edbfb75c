import type { Tx } from '../../db/tx.ts';

/** The passes that made what is matched. */
export async function matchPasses(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx<{ pass: string }[]>`
    select distinct m.pass from match m where m.workspace_id = ${workspaceId} and m.is_live order by 1`;
  return rows.map(({ pass }) => pass);
}
