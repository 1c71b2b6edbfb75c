import type { Tx } from '../../db/tx.ts';

/** The number of this version of a spec, which is recorded as the next one when nobody recorded it before. */
export async function recordSpec(
  tx: Tx,
  spec: {
    workspaceId: string;
    reconciliationId: string;
    sha256: string;
    body: string;
    text?: string | undefined;
    now: Date;
  },
): Promise<number> {
  const [row] = await tx<{ version: number }[]>`
    with known as (
      select v.version, v.sha256 from spec_version v
      where v.workspace_id = ${spec.workspaceId} and v.reconciliation_id = ${spec.reconciliationId}
    ), recorded as (
      insert into spec_version (workspace_id, reconciliation_id, version, sha256, body, file_text, recorded_at)
      select ${spec.workspaceId}::uuid, ${spec.reconciliationId}::uuid,
             1 + coalesce((select max(k.version) from known k), 0), ${spec.sha256}, ${spec.body}::text::json, ${spec.text ?? null},
             ${spec.now.toISOString()}::timestamptz
      where not exists (select from known k where k.sha256 = ${spec.sha256})
      returning version
    )
    select version from recorded
    union all
    select k.version from known k where k.sha256 = ${spec.sha256}`;
  if (!row)
    throw new Error(`a version of reconciliation ${spec.reconciliationId} was neither known nor recorded`);
  return row.version;
}
