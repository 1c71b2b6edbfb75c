import { html } from 'hono/html';
import type { DigestRow } from '../../core/digest.ts';
import { LIVE_STATUSES, type Status } from '../../core/lifecycle.ts';
import type { Money } from '../../core/money.ts';
import { typeTitle } from '../../core/words.ts';
import type { StatusCount } from '../../core/work.ts';
import { type Html, number, said, sums } from './say.ts';

export const STATUS_WORDS = {
  open: 'open',
  claimed: 'claimed',
  waiting: 'waiting',
  awaiting_approval: 'awaiting approval',
  resolved: 'resolved',
  cleared: 'cleared',
} as const satisfies Record<Status, string>;

const NONE = html`<p class="soft">Nothing is open.</p>`;

type TeamRow = {
  readonly team: string;
  readonly statuses: Map<Status, number>;
  readonly money: Map<string, bigint>;
  overdue: number;
};

/** One row per team: its live exceptions by status, how many are overdue, and what is at stake. */
export function byTeam(counts: readonly StatusCount[]): Html {
  if (counts.length === 0) return NONE;
  return html`<table>
    <thead><tr><th>team</th>${LIVE_STATUSES.map((status) => html`<th class="n">${STATUS_WORDS[status]}</th>`)}<th class="n">overdue</th><th class="n">at stake</th></tr></thead>
    <tbody>${teamRows(counts).map(teamRow)}</tbody>
  </table>`;
}

function teamRows(counts: readonly StatusCount[]): TeamRow[] {
  const rows = new Map<string, TeamRow>();
  for (const { team, status, count, overdue, atStake } of counts) {
    const row = rows.get(team) ?? { team, statuses: new Map(), money: new Map(), overdue: 0 };
    rows.set(team, row);
    row.statuses.set(status, (row.statuses.get(status) ?? 0) + count);
    row.money.set(atStake.currency, (row.money.get(atStake.currency) ?? 0n) + atStake.minor);
    row.overdue += overdue;
  }
  return [...rows.values()];
}

const teamRow = ({ team, statuses, money, overdue }: TeamRow): Html => html`<tr>
  <th><a href="/?${new URLSearchParams({ team }).toString()}#exceptions">${said(team)}</a></th>
  ${LIVE_STATUSES.map((status) => html`<td class="n">${number(statuses.get(status) ?? 0)}</td>`)}
  <td class="n ${overdue > 0 ? 'bad-text' : ''}">${number(overdue)}</td>
  <td class="n">${sums(moneyOf(money))}</td>
</tr>`;

const moneyOf = (money: ReadonlyMap<string, bigint>): Money[] =>
  [...money].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => ({ minor, currency }));

/** One row per type, with a bar as long as its share of the longest. */
export function byType(types: readonly DigestRow[]): Html {
  if (types.length === 0) return NONE;
  const most = Math.max(...types.map(({ count }) => count));
  return html`<table>
    <thead><tr><th>type</th><th></th><th class="n">open</th><th class="n">overdue</th><th class="n">at stake</th></tr></thead>
    <tbody>${types.map((row) => typeRow(row, most))}</tbody>
  </table>`;
}

const typeRow = (row: DigestRow, most: number): Html => html`<tr>
  <th>${typeName(row)}</th>
  <td class="bars"><span class="bar" style="width:${Math.round((100 * row.count) / most)}%"></span></td>
  <td class="n">${number(row.count)}</td>
  <td class="n ${row.overdue > 0 ? 'bad-text' : ''}">${number(row.overdue)}</td>
  <td class="n">${sums(row.money)}</td>
</tr>`;

function typeName({ name, others }: DigestRow): Html {
  if (name === undefined) return html`${number(others ?? 0)} other types`;
  const address = `/?${new URLSearchParams({ type: name }).toString()}#exceptions`;
  return html`<a href="${address}">${said(typeTitle(name))}</a>`;
}
