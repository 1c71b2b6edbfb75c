import type { Tx } from '../../db/tx.ts';

/** Forgets events that became records, or were parked, more than 90 days ago; says how many. */
export async function purgeEvents(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<number> {
  const { count } = await tx`
    delete from webhook_event e
    where e.workspace_id = ${workspaceId} and e.status in ('taken', 'parked')
      and e.received_at < ${now}::timestamptz - interval '90 days'`;
  return count;
}
