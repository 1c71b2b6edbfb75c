import type { TrailState } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';

/** The newest copy of the trail's head that left the database. */
export async function lastAnchor(tx: Tx, workspaceId: string): Promise<TrailState['anchor']> {
  const [row] = await tx<NonNullable<TrailState['anchor']>[]>`
    select a.seq, a.anchored_at as at, a.place
    from audit_anchor a
    where a.workspace_id = ${workspaceId}
    order by a.seq desc, a.anchored_at desc, a.place
    limit 1`;
  return row;
}
