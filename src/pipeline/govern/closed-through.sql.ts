import type { Tx } from '../../db/tx.ts';

/** The last month that takes no entries, as the record has it; undefined when the configuration closes none. */
export async function closedThrough(tx: Tx, workspaceId: string): Promise<string | undefined> {
  const [row] = await tx<{ period: string }[]>`
    select period from period where workspace_id = ${workspaceId} and scope = 'through' and is_closed`;
  return row?.period;
}
