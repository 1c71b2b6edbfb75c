import type { Tx } from '../tx.ts';

/** These exceptions belong to no group any more. */
export async function removeMembers(
  tx: Tx,
  workspaceId: string,
  exceptionIds: readonly string[],
): Promise<void> {
  if (exceptionIds.length === 0) return;
  await tx`
    delete from flood_member
    where workspace_id = ${workspaceId} and exception_id = any(${exceptionIds as string[]}::uuid[])`;
}
