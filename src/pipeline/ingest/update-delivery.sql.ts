import type { Tx } from '../../db/tx.ts';
import type { NewDelivery } from './insert-delivery.sql.ts';

/** Records what became of a delivery that a person released; it was on record before. */
export async function updateDelivery(tx: Tx, delivery: NewDelivery): Promise<void> {
  await tx`
    update delivery d
    set version = d.version + 1,
        contract_version = case
          when exists (
            select from delivery o
            where o.workspace_id = d.workspace_id and o.feed_id = d.feed_id and o.checksum = d.checksum
              and o.contract_version = ${delivery.contractVersion} and o.delivery_id <> d.delivery_id
          ) then d.contract_version
          else ${delivery.contractVersion}
        end,
        status = ${delivery.status},
        problem = ${delivery.problem ?? null},
        rows_read = ${delivery.rowsRead},
        rows_new = ${delivery.rowsNew},
        rows_changed = ${delivery.rowsChanged},
        rows_unchanged = ${delivery.rowsUnchanged},
        rows_quarantined = ${delivery.rowsQuarantined},
        rows_skipped = ${delivery.rowsSkipped},
        rows_held = 0,
        records_removed = ${delivery.recordsRemoved},
        amounts = ${tx.json(delivery.amounts)},
        warnings = ${tx.json([...delivery.warnings])},
        observed = ${delivery.observed ? tx.json(delivery.observed) : null},
        manner = ${delivery.manner ? tx.json(delivery.manner) : null}
    where d.workspace_id = ${delivery.workspaceId} and d.delivery_id = ${delivery.deliveryId}`;
}
