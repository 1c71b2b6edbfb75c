import { describe, expect, it } from 'vitest';
import { absenceInstants, standInFor } from '../../../src/core/absence.ts';

describe('an absence', () => {
  it.each([
    ['UTC', '2026-03-28', '2026-03-29', '2026-03-28T00:00:00.000Z', '2026-03-30T00:00:00.000Z'],
    // The clock goes forward on the 29th and back on the 25th: those days have 23 and 25 hours.
    ['Europe/Berlin', '2026-03-29', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    // Midnight does not exist there that day.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04', '2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z'],
  ])('in %s from %s until %s lasts whole local days', (zone, from, until, fromAt, untilAt) => {
    const instants = absenceInstants({ from, until }, zone);
    expect([instants.fromAt.toISOString(), instants.untilAt.toISOString()]).toEqual([fromAt, untilAt]);
  });
});

describe('who stands in', () => {
  const person = (id: string, isHere: boolean, deputy?: string) => ({ id, isHere, deputy });
  const PEOPLE = [
    person('here', true, 'other'),
    person('away', false, 'here'),
    person('chain', false, 'away'),
    person('circle', false, 'round'),
    person('round', false, 'circle'),
    person('alone', false),
    person('own', false, 'own'),
  ];

  it.each([
    ['here', undefined, 'here'],
    ['away', undefined, 'here'],
    ['chain', undefined, 'here'],
    ['circle', undefined, 'circle'],
    ['circle', 'here', 'here'],
    ['alone', undefined, 'alone'],
    ['alone', 'here', 'here'],
    ['alone', 'away', 'here'],
    ['alone', 'alone', 'alone'],
    ['own', undefined, 'own'],
  ])('for %s, with %s as the deputy of the team: %s', (who, deputy, expected) => {
    expect(standInFor(who, { people: PEOPLE, deputy })).toBe(expected);
  });
});
