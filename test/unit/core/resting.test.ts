import { describe, expect, it } from 'vitest';
import { restingPasses } from '../../../src/core/resting.ts';
import type { ExactPass, Pass } from '../../../src/core/spec.ts';
import { aSpec, recordExpression } from '../../support/ledger.ts';

const exact = (name: string, on: readonly string[], changes: Partial<ExactPass> = {}): Pass => ({
  kind: 'exact',
  name,
  expected: on,
  actual: on,
  cardinality: 'one-to-one',
  ...changes,
});

const duplicates = (same: readonly string[]) =>
  [{ side: 'actual', same, raise: 'duplicate', severity: 'manual_review' }] as const;

describe('the passes whose groups may rest', () => {
  it('are those at the head that compare one and the same key', () => {
    const find = [
      exact('po', ['po']),
      exact('parts', ['po'], { cardinality: 'one-to-many' }),
      exact('client', ['client']),
      exact('again', ['po']),
    ];

    expect(restingPasses(aSpec({ find }))).toEqual({
      passes: ['po', 'parts'],
      expected: ['po'],
      actual: ['po'],
    });
  });

  it('end where days must lie near each other', () => {
    const find = [exact('po', ['po']), exact('near', ['po'], { window: { from: 0, to: 1 } })];

    expect(restingPasses(aSpec({ find }))?.passes).toEqual(['po']);
  });

  it('are all of them where each repeated record shares the key', () => {
    expect(restingPasses(aSpec({ duplicates: duplicates(['amount', 'po']) }))?.passes).toHaveLength(2);
  });

  it.each([
    ['a first pass with a window', { find: [exact('near', ['po'], { window: { from: 0, to: 1 } })] }],
    ['repeated records of several keys', { duplicates: duplicates(['client']) }],
    [
      'records that take others back',
      {
        reversals: [
          {
            side: 'actual' as const,
            when: recordExpression('actual', "kind = 'credit'"),
            names: ['po'],
            named: ['po'],
          },
        ],
      },
    ],
    ['rates of a day', { rates: { feed: 'rates', from: 'from', into: 'into', rate: 'rate', maxAgeDays: 3 } }],
    [
      'contacts that are merged',
      {
        identity: {
          side: 'expected' as const,
          feed: 'merges',
          from: 'from',
          into: 'into',
          id: 'owner',
          otherId: undefined,
          aliases: [],
        },
      },
    ],
  ])('are none with %s', (_what, changes) => {
    expect(restingPasses(aSpec(changes))).toBeUndefined();
  });
});
