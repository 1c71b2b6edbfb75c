import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatchRecord } from '../../src/core/match.ts';
import { compareReference } from '../../src/core/score/compare-reference.ts';
import { compareText } from '../../src/core/score/compare-text.ts';
import { internTexts } from '../../src/core/score/comparer.ts';
import { anyPairs, learnMatched, learnRandom } from '../../src/core/score/learn.ts';
import {
  differentLetters,
  isWithinEdits,
  lettersOf,
  plainReference,
  plainWords,
  sharedPrefix,
} from '../../src/core/score/text.ts';
import { pairSimilar, REJECTED_KEPT } from '../../src/core/similar-pass.ts';
import type { Decide, SimilarPass } from '../../src/core/spec.ts';
import { explanationWriter } from '../../src/pipeline/match/explained-json.ts';
import { weighingOf } from '../../src/pipeline/report/weighing.ts';

const PASS: SimilarPass = {
  kind: 'similar',
  name: 'similar',
  within: { expected: [], actual: [] },
  gates: { amountPpm: 400_000, days: { from: 0, to: 30 } },
  compare: [
    { expected: 'ref', actual: 'memo', kind: 'reference' },
    { expected: 'payee', actual: 'memo', kind: 'text' },
    { expected: 'amount', actual: 'amount', kind: 'money' },
    { expected: 'date', actual: 'date', kind: 'lag' },
  ],
};
const DECIDE: Decide = {
  auto: { probabilityPpm: 900_000, marginBits: 6, needReference: true },
  suggest: { probabilityPpm: 200_000 },
};
const AMOUNTS = { expected: 'amount', actual: 'amount' };

const word = fc.constantFrom(
  'acme',
  'corvinus',
  'matthias',
  'müller',
  '⚡',
  '',
  '\u202e',
  'po-2026-114',
  '114',
);
const words = fc.array(word, { maxLength: 4 }).map((parts) => parts.join(' '));
const records = fc
  .array(
    fc.record({
      side: fc.constantFrom('expected' as const, 'actual' as const),
      amountMinor: fc.oneof(
        fc.bigInt({ min: -50n, max: 50n }),
        fc.constantFrom(0n, 10n ** 30n, -(10n ** 30n), 9_007_199_254_740_993n, 9_007_199_254_740_992n),
      ),
      currency: fc.constantFrom('USD', 'EUR'),
      day: fc.integer({ min: 1, max: 28 }),
      fields: fc.record({ ref: words, payee: words, memo: words }, { requiredKeys: [] }),
    }),
    { maxLength: 30 },
  )
  .map((rows): MatchRecord[] =>
    rows.map(({ day, ...row }, at) => ({
      ...row,
      recordId: `r${String(at).padStart(3, '0')}`,
      feed: row.side,
      sourceRef: `S${at}`,
      version: 1,
      contentHash: '',
      occurredOn: `2026-10-${String(day).padStart(2, '0')}`,
      client: undefined,
      orderRef: undefined,
    })),
  );

const run = (given: readonly MatchRecord[]) => {
  const found = pairSimilar(PASS, given, { decide: DECIDE, amounts: AMOUNTS, apart: new Map() });
  return { ...found, pairs: [...found.pairs], rejected: [...found.rejected] };
};

/** Zero has one form in JSON. */
const thousandths = (bits: number): number => Math.round(bits * 1000) / 1000 + 0;

describe('a similar pass', () => {
  it('explains every weight: the prior and the parts add up to it', () => {
    fc.assert(
      fc.property(records, (given) => {
        const { pairs, rejected } = run(given);
        for (const { prior, parts, weight } of [...pairs, ...rejected]) {
          const sum = parts.reduce((total, { bits }) => total + bits, prior);
          expect(Math.abs(sum - weight)).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it('keeps every weight as it is shown: what is written down adds up too', () => {
    fc.assert(
      fc.property(records, (given) => {
        const { pairs, rejected } = run(given);
        const write = explanationWriter(DECIDE);
        for (const explained of [...pairs, ...rejected]) {
          const kept = weighingOf(JSON.parse(write(explained)));
          const sum = kept?.parts.reduce((total, { bits }) => total + bits, kept.prior) ?? Number.NaN;
          expect(Math.abs(sum - (kept?.weight ?? 0))).toBeLessThan(1e-9);
          expect(Math.abs(explained.weight - (kept?.weight ?? 0))).toBeLessThan(0.01);
          expect(kept?.parts.map(({ bits }) => bits)).toEqual(
            explained.parts.map(({ bits }) => thousandths(bits)),
          );
        }
      }),
    );
  });

  it('says the same whatever order the records come in', () => {
    fc.assert(
      fc.property(
        records.chain((given) =>
          fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
        ),
        ([given, shuffled]) => {
          expect(run(shuffled)).toEqual(run(given));
        },
      ),
    );
  });

  it('pairs no record twice, and speaks of at most three candidates for each one left alone', () => {
    fc.assert(
      fc.property(records, (given) => {
        const { pairs, rejected } = run(given);
        const paired = pairs.flatMap(({ expected, actual }) => [expected.recordId, actual.recordId]);
        expect(new Set(paired).size).toBe(paired.length);
        for (const { rank, probability, verdict } of rejected) {
          expect(rank).toBeLessThanOrEqual(REJECTED_KEPT);
          expect(probability).toBeGreaterThanOrEqual(0);
          expect(probability).toBeLessThanOrEqual(1);
          expect(verdict).not.toBe('auto');
        }
      }),
    );
  });

  it('never pairs two equally good candidates by itself', () => {
    fc.assert(
      fc.property(records, fc.nat(), (given, seed) => {
        const twin = given[seed % Math.max(given.length, 1)];
        if (!twin) return;
        const { pairs } = run([...given, { ...twin, recordId: 'twin', sourceRef: 'twin' }]);
        const ids = pairs.flatMap(({ expected, actual }) => [expected.recordId, actual.recordId]);
        expect(ids).not.toContain(twin.recordId);
        expect(ids).not.toContain('twin');
      }),
    );
  });
});

describe('learning', () => {
  it('keeps every spread a spread: shares of all levels add up to one', () => {
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 20 }),
        fc.array(words, { maxLength: 20 }),
        (expected, actual) => {
          const comparers = [compareText(internTexts({ expected, actual }))];
          const random = learnRandom(
            comparers,
            anyPairs({ expected: expected.length, actual: actual.length }),
          );
          const e = Int32Array.from(expected.flatMap((_, at) => actual.map(() => at)));
          const a = Int32Array.from(expected.flatMap(() => actual.map((_, at) => at)));
          const matched = learnMatched(comparers, random, [{ by: 9, e, a }]);
          for (const levels of [...random, ...matched]) {
            expect(levels.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
            expect(levels[0]).toBe(0);
          }
        },
      ),
    );
  });
});

describe('references', () => {
  /** The levels as they are told, one after the other. */
  function levelOf(one: string, other: string): number {
    const [mine, theirs] = [plainReference(one), plainReference(other)];
    if (mine === '' || theirs === '') return 0;
    if (mine === theirs) return 1;
    const [short, long] = mine.length <= theirs.length ? [mine, theirs] : [theirs, mine];
    if (short.length >= 5 && long.includes(short)) return 2;
    const digits = short.replace(/\D/g, '');
    if (digits.length >= 5 && digits === long.replace(/\D/g, '')) return 3;
    const longer = long.replace(/\D/g, '');
    const end = Math.min(digits.length, longer.length, 7);
    if (end >= 5 && digits.slice(-end) === longer.slice(-end)) return 4;
    return short.length >= 5 && isWithinEdits(short, long, 1) ? 5 : 6;
  }
  const reference = fc.oneof(
    words,
    fc.stringMatching(/^[PO]{0,2}-?[0-3]{3,7}$/),
    fc.stringMatching(/^[ab1-3]{4,7} ?[12]{0,2}$/),
  );

  it('are compared as if each pair were looked at whole, whatever is worked out before', () => {
    fc.assert(
      fc.property(
        fc.array(reference, { minLength: 1, maxLength: 12 }),
        fc.array(reference, { minLength: 1, maxLength: 12 }),
        (expected, actual) => {
          const { levelOf: found } = compareReference(internTexts({ expected, actual }));
          const table = expected.map((_, e) => actual.map((__, a) => found(e, a)));
          expect(table).toEqual(expected.map((one) => actual.map((other) => levelOf(one, other))));
        },
      ),
    );
  });

  it('and texts show a pair the same level again, remembered or not', () => {
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 12 }),
        fc.array(words, { maxLength: 12 }),
        (expected, actual) => {
          for (const comparer of [
            compareText(internTexts({ expected, actual })),
            compareReference(internTexts({ expected, actual })),
          ]) {
            const look = () => expected.map((_, e) => actual.map((__, a) => comparer.levelOf(e, a)));
            expect(look()).toEqual(look());
            expect(comparer.levelOf(expected.length, 0)).toBe(0);
          }
        },
      ),
    );
  });
});

describe('texts', () => {
  /** The distance by the textbook's full table. */
  function distance(a: string, b: string): number {
    const table = Array.from({ length: a.length + 1 }, (_, i) =>
      Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
    );
    const at = (i: number, j: number): number => table[i]?.[j] ?? Number.POSITIVE_INFINITY;
    for (let i = 1; i <= a.length; i += 1) {
      for (let j = 1; j <= b.length; j += 1) {
        const swap =
          i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
            ? at(i - 2, j - 2) + 1
            : Number.POSITIVE_INFINITY;
        const same = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
        (table[i] ?? [])[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, same, swap);
      }
    }
    return at(a.length, b.length);
  }
  const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });

  it('are within so many edits exactly when the full table says so', () => {
    fc.assert(
      fc.property(short, short, fc.integer({ min: 0, max: 3 }), (a, b, limit) => {
        expect(isWithinEdits(a, b, limit)).toBe(distance(a, b) <= limit);
      }),
      { numRuns: 1_000 },
    );
  });

  it('within so many edits never differ in more than twice as many letters', () => {
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(differentLetters(lettersOf(a), lettersOf(b))).toBeLessThanOrEqual(2 * distance(a, b));
      }),
    );
  });

  it('are plain once: reading a plain text again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(plainWords(plainWords(text))).toBe(plainWords(text));
        expect(sharedPrefix(text, text)).toBe(text.length);
      }),
    );
  });
});
