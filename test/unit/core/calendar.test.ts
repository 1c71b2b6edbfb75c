import { describe, expect, it } from 'vitest';
import { addWorkedMs, type Calendar, workedMs } from '../../../src/core/calendar.ts';

const NEW_YORK: Calendar = {
  zone: 'America/New_York',
  workdays: [1, 2, 3, 4, 5],
  holidays: ['2026-11-26'],
  hours: { from: '09:00', until: '17:30' },
  halfDays: { '2026-11-25': '13:00', '2026-12-24': '08:00' },
};
const HOUR = 3_600_000;

const due = (from: string, hours: number, calendar: Calendar = NEW_YORK): string =>
  addWorkedMs(new Date(from), hours * HOUR, calendar).toISOString();

describe('addWorkedMs', () => {
  it.each([
    ['inside one day', '2026-11-23T15:00:00Z', 2, '2026-11-23T17:00:00.000Z'],
    ['to the last minute of a day', '2026-11-23T14:00:00Z', 8.5, '2026-11-23T22:30:00.000Z'],
    ['over the night', '2026-11-23T21:30:00Z', 2, '2026-11-24T15:00:00.000Z'],
    ['over a weekend', '2026-11-20T22:00:00Z', 1, '2026-11-23T14:30:00.000Z'],
    ['from before the hours', '2026-11-23T06:00:00Z', 1, '2026-11-23T15:00:00.000Z'],
    ['from a day nobody works', '2026-11-22T12:00:00Z', 1, '2026-11-23T15:00:00.000Z'],
    ['over a half day and a holiday', '2026-11-25T17:00:00Z', 2, '2026-11-27T15:00:00.000Z'],
    ['no time at all is the first worked instant', '2026-11-22T12:00:00Z', 0, '2026-11-23T14:00:00.000Z'],
    [
      'a half day that ends before it begins is not worked',
      '2026-12-23T22:30:00Z',
      1,
      '2026-12-25T15:00:00.000Z',
    ],
  ])('%s', (_what, from, hours, expected) => {
    expect(due(from, hours)).toBe(expected);
  });

  it('counts the hour that a spring change takes away as never worked', () => {
    const night: Calendar = {
      zone: 'America/New_York',
      workdays: [7],
      holidays: [],
      hours: { from: '00:00', until: '24:00' },
    };
    expect(workedMs(new Date('2026-03-08T00:00:00Z'), new Date('2026-03-09T12:00:00Z'), night)).toBe(
      23 * HOUR,
    );
    expect(workedMs(new Date('2026-11-01T00:00:00Z'), new Date('2026-11-02T12:00:00Z'), night)).toBe(
      25 * HOUR,
    );
  });

  it('throws where nobody ever works', () => {
    expect(() => due('2026-11-23T15:00:00Z', 1, { ...NEW_YORK, workdays: [] })).toThrow(/no worked time/);
  });
});
