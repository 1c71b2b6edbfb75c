import type { DataOwner } from '../../core/intake/policy.ts';
import type { Tx } from '../tx.ts';

/**
 * The message about a delivery will show it as it is once the transaction commits, in the channel of the team or to the person that owns its
 * data. One message per delivery; it stays where it was posted first. Nobody is told where the owner is not there any more.
 */
export async function wantDelivery(
  tx: Tx,
  told: { workspaceId: string; deliveryId: string; outboxId: string; owner: DataOwner },
): Promise<void> {
  const { workspaceId, deliveryId, outboxId, owner } = told;
  await tx`
    with owner as (
      select 'team:' || t.key as address from team t
      where ${owner.kind} = 'team' and t.workspace_id = ${workspaceId} and t.key = ${owner.key} and t.is_active
      union all
      select 'person:' || p.person_id from person p
      where ${owner.kind} = 'person' and p.workspace_id = ${workspaceId} and p.key = ${owner.key} and p.is_active
    ), written as (
      insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, payload)
      select ${workspaceId}::uuid, ${outboxId}::uuid, 'notice', ${`delivery:${deliveryId}`}, o.address,
             jsonb_build_object('intake', 'delivery', 'delivery_id', ${deliveryId}::text)
      from owner o
      on conflict on constraint outbox_dedupe_key_unique do update set
        wanted_revision = outbox.wanted_revision + 1,
        status = case when outbox.status in ('sent', 'dead') then 'pending' else outbox.status end,
        attempts = case when outbox.status in ('sent', 'dead') then 0 else outbox.attempts end,
        next_attempt_at = case when outbox.status in ('sent', 'dead') then now() else outbox.next_attempt_at end
      returning outbox.workspace_id, outbox.address
    )
    insert into lane (workspace_id, address)
    select w.workspace_id, w.address from written w
    on conflict on constraint lane_pk do nothing`;
}
