import type { Tx } from '../../db/tx.ts';

/**
 * Settles rows of a delivery that were read again: those that are records now, those that something newer stands for, and those that the
 * contract leaves out by now (`skipped`); says how many.
 */
export async function settleReplayed(
  tx: Tx,
  about: { workspaceId: string; deliveryId: string; skipped: readonly number[] },
): Promise<number> {
  const { workspaceId, deliveryId, skipped } = about;
  const { count } = await tx`
    insert into settled_row (workspace_id, delivery_id, line, how)
    select q.workspace_id, q.delivery_id, q.line,
           case when coalesce(p.outcome, 'unchanged') in ('new', 'changed', 'removed', 'unchanged') then 'replayed'
                else 'superseded' end
    from quarantined_row q
    left join staged s on s.line = q.line
    left join planned p on p.line = q.line
    where q.workspace_id = ${workspaceId} and q.delivery_id = ${deliveryId}
      and (q.line = any (${skipped as number[]}::integer[])
           or (s.line is not null and s.reason is null
               -- Of these nobody can say whether a later delivery spoke of them.
               and not (coalesce(p.outcome, '') = 'older_delivery' and q.source_ref is distinct from s.source_ref)))
    on conflict on constraint settled_row_pk do nothing`;
  return count;
}
