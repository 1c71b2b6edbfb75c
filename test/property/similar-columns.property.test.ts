import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FreeRecord } from '../../src/core/match.ts';
import { byDayThenRef, inDayThenRef } from '../../src/core/record-order.ts';
import { TextNumbers } from '../../src/core/score/columns.ts';
import { internTexts, type Texts } from '../../src/core/score/comparer.ts';
import { indexByKeys, inOrderOfNumbers, sliceOf } from '../../src/core/score/key-index.ts';
import { latin } from '../../src/core/score/latin.ts';
import { plainReference, plainWords } from '../../src/core/score/text.ts';
import { pairSimilar } from '../../src/core/similar-pass.ts';
import type { SimilarPass } from '../../src/core/spec.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.stringMatching(/^[A-Za-z0-9 ./_-]{0,30}$/),
  fc.constantFrom('\u212a', 'ß', 'ﬁ', 'İ', 'a\tb', ' a  b ', 'a-b', '\u001f', '~ ', 'Ⅷ', 'x'.repeat(500)),
);

describe('texts', () => {
  it('of ASCII alone are made plain as all of Unicode is', () => {
    const words = (text: string) =>
      latin(text.slice(0, 400))
        .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
        .trim();
    const reference = (text: string) =>
      latin(text.slice(0, 400))
        .toUpperCase()
        .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
    fc.assert(
      fc.property(anyText, (text) => {
        expect(plainWords(text)).toBe(words(text));
        expect(plainReference(text)).toBe(reference(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('are numbered alike by their columns as by themselves', () => {
    const value = fc.option(fc.constantFrom('', 'a', 'b', 'c', 'd'), { nil: undefined });
    const rows = fc.array(fc.record({ one: value, two: value }, { requiredKeys: [] }), { maxLength: 12 });
    fc.assert(
      fc.property(rows, rows, fc.infiniteStream(fc.nat()), (expected, actual, keys) => {
        const numbers = new TextNumbers();
        const [one, two] = [shuffled(expected, keys), shuffled(actual, keys)];
        const [mine, theirs] = [one, two].map(({ rows: given, order }) =>
          numbers.columnsOf(given, {
            order,
            fields: ['one', 'two'],
            readAs: (row, field) => row[field as 'one'],
          }),
        );
        const found = numbers.between(
          mine?.get('one') ?? new Int32Array(0),
          theirs?.get('two') ?? new Int32Array(0),
        );
        const known = internTexts({
          expected: Array.from(one.order, (at) => one.rows[at]?.one),
          actual: Array.from(two.order, (at) => two.rows[at]?.two),
        });
        expect(spelt(found)).toEqual(spelt(known));
        expect(found.size).toBe(known.size);
      }),
    );
  });
});

const spelt = ({ expected, actual, texts }: Texts) =>
  [expected, actual].map((column) => Array.from(column, (number) => texts[number]));

function shuffled<R>(rows: readonly R[], keys: Iterator<number>): { rows: readonly R[]; order: Int32Array } {
  const weights = rows.map(() => Number(keys.next().value));
  return { rows, order: Int32Array.from(rows.keys()).sort((a, b) => (weights[a] ?? 0) - (weights[b] ?? 0)) };
}

const records = fc
  .array(
    fc.record({
      side: fc.constantFrom('expected' as const, 'actual' as const),
      sourceRef: fc.constantFrom('a', 'b', 'B', 'é', '\u{1f600}', '\uffff', ''),
      amountMinor: fc.option(fc.bigInt({ min: -40n, max: 40n }), { nil: undefined }),
      currency: fc.constantFrom('USD', 'EUR'),
      occurredOn: fc.integer({ min: 1, max: 9 }).map((day) => `2026-10-0${day}`),
      fields: fc.record(
        {
          who: fc.constantFrom('', 'ana', 'ana\u001fb', 'ana b', 'zoë'),
          ref: fc.constantFrom('po-11411', 'PO 11411', '11412', 'rent of 11411 dune', ''),
        },
        { requiredKeys: [] },
      ),
    }),
    { maxLength: 25 },
  )
  .map((rows): FreeRecord[] => rows.map((row, at) => ({ ...row, recordId: `r${(at * 7) % 31}-${at}` })));

it('records stand in the order of day, reference and id, found day by day or two by two', () => {
  fc.assert(
    fc.property(records, (given) => {
      expect(Array.from(inDayThenRef(given), (at) => given[at])).toEqual([...given].sort(byDayThenRef));
    }),
  );
});

it('one field that must be equal limits like two of which the other always is', () => {
  const withAlways = (record: FreeRecord): FreeRecord => ({
    ...record,
    fields: { ...record.fields, always: 'x' },
  });
  const found = (given: readonly FreeRecord[], fields: readonly string[]) => {
    const pass: SimilarPass = {
      kind: 'similar',
      name: 'similar',
      within: { expected: fields, actual: fields },
      gates: { amountPpm: undefined, days: undefined },
      compare: [
        { expected: 'ref', actual: 'ref', kind: 'reference' },
        { expected: 'amount', actual: 'amount', kind: 'money' },
      ],
    };
    const { pairs, rejected, learnt } = pairSimilar(pass, given, {
      decide: {
        auto: { probabilityPpm: 600_000, marginBits: 1, needReference: true },
        suggest: { probabilityPpm: 200_000 },
      },
      amounts: { expected: 'amount', actual: 'amount' },
      apart: new Map(),
    });
    return { pairs: [...pairs], rejected: [...rejected].map(({ blocked: _, ...one }) => one), learnt };
  };
  fc.assert(
    fc.property(records, (given) => {
      const all = given.map(withAlways);
      expect(found(all, ['who'])).toEqual(found(all, ['who', 'always']));
    }),
  );
});

describe('an index', () => {
  it('finds by each key the records that have it, in the order that they came in', () => {
    const keysOf = fc.array(fc.uniqueArray(fc.nat(5), { maxLength: 3 }), { minLength: 1, maxLength: 5 });
    const rows = fc.array(fc.record({ value: fc.integer({ min: -1, max: 4 }), group: fc.nat(2) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(keysOf, rows, (lists, given) => {
        const values = given.map(({ value }) => Math.min(value, lists.length - 1));
        const group = Int32Array.from(given, (row) => row.group);
        const keys = {
          expected: new Int32Array(0),
          actual: Int32Array.from(values),
          starts: Int32Array.from([0, ...lists.map((_, at) => lists.slice(0, at + 1).flat().length)]),
          numbers: Int32Array.from(lists.flat()),
          size: 6,
        };
        const order = inOrderOfNumbers(Int32Array.from(given.keys()), group, 3);
        expect([...order]).toEqual(
          [...given.keys()].sort((a, b) => (group[a] ?? 0) - (group[b] ?? 0) || a - b),
        );
        const index = indexByKeys(order, keys, {
          group,
          amount: Float64Array.from(given.keys()),
          day: Int32Array.from(given.keys()),
        });
        for (let key = 0; key < 6; key += 1) {
          for (let of = 0; of < 3; of += 1) {
            const { from, to } = sliceOf(index, key, of);
            const wanted = [...given.keys()].filter(
              (at) => group[at] === of && lists[values[at] ?? -1]?.includes(key),
            );
            expect([...index.records.subarray(from, to)]).toEqual(wanted);
            expect([...index.amounts.subarray(from, to)]).toEqual(wanted);
            expect([...index.days.subarray(from, to)]).toEqual(wanted);
          }
        }
      }),
    );
  });
});
