import { cappedWords } from '../core/caps.ts';
import type { ReconcileReport } from '../pipeline/reconcile.ts';
import type { CardCounts } from '../pipeline/report/cards-posted.sql.ts';
import { type Output, table } from './output.ts';

/** What a night found, for a person: what is new, and what stands on the record now. */
export function printReconciliation(
  output: Output,
  { deliveries, run, rates }: ReconcileReport,
  cards?: { readonly new: number; readonly counts: CardCounts },
): void {
  const sum = (pick: (delivery: ReconcileReport['deliveries'][number]) => number) =>
    deliveries
      .filter(({ status, feed }) => status !== 'already_delivered' && feed !== rates)
      .reduce((total, one) => total + pick(one), 0);
  const { live } = run;
  const matches = live.matches.equal + live.matches.autoResolved + live.matches.excepted;
  const exceptions = live.exceptions.reduce((total, row) => total + row.live, 0);
  const changes = changesOf(run);
  const state = `${run.status}: ${changes === 1 ? '1 change' : `${changes} changes`}`;
  output.answer(`\n${run.reconciliation}, cut-off ${run.cutoffAt.toISOString()}, ${state}`);
  output.answer(
    table(
      ['', 'new', 'on the record'],
      [
        [
          'records read',
          sum((one) => one.rowsNew + one.rowsChanged),
          run.records.expected + run.records.actual + run.records.ignored,
        ],
        ...(run.records.ignored > 0 ? [['  of them left out by when', '', run.records.ignored]] : []),
        ['quarantined', sum((one) => one.rowsQuarantined), ''],
        ['matched', run.made.matches, matches],
        ...(run.late > 0 ? [['  of them late', '', run.late]] : []),
        ['auto-resolved', run.made.autoResolved, live.matches.autoResolved],
        ['exceptions', run.changes.open + run.changes.reopen, exceptions],
        ...live.exceptions.map((row) => [`  ${row.type} → ${row.team}`, '', row.live]),
        ['cleared', run.changes.clear, ''],
        ['pending', '', run.pending],
        ...(run.unraised > 0 ? [['unpaired, not raised by the spec', '', run.unraised]] : []),
        ...(cards ? [['cards posted', cards.new, cards.counts.posted]] : []),
      ],
    ),
  );
  for (const { name, holds, foundPpm, leastPpm } of run.checks) {
    const found = `${foundPpm / 10_000} % matched, at least ${leastPpm / 10_000} % expected`;
    output.answer(`check ${name}: ${holds ? 'holds' : 'FAILED'} (${found})`);
  }
  for (const capped of run.capped) output.answer(cappedWords(capped));
  if (cards && cards.counts.dead + cards.counts.waiting > 0) {
    output.answer(`${cards.counts.waiting} cards wait, ${cards.counts.dead} could not be posted.`);
  }
}

/** How much a run wrote: matches made and superseded, exceptions opened, updated, reopened and cleared. */
const changesOf = ({ made, changes }: ReconcileReport['run']): number =>
  made.matches + made.superseded + Object.values(changes).reduce((total, count) => total + count, 0);
