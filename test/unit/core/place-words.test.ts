import { expect, test } from 'vitest';
import { LIVE_STATUSES } from '../../../src/core/lifecycle.ts';
import { placeWords } from '../../../src/core/place-words.ts';

const KNOWN = {
  teams: ['finance', 'media_ops', 'Media Ops'],
  types: ['missing_invoice'],
  clients: ['Acme Ltd', 'Finch'],
  owners: ['ana', 'Ana Ruiz'],
  orders: ['PO-1042', 'NL-2026-1013'],
};
const LIVE = { statuses: LIVE_STATUSES };

test.each([
  [['finance'], { team: 'finance' }],
  [['Media Ops', 'Missing invoice'], { team: 'Media Ops', type: 'missing_invoice' }],
  [['acme', '1042'], { client: 'acme', order: '1042' }],
  [['ana'], { owner: 'ana' }],
])('places %j', (words, filter) => {
  expect(placeWords(LIVE, words, KNOWN)).toEqual({ ok: true, value: { ...LIVE, ...filter } });
});

test('a name that is none is told with the one that is near', () => {
  expect(placeWords(LIVE, ['finanse'], KNOWN)).toEqual({
    ok: false,
    refusal: { code: 'not_a_filter', typed: 'finanse', near: 'finance' },
  });
});

test.each([
  [LIVE, ['acme', 'finch']],
  [{ ...LIVE, client: 'x' }, ['acme']],
])('two names of a kind are one too many', (filter, words) => {
  expect(placeWords(filter, words, KNOWN)).toEqual({
    ok: false,
    refusal: { code: 'repeated_filter', key: 'client' },
  });
});
