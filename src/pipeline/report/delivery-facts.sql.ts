import type { DeliveryFacts } from '../../core/intake/delivery-facts.ts';
import type { Tx } from '../../db/tx.ts';

export type DeliveryFilter = {
  readonly workspaceId: string;
  readonly deliveryId?: string | undefined;
  /** How its id begins, as people copy it. */
  readonly beginning?: string | undefined;
  readonly feed?: string | undefined;
  readonly statuses?: readonly string[] | undefined;
  readonly limit: number;
};

/** Deliveries as people see them, the latest first. */
export async function readDeliveries(tx: Tx, filter: DeliveryFilter): Promise<readonly DeliveryFacts[]> {
  const { workspaceId, deliveryId = null, beginning = null, feed = null, statuses = null, limit } = filter;
  return [
    ...(await tx<DeliveryFacts[]>`
      select d.delivery_id as "deliveryId", d.version, f.key as feed, d.name, d.status, d.findings, d.problem,
             d.received_at as "receivedAt", d.rows_read as "rowsRead", d.rows_quarantined as "rowsQuarantined",
             d.amounts, p.name as "decidedBy", d.decided_at as "decidedAt", d.reason_code as "reasonCode", d.note,
             exists (
               select from kept_part k where k.workspace_id = d.workspace_id and k.delivery_id = d.delivery_id
             ) as "isKept"
      from delivery d
      join feed f on f.workspace_id = d.workspace_id and f.feed_id = d.feed_id
      left join person p on p.workspace_id = d.workspace_id and p.person_id = d.decided_by
      where d.workspace_id = ${workspaceId}
        and (${deliveryId}::uuid is null or d.delivery_id = ${deliveryId}::uuid)
        and (${beginning}::text is null or starts_with(d.delivery_id::text, ${beginning}))
        and (${feed}::text is null or f.key = ${feed}::text)
        and (${statuses as string[] | null}::text[] is null or d.status = any (${statuses as string[] | null}::text[]))
      order by d.received_at desc, d.delivery_id desc
      limit ${limit}`),
  ];
}
