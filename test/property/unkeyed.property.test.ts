import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MatchRecord, matchRecords } from '../../src/core/match.ts';
import type { ExactPass, Reconciliation } from '../../src/core/spec.ts';
import { type Sharer, whyUnkeyed } from '../../src/core/unkeyed.ts';
import { aSpec, type LedgerRow, toMatchRecord } from '../support/ledger.ts';

const exact = (name: string, rest: Partial<ExactPass>): ExactPass => ({
  kind: 'exact',
  name,
  expected: ['po'],
  actual: ['po'],
  cardinality: 'one-to-one',
  ...rest,
});

const SPEC: Reconciliation = aSpec({
  duplicates: [],
  find: [
    exact('one', { window: { from: 0, to: 5 } }),
    exact('amount', { expected: ['client', 'amount'], actual: ['client', 'amount'] }),
    exact('many', { expected: ['client'], actual: ['client'], cardinality: 'one-to-many' }),
  ],
});

const ledger = fc
  .array(
    fc.record({
      side: fc.constantFrom('expected' as const, 'actual' as const),
      po: fc.constantFrom('A', 'B', 'C', ''),
      client: fc.constantFrom('x', 'y', ''),
      minor: fc.constantFrom(100n, 200n, 300n),
      currency: fc.constantFrom('USD', 'EUR'),
      day: fc.integer({ min: 1, max: 20 }),
    }),
    { maxLength: 14 },
  )
  .map((rows) =>
    rows.map(
      ({ side, po, client, minor, currency, day }, at): LedgerRow => ({
        ref: `${side}-${at}`,
        side,
        amountMinor: minor,
        currency,
        on: `2026-10-${String(day).padStart(2, '0')}`,
        fields: { ...(po === '' ? {} : { po }), ...(client === '' ? {} : { client }) },
      }),
    ),
  );

/** Everybody else, as they stand after matching. */
function sharersOf(records: readonly MatchRecord[], own: MatchRecord): Sharer[] {
  const { groups } = matchRecords(SPEC, records);
  return records
    .filter((record) => record !== own)
    .map((record) => {
      const group = groups.find(({ members }) => members.includes(record));
      const others = group?.members.filter((member) => member !== record) ?? [];
      return {
        record,
        isRemoved: false,
        matched: group && { pass: group.pass, with: others.map(({ sourceRef }) => sourceRef) },
        isKeptApart: false,
      };
    });
}

describe('why a key did not pair', () => {
  it('has a reason for every record that matching left alone, in every pass', () => {
    fc.assert(
      fc.property(ledger, (rows) => {
        const records = rows.map(toMatchRecord);
        for (const record of matchRecords(SPEC, records).remainder) {
          const sharing = { sharers: sharersOf(records, record), cutoffOn: '2026-11-01' };
          for (const pass of SPEC.find) {
            if (pass.kind === 'similar') continue;
            const why = whyUnkeyed(SPEC, pass, record, sharing)?.why;
            expect(why).toBeDefined();
            // It would be a pair that nothing stands in the way of.
            expect(why).not.toBe('next_run');
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of those who share the key', () => {
    fc.assert(
      fc.property(ledger, fc.nat(), (rows, at) => {
        const records = rows.map(toMatchRecord);
        const { remainder } = matchRecords(SPEC, records);
        const record = remainder[at % Math.max(remainder.length, 1)];
        if (!record) return;
        const sharers = sharersOf(records, record);
        for (const pass of SPEC.find) {
          if (pass.kind === 'similar') continue;
          const say = (given: readonly Sharer[]) =>
            whyUnkeyed(SPEC, pass, record, { sharers: given, cutoffOn: '2026-11-01' }) ?? null;
          expect(say([...sharers].reverse())).toEqual(say(sharers));
        }
      }),
      { numRuns: 60 },
    );
  });
});
