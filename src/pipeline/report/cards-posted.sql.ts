import type { Tx } from '../../db/tx.ts';

/** How many exception cards of each reconciliation stand in Slack, how many wait, and how many could not be posted. */
export type CardCounts = { readonly posted: number; readonly waiting: number; readonly dead: number };

export async function cardCounts(tx: Tx, workspaceId: string): Promise<Map<string, CardCounts>> {
  const rows = await tx<(CardCounts & { key: string })[]>`
    select r.key, count(*) filter (where o.ts is not null)::integer as posted,
           count(*) filter (where o.ts is null and o.status <> 'dead')::integer as waiting,
           count(*) filter (where o.status = 'dead')::integer as dead
    from outbox o
    join exception e on e.workspace_id = o.workspace_id and e.exception_id = o.exception_id
    join reconciliation r on r.workspace_id = e.workspace_id and r.reconciliation_id = e.reconciliation_id
    where o.workspace_id = ${workspaceId} and o.kind = 'card'
    group by r.key`;
  return new Map(rows.map(({ key, ...counts }) => [key, counts]));
}
