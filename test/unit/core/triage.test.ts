import { expect, test } from 'vitest';
import type { Calendar } from '../../../src/core/calendar.ts';
import { latestAgenda, proposals, type TriageCase } from '../../../src/core/triage.ts';

const BERLIN: Calendar = { zone: 'Europe/Berlin', workdays: [1, 2, 3, 4, 5], holidays: ['2026-12-25'] };
const TUESDAYS = { days: [2], time: '10:00', beforeMs: 2 * 3_600_000 };
const at = (text: string): Date => new Date(text);

test('the agenda of a meeting is due two hours before it, in its zone', () => {
  const after = at('2026-11-20T00:00:00Z');
  expect(latestAgenda(TUESDAYS, BERLIN, { after, now: at('2026-11-24T06:59:59Z') })).toBeUndefined();
  expect(latestAgenda(TUESDAYS, BERLIN, { after, now: at('2026-11-24T07:00:00Z') })).toEqual({
    meetsAt: at('2026-11-24T09:00:00Z'),
    postsAt: at('2026-11-24T07:00:00Z'),
  });
});

test('it is due once, and missed agendas become the latest', () => {
  const posted = at('2026-11-24T07:00:00Z');
  expect(latestAgenda(TUESDAYS, BERLIN, { after: posted, now: at('2026-11-24T12:00:00Z') })).toBeUndefined();
  expect(latestAgenda(TUESDAYS, BERLIN, { after: posted, now: at('2026-12-16T00:00:00Z') })?.meetsAt).toEqual(
    at('2026-12-15T09:00:00Z'),
  );
});

test('an agenda can be due the day before its meeting', () => {
  const dayBefore = { ...TUESDAYS, beforeMs: 20 * 3_600_000 };
  expect(
    latestAgenda(dayBefore, BERLIN, { after: at('2026-11-20T00:00:00Z'), now: at('2026-11-23T13:00:00Z') })
      ?.meetsAt,
  ).toEqual(at('2026-11-24T09:00:00Z'));
});

test('nobody meets on a holiday, and a clock change moves the instant, not the local time', () => {
  const fridays = { ...TUESDAYS, days: [5] };
  expect(
    latestAgenda(fridays, BERLIN, { after: at('2026-12-18T12:00:00Z'), now: at('2026-12-25T12:00:00Z') }),
  ).toBeUndefined();
  const spring = { after: at('2026-03-25T00:00:00Z'), now: at('2026-04-01T00:00:00Z') };
  expect(latestAgenda(TUESDAYS, BERLIN, spring)?.meetsAt).toEqual(at('2026-03-31T08:00:00Z'));
});

const aCase = (of: Partial<TriageCase>): TriageCase => ({
  exceptionId: 'x',
  pattern: 'a',
  atStake: { minor: 100_00n, currency: 'USD' },
  hasOwner: true,
  handOvers: 0,
  ...of,
});
const small = { atLeast: undefined, atMost: 25_00n, currency: 'USD', text: '..25 USD' };

test.each([
  ['nobody has it', aCase({ hasOwner: false }), 'assign'],
  ['two have had it', aCase({ handOvers: 2 }), 'assign'],
  ['its owner has nothing left to try', aCase({}), 'accept'],
  ['it is small', aCase({ atStake: { minor: 25_00n, currency: 'USD' } }), 'write_off'],
  ['it is small in another currency', aCase({ atStake: { minor: 25_00n, currency: 'EUR' } }), 'accept'],
  ['nothing is at stake', aCase({ atStake: { minor: 0n, currency: 'USD' }, hasOwner: false }), 'accept'],
] as const)('where %s, that is proposed', (_, one, proposed) => {
  expect(proposals([one], { small })).toEqual([proposed]);
});

test('where three are alike a change of the rule is proposed for each of them', () => {
  const alike = [aCase({}), aCase({ hasOwner: false }), aCase({}), aCase({ pattern: 'b' })];
  expect(proposals(alike, { small })).toEqual(['rule_change', 'rule_change', 'rule_change', 'accept']);
});
