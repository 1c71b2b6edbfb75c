import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchRecords } from '../../src/core/match.ts';
import { SEVERITIES } from '../../src/core/severity.ts';
import type { Reconciliation, VerifyRule } from '../../src/core/spec.ts';
import { decideGroup, type GroupSums, sumGroup } from '../../src/core/verify.ts';
import { aSpec, expression, type LedgerRow, toMatchRecord } from '../support/ledger.ts';

const EXPECTATIONS = [
  'abs(diff) <= 5.00',
  'diff = sum(credits)',
  'actual <= expected * 1.10',
  'abs(diff) <= 2% of expected',
  'diff >= 0.00',
].map(expression);

const rule = fc
  .record({
    expect: fc.constantFrom(...EXPECTATIONS),
    settles: fc.boolean(),
    else: fc.option(fc.constantFrom(...SEVERITIES), { nil: undefined }),
  })
  .map(
    ({ settles, ...rest }): VerifyRule => ({
      id: `${rest.expect.text} ${settles} ${rest.else}`,
      reason: 'R',
      notify: undefined,
      // biome-ignore lint/suspicious/noThenProperty: the word of the spec
      then: settles ? 'auto_resolve' : undefined,
      ...rest,
    }),
  );
const rules = fc.array(rule, { maxLength: 4 });
const cents = fc.bigInt({ min: -20_000n, max: 20_000n });
const sums = fc.record({
  expectedMinor: cents,
  actualMinor: cents,
  creditsMinor: cents,
  currency: fc.constant('USD'),
  withoutAmount: fc.constant(0),
});

const decide = (spec: Reconciliation, group: GroupSums) => decideGroup(spec, { sums: group, members: [] });

it('says equal exactly when the sums are', () => {
  fc.assert(
    fc.property(rules, sums, (verify, group) => {
      const { outcome } = decide(aSpec({ verify }), group);
      expect(outcome === 'equal').toBe(group.expectedMinor === group.actualMinor);
    }),
  );
});

it('settles a difference only by a rule that may settle, and raises at least what a failed rule demands', () => {
  fc.assert(
    fc.property(rules, sums, (verify, group) => {
      const decision = decide(aSpec({ verify }), group);
      const named = verify.find(({ id }) => 'rule' in decision && id === decision.rule);
      if (decision.outcome === 'auto_resolved') expect(named?.then).toBe('auto_resolve');
      if (decision.outcome === 'excepted' && decision.rule !== undefined)
        expect(named?.else).toBe(decision.severity);
    }),
  );
});

it('never becomes milder by one more rule that can only raise', () => {
  const raising = fc.constantFrom(...EXPECTATIONS).map(
    (expectation): VerifyRule => ({
      id: 'last',
      expect: expectation,
      // biome-ignore lint/suspicious/noThenProperty: the word of the spec
      then: undefined,
      else: 'block_payout',
      reason: 'LAST',
      notify: undefined,
    }),
  );
  const gravity = (decision: ReturnType<typeof decideGroup>): number =>
    decision.outcome === 'excepted' ? SEVERITIES.indexOf(decision.severity) : -1;
  fc.assert(
    fc.property(rules, raising, sums, (verify, last, group) => {
      const before = decide(aSpec({ verify }), group);
      const after = decide(aSpec({ verify: [...verify, last] }), group);
      expect(gravity(after)).toBeGreaterThanOrEqual(gravity(before));
    }),
  );
});

const row = fc.record({
  side: fc.constantFrom('expected' as const, 'actual' as const),
  amountMinor: fc.constantFrom(-500n, 0n, 1000n, 1001n),
  currency: fc.constant('USD'),
  on: fc.constantFrom('2026-10-01', '2026-10-02'),
  fields: fc.record({ po: fc.constantFrom('1', '2', '3', ''), client: fc.constantFrom('x', 'y') }),
});
const ledger = fc
  .array(row, { maxLength: 20 })
  .map((rows) => rows.map((one, index): LedgerRow => ({ ...one, ref: `R${index}` })));

it('accounts for every record and every cent exactly once', () => {
  const spec = aSpec({
    duplicates: [
      { side: 'actual', same: ['po', 'client', 'amount'], raise: 'duplicate', severity: 'block_payout' },
    ],
  });
  fc.assert(
    fc.property(ledger, (rows) => {
      const records = rows.map(toMatchRecord);
      const { groups, duplicates, remainder } = matchRecords(spec, records);
      const parts = [
        ...groups.flatMap((group) => group.members),
        ...duplicates.flatMap((set) => set.members.slice(1)),
        ...remainder,
      ];
      expect(parts.map(({ recordId }) => recordId).sort()).toEqual(
        records.map(({ recordId }) => recordId).sort(),
      );
      expect(sumGroup(parts, undefined)).toEqual(sumGroup(records, undefined));
    }),
  );
});
