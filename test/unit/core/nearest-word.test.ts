import { expect, it } from 'vitest';
import { nearestWord, suggestion, suggestionEnd } from '../../../src/core/nearest-word.ts';

it.each([
  ['finanse', ['media_ops', 'finance'], 'finance'],
  ['Finance ', ['finance'], 'finance'],
  ['tean', ['team', 'lead'], 'team'],
  ['setlte', ['settle', 'pace'], 'settle'],
  ['zebra', ['team', 'lead'], undefined],
  ['x', [], undefined],
])('nearest to %j among %j is %s', (word, words, near) => {
  expect(nearestWord(word, words)).toBe(near);
});

it('suggests the nearest word, or lists what there is', () => {
  expect(suggestion('tean', ['team'])).toBe('; did you mean "team"?');
  expect(suggestion('zebra', ['team', 'lead'])).toBe('; known: team, lead');
  expect(suggestion('zebra', [])).toBe('; none is defined');
});

it('ends a sentence with one mark', () => {
  expect(suggestionEnd('tean', ['team'])).toBe('; did you mean "team"?');
  expect(suggestionEnd('zebra', ['team'])).toBe('; known: team.');
  expect(suggestionEnd('zebra', [])).toBe('; none is defined.');
});
