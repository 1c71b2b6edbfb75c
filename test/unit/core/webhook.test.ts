import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAttempt, MOST_ATTEMPTS, retryWaitMs } from '../../../src/core/webhook-endpoint.ts';
import {
  messageBody,
  messageLabel,
  parseMessageLabel,
  type Told,
} from '../../../src/core/webhook-message.ts';

const told = (data: Told['data'], changes: Partial<Told> = {}): Told => ({
  kind: 'hold.placed',
  seq: 7n,
  at: '2026-11-29T06:00:00.123456Z',
  entityId: '0190a0a0-0000-7000-8000-000000000000',
  reason: 'OVERBILLED',
  note: undefined,
  data,
  holdNumber: 7n,
  exceptionNumber: undefined,
  entry: undefined,
  ...changes,
});

describe('the words of a message', () => {
  it.each([
    ['USD', '9007199254740993', '90071992547409.93'],
    ['JPY', '1500', '1500'],
    ['KWD', '-1', '-0.001'],
  ])('give an amount of %s exactly, as text', (currency, minor, decimal) => {
    const { data } = JSON.parse(messageBody(told({ amount_minor: minor, currency })));

    expect(data.amount).toEqual({ decimal, minor, currency });
  });

  it('say null where everything is held', () => {
    expect(JSON.parse(messageBody(told({ amount_minor: null, currency: null }))).data.amount).toBeNull();
  });

  it('are refused for an event that is in no table', () => {
    expect(() => messageBody(told({}, { kind: 'constructor' }))).toThrow('constructor');
  });
});

describe('the wait after a failed attempt', () => {
  it('grows from seconds to hours, and lasts three days in all', () => {
    const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, at) =>
      retryWaitMs(at + 1, { chance: 0.5, askedMs: undefined }),
    );

    expect(waits.slice(0, 4)).toEqual([5_000, 20_000, 80_000, 320_000]);
    expect(Math.max(...waits)).toBe(8 * 3_600_000);
    expect(waits.reduce((sum, wait) => sum + wait) / 3_600_000).toBeCloseTo(71.6, 1);
  });

  it('is never shorter than asked for, as far as a day, nor a fifth shorter than its own', () => {
    const chance = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), chance, fc.nat(10 ** 9), (attempts, chance, askedMs) => {
        const wait = retryWaitMs(attempts, { chance, askedMs });
        const own = Math.min(5_000 * 4 ** (attempts - 1), 8 * 3_600_000);

        expect(wait).toBeGreaterThanOrEqual(Math.min(askedMs, 24 * 3_600_000));
        expect(wait).toBeGreaterThanOrEqual(Math.round(own * 0.8));
        expect(wait).toBeLessThanOrEqual(24 * 3_600_000);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    [200, 1, 'sent'],
    [299, MOST_ATTEMPTS, 'sent'],
    [302, 1, 'pending'],
    [410, 1, 'dead'],
    [500, MOST_ATTEMPTS - 1, 'pending'],
    [500, MOST_ATTEMPTS, 'dead'],
    [undefined, MOST_ATTEMPTS, 'dead'],
  ])('after %s at attempt %s leads to %s', (status, attempts, state) => {
    const made = { status, problem: undefined, askedMs: undefined };

    expect(judgeAttempt(made, { attempts, chance: 0 })).toMatchObject({ state });
  });
});

describe('the name of a message', () => {
  it.each(['msg_0190a0a0000070008000000000000000', ' MSG_0190A0A0000070008000000000000000'])(
    'is read from %s',
    (text) => {
      expect(parseMessageLabel(text)).toBe('0190a0a0-0000-7000-8000-000000000000');
    },
  );

  it('is read back from what is shown, and from nothing else', () => {
    expect(parseMessageLabel(messageLabel('0190a0a0-0000-7000-8000-000000000000'))).toBe(
      '0190a0a0-0000-7000-8000-000000000000',
    );
    expect(parseMessageLabel('msg_1')).toBeUndefined();
  });
});
