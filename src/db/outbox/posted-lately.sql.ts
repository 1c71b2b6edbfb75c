import { z } from 'zod';
import type { Tx } from '../tx.ts';

const placeRow = z.object({ channel_id: z.string(), thread_ts: z.string().nullable(), since: z.date() });

/** A channel, or a thread in it, with the first attempt to post there within the window. */
export type PostedPlace = z.infer<typeof placeRow>;

/** Where messages were posted within the last `windowMs`: every such channel, and the threads where a line took two attempts. */
export async function postedLately(tx: Tx, workspaceId: string, windowMs: number): Promise<PostedPlace[]> {
  const rows = await tx`
    select o.channel_id, c.ts as thread_ts, min(o.first_attempt_at) as since
    from outbox o
    left join outbox c on o.kind = 'reply'
      and c.workspace_id = o.workspace_id and c.dedupe_key = 'card:' || o.exception_id
    where o.workspace_id = ${workspaceId} and o.ts is not null and o.channel_id is not null
      and o.first_attempt_at > now() - ${windowMs} * interval '1 millisecond'
      and (o.kind <> 'reply' or o.attempts > 1 and c.ts is not null)
    group by o.channel_id, c.ts
    order by o.channel_id, c.ts
  `;
  return rows.map((row) => placeRow.parse(row));
}
