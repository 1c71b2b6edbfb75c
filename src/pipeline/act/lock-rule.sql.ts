import type { Tx } from '../../db/tx.ts';

export type LockedRule = {
  readonly reconciliationId: string;
  readonly active: { readonly version: number; readonly sha256: string } | undefined;
};

/** Nobody else proposes or activates a change of this reconciliation until the transaction ends; undefined for none. */
export async function lockRule(
  tx: Tx,
  { workspaceId, reconciliation }: { workspaceId: string; reconciliation: string },
): Promise<LockedRule | undefined> {
  const [row] = await tx<{ reconciliation_id: string; version: number | null; sha256: string | null }[]>`
    select r.reconciliation_id, v.version, v.sha256
    from reconciliation r
    left join spec_version v on v.workspace_id = r.workspace_id and v.reconciliation_id = r.reconciliation_id
      and v.version = r.active_version
    where r.workspace_id = ${workspaceId} and r.key = ${reconciliation}
    for update of r`;
  if (!row) return undefined;
  const { reconciliation_id: reconciliationId, version, sha256 } = row;
  return { reconciliationId, active: version === null || sha256 === null ? undefined : { version, sha256 } };
}
