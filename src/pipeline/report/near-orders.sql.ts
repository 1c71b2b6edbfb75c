import type { Tx } from '../../db/tx.ts';

/** Up to five order references that contain what was typed, whatever its case. */
export async function ordersLike(tx: Tx, workspaceId: string, typed: string): Promise<string[]> {
  const rows = await tx<{ order_ref: string }[]>`
    select distinct r.order_ref
    from record r
    where r.workspace_id = ${workspaceId} and r.order_ref is not null
      and position(lower(${typed}) in lower(r.order_ref)) > 0
    order by r.order_ref
    limit 5`;
  return rows.map((row) => row.order_ref);
}
