import type { Viewer } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { visibleTo } from './visible-to.sql.ts';

export type KnownFilters = { readonly types: string[]; readonly teams: string[] };

/** The types and teams of what the viewer sees: what a filter may ask for. */
export async function knownFilters(
  tx: Tx,
  { workspaceId, viewer }: { workspaceId: string; viewer: Viewer },
): Promise<KnownFilters> {
  const [row] = await tx<KnownFilters[]>`
    select coalesce(array_agg(distinct e.type), '{}') as types, coalesce(array_agg(distinct t.key), '{}') as teams
    from exception e
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    where e.workspace_id = ${workspaceId} and ${visibleTo(tx, viewer)}`;
  return row ?? { types: [], teams: [] };
}
