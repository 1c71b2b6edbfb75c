import type { Tx } from '../../db/tx.ts';

/**
 * How far into the trail a run that is about to commit has seen: to the end, its own events included, where nobody else
 * appended any since it began (`from`), and otherwise to its beginning.
 */
export async function seenUpTo(
  tx: Tx,
  { workspaceId, from }: { workspaceId: string; from: bigint },
): Promise<bigint> {
  const [row] = await tx<{ seq: bigint }[]>`
    select case when count(*) filter (where e.xmin is distinct from pg_current_xact_id()::xid) = 0
                then coalesce(max(e.seq), ${from.toString()}::bigint)
                else ${from.toString()}::bigint end as seq
    from audit_event e
    where e.workspace_id = ${workspaceId} and e.seq > ${from.toString()}::bigint`;
  return row?.seq ?? from;
}
