import type { Tx } from '../../db/tx.ts';
import type { RowCounts } from './report.ts';

export type NewDelivery = RowCounts & {
  readonly workspaceId: string;
  readonly deliveryId: string;
  readonly feedId: string;
  readonly contractVersion: number;
  readonly checksum: string;
  readonly name: string;
  readonly bytes: bigint;
  readonly status: 'accepted' | 'quarantined';
  readonly problem: string | undefined;
  readonly amounts: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
};

/** Records a delivery with its control totals. */
export async function insertDelivery(tx: Tx, delivery: NewDelivery): Promise<void> {
  await tx`
    insert into delivery (workspace_id, delivery_id, feed_id, contract_version, checksum, name, bytes, status, problem,
                          rows_read, rows_new, rows_changed, rows_unchanged, rows_quarantined, rows_skipped, amounts,
                          warnings)
    values (${delivery.workspaceId}, ${delivery.deliveryId}, ${delivery.feedId}, ${delivery.contractVersion},
            ${delivery.checksum}, ${delivery.name}, ${delivery.bytes}, ${delivery.status}, ${delivery.problem ?? null},
            ${delivery.rowsRead}, ${delivery.rowsNew}, ${delivery.rowsChanged}, ${delivery.rowsUnchanged},
            ${delivery.rowsQuarantined}, ${delivery.rowsSkipped}, ${tx.json(delivery.amounts)},
            ${tx.json([...delivery.warnings])})`;
}
