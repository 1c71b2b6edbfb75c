import { Temporal } from 'temporal-polyfill';
import { type Calendar, isWorked } from './calendar.ts';

/** Something due once on every worked day, at a local time (`HH:MM`) of the calendar's zone. */
export type Daily = { readonly time: string; readonly calendar: Calendar };

/** When it was due, and the local day it was due for. */
export type DailySlot = { readonly at: Date; readonly on: string };

/** A year and more without a worked day is a bug in the calendar; nothing is due then. */
const FURTHEST_DAYS = 400;

/**
 * The latest slot after `after` and not later than `now`; undefined when none is due. Missed slots collapse into it.
 *
 * Every worked day has exactly one: a local time that does not exist that day (spring change) moves to the next one that
 * does, one that comes twice (autumn change) counts the first time.
 */
export function latestDailySlot(
  { time, calendar }: Daily,
  { after, now }: { after: Date; now: Date },
): DailySlot | undefined {
  let day = localDay(now, calendar.zone);
  for (let guard = 0; guard < FURTHEST_DAYS; guard += 1, day = day.subtract({ days: 1 })) {
    if (!isWorked(day, calendar)) continue;
    const at = day.toZonedDateTime({ timeZone: calendar.zone, plainTime: time }).epochMilliseconds;
    if (at > now.getTime()) continue;
    return at > after.getTime() ? { at: new Date(at), on: day.toString() } : undefined;
  }
  return undefined;
}

/** The same local time on the last worked day before that of `now`: since when something is news. */
export function workdayBefore(now: Date, calendar: Calendar): Date {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(calendar.zone);
  let day = here.toPlainDate().subtract({ days: 1 });
  for (let guard = 0; guard < FURTHEST_DAYS && !isWorked(day, calendar); guard += 1)
    day = day.subtract({ days: 1 });
  const before = day.toZonedDateTime({ timeZone: calendar.zone, plainTime: here.toPlainTime() });
  return new Date(before.epochMilliseconds);
}

const localDay = (at: Date, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();
