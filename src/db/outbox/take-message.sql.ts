import { z } from 'zod';
import { PLACE_TROUBLES, type PlaceTrouble } from '../../core/place.ts';
import type { Tx } from '../tx.ts';
import { isDue } from './due.sql.ts';
import type { LeaseTerms } from './take-lane.sql.ts';

const leasedRow = z.object({
  outbox_id: z.string(),
  kind: z.enum(['card', 'group', 'reply', 'notice', 'digest']),
  address: z.string(),
  exception_id: z.string().nullable(),
  payload: z.unknown(),
  sent_revision: z.number(),
  attempts: z.number(),
  first_attempt_at: z.date(),
  channel_id: z.string().nullable(),
  ts: z.string().nullable(),
  was_sending: z.boolean(),
  card_channel_id: z.string().nullable(),
  card_ts: z.string().nullable(),
  card_outbox_id: z.string().nullable(),
  is_leaving: z.boolean(),
  place: z.string(),
  tried_place: z.string(),
  tried_thread_ts: z.string().nullable(),
  lane_reason: z.enum(PLACE_TROUBLES).nullable(),
});

/** A message leased to its token: nobody else sends it until the lease ends. */
export type Leased = {
  readonly outboxId: string;
  readonly token: string;
  readonly kind: 'card' | 'group' | 'reply' | 'notice' | 'digest';
  readonly address: string;
  readonly exceptionId: string | undefined;
  readonly payload: unknown;
  readonly sentRevision: number;
  readonly attempts: number;
  readonly firstAttemptAt: Date;
  /** Where it stands already: a card, of one exception or of a group, that is updated. */
  readonly posted: { readonly channelId: string; readonly ts: string } | undefined;
  /** An earlier attempt's outcome is unknown: look before posting. */
  readonly isAmbiguous: boolean;
  /** The card a reply belongs under. */
  readonly card: { readonly channelId: string; readonly ts: string; readonly outboxId: string } | undefined;
  /** The card must not stay where it stands. */
  readonly isLeaving: boolean;
  /** Where the lane posts now: its own address, or what stands in for it. */
  readonly place: string;
  /** Where the attempt was made whose outcome is unknown; a line's in this thread of it. */
  readonly triedPlace: string;
  readonly triedThreadTs: string | undefined;
  /** Why the lane's own channel takes no messages; undefined when it does. */
  readonly laneTrouble: PlaceTrouble | undefined;
};

/**
 * The lane's next message, now `sending` and leased; undefined when nothing is due any more.
 *
 * Cards that stay in the channel come first: a press must show at once, whatever still waits to be posted or moved.
 */
export async function takeMessage(tx: Tx, address: string, terms: LeaseTerms): Promise<Leased | undefined> {
  const [row] = await tx`
    with next as (
      select o.workspace_id, o.outbox_id, o.status
      from outbox o
      where o.workspace_id = ${terms.workspaceId} and o.address = ${address}
        and o.status in ('pending', 'sending') and ${isDue(tx)}
      order by (o.kind in ('card', 'group') and o.ts is not null and not o.is_leaving) desc, o.created_at, o.outbox_id
      limit 1
      for update of o
    )
    update outbox o set
      status = 'sending',
      lease_token = ${terms.token},
      lease_until = now() + ${terms.leaseMs} * interval '1 millisecond',
      attempts = o.attempts + case when n.status = 'pending' then 1 else 0 end,
      first_attempt_at = coalesce(o.first_attempt_at, now()),
      last_attempt_at = case when n.status = 'pending' then now() else o.last_attempt_at end,
      tried_place = case
        when n.status <> 'pending' then o.tried_place
        when o.kind = 'reply' then c.channel_id
        else coalesce(l.stand_in, o.address)
      end,
      tried_thread_ts = case when n.status = 'pending' then c.ts else o.tried_thread_ts end
    from next n
    join lane l on l.workspace_id = n.workspace_id and l.address = ${address}
    left join outbox c on c.workspace_id = n.workspace_id
      and c.dedupe_key = (
        select 'card:' || r.exception_id from outbox r
        where r.workspace_id = n.workspace_id and r.outbox_id = n.outbox_id and r.kind = 'reply'
      )
    where o.workspace_id = n.workspace_id and o.outbox_id = n.outbox_id
    returning o.outbox_id, o.kind, o.address, o.exception_id, o.payload, o.sent_revision, o.attempts,
      o.first_attempt_at, o.channel_id, o.ts, n.status = 'sending' as was_sending,
      c.channel_id as card_channel_id, c.ts as card_ts, c.outbox_id as card_outbox_id,
      o.is_leaving, coalesce(l.stand_in, o.address) as place, coalesce(o.tried_place, o.address) as tried_place,
      o.tried_thread_ts,
      l.reason as lane_reason
  `;
  return row && toLeased(leasedRow.parse(row), terms.token);
}

function toLeased(row: z.infer<typeof leasedRow>, token: string): Leased {
  return {
    outboxId: row.outbox_id,
    token,
    kind: row.kind,
    address: row.address,
    exceptionId: row.exception_id ?? undefined,
    payload: row.payload,
    sentRevision: row.sent_revision,
    attempts: row.attempts,
    firstAttemptAt: row.first_attempt_at,
    posted: place(row.channel_id, row.ts),
    isAmbiguous: row.was_sending,
    card: cardOf(row),
    isLeaving: row.is_leaving,
    place: row.place,
    triedPlace: row.tried_place,
    triedThreadTs: row.tried_thread_ts ?? undefined,
    laneTrouble: row.lane_reason ?? undefined,
  };
}

function cardOf(row: z.infer<typeof leasedRow>): Leased['card'] {
  const standing = place(row.card_channel_id, row.card_ts);
  return standing && row.card_outbox_id ? { ...standing, outboxId: row.card_outbox_id } : undefined;
}

const place = (channelId: string | null, ts: string | null) =>
  channelId === null || ts === null ? undefined : { channelId, ts };
