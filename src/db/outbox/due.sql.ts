import type { Tx } from '../tx.ts';

/**
 * The condition, over `outbox o`, that somebody should work on a message now. For use inside other statements.
 *
 * A reply waits for its card, also while that goes elsewhere. What is being sent, or whose outcome nobody knows, is taken up again only when its lease
 * ended and Slack has settled: before that a look-up could miss a post that still arrives.
 */
export const isDue = (tx: Tx) => tx`
  o.next_attempt_at <= now()
  and (o.settles_at is null or o.settles_at <= now())
  and (
    o.status = 'pending' and (o.kind <> 'reply' or (
      -- One look at the card; as "exists" it becomes a hash of all cards.
      select c.ts is not null and not c.is_leaving from outbox c
      where c.workspace_id = o.workspace_id and c.dedupe_key = 'card:' || o.exception_id
    ))
    or o.status = 'sending' and (o.lease_until is null or o.lease_until < now())
  )
`;
