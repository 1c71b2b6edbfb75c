import type { Tx } from '../../db/tx.ts';

/** Notes that the owners were reminded of these claims. */
export async function markStaleTold(
  tx: Tx,
  { workspaceId, exceptionIds, now }: { workspaceId: string; exceptionIds: readonly string[]; now: Date },
): Promise<void> {
  if (exceptionIds.length === 0) return;
  await tx`
    update promise set stale_told_at = ${now.toISOString()}
    where workspace_id = ${workspaceId} and exception_id = any(${exceptionIds as string[]}::uuid[]) and is_current`;
}
