import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkedMs, type Calendar, workedMs } from '../../src/core/calendar.ts';

const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Africa/Casablanca',
] as const;
const QUARTER = 900_000;
const TWO_YEARS = { min: Date.UTC(2025, 0, 1) / QUARTER, max: Date.UTC(2027, 0, 1) / QUARTER };

const hours = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 24 }))
  .filter(([from, until]) => from < until)
  .map(([from, until]) => ({ from: clock(from), until: clock(until) }));
const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

const calendars = (zone: string): fc.Arbitrary<Calendar> =>
  fc.record({
    zone: fc.constant(zone),
    workdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 3 }),
    holidays: fc.subarray(['2025-12-25', '2026-01-01', '2026-03-29', '2026-10-05'] as const),
    hours,
    halfDays: fc.constantFrom({}, { '2025-12-24': '12:00', '2026-03-27': '13:00' }),
  });
const instant = fc.integer(TWO_YEARS).map((quarters) => new Date(quarters * QUARTER));
const stretch = fc.integer({ min: 0, max: 80 }).map((quarters) => quarters * QUARTER);

/** Whether a quarter of an hour is worked, asked of the local clock as a person would read it. */
function isWorkedQuarter(at: Date, calendar: Calendar): boolean {
  const parts = Object.fromEntries(
    readerOf(calendar.zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const day = `${parts.year}-${parts.month}-${parts.day}`;
  const time = `${parts.hour}:${parts.minute}`;
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.weekday ?? '') + 1;
  const early = calendar.halfDays?.[day] ?? '24:00';
  const { from, until } = calendar.hours ?? { from: '09:00', until: '17:00' };
  return (
    calendar.workdays.includes(weekday) &&
    !calendar.holidays.includes(day) &&
    time >= from &&
    time < until &&
    time < early
  );
}

const readers = new Map<string, Intl.DateTimeFormat>();
function readerOf(timeZone: string): Intl.DateTimeFormat {
  const known = readers.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  readers.set(timeZone, made);
  return made;
}

/** The reference: walks the quarters of an hour one by one. */
function walk(from: Date, until: Date, calendar: Calendar): number {
  let worked = 0;
  for (let at = from.getTime(); at < until.getTime(); at += QUARTER) {
    if (isWorkedQuarter(new Date(at), calendar)) worked += QUARTER;
  }
  return worked;
}

describe.each(ZONES)('worked time in %s over two years, both clock changes among them', (zone) => {
  it('is what walking the local clock counts', () => {
    const span = fc.integer({ min: 0, max: 400 }).map((quarters) => quarters * QUARTER);
    fc.assert(
      fc.property(calendars(zone), instant, span, (calendar, from, ms) => {
        const until = new Date(from.getTime() + ms);
        expect(workedMs(from, until, calendar)).toBe(walk(from, until, calendar));
      }),
      { numRuns: 60 },
    );
  });

  it('has gone by at the due time, exactly, and not a quarter earlier', () => {
    fc.assert(
      fc.property(calendars(zone), instant, stretch, (calendar, from, ms) => {
        const due = addWorkedMs(from, ms, calendar);
        expect(workedMs(from, due, calendar)).toBe(ms);
        if (ms > 0) expect(workedMs(from, new Date(due.getTime() - QUARTER), calendar)).toBeLessThan(ms);
      }),
    );
  });

  it('adds up: one stretch after the other is due when both together are', () => {
    fc.assert(
      fc.property(calendars(zone), instant, stretch, stretch, (calendar, from, first, second) => {
        const inTwo = addWorkedMs(addWorkedMs(from, first, calendar), second, calendar);
        const whole = addWorkedMs(from, first + second, calendar);
        expect(workedMs(inTwo, whole, calendar) + workedMs(whole, inTwo, calendar)).toBe(0);
      }),
    );
  });

  it('is never due earlier for what was promised later', () => {
    fc.assert(
      fc.property(calendars(zone), instant, instant, stretch, (calendar, one, other, ms) => {
        const [early, late] = one <= other ? [one, other] : [other, one];
        expect(addWorkedMs(early, ms, calendar).getTime()).toBeLessThanOrEqual(
          addWorkedMs(late, ms, calendar).getTime(),
        );
      }),
    );
  });
});
