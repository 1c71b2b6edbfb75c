import { Temporal } from 'temporal-polyfill';

/** The calendar day on which an instant falls in a zone, `YYYY-MM-DD`: the last day a run looks at. */
export const cutoffDay = (at: Date, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
