import fc from 'fast-check';
import type { DigestFacts } from '../../src/core/digest.ts';
import { hostileText } from './hostile.ts';

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const money = fc.record({
  minor: fc.bigInt({ min: 0n, max: 10n ** 19n }),
  currency: fc.constantFrom('USD', 'JPY', 'KWD', 'CLF', 'EUR', 'GBP'),
});
const instant = fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const sums = fc.uniqueArray(money, { maxLength: 6, selector: ({ currency }) => currency });
const tally = fc.record({ count: fc.nat(), money: sums });
const row = fc
  .record({
    name: maybe(hostileText),
    count: fc.nat(),
    overdue: fc.nat(),
    money: sums,
    others: maybe(fc.nat()),
  })
  .map(({ others, ...rest }) => (others === undefined ? rest : { ...rest, others }));

/** Any digest, with whatever names the sources may send. */
export const anyDigest: fc.Arbitrary<DigestFacts> = fc.record({
  about: fc.oneof(
    fc.record({ kind: fc.constant('team' as const), name: hostileText }),
    fc.record({ kind: fc.constant('clients' as const), clients: fc.array(hostileText, { maxLength: 30 }) }),
    fc.record({
      kind: fc.constant('visible' as const),
      team: maybe(hostileText),
      seesAll: fc.boolean(),
      teams: fc.array(hostileText, { maxLength: 30 }),
    }),
  ),
  from: instant,
  until: instant,
  agedDays: fc.constant(7),
  by: fc.constantFrom('owner', 'client'),
  opened: tally,
  resolved: tally,
  cleared: tally,
  autoResolved: tally,
  live: tally,
  aged: tally,
  breached: tally,
  dueSoon: tally,
  rows: fc.array(row, { maxLength: 12 }),
  types: fc.array(row, { maxLength: 12 }),
  items: fc.array(
    fc.record({
      number: fc.integer({ min: 1, max: 999_999_999 }),
      type: fc.oneof(fc.constantFrom('missing_invoice', '__proto__'), hostileText),
      client: maybe(hostileText),
      orderRef: maybe(hostileText),
      atStake: money,
      amountTag: maybe(fc.constantFrom('de-CH', 'en-IN')),
      team: hostileText,
      owner: maybe(hostileText),
      dueAt: instant,
      isOverdue: fc.boolean(),
    }),
    { maxLength: 10 },
  ),
});
