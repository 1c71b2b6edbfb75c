import type { LeaseKey } from '../outbox/mark-attempt.sql.ts';
import type { Tx } from '../tx.ts';

export type Left = {
  readonly from: { readonly channelId: string; readonly ts: string };
  /** What stands there now; undefined when nothing does. */
  readonly remains: 'pointer' | 'card' | undefined;
  /** The channel it goes to, and the place as the lane names it. */
  readonly to: string;
  readonly place: string;
  readonly leaseMs: number;
};

/**
 * The card stands no longer where it stood. Returns the message it takes again in the channel it goes to, or
 * `anew` when it is to be posted there; undefined, with nothing changed, when the lease has passed to somebody else.
 *
 * Posting starts a new attempt under the same lease.
 */
export async function recordLeft(
  tx: Tx,
  lease: LeaseKey,
  left: Left,
): Promise<{ takes: string } | 'anew' | undefined> {
  const isKept = left.remains !== undefined;
  const rows = await tx<{ ts: string | null }[]>`
    with held as (
      select o.workspace_id, o.outbox_id
      from outbox o
      where o.workspace_id = ${lease.workspaceId} and o.outbox_id = ${lease.outboxId} and o.lease_token = ${lease.token}
      for update
    ), taken as (
      delete from remnant r using held h
      where r.workspace_id = h.workspace_id and r.outbox_id = h.outbox_id and r.channel_id = ${left.to}
      returning r.ts
    ), kept as (
      insert into remnant (workspace_id, outbox_id, channel_id, ts, is_card)
      select h.workspace_id, h.outbox_id, ${left.from.channelId}, ${left.from.ts}, ${left.remains === 'card'}
      from held h
      where ${isKept}
      on conflict on constraint remnant_pk do update set ts = excluded.ts, is_card = excluded.is_card, left_at = now()
    )
    update outbox o set
      channel_id = case when t.ts is null then null else ${left.to} end,
      ts = t.ts,
      sent_revision = 0,
      is_leaving = false,
      attempts = 1,
      first_attempt_at = now(),
      last_attempt_at = now(),
      tried_place = ${left.place},
      settles_at = null,
      lease_until = now() + ${left.leaseMs} * interval '1 millisecond'
    from held h
    left join taken t on true
    where o.workspace_id = h.workspace_id and o.outbox_id = h.outbox_id
    returning o.ts
  `;
  const [row] = rows;
  if (!row) return undefined;
  return row.ts === null ? 'anew' : { takes: row.ts };
}

/** The card stays where it stands after all, and is shown anew there. */
export async function recordStays(tx: Tx, lease: LeaseKey): Promise<void> {
  await tx`
    update outbox set is_leaving = false, sent_revision = 0
    where workspace_id = ${lease.workspaceId} and outbox_id = ${lease.outboxId} and lease_token = ${lease.token}
  `;
}
