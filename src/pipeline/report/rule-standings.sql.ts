import type { Tx } from '../../db/tx.ts';

export type RuleStanding = {
  readonly reconciliation: string;
  /** The version that runs use; null before the first is recorded. */
  readonly active: number | null;
  readonly sha256: string | null;
  readonly recordedAt: Date | null;
};

/** Which version of each reconciliation runs use. */
export async function ruleStandings(tx: Tx, workspaceId: string): Promise<RuleStanding[]> {
  return await tx<RuleStanding[]>`
    select r.key as reconciliation, v.version as active, v.sha256, v.recorded_at as "recordedAt"
    from reconciliation r
    left join spec_version v on v.workspace_id = r.workspace_id and v.reconciliation_id = r.reconciliation_id
      and v.version = r.active_version
    where r.workspace_id = ${workspaceId}
    order by r.key`;
}
