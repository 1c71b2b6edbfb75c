import type { Tx } from '../../db/tx.ts';

/** Whether the agenda of a meeting at that time is on the record already. */
export async function hasMeeting(
  tx: Tx,
  { workspaceId, meetsAt }: { workspaceId: string; meetsAt: Date },
): Promise<boolean> {
  const rows = await tx`
    select from triage_meeting
    where workspace_id = ${workspaceId} and meets_at = ${meetsAt.toISOString()}::timestamptz`;
  return rows.length > 0;
}
