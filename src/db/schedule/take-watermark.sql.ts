import type { Tx } from '../tx.ts';

/**
 * The latest completed slot of a schedule, locked until the transaction ends; undefined while another instance holds it.
 * The lock dies with its session, so a crashed instance never keeps a slot.
 */
export async function takeWatermark(
  tx: Tx,
  input: { workspaceId: string; scheduleKey: string },
): Promise<Date | undefined> {
  const [row] = await tx<{ completed_slot_at: Date }[]>`
    select completed_slot_at
    from schedule_watermark
    where workspace_id = ${input.workspaceId} and schedule_key = ${input.scheduleKey}
    for update skip locked`;
  return row?.completed_slot_at;
}
