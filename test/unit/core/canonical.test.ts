import { describe, expect, it } from 'vitest';
import { type CanonicalValue, canonical } from '../../../src/core/canonical.ts';

describe('the canonical text', () => {
  it.each([
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [{ '10': 1, '9': 2, é: 3, Z: 4 }, '{"10":1,"9":2,"Z":4,"é":3}'],
    [{ '\u{1F600}': 1, '\uFB33': 2 }, '{"\u{1F600}":1,"\uFB33":2}'],
    [-0, '0'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    ['\u20ac$\u000f\nA\'B"\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\"/"'],
    [{ nested: { z: {}, a: [] } }, '{"nested":{"a":[],"z":{}}}'],
  ] as [CanonicalValue, string][])('of %j is %s', (value, text) => {
    expect(canonical(value)).toBe(text);
  });

  it.each([
    ['a fraction', 0.1],
    ['an unsafe integer', Number.MAX_SAFE_INTEGER + 1],
    ['infinity', Number.POSITIVE_INFINITY],
    ['not a number', Number.NaN],
    ['half a character', 'a\uD83D'],
    ['the other half', '\uDE00a'],
    ['a NUL', 'a\u0000'],
    ['half a character in a key', { 'a\uD83D': 1 }],
    ['any of them deep inside', { a: [{ b: 0.5 }] }],
  ] as [string, CanonicalValue][])('is refused of %s', (_what, value) => {
    expect(() => canonical(value)).toThrow(TypeError);
  });
});
