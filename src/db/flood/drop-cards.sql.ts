import type { Tx } from '../tx.ts';

/**
 * The cards of these exceptions, which a group shows now, and the lines waiting for them are messages no longer. Only what
 * was never attempted goes: the caller holds the lock on those rows.
 */
export async function dropCards(tx: Tx, workspaceId: string, exceptionIds: readonly string[]): Promise<void> {
  if (exceptionIds.length === 0) return;
  await tx`
    delete from outbox
    where workspace_id = ${workspaceId} and exception_id = any(${exceptionIds as string[]}::uuid[])
      and kind in ('card', 'reply') and status = 'pending' and attempts = 0 and ts is null and first_attempt_at is null`;
}
