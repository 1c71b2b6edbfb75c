import type { Tx } from '../../db/tx.ts';

/** Locks these exceptions, in id order like every run does, before the audit chain. */
export async function lockItems(
  tx: Tx,
  { workspaceId, exceptionIds }: { workspaceId: string; exceptionIds: readonly string[] },
): Promise<void> {
  await tx`
    select exception_id
    from exception
    where workspace_id = ${workspaceId} and exception_id = any(${exceptionIds as string[]}::uuid[])
    order by exception_id
    for update`;
}
