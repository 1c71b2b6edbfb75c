import type { Tx } from '../../db/tx.ts';

export type ActiveSpec = {
  readonly reconciliation: string;
  readonly version: number;
  readonly sha256: string;
  readonly body: string;
  readonly text: string | null;
};

/** The version of every reconciliation that runs use. */
export async function activeSpecs(tx: Tx, workspaceId: string): Promise<ActiveSpec[]> {
  return await tx<ActiveSpec[]>`
    select r.key as reconciliation, v.version, v.sha256, v.body::text as body, v.file_text as text
    from reconciliation r
    join spec_version v on v.workspace_id = r.workspace_id and v.reconciliation_id = r.reconciliation_id
      and v.version = r.active_version
    where r.workspace_id = ${workspaceId}
    order by r.key`;
}
