import type { Sql } from '../db/client.ts';
import { makeWatermark } from '../db/schedule/make-watermark.sql.ts';
import { moveWatermark } from '../db/schedule/move-watermark.sql.ts';
import { takeWatermark } from '../db/schedule/take-watermark.sql.ts';
import { inWorkspace } from '../db/tx.ts';
import { latestSlot, slotsOf } from './slots.ts';

/** When something is due, under which name its watermark is kept. */
export type Timetable = { readonly key: string; readonly cron: string };

/**
 * Runs what is due of one schedule, and returns the slot it completed; undefined when nothing was due or another
 * instance is on it. The watermark in Postgres decides, never the clock that woke us; it moves when the work is done, so
 * a crash in between leaves the slot due.
 */
export async function runDue(
  sql: Sql,
  { workspaceId, schedule, now }: { workspaceId: string; schedule: Timetable; now: Date },
  work: (slot: Date) => Promise<void>,
): Promise<Date | undefined> {
  const key = { workspaceId, scheduleKey: schedule.key };
  await inWorkspace(sql, workspaceId, (tx) => makeWatermark(tx, { ...key, now }));
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const after = await takeWatermark(tx, key);
    const slot = after && latestSlot(slotsOf(schedule.cron), { after, now });
    if (!slot) return undefined;
    await work(slot);
    await moveWatermark(tx, { ...key, slotAt: slot });
    return slot;
  });
}
