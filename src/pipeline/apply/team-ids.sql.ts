import type { Tx } from '../../db/tx.ts';

/** Team ids by their key in the configuration. */
export async function teamIds(tx: Tx, workspaceId: string): Promise<Map<string, string>> {
  const rows = await tx<{ key: string; team_id: string }[]>`
    select key, team_id from team where workspace_id = ${workspaceId}`;
  return new Map(rows.map((row) => [row.key, row.team_id]));
}
