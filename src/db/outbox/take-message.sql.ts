import { z } from 'zod';
import type { Tx } from '../tx.ts';
import { isDue } from './due.sql.ts';
import type { LeaseTerms } from './take-lane.sql.ts';

const leasedRow = z.object({
  outbox_id: z.string(),
  kind: z.enum(['card', 'reply', 'notice']),
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
});

/** A message leased to its token: nobody else sends it until the lease ends. */
export type Leased = {
  readonly outboxId: string;
  readonly token: string;
  readonly kind: 'card' | 'reply' | 'notice';
  readonly address: string;
  readonly exceptionId: string | undefined;
  readonly payload: unknown;
  readonly sentRevision: number;
  readonly attempts: number;
  readonly firstAttemptAt: Date;
  /** Where it stands already: a card that is updated. */
  readonly posted: { readonly channelId: string; readonly ts: string } | undefined;
  /** An earlier attempt's outcome is unknown: look before posting. */
  readonly isAmbiguous: boolean;
  /** The card a reply belongs under. */
  readonly card: { readonly channelId: string; readonly ts: string } | undefined;
};

/**
 * The lane's next message, now `sending` and leased; undefined when nothing is due any more.
 *
 * Cards that stand in the channel come first: a press must show at once, whatever still waits to be posted.
 */
export async function takeMessage(tx: Tx, address: string, terms: LeaseTerms): Promise<Leased | undefined> {
  const [row] = await tx`
    with next as (
      select o.workspace_id, o.outbox_id, o.status
      from outbox o
      where o.workspace_id = ${terms.workspaceId} and o.address = ${address}
        and o.status in ('pending', 'sending') and ${isDue(tx, terms.settleMs)}
      order by (o.kind = 'card' and o.ts is not null) desc, o.created_at, o.outbox_id
      limit 1
      for update of o
    )
    update outbox o set
      status = 'sending',
      lease_token = ${terms.token},
      lease_until = now() + ${terms.leaseMs} * interval '1 millisecond',
      attempts = o.attempts + case when n.status = 'pending' then 1 else 0 end,
      first_attempt_at = coalesce(o.first_attempt_at, now()),
      last_attempt_at = case when n.status = 'pending' then now() else o.last_attempt_at end
    from next n
    left join outbox c on c.workspace_id = n.workspace_id
      and c.dedupe_key = (
        select 'card:' || r.exception_id from outbox r
        where r.workspace_id = n.workspace_id and r.outbox_id = n.outbox_id and r.kind = 'reply'
      )
    where o.workspace_id = n.workspace_id and o.outbox_id = n.outbox_id
    returning o.outbox_id, o.kind, o.address, o.exception_id, o.payload, o.sent_revision, o.attempts,
      o.first_attempt_at, o.channel_id, o.ts, n.status = 'sending' as was_sending,
      c.channel_id as card_channel_id, c.ts as card_ts
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
    card: place(row.card_channel_id, row.card_ts),
  };
}

const place = (channelId: string | null, ts: string | null) =>
  channelId === null || ts === null ? undefined : { channelId, ts };
