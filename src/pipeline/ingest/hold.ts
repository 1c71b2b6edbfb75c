import type { Finding } from '../../core/intake/finding.ts';
import { findingWords } from '../../core/intake/finding-words.ts';
import type { Tx } from '../../db/tx.ts';
import type { Delivery } from './delivery.ts';
import { keepBytes, MOST_KEPT } from './keep-bytes.ts';
import type { DeliveredFile } from './open/delivered-file.ts';
import type { Manner } from './open/recognise.ts';
import { type Reading, seenOf } from './read-delivery.ts';
import { auditDelivery, keptManner, putRow, toReport, toRow } from './record-delivery.ts';
import { type DeliveryReport, NO_ROWS } from './report.ts';
import { tellOwner } from './tell-owner.ts';

type Held = {
  readonly reading: Reading;
  readonly manner: Manner;
  readonly findings: readonly Finding[];
  readonly amounts: Readonly<Record<string, string>>;
  /** Why it could not even be read; undefined when it could. */
  readonly problem?: string;
  readonly duplicates?: number;
};

/** Packed text is a fraction of this; what is larger all the same must be delivered again when it was refused. */
export const isKept = (file: DeliveredFile): boolean => file.bytes <= BigInt(4 * MOST_KEPT);

/**
 * Keeps a delivery waiting for a person: its bytes are kept, none of its rows is a record, and its data owner is told. Nothing of it takes part
 * in matching until it is released.
 */
export async function holdDelivery(tx: Tx, delivery: Delivery, held: Held): Promise<DeliveryReport> {
  const { reading, manner, findings, problem, duplicates = 0 } = held;
  const { workspaceId, contract } = delivery.request;
  const { deliveryId } = delivery;
  const row = await toRow(delivery, {
    ...NO_ROWS,
    contractVersion: delivery.feed.contractVersion,
    status: 'held',
    problem: problem ?? findings.map(findingWords).join('; '),
    rowsRead: reading.rowsRead,
    rowsSkipped: reading.rowsSkipped,
    rowsHeld: reading.rowsRead - reading.rowsSkipped,
    recordsRemoved: 0,
    amounts: held.amounts,
    warnings: reading.warnings,
    findings,
    observed: seenOf(reading, duplicates),
    manner: keptManner(delivery.file, manner.contract, reading),
  });
  await putRow(tx, delivery, row);
  await keepBytes(tx, delivery.file, { workspaceId, deliveryId });
  await auditDelivery(tx, delivery, row);
  await tellOwner(tx, { workspaceId, deliveryId, contract });
  return toReport(delivery, row, {});
}
