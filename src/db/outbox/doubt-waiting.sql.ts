import type { Tx } from '../tx.ts';

/**
 * Messages that wait and stand nowhere are from now on of unknown outcome: each is looked for in Slack before it is posted. Returns how
 * many. One that is being sent is not touched.
 */
export async function doubtWaiting(tx: Tx, workspaceId: string): Promise<number> {
  const { count } = await tx`
    update outbox o set
      status = 'sending',
      attempts = greatest(o.attempts, 1),
      first_attempt_at = least(o.first_attempt_at, o.created_at),
      tried_place = case
        when o.kind = 'reply' then o.tried_place
        else coalesce(o.tried_place, (select l.stand_in from lane l
                                      where l.workspace_id = o.workspace_id and l.address = o.address))
      end
    where o.workspace_id = ${workspaceId} and o.status = 'pending' and o.ts is null`;
  return count;
}
