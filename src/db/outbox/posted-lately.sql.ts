import { z } from 'zod';
import type { Tx } from '../tx.ts';

const placeRow = z.object({ channel_id: z.string(), thread_ts: z.string().nullable(), since: z.date() });

/** A channel, or a thread in it, with the first attempt to post there within the window. */
export type PostedPlace = z.infer<typeof placeRow>;

/**
 * Where messages were posted within the last `windowMs`: every such channel, and the threads where a line took two attempts, also
 * those that its card has left.
 */
export async function postedLately(tx: Tx, workspaceId: string, windowMs: number): Promise<PostedPlace[]> {
  const rows = await tx`
    with lately as (
      select o.workspace_id, o.kind, o.channel_id, o.ts, o.attempts, o.first_attempt_at,
        case when o.kind = 'reply' then 'card:' || o.exception_id end as card_key
      from outbox o
      where o.workspace_id = ${workspaceId} and o.ts is not null and o.channel_id is not null
        and o.first_attempt_at > now() - ${windowMs} * interval '1 millisecond'
    ), lines as (
      select c.outbox_id, c.channel_id, c.ts, l.workspace_id, l.first_attempt_at
      from lately l
      join outbox c on c.workspace_id = l.workspace_id and c.dedupe_key = l.card_key
      where l.kind = 'reply' and l.attempts > 1
    ), places as (
      select l.channel_id, null as thread_ts, l.first_attempt_at from lately l where l.kind <> 'reply'
      union all
      select n.channel_id, n.ts, n.first_attempt_at from lines n where n.ts is not null
      union all
      select r.channel_id, r.ts, n.first_attempt_at
      from lines n
      join remnant r on r.workspace_id = n.workspace_id and r.outbox_id = n.outbox_id
    )
    select channel_id, thread_ts, min(first_attempt_at) as since
    from places
    group by channel_id, thread_ts
    order by channel_id, thread_ts
  `;
  return rows.map((row) => placeRow.parse(row));
}
