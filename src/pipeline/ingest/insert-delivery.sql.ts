import type { Seen } from '../../core/intake/drift.ts';
import type { Finding } from '../../core/intake/finding.ts';
import type { Tx } from '../../db/tx.ts';
import type { Part } from './open/delivered-file.ts';
import type { RowCounts } from './report.ts';

/** What became of a delivery. */
export type Outcome = RowCounts & {
  readonly contractVersion: number;
  readonly status: 'accepted' | 'quarantined' | 'held';
  readonly problem: string | undefined;
  /** Rows that wait with the delivery. */
  readonly rowsHeld: number;
  readonly recordsRemoved: number;
  readonly amounts: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly findings: readonly Finding[];
  readonly observed: Seen | undefined;
  readonly manner: KeptManner | undefined;
};

/** What is kept of how a delivery's bytes were read. */
export type KeptManner = {
  readonly format: string;
  readonly delimiter: string;
  /** Of a protocol with several, whose records were taken. */
  readonly stream?: string | undefined;
  /** The columns as its heading has them, without which a row of cells says nothing. */
  readonly columns?: readonly string[] | undefined;
  /** Its bytes are UTF-8 whatever its contract declares, since it was put together from several files. */
  readonly isUtf8?: boolean | undefined;
  readonly parts?: readonly Part[] | undefined;
};

export type NewDelivery = Outcome & {
  readonly workspaceId: string;
  readonly deliveryId: string;
  readonly feedId: string;
  readonly checksum: string;
  readonly name: string;
  readonly bytes: bigint;
  readonly orderedAt: Date;
};

/** Records a delivery with its control totals. */
export async function insertDelivery(tx: Tx, delivery: NewDelivery): Promise<void> {
  await tx`
    insert into delivery (workspace_id, delivery_id, feed_id, contract_version, checksum, name, bytes, status, problem,
                          rows_read, rows_new, rows_changed, rows_unchanged, rows_quarantined, rows_skipped, rows_held,
                          records_removed, amounts, warnings, findings, observed, manner, ordered_at)
    values (${delivery.workspaceId}, ${delivery.deliveryId}, ${delivery.feedId}, ${delivery.contractVersion},
            ${delivery.checksum}, ${delivery.name}, ${delivery.bytes}, ${delivery.status}, ${delivery.problem ?? null},
            ${delivery.rowsRead}, ${delivery.rowsNew}, ${delivery.rowsChanged}, ${delivery.rowsUnchanged},
            ${delivery.rowsQuarantined}, ${delivery.rowsSkipped}, ${delivery.rowsHeld}, ${delivery.recordsRemoved},
            ${tx.json(delivery.amounts)}, ${tx.json([...delivery.warnings])}, ${tx.json([...delivery.findings])},
            ${delivery.observed ? tx.json(delivery.observed) : null}, ${delivery.manner ? tx.json(delivery.manner) : null},
            ${delivery.orderedAt})`;
}
