import type { EndedOffer, OfferState } from '../../core/hand-over.ts';
import type { Tx } from '../tx.ts';

/** How the offers stand that a message made. */
export type ShownOffer = {
  /** Grows with every answer, so that an older rendering never goes over a newer one. */
  readonly revision: number;
  /** Undefined while one of them stands. */
  readonly ended: EndedOffer | undefined;
};

/** The offers of a message to one person, of one exception or of many that were handed over together. */
export async function shownOffer(tx: Tx, workspaceId: string, outboxId: string): Promise<ShownOffer> {
  const [row] = await tx<Row[]>`
    with message as (
      select o.workspace_id, o.wanted_revision, o.exception_id, o.payload #>> '{exception,version}' as version,
        split_part(o.address, ':', 2) as to_id, (o.payload #>> '{bulk,id}')::uuid as bulk_id
      from outbox o
      where o.workspace_id = ${workspaceId} and o.outbox_id = ${outboxId}
    ), offers as (
      select h.state, h.ended_at
      from message m
      join hand_over h on h.workspace_id = m.workspace_id and h.exception_id = m.exception_id
        and h.exception_version::text = m.version
      union all
      select h.state, h.ended_at
      from message m
      join bulk k on k.workspace_id = m.workspace_id and k.bulk_id = m.bulk_id
      join hand_over h on h.workspace_id = k.workspace_id and h.exception_id = any(k.exception_ids)
        and h.to_id::text = m.to_id and h.from_id = k.person_id and h.offered_at <= k.confirmed_at
        and h.offered_at > k.confirmed_at - interval '1 millisecond' -- kept to the millisecond
    )
    select m.wanted_revision as revision,
      (select count(*)::integer from offers where state = 'open') as open,
      (select count(*)::integer from offers where state = 'accepted') as accepted,
      (select count(*)::integer from offers where state = 'declined') as declined,
      (select count(*)::integer from offers where state = 'lapsed') as lapsed,
      (select count(*)::integer from offers where state = 'withdrawn') as withdrawn,
      (select max(ended_at) from offers) as ended_at
    from message m`;
  if (!row) throw new Error(`outbox ${outboxId} is gone while it is sent`);
  const { revision, ended_at: endedAt, ...counts } = row;
  return { revision, ended: counts.open === 0 && endedAt ? { counts, endedAt } : undefined };
}

type Row = Record<OfferState, number> & { readonly revision: number; readonly ended_at: Date | null };
