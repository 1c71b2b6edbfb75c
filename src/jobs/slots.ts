import { createTask, parse, type ScheduledTask } from 'node-cron';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A yearly schedule has a slot within this; anything longer ago is not worth catching up. */
const FURTHEST = 400 * DAY;

/** Which minutes a cron expression (five fields, UTC) names. */
export type Slots = {
  /** Days without a slot are passed over by this, a whole day at once. */
  readonly isDay: (at: Date) => boolean;
  /** The minutes of a day that may be slots, the last first, in milliseconds from its beginning. */
  readonly minutes: readonly number[];
  readonly matches: (at: Date) => boolean;
};

// The library keeps every task it made; one per expression is enough.
const known = new Map<string, Slots>();

/** The slots of a cron expression. Nothing is scheduled by asking. */
export function slotsOf(cron: string): Slots {
  const slots = known.get(cron) ?? read(cron);
  known.set(cron, slots);
  return slots;
}

function read(cron: string): Slots {
  const task: ScheduledTask = createTask(cron, () => undefined, { timezone: 'UTC' });
  const { minute, hour, dayOfMonth, month, dayOfWeek } = parse(cron);
  const minutes = hour.flatMap((h) => minute.map((m) => (h * 60 + m) * MINUTE)).sort((a, b) => b - a);
  return {
    isDay: (at) =>
      month.includes(at.getUTCMonth() + 1) &&
      mayBe(dayOfMonth, at.getUTCDate()) &&
      mayBe(dayOfWeek, at.getUTCDay()),
    minutes,
    matches: (at) => task.match(at),
  };
}

/** Words such as `L`, the last day of a month, are for the library to tell. */
const mayBe = (named: readonly (number | string)[], value: number): boolean =>
  named.includes(value) || named.some((one) => typeof one === 'string');

/**
 * The latest slot after `after` and not later than `now`; undefined when none is due. Missed slots collapse into the
 * latest: one run covers them all.
 *
 * Asked every minute of every schedule: minute by minute, back to the slot before, a monthly one took this process 1.0 s of each
 * minute and a yearly one 10 s, in which nobody's press was answered (2026-12-01).
 */
export function latestSlot(
  { isDay, minutes, matches }: Slots,
  { after, now }: { after: Date; now: Date },
): Date | undefined {
  const oldest = Math.max(after.getTime(), now.getTime() - FURTHEST);
  for (let day = Math.floor(now.getTime() / DAY) * DAY; day + DAY > oldest; day -= DAY) {
    if (!isDay(new Date(day))) continue;
    for (const minute of minutes) {
      const slot = new Date(day + minute);
      if (day + minute <= oldest) break;
      if (slot <= now && matches(slot)) return slot;
    }
  }
  return undefined;
}
