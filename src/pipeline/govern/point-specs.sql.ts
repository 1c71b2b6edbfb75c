import type { Versioned } from '../../core/versioned.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Lets runs use the version that each file states; returns what moved. With `onlyFirst` only where no version is in use
 * yet: a rule that is governed is not changed by its file.
 */
export async function pointSpecs(
  tx: Tx,
  {
    workspaceId,
    specs,
    onlyFirst,
  }: { workspaceId: string; specs: readonly (Versioned & { key: string })[]; onlyFirst: boolean },
): Promise<{ key: string; version: number }[]> {
  return tx<{ key: string; version: number }[]>`
    update reconciliation r
    set active_version = v.version
    from unnest(${specs.map(({ key }) => key)}::text[], ${specs.map(({ sha256 }) => sha256)}::text[]) as w (key, sha256),
      spec_version v
    where r.workspace_id = ${workspaceId} and r.key = w.key
      and v.workspace_id = r.workspace_id and v.reconciliation_id = r.reconciliation_id and v.sha256 = w.sha256
      and r.active_version is distinct from v.version
      and (r.active_version is null or not ${onlyFirst}::boolean)
    returning r.key, v.version`;
}
