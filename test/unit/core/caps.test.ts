import { expect, it } from 'vitest';
import { cappedWords } from '../../../src/core/caps.ts';

it.each([
  [{ pass: 'po', keys: 1, records: 12_000 }, 'po: 1 key with 12000 records behind it was left alone'],
  [{ pass: 'po', keys: 2, records: 30_000 }, 'po: 2 keys with 30000 records behind them were left alone'],
  [{ pass: 'po', keys: 1, records: 1, how: 'not_searched' }, 'po: 1 record had more to choose from'],
  [{ pass: 'po', keys: 1, records: 1, how: 'nearest_only' }, 'po: 1 record shares a beginning'],
  [{ pass: 'po', keys: 3, records: 1, how: 'coincidence' }, '1 set was taken, and 3 records add up'],
] as const)('counts one as one: %o', (capped, words) => {
  expect(cappedWords(capped)).toContain(words);
});
