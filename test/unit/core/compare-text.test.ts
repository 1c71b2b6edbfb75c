import { describe, expect, it } from 'vitest';
import { compareText } from '../../../src/core/score/compare-text.ts';
import { internTexts } from '../../../src/core/score/comparer.ts';

describe('two texts', () => {
  it.each([
    ['Acme GmbH', 'ACME  GmbH', 'same text'],
    ['Garnet Energy', 'SEPA CREDIT GARNET ENERGY REF 970', 'all words of one stand in the other'],
    ['INV-114 Kestrel', 'Kestrel', 'all words of one stand in the other'],
    ['M Corvinus', 'B Corvinus Ltd', 'different text'],
    ['Dune', 'Rent of the dune house', 'different text'],
    ['Corvinus Matthias', 'Matthias Corvinus', 'same words in another order'],
    ['J. Smith', 'John Smith', 'same words, some by their first letter'],
    ['Smith, J.', 'John Smith', 'same words, some by their first letter'],
    ['J R Smith', 'John Robert Smith', 'same words, some by their first letter'],
    ['M. Smith', 'John Smith', 'different text'],
    ['J. Smith', 'John Smith Ltd', 'different text'],
    ['J R Smith', 'J Smith Robert', 'same words, some by their first letter'],
    ['Pinnacle Partners', 'PINNACLE PAR transfer', 'same first 9 letters'],
    ['Borealis Media', 'Borealis Medai', 'same first 9 letters'],
    ['Tundra', 'Tumdra', 'one or two letters apart'],
    ['', 'Acme', 'no text'],
  ])('%j and %j are: %s', (one, other, label) => {
    const { labels, levelOf } = compareText(internTexts({ expected: [one], actual: [other] }));
    expect(labels[levelOf(0, 0)]).toBe(label);
    const turned = compareText(internTexts({ expected: [other], actual: [one] }));
    expect(turned.labels[turned.levelOf(0, 0)]).toBe(label);
  });
});
