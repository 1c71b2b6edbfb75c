import type { Tx } from '../../db/tx.ts';

export type SpecVersion = {
  readonly reconciliation: string;
  readonly sha256: string;
  readonly version: number;
  readonly recordedAt: Date;
};

/** The versions under which these specs, by the hash of their files, are on the record. */
export async function specVersions(
  tx: Tx,
  workspaceId: string,
  hashes: readonly string[],
): Promise<SpecVersion[]> {
  return await tx<SpecVersion[]>`
    select r.key as reconciliation, v.sha256, v.version, v.recorded_at as "recordedAt"
    from spec_version v
    join reconciliation r on r.workspace_id = v.workspace_id and r.reconciliation_id = v.reconciliation_id
    where v.workspace_id = ${workspaceId} and v.sha256 = any(${hashes as string[]}::text[])
    order by r.key, v.version`;
}
