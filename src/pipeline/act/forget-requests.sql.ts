import type { Tx } from '../../db/tx.ts';

/** Forgets requests that were answered more than 90 days ago; says how many. Slack asks again within the hour. */
export async function forgetRequests(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<number> {
  const { count } = await tx`
    delete from inbox
    where workspace_id = ${workspaceId} and received_at < ${now}::timestamptz - interval '90 days'`;
  return count;
}
