import type { Tx } from '../../db/tx.ts';

/** The limits that the trail told last; none when it never told any. */
export async function toldLimits(tx: Tx, workspaceId: string): Promise<readonly string[]> {
  const [row] = await tx<{ limits: string[] }[]>`
    select body::jsonb #> '{data,limits}' as limits
    from audit_event
    where workspace_id = ${workspaceId} and entity_id = ${workspaceId} and action = 'config.applied'
      and body like '%"limits":%'
    order by seq desc
    limit 1`;
  return row?.limits ?? [];
}
