import type { DeliveryStatus } from '../../core/intake/decision.ts';
import type { Role } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';

export type WaitingDelivery = {
  readonly feedId: string;
  readonly feed: string;
  readonly name: string;
  readonly status: DeliveryStatus;
  readonly version: number;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** Whether its bytes are there to be read again. */
  readonly isKept: boolean;
  /** Whether others of the feed were taken since. */
  readonly othersCame: boolean;
  /** Whoever decides: whether they own the feed's data, or belong to the team that does, as its message is addressed. */
  readonly isOwner: boolean;
  readonly roles: readonly Role[];
};

/** A delivery with how somebody stands towards it, locked; undefined when there is none. */
export async function lockDelivery(
  tx: Tx,
  {
    workspaceId,
    deliveryId,
    personId,
  }: { workspaceId: string; deliveryId: string; personId: string | undefined },
): Promise<WaitingDelivery | undefined> {
  const person = personId ?? null;
  const [row] = await tx<WaitingDelivery[]>`
    select d.feed_id as "feedId", f.key as feed, d.name, d.status, d.version, p.name as "decidedBy",
           d.decided_at as "decidedAt",
           exists (
             select from kept_part k where k.workspace_id = d.workspace_id and k.delivery_id = d.delivery_id
           ) as "isKept",
           exists (
             select from delivery o
             where o.workspace_id = d.workspace_id and o.feed_id = d.feed_id and o.status = 'accepted'
               and coalesce(o.ordered_at, o.received_at) > coalesce(d.ordered_at, d.received_at)
           ) as "othersCame",
           exists (
             select from outbox x
             where x.workspace_id = d.workspace_id and x.dedupe_key = 'delivery:' || d.delivery_id
               and (x.address = 'person:' || ${person}::text
                 or exists (
                   select from team t
                   join team_member m on m.workspace_id = t.workspace_id and m.team_id = t.team_id
                   where t.workspace_id = d.workspace_id and x.address = 'team:' || t.key
                     and m.person_id = ${person}::uuid
                 ))
           ) as "isOwner",
           array(
             select g.role from role_grant g
             where g.workspace_id = d.workspace_id and g.person_id = ${person}::uuid order by g.role
           ) as roles
    from delivery d
    join feed f on f.workspace_id = d.workspace_id and f.feed_id = d.feed_id
    left join person p on p.workspace_id = d.workspace_id and p.person_id = d.decided_by
    where d.workspace_id = ${workspaceId} and d.delivery_id = ${deliveryId}
    for update of d`;
  return row;
}
