import type { Tx } from '../../db/tx.ts';

/**
 * Forgets which records deliveries changed that were taken more than 30 days ago; says how many. A run that has not looked since
 * finds fewer listed than the delivery changed, and looks at everything.
 */
export async function forgetChanged(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<number> {
  const { count } = await tx`
    delete from changed_record c
    using delivery d
    where c.workspace_id = ${workspaceId} and d.workspace_id = c.workspace_id and d.delivery_id = c.delivery_id
      and coalesce(d.decided_at, d.received_at) < ${now}::timestamptz - interval '30 days'`;
  return count;
}
