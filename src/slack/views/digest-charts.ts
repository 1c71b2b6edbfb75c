import type { DigestFacts, DigestItem, DigestRow } from '../../core/digest.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { type Money, toDecimal } from '../../core/money.ts';
import type { Block } from './blocks.ts';
import { rowName, typeName } from './digest-words.ts';
import { raw } from './escape.ts';
import { plainInstant } from './instants.ts';
import { type Reader, stakeFor } from './reader.ts';
import { typeTitle } from './type-words.ts';

/** Slack's limits for charts and tables. With a seventh segment the whole message is refused. */
const CHART = { title: 50, label: 20, segments: 6 } as const;
const CELL = 80;

/** Who has how many, in time and overdue; nothing when nothing is open. */
export function ownersChart(facts: DigestFacts, reader: Reader): Block[] {
  if (facts.rows.length === 0) return [];
  const { digest } = reader.words;
  const labels = apart(facts.rows.map((row) => rowName(row, { ...reader, by: facts.by })));
  const series = (name: string, numberOf: (row: (typeof facts.rows)[number]) => number) => ({
    name: raw(name, CHART.label),
    data: facts.rows.map((row, index) => ({ label: labels[index], value: numberOf(row) })),
  });
  return [
    {
      type: 'data_visualization',
      title: raw(facts.by === 'owner' ? digest.byOwner : digest.byClient, CHART.title),
      chart: {
        type: 'bar',
        series: [
          series(digest.late, ({ overdue }) => overdue),
          series(digest.inTime, ({ count, overdue }) => Math.max(0, count - overdue)),
        ],
        axis_config: { categories: labels },
      },
    },
  ];
}

/** What is at risk by type, in the currency that most types have; a chart cannot show several. */
export function moneyChart(facts: DigestFacts, reader: Reader): Block[] {
  const currency = commonest(facts.types.flatMap(({ money }) => money.map((amount) => amount.currency)));
  if (currency === undefined) return [];
  const shares = largest(
    facts.types.flatMap((row) => {
      const amount = row.money.find((one) => one.currency === currency);
      return amount && amount.minor > 0n ? [{ row, amount }] : [];
    }),
  );
  if (shares.length === 0) return [];
  const labels = apart(shares.map(({ row }) => typeName(row, reader)));
  return [
    {
      type: 'data_visualization',
      title: raw(reader.words.digest.moneyByType({ currency }), CHART.title),
      chart: {
        type: 'pie',
        segments: shares.map(({ amount }, index) => ({
          label: labels[index],
          value: Number(toDecimal(amount)),
        })),
      },
    },
  ];
}

type Share = { readonly row: DigestRow; readonly amount: Money };

/** As many shares as a pie may have: the smallest become one, so that it still shows all of the money. */
function largest(shares: readonly Share[]): readonly Share[] {
  if (shares.length <= CHART.segments) return shares;
  const byAmount = shares.toSorted((a, b) => Number(b.amount.minor - a.amount.minor));
  const rest = byAmount.slice(CHART.segments - 1);
  const [first] = rest;
  if (!first) return byAmount;
  const minor = rest.reduce((sum, { amount }) => sum + amount.minor, 0n);
  const others = rest.reduce((sum, { row }) => sum + (row.others ?? 1), 0);
  const row = { ...first.row, name: undefined, others };
  return [...byAmount.slice(0, CHART.segments - 1), { row, amount: { ...first.amount, minor } }];
}

/** What is due first, as a table; nothing when nothing is open. */
export function itemsTable({ items }: DigestFacts, reader: Reader): Block[] {
  if (items.length === 0) return [];
  const { columns, firstDue } = reader.words.digest;
  return [
    {
      type: 'data_table',
      caption: raw(firstDue, CELL),
      row_header_column_index: 0,
      page_size: 10,
      rows: [Object.values(columns).map(cell), ...items.map((item) => cellsOf(item, reader).map(cell))],
    },
  ];
}

/** In the order of the columns' words. */
const cellsOf = (item: DigestItem, reader: Reader): string[] => [
  exceptionLabel(item.number),
  typeTitle(item.type, reader),
  item.client ?? '–',
  item.orderRef ?? '–',
  stakeFor(item.atStake, reader, item.amountTag),
  item.owner ?? reader.words.digest.nobody,
  reader.words.digest.due({ at: plainInstant(item.dueAt, reader), isOverdue: item.isOverdue }),
];

const cell = (text: string): Block => ({ type: 'raw_text', text: raw(text, CELL) });

/** Names as labels that differ: cut alike, a later one gets a number. */
function apart(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let label = raw(name, CHART.label);
    for (let count = 2; seen.has(label); count += 1) {
      const end = ` (${count})`;
      label = raw(name, CHART.label - end.length) + end;
    }
    seen.add(label);
    return label;
  });
}

function commonest(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0];
}
