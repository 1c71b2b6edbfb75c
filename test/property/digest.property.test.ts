import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../src/core/calendar.ts';
import { latestDailySlot, workdayBefore } from '../../src/core/daily-slot.ts';
import { LOCALES } from '../../src/core/locale.ts';
import { messageProblems } from '../../src/local-slack/blocks/surfaces.ts';
import { digestIn } from '../../src/slack/sender/digest-message.ts';
import { renderClassicDigest, renderDigest } from '../../src/slack/views/digest.ts';
import { readerOf } from '../../src/slack/views/reader.ts';
import { anyDigest } from '../support/digests.ts';

const ALIVE = /<(?!!date\^\d+\^\{date_short_pretty\} \{time\}\|)[^\n]?/;
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b-\u200f]/u;

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value.replaceAll('\n', '')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

describe('a digest', () => {
  test.each(LOCALES)(
    'is taken by Slack and has nothing alive in it, whatever the sources say (%s)',
    (locale) => {
      const reader = readerOf(locale, 'America/New_York');
      fc.assert(
        fc.property(anyDigest, (facts) => {
          for (const message of [renderDigest(facts, reader), renderClassicDigest(facts, reader)]) {
            expect(messageProblems(message.blocks)).toEqual([]);
            expect(message.text.length).toBeLessThanOrEqual(4_000);
            const texts = textsIn(message);
            expect(texts.filter((text) => ALIVE.test(text) || UNSEEN.test(text))).toEqual([]);
          }
        }),
        { numRuns: 100 },
      );
    },
  );

  test('comes out of the outbox as it went in', () => {
    fc.assert(
      fc.property(anyDigest, (facts) => {
        const stored = JSON.stringify(facts, (_, value) =>
          typeof value === 'bigint' ? value.toString() : value,
        );
        expect(digestIn(JSON.parse(stored))).toEqual(facts);
      }),
      { numRuns: 100 },
    );
  });
});

const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Nuuk',
  'Africa/Cairo',
  'America/Santiago',
  'Asia/Kathmandu',
  'UTC',
];
const HOLIDAYS = ['2026-11-26', '2026-12-25', '2027-01-01'];
const calendarIn = (zone: string): Calendar => ({ zone, workdays: [1, 2, 3, 4, 5], holidays: HOLIDAYS });

/** Every worked day of two years, both clock changes of each among them. */
const WORKED = Array.from({ length: 730 }, (_, index) =>
  Temporal.PlainDate.from('2026-01-01').add({ days: index }),
).filter((day) => day.dayOfWeek <= 5 && !HOLIDAYS.includes(day.toString()));

const MINUTE = 60_000;
const time = fc
  .integer({ min: 0, max: 1_439 })
  .map(
    (minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
  );

describe('a daily slot', () => {
  test.each(ZONES)('comes exactly once for each worked day of two years in %s', (zone) => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom('00:00', '02:30', '23:30'), time), (at) => {
        const daily = { time: at, calendar: calendarIn(zone) };
        const seen: string[] = [];
        let after = new Date('2025-12-31T12:00:00Z');
        // Looks every 7 hours: often enough that no two slots fall between, at odd times of the day.
        for (let now = after.getTime(); now < Date.parse('2028-01-03T00:00:00Z'); now += 7 * 60 * MINUTE) {
          const slot = latestDailySlot(daily, { after, now: new Date(now) });
          if (!slot) continue;
          seen.push(slot.on);
          after = slot.at;
        }
        const inTwoYears = seen.filter((on) => on >= '2026-01-01' && on <= '2027-12-31');
        expect(inTwoYears).toEqual(WORKED.map((day) => day.toString()));
      }),
      { numRuns: 4 },
    );
  });

  test('is the local time of its day wherever that exists', () => {
    const days = fc.constantFrom(...WORKED);
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), time, days, (zone, at, day) => {
        const end = day.add({ days: 1 }).toZonedDateTime({ timeZone: zone, plainTime: '12:00' });
        const slot = latestDailySlot(
          { time: at, calendar: { ...calendarIn(zone), workdays: [day.dayOfWeek] } },
          { after: new Date(0), now: new Date(end.epochMilliseconds) },
        );
        const local = Temporal.Instant.fromEpochMilliseconds(slot?.at.getTime() ?? 0).toZonedDateTimeISO(
          zone,
        );
        const wanted = day.toZonedDateTime({ timeZone: zone, plainTime: at });
        expect(slot?.on).toBe(day.toString());
        expect(local.equals(wanted)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('collapses whatever was missed into the latest one', () => {
    const daily = { time: '08:00', calendar: calendarIn('Europe/Berlin') };
    const missed = { after: new Date('2026-11-02T07:00:00Z'), now: new Date('2026-11-22T20:00:00Z') };
    expect(latestDailySlot(daily, missed)).toEqual({
      at: new Date('2026-11-20T07:00:00Z'),
      on: '2026-11-20',
    });
  });

  test('is due at its minute and not before, and not twice', () => {
    const daily = { time: '08:00', calendar: calendarIn('America/New_York') };
    const after = new Date('2026-11-20T13:00:00Z');
    const at = new Date('2026-11-23T13:00:00Z');
    expect(latestDailySlot(daily, { after, now: new Date(at.getTime() - 1) })).toBeUndefined();
    expect(latestDailySlot(daily, { after, now: at })).toEqual({ at, on: '2026-11-23' });
    expect(latestDailySlot(daily, { after: at, now: new Date('2026-11-23T23:00:00Z') })).toBeUndefined();
  });
});

test('the working day before a Monday, and before the day after a holiday, is the last one worked', () => {
  const calendar = calendarIn('Europe/Berlin');
  const before = (now: string) => workdayBefore(new Date(now), calendar).toISOString();
  expect(before('2026-11-23T07:00:00Z')).toBe('2026-11-20T07:00:00.000Z');
  expect(before('2026-11-27T07:00:00Z')).toBe('2026-11-25T07:00:00.000Z');
  expect(before('2026-10-26T07:00:00Z')).toBe('2026-10-23T06:00:00.000Z');
});
