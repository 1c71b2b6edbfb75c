import { describe, expect, it } from 'vitest';
import { parseSlaTerm } from '../../../src/core/duration.ts';
import { dueAt, type SlaTerm } from '../../../src/core/sla.ts';

const CALENDAR = {
  zone: 'America/New_York',
  workdays: [1, 2, 3, 4, 5],
  holidays: ['2026-11-26'],
};

function term(text: string): SlaTerm {
  const read = parseSlaTerm(text);
  if (read === undefined) throw new Error(`no term: ${text}`);
  return read;
}

describe('dueAt', () => {
  it.each([
    ['elapsed hours run through the night', '2026-11-20T22:00:00Z', '4h', '2026-11-21T02:00:00.000Z'],
    ['a Friday and two business days is Tuesday', '2026-11-20T15:00:00Z', '2bd', '2026-11-24T15:00:00.000Z'],
    ['a holiday is stepped over', '2026-11-25T15:00:00Z', '1bd', '2026-11-27T15:00:00.000Z'],
    [
      'local time is kept across the autumn change',
      '2026-10-30T14:00:00Z',
      '1bd',
      '2026-11-02T15:00:00.000Z',
    ],
    ['the local day counts, not the one in UTC', '2026-11-24T02:00:00Z', '1bd', '2026-11-25T02:00:00.000Z'],
    ['business hours stop for the night', '2026-11-23T21:00:00Z', '3bh', '2026-11-24T16:00:00.000Z'],
    ['no days is now', '2026-11-21T15:00:00Z', '0bd', '2026-11-21T15:00:00.000Z'],
  ])('%s', (_what, from, text, due) => {
    expect(dueAt(new Date(from), term(text), CALENDAR).toISOString()).toBe(due);
  });

  it('throws for a calendar without a worked day', () => {
    const empty = { ...CALENDAR, workdays: [] };
    expect(() => dueAt(new Date('2026-11-20T15:00:00Z'), term('1bd'), empty)).toThrow(/no worked day/);
  });
});
