import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemTexts, scalarOf, spanAt, textAt } from '../../src/core/json-text.ts';

/** Every way into a value that leads somewhere. */
function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  const inner = Object.entries(value).flatMap(([key, child]) => pathsOf(child).map((rest) => [key, ...rest]));
  return [[], ...inner];
}

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((inner: unknown, step) => (inner as Record<string, unknown>)[step], value);

const document = fc.json({ maxDepth: 4 }).map((text) => ({ text, value: JSON.parse(text) as unknown }));
const space = fc.constantFrom(0, 1, 4);

describe('a value cut out of a JSON text', () => {
  it('is the value that parsing finds there, however the text is spaced', () => {
    fc.assert(
      fc.property(document, space, ({ value }, indent) => {
        const text = `  ${JSON.stringify(value, null, indent)}\n`;
        for (const path of pathsOf(value)) {
          expect(JSON.parse(textAt(text, path) ?? '"nothing"')).toEqual(valueAt(value, path));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the list that parsing finds, item by item', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 3 })), space, (list, indent) => {
        const items = itemTexts(JSON.stringify(list, null, indent)) ?? [];
        expect(items.map((item) => JSON.parse(item) as unknown)).toEqual(JSON.parse(JSON.stringify(list)));
      }),
      { numRuns: 200 },
    );
  });

  it('keeps every digit', () => {
    const text = '{"id": 12345678901234567890, "rate": 1.10, "list": [1e400]}';
    expect([textAt(text, ['id']), textAt(text, ['rate']), textAt(text, ['list', '0'])]).toEqual([
      '12345678901234567890',
      '1.10',
      '1e400',
    ]);
    expect(scalarOf(textAt(text, ['rate']))).toBe('1.10');
  });

  it('is nothing where the way leads nowhere', () => {
    const text = '{"a": {"b": null}, "c": "x"}';
    expect([textAt(text, ['a', 'x']), textAt(text, ['c', 'd']), spanAt(text, ['x'])]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([scalarOf('null'), scalarOf('{}'), scalarOf(undefined), scalarOf('"\\u00e9"')]).toEqual([
      undefined,
      undefined,
      undefined,
      'é',
    ]);
    expect(itemTexts('{}')).toBeUndefined();
  });
});
