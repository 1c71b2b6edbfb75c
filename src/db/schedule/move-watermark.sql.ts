import type { Tx } from '../tx.ts';

/** Notes that a slot was completed; a watermark never moves back. */
export async function moveWatermark(
  tx: Tx,
  input: { workspaceId: string; scheduleKey: string; slotAt: Date },
): Promise<void> {
  await tx`
    update schedule_watermark
    set completed_slot_at = greatest(completed_slot_at, ${input.slotAt.toISOString()}::timestamptz)
    where workspace_id = ${input.workspaceId} and schedule_key = ${input.scheduleKey}`;
}
