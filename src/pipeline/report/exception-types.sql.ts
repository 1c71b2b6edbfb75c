import type { Tx } from '../../db/tx.ts';

/** Every type that an exception on the record has, live or closed. */
export async function exceptionTypes(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx<
    { type: string }[]
  >`select distinct type from exception where workspace_id = ${workspaceId} order by type`;
  return rows.map(({ type }) => type);
}
