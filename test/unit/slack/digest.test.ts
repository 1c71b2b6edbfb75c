import { describe, expect, test } from 'vitest';
import type { DigestFacts } from '../../../src/core/digest.ts';
import { LOCALES } from '../../../src/core/locale.ts';
import { renderClassicDigest, renderDigest } from '../../../src/slack/views/digest.ts';
import { readerOf } from '../../../src/slack/views/reader.ts';

const usd = (minor: bigint) => ({ minor, currency: 'USD' });
const eur = (minor: bigint) => ({ minor, currency: 'EUR' });

const FACTS: DigestFacts = {
  about: { kind: 'team', name: 'Media Ops' },
  from: new Date('2026-11-20T07:00:00Z'),
  until: new Date('2026-11-23T07:00:00Z'),
  agedDays: 7,
  by: 'owner',
  opened: { count: 11, money: [usd(1_101n)] },
  resolved: { count: 12, money: [usd(1_202n)] },
  cleared: { count: 13, money: [usd(1_303n)] },
  autoResolved: { count: 14, money: [usd(1_404n)] },
  live: { count: 15, money: [eur(1_515n), usd(1_505n)] },
  aged: { count: 16, money: [usd(1_606n)] },
  breached: { count: 17, money: [usd(1_707n)] },
  dueSoon: { count: 18, money: [usd(1_808n)] },
  rows: [
    { name: 'Ana Ruiz', count: 21, overdue: 22, money: [usd(2_100n)] },
    { name: undefined, count: 23, overdue: 0, money: [usd(2_300n)] },
    { name: undefined, others: 24, count: 25, overdue: 0, money: [usd(2_500n)] },
  ],
  types: [
    { name: 'missing_invoice', count: 31, overdue: 32, money: [eur(9n), usd(3_100n)] },
    { name: 'goodwill_over_limit', count: 33, overdue: 0, money: [usd(3_300n)] },
  ],
  items: [
    {
      number: 1042,
      type: 'missing_invoice',
      client: 'Acme & Söhne',
      orderRef: 'PO-17',
      atStake: usd(4_100n),
      amountTag: 'de-CH',
      team: 'Media Ops',
      owner: 'Ben Okafor',
      dueAt: new Date('2026-11-24T15:30:00Z'),
      isOverdue: false,
    },
  ],
};

describe.each(LOCALES)('a digest in %s', (locale) => {
  const reader = readerOf(locale, 'Europe/Berlin');
  const { text } = renderDigest(FACTS, reader);

  test('carries every fact in its fallback text', () => {
    for (const count of [11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 31, 32, 33]) {
      expect(text).toMatch(new RegExp(`\\b${count}\\b`));
    }
    for (const word of [
      'Media Ops',
      'Ana Ruiz',
      'EX-1042',
      'Acme &amp; Söhne',
      'PO-17',
      'Ben Okafor',
      '16:30',
    ]) {
      expect(text).toContain(word);
    }
    for (const amount of ['11.01', '12.02', '13.03', '14.04', '15.15', '15.05', '16.06', '41.00', '0.09']) {
      expect(text.replaceAll(',', '.')).toContain(amount);
    }
  });

  test('says the same in the oldest blocks as in the newest', () => {
    const classic = renderClassicDigest(FACTS, reader);
    expect(classic.text).toBe(text);
    const shown = JSON.stringify(classic.blocks);
    for (const word of ['Ana Ruiz', 'EX-1042', 'Acme &amp; Söhne', 'PO-17', 'Ben Okafor']) {
      expect(shown).toContain(word);
    }
  });
});

test('the charts show who has how many, and what is at risk in the commonest currency', () => {
  const charts = renderDigest(FACTS, readerOf('en')).blocks.filter(
    ({ type }) => type === 'data_visualization',
  );
  expect(charts).toMatchObject([
    {
      title: 'Open by owner',
      chart: {
        type: 'bar',
        axis_config: { categories: ['Ana Ruiz', 'nobody yet', '24 others'] },
        series: [
          { name: 'Overdue', data: [{ value: 22 }, { value: 0 }, { value: 0 }] },
          { name: 'In time', data: [{ value: 0 }, { value: 23 }, { value: 25 }] },
        ],
      },
    },
    {
      title: 'Money at risk by type, USD',
      chart: {
        type: 'pie',
        segments: [
          { label: 'Missing invoice', value: 31 },
          { label: 'Goodwill over limit', value: 33 },
        ],
      },
    },
  ]);
});

test('a pie has six segments at most, as Slack wants, and still shows all of the money', () => {
  const types = [9n, 1n, 8n, 2n, 7n, 3n, 6n, 4n].map((dollars) => ({
    name: `type_${dollars}`,
    count: 1,
    overdue: 0,
    money: [usd(dollars * 100n)],
  }));
  const charts = renderDigest({ ...FACTS, types }, readerOf('en')).blocks.filter(
    ({ type }) => type === 'data_visualization',
  );
  expect(charts.at(-1)).toMatchObject({
    chart: {
      segments: [
        { label: 'Type 9', value: 9 },
        { label: 'Type 8', value: 8 },
        { label: 'Type 7', value: 7 },
        { label: 'Type 6', value: 6 },
        { label: 'Type 4', value: 4 },
        { label: '3 others', value: 6 },
      ],
    },
  });
});

test('names that are cut alike keep different labels', () => {
  const long = 'Account Manager of the North';
  const rows = [`${long} A`, `${long} B`].map((name) => ({ name, count: 1, overdue: 0, money: [usd(1n)] }));
  const [chart] = renderDigest({ ...FACTS, rows }, readerOf('en')).blocks.filter(
    ({ type }) => type === 'data_visualization',
  );
  expect(chart).toMatchObject({
    chart: { axis_config: { categories: ['Account Manager of…', 'Account Manager… (2)'] } },
  });
});

test('a cell shows a client’s name as it is written, and no bracket that could be a mention', () => {
  const [item] = FACTS.items;
  if (!item) throw new Error('no item');
  const hostile = { ...item, client: 'Acme & <!channel>' };
  const [table] = renderDigest({ ...FACTS, items: [hostile] }, readerOf('en')).blocks.filter(
    ({ type }) => type === 'data_table',
  );
  expect(JSON.stringify(table)).toContain('"text":"Acme & ‹!channel›"');
});

test('nothing open and nothing happened is said so', () => {
  const nothing = { count: 0, money: [] };
  const facts = {
    ...FACTS,
    ...{ opened: nothing, resolved: nothing, cleared: nothing, autoResolved: nothing, live: nothing },
    ...{ aged: nothing, breached: nothing, dueSoon: nothing, rows: [], types: [], items: [] },
  };
  const { text, blocks } = renderDigest(facts, readerOf('en'));
  expect(text).toContain('Nothing is open, and nothing happened.');
  expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section', 'section', 'context']);
});
