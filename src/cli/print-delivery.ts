import type { DeliveryReport } from '../pipeline/ingest/report.ts';
import { inert, type Output } from './output.ts';

/** One delivery in words: what was read, what became of it, and why rows were quarantined. */
export function printDelivery(output: Output, report: DeliveryReport): void {
  for (const line of deliveryLines(report)) output.answer(line);
}

/** The same, line by line; of a trial nothing is on the record that somebody could decide about. */
export function deliveryLines(report: DeliveryReport, { isTrial = false } = {}): readonly string[] {
  const { feed, status, problem } = report;
  const name = inert(report.name);
  if (status === 'already_delivered') return [`${feed}  ${name}: delivered before, nothing new`];
  const counts = [
    `${report.rowsRead} read`,
    `${report.rowsNew} new`,
    `${report.rowsChanged} changed`,
    `${report.rowsUnchanged} unchanged`,
    `${report.rowsQuarantined} quarantined`,
    ...(report.recordsRemoved > 0 ? [`${report.recordsRemoved} taken back`] : []),
    ...(report.rowsSkipped > 0 ? [`${report.rowsSkipped} of another feed`] : []),
    ...(report.rowsHeld > 0 ? [`${report.rowsHeld} held`] : []),
  ];
  const next = `  Next: tieout deliveries release ${report.deliveryId} --reason …   (or reject)`;
  const held = [
    `  held, and none of its rows is a record: ${inert(problem ?? '')}`,
    ...(isTrial ? [] : [next]),
  ];
  const kept = problem ? [`  the whole file is quarantined: ${inert(problem)}`] : [];
  return [
    `${feed}  ${name}: ${counts.join(', ')}`,
    ...(status === 'held' ? held : kept),
    ...Object.entries(report.reasons).map(([reason, count]) => `  quarantined ${count}: ${reason}`),
    ...report.warnings.map((warning) => `  note: ${inert(warning)}`),
  ];
}
