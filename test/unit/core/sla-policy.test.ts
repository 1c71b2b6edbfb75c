import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../../src/core/calendar.ts';
import { parseSlaTerm } from '../../../src/core/duration.ts';
import type { SlaTerm } from '../../../src/core/sla.ts';
import {
  BUILT_IN_POLICY,
  latestStart,
  nextMove,
  type PolicyStep,
  promise,
  type SlaPolicy,
  sweepEveryMs,
} from '../../../src/core/sla-policy.ts';

const CALENDAR: Calendar = { zone: 'Europe/Berlin', workdays: [1, 2, 3, 4, 5], holidays: [] };

function term(text: string): SlaTerm {
  const read = parseSlaTerm(text);
  if (!read) throw new Error(`"${text}" is no term`);
  return read;
}

const step = (text: string, at: PolicyStep['at'], does: PolicyStep['does'] = 'escalate'): PolicyStep => ({
  at,
  text,
  does,
  to: [{ kind: 'lead' }],
});

const POLICY: SlaPolicy = {
  ...BUILT_IN_POLICY,
  claim: term('3h'),
  steps: [
    step('50%', { kind: 'share', percent: 50 }, 'remind'),
    step('claim', { kind: 'claim' }),
    step('due', { kind: 'due', after: undefined }),
    step('due + 4h', { kind: 'due', after: term('4h') }),
  ],
};

const OPENED = new Date('2026-11-23T09:00:00Z'); // a Monday
const promised = promise(
  POLICY,
  { openedAt: OPENED, due: new Date('2026-11-23T17:00:00Z'), term: term('8h') },
  CALENDAR,
);
const times = promised.steps.map(({ step: place, at }) => [place, at.toISOString().slice(11, 16)]);

describe('a promise', () => {
  it('has its steps in the order in which they come, whatever their order in the policy', () => {
    expect(times).toEqual([
      [1, '12:00'],
      [0, '13:00'],
      [2, '17:00'],
      [3, '21:00'],
    ]);
    expect(promised.claimBy?.toISOString()).toBe('2026-11-23T12:00:00.000Z');
  });

  it('shares worked time where business time was promised, so nobody is reminded on a weekend', () => {
    const friday = new Date('2026-11-27T14:00:00Z'); // 15:00 in Berlin, two hours before closing
    const { steps } = promise(
      POLICY,
      { openedAt: friday, due: new Date('2026-12-01T14:00:00Z'), term: term('2bd') },
      CALENDAR,
    );

    expect(steps.find(({ step: place }) => place === 0)?.at.toISOString()).toBe('2026-11-30T14:00:00.000Z');
  });

  it('leaves out steps about claiming where the policy says no time for that', () => {
    const { steps } = promise(
      { ...POLICY, claim: undefined },
      { openedAt: OPENED, due: new Date('2026-11-23T17:00:00Z'), term: term('8h') },
      CALENDAR,
    );

    expect(steps.map(({ step: place }) => place)).toEqual([0, 2, 3]);
  });
});

describe('what is due of a promise', () => {
  const at = (next: number, time: string, { isUnclaimed = true, movedMs = 0 } = {}) =>
    nextMove(
      POLICY,
      { steps: promised.steps, next, movedMs },
      { now: new Date(`2026-11-23T${time}:00Z`), isUnclaimed },
    );

  it('is nothing before its time', () => {
    expect(at(0, '11:59')).toEqual({ kind: 'later', at: new Date('2026-11-23T12:00:00Z') });
  });

  it('is the step, and the last one when no later is due as well', () => {
    expect(at(0, '12:00')).toMatchObject({ kind: 'take', isLast: true });
    expect(at(0, '18:00')).toMatchObject({ kind: 'take', planned: { step: 1 }, isLast: false });
    expect(at(2, '18:00')).toMatchObject({ kind: 'take', planned: { step: 2 }, isLast: true });
  });

  it('is not that nobody claimed it, once somebody has', () => {
    expect(at(0, '12:30', { isUnclaimed: false })).toEqual({ kind: 'skip' });
  });

  it('moves with the due time', () => {
    expect(at(2, '18:00', { movedMs: 2 * 3_600_000 })).toEqual({
      kind: 'later',
      at: new Date('2026-11-23T19:00:00Z'),
    });
  });

  it('is nothing any more after the last step', () => {
    expect(at(4, '23:00')).toEqual({ kind: 'done' });
  });
});

describe('the latest start of a term that is over', () => {
  it('is the term ago in elapsed time', () => {
    expect(latestStart(OPENED, term('4h'), CALENDAR)).toEqual(new Date('2026-11-23T05:00:00Z'));
  });

  it('is so long ago in business time that a claim of Friday evening does not lie on Monday morning', () => {
    const start = latestStart(OPENED, term('2bd'), CALENDAR);

    expect(start.toISOString()).toBe('2026-11-19T09:00:00.000Z');
  });
});

describe('how often promises are looked at', () => {
  it('is every five seconds while nothing is promised in seconds', () => {
    expect(sweepEveryMs([POLICY], [term('4h'), term('2bd')])).toBe(5_000);
    expect(sweepEveryMs([], [])).toBe(5_000);
  });

  it('is a tenth of the shortest time that a policy or a row promises, and half a second at the least', () => {
    expect(sweepEveryMs([{ ...POLICY, resolve: term('30s') }], [])).toBe(3_000);
    expect(sweepEveryMs([POLICY], [term('20s')])).toBe(2_000);
    const quick = step('due + 1s', { kind: 'due', after: term('1s') });
    expect(sweepEveryMs([{ ...POLICY, steps: [quick] }], [])).toBe(500);
  });
});
