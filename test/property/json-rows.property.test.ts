import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JsonRowCutter } from '../../src/pipeline/ingest/formats/json-rows.ts';

const text = fc.string({
  unit: fc.constantFrom('a', '"', '\\', '[', '}', ',', ':', 'é', '\n'),
  maxLength: 6,
});
const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
const item = fc.oneof(
  leaf,
  fc.dictionary(
    text,
    fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(text, leaf, { maxKeys: 2 })),
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  ),
);
const items = fc.array(item, { maxLength: 5 });
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });

function cut(document: string, path: readonly string[], lengths: readonly number[]) {
  const cutter = new JsonRowCutter(path);
  const bytes = Buffer.from(document);
  const rows = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    rows.push(...cutter.push(bytes.subarray(at, at + length)));
    at += length;
  }
  rows.push(...cutter.end());
  return {
    problem: cutter.problem,
    rows: rows.map(({ bytes: row }) => JSON.parse(row.toString('utf8')) as unknown),
  };
}

const LAYOUTS = [
  { path: [], wrap: (list: unknown[]) => list },
  {
    path: ['data'],
    wrap: (list: unknown[]) => ({ meta: { data: [1, { data: [2] }] }, data: list, more: [3] }),
  },
  { path: ['a', 'b'], wrap: (list: unknown[]) => ({ b: [0], a: { c: [1], b: list }, z: 'b' }) },
  {
    path: ['[]', 'results'],
    wrap: (list: unknown[]) => [{ results: list, n: [9] }, { other: 1 }, { results: [] }],
  },
] as const;

it('every item of a list comes out as it is in the document, in chunks of any size, spaced or not', () => {
  fc.assert(
    fc.property(
      items,
      fc.constantFrom(...LAYOUTS),
      sizes,
      fc.constantFrom(0, 2),
      (list, { path, wrap }, lengths, space) => {
        const document = JSON.stringify(wrap(list), null, space);
        expect(cut(document, path, lengths)).toEqual({
          problem: undefined,
          rows: JSON.parse(JSON.stringify(list)),
        });
      },
    ),
    { numRuns: 400 },
  );
});

it('no part of a document passes for the whole', () => {
  fc.assert(
    fc.property(items, fc.constantFrom(...LAYOUTS), fc.nat(), (list, { path, wrap }, at) => {
      const document = JSON.stringify(wrap(list));
      const { problem } = cut(document.slice(0, at % document.length), path, [64]);
      expect(problem).toMatchObject({ code: 'file_truncated' });
    }),
    { numRuns: 300 },
  );
});

it.each([
  ['{"items":[1],"data":{"rows":[]}}', ['data'], 'it has lists at "items", "data.rows"'],
  ['[{"x":1}]', ['data'], 'it has lists at ""'],
  ['{"a":1}', [], 'it has none'],
])('%s has no list at %j, and says where there are some', (document, path, words) => {
  expect(cut(document, path, [64]).problem).toMatchObject({
    code: 'rows_missing',
    detail: expect.stringContaining(words),
  });
});

it.each([
  ['[1]\n[2]', 'something follows'],
  ['{"a":1]', 'brackets do not fit'],
  ['12', 'neither a list nor an object'],
  ['{"a":'.repeat(100), 'nested deeper'],
])('%.20s is refused whole', (document, words) => {
  expect(cut(document, ['x'], [64]).problem).toMatchObject({
    code: 'file_broken',
    detail: expect.stringContaining(words),
  });
});
