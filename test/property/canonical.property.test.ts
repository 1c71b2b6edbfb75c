import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CanonicalValue, canonical } from '../../src/core/canonical.ts';

const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\u0000'));
const { value } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(text, tie('value')),
  ),
}));

const reversed = (given: CanonicalValue): CanonicalValue => {
  if (Array.isArray(given)) return given.map(reversed);
  if (given === null || typeof given !== 'object') return given;
  return Object.fromEntries(
    Object.entries(given as Record<string, CanonicalValue>)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
};

it('reads back as the value it is of', () => {
  fc.assert(
    fc.property(value, (given) => {
      expect(canonical(JSON.parse(canonical(given)))).toBe(canonical(given));
      expect(JSON.stringify(JSON.parse(canonical(given))).length).toBe(canonical(given).length);
    }),
  );
});

it('does not depend on the order of keys', () => {
  fc.assert(
    fc.property(value, (given) => {
      expect(canonical(reversed(given))).toBe(canonical(given));
    }),
  );
});

it('gives two different values two different forms', () => {
  fc.assert(
    fc.property(value, value, (one, other) => {
      const same =
        JSON.stringify(JSON.parse(canonical(one))) === JSON.stringify(JSON.parse(canonical(other)));
      expect(canonical(one) === canonical(other)).toBe(same);
    }),
  );
});
