import type { Tx } from '../../db/tx.ts';

type Scope = { readonly workspaceId: string; readonly reconciliationId: string };

/** Forgets candidates that were decided on: those between any two of the records. The next run finds what is left. */
export async function dropCandidates(
  tx: Tx,
  { workspaceId, reconciliationId }: Scope,
  recordIds: readonly string[],
): Promise<void> {
  const ids = recordIds as string[];
  await tx`
    delete from rejected_candidate
    where workspace_id = ${workspaceId} and reconciliation_id = ${reconciliationId}
      and record_id = any(${ids}::uuid[]) and candidate_id = any(${ids}::uuid[])`;
}
