import { expect, test } from 'vitest';
import { confirmView } from '../../../src/slack/views/bulk-confirm.ts';
import { readerOf } from '../../../src/slack/views/reader.ts';

const CODE = { note: 'optional', amount: 'optional', evidence: 'optional', types: [] } as const;
const CONFIRMING = {
  bulkId: '0190a1b2-0000-7000-8000-000000000001',
  action: 'resolve',
  type: 'amount_differs',
  teamName: 'Finance',
  items: [],
  colleagues: [],
  personId: 'ana',
} as const;
const accepted = { ...CODE, code: 'accepted', label: 'Accepted as is', books: undefined };
const adjusted = { ...CODE, code: 'adjusted', label: 'Adjusted', books: 'adjustment' } as const;

test('many are settled only by codes that book nothing: others are not offered', () => {
  const shown = JSON.stringify(confirmView({ ...CONFIRMING, codes: [accepted, adjusted] }, readerOf('en')));
  expect(shown).toContain('accepted');
  expect(shown).not.toContain('adjusted');
});

test('where every code books something, that there is none to choose is said', () => {
  const view = confirmView({ ...CONFIRMING, codes: [adjusted] }, readerOf('en'));
  expect(view.callback_id).toBe('tell');
});
