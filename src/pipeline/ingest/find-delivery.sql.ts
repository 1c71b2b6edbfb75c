import type { Tx } from '../../db/tx.ts';
import type { DeliveryRow } from './report.ts';

/** The delivery of these very bytes under this contract version; undefined when it is the first time. */
export async function findDelivery(
  tx: Tx,
  known: { workspaceId: string; feedId: string; contractVersion: number; checksum: string },
): Promise<DeliveryRow | undefined> {
  const [row] = await tx<DeliveryRow[]>`
    select d.delivery_id as "deliveryId", d.problem, d.rows_read as "rowsRead", d.amounts, d.status,
           p.name as "decidedBy", d.decided_at as "decidedAt", d.reason_code as "reasonCode", d.note,
           exists (
             select from kept_part k where k.workspace_id = d.workspace_id and k.delivery_id = d.delivery_id
           ) as "isKept"
    from delivery d
    left join person p on p.workspace_id = d.workspace_id and p.person_id = d.decided_by
    where d.workspace_id = ${known.workspaceId} and d.feed_id = ${known.feedId}
      and d.contract_version = ${known.contractVersion} and d.checksum = ${known.checksum}`;
  return row;
}
