import { Temporal } from 'temporal-polyfill';
import { addWorkedMs, type Calendar, isWorked } from './calendar.ts';

/**
 * A promised time: elapsed hours and minutes (`4h`), whole business days of a calendar (`2bd`), or business hours, which
 * only run while somebody works (`6bh`).
 */
export type SlaTerm =
  | { readonly kind: 'elapsed'; readonly ms: number; readonly text: string }
  | { readonly kind: 'business_days'; readonly days: number; readonly text: string }
  | { readonly kind: 'business_hours'; readonly ms: number; readonly text: string };

/**
 * The instant by which something promised at `from` is due.
 *
 * Business days: the same local time on the n-th worked day after the day of `from`; when that time does not exist
 * there (spring change), the next one that does. A calendar without any worked day within two years is a bug in its
 * configuration and throws.
 */
export function dueAt(from: Date, term: SlaTerm, calendar: Calendar): Date {
  if (term.kind === 'elapsed') return new Date(from.getTime() + term.ms);
  if (term.kind === 'business_hours') return addWorkedMs(from, term.ms, calendar);
  const start = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(calendar.zone);
  let day = start.toPlainDate();
  let left = term.days;
  for (let guard = 0; left > 0; guard += 1) {
    if (guard > 731 + term.days * 7) throw new Error(`calendar ${calendar.zone} has no worked day to count`);
    day = day.add({ days: 1 });
    if (isWorked(day, calendar)) left -= 1;
  }
  const due = day.toZonedDateTime({ timeZone: calendar.zone, plainTime: start.toPlainTime() });
  return new Date(due.epochMilliseconds);
}
