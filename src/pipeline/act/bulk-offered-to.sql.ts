import type { Tx } from '../../db/tx.ts';

/** Which of these exceptions are offered to the person at this moment. */
export async function offeredTo(
  tx: Tx,
  asked: { workspaceId: string; personId: string; exceptionIds: readonly string[] },
): Promise<Set<string>> {
  const rows = await tx<{ exception_id: string }[]>`
    select exception_id
    from hand_over
    where workspace_id = ${asked.workspaceId} and exception_id = any(${asked.exceptionIds as string[]}::uuid[])
      and to_id = ${asked.personId} and state = 'open'`;
  return new Set(rows.map((row) => row.exception_id));
}
