import { html } from 'hono/html';
import type { Tally } from '../../core/digest.ts';
import type { LatestRun } from '../../core/work.ts';
import type { Check } from '../../pipeline/report/doctor.ts';
import type { Overview } from '../../pipeline/report/overview.ts';
import { exceptionList } from './exception-list.ts';
import type { ListQuery } from './filter.ts';
import { page } from './layout.ts';
import { counted, type Html, NOTHING, number, said, sums } from './say.ts';
import { byTeam, byType } from './standing.ts';

export type OverviewShown = {
  readonly overview: Overview;
  readonly checks: readonly Check[];
  readonly query: ListQuery;
  readonly workspace: string;
  readonly zone: string;
  readonly now: Date;
  readonly isSignedIn: boolean;
  readonly instant: (at: Date) => string;
};

/** How the workspace stands: numbers, what needs an operator, runs, teams, types, and the exceptions themselves. */
export function overviewPage(shown: OverviewShown): Html {
  const { overview, workspace, zone, now, isSignedIn, instant } = shown;
  return page({
    title: workspace,
    workspace,
    asOf: { at: instant(now), zone },
    isSignedIn,
    body: html`<h1>How it stands</h1>
      ${tiles(overview, instant)}
      ${trouble(shown)}
      <section><h2>Open by team</h2>${byTeam(overview.counts)}</section>
      <section><h2>Open by type</h2>${byType(overview.digest.types)}</section>
      <section><h2>Latest runs</h2>${runs(overview.runs, instant)}</section>
      <section id="exceptions">${exceptionList(shown)}</section>`,
  });
}

type Tile = readonly [label: string, tally: Tally, isBad?: boolean];

/** What holds now, and what happened since the same time of the last working day. */
function tiles({ digest, holds }: Overview, instant: (at: Date) => string): Html {
  const now: readonly Tile[] = [
    ['open', digest.live],
    ['overdue', digest.breached, digest.breached.count > 0],
    ['due within a working day', digest.dueSoon],
    [`open for more than ${digest.agedDays} days`, digest.aged],
    [holds.total === 1 ? 'payment held' : 'payments held', { count: holds.total, money: holds.money }],
  ];
  const since: readonly Tile[] = [
    ['new', digest.opened],
    ['resolved', digest.resolved],
    ['cleared by a run', digest.cleared],
    ['settled by rule', digest.autoResolved],
  ];
  return html`<ul class="tiles">${now.map(tile)}</ul>
    <h2>Since ${instant(digest.from)}</h2>
    <ul class="tiles">${since.map(tile)}</ul>`;
}

const tile = ([label, { count, money }, isBad]: Tile): Html =>
  html`<li class="${isBad ? 'bad' : ''}"><b>${number(count)}</b><span>${label}</span><span>${sums(money)}</span></li>`;

/** What keeps the numbers above from being the whole truth. */
function trouble({ overview, checks, instant }: OverviewShown): Html {
  const { undecided, quarantine, runs: latest } = overview;
  const lines = [
    ...checks.flatMap((check) => (check.state === 'failed' ? [`${check.detail}. ${check.fix}`] : [])),
    ...latest.filter(({ status }) => status === 'failed').map(failedWords),
    ...undecided.map(
      ({ feed, name, receivedAt }) =>
        `A delivery of ${feed} waits for somebody: ${name}, since ${instant(receivedAt)}. "tieout deliveries" lists what was found.`,
    ),
    ...rowsOut(quarantine),
  ];
  if (lines.length === 0) return NOTHING;
  return html`<section class="trouble"><h2>Needs an operator</h2><ul>${lines.map((line) => html`<li>${capital(said(line))}</li>`)}</ul></section>`;
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const failedWords = ({ reconciliation, problem }: LatestRun): string =>
  `The latest run of ${reconciliation} failed: ${problem ?? 'see the log'}.`;

function rowsOut(quarantine: Overview['quarantine']): string[] {
  const byFeed = new Map<string, number>();
  for (const { feed, count } of quarantine) byFeed.set(feed, (byFeed.get(feed) ?? 0) + count);
  return [...byFeed].map(
    ([feed, count]) => `${counted(count, 'row')} of ${feed} kept out: "tieout quarantine" says why.`,
  );
}

function runs(latest: readonly LatestRun[], instant: (at: Date) => string): Html {
  if (latest.length === 0) return html`<p class="soft">Nothing has been reconciled yet.</p>`;
  return html`<table>
    <thead><tr><th>reconciliation</th><th>ended</th><th>as of</th><th>status</th><th class="n">expected</th><th class="n">actual</th><th class="n">new matches</th><th class="n">opened</th><th class="n">cleared</th></tr></thead>
    <tbody>${latest.map((run) => runRow(run, instant))}</tbody>
  </table>`;
}

const runRow = (run: LatestRun, instant: (at: Date) => string): Html => html`<tr>
  <th>${said(run.reconciliation)}${run.mode === 'active' ? '' : ` (${run.mode})`}</th>
  <td class="nowrap">${run.finishedAt === undefined ? 'under way' : instant(run.finishedAt)}</td>
  <td class="nowrap">${instant(run.cutoffAt)}</td>
  <td class="${run.status === 'failed' ? 'bad-text' : ''}">${run.status}</td>
  ${COUNTED.map((name) => html`<td class="n">${count(run, name)}</td>`)}
</tr>`;

/** By the run's own words, in the order of the columns. */
const COUNTED = ['expected', 'actual', 'matches', 'open', 'clear'] as const;

const count = ({ counts }: LatestRun, name: string): string => {
  const value = counts[name];
  return value === undefined ? '—' : number(value);
};
