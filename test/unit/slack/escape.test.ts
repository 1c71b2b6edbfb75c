import { describe, expect, test } from 'vitest';
import { clean, inert, plain, raw, typed } from '../../../src/slack/views/escape.ts';

const J = '\u2060';

describe('source text in mrkdwn', () => {
  test.each([
    ['a mention', '<!here>', '&lt;!here&gt;'],
    ['an escaped mention', '&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    [
      'styling',
      '*a* ~b~ `c` _d_',
      `${J}*${J}a${J}*${J} ${J}~${J}b${J}~${J} ${J}\`${J}c${J}\`${J} ${J}_${J}d${J}_${J}`,
    ],
    ['a reference with underscores', 'PO_1042_a', 'PO_1042_a'],
    ['an address', 'https://evil.example', `https:${J}//evil.example`],
    ['a name of an emoji', 'ok :rotating_light: now', `ok :${J}rotating_light: now`],
    ['a name of an emoji that a colon would end', 'ok :smile', `ok :${J}smile`],
    ['a time', '10:30:45', '10:30:45'],
    ['a port', '10.0.0.1:8080', '10.0.0.1:8080'],
    ['a broadcast', 'ask @here or @Channel', `ask @${J}here or @${J}Channel`],
    ['an address of a person', 'ana@herewith.example', 'ana@herewith.example'],
    ['a quotation', '> said', `${J}&gt; said`],
  ])('shows %s as it is written', (_, text, shown) => {
    expect(inert(text, 300)).toBe(shown);
  });

  test('is as long as the limit allows, with signs that grow between and beside others', () => {
    expect(inert('a_b_'.repeat(50), 20)).toBe('a_b_a_b_a_b_a_b_a_b…');
    expect(inert('://'.repeat(50), 13)).toBe(`:${J}//:${J}//:${J}//…`);
  });
});

describe('unseen characters', () => {
  test.each([
    ['direction', 'a\u202eb\u2066c\u200fd'],
    ['zero width', 'a\u200bb\u200dc\ufeffd'],
    ['tags', 'a\u{e0041}b\u{e007f}cd'],
    ['selectors and fillers', 'a\ufe0fb\u3164c\u034fd'],
    ['control', 'a\u0000b\u001bc\u009bd'],
  ])('are taken out: %s', (_, text) => {
    expect([clean(text), plain(text, 20), inert(text, 20), raw(text, 20)]).toEqual(Array(4).fill('abcd'));
  });

  test('marks beyond four on a letter are taken out', () => {
    expect(clean(`x${'\u0301'.repeat(900)}y`)).toBe(`x${'\u0301'.repeat(4)}y`);
  });
});

describe('what somebody typed', () => {
  test('keeps its lines and loses what is unseen', () => {
    expect(typed('a\u202e\r\nb\u2028c\td\u0000', 100)).toBe('a\nb\nc d');
  });

  test('is cut to its limit without half a pair', () => {
    expect(typed('ab😀', 3)).toBe('ab\ufffd');
  });
});
