import type { Versioned } from '../../core/versioned.ts';
import type { Tx } from '../../db/tx.ts';

/** Records specs never seen before as the next version of their reconciliation; returns `key` and `version` of each. */
export async function insertSpecVersions(
  tx: Tx,
  {
    workspaceId,
    specs,
    now,
  }: { workspaceId: string; specs: readonly (Versioned & { key: string })[]; now: Date },
): Promise<{ key: string; version: number }[]> {
  return tx<{ key: string; version: number }[]>`
    with recorded as (
      insert into spec_version (workspace_id, reconciliation_id, version, sha256, body, file_text, recorded_at)
      select r.workspace_id, r.reconciliation_id,
             1 + coalesce((select max(s.version) from spec_version s
                           where s.workspace_id = r.workspace_id and s.reconciliation_id = r.reconciliation_id), 0),
             w.sha256, w.body::json, w.file_text, ${now.toISOString()}::timestamptz
      from unnest(${specs.map(({ key }) => key)}::text[], ${specs.map(({ sha256 }) => sha256)}::text[],
                  ${specs.map(({ body }) => body)}::text[], ${specs.map(({ text }) => text ?? null)}::text[])
        as w (key, sha256, body, file_text)
      join reconciliation r on r.workspace_id = ${workspaceId} and r.key = w.key
      on conflict (workspace_id, reconciliation_id, sha256) do nothing
      returning reconciliation_id, version
    )
    select r.key, v.version
    from recorded v
    join reconciliation r on r.workspace_id = ${workspaceId} and r.reconciliation_id = v.reconciliation_id`;
}
