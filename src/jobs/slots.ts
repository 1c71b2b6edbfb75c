import { createTask, type ScheduledTask } from 'node-cron';

const MINUTE = 60_000;
/** A yearly schedule has a slot within this; anything longer ago is not worth catching up. */
const FURTHEST = 400 * 24 * 60 * MINUTE;

// The library keeps every task it made; one per expression is enough.
const tasks = new Map<string, ScheduledTask>();

/** Tells which minutes a cron expression (five fields, UTC) names. Nothing is scheduled by making one. */
export function slotMatcher(cron: string): (at: Date) => boolean {
  const task = tasks.get(cron) ?? createTask(cron, () => undefined, { timezone: 'UTC' });
  tasks.set(cron, task);
  return (at) => task.match(at);
}

/**
 * The latest slot after `after` and not later than `now`; undefined when none is due. Missed slots collapse into the
 * latest: one run covers them all.
 */
export function latestSlot(
  matches: (at: Date) => boolean,
  { after, now }: { after: Date; now: Date },
): Date | undefined {
  const oldest = Math.max(after.getTime(), now.getTime() - FURTHEST);
  for (let at = Math.floor(now.getTime() / MINUTE) * MINUTE; at > oldest; at -= MINUTE) {
    const slot = new Date(at);
    if (matches(slot)) return slot;
  }
  return undefined;
}
