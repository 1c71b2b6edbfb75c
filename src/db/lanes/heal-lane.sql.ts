import type { Tx } from '../tx.ts';

/** The lane's own channel takes messages again. Returns since when it did not; undefined when it was in no trouble. */
export async function healLane(tx: Tx, workspaceId: string, address: string): Promise<Date | undefined> {
  const [row] = await tx<{ troubled_at: Date }[]>`
    with seen as (
      select l.workspace_id, l.address, l.troubled_at
      from lane l
      where l.workspace_id = ${workspaceId} and l.address = ${address} and l.reason is not null
      for update
    )
    update lane l set reason = null, troubled_at = null, stand_in = null, probe_at = null, probes = 0
    from seen s
    where l.workspace_id = s.workspace_id and l.address = s.address
    returning s.troubled_at
  `;
  return row?.troubled_at;
}
