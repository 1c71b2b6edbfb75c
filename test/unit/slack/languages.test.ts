import { describe, expect, test } from 'vitest';
import type { CardFacts } from '../../../src/core/card.ts';
import { LOCALES, type Locale } from '../../../src/core/locale.ts';
import type { Message } from '../../../src/slack/views/blocks.ts';
import { renderCard, renderMinimalCard } from '../../../src/slack/views/card.ts';
import { renderNotice, renderReply } from '../../../src/slack/views/messages.ts';
import { moneyFor, personReader, readerOf, teamReader } from '../../../src/slack/views/reader.ts';
import { refusalWords } from '../../../src/slack/views/refusals.ts';

const FACTS: CardFacts = {
  exceptionId: '0190a1b2-0000-7000-8000-000000000001',
  number: 1042,
  version: 3,
  status: 'waiting',
  level: 2,
  type: 'amount_differs',
  reason: 'OVERBILLED',
  severity: 'block_payout',
  reconciliation: 'ad-buy-vs-billing',
  client: 'Acme SARL',
  orderRef: 'PO-2026-17',
  expected: { minor: 123_400_000n, currency: 'EUR' },
  actual: { minor: 123_456_789n, currency: 'EUR' },
  atStake: { minor: 56_789n, currency: 'EUR' },
  findings: [{ field: 'line_total', expected: '1,000 units', actual: '1,250 units' }],
  team: { key: 'finance', name: 'Finance Nord' },
  owner: { personId: 'p', name: 'Ana Ruiz', slackUserId: 'U_ANA' },
  claimedAt: new Date('2026-11-22T09:05:00Z'),
  openedAt: new Date('2026-11-21T06:10:00Z'),
  dueAt: new Date('2026-11-24T16:15:00Z'),
  sla: '2bd',
  closedAt: undefined,
  resolutionCode: undefined,
  offer: { toName: 'Ben Okafor', note: 'On leave', expiresAt: new Date('2026-11-22T14:20:00Z') },
  wait: { untilOn: '2026-12-01', note: 'Vendor reissues it', pausesSla: true },
  history: [
    {
      seq: 7n,
      at: '2026-11-22T09:30:00.000000Z',
      action: 'exception.escalate',
      actor: { personId: 'p', name: 'Olga Novak', slackUserId: 'U_OLGA' },
      from: 'claimed',
      to: 'claimed',
      reason: 'ESCALATED',
      note: 'Vendor is silent',
      target: 'Media Ops',
    },
  ],
  playbook: { kind: 'page', address: 'https://wiki.example/amounts' },
  amountTag: 'fr-FR',
  memberCount: { expected: 1, actual: 1 },
};

/** What no language may lose. Times are those of Berlin, an hour ahead of UTC. */
const FACTS_OF_THE_CARD = [
  'EX-1042',
  'ad-buy-vs-billing',
  'overbilled',
  'Acme SARL',
  'PO-2026-17',
  moneyFor({ minor: 123_400_000n, currency: 'EUR' }, readerOf('fr')),
  moneyFor({ minor: 123_456_789n, currency: 'EUR' }, readerOf('fr')),
  moneyFor({ minor: 56_789n, currency: 'EUR' }, readerOf('fr')),
  'line total',
  '1,000 units',
  '1,250 units',
  'Finance Nord',
  'Ana Ruiz',
  '10:05 Europe/Berlin',
  '07:10 Europe/Berlin',
  '17:15 Europe/Berlin',
  '2bd',
  'Ben Okafor',
  'On leave',
  '15:20 Europe/Berlin',
  'Vendor reissues it',
  'Olga Novak',
  'Vendor is silent',
  'Media Ops',
  'https://wiki.example/amounts',
];

describe.each(LOCALES)('in %s', (locale) => {
  const reader = readerOf(locale, 'Europe/Berlin');

  test.each([
    ['a card', renderCard],
    ['a card without layout', renderMinimalCard],
  ] as const)('the fallback text of %s carries every fact', (_, render) => {
    const { text } = render(FACTS, reader);
    expect(FACTS_OF_THE_CARD.filter((fact) => !text.includes(fact))).toEqual([]);
  });

  test('the fallback text says the status, the severity and the next step in words', () => {
    const { text } = renderCard(FACTS, reader);
    expect(text).toContain(reader.words.status.waiting);
    expect(text).toContain(reader.words.card.severity.block_payout);
    expect(text).toContain(reader.words.types.amount_differs.title);
    expect(text).toContain(reader.words.types.amount_differs.suggestion);
  });

  test('a line in the thread carries who, what, why, how much and when', () => {
    const { text } = renderReply(
      {
        at: '2026-11-22T09:30:00.000000Z',
        action: 'exception.resolve',
        actor: { personId: 'p', name: 'Olga Novak', slackUserId: undefined },
        from: 'claimed',
        to: 'resolved',
        reason: 'credit_agreed',
        note: 'Agreed by phone',
        target: undefined,
        settledFor: { minor: 123_456n, currency: 'EUR' },
      },
      { reader, amountTag: 'en-IE' },
    );
    const told = ['Olga Novak', 'credit agreed', 'Agreed by phone', '€1,234.56', '10:30 Europe/Berlin'];
    expect(told.filter((fact) => !text.includes(fact))).toEqual([]);
  });

  test('a notice carries every fact in its text', () => {
    const { text } = renderNotice(
      {
        notice: 'offered',
        note: 'On leave',
        answerBy: '2026-11-22T14:20:00.000Z',
        exception: {
          id: 'x',
          version: 3,
          number: 1042,
          type: 'missing_invoice',
          atStake: { minor: '123456', currency: 'EUR' },
          client: 'Acme SARL',
          orderRef: 'PO-2026-17',
          owner: 'Ana Ruiz',
          team: 'Finance Nord',
          dueAt: '2026-11-24T16:15:00.000Z',
        },
      },
      { reader, amountTag: 'en-IE' },
    );
    const told = [
      'EX-1042',
      reader.words.types.missing_invoice.title,
      'On leave',
      '15:20 Europe/Berlin',
      '€1,234.56',
      'Acme SARL',
      'PO-2026-17',
      'Ana Ruiz',
      '17:15 Europe/Berlin',
    ];
    expect(told.filter((fact) => !text.includes(fact))).toEqual([]);
  });

  test('a notice of what rules settled names all of it, however much there is', () => {
    const lines = Array.from({ length: 15 }, (_, index) => ({
      orderRef: `PO-${index}`,
      difference: { minor: '-150', currency: 'EUR' },
      reason: 'PACING',
      client: null,
      periods: ['2026-10'],
    }));
    const message = renderNotice(
      { notice: 'settled', reconciliation: 'ads', count: 17, total: null, lines },
      { reader },
    );
    const shown = shownIn(message);
    expect(lines.filter(({ orderRef }) => !message.text.includes(orderRef))).toEqual([]);
    expect(lines.filter(({ orderRef }) => !shown.includes(orderRef))).toEqual([]);
    expect(shown).toContain(reader.words.notice.more(2));
  });
});

/** The blocks as one text. */
const shownIn = ({ blocks }: Message): string => JSON.stringify(blocks);

const CLAIMED_BY_ANA = {
  en: 'Ana already claimed this, ',
  de: 'Ana hat ihn bereits übernommen, ',
  fr: 'Ana l’a déjà pris en charge, ',
  es: 'Ana ya la asumió, ',
} satisfies Record<Locale, string>;

test.each(LOCALES)('a refusal is told in %s', (locale) => {
  const refusal = { code: 'already_claimed', ownerName: 'Ana', since: new Date(0), isYou: false } as const;
  expect(refusalWords(refusal, readerOf(locale))).toContain(CLAIMED_BY_ANA[locale]);
});

test('a person who may not is told who may, in their language', () => {
  const words = refusalWords({ code: 'not_permitted', action: 'resolve', whoMay: '' }, readerOf('de'));
  expect(words).toContain('nicht lösen');
  expect(words).toContain('die zuständige Person oder eine Leitung (Ops Lead)');
});

test('an earlier release’s notice, which was put into words then, is sent as it is', () => {
  const notice = { title: 'Two settled', body: 'Nothing to do', facts: [{ label: 'PO-1', value: '$3.00' }] };
  expect(renderNotice(notice, { reader: readerOf('fr') }).text).toBe(
    'Two settled\nNothing to do\nPO-1 : $3.00',
  );
});

test('a type of a specification’s own is shown as it is written', () => {
  const { text } = renderCard({ ...FACTS, type: 'goodwill_over_limit' }, readerOf('es'));
  expect(text).toContain('EX-1042 · Goodwill over limit');
});

const SETTINGS = {
  locale: 'fr',
  zone: 'Europe/Paris',
  people: [
    { key: 'ana', name: 'Ana', email: 'ana@a.example', slackUserId: undefined, locale: 'es', roles: [] },
    { key: 'ben', name: 'Ben', email: 'ben@a.example', slackUserId: undefined, roles: [] },
  ],
  teams: [
    {
      key: 'media',
      name: 'Media',
      channel: '#media',
      members: [],
      lead: undefined,
      locale: 'de',
      zone: 'Europe/Vienna',
    },
    { key: 'finance', name: 'Finance', channel: '#finance', members: [], lead: undefined },
  ],
} as const;

test.each([
  ['media', 'de', 'Europe/Vienna'],
  ['finance', 'fr', 'Europe/Paris'],
  ['unknown', 'fr', 'Europe/Paris'],
])('the channel of %s is written in %s and %s', (team, locale, zone) => {
  expect(teamReader(SETTINGS, team)).toMatchObject({ locale, zone });
});

test.each([
  ['the configuration’s language first', 'ana', 'de-DE', 'America/New_York', 'es', 'America/New_York'],
  ['Slack’s where the configuration says none', 'ben', 'de-AT', 'Europe/Vienna', 'de', 'Europe/Vienna'],
  ['the workspace’s for a language that there is not', 'ben', 'ja-JP', 'Asia/Tokyo', 'fr', 'Asia/Tokyo'],
  ['the workspace’s where nobody says anything', 'ben', null, null, 'fr', 'Europe/Paris'],
  ['the workspace’s zone for one that nobody knows', 'ben', 'en-GB', 'Mars/Olympus', 'en', 'Europe/Paris'],
] as const)('a person is spoken to in %s', (_what, key, slackLocale, slackZone, locale, zone) => {
  expect(personReader(SETTINGS, { key, slackLocale, slackZone })).toMatchObject({ locale, zone });
});
