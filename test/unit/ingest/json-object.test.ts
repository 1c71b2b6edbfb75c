import { describe, expect, it } from 'vitest';
import { readObject, rowOf } from '../../../src/pipeline/ingest/formats/json-object.ts';

const get = (text: string, column: string): string | undefined => {
  const read = readObject(text);
  if (!read.ok) throw new Error(read.refusal.detail);
  return rowOf(read.value).get(column);
};

describe('a column of a JSON object', () => {
  const line =
    '{"id": 12345678901234567890.10, "customer": {"Email": "a@b.example", "tags": ["x", {"n": "deep, ]"}]}, "a.b": "literal", "a": {"b": "inner"}, "none": null}';

  it.each([
    ['id', '12345678901234567890.10'],
    ['customer.email', 'a@b.example'],
    ['customer.tags.0', 'x'],
    ['customer.tags.1.n', 'deep, ]'],
    ['a.b', 'literal'],
    ['none', ''],
  ])('%s is %j', (column, text) => {
    expect(get(line, column)).toBe(text);
  });

  it.each(['customer.tags.2', 'customer.nothing', 'id.x', 'constructor', '__proto__', 'customer.'])(
    'is not there: %s',
    (column) => {
      expect(get(line, column)).toBeUndefined();
    },
  );
});

describe('a JSON line is refused', () => {
  const nested = (depth: number): string => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;

  it.each([
    ['{"a":1', 'not_json'],
    ['{"a":NaN}', 'not_json'],
    ['[]', 'not_an_object'],
    ['null', 'not_an_object'],
    ['{"a":1,"A":2}', 'duplicate_key'],
    ['{"a":{"b":1,"b":2}}', 'duplicate_key'],
    ['{"__proto__":{"isAdmin":true}}', 'key_forbidden'],
    ['{"a":[{"\\u005f_proto__":1}]}', 'key_forbidden'],
    ['{"constructor":{"prototype":{}}}', 'key_forbidden'],
    [nested(32), 'json_too_deep'],
    [nested(100_000), 'json_too_deep'],
  ])('%.40s is %s', (text, code) => {
    expect(readObject(text)).toMatchObject({ ok: false, refusal: { code } });
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('but not for what only looks like it', () => {
    expect(readObject(nested(31))).toMatchObject({ ok: true });
    expect(get('{"constructor":"Acme Builders","memo":"[[[[ __proto__ \\" {{{"}', 'constructor')).toBe(
      'Acme Builders',
    );
  });
});
