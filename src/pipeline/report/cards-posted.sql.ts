import type { Tx } from '../../db/tx.ts';

/**
 * How many exceptions of each reconciliation are shown in Slack, on their own card or by their group's, how many wait to
 * be, and how many could not be.
 */
export type CardCounts = { readonly posted: number; readonly waiting: number; readonly dead: number };

export async function cardCounts(tx: Tx, workspaceId: string): Promise<Map<string, CardCounts>> {
  const rows = await tx<(CardCounts & { key: string })[]>`
    select r.key, count(*) filter (where o.ts is not null)::integer as posted,
           count(*) filter (where o.ts is null and o.status <> 'dead')::integer as waiting,
           count(*) filter (where o.status = 'dead')::integer as dead
    from exception e
    join reconciliation r on r.workspace_id = e.workspace_id and r.reconciliation_id = e.reconciliation_id
    left join flood_member m on m.workspace_id = e.workspace_id and m.exception_id = e.exception_id
    join outbox o on o.workspace_id = e.workspace_id
      and o.dedupe_key = coalesce('group:' || m.group_id, 'card:' || e.exception_id)
    where e.workspace_id = ${workspaceId}
    group by r.key`;
  return new Map(rows.map(({ key, ...counts }) => [key, counts]));
}
