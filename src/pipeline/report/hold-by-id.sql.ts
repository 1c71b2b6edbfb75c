import type { Hold } from '../../core/hold.ts';
import { holdColumns, holdJoins } from '../../db/holds/hold-columns.sql.ts';
import { type HoldRow, toHold } from '../../db/holds/hold-row.ts';
import type { Tx } from '../../db/tx.ts';

/** One hold, open or released; undefined when there is none. */
export async function holdById(
  tx: Tx,
  { workspaceId, holdId }: { workspaceId: string; holdId: string },
): Promise<Hold | undefined> {
  const [row] = await tx<HoldRow[]>`
    select ${holdColumns(tx)}
    from hold h
    ${holdJoins(tx)}
    where h.workspace_id = ${workspaceId} and h.hold_id = ${holdId}`;
  return row && toHold(row);
}
