import { Temporal } from 'temporal-polyfill';

/** Local times of one working day: from the first minute until just before the last, `HH:MM`; `24:00` ends with the day. */
export type Hours = { readonly from: string; readonly until: string };

export type Calendar = {
  readonly zone: string;
  /** ISO weekdays that are worked, Monday = 1. */
  readonly workdays: readonly number[];
  /** Days nobody works, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
  readonly hours?: Hours | undefined;
  /** Days on which work ends early: until when, by day (`YYYY-MM-DD`). */
  readonly halfDays?: Readonly<Record<string, string>> | undefined;
};

const DEFAULT_HOURS: Hours = { from: '09:00', until: '17:00' };

/** Whether anybody works on that day. */
export const isWorked = (day: Temporal.PlainDate, calendar: Calendar): boolean =>
  calendar.workdays.includes(day.dayOfWeek) && !calendar.holidays.includes(day.toString());

/** The milliseconds of worked time between two instants; 0 when the second is not later. */
export function workedMs(from: Date, until: Date, calendar: Calendar): number {
  let total = 0;
  const last = dayOf(until, calendar);
  for (let day = dayOf(from, calendar); Temporal.PlainDate.compare(day, last) <= 0; day = day.add(ONE_DAY)) {
    const span = spanOf(day, calendar);
    if (span)
      total += Math.max(0, Math.min(span.until, until.getTime()) - Math.max(span.from, from.getTime()));
  }
  return total;
}

/**
 * The first instant at which that much worked time has gone by since `from`. Time outside the hours does not count, and
 * a clock change inside them makes the day longer or shorter, as it does for whoever works it.
 *
 * Throws: when the calendar has no worked time within two years, which is a bug in its configuration.
 */
export function addWorkedMs(from: Date, ms: number, calendar: Calendar): Date {
  let left = ms;
  let day = dayOf(from, calendar);
  for (let idle = 0; idle < IDLE_DAYS; day = day.add(ONE_DAY)) {
    const span = spanOf(day, calendar);
    const start = span && Math.max(span.from, from.getTime());
    if (!span || start === undefined || start >= span.until) {
      idle += 1;
      continue;
    }
    idle = 0;
    if (left <= span.until - start) return new Date(start + left);
    left -= span.until - start;
  }
  throw new Error(`calendar ${calendar.zone} has no worked time to count`);
}

const IDLE_DAYS = 731;
const ONE_DAY = { days: 1 } as const;

const dayOf = (at: Date, { zone }: Calendar): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();

/** The worked time of one day, as epoch milliseconds; undefined when nobody works or the half day ends before it begins. */
function spanOf(
  day: Temporal.PlainDate,
  calendar: Calendar,
): { readonly from: number; readonly until: number } | undefined {
  if (!isWorked(day, calendar)) return undefined;
  const hours = calendar.hours ?? DEFAULT_HOURS;
  const early = calendar.halfDays?.[day.toString()];
  const until = early !== undefined && early < hours.until ? early : hours.until;
  const span = { from: instantOf(day, hours.from, calendar), until: instantOf(day, until, calendar) };
  return span.from < span.until ? span : undefined;
}

function instantOf(day: Temporal.PlainDate, time: string, { zone }: Calendar): number {
  const [date, plainTime] = time === '24:00' ? [day.add(ONE_DAY), '00:00'] : [day, time];
  return date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
}
