import type { Tx } from '../../db/tx.ts';

/** Those of these exceptions that were handed over exactly so many times since they were opened, or opened again, last. */
export async function handedOverTimes(
  tx: Tx,
  {
    workspaceId,
    exceptionIds,
    times,
  }: { workspaceId: string; exceptionIds: readonly string[]; times: number },
): Promise<string[]> {
  const rows = await tx<{ exception_id: string }[]>`
    select a.entity_id as exception_id
    from audit_event a
    where a.workspace_id = ${workspaceId} and a.entity_id = any(${exceptionIds as string[]}::uuid[])
      and a.action = 'exception.hand_over'
      and a.seq > coalesce((
        select max(o.seq) from audit_event o
        where o.workspace_id = a.workspace_id and o.entity_id = a.entity_id
          and o.action in ('exception.opened', 'exception.reopen')), 0)
    group by a.entity_id
    having count(*) = ${times}
    order by a.entity_id`;
  return rows.map((row) => row.exception_id);
}
