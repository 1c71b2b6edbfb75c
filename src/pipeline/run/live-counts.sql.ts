import type { Tx } from '../../db/tx.ts';

export type LiveCounts = {
  readonly matches: { readonly equal: number; readonly autoResolved: number; readonly excepted: number };
  readonly exceptions: readonly { readonly type: string; readonly team: string; readonly live: number }[];
};

/** What stands on the record for a reconciliation: live matches by outcome, live exceptions by type and team. */
export async function liveCounts(
  tx: Tx,
  input: { workspaceId: string; reconciliationId: string },
): Promise<LiveCounts> {
  const matches = await tx<{ outcome: string; count: number }[]>`
    select outcome, count(*)::integer as count
    from match
    where workspace_id = ${input.workspaceId} and reconciliation_id = ${input.reconciliationId} and is_live
    group by outcome`;
  const exceptions = await tx<{ type: string; team: string; live: number }[]>`
    select e.type, t.key as team, count(*)::integer as live
    from exception e
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    where e.workspace_id = ${input.workspaceId} and e.reconciliation_id = ${input.reconciliationId}
      and e.status not in ('resolved', 'cleared')
    group by e.type, t.key
    order by e.type, t.key`;
  const of = (outcome: string) => matches.find((row) => row.outcome === outcome)?.count ?? 0;
  return {
    matches: { equal: of('equal'), autoResolved: of('auto_resolved'), excepted: of('excepted') },
    exceptions,
  };
}
