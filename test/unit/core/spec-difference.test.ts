import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../../src/core/canonical.ts';
import { tellDifference } from '../../../src/core/spec-difference.ts';
import { aSpec, expression } from '../../support/ledger.ts';

const version = (spec: Parameters<typeof aSpec>[0], body: unknown) => ({
  spec: aSpec(spec),
  body: JSON.stringify(body),
});
const rounding = (limit: string) => ({
  verify: [
    {
      id: 'rounding',
      expect: expression(`abs(diff) <= ${limit}`),
      // biome-ignore lint/suspicious/noThenProperty: the word of the spec
      then: 'auto_resolve' as const,
      else: undefined,
      reason: 'ROUNDING',
      notify: undefined,
    },
  ],
});

describe('how a spec differs', () => {
  it('is told in the sentences that go and come, under their title, and by place', () => {
    const told = tellDifference(
      version(rounding('0.05'), { verify: [{ id: 'rounding', expect: 'abs(diff) <= 0.05' }] }),
      version(rounding('0.10'), { verify: [{ id: 'rounding', expect: 'abs(diff) <= 0.10' }] }),
    );

    expect(told.sentences).toEqual([
      {
        title: 'What becomes of a match',
        gone: [expect.stringContaining('0.05')],
        come: [expect.stringContaining('0.10')],
      },
    ]);
    expect(told.places).toEqual([
      { path: 'verify[rounding].expect', before: 'abs(diff) <= 0.05', after: 'abs(diff) <= 0.10' },
    ]);
  });

  it('of two that are the same is nothing', () => {
    expect(tellDifference(version({}, { a: [1] }), version({}, { a: [1] }))).toEqual({
      sentences: [],
      places: [],
    });
  });

  it('is told by place where no sentence tells it', () => {
    const told = tellDifference(
      version({}, { describes: 'A' }),
      version({}, { describes: 'B', domain: 'finance' }),
    );

    expect(told.sentences).toEqual([]);
    expect(told.places).toEqual([
      { path: 'describes', before: 'A', after: 'B' },
      { path: 'domain', before: null, after: 'finance' },
    ]);
  });

  it.each([
    [
      'items with an id by it',
      [{ id: 'a', x: 1 }, { id: 'b' }],
      [{ id: 'b' }, { id: 'a', x: 2 }],
      ['list[a].x'],
    ],
    ['one more item', [1], [1, 2], ['list[1]']],
    ['items with an id in another order', [{ id: 'a' }, { id: 'b' }], [{ id: 'b' }, { id: 'a' }], ['list']],
    ['a value that became a list', 'a', ['a'], ['list']],
    ['an empty list', [], [{ id: 'a' }], ['list[a]']],
  ])('names %s', (_, before, after, paths) => {
    const told = tellDifference(version({}, { list: before }), version({}, { list: after }));

    expect(told.places.map(({ path }) => path)).toEqual(paths);
  });

  it('names a place whenever two files differ, and none when they do not', () => {
    const json = fc.jsonValue({ maxDepth: 4 }).map((value) => toWhole(value));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), fc.dictionary(fc.string(), json), (before, after) => {
        const { places } = tellDifference(version({}, before), version({}, after));
        expect(places.length > 0).toBe(canonicalOf(before) !== canonicalOf(after));
      }),
      { numRuns: 200 },
    );
  });
});

/** As bodies are: without fractions, lone surrogates and NUL. */
function toWhole(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : String(value);
  if (typeof value === 'string') return value.replaceAll(/[^\x20-\x7E]/g, '');
  if (Array.isArray(value)) return value.map(toWhole);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [String(toWhole(key)), toWhole(child)]),
  );
}

const canonicalOf = (value: unknown): string => canonical(JSON.parse(JSON.stringify(value)));
