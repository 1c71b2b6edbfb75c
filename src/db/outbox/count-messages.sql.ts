import { z } from 'zod';
import type { Tx } from '../tx.ts';

const countsRow = z.object({
  waiting: z.number(),
  parked: z.number(),
  sent: z.number(),
  dead: z.number(),
});

/**
 * `parked` wait for a channel that takes no messages and has no stand-in. `waiting` leaves those out, and replies whose card
 * cannot be sent: nothing is expected to happen to them soon.
 */
export type MessageCounts = z.infer<typeof countsRow>;

/** How many messages wait to be sent, wait for their channel, were sent, and were given up. */
export async function countMessages(tx: Tx, workspaceId: string): Promise<MessageCounts> {
  const [row] = await tx`
    select
      (count(*) filter (where o.status in ('pending', 'sending') and l.reason is not null))::integer as parked,
      (count(*) filter (where o.status in ('pending', 'sending') and l.reason is null and not (o.kind = 'reply' and exists (
        select from outbox c
        where c.workspace_id = o.workspace_id and c.dedupe_key = 'card:' || o.exception_id and c.status = 'dead'
      ))))::integer as waiting,
      (count(*) filter (where o.status = 'sent'))::integer as sent,
      (count(*) filter (where o.status = 'dead'))::integer as dead
    from outbox o
    left join lane l on l.workspace_id = o.workspace_id and l.address = o.address
      and l.reason is not null and l.stand_in is null
    where o.workspace_id = ${workspaceId}
  `;
  return countsRow.parse(row);
}
