import { expect, test } from 'vitest';
import type { CardFacts } from '../../../src/core/card.ts';
import { STATUSES } from '../../../src/core/lifecycle.ts';
import { fields } from '../../../src/slack/views/blocks.ts';
import { renderCard } from '../../../src/slack/views/card.ts';
import { readerOf } from '../../../src/slack/views/reader.ts';

const ENGLISH = readerOf('en');

const FACTS: CardFacts = {
  exceptionId: '0190a1b2-0000-7000-8000-000000000001',
  number: 1042,
  version: 3,
  status: 'claimed',
  level: 1,
  type: 'amount_differs',
  reason: 'OVERBILLED',
  severity: 'block_payout',
  reconciliation: 'ad-buy-vs-billing',
  client: 'Acme & Co',
  orderRef: 'PO_2026_17',
  expected: { minor: 100_000n, currency: 'USD' },
  actual: { minor: 112_550n, currency: 'USD' },
  atStake: { minor: 12_550n, currency: 'USD' },
  findings: [{ field: 'line_total', expected: '$1,000.00', actual: '$1,125.50' }],
  team: { key: 'finance', name: 'Finance' },
  owner: { personId: 'p', name: 'Ana Ruiz', slackUserId: 'U_ANA' },
  claimedAt: new Date('2026-11-22T09:00:00Z'),
  openedAt: new Date('2026-11-22T06:00:00Z'),
  dueAt: new Date('2026-11-24T06:00:00Z'),
  sla: '2bd',
  closedAt: undefined,
  resolutionCode: undefined,
  history: [
    {
      seq: 7n,
      at: '2026-11-22T09:30:00.000000Z',
      action: 'exception.escalate',
      actor: { personId: 'p', name: 'Ana Ruiz', slackUserId: 'U_ANA' },
      from: 'claimed',
      to: 'claimed',
      reason: 'ESCALATED',
      note: 'Vendor is silent',
      target: 'Olga Novak',
    },
  ],
  memberCount: { expected: 1, actual: 1 },
};

test('the fallback text carries every fact of the card', () => {
  expect(renderCard(FACTS, ENGLISH).text).toBe(
    [
      'EX-1042 · Amount differs – Claimed by Ana Ruiz since 22 Nov 2026, 09:00 UTC',
      'Expected $1,000.00, actual $1,125.50, at stake $125.50',
      'Difference: $125.50 more than expected',
      'Client: Acme &amp; Co',
      'Order: PO_2026_17',
      'Due 24 Nov 2026, 06:00 UTC (2bd), open since 22 Nov 2026, 06:00 UTC',
      'Team Finance, owner Ana Ruiz',
      'Blocks the payout · escalated, level 1 · overbilled · ad-buy-vs-billing',
      'line total: expected $1,000.00, actual $1,125.50',
      'What to do: Compare both documents; correct the wrong one at its source, or agree a credit.',
      'Ana Ruiz escalated it to Olga Novak (“Vendor is silent”) · 22 Nov 2026, 09:30 UTC',
    ].join('\n'),
  );
});

const OFFERED = {
  open: [['claim', 'escalate', 'details']],
  claimed: [
    ['resolve', 'unclaim', 'escalate', 'details'],
    ['hand_over', 'wait'],
  ],
  waiting: [['resume', 'unclaim', 'escalate', 'details'], ['hand_over']],
  awaiting_approval: [['approve', 'reject', 'escalate', 'details']],
  resolved: [['reopen', 'details']],
  cleared: [['reopen', 'details']],
};

test.each(STATUSES)('a card that is %s offers what the lifecycle allows', (status) => {
  const rows = renderCard({ ...FACTS, status }, ENGLISH)
    .blocks.filter((block) => block.type === 'actions')
    .map((block) => block.elements as { action_id: string; value: string }[]);
  expect(rows.map((row) => row.map((element) => element.action_id))).toEqual(OFFERED[status]);
  const elements = rows.flat();
  expect(elements.map((element) => element.value)).toEqual(
    elements.map(() => '{"v":1,"id":"0190a1b2-0000-7000-8000-000000000001","version":3}'),
  );
});

test.each([
  ['exception.clear', undefined, 'Cleared by a later run, '],
  [
    'exception.unmatch',
    { personId: 'ana', name: 'Ana Ruiz', slackUserId: undefined },
    'Cleared by Ana Ruiz, ',
  ],
])('a card that %s cleared says by whom', (action, actor, words) => {
  const [line] = FACTS.history;
  if (!line) throw new Error('no history');
  const closedAt = new Date('2026-11-23T06:00:00Z');
  const history = [{ ...line, action, actor }];
  expect(renderCard({ ...FACTS, status: 'cleared', closedAt, history }, ENGLISH).text).toContain(words);
});

test('a card without one side says that nothing was found there', () => {
  const { text } = renderCard(
    { ...FACTS, type: 'missing_invoice', actual: undefined, memberCount: { expected: 1, actual: 0 } },
    ENGLISH,
  );
  expect(text).toContain('Expected $1,000.00, actual nothing found');
  expect(text).not.toContain('Difference');
});

test('a card of records without amounts says so, and puts nothing at stake', () => {
  const none = { minor: 0n, currency: 'USD' };
  const facts = { ...FACTS, expected: undefined, actual: undefined, atStake: none };
  const { text } = renderCard({ ...facts, memberCount: { expected: 2, actual: 0 } }, ENGLISH);

  expect(text).toContain('Expected no amount, actual nothing found, at stake —');
});

test('a card that waits says until when, for what, and that the promised time stands still', () => {
  const wait = { untilOn: '2026-12-01', note: 'The vendor’s <credit>', pausesSla: true };
  const { text } = renderCard({ ...FACTS, status: 'waiting', wait }, ENGLISH);

  expect(text).toContain('Waiting until 1 Dec 2026, claimed by Ana Ruiz since 22 Nov 2026, 09:00 UTC');
  expect(text).toContain('Waits for: The vendor’s &lt;credit&gt;');
  expect(text).toContain('Due 24 Nov 2026, 06:00 UTC (2bd; the time stands still while it waits)');
});

test('a card that is offered to somebody says to whom, until when and why', () => {
  const offer = { toName: 'Ben Okafor', note: 'On leave', expiresAt: new Date('2026-11-22T14:00:00Z') };

  expect(renderCard({ ...FACTS, offer }, ENGLISH).text).toContain(
    'Offered to: Ben Okafor, who can answer until 22 Nov 2026, 14:00 UTC (“On leave”)',
  );
});

test('what a second person approved says who settled it and who approved', () => {
  const closed: CardFacts = {
    ...FACTS,
    status: 'resolved',
    closedAt: new Date('2026-11-22T10:00:00Z'),
    resolutionCode: 'adjusted',
    history: FACTS.history.map((line) => ({
      ...line,
      action: 'exception.approve',
      actor: { personId: 'h', name: 'Hugo Marchand', slackUserId: 'U_HUGO' },
      target: 'Ana Ruiz',
    })),
  };
  expect(renderCard(closed, ENGLISH).text).toContain(
    'Resolved as Adjusted by Ana Ruiz, approved by Hugo Marchand, 22 Nov 2026, 10:00 UTC',
  );
});

test('no field is left out where there are more than one section of Slack holds', () => {
  const pairs = Array.from({ length: 23 }, (_, index) => [`Label ${index}`, 'value'] as const);
  const sections = fields(pairs) as unknown as readonly { readonly fields: readonly unknown[] }[];
  expect(sections.map((section) => section.fields.length)).toEqual([10, 10, 3]);
});
