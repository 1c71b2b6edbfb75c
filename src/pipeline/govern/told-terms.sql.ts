import type { Tx } from '../../db/tx.ts';
import type { Terms } from './config-fact.ts';

/** What the trail told last of these terms; none when it never told any. */
export async function toldTerms(tx: Tx, workspaceId: string, terms: Terms): Promise<readonly string[]> {
  const [row] = await tx<{ told: string[] }[]>`
    select body::jsonb #> array['data', ${terms}] as told
    from audit_event
    where workspace_id = ${workspaceId} and entity_id = ${workspaceId} and action = 'config.applied'
      and body like ${`%"${terms}":%`}
    order by seq desc
    limit 1`;
  return row?.told ?? [];
}
