import type { AuditedAction } from '../../core/audit.ts';
import type { FeedContract } from '../../core/contract.ts';
import { findingWords } from '../../core/intake/finding-words.ts';
import { printable } from '../../core/printable.ts';
import type { Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import type { Delivery } from './delivery.ts';
import { insertDelivery, type KeptManner, type NewDelivery, type Outcome } from './insert-delivery.sql.ts';
import type { DeliveredFile } from './open/delivered-file.ts';
import type { Reading } from './read-delivery.ts';
import type { DeliveryReport } from './report.ts';
import { updateDelivery } from './update-delivery.sql.ts';

/** The delivery's row, as what became of it makes it. */
export async function toRow(delivery: Delivery, outcome: Outcome): Promise<NewDelivery> {
  const { request, file, checksum, feed, name, deliveryId, orderedAt, released } = delivery;
  return {
    ...outcome,
    problem: outcome.problem && printable(outcome.problem),
    warnings: outcome.warnings.map(printable),
    workspaceId: request.workspaceId,
    deliveryId,
    feedId: feed.feedId,
    checksum: await checksum(),
    name,
    bytes: released?.bytes ?? file.bytes,
    orderedAt,
  };
}

/** How the delivery's bytes were read, so that they can be read again. */
export const keptManner = (
  { isUtf8, parts }: Pick<DeliveredFile, 'isUtf8' | 'parts'>,
  { format, delimiter, stream }: Pick<FeedContract, 'format' | 'delimiter' | 'stream'>,
  { columns }: Pick<Reading, 'columns'>,
): KeptManner => ({ format, delimiter, stream, columns, isUtf8, parts });

/** Writes the delivery's row: a new one, or over that of a delivery which waited. */
export const putRow = (tx: Tx, { released }: Delivery, row: NewDelivery): Promise<void> =>
  released === undefined ? insertDelivery(tx, row) : updateDelivery(tx, row);

/** More notes say nothing that these do not. */
const NOTED = 20;

/** Puts on the trail what became of the delivery. */
export async function auditDelivery(
  tx: Tx,
  { request }: Delivery,
  row: NewDelivery & { readonly written?: NewDelivery['amounts'] },
): Promise<void> {
  const { workspaceId, deliveryId, status, problem, findings } = row;
  const action: AuditedAction = `delivery.${status}`;
  await appendAudit(tx, {
    workspaceId,
    facts: [
      {
        action,
        entity: 'delivery',
        entityId: deliveryId,
        actor: { kind: 'program', name: 'ingest' },
        reason: problem,
        data: {
          feed: request.contract.feed,
          name: row.name,
          checksum: row.checksum,
          contract_version: row.contractVersion,
          rows_read: row.rowsRead,
          rows_new: row.rowsNew,
          rows_changed: row.rowsChanged,
          rows_unchanged: row.rowsUnchanged,
          rows_quarantined: row.rowsQuarantined,
          rows_skipped: row.rowsSkipped,
          ...(row.rowsHeld === 0 ? {} : { rows_held: row.rowsHeld }),
          ...(row.recordsRemoved === 0 ? {} : { records_removed: row.recordsRemoved }),
          amounts: row.amounts,
          // Only then do the amounts count what was on record before.
          ...(row.rowsUnchanged === 0 || row.written === undefined ? {} : { amounts_written: row.written }),
          ...(row.warnings.length === 0 ? {} : { notes: row.warnings.slice(0, NOTED) }),
          ...(findings.length === 0 ? {} : { findings: findings.map((one) => printable(findingWords(one))) }),
        },
      },
    ],
  });
}

export function toReport(
  { request, name }: Pick<Delivery, 'request' | 'name'>,
  row: NewDelivery,
  reasons: Readonly<Record<string, number>>,
): DeliveryReport {
  const { deliveryId, status, problem, amounts, warnings, findings, rowsHeld, recordsRemoved } = row;
  const { rowsRead, rowsNew, rowsChanged, rowsUnchanged, rowsQuarantined, rowsSkipped } = row;
  const counts = { rowsRead, rowsNew, rowsChanged, rowsUnchanged, rowsQuarantined, rowsSkipped };
  return {
    deliveryId,
    feed: request.contract.feed,
    name,
    status,
    problem,
    ...counts,
    rowsHeld,
    recordsRemoved,
    amounts,
    warnings,
    findings,
    reasons,
  };
}
