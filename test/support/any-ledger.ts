import fc from 'fast-check';
import type { HandDecisions, HandMatch, NeverPair } from '../../src/core/hand-match.ts';
import type { MatchRecord } from '../../src/core/match.ts';
import type { CombinePass, SimilarPass } from '../../src/core/spec.ts';
import { expression, type LedgerRow } from './ledger.ts';

// Few values, so that keys meet; empty, missing, odd and separator-bearing ones among them.
const value = fc.constantFrom('1', '2', '3', '', 'é', 'a\u001fb', 'a b', '١', "'; drop table record; --");
/** Names of contacts, or none. */
export const who = fc.constantFrom('u', 'v', 'w', 'x', '');
const amount = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      amountMinor: fc.constantFrom(-500n, 0n, 1n, 1000n, 1000n, 1001n, 9_000_000_000_000_001n),
      currency: fc.constantFrom('USD', 'USD', 'EUR', 'JPY'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ amountMinor: undefined, currency: undefined }) },
);
const row = fc.record({
  side: fc.constantFrom('expected' as const, 'actual' as const),
  amount,
  on: fc.constantFrom('2026-10-01', '2026-10-02', '2026-10-03'),
  fields: fc.record(
    { po: value, client: value, owner: who, kind: fc.constantFrom('charge', 'credit') },
    { requiredKeys: ['kind'] },
  ),
});
/** At most two dozen records of both sides. */
export const ledger = fc
  .array(row, { maxLength: 24 })
  .map((rows): LedgerRow[] =>
    rows.map(({ amount: has, ...one }, index) => ({ ...one, ...has, ref: `R${index}` })),
  );

export const SIMILAR: SimilarPass = {
  kind: 'similar',
  name: 'similar',
  within: { expected: ['kind'], actual: ['kind'] },
  gates: { amountPpm: 500_000, days: { from: -2, to: 2 } },
  compare: [
    { expected: 'po', actual: 'po', kind: 'reference' },
    { expected: 'client', actual: 'client', kind: 'text' },
    { expected: 'amount', actual: 'amount', kind: 'money' },
    { expected: 'date', actual: 'date', kind: 'lag' },
  ],
};

export const COMBINE: CombinePass = {
  kind: 'combine',
  name: 'combine',
  within: { expected: ['kind'], actual: ['kind'] },
  cardinality: 'one-to-many',
  maxItems: 3,
  pool: 5,
  window: { from: -1, to: 2 },
};

/** Fields of a key. */
export const keys = fc.subarray(['po', 'client', 'owner', 'kind', 'amount'], { minLength: 1 });
export const window = fc.constantFrom(undefined, { from: 0, to: 1 }, { from: -1, to: 1 }, { from: 2, to: 2 });
export const tolerance = fc.constantFrom(
  undefined,
  expression('abs(diff) <= 5.00'),
  expression('diff >= 0 and diff <= max(0.01, 50% of expected)'),
);
/** What people said about which two records, by position; whether they said it of what a record holds now. */
export const said = fc.array(
  fc.record({
    what: fc.constantFrom('match' as const, 'never' as const, 'never' as const, 'unmatched' as const),
    expected: fc.nat({ max: 23 }),
    actual: fc.nat({ max: 23 }),
    isOfNow: fc.boolean(),
  }),
  { maxLength: 12 },
);

/** What was said as decisions on the record, of no record twice. */
export function decisionsOf(
  records: readonly MatchRecord[],
  all: readonly { what: 'match' | NeverPair['kind']; expected: number; actual: number; isOfNow: boolean }[],
): HandDecisions {
  const on = (side: 'expected' | 'actual') => records.filter((record) => record.side === side);
  const matches: HandMatch[] = [];
  const never: NeverPair[] = [];
  const matched = new Set<string>();
  const apart = new Set<string>();
  for (const one of all) {
    const [e, a] = [
      on('expected')[one.expected % Math.max(on('expected').length, 1)],
      on('actual')[one.actual % Math.max(on('actual').length, 1)],
    ];
    if (!e || !a) continue;
    const hash = one.isOfNow ? e.contentHash : 'another';
    if (one.what === 'match') {
      if (matched.has(e.recordId) || matched.has(a.recordId)) continue;
      matched.add(e.recordId).add(a.recordId);
      const members = [
        { recordId: e.recordId, contentHash: hash },
        { recordId: a.recordId, contentHash: a.contentHash },
      ];
      matches.push({ key: `${e.sourceRef} ${a.sourceRef}`, members });
    } else if (!apart.has(`${e.recordId} ${a.recordId}`)) {
      apart.add(`${e.recordId} ${a.recordId}`);
      const ids = { expectedId: e.recordId, actualId: a.recordId };
      never.push({ kind: one.what, ...ids, expectedHash: hash, actualHash: a.contentHash });
    }
  }
  return { matches, never };
}
