import type { DeliveryReport } from '../pipeline/ingest/report.ts';
import { inert, type Output } from './output.ts';

/** One delivery in words: what was read, what became of it, and why rows were quarantined. */
export function printDelivery(output: Output, report: DeliveryReport): void {
  if (report.status === 'already_delivered') {
    output.answer(`${report.feed}  ${inert(report.name)}: delivered before, nothing new`);
    return;
  }
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
  output.answer(`${report.feed}  ${inert(report.name)}: ${counts.join(', ')}`);
  if (report.status === 'held') {
    output.answer(`  held, and none of its rows is a record: ${inert(report.problem ?? '')}`);
    output.answer(`  Next: tieout deliveries release ${report.deliveryId} --reason …   (or reject)`);
  } else if (report.problem) output.answer(`  the whole file is quarantined: ${inert(report.problem)}`);
  for (const [reason, count] of Object.entries(report.reasons)) {
    output.answer(`  quarantined ${count}: ${reason}`);
  }
  for (const warning of report.warnings) output.answer(`  note: ${inert(warning)}`);
}
