import { html } from 'hono/html';
import { exceptionLabel } from '../../core/ids.ts';
import { STATUSES } from '../../core/lifecycle.ts';
import { typeTitle } from '../../core/words.ts';
import type { WorkRow } from '../../core/work.ts';
import type { Overview } from '../../pipeline/report/overview.ts';
import { type ListQuery, listAddress } from './filter.ts';
import { counted, type Html, NOTHING, number, said, sum, sums } from './say.ts';
import { STATUS_WORDS } from './standing.ts';

type Shown = {
  readonly overview: Pick<Overview, 'page' | 'counts' | 'digest'>;
  readonly query: ListQuery;
  readonly instant: (at: Date) => string;
};

/** The exceptions that were asked for, a form to ask for others, and the way to further pages. */
export function exceptionList({ overview, query, instant }: Shown): Html {
  const { page } = overview;
  return html`<h2>Exceptions</h2>
    ${filterForm(overview, query)}
    ${page.rows.length === 0 ? html`<p class="soft">No exception is like that.</p>` : table(page.rows, instant)}
    ${summary(overview, query)}`;
}

const option = (value: string, words: string, chosen: string | undefined): Html =>
  html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${words}</option>`;

function filterForm({ counts }: Shown['overview'], query: ListQuery): Html {
  const teams = [...new Set(counts.map(({ team }) => team))];
  const types = [...new Set(counts.map(({ type }) => type))].toSorted();
  return html`<form class="filter" method="get" action="/#exceptions">
    <label>status <select name="status">
      ${option('live', 'live', query.status)}
      ${STATUSES.map((status) => option(status, STATUS_WORDS[status], query.status))}
      ${option('all', 'all', query.status)}
    </select></label>
    <label>team <select name="team">${option('', 'every', query.team)}${known(teams, query.team).map((team) => option(team, said(team), query.team))}</select></label>
    <label>type <select name="type">${option('', 'every', query.type)}${known(types, query.type).map((type) => option(type, said(typeTitle(type)), query.type))}</select></label>
    <label>owner <input name="owner" value="${query.owner ?? ''}" placeholder="a name, or nobody"></label>
    <label>client <input name="client" value="${query.client ?? ''}"></label>
    <label>order <input name="order" value="${query.order ?? ''}"></label>
    <label class="tick"><input type="checkbox" name="overdue" value="yes" ${query.overdue === undefined ? '' : 'checked'}> overdue only</label>
    <button>Show</button>
  </form>`;
}

/** What was chosen stays a choice, also where nothing live has it. */
const known = (words: readonly string[], chosen: string | undefined): readonly string[] =>
  chosen === undefined || words.includes(chosen) ? words : [...words, chosen];

const table = (rows: readonly WorkRow[], instant: (at: Date) => string): Html => html`<table>
  <thead><tr><th>number</th><th>type</th><th>status</th><th>team</th><th>owner</th><th>client</th><th>order</th><th class="n">at stake</th><th>due</th></tr></thead>
  <tbody>${rows.map((row) => tableRow(row, instant))}</tbody>
</table>`;

const tableRow = (row: WorkRow, instant: (at: Date) => string): Html => html`<tr>
  <th class="nowrap"><a href="/exceptions/${exceptionLabel(row.number)}">${exceptionLabel(row.number)}</a></th>
  <td>${said(typeTitle(row.type))}</td>
  <td class="nowrap">${STATUS_WORDS[row.status]}${row.level > 0 ? html` <span class="soft">escalated</span>` : NOTHING}</td>
  <td>${said(row.team)}</td>
  <td>${row.owner === undefined ? html`<span class="soft">nobody</span>` : said(row.owner)}</td>
  <td>${said(row.client)}</td>
  <td>${orderLink(row.orderRef)}</td>
  <td class="n">${sum(row.atStake, row.amountTag)}</td>
  <td class="nowrap ${row.isOverdue ? 'bad-text' : ''}">${instant(row.dueAt)}${row.isOverdue ? ' overdue' : ''}</td>
</tr>`;

/** A reference that leads to everything about its order. */
export const orderLink = (orderRef: string | undefined): Html =>
  orderRef === undefined
    ? NOTHING
    : html`<a href="/orders/${encodeURIComponent(orderRef)}">${said(orderRef)}</a>`;

function summary({ page }: Shown['overview'], query: ListQuery): Html {
  if (page.total === 0) return NOTHING;
  const shown = page.page + 1;
  const turn = (to: number, words: string): Html =>
    to < 1 || to > page.pages ? NOTHING : html`<a href="${listAddress(query, to)}">${words}</a>`;
  return html`<p class="pages">
    <span>${counted(page.total, 'exception')}, ${number(page.overdue)} overdue, ${sums(page.money)} at stake</span>
    ${page.pages > 1 ? html`<span>page ${number(shown)} of ${number(page.pages)}</span>` : NOTHING}
    ${turn(shown - 1, 'back')} ${turn(shown + 1, 'next')}
  </p>`;
}
