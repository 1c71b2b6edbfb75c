import type { Tx } from '../../db/tx.ts';

export type FailingSource = { readonly feed: string; readonly problem: string };

/** The feeds whose source failed when it was asked last, with what it said. */
export async function failingSources(tx: Tx, workspaceId: string): Promise<readonly FailingSource[]> {
  return await tx<FailingSource[]>`
    select f.key as feed, s.problem
    from source_state s
    join feed f on f.workspace_id = s.workspace_id and f.feed_id = s.feed_id
    where s.workspace_id = ${workspaceId} and s.problem is not null
    order by f.key`;
}
