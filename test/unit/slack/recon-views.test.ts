import { expect, test } from 'vitest';
import type { EntryPage } from '../../../src/core/entry.ts';
import type { StatusCount, WorkPage, WorkRow } from '../../../src/core/work.ts';
import { homeView } from '../../../src/slack/views/home.ts';
import { readerOf } from '../../../src/slack/views/reader.ts';
import { adjustmentsAnswer } from '../../../src/slack/views/recon-adjustments.ts';
import { listAnswer } from '../../../src/slack/views/recon-list.ts';
import { auditAnswer, runAnswer } from '../../../src/slack/views/recon-operations.ts';
import { orderAnswer } from '../../../src/slack/views/recon-order.ts';
import { ageWords, slaAnswer } from '../../../src/slack/views/recon-sla.ts';
import { statusAnswer } from '../../../src/slack/views/recon-status.ts';

const usd = (minor: bigint) => ({ minor, currency: 'USD' });
const ROW: WorkRow = {
  exceptionId: '0190a1b2-0000-7000-8000-000000000001',
  number: 1042,
  version: 3,
  type: 'amount_differs',
  status: 'claimed',
  level: 1,
  team: 'Finance',
  owner: 'Ana Ruiz',
  client: 'Acme & Co',
  orderRef: 'PO-17',
  atStake: usd(12_550n),
  dueAt: new Date('2026-11-24T06:00:00Z'),
  isOverdue: true,
};
const PAGE: WorkPage = { rows: [ROW], page: 1, pages: 3, total: 21, overdue: 2, money: [usd(12_550n)] };
const EMPTY: WorkPage = { rows: [], page: 0, pages: 1, total: 0, overdue: 0, money: [] };
const ASKED = { title: 'Exceptions', command: 'list status:live', nothing: 'Nothing matches.' };
const NOW = new Date('2026-11-25T06:00:00Z');
const READER = readerOf('en');

test('a list says in its fallback text everything its blocks show', () => {
  expect(listAnswer(PAGE, ASKED, READER).text).toBe(
    [
      'Exceptions',
      '21 exceptions, $125.50 at stake, 2 overdue, page 2 of 3',
      'EX-1042 · Amount differs · $125.50 · Acme &amp; Co · order PO-17',
      'Claimed · level 1 · Finance, Ana Ruiz · overdue since 24 Nov 2026, 06:00 UTC',
    ].join('\n'),
  );
});

test('a list turns to the pages around it, and asks the same again', () => {
  const [paging] = listAnswer(PAGE, ASKED, READER).blocks.filter((block) => block.type === 'actions');
  expect(paging).toMatchObject({
    elements: [
      { action_id: 'recon_page_0', value: '{"v":1,"command":"list status:live","page":0}' },
      { action_id: 'recon_page_2', value: '{"v":1,"command":"list status:live","page":2}' },
    ],
  });
});

test('an empty list says so, and has no buttons', () => {
  const { text, blocks } = listAnswer(EMPTY, ASKED, READER);
  expect(text).toBe('Exceptions\nNothing matches.');
  expect(blocks.map(({ type }) => type)).toEqual(['header', 'section']);
});

test('status never adds two currencies', () => {
  const count = (changes: Partial<StatusCount>): StatusCount => ({
    team: 'Finance',
    type: 'missing_invoice',
    status: 'open',
    count: 2,
    overdue: 1,
    atStake: usd(10_000n),
    ...changes,
  });
  const { text } = statusAnswer(
    [count({}), count({ atStake: { minor: 500n, currency: 'JPY' } }), count({ team: 'Media', overdue: 0 })],
    'all teams',
    READER,
  );
  expect(text).toBe(
    [
      'Status',
      '6 exceptions, $200.00 and ¥500 at stake, 2 overdue, in all teams',
      'Finance: 4 exceptions, $100.00 and ¥500 at stake, 2 overdue',
      '• Missing invoice, open: 2, $100.00, 1 overdue',
      '• Missing invoice, open: 2, ¥500, 1 overdue',
      'Media: 2 exceptions, $100.00 at stake',
      '• Missing invoice, open: 2, $100.00',
    ].join('\n'),
  );
});

test('a failed run says why and what to do', () => {
  const { text } = runAnswer(
    [
      {
        reconciliation: 'ad-buy',
        mode: 'shadow',
        status: 'failed',
        cutoffAt: NOW,
        startedAt: NOW,
        finishedAt: NOW,
        problem: 'feed invoices: line 3',
        counts: {},
      },
    ],
    READER,
  );
  expect(text).toContain('failed in shadow mode');
  expect(text).toContain('feed invoices: line 3\nTell an operator');
});

test('the age of the last anchor is in words', () => {
  const at = new Date('2026-11-23T05:00:00Z');
  const { text } = auditAnswer(
    { seq: 12n, hash: 'ab'.repeat(32), anchor: { seq: 10n, at, place: 'file' } },
    NOW,
    READER,
  );
  expect(text).toContain('Last anchor: event 10, 2 d ago (23 Nov 2026, 05:00 UTC), file; 2 events since');
});

test.each([
  [-5, 'less than a minute'],
  [59_000, 'less than a minute'],
  [60_000, '1 min'],
  [3_600_000, '1 h'],
  [47 * 3_600_000, '47 h'],
  [48 * 3_600_000, '2 d'],
])('%i ms are %s', (ms, words) => {
  expect(ageWords(ms, READER)).toBe(words);
});

const NO_HOLDS = { rows: [], page: 0, pages: 1, total: 0, money: [], whole: 0 };

test('Home offers what the status allows, and keeps the other list where it is', () => {
  const viewer = {
    personId: 'p',
    key: 'ana',
    name: 'Ana Ruiz',
    isActive: true,
    roles: [],
    teams: ['Finance'],
    slackLocale: null,
    slackZone: null,
  };
  const open = { ...ROW, status: 'open', owner: undefined } as const;
  const { blocks } = homeView(
    { viewer, mine: PAGE, unclaimed: { ...PAGE, rows: [open], page: 0 }, holds: NO_HOLDS },
    { reader: READER, updatedAt: NOW },
  );
  const pressed = JSON.stringify(blocks).matchAll(/"action_id":"([a-z_0-9]+)"/g);
  expect([...pressed].map(([, actionId]) => actionId)).toEqual([
    ...['resolve', 'details', 'home_mine_0', 'home_mine_2'],
    ...['claim', 'details', 'home_unclaimed_1'],
  ]);
  expect(JSON.stringify(blocks)).toContain(JSON.stringify('{"v":1,"mine":2,"unclaimed":0}'));
});

test('due times are told by team and owner, the oldest with its age', () => {
  const { text } = slaAnswer(
    {
      counts: [
        {
          team: 'Finance',
          owner: 'Ana Ruiz',
          overdue: 2,
          dueSoon: 1,
          money: [usd(12_550n)],
          dueAt: ROW.dueAt,
        },
        {
          team: 'Media',
          owner: undefined,
          overdue: 0,
          dueSoon: 3,
          money: [usd(1n)],
          dueAt: new Date('2026-11-26T06:00:00Z'),
        },
      ],
      shown: { ...PAGE, page: 0, pages: 1 },
      now: NOW,
      until: new Date('2026-11-26T06:00:00Z'),
      scope: 'all teams',
      command: 'sla',
    },
    READER,
  );
  expect(text.split('\n').slice(0, 4)).toEqual([
    'Due times',
    '2 overdue, 4 due by 26 Nov 2026, 06:00 UTC, in all teams',
    '• Finance, Ana Ruiz: 2 overdue, 1 due soon, $125.50; the oldest for 24 h, since 24 Nov 2026, 06:00 UTC',
    '• Media, nobody yet: 0 overdue, 3 due soon, $0.01; the first 26 Nov 2026, 06:00 UTC',
  ]);
});

test.each([
  [
    'en',
    'matched, with an exception',
    'matched, equal',
    'matched, PACING WITHIN TOLERANCE',
    'taken back by its source',
  ],
  [
    'de',
    'gepaart, mit Klärfall',
    'gepaart, gleich',
    'gepaart, PACING WITHIN TOLERANCE',
    'von der Quelle zurückgenommen',
  ],
] as const)(
  'how a document is matched, or that it was taken back, is said in words (%s)',
  (locale, ...said) => {
    const matched = ['excepted', 'equal', 'PACING_WITHIN_TOLERANCE'].map((matchedAs) => ({
      matchedAs,
      isRemoved: false,
    }));
    const documents = [...matched, { matchedAs: undefined, isRemoved: true }].map((place) => ({
      feed: 'invoice_lines',
      sourceRef: 'INV-1/1',
      amount: usd(100n),
      occurredOn: '2026-07-01',
      ...place,
    }));
    const { text } = orderAnswer('PO-17', { documents, exceptions: [] }, readerOf(locale));
    for (const words of said) expect(text).toContain(words);
  },
);

test('entries that take each other back come to 0.00, which is not nothing', () => {
  const page: EntryPage = {
    waiting: [],
    booked: [],
    sums: { waiting: { count: 0, money: [] }, booked: { count: 2, money: [usd(0n)] } },
    page: 0,
    pages: 1,
  };
  const asked = { command: 'adjustments', typed: '', near: undefined };
  expect(adjustmentsAnswer(page, asked, readerOf('en')).text).toContain('2 booked, $0.00');
});
