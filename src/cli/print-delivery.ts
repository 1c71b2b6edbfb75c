import type { DeliveryReport, Earlier } from '../pipeline/ingest/report.ts';
import { inert, type Output } from './output.ts';

/** One delivery in words: what was read, what became of it, and why rows were quarantined. */
export function printDelivery(output: Output, report: DeliveryReport): void {
  for (const line of deliveryLines(report)) output.answer(line);
}

/** The same, line by line; of a trial nothing is on the record that somebody could decide about. */
export function deliveryLines(report: DeliveryReport, { isTrial = false } = {}): readonly string[] {
  const { feed, status, problem } = report;
  const name = inert(report.name);
  if (status === 'already_delivered')
    return [`${feed}  ${name}: delivered before, ${again(report)}`, ...stillSo(report)];
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
  const held = [isHeldFor(problem), ...(isTrial ? [] : [nextOf(report)])];
  const kept = problem ? [isQuarantinedFor(problem)] : [];
  return [
    `${feed}  ${name}: ${counts.join(', ')}`,
    ...(status === 'held' ? held : kept),
    ...Object.entries(report.reasons).map(([reason, count]) => `  quarantined ${count}: ${reason}`),
    ...report.warnings.map((warning) => `  note: ${inert(warning)}`),
  ];
}

const isHeldFor = (problem = ''): string => `  held, and none of its rows is a record: ${inert(problem)}`;
const isQuarantinedFor = (problem: string): string => `  the whole file is quarantined: ${inert(problem)}`;
const nextOf = ({ deliveryId }: DeliveryReport): string =>
  `  Next: tieout deliveries release ${deliveryId} --reason …   (or reject)`;

const AGAIN = {
  accepted: 'nothing new',
  quarantined: 'and still kept out: nothing of it was taken',
  held: 'and still waits: nothing of it was taken',
  released: 'and let in since: its rows become records with the next run',
  rejected: 'and rejected since: nothing of it was taken',
} as const satisfies Record<Earlier['status'], string>;

const again = ({ earlier }: DeliveryReport): string => AGAIN[earlier?.status ?? 'accepted'];

/** Why what came before is no record, and what can be done about it, as it was said the first time. */
function stillSo(report: DeliveryReport): readonly string[] {
  const { earlier, problem, deliveryId } = report;
  if (earlier === undefined || earlier.status === 'accepted') return [];
  if (earlier.status === 'quarantined') return problem ? [isQuarantinedFor(problem)] : [];
  const decided = decidedWords(earlier);
  if (earlier.status === 'held') return [isHeldFor(problem), ...decided, nextOf(report)];
  if (earlier.status === 'released') return decided;
  const why = problem ? [`  it was kept out: ${inert(problem)}`] : [];
  if (earlier.reasonCode === 'read_again')
    return [...why, '  it was read again by another contract, and stays out as this one reads it'];
  const letIn = `  Next, only if it belongs on record after all: tieout deliveries release ${deliveryId} --reason …`;
  return [...why, ...decided, ...(earlier.isKept ? [letIn] : [])];
}

const DECIDED = { held: 'kept waiting', released: 'released', rejected: 'rejected' } as const;

function decidedWords({ status, decidedBy, decidedAt, reasonCode, note }: Earlier): readonly string[] {
  if (decidedAt === null || status === 'accepted' || status === 'quarantined') return [];
  const noted = note === null ? '' : `: ${inert(note)}`;
  const who = inert(decidedBy ?? 'an operator');
  return [`  ${DECIDED[status]} by ${who}, ${decidedAt.toISOString()}, ${reasonCode}${noted}`];
}
