import type { Tx } from '../tx.ts';

/** Makes the watermark of a schedule seen for the first time: what was due before it existed is not caught up. */
export async function makeWatermark(
  tx: Tx,
  input: { workspaceId: string; scheduleKey: string; now: Date },
): Promise<void> {
  await tx`
    insert into schedule_watermark (workspace_id, schedule_key, completed_slot_at)
    values (${input.workspaceId}, ${input.scheduleKey}, ${input.now.toISOString()}::timestamptz)
    on conflict do nothing`;
}
