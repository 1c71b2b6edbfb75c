import type { Tx } from '../../db/tx.ts';
import type { RunnableSpec } from './start-run.sql.ts';

/** Records a version of a spec for a run that is discarded with it; one that is known already stays as it is. */
export async function recordDraft(
  tx: Tx,
  draft: { workspaceId: string; spec: Pick<RunnableSpec, 'key' | 'sha256'>; body: string; now: Date },
): Promise<void> {
  await tx`
    insert into spec_version (workspace_id, reconciliation_id, version, sha256, body, recorded_at)
    select r.workspace_id, r.reconciliation_id,
           1 + coalesce((select max(s.version) from spec_version s
                         where s.workspace_id = r.workspace_id and s.reconciliation_id = r.reconciliation_id), 0),
           ${draft.spec.sha256}, ${draft.body}::text::json, ${draft.now.toISOString()}::timestamptz
    from reconciliation r
    where r.workspace_id = ${draft.workspaceId} and r.key = ${draft.spec.key}
    on conflict (workspace_id, reconciliation_id, sha256) do nothing`;
}
