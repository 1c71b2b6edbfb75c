import fc from 'fast-check';
import { ATTEMPT_ENDS, type Attempt } from '../../src/core/attempts.ts';
import type { CardFacts, HistoryLine, MemberLine } from '../../src/core/card.ts';
import { STATUSES } from '../../src/core/lifecycle.ts';
import type { Money } from '../../src/core/money.ts';
import { SEVERITIES } from '../../src/core/severity.ts';
import { hostileStrings } from './hostile-strings.ts';

/** Short and hostile, any unicode, or as long as a book. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileStrings(1_000, 20_261_122)),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const money: fc.Arbitrary<Money> = fc.record({
  minor: fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }),
  currency: fc.constantFrom('USD', 'JPY', 'KWD', 'CLF'),
});

const person = fc.record({
  personId: fc.uuid(),
  name: hostileText,
  slackUserId: maybe(fc.constant('U_ANA')),
});

const instant = fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

export const historyLine: fc.Arbitrary<HistoryLine> = fc.record({
  seq: fc.bigInt({ min: 1n, max: 10n ** 9n }),
  at: instant.map((at) => at.toISOString()),
  action: fc.oneof(
    fc.constantFrom('exception.claim', 'exception.resolve', 'exception.escalate'),
    hostileText,
  ),
  actor: maybe(person),
  from: maybe(hostileText),
  to: maybe(hostileText),
  reason: maybe(hostileText),
  note: maybe(hostileText),
  target: maybe(hostileText),
  until: maybe(hostileText),
});

export const memberLine: fc.Arbitrary<MemberLine> = fc.record({
  side: fc.constantFrom('expected', 'actual'),
  feed: hostileText,
  sourceRef: hostileText,
  amount: money,
  occurredOn: hostileText,
  delivery: hostileText,
  line: fc.nat(),
  fields: fc.dictionary(hostileText, hostileText, { maxKeys: 4 }),
});

const orNull = (text: fc.Arbitrary<string>) => fc.option(text, { nil: null });

const attempt: fc.Arbitrary<Attempt> = fc.record({
  by: hostileText,
  from: instant.map((at) => at.toISOString()),
  until: fc.option(
    instant.map((at) => at.toISOString()),
    { nil: null },
  ),
  said: orNull(hostileText),
  end: fc.option(
    fc.record({ how: fc.constantFrom(...ATTEMPT_ENDS), to: orNull(hostileText), code: orNull(hostileText) }),
    { nil: null },
  ),
  cameBack: fc.boolean(),
});

export const cardFacts: fc.Arbitrary<CardFacts> = fc.record({
  exceptionId: fc.uuid(),
  number: fc.integer({ min: 1, max: 999_999_999 }),
  version: fc.integer({ min: 1, max: 2_147_483_647 }),
  status: fc.constantFrom(...STATUSES),
  level: fc.nat(),
  type: fc.oneof(fc.constantFrom('amount_differs', 'missing_invoice', '__proto__'), hostileText),
  reason: hostileText,
  severity: fc.constantFrom(...SEVERITIES),
  reconciliation: hostileText,
  client: maybe(hostileText),
  orderRef: maybe(hostileText),
  expected: maybe(money),
  actual: maybe(money),
  atStake: money,
  findings: fc.array(
    fc.record({ field: hostileText, expected: maybe(hostileText), actual: maybe(hostileText) }),
    {
      maxLength: 12,
    },
  ),
  team: fc.record({ key: hostileText, name: hostileText }),
  owner: maybe(person),
  claimedAt: maybe(instant),
  openedAt: instant,
  dueAt: instant,
  sla: hostileText,
  closedAt: maybe(instant),
  resolutionCode: maybe(hostileText),
  offer: maybe(fc.record({ toName: hostileText, note: hostileText, expiresAt: instant })),
  wait: maybe(
    fc.record({ untilOn: fc.constant('2026-12-01'), note: maybe(hostileText), pausesSla: fc.boolean() }),
  ),
  history: fc.array(historyLine, { maxLength: 5 }),
  attempts: fc.array(attempt, { maxLength: 25 }),
  memberCount: fc.record({ expected: fc.nat(), actual: fc.nat() }),
});
