import type { Standing } from '../../core/standing.ts';
import type { Tx } from '../../db/tx.ts';

export type LiveCounts = {
  readonly matches: Standing['matches'];
  readonly exceptions: readonly { readonly type: string; readonly team: string; readonly live: number }[];
};

type Scope = { readonly workspaceId: string; readonly reconciliationId: string };

/** What stands on the record for a reconciliation: live matches by outcome, live exceptions by type and team. */
export async function liveCounts(tx: Tx, scope: Scope): Promise<LiveCounts> {
  const matches = await tx<{ outcome: string; count: number }[]>`
    select outcome, count(*)::integer as count
    from match
    where workspace_id = ${scope.workspaceId} and reconciliation_id = ${scope.reconciliationId} and is_live
    group by outcome`;
  const of = (outcome: string) => matches.find((row) => row.outcome === outcome)?.count ?? 0;
  return {
    matches: { equal: of('equal'), autoResolved: of('auto_resolved'), excepted: of('excepted') },
    exceptions: await liveExceptions(tx, scope),
  };
}

/** Live exceptions by type and team. */
export const liveExceptions = async (
  tx: Tx,
  { workspaceId, reconciliationId }: Scope,
): Promise<LiveCounts['exceptions']> => tx<{ type: string; team: string; live: number }[]>`
  select e.type, t.key as team, count(*)::integer as live
  from exception e
  join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
  where e.workspace_id = ${workspaceId} and e.reconciliation_id = ${reconciliationId}
    and e.status not in ('resolved', 'cleared')
  group by e.type, t.key
  order by e.type, t.key`;
