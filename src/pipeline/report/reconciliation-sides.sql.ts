import type { Tx } from '../../db/tx.ts';

export type ReconciliationSides = {
  readonly reconciliationId: string;
  readonly key: string;
  /** The feeds that its active rule compares; null before its first run. */
  readonly expectedFeedId: string | null;
  readonly actualFeedId: string | null;
};

/** The reconciliations of the workspace by key, with the feeds of both sides. */
export async function reconciliationSides(tx: Tx, workspaceId: string): Promise<ReconciliationSides[]> {
  return await tx<ReconciliationSides[]>`
    select r.reconciliation_id as "reconciliationId", r.key, e.feed_id as "expectedFeedId", a.feed_id as "actualFeedId"
    from reconciliation r
    left join spec_version v on v.workspace_id = r.workspace_id and v.reconciliation_id = r.reconciliation_id
      and v.version = r.active_version
    left join feed e on e.workspace_id = r.workspace_id and e.key = v.body #>> '{expected,feed}'
    left join feed a on a.workspace_id = r.workspace_id and a.key = v.body #>> '{actual,feed}'
    where r.workspace_id = ${workspaceId}
    order by r.key`;
}
