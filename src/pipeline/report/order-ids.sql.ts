import type { Tx } from '../../db/tx.ts';

/** Ids of every exception that speaks of the order: by its own reference, or by one of its records'. */
export async function exceptionsOfOrder(tx: Tx, workspaceId: string, orderRef: string): Promise<string[]> {
  const rows = await tx<{ exception_id: string }[]>`
    select e.exception_id
    from exception e
    where e.workspace_id = ${workspaceId}
      and (e.order_ref = ${orderRef}
           or exists (select from exception_member m
                      join record r on r.workspace_id = m.workspace_id and r.record_id = m.record_id
                      where m.workspace_id = e.workspace_id and m.exception_id = e.exception_id
                        and r.order_ref = ${orderRef}))
    order by e.number`;
  return rows.map((row) => row.exception_id);
}
