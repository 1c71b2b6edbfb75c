import type { Viewer } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { visibleTo } from './visible-to.sql.ts';

/** Which of these exceptions the viewer sees. */
export async function visibleExceptions(
  tx: Tx,
  { workspaceId, viewer, ids }: { workspaceId: string; viewer: Viewer; ids: readonly string[] },
): Promise<Set<string>> {
  const rows = await tx<{ exception_id: string }[]>`
    select e.exception_id
    from exception e
    where e.workspace_id = ${workspaceId} and e.exception_id = any(${ids as string[]}::uuid[]) and ${visibleTo(tx, viewer)}`;
  return new Set(rows.map((row) => row.exception_id));
}
