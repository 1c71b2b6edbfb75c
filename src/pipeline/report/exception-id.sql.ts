import type { Viewer } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { visibleTo } from './visible-to.sql.ts';

/** The id of the exception with this number; undefined when there is none that the viewer sees. */
export async function exceptionId(
  tx: Tx,
  { workspaceId, viewer, number }: { workspaceId: string; viewer: Viewer; number: number },
): Promise<string | undefined> {
  const [row] = await tx<{ exception_id: string }[]>`
    select e.exception_id
    from exception e
    where e.workspace_id = ${workspaceId} and e.number = ${number} and ${visibleTo(tx, viewer)}`;
  return row?.exception_id;
}
