import { expect, test } from 'vitest';
import { monthBefore } from '../../../examples/ad-buy-vs-billing/cases.ts';
import { campaignName } from '../../../examples/ad-buy-vs-billing/names.ts';
import { dice } from '../../../examples/support/random.ts';
import { amountText, csvFile, jsonFile } from '../../../examples/support/text.ts';

test.each([
  [0n, '', '0.00'],
  [5n, '', '0.05'],
  [-7650n, '', '-76.50'],
  [188000n, ',', '1,880.00'],
  [-123456789012n, ',', '-1,234,567,890.12'],
])('writes %s cents as an amount', (cents, group, text) => {
  expect(amountText(cents, group)).toBe(text);
});

test('quotes CSV cells that hold a comma or a quote', () => {
  expect(csvFile(['a'], ['1'])).toBe('a\n1\n');
  expect(csvFile(['a,b', 'say "x"'], [])).toBe('"a,b","say ""x"""\n');
});

test('writes an object on one line where it fits, and a list of objects line by line', () => {
  expect(jsonFile({ a: [{ b: 1 }, { b: 2 }], c: { d: 'x' } })).toBe(
    '{\n  "a": [\n    { "b": 1 },\n    { "b": 2 }\n  ],\n  "c": { "d": "x" }\n}\n',
  );
});

test('the month before January is December', () => {
  expect([monthBefore('2026-01'), monthBefore('2026-10')]).toEqual(['2025-12', '2026-09']);
});

test('a thousand campaigns have a thousand names', () => {
  expect(new Set(Array.from({ length: 1000 }, (_, n) => campaignName(n))).size).toBe(1000);
});

test('dice reach both ends of their range and nothing else', () => {
  const roll = dice(1);
  const rolled = new Set(Array.from({ length: 200 }, () => roll.int(1, 6)));
  expect([...rolled].sort()).toEqual([1, 2, 3, 4, 5, 6]);
});
